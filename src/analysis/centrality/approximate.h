/* Betweenness by hops from a sample of shortest paths, with a bound that holds for all actors.
 *
 * Pairs of ends are drawn, and one shortest path between each, until the share of paths that pass
 * through an actor is known to EPS / 1 for every actor at once, with the confidence asked for
 * (Riondato and Kornaropoulos 2016, doi:10.1007/s10618-015-0423-0). The bound of an actor is that of
 * Chernoff and Hoeffding for a share (1963, doi:10.1080/01621459.1963.10500830, theorem 1), the risk
 * being split among actors and among the times at which it is asked whether to go on.
 */
#ifndef CAS_APPROXIMATE_H
#define CAS_APPROXIMATE_H

#include "analysis/centrality/between.h"

struct cas_approximate_job {
    const struct cas_compact *graph;
    double epsilon;    /* of betweenness / pairs */
    double pairs;      /* that an actor can be between: (n − 1)(n − 2) */
    double confidence; /* in (0, 1) */
    uint64_t seed;
    unsigned threads;
    cas_between_tell *tell; /* may be NULL; false leaves what is known so far */
    void *context;
};

struct cas_approximated {
    double *score, *low, *high; /* n, by actor, of the caller's: as betweenness, not normalised */
    uint64_t samples;
    bool countable;
};

/* The same for any number of threads. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_approximate(const struct cas_approximate_job *job,
                                  struct cas_approximated *out, struct casus_error *err);

#endif
