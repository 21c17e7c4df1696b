/** Dates that keep their precision, and periods whose ends may be open or unknown. */
#ifndef CASUS_DATE_H
#define CASUS_DATE_H

#include <casus/error.h>

/** A day, month or year: day 0 is "some day of the month", month 0 "some month", year 0 none. */
struct casus_date {
    int16_t year;
    uint8_t month, day;
};

enum casus_bound {
    CASUS_BOUND_UNKNOWN = 0, /**< nothing is said of this end */
    CASUS_BOUND_OPEN,        /**< it has not ended (or has no begin) */
    CASUS_BOUND_DATE
};

/**
 * When an event took place, or how long a parent held.
 * `interval` false: one date, in `from`; its end is the date's own last possible day.
 * All zero is "undated".
 */
struct casus_period {
    struct casus_date from, until;
    uint8_t from_bound, until_bound; /* enum casus_bound */
    bool interval;
};

#define CASUS_DAY_MIN INT32_MIN /**< before every day */
#define CASUS_DAY_MAX INT32_MAX /**< after every day */

enum casus_date_fault { CASUS_DATE_OK, CASUS_DATE_MALFORMED, CASUS_DATE_NONE_SUCH };

/** Read YYYY, YYYY-MM or YYYY-MM-DD, all of `length` bytes, years 0001 to 9999. */
CASUS_API enum casus_date_fault casus_date_parse(const char *text, size_t length,
                                                 struct casus_date *out);
/** Days since 1970-01-01 of the first and the last day that the date may mean. */
CASUS_API int32_t casus_date_first_day(struct casus_date date);
CASUS_API int32_t casus_date_last_day(struct casus_date date);
CASUS_API struct casus_date casus_date_of_day(int32_t day);
CASUS_API bool casus_date_known(struct casus_date date);
/** Write "2020-05-02", "2020-05", "2020" or ""; `out` holds at least 12 bytes. @return `out` */
CASUS_API char *casus_date_format(struct casus_date date, char out[12]);

CASUS_API struct casus_period casus_period_of_date(struct casus_date date);
/** The first and last day that the period may touch; CASUS_DAY_MIN, _MAX where open or unknown. */
CASUS_API int32_t casus_period_first_day(const struct casus_period *period);
CASUS_API int32_t casus_period_last_day(const struct casus_period *period);
/** True where at least one end is a date or open. */
CASUS_API bool casus_period_known(const struct casus_period *period);
/** True where the period may touch a day of [first, last]. An undated period touches none. */
CASUS_API bool casus_period_may_overlap(const struct casus_period *period, int32_t first,
                                        int32_t last);
/** Write "2020-05-02", "2015 –", "2012 – 2014", "undated"; `out` holds 40 bytes. @return `out` */
CASUS_API char *casus_period_format(const struct casus_period *period, char out[40]);

#endif
