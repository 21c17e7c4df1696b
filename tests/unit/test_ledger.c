/* The ledger: contradictions, losses reconciled, claimants, grades, belief; by hand. */
#include "inline.h"

static const char text[] =
    "{\"casus\":1,\"sources\":[{\"id\":\"s\",\"reliability\":\"B\"},{\"id\":\"t\"}],\"actors\":["
    "{\"id\":\"north\",\"kind\":\"armed-group\"},"
    "{\"id\":\"voice\",\"kind\":\"outlet\",\"parent\":\"north\"},"
    "{\"id\":\"south\",\"kind\":\"armed-group\"},"
    "{\"id\":\"army\",\"kind\":\"army\",\"side\":\"government\"},"
    "{\"id\":\"people\",\"kind\":\"civilians\"}],\"events\":["
    "{\"id\":\"bombing\",\"type\":\"bombing\",\"from\":[],\"to\":[\"people\"],\"claims\":["
    "{\"by\":\"north\",\"via\":\"voice\",\"stance\":\"responsibility\",\"source\":\"s\","
    "\"credibility\":2},"
    "{\"by\":\"south\",\"stance\":\"responsibility\",\"source\":\"s\",\"credibility\":6},"
    "{\"by\":\"army\",\"stance\":\"deny\",\"of\":\"north\",\"source\":\"t\",\"credibility\":1}]},"
    "{\"id\":\"raid\",\"type\":\"raid\",\"from\":[\"north\"],\"to\":[\"army\"],\"claims\":["
    "{\"by\":\"north\",\"stance\":\"responsibility\",\"losses\":[{\"actor\":\"army\",\"killed\":20}]},"
    "{\"by\":\"army\",\"stance\":\"report\",\"losses\":[{\"actor\":\"army\",\"what\":[\"killed\","
    "\"missing\"],\"low\":12},{\"actor\":\"army\",\"killed\":{\"low\":4,\"high\":8}}]}]},"
    "{\"id\":\"told\",\"type\":\"raid\",\"from\":[\"south\"],\"to\":[\"army\"],\"claims\":["
    "{\"by\":\"north\",\"via\":\"voice\",\"stance\":\"report\"}]}]}";

struct bench {
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_ledger *ledger;
};

static struct bench
bench_of(const char *dossier)
{
    struct bench bench = {.dossier = inline_dossier(dossier)};
    assert_int_equal(casus_verdicts_new(bench.dossier, &bench.verdicts, NULL), CASUS_OK);
    assert_int_equal(casus_ledger_new(bench.dossier, bench.verdicts, NULL, &bench.ledger, NULL),
                     CASUS_OK);
    return bench;
}

static void
bench_done(struct bench *bench)
{
    casus_ledger_free(bench->ledger);
    casus_verdicts_free(bench->verdicts);
    casus_dossier_free(bench->dossier);
}

static uint32_t
place_of(const struct bench *bench, const char *id)
{
    for (uint32_t i = 0; i < casus_ledger_event_count(bench->ledger); i++)
        if (casus_ledger_event_at(bench->ledger, i) == inline_event(bench->dossier, id))
            return i;
    fail_msg("no %s", id);
    return 0;
}

static const struct casus_record *
record_of(const struct bench *bench, const char *id)
{
    uint32_t actor = casus_dossier_actor_find(bench->dossier, id);
    for (uint32_t i = 0; i < casus_ledger_record_count(bench->ledger); i++) {
        const struct casus_record *record = casus_ledger_record_at(bench->ledger, i);
        if (record->voice.kind == CASUS_VOICE_ACTOR && record->voice.who == actor)
            return record;
    }
    fail_msg("no record of %s", id);
    return NULL;
}

static void
a_denial_and_rivals_are_data(void **state)
{
    struct bench bench = bench_of(text);
    uint32_t event = inline_event(bench.dossier, "bombing");
    assert_int_equal(casus_verdicts_contradiction_count(bench.verdicts, event), 2);
    const struct casus_contradiction *denial =
        casus_verdicts_contradiction_at(bench.verdicts, event, 0);
    const struct casus_contradiction *rivals =
        casus_verdicts_contradiction_at(bench.verdicts, event, 1);
    assert_int_equal(denial->why, CASUS_CONFLICT_DENIAL);
    assert_int_equal(denial->between[0].who, casus_dossier_actor_find(bench.dossier, "army"));
    assert_int_equal(denial->between[1].who, casus_dossier_actor_find(bench.dossier, "north"));
    assert_int_equal(rivals->why, CASUS_CONFLICT_RIVALS);
    assert_int_equal(rivals->between[0].who, casus_dossier_actor_find(bench.dossier, "north"));
    assert_int_equal(rivals->between[1].who, casus_dossier_actor_find(bench.dossier, "south"));
    bench_done(&bench);
}

static void
losses_are_ranges_and_never_an_average(void **state)
{
    struct bench bench = bench_of(text);
    uint32_t raid = place_of(&bench, "raid");
    assert_int_equal(casus_ledger_loss_count(bench.ledger, raid), 2);
    const struct casus_reconciled *killed = casus_ledger_loss_at(bench.ledger, raid, 0);
    assert_int_equal(killed->what, CASUS_BIT(CASUS_KILLED));
    assert_true(killed->excluded);
    assert_int_equal(killed->widest.low, 4);
    assert_int_equal(killed->widest.best, 20);
    assert_int_equal(killed->widest.high, 20);
    const struct casus_reconciled *both = casus_ledger_loss_at(bench.ledger, raid, 1);
    assert_false(both->excluded);
    assert_int_equal(both->agreed.low, 20);
    assert_int_equal(both->agreed.high, -1);
    assert_int_equal(both->widest.low, 12);
    assert_int_equal(both->told_count, 2);
    assert_false(both->told[0].floor);
    assert_true(both->told[1].floor);
    const struct casus_contradiction *is =
        casus_verdicts_contradiction_at(bench.verdicts, inline_event(bench.dossier, "raid"), 0);
    assert_int_equal(is->why, CASUS_CONFLICT_FIGURES);
    assert_int_equal(is->says[0].high, 8);
    assert_int_equal(is->says[1].low, 20);
    bench_done(&bench);
}

static void
claimants_have_a_record(void **state)
{
    struct bench bench = bench_of(text);
    const struct casus_record *north = record_of(&bench, "north"),
                              *army = record_of(&bench, "army");
    assert_int_equal(north->claims, 3);
    assert_int_equal(north->events, 3);
    assert_int_equal(north->alone, 1);
    assert_int_equal(north->corroborated, 1);
    assert_int_equal(north->contradicted, 2);
    assert_int_equal(north->admitted, 0);
    assert_int_equal(north->enemy.cases, 2);
    assert_int_equal(north->enemy.above, 1);
    assert_int_equal(north->enemy.meet, 1);
    assert_int_equal(north->enemy.killed_cases, 1);
    assert_int_equal(north->enemy.said.low, 20);
    assert_int_equal(north->enemy.answered.high, 8);
    assert_int_equal(army->claims, 2);
    assert_int_equal(army->denied, 1);
    assert_int_equal(army->admitted, 1);
    assert_int_equal(army->own.below, 1);
    bench_done(&bench);
}

static void
grades_have_the_probability_of_the_table_or_none(void **state)
{
    struct bench bench = bench_of(text);
    struct casus_probabilities table;
    casus_probabilities_init(&table);
    const struct casus_claim *two = casus_dossier_claim_at(bench.dossier, 0);
    const struct casus_claim *six = casus_dossier_claim_at(bench.dossier, 1);
    const struct casus_claim *one = casus_dossier_claim_at(bench.dossier, 2);
    assert_true(casus_claim_probability(bench.dossier, two, &table) == 0.7);
    assert_true(isnan(casus_claim_probability(bench.dossier, six, &table)));
    char *path = inline_file("grade,probability\n1,0.5\n2 0.25\nB 0.5 # reliability\n");
    assert_int_equal(casus_probabilities_read(path, &table, NULL), CASUS_OK);
    assert_true(casus_claim_probability(bench.dossier, two, &table) == 0.125);
    assert_true(isnan(casus_claim_probability(bench.dossier, one, &table)));
    unlink(path);
    free(path);
    static const char *const bad[] = {"1 1.5\n", "7 0.1\n", "F 0.5\n", "1\n", "1 x\n1 0.5 0.6\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct casus_error err = {0};
        path = inline_file(bad[i]);
        assert_int_equal(casus_probabilities_read(path, &table, &err), CASUS_EINVAL);
        assert_int_equal(err.code, 173);
        unlink(path);
        free(path);
    }
    bench_done(&bench);
}

static void
doubt_drops_what_rests_on_the_doubted_alone(void **state)
{
    static const struct {
        const char *believe, *doubt, *left; /* one letter an event: b, r, t */
    } rows[] = {
        {NULL, "north", "br"}, {NULL, "voice", "br"}, {NULL, "army", "brt"}, {NULL, "south", "brt"},
        {"army", NULL, "r"},   {"voice", NULL, ""},   {"south", NULL, "b"},
    };
    struct casus_dossier *dossier = inline_dossier(text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct casus_selection selection = {.believe = &rows[i].believe,
                                            .believe_count = rows[i].believe != NULL,
                                            .doubt = &rows[i].doubt,
                                            .doubt_count = rows[i].doubt != NULL};
        uint8_t passes[3];
        char left[4] = "";
        assert_int_equal(casus_selection_apply(&selection, dossier, passes, NULL, NULL), CASUS_OK);
        for (uint32_t j = 0; j < 3; j++)
            if (passes[j])
                strncat(left, casus_dossier_event_at(dossier, j)->id, 1);
        assert_string_equal(left, rows[i].left);
    }
    casus_dossier_free(dossier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_denial_and_rivals_are_data),
        cmocka_unit_test(losses_are_ranges_and_never_an_average),
        cmocka_unit_test(claimants_have_a_record),
        cmocka_unit_test(grades_have_the_probability_of_the_table_or_none),
        cmocka_unit_test(doubt_drops_what_rests_on_the_doubted_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
