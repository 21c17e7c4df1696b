/* Communities of support: actors that back each other more than chance would have it.
 *
 * Modularity (Newman and Girvan 2004) by the Leiden method (Traag, Waltman and van Eck 2019,
 * doi:10.1038/s41598-019-41695-z), the best of several seeds. No proof: how far the seeds agree is
 * told (adjusted Rand index, Hubert and Arabie 1985).
 */
#ifndef CAS_COMMUNITIES_H
#define CAS_COMMUNITIES_H

#include <casus/graph.h>

#include "analysis/limits.h"
#include "base/mem.h"

enum { CAS_COMMUNITY_SEEDS = 8 };

struct cas_communities {
    uint32_t *of; /* numbered from 1 by their first actor; 0: without a tie of support */
    uint32_t count;
    double modularity;     /* of `of`; NaN without a tie of support */
    const char *undefined; /* why it is NaN (a constant), or NULL */
    /* Adjusted Rand index of each two seeds' communities: mean and least; NaN as above. */
    double agreement, least_agreement;
};

/* Few ties are answered at once; many in a process of its own, until `deadline` (by cas_clock()).
 * Pairs with support are joined once, whatever the directions, and whether or not they fight too.
 * @param limits weighted: by the weight of their support, not 1 each; those of weight 0 not at all;
 *               seed: the first of the seeds
 * @param arena  holds `of`
 * @return CASUS_OK, CASUS_EINVAL (CAS-171), CASUS_ENOMEM, CASUS_EENGINE (CAS-184) */
enum casus_status cas_communities_find(struct cas_arena *arena, const struct casus_graph *graph,
                                       const struct cas_limits *limits, struct cas_communities *out,
                                       struct casus_error *err);

#endif
