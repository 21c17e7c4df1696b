/* The spellings of dates that tables hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/day.h"

#define MALFORMED "malformed"
#define NONE_SUCH "none such"

struct spelling {
    const char *text, *day; /* as a dossier writes it */
};

static const char *
read_day(const char *text, enum cas_day_order order, char out[12])
{
    struct casus_date date = {0};
    switch (cas_day_read(cas_text_of(text), order, &date)) {
    case CASUS_DATE_MALFORMED: return MALFORMED;
    case CASUS_DATE_NONE_SUCH: return NONE_SUCH;
    default: return casus_date_format(date, out);
    }
}

static void
a_day_is_known_in_every_spelling(void **state)
{
    static const struct spelling cases[] = {
        {"2014-01-22", "2014-01-22"},
        {"2014/1/22", "2014-01-22"},
        {"2014-01-22 00:00:00.000", "2014-01-22"},
        {"2014-01-22T06:30:00Z", "2014-01-22"},
        {"2014-01", "2014-01"},
        {"2014", "2014"},
        {"20140122", "2014-01-22"},
        {"201401", "2014-01"},
        {"20140122063000", "2014-01-22"},
        {"16 May 2025", "2025-05-16"},
        {"03 December 2020", "2020-12-03"},
        {"01-January-2015", "2015-01-01"},
        {"1-Jan-15", "2015-01-01"},
        {"5 Sept. 2019", "2019-09-05"},
        {"May 16, 2025", "2025-05-16"},
        {"May 2025", "2025-05"},
        {"31/12/97", "1997-12-31"},
        {"31/12/1997", "1997-12-31"},
        {"31.12.1997", "1997-12-31"},
        {"1/2/2003", "2003-02-01"},
        {"31/12/1997 14:05", "1997-12-31"},
        {"12/1997", "1997-12"},
        {"1/1/69", "1969-01-01"},
        {"1/1/68", "2068-01-01"},
        {"  2020-02-29  ", "2020-02-29"},
        /* what nobody knows */
        {"2010-02-00", "2010-02"},
        {"2010-00-00", "2010"},
        {"2010-00-07", "2010"},
        {"20100200", "2010-02"},
        {"0000-00-00", ""},
        {"", ""},
        {"   ", ""},
        /* not in the calendar */
        {"2019-02-29", NONE_SUCH},
        {"12/31/1997", NONE_SUCH},
        {"2019-13-01", NONE_SUCH},
        {"32/01/2019", NONE_SUCH},
        {"20191301", NONE_SUCH},
        /* no dates */
        {"soon", MALFORMED},
        {"12", MALFORMED},
        {"1-2-3", MALFORMED},
        {"Ma 2019", MALFORMED},
        {"16 May", MALFORMED},
        {"May May 2019", MALFORMED},
        {"2019-01-01x", MALFORMED},
        {"2019-01-01 about", MALFORMED},
        {"12345", MALFORMED},
        {"123456789012345678", MALFORMED},
        {"-2019", MALFORMED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[12];
        const char *found = read_day(cases[i].text, CAS_DAY_FIRST, out);
        if (strcmp(found, cases[i].day) != 0)
            fail_msg("'%s': expected %s, found %s", cases[i].text, cases[i].day, found);
    }
}

static void
months_come_first_where_the_caller_says_so(void **state)
{
    static const struct spelling cases[] = {
        {"12/31/1997", "1997-12-31"}, {"1/2/2003", "2003-01-02"},   {"31/12/1997", NONE_SUCH},
        {"1997-12-31", "1997-12-31"}, {"2 Jan 2003", "2003-01-02"}, {"Jan 2 2003", "2003-01-02"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[12];
        assert_string_equal(read_day(cases[i].text, CAS_MONTH_FIRST, out), cases[i].day);
    }
}

static void
a_fault_leaves_the_date_alone(void **state)
{
    struct casus_date date = {1, 2, 3};
    (void)state;
    assert_int_equal(cas_day_read(CAS_TEXT("2019-02-29"), CAS_DAY_FIRST, &date),
                     CASUS_DATE_NONE_SUCH);
    assert_int_equal(cas_day_read(CAS_TEXT("soon"), CAS_DAY_FIRST, &date), CASUS_DATE_MALFORMED);
    assert_int_equal(cas_day_of_numbers(2019, 13, 1, &date), CASUS_DATE_NONE_SUCH);
    assert_int_equal(cas_day_of_numbers(-9, 1, 1, &date), CASUS_DATE_NONE_SUCH);
    assert_int_equal(date.year, 1);
    assert_int_equal(cas_day_of_numbers(2019, 0, 9, &date), CASUS_DATE_OK);
    assert_int_equal(date.year, 2019);
    assert_int_equal(date.month + date.day, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_known_in_every_spelling),
        cmocka_unit_test(months_come_first_where_the_caller_says_so),
        cmocka_unit_test(a_fault_leaves_the_date_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
