/* Places in a text that is read in pieces: a mark moves on and counts lines and characters.
 *
 * A line ends with LF, CR LF or CR. Columns count Unicode characters, from 1; a byte that is no
 * UTF-8 counts one. Counting is done for whole pieces, so that what has no problem costs little.
 */
#ifndef CAS_READ_MARK_H
#define CAS_READ_MARK_H

#include "base/fault.h"

struct cas_mark {
    const char *at;
    struct casus_where where;
};

/* Move to `to`, which lies at or behind the mark in the same memory and before `end`. */
void cas_mark_move(struct cas_mark *mark, const char *to, const char *end);

/* A message shows at most so many bytes of the line before the place, and as many behind it. */
enum { CAS_SHOWN = 600 };

/* Give `fault` its place at `at`: file, line, column, and the line with its caret as far as it
 * lies in [begin, end). The mark lies before `at`, both in that memory. Text and code stay. */
void cas_mark_locate(struct cas_mark mark, const char *at, const char *begin, const char *end,
                     const char *file, struct casus_error *fault);

#endif
