/* What is to be drawn, as plain data: a graph dressed in a theme, with nothing of Graphviz yet.
 *
 * Invariant: all texts are owned by the arena, plain, or fit for where they go (label.h); actors
 * and ties stand in the graph's order; walks up `box` end.
 */
#ifndef CAS_DIAGRAM_H
#define CAS_DIAGRAM_H

#include <casus/draw.h>

#include "base/text.h"
#include "draw/theme.h"

struct cas_drawn_actor {
    const char *key;     /* its name in DOT; its id in SVG is "actor-" and this */
    const char *label;   /* in DOT's escapes */
    const char *tip;     /* who it is, plain */
    const char *classes; /* for CSS */
    const struct cas_shape *shape;
    const char *fill;
    uint32_t box;   /* whose box it stands in beside that actor itself, or CASUS_NONE */
    uint32_t parts; /* actors whose `box` this is; if any, it stands in its own box too */
    uint32_t side;  /* index in `sides`, or CASUS_NONE */
    bool contact;   /* has a tie of attack or support */
};

struct cas_drawn_tie {
    const char *key; /* its id in SVG is "tie-" and this */
    const char *tip, *classes;
    const char *label; /* "×2", or "" */
    const struct cas_stroke *stroke;
    uint32_t from, to;
    double width;
    bool headless;
    bool weak;   /* told by one side only, or by nobody */
    bool ranked; /* tells a layered layout what stands before what */
    bool contact;
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
    bool headless, weak;
    double width;
};

#define CAS_CAPTION_LINES 4

struct cas_diagram {
    struct cas_arena arena;
    const struct cas_theme *theme;
    struct cas_drawn_actor *actors;
    struct cas_drawn_tie *ties;
    struct cas_entry *entries;
    const char **sides; /* those that occur, in byte order; only where sides are painted */
    uint32_t side_count;
    uint32_t actor_count, tie_count, entry_count, caption_count;
    bool boxed;        /* the engine draws boxes */
    bool bare;         /* to be laid out, not to be drawn */
    const char *title; /* plain */
    const char *caption[CAS_CAPTION_LINES];
};

/* Dress a graph. `boxed`: parts stand in boxes. `note` (may be NULL): one more line of caption. `out` is written on
 * success and ends with cas_diagram_done(). */
enum casus_status cas_diagram_build(const struct casus_graph *graph,
                                    const struct casus_drawing *drawing, bool boxed,
                                    const char *note, struct cas_diagram *out,
                                    struct casus_error *err);
/* What a layout needs and no more: shapes, names and who is tied to whom, one tie for the ties of a
 * pair. */
enum casus_status cas_diagram_build_bare(const struct casus_graph *graph, bool boxed,
                                         struct cas_diagram *out, struct casus_error *err);
void cas_diagram_done(struct cas_diagram *diagram);

/* legend.c: only what occurs. False without memory. */
bool cas_legend_build(struct cas_diagram *diagram, const struct casus_graph *graph,
                      enum casus_paint paint);
/* caption.c: title, period, counts, sources, version, note. False without memory. */
bool cas_caption_build(struct cas_diagram *diagram, const struct casus_graph *graph,
                       const struct casus_drawing *drawing, const char *note);
/* tip.c: who an actor is, and what a tie is, in a line of plain text. */
void cas_tip_actor(struct cas_buffer *out, const struct casus_graph *graph, uint32_t actor);
void cas_tip_tie(struct cas_buffer *out, const struct casus_graph *graph, uint32_t tie);
/* Counted things: "1 event", "3 events". */
void cas_tip_count(struct cas_buffer *out, uint64_t count, const char *thing);
/* "2019-03 – 2019-04-22", "2019", "" where nothing is dated. */
void cas_tip_period(struct cas_buffer *out, struct casus_date first, struct casus_date last,
                    bool open);
/* Move a buffer's text into the arena; NULL without memory, the buffer is emptied. */
const char *cas_diagram_keep(struct cas_diagram *diagram, struct cas_buffer *buffer);

#endif
