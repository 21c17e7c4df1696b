/* Cells as texts, names, lists, numbers, dates. */
#include "read/sheet.h"

#include <stdio.h>

static const struct cas_cell *
cell_of(const struct cas_sheet *sheet, int column)
{
    int cell = sheet->cell_of[column];
    return cell >= 0 && (size_t)cell < sheet->cells.count ? &sheet->cells.cells[cell] : NULL;
}

const char *
cas_sheet_at(const struct cas_sheet *sheet, int column)
{
    const struct cas_cell *cell = cell_of(sheet, column);
    return cell ? cell->at : sheet->record.at;
}

/* A writer of CSV puts ' before what a spreadsheet would take for a formula. */
static struct cas_text
without_guard(struct cas_text text)
{
    size_t quotes = 0;
    while (quotes < text.n && text.s[quotes] == '\'')
        quotes++;
    if (quotes && quotes < text.n && text.s[quotes] && strchr("=+-@\t\r\n", text.s[quotes])) {
        text.s++;
        text.n--;
    }
    return text;
}

static struct cas_text
text_of_cell(struct cas_sheet *sheet, const struct cas_cell *cell)
{
    if (!cell || !cell->n)
        return (struct cas_text){0};
    struct cas_text text = cas_cell_text(cell, sheet->record.arena);
    if (!text.s)
        cas_record_no_memory(&sheet->record);
    return text.n ? without_guard(text) : (struct cas_text){0};
}

struct cas_text
cas_sheet_text(struct cas_sheet *sheet, int column)
{
    return text_of_cell(sheet, cell_of(sheet, column));
}

struct cas_text
cas_sheet_name(struct cas_sheet *sheet, int column)
{
    struct cas_text name = cas_sheet_text(sheet, column);
    cas_check_name(&sheet->record, name);
    return name;
}

struct cas_text
cas_sheet_need(struct cas_sheet *sheet, int column)
{
    struct cas_text name = cas_sheet_name(sheet, column);
    if (!name.s)
        cas_record_problem(&sheet->record, cas_sheet_at(sheet, column), CAS_MSG_MISSING_KEY,
                           "expected something in the column '%s', found nothing",
                           sheet->columns->names[column]);
    return name;
}

bool
cas_sheet_number(struct cas_sheet *sheet, int column, double *out)
{
    char quoted[CAS_QUOTED];
    struct cas_text text = cas_sheet_text(sheet, column);
    if (!text.s)
        return false;
    if (cas_number_read(text.s, text.n, out))
        return true;
    cas_record_problem(&sheet->record, text.at, CAS_MSG_TYPE, "'%s': expected a number, found %s",
                       sheet->columns->names[column], cas_quoted(text, quoted));
    return false;
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool
is_escape(const char *s, const char *end)
{
    return *s == '\\' && s + 1 < end && s[1] && strchr("|\\@ \t", s[1]);
}

/* The element's raw bytes: up to a bar that has no backslash. */
static struct cas_text
cut_element(struct cas_text *rest)
{
    const char *s = rest->s, *end = s + rest->n;
    while (s < end && *s != '|')
        s += is_escape(s, end) ? 2 : 1;
    struct cas_text raw = {rest->s, (size_t)(s - rest->s), rest->at};
    size_t used = raw.n + (s < end);
    rest->s = s < end ? rest->s + used : NULL;
    rest->n -= used;
    return raw;
}

static struct cas_text
trim(struct cas_text raw)
{
    while (raw.n && (raw.s[0] == ' ' || raw.s[0] == '\t')) {
        raw.s++;
        raw.n--;
    }
    while (raw.n && (raw.s[raw.n - 1] == ' ' || raw.s[raw.n - 1] == '\t') &&
           !(raw.n > 1 && is_escape(raw.s + raw.n - 2, raw.s + raw.n)))
        raw.n--;
    return raw;
}

/* Undo the backslashes, and find the first '@' without one. */
static bool
unescape(struct cas_sheet *sheet, struct cas_text raw, struct cas_text *out, size_t *out_mark)
{
    char *to = cas_record_alloc(&sheet->record, raw.n, 1);
    *out = (struct cas_text){to, 0, raw.at};
    *out_mark = 0;
    if (!to)
        return false;
    for (const char *s = raw.s, *end = s + raw.n; s < end; s++) {
        bool escape = is_escape(s, end);
        s += escape;
        to[out->n++] = *s;
        if (!escape && *s == '@' && !*out_mark && out->n > 1)
            *out_mark = out->n;
    }
    return true;
}

bool
cas_sheet_element(struct cas_sheet *sheet, struct cas_text *rest, struct cas_text *out,
                  size_t *out_mark)
{
    if (!rest->s)
        return false;
    const char *begin = rest->s;
    struct cas_text raw = trim(cut_element(rest));
    /* inside of the input where no quotes were undone: an element has a place of its own */
    bool in_place = begin >= sheet->bytes->s && begin < sheet->bytes->s + sheet->bytes->n;
    if (in_place)
        raw.at = raw.s;
    if (!unescape(sheet, raw, out, out_mark))
        return false;
    if (!out->n)
        cas_record_problem(&sheet->record, raw.at, CAS_MSG_EMPTY,
                           "expected something before, between and behind '|', found nothing");
    return true;
}

static size_t
most_elements(struct cas_text list)
{
    size_t count = 1;
    for (size_t i = 0; i < list.n; i++)
        count += list.s[i] == '|';
    return count;
}

struct cas_text *
cas_sheet_names(struct cas_sheet *sheet, int column, size_t *out_count)
{
    struct cas_text rest = cas_sheet_text(sheet, column), name;
    size_t mark;
    *out_count = 0;
    if (!rest.s)
        return NULL;
    struct cas_text *names = cas_record_alloc(&sheet->record, most_elements(rest), sizeof *names);
    while (names && cas_sheet_element(sheet, &rest, &name, &mark)) {
        if (!name.n)
            continue;
        cas_check_name(&sheet->record, name);
        names[(*out_count)++] = name;
    }
    return names;
}

/* --- dates ------------------------------------------------------------------------------------ */

void
cas_read_bound(struct cas_record *record, struct cas_text text, const char *unknown,
               struct casus_date *out_date, uint8_t *out_bound)
{
    if (!text.n || cas_text_is(text, unknown))
        return;
    if (cas_text_is(text, "..")) {
        *out_bound = CASUS_BOUND_OPEN;
        return;
    }
    *out_date = cas_check_date(record, text);
    *out_bound = CASUS_BOUND_DATE;
}

struct casus_period
cas_read_period(struct cas_record *record, struct cas_text text)
{
    struct casus_period period = {.interval = true};
    const char *slash = memchr(text.s, '/', text.n);
    if (!slash) {
        struct casus_date date = cas_check_date(record, text);
        return casus_date_known(date) ? casus_period_of_date(date) : (struct casus_period){0};
    }
    struct cas_text from = {text.s, (size_t)(slash - text.s), text.at};
    struct cas_text until = {slash + 1, text.n - from.n - 1, text.at};
    cas_read_bound(record, from, "", &period.from, &period.from_bound);
    cas_read_bound(record, until, "", &period.until, &period.until_bound);
    cas_check_period(record, text.at, &period);
    return period;
}

struct casus_period
cas_sheet_period(struct cas_sheet *sheet, int column)
{
    struct cas_text text = cas_sheet_text(sheet, column);
    return text.s ? cas_read_period(&sheet->record, text) : (struct casus_period){0};
}

/* --- columns of one's own --------------------------------------------------------------------- */

static void
add_own_value(struct cas_sheet *sheet, struct cas_text text, struct cas_buffer *out)
{
    enum cas_scan found = cas_tape_scan(&sheet->tape, text.s, text.n, true, 0);
    if (found == CAS_SCAN_MEMORY)
        out->failed = true;
    else if (found == CAS_SCAN_OK && sheet->tape.used == text.n && !sheet->tape.flaw_count)
        cas_tape_compact(&sheet->tape, 0, out);
    else
        cas_tape_quote(text, out);
}

struct cas_text
cas_sheet_extra(struct cas_sheet *sheet)
{
    struct cas_buffer buffer;
    cas_buffer_init(&buffer);
    for (size_t i = 0; i < sheet->own_count; i++) {
        const struct cas_own_column *own = &sheet->own[i];
        if (own->cell >= sheet->cells.count)
            continue;
        struct cas_text text = text_of_cell(sheet, &sheet->cells.cells[own->cell]);
        if (!text.s)
            continue;
        if (buffer.n)
            cas_buffer_text(&buffer, ", ");
        cas_tape_quote(own->key, &buffer);
        cas_buffer_text(&buffer, ": ");
        add_own_value(sheet, text, &buffer);
    }
    struct cas_text extra = cas_record_keep(&sheet->record, &buffer);
    cas_buffer_done(&buffer);
    return extra;
}
