/* Graphviz's SVG, made fit for the web; its PDF, made the same every time. */
#ifndef CAS_SVG_H
#define CAS_SVG_H

#include "draw/diagram.h"

/* Titles that say who and what, fonts that exist elsewhere, no comments and no outside reference.
 * Failure shows in `out`. */
void cas_svg_finish(const struct cas_diagram *diagram, const char *svg, size_t n,
                    struct cas_buffer *out);
/* The date of making, overwritten by one that says nothing. */
void cas_pdf_finish(char *pdf, size_t n);

#endif
