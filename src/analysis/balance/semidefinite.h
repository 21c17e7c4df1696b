/* A bound on frustration by a semidefinite program: camps become unit vectors.
 *
 * Where signs are as good as random, cycles alone bound little and this bounds much. It is the
 * relaxation of Goemans and Williamson 1995 with cycle inequalities: their prices change the pulls
 * (Lagrange), vectors are found by coordinate descent (Burer and Monteiro 2003; the mixing method of
 * Wang, Chang and Kolter 2017), prices by projected gradients with Barzilai and Borwein's steps.
 * None of that is trusted: the bound is what a Cholesky factor of the dual's matrix proves.
 */
#ifndef CAS_SEMIDEFINITE_H
#define CAS_SEMIDEFINITE_H

#include "analysis/balance/net.h"

enum { CAS_SEMIDEFINITE_MAX = 1600 };
/* The share of the time that looks for prices; the rest is the proof's, without which nothing
 * counts. */
#define CAS_SEMIDEFINITE_CLIMB 0.6

/* A lower bound on the cost of any split; past `goal` nothing is gained and nothing is tried.
 * @param camp a good split (it only makes searching fast)
 * @return false without memory. n is at most CAS_SEMIDEFINITE_MAX.
 * Cost: O(m sqrt(n)) a sweep, some thousands of them; O(n^3) for the proof. Deterministic but for
 * the deadline. */
bool cas_semidefinite_bound(const struct cas_net *net, const int8_t *camp, int64_t goal,
                            double deadline, int64_t *out_lower);

#endif
