/* The graph that Graphviz gets: actors, ties, boxes and their attributes. Everything in it was made
 * fit by label.h. */
#include "draw/agraph.h"

#include <stdio.h>
#include <stdlib.h>

#define FONT "Arial"

void
cas_agraph_set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)name, (char *)value, (char *)"");
}

void
cas_agraph_set_number(void *object, const char *name, double value)
{
    char text[CAS_NUMBER];
    snprintf(text, sizeof(text), "%.2f", value);
    cas_agraph_set(object, name, text);
}

void
cas_agraph_set_id(void *object, const char *prefix, const char *key)
{
    size_t n = strlen(prefix) + strlen(key) + 1;
    char *id = malloc(n);
    if (!id)
        abort(); /* in the child: the parent reads it as what it is */
    snprintf(id, n, "%s%s", prefix, key);
    cas_agraph_set(object, "id", id);
    free(id);
}

static void
declare(Agraph_t *graph, int kind, const char *const pairs[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        agattr(graph, kind, (char *)pairs[i][0], (char *)pairs[i][1]);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

void
cas_agraph_set_place(void *node, double x, double y)
{
    char pos[2 * CAS_NUMBER];
    snprintf(pos, sizeof(pos), "%.2f,%.2f", x, y);
    cas_agraph_set(node, "pos", pos);
}

/* How lines run: routed around actors, which keeps those of one pair apart; not at all where nothing
 * is drawn, or where scene.c draws straight ones. */
static const char *
splines_of(const struct cas_drawer *drawer)
{
    const struct cas_diagram *diagram = drawer->diagram;
    if (diagram->tie_count > CAS_MANY_TIES && drawer->picture != CASUS_DOT)
        return diagram->boxed ? "line" : "";
    return diagram->bare && !diagram->boxed ? "" : "true";
}

/* Without newrank dot 2.42 aborts (merge_chain() in class2.c) on many a graph that has both boxes
 * and parallel ties. */
static void
declare_defaults(const struct cas_drawer *drawer, Agraph_t *to)
{
    const struct cas_theme *theme = drawer->diagram->theme;
    const char *const graph[][2] = {
        {"bgcolor", theme->paper},
        {"charset", "UTF-8"},
        {"fontname", FONT},
        {"K", "0.3"},
        {"nodesep", "0.16"},
        {"newrank", "true"},
        {"notranslate", drawer->fixed ? "true" : ""},
        {"repulsiveforce", "2"},
        {"overlap", drawer->fixed ? "true" : "prism"},
        {"overlap_scaling", "-2"},
        {"pad", "0.2"},
        {"rankdir", drawer->rankdir},
        {"ranksep", "0.65"},
        {"remincross", "true"},
        {"sep", "+11"},
        {"esep", "+5"},
        {"splines", splines_of(drawer)},
        {"start", "1"},
        {"dpi", ""},
    };
    const char *const node[][2] = {
        {"color", theme->border}, {"fontcolor", theme->ink}, {"fontname", FONT},
        {"fontsize", "11"},       {"height", "0.34"},        {"label", ""},
        {"margin", "0.11,0.06"},  {"penwidth", "1"},         {"style", "filled"},
    };
    const char *const edge[][2] = {
        {"arrowsize", "0.75"},
        {"fontname", FONT},
        {"fontsize", "9.5"},
    };
    declare(to, AGRAPH, graph, COUNT(graph));
    declare(to, AGNODE, node, COUNT(node));
    declare(to, AGEDGE, edge, COUNT(edge));
}

Agraph_t *
cas_agraph_open(const struct cas_drawer *drawer, bool simple)
{
    Agraph_t *graph =
        agopen((char *)"casus", simple ? Agstrictdirected : Agdirected, cas_agraph_discipline());
    declare_defaults(drawer, graph);
    return graph;
}

void
cas_agraph_set_shape(void *node, const struct cas_shape *shape, const char *fill)
{
    char style[CAS_NUMBER];
    snprintf(style, sizeof(style), "filled%s%s", *shape->style ? "," : "", shape->style);
    cas_agraph_set(node, "shape", shape->shape);
    cas_agraph_set(node, "style", style);
    cas_agraph_set(node, "fillcolor", fill);
    if (shape->margin)
        cas_agraph_set(node, "margin", shape->margin);
}

static unsigned
box_depth(const struct cas_diagram *diagram, uint32_t actor)
{
    unsigned depth = 0;
    for (; diagram->actors[actor].box != CASUS_NONE; depth++)
        actor = diagram->actors[actor].box;
    return depth;
}

void
cas_agraph_set_box(void *box, const struct cas_diagram *diagram, uint32_t actor)
{
    unsigned depth = box_depth(diagram, actor);
    cas_agraph_set(box, "style", "rounded,filled");
    cas_agraph_set(box, "color", diagram->theme->box_border);
    cas_agraph_set(box, "fillcolor",
                   diagram->theme->boxes[depth < CAS_BOX_FILLS ? depth : CAS_BOX_FILLS - 1]);
    cas_agraph_set(box, "margin", "9");
    cas_agraph_set_id(box, "box-", diagram->actors[actor].key);
    cas_agraph_set(box, "class", "box");
}

char *
cas_agraph_box_name(const struct cas_drawn_actor *actor)
{
    size_t n = strlen(actor->key) + sizeof("cluster_");
    char *name = malloc(n);
    if (!name)
        abort();
    snprintf(name, n, "cluster_%s", actor->key);
    return name;
}

static Agraph_t *
make_box(struct cas_drawer *drawer, Agraph_t *outer, uint32_t actor)
{
    char *name = cas_agraph_box_name(&drawer->diagram->actors[actor]);
    Agraph_t *box = agsubg(outer, name, 1);
    free(name);
    cas_agraph_set_box(box, drawer->diagram, actor);
    return box;
}

/* The box in which an actor stands, made with those around it; without recursion, as the depth of
 * nesting is the input's choice. */
static Agraph_t *
box_for(struct cas_drawer *drawer, uint32_t actor)
{
    const struct cas_drawn_actor *actors = drawer->diagram->actors;
    uint32_t at = actors[actor].parts ? actor : actors[actor].box;
    while (at != CASUS_NONE && !drawer->boxes[at]) {
        uint32_t outermost = at;
        while (actors[outermost].box != CASUS_NONE && !drawer->boxes[actors[outermost].box])
            outermost = actors[outermost].box;
        uint32_t outer = actors[outermost].box;
        drawer->boxes[outermost] =
            make_box(drawer, outer == CASUS_NONE ? drawer->graph : drawer->boxes[outer], outermost);
    }
    return at == CASUS_NONE ? drawer->graph : drawer->boxes[at];
}

void
cas_agraph_set_actor(void *node, const struct cas_drawn_actor *actor, bool boxed)
{
    cas_agraph_set_shape(node, actor->shape, actor->fill);
    cas_agraph_set(node, "color", actor->border);
    cas_agraph_set(node, "fontcolor", actor->ink);
    if (actor->small) {
        cas_agraph_set(node, "margin", "0");
        cas_agraph_set(node, "width", "0.2");
        cas_agraph_set(node, "height", "0.14");
    }
    if (actor->parts && boxed)
        cas_agraph_set(node, "penwidth", "2.2");
    if (actor->bold)
        cas_agraph_set(node, "peripheries", actor->shape->rim > 0 ? "3" : "2");
}

static void
add_actor(struct cas_drawer *drawer, uint32_t index)
{
    const struct cas_drawn_actor *actor = &drawer->diagram->actors[index];
    Agraph_t *box = drawer->diagram->boxed ? box_for(drawer, index) : drawer->graph;
    Agnode_t *node = agnode(box, (char *)actor->key, 1);
    drawer->nodes[index] = node;
    cas_agraph_set(node, "label", actor->label);
    cas_agraph_set_actor(node, actor, drawer->diagram->boxed);
    if (drawer->fixed)
        cas_agraph_set_place(node, drawer->fixed->areas[index].x, drawer->fixed->areas[index].y);
    if (drawer->diagram->bare)
        return;
    cas_agraph_set_id(node, actor->kind == CAS_KIND_EVENT ? "" : "actor-", actor->key);
    cas_agraph_set(node, "class", actor->classes);
}

void
cas_agraph_set_stroke(void *edge, const struct cas_stroke *stroke, const char *colour, double width)
{
    cas_agraph_set(edge, "color", colour);
    cas_agraph_set(edge, "fontcolor", stroke->text);
    cas_agraph_set(edge, "style", stroke->style);
    cas_agraph_set_number(edge, "penwidth", width);
    cas_agraph_set_number(edge, "arrowsize", 0.75 / (1 + 0.18 * (width > 1.3 ? width - 1.3 : 0)));
}

void
cas_agraph_set_head(void *edge, const char *head, bool headless, bool backwards)
{
    if (headless) {
        cas_agraph_set(edge, "dir", "none");
        return;
    }
    if (backwards)
        cas_agraph_set(edge, "dir", "back");
    cas_agraph_set(edge, backwards ? "arrowtail" : "arrowhead", head);
}

/* Springs do not care how many ties join two: one will do where none is drawn. */
static bool
is_simple(const struct cas_drawer *drawer)
{
    return drawer->diagram->bare && !drawer->diagram->boxed;
}

static void
set_pull(Agedge_t *edge, const struct cas_drawn_tie *tie, bool free)
{
    cas_agraph_set(edge, "weight", tie->contact ? "3" : "1");
    if (free)
        cas_agraph_set(edge, "constraint", "false");
}

/* A tie that had no say in the layers is routed well only if it runs along with them: once they
 * are known it is turned around where need be, its head with it. */
static void
add_tie(struct cas_drawer *drawer, uint32_t index)
{
    const struct cas_drawn_tie *tie = &drawer->diagram->ties[index];
    char name[CAS_NUMBER];
    double from = drawer->layers[tie->from], to = drawer->layers[tie->to];
    bool backwards = !tie->ranked && from > to;
    Agnode_t *tail = drawer->nodes[backwards ? tie->to : tie->from];
    Agnode_t *head = drawer->nodes[backwards ? tie->from : tie->to];
    snprintf(name, sizeof(name), "_tie%u", index);
    bool dot = drawer->picture == CASUS_DOT, nameless = dot || is_simple(drawer);
    Agedge_t *edge = agedge(drawer->graph, tail, head, nameless ? NULL : name, 1);
    set_pull(edge, tie, !tie->ranked && from == to);
    if (drawer->diagram->bare)
        return;
    cas_agraph_set_stroke(edge, tie->stroke, tie->colour, tie->width);
    cas_agraph_set_head(edge, tie->head, tie->headless, backwards);
    cas_agraph_set_id(edge, "tie-", tie->key);
    cas_agraph_set(edge, "class", tie->classes);
    if (dot && *tie->label)
        cas_agraph_set(edge, "label", tie->label);
}

/* Unseen: keeps parts in the layer of what they are part of, and near it in other layouts. */
static void
bind_part(struct cas_drawer *drawer, uint32_t index)
{
    const struct cas_drawn_actor *part = &drawer->diagram->actors[index];
    if (part->box == CASUS_NONE)
        return;
    Agedge_t *edge = agedge(drawer->graph, drawer->nodes[part->box], drawer->nodes[index], NULL, 1);
    cas_agraph_set(edge, "style", "invis");
    cas_agraph_set(edge, "weight", "5"); /* of a tie: 3; nearness within a box is worth more */
    cas_agraph_set(edge, "minlen", "0");
}

void
cas_agraph_build(struct cas_drawer *drawer)
{
    const struct cas_diagram *diagram = drawer->diagram;
    drawer->graph = cas_agraph_open(drawer, is_simple(drawer));
    cas_agraph_set(drawer->graph, "id", "diagram");
    memset(drawer->boxes, 0, diagram->actor_count * sizeof(*drawer->boxes));
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        add_actor(drawer, i);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        bind_part(drawer, i);
    for (uint32_t i = 0; i < diagram->tie_count; i++)
        add_tie(drawer, i);
}

Agedge_t *
cas_agraph_tie(struct cas_drawer *drawer, uint32_t index)
{
    const struct cas_drawn_tie *tie = &drawer->diagram->ties[index];
    Agnode_t *from = drawer->nodes[tie->from], *to = drawer->nodes[tie->to];
    char name[CAS_NUMBER];
    snprintf(name, sizeof(name), "_tie%u", index);
    Agedge_t *edge = agedge(drawer->graph, from, to, name, 0);
    return edge ? edge : agedge(drawer->graph, to, from, name, 0);
}

bool
cas_agraph_area(const struct cas_drawer *drawer, uint32_t actor, struct cas_area *out)
{
    Agnode_t *node = drawer->nodes[actor];
    const char *place = agget(node, (char *)"pos");
    if (!place || sscanf(place, "%lf,%lf", &out->x, &out->y) != 2)
        return false;
    out->width = 72 * atof(agget(node, (char *)"width"));
    out->height = 72 * atof(agget(node, (char *)"height"));
    return true;
}

bool
cas_agraph_size(const struct cas_drawer *drawer, double *out_width, double *out_height)
{
    const char *bb = agget(drawer->graph, (char *)"bb");
    double left, bottom;
    return bb && sscanf(bb, "%lf,%lf,%lf,%lf", &left, &bottom, out_width, out_height) == 4 &&
           *out_width > 0 && *out_height > 0;
}

bool
cas_agraph_read(struct cas_drawer *drawer, char *text, size_t n)
{
    FILE *file = fmemopen(text, n, "r");
    drawer->graph = file ? agread(file, cas_agraph_discipline()) : NULL;
    if (file)
        fclose(file);
    for (uint32_t i = 0; drawer->graph && i < drawer->diagram->actor_count; i++)
        drawer->nodes[i] = agnode(drawer->graph, (char *)drawer->diagram->actors[i].key, 0);
    return drawer->graph;
}
