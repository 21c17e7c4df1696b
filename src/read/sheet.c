/* The header, and rows behind it. */
#include "read/sheet.h"

#include <strings.h>

#include "read/row.h"

/* Take over how a record ended. */
static bool
settle(struct cas_sheet *sheet, enum casus_status status)
{
    if (sheet->status == CASUS_OK)
        sheet->status = status;
    return sheet->status == CASUS_OK;
}

/* Scan a row; it stays in the window. */
static bool
scan_row(struct cas_sheet *sheet)
{
    bool row;
    return settle(sheet, cas_row_scan(&sheet->cells, sheet->input, sheet->bytes, &row,
                                      sheet->err)) &&
           row;
}

static void
check_text(struct cas_record *record, const char *s, size_t n)
{
    cas_row_check_utf8(record, s, n);
    cas_row_check_nul(record, s, n);
}

/* --- the header ------------------------------------------------------------------------------- */

static struct cas_text
trimmed(struct cas_text text)
{
    while (text.n && (text.s[0] == ' ' || text.s[0] == '\t')) {
        text.s++;
        text.n--;
    }
    while (text.n && (text.s[text.n - 1] == ' ' || text.s[text.n - 1] == '\t'))
        text.n--;
    return text;
}

static int
find_column(const struct cas_columns *columns, struct cas_text name)
{
    for (size_t i = 0; i < columns->count; i++) {
        const char *known = columns->names[i];
        if (strlen(known) == name.n && strncasecmp(known, name.s, name.n) == 0)
            return (int)i;
    }
    return -1;
}

static void
report_column(struct cas_record *record, const struct cas_columns *columns, struct cas_text name)
{
    char quoted[CAS_QUOTED];
    const char *nearest = cas_text_nearest(name.s, name.n, columns->names, columns->count);
    cas_record_problem(record, name.at, CAS_MSG_COLUMN, "unknown column %s%s%s%s",
                       cas_quoted(name, quoted), nearest ? "; did you mean '" : "",
                       nearest ? nearest : "", nearest ? "'?" : "");
}

static bool
is_own(struct cas_text name)
{
    return name.n >= 2 && name.s[0] == 'x' && name.s[1] == '-';
}

static bool
is_own_already(const struct cas_sheet *sheet, struct cas_text name)
{
    for (size_t i = 0; i < sheet->own_count; i++) {
        if (sheet->own[i].key.n == name.n && memcmp(sheet->own[i].key.s, name.s, name.n) == 0)
            return true;
    }
    return false;
}

static void
add_own(struct cas_sheet *sheet, struct cas_record *record, struct cas_text name, size_t cell)
{
    char *key = cas_arena_text(&sheet->input->kept, name.s, name.n);
    if (!key) {
        cas_record_no_memory(record);
        return;
    }
    sheet->own[sheet->own_count++] = (struct cas_own_column){cell, {key, name.n, NULL}};
}

static void
read_column(struct cas_sheet *sheet, struct cas_record *record, size_t cell)
{
    char quoted[CAS_QUOTED];
    struct cas_text name = cas_cell_text(&sheet->cells.cells[cell], record->arena);
    if (!name.s) {
        cas_record_no_memory(record);
        return;
    }
    name = trimmed(name);
    int column = find_column(sheet->columns, name);
    bool again = column >= 0 ? sheet->cell_of[column] >= 0 : is_own_already(sheet, name);
    if (again)
        cas_record_problem(record, name.at, CAS_MSG_COLUMN, "the column %s stands twice",
                           cas_quoted(name, quoted));
    else if (column >= 0)
        sheet->cell_of[column] = (int)cell;
    else if (is_own(name))
        add_own(sheet, record, name, cell);
    else
        report_column(record, sheet->columns, name);
}

/* Without one of them no row can be read: that is told once, here. */
static bool
has_needed(struct cas_sheet *sheet, struct cas_record *record)
{
    bool whole = true;
    for (size_t i = 0; i < sheet->columns->count; i++) {
        if (!(sheet->columns->needed & 1u << i) || sheet->cell_of[i] >= 0)
            continue;
        whole = false;
        cas_record_problem(record, record->at, CAS_MSG_COLUMN,
                           "expected the column '%s', found none", sheet->columns->names[i]);
    }
    return whole;
}

bool
cas_sheet_begin(struct cas_sheet *sheet, struct cas_input *input, struct cas_bytes *bytes,
                const struct cas_columns *columns, struct casus_error *err)
{
    *sheet = (struct cas_sheet){.input = input, .bytes = bytes, .columns = columns, .err = err};
    cas_cells_init(&sheet->cells, cas_cells_separator(bytes->s, bytes->n), true);
    cas_tape_init(&sheet->tape);
    for (size_t i = 0; i < CAS_COLUMNS; i++)
        sheet->cell_of[i] = -1;
    if (!scan_row(sheet))
        return false;
    struct cas_record record;
    cas_record_begin(&record, input, bytes->s, err);
    check_text(&record, bytes->s, sheet->cells.used);
    sheet->width = sheet->cells.count;
    sheet->own = cas_arena_alloc(&input->kept, sheet->width * sizeof *sheet->own);
    if (!sheet->own)
        return settle(sheet, cas_fail_memory(err));
    for (size_t i = 0; i < sheet->width; i++)
        read_column(sheet, &record, i);
    bool whole = has_needed(sheet, &record);
    cas_bytes_take(bytes, sheet->cells.used);
    return settle(sheet, record.status) && whole;
}

void
cas_sheet_done(struct cas_sheet *sheet)
{
    cas_cells_done(&sheet->cells);
    cas_tape_done(&sheet->tape);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
check_width(struct cas_sheet *sheet)
{
    size_t count = sheet->cells.count;
    if (count == sheet->width)
        return;
    const char *at = count > sheet->width ? sheet->cells.cells[sheet->width].at : sheet->record.at;
    cas_record_problem(&sheet->record, at, CAS_MSG_CELLS, "expected %zu cells, found %zu",
                       sheet->width, count);
}

bool
cas_sheet_next(struct cas_sheet *sheet, bool keep)
{
    struct cas_bytes *bytes = sheet->bytes;
    if (sheet->record.at && !settle(sheet, sheet->record.status))
        return false;
    if (sheet->record.at)
        cas_bytes_take(bytes, sheet->cells.used);
    sheet->record.at = NULL;
    for (;;) {
        if (!scan_row(sheet))
            return false;
        if (!cas_cells_blank(&sheet->cells))
            break;
        cas_bytes_take(bytes, sheet->cells.used);
    }
    cas_record_begin(&sheet->record, sheet->input, bytes->s, sheet->err);
    if (keep)
        sheet->record.arena = &sheet->input->kept;
    check_text(&sheet->record, bytes->s, sheet->cells.used);
    check_width(sheet);
    return true;
}
