/* The graph: each rule of graph/tally.h, of selection and of the two sinks by a case worked out by
 * hand. */
#include "inline.h"

static const char actors[] =
    "{\"id\":\"a\",\"kind\":\"armed-group\"},{\"id\":\"b\",\"kind\":\"state\"},"
    "{\"id\":\"c\",\"kind\":\"armed-group\"},{\"id\":\"d\",\"kind\":\"monitor\"},"
    "{\"id\":\"b1\",\"kind\":\"unit\",\"parent\":[{\"id\":\"b\",\"from\":\"2010\",\"to\":\"2012\"},"
    "{\"id\":\"c\",\"from\":\"2013\",\"to\":null}]},"
    "{\"id\":\"b2\",\"kind\":\"unit\",\"parent\":\"b\"},"
    "{\"id\":\"bs\",\"kind\":\"person\",\"parent\":\"b\"},"
    "{\"id\":\"alone\",\"kind\":\"other\"}";

/* Events that begin with their type get an id: n1, n2, … */
static char *
with_ids(const char *events)
{
    static const char begin[] = "{\"type\"";
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    int number = 0;
    for (const char *at = events, *next; *at; at = next) {
        next = strstr(at + 1, begin);
        next = next ? next : at + strlen(at);
        bool bare = strncmp(at, begin, sizeof begin - 1) == 0;
        if (bare)
            fprintf(out, "{\"id\":\"n%d\",", ++number);
        fprintf(out, "%.*s", (int)(next - at - bare), at + bare);
    }
    fclose(out);
    return text;
}

static char *
with_events(const char *bare_events, const char *claims)
{
    char *text, *events = with_ids(bare_events);
    assert_true(asprintf(&text,
                         "{\"casus\":1,\"title\":\"T\",\"actors\":[%s],\"events\":[%s],"
                         "\"claims\":[%s]}",
                         actors, events, claims) > 0);
    free(events);
    return text;
}

/* The graph of a text; NULL, and the status, where there is none. */
static struct casus_graph *
graph_of(const char *events, const char *claims, const struct casus_selection *selection,
         enum casus_weight weight, enum casus_status *status)
{
    struct casus_folding folding = {weight};
    struct casus_graph *graph = NULL;
    char *text = with_events(events, claims);
    struct casus_dossier *dossier = inline_dossier(text);
    enum casus_status is = casus_graph_build(dossier, selection, NULL, &folding, &graph, NULL);
    if (status)
        *status = is;
    else
        assert_int_equal(is, CASUS_OK);
    casus_dossier_free(dossier);
    free(text);
    return graph;
}

/* The ties in words: "a->b attack 2", "a--b attack 1", joined by ", ". */
static char *
ties_of(const struct casus_graph *graph)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        fprintf(out, "%s%s%s%s %s %u", i ? ", " : "", casus_graph_actor_at(graph, tie->from)->id,
                tie->directed ? "->" : "--", casus_graph_actor_at(graph, tie->to)->id,
                casus_relation_name(tie->relation), tie->events);
    }
    fclose(out);
    return text;
}

static void
assert_ties(const char *name, const struct casus_graph *graph, const char *wanted)
{
    char *is = ties_of(graph);
    if (strcmp(is, wanted) != 0)
        fail_msg("%s: %s; wanted %s", name, is, wanted);
    free(is);
}

static const struct casus_node *
actor(const struct casus_graph *graph, const char *id)
{
    uint32_t index = casus_graph_actor_find(graph, id);
    assert_int_not_equal(index, CASUS_NONE);
    return casus_graph_actor_at(graph, index);
}

#define AMBUSH(from, to)   "{\"type\":\"ambush\",\"from\":[" from "],\"to\":[" to "]}"
#define BATTLE(from, to)   "{\"type\":\"battle\",\"from\":[" from "],\"to\":[" to "]}"
#define TRAINING(from, to) "{\"type\":\"training\",\"from\":[" from "],\"to\":[" to "]}"
#define TOLD(from, to, claims)                                                                     \
    "{\"id\":\"e\",\"type\":\"ambush\",\"from\":[" from "],\"to\":[" to "],\"claims\":[" claims "]}"
#define SAYS(by, stance)        "{\"by\":\"" by "\",\"stance\":\"" stance "\"}"
#define ANSWERS(by, stance, of) "{\"by\":\"" by "\",\"stance\":\"" stance "\",\"of\":\"" of "\"}"

static const struct tie_case {
    const char *name, *events, *claims, *ties;
} tie_cases[] = {
    {"two ambushes fold into one tie", AMBUSH("\"a\"", "\"b\"") "," AMBUSH("\"a\"", "\"b\""), "",
     "a->b attack 2"},
    {"there and back are two ties", AMBUSH("\"a\"", "\"b\"") "," AMBUSH("\"b\"", "\"a\""), "",
     "a->b attack 1, b->a attack 1"},
    {"relations stay apart", AMBUSH("\"a\"", "\"b\"") "," TRAINING("\"a\"", "\"b\""), "",
     "a->b attack 1, a->b support 1"},
    {"a battle has no direction", BATTLE("\"b\"", "\"a\"") "," BATTLE("\"a\"", "\"b\""), "",
     "a--b attack 2"},
    {"and stays apart from an ambush", BATTLE("\"b\"", "\"a\"") "," AMBUSH("\"a\"", "\"b\""), "",
     "a--b attack 1, a->b attack 1"},
    {"two by two are four", AMBUSH("\"a\",\"c\"", "\"b\",\"d\""), "",
     "a->b attack 1, a->d attack 1, c->b attack 1, c->d attack 1"},
    {"a pair that battles both ways counts once", BATTLE("\"a\",\"b\"", "\"b\",\"a\""), "",
     "a--b attack 1"},
    {"an unknown party makes no tie", AMBUSH("", "\"b\""), "", ""},
    {"one cannot attack itself", AMBUSH("\"a\"", "\"a\""), "", ""},
    {"a report goes to each from", TOLD("\"a\",\"c\"", "\"b\"", SAYS("d", "report")), "",
     "a->b attack 1, c->b attack 1, d->a claim 1, d->c claim 1"},
    {"blame too", TOLD("\"a\"", "\"b\"", SAYS("d", "blame")), "", "a->b attack 1, d->a claim 1"},
    {"responsibility goes to each to", TOLD("\"a\"", "\"b\",\"c\"", SAYS("a", "responsibility")),
     "", "a->b attack 1, a->b claim 1, a->c attack 1, a->c claim 1"},
    {"an announcement by from goes to to", TOLD("\"a\"", "\"b\"", SAYS("a", "announce")), "",
     "a->b attack 1, a->b claim 1"},
    {"an announcement by to goes to from", TOLD("\"a\"", "\"b\"", SAYS("b", "announce")), "",
     "a->b attack 1, b->a claim 1"},
    {"an announcement by one that speaks for to goes to from",
     TOLD("\"a\"", "\"b2\"", SAYS("bs", "announce")), "", "a->b2 attack 1, bs->a claim 1"},
    {"an announcement by a bystander goes to from", TOLD("\"a\"", "\"b\"", SAYS("d", "announce")),
     "", "a->b attack 1, d->a claim 1"},
    {"a denial goes to whom it answers", TOLD("\"a\"", "\"b\"", ANSWERS("a", "deny", "d")), "",
     "a->b attack 1, a->d claim 1"},
    {"a denial of nobody goes to from", TOLD("\"a\"", "\"b\"", SAYS("b", "deny")), "",
     "a->b attack 1, b->a claim 1"},
    {"corroboration goes to whom it answers",
     TOLD("\"a\"", "\"b\"", ANSWERS("d", "corroborate", "b")), "", "a->b attack 1, d->b claim 1"},
    {"a claim about two events makes one tie a target",
     TOLD("\"a\"", "\"b\"", "") ",{\"id\":\"f\",\"type\":\"raid\",\"from\":[\"a\",\"c\"],"
                                "\"to\":[\"b\"]}",
     "{\"about\":[\"e\",\"f\"],\"by\":\"d\",\"stance\":\"report\"}",
     "a->b attack 2, c->b attack 1, d->a claim 1, d->c claim 1"},
    {"what is said of no event is an event", "{\"type\":\"blame\",\"from\":[\"a\"],\"to\":[\"b\"]}",
     "", "a->b claim 1"},
};

static void
ties_follow_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tie_cases / sizeof *tie_cases; i++) {
        const struct tie_case *it = &tie_cases[i];
        struct casus_graph *graph =
            graph_of(it->events, it->claims, NULL, CASUS_WEIGHT_EVENTS, NULL);
        assert_ties(it->name, graph, it->ties);
        casus_graph_free(graph);
    }
}

static void
all_declared_actors_stand_in_order_of_id(void **state)
{
    (void)state;
    static const char *const ids[] = {"a", "alone", "b", "b1", "b2", "bs", "c", "d"};
    struct casus_graph *graph =
        graph_of(AMBUSH("\"a\"", "\"b\""), "", NULL, CASUS_WEIGHT_EVENTS, NULL);
    assert_int_equal(casus_graph_actor_count(graph), 8);
    for (uint32_t i = 0; i < 8; i++) {
        assert_string_equal(casus_graph_actor_at(graph, i)->id, ids[i]);
        assert_int_equal(casus_graph_actor_find(graph, ids[i]), i);
    }
    assert_int_equal(casus_graph_actor_find(graph, "nobody"), CASUS_NONE);
    assert_string_equal(casus_graph_title(graph), "T");
    assert_string_equal(actor(graph, "b2")->parent_id, "b");
    assert_int_equal(actor(graph, "b2")->parent, 2);
    assert_int_equal(actor(graph, "a")->parent, CASUS_NONE);
    casus_graph_free(graph);
}

static void
actors_count_what_they_did_and_suffered(void **state)
{
    (void)state;
    struct casus_graph *graph = graph_of(
        AMBUSH("\"a\"", "\"b\",\"c\"") "," AMBUSH("\"a\"", "") "," BATTLE("\"a\"", "\"b\"") "," TRAINING(
            "\"d\"", "\"a\"") "," TOLD("\"a\"", "\"b\"",
                                       "{\"by\":\"b\",\"via\":\"bs\",\"stance\":\"report\"}"),
        "", NULL, CASUS_WEIGHT_EVENTS, NULL);
    const struct casus_node *a = actor(graph, "a"), *b = actor(graph, "b");
    assert_int_equal(a->events, 5);
    assert_int_equal(a->attacks, 3);
    assert_int_equal(a->attacked, 0);
    assert_int_equal(a->battles, 1);
    assert_int_equal(a->backed, 1);
    assert_int_equal(b->events, 3);
    assert_int_equal(b->attacked, 2);
    assert_int_equal(b->battles, 1);
    assert_int_equal(b->claims, 1);
    assert_int_equal(actor(graph, "bs")->carried, 1);
    assert_int_equal(actor(graph, "d")->backs, 1);
    const struct casus_totals *totals = casus_graph_totals(graph);
    assert_int_equal(totals->events, 5);
    assert_int_equal(totals->by_relation[CASUS_ATTACK], 4);
    assert_int_equal(totals->no_tie, 1);
    assert_int_equal(totals->undirected, 1);
    assert_int_equal(totals->undated, 5);
    assert_int_equal(totals->claims, 1);
    assert_int_equal(totals->claims_no_tie, 0);
    casus_graph_free(graph);
}

static void
a_claim_to_oneself_or_by_nobody_makes_no_tie_and_is_counted(void **state)
{
    (void)state;
    struct casus_graph *graph =
        graph_of(TOLD("\"a\"", "\"b\"", SAYS("a", "report") ",{\"stance\":\"report\"}"), "", NULL,
                 CASUS_WEIGHT_EVENTS, NULL);
    assert_ties("none", graph, "a->b attack 1");
    assert_int_equal(casus_graph_totals(graph)->claims, 2);
    assert_int_equal(casus_graph_totals(graph)->claims_no_tie, 2);
    casus_graph_free(graph);
}

#define DATED(date) "{\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"date\":" date "}"

static const struct date_case {
    const char *name, *events, *first, *last;
    bool open;
} date_cases[] = {
    {"no date", AMBUSH("\"a\"", "\"b\""), "", "", false},
    {"the precision of a month is kept", DATED("\"2020-05\""), "2020-05", "2020-05", false},
    {"the first of May is known to be as early as May",
     DATED("\"2020-05\"") "," DATED("\"2020-05-01\""), "2020-05-01", "2020-05", false},
    {"the last of May is known to be as late as May",
     DATED("\"2020-05\"") "," DATED("\"2020-05-31\""), "2020-05", "2020-05-31", false},
    {"an interval gives both its ends", DATED("{\"from\":\"2015\",\"to\":\"2017-03\"}"), "2015",
     "2017-03", false},
    {"an open end is told", DATED("{\"from\":\"2015\",\"to\":null}") "," DATED("\"2016-02\""),
     "2015", "2016-02", true},
    {"months far apart fold into one tie", DATED("\"2019-12-31\"") "," DATED("\"2020-01-01\""),
     "2019-12-31", "2020-01-01", false},
};

static void
ties_keep_their_first_and_last_date(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof date_cases / sizeof *date_cases; i++) {
        const struct date_case *it = &date_cases[i];
        char first[12], last[12];
        struct casus_graph *graph = graph_of(it->events, "", NULL, CASUS_WEIGHT_EVENTS, NULL);
        assert_int_equal(casus_graph_tie_count(graph), 1);
        const struct casus_tie *tie = casus_graph_tie_at(graph, 0);
        casus_date_format(tie->first, first);
        casus_date_format(tie->last, last);
        if (strcmp(first, it->first) != 0 || strcmp(last, it->last) != 0 || tie->open != it->open)
            fail_msg("%s: %s to %s", it->name, first, last);
        casus_graph_free(graph);
    }
}

#define KILLED(from, to, loser, killed)                                                            \
    "{\"type\":\"raid\",\"from\":[" from "],\"to\":[" to "],\"losses\":[{\"actor\":" loser         \
    ",\"killed\":" killed "}]}"

static void
losses_are_summed_per_event_and_per_tie(void **state)
{
    (void)state;
    struct casus_graph *graph = graph_of(KILLED("\"a\",\"c\"", "\"b\"", "\"b\"", "20") "," KILLED(
                                             "\"a\"", "\"b\"", "\"b\"", "{\"low\":3}"),
                                         "", NULL, CASUS_WEIGHT_KILLED, NULL);
    assert_ties("ties", graph, "a->b attack 2, c->b attack 1");
    const struct casus_tie *ab = casus_graph_tie_at(graph, 0), *cb = casus_graph_tie_at(graph, 1);
    assert_true(ab->weight == 23 && cb->weight == 20);
    assert_int_equal(ab->losses[CASUS_KILLED].low, 23);
    assert_int_equal(ab->losses[CASUS_KILLED].best, -1);
    assert_int_equal(ab->losses[CASUS_KILLED].high, -1);
    assert_int_equal(cb->losses[CASUS_KILLED].best, 20);
    assert_int_equal(cb->losses[CASUS_KILLED].high, 20);
    assert_int_equal(cb->losses[CASUS_WOUNDED].low, -1);
    assert_int_equal(casus_graph_totals(graph)->losses[CASUS_KILLED].low, 23);
    assert_int_equal(actor(graph, "b")->lost[CASUS_KILLED].low, 23);
    assert_int_equal(actor(graph, "a")->lost[CASUS_KILLED].low, -1);
    casus_graph_free(graph);
}

#define MOVED(date)                                                                                \
    "{\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b1\",\"b2\"],\"date\":\"" date "\"}"

static void
roll_up_takes_the_parents_of_the_day(void **state)
{
    (void)state;
    static const struct casus_selection top = {.level = "0"};
    struct casus_graph *graph =
        graph_of(MOVED("2011-06") "," MOVED("2014-06"), "", &top, CASUS_WEIGHT_EVENTS, NULL);
    assert_ties("level 0", graph, "a->b attack 2, a->c attack 1");
    assert_int_equal(actor(graph, "b")->attacked, 2);
    assert_int_equal(casus_graph_actor_find(graph, "b1"), CASUS_NONE);
    casus_graph_free(graph);
}

static void
ties_within_one_are_internal_after_roll_up(void **state)
{
    (void)state;
    static const struct casus_selection top = {.level = "0"};
    struct casus_graph *graph =
        graph_of(AMBUSH("\"b2\"", "\"bs\"") "," AMBUSH("\"b2\"", "\"bs\",\"a\""), "", &top,
                 CASUS_WEIGHT_EVENTS, NULL);
    assert_ties("internal", graph, "b->a attack 1");
    const struct casus_node *b = actor(graph, "b");
    assert_int_equal(casus_graph_totals(graph)->internal, 2);
    assert_int_equal(b->internal, 2);
    assert_int_equal(b->events, 2);
    assert_int_equal(b->attacks, 1);
    assert_int_equal(b->attacked, 0);
    casus_graph_free(graph);
}

static void
a_part_is_not_added_to_its_whole_after_roll_up(void **state)
{
    (void)state;
    static const struct casus_selection top = {.level = "0"};
    struct casus_graph *graph = graph_of(
        "{\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"claims\":[{\"by\":\"a\","
        "\"stance\":\"responsibility\",\"losses\":[{\"actor\":\"b\",\"killed\":10},"
        "{\"actor\":\"b2\",\"killed\":3}]},{\"by\":\"b\",\"stance\":\"report\",\"losses\":["
        "{\"actor\":\"b2\",\"killed\":4},{\"actor\":\"bs\",\"killed\":1}]}]}",
        "", &top, CASUS_WEIGHT_EVENTS, NULL);
    assert_int_equal(actor(graph, "b")->lost[CASUS_KILLED].low, 5);
    assert_int_equal(actor(graph, "b")->lost[CASUS_KILLED].best, -1);
    assert_int_equal(actor(graph, "b")->lost[CASUS_KILLED].high, 10);
    assert_int_equal(casus_graph_totals(graph)->losses[CASUS_KILLED].high, 10);
    casus_graph_free(graph);
}

/* --- selection -------------------------------------------------------------------------------- */

static const char chain[] = AMBUSH("\"a\"", "\"b\"") "," AMBUSH("\"a\"", "\"b\"") "," TRAINING(
    "\"c\"", "\"b\"") "," AMBUSH("\"c\"", "\"d\"") "," AMBUSH("\"d\"", "");
static const char *const focus_a[] = {"a"};
static const char *const ambushes[] = {"ambush"};
static const char *const nobody[] = {"nobody"};

static const struct selection_case {
    const char *name;
    struct casus_selection selection;
    const char *ties;
    uint32_t actors;
    uint64_t events;
} selection_cases[] = {
    {"relations choose ties, not actors",
     {.relations = CASUS_BIT(CASUS_SUPPORT)},
     "c->b support 1",
     8,
     1},
    {"min_events drops ties and whom they leave without any",
     {.min_events = 2},
     "a->b attack 2",
     6,
     5},
    {"a focus keeps what one tie reaches",
     {.focus = focus_a, .focus_count = 1},
     "a->b attack 2",
     2,
     2},
    {"or two",
     {.focus = focus_a, .focus_count = 1, .depth = 2},
     "a->b attack 2, c->b support 1",
     3,
     3},
    {"or all, with what is known of one side alone",
     {.focus = focus_a, .focus_count = 1, .depth = 9},
     "a->b attack 2, c->b support 1, c->d attack 1",
     4,
     5},
    {"types leave only who takes part",
     {.types = ambushes, .type_count = 1},
     "a->b attack 2, c->d attack 1",
     4,
     4},
};

static void
selections_leave_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof selection_cases / sizeof *selection_cases; i++) {
        const struct selection_case *it = &selection_cases[i];
        struct casus_graph *graph = graph_of(chain, "", &it->selection, CASUS_WEIGHT_EVENTS, NULL);
        assert_ties(it->name, graph, it->ties);
        if (casus_graph_actor_count(graph) != it->actors ||
            casus_graph_totals(graph)->events != it->events)
            fail_msg("%s: %u actors, %llu events", it->name, casus_graph_actor_count(graph),
                     (unsigned long long)casus_graph_totals(graph)->events);
        casus_graph_free(graph);
    }
}

static void
what_cannot_be_answered_is_a_status(void **state)
{
    (void)state;
    static const struct casus_selection unknown = {.focus = nobody, .focus_count = 1},
                                        later = {.since = "2030"};
    enum casus_status status;
    assert_null(graph_of(chain, "", &unknown, CASUS_WEIGHT_EVENTS, &status));
    assert_int_equal(status, CASUS_EINVAL);
    assert_null(graph_of(chain, "", &later, CASUS_WEIGHT_EVENTS, &status));
    assert_int_equal(status, CASUS_EEMPTY);
    assert_null(graph_of(chain, "", NULL, CASUS_WEIGHT_EVIDENCE, &status));
    assert_int_equal(status, CASUS_EINVAL);
}

static void
a_tie_knows_its_events(void **state)
{
    (void)state;
    struct casus_graph *graph = graph_of(chain, "", NULL, CASUS_WEIGHT_EVENTS, NULL);
    assert_int_equal(casus_graph_tie_event(graph, 0, 0), 0);
    assert_int_equal(casus_graph_tie_event(graph, 0, 1), 1);
    assert_int_equal(casus_graph_tie_event(graph, 0, 2), CASUS_NONE);
    assert_int_equal(casus_graph_tie_event(graph, 1, 0), 2);
    casus_graph_free(graph);
}

/* --- the sink that folds ---------------------------------------------------------------------- */

static enum casus_status
fold_status(const char *text, const struct casus_selection *selection)
{
    struct casus_fold *fold;
    struct casus_graph *graph = NULL;
    struct casus_error err = {0};
    enum casus_status status = casus_fold_new(selection, NULL, &fold, &err);
    if (status != CASUS_OK)
        return status;
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    status = inline_read(text, casus_fold_sink(fold), problems, &err);
    if (status == CASUS_OK)
        status = casus_fold_finish(fold, problems, &graph, &err);
    casus_graph_free(graph);
    casus_fold_free(fold);
    casus_problems_free(problems);
    return status;
}

static const struct casus_selection by_level = {.level = "0"},
                                    with_focus = {.focus = focus_a, .focus_count = 1},
                                    too_late = {.since = "2030"};

static const struct fold_case {
    const char *name, *events, *claims;
    const struct casus_selection *selection;
    enum casus_status status;
} fold_cases[] = {
    {"plain events fold", AMBUSH("\"a\"", "\"b\""), "", NULL, CASUS_OK},
    {"a claim at the top needs its events", TOLD("\"a\"", "\"b\"", ""),
     "{\"about\":[\"e\"],\"by\":\"b\",\"stance\":\"report\"}", NULL, CASUS_EKEEP},
    {"an announcement by a party folds", TOLD("\"a\"", "\"b\"", SAYS("b", "announce")), "", NULL,
     CASUS_OK},
    {"an announcement by another needs its parents", TOLD("\"a\"", "\"b\"", SAYS("bs", "announce")),
     "", NULL, CASUS_EKEEP},
    {"an id twice is for the dossier to tell",
     TOLD("\"a\"", "\"b\"", "") "," TOLD("\"a\"", "\"b\"", ""), "", NULL, CASUS_EKEEP},
    {"so is a name that nobody declares", AMBUSH("\"a\"", "\"zz\""), "", NULL, CASUS_EKEEP},
    {"and an input without events", "", "", NULL, CASUS_EKEEP},
    {"parents at a date need the dossier", AMBUSH("\"a\"", "\"b\""), "", &by_level, CASUS_EINVAL},
    {"a focus is folded twice", AMBUSH("\"a\"", "\"b\""), "", &with_focus, CASUS_EKEEP},
    {"a selection may leave nothing", AMBUSH("\"a\"", "\"b\""), "", &too_late, CASUS_EEMPTY},
};

static void
the_folding_sink_stops_where_it_must(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fold_cases / sizeof *fold_cases; i++) {
        char *text = with_events(fold_cases[i].events, fold_cases[i].claims);
        enum casus_status status = fold_status(text, fold_cases[i].selection);
        if (status != fold_cases[i].status)
            fail_msg("%s: status %d", fold_cases[i].name, status);
        free(text);
    }
}

static void
crowds_are_refused(void **state)
{
    (void)state;
    char *text, *crowd;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "{\"casus\":1,\"actors\":[");
    for (int i = 0; i < 2100; i++)
        fprintf(out, "%s{\"id\":\"p%d\"}", i ? "," : "", i);
    fprintf(out, "],\"events\":[{\"id\":\"crowd\",\"type\":\"battle\"");
    for (int side = 0; side < 2; side++) {
        fprintf(out, ",\"%s\":[", side ? "to" : "from");
        for (int i = 0; i < 1050; i++)
            fprintf(out, "%s\"p%d\"", i ? "," : "", side * 1050 + i);
        fprintf(out, "]");
    }
    fprintf(out, "}]}");
    fclose(out);
    crowd = text;
    struct casus_error err = {0};
    struct casus_graph *graph = NULL;
    struct casus_dossier *dossier = inline_dossier(crowd);
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, NULL, &graph, &err), CASUS_EINPUT);
    assert_int_equal(err.code, 171);
    struct casus_verdicts *verdicts = NULL;
    assert_int_equal(casus_verdicts_new(dossier, &verdicts, NULL), CASUS_EINPUT);
    assert_int_equal(fold_status(crowd, NULL), CASUS_EKEEP);
    casus_dossier_free(dossier);
    free(crowd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_follow_the_rules),
        cmocka_unit_test(all_declared_actors_stand_in_order_of_id),
        cmocka_unit_test(actors_count_what_they_did_and_suffered),
        cmocka_unit_test(a_claim_to_oneself_or_by_nobody_makes_no_tie_and_is_counted),
        cmocka_unit_test(ties_keep_their_first_and_last_date),
        cmocka_unit_test(losses_are_summed_per_event_and_per_tie),
        cmocka_unit_test(roll_up_takes_the_parents_of_the_day),
        cmocka_unit_test(ties_within_one_are_internal_after_roll_up),
        cmocka_unit_test(a_part_is_not_added_to_its_whole_after_roll_up),
        cmocka_unit_test(selections_leave_what_they_say),
        cmocka_unit_test(what_cannot_be_answered_is_a_status),
        cmocka_unit_test(a_tie_knows_its_events),
        cmocka_unit_test(the_folding_sink_stops_where_it_must),
        cmocka_unit_test(crowds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
