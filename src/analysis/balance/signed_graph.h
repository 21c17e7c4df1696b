/* A signed graph: actors and the signed ties between them, at most one a dyad.
 *
 * Invariant: a < b for each tie, ties in order of (a, b), each dyad once, sign −1 or +1, weight
 * finite and >= 0. Neighbours of an actor ascend. Immutable once built.
 */
#ifndef CAS_SIGNED_GRAPH_H
#define CAS_SIGNED_GRAPH_H

#include <casus/error.h>

#include "base/mem.h"

struct cas_signed_tie {
    uint32_t a, b;
    int8_t sign;
    double weight;
};

struct cas_signed {
    uint32_t n, m;
    const struct cas_signed_tie *ties;
    const uint32_t *begin;     /* n + 1 */
    const uint32_t *neighbour; /* 2 m */
    const uint32_t *tie;       /* 2 m: the tie to that neighbour */
    struct cas_arena arena;
};

enum { CAS_SIGNED_TIES_MAX = 100000000 };

/* @param ties in any order, ends in any order; copied
 * @return CASUS_OK; CASUS_EINVAL (CAS-172: an end outside, a tie to oneself, a dyad twice, a sign
 * that is none, a weight that is negative or not finite; CAS-171: too many); CASUS_ENOMEM */
enum casus_status cas_signed_new(uint32_t n, const struct cas_signed_tie *ties, size_t m,
                                 struct cas_signed **out, struct casus_error *err);
void cas_signed_free(struct cas_signed *graph);

/* Number the connected parts from 0 in order of their first actor. @param out_part n labels
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_signed_parts(const struct cas_signed *graph, uint32_t *out_part,
                                   uint32_t *out_count, struct casus_error *err);

#endif
