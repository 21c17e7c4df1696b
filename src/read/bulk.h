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
#include "read/rows.h"

enum { CAS_BULK_ACTORS = 3, CAS_BULK_LOSSES = 4, CAS_BULK_KEY = 512 };

enum cas_bulk_fate {
    CAS_BULK_EVENT,
    CAS_BULK_SKIP, /* `reason` says why */
    CAS_BULK_ODD   /* to be read the slow way */
};

/* A cell without its quotes; doubled ones inside are as they stand. */
struct cas_span {
    const char *s;
    size_t n;
};

/* A row, and what the format makes of it. */
struct cas_bulk_row {
    const struct cas_rows *rows; /* for cell_of and own: read only */
    const char *text;
    const uint32_t *ends; /* of its cells */
    size_t begin, count;

    const char *reason;
    struct cas_bulk_event event;             /* all but from, to and losses */
    struct cas_span actors[CAS_BULK_ACTORS]; /* what tells one from others: from, to, a loser */
    struct casus_figure killed[CAS_BULK_LOSSES];
    int8_t losers[CAS_BULK_LOSSES];           /* index in `actors`, or -1: nobody known */
    char keys[CAS_BULK_ACTORS][CAS_BULK_KEY]; /* room for keys of several cells */
};

/* The i-th cell of the row, from 0; i < count. */
static inline struct cas_span
cas_bulk_cell(const struct cas_bulk_row *row, size_t i)
{
    size_t begin = i ? row->ends[i - 1] + 1 : row->begin, end = row->ends[i];
    struct cas_span cell = {row->text + begin, end - begin};
    if (i + 1 == row->count && cell.n && cell.s[cell.n - 1] == '\r')
        cell.n--;
    if (cell.n >= 2 && cell.s[0] == '"' && !row->rows->format->no_quotes) {
        cell.s++;
        cell.n -= 2;
    }
    return cell;
}

/* What a format adds to be read in bulk. */
struct cas_rows_bulk {
    const char *space; /* the begin of its events' ids */
    /* What lies in `own` from before the first row on; may be NULL. */
    void (*prepare)(struct cas_rows *rows);
    /* Any thread. */
    enum cas_bulk_fate (*row)(struct cas_bulk_row *row);
    /* Declare an actor of the row at hand, as rows_format.row would. @return its id */
    struct cas_text (*declare)(struct cas_rows *rows, int actor);
};

/* Read all rows, from the window's begin on. False: nothing was done, as this cannot be. */
bool cas_bulk_read(struct cas_rows *rows);

/* --- cells that need no look at their neighbours ----------------------------------------------- */

/* Digits alone, at most `most` of them. */
bool cas_span_whole(struct cas_span cell, size_t most, uint64_t *out);
/* YYYYMMDD, or YYYY-MM-DD and perhaps a time; of the calendar. */
bool cas_span_day(struct cas_span cell, struct casus_date *out);
/* A plain decimal number of at most that size, or nothing. */
bool cas_span_degrees(struct cas_span cell, unsigned most);
/* Whether something is in it when it is trimmed. False: that must be looked at. */
bool cas_span_shown(struct cas_span cell, bool *out_there);
/* Neither begins nor ends with what is trimmed from texts. */
bool cas_span_trimmed(struct cas_span cell);

#endif
