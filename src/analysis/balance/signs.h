/* Signs of a graph: its dyads with attack or support, their events, and the signed graph. */
#ifndef CAS_SIGNS_H
#define CAS_SIGNS_H

#include <casus/balance.h>

#include "analysis/balance/signed_graph.h"

struct cas_signs {
    struct casus_signed_tie *dyads; /* in order of (a, b), those without a sign too */
    uint32_t *dyad_of;              /* by tie of `graph` */
    uint32_t count;
    struct cas_signed *graph; /* owned; one tie a dyad with a sign */
};

/* All but `graph` in `arena`. @param weighted dyads of weight 0 get no tie
 * @return CASUS_OK, CASUS_EINVAL (CAS-171, CAS-172), CASUS_ENOMEM; on failure there is no graph */
enum casus_status cas_signs_find(struct cas_arena *arena, const struct casus_graph *graph,
                                 enum casus_ambivalent ambivalent, bool weighted,
                                 struct cas_signs *out, struct casus_error *err);

#endif
