/* Which actors a selection leaves in the graph. */
#ifndef CAS_CHOOSE_H
#define CAS_CHOOSE_H

#include "graph/graph.h"

/* True where the selection chooses events (dates, types, places, a condition, evidence, grade,
 * belief): then only actors that take part in a selected event stand in the graph. Without it all
 * that are declared do. Relations and min_events choose ties. */
bool cas_chooses_events(const struct casus_selection *selection);

/* "the selection leaves none of 22 events (dates removed 10, types 12)". @return CASUS_EEMPTY */
enum casus_status cas_fail_empty(const struct casus_removed *removed, uint64_t events,
                                 struct casus_error *err);

#endif
