/* Dates and periods. Days are counted in the proleptic Gregorian calendar from 1970-01-01. */
#include <casus/date.h>

#include <stdio.h>

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_length(int year, int month)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Reads `count` digits at *at, or -1. */
static int
digits(const char *at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

enum casus_date_fault
casus_date_parse(const char *text, size_t length, struct casus_date *out)
{
    bool shaped = (length == 4 || (length == 7 && text[4] == '-') ||
                   (length == 10 && text[4] == '-' && text[7] == '-'));
    int year = shaped ? digits(text, 4) : -1;
    int month = year >= 0 && length >= 7 ? digits(text + 5, 2) : 0;
    int day = year >= 0 && length == 10 ? digits(text + 8, 2) : 0;
    if (year < 0 || month < 0 || day < 0)
        return CASUS_DATE_MALFORMED;
    if (year == 0 || (length >= 7 && (month < 1 || month > 12)) ||
        (length == 10 && (day < 1 || day > month_length(year, month))))
        return CASUS_DATE_NONE_SUCH;
    *out = (struct casus_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return CASUS_DATE_OK;
}

/* Years begin in March here, so that the leap day is the last of its year. */
static int32_t
day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400, of_era = y % 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int32_t
casus_date_first_day(struct casus_date date)
{
    return day_number(date.year, date.month ? date.month : 1, date.day ? date.day : 1);
}

int32_t
casus_date_last_day(struct casus_date date)
{
    int month = date.month ? date.month : 12;
    return day_number(date.year, month, date.day ? date.day : month_length(date.year, month));
}

struct casus_date
casus_date_of_day(int32_t day)
{
    int32_t z = day + 719468, era = z / 146097, of_era = z % 146097;
    int32_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int32_t m = (5 * of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    int year = (int)(y + era * 400 + (month <= 2));
    return (struct casus_date){(int16_t)year, (uint8_t)month,
                               (uint8_t)(of_year - (153 * m + 2) / 5 + 1)};
}

bool
casus_date_known(struct casus_date date)
{
    return date.year != 0;
}

static char *
put_digits(char *at, unsigned value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

/* Written by hand: exports write two dates a tie, and snprintf() shows there. */
char *
casus_date_format(struct casus_date date, char out[12])
{
    char *at = out;
    if (date.year)
        at = put_digits(at, (unsigned)date.year % 10000u, 4);
    if (date.year && date.month) {
        *at++ = '-';
        at = put_digits(at, date.month, 2);
    }
    if (date.year && date.month && date.day) {
        *at++ = '-';
        at = put_digits(at, date.day, 2);
    }
    *at = '\0';
    return out;
}

struct casus_period
casus_period_of_date(struct casus_date date)
{
    return (struct casus_period){.from = date, .from_bound = CASUS_BOUND_DATE};
}

int32_t
casus_period_first_day(const struct casus_period *period)
{
    return period->from_bound == CASUS_BOUND_DATE ? casus_date_first_day(period->from)
                                                  : CASUS_DAY_MIN;
}

int32_t
casus_period_last_day(const struct casus_period *period)
{
    if (!period->interval && period->from_bound == CASUS_BOUND_DATE)
        return casus_date_last_day(period->from);
    return period->until_bound == CASUS_BOUND_DATE ? casus_date_last_day(period->until)
                                                   : CASUS_DAY_MAX;
}

bool
casus_period_known(const struct casus_period *period)
{
    return period->from_bound != CASUS_BOUND_UNKNOWN || period->until_bound != CASUS_BOUND_UNKNOWN;
}

bool
casus_period_may_overlap(const struct casus_period *period, int32_t first, int32_t last)
{
    return casus_period_known(period) && casus_period_first_day(period) <= last &&
           casus_period_last_day(period) >= first;
}

char *
casus_period_format(const struct casus_period *period, char out[40])
{
    char from[12] = "", until[12] = "";
    if (period->from_bound == CASUS_BOUND_DATE)
        casus_date_format(period->from, from);
    if (period->until_bound == CASUS_BOUND_DATE)
        casus_date_format(period->until, until);
    if (!casus_period_known(period))
        snprintf(out, 40, "undated");
    else if (!period->interval)
        snprintf(out, 40, "%s", from);
    else
        snprintf(out, 40, "%s%s–%s%s", from, from[0] ? " " : "", until[0] ? " " : "", until);
    return out;
}
