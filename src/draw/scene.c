/* The picture as it stands: every place is known, and Graphviz draws.
 *
 * Rules: it draws boxes first, then nodes in order of making, each followed by the edges that begin
 * at it. So all ties begin and end at one unseen node that is made first, and run where their course
 * says; actors come over them; a pictogram is an edge from its actor to itself; counts come last.
 */
#include "draw/agraph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/count.h"
#include "draw/icon.h"
#include "draw/label.h"

#define RIM       8 /* points: second edges and tabs lie outside of what Graphviz calls the size */
#define APART     7.0 /* points between straight lines of one pair */
#define HEAD_ROOM 8.0 /* points that a head takes of its line */
#define NAME_SIZE 11.0
#define THOUSANDS 2000 /* ties */
#define ROOM      30.0 /* points of a line of claims that its stance may not hide */

struct scene {
    struct cas_drawer *drawer; /* its graph is the one that was laid out */
    Agraph_t *graph;           /* the one that will be drawn */
    Agnode_t *anchor;
    struct cas_area *areas; /* of actors */
    struct cas_buffer text;
    struct cas_areas taken;
};

/* --- boxes ---------------------------------------------------------------------------------- */

static Agraph_t *
find_box(Agraph_t *graph, const struct cas_drawn_actor *actor, bool make)
{
    char *name = cas_agraph_box_name(actor);
    Agraph_t *box = agsubg(graph, name, make);
    free(name);
    return box;
}

static Agraph_t *
outer_box(Agraph_t *graph, const struct cas_diagram *diagram, uint32_t actor, bool make)
{
    uint32_t path[CAS_BOXES_MOST + 1], count = 0;
    for (uint32_t at = actor; at != CASUS_NONE && count <= CAS_BOXES_MOST;
         at = diagram->actors[at].box)
        path[count++] = at;
    while (graph && count > 0)
        graph = find_box(graph, &diagram->actors[path[--count]], make);
    return graph;
}

static void
add_box(struct scene *scene, uint32_t actor)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    Agraph_t *from = outer_box(scene->drawer->graph, diagram, actor, false);
    const char *bb = from ? agget(from, (char *)"bb") : NULL;
    if (!bb)
        return;
    Agraph_t *box = outer_box(scene->graph, diagram, actor, true);
    cas_agraph_set_box(box, diagram, actor);
    cas_agraph_set(box, "bb", bb);
}

/* --- ties ----------------------------------------------------------------------------------- */

/* How far from the middle of an area its edge lies in a direction of length 1. */
static double
reach(const struct cas_area *area, bool round, double dx, double dy)
{
    double w = area->width / 2 + 1, h = area->height / 2 + 1;
    if (round)
        return 1 / sqrt(dx * dx / (w * w) + dy * dy / (h * h));
    return fmin(dx != 0 ? w / fabs(dx) : INFINITY, dy != 0 ? h / fabs(dy) : INFINITY);
}

static bool
is_round(const struct cas_drawn_actor *actor)
{
    static const char *const square[] = {"box", "component", "note", "tab", "house"};
    for (size_t i = 0; i < sizeof(square) / sizeof(*square); i++) {
        if (strcmp(actor->shape->shape, square[i]) == 0)
            return false;
    }
    return true;
}

/* A straight line between two actors, `aside` points beside the one from middle to middle. */
static void
write_straight(struct scene *scene, const struct cas_drawn_tie *tie, double aside)
{
    const struct cas_drawn_actor *actors = scene->drawer->diagram->actors;
    const struct cas_area *a = &scene->areas[tie->from], *b = &scene->areas[tie->to];
    double dx = b->x - a->x, dy = b->y - a->y, length = hypot(dx, dy);
    if (length < 1)
        return;
    dx /= length;
    dy /= length;
    double side = tie->from < tie->to ? aside : -aside; /* the same side whichever way it runs */
    double begin = reach(a, is_round(&actors[tie->from]), dx, dy);
    double end = length - reach(b, is_round(&actors[tie->to]), dx, dy);
    double stop = tie->headless ? end : end - HEAD_ROOM;
    double x = a->x - dy * side, y = a->y + dx * side;
    if (!tie->headless)
        cas_buffer_printf(&scene->text, "e,%.2f,%.2f ", x + dx * end, y + dy * end);
    for (int i = 0; i < 4; i++) {
        double at = begin + (fmax(stop, begin + 1) - begin) * i / 3;
        cas_buffer_printf(&scene->text, "%s%.2f,%.2f", i ? " " : "", x + dx * at, y + dy * at);
    }
}

static bool
is_pair(const struct cas_drawn_tie *a, const struct cas_drawn_tie *b)
{
    return (a->from == b->from && a->to == b->to) || (a->from == b->to && a->to == b->from);
}

/* Ties stand in order of their ends, so that those of one pair that run one way are neighbours; those
 * that run back stand further down and are told by the side that they take. */
static double
aside_of(const struct cas_diagram *diagram, uint32_t index)
{
    const struct cas_drawn_tie *ties = diagram->ties;
    uint32_t before = 0;
    while (before < index && before < CASUS_RELATION_COUNT * 2 &&
           is_pair(&ties[index], &ties[index - before - 1]))
        before++;
    double half = ties[index].from < ties[index].to ? 0.5 : -0.5;
    return ties[index].from < ties[index].to ? (before + half) * APART : -(before - half) * APART;
}

static const char *
course_of(struct scene *scene, uint32_t index)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    cas_buffer_clear(&scene->text);
    if (diagram->tie_count > CAS_MANY_TIES) {
        write_straight(scene, &diagram->ties[index], aside_of(diagram, index));
        return scene->text.n ? scene->text.s : NULL;
    }
    Agedge_t *edge = cas_agraph_tie(scene->drawer, index);
    return edge ? agget(edge, (char *)"pos") : NULL;
}

/* A tie that was turned around for its layers has its head at the begin of its course. */
static bool
runs_backwards(const char *course)
{
    return course[0] == 's';
}

/* Lines that let each other shine through: where there are thousands, the eye sees how many lie where
 * and still finds the actors. */
static void
thin_out(void *edge, const struct cas_drawn_tie *tie)
{
    char colour[CAS_NUMBER];
    snprintf(colour, sizeof(colour), "%.7s58", tie->colour);
    cas_agraph_set(edge, "color", colour);
    cas_agraph_set_number(edge, "penwidth", tie->width / 2);
    cas_agraph_set(edge, "arrowsize", "0.5");
}

static void
add_tie(struct scene *scene, uint32_t index)
{
    const struct cas_drawn_tie *tie = &scene->drawer->diagram->ties[index];
    const char *course = course_of(scene, index);
    if (!course || !*course)
        return;
    Agedge_t *edge = agedge(scene->graph, scene->anchor, scene->anchor, NULL, 1);
    cas_agraph_set_stroke(edge, tie->stroke, tie->colour, tie->width);
    if (scene->drawer->diagram->tie_count > THOUSANDS)
        thin_out(edge, tie);
    cas_agraph_set_head(edge, tie->head, tie->headless, runs_backwards(course));
    cas_agraph_set(edge, "pos", course);
    cas_agraph_set_id(edge, "tie-", tie->key);
    cas_agraph_set(edge, "class", tie->classes);
}

static void
add_ties(struct scene *scene)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    for (int faint = 1; faint >= 0; faint--) {
        for (uint32_t i = 0; i < diagram->tie_count; i++) {
            if (diagram->ties[i].faint == faint)
                add_tie(scene, i);
        }
    }
}

/* --- actors --------------------------------------------------------------------------------- */

static void
add_actor(struct scene *scene, uint32_t index)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    const struct cas_drawn_actor *actor = &diagram->actors[index];
    const struct cas_area *area = &scene->areas[index];
    Agnode_t *node = agnode(scene->graph, (char *)actor->key, 1);
    cas_agraph_set_actor(node, actor, diagram->boxed);
    cas_agraph_set(node, "label", actor->label);
    cas_agraph_set_place(node, area->x, area->y);
    cas_agraph_set_number(node, "width", area->width / 72);
    cas_agraph_set_number(node, "height", area->height / 72);
    cas_agraph_set_id(node, actor->kind == CAS_KIND_EVENT ? "" : "actor-", actor->key);
    cas_agraph_set(node, "class", actor->classes);
    if (actor->small)
        return;
    double x = area->x - cas_label_width(actor->label) * NAME_SIZE / 2 + CAS_ICON_SIZE / 2;
    cas_agraph_add_icon(node, actor->kind, x, area->y, CAS_ICON_SIZE, actor->ink);
}

static bool
read_areas(struct scene *scene)
{
    uint32_t count = scene->drawer->diagram->actor_count;
    scene->areas = cas_zalloc((size_t)count + 1, sizeof(*scene->areas));
    scene->taken.at = cas_zalloc((size_t)count + 1, sizeof(*scene->taken.at));
    scene->taken.room = (size_t)count + 1;
    for (uint32_t i = 0; scene->areas && scene->taken.at && i < count; i++) {
        struct cas_area *area = &scene->areas[i];
        if (!cas_agraph_area(scene->drawer, i, area))
            return false;
        if (scene->drawer->fixed)
            *area = scene->drawer->fixed->areas[i];
        scene->taken.at[scene->taken.count++] =
            (struct cas_area){area->x, area->y, area->width + RIM, area->height + RIM};
    }
    return scene->areas && scene->taken.at;
}

/* --- counts --------------------------------------------------------------------------------- */

/* On a patch of paper that lets what lies below shine through a little, so that no line runs through
 * the text. */
static void
draw_count(struct scene *scene, uint32_t index, const struct cas_area *area)
{
    const struct cas_drawn_tie *tie = &scene->drawer->diagram->ties[index];
    char name[CAS_NUMBER], patch[CAS_NUMBER];
    snprintf(name, sizeof(name), "_count%u", index);
    Agnode_t *node = agnode(scene->graph, name, 1);
    cas_agraph_set_place(node, area->x, area->y);
    cas_agraph_set_number(node, "width", area->width / 72);
    cas_agraph_set_number(node, "height", area->height / 72);
    cas_agraph_set_number(node, "fontsize", CAS_COUNT_SIZE);
    cas_agraph_set(node, "class", "count");
    cas_agraph_set(node, "fixedsize", "true");
    cas_agraph_set(node, "shape", "box");
    cas_agraph_set(node, "style", "filled,rounded");
    cas_agraph_set(node, "color", "none");
    snprintf(patch, sizeof(patch), "%.7sd8", scene->drawer->diagram->theme->paper);
    cas_agraph_set(node, "fillcolor", patch);
    cas_agraph_set(node, "fontcolor", tie->stroke->text);
    cas_agraph_set(node, "label", tie->label);
}

/* A text that would hide most of a short line says less than the line. */
static bool
has_room(const struct scene *scene, const struct cas_drawn_tie *tie)
{
    const struct cas_area *a = &scene->areas[tie->from], *b = &scene->areas[tie->to];
    double gap = hypot(fmax(0, fabs(a->x - b->x) - (a->width + b->width) / 2),
                       fmax(0, fabs(a->y - b->y) - (a->height + b->height) / 2));
    return gap > cas_label_width(tie->label) * CAS_COUNT_SIZE + (tie->contact ? 0 : ROOM);
}

/* Of a frame, whose lines may leave the place that all frames share. */
static bool
is_inside(const struct scene *scene, const struct cas_area *area)
{
    const struct cas_layout *fixed = scene->drawer->fixed;
    return !fixed ||
           (area->x - area->width / 2 > 0 && area->y - area->height / 2 > 0 &&
            area->x + area->width / 2 < fixed->width && area->y + area->height / 2 < fixed->height);
}

static void
place_counts(struct scene *scene)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        struct cas_area area;
        const char *label = diagram->ties[i].label;
        bool wanted = *label && has_room(scene, &diagram->ties[i]);
        const char *course = wanted ? course_of(scene, i) : NULL;
        if (course && cas_count_place(course, label, &scene->taken, &area) &&
            is_inside(scene, &area))
            draw_count(scene, i, &area);
    }
}

/* --- all of it ------------------------------------------------------------------------------ */

static Agnode_t *
make_anchor(Agraph_t *graph, double x, double y)
{
    Agnode_t *node = agnode(graph, (char *)"_anchor", 1);
    cas_agraph_set(node, "label", "");
    cas_agraph_set(node, "shape", "point");
    cas_agraph_set(node, "style", "invis");
    cas_agraph_set(node, "width", "0.01");
    cas_agraph_set_place(node, x, y);
    return node;
}

static void
fill(struct scene *scene)
{
    const struct cas_diagram *diagram = scene->drawer->diagram;
    for (uint32_t i = 0; diagram->boxed && i < diagram->actor_count; i++) {
        if (diagram->actors[i].parts)
            add_box(scene, i);
    }
    add_ties(scene);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        add_actor(scene, i);
    place_counts(scene);
}

bool
cas_agraph_scene(struct cas_drawer *drawer)
{
    struct scene scene = {.drawer = drawer};
    double width, height;
    bool done = cas_agraph_size(drawer, &width, &height) && read_areas(&scene);
    if (drawer->fixed) {
        width = drawer->fixed->width;
        height = drawer->fixed->height;
    }
    if (done) {
        scene.graph = cas_agraph_open(drawer, false);
        cas_agraph_set(scene.graph, "id", "diagram");
        scene.anchor = make_anchor(scene.graph, width / 2, height / 2);
        fill(&scene);
        drawer->graph = scene.graph;
        done = !scene.text.failed && cas_agraph_furnish(drawer, width, height);
    }
    cas_buffer_done(&scene.text);
    cas_free(scene.areas);
    cas_free(scene.taken.at);
    return done;
}
