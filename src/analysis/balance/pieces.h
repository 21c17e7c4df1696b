/* A network taken apart for blocs.
 *
 * Actors without a friendly path between them are never better off in one bloc, so hostile edges
 * between friendly parts agree for nothing and go; blocks that share one actor are independent of
 * one another, and blocs that meet there are one. Both again and again, until nothing falls apart.
 */
#ifndef CAS_PIECES_H
#define CAS_PIECES_H

#include "analysis/balance/blocs.h"

struct cas_pieces {
    struct cas_bloc_leaf *leaves; /* biconnected, connected by friendly edges, with hostile ones */
    uint32_t count;
    size_t room;
    uint32_t *up; /* actors of the whole that are in one bloc whatever the leaves come to */
};

/* Leaves begin with all in one bloc and the bound 0. False without memory; then only
 * cas_pieces_done() may follow. */
bool cas_pieces_init(struct cas_pieces *pieces, const struct cas_net *net);
void cas_pieces_done(struct cas_pieces *pieces);

/* The blocs of the whole from those of the leaves. False without memory. */
bool cas_pieces_compose(const struct cas_pieces *pieces, uint32_t n, uint32_t *out_bloc);

#endif
