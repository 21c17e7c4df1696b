/* A Graphviz that measures texts as we do. */
#ifndef CAS_MEASURE_H
#define CAS_MEASURE_H

#include <graphviz/gvc.h>

/* A context that lays out and draws SVG; nothing of the system's fonts is asked. What draws letters
 * itself (PDF, PNG) needs one of gvContext(). NULL: Graphviz has no memory or no plugins. */
GVC_t *cas_measure_context(void);

#endif
