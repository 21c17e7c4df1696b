/* Records built by hand, for tests that drive a sink without a reader. */
#ifndef TEST_RECORDS_H
#define TEST_RECORDS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "event/sink.h"

/* A text of line `line`: locate() reads the line back from `at`. */
static const char test_lines[1000];

static inline struct cas_text
text_at(const char *s, unsigned line)
{
    return (struct cas_text){s, s ? strlen(s) : 0, test_lines + line};
}

static inline struct cas_text
text(const char *s)
{
    return text_at(s, 0);
}

static void
test_locate(void *context, const char *at, struct casus_error *fault)
{
    struct cas_locator *locator = context;
    snprintf(fault->file, sizeof fault->file, "test.json");
    fault->where = at ? (struct casus_where){(uint32_t)(at - test_lines), 5} : locator->where;
    snprintf(fault->line, sizeof fault->line, "line %u", fault->where.line);
    fault->caret = 5;
}

/* A locator for a record on `line`; reuse of one object keeps its input. */
static inline const struct cas_locator *
at_line(struct cas_locator *locator, unsigned line)
{
    locator->context = locator;
    locator->locate = test_locate;
    locator->where = (struct casus_where){line, 1};
    return locator;
}

static inline struct casus_period
day(int year, int month, int day_of_month)
{
    return casus_period_of_date(
        (struct casus_date){(int16_t)year, (uint8_t)month, (uint8_t)day_of_month});
}

/* Years, both ends included; 0 is an open end. */
static inline struct casus_period
years(int from, int until)
{
    struct casus_period period = {.interval = true};
    period.from.year = (int16_t)from;
    period.until.year = (int16_t)until;
    period.from_bound = from ? CASUS_BOUND_DATE : CASUS_BOUND_OPEN;
    period.until_bound = until ? CASUS_BOUND_DATE : CASUS_BOUND_OPEN;
    return period;
}

#endif
