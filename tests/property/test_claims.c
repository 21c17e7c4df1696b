/* Properties of the ledger over dossiers made at random.
 *
 * usage: test_claims [SEED]      prints the seed of a round that fails
 *
 * - The order of rows changes nothing, not a byte of the answer as CSV.
 * - Other ids change nothing but the ids: contradictions, losses and records have the same counts.
 * - The parts of a comparison are its cases; what is agreed lies within what is widest.
 */
#include "property/world.h"

struct told {
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_ledger *ledger;
};

static struct told
tell(const struct world *world, const struct writing *writing)
{
    struct told told;
    char *text = write_world(world, writing);
    told.dossier = inline_dossier(text);
    free(text);
    assert_int_equal(casus_verdicts_new(told.dossier, &told.verdicts, NULL), CASUS_OK);
    assert_int_equal(casus_ledger_new(told.dossier, told.verdicts, NULL, &told.ledger, NULL),
                     CASUS_OK);
    return told;
}

static void
told_done(struct told *told)
{
    casus_ledger_free(told->ledger);
    casus_verdicts_free(told->verdicts);
    casus_dossier_free(told->dossier);
}

static char *
as_csv(const struct told *told)
{
    struct casus_output *output;
    struct casus_claims claims = {.heading = {.command = "claims"},
                                  .dossier = told->dossier,
                                  .verdicts = told->verdicts,
                                  .ledger = told->ledger};
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(casus_claims_write(&claims, CASUS_CSV, output, NULL), CASUS_OK);
    size_t length;
    const char *bytes = casus_output_bytes(output, &length);
    char *copy = strndup(bytes, length);
    casus_output_discard(output);
    return copy;
}

static void
same_comparison(const struct casus_comparison *a, const struct casus_comparison *b)
{
    if (memcmp(a, b, sizeof *a))
        fail_msg("seed %llu: a comparison differs", (unsigned long long)current);
    assert_int_equal(a->cases, a->above + a->meet + a->below);
}

static const struct casus_record *
find_record(const struct told *told, struct casus_voice voice)
{
    for (uint32_t i = 0; i < casus_ledger_record_count(told->ledger); i++) {
        const struct casus_record *record = casus_ledger_record_at(told->ledger, i);
        if (record->voice.kind == voice.kind && record->voice.who == voice.who)
            return record;
    }
    fail_msg("seed %llu: no such record", (unsigned long long)current);
    return NULL;
}

/* The voice in the other dossier, where ids are written otherwise. */
static struct casus_voice
other_voice(const struct told *a, const struct told *b, struct casus_voice voice,
            const struct writing *from, const struct writing *to)
{
    if (voice.kind != CASUS_VOICE_ACTOR)
        return voice;
    const char *id = casus_dossier_actor_at(a->dossier, voice.who)->id;
    for (unsigned i = 0; i < ACTORS; i++)
        if (strcmp(from->ids[i], id) == 0)
            voice.who = casus_dossier_actor_find(b->dossier, to->ids[i]);
    return voice;
}

static void
same_records(const struct told *a, const struct told *b, const struct writing *from,
             const struct writing *to)
{
    assert_int_equal(casus_ledger_record_count(a->ledger), casus_ledger_record_count(b->ledger));
    for (uint32_t i = 0; i < casus_ledger_record_count(a->ledger); i++) {
        const struct casus_record *x = casus_ledger_record_at(a->ledger, i);
        const struct casus_record *y = find_record(b, other_voice(a, b, x->voice, from, to));
        assert_int_equal(x->claims, y->claims);
        assert_int_equal(x->events, y->events);
        assert_int_equal(x->denied, y->denied);
        assert_int_equal(x->alone, y->alone);
        assert_int_equal(x->corroborated, y->corroborated);
        assert_int_equal(x->contradicted, y->contradicted);
        assert_int_equal(x->admitted, y->admitted);
        same_comparison(&x->enemy, &y->enemy);
        same_comparison(&x->own, &y->own);
    }
}

static void
same_events(const struct told *a, const struct told *b)
{
    for (uint32_t i = 0; i < EVENTS; i++) {
        uint32_t j = inline_event(b->dossier, casus_dossier_event_at(a->dossier, i)->id);
        assert_int_equal(casus_verdicts_contradiction_count(a->verdicts, i),
                         casus_verdicts_contradiction_count(b->verdicts, j));
    }
    for (uint32_t i = 0; i < casus_ledger_event_count(a->ledger); i++) {
        assert_int_equal(casus_ledger_loss_count(a->ledger, i),
                         casus_ledger_loss_count(b->ledger, i));
        for (uint32_t j = 0; j < casus_ledger_loss_count(a->ledger, i); j++) {
            const struct casus_reconciled *row = casus_ledger_loss_at(a->ledger, i, j);
            if (row->excluded)
                continue;
            assert_true(row->agreed.low >= row->widest.low);
            assert_true(row->widest.high < 0 ||
                        (row->agreed.high >= 0 && row->agreed.high <= row->widest.high));
        }
    }
}

static void
rounds_of(bool rename)
{
    for (int round = 0; round < 100; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing plain = plain_writing(), other = shuffled_writing(rename);
        struct told a = tell(&world, &plain), b = tell(&world, &other);
        same_events(&a, &b);
        same_records(&a, &b, &plain, &other);
        char *a_csv = as_csv(&a), *b_csv = as_csv(&b);
        if (!rename)
            assert_string_equal(a_csv, b_csv);
        free(a_csv);
        free(b_csv);
        told_done(&a);
        told_done(&b);
    }
}

static void
the_order_of_rows_changes_nothing(void **unused)
{
    (void)unused;
    rounds_of(false);
}

static void
other_ids_change_nothing_but_the_ids(void **unused)
{
    (void)unused;
    rounds_of(true);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(other_ids_change_nothing_but_the_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
