/* Shortest paths by lengths 1/weight: betweenness and distances of all actors in one go.
 *
 * Two lengths are the same where they differ by less than 1e-10 of their sum: 1/3 + 1/6 is 1/2,
 * whatever rounding makes of it. So the unit of weights does not matter; igraph, which asks the same
 * of lengths to which it has added 1, takes very short ones for the same that are not.
 */
#ifndef CAS_LENGTHS_H
#define CAS_LENGTHS_H

#include "analysis/centrality/between.h"
#include "analysis/centrality/reach.h"

struct cas_lengths_job {
    const struct cas_contact *weighted; /* no weight is 0 */
    unsigned threads;                   /* 0: as many as there are processors */
    cas_between_tell *tell;             /* may be NULL */
    void *context;
    double *between;         /* n; NULL: not asked for */
    struct cas_reach *reach; /* n, lengths in place of hops; NULL: not asked for */
};

/* The result does not depend on the number of threads.
 * @param out_countable as in between.h; false too where `tell` ended it
 * @return CASUS_OK, CASUS_ENOMEM. Cost: O(n (m + n log n)) at most; arcs that are longer than
 * another way between their ends are soon left out, which most are where weights differ much. */
enum casus_status cas_lengths_run(const struct cas_lengths_job *job, bool *out_countable,
                                  struct casus_error *err);

#endif
