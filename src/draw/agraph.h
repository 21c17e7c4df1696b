/* cgraph, wrapped: the graph that Graphviz lays out and draws. Included by what runs in the child
 * (graphviz.h) and by nothing else: cgraph ends the process where memory fails.
 */
#ifndef CAS_AGRAPH_H
#define CAS_AGRAPH_H

#include <graphviz/cgraph.h>

#include "draw/area.h"
#include "draw/diagram.h"
#include "draw/graphviz.h"

#define CAS_NUMBER    32  /* bytes of a number or a short name as text */
#define CAS_MANY_TIES 400 /* more are drawn as straight lines: routing them takes minutes */

struct cas_drawer {
    struct cas_diagram *diagram;
    const char *engine, *rankdir;
    enum casus_picture picture;
    const struct cas_layout *fixed; /* where actors stand already, or NULL */
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
void cas_agraph_set_id(void *object, const char *prefix, const char *key);
void cas_agraph_set_shape(void *node, const struct cas_shape *shape, const char *fill);
/* Shape, colours and edge of an actor; `boxed`: parts stand in its box. */
void cas_agraph_set_actor(void *node, const struct cas_drawn_actor *actor, bool boxed);
void cas_agraph_set_stroke(void *edge, const struct cas_stroke *stroke, const char *colour,
                           double width);
/* `backwards`: the edge runs against its tie. */
void cas_agraph_set_head(void *edge, const char *head, bool headless, bool backwards);
/* Look of the box of an actor. */
void cas_agraph_set_box(void *box, const struct cas_diagram *diagram, uint32_t actor);
/* An empty graph with the defaults of all. */
Agraph_t *cas_agraph_open(const struct cas_drawer *drawer, bool simple);
/* "cluster_" and the key; owned by the caller, free(). */
char *cas_agraph_box_name(const struct cas_drawn_actor *actor);

/* A new graph of all actors and ties into drawer->graph and ->nodes. */
void cas_agraph_build(struct cas_drawer *drawer);
/* The graph read from DOT, in place of the drawer's. False where it cannot be read. */
bool cas_agraph_read(struct cas_drawer *drawer, char *text, size_t n);
Agedge_t *cas_agraph_tie(struct cas_drawer *drawer, uint32_t index);
/* Where an actor stands, once it does. */
bool cas_agraph_area(const struct cas_drawer *drawer, uint32_t actor, struct cas_area *out);
bool cas_agraph_size(const struct cas_drawer *drawer, double *out_width, double *out_height);

/* scene.c: what is laid out as a graph to be drawn as it stands, into drawer->graph: boxes, ties,
 * actors with their pictograms, counts, and title, legend and caption around them. */
bool cas_agraph_scene(struct cas_drawer *drawer);
/* furnish.c: pieces around a picture; and for a graph that others will lay out, the legend as a box
 * of its own. */
bool cas_agraph_furnish(struct cas_drawer *drawer, double width, double height);
void cas_agraph_add_icon(Agnode_t *node, uint32_t kind, double x, double y, double size,
                         const char *colour);
void cas_agraph_add_legend(struct cas_drawer *drawer);

#endif
