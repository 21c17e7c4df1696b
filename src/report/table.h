/* Small tables: columns with a title, rows of cells, drawn as text, Markdown, HTML or CSV.
 *
 * Invariant: cells are kept row by row; a table has whole rows only when it is drawn. Texts are
 * kept as they are given and escaped when drawn, each language by its own rule. Numbers are kept
 * unrounded: CSV prints them so, the others with the decimals that their column asks for.
 */
#ifndef CAS_TABLE_H
#define CAS_TABLE_H

#include <casus/report.h>

#include "base/text.h"

struct cas_column {
    const char *title;
    bool number; /* stands at the right; never cut */
    /* The last column of text only: it takes more lines where it would be cut; where there is no
     * room for that either, it stands below its row, after its title. */
    bool wraps;
};

struct cas_cell {
    size_t text;  /* offset in `texts`, of a text that ends with NUL */
    double value; /* of a number */
    size_t count; /* of a series, which begins at `text` in `series`; else 0 */
    bool number;
};

struct cas_table {
    const struct cas_column *columns; /* borrowed */
    size_t column_count;
    struct cas_cell *cells;
    size_t cell_count, room;
    struct cas_buffer texts;
    double *series;
    size_t series_count, series_room;
    bool failed; /* without memory; sticks */
};

void cas_table_init(struct cas_table *table, const struct cas_column *columns, size_t count);
void cas_table_done(struct cas_table *table);
/* The next cell of the row, or the first of a new one. */
void cas_table_text(struct cas_table *table, const char *text); /* copied; NULL is empty */
void cas_table_number(struct cas_table *table, double value);   /* NaN: not defined */
/* Numbers over time, >= 0 or NaN, drawn as a small line (HTML) or a row of blocks, from 0 to the
 * largest; CSV gets them with | between. At least one. */
void cas_table_series(struct cas_table *table, const double *values, size_t count);
size_t cas_table_rows(const struct cas_table *table);
/* @return CASUS_OK, CASUS_ENOMEM. `width`: columns of the terminal, for text: titles of numbers
 * may take two lines, a wrapping column more or a place below, other texts that are too long
 * end in …, but for series */
enum casus_status cas_table_write(const struct cas_table *table, enum casus_layout layout,
                                  uint32_t width, struct casus_output *output,
                                  struct casus_error *err);

#endif
