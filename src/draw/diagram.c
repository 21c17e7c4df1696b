/* A graph dressed in a theme. */
#include "draw/diagram.h"

#include <stdlib.h>

#include "base/fault.h"
#include "draw/groups.h"
#include "draw/icon.h"
#include "draw/label.h"
#include "draw/names.h"

#define LABEL_COLUMNS 18
#define LABEL_LINES   3
#define COUNTED_MOST  400 /* ties */

struct dresser {
    const struct casus_graph *graph;
    const struct casus_graph *tied; /* whose ties are drawn */
    const uint32_t *ties;           /* which of them */
    const uint32_t *drawn;          /* of each of its actors: the place in the diagram */
    uint32_t tie_count;
    const struct cas_dressing *dressing;
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

void *
cas_diagram_room(struct cas_diagram *diagram, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count + 1, size, &bytes))
        return NULL;
    void *memory = cas_arena_alloc(&diagram->arena, bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}

/* --- boxes ---------------------------------------------------------------------------------- */

/* The nearest ancestor that is drawn. Parents whose dates contradict each other might go in a
 * circle: such an actor stands in none. */
static uint32_t
box_of(const struct dresser *dresser, uint32_t actor)
{
    const struct casus_graph *graph = dresser->graph;
    uint32_t count = casus_graph_actor_count(graph), drawn = CASUS_NONE;
    uint32_t up = casus_graph_actor_at(graph, actor)->parent;
    for (uint32_t steps = 0; up != CASUS_NONE; steps++) {
        if (steps > count || up == actor)
            return CASUS_NONE;
        if (drawn == CASUS_NONE)
            drawn = dresser->dressing->choice->drawn[up];
        up = casus_graph_actor_at(graph, up)->parent;
    }
    return drawn;
}

/* Walks only as far as is allowed, or up to what is known. */
static uint32_t
limited_box(const struct cas_diagram *diagram, uint32_t box, uint32_t *depths)
{
    while (box != CASUS_NONE && depths[box] >= CAS_BOXES_MOST)
        box = diagram->actors[box].box;
    return box;
}

/* Depth of each actor once its box is right: parents before parts, by a walk that turns around. */
static void
settle(struct cas_diagram *diagram, uint32_t *depths, uint32_t *path, uint32_t actor)
{
    uint32_t count = 0;
    for (uint32_t at = actor; at != CASUS_NONE && depths[at] == 0; at = diagram->actors[at].box)
        path[count++] = at;
    while (count > 0) {
        struct cas_drawn_actor *drawn = &diagram->actors[path[--count]];
        drawn->box = limited_box(diagram, drawn->box, depths);
        depths[path[count]] = drawn->box == CASUS_NONE ? 1 : depths[drawn->box] + 1;
    }
}

static bool
find_boxes(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    struct cas_drawn_actor *actors = diagram->actors;
    uint32_t *depths = cas_diagram_room(diagram, diagram->actor_count, sizeof(*depths));
    uint32_t *path = cas_diagram_room(diagram, diagram->actor_count, sizeof(*path));
    if (!depths || !path)
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        actors[i].box = box_of(dresser, actors[i].index);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        settle(diagram, depths, path, i);
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (actors[i].box != CASUS_NONE)
            actors[actors[i].box].parts++;
    }
    return true;
}

/* --- actors --------------------------------------------------------------------------------- */

static const char *
actor_classes(struct dresser *dresser, const struct casus_node *node, bool lit, bool bold)
{
    struct cas_buffer *buffer = &dresser->buffer;
    cas_buffer_printf(buffer, "actor kind-%s", casus_kind_name(node->kind));
    if (node->side && *node->side) {
        cas_buffer_text(buffer, " side-");
        cas_label_key(buffer, node->side);
    }
    if (node->generic)
        cas_buffer_text(buffer, " generic");
    if (bold)
        cas_buffer_text(buffer, " marked");
    if (dresser->dressing->marks->actors)
        cas_buffer_text(buffer, lit ? " highlighted" : " faint");
    return cas_diagram_keep(dresser->diagram, buffer);
}

/* Room for the pictogram before each line; and behind it, where a name that is written from right to
 * left would turn it over. */
static const char *
actor_label(struct dresser *dresser, const char *name)
{
    struct cas_buffer *buffer = &dresser->buffer;
    bool turns = cas_label_turns(name);
    if (!dresser->dressing->icons) {
        cas_label_wrap(buffer, name, LABEL_COLUMNS, LABEL_LINES, "\\n");
        return cas_diagram_keep(dresser->diagram, buffer);
    }
    cas_buffer_text(buffer, CAS_ICON_PAD);
    cas_label_wrap(buffer, name, LABEL_COLUMNS, LABEL_LINES,
                   turns ? CAS_ICON_PAD "\\n" CAS_ICON_PAD : "\\n" CAS_ICON_PAD);
    if (turns)
        cas_buffer_text(buffer, CAS_ICON_PAD);
    return cas_diagram_keep(dresser->diagram, buffer);
}

static bool
dress_bare_actor(struct dresser *dresser, struct cas_drawn_actor *actor)
{
    struct cas_diagram *diagram = dresser->diagram;
    const struct casus_node *node = casus_graph_actor_at(dresser->graph, actor->index);
    actor->kind = node->kind;
    actor->group = CASUS_NONE;
    actor->shape = &diagram->theme->kinds[node->kind];
    actor->fill = actor->shape->fill;
    actor->border = diagram->theme->border;
    actor->ink = diagram->theme->ink;
    cas_label_key(&dresser->buffer, node->id);
    actor->key = cas_diagram_keep(diagram, &dresser->buffer);
    actor->label =
        actor->small
            ? ""
            : actor_label(dresser,
                          cas_shown_name(dresser->graph, dresser->dressing->drawing, actor->index));
    return actor->key && actor->label;
}

static bool
dress_actor(struct dresser *dresser, struct cas_drawn_actor *actor)
{
    const struct casus_node *node = casus_graph_actor_at(dresser->graph, actor->index);
    const struct cas_marks *marks = dresser->dressing->marks;
    bool lit = !marks->actors || marks->actors[actor->index];
    if (!dress_bare_actor(dresser, actor))
        return false;
    actor->bold = marks->bold[actor->index];
    actor->classes = actor_classes(dresser, node, lit, actor->bold);
    cas_tip_actor(&dresser->buffer, dresser->graph, actor->index);
    actor->tip = cas_diagram_keep(dresser->diagram, &dresser->buffer);
    return actor->tip && actor->classes;
}

/* Names stay as dark as they were: they are read, whatever is meant. */
static void
fade_actors(struct dresser *dresser)
{
    const struct cas_marks *marks = dresser->dressing->marks;
    struct cas_diagram *diagram = dresser->diagram;
    for (uint32_t i = 0; marks->actors && i < diagram->actor_count; i++) {
        struct cas_drawn_actor *actor = &diagram->actors[i];
        if (marks->actors[actor->index])
            continue;
        actor->border = diagram->theme->ghost;
        if (dresser->dressing->drawing->paint == CASUS_PAINT_KIND)
            actor->fill = diagram->theme->plain;
    }
}

/* Those who take no part in a window keep their place. */
static bool
fade_absent(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    const struct cas_frame *frame = dresser->dressing->frame;
    for (uint32_t i = 0; frame && i < diagram->actor_count; i++) {
        struct cas_drawn_actor *actor = &diagram->actors[i];
        const char *id = casus_graph_actor_at(dresser->graph, actor->index)->id;
        uint32_t here = casus_graph_actor_find(frame->graph, id);
        if (here != CASUS_NONE && casus_graph_actor_at(frame->graph, here)->events > 0)
            continue;
        actor->border = diagram->theme->ghost;
        actor->fill = diagram->theme->paper;
        actor->ink = diagram->theme->faint;
        cas_buffer_printf(&dresser->buffer, "%s absent", actor->classes);
        actor->classes = cas_diagram_keep(diagram, &dresser->buffer);
        if (!actor->classes)
            return false;
    }
    return true;
}

/* --- ties ----------------------------------------------------------------------------------- */

/* An event that nobody claims is the data set's word: it is not pale, which says "one side only". */
static bool
is_weak(const struct casus_tie *tie)
{
    uint32_t firm = tie->evidence[CASUS_CORROBORATED] + tie->evidence[CASUS_ADMITTED] +
                    tie->evidence[CASUS_UNSOURCED];
    return firm == 0 && tie->evidence[CASUS_ONE_SIDED] + tie->evidence[CASUS_SINGLE] > 0;
}

/* What is claimed: "blames", "reports ×2"; nothing where it was an event of its own. */
static void
write_stances(struct cas_buffer *out, const struct casus_tie *tie)
{
    static const char *const verbs[CASUS_STANCE_COUNT] = {"claims", "reports", "announces",
                                                          "blames", "denies",  "confirms"};
    for (int i = 0; i < CASUS_STANCE_COUNT; i++) {
        if (tie->stances[i] == 0)
            continue;
        cas_buffer_printf(out, "%s%s", out->n ? ", " : "", verbs[i]);
        if (tie->stances[i] > 1)
            cas_buffer_printf(out, " ×%u", tie->stances[i]);
    }
}

/* Counts only where they tell something and the picture stays quiet: not where widths must do. */
static const char *
tie_label(struct dresser *dresser, const struct casus_tie *tie)
{
    struct cas_buffer *buffer = &dresser->buffer;
    bool few = dresser->diagram->tie_count <= COUNTED_MOST;
    bool counted = few && tie->events > 1 && tie->relation != CASUS_CLAIM;
    if (few && tie->relation == CASUS_CLAIM)
        write_stances(buffer, tie);
    if (counted)
        cas_buffer_printf(buffer, "×%u", tie->events);
    if (few && tie->evidence[CASUS_DISPUTED] > 0 && tie->relation != CASUS_CLAIM)
        cas_buffer_text(buffer, counted ? " ?" : "?");
    return cas_diagram_keep(dresser->diagram, buffer);
}

static const char *
tie_key(struct dresser *dresser, const struct cas_drawn_tie *drawn, const struct casus_tie *tie)
{
    const struct cas_drawn_actor *actors = dresser->diagram->actors;
    cas_buffer_printf(&dresser->buffer, "%s__%s__%s%s", actors[drawn->from].key,
                      actors[drawn->to].key, casus_relation_name(tie->relation),
                      tie->directed ? "" : "__undirected");
    return cas_diagram_keep(dresser->diagram, &dresser->buffer);
}

static const char *
tie_classes(struct dresser *dresser, const struct casus_tie *tie, bool faint)
{
    cas_buffer_printf(&dresser->buffer, "tie relation-%s %s", casus_relation_name(tie->relation),
                      tie->directed ? "directed" : "undirected");
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++) {
        if (tie->evidence[i])
            cas_buffer_printf(&dresser->buffer, " evidence-%s",
                              casus_evidence_name((enum casus_evidence)i));
    }
    if (dresser->dressing->marks->ties)
        cas_buffer_text(&dresser->buffer, faint ? " faint" : " highlighted");
    return cas_diagram_keep(dresser->diagram, &dresser->buffer);
}

static void
dress_bare_tie(struct dresser *dresser, uint32_t index, struct cas_drawn_tie *tie)
{
    const struct casus_tie *from = casus_graph_tie_at(dresser->tied, index);
    tie->from = dresser->drawn[from->from];
    tie->to = dresser->drawn[from->to];
    tie->relation = from->relation;
    tie->events = from->events;
    tie->stroke = &dresser->diagram->theme->relations[from->relation];
    tie->headless = !from->directed;
    tie->contact = from->relation != CASUS_CLAIM;
}

static void
colour_tie(const struct cas_diagram *diagram, struct cas_drawn_tie *tie)
{
    tie->colour = tie->faint  ? diagram->theme->ghost
                  : tie->weak ? tie->stroke->weak
                              : tie->stroke->colour;
    tie->head = tie->weak ? tie->stroke->weak_head : tie->stroke->head;
}

static bool
dress_tie(struct dresser *dresser, uint32_t index, struct cas_drawn_tie *tie)
{
    const struct casus_tie *from = casus_graph_tie_at(dresser->tied, index);
    const struct cas_marks *marks = dresser->dressing->marks;
    struct cas_diagram *diagram = dresser->diagram;
    dress_bare_tie(dresser, index, tie);
    tie->width = cas_theme_width(from->weight, from->relation);
    tie->weak = tie->contact && is_weak(from); /* of a statement nobody doubts that it was made */
    tie->faint = marks->ties && !marks->ties[index];
    tie->key = tie_key(dresser, tie, from);
    tie->classes = tie_classes(dresser, from, tie->faint);
    tie->label = tie->faint ? "" : tie_label(dresser, from);
    cas_tip_tie(&dresser->buffer, dresser->tied, index);
    tie->tip = cas_diagram_keep(diagram, &dresser->buffer);
    colour_tie(diagram, tie);
    return tie->key && tie->classes && tie->label && tie->tip;
}

static const char *
implied_tip(struct dresser *dresser, const struct cas_implied *implied)
{
    struct cas_buffer *buffer = &dresser->buffer;
    cas_label_plain(buffer, casus_graph_actor_at(dresser->graph, implied->a)->name);
    cas_buffer_text(buffer, " and ");
    cas_label_plain(buffer, casus_graph_actor_at(dresser->graph, implied->b)->name);
    cas_buffer_text(buffer, " face each other through those they back; ");
    cas_tip_count(buffer, implied->events, "event");
    cas_buffer_text(buffer, " between these; implied, and counted nowhere");
    return cas_diagram_keep(dresser->diagram, buffer);
}

/* No tie of the graph: drawn beside them where both are. */
static bool
add_implied(struct dresser *dresser, const struct cas_implied *implied)
{
    const struct cas_choice *choice = dresser->dressing->choice;
    struct cas_diagram *diagram = dresser->diagram;
    uint32_t a = choice->drawn[implied->a], b = choice->drawn[implied->b];
    if (a == CASUS_NONE || b == CASUS_NONE)
        return true;
    struct cas_drawn_tie *tie = &diagram->ties[diagram->tie_count];
    *tie = (struct cas_drawn_tie){.stroke = &diagram->theme->implied, .from = a, .to = b};
    tie->relation = CASUS_RELATION_COUNT;
    tie->headless = tie->implied = true;
    tie->width = 1.2;
    tie->label = "";
    tie->classes = "implied";
    cas_buffer_printf(&dresser->buffer, "%s__%s__implied", diagram->actors[a].key,
                      diagram->actors[b].key);
    tie->key = cas_diagram_keep(diagram, &dresser->buffer);
    tie->tip = implied_tip(dresser, implied);
    colour_tie(diagram, tie);
    diagram->tie_count++;
    return tie->key && tie->tip;
}

/* --- layers --------------------------------------------------------------------------------- */

static void
find_contacts(struct cas_diagram *diagram)
{
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        const struct cas_drawn_tie *tie = &diagram->ties[i];
        if (!tie->contact)
            continue;
        diagram->actors[tie->from].contact = true;
        diagram->actors[tie->to].contact = true;
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

/* --- all of it ------------------------------------------------------------------------------ */

struct active {
    uint32_t actor, events;
};

static int
by_events(const void *a, const void *b)
{
    const struct active *x = a, *y = b;
    if (x->events != y->events)
        return x->events < y->events ? 1 : -1;
    return (x->actor > y->actor) - (x->actor < y->actor);
}

/* Names that nobody could read are left to the tips. */
static bool
find_small(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    uint32_t count = diagram->actor_count;
    if (count <= CAS_NAMED_ALL)
        return true;
    struct active *active = cas_diagram_room(diagram, count, sizeof(*active));
    if (!active)
        return false;
    for (uint32_t i = 0; i < count; i++)
        active[i] = (struct active){
            i, casus_graph_actor_at(dresser->graph, diagram->actors[i].index)->events};
    qsort(active, count, sizeof(*active), by_events);
    for (uint32_t i = CAS_NAMED_MOST; i < count; i++)
        diagram->actors[active[i].actor].small = true;
    return true;
}

/* Actors of a window by their ids: the windows' graphs number them anew. */
static bool
find_frame_ties(struct dresser *dresser)
{
    const struct cas_choice *choice = dresser->dressing->choice;
    const struct casus_graph *graph = dresser->dressing->frame->graph;
    uint32_t actors = casus_graph_actor_count(graph), count = casus_graph_tie_count(graph);
    uint32_t *drawn = cas_diagram_room(dresser->diagram, actors, sizeof(*drawn));
    uint32_t *ties = cas_diagram_room(dresser->diagram, count, sizeof(*ties));
    if (!drawn || !ties)
        return false;
    for (uint32_t i = 0; i < actors; i++) {
        uint32_t whole = casus_graph_actor_find(dresser->graph, casus_graph_actor_at(graph, i)->id);
        drawn[i] = whole == CASUS_NONE ? CASUS_NONE : choice->drawn[whole];
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (drawn[tie->from] != CASUS_NONE && drawn[tie->to] != CASUS_NONE)
            ties[dresser->tie_count++] = i;
    }
    dresser->tied = graph;
    dresser->drawn = drawn;
    dresser->ties = ties;
    return true;
}

static bool
find_ties(struct dresser *dresser)
{
    const struct cas_choice *choice = dresser->dressing->choice;
    if (dresser->dressing->frame)
        return find_frame_ties(dresser);
    dresser->tied = dresser->graph;
    dresser->ties = choice->ties;
    dresser->drawn = choice->drawn;
    dresser->tie_count = choice->tie_count;
    return true;
}

static bool
make_room(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    const struct cas_choice *choice = dresser->dressing->choice;
    const struct cas_marks *marks = dresser->dressing->marks;
    if (!find_ties(dresser))
        return false;
    size_t ties = (size_t)dresser->tie_count + (marks ? marks->implied_count : 0);
    diagram->actor_count = choice->actor_count;
    diagram->tie_count = dresser->tie_count;
    diagram->actors = cas_diagram_room(diagram, choice->actor_count, sizeof(*diagram->actors));
    diagram->ties = cas_diagram_room(diagram, ties, sizeof(*diagram->ties));
    for (uint32_t i = 0; diagram->actors && i < choice->actor_count; i++)
        diagram->actors[i].index = choice->actors[i];
    return diagram->actors && diagram->ties && find_boxes(dresser) && find_small(dresser);
}

static bool
dress_ties(struct dresser *dresser)
{
    const struct cas_marks *marks = dresser->dressing->marks;
    for (uint32_t i = 0; i < dresser->tie_count; i++) {
        if (!dress_tie(dresser, dresser->ties[i], &dresser->diagram->ties[i]))
            return false;
    }
    for (uint32_t i = 0; i < marks->implied_count; i++) {
        if (!add_implied(dresser, &marks->implied[i]))
            return false;
    }
    return true;
}

static bool
dress(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    const struct casus_drawing *drawing = dresser->dressing->drawing;
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (!dress_actor(dresser, &diagram->actors[i]))
            return false;
    }
    if (drawing->paint != CASUS_PAINT_KIND && !cas_groups_paint(diagram, dresser->graph, drawing))
        return false;
    fade_actors(dresser);
    if (!fade_absent(dresser) || !dress_ties(dresser))
        return false;
    find_contacts(diagram);
    rank_ties(diagram);
    return true;
}

static bool
build(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    const struct casus_drawing *drawing = dresser->dressing->drawing;
    return make_room(dresser) && dress(dresser) &&
           cas_caption_build(diagram, dresser->graph, dresser->dressing) &&
           (drawing->no_legend || cas_legend_build(diagram, drawing->paint));
}

static bool
build_bare(struct dresser *dresser)
{
    struct cas_diagram *diagram = dresser->diagram;
    if (!make_room(dresser))
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (!dress_bare_actor(dresser, &diagram->actors[i]))
            return false;
    }
    for (uint32_t i = 0; i < diagram->tie_count; i++)
        dress_bare_tie(dresser, i, &diagram->ties[i]);
    find_contacts(diagram);
    rank_ties(diagram);
    return true;
}

/* Moves the diagram to `out`, or frees it. */
static enum casus_status
end_build(struct dresser *dresser, bool done, struct cas_diagram *out, struct casus_error *err)
{
    cas_buffer_done(&dresser->buffer);
    if (done) {
        *out = *dresser->diagram;
        return CASUS_OK;
    }
    cas_diagram_done(dresser->diagram);
    return cas_fail_memory(err);
}

enum casus_status
cas_diagram_build(const struct casus_graph *graph, const struct cas_dressing *dressing,
                  struct cas_diagram *out, struct casus_error *err)
{
    struct cas_diagram diagram = {.theme = dressing->theme, .boxed = dressing->boxed};
    struct dresser dresser = {.graph = graph, .dressing = dressing, .diagram = &diagram};
    cas_arena_init(&diagram.arena);
    return end_build(&dresser, build(&dresser), out, err);
}

enum casus_status
cas_diagram_build_bare(const struct casus_graph *graph, bool boxed, struct cas_diagram *out,
                       struct casus_error *err)
{
    static const struct casus_drawing plain = {0};
    struct cas_choice choice;
    struct cas_diagram diagram = {.theme = cas_theme_light(), .boxed = boxed, .bare = true};
    struct cas_dressing dressing = {.drawing = &plain,
                                    .theme = diagram.theme,
                                    .choice = &choice,
                                    .boxed = boxed,
                                    .icons = true};
    struct dresser dresser = {.graph = graph, .dressing = &dressing, .diagram = &diagram};
    cas_arena_init(&diagram.arena);
    bool done = cas_choice_all(graph, &diagram.arena, &choice) && build_bare(&dresser);
    return end_build(&dresser, done, out, err);
}

void
cas_diagram_done(struct cas_diagram *diagram)
{
    cas_arena_done(&diagram->arena);
}
