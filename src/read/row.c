/* Rows out of the window, which is widened until the row is whole. */
#include "read/row.h"

/* After it the table cannot be read on. */
static enum casus_status
tell_fault(const struct cas_cells *cells, struct cas_input *input, const struct cas_bytes *bytes,
           struct casus_error *err)
{
    struct cas_record record;
    const char *at = bytes->s + cells->at;
    cas_record_begin(&record, input, bytes->s, err);
    if (cells->code == CAS_MSG_QUOTE)
        cas_record_problem(&record, at, CAS_MSG_QUOTE,
                           "expected the quote that closes this one, found the end");
    else
        cas_record_problem(&record, at, CAS_MSG_LARGE,
                           "expected cells of at most 1 MiB and 4,096 of them a row, found more");
    return record.status;
}

static enum casus_status
widen(struct cas_cells *cells, struct cas_input *input, struct cas_bytes *bytes, bool *out_fault,
      struct casus_error *err)
{
    if (bytes->n <= CAS_LARGEST)
        return cas_bytes_more(bytes, err);
    cells->code = CAS_MSG_LARGE;
    cells->at = 0;
    *out_fault = true;
    return tell_fault(cells, input, bytes, err);
}

enum casus_status
cas_row_scan(struct cas_cells *cells, struct cas_input *input, struct cas_bytes *bytes,
             bool *out_row, struct casus_error *err)
{
    bool fault = false;
    enum casus_status status = CASUS_OK;
    *out_row = false;
    while (status == CASUS_OK && !fault) {
        switch (cas_cells_scan(cells, bytes->s, bytes->n, bytes->at_end)) {
        case CAS_SCAN_OK: *out_row = true; return CASUS_OK;
        case CAS_SCAN_END: return CASUS_OK;
        case CAS_SCAN_MEMORY: return cas_fail_memory(err);
        case CAS_SCAN_FAULT: return tell_fault(cells, input, bytes, err);
        case CAS_SCAN_MORE: status = widen(cells, input, bytes, &fault, err);
        }
    }
    return status;
}

void
cas_row_check_utf8(struct cas_record *record, const char *s, size_t n)
{
    const char *odd = cas_utf8_fault(s, n);
    if (odd)
        cas_record_problem(record, odd, CAS_MSG_UTF8, "expected UTF-8, found the byte 0x%02X",
                           (unsigned)(unsigned char)*odd);
}

void
cas_row_check_nul(struct cas_record *record, const char *s, size_t n)
{
    const char *nul = memchr(s, '\0', n);
    if (nul)
        cas_record_problem(record, nul, CAS_MSG_NUL, "expected text without U+0000, found one");
}
