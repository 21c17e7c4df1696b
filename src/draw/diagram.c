/* A graph dressed in a theme. */
#include "draw/diagram.h"

#include <stdlib.h>

#include "base/fault.h"
#include "draw/label.h"

#define LABEL_COLUMNS 18
#define LABEL_LINES   3
#define COUNTED_MOST  400 /* ties */

struct dresser {
    const struct casus_graph *graph;
    struct cas_diagram *diagram;
    struct cas_buffer buffer;
};

const char *
cas_diagram_keep(struct cas_diagram *diagram, struct cas_buffer *buffer)
{
    const char *text = NULL;
    if (!buffer->failed)
        text = cas_arena_text(&diagram->arena, buffer->s ? buffer->s : "", buffer->n);
    cas_buffer_clear(buffer);
    return text;
}

static void *
zeroed(struct cas_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count + 1, size, &bytes))
        return NULL;
    void *memory = cas_arena_alloc(arena, bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}

/* Parents whose dates contradict each other might go in a circle: such an actor stands in none. */
static uint32_t
box_of(const struct casus_graph *graph, uint32_t actor)
{
    uint32_t count = casus_graph_actor_count(graph);
    uint32_t parent = casus_graph_actor_at(graph, actor)->parent, up = parent;
    for (uint32_t steps = 0; up != CASUS_NONE; steps++) {
        if (steps > count || up == actor)
            return CASUS_NONE;
        up = casus_graph_actor_at(graph, up)->parent;
    }
    return parent;
}

static void
find_boxes(struct dresser *dresser)
{
    struct cas_drawn_actor *actors = dresser->diagram->actors;
    for (uint32_t i = 0; i < dresser->diagram->actor_count; i++) {
        actors[i].box = box_of(dresser->graph, i);
        if (actors[i].box != CASUS_NONE)
            actors[actors[i].box].parts++;
    }
}

static const char *
side_of(const struct dresser *dresser, uint32_t actor)
{
    for (; actor != CASUS_NONE; actor = dresser->diagram->actors[actor].box) {
        const char *side = casus_graph_actor_at(dresser->graph, actor)->side;
        if (side && *side)
            return side;
    }
    return NULL;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static uint32_t
find_side(const struct cas_diagram *diagram, const char *side)
{
    for (uint32_t i = 0; side && i < diagram->side_count; i++) {
        if (strcmp(diagram->sides[i], side) == 0)
            return i;
    }
    return CASUS_NONE;
}

static bool
find_sides(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    diagram->sides = zeroed(&diagram->arena, diagram->actor_count, sizeof(*diagram->sides));
    if (!diagram->sides)
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        const char *side = side_of(dresser, i);
        if (side && find_side(diagram, side) == CASUS_NONE)
            diagram->sides[diagram->side_count++] = side;
    }
    qsort(diagram->sides, diagram->side_count, sizeof(*diagram->sides), by_text);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        diagram->actors[i].side = find_side(diagram, side_of(dresser, i));
    return true;
}

static const char *
side_fill(const struct cas_diagram *diagram, uint32_t side)
{
    if (side == CASUS_NONE)
        return diagram->theme->plain;
    return diagram->theme->sides[side < CAS_SIDE_FILLS ? side : CAS_SIDE_FILLS - 1];
}

static const char *
actor_classes(struct dresser *dresser, const struct casus_node *node)
{
    struct cas_buffer *buffer = &dresser->buffer;
    cas_buffer_printf(buffer, "actor kind-%s", casus_kind_name(node->kind));
    if (node->side && *node->side) {
        cas_buffer_text(buffer, " side-");
        cas_label_key(buffer, node->side);
    }
    if (node->generic)
        cas_buffer_text(buffer, " generic");
    return cas_diagram_keep(dresser->diagram, buffer);
}

static bool
dress_bare_actor(struct dresser *dresser, uint32_t index)
{
    const struct casus_node *node = casus_graph_actor_at(dresser->graph, index);
    struct cas_diagram *diagram = dresser->diagram;
    struct cas_drawn_actor *actor = &diagram->actors[index];
    actor->shape = &diagram->theme->kinds[node->kind];
    actor->fill = actor->shape->fill;
    cas_label_key(&dresser->buffer, node->id);
    actor->key = cas_diagram_keep(diagram, &dresser->buffer);
    cas_label_wrap(&dresser->buffer, node->name, LABEL_COLUMNS, LABEL_LINES, "\\n");
    actor->label = cas_diagram_keep(diagram, &dresser->buffer);
    return actor->key && actor->label;
}

static bool
dress_actor(struct dresser *dresser, uint32_t index, enum casus_paint paint)
{
    const struct casus_node *node = casus_graph_actor_at(dresser->graph, index);
    struct cas_diagram *diagram = dresser->diagram;
    struct cas_drawn_actor *actor = &diagram->actors[index];
    if (!dress_bare_actor(dresser, index))
        return false;
    actor->fill = paint == CASUS_PAINT_SIDE ? side_fill(diagram, actor->side) : actor->shape->fill;
    cas_tip_actor(&dresser->buffer, dresser->graph, index);
    actor->tip = cas_diagram_keep(diagram, &dresser->buffer);
    actor->classes = actor_classes(dresser, node);
    return actor->tip && actor->classes;
}

/* An event that nobody claims is the data set's word: it is not pale, which says "one side only". */
static bool
is_weak(const struct casus_tie *tie)
{
    uint32_t firm = tie->evidence[CASUS_CORROBORATED] + tie->evidence[CASUS_ADMITTED] +
                    tie->evidence[CASUS_UNSOURCED];
    return firm == 0 && tie->evidence[CASUS_ONE_SIDED] + tie->evidence[CASUS_SINGLE] > 0;
}

/* Counts only where they tell something and the picture stays quiet: not on claims, and not where
 * widths must do. */
static const char *
tie_label(struct dresser *dresser, const struct casus_tie *tie)
{
    bool few = dresser->diagram->tie_count <= COUNTED_MOST;
    bool counted = few && tie->events > 1 && tie->relation != CASUS_CLAIM;
    if (counted)
        cas_buffer_printf(&dresser->buffer, "×%u", tie->events);
    if (few && tie->evidence[CASUS_DISPUTED] > 0)
        cas_buffer_text(&dresser->buffer, counted ? " ?" : "?");
    return cas_diagram_keep(dresser->diagram, &dresser->buffer);
}

static const char *
tie_key(struct dresser *dresser, const struct casus_tie *tie)
{
    const struct cas_drawn_actor *actors = dresser->diagram->actors;
    cas_buffer_printf(&dresser->buffer, "%s__%s__%s%s", actors[tie->from].key, actors[tie->to].key,
                      casus_relation_name(tie->relation), tie->directed ? "" : "__undirected");
    return cas_diagram_keep(dresser->diagram, &dresser->buffer);
}

static const char *
tie_classes(struct dresser *dresser, const struct casus_tie *tie)
{
    cas_buffer_printf(&dresser->buffer, "tie relation-%s %s", casus_relation_name(tie->relation),
                      tie->directed ? "directed" : "undirected");
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++) {
        if (tie->evidence[i])
            cas_buffer_printf(&dresser->buffer, " evidence-%s",
                              casus_evidence_name((enum casus_evidence)i));
    }
    return cas_diagram_keep(dresser->diagram, &dresser->buffer);
}

static void
dress_bare_tie(struct dresser *dresser, uint32_t index)
{
    const struct casus_tie *from = casus_graph_tie_at(dresser->graph, index);
    struct cas_drawn_tie *tie = &dresser->diagram->ties[index];
    tie->from = from->from;
    tie->to = from->to;
    tie->stroke = &dresser->diagram->theme->relations[from->relation];
    tie->headless = !from->directed;
    tie->contact = from->relation != CASUS_CLAIM;
}

static bool
dress_tie(struct dresser *dresser, uint32_t index)
{
    const struct casus_tie *from = casus_graph_tie_at(dresser->graph, index);
    struct cas_diagram *diagram = dresser->diagram;
    struct cas_drawn_tie *tie = &diagram->ties[index];
    dress_bare_tie(dresser, index);
    tie->width = cas_theme_width(from->weight, from->relation);
    tie->weak = tie->contact && is_weak(from); /* of a statement nobody doubts that it was made */
    tie->key = tie_key(dresser, from);
    tie->classes = tie_classes(dresser, from);
    tie->label = tie_label(dresser, from);
    cas_tip_tie(&dresser->buffer, dresser->graph, index);
    tie->tip = cas_diagram_keep(diagram, &dresser->buffer);
    return tie->key && tie->classes && tie->label && tie->tip;
}

static void
find_contacts(struct dresser *dresser)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(dresser->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(dresser->graph, i);
        if (tie->relation == CASUS_CLAIM)
            continue;
        dresser->diagram->actors[tie->from].contact = true;
        dresser->diagram->actors[tie->to].contact = true;
    }
}

/* Nothing but its claims says where it could stand. */
static bool
is_adrift(const struct cas_drawn_actor *actor)
{
    return !actor->contact && actor->box == CASUS_NONE;
}

/* Layers follow who acts on whom. Claims run against them too often to be asked, but for those of
 * actors that would stand nowhere else; a tie without direction has no say. */
static void
rank_ties(struct cas_diagram *diagram)
{
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        struct cas_drawn_tie *tie = &diagram->ties[i];
        tie->ranked = !tie->headless && (tie->contact || is_adrift(&diagram->actors[tie->from]) ||
                                         is_adrift(&diagram->actors[tie->to]));
    }
}

static bool
dress(struct dresser *dresser, const struct casus_drawing *drawing)
{
    struct cas_diagram *diagram = dresser->diagram;
    find_boxes(dresser);
    find_contacts(dresser);
    if (drawing->paint == CASUS_PAINT_SIDE && !find_sides(dresser))
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (!dress_actor(dresser, i, drawing->paint))
            return false;
    }
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        if (!dress_tie(dresser, i))
            return false;
    }
    rank_ties(diagram);
    return true;
}

static bool
make_room(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    diagram->actor_count = casus_graph_actor_count(dresser->graph);
    diagram->tie_count = casus_graph_tie_count(dresser->graph);
    diagram->actors = zeroed(&diagram->arena, diagram->actor_count, sizeof(*diagram->actors));
    diagram->ties = zeroed(&diagram->arena, diagram->tie_count, sizeof(*diagram->ties));
    return diagram->actors && diagram->ties;
}

static bool
build(struct dresser *dresser, const struct casus_drawing *drawing, const char *note)
{
    struct cas_diagram *diagram = dresser->diagram;
    return make_room(dresser) && dress(dresser, drawing) &&
           cas_caption_build(diagram, dresser->graph, drawing, note) &&
           (drawing->no_legend || cas_legend_build(diagram, dresser->graph, drawing->paint));
}

enum casus_status
cas_diagram_build(const struct casus_graph *graph, const struct casus_drawing *drawing, bool boxed,
                  const char *note, struct cas_diagram *out, struct casus_error *err)
{
    struct cas_diagram diagram = {.theme = cas_theme_light(), .boxed = boxed};
    struct dresser dresser = {graph, &diagram, {0}};
    cas_arena_init(&diagram.arena);
    bool done = build(&dresser, drawing, note);
    cas_buffer_done(&dresser.buffer);
    if (!done) {
        cas_diagram_done(&diagram);
        return cas_fail_memory(err);
    }
    *out = diagram;
    return CASUS_OK;
}

static bool
build_bare(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    if (!make_room(dresser))
        return false;
    find_boxes(dresser);
    find_contacts(dresser);
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (!dress_bare_actor(dresser, i))
            return false;
    }
    for (uint32_t i = 0; i < diagram->tie_count; i++)
        dress_bare_tie(dresser, i);
    rank_ties(diagram);
    return true;
}

enum casus_status
cas_diagram_build_bare(const struct casus_graph *graph, bool boxed, struct cas_diagram *out,
                       struct casus_error *err)
{
    struct cas_diagram diagram = {.theme = cas_theme_light(), .boxed = boxed, .bare = true};
    struct dresser dresser = {graph, &diagram, {0}};
    cas_arena_init(&diagram.arena);
    bool done = build_bare(&dresser);
    cas_buffer_done(&dresser.buffer);
    if (!done) {
        cas_diagram_done(&diagram);
        return cas_fail_memory(err);
    }
    *out = diagram;
    return CASUS_OK;
}

void
cas_diagram_done(struct cas_diagram *diagram)
{
    cas_arena_done(&diagram->arena);
}
