/* One leaf of a plan: a good split, a bound, a proof. */
#ifndef CAS_EXACT_H
#define CAS_EXACT_H

#include "analysis/balance/branch.h"
#include "analysis/balance/plan.h"
#include "analysis/balance/search.h"

/* Raise the bound to `lower`, and from there to the next cost that a split can have. */
void cas_leaf_bound(struct cas_leaf *leaf, int64_t lower);

/* A good split by annealing from several starts, a bound by packing cycles; both proved equal
 * where luck has it, and for up to CAS_EXHAUST_MAX actors always.
 * @param out the cycles of the packing
 * @return false without memory. Deterministic but for the deadline. */
bool cas_leaf_start(struct cas_leaf *leaf, uint64_t seed, double deadline, struct cas_cycles *out);

/* Branch and cut from there on; needs a process of its own (lp.h). `note` (may be NULL) is called
 * where `lower` or `upper` has improved. */
enum cas_branch_answer cas_leaf_prove(struct cas_leaf *leaf, const struct cas_cycles *cycles,
                                      uint64_t seed, double deadline,
                                      void (*note)(void *self, const struct cas_leaf *leaf),
                                      void *self);

#endif
