/* Reductions on linked rows: edge e is the arcs 2e (at a) and 2e + 1 (at b).
 *
 * Invariant between two rules: no parallel edges; `total` and `degree` of an actor are those of
 * its living edges. No rule makes more edges than it takes, so slots are reused, never added.
 * An actor that changed waits in `queue` once.
 */
#include "analysis/balance/reduce.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/limits.h"

enum { NIL = -1 };

/* How an actor that went gets its camp: from `pulls` on others. One pull: it follows. */
struct cas_undo {
    uint32_t actor, count;
    uint32_t to[3];
    int64_t pull[3];
};

struct work {
    uint32_t n, m;
    struct cas_edge *edges;
    int32_t *head, *next, *prev; /* by actor; by arc */
    uint32_t *degree;
    int64_t *total;
    bool *gone, *waits;
    uint32_t *queue;
    uint32_t queue_at, queue_count;
    int32_t *spare; /* edge slots to reuse */
    uint32_t spare_count;
    struct cas_undo *undo;
    uint32_t undo_count;
    int64_t cost;
    struct cas_arena arena;
};

static bool
work_alloc(struct work *w)
{
    size_t n = (size_t)w->n + 1, m = (size_t)w->m + 1;

    w->edges = cas_arena_alloc(&w->arena, m * sizeof(*w->edges));
    w->head = cas_arena_alloc(&w->arena, n * sizeof(*w->head));
    w->next = cas_arena_alloc(&w->arena, 2 * m * sizeof(*w->next));
    w->prev = cas_arena_alloc(&w->arena, 2 * m * sizeof(*w->prev));
    w->degree = cas_arena_alloc(&w->arena, n * sizeof(*w->degree));
    w->total = cas_arena_alloc(&w->arena, n * sizeof(*w->total));
    w->gone = cas_arena_alloc(&w->arena, n);
    w->waits = cas_arena_alloc(&w->arena, n);
    w->queue = cas_arena_alloc(&w->arena, n * sizeof(*w->queue));
    w->spare = cas_arena_alloc(&w->arena, m * sizeof(*w->spare));
    w->undo = cas_alloc(n * sizeof(*w->undo));
    return w->edges && w->head && w->next && w->prev && w->degree && w->total && w->gone &&
           w->waits && w->queue && w->spare && w->undo;
}

static void
work_done(struct work *w)
{
    cas_arena_done(&w->arena);
    cas_free(w->undo);
}

static void
enqueue(struct work *w, uint32_t v)
{
    if (!w->waits[v] && !w->gone[v]) {
        w->waits[v] = true;
        w->queue[(w->queue_at + w->queue_count++) % w->n] = v;
    }
}

static uint32_t
arc_end(const struct work *w, int32_t arc)
{
    return arc & 1 ? w->edges[arc >> 1].a : w->edges[arc >> 1].b;
}

static void
link_arc(struct work *w, int32_t arc, uint32_t v)
{
    w->prev[arc] = NIL;
    w->next[arc] = w->head[v];
    if (w->head[v] != NIL) {
        w->prev[w->head[v]] = arc;
    }
    w->head[v] = arc;
    w->degree[v]++;
}

static void
unlink_arc(struct work *w, int32_t arc, uint32_t v)
{
    if (w->next[arc] != NIL) {
        w->prev[w->next[arc]] = w->prev[arc];
    }
    if (w->prev[arc] != NIL) {
        w->next[w->prev[arc]] = w->next[arc];
    } else {
        w->head[v] = w->next[arc];
    }
    w->degree[v]--;
}

static void
set_edge(struct work *w, int32_t e, uint32_t a, uint32_t b, int64_t pull)
{
    w->edges[e] = (struct cas_edge){a, b, pull};
    w->total[a] += cas_weight(pull);
    w->total[b] += cas_weight(pull);
    link_arc(w, 2 * e, a);
    link_arc(w, 2 * e + 1, b);
}

static void
drop_edge(struct work *w, int32_t e)
{
    struct cas_edge *edge = &w->edges[e];

    w->total[edge->a] -= cas_weight(edge->pull);
    w->total[edge->b] -= cas_weight(edge->pull);
    unlink_arc(w, 2 * e, edge->a);
    unlink_arc(w, 2 * e + 1, edge->b);
    enqueue(w, edge->a);
    enqueue(w, edge->b);
    w->spare[w->spare_count++] = e;
}

/* The edge between a and b, or NIL; looks through the shorter row. */
static int32_t
find_edge(const struct work *w, uint32_t a, uint32_t b)
{
    uint32_t from = w->degree[a] <= w->degree[b] ? a : b;
    uint32_t to = from == a ? b : a;
    int32_t arc = w->head[from];

    while (arc != NIL && arc_end(w, arc) != to) {
        arc = w->next[arc];
    }
    return arc == NIL ? NIL : arc >> 1;
}

/* Add a pull between a and b to what is there. */
static void
pull_between(struct work *w, uint32_t a, uint32_t b, int64_t pull)
{
    int32_t e = find_edge(w, a, b);
    int64_t before = e == NIL ? 0 : w->edges[e].pull;

    if (e != NIL) {
        drop_edge(w, e);
    }
    if ((before < 0) != (pull < 0) && before != 0) {
        w->cost += cas_weight(before) < cas_weight(pull) ? cas_weight(before) : cas_weight(pull);
    }
    if (before + pull != 0) {
        set_edge(w, w->spare[--w->spare_count], a, b, before + pull);
    }
    enqueue(w, a);
    enqueue(w, b);
}

static struct cas_undo *
remove_actor(struct work *w, uint32_t v)
{
    struct cas_undo *undo = &w->undo[w->undo_count++];

    w->gone[v] = true;
    undo->actor = v;
    undo->count = 0;
    return undo;
}

/* v becomes one with `into`; pull > 0: in the same camp. */
static void
merge(struct work *w, uint32_t v, uint32_t into, int64_t pull)
{
    struct cas_undo *undo = remove_actor(w, v);

    undo->to[undo->count] = into;
    undo->pull[undo->count++] = pull;
    while (w->head[v] != NIL) {
        int32_t arc = w->head[v];
        uint32_t to = arc_end(w, arc);
        int64_t moved = pull < 0 ? -w->edges[arc >> 1].pull : w->edges[arc >> 1].pull;
        drop_edge(w, arc >> 1);
        if (to != into) {
            pull_between(w, into, to, moved);
        }
    }
}

/* The heaviest edge of v as an arc. */
static int32_t
heaviest(const struct work *w, uint32_t v)
{
    int32_t best = w->head[v];

    for (int32_t arc = best; arc != NIL; arc = w->next[arc]) {
        if (cas_weight(w->edges[arc >> 1].pull) > cas_weight(w->edges[best >> 1].pull)) {
            best = arc;
        }
    }
    return best;
}

static bool
merge_rule(struct work *w, uint32_t v)
{
    int32_t arc = heaviest(w, v);
    uint32_t to;

    if (arc == NIL) {
        remove_actor(w, v);
        return true;
    }
    if (2 * cas_weight(w->edges[arc >> 1].pull) < w->total[v]) {
        return false;
    }
    to = arc_end(w, arc);
    if (w->degree[v] > w->degree[to]) { /* move the shorter row */
        merge(w, to, v, w->edges[arc >> 1].pull);
    } else {
        merge(w, v, to, w->edges[arc >> 1].pull);
    }
    return true;
}

/* Star to triangle. merge_rule() did not fit, so no edge outweighs the other two: the actor alone
 * against neighbour i costs weight i, and the edge between i and j is (w_i + w_j − w_k) / 2. */
static bool
star_rule(struct work *w, uint32_t v)
{
    uint32_t to[3];
    int64_t pull[3], sum = w->total[v];
    struct cas_undo *undo;

    if (w->degree[v] != 3 || sum % 2 != 0) {
        return false;
    }
    undo = remove_actor(w, v);
    for (int i = 0; i < 3; i++) {
        int32_t arc = w->head[v];
        to[i] = undo->to[i] = arc_end(w, arc);
        pull[i] = undo->pull[i] = w->edges[arc >> 1].pull;
        drop_edge(w, arc >> 1);
    }
    undo->count = 3;
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        int64_t weight = sum / 2 - cas_weight(pull[k]);
        if (weight != 0) {
            pull_between(w, to[i], to[j], (pull[i] < 0) == (pull[j] < 0) ? weight : -weight);
        }
    }
    return true;
}

/* --- twins -------------------------------------------------------------------------------- */

/* Rows as numbers: equal rows have equal ones, whatever their order. */
struct twin {
    uint64_t open, closed; /* of the neighbours; and of the actor itself */
    uint32_t actor;
};

static uint64_t
scatter(uint32_t v)
{
    struct cas_random random = {v};
    return cas_random_next(&random);
}

static int
compare_open(const void *left, const void *right)
{
    const struct twin *a = left, *b = right;
    if (a->open != b->open) {
        return a->open < b->open ? -1 : 1;
    }
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static int
compare_closed(const void *left, const void *right)
{
    const struct twin *a = left, *b = right;
    if (a->closed != b->closed) {
        return a->closed < b->closed ? -1 : 1;
    }
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static uint32_t
list_rows(const struct work *w, struct twin *out)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < w->n; v++) {
        uint64_t sum = 0;
        if (w->gone[v]) {
            continue;
        }
        for (int32_t arc = w->head[v]; arc != NIL; arc = w->next[arc]) {
            sum += scatter(arc_end(w, arc));
        }
        out[count++] = (struct twin){sum, sum + scatter(v), v};
    }
    return count;
}

/* Is x : y as p : q, the sign aside? */
static bool
proportional(int64_t x, int64_t y, int64_t p, int64_t q)
{
    int64_t a, b;

    return !__builtin_mul_overflow(cas_weight(x), cas_weight(q), &a) &&
           !__builtin_mul_overflow(cas_weight(y), cas_weight(p), &b) && a == b;
}

/* Do v and u pull on the same others, each as much as the other but for one factor? @return its
 * sign, or 0. `pull` is 0 everywhere, before and after. */
static int
twin_sign(const struct work *w, uint32_t v, uint32_t u, int64_t *pull)
{
    int32_t between = find_edge(w, v, u), first = NIL;
    int sign = 0;
    bool same = w->degree[v] == w->degree[u];

    for (int32_t arc = w->head[v]; arc != NIL; arc = w->next[arc]) {
        pull[arc_end(w, arc)] = w->edges[arc >> 1].pull;
    }
    for (int32_t arc = w->head[u]; same && arc != NIL; arc = w->next[arc]) {
        int64_t own = w->edges[arc >> 1].pull, other = pull[arc_end(w, arc)];
        if (arc >> 1 == between) {
            continue;
        }
        first = first == NIL ? arc : first;
        sign = sign ? sign : (own < 0) == (other < 0) ? 1 : -1;
        same = other != 0 && (own < 0) == (other * sign < 0) &&
               proportional(own, other, w->edges[first >> 1].pull, pull[arc_end(w, first)]);
    }
    for (int32_t arc = w->head[v]; arc != NIL; arc = w->next[arc]) {
        pull[arc_end(w, arc)] = 0;
    }
    /* an edge between them must want what they want */
    same = same && sign && (between == NIL || (w->edges[between].pull < 0) == (sign < 0));
    return same ? sign : 0;
}

static bool
merge_twins(struct work *w, const struct twin *rows, uint32_t count, bool closed, int64_t *pull)
{
    uint32_t kept = 0;
    bool merged = false;

    for (uint32_t i = 1; i < count; i++) {
        const struct twin *a = &rows[kept], *b = &rows[i];
        bool near = closed ? a->closed == b->closed : a->open == b->open;
        int sign = near && !w->gone[a->actor] && !w->gone[b->actor]
                       ? twin_sign(w, a->actor, b->actor, pull)
                       : 0;
        if (sign != 0) {
            merge(w, b->actor, a->actor, sign);
            merged = true;
        } else {
            kept = i;
        }
    }
    return merged;
}

/* Actors that pull on the same others in one proportion want the same of them, so in some best
 * split they stand together, or against each other where the factor is negative. */
static bool
twin_rule(struct work *w, struct twin *rows, int64_t *pull)
{
    uint32_t count = list_rows(w, rows);
    bool merged;

    qsort(rows, count, sizeof(*rows), compare_open);
    merged = merge_twins(w, rows, count, false, pull);
    qsort(rows, count, sizeof(*rows), compare_closed);
    return merge_twins(w, rows, count, true, pull) || merged;
}

/* --- all rules ---------------------------------------------------------------------------- */

static void
load(struct work *w, const struct cas_net *net)
{
    for (uint32_t v = 0; v < w->n; v++) {
        w->head[v] = NIL;
        w->degree[v] = 0;
        w->total[v] = 0;
        w->gone[v] = w->waits[v] = false;
    }
    for (uint32_t e = w->m; e-- > 0;) {
        set_edge(w, (int32_t)e, net->edges[e].a, net->edges[e].b, net->edges[e].pull);
    }
    for (uint32_t v = 0; v < w->n; v++) {
        enqueue(w, v);
    }
}

static void
run(struct work *w)
{
    while (w->queue_count > 0) {
        uint32_t v = w->queue[w->queue_at];
        w->queue_at = (w->queue_at + 1) % w->n;
        w->queue_count--;
        w->waits[v] = false;
        if (!w->gone[v] && !merge_rule(w, v)) {
            star_rule(w, v);
        }
    }
}

static bool
run_with_twins(struct work *w)
{
    struct twin *rows = cas_alloc(((size_t)w->n + 1) * sizeof(*rows));
    int64_t *pull = cas_zalloc((size_t)w->n + 1, sizeof(*pull));
    bool good = rows && pull;

    if (good) {
        do {
            run(w);
        } while (twin_rule(w, rows, pull));
    }
    cas_free(rows);
    cas_free(pull);
    return good;
}

/* Edges in order of their ends, so that what follows does not depend on slots. */
static uint32_t
collect_edges(const struct work *w, const uint32_t *number, struct cas_edge *out)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < w->n; v++) {
        for (int32_t arc = w->gone[v] ? NIL : w->head[v]; arc != NIL; arc = w->next[arc]) {
            uint32_t to = arc_end(w, arc);
            if (v < to) {
                out[count++] = (struct cas_edge){number[v], number[to], w->edges[arc >> 1].pull};
            }
        }
    }
    return count;
}

static bool
collect(struct work *w, struct cas_reduced *out)
{
    uint32_t *number = w->queue, left = w->n - w->undo_count, at = 0;
    uint32_t *actor = cas_arena_alloc(&out->arena, ((size_t)left + 1) * sizeof(*actor));
    struct cas_edge *edges = cas_alloc(((size_t)w->m + 1) * sizeof(*edges));

    if (actor && edges) {
        for (uint32_t v = 0; v < w->n; v++) {
            number[v] = at;
            if (!w->gone[v]) {
                actor[at++] = v;
            }
        }
        out->net = cas_net_new(left, edges, collect_edges(w, number, edges));
    }
    cas_free(edges);
    out->actor = actor;
    out->cost = w->cost;
    out->n = w->n;
    out->undo_count = w->undo_count;
    out->undo = cas_arena_copy(&out->arena, w->undo, w->undo_count, sizeof(*w->undo));
    return out->net && (out->undo || w->undo_count == 0);
}

struct cas_reduced *
cas_reduce(const struct cas_net *net)
{
    struct work w = {.n = net->n, .m = net->m};
    struct cas_reduced *reduced = cas_zalloc(1, sizeof(*reduced));
    bool done = false;

    if (reduced && work_alloc(&w)) {
        load(&w, net);
        done = run_with_twins(&w) && collect(&w, reduced);
    }
    work_done(&w);
    if (!done) {
        cas_reduced_free(reduced);
        return NULL;
    }
    return reduced;
}

void
cas_reduced_free(struct cas_reduced *reduced)
{
    if (reduced) {
        cas_net_free(reduced->net);
        cas_arena_done(&reduced->arena);
        cas_free(reduced);
    }
}

void
cas_reduced_expand(const struct cas_reduced *reduced, const int8_t *camp, int8_t *out)
{
    for (uint32_t v = 0; v < reduced->net->n; v++) {
        out[reduced->actor[v]] = camp[v];
    }
    for (uint32_t i = reduced->undo_count; i-- > 0;) {
        const struct cas_undo *undo = &reduced->undo[i];
        int64_t field = 0;
        for (uint32_t k = 0; k < undo->count; k++) {
            field += undo->pull[k] * out[undo->to[k]];
        }
        out[undo->actor] = field < 0 ? -1 : 1;
    }
}
