/* One shortest path between two actors, each of all with the same chance.
 *
 * Searched from both ends at once, each step on the side that has fewer arcs before it, until the
 * two meet (Borassi and Natale 2019, doi:10.1145/3284359). All shortest paths then cross one set of
 * arcs between the sides; one of these is drawn by the paths over it, and from it the way to each
 * end, step by step, by the paths behind each step.
 */
#ifndef CAS_DRAW_PATH_H
#define CAS_DRAW_PATH_H

#include "analysis/centrality/compact.h"
#include "base/random.h"

/* What is reached from one end; nothing between two calls. */
struct cas_side {
    const uint32_t *begin, *ahead;     /* the arcs that it goes along */
    const uint32_t *back_begin, *back; /* the same, the other way */
    uint32_t *level, *queue;
    double *paths;
    uint32_t count, front, hops; /* the front is queue[front .. count), `hops` away */
    uint64_t arcs;               /* that leave the front */
};

struct cas_meeting {
    uint32_t near, far; /* the arc's ends: on the side that goes ahead, and on the other */
    double paths;
};

struct cas_drawing {
    struct cas_side sides[2]; /* from the source; from the target, against the arcs */
    struct cas_meeting *meetings;
    size_t meeting_count, meeting_room;
    bool failed;      /* no memory */
    bool uncountable; /* more paths than a double counts */
};

bool cas_drawing_init(struct cas_drawing *drawing, const struct cas_compact *graph);
void cas_drawing_done(struct cas_drawing *drawing);
/* Add 1 to `counts` of each place between `source` and another `target` on a path drawn. */
void cas_draw_path(struct cas_drawing *drawing, uint32_t source, uint32_t target,
                   struct cas_random *random, uint32_t *counts);

#endif
