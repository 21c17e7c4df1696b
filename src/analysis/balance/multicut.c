/* Separation by Dijkstra's paths from one end of each edge, in whole numbers, with a little for each
 * step, so that of equally violated rows the one with fewer edges is found. */
#include "analysis/balance/multicut.h"

#include <math.h>
#include <string.h>

#include "analysis/centrality/heap.h"
#include "analysis/joined.h"

enum { ONE = 1 << 24, STEP = 64, LOAD_MAX = 4 };

struct cas_multicut {
    const struct cas_net *net;
    struct cas_arena arena;
    struct cas_heap heap;
    uint32_t *length, *stamp, round; /* length: valid where stamp == round */
    uint32_t *via;                   /* edge that led here */
    uint32_t *cut;                   /* by edge, in whole numbers */
    uint8_t *load;                   /* by edge: rows that use it */
    uint32_t *up;                    /* actors joined */
    uint32_t start;
};

struct cas_multicut *
cas_multicut_new(const struct cas_net *net)
{
    struct cas_multicut *mc = cas_zalloc(1, sizeof(*mc));
    size_t n = ((size_t)net->n + 1) * sizeof(uint32_t), m = (size_t)net->m + 1;

    if (!mc) {
        return NULL;
    }
    mc->net = net;
    mc->length = cas_arena_alloc(&mc->arena, n);
    mc->stamp = cas_arena_alloc(&mc->arena, n);
    mc->via = cas_arena_alloc(&mc->arena, n);
    mc->up = cas_arena_alloc(&mc->arena, n);
    mc->cut = cas_arena_alloc(&mc->arena, m * sizeof(*mc->cut));
    mc->load = cas_arena_alloc(&mc->arena, m);
    if (!mc->length || !mc->stamp || !mc->via || !mc->up || !mc->cut || !mc->load) {
        cas_multicut_free(mc);
        return NULL;
    }
    memset(mc->stamp, 0, n);
    return mc;
}

void
cas_multicut_free(struct cas_multicut *multicut)
{
    if (multicut) {
        cas_arena_done(&multicut->arena);
        cas_free(multicut->heap.keys);
        cas_free(multicut);
    }
}

static bool
hostile(const struct cas_multicut *mc, uint32_t edge)
{
    return mc->net->edges[edge].pull < 0;
}

/* --- separation --------------------------------------------------------------------------- */

static void
reach(struct cas_multicut *mc, uint32_t v, uint32_t length, uint32_t via)
{
    if (mc->stamp[v] != mc->round || length < mc->length[v]) {
        mc->stamp[v] = mc->round;
        mc->length[v] = length;
        mc->via[v] = via;
        cas_heap_push(&mc->heap, (uint64_t)length << 32 | v);
    }
}

/* All actors nearer to `from` than `limit`. */
static void
search(struct cas_multicut *mc, uint32_t from, uint32_t limit)
{
    const struct cas_net *net = mc->net;

    mc->round++;
    mc->heap.count = 0;
    reach(mc, from, 0, UINT32_MAX);
    while (mc->heap.count > 0 && !mc->heap.failed) {
        uint64_t top = cas_heap_pop(&mc->heap);
        uint32_t v = (uint32_t)top, length = (uint32_t)(top >> 32);
        if (length > mc->length[v]) {
            continue;
        }
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            uint32_t edge = net->arcs[i].edge, total = length + mc->cut[edge] + STEP;
            if (total < limit && mc->load[edge] < LOAD_MAX) {
                reach(mc, net->arcs[i].to, total, edge);
            }
        }
    }
}

static uint32_t
other_end(const struct cas_edge *edge, uint32_t v)
{
    return edge->a == v ? edge->b : edge->a;
}

/* sum over the path of cut − cut[f] >= 0, written in x. */
static void
add_row(struct cas_multicut *mc, uint32_t from, uint32_t f, const double *x, struct cas_rows *out)
{
    const struct cas_edge *edges = mc->net->edges;
    uint32_t to = other_end(&edges[f], from);
    double lower = hostile(mc, f), activity = hostile(mc, f) ? x[f] : -x[f];

    for (uint32_t v = to; v != from; v = other_end(&edges[mc->via[v]], v)) {
        uint32_t e = mc->via[v];
        lower -= hostile(mc, e);
        activity += hostile(mc, e) ? -x[e] : x[e];
    }
    if (activity > lower - 1e-4) {
        return;
    }
    for (uint32_t v = to; v != from; v = other_end(&edges[mc->via[v]], v)) {
        uint32_t e = mc->via[v];
        cas_rows_entry(out, e, hostile(mc, e) ? -1 : 1);
        mc->load[e]++;
    }
    cas_rows_entry(out, f, hostile(mc, f) ? 1 : -1);
    cas_rows_close(out, lower);
}

/* An edge is looked at from its end of fewer edges. */
static bool
is_mine(const struct cas_multicut *mc, uint32_t v, struct cas_arc arc)
{
    const uint32_t *begin = mc->net->begin;
    uint32_t own = begin[v + 1] - begin[v], other = begin[arc.to + 1] - begin[arc.to];

    return mc->cut[arc.edge] > STEP && (own < other || (own == other && v < arc.to));
}

static void
separate_from(struct cas_multicut *mc, uint32_t v, const double *x, struct cas_rows *out)
{
    const struct cas_net *net = mc->net;
    uint32_t limit = 0;

    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        struct cas_arc arc = net->arcs[i];
        limit = is_mine(mc, v, arc) && mc->cut[arc.edge] > limit ? mc->cut[arc.edge] : limit;
    }
    if (limit == 0) {
        return;
    }
    search(mc, v, limit);
    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        struct cas_arc arc = net->arcs[i];
        if (is_mine(mc, v, arc) && mc->stamp[arc.to] == mc->round &&
            mc->length[arc.to] < mc->cut[arc.edge]) {
            add_row(mc, v, arc.edge, x, out);
        }
    }
}

void
cas_multicut_separate(struct cas_multicut *mc, const double *x, struct cas_rows *out)
{
    uint32_t n = mc->net->n;

    memset(mc->load, 0, mc->net->m);
    for (uint32_t e = 0; e < mc->net->m; e++) {
        double value = fmin(fmax(x[e], 0), 1);
        mc->cut[e] = (uint32_t)((hostile(mc, e) ? 1 - value : value) * ONE);
    }
    for (uint32_t i = 0; i < n && !mc->heap.failed; i++) {
        separate_from(mc, (i + mc->start) % n, x, out);
    }
    mc->start = n ? (mc->start + n / 3 + 1) % n : 0;
    out->failed = out->failed || mc->heap.failed;
}

/* --- joining ------------------------------------------------------------------------------ */

static void
part_all(struct cas_multicut *mc)
{
    for (uint32_t v = 0; v < mc->net->n; v++) {
        mc->up[v] = v;
    }
}

bool
cas_multicut_imply(struct cas_multicut *mc, int8_t *fixed)
{
    const struct cas_edge *edges = mc->net->edges;

    part_all(mc);
    for (uint32_t e = 0; e < mc->net->m; e++) {
        if (fixed[e] >= 0 && (fixed[e] == 1) == hostile(mc, e)) {
            cas_joined_join(mc->up, edges[e].a, edges[e].b);
        }
    }
    for (uint32_t e = 0; e < mc->net->m; e++) {
        if (cas_joined_first(mc->up, edges[e].a) == cas_joined_first(mc->up, edges[e].b)) {
            if (fixed[e] >= 0 && (fixed[e] == 1) != hostile(mc, e)) {
                return false;
            }
            fixed[e] = hostile(mc, e);
        }
    }
    return true;
}

void
cas_multicut_round(struct cas_multicut *mc, const double *x, uint32_t *out_bloc)
{
    part_all(mc);
    for (uint32_t e = 0; e < mc->net->m; e++) {
        if ((hostile(mc, e) ? 1 - x[e] : x[e]) < 0.5) {
            cas_joined_join(mc->up, mc->net->edges[e].a, mc->net->edges[e].b);
        }
    }
    for (uint32_t v = 0; v < mc->net->n; v++) {
        out_bloc[v] = cas_joined_first(mc->up, v);
    }
}
