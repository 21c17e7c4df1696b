/* Contradictions as data. What makes one is said in evidence.c and figures.c.
 *
 * Invariant: the contradictions of an event stand side by side, in an order that no row's place
 * changes, and none stands twice.
 */
#include "claim/verdicts.h"

#include <stdlib.h>

#include "base/mem.h"

const char *
casus_conflict_name(enum casus_conflict conflict)
{
    static const char *const names[] = {"denial", "rivals", "figures"};
    return names[conflict];
}

bool
cas_verdicts_contradict(struct casus_verdicts *verdicts, uint32_t event,
                        const struct casus_contradiction *contradiction)
{
    if (verdicts->dispute_counts[event] >= CAS_DISPUTES_MAX ||
        verdicts->dispute_count >= UINT32_MAX)
        return true;
    if (!cas_grow(&verdicts->disputes, &verdicts->dispute_room, verdicts->dispute_count + 1,
                  sizeof *verdicts->disputes))
        return false;
    verdicts->disputes[verdicts->dispute_count++] = (struct cas_dispute){event, *contradiction};
    verdicts->dispute_counts[event]++;
    return true;
}

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_actors(const struct casus_dossier *dossier, uint32_t a, uint32_t b)
{
    if (a == b || a == CASUS_NONE || b == CASUS_NONE)
        return compare_numbers(a, b);
    return strcmp(casus_dossier_actor_at(dossier, a)->id, casus_dossier_actor_at(dossier, b)->id);
}

static int
compare_figures(const struct casus_contradiction *a, const struct casus_contradiction *b)
{
    int order = compare_numbers(a->set, b->set);
    for (int i = 0; i < 2 && !order; i++)
        order = compare_numbers(a->what[i], b->what[i]);
    for (int i = 0; i < 2 && !order; i++)
        order = compare_numbers(a->says[i].low, b->says[i].low);
    for (int i = 0; i < 2 && !order; i++)
        order = compare_numbers(a->says[i].high, b->says[i].high);
    return order ? order : compare_numbers(a->over, b->over);
}

static int
compare_disputes(const void *left, const void *right, void *context)
{
    const struct cas_dispute *a = left, *b = right;
    int order = compare_numbers(a->event, b->event);
    if (!order)
        order = compare_numbers(a->is.why, b->is.why);
    if (!order)
        order = compare_actors(context, a->is.actor, b->is.actor);
    for (int i = 0; i < 2 && !order; i++)
        order = cas_voice_compare(context, a->is.between[i], b->is.between[i]);
    return order ? order : compare_figures(&a->is, &b->is);
}

void
cas_disputes_lay_out(struct casus_verdicts *verdicts)
{
    struct cas_dispute *all = verdicts->disputes;
    size_t kept = 0;
    if (verdicts->dispute_count)
        qsort_r(all, verdicts->dispute_count, sizeof *all, compare_disputes,
                (void *)verdicts->dossier);
    for (size_t i = 0; i < verdicts->dispute_count; i++) {
        if (kept && compare_disputes(&all[kept - 1], &all[i], (void *)verdicts->dossier) == 0)
            verdicts->dispute_counts[all[i].event]--;
        else
            all[kept++] = all[i];
    }
    verdicts->dispute_count = kept;
    uint32_t at = 0;
    for (uint32_t i = 0; i < casus_dossier_event_count(verdicts->dossier); i++) {
        verdicts->dispute_first[i] = at;
        at += verdicts->dispute_counts[i];
    }
}

uint32_t
casus_verdicts_contradiction_count(const struct casus_verdicts *verdicts, uint32_t event)
{
    return verdicts->dispute_counts[event];
}

const struct casus_contradiction *
casus_verdicts_contradiction_at(const struct casus_verdicts *verdicts, uint32_t event,
                                uint32_t index)
{
    return &verdicts->disputes[verdicts->dispute_first[event] + index].is;
}
