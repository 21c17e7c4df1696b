/* Windows as days and months of the calendar. */
#include "graph/cut.h"

#include <stdio.h>
#include <string.h>

#include "base/fault.h"

enum { MOST_UNITS = 99999, YEAR = 12 };

/* --- words ------------------------------------------------------------------------------------ */

struct unit {
    const char *word;
    char letter;
    bool months;
    int32_t size;
};

static const struct unit units[] = {{"day", 'd', false, 1},
                                    {"week", 'w', false, 7},
                                    {"month", 'm', true, 1},
                                    {"quarter", 'q', true, 3},
                                    {"year", 'y', true, YEAR}};
enum { UNITS = sizeof units / sizeof *units };

static const struct unit *
find_unit(const char *text, bool by_word)
{
    for (size_t i = 0; i < UNITS; i++) {
        if (by_word ? strcmp(text, units[i].word) == 0
                    : text[0] == units[i].letter && text[1] == '\0')
            return &units[i];
    }
    return NULL;
}

/* Digits, at most five; 0 where there are none. */
static const char *
read_number(const char *text, int32_t *out)
{
    *out = 0;
    for (int i = 0; i < 5 && *text >= '0' && *text <= '9'; i++)
        *out = *out * 10 + (*text++ - '0');
    return text;
}

/* "quarter" or "90d"; the number of units, and the unit, or NULL. */
static const struct unit *
read_length(const char *text, int32_t *out_count)
{
    *out_count = 1;
    const struct unit *unit = find_unit(text, true);
    if (unit)
        return unit;
    const char *rest = read_number(text, out_count);
    return *out_count > 0 ? find_unit(rest, false) : NULL;
}

static enum casus_status
parse(const char *option, const char *text, const struct unit **out_unit, int32_t *out_count,
      char words[24], struct casus_error *err)
{
    *out_unit = read_length(text, out_count);
    if (!*out_unit)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "%s takes day, week, month, quarter, year or a number of them such as 90d, "
                        "2w, 6m, 2q, 5y; not '%.40s'",
                        option, text);
    snprintf(words, 24, "%d %s%s", (int)*out_count, (*out_unit)->word, *out_count == 1 ? "" : "s");
    *out_count *= (*out_unit)->size;
    return CASUS_OK;
}

enum casus_status
cas_cut_parse(const struct casus_windowing *windowing, struct cas_cut *out, struct casus_error *err)
{
    const char *length = windowing && windowing->length ? windowing->length : "year";
    const char *step = windowing && windowing->step ? windowing->step : length;
    const struct unit *unit, *step_unit;
    struct cas_cut cut = {.expanding = windowing && windowing->expanding};
    enum casus_status status = parse("--window", length, &unit, &cut.length, cut.length_words, err);
    if (status == CASUS_OK)
        status = parse("--step", step, &step_unit, &cut.step, cut.step_words, err);
    if (status != CASUS_OK)
        return status;
    if (unit->months != step_unit->months)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "--window %.20s and --step %.20s do not go together: both in days and "
                        "weeks, or both in months, quarters and years",
                        length, step);
    cut.months = unit->months;
    cut.monday = unit->size == 7;
    *out = cut;
    return CASUS_OK;
}

enum casus_status
casus_days_parse(const char *text, double *out, struct casus_error *err)
{
    int32_t count;
    const struct unit *unit = read_length(text, &count);
    if (!unit)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "a half-life is a number of days, weeks, months, quarters or years such as "
                        "90d, 2w, 6m, 1q, 1y; not '%.40s'",
                        text);
    *out = (double)count * unit->size * (unit->months ? 365.25 / YEAR : 1);
    return CASUS_OK;
}

/* --- the calendar ----------------------------------------------------------------------------- */

static int32_t
month_of_day(int32_t day)
{
    struct casus_date date = casus_date_of_day(day);
    return date.year * YEAR + date.month - 1;
}

static int32_t
first_day_of_month(int32_t month)
{
    struct casus_date date = {(int16_t)(month / YEAR), (uint8_t)(month % YEAR + 1), 1};
    return casus_date_first_day(date);
}

/* The day on which a count of units begins. */
static int32_t
day_of(const struct cas_cut *cut, int64_t units_from_zero)
{
    const int32_t end = first_day_of_month(10000 * YEAR);
    if (cut->months)
        return units_from_zero >= 10000 * YEAR ? end : first_day_of_month((int32_t)units_from_zero);
    return units_from_zero >= end ? end : (int32_t)units_from_zero;
}

int32_t
cas_cut_first(const struct cas_cut *cut, uint32_t index)
{
    return day_of(cut, cut->begin + (cut->expanding ? 0 : (int64_t)index * cut->step));
}

int32_t
cas_cut_last(const struct cas_cut *cut, uint32_t index)
{
    return day_of(cut, cut->begin + (int64_t)index * cut->step + cut->length) - 1;
}

/* Where the first window begins: parts of a year with the year, whole years in January, weeks on
 * a Monday. */
static int32_t
begin_of(const struct cas_cut *cut, int32_t first)
{
    if (!cut->months)
        return cut->monday ? first - ((first + 3) % 7 + 7) % 7 : first;
    int32_t month = month_of_day(first);
    if (cut->step % YEAR == 0)
        return month / YEAR * YEAR;
    return YEAR % cut->step == 0 ? month / cut->step * cut->step : month;
}

enum casus_status
cas_cut_lay(struct cas_cut *cut, int32_t first, int32_t last, struct casus_error *err)
{
    cut->begin = begin_of(cut, first);
    cut->count = 1;
    while (cas_cut_last(cut, cut->count - 1) < last &&
           (cut->expanding || cas_cut_first(cut, cut->count) <= last)) {
        if (++cut->count > CAS_WINDOWS_MAX)
            return cas_fail(err, CASUS_EINVAL, CAS_MSG_TOO_MANY,
                            "windows of %s make more than %d; choose longer ones, or --since and "
                            "--until",
                            cut->length_words, CAS_WINDOWS_MAX);
    }
    return CASUS_OK;
}
