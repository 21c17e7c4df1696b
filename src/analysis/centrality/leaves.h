/* Actors with one neighbour, folded into it: searches go over the others alone.
 *
 * Every path from such a leaf goes through its neighbour first, and every path to it last; none goes
 * through it. So a search from the neighbour serves its leaves too, and an actor that a search
 * reaches stands for its leaves too (as in Baglioni et al. 2012, doi:10.1109/ASONAM.2012.46).
 */
#ifndef CAS_LEAVES_H
#define CAS_LEAVES_H

#include "analysis/centrality/compact.h"

struct cas_leaves {
    struct cas_compact *core; /* without leaves; of two that have only each other, one stays */
    double *senders, *takers; /* by place there: itself, and leaves with an arc to it, from it */
    double *between;          /* ordered pairs of its leaves that it stands between */
};

/* @return CASUS_OK, CASUS_ENOMEM. Cost: O(n + m). */
enum casus_status cas_leaves_fold(const struct cas_compact *graph, struct cas_leaves *out,
                                  struct casus_error *err);
void cas_leaves_done(struct cas_leaves *leaves); /* zeroed memory will do */

#endif
