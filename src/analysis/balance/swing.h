/* Which actors of a network stand the same way to each other in all its best splits. */
#ifndef CAS_SWING_H
#define CAS_SWING_H

#include "analysis/balance/branch.h"
#include "analysis/balance/net.h"

/* @param camp      a best split, proved to be
 * @param grain     costs differ by multiples of it
 * @param out_group n numbers: the first actor of each actor's group. Where the answer is
 *                  CAS_BRANCH_STOPPED, actors of different groups are certain to part in some best
 *                  split, those of one group may or may not
 * Of more than CAS_EXHAUST_MAX actors it needs a process of its own (lp.h). */
enum cas_branch_answer cas_swing_groups(const struct cas_net *net, const int8_t *camp,
                                        int64_t grain, double deadline, uint32_t *out_group);

#endif
