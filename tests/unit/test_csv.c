/* The scanner of tables: cells, quotes, ends of rows, limits, windows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/cells.h"

/* What a table comes to: cells end with '.', rows with '|'. */
static const struct {
    const char *text, *cells;
} tables[] = {
    {"", ""},
    {"a", "a.|"},
    {"a\n", "a.|"},
    {"a,b\nc,d\n", "a.b.|c.d.|"},
    {"a,b\r\nc,d\r\n", "a.b.|c.d.|"},
    {"a,b\rc,d\r", "a.b.|c.d.|"},
    {"a,b\r\nc,d", "a.b.|c.d.|"},
    {",", "..|"},
    {",\n,\n", "..|..|"},
    {"\n", ".|"},
    {"a\n\nb\n", "a.|.|b.|"},
    {"\"a\",\"b\"\n", "a.b.|"},
    {"\"a,b\",c\n", "a,b.c.|"},
    {"\"a\nb\",c\n", "a\nb.c.|"},
    {"\"a\r\nb\",c\r\n", "a\r\nb.c.|"},
    {"\"\"\n", ".|"},
    {"\"\"\"\"\n", "\".|"},
    {"\"say \"\"yes\"\" twice\"\n", "say \"yes\" twice.|"},
    {"a\"b,\"c\"d\n", "a\"b.cd.|"},
    {"\"a\"b\"c\"\n", "abc.|"},
    {"\"a\" ,b\n", "a .b.|"},
    {"0123456789,abcdefghijkl\n", "0123456789.abcdefghijkl.|"},
    {"caf\xC3\xA9,\xD8\xA7\n", "caf\xC3\xA9.\xD8\xA7.|"},
};

static void
dump_row(const struct cas_cells *cells, struct cas_buffer *out)
{
    struct cas_arena arena;
    cas_arena_init(&arena);
    for (size_t i = 0; i < cells->count; i++) {
        struct cas_text text = cas_cell_text(&cells->cells[i], &arena);
        cas_buffer_add(out, text.s, text.n);
        cas_buffer_char(out, '.');
    }
    cas_buffer_char(out, '|');
    cas_arena_done(&arena);
}

/* Scan in windows that grow by `step` bytes whenever more is asked for. */
static enum cas_scan
dump_table(const char *text, size_t length, size_t step, struct cas_buffer *out)
{
    struct cas_cells cells;
    size_t begin = 0, n = step < length ? step : length;
    enum cas_scan found;
    cas_cells_init(&cells, ',', true);
    for (;;) {
        char *copy = malloc(n ? n : 1);
        assert_non_null(copy);
        memcpy(copy, text + begin, n);
        found = cas_cells_scan(&cells, copy, n, begin + n == length);
        if (found == CAS_SCAN_OK)
            dump_row(&cells, out);
        free(copy);
        if (found != CAS_SCAN_OK && found != CAS_SCAN_MORE)
            break;
        if (found == CAS_SCAN_OK) {
            begin += cells.used;
            n -= cells.used;
        }
        if (found == CAS_SCAN_MORE) {
            assert_true(begin + n < length);
            n = begin + n + step < length ? n + step : length - begin;
        }
    }
    cas_cells_done(&cells);
    return found;
}

static void
rows_become_cells_in_any_window(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (size_t step = 1; step <= 40; step++) {
            struct cas_buffer out;
            cas_buffer_init(&out);
            cas_buffer_text(&out, "");
            assert_int_equal(dump_table(tables[i].text, strlen(tables[i].text), step, &out),
                             CAS_SCAN_END);
            if (strcmp(out.s, tables[i].cells))
                fail_msg("%s in steps of %zu: %s", tables[i].text, step, out.s);
            cas_buffer_done(&out);
        }
    }
}

static void
a_quote_that_is_not_closed_is_told_at_its_begin(void **state)
{
    (void)state;
    struct cas_cells cells;
    cas_cells_init(&cells, ',', true);
    assert_int_equal(cas_cells_scan(&cells, "ab,\"cd\nef", 9, false), CAS_SCAN_MORE);
    assert_int_equal(cas_cells_scan(&cells, "ab,\"cd\nef", 9, true), CAS_SCAN_FAULT);
    assert_int_equal(cells.code, CAS_MSG_QUOTE);
    assert_int_equal(cells.at, 3);
    cas_cells_done(&cells);
}

static void
quotes_can_be_taken_for_what_they_are(void **state)
{
    (void)state;
    struct cas_cells cells;
    cas_cells_init(&cells, '\t', false);
    assert_int_equal(cas_cells_scan(&cells, "\"a,b\t\"\"\n", 8, true), CAS_SCAN_OK);
    assert_int_equal(cells.count, 2);
    assert_memory_equal(cells.cells[0].s, "\"a,b", 4);
    assert_int_equal(cells.cells[0].n, 4);
    assert_int_equal(cells.cells[1].n, 2);
    cas_cells_done(&cells);
}

static void
expect_limit(const char *text, size_t n, size_t at)
{
    struct cas_cells cells;
    cas_cells_init(&cells, ',', true);
    assert_int_equal(cas_cells_scan(&cells, text, n, false), CAS_SCAN_FAULT);
    assert_int_equal(cells.code, CAS_MSG_LARGE);
    assert_int_equal(cells.at, at);
    cas_cells_done(&cells);
}

static void
cells_and_rows_have_limits(void **state)
{
    (void)state;
    size_t n = 3 * 1024 * 1024;
    char *text = malloc(n);
    assert_non_null(text);
    memset(text, 'x', n);
    memcpy(text, "a,", 2);
    expect_limit(text, n, 2); /* a cell without an end */
    text[2] = '"';
    expect_limit(text, n, 2); /* a quote without an end */
    memset(text, ',', n);
    expect_limit(text, n, 4096);
    struct cas_cells cells;
    cas_cells_init(&cells, ',', true);
    text[4095] = '\n';
    assert_int_equal(cas_cells_scan(&cells, text, n, false), CAS_SCAN_OK);
    assert_int_equal(cells.count, 4096);
    memset(text, 'x', n);
    text[1024 * 1024] = '\n';
    assert_int_equal(cas_cells_scan(&cells, text, n, false), CAS_SCAN_OK);
    assert_int_equal(cells.cells[0].n, 1024 * 1024);
    cas_cells_done(&cells);
    free(text);
}

static void
the_separator_is_the_one_that_the_header_has_most_of(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char separator;
    } cases[] = {
        {"", ','},          {"id\n", ','},           {"id,name\n", ','},
        {"id;name\n", ';'}, {"id\tname;x\ty", '\t'}, {"\"a;b;c\",d\n;;;;;", ','},
        {"a;b\n,,,,", ';'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cas_cells_separator(cases[i].text, strlen(cases[i].text)),
                         cases[i].separator);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_cells_in_any_window),
        cmocka_unit_test(a_quote_that_is_not_closed_is_told_at_its_begin),
        cmocka_unit_test(quotes_can_be_taken_for_what_they_are),
        cmocka_unit_test(cells_and_rows_have_limits),
        cmocka_unit_test(the_separator_is_the_one_that_the_header_has_most_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
