/* Names that mean harm, written into four languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "actor/width.h"
#include "report/escape.h"

struct row {
    const char *name, *expected;
};

static void
check(void (*escape)(struct cas_buffer *, const char *), const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cas_buffer out;
        cas_buffer_init(&out);
        escape(&out, rows[i].name);
        assert_string_equal(out.s ? out.s : "", rows[i].expected);
        cas_buffer_done(&out);
    }
}

#define CHECK(escape, rows) check(escape, rows, sizeof(rows) / sizeof((rows)[0]))

static void
in_a_terminal_no_name_moves_the_cursor_or_turns_the_text(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"Liwa al-Quds", "Liwa al-Quds"},
        {"لواء القدس", "لواء القدس"},
        {"a\033[2Jb", "a\\u001b[2Jb"},
        {"a\nb\r\tc\177", "a\\u000ab\\u000d\\u0009c\\u007f"},
        {"\302\233"
         "2J",
         "\\u009b2J"}, /* a C1 control sequence */
        {"exe.\342\200\256gpj", "exe.\\u202egpj"},
        {"\342\201\246x\342\201\251", "\\u2066x\\u2069"},
        {"a\342\200\250b", "a\\u2028b"},
        {"x\363\240\201\201", "x\\U000e0041"},
        {"caf\303", "caf\\xc3"},
        {"\300\200", "\\xc0\\x80"},
        {"می\342\200\214خواهم", "می\342\200\214خواهم"}, /* a joiner that Persian needs */
    };
    CHECK(cas_escape_text, rows);
}

static void
in_markdown_no_name_is_markup(void **state)
{
    static const struct row rows[] = {
        {"A|B", "A\\|B"},
        {"<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"},
        {"[x](javascript:y)", "\\[x\\](javascript:y)"},
        {"**bold** _i_ `c` ~~s~~ &amp; \\",
         "\\*\\*bold\\*\\* \\_i\\_ \\`c\\` \\~\\~s\\~\\~ \\&amp; \\\\"},
        {"# heading", "\\# heading"},
        {"- item", "\\- item"},
        {"18. Division", "18\\. Division"},
        {"18th Division - north", "18th Division - north"},
        {"a\nb", "a\\\\u000ab"},
    };
    CHECK(cas_escape_markdown, rows);
}

static void
in_html_no_name_opens_a_tag_or_ends_an_attribute(void **state)
{
    static const struct row rows[] = {
        {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"A & B", "A &amp; B"},
        {"\342\200\256x", "\\u202ex"},
    };
    CHECK(cas_escape_html, rows);
}

static void
in_csv_no_name_ends_its_cell_or_starts_a_formula(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"a,b", "\"a,b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""},
        {"a\nb", "\"a\nb\""},
        {"=1+1", "'=1+1"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"+963 11", "'+963 11"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"-5", "-5"},
        {"-1.5e-3", "-1.5e-3"},
        {"+5", "+5"},
        {"-5 men", "'-5 men"},
        {"'=1", "''=1"}, /* so that taking one ' away gives the name again */
        {"'quoted'", "'quoted'"},
        {" padded", "\" padded\""},
        {"\342\200\256x", "\342\200\256x"}, /* data keep every character */
    };
    CHECK(cas_escape_csv, rows);
}

static void
width_counts_columns_not_bytes(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        {"", 0},     {"abc", 3},      {"Москва", 6}, {"e\314\201", 1}, /* e and an accent */
        {"京都", 4}, {"\377\376", 2}, {"לִוָא", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(cas_width(rows[i].text, strlen(rows[i].text)), rows[i].columns);
}

static void
a_cut_keeps_characters_whole_and_marks_with_their_letter(void **state)
{
    assert_int_equal(cas_width_cut("京都x", 7, 3), 3);       /* half of a wide one does not fit */
    assert_int_equal(cas_width_cut("ae\314\201b", 5, 2), 4); /* a, e with its accent */
    assert_int_equal(cas_width_cut("abc", 3, 9), 3);
    assert_int_equal(cas_width_cut("abc", 3, 0), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_terminal_no_name_moves_the_cursor_or_turns_the_text),
        cmocka_unit_test(in_markdown_no_name_is_markup),
        cmocka_unit_test(in_html_no_name_opens_a_tag_or_ends_an_attribute),
        cmocka_unit_test(in_csv_no_name_ends_its_cell_or_starts_a_formula),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(a_cut_keeps_characters_whole_and_marks_with_their_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
