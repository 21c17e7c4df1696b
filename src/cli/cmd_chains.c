/* casus chains: who stands behind whom, and which backers face each other through others. */
#include "cli/cli.h"

struct telling {
    struct casus_chains_report report;
    enum casus_layout layout;
};

static enum casus_status
write_chains(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct telling *telling = context;
    return casus_chains_write(&telling->report, telling->layout, output, err);
}

static int
tell_chains(const struct command *command, struct options *options, const struct material *material)
{
    struct casus_error err = {0};
    struct casus_chains *chains;
    struct casus_chaining chaining = options->chaining;
    chaining.level = options->selection.level;
    chaining.with_generic = options->scoring.with_generic;
    if (casus_chains_new(material->dossier, material->graph, &chaining, &chains, &err) != CASUS_OK)
        return complain(options, &err);
    struct telling telling = {
        {heading_of(command, options, 1), material->dossier, material->graph, chains},
        options->layout};
    int code = answer(options, write_chains, &telling);
    casus_chains_free(chains);
    return code;
}

int
cmd_chains(const struct command *command, struct options *options)
{
    struct material material;
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = tell_chains(command, options, &material);
    material_done(&material);
    return code;
}
