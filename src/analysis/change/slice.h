/* One window's graph in numbers. */
#ifndef CAS_SLICE_H
#define CAS_SLICE_H

#include <casus/timeline.h>

/* Fill what follows from the graph alone: all but balance and first ranks.
 * @param relations that make contact: bits; 0 is attack and support
 * @return CASUS_OK, CASUS_EINVAL (CAS-171), CASUS_ENOMEM */
enum casus_status cas_slice_measure(const struct casus_graph *graph, unsigned relations,
                                    struct casus_slice *slice, struct casus_error *err);

#endif
