/* The next row of a table, and what every row is checked for. */
#ifndef CAS_READ_ROW_H
#define CAS_READ_ROW_H

#include "read/cells.h"
#include "read/record.h"

/* Scan the row at the window's begin; it stays there, whole. *out_row false: there is none, because
 * the bytes end or because nothing behind a fault can be read, which has then been told.
 * @return CASUS_OK; CASUS_EINPUT (the fault, where the policy ends the reading); CASUS_EIO,
 *         CASUS_ENOMEM */
enum casus_status cas_row_scan(struct cas_cells *cells, struct cas_input *input,
                               struct cas_bytes *bytes, bool *out_row, struct casus_error *err);

/* Tell of bytes that are no UTF-8. They spoil the row, not the table. */
void cas_row_check_utf8(struct cas_record *record, const char *s, size_t n);
/* Tell of a NUL. */
void cas_row_check_nul(struct cas_record *record, const char *s, size_t n);

#endif
