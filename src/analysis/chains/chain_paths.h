/* All simple paths of support that end at a fighter. */
#ifndef CAS_CHAIN_PATHS_H
#define CAS_CHAIN_PATHS_H

#include "analysis/chains/backing.h"

struct cas_chain_query {
    uint32_t backer, fighter; /* or CASUS_NONE: any */
    uint32_t longest, most;   /* both at least 1 */
    uint64_t work;            /* steps looked at; a search that needs more is cut */
    bool any_time;
};
#define CAS_CHAIN_WORK 100000000u

struct cas_chain_paths {
    const struct casus_chain *at; /* the longest first, then by actors along the path */
    uint32_t count;
    uint32_t complete; /* every chain of up to so many steps is there */
    bool longer;       /* there are, or may be, chains of more than `longest` steps */
};

/* All in `arena`. @return CASUS_OK, CASUS_ENOMEM
 * Lengths are walked one after the other, so that a limit cuts the longest. A step is entered only
 * where a walk of just the steps that are left ends at a fighter. */
enum casus_status cas_chain_paths_find(struct cas_arena *arena, const struct cas_backing *backing,
                                       const struct cas_chain_query *query,
                                       struct cas_chain_paths *out, struct casus_error *err);
bool cas_chain_passes(const struct casus_chain *chain, uint32_t actor);

/* Turns u -> v -> w, w another than u, whose steps are never at one time. */
uint64_t cas_turns_apart(const struct cas_backing *backing);

#endif
