/* Other best splits of a whole network: its blocks vary on their own, so its groups are theirs,
 * joined where blocks share an actor. */
#ifndef CAS_ALTERNATIVES_H
#define CAS_ALTERNATIVES_H

#include "analysis/balance/net.h"

struct cas_alternatives {
    uint32_t *group; /* n: numbered by their first actor; the caller's */
    bool *swing;     /* n: in no part's largest group */
    uint32_t group_count, swing_count;
    bool settled; /* actors of one group are certain to stay together */
};

/* @param camp   a best split; 0 for actors without an edge
 * @param proved that it is; if not, nothing is looked for and each part is one group, not settled
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_alternatives_find(const struct cas_net *net, const int8_t *camp, int64_t unit,
                                        const uint32_t *part, bool proved, double deadline,
                                        struct cas_alternatives *out, struct casus_error *err);

#endif
