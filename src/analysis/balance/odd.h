/* Frustration as a 0-1 program: x[e] = 1 where edge e is frustrated.
 *
 * Signs of a split multiply to +1 around every cycle, so the frustrated edges of a cycle are odd
 * in number just where its negative edges are. For each cycle C and each set F of its edges of the
 * wrong parity: sum over C − F of x + sum over F of (1 − x) >= 1. These are all rows there are
 * (the cycle inequalities of the cut polytope, Barahona and Mahjoub 1986), and the violated ones
 * are short paths in a graph that has each actor twice.
 */
#ifndef CAS_ODD_H
#define CAS_ODD_H

#include "analysis/balance/lp.h"
#include "analysis/balance/search.h"

struct cas_odd;

/* @param camp borrowed, may be changed between calls: a good split, which makes searching fast */
struct cas_odd *cas_odd_new(const struct cas_net *net, const int8_t *camp);
void cas_odd_free(struct cas_odd *odd);

/* Add rows that x violates by more than 1e-4, many but not all, and about `most` at most; the next
 * call begins with other actors. */
void cas_odd_separate(struct cas_odd *odd, const double *x, int most, struct cas_rows *out);

/* fixed[e]: −1, 0 or 1. Fix all edges whose ends are joined by fixed ones. False: no split fits. */
bool cas_odd_imply(struct cas_odd *odd, int8_t *fixed);

/* A split by the edges whose x is the surest. */
void cas_odd_round(struct cas_odd *odd, const double *x, int8_t *out_camp);

/* Rows of cycles that no split satisfies: sum of x >= 1. */
void cas_odd_rows(const struct cas_cycles *cycles, struct cas_rows *out);

#endif
