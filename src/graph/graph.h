/* From a tally to a graph that does not change any more. */
#ifndef CAS_GRAPH_H
#define CAS_GRAPH_H

#include <casus/graph.h>

#include "actor/registry.h"
#include "graph/tally.h"

/* What a graph is made of; all of it borrowed for the call. */
struct cas_making {
    const struct cas_tally *tally;
    const struct cas_registry *registry;
    const uint8_t *stands;    /* by number of the registry: 1 where the actor stands in the graph */
    const uint32_t *in_order; /* numbers of all actors, by id; NULL: to be found */
    unsigned relations;       /* of ties; 0 is all */
    uint32_t min_events;      /* ties of fewer are left out, and actors that lose all ties by it */
    struct casus_removed removed;
    const char *title; /* or NULL */
    const struct casus_input *inputs;
    uint32_t input_count;
};
/* The numbers of all actors of a registry by id, for making.in_order. False without memory. */
bool cas_order_all(const struct cas_registry *registry, uint32_t *out);
/* @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_graph_make(const struct cas_making *making, struct casus_graph **out,
                                 struct casus_error *err);

/* The killed of each of `count` events, over all actors, as casus_graph_build() would weigh them
 * by, without what the claims say that `silent` (by claim; may be NULL) marks.
 * @return CASUS_OK, CASUS_EINVAL (CAS-160: level), CASUS_ENOMEM */
enum casus_status cas_graph_killed(const struct casus_dossier *dossier,
                                   const struct casus_selection *selection, const uint8_t *silent,
                                   const uint32_t *events, uint32_t count, struct casus_figure *out,
                                   struct casus_error *err);

#endif
