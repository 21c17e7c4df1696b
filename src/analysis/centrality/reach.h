/* How far all others are from each actor, by hops: work cut into chunks as in between.h. */
#ifndef CAS_REACH_H
#define CAS_REACH_H

#include "analysis/centrality/compact.h"

/* Of one actor, sums over those it reaches: of hops, and of 1 / hops. */
struct cas_reach {
    uint32_t reached; /* the actor itself is not counted */
    double hops, inverse;
};

struct cas_reaching;

/* @param graph borrowed until cas_reaching_free(). @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_reaching_new(const struct cas_compact *graph, struct cas_reaching **out,
                                   struct casus_error *err);
void cas_reaching_free(struct cas_reaching *reaching);
uint32_t cas_reaching_chunks(const struct cas_reaching *reaching);
/* Different chunks on any threads at once. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_reaching_run(struct cas_reaching *reaching, uint32_t chunk,
                                   struct casus_error *err);
/* After all chunks. `out`: n, by actor. */
void cas_reaching_sum(const struct cas_reaching *reaching, struct cas_reach *out);

#endif
