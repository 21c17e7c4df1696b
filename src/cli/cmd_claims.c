/* casus claims: who says what; what agrees, what excludes each other; how each claimant fares. */
#include <stdlib.h>

#include "cli/cli.h"

struct telling {
    struct casus_claims claims;
    enum casus_layout layout;
};

static enum casus_status
write_claims(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct telling *telling = context;
    return casus_claims_write(&telling->claims, telling->layout, output, err);
}

static enum casus_status
choose(const struct options *options, const struct casus_dossier *dossier, uint8_t *chosen,
       struct casus_removed *removed, struct casus_error *err)
{
    enum casus_status status =
        casus_selection_apply(&options->selection, dossier, chosen, removed, err);
    uint32_t count = casus_dossier_event_count(dossier), left = 0;
    for (uint32_t i = 0; status == CASUS_OK && i < count; i++)
        left += chosen[i];
    return status == CASUS_OK && !left ? casus_selection_fail_empty(removed, count, err) : status;
}

static int
tell(const struct command *command, struct options *options, const struct casus_dossier *dossier,
     uint8_t *chosen)
{
    struct casus_error err = {0};
    struct casus_removed removed = {0};
    struct casus_probabilities table;
    struct casus_verdicts *verdicts = NULL;
    struct casus_ledger *ledger = NULL;
    enum casus_status status = CASUS_OK;
    if (options->probabilities)
        status = casus_probabilities_read(options->probabilities, &table, &err);
    if (status == CASUS_OK)
        status = choose(options, dossier, chosen, &removed, &err);
    if (status == CASUS_OK)
        status = casus_verdicts_new(dossier, &verdicts, &err);
    if (status == CASUS_OK)
        status = casus_ledger_new(dossier, verdicts, chosen, &ledger, &err);
    struct telling telling = {{heading_of(command, options, 1), dossier, verdicts, ledger,
                               options->probabilities ? &table : NULL, &removed},
                              options->layout};
    int code =
        status == CASUS_OK ? answer(options, write_claims, &telling) : complain(options, &err);
    casus_ledger_free(ledger);
    casus_verdicts_free(verdicts);
    return code;
}

/* These choose ties and actors of a graph, which the ledger has none of. */
static int
refuse(const struct command *command, const struct options *options)
{
    const struct casus_selection *selection = &options->selection;
    if (selection->focus_count || selection->depth || selection->level || selection->min_events)
        return complain_usage(command, "--focus, --depth, --level and --min-events choose ties, "
                                       "and the ledger has none; --where actor = … chooses events");
    return 0;
}

int
cmd_claims(const struct command *command, struct options *options)
{
    struct material material = {0};
    int code = refuse(command, options);
    if (code == 0)
        code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0) {
        uint8_t *chosen = malloc(casus_dossier_event_count(material.dossier) + 1u);
        struct casus_error err = {.status = CASUS_ENOMEM, .code = 183, .text = "out of memory"};
        code = chosen ? tell(command, options, material.dossier, chosen) : complain(options, &err);
        free(chosen);
    }
    material_done(&material);
    return code;
}
