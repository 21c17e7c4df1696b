/* Hostile text made harmless for the language that it is written into.
 *
 * Rule: a name cannot move a cursor, turn the direction of what stands after it, end a cell, open
 * a tag or start a formula. In text, Markdown and HTML what is invisible and has an effect (control
 * characters, direction marks and overrides, line separators, tags) is shown as \u202e; a byte that
 * is no UTF-8 as \xff. CSV is data and keeps every character.
 */
#ifndef CAS_ESCAPE_H
#define CAS_ESCAPE_H

#include <casus/output.h>

#include "base/text.h"

/* For a terminal: one line, nothing but visible characters. */
void cas_escape_text(struct cas_buffer *out, const char *s);
/* Inside a paragraph, list item or cell of Markdown (CommonMark, GitHub's tables). */
void cas_escape_markdown(struct cas_buffer *out, const char *s);
/* Inside an element or a quoted attribute of HTML. */
void cas_escape_html(struct cas_buffer *out, const char *s);
/* A cell of CSV, RFC 4180, quotes where it needs them. A cell that a spreadsheet would take for a
 * formula (= + - @ tab, line break at its begin, after any number of ') gets a ' in front, but for
 * plain numbers; taking one ' away from such a cell gives the text again. */
void cas_escape_csv(struct cas_buffer *out, const char *s);

/* Write text whose lines are broken; no-break spaces become spaces. */
void cas_write_unglued(struct casus_output *output, const char *s, size_t n);

#endif
