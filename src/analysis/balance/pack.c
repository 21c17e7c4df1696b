/* Packing cycles.
 *
 * Each edge has its weight to spend. A frustrated edge and a path of satisfied ones that joins its
 * ends are a cycle with an odd number of edges that disagree with any split's camps, so one of them
 * is frustrated in every split. A cycle takes what its poorest edge has left.
 */
#include <string.h>

#include "analysis/balance/search.h"

void
cas_cycles_init(struct cas_cycles *cycles)
{
    *cycles = (struct cas_cycles){0};
}

void
cas_cycles_done(struct cas_cycles *cycles)
{
    cas_free(cycles->begin);
    cas_free(cycles->edge);
    cas_cycles_init(cycles);
}

void
cas_cycles_clear(struct cas_cycles *cycles)
{
    cycles->count = 0;
    if (cycles->begin) {
        cycles->begin[0] = cycles->begin[1] = 0;
    }
}

/* begin[count + 1] is where the cycle in the making ends so far. */
static bool
make_room(struct cas_cycles *cycles)
{
    bool fresh = cycles->begin == NULL;

    if (!cas_grow(&cycles->begin, &cycles->begin_room, (size_t)cycles->count + 3,
                  sizeof(*cycles->begin))) {
        return false;
    }
    if (fresh) {
        cycles->begin[0] = cycles->begin[1] = 0;
    }
    return cas_grow(&cycles->edge, &cycles->edge_room, (size_t)cycles->begin[cycles->count + 1] + 1,
                    sizeof(*cycles->edge));
}

void
cas_cycles_edge(struct cas_cycles *cycles, uint32_t edge)
{
    if (cycles->failed || !make_room(cycles)) {
        cycles->failed = true;
        return;
    }
    cycles->edge[cycles->begin[cycles->count + 1]++] = edge;
}

void
cas_cycles_close(struct cas_cycles *cycles)
{
    if (cycles->failed || !make_room(cycles)) {
        cycles->failed = true;
        return;
    }
    cycles->count++;
    cycles->begin[cycles->count + 1] = cycles->begin[cycles->count];
}

/* --- the packing -------------------------------------------------------------------------- */

/* The half of a search that goes out from one end. */
struct half {
    uint32_t *queue, head, tail, level; /* level: where the deepest ones begin */
    uint32_t *via;                      /* of an actor: the edge that led to it */
};

struct pack {
    const struct cas_net *net;
    const int8_t *camp;
    int64_t *left; /* weight to spend */
    struct half half[2];
    uint64_t *seen, round; /* seen[v] == 2 × round + half: reached from there */
    bool *hopeless;        /* no path at any length */
    int64_t sum;
    struct cas_cycles *out;
};

static bool
pack_alloc(struct pack *p)
{
    size_t n = (size_t)p->net->n + 1, m = (size_t)p->net->m + 1;

    p->left = cas_alloc(m * sizeof(*p->left));
    p->hopeless = cas_zalloc(m, 1);
    p->seen = cas_zalloc(n, sizeof(*p->seen));
    for (int i = 0; i < 2; i++) {
        p->half[i].queue = cas_alloc(n * sizeof(*p->half[i].queue));
        p->half[i].via = cas_alloc(n * sizeof(*p->half[i].via));
    }
    return p->left && p->hopeless && p->seen && p->half[0].queue && p->half[0].via &&
           p->half[1].queue && p->half[1].via;
}

static void
pack_done(struct pack *p)
{
    cas_free(p->left);
    cas_free(p->hopeless);
    cas_free(p->seen);
    for (int i = 0; i < 2; i++) {
        cas_free(p->half[i].queue);
        cas_free(p->half[i].via);
    }
}

static uint32_t
other_end(const struct cas_edge *edge, uint32_t v)
{
    return edge->a == v ? edge->b : edge->a;
}

static bool
passable(const struct pack *p, uint32_t edge)
{
    return p->left[edge] > 0 && !cas_frustrated(&p->net->edges[edge], p->camp);
}

/* One level deeper from one end. @return whether it met the other half: then *out_edge joins them,
 * and *out_from is its end on this side */
static bool
deepen(struct pack *p, int side, uint32_t *out_edge, uint32_t *out_from)
{
    const struct cas_net *net = p->net;
    struct half *half = &p->half[side];
    uint64_t own = 2 * p->round + (uint64_t)side, other = 2 * p->round + (uint64_t)!side;

    half->level = half->tail;
    while (half->head < half->level) {
        uint32_t v = half->queue[half->head++];
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            struct cas_arc arc = net->arcs[i];
            if (p->seen[arc.to] == own || !passable(p, arc.edge)) {
                continue;
            }
            if (p->seen[arc.to] == other) {
                *out_edge = arc.edge;
                *out_from = v;
                return true;
            }
            p->seen[arc.to] = own;
            half->via[arc.to] = arc.edge;
            half->queue[half->tail++] = arc.to;
        }
    }
    return false;
}

struct meeting {
    uint32_t edge, end[2]; /* the joining edge and its ends by side */
};

/* Breadth first from both ends, the smaller front in turn, over satisfied edges with something
 * left: a path of at most `longest` edges, and no longer than any. *out_cut tells whether the
 * length ended the search. */
static bool
find_path(struct pack *p, uint32_t from, uint32_t to, uint32_t longest, struct meeting *out,
          bool *out_cut)
{
    uint32_t ends[2] = {from, to};

    p->round++;
    *out_cut = false;
    for (int i = 0; i < 2; i++) {
        p->half[i].queue[0] = ends[i];
        p->half[i].head = 0;
        p->half[i].tail = 1;
        p->seen[ends[i]] = 2 * p->round + (uint64_t)i;
    }
    for (uint32_t length = 0; length < longest; length++) {
        uint32_t front[2] = {p->half[0].tail - p->half[0].head, p->half[1].tail - p->half[1].head};
        int side = front[1] < front[0];
        if (front[side] == 0) {
            return false;
        }
        if (deepen(p, side, &out->edge, &out->end[side])) {
            out->end[!side] = other_end(&p->net->edges[out->edge], out->end[side]);
            return true;
        }
    }
    *out_cut = true;
    return false;
}

static void
pay(struct pack *p, uint32_t edge, int64_t amount)
{
    p->left[edge] -= amount;
    if (p->out) {
        cas_cycles_edge(p->out, edge);
    }
}

/* The path that was found, closed by edge `e`. */
static void
take_cycle(struct pack *p, uint32_t e, const struct meeting *meeting)
{
    const struct cas_edge *edges = p->net->edges;
    uint32_t ends[2] = {edges[e].a, edges[e].b};
    int64_t amount = p->left[e] < p->left[meeting->edge] ? p->left[e] : p->left[meeting->edge];

    for (int i = 0; i < 2; i++) {
        const uint32_t *via = p->half[i].via;
        for (uint32_t v = meeting->end[i]; v != ends[i]; v = other_end(&edges[via[v]], v)) {
            amount = p->left[via[v]] < amount ? p->left[via[v]] : amount;
        }
    }
    for (int i = 0; i < 2; i++) {
        const uint32_t *via = p->half[i].via;
        for (uint32_t v = meeting->end[i]; v != ends[i]; v = other_end(&edges[via[v]], v)) {
            pay(p, via[v], amount);
        }
    }
    pay(p, meeting->edge, amount);
    pay(p, e, amount);
    p->sum += amount;
    if (p->out) {
        cas_cycles_close(p->out);
    }
}

static void
spend(struct pack *p, uint32_t e, uint32_t longest)
{
    struct meeting meeting;
    bool cut = false;

    while (p->left[e] > 0 &&
           find_path(p, p->net->edges[e].a, p->net->edges[e].b, longest, &meeting, &cut)) {
        take_cycle(p, e, &meeting);
    }
    p->hopeless[e] = p->left[e] == 0 || !cut;
}

void
cas_pack(const struct cas_net *net, const int8_t *camp, double deadline, struct cas_cycles *out,
         int64_t *out_sum)
{
    static const uint32_t lengths[] = {2, 3, 4, 5, 6, 8, 12, UINT32_MAX};
    struct pack p = {.net = net, .camp = camp, .out = out};
    bool ready = pack_alloc(&p);

    for (uint32_t e = 0; ready && e < net->m; e++) {
        p.left[e] = cas_weight(net->edges[e].pull);
        p.hopeless[e] = !cas_frustrated(&net->edges[e], camp);
    }
    for (size_t i = 0; ready && i < sizeof(lengths) / sizeof(*lengths); i++) {
        for (uint32_t e = 0; e < net->m && (e % 64 != 0 || cas_clock() < deadline); e++) {
            if (!p.hopeless[e]) {
                spend(&p, e, lengths[i]);
            }
        }
    }
    pack_done(&p);
    *out_sum = ready && !(out && out->failed) ? p.sum : INT64_MIN;
}
