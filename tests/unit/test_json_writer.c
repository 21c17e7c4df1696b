/* JSON as it leaves: its shape, its numbers, its escapes, and what happens without memory. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "base/mem.h"
#include "report/json.h"

static struct casus_output *
memory(void)
{
    struct casus_output *output;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    return output;
}

/* What `text` becomes as the only element of an array. */
static void
check_text(const char *text, const char *expected)
{
    struct casus_output *output = memory();
    struct cas_json json;
    cas_json_init(&json, output);
    cas_json_put_text(&json, NULL, text);
    assert_int_equal(cas_json_done(&json, NULL), CASUS_OK);
    assert_string_equal(casus_output_bytes(output, NULL), expected);
    casus_output_discard(output);
}

static void
hostile_names_stay_strings(void **state)
{
    static const struct {
        const char *name, *expected;
    } rows[] = {
        {"\",\"x\":\"", "\"\\\",\\\"x\\\":\\\"\"\n"},
        {"back\\slash", "\"back\\\\slash\"\n"},
        {"a\nb\tc\033\001", "\"a\\nb\\tc\\u001b\\u0001\"\n"},
        {"لواء القدس", "\"لواء القدس\"\n"},
        {"caf\303", "\"caf\357\277\275\"\n"},
        {"\355\240\200", "\"\357\277\275\357\277\275\357\277\275\"\n"}, /* half a surrogate pair */
        {"", "\"\"\n"},
        {NULL, "null\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_text(rows[i].name, rows[i].expected);
}

static void
check_number(double value, const char *expected)
{
    struct casus_output *output = memory();
    struct cas_json json;
    cas_json_init(&json, output);
    cas_json_put_number(&json, NULL, value);
    assert_int_equal(cas_json_done(&json, NULL), CASUS_OK);
    assert_string_equal(casus_output_bytes(output, NULL), expected);
    casus_output_discard(output);
}

static void
numbers_are_the_shortest_that_read_back_whatever_the_locale(void **state)
{
    check_number(0.1, "0.1\n");
    check_number(1.0 / 3, "0.3333333333333333\n");
    check_number(-2.5, "-2.5\n");
    check_number(12, "12\n");
    check_number(-0.0, "0\n");
    check_number(NAN, "null\n");
    check_number(INFINITY, "null\n");
}

static void
counts_keep_all_their_digits(void **state)
{
    struct casus_output *output = memory();
    struct cas_json json;
    cas_json_init(&json, output);
    cas_json_put_count(&json, NULL, UINT64_MAX);
    assert_int_equal(cas_json_done(&json, NULL), CASUS_OK);
    assert_string_equal(casus_output_bytes(output, NULL), "18446744073709551615\n");
    casus_output_discard(output);
}

/* An answer with everything in it. */
static void
write_answer(struct cas_json *json)
{
    const struct casus_figure some = {12, -1, -1}, none = CASUS_NO_FIGURE;
    cas_json_open_object(json, NULL);
    cas_json_put_text(json, "command", "test");
    cas_json_open_array(json, "actors");
    for (uint64_t i = 0; i < 2; i++) {
        struct cJSON *actor = cas_json_object(json);
        cas_json_add_count(json, actor, "id", i);
        struct cJSON *scores = cas_json_add_object(json, actor, "scores");
        cas_json_add_number(json, scores, "pn", 0.5);
        cas_json_add_null(json, scores, "hub");
        struct cJSON *names = cas_json_add_array(json, actor, "names");
        cas_json_add_text(json, names, NULL, "a\"b");
        cas_json_add_bool(json, names, NULL, true);
        cas_json_add_raw(json, actor, "x-own", "{\"k\":[1]}");
        cas_json_add_figure(json, actor, "killed", i ? &some : &none);
        cas_json_add_date(json, actor, "first", (struct casus_date){2020, 5, 0});
        cas_json_put(json, NULL, actor);
    }
    cas_json_close(json);
    cas_json_open_object(json, "by \"key\"");
    cas_json_close(json);
    cas_json_open_array(json, "none");
    cas_json_close(json);
    cas_json_put_bool(json, "last", false);
    cas_json_close(json);
}

static const char answer[] =
    "{\n"
    "  \"command\": \"test\",\n"
    "  \"actors\": [\n"
    "    {\"id\":0,\"scores\":{\"pn\":0.5,\"hub\":null},\"names\":[\"a\\\"b\",true],"
    "\"x-own\":{\"k\":[1]},\"killed\":null,\"first\":\"2020-05\"},\n"
    "    {\"id\":1,\"scores\":{\"pn\":0.5,\"hub\":null},\"names\":[\"a\\\"b\",true],"
    "\"x-own\":{\"k\":[1]},\"killed\":{\"low\":12,\"best\":null,\"high\":null},"
    "\"first\":\"2020-05\"}\n"
    "  ],\n"
    "  \"by \\\"key\\\"\": {},\n"
    "  \"none\": [],\n"
    "  \"last\": false\n"
    "}\n";

static void
an_answer_has_one_element_a_line(void **state)
{
    struct casus_output *output = memory();
    struct cas_json json;
    cas_json_init(&json, output);
    write_answer(&json);
    assert_int_equal(cas_json_done(&json, NULL), CASUS_OK);
    assert_string_equal(casus_output_bytes(output, NULL), answer);
    casus_output_discard(output);
}

static void *
failing_alloc(size_t size)
{
    return cas_alloc(size);
}

static void
every_allocation_may_fail_and_nothing_is_lost(void **state)
{
    cJSON_InitHooks(&(cJSON_Hooks){failing_alloc, cas_free});
    enum casus_status status = CASUS_ENOMEM;
    long n = 0;
    for (; status != CASUS_OK && n < 10000; n++) {
        struct casus_output *output = memory();
        struct cas_json json;
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        cas_json_init(&json, output);
        write_answer(&json);
        status = cas_json_done(&json, &err);
        cas_mem_fail_after(-1);
        assert_int_equal(err.status, status);
        enum casus_status closed = casus_output_close(output, NULL);
        if (status == CASUS_OK)
            status = closed;
    }
    cJSON_InitHooks(NULL);
    assert_int_equal(status, CASUS_OK);
    assert_true(n > 50); /* cJSON's own allocations were among them */
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_names_stay_strings),
        cmocka_unit_test(numbers_are_the_shortest_that_read_back_whatever_the_locale),
        cmocka_unit_test(counts_keep_all_their_digits),
        cmocka_unit_test(an_answer_has_one_element_a_line),
        cmocka_unit_test(every_allocation_may_fail_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
