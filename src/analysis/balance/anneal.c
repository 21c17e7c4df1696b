/* Simulated annealing on camps (Kirkpatrick, Gelatt and Vecchi 1983).
 *
 * Invariant: gain[v] = what v's frustrated edges weigh less what its others weigh, so that a
 * change of v's camp costs −gain[v] more.
 */
#include <math.h>
#include <string.h>

#include "analysis/balance/search.h"

struct anneal {
    const struct cas_net *net;
    int8_t *camp;
    int64_t *gain;
    int64_t cost;
};

static void
measure(struct anneal *a)
{
    const struct cas_net *net = a->net;

    a->cost = cas_net_cost(net, a->camp);
    for (uint32_t v = 0; v < net->n; v++) {
        a->gain[v] = 0;
    }
    for (uint32_t e = 0; e < net->m; e++) {
        const struct cas_edge *edge = &net->edges[e];
        int64_t weight = cas_weight(edge->pull);
        weight = cas_frustrated(edge, a->camp) ? weight : -weight;
        a->gain[edge->a] += weight;
        a->gain[edge->b] += weight;
    }
}

static void
change(struct anneal *a, uint32_t v)
{
    const struct cas_net *net = a->net;

    a->cost -= a->gain[v];
    a->gain[v] = -a->gain[v];
    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        uint32_t u = net->arcs[i].to;
        int64_t pull = net->edges[net->arcs[i].edge].pull;
        /* satisfied before, so frustrated now, or the other way round */
        a->gain[u] += 2 * (a->camp[u] == a->camp[v] ? pull : -pull);
    }
    a->camp[v] = (int8_t)-a->camp[v];
}

static void
descend(struct anneal *a)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (uint32_t v = 0; v < a->net->n; v++) {
            if (a->gain[v] > 0) {
                change(a, v);
                changed = true;
            }
        }
    }
}

/* Above this heat camps hold together no longer: half of about the largest eigenvalue of |pull|. */
static double
scale(const struct cas_net *net)
{
    double sum = 0;

    for (uint32_t v = 0; v < net->n; v++) {
        double total = 0;
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            total += (double)cas_weight(net->edges[net->arcs[i].edge].pull);
        }
        sum += total * total;
    }
    return net->n ? sqrt(sum / net->n) / 2 : 0;
}

/* −log of an even grid on (0, 1): exponential variates by look-up. */
enum { WAITS = 1024 };

static void
fill_waits(double waits[WAITS])
{
    for (int i = 0; i < WAITS; i++) {
        waits[i] = -log((i + 0.5) / WAITS);
    }
}

static void
sweep(struct anneal *a, struct cas_random *random, const double waits[WAITS], double heat)
{
    for (uint32_t v = 0; v < a->net->n; v++) {
        double loss = -(double)a->gain[v];
        /* the longest wait is below 8 */
        if (loss <= 0 || (loss < 8 * heat && loss < heat * waits[cas_random_next(random) >> 54])) {
            change(a, v);
        }
    }
}

static bool
anneal_alloc(struct anneal *a, const struct cas_net *net)
{
    a->net = net;
    a->camp = cas_alloc(net->n);
    a->gain = cas_alloc(net->n * sizeof(*a->gain));
    return a->camp && a->gain;
}

static void
anneal_done(struct anneal *a)
{
    cas_free(a->camp);
    cas_free(a->gain);
}

bool
cas_anneal(const struct cas_net *net, struct cas_random *random, uint32_t sweeps, double heat,
           double deadline, int8_t *camp, int64_t *inout_cost)
{
    struct anneal a = {0};
    double waits[WAITS], hot = heat * scale(net);
    bool ready = anneal_alloc(&a, net);

    if (ready) {
        fill_waits(waits);
        memcpy(a.camp, camp, net->n);
        measure(&a);
        for (uint32_t i = 0; i < sweeps && (i % 16 != 0 || cas_clock() < deadline); i++) {
            double cool = (double)(sweeps - i) / (double)sweeps;
            sweep(&a, random, waits, hot * cool * cool);
        }
        descend(&a);
        if (a.cost < *inout_cost) {
            memcpy(camp, a.camp, net->n);
            *inout_cost = a.cost;
        }
    }
    anneal_done(&a);
    return ready;
}

bool
cas_descend(const struct cas_net *net, int8_t *camp, int64_t *out_cost)
{
    struct anneal a = {0};
    bool ready = anneal_alloc(&a, net);

    if (ready) {
        memcpy(a.camp, camp, net->n);
        measure(&a);
        descend(&a);
        memcpy(camp, a.camp, net->n);
        *out_cost = a.cost;
    }
    anneal_done(&a);
    return ready;
}
