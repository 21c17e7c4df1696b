/** The relationship diagram, by Graphviz. */
#ifndef CASUS_DRAW_H
#define CASUS_DRAW_H

#include <casus/graph.h>
#include <casus/output.h>

enum casus_picture { CASUS_SVG, CASUS_PDF, CASUS_PNG, CASUS_DOT };
enum casus_paint { CASUS_PAINT_KIND, CASUS_PAINT_SIDE, CASUS_PAINT_BLOC };

/** All zero is: everything, by kind, an engine chosen by size. Strings are borrowed. */
struct casus_drawing {
    const char *title;   /**< NULL: the dossier's */
    const char *engine;  /**< "dot", "fdp", "sfdp", "neato", or NULL: chosen */
    const char *sources; /**< a line for the caption, or NULL */
    enum casus_paint paint;
    uint32_t seconds; /**< limit of time for the engine; 0 means 60 */
    bool no_legend;
};

/** The picture named by a path's extension or a name ("svg"), or -1. */
CASUS_API int casus_picture_find(const char *name);

/**
 * Draw a graph. Graphviz runs in a forked child with limits of time and memory.
 *
 * @return CASUS_OK, CASUS_EINVAL (CAS-160), CASUS_EENGINE (CAS-184), CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_draw(const struct casus_graph *graph,
                                       const struct casus_drawing *drawing,
                                       enum casus_picture picture, struct casus_output *output,
                                       struct casus_error *err);

#endif
