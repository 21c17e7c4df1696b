/* CSV, a cell at a time. */
#include "report/csv.h"

#include <inttypes.h>
#include <math.h>

#include "base/fault.h"
#include "report/escape.h"

void
cas_csv_init(struct cas_csv *csv, struct casus_output *output)
{
    *csv = (struct cas_csv){.output = output};
    cas_buffer_init(&csv->cell);
}

static void
separate(struct cas_csv *csv)
{
    if (csv->begun)
        casus_output_write(csv->output, ",", 1);
    csv->begun = true;
}

void
cas_csv_text(struct cas_csv *csv, const char *text)
{
    separate(csv);
    cas_buffer_clear(&csv->cell);
    cas_escape_csv(&csv->cell, text ? text : "");
    if (csv->cell.failed)
        csv->failed = true;
    else if (csv->cell.n)
        casus_output_write(csv->output, csv->cell.s, csv->cell.n);
}

void
cas_csv_number(struct cas_csv *csv, double value)
{
    char text[32];
    separate(csv);
    if (isfinite(value))
        casus_output_text(csv->output, cas_number_text(value, text));
}

void
cas_csv_count(struct cas_csv *csv, uint64_t count)
{
    separate(csv);
    casus_output_printf(csv->output, "%" PRIu64, count);
}

void
cas_csv_said(struct cas_csv *csv, struct cas_buffer *text)
{
    csv->failed |= text->failed;
    cas_csv_text(csv, text->n && !text->failed ? text->s : NULL);
    cas_buffer_clear(text);
}

void
cas_csv_skip(struct cas_csv *csv, int count)
{
    while (count-- > 0)
        cas_csv_text(csv, NULL);
}

void
cas_csv_end_row(struct cas_csv *csv)
{
    casus_output_write(csv->output, "\n", 1);
    csv->begun = false;
}

enum casus_status
cas_csv_done(struct cas_csv *csv, struct casus_error *err)
{
    cas_buffer_done(&csv->cell);
    return csv->failed ? cas_fail_memory(err) : CASUS_OK;
}
