/* Cells of a data set as texts, numbers and dates, and the records that are made of them.
 */
#include <math.h>

#include "read/rows.h"

/* --- texts ------------------------------------------------------------------------------------ */

/* What the bytes 0x80 to 0x9F mean in Windows-1252; the five that mean nothing are U+FFFD. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

static char *
put_character(char *out, unsigned c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

static struct cas_text
recode(struct cas_rows *rows, struct cas_text text)
{
    char *out = cas_arena_alloc(rows->record.arena, text.n * 3), *to = out;
    if (!out) {
        cas_record_no_memory(&rows->record);
        return (struct cas_text){0};
    }
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        to = put_character(to, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
    }
    rows->input->seen.recoded++;
    return (struct cas_text){out, (size_t)(to - out), text.at};
}

/* The bytes of a blank at s: a space, a tab, a line break, a no-break space (C2 A0). 0: none. */
static size_t
blank_at(const char *s, size_t n)
{
    if (n && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n'))
        return 1;
    return n >= 2 && memcmp(s, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static struct cas_text
trim(struct cas_text text)
{
    size_t blank;
    while ((blank = blank_at(text.s, text.n))) {
        text.s += blank;
        text.n -= blank;
    }
    for (;;) {
        if (text.n && blank_at(text.s + text.n - 1, 1))
            text.n--;
        else if (text.n >= 2 && blank_at(text.s + text.n - 2, 2) == 2)
            text.n -= 2;
        else
            return text;
    }
}

static struct cas_text
text_of_cell(struct cas_rows *rows, const struct cas_cell *cell)
{
    struct cas_text text = cas_cell_text(cell, rows->record.arena);
    if (!text.s)
        cas_record_no_memory(&rows->record);
    if (text.n && cas_utf8_fault(text.s, text.n))
        text = recode(rows, text);
    if (text.n)
        text = trim(text);
    return text.n ? text : (struct cas_text){0};
}

struct cas_text
cas_rows_cell(struct cas_rows *rows, size_t cell)
{
    if (cell >= rows->cells.count || !rows->cells.cells[cell].n)
        return (struct cas_text){0};
    return text_of_cell(rows, &rows->cells.cells[cell]);
}

struct cas_text
cas_rows_text(struct cas_rows *rows, int column)
{
    int cell = rows->cell_of[column];
    return cell >= 0 ? cas_rows_cell(rows, (size_t)cell) : (struct cas_text){0};
}

struct cas_text
cas_rows_need(struct cas_rows *rows, int column)
{
    struct cas_text text = cas_rows_text(rows, column);
    if (!text.s)
        cas_record_problem(&rows->record, cas_rows_at(rows, column), CAS_MSG_MISSING_KEY,
                           "expected something in the column '%s', found nothing",
                           rows->format->columns[column].name);
    cas_check_name(&rows->record, text);
    return text;
}

const char *
cas_rows_at(const struct cas_rows *rows, int column)
{
    int cell = rows->cell_of[column];
    return cell >= 0 && (size_t)cell < rows->cells.count ? rows->cells.cells[cell].at
                                                         : rows->record.at;
}

static size_t
count_elements(struct cas_text list, char separator)
{
    size_t count = list.n != 0;
    for (size_t i = 0; i < list.n; i++)
        count += list.s[i] == separator;
    return count;
}

struct cas_text *
cas_rows_list(struct cas_rows *rows, struct cas_text list, char separator, size_t *out_count)
{
    size_t room = count_elements(list, separator);
    *out_count = 0;
    struct cas_text *elements =
        room ? cas_record_alloc(&rows->record, room, sizeof *elements) : NULL;
    for (size_t at = 0; elements && at <= list.n;) {
        const char *s = list.s + at, *end = memchr(s, separator, list.n - at);
        size_t n = end ? (size_t)(end - s) : list.n - at;
        struct cas_text element = trim((struct cas_text){s, n, list.at});
        if (element.n)
            elements[(*out_count)++] = element;
        at += n + 1;
    }
    return elements;
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void
expected(struct cas_rows *rows, int column, const char *what, struct cas_text found)
{
    char quoted[CAS_QUOTED];
    cas_record_problem(&rows->record, found.at, CAS_MSG_TYPE, "'%s': expected %s, found %s",
                       rows->format->columns[column].name, what, cas_quoted(found, quoted));
}

bool
cas_rows_number(struct cas_rows *rows, int column, double *out)
{
    struct cas_text text = cas_rows_text(rows, column);
    if (!text.s)
        return false;
    if (cas_number_read(text.s, text.n, out))
        return true;
    expected(rows, column, "a number", text);
    return false;
}

int64_t
cas_rows_whole(struct cas_rows *rows, int column, int64_t otherwise)
{
    double value;
    struct cas_text text = cas_rows_text(rows, column);
    if (!text.s)
        return otherwise;
    if (cas_number_read(text.s, text.n, &value) && fabs(value) < 1e15 && value == floor(value))
        return (int64_t)value;
    expected(rows, column, "a whole number", text);
    return otherwise;
}

int64_t
cas_rows_count(struct cas_rows *rows, int column)
{
    int64_t count = cas_rows_whole(rows, column, -1);
    return count < 0 ? -1 : count;
}

/* --- dates ------------------------------------------------------------------------------------ */

struct casus_date
cas_rows_date(struct cas_rows *rows, int column)
{
    struct casus_date date = {0};
    struct cas_text text = cas_rows_text(rows, column);
    char quoted[CAS_QUOTED];
    switch (text.s ? cas_day_read(text, rows->format->dates, &date) : CASUS_DATE_OK) {
    case CASUS_DATE_OK: break;
    case CASUS_DATE_MALFORMED:
        cas_record_problem(&rows->record, text.at, CAS_MSG_DATE, "'%s': expected a date, found %s",
                           rows->format->columns[column].name, cas_quoted(text, quoted));
        break;
    case CASUS_DATE_NONE_SUCH:
        cas_record_problem(&rows->record, text.at, CAS_MSG_NO_SUCH_DATE,
                           "'%s': expected a day of the calendar, found %s",
                           rows->format->columns[column].name, cas_quoted(text, quoted));
    }
    return date;
}

/* The coarser date that begins and ends as these two do; unknown where there is none. */
static struct casus_date
covers(struct casus_date from, struct casus_date until)
{
    struct casus_date month = {from.year, from.month, 0}, year = {from.year, 0, 0};
    if (from.year == until.year && from.month == until.month && from.day == until.day)
        return from;
    if (from.year != until.year)
        return (struct casus_date){0};
    int32_t first = casus_date_first_day(from), last = casus_date_last_day(until);
    if (first == last)
        return casus_date_of_day(first);
    if (first == casus_date_first_day(month) && last == casus_date_last_day(month))
        return month;
    if (first == casus_date_first_day(year) && last == casus_date_last_day(year))
        return year;
    return (struct casus_date){0};
}

struct casus_period
cas_period_between(struct casus_date from, struct casus_date until)
{
    struct casus_date one = covers(from, until);
    if (casus_date_known(one))
        return casus_period_of_date(one);
    return (struct casus_period){from, until, CASUS_BOUND_DATE, CASUS_BOUND_DATE, true};
}

struct casus_period
cas_rows_period(struct cas_rows *rows, int from_column, int until_column)
{
    struct casus_period period = {.interval = true};
    period.from = cas_rows_date(rows, from_column);
    period.until = cas_rows_date(rows, until_column);
    bool begins = casus_date_known(period.from), ends = casus_date_known(period.until);
    if (!begins && !ends)
        return (struct casus_period){0};
    if (!begins || !ends)
        return casus_period_of_date(begins ? period.from : period.until);
    period = cas_period_between(period.from, period.until);
    cas_check_period(&rows->record, cas_rows_at(rows, until_column), &period);
    return period;
}

/* --- making records --------------------------------------------------------------------------- */

struct cas_text
cas_rows_id(struct cas_rows *rows, const char *prefix, struct cas_text text)
{
    size_t before = strlen(prefix);
    if (!text.s)
        return text;
    char *id = cas_record_alloc(&rows->record, before + text.n, 1);
    if (!id)
        return (struct cas_text){0};
    memcpy(id, prefix, before);
    memcpy(id + before, text.s, text.n);
    return (struct cas_text){id, before + text.n, text.at};
}

struct cas_rec_event
cas_rows_event_of(const char *type)
{
    const struct casus_type *known = casus_type_find(type, strlen(type));
    struct cas_rec_event event = {
        .type = cas_text_of(type), .lat = (double)NAN, .lon = (double)NAN};
    event.relation = known ? known->relation : CASUS_CLAIM;
    event.directed = !known || known->directed;
    return event;
}

void
cas_rows_place(struct cas_rows *rows, struct cas_rec_event *event, int name, int lat, int lon)
{
    double degrees[2];
    event->place_name = cas_rows_text(rows, name);
    if (!cas_rows_number(rows, lat, &degrees[0]) || !cas_rows_number(rows, lon, &degrees[1]) ||
        (degrees[0] == 0 && degrees[1] == 0))
        return;
    event->lat = cas_check_degrees(&rows->record, cas_rows_at(rows, lat), degrees[0], 90);
    event->lon = cas_check_degrees(&rows->record, cas_rows_at(rows, lon), degrees[1], 180);
}

void
cas_rows_told_by(struct cas_rows *rows, struct cas_rec_event *event, struct cas_text name)
{
    struct cas_rec_source source = {.id = name, .name = name};
    struct cas_rec_claim *claim = name.s ? cas_record_alloc(&rows->record, 1, sizeof *claim) : NULL;
    if (!claim)
        return;
    cas_check_name(&rows->record, name);
    cas_rows_source(rows, &source);
    claim->stance = CASUS_REPORT;
    claim->source = name;
    event->claims = claim;
    event->claim_count = 1;
}

bool
cas_rows_keeps(const struct cas_rows *rows)
{
    return !rows->input->sink->forgets;
}
