/* The contact graph: ties folded into at most one arc per ordered pair of actors.
 *
 * Invariant: arcs stand in order of (from, to), each pair once, none to oneself, weights >= 0.
 * An undirected tie is an arc each way, each of full weight. Immutable once built.
 */
#ifndef CAS_CONTACT_H
#define CAS_CONTACT_H

#include <casus/model.h>

#include "base/mem.h"
#include "graph/igraph_border.h"

struct cas_contact_tie {
    uint32_t from, to;
    double weight;
    enum casus_relation relation;
    bool directed;
};

struct cas_contact {
    struct cas_arena arena;
    struct cas_arcs arcs;
    const size_t *out_begin; /* n + 1: the arcs that leave an actor */
    const size_t *in_begin;  /* n + 1: positions in `in_arc` */
    const uint32_t *in_arc;  /* arcs in order of (to, from) */
    const uint32_t *in_from; /* where they come from */
};

/* @param ties any order, any repetition; relations do not matter here
 * @return CASUS_OK, CASUS_EINVAL (CAS-171), CASUS_ENOMEM. Cost: O(n + ties). */
enum casus_status cas_contact_new(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                                  struct cas_contact **out, struct casus_error *err);
/* The same actors with fewer arcs: none of weight 0 if `weighted`, none at an actor for which
 * `absent` (may be NULL) is true. */
enum casus_status cas_contact_filter(const struct cas_contact *contact, bool weighted,
                                     const bool *absent, struct cas_contact **out,
                                     struct casus_error *err);
void cas_contact_free(struct cas_contact *contact);
/* So many pairs are arcs that a table of all pairs is the better way to write them. */
bool cas_contact_is_dense(const struct cas_contact *contact);
/* Weakly connected parts, an actor without ties being one. */
enum casus_status cas_contact_components(const struct cas_contact *contact, uint32_t *out_count,
                                         struct casus_error *err);

/* Number the parts of the graph joined by pairs (from[i], to[i]) from 0, in order of their first
 * vertex. @param out_label n labels. @return how many, or UINT32_MAX without memory. */
uint32_t cas_components(uint32_t n, const uint32_t *from, const uint32_t *to, size_t count,
                        uint32_t *out_label);

#endif
