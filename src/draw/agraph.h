/* cgraph, wrapped: the graph that Graphviz lays out and draws. Included by what runs in the child
 * (graphviz.h) and by nothing else: cgraph ends the process where memory fails.
 */
#ifndef CAS_AGRAPH_H
#define CAS_AGRAPH_H

#include <graphviz/cgraph.h>

#include "draw/area.h"
#include "draw/diagram.h"

#define CAS_NUMBER 32 /* bytes of a number or a short name as text */

struct cas_drawer {
    struct cas_diagram *diagram;
    const char *engine, *rankdir;
    enum casus_picture picture;
    Agraph_t *graph;
    Agnode_t **nodes;
    Agraph_t **boxes;
    double *layers; /* where actors stood along the layers of a first layout, else 0 */
};

/* ident.c: names get numbers in order of sight. cgraph's own are addresses, by which it also sorts
 * subgraphs: the picture would change from run to run. */
Agdisc_t *cas_agraph_discipline(void);

/* cgraph takes char *, and keeps what it is given apart from us. */
void cas_agraph_set(void *object, const char *name, const char *value);
void cas_agraph_set_number(void *object, const char *name, double value);
void cas_agraph_set_place(void *node, double x, double y);
void cas_agraph_set_shape(void *node, const struct cas_shape *shape, const char *fill);
void cas_agraph_set_stroke(void *edge, const struct cas_stroke *stroke, bool weak, double width);
/* `backwards`: the edge runs against its tie. */
void cas_agraph_set_head(void *edge, const struct cas_stroke *stroke, bool headless,
                         bool backwards);

/* A new graph of all actors and ties into drawer->graph and ->nodes. */
void cas_agraph_build(struct cas_drawer *drawer);
/* The graph read from DOT, in place of the drawer's. False where it cannot be read. */
bool cas_agraph_read(struct cas_drawer *drawer, char *text, size_t n);
Agedge_t *cas_agraph_tie(struct cas_drawer *drawer, uint32_t index);
/* Where an actor stands, once it does. */
bool cas_agraph_area(const struct cas_drawer *drawer, uint32_t actor, struct cas_area *out);
bool cas_agraph_size(const struct cas_drawer *drawer, double *out_width, double *out_height);

/* furnish.c: title, legend, caption and counts around what is laid out; and for a graph that others
 * will lay out, as a box of its own. */
bool cas_agraph_furnish(struct cas_drawer *drawer);
void cas_agraph_add_legend(struct cas_drawer *drawer);

#endif
