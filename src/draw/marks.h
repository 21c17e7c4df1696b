/* What stands out, and which group an actor belongs to: answers of other parts, as a picture needs
 * them. */
#ifndef CAS_MARKS_H
#define CAS_MARKS_H

#include <casus/draw.h>

#include "base/mem.h"

/* Two that face each other through others. */
struct cas_implied {
    uint32_t a, b; /* actors of the graph */
    uint32_t fronts, events;
};

struct cas_marks {
    uint8_t *actors, *ties; /* lit; NULL where nothing is highlighted, which is all of them */
    uint8_t *bold;          /* actors with a bold edge: the focus, cut points */
    uint32_t lit_ties, bold_count;
    struct cas_implied *implied;
    uint32_t implied_count;
    const char *note; /* what is highlighted, for the caption, or NULL */
};

/* False without memory. */
bool cas_marks_make(const struct casus_graph *graph, const struct casus_drawing *drawing,
                    struct cas_arena *arena, struct cas_marks *out);

#endif
