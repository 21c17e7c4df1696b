/* Blocs as a 0-1 program: x[e] = 1 where edge e disagrees with the partition.
 *
 * Let cut[e] be x[e] on a friendly edge and 1 − x[e] on a hostile one. No cycle has exactly one cut
 * edge: for each edge f and each path P between its ends, cut[f] <= sum over P of cut. These are all
 * rows there are, and the violated ones are short paths.
 */
#ifndef CAS_MULTICUT_H
#define CAS_MULTICUT_H

#include "analysis/balance/lp.h"
#include "analysis/balance/net.h"

struct cas_multicut;

struct cas_multicut *cas_multicut_new(const struct cas_net *net);
void cas_multicut_free(struct cas_multicut *multicut);

/* Add rows that x violates by more than 1e-4, many but not all. */
void cas_multicut_separate(struct cas_multicut *multicut, const double *x, struct cas_rows *out);

/* fixed[e]: −1, 0 or 1. Fix all edges inside of what is joined. False: no partition fits. */
bool cas_multicut_imply(struct cas_multicut *multicut, int8_t *fixed);

/* Blocs joined by the edges that are more joined than cut. */
void cas_multicut_round(struct cas_multicut *multicut, const double *x, uint32_t *out_bloc);

#endif
