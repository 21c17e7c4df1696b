/* Partitions of a network of pulls: any number of blocs, wanting friends inside and foes between.
 *
 * An edge of pull > 0 costs its weight between two blocs, one of pull < 0 inside of one
 * (correlation clustering, Bansal, Blum and Chawla 2004; least disagreement).
 */
#ifndef CAS_BLOCS_H
#define CAS_BLOCS_H

#include "analysis/balance/branch.h"
#include "analysis/balance/net.h"
#include "analysis/limits.h"

/* Does the edge disagree with the partition? `bloc` is a number for each actor. */
static inline bool
cas_disagrees(const struct cas_edge *edge, const uint32_t *bloc)
{
    return (edge->pull > 0) == (bloc[edge->a] != bloc[edge->b]);
}

int64_t cas_blocs_cost(const struct cas_net *net, const uint32_t *bloc);

/* Better `bloc` by moving actors one by one and blocs as a whole until neither pays (Blondel and
 * others 2008, for this cost). Actors are taken in a random order. Numbers are below n.
 * @return false without memory. Cost: near O(m) a round. */
bool cas_blocs_improve(const struct cas_net *net, struct cas_random *random, uint32_t *bloc);

/* Number blocs from 0 in order of their first actor. @param scratch n numbers. @return how many */
uint32_t cas_blocs_number(uint32_t n, uint32_t *bloc, uint32_t *scratch);

/* How far two partitions agree: 1 the same, about 0 as by chance (Hubert and Arabie 1985). Only
 * actors with `counts` (may be NULL) are looked at. Blocs are numbers below n. NaN without memory.
 * Cost: O(n). */
double cas_adjusted_rand(uint32_t n, const uint32_t *x, const uint32_t *y, const bool *counts);

/* A network in one piece: bounds and a partition. */
struct cas_bloc_leaf {
    struct cas_net *net;
    uint32_t *actor; /* in the whole */
    uint32_t *bloc;
    int64_t lower, upper;
};

/* Branch and cut (cycle inequalities of the multicut polytope, Chopra and Rao 1993); needs a
 * process of its own (lp.h). @param unit costs differ by multiples of it */
enum cas_branch_answer cas_bloc_leaf_prove(
    struct cas_bloc_leaf *leaf, int64_t unit, uint64_t seed, double deadline,
    void (*note)(void *self, const struct cas_bloc_leaf *leaf), void *self);

#endif
