/* Shortest directed paths by hops: two kernels for one question.
 *
 * Both write what measure.h says of cas_hop_betweenness() and cas_hop_distances(), which choose by
 * cas_contact_is_dense(); sums may differ by rounding. Tests hold the one to the other.
 */
#ifndef CAS_PATHS_H
#define CAS_PATHS_H

#include "analysis/contact.h"

/* `out_countable` is false where an actor has more shortest paths to another than a double counts;
 * `out` means nothing then. */
enum casus_status cas_sparse_betweenness(const struct cas_contact *contact, double *out,
                                         bool *out_countable, struct casus_error *err);
enum casus_status cas_dense_betweenness(const struct cas_contact *contact, double *out,
                                        bool *out_countable, struct casus_error *err);

/* Sums over those reached: of hops, and of 1 / hops. */
struct cas_reach {
    uint32_t reached; /* the actor itself is not counted */
    double hops, inverse;
};
/* `out`: n. */
enum casus_status cas_sparse_reach(const struct cas_contact *contact, struct cas_reach *out,
                                   struct casus_error *err);
enum casus_status cas_dense_reach(const struct cas_contact *contact, struct cas_reach *out,
                                  struct casus_error *err);

#endif
