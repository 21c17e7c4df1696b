/* The questions that brokers answer, on plain ties. */
#ifndef CAS_BROKER_H
#define CAS_BROKER_H

#include <casus/brokers.h>

#include "analysis/centrality/contact.h"

/* Counts by actor: out[actor * CASUS_ROLE_COUNT + role]. */
enum casus_status cas_roles_count(const struct cas_contact *contact, const uint32_t *group,
                                  uint64_t *out, struct casus_error *err);

struct cas_cuts {
    const struct casus_cut_point *points;
    const struct casus_bridge *bridges;
    uint32_t point_count, bridge_count;
};
/* Directions and weights of arcs do not matter. All in `arena`. */
enum casus_status cas_cuts_find(struct cas_arena *arena, const struct cas_contact *contact,
                                struct cas_cuts *out, struct casus_error *err);

struct cas_separations {
    const struct casus_separation *at;
    uint32_t count;
    uint64_t left_out;
};
enum casus_status cas_separations_find(struct cas_arena *arena, const struct cas_contact *contact,
                                       uint32_t most, struct cas_separations *out,
                                       struct casus_error *err);

#endif
