/* Camps: actors of one side; where no side is known, of one family. */
#ifndef CAS_CAMPS_H
#define CAS_CAMPS_H

#include <casus/graph.h>

#include "base/mem.h"

/* Every actor of a graph is in one camp. `label` by camp: the side's, else the name of the topmost
 * ancestor. */
struct cas_camps {
    const uint32_t *of; /* by actor */
    const char *const *label;
    uint32_t count;
};

/* All in `arena`; labels are borrowed from the graph and the dossier. Without a dossier (NULL) an
 * ancestor that does not stand in the graph has no side.
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_camps_find(struct cas_arena *arena, const struct casus_graph *graph,
                                 const struct casus_dossier *dossier, struct cas_camps *out,
                                 struct casus_error *err);

#endif
