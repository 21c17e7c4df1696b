/* The JSON scanner: what it takes, what it refuses and where, and that windows make no difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/tape.h"

static const char *const good[] = {
    "null",
    " true ",
    "false",
    "0",
    "-0",
    "-0.0e-0",
    "12.5E+10",
    "\"\"",
    "\"plain\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"",
    "\"\\ud83e\\udd85\"",
    "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\xA6\x85\"",
    "\"\x7F\"",
    "[]",
    "{}",
    " [ ] ",
    "[1,2,3]",
    "[1 , [2, {\"a\": [null]}], \"x\"]",
    "{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":1}]}",
    "{\"\":0}",
    "\r\n\t {\"a\"\t:\n1}",
};

/* at: bytes before the fault. */
static const struct {
    const char *text;
    enum cas_msg code;
    size_t at;
} bad[] = {
    {"", CAS_MSG_SYNTAX, 0},
    {"  ", CAS_MSG_SYNTAX, 2},
    {"tru", CAS_MSG_SYNTAX, 3},
    {"trux", CAS_MSG_SYNTAX, 0},
    {"nulL", CAS_MSG_SYNTAX, 0},
    {"NaN", CAS_MSG_SYNTAX, 0},
    {"+1", CAS_MSG_SYNTAX, 0},
    {"-", CAS_MSG_SYNTAX, 1},
    {"-a", CAS_MSG_SYNTAX, 1},
    {"01", CAS_MSG_SYNTAX, 1},
    {"-01", CAS_MSG_SYNTAX, 2},
    {"1.", CAS_MSG_SYNTAX, 2},
    {"[1.]", CAS_MSG_SYNTAX, 3},
    {".5", CAS_MSG_SYNTAX, 0},
    {"1e", CAS_MSG_SYNTAX, 2},
    {"1e+", CAS_MSG_SYNTAX, 3},
    {"[1e-x]", CAS_MSG_SYNTAX, 4},
    {"\"", CAS_MSG_SYNTAX, 1},
    {"\"ab", CAS_MSG_SYNTAX, 3},
    {"\"a\nb\"", CAS_MSG_SYNTAX, 2},
    {"\"a\tb\"", CAS_MSG_SYNTAX, 2},
    {"\"0123456\x1F\"", CAS_MSG_SYNTAX, 8},
    {"\"\\x\"", CAS_MSG_SYNTAX, 1},
    {"\"\\", CAS_MSG_SYNTAX, 2},
    {"\"\\u12\"", CAS_MSG_SYNTAX, 1},
    {"\"\\u12G4\"", CAS_MSG_SYNTAX, 1},
    {"\"\\u12", CAS_MSG_SYNTAX, 5},
    {"[", CAS_MSG_SYNTAX, 1},
    {"[1", CAS_MSG_SYNTAX, 2},
    {"[1,]", CAS_MSG_SYNTAX, 3},
    {"[,1]", CAS_MSG_SYNTAX, 1},
    {"[1 2]", CAS_MSG_SYNTAX, 3},
    {"[1}", CAS_MSG_SYNTAX, 2},
    {"{", CAS_MSG_SYNTAX, 1},
    {"{a:1}", CAS_MSG_SYNTAX, 1},
    {"{1:1}", CAS_MSG_SYNTAX, 1},
    {"{\"a\"}", CAS_MSG_SYNTAX, 4},
    {"{\"a\" 1}", CAS_MSG_SYNTAX, 5},
    {"{\"a\":}", CAS_MSG_SYNTAX, 5},
    {"{\"a\":1,}", CAS_MSG_SYNTAX, 7},
    {"{\"a\":1 \"b\":2}", CAS_MSG_SYNTAX, 7},
    {"{\"a\":1]", CAS_MSG_SYNTAX, 6},
    {"[1/**/]", CAS_MSG_SYNTAX, 2},
    {"[\xC2\xA0"
     "1]",
     CAS_MSG_SYNTAX, 1},
    {"[\xFF]", CAS_MSG_UTF8, 1},
    {"[\xC3]", CAS_MSG_UTF8, 1},
};

static enum cas_scan
scan_in(struct cas_tape *tape, const char *text, size_t n, bool at_end, unsigned depth)
{
    /* a copy of its own, so that a byte too far is seen by the sanitizer */
    static char *copy;
    free(copy);
    copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, text, n);
    enum cas_scan found = cas_tape_scan(tape, copy, n, at_end, depth);
    if (n == 0) {
        free(copy);
        copy = NULL;
    }
    return found;
}

static enum cas_scan
scan(struct cas_tape *tape, const char *text, size_t n, bool at_end)
{
    return scan_in(tape, text, n, at_end, 0);
}

static void
takes_what_rfc_8259_allows(void **state)
{
    (void)state;
    struct cas_tape tape;
    cas_tape_init(&tape);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (scan(&tape, good[i], strlen(good[i]), true) != CAS_SCAN_OK || tape.flaw_count)
            fail_msg("refused: %s", good[i]);
        size_t after = tape.used;
        after += cas_tape_blanks(good[i] + after, strlen(good[i]) - after);
        assert_int_equal(after, strlen(good[i]));
    }
    cas_tape_done(&tape);
}

static void
refuses_the_rest_at_the_byte_that_offends(void **state)
{
    (void)state;
    struct cas_tape tape;
    cas_tape_init(&tape);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        enum cas_scan found = scan(&tape, bad[i].text, strlen(bad[i].text), true);
        if (found != CAS_SCAN_FAULT || tape.code != bad[i].code || tape.at != bad[i].at)
            fail_msg("%s: found %d, CAS-%03u at %zu, not CAS-%03u at %zu", bad[i].text, found,
                     tape.code, tape.at, bad[i].code, bad[i].at);
    }
    cas_tape_done(&tape);
}

/* A prefix of what is good asks for more, never errs; a fault is the same in every window. */
static void
a_window_changes_nothing(void **state)
{
    (void)state;
    struct cas_tape tape;
    cas_tape_init(&tape);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t whole = strlen(good[i]);
        while (strchr(" ", good[i][whole - 1]))
            whole--;
        for (size_t n = 0; n < whole; n++) {
            if (scan(&tape, good[i], n, false) != CAS_SCAN_MORE)
                fail_msg("%.*s of %s: not 'more'", (int)n, good[i], good[i]);
        }
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t n = 0; n <= strlen(bad[i].text); n++) {
            enum cas_scan found = scan(&tape, bad[i].text, n, false);
            bool same = found == CAS_SCAN_FAULT && tape.code == bad[i].code && tape.at == bad[i].at;
            if (found != CAS_SCAN_MORE && !same)
                fail_msg("%.*s of %s: %d", (int)n, bad[i].text, bad[i].text, found);
        }
    }
    cas_tape_done(&tape);
}

static void
the_tape_lies_in_the_order_of_the_text(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, {}], \"b\": \"x\\n\"}";
    static const struct {
        uint32_t start, end, next, count;
        uint8_t type;
    } expected[] = {
        {0, 26, 7, 2, CAS_TAPE_OBJECT},  {1, 4, 2, 0, CAS_TAPE_STRING},
        {6, 13, 5, 2, CAS_TAPE_ARRAY},   {7, 8, 4, 0, CAS_TAPE_NUMBER},
        {10, 12, 5, 0, CAS_TAPE_OBJECT}, {15, 18, 6, 0, CAS_TAPE_STRING},
        {20, 25, 7, 0, CAS_TAPE_STRING},
    };
    struct cas_tape tape;
    cas_tape_init(&tape);
    assert_int_equal(scan(&tape, text, sizeof text - 1, true), CAS_SCAN_OK);
    assert_int_equal(tape.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(tape.nodes[i].start, expected[i].start);
        assert_int_equal(tape.nodes[i].end, expected[i].end);
        assert_int_equal(tape.nodes[i].next, expected[i].next);
        assert_int_equal(tape.nodes[i].type, expected[i].type);
        if (expected[i].type != CAS_TAPE_STRING)
            assert_int_equal(tape.nodes[i].count, expected[i].count);
    }
    assert_false(tape.nodes[5].escaped);
    assert_true(tape.nodes[6].escaped);
    cas_tape_done(&tape);
}

static void
escapes_become_characters(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"\"plain\"", "plain"},
        {"\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d"},
        {"\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
        {"\"<\\uD83E\\uDD85>\"", "<\xF0\x9F\xA6\x85>"},
        {"\"\\uFFFF\\u0080\\u07ff\\u0800\"", "\xEF\xBF\xBF\xC2\x80\xDF\xBF\xE0\xA0\x80"},
    };
    struct cas_tape tape;
    struct cas_arena arena;
    cas_tape_init(&tape);
    cas_arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(scan(&tape, cases[i].json, strlen(cases[i].json), true), CAS_SCAN_OK);
        struct cas_text text = cas_tape_text(&tape, 0, &arena);
        assert_int_equal(text.n, strlen(cases[i].text));
        assert_memory_equal(text.s, cases[i].text, text.n);
        assert_ptr_equal(text.at, tape.text);
    }
    cas_arena_done(&arena);
    cas_tape_done(&tape);
}

static void
flaws_stand_beside_a_whole_tape(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n, at;
        enum cas_msg code;
    } cases[] = {
        {"\"a\xFFz\"", 5, 2, CAS_MSG_UTF8},
        {"\"a\xC0\xAFz\"", 6, 2, CAS_MSG_UTF8},
        {"\"a\xED\xA0\x80z\"", 7, 2, CAS_MSG_UTF8},
        {"\"a\xF4\x90\x80\x80z\"", 8, 2, CAS_MSG_UTF8},
        {"\"a\xE2\x82\"", 5, 2, CAS_MSG_UTF8},
        {"\"a\0z\"", 5, 2, CAS_MSG_NUL},
        {"\"ab\\u0000\"", 10, 3, CAS_MSG_NUL},
        {"[\"\\ud83e\"]", 10, 2, CAS_MSG_SURROGATE},
        {"[\"\\ud83e\\u0041\"]", 16, 2, CAS_MSG_SURROGATE},
        {"[\"\\udd85\\ud83e\"]", 16, 2, CAS_MSG_SURROGATE},
        {"{\"a\":1,\"a\":1}", 13, 7, CAS_MSG_DUPLICATE_KEY},
        {"{\"a\":1,\"\\u0061\":1}", 18, 7, CAS_MSG_DUPLICATE_KEY},
        {"{\"\\u0061\":1,\"a\":1}", 18, 12, CAS_MSG_DUPLICATE_KEY},
        {"{\"\xC3\xA9\":1,\"\\u00e9\":1}", 19, 8, CAS_MSG_DUPLICATE_KEY},
        {"[{\"b\":{\"a\":1,\"a\":1}}]", 21, 13, CAS_MSG_DUPLICATE_KEY},
    };
    struct cas_tape tape;
    cas_tape_init(&tape);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(scan(&tape, cases[i].text, cases[i].n, true), CAS_SCAN_OK);
        if (tape.flaw_count != 1 || tape.flaws[0].at != cases[i].at ||
            tape.flaws[0].code != cases[i].code)
            fail_msg("%s: %zu flaws, the first CAS-%03u at %u", cases[i].text, tape.flaw_count,
                     tape.flaw_count ? tape.flaws[0].code : 0u,
                     tape.flaw_count ? tape.flaws[0].at : 0u);
    }
    assert_int_equal(scan(&tape, "{\"ab\":1,\"ba\":1,\"abc\":1}", 24, true), CAS_SCAN_OK);
    assert_int_equal(tape.flaw_count, 0);
    cas_tape_done(&tape);
}

/* A thousand keys, one of them twice, at random places. */
static void
finds_the_second_key_among_many(void **state)
{
    (void)state;
    struct cas_tape tape;
    struct cas_buffer text;
    cas_tape_init(&tape);
    cas_buffer_init(&text);
    size_t second = 0;
    cas_buffer_char(&text, '{');
    for (int i = 0; i < 1000; i++) {
        if (i == 700)
            second = text.n;
        cas_buffer_printf(&text, "\"key %d\":%d,", i == 700 ? 123 : i * 7919 % 1000, i);
    }
    cas_buffer_text(&text, "\"end\":0}");
    assert_false(text.failed);
    assert_int_equal(scan(&tape, text.s, text.n, true), CAS_SCAN_OK);
    /* 7919 is coprime to 1000: every key from 0 to 999 stands once, but that 300 gave way to 123 */
    assert_int_equal(700 * 7919 % 1000, 300);
    assert_int_equal(tape.flaw_count, 1);
    size_t other = (size_t)(strstr(text.s, "\"key 123\"") - text.s);
    char *last = strstr(text.s + other + 1, "\"key 123\"");
    assert_non_null(last);
    assert_true(second == other || second == (size_t)(last - text.s));
    assert_int_equal(tape.flaws[0].at, last - text.s);
    cas_buffer_done(&text);
    cas_tape_done(&tape);
}

static void
nests_64_deep_and_not_65(void **state)
{
    (void)state;
    char text[200];
    struct cas_tape tape;
    cas_tape_init(&tape);
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    assert_int_equal(scan(&tape, text, 128, true), CAS_SCAN_OK);
    assert_int_equal(cas_tape_scan(&tape, text, 128, true, 1), CAS_SCAN_FAULT);
    assert_int_equal(tape.code, CAS_MSG_DEEP);
    assert_int_equal(tape.at, 63);
    memset(text, '[', 200);
    assert_int_equal(scan(&tape, text, 200, false), CAS_SCAN_FAULT);
    assert_int_equal(tape.code, CAS_MSG_DEEP);
    assert_int_equal(tape.at, 64);
    cas_tape_done(&tape);
}

static void
numbers_are_those_of_strtod(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "7",
                                        "34.9",
                                        "0.1",
                                        "-179.9999",
                                        "1e2",
                                        "12345678901234",
                                        "0.3",
                                        "2.5E-3",
                                        "1.7e308",
                                        "123456789012345678",
                                        "9e-99",
                                        "0.000000000000001",
                                        "99999999999999.9"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value, expected = strtod(texts[i], NULL);
        assert_true(cas_tape_number(texts[i], strlen(texts[i]), &value));
        assert_memory_equal(&value, &expected, sizeof value);
    }
    srand(1);
    for (int i = 0; i < 20000; i++) {
        char text[40];
        double value;
        int digits = rand() % 12;
        snprintf(text, sizeof text, "%s%d.%0*d", rand() % 2 ? "-" : "", rand() % 10000,
                 digits ? digits : 1, rand() % 1000000);
        double expected = strtod(text, NULL);
        assert_true(cas_tape_number(text, strlen(text), &value));
        if (memcmp(&value, &expected, sizeof value))
            fail_msg("%s: %.17g, not %.17g", text, value, expected);
    }
    double value;
    assert_false(cas_tape_number("1e999", 5, &value));
}

static void
a_compact_copy_has_no_blanks_but_in_strings(void **state)
{
    (void)state;
    static const char text[] = " { \"a b\" : [ 1 , \"x  y\\n\" , { } ],\n\"c\":null } ";
    struct cas_tape tape;
    struct cas_buffer out;
    cas_tape_init(&tape);
    cas_buffer_init(&out);
    assert_int_equal(scan(&tape, text, sizeof text - 1, true), CAS_SCAN_OK);
    cas_tape_compact(&tape, 0, &out);
    assert_string_equal(out.s, "{\"a b\":[1,\"x  y\\n\",{}],\"c\":null}");
    cas_buffer_clear(&out);
    cas_tape_quote(CAS_TEXT("a\"b\\c\n\xC3\xA9"), &out);
    assert_string_equal(out.s, "\"a\\\"b\\\\c\\u000a\xC3\xA9\"");
    cas_buffer_done(&out);
    cas_tape_done(&tape);
}

/* --- the fast half and the whole one ---------------------------------------------------------- */

static uint64_t random_state = 88172645463325252u;

static size_t
draw(size_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state >> 33) % below;
}

/* Pieces of JSON in a row that is often right; then, one time in three, one byte is another. */
static size_t
draw_text(char *out, size_t most)
{
    static const char *const pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "\"a\":",
                                         "\"key\": ",
                                         "\"k\"",
                                         "12",
                                         "-0.5",
                                         "1e3",
                                         "00",
                                         "null",
                                         "true",
                                         "\"plain text\"",
                                         "\"\\u00e9\"",
                                         "\"a\"",
                                         "\"caf\xC3\xA9\"",
                                         " ",
                                         "\n",
                                         "{\"a\":1}",
                                         "{\"a\":1,\"a\":2}",
                                         "{\"k\":[],\"j\":{}}",
                                         "[1,2]",
                                         "\"\"",
                                         "{\"from\":[\"x\"],\"to\":[]}",
                                         "1234567890123456",
                                         "0.1234567890123456",
                                         "-",
                                         "\""};
    size_t n = 0, count = 1 + draw(12);
    while (count--) {
        const char *piece = pieces[draw(sizeof pieces / sizeof *pieces)];
        if (n + strlen(piece) > most)
            break;
        memcpy(out + n, piece, strlen(piece));
        n += strlen(piece);
    }
    if (n && draw(3) == 0)
        out[draw(n)] = (char)draw(256);
    return n;
}

static void
assert_same_scan(const struct cas_tape *a, enum cas_scan found_a, const struct cas_tape *b,
                 enum cas_scan found_b, const char *text, size_t n)
{
    bool same = found_a == found_b;
    if (same && found_a == CAS_SCAN_FAULT)
        same = a->code == b->code && a->at == b->at;
    if (same && found_a == CAS_SCAN_OK)
        same = a->used == b->used && a->count == b->count && a->flaw_count == b->flaw_count;
    for (size_t i = 0; same && found_a == CAS_SCAN_OK && i < a->count; i++)
        same = a->nodes[i].start == b->nodes[i].start && a->nodes[i].end == b->nodes[i].end &&
               a->nodes[i].next == b->nodes[i].next && a->nodes[i].count == b->nodes[i].count &&
               a->nodes[i].type == b->nodes[i].type && a->nodes[i].escaped == b->nodes[i].escaped;
    for (size_t i = 0; same && found_a == CAS_SCAN_OK && i < a->flaw_count; i++)
        same = a->flaws[i].at == b->flaws[i].at && a->flaws[i].code == b->flaws[i].code;
    if (!same)
        fail_msg("the two halves differ on: %.*s", (int)n, text);
}

/* A text shorter than CAS_TAPE_BEHIND with nothing to read behind it is left to tape.c alone. */
static void
common_tokens_make_the_same_tape(void **state)
{
    char text[CAS_TAPE_BEHIND - 1], wide[2 * CAS_TAPE_BEHIND];
    struct cas_tape whole, fast;
    (void)state;
    cas_tape_init(&whole);
    cas_tape_init(&fast);
    fast.behind = CAS_TAPE_BEHIND;
    for (int i = 0; i < 200000; i++) {
        size_t n = draw_text(text, sizeof text);
        bool at_end = draw(2);
        unsigned depth = draw(2) ? 0 : CAS_TAPE_DEPTH - 2;
        memset(wide, "\":,}]0"[draw(6)], sizeof wide);
        memcpy(wide, text, n);
        enum cas_scan found = scan_in(&whole, text, n, at_end, depth);
        assert_same_scan(&whole, found, &fast, cas_tape_scan(&fast, wide, n, at_end, depth), text,
                         n);
    }
    cas_tape_done(&whole);
    cas_tape_done(&fast);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_rfc_8259_allows),
        cmocka_unit_test(refuses_the_rest_at_the_byte_that_offends),
        cmocka_unit_test(a_window_changes_nothing),
        cmocka_unit_test(the_tape_lies_in_the_order_of_the_text),
        cmocka_unit_test(escapes_become_characters),
        cmocka_unit_test(flaws_stand_beside_a_whole_tape),
        cmocka_unit_test(finds_the_second_key_among_many),
        cmocka_unit_test(nests_64_deep_and_not_65),
        cmocka_unit_test(numbers_are_those_of_strtod),
        cmocka_unit_test(a_compact_copy_has_no_blanks_but_in_strings),
        cmocka_unit_test(common_tokens_make_the_same_tape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
