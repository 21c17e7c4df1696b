/* Tables, pages and numbers as people see them. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "actor/width.h"
#include "report/format.h"
#include "report/page.h"

static const struct cas_column columns[] = {{"actor", false}, {"score", true}, {"whom", false}};

static void
fill(struct cas_table *table)
{
    cas_table_init(table, columns, 3);
    cas_table_text(table, "Islamic State");
    cas_table_number(table, 2.5);
    cas_table_text(table, "Liwa al-Quds");
    cas_table_text(table, "京都 <b>|");
    cas_table_number(table, NAN);
    cas_table_text(table, NULL);
    cas_table_text(table, "=1+1");
    cas_table_number(table, -1.0 / 3);
    cas_table_text(table, "a\033[2J");
}

/* Draws the table into `out`, which holds 4096 bytes. */
static const char *
draw(const struct cas_table *table, enum casus_layout layout, uint32_t width, char *out)
{
    struct casus_output *output;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(cas_table_write(table, layout, width, output, NULL), CASUS_OK);
    size_t length;
    const char *bytes = casus_output_bytes(output, &length);
    assert_true(length < 4096);
    memcpy(out, bytes, length);
    out[length] = '\0';
    casus_output_discard(output);
    return out;
}

static void
text_is_aligned_by_columns_of_the_terminal(void **state)
{
    char out[4096];
    struct cas_table table;
    fill(&table);
    assert_string_equal(draw(&table, CASUS_TEXT, 80, out),
                        "  actor           score  whom\n"
                        "  ─────────────  ──────  ────────────\n"
                        "  Islamic State   2.500  Liwa al-Quds\n"
                        "  京都 <b>|           –\n"
                        "  =1+1           -0.333  a\\u001b[2J\n");
    cas_table_done(&table);
}

static void
markdown_escapes_cells_but_no_numbers(void **state)
{
    char out[4096];
    struct cas_table table;
    fill(&table);
    assert_string_equal(draw(&table, CASUS_MARKDOWN, 0, out),
                        "| actor | score | whom |\n"
                        "| --- | ---: | --- |\n"
                        "| Islamic State | 2.500 | Liwa al-Quds |\n"
                        "| 京都 \\<b\\>\\| | – |  |\n"
                        "| \\=1+1 | -0.333 | a\\\\u001b\\[2J |\n");
    cas_table_done(&table);
}

static void
html_escapes_and_isolates_names(void **state)
{
    char out[4096];
    struct cas_table table;
    fill(&table);
    draw(&table, CASUS_HTML, 0, out);
    assert_non_null(strstr(out, "<td><bdi>京都 &lt;b&gt;|</bdi></td><td class=\"n\">–</td>"));
    assert_non_null(strstr(out, "<th scope=\"col\" class=\"n\">score</th>"));
    assert_null(strstr(out, "<b>"));
    assert_null(strchr(out, '\033'));
    cas_table_done(&table);
}

static void
csv_keeps_numbers_unrounded_and_what_is_undefined_empty(void **state)
{
    char out[4096];
    struct cas_table table;
    fill(&table);
    assert_string_equal(draw(&table, CASUS_CSV, 0, out), "actor,score,whom\n"
                                                         "Islamic State,2.5,Liwa al-Quds\n"
                                                         "京都 <b>|,,\n"
                                                         "'=1+1,-0.3333333333333333,a\033[2J\n");
    cas_table_done(&table);
}

static void
text_is_cut_to_the_terminal_numbers_never(void **state)
{
    char out[4096];
    struct cas_table table;
    cas_table_init(&table, columns, 3);
    cas_table_text(&table, "The two besieged units of the brigade, whose name nobody gave");
    cas_table_number(&table, 123456);
    cas_table_text(&table, "Islamic State 3, Liwa al-Quds 2, Syrian Arab Army 1, 4 more");
    draw(&table, CASUS_TEXT, 60, out);
    for (char *line = strtok(out, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(cas_width(line, strlen(line)) <= 60);
    draw(&table, CASUS_TEXT, 60, out);
    assert_non_null(strstr(out, "…  123456  Islamic State 3"));
    assert_int_equal(strcmp(out + strlen(out) - 4, "…\n"), 0);
    draw(&table, CASUS_TEXT, 10, out); /* too narrow for anything: still whole numbers */
    assert_non_null(strstr(out, "123456"));
    cas_table_done(&table);
}

static const struct cas_column listed[] = {
    {"#", true}, {"actor", false}, {"own killed", true}, {"whom", false, true}};

static void
fill_list(struct cas_table *table)
{
    cas_table_init(table, listed, 4);
    cas_table_number(table, 1);
    cas_table_text(table, "Islamic State");
    cas_table_text(table, "12–15");
    cas_table_text(table, "Liwa al-Quds 3, Syrian Arab Army 2, Russia 1");
    cas_table_number(table, 2);
    cas_table_text(table, "Russia");
    cas_table_text(table, "–");
    cas_table_text(table, "");
}

static void
a_wrapping_column_takes_more_lines(void **state)
{
    char out[4096];
    struct cas_table table;
    fill_list(&table);
    assert_string_equal(draw(&table, CASUS_TEXT, 60, out),
                        "                       own\n"
                        "  #  actor          killed  whom\n"
                        "  ─  ─────────────  ──────  ────────────────────────────────\n"
                        "  1  Islamic State   12–15  Liwa al-Quds 3, Syrian Arab Army\n"
                        "                            2, Russia 1\n"
                        "  2  Russia              –\n");
    cas_table_done(&table);
}

static void
a_wrapping_column_stands_below_where_there_is_no_room(void **state)
{
    char out[4096];
    struct cas_table table;
    fill_list(&table);
    assert_string_equal(draw(&table, CASUS_TEXT, 40, out),
                        "                       own\n"
                        "  #  actor          killed\n"
                        "  ─  ─────────────  ──────\n"
                        "  1  Islamic State   12–15\n"
                        "     whom: Liwa al-Quds 3, Syrian Arab\n"
                        "     Army 2, Russia 1\n"
                        "  2  Russia              –\n");
    cas_table_done(&table);
}

static void
a_table_without_memory_says_so(void **state)
{
    for (long n = 0;; n++) {
        struct cas_table table;
        struct casus_output *output;
        struct casus_error err = {0};
        assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
        cas_mem_fail_after(n);
        fill(&table);
        enum casus_status status = cas_table_write(&table, CASUS_TEXT, 0, output, &err);
        cas_mem_fail_after(-1);
        cas_table_done(&table);
        if (status != CASUS_OK) {
            assert_int_equal(status, CASUS_ENOMEM);
            assert_int_equal(err.code, 183);
            casus_output_discard(output);
        } else if (casus_output_close(output, NULL) == CASUS_OK) {
            assert_true(n > 3);
            return;
        }
        assert_true(n < 1000);
    }
}

static void
a_column_has_three_digits_of_its_largest_number(void **state)
{
    assert_int_equal(cas_fixed_decimals(28, true), 0);
    assert_int_equal(cas_fixed_decimals(12.5, false), 3);
    assert_int_equal(cas_fixed_decimals(0.153, false), 3);
    assert_int_equal(cas_fixed_decimals(0.0021, false), 5);
    assert_int_equal(cas_fixed_decimals(1e-30, false), 9);
    assert_int_equal(cas_fixed_decimals(0, false), 3);
}

static void
fixed_numbers_have_a_point_in_every_locale(void **state)
{
    char out[CAS_FIXED_SIZE];
    assert_string_equal(cas_fixed_text(1234567.5, 3, out), "1234567.500");
    assert_string_equal(cas_fixed_text(-0.25, 2, out), "-0.25");
    assert_string_equal(cas_fixed_text(-0.0001, 3, out), "0.000");
    assert_string_equal(cas_fixed_text(7, 0, out), "7");
    assert_string_equal(cas_fixed_text(NAN, 3, out), "–");
    assert_string_equal(cas_fixed_text(1e300, 3, out), "1e+300");
}

static void
losses_say_what_is_given_and_what_is_not(void **state)
{
    static const struct {
        struct casus_figure figure;
        const char *expected;
    } rows[] = {
        {{-1, -1, -1}, "–"},        {{-1, 15, -1}, "15"},       {{15, 15, 15}, "15"},
        {{12, -1, -1}, "≥12"},      {{-1, -1, 20}, "≤20"},      {{12, -1, 20}, "12–20"},
        {{12, 15, 20}, "12–15–20"}, {{12, 15, -1}, "12–15–?"},  {{-1, 15, 20}, "?–15–20"},
        {{0, 0, 0}, "0"},           {{15, 15, 20}, "15–15–20"}, {{7, -1, 7}, "7"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char out[CAS_FIGURE_SIZE];
        assert_string_equal(cas_figure_text(&rows[i].figure, out), rows[i].expected);
    }
}

/* --- pages -------------------------------------------------------------------------------- */

static const char *
draw_page(enum casus_layout layout, char *out)
{
    static const struct casus_heading heading = {.command = "test", .width = 40};
    struct casus_output *output;
    struct cas_page page;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    cas_page_init(&page, &heading, layout, output);
    cas_page_title(&page, "<One> & two");
    cas_page_open_facts(&page, 6);
    cas_page_fact(&page, "Events", "%d, of which the greater part is told by nobody", 12);
    cas_page_close_facts(&page);
    cas_page_section(&page, "Caveats");
    cas_page_open_bullets(&page);
    cas_page_bullet(&page, "few");
    cas_page_close_bullets(&page);
    cas_page_paragraph(&page, "%s", "- no list");
    assert_int_equal(cas_page_done(&page, NULL), CASUS_OK);
    snprintf(out, 4096, "%s", casus_output_bytes(output, NULL));
    casus_output_discard(output);
    return out;
}

static void
a_page_of_text_wraps_and_hangs(void **state)
{
    char out[4096];
    assert_string_equal(draw_page(CASUS_TEXT, out), "<One> & two\n"
                                                    "═══════════\n"
                                                    "  Events  12, of which the greater part\n"
                                                    "          is told by nobody\n"
                                                    "\n"
                                                    "Caveats\n"
                                                    "───────\n"
                                                    "  • few\n"
                                                    "\n"
                                                    "  - no list\n");
}

static void
a_page_of_markdown_sets_blocks_apart(void **state)
{
    char out[4096];
    assert_string_equal(draw_page(CASUS_MARKDOWN, out),
                        "# \\<One\\> \\& two\n"
                        "\n"
                        "- **Events:** 12, of which the greater part is told by nobody\n"
                        "\n"
                        "## Caveats\n"
                        "\n"
                        "- few\n"
                        "\n"
                        "\\- no list\n");
}

static void
a_page_of_html_is_whole_and_escaped(void **state)
{
    char out[4096];
    draw_page(CASUS_HTML, out);
    assert_ptr_equal(strstr(out, "<!DOCTYPE html>\n"), out);
    assert_non_null(strstr(out, "<title>&lt;One&gt; &amp; two</title>"));
    assert_non_null(strstr(out, "<h2>Caveats</h2>\n<ul>\n<li>few</li>\n</ul>\n<p>- no list</p>\n"));
    assert_non_null(strstr(out, "prefers-color-scheme: dark"));
    assert_non_null(strstr(out, "default-src 'none'"));
    assert_string_equal(out + strlen(out) - strlen("</body>\n</html>\n"), "</body>\n</html>\n");
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_aligned_by_columns_of_the_terminal),
        cmocka_unit_test(markdown_escapes_cells_but_no_numbers),
        cmocka_unit_test(html_escapes_and_isolates_names),
        cmocka_unit_test(csv_keeps_numbers_unrounded_and_what_is_undefined_empty),
        cmocka_unit_test(text_is_cut_to_the_terminal_numbers_never),
        cmocka_unit_test(a_wrapping_column_takes_more_lines),
        cmocka_unit_test(a_wrapping_column_stands_below_where_there_is_no_room),
        cmocka_unit_test(a_table_without_memory_says_so),
        cmocka_unit_test(a_column_has_three_digits_of_its_largest_number),
        cmocka_unit_test(fixed_numbers_have_a_point_in_every_locale),
        cmocka_unit_test(losses_say_what_is_given_and_what_is_not),
        cmocka_unit_test(a_page_of_text_wraps_and_hangs),
        cmocka_unit_test(a_page_of_markdown_sets_blocks_apart),
        cmocka_unit_test(a_page_of_html_is_whole_and_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
