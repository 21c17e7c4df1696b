/* Separation of cycle inequalities, what follows from fixed edges, and rounding.
 *
 * The doubled graph: node 2 v + s is actor v reached with parity s. Each edge can be walked in two
 * ways: for x[e], with the parity that it has against `camp` (1 where frustrated); for 1 − x[e],
 * with the other one. A walk from 2 v to 2 v + 1 shorter than 1 is a violated row. By symmetry the
 * way back mirrors the way out, so a search goes only half as far as the walk is long: it stops
 * where two halves meet. Lengths are whole numbers, with a little for each step, so that of equally
 * violated cycles the one with fewer edges, which says more, is found.
 */
#include "analysis/balance/odd.h"

#include <math.h>
#include <string.h>

#include "analysis/centrality/heap.h"

enum { ONE = 1 << 24, STEP = 64, LOAD_MAX = 2, PER_SOURCE = 3 };

struct step {
    uint32_t from; /* node of the doubled graph */
    uint32_t edge; /* 2 e + (walked for 1 − x) */
};

struct cas_odd {
    const struct cas_net *net;
    const int8_t *camp;
    struct cas_arena arena;
    /* of one search */
    uint32_t *length; /* by doubled node; valid where stamp == round */
    uint32_t *stamp, round;
    struct step *via;
    struct cas_heap heap; /* length above, node below */
    /* of one separation */
    uint32_t *price; /* by edge: x in whole numbers */
    uint8_t *load;   /* by edge: rows that use it */
    uint32_t start;
    /* walk in the making */
    uint32_t *walk_node, *walk_edge;
    uint32_t *place; /* by actor: where it stands in the walk + 1, or 0 */
    /* joining */
    uint32_t *up;
    int8_t *side; /* against `up` */
    uint32_t *order;
};

struct cas_odd *
cas_odd_new(const struct cas_net *net, const int8_t *camp)
{
    struct cas_odd *odd = cas_zalloc(1, sizeof(*odd));
    size_t n = ((size_t)net->n + 1) * sizeof(uint32_t), m = (size_t)net->m + 1;
    struct cas_arena *arena;

    if (!odd) {
        return NULL;
    }
    arena = &odd->arena;
    odd->net = net;
    odd->camp = camp;
    odd->length = cas_arena_alloc(arena, 2 * n);
    odd->stamp = cas_arena_alloc(arena, 2 * n);
    odd->via = cas_arena_alloc(arena, 2 * ((size_t)net->n + 1) * sizeof(*odd->via));
    odd->price = cas_arena_alloc(arena, m * sizeof(*odd->price));
    odd->load = cas_arena_alloc(arena, m);
    odd->walk_node = cas_arena_alloc(arena, 4 * n);
    odd->walk_edge = cas_arena_alloc(arena, 4 * n);
    odd->place = cas_arena_alloc(arena, n);
    odd->up = cas_arena_alloc(arena, n);
    odd->side = cas_arena_alloc(arena, (size_t)net->n + 1);
    odd->order = cas_arena_alloc(arena, m * sizeof(*odd->order));
    if (!odd->length || !odd->stamp || !odd->via || !odd->price || !odd->load || !odd->walk_node ||
        !odd->walk_edge || !odd->place || !odd->up || !odd->side || !odd->order) {
        cas_odd_free(odd);
        return NULL;
    }
    memset(odd->stamp, 0, 2 * n);
    memset(odd->place, 0, n);
    return odd;
}

void
cas_odd_free(struct cas_odd *odd)
{
    if (odd) {
        cas_arena_done(&odd->arena);
        cas_free(odd->heap.keys);
        cas_free(odd);
    }
}

/* --- one search --------------------------------------------------------------------------- */

struct meeting {
    uint32_t length; /* of the whole walk; ONE: none */
    uint32_t from, to, edge;
};

static bool
reached(const struct cas_odd *odd, uint32_t node)
{
    return odd->stamp[node] == odd->round;
}

static void
walk_edge(struct cas_odd *odd, uint32_t node, uint32_t length, struct cas_arc arc, bool flipped,
          bool bad, struct meeting *best)
{
    uint32_t price = flipped ? ONE - odd->price[arc.edge] : odd->price[arc.edge];
    uint32_t to = 2 * arc.to + ((node & 1) ^ (bad != flipped));
    uint32_t total = length + price + STEP;

    /* it may close a walk: the way back from `to` mirrors the way out to its twin */
    if (reached(odd, to ^ 1) && total + odd->length[to ^ 1] < best->length) {
        *best = (struct meeting){total + odd->length[to ^ 1], node, to, 2 * arc.edge + flipped};
    }
    if (2 * total < best->length && (!reached(odd, to) || total < odd->length[to])) {
        odd->stamp[to] = odd->round;
        odd->length[to] = total;
        odd->via[to] = (struct step){node, 2 * arc.edge + flipped};
        cas_heap_push(&odd->heap, (uint64_t)total << 32 | to);
    }
}

/* The shortest closed walk of odd parity through an actor. */
static struct meeting
search(struct cas_odd *odd, uint32_t actor)
{
    const struct cas_net *net = odd->net;
    struct meeting best = {ONE, 0, 0, 0};

    odd->round++;
    odd->heap.count = 0;
    odd->stamp[2 * actor] = odd->round;
    odd->length[2 * actor] = 0;
    cas_heap_push(&odd->heap, 2 * actor);
    while (odd->heap.count > 0 && !odd->heap.failed) {
        uint64_t top = cas_heap_pop(&odd->heap);
        uint32_t node = (uint32_t)top, length = (uint32_t)(top >> 32);
        if (2 * length >= best.length) {
            break;
        }
        if (length > odd->length[node]) {
            continue;
        }
        for (uint32_t i = net->begin[node / 2]; i < net->begin[node / 2 + 1]; i++) {
            struct cas_arc arc = net->arcs[i];
            bool bad = cas_frustrated(&net->edges[arc.edge], odd->camp);
            if (odd->load[arc.edge] >= LOAD_MAX) {
                continue;
            }
            walk_edge(odd, node, length, arc, false, bad, &best);
            if (odd->price[arc.edge] > STEP) {
                walk_edge(odd, node, length, arc, true, bad, &best);
            }
        }
    }
    return best;
}

/* The walk as nodes and the edges behind them: out to the meeting, over it, and back. */
static uint32_t
trace(struct cas_odd *odd, uint32_t actor, const struct meeting *meeting)
{
    uint32_t count = 0, half;

    for (uint32_t node = meeting->from; node != 2 * actor; node = odd->via[node].from) {
        odd->walk_node[count] = node;
        odd->walk_edge[count++] = odd->via[node].edge;
    }
    half = count;
    for (uint32_t i = 0; i < half / 2; i++) {
        uint32_t node = odd->walk_node[i], edge = odd->walk_edge[i];
        odd->walk_node[i] = odd->walk_node[half - 1 - i];
        odd->walk_edge[i] = odd->walk_edge[half - 1 - i];
        odd->walk_node[half - 1 - i] = node;
        odd->walk_edge[half - 1 - i] = edge;
    }
    odd->walk_node[count] = meeting->to;
    odd->walk_edge[count++] = meeting->edge;
    for (uint32_t node = meeting->to ^ 1; node != 2 * actor; node = odd->via[node].from) {
        odd->walk_node[count] = odd->via[node].from ^ 1;
        odd->walk_edge[count++] = odd->via[node].edge;
    }
    return count;
}

static void
add_row(struct cas_odd *odd, const uint32_t *edges, uint32_t count, const double *x,
        struct cas_rows *out)
{
    double activity = 0, lower = 1;

    for (uint32_t i = 0; i < count; i++) {
        activity += edges[i] & 1 ? -x[edges[i] >> 1] : x[edges[i] >> 1];
        lower -= edges[i] & 1;
    }
    if (activity > lower - 1e-4) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        cas_rows_entry(out, edges[i] >> 1, edges[i] & 1 ? -1 : 1);
        odd->load[edges[i] >> 1]++;
    }
    cas_rows_close(out, lower);
}

/* The first part of the walk that returns to an actor with the other parity is a cycle without
 * repetition; parts that return with the same parity add nothing and are cut out. */
static bool
add_cycle(struct cas_odd *odd, uint32_t actor, uint32_t count, const double *x,
          struct cas_rows *out)
{
    uint32_t *node = odd->walk_node, *edge = odd->walk_edge, top = 0, before = (uint32_t)out->count;
    bool found = false;

    /* node[top − 1] is where the walk stands, edge[top − 1] led there; place 1 is the start */
    odd->place[actor] = 1;
    for (uint32_t i = 0; i < count && !found; i++) {
        uint32_t at = odd->place[node[i] / 2];
        uint32_t parity = at > 1 ? node[at - 2] & 1 : 0;
        node[top] = node[i];
        edge[top] = edge[i];
        if (at == 0) {
            odd->place[node[i] / 2] = ++top + 1;
        } else if (parity == (node[i] & 1)) {
            for (; top > at - 1; top--) {
                odd->place[node[top - 1] / 2] = 0;
            }
            top = at - 1;
        } else {
            add_row(odd, edge + (at - 1), top + 1 - (at - 1), x, out);
            found = true;
        }
    }
    odd->place[actor] = 0;
    for (uint32_t i = 0; i < top; i++) {
        odd->place[node[i] / 2] = 0;
    }
    return (uint32_t)out->count > before;
}

/* --- separation --------------------------------------------------------------------------- */

/* Can the edge change the parity of a walk? */
static bool
turns(const struct cas_odd *odd, uint32_t edge)
{
    return odd->price[edge] > STEP || cas_frustrated(&odd->net->edges[edge], odd->camp);
}

/* Actors that together touch each edge that turns: every violated cycle passes one of them. */
static bool
is_source(const struct cas_odd *odd, uint32_t v, const uint32_t *weight)
{
    const struct cas_net *net = odd->net;

    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        uint32_t u = net->arcs[i].to;
        if (turns(odd, net->arcs[i].edge) &&
            (weight[v] > weight[u] || (weight[v] == weight[u] && v < u))) {
            return true;
        }
    }
    return false;
}

static void
weigh_sources(struct cas_odd *odd, uint32_t *weight)
{
    memset(weight, 0, odd->net->n * sizeof(*weight));
    for (uint32_t e = 0; e < odd->net->m; e++) {
        if (turns(odd, e)) {
            weight[odd->net->edges[e].a]++;
            weight[odd->net->edges[e].b]++;
        }
    }
}

void
cas_odd_separate(struct cas_odd *odd, const double *x, int most, struct cas_rows *out)
{
    uint32_t n = odd->net->n, *weight = odd->up, looked = 0;

    memset(odd->load, 0, odd->net->m);
    for (uint32_t e = 0; e < odd->net->m; e++) {
        odd->price[e] = (uint32_t)(fmin(fmax(x[e], 0), 1) * ONE);
    }
    weigh_sources(odd, weight);
    for (; looked < n && out->count < most && !odd->heap.failed; looked++) {
        uint32_t v = (looked + odd->start) % n;
        for (int k = 0; k < PER_SOURCE && is_source(odd, v, weight); k++) {
            struct meeting meeting = search(odd, v);
            if (meeting.length >= ONE || !add_cycle(odd, v, trace(odd, v, &meeting), x, out)) {
                break;
            }
        }
    }
    if (n > 0) {
        odd->start = (odd->start + (looked < n ? looked : n / 3 + 1)) % n;
    }
    out->failed = out->failed || odd->heap.failed;
}

/* --- joining actors whose relation is known ----------------------------------------------- */

/* @param out_side −1 or +1: against the representative */
static uint32_t
find(struct cas_odd *odd, uint32_t v, int8_t *out_side)
{
    uint32_t root = v;
    int8_t side = 1;

    for (; odd->up[root] != root; root = odd->up[root]) {
        side = (int8_t)(side * odd->side[root]);
    }
    *out_side = side;
    while (odd->up[v] != root && v != root) {
        uint32_t next = odd->up[v];
        int8_t own = odd->side[v];
        odd->up[v] = root;
        odd->side[v] = side;
        side = (int8_t)(side * own);
        v = next;
    }
    return root;
}

/* Make a and b stand as `relation` says. False: they stand otherwise already. */
static bool
join(struct cas_odd *odd, uint32_t a, uint32_t b, int relation)
{
    int8_t side_a, side_b;
    uint32_t x = find(odd, a, &side_a), y = find(odd, b, &side_b);

    if (x == y) {
        return side_a * side_b == relation;
    }
    odd->up[x > y ? x : y] = x > y ? y : x;
    odd->side[x > y ? x : y] = (int8_t)(side_a * side_b * relation);
    return true;
}

static void
separate_all(struct cas_odd *odd)
{
    for (uint32_t v = 0; v < odd->net->n; v++) {
        odd->up[v] = v;
        odd->side[v] = 1;
    }
}

static int
relation_of(const struct cas_edge *edge, bool frustrated)
{
    return (edge->pull < 0) == frustrated ? 1 : -1;
}

bool
cas_odd_imply(struct cas_odd *odd, int8_t *fixed)
{
    const struct cas_edge *edges = odd->net->edges;

    separate_all(odd);
    for (uint32_t e = 0; e < odd->net->m; e++) {
        if (fixed[e] >= 0 && !join(odd, edges[e].a, edges[e].b, relation_of(&edges[e], fixed[e]))) {
            return false;
        }
    }
    for (uint32_t e = 0; e < odd->net->m; e++) {
        int8_t a, b;
        if (fixed[e] < 0 && find(odd, edges[e].a, &a) == find(odd, edges[e].b, &b)) {
            fixed[e] = a * b != relation_of(&edges[e], false);
        }
    }
    return true;
}

enum { LEVELS = 256 };

static unsigned
doubt(double x)
{
    double sure = fabs(2 * fmin(fmax(x, 0), 1) - 1);
    return (unsigned)((1 - sure) * (LEVELS - 1));
}

/* Edges in order of doubt, the surest first. */
static void
order_by_doubt(struct cas_odd *odd, const double *x)
{
    uint32_t count[LEVELS + 1] = {0};

    for (uint32_t e = 0; e < odd->net->m; e++) {
        count[doubt(x[e]) + 1]++;
    }
    for (int i = 0; i < LEVELS; i++) {
        count[i + 1] += count[i];
    }
    for (uint32_t e = 0; e < odd->net->m; e++) {
        odd->order[count[doubt(x[e])]++] = e;
    }
}

void
cas_odd_round(struct cas_odd *odd, const double *x, int8_t *out_camp)
{
    const struct cas_edge *edges = odd->net->edges;

    order_by_doubt(odd, x);
    separate_all(odd);
    for (uint32_t i = 0; i < odd->net->m; i++) {
        uint32_t e = odd->order[i];
        join(odd, edges[e].a, edges[e].b, relation_of(&edges[e], x[e] > 0.5));
    }
    for (uint32_t v = 0; v < odd->net->n; v++) {
        find(odd, v, &out_camp[v]);
    }
}

void
cas_odd_rows(const struct cas_cycles *cycles, struct cas_rows *out)
{
    for (uint32_t c = 0; c < cycles->count; c++) {
        for (uint32_t k = cycles->begin[c]; k < cycles->begin[c + 1]; k++) {
            cas_rows_entry(out, cycles->edge[k], 1);
        }
        cas_rows_close(out, 1);
    }
}
