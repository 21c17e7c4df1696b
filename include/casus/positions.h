/** Where actors stand in a picture: for exports, for the page, for pictures that are to be alike. */
#ifndef CASUS_POSITIONS_H
#define CASUS_POSITIONS_H

#include <casus/graph.h>

/** All zero is: an engine chosen by size, 60 seconds. Strings are borrowed. */
struct casus_placing {
    const char *engine; /**< "dot", "fdp", "sfdp", "neato", or NULL: chosen */
    uint32_t seconds;   /**< limit of time for the engine; 0 means 60 */
};

/** The middle and the size of an actor's shape, its name inside, in points; y grows downwards, as
 * on screens. All shapes lie within (0, 0) and the size of the whole, none on another. */
struct casus_position {
    double x, y, width, height;
};

/** Immutable. Borrows nothing of the graph. */
struct casus_positions;

/**
 * Place the actors of a graph as casus_draw() does when it draws all of them.
 *
 * @param placing may be NULL
 * @param out     owned; written on success
 * @return CASUS_OK, CASUS_EINVAL (CAS-160: no such engine), CASUS_EENGINE (CAS-184), CASUS_ENOMEM
 * Cost: layers ("dot") up to a minute at 300 actors; springs ("sfdp") about a second at 3,000. In a
 * child within limits of time and memory. The same graph has the same positions.
 */
CASUS_API enum casus_status casus_positions_new(const struct casus_graph *graph,
                                                const struct casus_placing *placing,
                                                struct casus_positions **out,
                                                struct casus_error *err);
CASUS_API void casus_positions_free(struct casus_positions *positions);
/** `actor` below the graph's count of actors; borrowed. */
CASUS_API const struct casus_position *casus_positions_at(const struct casus_positions *positions,
                                                          uint32_t actor);
CASUS_API double casus_positions_width(const struct casus_positions *positions);
CASUS_API double casus_positions_height(const struct casus_positions *positions);
/** The engine that placed them; for ever. */
CASUS_API const char *casus_positions_engine(const struct casus_positions *positions);

#endif
