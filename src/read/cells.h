/* A scanner for tables: one row becomes cells that borrow from the text. RFC 4180, and what real
 * files add to it: other separators, LF, CR LF or CR at the end of a row, a quote in the middle of
 * a cell, text behind a closing quote, rows of different length (the caller's to judge).
 *
 * Limits: CAS_CELL bytes a cell, CAS_CELLS cells a row (CAS_MSG_LARGE).
 */
#ifndef CAS_READ_CELLS_H
#define CAS_READ_CELLS_H

#include "base/fault.h"
#include "base/text.h"
#include "read/scan.h"

enum { CAS_CELL = 1024 * 1024, CAS_CELLS = 4096 };

struct cas_cell {
    const char *at; /* its first byte, the quote if it has one */
    const char *s;  /* what it holds, in the text */
    size_t n;
    enum { CAS_CELL_PLAIN, CAS_CELL_DOUBLED, CAS_CELL_ODD } form; /* to be unquoted */
};

struct cas_cells {
    char separator;
    bool quotes; /* false: a quote is a character like any other */
    struct cas_cell *cells;
    size_t count, room;
    size_t used; /* bytes of the row and its end */
    enum cas_msg code;
    size_t at; /* of the fault */
};

void cas_cells_init(struct cas_cells *cells, char separator, bool quotes);
void cas_cells_done(struct cas_cells *cells);
/* Scan one row. A blank line is one empty cell.
 * @return CAS_SCAN_OK, _MORE, _END (no byte left), _FAULT (CAS_MSG_QUOTE, _LARGE), _MEMORY */
enum cas_scan cas_cells_scan(struct cas_cells *cells, const char *text, size_t n, bool at_end);
/* Whether the row is a blank line. */
bool cas_cells_blank(const struct cas_cells *cells);
/* The cell's text; from `arena` where quotes had to be undone. s NULL without memory. */
struct cas_text cas_cell_text(const struct cas_cell *cell, struct cas_arena *arena);
/* The one of , ; tab and \x01 that the first line holds most of outside of quotes. */
char cas_cells_separator(const char *text, size_t n);

#endif
