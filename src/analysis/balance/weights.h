/* The weights of ties as whole numbers, so that costs add up exactly. */
#ifndef CAS_WEIGHTS_H
#define CAS_WEIGHTS_H

#include "analysis/balance/net.h"
#include "analysis/balance/signed_graph.h"

struct cas_scaled {
    struct cas_net *net;
    uint32_t *tie; /* of each edge: the tie */
    int64_t unit;  /* costs of splits differ by multiples of it */
    double scale;  /* a pull is the weight times this */
    bool exact;    /* it is so without rounding; else by at most 1 */
};

/* Each tie 1, or its weight, ties of weight 0 left out.
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_scaled_init(struct cas_scaled *scaled, const struct cas_signed *graph,
                                  bool weighted, struct casus_error *err);
void cas_scaled_done(struct cas_scaled *scaled);

/* A sum of pulls as weight; of a lower bound, so that rounding does not raise it. */
double cas_scaled_weight(const struct cas_scaled *scaled, int64_t pulls);
double cas_scaled_bound(const struct cas_scaled *scaled, int64_t pulls);

#endif
