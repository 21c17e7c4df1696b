/* What hangs on one source: who rests on whom, by hand; and ranks against a dossier that never had
 * the events. */
#include "unit/inline.h"

#define HEAD                                                                                       \
    "{\"casus\":1,\"sources\":[{\"id\":\"s\"},{\"id\":\"t\"}],\"actors\":[{\"id\":\"a\"},"         \
    "{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},"                                                \
    "{\"id\":\"v\",\"kind\":\"outlet\",\"parent\":\"a\"}],\"events\":["

static const char *const events[] = {
    "{\"id\":\"1\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"claims\":["
    "{\"by\":\"a\",\"via\":\"v\",\"stance\":\"report\",\"source\":\"s\"},"
    "{\"by\":\"v\",\"stance\":\"report\",\"source\":\"s\"}]}",
    "{\"id\":\"2\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"c\"],\"claims\":["
    "{\"by\":\"a\",\"stance\":\"report\",\"source\":\"s\"},"
    "{\"by\":\"c\",\"stance\":\"report\",\"source\":\"t\",\"losses\":[{\"actor\":\"c\","
    "\"killed\":9}]}]}",
    "{\"id\":\"3\",\"type\":\"raid\",\"from\":[\"b\"],\"to\":[\"d\"],\"source\":[\"t\"]}",
    "{\"id\":\"4\",\"type\":\"raid\",\"from\":[\"c\"],\"to\":[\"d\"],\"claims\":["
    "{\"by\":\"c\",\"stance\":\"report\",\"source\":\"t\"},"
    "{\"by\":\"a\",\"stance\":\"deny\",\"source\":\"s\"}]}",
    "{\"id\":\"5\",\"type\":\"raid\",\"from\":[\"d\"],\"to\":[\"a\"]}",
};
enum { EVENTS = sizeof events / sizeof events[0] };

/* Who rests on whom, worked out by hand; a bit an event. */
static const struct {
    enum casus_stay_kind kind;
    const char *id;
    unsigned gone;
} stays[] = {
    {CASUS_STAY_SOURCE, "s", 1u},   {CASUS_STAY_SOURCE, "t", 4u | 8u},
    {CASUS_STAY_CLAIMANT, "a", 1u}, {CASUS_STAY_CLAIMANT, "c", 8u},
    {CASUS_STAY_OUTLET, "v", 1u},
};
enum { STAYS = sizeof stays / sizeof stays[0] };

static struct casus_dossier *
dossier_without(unsigned gone)
{
    char text[4096] = HEAD;
    bool begun = false;
    for (unsigned i = 0; i < EVENTS; i++) {
        if (gone & (1u << i))
            continue;
        strcat(text, begun ? "," : "");
        strcat(text, events[i]);
        begun = true;
    }
    strcat(text, "]}");
    return inline_dossier(text);
}

static struct casus_scores *
scores_without(unsigned gone)
{
    struct casus_dossier *dossier = dossier_without(gone);
    struct casus_graph *graph;
    struct casus_scores *scores;
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, NULL, &graph, NULL), CASUS_OK);
    assert_int_equal(casus_graph_actor_count(graph), 5);
    assert_int_equal(casus_scores_new(graph, NULL, &scores, NULL), CASUS_OK);
    casus_graph_free(graph);
    casus_dossier_free(dossier);
    return scores;
}

struct case_ {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_reliance *reliance;
};

static struct case_
whole(unsigned workers, enum casus_weight weight)
{
    struct case_ it = {.dossier = dossier_without(0)};
    struct casus_folding folding = {weight};
    struct casus_sampling sampling = {.first = 2, .workers = workers};
    assert_int_equal(casus_graph_build(it.dossier, NULL, NULL, &folding, &it.graph, NULL),
                     CASUS_OK);
    struct casus_basis basis = {.dossier = it.dossier, .graph = it.graph, .weight = weight};
    assert_int_equal(casus_reliance_new(&basis, &sampling, &it.reliance, NULL), CASUS_OK);
    return it;
}

static void
case_done(struct case_ *it)
{
    casus_reliance_free(it->reliance);
    casus_graph_free(it->graph);
    casus_dossier_free(it->dossier);
}

static void
events_rest_on_sources_claimants_and_outlets(void **unused)
{
    struct case_ it = whole(1, CASUS_WEIGHT_EVENTS);
    assert_int_equal(casus_reliance_count(it.reliance), STAYS);
    for (uint32_t i = 0; i < STAYS; i++) {
        const struct casus_stay *stay = casus_reliance_at(it.reliance, i);
        const char *id = stay->kind == CASUS_STAY_SOURCE
                             ? casus_dossier_source_at(it.dossier, stay->who)->id
                             : casus_dossier_actor_at(it.dossier, stay->who)->id;
        assert_int_equal(stay->kind, stays[i].kind);
        assert_string_equal(id, stays[i].id);
        assert_int_equal(stay->events, __builtin_popcount(stays[i].gone));
        assert_false(stay->everything);
    }
    case_done(&it);
}

/* The ranks that hang on a stay are those that another dossier has worse. */
static void
assert_hangs(const struct case_ *it, uint32_t index, const struct casus_scores *before,
             const struct casus_scores *after)
{
    const struct casus_stay *stay = casus_reliance_at(it->reliance, index);
    uint32_t found = 0;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        for (uint32_t v = 0; v < 5; v++) {
            uint32_t x = casus_scores_rank(before, (enum casus_measure)m, v);
            uint32_t y = casus_scores_rank(after, (enum casus_measure)m, v);
            found += x && x <= 2 && (!y || y > x);
        }
    assert_int_equal(stay->rank_count, found);
    assert_int_equal(stay->ranks_left_out, 0);
    for (uint32_t i = 0; i < stay->rank_count; i++) {
        const struct casus_hanging *rank =
            casus_reliance_rank_at(it->reliance, stay->rank_begin + i);
        assert_int_equal(rank->before, casus_scores_rank(before, rank->measure, rank->actor));
        assert_int_equal(rank->after, casus_scores_rank(after, rank->measure, rank->actor));
    }
}

static void
without_a_source_ranks_are_those_of_a_dossier_without_its_events(void **unused)
{
    for (unsigned workers = 1; workers <= 3; workers++) {
        struct case_ it = whole(workers, CASUS_WEIGHT_EVENTS);
        struct casus_scores *before = scores_without(0);
        for (uint32_t i = 0; i < STAYS; i++) {
            struct casus_scores *after = scores_without(stays[i].gone);
            assert_hangs(&it, i, before, after);
            casus_scores_free(after);
        }
        casus_scores_free(before);
        case_done(&it);
    }
}

/* c alone tells of dead, in an event that a tells too: without c that event stays and weighs
 * nothing, so that a, first by killed, shares its place with all others. */
static void
by_killed_a_teller_takes_its_figures_away(void **unused)
{
    struct case_ it = whole(1, CASUS_WEIGHT_KILLED);
    uint32_t c = casus_dossier_actor_find(it.dossier, "c");
    unsigned hubs = 0;
    for (uint32_t i = 0; i < casus_reliance_count(it.reliance); i++) {
        const struct casus_stay *stay = casus_reliance_at(it.reliance, i);
        for (uint32_t r = 0; r < stay->rank_count; r++) {
            const struct casus_hanging *rank =
                casus_reliance_rank_at(it.reliance, stay->rank_begin + r);
            hubs += rank->measure == CASUS_HUB && stay->kind == CASUS_STAY_CLAIMANT &&
                    stay->who == c && rank->before == 1 && !rank->after;
        }
    }
    assert_int_equal(hubs, 1); /* a's, the only hub; without weight there is none */
    case_done(&it);
}

static void
where_everything_rests_on_one_that_is_said_and_no_rank_listed(void **unused)
{
    struct casus_dossier *dossier = inline_dossier(
        "{\"casus\":1,\"sources\":[{\"id\":\"s\"}],\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
        "\"events\":[{\"id\":\"1\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],"
        "\"source\":[\"s\"]}]}");
    struct casus_graph *graph;
    struct casus_reliance *reliance;
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, NULL, &graph, NULL), CASUS_OK);
    struct casus_basis basis = {.dossier = dossier, .graph = graph};
    assert_int_equal(casus_reliance_new(&basis, NULL, &reliance, NULL), CASUS_OK);
    assert_int_equal(casus_reliance_count(reliance), 1);
    assert_true(casus_reliance_at(reliance, 0)->everything);
    assert_int_equal(casus_reliance_at(reliance, 0)->rank_count, 0);
    assert_int_equal(casus_reliance_first(reliance), 3);
    casus_reliance_free(reliance);
    casus_graph_free(graph);
    casus_dossier_free(dossier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_rest_on_sources_claimants_and_outlets),
        cmocka_unit_test(without_a_source_ranks_are_those_of_a_dossier_without_its_events),
        cmocka_unit_test(by_killed_a_teller_takes_its_figures_away),
        cmocka_unit_test(where_everything_rests_on_one_that_is_said_and_no_rank_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
