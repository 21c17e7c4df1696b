/* The one border with Graphviz. */
#ifndef CAS_GRAPHVIZ_H
#define CAS_GRAPHVIZ_H

#include "draw/area.h"
#include "draw/diagram.h"

/* True where the engine draws boxes around the parts of an actor. */
bool cas_graphviz_boxes(const char *engine);

/* A layout: y upwards from the lower left corner; `areas` are the caller's, one an actor. */
struct cas_layout {
    double width, height;
    struct cas_area *areas;
};

/* Lay out by `engine` and draw, in a forked child of at most `seconds`.
 *
 * @param fixed where actors stand already, and the size of the whole; NULL: the engine places them
 * @param out grows by the picture as Graphviz made it; meaningful only on success
 * @param out_beyond true where it was the engine that failed on this graph: out of time or memory,
 *        or crashed; another engine may do
 * @return CASUS_OK, CASUS_EENGINE (CAS-184), CASUS_ENOMEM
 */
enum casus_status cas_graphviz_render(struct cas_diagram *diagram, const char *engine,
                                      const struct cas_layout *fixed, enum casus_picture picture,
                                      unsigned seconds, struct cas_buffer *out, bool *out_beyond,
                                      struct casus_error *err);

/* Lay out a bare diagram by `engine`, in the same kind of child. `out` is written on success. */
enum casus_status cas_graphviz_place(struct cas_diagram *diagram, const char *engine,
                                     unsigned seconds, struct cas_layout *out, bool *out_beyond,
                                     struct casus_error *err);

#endif
