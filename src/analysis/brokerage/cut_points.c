/* Cut points and bridges, read off the biconnected blocks.
 *
 * Blocks hang on each other as a forest: each but the first of a connected part has its root in an
 * earlier one. `below[v]` counts v and what hangs on it, `all[v]` its whole connected part. An actor
 * on which blocks hang is a cut point if they, and what is above it, are more than one part; a
 * block of one edge is a bridge.
 */
#include <stdlib.h>

#include "analysis/balance/blocks.h"
#include "analysis/brokerage/broker.h"
#include "base/fault.h"

struct forest {
    struct cas_net *net;
    struct cas_blocks *blocks;
    uint32_t *below, *all, *hanging, *largest, *seen; /* by actor */
    uint32_t stamp;
};

/* --- the ties as a network ---------------------------------------------------------------- */

/* Arcs stand in order of (from, to): an arc back is the same edge. */
static bool
has_arc(const struct cas_contact *contact, uint32_t from, uint32_t to)
{
    size_t low = contact->out_begin[from], high = contact->out_begin[from + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (contact->arcs.to[middle] == to)
            return true;
        if (contact->arcs.to[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static struct cas_net *
net_of(const struct cas_contact *contact)
{
    const struct cas_arcs *arcs = &contact->arcs;
    struct cas_edge *edges = cas_zalloc(arcs->count, sizeof *edges);
    struct cas_net *net = NULL;
    uint32_t m = 0;
    for (size_t i = 0; edges && i < arcs->count; i++) {
        uint32_t a = arcs->from[i], b = arcs->to[i];
        if (a < b || !has_arc(contact, b, a))
            edges[m++] = (struct cas_edge){a < b ? a : b, a < b ? b : a, 1};
    }
    if (edges)
        net = cas_net_new(arcs->n, edges, m);
    cas_free(edges);
    return net;
}

/* --- the forest --------------------------------------------------------------------------- */

static bool
is_new(struct forest *forest, uint32_t actor)
{
    if (forest->seen[actor] == forest->stamp)
        return false;
    forest->seen[actor] = forest->stamp;
    return true;
}

/* What hangs on the root of a block by that block; those of its members are known. */
static uint32_t
weigh_block(struct forest *forest, uint32_t block)
{
    const struct cas_blocks *blocks = forest->blocks;
    uint32_t size = 0;
    forest->stamp++;
    forest->seen[blocks->root[block]] = forest->stamp;
    for (uint32_t i = blocks->begin[block]; i < blocks->begin[block + 1]; i++) {
        const struct cas_edge *edge = &forest->net->edges[blocks->edge[i]];
        size += is_new(forest, edge->a) ? forest->below[edge->a] : 0;
        size += is_new(forest, edge->b) ? forest->below[edge->b] : 0;
    }
    return size;
}

static void
weigh(struct forest *forest)
{
    const struct cas_blocks *blocks = forest->blocks;
    for (uint32_t v = 0; v < forest->net->n; v++)
        forest->below[v] = 1;
    for (uint32_t block = blocks->count; block-- > 0;) {
        uint32_t root = blocks->root[block], size = weigh_block(forest, block);
        forest->below[root] += size;
        forest->hanging[root]++;
        forest->largest[root] = size > forest->largest[root] ? size : forest->largest[root];
    }
    for (uint32_t block = 0; block < blocks->count; block++) {
        uint32_t root = blocks->root[block];
        uint32_t all = forest->all[root] ? forest->all[root] : forest->below[root];
        for (uint32_t i = blocks->begin[block]; i < blocks->begin[block + 1]; i++) {
            const struct cas_edge *edge = &forest->net->edges[blocks->edge[i]];
            forest->all[edge->a] = forest->all[edge->b] = all;
        }
    }
}

static bool
grow_forest(struct forest *forest, const struct cas_contact *contact)
{
    size_t n = (size_t)contact->arcs.n + 1;
    forest->net = net_of(contact);
    forest->blocks = forest->net ? cas_blocks_find(forest->net) : NULL;
    forest->below = cas_zalloc(n, sizeof *forest->below);
    forest->all = cas_zalloc(n, sizeof *forest->all);
    forest->hanging = cas_zalloc(n, sizeof *forest->hanging);
    forest->largest = cas_zalloc(n, sizeof *forest->largest);
    forest->seen = cas_zalloc(n, sizeof *forest->seen);
    if (!forest->blocks || !forest->below || !forest->all || !forest->hanging || !forest->largest ||
        !forest->seen)
        return false;
    weigh(forest);
    return true;
}

static void
fell_forest(struct forest *forest)
{
    cas_blocks_free(forest->blocks);
    cas_net_free(forest->net);
    cas_free(forest->below);
    cas_free(forest->all);
    cas_free(forest->hanging);
    cas_free(forest->largest);
    cas_free(forest->seen);
}

/* --- what it shows ------------------------------------------------------------------------ */

static struct casus_cut_point
point_of(const struct forest *forest, uint32_t v)
{
    uint32_t above = forest->all[v] ? forest->all[v] - forest->below[v] : 0;
    uint32_t largest = above > forest->largest[v] ? above : forest->largest[v];
    uint32_t others = forest->all[v] ? forest->all[v] - 1 : 0;
    return (struct casus_cut_point){v, forest->hanging[v] + (above > 0), others - largest};
}

static bool
list_points(struct cas_arena *arena, const struct forest *forest, struct cas_cuts *out)
{
    uint32_t count = 0, at = 0, n = forest->net->n;
    for (uint32_t v = 0; v < n; v++)
        count += point_of(forest, v).parts > 1;
    struct casus_cut_point *points = cas_arena_alloc(arena, (size_t)count * sizeof *points);
    for (uint32_t v = 0; points && v < n; v++) {
        struct casus_cut_point point = point_of(forest, v);
        if (point.parts > 1)
            points[at++] = point;
    }
    out->points = points;
    out->point_count = count;
    return points;
}

static int
compare_bridges(const void *left, const void *right)
{
    const struct casus_bridge *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* By edge: the actors on its smaller side, 0 where it is no bridge. */
static bool
list_bridges(struct cas_arena *arena, const struct forest *forest, struct cas_cuts *out)
{
    const struct cas_blocks *blocks = forest->blocks;
    uint32_t count = 0, m = forest->net->m;
    uint32_t *smaller = cas_zalloc(m, sizeof *smaller);
    for (uint32_t block = 0; smaller && block < blocks->count; block++) {
        uint32_t first = blocks->edge[blocks->begin[block]];
        const struct cas_edge *edge = &forest->net->edges[first];
        if (blocks->begin[block + 1] - blocks->begin[block] != 1)
            continue;
        uint32_t below = forest->below[edge->a == blocks->root[block] ? edge->b : edge->a];
        uint32_t rest = forest->all[edge->a] - below;
        smaller[first] = below < rest ? below : rest;
        count++;
    }
    struct casus_bridge *bridges = cas_arena_alloc(arena, (size_t)count * sizeof *bridges);
    uint32_t at = 0;
    for (uint32_t i = 0; smaller && bridges && i < m; i++) {
        const struct cas_edge *edge = &forest->net->edges[i];
        if (smaller[i])
            bridges[at++] = (struct casus_bridge){edge->a, edge->b, smaller[i]};
    }
    bool listed = smaller && bridges;
    if (listed && count)
        qsort(bridges, count, sizeof *bridges, compare_bridges);
    cas_free(smaller);
    out->bridges = bridges;
    out->bridge_count = count;
    return listed;
}

enum casus_status
cas_cuts_find(struct cas_arena *arena, const struct cas_contact *contact, struct cas_cuts *out,
              struct casus_error *err)
{
    struct forest forest = {0};
    struct cas_cuts cuts;
    bool found = contact->arcs.count < UINT32_MAX && grow_forest(&forest, contact) &&
                 list_points(arena, &forest, &cuts) && list_bridges(arena, &forest, &cuts);
    fell_forest(&forest);
    if (!found)
        return cas_fail_memory(err);
    *out = cuts;
    return CASUS_OK;
}
