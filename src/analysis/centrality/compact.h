/* The contact graph for searches: neighbours alone, in 32 bits, in an order that searches like.
 *
 * Invariant: actors stand at places, weakly connected part by part, in each by falling number of
 * arcs, equals in the order of their numbers; so what is looked at most lies together. A row of
 * neighbours is in order of places. Immutable once built; threads share it.
 */
#ifndef CAS_COMPACT_H
#define CAS_COMPACT_H

#include "analysis/centrality/contact.h"

struct cas_compact {
    struct cas_arena arena;
    uint32_t n, arcs;
    const uint32_t *actor;                /* by place */
    const uint32_t *out_begin, *in_begin; /* n + 1 */
    const uint32_t *out, *in;             /* places of neighbours */
    const uint32_t *low, *high;           /* by place: its part is low .. high - 1 */
};

/* @param out owned. @return CASUS_OK, CASUS_ENOMEM. Cost: O(n log n + m). */
enum casus_status cas_compact_new(const struct cas_contact *contact, struct cas_compact **out,
                                  struct casus_error *err);
void cas_compact_free(struct cas_compact *compact);

#endif
