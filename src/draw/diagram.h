/* What is to be drawn, as plain data: a graph dressed in a theme, with nothing of Graphviz yet.
 *
 * Invariant: all texts are owned by the arena, plain, or fit for where they go (label.h); actors
 * and ties stand in the graph's order, ties that are implied last; walks up `box` end and have at
 * most CAS_BOXES_MOST steps.
 */
#ifndef CAS_DIAGRAM_H
#define CAS_DIAGRAM_H

#include <casus/draw.h>
#include <casus/windows.h>

#include "base/text.h"
#include "draw/choice.h"
#include "draw/marks.h"
#include "draw/theme.h"

#define CAS_BOXES_MOST 6 /* boxes in each other; what is deeper stands in the innermost */

/* Of more actors than this, only those of most events are drawn with their names. */
#define CAS_NAMED_ALL  300
#define CAS_NAMED_MOST 150

#define CAS_KIND_EVENT CASUS_KIND_COUNT /* of a node that is no actor but an event */

struct cas_drawn_actor {
    const char *key;     /* its name in DOT; its id in SVG is "actor-" and this */
    const char *label;   /* in DOT's escapes */
    const char *tip;     /* who it is, plain */
    const char *classes; /* for CSS */
    const struct cas_shape *shape;
    const char *fill, *border, *ink;
    uint32_t index; /* in the graph; of an event, in the dossier */
    uint32_t kind;  /* enum casus_kind or CAS_KIND_EVENT */
    uint32_t box;   /* whose box it stands in beside that actor itself, or CASUS_NONE */
    uint32_t parts; /* actors whose `box` this is; if any, it stands in its own box too */
    uint32_t group; /* index in `groups`, or CASUS_NONE */
    bool contact;   /* has a tie of attack or support */
    bool bold;
    bool small; /* without its name: there are too many */
    bool weak;  /* of an event: told by one side only */
};

struct cas_drawn_tie {
    const char *key; /* its id in SVG is "tie-" and this */
    const char *tip, *classes;
    const char *label; /* "×2", or "" */
    const struct cas_stroke *stroke;
    const char *colour, *head;
    enum casus_relation relation;
    uint32_t from, to;
    uint32_t events;
    double width;
    bool headless;
    bool weak;   /* told by one side only, or by nobody */
    bool ranked; /* tells a layered layout what stands before what */
    bool contact;
    bool faint;   /* others are highlighted */
    bool implied; /* no tie: two that face each other through others */
};

enum cas_entry_of {
    CAS_ENTRY_HEAD,  /* a heading */
    CAS_ENTRY_SHAPE, /* an actor's shape and fill */
    CAS_ENTRY_LINE,  /* a tie */
    CAS_ENTRY_BOX,   /* an actor and its parts */
    CAS_ENTRY_MARK   /* a text beside a tie */
};

/* One row of the legend. */
struct cas_entry {
    enum cas_entry_of of;
    const char *text, *mark;
    const struct cas_shape *shape;
    const char *fill;
    const struct cas_stroke *stroke;
    const char *colour, *head; /* of a line */
    uint32_t kind;             /* whose pictogram is shown; CASUS_NONE: none */
    bool headless;
    double width;
};

#define CAS_CAPTION_LINES 8

struct cas_diagram {
    struct cas_arena arena;
    const struct cas_theme *theme;
    struct cas_drawn_actor *actors;
    struct cas_drawn_tie *ties;
    struct cas_entry *entries;
    const char **groups; /* sides or blocs that occur; only where they are painted */
    const char *group_head, *group_none;
    uint32_t group_count;
    uint32_t actor_count, tie_count, entry_count, caption_count;
    bool boxed;        /* the engine draws boxes */
    bool bare;         /* to be laid out, not to be drawn */
    const char *title; /* plain */
    const char *caption[CAS_CAPTION_LINES];
};

/* One of several pictures of the same actors, each in its place: the ties of a window. */
struct cas_frame {
    const struct casus_graph *graph; /* of the window; its actors are some of the whole's */
    const struct casus_window *window;
    uint32_t number, count; /* the window's, from 1 */
};

/* How to dress a graph. */
struct cas_dressing {
    const struct casus_drawing *drawing;
    const struct cas_theme *theme;
    const struct cas_marks *marks;
    const struct cas_choice *choice;
    const char *note;              /* one more line of caption, or NULL */
    bool boxed;                    /* parts stand in boxes */
    bool icons;                    /* names leave room for pictograms */
    const struct cas_frame *frame; /* whose ties are drawn in place of the graph's, or NULL */
};

/* Dress what is chosen of a graph. `out` is written on success and ends with cas_diagram_done(). */
enum casus_status cas_diagram_build(const struct casus_graph *graph,
                                    const struct cas_dressing *dressing, struct cas_diagram *out,
                                    struct casus_error *err);
/* What a layout needs and no more: shapes, names and who is tied to whom. */
enum casus_status cas_diagram_build_bare(const struct casus_graph *graph, bool boxed,
                                         struct cas_diagram *out, struct casus_error *err);
void cas_diagram_done(struct cas_diagram *diagram);

/* legend.c: only what occurs. False without memory. */
bool cas_legend_build(struct cas_diagram *diagram, enum casus_paint paint);
/* caption.c: title, period, counts, sources, version, notes. False without memory. */
bool cas_caption_build(struct cas_diagram *diagram, const struct casus_graph *graph,
                       const struct cas_dressing *dressing);
/* tip.c: who an actor is, and what a tie is, in a line of plain text. */
void cas_tip_actor(struct cas_buffer *out, const struct casus_graph *graph, uint32_t actor);
void cas_tip_tie(struct cas_buffer *out, const struct casus_graph *graph, uint32_t tie);
/* Counted things: "1 event", "3 events". */
void cas_tip_count(struct cas_buffer *out, uint64_t count, const char *thing);
/* "2019-03 – 2019-04-22", "2019", "" where nothing is dated. */
void cas_tip_period(struct cas_buffer *out, struct casus_date first, struct casus_date last,
                    bool open);
/* A line of caption, if it is not empty; the last lines: sources (or NULL) and version. */
bool cas_caption_add(struct cas_diagram *diagram, struct cas_buffer *buffer);
bool cas_caption_end(struct cas_diagram *diagram, const char *sources);
/* Move a buffer's text into the arena; NULL without memory, the buffer is emptied. */
const char *cas_diagram_keep(struct cas_diagram *diagram, struct cas_buffer *buffer);
/* Zeroed room in the arena, for one more than `count`; NULL without memory. */
void *cas_diagram_room(struct cas_diagram *diagram, size_t count, size_t size);

#endif
