/* Choosing events: dates, types, places, conditions, evidence, grades, relations, belief. */
#include "unit/records.h"

#include <casus/selection.h>

enum { EVENTS = 6 };

static struct casus_dossier *
give_world(struct casus_sink *sink, struct cas_locator *locator, struct casus_dossier *dossier)
{
    static const struct {
        const char *id, *name, *parent, *side;
        enum casus_kind kind;
    } actors[] = {
        {"isis", "Islamic State", NULL, NULL, CASUS_KIND_ARMED_GROUP},
        {"amaq", "Amaq News Agency", "isis", NULL, CASUS_KIND_OUTLET},
        {"syria", "Syrian state", NULL, "Government", CASUS_KIND_STATE},
        {"saa", "Syrian Arab Army", "syria", NULL, CASUS_KIND_ARMY},
        {"bde", "Liwa al-Quds", "saa", NULL, CASUS_KIND_UNIT},
        {"russia", "Russia", NULL, NULL, CASUS_KIND_STATE},
    };
    static const struct {
        const char *id, *name;
        char reliability;
    } sources[] = {{"gazette", "The Gazette", 'B'}, {"blog", NULL, 'F'}, {"wire", NULL, 'A'}};
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        struct cas_rec_parent parent = {.id = text(actors[i].parent)};
        struct cas_rec_actor actor = {.id = text(actors[i].id),
                                      .name = text(actors[i].name),
                                      .side = text(actors[i].side),
                                      .kind = actors[i].kind,
                                      .kind_given = true,
                                      .parents = &parent,
                                      .parent_count = actors[i].parent ? 1 : 0};
        sink->actor(sink, &actor, at_line(locator, 1), NULL);
    }
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct cas_rec_source source = {.id = text(sources[i].id),
                                        .name = text(sources[i].name),
                                        .reliability = sources[i].reliability};
        sink->source(sink, &source, at_line(locator, 2), NULL);
    }
    return dossier;
}

static void
give_event(struct casus_sink *sink, struct cas_locator *locator, struct cas_rec_event event,
           const char *from, const char *to, size_t claim_count, const struct cas_rec_claim *claims)
{
    struct cas_text one = text(from), other = text(to);
    event.from = &one;
    event.to = &other;
    event.from_count = from ? 1 : 0;
    event.to_count = to ? 1 : 0;
    event.claims = claims;
    event.claim_count = claim_count;
    sink->event(sink, &event, at_line(locator, 3), NULL);
}

static void
give_events(struct casus_sink *sink, struct cas_locator *locator)
{
    struct cas_rec_claim told[] = {
        {.by = text("isis"),
         .via = text("amaq"),
         .source = text("gazette"),
         .credibility = 3,
         .stance = CASUS_RESPONSIBILITY},
        {.by = text("syria"), .source = text("wire"), .credibility = 2, .stance = CASUS_REPORT}};
    struct cas_rec_claim single[] = {{.by = text("amaq"),
                                      .source = text("blog"),
                                      .credibility = 1,
                                      .stance = CASUS_RESPONSIBILITY}};
    struct cas_rec_claim own_voice[] = {
        {.source = text("gazette"), .credibility = 6, .stance = CASUS_REPORT}};
    struct cas_text wire[] = {text("wire")};
    give_event(sink, locator,
               (struct cas_rec_event){.id = text("e0"),
                                      .type = text("ambush"),
                                      .date = day(2019, 4, 17),
                                      .place_name = text("Al-Kom")},
               "isis", "saa", 2, told);
    give_event(sink, locator,
               (struct cas_rec_event){.id = text("e1"),
                                      .type = text("battle"),
                                      .date = day(2019, 4, 0),
                                      .place_name = text("Jabal Bishr\u012B")},
               "isis", "bde", 1, single);
    give_event(sink, locator,
               (struct cas_rec_event){.id = text("e2"),
                                      .type = text("training"),
                                      .relation = CASUS_SUPPORT,
                                      .date = years(2015, 0),
                                      .sources = wire,
                                      .source_count = 1},
               "russia", "saa", 0, NULL);
    give_event(sink, locator,
               (struct cas_rec_event){
                   .id = text("e3"), .type = text("bombing"), .place_name = text("West of Homs")},
               NULL, "saa", 1, own_voice);
    give_event(sink, locator,
               (struct cas_rec_event){.id = text("e4"),
                                      .type = text("blame"),
                                      .relation = CASUS_CLAIM,
                                      .date = day(2019, 4, 22)},
               "syria", "russia", 0, NULL);
    give_event(sink, locator,
               (struct cas_rec_event){.id = text("e5"),
                                      .type = text("rally"),
                                      .relation = CASUS_CLAIM,
                                      .date = day(2020, 0, 0)},
               "russia", NULL, 0, NULL);
}

static struct casus_dossier *
make_dossier(void)
{
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_sink *sink = casus_dossier_sink(dossier);
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct cas_locator locator = {0};
    struct casus_error err = {0};
    struct casus_input input = {.name = "test.json", .format = "dossier"};
    sink->problems = problems;
    sink->begin(sink, &input, &locator.input, &err);
    give_world(sink, &locator, dossier);
    give_events(sink, &locator);
    assert_int_equal(casus_dossier_finish(dossier, problems, &err), CASUS_OK);
    assert_int_equal(casus_dossier_event_count(dossier), EVENTS);
    casus_problems_free(problems);
    return dossier;
}

static int
set_up(void **state)
{
    *state = make_dossier();
    return 0;
}

static int
tear_down(void **state)
{
    casus_dossier_free(*state);
    return 0;
}

/* Which of the six events pass, as "101000". */
static struct casus_removed
expect(const struct casus_dossier *dossier, struct casus_selection selection, const char *passing)
{
    uint8_t out[EVENTS];
    char found[EVENTS + 1] = "";
    struct casus_removed removed;
    struct casus_error err = {0};
    enum casus_status status = casus_selection_apply(&selection, dossier, out, &removed, &err);
    if (status != CASUS_OK)
        fail_msg("%s: %s", selection.where ? selection.where : "", err.text);
    for (size_t i = 0; i < EVENTS; i++)
        found[i] = out[i] ? '1' : '0';
    if (strcmp(found, passing) != 0)
        fail_msg("%s: expected %s, found %s", selection.where ? selection.where : "", passing,
                 found);
    return removed;
}

static void
nothing_selected_is_everything(void **state)
{
    struct casus_removed removed = expect(*state, (struct casus_selection){0}, "111111");
    assert_true(removed.dates + removed.undated + removed.where == 0);
}

static void
dates_keep_what_may_overlap_and_count_the_undated(void **state)
{
    static const struct {
        const char *since, *until, *passing;
        uint64_t undated, dates;
    } cases[] = {
        {"2019-04-20", NULL, "011011", 1, 1}, /* April may have been after the 20th */
        {"2019-04-23", NULL, "011001", 1, 2}, {"2019-05", NULL, "001001", 1, 3},
        {NULL, "2019-04-16", "011000", 1, 3}, {NULL, "2014", "000000", 1, 5},
        {"2019", "2019", "111010", 1, 1},     {"2019-04-17", "2019-04-17", "111000", 1, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct casus_removed removed = expect(
            *state, (struct casus_selection){.since = cases[i].since, .until = cases[i].until},
            cases[i].passing);
        assert_true(removed.undated == cases[i].undated);
        assert_true(removed.dates == cases[i].dates);
    }
}

static void
types_places_relations_and_grades_choose(void **state)
{
    static const char *const types[] = {"ambush", "training"}, *const rally[] = {"rally"};
    static const char *const places[] = {"bishri", "HOMS"};
    struct casus_selection by_type = {.types = types, .type_count = 2};
    assert_true(expect(*state, by_type, "101000").types == 4);
    expect(*state, (struct casus_selection){.types = rally, .type_count = 1}, "000001");
    struct casus_selection by_place = {.places = places, .place_count = 2};
    assert_true(expect(*state, by_place, "010100").places == 4);
    static const struct {
        unsigned relations;
        const char *passing;
    } relations[] = {
        {CASUS_BIT(CASUS_ATTACK), "110100"},
        {CASUS_BIT(CASUS_SUPPORT), "001000"},
        {CASUS_BIT(CASUS_CLAIM), "110111"}, /* attacks that somebody claims make claim ties */
        {CASUS_ALL_RELATIONS, "111111"},
    };
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        expect(*state, (struct casus_selection){.relations = relations[i].relations},
               relations[i].passing);
    static const struct {
        const char *grade, *passing;
    } grades[] = {
        {"A1", "000000"}, {"A2", "100000"}, {"B3", "100000"},
        {"b2", "100000"}, {"E5", "100000"}, /* F and 6 are unknown, not bad */
    };
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        expect(*state, (struct casus_selection){.min_grade = grades[i].grade}, grades[i].passing);
}

static void
belief_goes_by_who_speaks(void **state)
{
    static const char *const isis[] = {"Islamic State"}, *const amaq[] = {"amaq"};
    static const char *const both[] = {"isis", "syria"};
    struct casus_selection doubt_isis = {.doubt = isis, .doubt_count = 1};
    struct casus_selection doubt_amaq = {.doubt = amaq, .doubt_count = 1};
    struct casus_selection doubt_both = {.doubt = both, .doubt_count = 2};
    struct casus_selection believe_isis = {.believe = isis, .believe_count = 1};
    struct casus_selection believe_amaq = {.believe = amaq, .believe_count = 1};
    assert_true(expect(*state, doubt_isis, "101111").belief == 1); /* Amaq speaks for it */
    expect(*state, doubt_amaq, "101111");
    expect(*state, doubt_both, "001111");
    expect(*state, believe_isis, "111011"); /* a source's own voice is nobody's */
    expect(*state, believe_amaq, "011011"); /* e0 is claimed by isis, not by Amaq */
}

static void
conditions_choose(void **state)
{
    static const struct {
        const char *where, *passing;
    } cases[] = {
        {"date = 2019-04", "111010"},
        {"date = 2019-04-17", "111000"},
        {"date != 2019-04", "000101"}, /* undated is not April */
        {"date >= 2019-04-18", "011011"},
        {"date > 2019", "001001"},
        {"date < 2019-04-17", "011000"},
        {"date <= 2019-04-17", "111000"},
        {"date in (2014, 2020)", "001001"},
        {"relation = attack", "110100"},
        {"relation != attack", "001011"},
        {"relation in (support, claim)", "001011"},
        {"type = ambush", "100000"},
        {"type = rally", "000001"},
        {"type ~ B", "110110"},
        {"type not in (ambush, battle)", "001111"},
        {"actor = saa", "101100"},
        {"actor = 'Liwa\\' al Quds'", "010000"},
        {"actor = \"the Islamic State\"", "110000"},
        {"actor ~ syrian", "101110"},
        {"actor != saa", "010011"},
        {"from = russia", "001001"},
        {"to = russia", "000010"},
        {"to != russia", "111101"},
        {"kind = state", "001011"},
        {"kind in (unit, army)", "111100"},
        {"side = government", "111110"},
        {"side ~ GOV", "111110"},
        {"place = \"al-kom\"", "100000"},
        {"place ~ BISHRI", "010000"},
        {"place != al-kom", "011111"},
        {"source = gazette", "100100"},
        {"source = 'the gazette'", "100100"},
        {"source in (wire, blog)", "111000"},
        {"source ~ gaz", "100100"},
        {"claimant = isis", "100000"},
        {"claimant = amaq", "010000"},
        {"claimant ~ 'news agency'", "010000"},
        {"evidence = unsourced", "000011"},
        {"evidence != unsourced", "111100"},
        {"id = e4", "000010"},
        {"id in (e1, 'e2')", "011000"},
        {"id ~ E", "111111"},
        /* not before and before or */
        {"type = ambush or type = battle and date = 2020", "100000"},
        {"(type = ambush or type = battle) and date = 2019", "110000"},
        {"not type = ambush and not type = battle", "001111"},
        {"not (type = ambush or type = battle)", "001111"},
        {"not not type = ambush", "100000"},
        {"NOT Type = ambush AND Date = 2019-04", "011010"},
        {"type=ambush or(type=battle)", "110000"},
        {"  type\t=\nambush ", "100000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(*state, (struct casus_selection){.where = cases[i].where}, cases[i].passing);
}

static void
a_condition_that_cannot_be_read_is_told_with_its_column(void **state)
{
    static const struct {
        const char *where, *words;
        uint32_t column;
    } cases[] = {
        {"",
         "expected date, relation, type, actor, from, to, kind, side, place, source, "
         "claimant, evidence, killed, wounded, captured, missing or id, found the end",
         1},
        {"form = isis", "no field 'form'; did you mean 'from'?", 1},
        {"type = ambush and colour = red", "expected date, relation, type,", 19},
        {"type", "expected = != ~ or in after 'type', found the end", 5},
        {"kind ~ state", "expected = != or in after 'kind', found '~'", 6},
        {"kind < state", "expected = != or in after 'kind', found '<'", 6},
        {"date ~ 2019", "expected = != < <= > >= or in after 'date', found '~'", 6},
        {"date == 2019", "expected a value, found '='", 7},
        {"date = 2019-13", "the calendar has no date '2019-13'", 8},
        {"date = april", "expected a date such as 2020-05-02, 2020-05 or 2020, found 'april'", 8},
        {"kind = sate", "no kind 'sate'; did you mean 'state'?", 8},
        {"relation = atack", "no relation 'atack'; did you mean 'attack'?", 12},
        {"evidence = sungle", "no evidence 'sungle'; did you mean 'single'?", 12},
        {"actor = isiss", "no actor 'isiss'; did you mean 'isis'?", 9},
        {"actor in (isis, nobody)", "no actor 'nobody'", 17},
        {"type = ambusch", "no type 'ambusch'; did you mean 'ambush'?", 8},
        {"source = gazete", "no source 'gazete'; did you mean 'gazette'?", 10},
        {"side = goverment", "no side 'goverment'", 8},
        {"type = ", "expected a value, found the end", 8},
        {"type = 'ambush", "a quote that is not closed", 8},
        {"(type = ambush", "expected and, or, or the ) of column 1, found the end", 15},
        {"type = ambush)", "expected and, or, or the end, found ')'", 14},
        {"place = dry wells",
         "expected and, or, or the end (several words go in quotes), "
         "found 'wells'",
         13},
        {"type in ambush", "expected ( and values after in, found 'ambush'", 9},
        {"type in ()", "expected a value, found ')'", 10},
        {"type in (ambush", "expected a comma or ), found the end", 16},
        {"type not = ambush", "expected in, found '='", 10},
        {"place = '\u00E9\u00E9' or form = x", "no field 'form'; did you mean 'from'?", 17},
        {"and type = ambush", "expected date,", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t out[EVENTS] = {7, 7, 7, 7, 7, 7};
        struct casus_removed removed = {.where = 77};
        struct casus_error err = {0};
        struct casus_selection selection = {.where = cases[i].where};
        assert_int_equal(casus_selection_apply(&selection, *state, out, &removed, &err),
                         CASUS_EINVAL);
        assert_int_equal(err.status, CASUS_EINVAL);
        assert_int_equal(err.code, 161);
        if (strncmp(err.text, cases[i].words, strlen(cases[i].words)) != 0)
            fail_msg("%s: %s", cases[i].where, err.text);
        assert_int_equal(err.where.line, 1);
        assert_int_equal(err.where.column, cases[i].column);
        assert_string_equal(err.line, cases[i].where);
        assert_int_equal(err.caret, cases[i].column);
        assert_true(out[0] == 7 && removed.where == 77); /* outputs are written last */
    }
}

static void
conditions_nest_64_deep_and_no_deeper(void **state)
{
    for (int depth = 63; depth <= 64; depth++) {
        struct cas_buffer where;
        cas_buffer_init(&where);
        for (int i = 0; i < depth; i++)
            cas_buffer_text(&where, "type = blame or id = e5 and (");
        cas_buffer_text(&where, "id = e0");
        for (int i = 0; i < depth; i++)
            cas_buffer_char(&where, ')');
        struct casus_selection selection = {.where = where.s};
        struct casus_error err = {0};
        uint8_t out[EVENTS];
        enum casus_status status = casus_selection_apply(&selection, *state, out, NULL, &err);
        assert_int_equal(status, depth < 64 ? CASUS_OK : CASUS_EINVAL);
        assert_string_equal(err.text, depth < 64 ? "" : "nested deeper than 64");
        cas_buffer_done(&where);
    }
}

static void
a_long_condition_needs_no_deep_stack(void **state)
{
    struct cas_buffer where;
    cas_buffer_init(&where);
    cas_buffer_text(&where, "type = blame");
    for (int i = 0; i < 5000; i++)
        cas_buffer_text(&where, " or id = nothing and not kind = state");
    expect(*state, (struct casus_selection){.where = where.s}, "000010");
    cas_buffer_done(&where);
}

static void
each_event_is_counted_under_the_first_that_bites(void **state)
{
    static const char *const types[] = {"ambush", "battle", "bombing"};
    struct casus_selection selection = {.since = "2019",
                                        .types = types,
                                        .type_count = 3,
                                        .where = "place ~ kom",
                                        .relations = CASUS_BIT(CASUS_SUPPORT)};
    struct casus_removed removed = expect(*state, selection, "000000");
    assert_true(removed.undated == 1 && removed.dates == 0 && removed.types == 3);
    assert_true(removed.where == 1 && removed.relations == 1);
}

static void
evidence_chooses_by_verdict(void **state)
{
    expect(*state, (struct casus_selection){.evidence = CASUS_BIT(CASUS_UNSOURCED)}, "000011");
}

static void
an_option_that_makes_no_sense_is_refused(void **state)
{
    static const char *const ambusch[] = {"ambush", "ambusch"}, *const isiss[] = {"isiss"};
    const struct {
        struct casus_selection selection;
        unsigned code;
        const char *words;
    } cases[] = {
        {{.since = "April"}, 120, "--since takes a date such as 2020-05-02, 2020-05 or 2020"},
        {{.until = "2019-02-30"}, 121, "--until: the calendar has no date '2019-02-30'"},
        {{.since = "2020", .until = "2019"}, 122, "--until 2019 lies before --since 2020"},
        {{.types = ambusch, .type_count = 2},
         160,
         "--type: no event is of type 'ambusch'; did you mean 'ambush'?"},
        {{.min_grade = "F2"}, 160, "--min-grade takes a letter from A to E"},
        {{.min_grade = "B6"}, 160, "--min-grade takes"},
        {{.min_grade = "B"}, 160, "--min-grade takes"},
        {{.min_grade = "B22"}, 160, "--min-grade takes"},
        {{.doubt = isiss, .doubt_count = 1},
         162,
         "--doubt: no actor 'isiss'; did you mean 'isis'?"},
        {{.believe = isiss, .believe_count = 1}, 162, "--believe: no actor 'isiss'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct casus_error err = {0};
        uint8_t out[EVENTS] = {7};
        assert_int_equal(casus_selection_apply(&cases[i].selection, *state, out, NULL, &err),
                         CASUS_EINVAL);
        assert_int_equal(err.code, cases[i].code);
        assert_non_null(strstr(err.text, cases[i].words));
        assert_int_equal(out[0], 7);
    }
}

static void
what_claims_sources_or_parents_decide_needs_the_dossier(void **state)
{
    static const char *const names[] = {"isis"};
    const struct {
        struct casus_selection selection;
        bool needs;
    } cases[] = {
        {{0}, false},
        {{.since = "2019", .until = "2020", .types = names, .type_count = 1}, false},
        {{.places = names, .place_count = 1, .relations = 1, .min_events = 3}, false},
        {{.focus = names, .focus_count = 1, .depth = 2}, false},
        {{.where = "id = x"}, true},
        {{.level = "0"}, true},
        {{.min_grade = "B2"}, true},
        {{.evidence = 1}, true},
        {{.believe = names, .believe_count = 1}, true},
        {{.doubt = names, .doubt_count = 1}, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(casus_selection_needs_dossier(&cases[i].selection), cases[i].needs);
}

static void
any_allocation_may_fail(void **state)
{
    static const char *const names[] = {"isis"}, *const places[] = {"kom"};
    struct casus_selection selection = {
        .since = "2019",
        .places = places,
        .place_count = 1,
        .doubt = names,
        .doubt_count = 1,
        .where = "actor ~ is and (source = gazette or side = government) and evidence != single"};
    enum casus_status status = CASUS_ENOMEM;
    uint8_t out[EVENTS];
    long n = 0;
    for (; status != CASUS_OK && n < 2000; n++) {
        memset(out, 7, sizeof out);
        cas_mem_fail_after(n);
        status = casus_selection_apply(&selection, *state, out, NULL, NULL);
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || (status == CASUS_ENOMEM && out[0] == 7));
    }
    assert_int_equal(status, CASUS_OK);
    assert_true(n > 10 && out[0] == 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_selected_is_everything),
        cmocka_unit_test(dates_keep_what_may_overlap_and_count_the_undated),
        cmocka_unit_test(types_places_relations_and_grades_choose),
        cmocka_unit_test(belief_goes_by_who_speaks),
        cmocka_unit_test(conditions_choose),
        cmocka_unit_test(a_condition_that_cannot_be_read_is_told_with_its_column),
        cmocka_unit_test(conditions_nest_64_deep_and_no_deeper),
        cmocka_unit_test(a_long_condition_needs_no_deep_stack),
        cmocka_unit_test(each_event_is_counted_under_the_first_that_bites),
        cmocka_unit_test(evidence_chooses_by_verdict),
        cmocka_unit_test(an_option_that_makes_no_sense_is_refused),
        cmocka_unit_test(what_claims_sources_or_parents_decide_needs_the_dossier),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
