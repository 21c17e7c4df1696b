/* What of a graph is drawn: all of it, or its backbone. */
#ifndef CAS_CHOICE_H
#define CAS_CHOICE_H

#include "draw/marks.h"

/* More actors, or more pairs of them with ties, than a page can show. */
#define CAS_CHOICE_ACTORS 60
#define CAS_CHOICE_PAIRS  150

/* Actors and ties that are drawn, by their indices in the graph, ascending. */
struct cas_choice {
    uint32_t *actors, *ties;
    uint32_t *drawn; /* of each actor of the graph: its place in `actors`, or CASUS_NONE */
    uint32_t actor_count, tie_count;
    uint32_t pairs, standing_out; /* of a backbone: pairs kept, of these by the filter */
    bool backbone;
};

/* All of it in `arena`. False without memory. */
bool cas_choice_all(const struct casus_graph *graph, struct cas_arena *arena,
                    struct cas_choice *out);
bool cas_choice_make(const struct casus_graph *graph, const struct casus_drawing *drawing,
                     const struct cas_marks *marks, struct cas_arena *arena,
                     struct cas_choice *out);

#endif
