/* Names with the years of a government behind, and with blanks of all kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/peel.h"

#define NBSP  "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define DASH  "\xE2\x80\x93"

static const char *
print(struct cas_text text, char out[128])
{
    assert_true(text.n < 128);
    if (text.n)
        memcpy(out, text.s, text.n);
    out[text.n] = '\0';
    return out;
}

static void
years_are_peeled_off(void **state)
{
    static const struct {
        const char *raw, *whole, *name, *period;
    } cases[] = {
        {"Military Forces of Norland (2019-)", "Military Forces of Norland (2019-)",
         "Military Forces of Norland", "2019 –"},
        {"Police Forces of X (2011-2019) Prison Guards",
         "Police Forces of X (2011-2019) Prison Guards", "Police Forces of X Prison Guards",
         "2011 – 2019"},
        {"Military Forces of Norland" NBSP "(2019" DASH "2021)" NBSP,
         "Military Forces of Norland (2019" DASH "2021)", "Military Forces of Norland",
         "2019 – 2021"},
        {"Front (1999- ) ", "Front (1999- )", "Front", "1999 –"},
        {"Unidentified Armed Group (Norland)", "Unidentified Armed Group (Norland)",
         "Unidentified Armed Group (Norland)", "undated"},
        {"  Northern  Front" NNBSP, "Northern Front", "Northern Front", "undated"},
        {"Brigade (313)", "Brigade (313)", "Brigade (313)", "undated"},
        {"Force (2019)", "Force (2019)", "Force (2019)", "undated"},
        {"Force (2019-2011)", "Force (2019-2011)", "Force (2019-2011)", "undated"},
        {"Force (2019-", "Force (2019-", "Force (2019-", "undated"},
        {"(1989-) Front", "(1989-) Front", "(1989-) Front", "undated"},
        {"", "", "", "undated"},
        {NBSP " ", "", "", "undated"},
    };
    struct cas_arena arena;
    (void)state;
    cas_arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[128];
        struct cas_peeled peeled;
        struct cas_text raw = cas_text_of(cases[i].raw);
        raw.at = cases[i].raw;
        assert_true(cas_peel(raw, &arena, &peeled));
        assert_string_equal(print(peeled.whole, out), cases[i].whole);
        assert_string_equal(print(peeled.name, out), cases[i].name);
        assert_string_equal(casus_period_format(&peeled.period, out), cases[i].period);
        assert_ptr_equal(peeled.name.at, cases[i].raw);
    }
    cas_arena_done(&arena);
}

static void
without_memory_nothing_is_peeled(void **state)
{
    struct cas_arena arena;
    struct cas_peeled peeled;
    (void)state;
    cas_arena_init(&arena);
    cas_mem_fail_after(0);
    bool plain = cas_peel(CAS_TEXT("a  b (2011-)"), &arena, &peeled);
    bool cut = cas_peel(CAS_TEXT("a (2011-) b"), &arena, &peeled);
    cas_mem_fail_after(-1);
    assert_false(plain);
    assert_false(cut);
    cas_arena_done(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_peeled_off),
        cmocka_unit_test(without_memory_nothing_is_peeled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
