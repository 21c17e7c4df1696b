/* Dates in many spellings: the text is cut into at most three parts, and their shape says what each
 * of them is. */
#include "read/day.h"

#include <strings.h>

struct part {
    int value, digits; /* digits 0: the name of a month */
};

/* Invariant: s <= end, all before s is read. */
struct cursor {
    const char *s, *end;
    struct part parts[3];
    int count;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* --- parts ------------------------------------------------------------------------------------ */

/* 1 to 12 where the word is a month or begins like just one (three letters at least), else 0. */
static int
month_of(const char *s, size_t n)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int i = 0; i < 12; i++) {
        if (n >= 3 && n <= strlen(names[i]) && strncasecmp(names[i], s, n) == 0)
            return i + 1;
    }
    return 0;
}

static bool
take_number(struct cursor *cursor)
{
    struct part part = {0};
    const char *s = cursor->s;
    while (s < cursor->end && is_digit(*s) && part.digits < 9) {
        part.value = part.value * 10 + (*s++ - '0');
        part.digits++;
    }
    if (!part.digits || (s < cursor->end && is_digit(*s)))
        return false;
    cursor->s = s;
    cursor->parts[cursor->count++] = part;
    return true;
}

static bool
take_month(struct cursor *cursor)
{
    const char *s = cursor->s;
    while (s < cursor->end && is_letter(*s))
        s++;
    int month = month_of(cursor->s, (size_t)(s - cursor->s));
    if (!month)
        return false;
    cursor->s = s < cursor->end && *s == '.' ? s + 1 : s;
    cursor->parts[cursor->count++] = (struct part){month, 0};
    return true;
}

static bool
take_part(struct cursor *cursor)
{
    bool letter = cursor->s < cursor->end && is_letter(*cursor->s);
    return letter ? take_month(cursor) : take_number(cursor);
}

/* What stands between two parts: blanks, and one of - / . and the comma. */
static bool
take_gap(struct cursor *cursor)
{
    const char *s = cursor->s;
    while (s < cursor->end && is_space(*s))
        s++;
    if (s < cursor->end && strchr("-/.,", *s))
        s++;
    while (s < cursor->end && is_space(*s))
        s++;
    bool found = s > cursor->s && s < cursor->end;
    if (found)
        cursor->s = s;
    return found;
}

/* Nothing, or a time of day. */
static bool
is_rest(const char *s, const char *end)
{
    if (s < end && *s != 'T' && !is_space(*s))
        return false;
    for (; s < end; s++) {
        if (!is_digit(*s) && !strchr("T:.+-ZAPMapm \t\r\n", *s))
            return false;
    }
    return true;
}

/* Whether a time of day, not a part of the date, begins here. */
static bool
is_time(const char *s, const char *end)
{
    while (s < end && is_digit(*s))
        s++;
    return s < end && *s == ':';
}

static bool
take_parts(struct cursor *cursor)
{
    if (!take_part(cursor))
        return false;
    while (cursor->count < 3) {
        const char *before = cursor->s;
        if (take_gap(cursor) && !is_time(cursor->s, cursor->end) && take_part(cursor))
            continue;
        cursor->s = before;
        break;
    }
    return is_rest(cursor->s, cursor->end);
}

/* --- what they mean --------------------------------------------------------------------------- */

static int
year_of(struct part part)
{
    if (part.digits == 2)
        return part.value + (part.value < 69 ? 2000 : 1900);
    return part.digits == 4 ? part.value : -1;
}

enum casus_date_fault
cas_day_of_numbers(int year, int month, int day, struct casus_date *out)
{
    char text[12];
    if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
        return CASUS_DATE_NONE_SUCH;
    if (!year) {
        *out = (struct casus_date){0};
        return CASUS_DATE_OK;
    }
    struct casus_date date = {(int16_t)year, (uint8_t)month, (uint8_t)(month ? day : 0)};
    /* The calendar stands in one place: write it down and read it back. */
    casus_date_format(date, text);
    return casus_date_parse(text, strlen(text), out);
}

/* 2014, 201401, 20140122: digits alone. */
static enum casus_date_fault
read_digits(struct part part, struct casus_date *out)
{
    switch (part.digits) {
    case 4: return cas_day_of_numbers(part.value, 0, 0, out);
    case 6: return cas_day_of_numbers(part.value / 100, part.value % 100, 0, out);
    case 8:
        return cas_day_of_numbers(part.value / 10000, part.value / 100 % 100, part.value % 100,
                                  out);
    default: return CASUS_DATE_MALFORMED;
    }
}

static enum casus_date_fault
read_two(const struct part *parts, struct casus_date *out)
{
    int first = parts[0].digits, second = parts[1].digits;
    if (first == 4 && second <= 2)
        return cas_day_of_numbers(parts[0].value, parts[1].value, 0, out);
    if (first <= 2 && second == 4)
        return cas_day_of_numbers(parts[1].value, parts[0].value, 0, out);
    return CASUS_DATE_MALFORMED;
}

static enum casus_date_fault
read_three(const struct part *parts, enum cas_day_order order, struct casus_date *out)
{
    const struct part *year = &parts[2], *month = &parts[1], *day = &parts[0];
    if (parts[0].digits == 4) {
        year = &parts[0];
        day = &parts[2];
    } else if (!parts[0].digits || (order == CAS_MONTH_FIRST && parts[1].digits)) {
        month = &parts[0];
        day = &parts[1];
    }
    bool shaped = month->digits <= 2 && day->digits >= 1 && day->digits <= 2;
    if (!shaped || year_of(*year) < 0)
        return CASUS_DATE_MALFORMED;
    return cas_day_of_numbers(year_of(*year), month->value, day->value, out);
}

/* A date and a time without a gap. */
static bool
is_stamp(struct cas_text text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!is_digit(text.s[i]))
            return false;
    }
    return text.n == 14;
}

enum casus_date_fault
cas_day_read(struct cas_text text, enum cas_day_order order, struct casus_date *out)
{
    struct cursor cursor = {.s = text.s, .end = text.n ? text.s + text.n : text.s};
    while (cursor.s < cursor.end && is_space(*cursor.s))
        cursor.s++;
    if (cursor.s == cursor.end) {
        *out = (struct casus_date){0};
        return CASUS_DATE_OK;
    }
    if (is_stamp(text))
        cursor.end = text.s + 8;
    if (!take_parts(&cursor))
        return CASUS_DATE_MALFORMED;
    switch (cursor.count) {
    case 1: return read_digits(cursor.parts[0], out);
    case 2: return read_two(cursor.parts, out);
    default: return read_three(cursor.parts, order, out);
    }
}
