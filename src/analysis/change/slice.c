/* One window's graph in numbers: arcs of the contact graph, how many come back, dyads.
 *
 * Density is arcs / n(n - 1), reciprocity the share of arcs (a, b) for which (b, a) is one too
 * (Wasserman and Faust 1994, chapters 4 and 13); neither is weighted.
 */
#include "analysis/change/slice.h"

#include <math.h>

#include "analysis/centrality/contact.h"
#include "base/fault.h"

static size_t
take_ties(const struct casus_graph *graph, unsigned relations, struct cas_contact_tie *out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (relations & CASUS_BIT(tie->relation))
            out[count++] = (struct cas_contact_tie){tie->from, tie->to, tie->weight, tie->relation,
                                                    tie->directed};
    }
    return count;
}

static bool
has_arc(const struct cas_contact *contact, uint32_t from, uint32_t to)
{
    size_t low = contact->out_begin[from], end = contact->out_begin[from + 1], high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (contact->arcs.to[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && contact->arcs.to[low] == to;
}

static void
count_arcs(const struct cas_contact *contact, struct casus_slice *slice)
{
    size_t arcs = contact->arcs.count, returned = 0;
    for (size_t i = 0; i < arcs; i++)
        returned += has_arc(contact, contact->arcs.to[i], contact->arcs.from[i]);
    double n = slice->actors;
    slice->dyads = (uint32_t)(arcs - returned / 2);
    slice->density = n > 1 ? (double)arcs / (n * (n - 1)) : NAN;
    slice->reciprocity = arcs ? (double)returned / (double)arcs : NAN;
    slice->degree = n > 0 ? 2.0 * slice->dyads / n : NAN;
}

enum casus_status
cas_slice_measure(const struct casus_graph *graph, unsigned relations, struct casus_slice *slice,
                  struct casus_error *err)
{
    const struct casus_totals *totals = casus_graph_totals(graph);
    struct cas_contact *contact;
    struct cas_contact_tie *ties =
        cas_zalloc((size_t)casus_graph_tie_count(graph) + 1, sizeof *ties);
    if (!ties)
        return cas_fail_memory(err);
    size_t count = take_ties(graph, relations ? relations : CASUS_CONTACT, ties);
    slice->actors = casus_graph_actor_count(graph);
    slice->ties = casus_graph_tie_count(graph);
    for (int r = 0; r < CASUS_RELATION_COUNT; r++)
        slice->by_relation[r] = totals->by_relation[r];
    slice->density = slice->reciprocity = slice->degree = NAN;
    enum casus_status status = CASUS_OK;
    if (slice->actors)
        status = cas_contact_new(slice->actors, ties, count, &contact, err);
    if (slice->actors && status == CASUS_OK) {
        count_arcs(contact, slice);
        cas_contact_free(contact);
    }
    cas_free(ties);
    return status;
}
