/* Signs of a graph: dyads (measure.h) with the events of their ties.
 *
 * Ties of a graph stand in order of (from, to), so those of a dyad are two runs.
 */
#include "analysis/balance/signs.h"

#include <math.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"
#include "base/sort.h"

/* --- events ------------------------------------------------------------------------------- */

/* The first tie from `from` to `to` or beyond. */
static uint32_t
first_tie(const struct casus_graph *graph, uint32_t from, uint32_t to)
{
    uint32_t low = 0, high = casus_graph_tie_count(graph);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct casus_tie *tie = casus_graph_tie_at(graph, middle);
        if (tie->from < from || (tie->from == from && tie->to < to))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Ties from one actor to another, [begin, end), and the events of those that bear a sign. */
struct run {
    uint32_t begin, end;
    size_t events;
};

static struct run
find_run(const struct casus_graph *graph, uint32_t from, uint32_t to)
{
    struct run run = {.begin = first_tie(graph, from, to)};
    for (run.end = run.begin; run.end < casus_graph_tie_count(graph); run.end++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, run.end);
        if (tie->from != from || tie->to != to)
            break;
        bool known = tie->relation != CASUS_CLAIM && tie->events &&
                     casus_graph_tie_event(graph, run.end, 0) != CASUS_NONE;
        run.events += known ? tie->events : 0;
    }
    return run;
}

/* @return behind the last one written */
static uint32_t *
take_events(const struct casus_graph *graph, const struct run *run, uint32_t *out)
{
    for (uint32_t i = run->begin; run->events && i < run->end; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        for (uint32_t k = 0; tie->relation != CASUS_CLAIM && k < tie->events; k++)
            *out++ = casus_graph_tie_event(graph, i, k);
    }
    return out;
}

static bool
add_events(struct cas_arena *arena, const struct casus_graph *graph, struct casus_signed_tie *tie)
{
    struct run there = find_run(graph, tie->a, tie->b), back = find_run(graph, tie->b, tie->a);
    size_t count = there.events + back.events;
    uint32_t *events = cas_arena_alloc(arena, (count + 1) * sizeof *events);
    if (!events)
        return false;
    take_events(graph, &back, take_events(graph, &there, events));
    tie->events = events;
    tie->event_count = (uint32_t)cas_sort_once(events, count); /* some go both ways */
    return true;
}

/* --- dyads -------------------------------------------------------------------------------- */

static double
weight_of(const struct cas_dyad *dyad, int sign, enum casus_ambivalent ambivalent)
{
    if (dyad->attack && dyad->support && ambivalent == CASUS_AMBIVALENT_NET)
        return fabs(dyad->positive - dyad->negative);
    return sign > 0 ? dyad->positive : sign < 0 ? dyad->negative : 0;
}

static enum casus_status
find_dyads(const struct casus_graph *graph, struct cas_dyad **out, size_t *out_count,
           struct casus_error *err)
{
    uint32_t count = casus_graph_tie_count(graph);
    struct cas_contact_tie *ties = cas_zalloc((size_t)count + 1, sizeof *ties);
    if (!ties)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        ties[i] = (struct cas_contact_tie){.from = tie->from,
                                           .to = tie->to,
                                           .weight = tie->weight,
                                           .relation = tie->relation,
                                           .directed = tie->directed};
    }
    enum casus_status status =
        cas_dyads(casus_graph_actor_count(graph), ties, count, out, out_count, err);
    cas_free(ties);
    return status;
}

static enum casus_status
keep_dyads(struct cas_arena *arena, const struct casus_graph *graph, const struct cas_dyad *dyads,
           enum casus_ambivalent ambivalent, struct cas_signs *out, struct casus_error *err)
{
    out->dyads = cas_arena_alloc(arena, ((size_t)out->count + 1) * sizeof *out->dyads);
    if (!out->dyads)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < out->count; i++) {
        int sign = cas_dyad_sign(&dyads[i], ambivalent);
        out->dyads[i] =
            (struct casus_signed_tie){.a = dyads[i].a,
                                      .b = dyads[i].b,
                                      .sign = sign,
                                      .weight = weight_of(&dyads[i], sign, ambivalent),
                                      .ambivalent = dyads[i].attack && dyads[i].support};
        if (!add_events(arena, graph, &out->dyads[i]))
            return cas_fail_memory(err);
    }
    return CASUS_OK;
}

/* --- the signed graph --------------------------------------------------------------------- */

static enum casus_status
make_graph(struct cas_arena *arena, uint32_t n, bool weighted, struct cas_signs *signs,
           struct casus_error *err)
{
    size_t room = (size_t)signs->count + 1;
    uint32_t m = 0;
    struct cas_signed_tie *ties = cas_zalloc(room, sizeof *ties);
    signs->dyad_of = cas_arena_alloc(arena, room * sizeof *signs->dyad_of);
    if (!ties || !signs->dyad_of) {
        cas_free(ties);
        return cas_fail_memory(err);
    }
    for (uint32_t i = 0; i < signs->count; i++) {
        const struct casus_signed_tie *dyad = &signs->dyads[i];
        if (!dyad->sign || (weighted && dyad->weight == 0))
            continue;
        signs->dyad_of[m] = i;
        ties[m++] = (struct cas_signed_tie){dyad->a, dyad->b, (int8_t)dyad->sign, dyad->weight};
    }
    enum casus_status status = cas_signed_new(n, ties, m, &signs->graph, err);
    cas_free(ties);
    return status;
}

enum casus_status
cas_signs_find(struct cas_arena *arena, const struct casus_graph *graph,
               enum casus_ambivalent ambivalent, bool weighted, struct cas_signs *out,
               struct casus_error *err)
{
    struct cas_dyad *dyads;
    size_t count;
    *out = (struct cas_signs){0};
    enum casus_status status = find_dyads(graph, &dyads, &count, err);
    if (status != CASUS_OK)
        return status;
    out->count = (uint32_t)count; /* no more than ties, which are counted in 32 bits */
    status = keep_dyads(arena, graph, dyads, ambivalent, out, err);
    cas_free(dyads);
    if (status == CASUS_OK)
        status = make_graph(arena, casus_graph_actor_count(graph), weighted, out, err);
    return status;
}
