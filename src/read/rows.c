/* Header, columns and rows of a table. Cells become values in rows_value.c. */
#include "read/rows.h"

#include <strings.h>

#include "read/bulk.h"
#include "read/row.h"

/* A preamble is no longer than this; no header is looked for in more bytes than that. */
enum { PREAMBLE = 20, HEAD = 64 * 1024 };

static const char separators[] = {',', '\t', ';', '\x01'};
enum { SEPARATORS = sizeof separators };

/* Take over how a record ended. */
static bool
settle(struct cas_rows *rows, enum casus_status status)
{
    if (rows->status == CASUS_OK)
        rows->status = status;
    return rows->status == CASUS_OK;
}

/* --- the header ------------------------------------------------------------------------------- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"';
}

/* The name in a cell of the header, without what may stand around it. */
static struct cas_text
name_of(const struct cas_cell *cell)
{
    struct cas_text name = {cell->s, cell->n, cell->at};
    while (name.n >= 3 && memcmp(name.s, "\xEF\xBB\xBF", 3) == 0) {
        name.s += 3;
        name.n -= 3;
    }
    while (name.n && is_blank(name.s[0])) {
        name.s++;
        name.n--;
    }
    while (name.n && is_blank(name.s[name.n - 1]))
        name.n--;
    return name;
}

static int
find_column(const struct cas_rows_format *format, struct cas_text name)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const char *known = format->columns[i].name;
        if (strlen(known) == name.n && strncasecmp(known, name.s, name.n) == 0)
            return (int)i;
    }
    return -1;
}

/* Where the row of cells has each column; of a name that stands twice the first.
 * @return how many columns it has */
static size_t
map_columns(struct cas_rows *rows)
{
    size_t found = 0;
    for (size_t i = 0; i < CAS_ROWS_COLUMNS; i++)
        rows->cell_of[i] = -1;
    for (size_t i = 0; i < rows->cells.count; i++) {
        int column = find_column(rows->format, name_of(&rows->cells.cells[i]));
        if (column < 0 || rows->cell_of[column] >= 0)
            continue;
        rows->cell_of[column] = (int)i;
        found++;
    }
    return found;
}

static size_t
count_needed(const struct cas_rows *rows, size_t *out_all)
{
    size_t found = 0, all = 0;
    for (size_t i = 0; i < rows->format->column_count; i++) {
        all += rows->format->columns[i].needed;
        found += rows->format->columns[i].needed && rows->cell_of[i] >= 0;
    }
    *out_all = all;
    return found;
}

static bool
is_header(const struct cas_rows *rows)
{
    size_t all;
    return count_needed(rows, &all) == all && all;
}

/* Cells in the order of the columns. */
static void
map_in_order(struct cas_rows *rows)
{
    for (size_t i = 0; i < CAS_ROWS_COLUMNS; i++)
        rows->cell_of[i] = i < rows->format->column_count ? (int)i : -1;
}

/* What looking for a header among the first rows of a text found out. */
struct search {
    char separator;
    bool header, headless, no_memory;
    size_t at, used;      /* of the header */
    size_t needed, known; /* columns of the best row */
    size_t best;          /* that row's offset */
};

static void
look_at_row(struct cas_rows *rows, struct search *search, size_t at)
{
    size_t all, known = map_columns(rows), needed = count_needed(rows, &all);
    if (needed > search->needed || (needed == search->needed && known > search->known)) {
        search->needed = needed;
        search->known = known;
        search->best = at;
    }
    search->header = is_header(rows);
    search->at = at;
    search->used = rows->cells.used;
}

static void
search_with(struct cas_rows *rows, char separator, const char *text, size_t n, bool at_end,
            struct search *search)
{
    size_t at = 0;
    *search = (struct search){.separator = separator};
    rows->cells.separator = separator;
    for (int row = 0; row < PREAMBLE && !search->header; row++) {
        enum cas_scan found = cas_cells_scan(&rows->cells, text + at, n - at, at_end);
        search->no_memory = found == CAS_SCAN_MEMORY;
        if (found != CAS_SCAN_OK)
            return;
        if (row == 0 && rows->format->headless) {
            map_in_order(rows);
            search->headless = rows->format->headless(rows);
            if (search->headless)
                return;
        }
        look_at_row(rows, search, at);
        at += rows->cells.used;
    }
}

/* The separator that brings out a header, else the most of one. */
static struct search
search_header(struct cas_rows *rows, const char *text, size_t n, bool at_end)
{
    struct search best = {0}, one;
    for (size_t i = 0; i < SEPARATORS; i++) {
        char separator = rows->format->separator ? rows->format->separator : separators[i];
        search_with(rows, separator, text, n < HEAD ? n : HEAD, at_end && n <= HEAD, &one);
        if (!i || one.header || one.headless || one.needed > best.needed)
            best = one;
        if (one.header || one.headless || rows->format->separator)
            break;
    }
    rows->cells.separator = best.separator;
    return best;
}

static void
init(struct cas_rows *rows, const struct cas_rows_format *format)
{
    *rows = (struct cas_rows){.format = format};
    cas_cells_init(&rows->cells, ',', !format->no_quotes);
}

int
cas_rows_sniff(const struct cas_rows_format *format, const char *head, size_t n)
{
    struct cas_rows rows;
    if (n && (head[0] == '{' || head[0] == '['))
        return 0;
    init(&rows, format);
    struct search search = search_header(&rows, head, n, n < HEAD);
    cas_cells_done(&rows.cells);
    if (search.no_memory)
        return -1;
    if (search.header)
        return 50 + (int)(49 * search.known / format->column_count);
    return search.headless ? 40 : 0;
}

static void
add_name(struct cas_buffer *out, struct cas_text name)
{
    if (out->n)
        cas_buffer_text(out, ", ");
    cas_buffer_add(out, name.s, name.n);
}

size_t
cas_rows_nearness(const struct cas_rows_format *format, const char *head, size_t n,
                  struct cas_buffer *missing, struct cas_buffer *found)
{
    struct cas_rows rows;
    init(&rows, format);
    struct search search = search_header(&rows, head, n, n < HEAD);
    size_t left = (n < HEAD ? n : HEAD) - search.best;
    if (cas_cells_scan(&rows.cells, head + search.best, left, n < HEAD) == CAS_SCAN_OK) {
        map_columns(&rows);
        for (size_t i = 0; i < format->column_count; i++)
            if (format->columns[i].needed && rows.cell_of[i] < 0)
                add_name(missing, cas_text_of(format->columns[i].name));
        for (size_t i = 0; i < rows.cells.count; i++)
            add_name(found, name_of(&rows.cells.cells[i]));
    }
    cas_cells_done(&rows.cells);
    return search.needed;
}

/* --- the begin -------------------------------------------------------------------------------- */

static bool
scan_row(struct cas_rows *rows)
{
    bool row;
    return settle(rows, cas_row_scan(&rows->cells, rows->input, rows->bytes, &row, rows->err)) &&
           row;
}

/* Without the columns that it needs no row can be read: that is told once. */
static void
tell_missing(struct cas_rows *rows, const struct search *search)
{
    struct cas_record record;
    struct cas_buffer missing, found;
    const char *text = rows->bytes->s;
    cas_record_begin(&record, rows->input, text + search->best, rows->err);
    cas_buffer_init(&missing);
    cas_buffer_init(&found);
    cas_rows_nearness(rows->format, text, rows->bytes->n, &missing, &found);
    if (missing.failed || found.failed)
        cas_record_no_memory(&record);
    else
        cas_record_problem(&record, text + search->best, CAS_MSG_COLUMN,
                           "expected the columns %.100s; found %.90s", missing.n ? missing.s : "?",
                           found.n ? found.s : "none");
    cas_buffer_done(&missing);
    cas_buffer_done(&found);
    settle(rows, record.status);
}

/* Tags of the Humanitarian Exchange Language: #date+start, #geo+lat, … */
static bool
is_hxl(const struct cas_rows *rows)
{
    size_t tags = 0;
    for (size_t i = 0; i < rows->cells.count; i++) {
        struct cas_text name = name_of(&rows->cells.cells[i]);
        if (name.n && name.s[0] != '#')
            return false;
        tags += name.n != 0;
    }
    return tags != 0;
}

static bool
skip_hxl(struct cas_rows *rows)
{
    bool row = scan_row(rows);
    if (row && is_hxl(rows))
        cas_bytes_take(rows->bytes, rows->cells.used);
    return rows->status == CASUS_OK;
}

/* False: nothing can be read. */
static bool
read_header(struct cas_rows *rows)
{
    struct cas_bytes *bytes = rows->bytes;
    if (!settle(rows, cas_bytes_widen(bytes, HEAD, rows->err)))
        return false;
    struct search search = search_header(rows, bytes->s, bytes->n, bytes->at_end);
    if (search.no_memory)
        return settle(rows, cas_fail_memory(rows->err));
    if (search.headless) {
        rows->width = rows->cells.count;
        map_in_order(rows);
        return true;
    }
    if (!search.header) {
        tell_missing(rows, &search);
        return false;
    }
    cas_bytes_take(bytes, search.at);
    if (!scan_row(rows))
        return false;
    map_columns(rows);
    rows->width = rows->cells.count;
    cas_bytes_take(bytes, rows->cells.used);
    return skip_hxl(rows);
}

static bool
begin(struct cas_rows *rows, struct cas_input *input, const struct cas_rows_format *format,
      struct casus_error *err)
{
    init(rows, format);
    rows->input = input;
    rows->bytes = &input->bytes;
    rows->err = err;
    rows->repeated = input->sink->repeated;
    rows->own = cas_zalloc(1, format->own);
    return rows->own ? read_header(rows) : settle(rows, cas_fail_memory(err));
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
check_width(struct cas_rows *rows)
{
    size_t count = rows->cells.count;
    if (count == rows->width || rows->format->ragged)
        return;
    const char *at = count > rows->width ? rows->cells.cells[rows->width].at : rows->record.at;
    cas_record_problem(&rows->record, at, CAS_MSG_CELLS, "expected %zu cells, found %zu",
                       rows->width, count);
}

/* One record a row, whatever it becomes. A row that is no row of the table is not looked into. */
static void
read_row(struct cas_rows *rows)
{
    struct cas_input *input = rows->input;
    uint64_t before = input->seen.records, out_before = input->seen.left_out;
    cas_record_begin(&rows->record, input, rows->bytes->s, rows->err);
    cas_row_check_nul(&rows->record, rows->bytes->s, rows->cells.used);
    check_width(rows);
    if (!rows->record.bad)
        rows->format->row(rows);
    input->seen.records = before + 1;
    input->seen.left_out = out_before + rows->record.bad;
    settle(rows, rows->record.status);
}

static bool
read_one(struct cas_rows *rows)
{
    if (rows->status != CASUS_OK || !scan_row(rows))
        return false;
    if (!cas_cells_blank(&rows->cells))
        read_row(rows);
    cas_bytes_take(rows->bytes, rows->cells.used);
    return true;
}

bool
cas_rows_read_until(struct cas_rows *rows, uint64_t offset)
{
    while (cas_bytes_offset(rows->bytes) < offset)
        if (!read_one(rows))
            return false;
    return rows->status == CASUS_OK;
}

bool
cas_rows_stop(struct cas_rows *rows, enum casus_status status)
{
    return settle(rows, status);
}

static void
read_rows(struct cas_rows *rows)
{
    if (cas_bulk_read(rows))
        return;
    while (read_one(rows))
        continue;
}

/* What waited has been counted as rows. */
static void
finish(struct cas_rows *rows)
{
    struct cas_input *input = rows->input;
    uint64_t before = input->seen.records;
    cas_record_begin(&rows->record, input, rows->bytes->s, rows->err);
    rows->format->end(rows);
    input->seen.records = before;
    settle(rows, rows->record.status);
}

enum casus_status
cas_rows_read(struct cas_input *input, const struct cas_rows_format *format,
              struct casus_error *err)
{
    struct cas_rows rows;
    if (begin(&rows, input, format, err))
        read_rows(&rows);
    if (rows.own && format->end)
        finish(&rows);
    cas_input_skip(&input->seen, "of an event that stands already",
                   input->sink->repeated - rows.repeated);
    cas_cells_done(&rows.cells);
    cas_free(rows.own);
    return rows.status;
}

/* --- to the sink ------------------------------------------------------------------------------ */

static struct cas_text
raw_row(const struct cas_rows *rows)
{
    return (struct cas_text){rows->record.at, rows->cells.used, rows->record.at};
}

void
cas_rows_actor(struct cas_rows *rows, struct cas_rec_actor *actor)
{
    actor->at = raw_row(rows);
    actor->again = true;
    enum casus_status status = cas_record_actor(&rows->record, actor);
    if (rows->record.status == CASUS_OK)
        rows->record.status = status;
}

void
cas_rows_source(struct cas_rows *rows, struct cas_rec_source *source)
{
    source->at = raw_row(rows);
    source->again = true;
    enum casus_status status = cas_record_source(&rows->record, source);
    if (rows->record.status == CASUS_OK)
        rows->record.status = status;
}

void
cas_rows_event(struct cas_rows *rows, struct cas_rec_event *event)
{
    event->at = raw_row(rows);
    event->again = true;
    enum casus_status status = cas_record_event(&rows->record, event);
    if (rows->record.status == CASUS_OK)
        rows->record.status = status;
}

void
cas_rows_skip(struct cas_rows *rows, const char *reason)
{
    cas_input_skip(&rows->input->seen, reason, 1);
}
