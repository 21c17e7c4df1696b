/* The groups that actors are painted by: sides or blocs. */
#ifndef CAS_GROUPS_H
#define CAS_GROUPS_H

#include "draw/diagram.h"

/* Find the groups of dressed actors and set `group` and `fill` of each. False without memory. */
bool cas_groups_paint(struct cas_diagram *diagram, const struct casus_graph *graph,
                      const struct casus_drawing *drawing);

#endif
