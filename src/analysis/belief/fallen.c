/* What a filter of belief took away.
 *
 * The same dossier is chosen from twice, with the filter and without; an event fell that passes
 * without it alone. Ranks are compared as those of two inputs.
 */
#include <casus/fallen.h>

#include "base/fault.h"
#include "base/mem.h"

struct casus_fallen {
    uint32_t *events;
    uint32_t event_count;
    struct casus_graph *graph; /* without the filter */
    struct casus_scores *scores;
    struct casus_diff *diff;
};

static bool
filters_belief(const struct casus_selection *selection)
{
    return selection && (selection->believe_count || selection->doubt_count ||
                         selection->evidence || selection->min_grade);
}

static struct casus_selection
without_belief(const struct casus_selection *selection)
{
    struct casus_selection plain = *selection;
    plain.believe = plain.doubt = NULL;
    plain.believe_count = plain.doubt_count = 0;
    plain.evidence = 0;
    plain.min_grade = NULL;
    return plain;
}

static enum casus_status
list_events(struct casus_fallen *fallen, const struct casus_dossier *dossier,
            const struct casus_selection *selection, const struct casus_selection *plain,
            struct casus_error *err)
{
    uint32_t count = casus_dossier_event_count(dossier);
    struct casus_removed unused;
    uint8_t *with = cas_zalloc((size_t)count + 1, 1), *without = cas_zalloc((size_t)count + 1, 1);
    fallen->events = cas_zalloc((size_t)count + 1, sizeof *fallen->events);
    enum casus_status status = with && without && fallen->events ? CASUS_OK : cas_fail_memory(err);
    if (status == CASUS_OK)
        status = casus_selection_apply(selection, dossier, with, &unused, err);
    if (status == CASUS_OK)
        status = casus_selection_apply(plain, dossier, without, &unused, err);
    for (uint32_t i = 0; status == CASUS_OK && i < count; i++) {
        if (without[i] && !with[i])
            fallen->events[fallen->event_count++] = i;
    }
    cas_free(with);
    cas_free(without);
    return status;
}

enum casus_status
casus_fallen_new(const struct casus_diff_side *side, const struct casus_selection *selection,
                 const struct casus_verdicts *verdicts, const struct casus_folding *folding,
                 const struct casus_scoring *scoring, struct casus_fallen **out,
                 struct casus_error *err)
{
    *out = NULL;
    if (!filters_belief(selection))
        return CASUS_OK;
    struct casus_selection plain = without_belief(selection);
    struct casus_fallen *fallen = cas_zalloc(1, sizeof *fallen);
    if (!fallen)
        return cas_fail_memory(err);
    enum casus_status status = list_events(fallen, side->dossier, selection, &plain, err);
    if (status == CASUS_OK)
        status = casus_graph_build(side->dossier, &plain, verdicts, folding, &fallen->graph, err);
    if (status == CASUS_OK)
        status = casus_scores_new(fallen->graph, scoring, &fallen->scores, err);
    struct casus_diff_side old = {side->dossier, fallen->graph, fallen->scores};
    if (status == CASUS_OK)
        status = casus_diff_new(&old, side, &fallen->diff, err);
    if (status == CASUS_OK)
        *out = fallen;
    else
        casus_fallen_free(fallen);
    return status;
}

void
casus_fallen_free(struct casus_fallen *fallen)
{
    if (!fallen)
        return;
    casus_diff_free(fallen->diff);
    casus_scores_free(fallen->scores);
    casus_graph_free(fallen->graph);
    cas_free(fallen->events);
    cas_free(fallen);
}

uint32_t
casus_fallen_event_count(const struct casus_fallen *fallen)
{
    return fallen->event_count;
}

uint32_t
casus_fallen_event_at(const struct casus_fallen *fallen, uint32_t index)
{
    return fallen->events[index];
}

const struct casus_diff *
casus_fallen_diff(const struct casus_fallen *fallen)
{
    return fallen->diff;
}
