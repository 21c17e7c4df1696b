/* The legend: a row for each thing that occurs in the picture, none for what does not. */
#include "draw/diagram.h"

/* Headings, kinds and the event, groups, lines of each relation with and without heads, marks, the
 * box, the implied line. */
#define ENTRIES_MOST (6 + CASUS_KIND_COUNT + 1 + CAS_SIDE_FILLS + 1 + 2 * CASUS_RELATION_COUNT + 8)

static struct cas_entry *
add(struct cas_diagram *diagram, enum cas_entry_of of, const char *text)
{
    struct cas_entry *entry = &diagram->entries[diagram->entry_count++];
    *entry = (struct cas_entry){.of = of, .text = text, .width = 1.4, .kind = CASUS_NONE};
    return entry;
}

static void
add_shape(struct cas_diagram *diagram, const struct cas_shape *shape, const char *fill,
          const char *text)
{
    struct cas_entry *entry = add(diagram, CAS_ENTRY_SHAPE, text);
    entry->shape = shape;
    entry->fill = fill;
}

static void
add_kinds(struct cas_diagram *diagram, enum casus_paint paint)
{
    static const char *const names[CASUS_KIND_COUNT + 1] = {
        "state",           "army", "militia", "armed group",  "unit",    "coalition",
        "external backer", "base", "person",  "media outlet", "monitor", "civilians",
        "other",           "event"};
    bool seen[CASUS_KIND_COUNT + 1] = {false};
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        seen[diagram->actors[i].kind] = true;
    add(diagram, CAS_ENTRY_HEAD, seen[CAS_KIND_EVENT] ? "Actors and events" : "Actors");
    for (uint32_t i = 0; i <= CASUS_KIND_COUNT; i++) {
        const struct cas_shape *shape =
            i == CAS_KIND_EVENT ? &diagram->theme->event : &diagram->theme->kinds[i];
        if (!seen[i])
            continue;
        add_shape(diagram, shape, paint == CASUS_PAINT_KIND ? shape->fill : diagram->theme->plain,
                  names[i]);
        diagram->entries[diagram->entry_count - 1].kind = i;
    }
}

/* The last fill is shared where groups are more than fills. */
static void
add_groups(struct cas_diagram *diagram)
{
    static const struct cas_shape square = {.shape = "box", .style = ""};
    bool none = false;
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        none = none || diagram->actors[i].group == CASUS_NONE;
    add(diagram, CAS_ENTRY_HEAD, diagram->group_head);
    for (uint32_t i = 0; i < diagram->group_count && i < CAS_SIDE_FILLS; i++) {
        bool shared = i == CAS_SIDE_FILLS - 1 && diagram->group_count > CAS_SIDE_FILLS;
        const char *text = shared ? "others" : diagram->groups[i];
        add_shape(diagram, &square, diagram->theme->sides[i], text);
    }
    if (none)
        add_shape(diagram, &square, diagram->theme->plain, diagram->group_none);
}

/* How lines of one kind occur in the picture, at their strongest. */
enum look { ABSENT, FAINT, PALE, FULL };

static struct cas_entry *
add_stroke(struct cas_diagram *diagram, const char *text, const struct cas_stroke *stroke,
           enum look look)
{
    struct cas_entry *entry = add(diagram, CAS_ENTRY_LINE, text);
    entry->stroke = stroke;
    entry->colour = look == FAINT  ? diagram->theme->ghost
                    : look == PALE ? stroke->weak
                                   : stroke->colour;
    entry->head = look == PALE ? stroke->weak_head : stroke->head;
    return entry;
}

static void
add_line(struct cas_diagram *diagram, enum casus_relation relation, bool headless, enum look look)
{
    if (look == ABSENT)
        return;
    static const char *const directed[] = {"attack", "support", "statement about"};
    static const char *const undirected[] = {"fight, attacker not known", "mutual support",
                                             "statements, mutual"};
    add_stroke(diagram, headless ? undirected[relation] : directed[relation],
               &diagram->theme->relations[relation], look)
        ->headless = headless;
}

struct seen {
    enum look directed[CASUS_RELATION_COUNT], undirected[CASUS_RELATION_COUNT];
    bool disputed, counted, wider, faint, implied, pale_edge;
    const struct cas_stroke *weak;
};

static void
see_tie(const struct cas_drawn_tie *tie, struct seen *seen)
{
    if (tie->implied) {
        seen->implied = true;
        return;
    }
    enum look *known = &(tie->headless ? seen->undirected : seen->directed)[tie->relation];
    enum look look = tie->faint ? FAINT : tie->weak ? PALE : FULL;
    *known = look > *known ? look : *known;
    if (tie->weak && !tie->faint && (!seen->weak || tie->stroke < seen->weak))
        seen->weak = tie->stroke; /* relations stand in one array: the first of them */
    seen->disputed = seen->disputed || strchr(tie->label, '?');
    seen->counted = seen->counted || (tie->contact && strstr(tie->label, "×"));
    seen->wider = seen->wider || tie->events > 1;
    seen->faint = seen->faint || tie->faint;
}

static void
add_mark(struct cas_diagram *diagram, const char *mark, const char *text)
{
    add(diagram, CAS_ENTRY_MARK, text)->mark = mark;
}

static void
add_marks(struct cas_diagram *diagram, const struct seen *seen)
{
    if (seen->weak)
        add_stroke(diagram, "pale: told by one side only", seen->weak, PALE);
    if (seen->pale_edge)
        add_mark(diagram, "", "pale edge: told by one side only");
    if (seen->implied)
        add_stroke(diagram, "face each other through others", &diagram->theme->implied, FULL)
            ->headless = true;
    if (seen->disputed)
        add_mark(diagram, "?", "disputed");
    if (seen->counted)
        add_mark(diagram, "×2", "events; the more, the wider");
    else if (seen->wider)
        add_mark(diagram, "", "the wider, the more events");
    if (seen->faint)
        add_mark(diagram, "", "faint: not highlighted");
}

static void
add_ties(struct cas_diagram *diagram)
{
    struct seen seen = {.weak = NULL};
    for (uint32_t i = 0; i < diagram->tie_count; i++)
        see_tie(&diagram->ties[i], &seen);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        seen.pale_edge = seen.pale_edge || diagram->actors[i].weak;
    if (diagram->tie_count)
        add(diagram, CAS_ENTRY_HEAD, "Ties");
    for (int i = 0; i < CASUS_RELATION_COUNT; i++) {
        add_line(diagram, (enum casus_relation)i, false, seen.directed[i]);
        add_line(diagram, (enum casus_relation)i, true, seen.undirected[i]);
    }
    add_marks(diagram, &seen);
}

static void
add_box(struct cas_diagram *diagram)
{
    for (uint32_t i = 0; diagram->boxed && i < diagram->actor_count; i++) {
        if (diagram->actors[i].parts) {
            add(diagram, CAS_ENTRY_BOX, "an actor (bold edge) and its parts");
            return;
        }
    }
}

bool
cas_legend_build(struct cas_diagram *diagram, enum casus_paint paint)
{
    diagram->entries = cas_diagram_room(diagram, ENTRIES_MOST, sizeof(*diagram->entries));
    if (!diagram->entries)
        return false;
    add_kinds(diagram, paint);
    add_box(diagram);
    if (diagram->groups)
        add_groups(diagram);
    add_ties(diagram);
    return true;
}
