/* Which actors a selection leaves in the graph. */
#ifndef CAS_CHOOSE_H
#define CAS_CHOOSE_H

#include "graph/graph.h"

/* True where the selection chooses events (dates, types, places, a condition, evidence, grade,
 * belief): then only actors that take part in a selected event stand in the graph. Without it all
 * that are declared do. Relations and min_events choose ties. */
bool cas_chooses_events(const struct casus_selection *selection);

#endif
