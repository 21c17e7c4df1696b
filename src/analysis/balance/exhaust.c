/* All splits of a small network, one change of camp apart (Gray code). The last actor stays put,
 * as a split and its mirror image are one. */
#include <assert.h>
#include <string.h>

#include "analysis/balance/search.h"

struct exhaust {
    uint32_t n;
    int64_t pull[CAS_EXHAUST_MAX][CAS_EXHAUST_MAX];
    int8_t camp[CAS_EXHAUST_MAX];
    int64_t cost;
    int64_t best;
    uint32_t best_bits;
    uint32_t together[CAS_EXHAUST_MAX];
};

/* What a change of v's camp costs. */
static int64_t
price(const struct exhaust *x, uint32_t v)
{
    int64_t sum = 0;

    for (uint32_t u = 0; u < x->n; u++) {
        sum += x->camp[u] == x->camp[v] ? x->pull[v][u] : -x->pull[v][u];
    }
    return sum;
}

static void
note_best(struct exhaust *x, uint32_t bits)
{
    uint32_t all = (UINT32_C(1) << x->n) - 1;

    if (x->cost < x->best) {
        x->best = x->cost;
        x->best_bits = bits;
        for (uint32_t v = 0; v < x->n; v++) {
            x->together[v] = all;
        }
    }
    for (uint32_t v = 0, differs = bits ^ x->best_bits; v < x->n; v++) {
        x->together[v] &= differs >> v & 1 ? differs : all & ~differs;
    }
}

int64_t
cas_exhaust(const struct cas_net *net, int8_t *camp, uint32_t *together)
{
    struct exhaust x = {.n = net->n};
    uint32_t bits = 0;

    assert(net->n <= CAS_EXHAUST_MAX);
    for (uint32_t e = 0; e < net->m; e++) {
        const struct cas_edge *edge = &net->edges[e];
        x.pull[edge->a][edge->b] = x.pull[edge->b][edge->a] = edge->pull;
    }
    memset(x.camp, 1, sizeof(x.camp));
    x.cost = cas_net_cost(net, x.camp);
    x.best = INT64_MAX;
    note_best(&x, bits);
    for (uint32_t i = 1; net->n > 1 && i < UINT32_C(1) << (net->n - 1); i++) {
        uint32_t v = (uint32_t)__builtin_ctz(i);
        x.cost += price(&x, v);
        x.camp[v] = (int8_t)-x.camp[v];
        bits ^= UINT32_C(1) << v;
        if (x.cost <= x.best) {
            note_best(&x, bits);
        }
    }
    for (uint32_t v = 0; v < net->n; v++) {
        camp[v] = x.best_bits >> v & 1 ? -1 : 1;
    }
    if (together) {
        memcpy(together, x.together, net->n * sizeof(*together));
    }
    return x.best;
}
