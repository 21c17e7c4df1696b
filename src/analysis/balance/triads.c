/* Triangles by sign: each tie points from the actor of lower degree to the one of higher, so that
 * no actor has more than sqrt(2 m) ties that leave it; each triangle has one actor that both
 * others follow, and is counted there. */
#include "analysis/balance/triads.h"

#include <math.h>
#include <string.h>

#include "base/fault.h"

struct census {
    const struct cas_signed *graph;
    uint32_t *begin; /* n + 1: ties that leave an actor */
    uint32_t *to;
    int8_t *negative; /* 1 or 0, of the tie */
    int8_t *mark;     /* 0: no tie from the actor in hand; else 1 + negative */
};

static bool
points(const struct cas_signed *graph, uint32_t a, uint32_t b)
{
    uint32_t da = graph->begin[a + 1] - graph->begin[a];
    uint32_t db = graph->begin[b + 1] - graph->begin[b];
    return da < db || (da == db && a < b);
}

static bool
census_init(struct census *census, const struct cas_signed *graph)
{
    size_t n = graph->n, at = 0;

    *census = (struct census){.graph = graph};
    census->begin = cas_alloc((n + 1) * sizeof(*census->begin));
    census->to = cas_alloc(((size_t)graph->m + 1) * sizeof(*census->to));
    census->negative = cas_alloc((size_t)graph->m + 1);
    census->mark = cas_zalloc(n + 1, 1);
    if (!census->begin || !census->to || !census->negative || !census->mark) {
        return false;
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        census->begin[v] = (uint32_t)at;
        for (uint32_t i = graph->begin[v]; i < graph->begin[v + 1]; i++) {
            if (points(graph, v, graph->neighbour[i])) {
                census->to[at] = graph->neighbour[i];
                census->negative[at++] = graph->ties[graph->tie[i]].sign < 0;
            }
        }
    }
    census->begin[n] = (uint32_t)at;
    return true;
}

static void
census_done(struct census *census)
{
    cas_free(census->begin);
    cas_free(census->to);
    cas_free(census->negative);
    cas_free(census->mark);
}

/* Triangles whose first actor is v: v to u, v to w, u to w. */
static void
count_from(struct census *census, uint32_t v, struct cas_triads *triads)
{
    const uint32_t *begin = census->begin;

    for (uint32_t i = begin[v]; i < begin[v + 1]; i++) {
        census->mark[census->to[i]] = (int8_t)(1 + census->negative[i]);
    }
    for (uint32_t i = begin[v]; i < begin[v + 1]; i++) {
        uint32_t u = census->to[i];
        for (uint32_t j = begin[u]; j < begin[u + 1]; j++) {
            int8_t mark = census->mark[census->to[j]];
            if (mark) {
                triads->count[census->negative[i] + census->negative[j] + mark - 1]++;
            }
        }
    }
    for (uint32_t i = begin[v]; i < begin[v + 1]; i++) {
        census->mark[census->to[i]] = 0;
    }
}

enum casus_status
cas_triads_count(const struct cas_signed *graph, struct cas_triads *out, struct casus_error *err)
{
    struct cas_triads triads = {{0}};
    struct census census;
    bool ready = census_init(&census, graph);

    for (uint32_t v = 0; ready && v < graph->n; v++) {
        count_from(&census, v, &triads);
    }
    census_done(&census);
    if (!ready) {
        return cas_fail_memory(err);
    }
    *out = triads;
    return CASUS_OK;
}

uint64_t
cas_triads_total(const struct cas_triads *triads)
{
    return triads->count[0] + triads->count[1] + triads->count[2] + triads->count[3];
}

double
cas_triads_strict(const struct cas_triads *triads)
{
    double total = (double)cas_triads_total(triads);
    return total > 0 ? (double)(triads->count[0] + triads->count[2]) / total : NAN;
}

double
cas_triads_weak(const struct cas_triads *triads)
{
    double total = (double)cas_triads_total(triads);
    return total > 0 ? (total - (double)triads->count[1]) / total : NAN;
}
