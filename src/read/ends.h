/* Where the cells and rows of a text end, found without looking at it byte by byte.
 *
 * Only texts of the common form are taken: quotes stand around whole cells, and inside them doubled;
 * rows end with LF or CR LF; there is no NUL, and what is not ASCII is UTF-8. Whatever is odd stops
 * the search, and is to be read by cells.h, whose fast twin this is.
 *
 * Invariant: ends[i] is the offset of the separator or line feed behind the i-th cell, and the next
 * cell begins at ends[i] + 1, also for i = -1; rows[j] is the number of ends up to and with the j-th
 * row's; no end lies behind `odd`.
 */
#ifndef CAS_READ_ENDS_H
#define CAS_READ_ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Three ways to the same: for any processor, with the bit instructions of newer ones, with registers
 * of 64 bytes. */
enum cas_ends_way { CAS_ENDS_PLAIN, CAS_ENDS_BITS, CAS_ENDS_WIDE };
/* The fastest that this processor has; it has those before it too. */
enum cas_ends_way cas_ends_fastest(void);

struct cas_ends {
    uint32_t *ends, *rows;
    size_t end_count, row_count, room; /* room: the longest text that can be searched */
    size_t odd;                        /* offset from which on nothing is known */
    enum cas_ends_way way;             /* the fastest; another for a test */
    /* where the search stands */
    size_t at, known_utf8;
    uint64_t inside; /* all ones: a quote is open */
    uint64_t
        carried; /* bit 0: the byte before could stand before a quote; 1: it closed one; 2: CR */
};

/* Memory for texts of up to `room` bytes (below 2^32). False without memory. */
bool cas_ends_init(struct cas_ends *ends, size_t room);
void cas_ends_done(struct cas_ends *ends);
/* Begin a search at `begin`: a row begins there, or, if `inside`, lies within a quoted cell. */
void cas_ends_begin(struct cas_ends *ends, size_t begin, bool inside);
/* Search on, up to `n` or to a row that ends at or behind `enough`; text is readable for
 * CAS_MASKED bytes behind `n`. */
void cas_ends_search(struct cas_ends *ends, const char *text, size_t n, char separator,
                     bool no_quotes, size_t enough);

#endif
