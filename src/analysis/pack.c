/* Packing cycles.
 *
 * Each edge has its weight to spend. A frustrated edge and a path of satisfied ones that joins its
 * ends are a cycle with an odd number of edges that disagree with any split's camps, so one of them
 * is frustrated in every split. A cycle takes what its poorest edge has left.
 */
#include <string.h>

#include "analysis/search.h"

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

struct pack {
    const struct cas_net *net;
    const int8_t *camp;
    int64_t *left;                 /* weight to spend */
    uint32_t *queue, *depth, *via; /* of the search: `via` is the arc's edge */
    uint32_t *seen, round;         /* seen[v] == round: reached */
    bool *hopeless;                /* no path at any length */
    int64_t sum;
    struct cas_cycles *out;
};

static bool
pack_alloc(struct pack *p)
{
    size_t n = p->net->n, m = p->net->m;

    p->left = cas_alloc((m + 1) * sizeof(*p->left));
    p->hopeless = cas_zalloc(m + 1, 1);
    p->queue = cas_alloc((n + 1) * sizeof(*p->queue));
    p->depth = cas_alloc((n + 1) * sizeof(*p->depth));
    p->via = cas_alloc((n + 1) * sizeof(*p->via));
    p->seen = cas_zalloc(n + 1, sizeof(*p->seen));
    return p->left && p->hopeless && p->queue && p->depth && p->via && p->seen;
}

static void
pack_done(struct pack *p)
{
    cas_free(p->left);
    cas_free(p->hopeless);
    cas_free(p->queue);
    cas_free(p->depth);
    cas_free(p->via);
    cas_free(p->seen);
}

/* Breadth first over satisfied edges with something left, from `from` to `to`, at most `longest`
 * edges. @return whether there is a path; *out_cut tells whether the length ended the search */
static bool
find_path(struct pack *p, uint32_t from, uint32_t to, uint32_t longest, bool *out_cut)
{
    const struct cas_net *net = p->net;
    uint32_t head = 0, tail = 0;

    p->round++;
    *out_cut = false;
    p->seen[from] = p->round;
    p->depth[from] = 0;
    p->queue[tail++] = from;
    while (head < tail) {
        uint32_t v = p->queue[head++];
        if (p->depth[v] == longest) {
            *out_cut = true;
            return false;
        }
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            struct cas_arc arc = net->arcs[i];
            if (p->seen[arc.to] == p->round || p->left[arc.edge] == 0 ||
                cas_frustrated(&net->edges[arc.edge], p->camp)) {
                continue;
            }
            p->seen[arc.to] = p->round;
            p->depth[arc.to] = p->depth[v] + 1;
            p->via[arc.to] = arc.edge;
            if (arc.to == to) {
                return true;
            }
            p->queue[tail++] = arc.to;
        }
    }
    return false;
}

static uint32_t
other_end(const struct cas_edge *edge, uint32_t v)
{
    return edge->a == v ? edge->b : edge->a;
}

/* The path that was found to `to`, closed by edge `e`. */
static void
take_cycle(struct pack *p, uint32_t e)
{
    const struct cas_edge *edges = p->net->edges;
    uint32_t from = edges[e].a, to = edges[e].b;
    int64_t amount = p->left[e];

    for (uint32_t v = to; v != from; v = other_end(&edges[p->via[v]], v)) {
        amount = p->left[p->via[v]] < amount ? p->left[p->via[v]] : amount;
    }
    for (uint32_t v = to; v != from; v = other_end(&edges[p->via[v]], v)) {
        p->left[p->via[v]] -= amount;
        if (p->out) {
            cas_cycles_edge(p->out, p->via[v]);
        }
    }
    p->left[e] -= amount;
    p->sum += amount;
    if (p->out) {
        cas_cycles_edge(p->out, e);
        cas_cycles_close(p->out);
    }
}

static void
spend(struct pack *p, uint32_t e, uint32_t longest)
{
    bool cut = false;

    while (p->left[e] > 0 && find_path(p, p->net->edges[e].a, p->net->edges[e].b, longest, &cut)) {
        take_cycle(p, e);
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
