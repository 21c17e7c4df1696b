/* Small pictures of numbers: the largest fills its place and never more, gaps are gaps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/spark.h"

/* 7 * 0.01 / 0.01 is above 7 in binary: whatever is multiplied first, the largest is the top. */
static void
test_the_largest_is_the_top(void **state)
{
    (void)state;
    for (int i = 1; i < 3000; i++) {
        double values[] = {i / 100.0, 0, i / 300.0};
        struct cas_buffer out;
        cas_buffer_init(&out);
        cas_spark_text(&out, values, 3);
        assert_string_equal(out.s, "█▁▄");
        cas_buffer_clear(&out);
        cas_bar_text(&out, i / 100.0, i / 100.0, 3);
        assert_string_equal(out.s, "███");
        cas_buffer_done(&out);
    }
}

static void
test_gaps_and_nothing(void **state)
{
    struct cas_buffer out;
    (void)state;
    cas_buffer_init(&out);
    cas_spark_text(&out, (double[]){NAN, 0, NAN}, 3);
    assert_string_equal(out.s, "·▁·");
    cas_buffer_clear(&out);
    cas_spark_text(&out, (double[]){-1, -2}, 2);
    assert_string_equal(out.s, "▁▁");
    cas_buffer_clear(&out);
    cas_bar_text(&out, NAN, 1, 8);
    cas_bar_text(&out, 1, 0, 8);
    cas_bar_text(&out, -1, 1, 8);
    assert_int_equal(out.n, 0);
    cas_buffer_done(&out);
}

static void
test_many_share_a_column(void **state)
{
    double values[240];
    struct cas_buffer out;
    (void)state;
    for (int i = 0; i < 240; i++)
        values[i] = i == 235 ? 8 : i % 10 == 0;
    cas_buffer_init(&out);
    cas_spark_text(&out, values, 240);
    assert_int_equal(out.n, CAS_SPARK_WIDTH * strlen("█"));
    assert_string_equal(out.s + (CAS_SPARK_WIDTH - 2) * strlen("█"), "▂█");
    cas_buffer_done(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_largest_is_the_top),
        cmocka_unit_test(test_gaps_and_nothing),
        cmocka_unit_test(test_many_share_a_column),
    };
    return cmocka_run_group_tests_name("spark", tests, NULL, NULL);
}
