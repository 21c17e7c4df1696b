/* Pictograms: one a kind of actor, drawn with a pen. */
#ifndef CAS_ICON_H
#define CAS_ICON_H

#include "base/text.h"

#define CAS_ICON_SIZE 11.0 /* points, beside a name of 11 points */
/* What keeps room for a pictogram before each line of a name: five no-break spaces. */
#define CAS_ICON_PAD "\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0"

/* The lines of a pictogram with its middle at (x, y), `size` points wide, as Graphviz writes the
 * course of an edge. `kind` is an enum casus_kind or CASUS_KIND_COUNT, an event. */
void cas_icon_write(struct cas_buffer *out, uint32_t kind, double x, double y, double size);

#endif
