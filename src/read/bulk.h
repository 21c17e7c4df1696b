/* Rows of common form in bulk, by several threads.
 *
 * The file is cut into regions; a row belongs to the region in which it begins. Any thread reads a
 * region into a chunk and makes compact events of its rows, with actors by number where their cells
 * were met before. Then, region by region and in order, actors met for the first time are declared
 * and the events go to the sink. So the sink sees what it would see row by row, in the same order,
 * however many threads there are.
 *
 * Whatever is not of the common form (ends.h), or is odd to the format, or has anything to be told
 * of, is read from that row to the region's end as if there were no bulk. The slow way is the twin
 * of this one, and what it does is right.
 */
#ifndef CAS_READ_BULK_H
#define CAS_READ_BULK_H

#include "read/ends.h"
#include "read/keyed.h"
#include "read/rows.h"
#include "read/span.h"

enum { CAS_BULK_ACTORS = CAS_KEYED, CAS_BULK_LOSSES = 4, CAS_BULK_KEY = 512 };

enum cas_bulk_fate {
    CAS_BULK_EVENT,
    CAS_BULK_SKIP, /* `reason` says why */
    CAS_BULK_ODD   /* to be read the slow way */
};

/* A row, and what the format makes of it. */
struct cas_bulk_row {
    const struct cas_rows *rows; /* for cell_of and own: read only */
    const char *text;
    const uint32_t *ends; /* of its cells; ends[-1] + 1 is its begin */
    size_t count;

    const char *reason;
    struct cas_bulk_event event; /* all but from, to and losses */
    /* Bytes that say all that is to be known of the row's actors, from cas_bulk_tell(): where they
     * were met before, nobody asks for its actors one by one. Or none. */
    size_t who_n;
    uint64_t who_hash; /* not the format's */
    char who[CAS_BULK_KEY + 2 * CAS_SPAN_SLACK];
    struct cas_span actors[CAS_BULK_ACTORS]; /* what tells one from others: from, to, a loser */
    struct casus_figure killed[CAS_BULK_LOSSES];
    int8_t losers[CAS_BULK_LOSSES];           /* index in `actors`, or -1: nobody known */
    char keys[CAS_BULK_ACTORS][CAS_BULK_KEY]; /* room for keys of several cells */
};

/* Where the i-th cell begins. */
static inline const char *
cas_bulk_begin(const struct cas_bulk_row *row, size_t i)
{
    return row->text + (uint32_t)(row->ends[(ptrdiff_t)i - 1] + 1);
}

/* The i-th cell of the row, from 0; i < count. */
static inline struct cas_span
cas_bulk_cell(const struct cas_bulk_row *row, size_t i)
{
    const char *begin = cas_bulk_begin(row, i);
    struct cas_span cell = {begin, (size_t)(row->text + row->ends[i] - begin)};
    if (i + 1 == row->count && cell.n && cell.s[cell.n - 1] == '\r')
        cell.n--;
    if (cell.n >= 2 && cell.s[0] == '"' && !row->rows->format->no_quotes) {
        cell.s++;
        cell.n -= 2;
    }
    return cell;
}

/* Cells `first` to `last`, as they stand, say more of who the row's actors are; too many of them
 * say nothing. */
static inline void
cas_bulk_tell(struct cas_bulk_row *row, size_t first, size_t last)
{
    const char *from = cas_bulk_begin(row, first);
    size_t n = (size_t)(row->text + row->ends[last] + 1 - from);
    if (row->who_n + n > CAS_BULK_KEY) {
        row->who_n = CAS_BULK_KEY + 1;
        return;
    }
    for (size_t at = 0; at < n; at += CAS_SPAN_SLACK)
        memcpy(row->who + row->who_n + at, from + at, CAS_SPAN_SLACK);
    row->who_n += n;
}

/* What a format adds to be read in bulk. */
struct cas_rows_bulk {
    const char *space; /* the begin of its events' ids */
    /* What lies in `own` from before the first row on; may be NULL. */
    void (*prepare)(struct cas_rows *rows);
    /* Any thread, before row(): tell who its actors are. May be NULL. */
    void (*who)(struct cas_bulk_row *row);
    /* Any thread. Where it was told who, it need not give `actors`. */
    enum cas_bulk_fate (*row)(struct cas_bulk_row *row);
    /* Any thread, after row(): give one of `actors`. False: the row is odd. May be NULL. */
    bool (*actor)(struct cas_bulk_row *row, int actor);
    /* Declare an actor of the row at hand, as rows_format.row would. @return its id */
    struct cas_text (*declare)(struct cas_rows *rows, int actor);
};

/* Read all rows, from the window's begin on. False: nothing was done, as this cannot be. */
bool cas_bulk_read(struct cas_rows *rows);

#endif
