/* What of an input is no event is counted by reason, and said in words and as JSON. */
#include <locale.h>

#include "records.h"

#include "read/reader.h"
#include "report/envelope.h"

static void
what_is_skipped_adds_up_by_reason(void **state)
{
    struct casus_input input = {0};
    cas_input_skip(&input, "without a second actor", 2);
    cas_input_skip(&input, "that stand already", 1);
    cas_input_skip(&input, "without a second actor", 3);
    cas_input_skip(&input, "never met", 0);
    assert_int_equal(input.no_event, 6);
    assert_string_equal(input.skipped[0].reason, "without a second actor");
    assert_int_equal(input.skipped[0].count, 5);
    assert_int_equal(input.skipped[1].count, 1);
    assert_int_equal(input.skipped[2].count, 0);
}

static void
reasons_beyond_the_table_are_still_counted(void **state)
{
    static const char *const reasons[] = {"a", "b", "c", "d", "e", "f", "g",
                                          "h", "i", "j", "k", "l", "m", "n"};
    struct casus_input input = {0};
    uint64_t sum = 0;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
            cas_input_skip(&input, reasons[i], 1);
    }
    for (size_t i = 0; i < CASUS_SKIPS; i++)
        sum += input.skipped[i].count;
    assert_int_equal(sum, 28);
    assert_int_equal(input.no_event, 28);
    assert_int_equal(input.skipped[CASUS_SKIPS - 1].count, 6);
    assert_string_equal(input.skipped[CASUS_SKIPS - 1].reason, "for other reasons");
}

static void
counts_read_as_a_sentence(void **state)
{
    static const struct {
        struct casus_input input;
        const char *words;
    } cases[] = {
        {{.name = "case.json", .format = "dossier", .dossier = true, .records = 9, .events = 2},
         "case.json (dossier, 9 records, 2 events)"},
        {{.name = "a.csv",
          .format = "ged",
          .records = 7,
          .events = 1,
          .no_event = 6,
          .skipped = {{"without a second actor", 5}, {"that stand already", 1}}},
         "a.csv (ged, 7 rows, 1 event; no event: 5 without a second actor, 1 that stand already)"},
        {{.name = "b.csv", .format = "ged", .records = 3, .events = 3, .left_out = 1},
         "b.csv (ged, 3 rows, 3 events; 1 bad record left out)"},
        {{.name = "c.csv", .format = "ged", .records = 3, .events = 1, .no_event = 2},
         "c.csv (ged, 3 rows, 1 event; no event: 2)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_buffer words;
        cas_buffer_init(&words);
        cas_input_counts(&words, &cases[i].input);
        assert_string_equal(words.s, cases[i].words);
        cas_buffer_done(&words);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_skipped_adds_up_by_reason),
        cmocka_unit_test(reasons_beyond_the_table_are_still_counted),
        cmocka_unit_test(counts_read_as_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
