/* A network of pulls by rows. */
#include "analysis/balance/net.h"

#include <stdlib.h>
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

static int
by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The ends of the edges, each once, ascending. @return how many */
static uint32_t
ends_of(const struct cas_net *net, const uint32_t *edge, uint32_t m, uint32_t *out)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < m; i++) {
        out[2 * i] = net->edges[edge[i]].a;
        out[2 * i + 1] = net->edges[edge[i]].b;
    }
    qsort(out, 2 * (size_t)m, sizeof(*out), by_number);
    for (uint32_t i = 0; i < 2 * m; i++) {
        if (count == 0 || out[count - 1] != out[i]) {
            out[count++] = out[i];
        }
    }
    return count;
}

struct cas_net *
cas_net_of_edges(const struct cas_net *net, const uint32_t *edge, uint32_t m, uint32_t *scratch,
                 uint32_t **out_actor)
{
    uint32_t *actor = cas_alloc((size_t)m * 2 * sizeof(*actor));
    struct cas_edge *edges = cas_alloc(m * sizeof(*edges));
    struct cas_net *part = NULL;

    if (actor && edges) {
        uint32_t n = ends_of(net, edge, m, actor);
        for (uint32_t i = 0; i < n; i++) {
            scratch[actor[i]] = i;
        }
        for (uint32_t i = 0; i < m; i++) {
            const struct cas_edge *e = &net->edges[edge[i]];
            edges[i] = (struct cas_edge){scratch[e->a], scratch[e->b], e->pull};
        }
        part = cas_net_new(n, edges, m);
    }
    cas_free(edges);
    if (!part) {
        cas_free(actor);
        return NULL;
    }
    *out_actor = actor;
    return part;
}
