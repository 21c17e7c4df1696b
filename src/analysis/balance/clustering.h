/* Blocs of a signed graph, as many as fit best: friendly ties inside, hostile ones between, and
 * the fewest ties (or the least weight) that disagree. Proved, or an interval. */
#ifndef CAS_CLUSTERING_H
#define CAS_CLUSTERING_H

#include "analysis/balance/signed_graph.h"
#include "analysis/limits.h"

enum { CAS_CLUSTERING_SEEDS = 8 };

struct cas_clustering {
    double lower, upper; /* the least disagreement lies between, both included */
    double total;        /* weight of all ties, or their number */
    bool proved;
    const char *stopped; /* why it is not proved (a constant), or NULL */
    uint32_t n;
    const uint32_t *bloc; /* numbered by their first actor; an actor without ties is alone */
    uint32_t bloc_count;
    const uint32_t *tie; /* ties that disagree, ascending */
    uint32_t tie_count;
    uint32_t seeds; /* CAS_CLUSTERING_SEEDS, or fewer (2 at least) where time was over by then */
    /* How far the partitions that local search finds from these seeds agree: the
     * adjusted Rand index of each two, over actors with ties. 1: all the same. */
    double agreement, least_agreement;
    struct cas_arena arena;
};

/* @param limits seed: the first of the seeds
 * @return CASUS_OK, CASUS_ENOMEM. Deterministic where it is proved. */
enum casus_status cas_clustering_new(const struct cas_signed *graph,
                                     const struct cas_limits *limits, struct cas_clustering **out,
                                     struct casus_error *err);
void cas_clustering_free(struct cas_clustering *clustering);

#endif
