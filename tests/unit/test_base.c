/* Memory, text, numbers, dates, errors and output: what all else stands on. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <casus/casus.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

static void
arena_memory_is_aligned_and_lives_until_done(void **state)
{
    struct cas_arena arena;
    cas_arena_init(&arena);
    for (size_t size = 0; size < 3000; size += 7) {
        char *memory = cas_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        memset(memory, 0x5A, size);
    }
    assert_string_equal(cas_arena_text(&arena, "Dry Wells", 3), "Dry");
    assert_null(cas_arena_alloc(&arena, SIZE_MAX));
    cas_arena_done(&arena);
}

static void
an_allocation_may_be_made_to_fail(void **state)
{
    cas_mem_fail_after(1);
    void *first = cas_alloc(8), *second = cas_alloc(8);
    cas_mem_fail_after(-1);
    assert_non_null(first);
    assert_null(second);
    cas_free(first);
}

/* Blocks lie in memory as malloc() likes: what is kept must be one of them, and with its own end. */
static void
a_cleared_arena_hands_out_memory_of_its_own(void **state)
{
    enum { ROUNDS = 60, PIECES = 300 };
    struct cas_arena arenas[2];
    unsigned char *pieces[PIECES];
    cas_arena_init(&arenas[0]);
    cas_arena_init(&arenas[1]);
    for (unsigned round = 0; round < ROUNDS; round++) {
        cas_arena_clear(&arenas[round % 2]);
        for (unsigned i = 0; i < PIECES; i++) {
            size_t size = 16 + (i * 37 + round * 101) % 900;
            pieces[i] = cas_arena_alloc(&arenas[round % 2], size);
            assert_non_null(pieces[i]);
            memset(pieces[i], (int)(i % 251), size);
        }
        for (unsigned i = 0; i < PIECES; i++) {
            assert_int_equal(pieces[i][0], i % 251);
            assert_int_equal(pieces[i][15], i % 251);
        }
    }
    cas_arena_done(&arenas[0]);
    cas_arena_done(&arenas[1]);
}

static void
a_set_gives_the_same_number_to_the_same_bytes(void **state)
{
    struct cas_intern set;
    cas_intern_init(&set);
    char name[16];
    for (uint32_t i = 0; i < 5000; i++) {
        int n = snprintf(name, sizeof name, "actor %u", i);
        assert_int_equal(cas_intern_add(&set, name, (size_t)n), i);
    }
    assert_int_equal(cas_intern_add(&set, "actor 4999", 10), 4999);
    assert_int_equal(cas_intern_find(&set, "actor 17", 8), 17);
    assert_int_equal(cas_intern_find(&set, "actor 5000", 10), UINT32_MAX);
    assert_int_equal(cas_intern_add(&set, "", 0), 5000);
    assert_string_equal(set.texts[17], "actor 17");
    cas_intern_done(&set);
}

static void
utf8_is_refused_where_rfc_3629_refuses_it(void **state)
{
    static const struct {
        const char *text;
        int fault; /* offset, or −1 */
    } cases[] = {
        {"plain ascii, longer than eight bytes", -1},
        {"ابو عمر", -1},
        {"\xF0\x9F\x98\x80", -1},
        {"\xC0\x80", 0},         /* overlong */
        {"ab\xE0\x80\x80", 2},   /* overlong */
        {"\xED\xA0\x80", 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
        {"12345678\xFF", 8},
        {"cut \xE2\x82", 4},
        {"\x80", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *fault = cas_utf8_fault(cases[i].text, strlen(cases[i].text));
        assert_int_equal(fault ? fault - cases[i].text : -1, cases[i].fault);
    }
    assert_int_equal(cas_utf8_count("ابو", 6), 3);
}

static void
the_nearest_word_is_the_one_probably_meant(void **state)
{
    static const char *const words[] = {"from", "to", "type", "claims", "note"};
    assert_string_equal(cas_text_nearest("form", 4, words, 5), "from");
    assert_string_equal(cas_text_nearest("claim", 5, words, 5), "claims");
    assert_string_equal(cas_text_nearest("FROM", 4, words, 5), "from");
    assert_null(cas_text_nearest("altitude", 8, words, 5));
    assert_int_equal(cas_text_distance("abcd", 4, "acbd", 4, 9), 1);
    assert_int_equal(cas_text_distance("kitten", 6, "sitting", 7, 9), 3);
    assert_int_equal(cas_text_distance("", 0, "abc", 3, 9), 3);
}

static void
numbers_read_back_the_same_in_any_locale(void **state)
{
    static const double values[] = {
        0.1, 1.0 / 3, 2.5, 1e300, 5e-324, -0.125, 123456.0, 1e15, 0.30000000000000004};
    const char *locales[] = {"C", "de_DE.UTF-8"};
    for (size_t l = 0; l < 2; l++) {
        setlocale(LC_NUMERIC, locales[l]);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            char text[32];
            double back;
            assert_null(strchr(cas_number_text(values[i], text), ','));
            assert_true(cas_number_read(text, strlen(text), &back));
            assert_true(back == values[i]);
        }
    }
    setlocale(LC_NUMERIC, "C");
    char text[32];
    assert_string_equal(cas_number_text(0.1, text), "0.1");
    assert_string_equal(cas_number_text(-0.0, text), "0");
    assert_string_equal(cas_number_text(NAN, text), "null");
    assert_string_equal(cas_number_text(42, text), "42");
    double value;
    assert_false(cas_number_read("1,5", 3, &value));
    assert_false(cas_number_read("0x10", 4, &value));
    assert_false(cas_number_read("nan", 3, &value));
    assert_false(cas_number_read("1 ", 2, &value));
    assert_false(cas_number_read("1e999", 5, &value));
}

/* The C library's own way: the first of 15, 16, 17 digits that reads back. */
static void
shortest_by_trial(double value, char out[32])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            return;
    }
}

static void
assert_shortest(double value)
{
    char found[32], expected[32];
    if (fabs(value) < 1e15 && value == trunc(value))
        snprintf(expected, sizeof expected, "%.0f", value);
    else
        shortest_by_trial(value, expected);
    assert_string_equal(cas_number_text(value, found), expected);
}

static void
numbers_are_written_as_the_c_library_would(void **state)
{
    static const double edges[] = {1e-4,
                                   9.9999999999999991e-5,
                                   0.00099999999999999991,
                                   9.9999999999999995e14,
                                   999999999999999.88,
                                   123456789012345.7,
                                   9007199254740993.0,
                                   -2.5,
                                   1e22};
    uint64_t random = 88172645463325252u;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        assert_shortest(edges[i]);
    for (int two = -20; two < 60; two++) {
        assert_shortest(nextafter(ldexp(1, two), 0));
        assert_shortest(ldexp(1, two));
        assert_shortest(nextafter(ldexp(1, two), INFINITY));
    }
    for (int i = 0; i < 60000; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        double whole = (double)(random >> 11);
        assert_shortest(i % 2 ? ldexp(whole, -(i % 80))
                              : (double)(random % 1000000) / pow(10, i % 9));
    }
}

static void
a_date_keeps_its_precision_and_knows_its_days(void **state)
{
    static const struct {
        const char *text;
        enum casus_date_fault fault;
        int32_t first, last;
    } cases[] = {
        /* days since 1970-01-01, by `date -d … +%s` / 86400 */
        {"1970-01-01", CASUS_DATE_OK, 0, 0},
        {"2019-04-19", CASUS_DATE_OK, 18005, 18005},
        {"2020-02", CASUS_DATE_OK, 18293, 18321},
        {"2019", CASUS_DATE_OK, 17897, 18261},
        {"0001-01-01", CASUS_DATE_OK, -719162, -719162},
        {"2020-02-30", CASUS_DATE_NONE_SUCH, 0, 0},
        {"1900-02-29", CASUS_DATE_NONE_SUCH, 0, 0},
        {"2020-13", CASUS_DATE_NONE_SUCH, 0, 0},
        {"0000", CASUS_DATE_NONE_SUCH, 0, 0},
        {"2020-5-2", CASUS_DATE_MALFORMED, 0, 0},
        {"2020/05/02", CASUS_DATE_MALFORMED, 0, 0},
        {"", CASUS_DATE_MALFORMED, 0, 0},
        {"2020-05-02T", CASUS_DATE_MALFORMED, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct casus_date date;
        char text[12];
        assert_int_equal(casus_date_parse(cases[i].text, strlen(cases[i].text), &date),
                         cases[i].fault);
        if (cases[i].fault != CASUS_DATE_OK)
            continue;
        assert_int_equal(casus_date_first_day(date), cases[i].first);
        assert_int_equal(casus_date_last_day(date), cases[i].last);
        assert_string_equal(casus_date_format(date, text), cases[i].text);
    }
}

static void
every_day_of_two_thousand_years_goes_there_and_back(void **state)
{
    struct casus_date before = {0};
    for (int32_t day = -719162; day < 18262; day++) {
        struct casus_date date = casus_date_of_day(day);
        assert_int_equal(casus_date_first_day(date), day);
        assert_true(memcmp(&date, &before, sizeof date) != 0);
        before = date;
    }
}

static void
a_period_may_overlap_where_an_end_is_open(void **state)
{
    struct casus_period undated = {0};
    struct casus_period since = {.from = {2015, 0, 0},
                                 .from_bound = CASUS_BOUND_DATE,
                                 .until_bound = CASUS_BOUND_OPEN,
                                 .interval = true};
    struct casus_period day = casus_period_of_date((struct casus_date){2020, 5, 2});
    char text[40];
    assert_false(casus_period_may_overlap(&undated, CASUS_DAY_MIN, CASUS_DAY_MAX));
    assert_true(casus_period_may_overlap(&since, 18000, 18000));
    assert_false(casus_period_may_overlap(&since, 0, 1000));
    assert_true(casus_period_may_overlap(&day, 18384, 18384));
    assert_false(casus_period_may_overlap(&day, 18385, 18400));
    assert_string_equal(casus_period_format(&since, text), "2015 –");
    assert_string_equal(casus_period_format(&undated, text), "undated");
}

static void
the_first_failure_wins(void **state)
{
    struct casus_error err = {0};
    assert_int_equal(cas_fail(&err, CASUS_EINVAL, CAS_MSG_OPTION, "first %d", 1), CASUS_EINVAL);
    assert_int_equal(cas_fail(&err, CASUS_EIO, CAS_MSG_READ, "second"), CASUS_EIO);
    assert_string_equal(err.text, "first 1");
    assert_int_equal(err.code, 160);
    assert_int_equal(cas_fail(NULL, CASUS_EIO, CAS_MSG_READ, "x"), CASUS_EIO);
}

static void
a_fault_shows_the_line_around_its_column(void **state)
{
    struct casus_error fault;
    char line[400];
    memset(line, 'x', sizeof line);
    line[299] = '!';
    cas_fault_at(&fault, "a/very/long/path.json", (struct casus_where){7, 300}, line, sizeof line,
                 CAS_MSG_SYNTAX, "expected %s", "a comma");
    assert_int_equal(fault.line[fault.caret - 1], '!');
    assert_string_equal(fault.file, "a/very/long/path.json");
}

static void
policies_keep_what_they_say(void **state)
{
    struct casus_error fault, err = {0};
    cas_fault_text(&fault, CAS_MSG_DATE, "expected a date");
    struct casus_problems *check = casus_problems_new(CASUS_CHECK);
    struct casus_problems *lenient = casus_problems_new(CASUS_LENIENT);
    struct casus_problems *strict = casus_problems_new(CASUS_STRICT);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(cas_problem(check, &fault, &err), CASUS_OK);
        assert_int_equal(cas_problem(lenient, &fault, &err), CASUS_OK);
    }
    assert_int_equal(cas_problem(strict, &fault, &err), CASUS_EINPUT);
    assert_int_equal(err.code, 120);
    assert_int_equal(casus_problems_count(check), 3);
    assert_int_equal(casus_problems_count(lenient), 1);
    assert_int_equal(casus_problems_of(lenient, 120), 3);
    casus_problems_free(check);
    casus_problems_free(lenient);
    casus_problems_free(strict);
}

static void
messages_stand_in_order_and_are_whole(void **state)
{
    for (size_t i = 0; i < casus_message_count(); i++) {
        const struct casus_message *message = casus_message_at(i);
        assert_true(message->code >= 100 && message->code < 1000);
        assert_true(i == 0 || message->code > casus_message_at(i - 1)->code);
        assert_true(strlen(message->title) > 3 && strlen(message->text) > 20);
        assert_ptr_equal(casus_message_find(message->code), message);
    }
    assert_null(casus_message_find(999));
}

static void
a_file_appears_whole_or_not_at_all(void **state)
{
    char folder[] = "/tmp/casus-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/out.txt", folder);
    struct casus_error err = {0};
    struct casus_output *output;
    assert_int_equal(casus_output_open(path, &output, &err), CASUS_OK);
    casus_output_printf(output, "%s", "half");
    assert_int_equal(access(path, F_OK), -1);
    casus_output_discard(output);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(casus_output_open(path, &output, &err), CASUS_OK);
    for (int i = 0; i < 100000; i++)
        casus_output_text(output, "whole\n");
    assert_int_equal(casus_output_close(output, &err), CASUS_OK);
    assert_int_equal(access(path, R_OK), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left there */
}

static void
a_full_disk_is_an_error_with_a_number(void **state)
{
    struct casus_error err = {0};
    struct casus_output *output;
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_int_equal(casus_output_open("/dev/full", &output, &err), CASUS_OK);
    casus_output_text(output, "x");
    assert_int_equal(casus_output_close(output, &err), CASUS_EIO);
    assert_int_equal(err.code, 182);
    err = (struct casus_error){0};
    assert_int_equal(casus_output_open("/nonexistent/folder/x", &output, &err), CASUS_EIO);
    assert_int_equal(err.code, 182);
}

static void
words_and_values_go_there_and_back(void **state)
{
    for (int i = 0; i < CASUS_KIND_COUNT; i++) {
        const char *name = casus_kind_name((enum casus_kind)i);
        assert_int_equal(casus_kind_find(name, strlen(name)), i);
    }
    assert_int_equal(casus_kind_find("Militia", 7), -1);
    for (size_t i = 0; i < casus_type_count(); i++) {
        const struct casus_type *type = casus_type_at(i);
        assert_ptr_equal(casus_type_find(type->name, strlen(type->name)), type);
    }
    assert_false(casus_type_find("battle", 6)->directed);
    assert_false(casus_type_find("clash", 5)->directed);
    assert_true(casus_type_find("ambush", 6)->directed);
    assert_int_equal(casus_type_find("training", 8)->relation, CASUS_SUPPORT);
    assert_int_equal(casus_type_find("blame", 5)->relation, CASUS_CLAIM);
}

/* U+200E stands behind a name whose last letter runs leftward, whatever digits and signs follow. */
static void
arrows_stay_between_names(void **state)
{
    static const struct {
        const char *name, *wanted;
    } cases[] = {
        {"", " → "},
        {"North", "North → "},
        {"Фронт 2", "Фронт 2 → "},
        {"Հայ", "Հայ → "},
        {"الجبهة", "الجبهة\xE2\x80\x8E → "},
        {"الجبهة (2)", "الجبهة (2)\xE2\x80\x8E → "},
        {"צפון", "צפון\xE2\x80\x8E → "},
        {"الجبهة North", "الجبهة North → "},
        {"2", "2 → "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_buffer out;
        cas_buffer_init(&out);
        cas_buffer_text(&out, cases[i].name);
        cas_buffer_between(&out, " → ");
        assert_string_equal(out.s, cases[i].wanted);
        cas_buffer_done(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrows_stay_between_names),
        cmocka_unit_test(arena_memory_is_aligned_and_lives_until_done),
        cmocka_unit_test(an_allocation_may_be_made_to_fail),
        cmocka_unit_test(a_cleared_arena_hands_out_memory_of_its_own),
        cmocka_unit_test(a_set_gives_the_same_number_to_the_same_bytes),
        cmocka_unit_test(utf8_is_refused_where_rfc_3629_refuses_it),
        cmocka_unit_test(the_nearest_word_is_the_one_probably_meant),
        cmocka_unit_test(numbers_read_back_the_same_in_any_locale),
        cmocka_unit_test(numbers_are_written_as_the_c_library_would),
        cmocka_unit_test(a_date_keeps_its_precision_and_knows_its_days),
        cmocka_unit_test(every_day_of_two_thousand_years_goes_there_and_back),
        cmocka_unit_test(a_period_may_overlap_where_an_end_is_open),
        cmocka_unit_test(the_first_failure_wins),
        cmocka_unit_test(a_fault_shows_the_line_around_its_column),
        cmocka_unit_test(policies_keep_what_they_say),
        cmocka_unit_test(messages_stand_in_order_and_are_whole),
        cmocka_unit_test(a_file_appears_whole_or_not_at_all),
        cmocka_unit_test(a_full_disk_is_an_error_with_a_number),
        cmocka_unit_test(words_and_values_go_there_and_back),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
