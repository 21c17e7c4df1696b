/* Names compared as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "actor/spelling.h"

static void
expect_key(const char *name, const char *key)
{
    struct cas_buffer found;
    cas_buffer_init(&found);
    cas_spelling_key(&found, name, strlen(name));
    assert_false(found.failed);
    assert_string_equal(found.s, key);
    cas_buffer_done(&found);
}

static void
a_key_leaves_out_case_accents_punctuation_and_articles(void **state)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        {"Liwa al-Quds", "liwaquds"},
        {"Liwa' al-Quds", "liwaquds"},
        {"Liwa\u2019 al Quds", "liwaquds"},
        {"Liw\u0101\u02BC al\u2011Quds", "liwaquds"},
        {"LIWA EL-QUDS", "liwaquds"},
        {"  Liwa\u00A0 al-Quds ", "liwaquds"},
        {"the Islamic State", "islamicstate"},
        {"The", "the"},
        {"Hay'at Tahrir ash-Sham", "hayattahrirsham"},
        {"Hay\u2019at Tahrir al-Sham", "hayattahrirsham"},
        {"Jabhat an-Nusra", "jabhatnusra"},
        {"As Ali", "asali"}, /* no article: Ali does not begin with s */
        {"US special forces", "usspecialforces"},
        {"\u00D6calan", "ocalan"},       /* O with diaeresis */
        {"O\u0308calan", "ocalan"},      /* the same, taken apart */
        {"\u0130stanbul", "istanbul"},   /* capital I with a dot */
        {"\u0141\u00F3d\u017A", "lodz"}, /* L with a stroke does not decompose */
        {"Stra\u00DFe", "strasse"},
        {"\uFF21\uFF22", "ab"}, /* full width */
        {"U.S.", "us"},
        {"18th Division", "18thdivision"},
        {"\u0627\u0644\u0642\u062F\u0633", "\u0642\u062F\u0633"}, /* al-Quds, in Arabic */
        {"\u0623\u062D\u0645\u062F", "\u0627\u062D\u0645\u062F"}, /* hamza on the alef */
        {"\u041A\u0440\u044B\u043C", "\u043A\u0440\u044B\u043C"},
        {"!!!", "!!!"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_key(cases[i].name, cases[i].key);
}

static void
vowel_signs_that_tell_names_apart_stay(void **state)
{
    expect_key("\u0915\u093F", "\u0915\u093F"); /* Devanagari ki is not ka */
    expect_key("\u30AC", "\u30AB\u3099");       /* Japanese ga is not ka */
}

static void
bytes_that_are_no_utf8_are_kept(void **state)
{
    expect_key("A\xFF"
               "b",
               "a\xFF"
               "b");
}

static void
folding_keeps_words_and_punctuation(void **state)
{
    struct cas_buffer found;
    cas_buffer_init(&found);
    const char *text = "D\u0101\u02BFish \u2013 Wil\u0101yat";
    cas_spelling_fold(&found, text, strlen(text));
    assert_string_equal(found.s, "da'ish - wilayat");
    cas_buffer_done(&found);
}

static struct cas_likeness
compare(const char *a, const char *b)
{
    struct cas_likeness one, other;
    assert_true(cas_spelling_compare(a, strlen(a), b, strlen(b), &one));
    assert_true(cas_spelling_compare(b, strlen(b), a, strlen(a), &other));
    assert_true(one.score == other.score);
    assert_string_equal(one.reason, other.reason);
    return one;
}

static void
a_near_miss_has_a_score_and_a_reason(void **state)
{
    static const struct {
        const char *a, *b;
        double least, most;
        const char *reason;
    } cases[] = {
        {"Liwa' al-Quds", "Liwa al Quds", 1, 1, "one name"},
        {"Alquds Brigade", "al-Quds Brigade", 0.95, 0.95, "an article written together"},
        {"Forces of National Defence", "National Defence Forces", 0.95, 0.95, "the same words"},
        {"National Defence Forces", "National Defense Forces", 0.9, 0.99, "a letter or two"},
        {"SOHR", "Syrian Observatory for Human Rights", 0.8, 0.8, "initials"},
        {"AQIM", "al-Qaeda in the Islamic Maghreb", 0.8, 0.8, "initials"},
        {"SAA", "Syrian Arab Army", 0.8, 0.8, "initials"},
        {"Syria", "Government of Syria", 0.6, 0.7, "every word of one"},
        {"4th Brigade", "5th Brigade", 0, 0, ""},
        {"Brigade 4", "Brigade 47", 0, 0, ""},
        {"Iran", "Iraq", 0, 0, ""}, /* too short for a slip */
        {"Russia", "Turkey", 0, 0, ""},
        {"", "Turkey", 0, 0, ""},
        {"!!", "!!", 1, 1, "the same text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_likeness found = compare(cases[i].a, cases[i].b);
        assert_true(found.score >= cases[i].least && found.score <= cases[i].most);
        assert_true(found.score > 0 ? strstr(found.reason, cases[i].reason) != NULL
                                    : found.reason[0] == '\0');
    }
}

static void
a_name_of_very_many_words_is_compared_still(void **state)
{
    struct cas_buffer name;
    cas_buffer_init(&name);
    for (int i = 0; i < 500; i++)
        cas_buffer_text(&name, "al-a of ");
    assert_true(compare(name.s, name.s).score == 1.0);
    assert_true(compare(name.s, "aaaa").score == 0.0);
    cas_buffer_done(&name);
}

static void
without_memory_a_key_fails_and_nothing_else(void **state)
{
    for (long n = 0; n < 3; n++) {
        struct cas_buffer key;
        cas_buffer_init(&key);
        cas_mem_fail_after(n);
        cas_spelling_key(&key, "Liwa al-Quds", 12);
        cas_mem_fail_after(-1);
        assert_true(key.failed);
        cas_buffer_done(&key);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_leaves_out_case_accents_punctuation_and_articles),
        cmocka_unit_test(vowel_signs_that_tell_names_apart_stay),
        cmocka_unit_test(bytes_that_are_no_utf8_are_kept),
        cmocka_unit_test(folding_keeps_words_and_punctuation),
        cmocka_unit_test(a_near_miss_has_a_score_and_a_reason),
        cmocka_unit_test(a_name_of_very_many_words_is_compared_still),
        cmocka_unit_test(without_memory_a_key_fails_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
