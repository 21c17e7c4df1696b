/* One table of a CSV set: rows whose cells are found by the names of their columns.
 *
 * cell     RFC 4180, separated by the comma (or the semicolon or tab, if the header has more of
 *          those). Empty is absent. One ' before = + - @, a tab or a line break is taken away.
 * list     a|b; \| is a bar, \\ a backslash, \@ an at sign; blanks around an element fall away, but
 *          "\ " is one that stays
 * period   2020-05-02, 2020-05, 2020, or FROM/TO, each a date, '..' (open) or empty (unknown)
 *
 * A column whose name begins with x- is the user's own: its cells are JSON where they read as
 * JSON, else texts. Other columns are of the table's list, or problems.
 */
#ifndef CAS_READ_SHEET_H
#define CAS_READ_SHEET_H

#include "read/cells.h"
#include "read/record.h"
#include "read/tape.h"

/* The columns that a table knows; a bit of `needed` is an index that it cannot do without. */
struct cas_columns {
    const char *const *names;
    size_t count;
    unsigned needed;
};

enum { CAS_COLUMNS = 24 };

struct cas_own_column {
    size_t cell;
    struct cas_text key;
};

struct cas_sheet {
    struct cas_input *input;
    struct cas_bytes *bytes;
    const struct cas_columns *columns;
    struct cas_cells cells;
    struct cas_tape tape;     /* for cells that are JSON */
    int cell_of[CAS_COLUMNS]; /* of a column, or -1 */
    struct cas_own_column *own;
    size_t own_count, width;
    struct cas_record record; /* the row */
    enum casus_status status;
    struct casus_error *err;
};

/* Read the header from the begin of `bytes`. False: nothing can be read (status says why). */
bool cas_sheet_begin(struct cas_sheet *sheet, struct cas_input *input, struct cas_bytes *bytes,
                     const struct cas_columns *columns, struct casus_error *err);
void cas_sheet_done(struct cas_sheet *sheet);
/* The next row; the record stands at it. `keep`: its texts live as long as the input, and the
 * bytes are whole in memory; else until the next row. False: over (status says how). */
bool cas_sheet_next(struct cas_sheet *sheet, bool keep);

/* --- cells of the row, by column; absent where the cell is empty ------------------------------ */

struct cas_text cas_sheet_text(struct cas_sheet *sheet, int column);
/* One that cas_check_name() passes. */
struct cas_text cas_sheet_name(struct cas_sheet *sheet, int column);
/* One that must be there. */
struct cas_text cas_sheet_need(struct cas_sheet *sheet, int column);
struct cas_text *cas_sheet_names(struct cas_sheet *sheet, int column, size_t *out_count);
bool cas_sheet_number(struct cas_sheet *sheet, int column, double *out);
struct casus_period cas_sheet_period(struct cas_sheet *sheet, int column);
/* The row's x- columns, as the inside of a JSON object. */
struct cas_text cas_sheet_extra(struct cas_sheet *sheet);
/* Where a cell stands, or the row where it is absent. */
const char *cas_sheet_at(const struct cas_sheet *sheet, int column);

/* --- texts ------------------------------------------------------------------------------------ */

/* The next element of a list: `rest` loses it. `out_mark` is the offset behind its first '@' that
 * has no backslash (and is not its first byte), or 0. False at the end. */
bool cas_sheet_element(struct cas_sheet *sheet, struct cas_text *rest, struct cas_text *out,
                       size_t *out_mark);
struct casus_period cas_read_period(struct cas_record *record, struct cas_text text);
/* One end of an interval: `open` stands for null, `unknown` for nothing said, else a date. */
void cas_read_bound(struct cas_record *record, struct cas_text text, const char *unknown,
                    struct casus_date *out_date, uint8_t *out_bound);

#endif
