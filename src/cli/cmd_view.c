/* casus view: one page that needs nothing else. */
#include <stdlib.h>

#include "cli/cli.h"

/* The proofs of blocs are cut short: a page shows the blocs, casus balance proves them. */
#define BLOC_SECONDS 5

/* All contact, attack alone, support alone. */
enum { CONTACT, ATTACK, SUPPORT, SCORES };

/* What a page is made of; owned. */
struct parts {
    uint8_t *chosen;
    struct casus_ledger *ledger;
    struct casus_scores *scores[SCORES];
    struct casus_balance *balance;
    struct casus_positions *positions;
};

static void
parts_done(struct parts *parts)
{
    for (int i = 0; i < SCORES; i++)
        casus_scores_free(parts->scores[i]);
    casus_balance_free(parts->balance);
    casus_ledger_free(parts->ledger);
    casus_positions_free(parts->positions);
    free(parts->chosen);
}

static enum casus_status
score(const struct options *options, const struct casus_graph *graph, struct casus_scores **out,
      struct casus_error *err)
{
    struct casus_scoring scorings[SCORES] = {options->scoring, options->scoring, options->scoring};
    scorings[ATTACK].relations = CASUS_BIT(CASUS_ATTACK);
    scorings[SUPPORT].relations = CASUS_BIT(CASUS_SUPPORT);
    return casus_scores_new_all(graph, scorings, SCORES, 0, out, err);
}

static enum casus_status
find_blocs(const struct options *options, const struct casus_graph *graph,
           struct casus_balance **out, struct casus_error *err)
{
    struct casus_balancing balancing = {
        .ambivalent = options->scoring.ambivalent, .seconds = BLOC_SECONDS, .seed = options->seed};
    return casus_balance_new(graph, &balancing, out, err);
}

static enum casus_status
choose(const struct options *options, const struct material *material, struct parts *parts,
       struct casus_error *err)
{
    struct casus_removed removed;
    enum casus_status status =
        casus_selection_apply(&options->selection, material->dossier, parts->chosen, &removed, err);
    if (status == CASUS_OK)
        status = casus_ledger_new(material->dossier, material->verdicts, parts->chosen,
                                  &parts->ledger, err);
    return status;
}

static enum casus_status
gather(const struct options *options, const struct material *material, struct parts *parts,
       struct casus_error *err)
{
    const struct casus_graph *graph = material->graph;
    struct casus_placing placing = {options->drawing.engine, options->drawing.seconds};
    parts->chosen = malloc((size_t)casus_dossier_event_count(material->dossier) + 1);
    if (!parts->chosen) {
        *err = (struct casus_error){.status = CASUS_ENOMEM, .code = 183, .text = "out of memory"};
        return CASUS_ENOMEM;
    }
    enum casus_status status = choose(options, material, parts, err);
    if (status == CASUS_OK)
        status = score(options, graph, parts->scores, err);
    if (status == CASUS_OK)
        status = find_blocs(options, graph, &parts->balance, err);
    if (status == CASUS_OK)
        status = casus_positions_new(graph, &placing, &parts->positions, err);
    return status;
}

static enum casus_status
write_page(void *context, struct casus_output *output, struct casus_error *err)
{
    return casus_view_write(context, output, err);
}

static int
show(const struct command *command, struct options *options, const struct material *material)
{
    struct casus_error err = {0};
    struct parts parts = {0};
    enum casus_status status = gather(options, material, &parts, &err);
    struct casus_view view = {.heading = heading_of(command, options, 1),
                              .title = options->drawing.title,
                              .dossier = material->dossier,
                              .graph = material->graph,
                              .verdicts = material->verdicts,
                              .ledger = parts.ledger,
                              .contact = parts.scores[CONTACT],
                              .attack = parts.scores[ATTACK],
                              .support = parts.scores[SUPPORT],
                              .balance = parts.balance,
                              .positions = parts.positions};
    int code = status == CASUS_OK ? answer(options, write_page, &view) : complain(options, &err);
    parts_done(&parts);
    return code;
}

/* Said before anything is computed: what comes after may take minutes on a graph that is too large
 * for a page. */
static int
refuse(const struct options *options, const struct casus_graph *graph)
{
    struct casus_error err = {0};
    return casus_view_check(graph, &err) == CASUS_OK ? 0 : complain(options, &err);
}

int
cmd_view(const struct command *command, struct options *options)
{
    struct material material;
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = refuse(options, material.graph);
    if (code == 0)
        code = show(command, options, &material);
    material_done(&material);
    return code;
}
