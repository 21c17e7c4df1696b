/* CSV, a cell at a time: RFC 4180 with lines that end in \n. */
#ifndef CAS_CSV_H
#define CAS_CSV_H

#include <casus/output.h>

#include "base/text.h"

/* Failure sticks and shows at cas_csv_done(). */
struct cas_csv {
    struct casus_output *output;
    struct cas_buffer cell;
    bool begun; /* a cell stands in this row already */
    bool failed;
};

void cas_csv_init(struct cas_csv *csv, struct casus_output *output);
void cas_csv_text(struct cas_csv *csv, const char *text); /* NULL: an empty cell */
void cas_csv_number(struct cas_csv *csv, double value);   /* unrounded; not finite: empty */
void cas_csv_count(struct cas_csv *csv, uint64_t count);
/* What `text` holds as one cell, an empty one if nothing; `text` is empty behind it. */
void cas_csv_said(struct cas_csv *csv, struct cas_buffer *text);
void cas_csv_skip(struct cas_csv *csv, int count); /* that many empty cells */
void cas_csv_end_row(struct cas_csv *csv);
/* @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_csv_done(struct cas_csv *csv, struct casus_error *err);

#endif
