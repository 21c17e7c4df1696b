/* The sink that keeps, and what finishing makes of what it was given. */
#include "unit/records.h"

struct keeper {
    struct casus_dossier *dossier;
    struct casus_sink *sink;
    struct casus_problems *problems;
    struct cas_locator locator;
    struct casus_error err;
};

static void
begin(struct keeper *keeper, const char *name, const char *format)
{
    struct casus_input input = {.name = name, .format = format};
    assert_int_equal(
        keeper->sink->begin(keeper->sink, &input, &keeper->locator.input, &keeper->err), CASUS_OK);
}

static void
keeper_init(struct keeper *keeper, enum casus_policy policy)
{
    memset(keeper, 0, sizeof *keeper);
    keeper->dossier = casus_dossier_new();
    keeper->sink = casus_dossier_sink(keeper->dossier);
    keeper->problems = casus_problems_new(policy);
    keeper->sink->problems = keeper->problems;
    begin(keeper, "test.json", "dossier");
}

static void
keeper_done(struct keeper *keeper)
{
    casus_dossier_free(keeper->dossier);
    casus_problems_free(keeper->problems);
}

static enum casus_status
give_actor(struct keeper *keeper, unsigned line, const char *id)
{
    struct cas_rec_actor record = {.id = text_at(id, line)};
    return keeper->sink->actor(keeper->sink, &record, at_line(&keeper->locator, line),
                               &keeper->err);
}

static enum casus_status
give_source(struct keeper *keeper, unsigned line, const char *id)
{
    struct cas_rec_source record = {.id = text_at(id, line), .reliability = 'B'};
    return keeper->sink->source(keeper->sink, &record, at_line(&keeper->locator, line),
                                &keeper->err);
}

static enum casus_status
give_event(struct keeper *keeper, unsigned line, struct cas_rec_event record)
{
    return keeper->sink->event(keeper->sink, &record, at_line(&keeper->locator, line),
                               &keeper->err);
}

static enum casus_status
give_claim(struct keeper *keeper, unsigned line, struct cas_rec_claim record)
{
    return keeper->sink->claim(keeper->sink, &record, at_line(&keeper->locator, line),
                               &keeper->err);
}

/* An ambush by `from` on `to`, on a line. */
static enum casus_status
give_ambush(struct keeper *keeper, unsigned line, const char *id, const char *from, const char *to)
{
    struct cas_text one = text_at(from, line), other = text_at(to, line);
    return give_event(keeper, line,
                      (struct cas_rec_event){.id = text_at(id, line),
                                             .type = text("ambush"),
                                             .from = &one,
                                             .from_count = from ? 1 : 0,
                                             .to = &other,
                                             .to_count = to ? 1 : 0,
                                             .directed = true});
}

static enum casus_status
finish(struct keeper *keeper)
{
    return casus_dossier_finish(keeper->dossier, keeper->problems, &keeper->err);
}

static void
expect_problem(struct keeper *keeper, size_t index, unsigned code, uint32_t line, const char *words)
{
    assert_true(index < casus_problems_count(keeper->problems));
    const struct casus_error *fault = casus_problems_at(keeper->problems, index);
    assert_int_equal(fault->code, code);
    assert_int_equal(fault->where.line, line);
    assert_string_equal(fault->text, words);
}

static void
an_event_is_kept_whole(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_STRICT);
    give_actor(&keeper, 1, "north");
    give_actor(&keeper, 2, "army");
    give_source(&keeper, 3, "gazette");
    struct cas_text from[] = {text("north")}, to[] = {text("army"), text("bde4"), text("army")};
    struct cas_text sources[] = {text("gazette")};
    struct cas_rec_loss losses[] = {
        {.actor = text("bde4"), .what = CASUS_BIT(CASUS_KILLED), .figure = {-1, 20, -1}},
        {.what = CASUS_BIT(CASUS_WOUNDED), .some = true, .figure = {1, -1, -1}}};
    struct cas_rec_event event = {.id = text("e1"),
                                  .type = text("ambush"),
                                  .place_name = text("Dry Wells"),
                                  .note = text("a note"),
                                  .extra = text("\"x-a\":1"),
                                  .from = from,
                                  .from_count = 1,
                                  .to = to,
                                  .to_count = 3,
                                  .sources = sources,
                                  .source_count = 1,
                                  .losses = losses,
                                  .loss_count = 2,
                                  .date = day(2020, 5, 2),
                                  .lat = 34.5,
                                  .lon = NAN,
                                  .relation = CASUS_ATTACK,
                                  .directed = true};
    assert_int_equal(give_event(&keeper, 4, event), CASUS_OK);
    give_actor(&keeper, 5, "bde4");
    assert_int_equal(finish(&keeper), CASUS_OK);

    const struct casus_event *kept = casus_dossier_event_at(keeper.dossier, 0);
    assert_string_equal(kept->id, "e1");
    assert_true(kept->id_given && kept->directed);
    assert_string_equal(kept->type, "ambush");
    assert_string_equal(kept->place_name, "Dry Wells");
    assert_null(kept->place_note);
    assert_string_equal(kept->note, "a note");
    assert_string_equal(kept->extra, "\"x-a\":1");
    assert_int_equal(kept->from_count, 1);
    assert_int_equal(kept->to_count, 2); /* each party once */
    assert_string_equal(casus_dossier_actor_at(keeper.dossier, kept->to[0])->id, "army");
    assert_string_equal(casus_dossier_actor_at(keeper.dossier, kept->to[1])->id, "bde4");
    assert_int_equal(kept->source_count, 1);
    assert_int_equal(casus_dossier_source_at(keeper.dossier, kept->sources[0])->reliability, 'B');
    assert_int_equal(kept->loss_count, 2);
    assert_int_equal(kept->losses[0].actor, kept->to[1]);
    assert_true(kept->losses[0].figure.best == 20);
    assert_int_equal(kept->losses[1].actor, CASUS_NONE);
    assert_true(kept->losses[1].some);
    assert_true(kept->lat == 34.5 && isnan(kept->lon));
    assert_int_equal(kept->date.from.year, 2020);
    assert_int_equal(kept->place.where.line, 4);
    assert_int_equal(kept->claim_count, 0);
    assert_true(casus_dossier_input_at(keeper.dossier, 0)->events == 1);
    keeper_done(&keeper);
}

static void
claims_stand_with_every_event_that_they_are_about(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_STRICT);
    give_actor(&keeper, 1, "north");
    give_actor(&keeper, 2, "army");
    struct cas_text about[] = {text("e2"), text("e1"), text("e2")};
    give_claim(&keeper, 3,
               (struct cas_rec_claim){.by = text("army"),
                                      .stance = CASUS_DENY,
                                      .of = text("north"),
                                      .about = about,
                                      .about_count = 3});
    struct cas_text from[] = {text("north")};
    struct cas_rec_claim inner[] = {{.by = text("north"), .stance = CASUS_RESPONSIBILITY},
                                    {.stance = CASUS_REPORT, .credibility = 3}};
    give_event(&keeper, 4,
               (struct cas_rec_event){.id = text("e1"),
                                      .type = text("attack"),
                                      .from = from,
                                      .from_count = 1,
                                      .claims = inner,
                                      .claim_count = 2});
    give_ambush(&keeper, 5, "e2", "army", "north");
    assert_int_equal(finish(&keeper), CASUS_OK);

    assert_int_equal(casus_dossier_claim_count(keeper.dossier), 3);
    const struct casus_event *e1 = casus_dossier_event_at(keeper.dossier, 0);
    const struct casus_event *e2 = casus_dossier_event_at(keeper.dossier, 1);
    assert_int_equal(e1->claim_count, 3);
    assert_int_equal(e2->claim_count, 1);
    const struct casus_claim *deny = casus_dossier_claim_at(keeper.dossier, e2->claims[0]);
    assert_int_equal(deny->stance, CASUS_DENY);
    assert_int_equal(deny->about_count, 2); /* each event once */
    assert_int_equal(deny->about[0], 1);
    assert_int_equal(deny->about[1], 0);
    assert_string_equal(casus_dossier_actor_at(keeper.dossier, deny->of)->id, "north");
    const struct casus_claim *report = casus_dossier_claim_at(keeper.dossier, e1->claims[2]);
    assert_int_equal(report->stance, CASUS_REPORT);
    assert_int_equal(report->by, CASUS_NONE);
    assert_int_equal(report->source, CASUS_NONE);
    assert_int_equal(report->about[0], 0);
    assert_int_equal(report->credibility, 3);
    keeper_done(&keeper);
}

static void
an_event_without_an_id_gets_one_that_nobody_gave(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_STRICT);
    give_actor(&keeper, 1, "a");
    give_ambush(&keeper, 2, NULL, "a", NULL);
    give_ambush(&keeper, 3, NULL, "a", NULL);
    give_ambush(&keeper, 4, "dossier:2", "a", NULL);
    begin(&keeper, "more.csv", "csv");
    give_ambush(&keeper, 2, NULL, "a", NULL);
    assert_int_equal(finish(&keeper), CASUS_OK);
    static const char *const ids[] = {"dossier:1", "dossier:2'", "dossier:2", "csv.2:1"};
    for (uint32_t i = 0; i < 4; i++) {
        const struct casus_event *event = casus_dossier_event_at(keeper.dossier, i);
        assert_string_equal(event->id, ids[i]);
        assert_int_equal(event->id_given, i == 2);
    }
    keeper_done(&keeper);
}

static void
ids_twice_are_told_with_the_first_place(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_CHECK);
    give_actor(&keeper, 1, "a");
    give_source(&keeper, 2, "s");
    give_source(&keeper, 3, "s");
    give_ambush(&keeper, 4, "e", "a", NULL);
    give_ambush(&keeper, 5, "e", "a", NULL);
    begin(&keeper, "more.json", "dossier");
    give_ambush(&keeper, 6, "e", "a", NULL);
    give_actor(&keeper, 7, "e"); /* an actor and an event may share an id */
    assert_int_equal(finish(&keeper), CASUS_OK);
    assert_int_equal(casus_problems_count(keeper.problems), 3);
    expect_problem(&keeper, 0, 130, 3, "source 's' stands already at line 2");
    expect_problem(&keeper, 1, 130, 5, "event 'e' stands already at line 4");
    expect_problem(&keeper, 2, 130, 6, "event 'e' stands already at line 4 of test.json");
    assert_int_equal(casus_dossier_event_count(keeper.dossier), 1);
    assert_int_equal(casus_dossier_source_count(keeper.dossier), 1);
    assert_true(casus_dossier_input_at(keeper.dossier, 0)->left_out == 1);
    assert_true(casus_dossier_input_at(keeper.dossier, 1)->left_out == 1);
    keeper_done(&keeper);
}

/* Two good events; one whose attacker nobody declares, one of a source that nobody declares; and
 * claims on them. */
static void
give_faulty(struct keeper *keeper)
{
    give_actor(keeper, 1, "north");
    give_actor(keeper, 2, "army");
    give_source(keeper, 3, "gazette");
    give_ambush(keeper, 4, "lost", "nroth", "army");
    give_ambush(keeper, 5, "kept-1", "north", "army");
    struct cas_text from = text("north"), gazete = text_at("gazete", 6);
    give_event(keeper, 6,
               (struct cas_rec_event){.id = text("unsourced"),
                                      .type = text("attack"),
                                      .from = &from,
                                      .from_count = 1,
                                      .sources = &gazete,
                                      .source_count = 1});
    struct cas_rec_claim inner[] = {
        {.by = text("army"), .stance = CASUS_REPORT, .source = text_at("gazzette", 7)},
        {.by = text("army"), .stance = CASUS_BLAME, .source = text("gazette")},
        {.by = text("north"), .stance = CASUS_RESPONSIBILITY}};
    give_event(keeper, 7,
               (struct cas_rec_event){.id = text("kept-2"),
                                      .type = text("attack"),
                                      .from = &from,
                                      .from_count = 1,
                                      .claims = inner,
                                      .claim_count = 3});
    struct cas_text both[] = {text("kept-1"), text("kept-2")};
    struct cas_text with_lost[] = {text("kept-1"), text("lost")};
    struct cas_text unknown[] = {text_at("kept2", 10)};
    struct cas_rec_claim claim = {
        .by = text("army"), .stance = CASUS_DENY, .about = both, .about_count = 2};
    give_claim(keeper, 8, claim);
    claim.about = with_lost;
    give_claim(keeper, 9, claim);
    claim.about = unknown;
    claim.about_count = 1;
    give_claim(keeper, 10, claim);
}

static void
names_of_nothing_are_told_at_each_place(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_CHECK);
    give_faulty(&keeper);
    assert_int_equal(finish(&keeper), CASUS_OK);
    assert_int_equal(casus_problems_count(keeper.problems), 4);
    expect_problem(&keeper, 0, 131, 4, "no actor 'nroth'; did you mean 'north'?");
    expect_problem(&keeper, 1, 132, 6, "no source 'gazete'; did you mean 'gazette'?");
    expect_problem(&keeper, 2, 132, 7, "no source 'gazzette'; did you mean 'gazette'?");
    expect_problem(&keeper, 3, 133, 10, "no event 'kept2'; did you mean 'kept-2'?");
    keeper_done(&keeper);
}

static void
under_strict_the_first_ends_it(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_STRICT);
    give_faulty(&keeper);
    assert_int_equal(finish(&keeper), CASUS_EINPUT);
    assert_int_equal(keeper.err.code, 131);
    assert_int_equal(keeper.err.where.line, 4);
    keeper_done(&keeper);
}

static void
a_lenient_reading_leaves_out_what_names_nothing(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_LENIENT);
    give_faulty(&keeper);
    assert_int_equal(finish(&keeper), CASUS_OK);
    struct casus_dossier *dossier = keeper.dossier;
    assert_int_equal(casus_dossier_actor_count(dossier), 2);
    assert_int_equal(casus_dossier_actor_find(dossier, "nroth"), CASUS_NONE);
    assert_int_equal(casus_dossier_event_count(dossier), 2);
    assert_string_equal(casus_dossier_event_at(dossier, 0)->id, "kept-1");
    assert_string_equal(casus_dossier_event_at(dossier, 1)->id, "kept-2");
    assert_int_equal(casus_dossier_claim_count(dossier), 3);
    /* north is actor 0 and army 1, though nroth was seen between and after */
    assert_int_equal(casus_dossier_event_at(dossier, 0)->to[0], 1);
    const struct casus_event *second = casus_dossier_event_at(dossier, 1);
    assert_int_equal(second->claim_count, 3);
    static const enum casus_stance stances[] = {CASUS_BLAME, CASUS_RESPONSIBILITY, CASUS_DENY};
    for (uint32_t i = 0; i < 3; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, second->claims[i]);
        assert_int_equal(claim->stance, stances[i]);
        assert_int_equal(claim->about[claim->about_count - 1], 1);
    }
    assert_int_equal(casus_dossier_event_at(dossier, 0)->claim_count, 1);
    const struct casus_input *input = casus_dossier_input_at(dossier, 0);
    assert_true(input->events == 2);
    assert_true(input->left_out == 5); /* two events, three claims */
    assert_true(casus_problems_total(keeper.problems) == 4);
    keeper_done(&keeper);
}

static void
a_record_with_faults_is_known_and_not_kept(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_CHECK);
    give_actor(&keeper, 1, "a");
    give_ambush(&keeper, 2, "good", "a", NULL);
    struct cas_text from = text_at("nobody", 3), about[] = {text("spoilt")};
    struct cas_rec_claim inner = {.by = text_at("noone", 3), .stance = CASUS_REPORT};
    give_event(&keeper, 3,
               (struct cas_rec_event){.id = text("spoilt"),
                                      .from = &from,
                                      .from_count = 1,
                                      .claims = &inner,
                                      .claim_count = 1,
                                      .bad = true});
    give_claim(&keeper, 4,
               (struct cas_rec_claim){
                   .by = text("a"), .stance = CASUS_DENY, .about = about, .about_count = 1});
    struct cas_rec_source source = {.id = text("s"), .name = text("S"), .bad = true};
    keeper.sink->source(keeper.sink, &source, at_line(&keeper.locator, 5), &keeper.err);
    give_claim(&keeper, 6, (struct cas_rec_claim){.by = text_at("x", 6), .bad = true});
    assert_int_equal(finish(&keeper), CASUS_OK);
    assert_int_equal(casus_problems_count(keeper.problems), 3);
    expect_problem(&keeper, 0, 131, 3, "no actor 'nobody' is declared");
    expect_problem(&keeper, 1, 131, 3, "no actor 'noone' is declared");
    expect_problem(&keeper, 2, 131, 6, "no actor 'x' is declared");
    assert_int_equal(casus_dossier_event_count(keeper.dossier), 1);
    assert_int_equal(casus_dossier_claim_count(keeper.dossier), 0);
    assert_string_equal(casus_dossier_source_at(keeper.dossier, 0)->name, "s");
    keeper_done(&keeper);
}

static void
a_dossier_without_events_is_refused(void **state)
{
    static const struct {
        enum casus_policy policy;
        enum casus_status status;
        bool spoilt; /* holds one bad event */
        uint64_t problems;
    } cases[] = {
        {CASUS_STRICT, CASUS_EINPUT, false, 1}, {CASUS_LENIENT, CASUS_EINPUT, false, 1},
        {CASUS_CHECK, CASUS_OK, false, 1},      {CASUS_LENIENT, CASUS_EINPUT, true, 1},
        {CASUS_CHECK, CASUS_OK, true, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct keeper keeper;
        keeper_init(&keeper, cases[i].policy);
        give_actor(&keeper, 1, "a");
        if (cases[i].spoilt)
            give_event(&keeper, 2, (struct cas_rec_event){.bad = true});
        assert_int_equal(finish(&keeper), cases[i].status);
        assert_true(casus_problems_of(keeper.problems, 150) == cases[i].problems);
        assert_int_equal(keeper.err.code, cases[i].status == CASUS_OK ? 0 : 150);
        if (cases[i].problems)
            assert_string_equal(casus_problems_at(keeper.problems, 0)->file, "test.json");
        keeper_done(&keeper);
    }
}

static void
inputs_and_heads_add_up(void **state)
{
    struct keeper keeper;
    keeper_init(&keeper, CASUS_STRICT);
    struct cas_rec_head first = {.title = text("An invented case"), .extra = text("\"x-a\":1")};
    struct cas_rec_head second = {
        .title = text("Another"), .note = text("Second"), .extra = text("\"x-b\":2")};
    keeper.sink->head(keeper.sink, &first, &keeper.locator, &keeper.err);
    give_ambush(&keeper, 1, "e1", "a", NULL);
    struct casus_input input = {.name = "test.json",
                                .format = "dossier",
                                .records = 9,
                                .events = 77,
                                .no_event = 4,
                                .sha256 = "ab"};
    keeper.sink->end(keeper.sink, &input, &keeper.err);
    begin(&keeper, "more.json", "dossier");
    keeper.sink->head(keeper.sink, &second, &keeper.locator, &keeper.err);
    give_actor(&keeper, 1, "a");
    assert_int_equal(finish(&keeper), CASUS_OK);
    assert_string_equal(casus_dossier_title(keeper.dossier), "An invented case");
    assert_string_equal(casus_dossier_note(keeper.dossier), "Second");
    assert_string_equal(casus_dossier_extra(keeper.dossier), "\"x-a\":1,\"x-b\":2");
    assert_int_equal(casus_dossier_input_count(keeper.dossier), 2);
    const struct casus_input *one = casus_dossier_input_at(keeper.dossier, 0);
    assert_true(one->records == 9 && one->events == 1 && one->no_event == 4);
    assert_string_equal(one->sha256, "ab");
    assert_true(casus_dossier_input_at(keeper.dossier, 1)->events == 0);
    assert_int_equal(casus_dossier_actor_at(keeper.dossier, 0)->place.file, 1);
    keeper_done(&keeper);
}

static enum casus_status
whole_life(void)
{
    struct keeper keeper = {.dossier = casus_dossier_new(),
                            .problems = casus_problems_new(CASUS_LENIENT)};
    enum casus_status status = CASUS_ENOMEM;
    if (keeper.dossier && keeper.problems) {
        struct casus_input input = {.name = "test.json", .format = "dossier"};
        struct cas_rec_head head = {.title = text("T"), .extra = text("\"x-a\":1")};
        keeper.sink = casus_dossier_sink(keeper.dossier);
        keeper.sink->problems = keeper.problems;
        status = keeper.sink->begin(keeper.sink, &input, &keeper.locator.input, &keeper.err);
        if (status == CASUS_OK)
            status = keeper.sink->head(keeper.sink, &head, &keeper.locator, &keeper.err);
        if (status == CASUS_OK)
            give_faulty(&keeper);
        if (status == CASUS_OK && keeper.err.status == CASUS_OK)
            status = finish(&keeper);
        if (keeper.err.status != CASUS_OK)
            status = keeper.err.status;
    }
    casus_dossier_free(keeper.dossier);
    casus_problems_free(keeper.problems);
    return status;
}

static void
any_allocation_may_fail(void **state)
{
    enum casus_status status = CASUS_ENOMEM;
    long n = 0;
    for (; status != CASUS_OK && n < 2000; n++) {
        cas_mem_fail_after(n);
        status = whole_life();
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || status == CASUS_ENOMEM);
    }
    assert_int_equal(status, CASUS_OK);
    assert_true(n > 30);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_kept_whole),
        cmocka_unit_test(claims_stand_with_every_event_that_they_are_about),
        cmocka_unit_test(an_event_without_an_id_gets_one_that_nobody_gave),
        cmocka_unit_test(ids_twice_are_told_with_the_first_place),
        cmocka_unit_test(names_of_nothing_are_told_at_each_place),
        cmocka_unit_test(under_strict_the_first_ends_it),
        cmocka_unit_test(a_lenient_reading_leaves_out_what_names_nothing),
        cmocka_unit_test(a_record_with_faults_is_known_and_not_kept),
        cmocka_unit_test(a_dossier_without_events_is_refused),
        cmocka_unit_test(inputs_and_heads_add_up),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
