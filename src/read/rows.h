/* Tables of data sets: rows that become actors, sources, events and claims.
 *
 * A format is one file, with
 *   1. its columns: an enum of indices, and as many struct cas_rows_column with the names of the
 *      header (any case), in the order of a file without a header if there are such;
 *   2. row(): takes cells with cas_rows_text() and its like, declares actors and sources on each
 *      row (a second declaration is no fault), and gives the event, or cas_rows_skip()s the row;
 *   3. struct cas_rows_format, which holds these;
 *   4. struct cas_reader with the citation and the licence and `table` pointing at 3,
 * and it is one row of the table in reader.c, which knows it by its columns. ged.c is an example.
 *
 * The engine finds the header (behind byte-order marks and preamble lines, before a row of HXL
 * tags), the separator and the columns, reads block by block, tells bad rows as the policy has it,
 * and counts. Cells borrow from the block: all that a row gives lives until the next. A text that
 * is no UTF-8 is taken for Windows-1252, and the cell is counted.
 */
#ifndef CAS_READ_ROWS_H
#define CAS_READ_ROWS_H

#include "read/cells.h"
#include "read/day.h"
#include "read/record.h"

enum { CAS_ROWS_COLUMNS = 160, CAS_ROWS_LOSSES = 8 };

struct cas_rows_column {
    const char *name;
    bool needed; /* without it there is nothing to be read */
};

struct cas_rows;
struct cas_rows_bulk;

struct cas_rows_format {
    const struct cas_rows_column *columns;
    size_t column_count;
    /* The row at hand: problems, skips and what the sink said stand in rows->record. */
    void (*row)(struct cas_rows *rows);
    /* After the last row, or the one that ended the reading (rows->status then says so): gives what
     * waited and frees what is the format's own. May be NULL. */
    void (*end)(struct cas_rows *rows);
    /* Whether the first row is one of a file without header, its cells in the order of `columns`.
     * NULL: there is none without. */
    bool (*headless)(struct cas_rows *rows);
    char separator; /* 0: the one of , ; tab and \x01 that brings out the columns */
    bool no_quotes; /* a quote is a character like any other */
    bool ragged;    /* rows may have more or fewer cells than the header: what lacks is empty */
    const struct cas_rows_bulk *bulk; /* bulk.h; or NULL */
    enum cas_day_order dates;         /* where the order must be guessed */
    const char *advice;               /* where columns that are needed lack; NULL: none */
    size_t own; /* bytes of memory of the format's own, zeroed before the first row */
};

struct cas_rows {
    struct cas_input *input;
    struct cas_bytes *bytes;
    const struct cas_rows_format *format;
    struct cas_cells cells;
    int cell_of[CAS_ROWS_COLUMNS]; /* of a column, or -1 */
    size_t width;                  /* of the header */
    struct cas_record record;      /* the row */
    void *own;
    uint64_t repeated; /* events that the sink had left out before this input */
    enum casus_status status;
    struct casus_error *err;
};

/* How sure it is that a file that begins so is of the format; below 0 without memory. */
int cas_rows_sniff(const struct cas_rows_format *format, const char *head, size_t n);
/* How many of the columns that the format needs the header has, at best; `missing` gets the names
 * of the others and `found` those of the header, each with commas between. For messages. */
size_t cas_rows_nearness(const struct cas_rows_format *format, const char *head, size_t n,
                         struct cas_buffer *missing, struct cas_buffer *found);
enum casus_status cas_rows_read(struct cas_input *input, const struct cas_rows_format *format,
                                struct casus_error *err);

/* --- for bulk.c -------------------------------------------------------------------------------- */

/* Read rows until one begins at or behind that offset of the file. False: reading is over. */
bool cas_rows_read_until(struct cas_rows *rows, uint64_t offset);
/* Take over how something ended. @return whether reading goes on */
bool cas_rows_stop(struct cas_rows *rows, enum casus_status status);

/* --- cells of the row, by column; absent where the cell is empty or the column not there ------- */

/* Without the blanks around it. */
struct cas_text cas_rows_text(struct cas_rows *rows, int column);
/* One that must be there, and may be an id or a name. */
struct cas_text cas_rows_need(struct cas_rows *rows, int column);
/* The cell as it stands, by its index in the row; for what has no header. */
struct cas_text cas_rows_cell(struct cas_rows *rows, size_t cell);
/* A number. False where the cell is empty, or after a problem. */
bool cas_rows_number(struct cas_rows *rows, int column, double *out);
/* A whole number; `otherwise` where the cell is empty, or after a problem. */
int64_t cas_rows_whole(struct cas_rows *rows, int column, int64_t otherwise);
/* A count of people; -1 where the cell is empty or below zero ("unknown" in several data sets). */
int64_t cas_rows_count(struct cas_rows *rows, int column);
/* A date as day.h reads it; unknown where the cell is empty, or after a problem. */
struct casus_date cas_rows_date(struct cas_rows *rows, int column);
/* A list: its elements without the blanks around them, empty ones left out. NULL for none. */
struct cas_text *cas_rows_list(struct cas_rows *rows, struct cas_text list, char separator,
                               size_t *out_count);
/* Where a cell stands, or the row where there is none: for cas_record_problem(). */
const char *cas_rows_at(const struct cas_rows *rows, int column);

/* --- making records --------------------------------------------------------------------------- */

/* "ucdp:144" of "ucdp:" and "144"; absent where `text` is. */
struct cas_text cas_rows_id(struct cas_rows *rows, const char *prefix, struct cas_text text);
/* An event of a listed type, with its relation and direction, and nothing else. */
struct cas_rec_event cas_rows_event_of(const char *type);
/* The place's name and degrees; both degrees 0 are nowhere. */
void cas_rows_place(struct cas_rows *rows, struct cas_rec_event *event, int name, int lat, int lon);
/* The event is reported by a source whose name is its id, in the source's own voice; by nobody where
 * `name` is absent. */
void cas_rows_told_by(struct cas_rows *rows, struct cas_rec_event *event, struct cas_text name);
/* From the first to the last possible day: all of a month or a year is that month or year. */
struct casus_period cas_period_between(struct casus_date from, struct casus_date until);
struct casus_period cas_rows_period(struct cas_rows *rows, int from, int until);
/* Whether anybody has use for sources, notes, claimants and places: a sink that folds has not, but
 * an event must bring as many claims as it would otherwise. */
bool cas_rows_keeps(const struct cas_rows *rows);

void cas_rows_actor(struct cas_rows *rows, struct cas_rec_actor *actor);
void cas_rows_source(struct cas_rows *rows, struct cas_rec_source *source);
/* One of an id that stands already, in this file or another, is left out and counted. */
void cas_rows_event(struct cas_rows *rows, struct cas_rec_event *event);
/* The row is no event. `reason` is a literal and reads behind a number ("without a second actor"). */
void cas_rows_skip(struct cas_rows *rows, const char *reason);

#endif
