/* A network of pulls: the form in which frustration is searched.
 *
 * A camp is −1 or +1 an actor. An edge of pull > 0 wants its ends in one camp, of pull < 0 in two;
 * it costs |pull| where it does not get its way. All arithmetic is exact.
 * Invariant: no edge to oneself, no two edges of one dyad, no pull of 0, and the sum of |pull| is
 * at most CAS_PULL_SUM_MAX. Immutable once built.
 */
#ifndef CAS_NET_H
#define CAS_NET_H

#include <casus/error.h>

#include "base/mem.h"

#define CAS_PULL_SUM_MAX (INT64_C(1) << 60)

struct cas_edge {
    uint32_t a, b;
    int64_t pull;
};

struct cas_arc {
    uint32_t to, edge;
};

struct cas_net {
    uint32_t n, m;
    const struct cas_edge *edges;
    const uint32_t *begin; /* n + 1 */
    const struct cas_arc *arcs;
    struct cas_arena arena;
};

/* Copies the edges. NULL without memory. */
struct cas_net *cas_net_new(uint32_t n, const struct cas_edge *edges, uint32_t m);
void cas_net_free(struct cas_net *net);

int64_t cas_net_cost(const struct cas_net *net, const int8_t *camp);

/* The network of some of the edges. `out_actor` (owned by the caller, cas_free) is the number of
 * each of its actors in `net`, ascending. `scratch` holds net->n numbers. NULL without memory. */
struct cas_net *cas_net_of_edges(const struct cas_net *net, const uint32_t *edge, uint32_t m,
                                 uint32_t *scratch, uint32_t **out_actor);

/* Number the connected parts from 0 in order of their first actor. False without memory. */
bool cas_net_parts(const struct cas_net *net, uint32_t *out_part, uint32_t *out_count);

static inline int64_t
cas_weight(int64_t pull)
{
    return pull < 0 ? -pull : pull;
}

static inline bool
cas_frustrated(const struct cas_edge *edge, const int8_t *camp)
{
    return (edge->pull < 0) == (camp[edge->a] == camp[edge->b]);
}

#endif
