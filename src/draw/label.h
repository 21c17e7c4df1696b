/* Names that come from anywhere, made fit for a picture. */
#ifndef CAS_LABEL_H
#define CAS_LABEL_H

#include "base/text.h"

/* One line of plain text: control characters and runs of space become one space, characters that
 * turn the direction of writing are dropped, what XML forbids and bytes that are no UTF-8 become
 * U+FFFD. */
void cas_label_plain(struct cas_buffer *out, const char *text);
/* The same as a label in DOT, which reads \N, \G, \n and &amp; where nobody meant them. Wrapped at
 * spaces near `columns` into at most `lines` lines; what is left over is cut and shown by an
 * ellipsis. `end` closes each line but the last: "\\n" centres, "\\l" sets it left. */
void cas_label_wrap(struct cas_buffer *out, const char *text, unsigned columns, unsigned lines,
                    const char *end);
/* The width of the widest line of such a label to the size of its font, about: in Helvetica, to
 * which most fonts of screens are made. */
double cas_label_width(const char *label);
/* The same of a plain line without escapes. */
double cas_label_line_width(const char *line);
/* Does the text hold letters that are written from right to left? */
bool cas_label_turns(const char *text);
/* An id as a name for DOT, SVG and CSS: letters, digits and '-'; other bytes become _ and two hex
 * digits. Different ids have different keys (long ones by their hash), and none holds "__". */
void cas_label_key(struct cas_buffer *out, const char *id);
/* Text for the inside of an XML element. */
void cas_label_xml(struct cas_buffer *out, const char *text);

#endif
