/* Where the count of a tie stands: on its line, clear of actors and of other counts. */
#ifndef CAS_COUNT_H
#define CAS_COUNT_H

#include "base/mem.h"
#include "draw/area.h"

#define CAS_COUNT_SIZE 9.5 /* points */

/* What is taken: actors first, then each count that was placed. */
struct cas_areas {
    struct cas_area *at;
    size_t count, room;
};

/* Find a place for `text` on a line given as Graphviz writes it ("e,x,y x,y x,y x,y x,y"): the
 * middle if it is free, else as near to it as may be. The place is added to `taken` and written
 * to `out`. False where no part of the line is free, or without memory. */
bool cas_count_place(const char *line, const char *text, struct cas_areas *taken,
                     struct cas_area *out);

#endif
