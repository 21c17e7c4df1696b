/* Making a network smaller without changing what its best camps cost. */
#ifndef CAS_REDUCE_H
#define CAS_REDUCE_H

#include "analysis/balance/net.h"

/* What is left, and the way back. */
struct cas_reduced {
    struct cas_net *net;   /* its actors are those left, in their old order */
    const uint32_t *actor; /* of each actor of `net`: its number before */
    int64_t cost;          /* L(before) = cost + L(net) */
    uint32_t n;            /* actors before */
    const struct cas_undo *undo;
    uint32_t undo_count;
    struct cas_arena arena;
};

/* Rules, each repeated until none fits:
 *  - an edge as heavy as all others of one end together gets its way in some best split, so its
 *    ends become one actor (degree 1 and degree 2 are cases of this);
 *  - an actor of three edges goes, and three edges between its neighbours say what it would have
 *    cost (star to triangle; exact, as three camps up to a flip have four states and three edges
 *    have as many parameters);
 *  - actors that pull on the same others in one proportion become one (twins), where an edge between
 *    them does not want otherwise;
 *  - parallel edges add up; where they disagree, the lighter one is a cost.
 * Memory: O(n + m). Cost: near O(m), a rule looking only at the end of lower degree.
 * NULL without memory. */
struct cas_reduced *cas_reduce(const struct cas_net *net);
void cas_reduced_free(struct cas_reduced *reduced);

/* From camps of `reduced->net` to camps of the network before; the cost grows by reduced->cost or
 * less. */
void cas_reduced_expand(const struct cas_reduced *reduced, const int8_t *camp, int8_t *out);

#endif
