/* Sides are an actor's own, else its nearest parent's, in byte order. Blocs are those of the balance
 * with two actors in the picture at least, the largest first, each named by its most active one. */
#include "draw/groups.h"

#include <stdlib.h>

#include "draw/label.h"

static const char *
fill_of(const struct cas_diagram *diagram, uint32_t group)
{
    if (group == CASUS_NONE)
        return diagram->theme->plain;
    return diagram->theme->sides[group < CAS_SIDE_FILLS ? group : CAS_SIDE_FILLS - 1];
}

/* --- sides ---------------------------------------------------------------------------------- */

static const char *
side_of(const struct cas_diagram *diagram, const struct casus_graph *graph, uint32_t actor)
{
    for (; actor != CASUS_NONE; actor = diagram->actors[actor].box) {
        const char *side = casus_graph_actor_at(graph, diagram->actors[actor].index)->side;
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
    for (uint32_t i = 0; side && i < diagram->group_count; i++) {
        if (strcmp(diagram->groups[i], side) == 0)
            return i;
    }
    return CASUS_NONE;
}

static void
find_sides(struct cas_diagram *diagram, const struct casus_graph *graph)
{
    diagram->group_head = "Sides";
    diagram->group_none = "no side given";
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        const char *side = side_of(diagram, graph, i);
        if (side && find_side(diagram, side) == CASUS_NONE)
            diagram->groups[diagram->group_count++] = side;
    }
    qsort(diagram->groups, diagram->group_count, sizeof(*diagram->groups), by_text);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        diagram->actors[i].group = find_side(diagram, side_of(diagram, graph, i));
}

/* --- blocs ---------------------------------------------------------------------------------- */

struct bloc {
    uint32_t number; /* of the balance, from 1 */
    uint32_t size;
    uint32_t head; /* the drawn actor of most events */
};

static int
by_size(const void *a, const void *b)
{
    const struct bloc *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

static void
count_bloc(struct bloc *bloc, const struct cas_diagram *diagram, const struct casus_graph *graph,
           uint32_t actor)
{
    const struct cas_drawn_actor *actors = diagram->actors;
    if (bloc->size == 0 || casus_graph_actor_at(graph, actors[actor].index)->events >
                               casus_graph_actor_at(graph, actors[bloc->head].index)->events)
        bloc->head = actor;
    bloc->size++;
}

static const char *
name_bloc(struct cas_diagram *diagram, const struct casus_graph *graph, const struct bloc *bloc)
{
    struct cas_buffer text;
    cas_buffer_init(&text);
    cas_label_wrap(&text, casus_graph_actor_at(graph, diagram->actors[bloc->head].index)->name, 20,
                   1, "");
    cas_buffer_printf(&text, " and %u more", bloc->size - 1);
    const char *kept = cas_diagram_keep(diagram, &text);
    cas_buffer_done(&text);
    return kept;
}

static bool
find_blocs(struct cas_diagram *diagram, const struct casus_graph *graph,
           const struct casus_balance *balance)
{
    uint32_t count = casus_balance_facts(balance)->blocs;
    struct bloc *blocs = cas_diagram_room(diagram, count + 1, sizeof(*blocs));
    uint32_t *place = cas_diagram_room(diagram, count + 1, sizeof(*place));
    diagram->group_head = "Blocs";
    diagram->group_none = "in no bloc of several";
    if (!blocs || !place)
        return false;
    for (uint32_t i = 0; i <= count; i++)
        blocs[i].number = i;
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        count_bloc(&blocs[casus_balance_bloc(balance, diagram->actors[i].index)], diagram, graph,
                   i);
    blocs[0].size = 0;
    qsort(blocs, (size_t)count + 1, sizeof(*blocs), by_size);
    for (uint32_t i = 0; i <= count; i++) {
        place[blocs[i].number] = blocs[i].size > 1 ? diagram->group_count : CASUS_NONE;
        if (blocs[i].size > 1 &&
            !(diagram->groups[diagram->group_count++] = name_bloc(diagram, graph, &blocs[i])))
            return false;
    }
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        diagram->actors[i].group = place[casus_balance_bloc(balance, diagram->actors[i].index)];
    return true;
}

/* Names as the legend has room for them. */
static bool
shorten(struct cas_diagram *diagram)
{
    struct cas_buffer text;
    bool done = true;
    cas_buffer_init(&text);
    for (uint32_t i = 0; i < diagram->group_count && i < CAS_SIDE_FILLS && done; i++) {
        cas_label_wrap(&text, diagram->groups[i], 36, 1, "");
        diagram->groups[i] = cas_diagram_keep(diagram, &text);
        done = diagram->groups[i];
    }
    cas_buffer_done(&text);
    return done;
}

bool
cas_groups_paint(struct cas_diagram *diagram, const struct casus_graph *graph,
                 const struct casus_drawing *drawing)
{
    diagram->groups = cas_diagram_room(diagram, diagram->actor_count, sizeof(*diagram->groups));
    if (!diagram->groups)
        return false;
    if (drawing->paint == CASUS_PAINT_SIDE)
        find_sides(diagram, graph);
    else if (!find_blocs(diagram, graph, drawing->balance))
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        diagram->actors[i].fill = fill_of(diagram, diagram->actors[i].group);
    return shorten(diagram);
}
