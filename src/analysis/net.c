/* A network of pulls by rows. */
#include "analysis/net.h"

#include <string.h>

static void
fill_rows(const struct cas_net *net, uint32_t *begin, struct cas_arc *arcs)
{
    memset(begin, 0, ((size_t)net->n + 1) * sizeof(*begin));
    for (uint32_t e = 0; e < net->m; e++) {
        begin[net->edges[e].a]++;
        begin[net->edges[e].b]++;
    }
    for (uint32_t v = 0; v < net->n; v++) {
        begin[v + 1] += begin[v];
    }
    for (uint32_t e = net->m; e-- > 0;) {
        const struct cas_edge *edge = &net->edges[e];
        arcs[--begin[edge->a]] = (struct cas_arc){edge->b, e};
        arcs[--begin[edge->b]] = (struct cas_arc){edge->a, e};
    }
}

struct cas_net *
cas_net_new(uint32_t n, const struct cas_edge *edges, uint32_t m)
{
    struct cas_net *net = cas_zalloc(1, sizeof(*net));
    struct cas_edge *copy;
    struct cas_arc *arcs;
    uint32_t *begin;

    if (!net) {
        return NULL;
    }
    copy = cas_arena_alloc(&net->arena, ((size_t)m + 1) * sizeof(*copy));
    begin = cas_arena_alloc(&net->arena, ((size_t)n + 1) * sizeof(*begin));
    arcs = cas_arena_alloc(&net->arena, ((size_t)m + 1) * 2 * sizeof(*arcs));
    if (!copy || !begin || !arcs) {
        cas_net_free(net);
        return NULL;
    }
    if (m > 0) {
        memcpy(copy, edges, m * sizeof(*copy));
    }
    net->n = n;
    net->m = m;
    net->edges = copy;
    fill_rows(net, begin, arcs);
    net->begin = begin;
    net->arcs = arcs;
    return net;
}

void
cas_net_free(struct cas_net *net)
{
    if (net) {
        cas_arena_done(&net->arena);
        cas_free(net);
    }
}

int64_t
cas_net_cost(const struct cas_net *net, const int8_t *camp)
{
    int64_t cost = 0;

    for (uint32_t e = 0; e < net->m; e++) {
        cost += cas_frustrated(&net->edges[e], camp) ? cas_weight(net->edges[e].pull) : 0;
    }
    return cost;
}

static void
mark_part(const struct cas_net *net, uint32_t first, uint32_t label, uint32_t *stack,
          uint32_t *part)
{
    uint32_t top = 0;

    stack[top++] = first;
    part[first] = label;
    while (top > 0) {
        uint32_t v = stack[--top];
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            uint32_t u = net->arcs[i].to;
            if (part[u] == UINT32_MAX) {
                part[u] = label;
                stack[top++] = u;
            }
        }
    }
}

bool
cas_net_parts(const struct cas_net *net, uint32_t *out_part, uint32_t *out_count)
{
    uint32_t *stack = cas_alloc(((size_t)net->n + 1) * sizeof(*stack));
    uint32_t count = 0;

    if (!stack) {
        return false;
    }
    for (uint32_t v = 0; v < net->n; v++) {
        out_part[v] = UINT32_MAX;
    }
    for (uint32_t v = 0; v < net->n; v++) {
        if (out_part[v] == UINT32_MAX) {
            mark_part(net, v, count++, stack, out_part);
        }
    }
    cas_free(stack);
    *out_count = count;
    return true;
}
