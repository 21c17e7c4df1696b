/* Ranks over worlds: what is certain moves nothing, what is drawn is drawn as it is said, and
 * neither workers nor the order of rows show.
 *
 * usage: test_uncertainty [SEED]     a failure prints the seed of its round
 */
#include "property/world.h"

#include "analysis/belief/chances.h"
#include "analysis/belief/rank_counts.h"
#include "base/random.h"
#include "claim/dossier.h"

/* A dossier, its graph and all that worlds are drawn from. */
struct stand {
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_graph *graph;
    struct casus_selection selection;
    struct casus_scoring scoring;
    struct casus_basis basis;
};

static struct stand *
stand_of(const char *text, struct casus_selection selection, enum casus_weight weight)
{
    struct stand *stand = calloc(1, sizeof *stand);
    struct casus_folding folding = {weight};
    struct casus_error err = {0};
    assert_non_null(stand);
    stand->selection = selection;
    stand->dossier = inline_dossier(text);
    assert_int_equal(casus_verdicts_new(stand->dossier, &stand->verdicts, &err), CASUS_OK);
    if (casus_graph_build(stand->dossier, &stand->selection, stand->verdicts, &folding,
                          &stand->graph, &err) != CASUS_OK)
        fail_msg("%s", err.text);
    stand->basis = (struct casus_basis){stand->dossier,  stand->graph,    &stand->selection,
                                        stand->verdicts, &stand->scoring, weight};
    return stand;
}

static void
stand_free(struct stand *stand)
{
    casus_graph_free(stand->graph);
    casus_verdicts_free(stand->verdicts);
    casus_dossier_free(stand->dossier);
    free(stand);
}

static struct casus_uncertainty *
drawn(const struct stand *stand, struct casus_sampling sampling)
{
    struct casus_uncertainty *uncertainty;
    struct casus_error err = {0};
    if (casus_uncertainty_new(&stand->basis, &sampling, &uncertainty, &err) != CASUS_OK)
        fail_msg("seed %llu: %s", (unsigned long long)current, err.text);
    return uncertainty;
}

static void
assert_same(const struct stand *stand, const struct casus_uncertainty *a,
            const struct casus_uncertainty *b)
{
    for (uint32_t v = 0; v < casus_graph_actor_count(stand->graph); v++)
        for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
            struct casus_rank_range x = casus_uncertainty_at(a, (enum casus_measure)m, v);
            struct casus_rank_range y = casus_uncertainty_at(b, (enum casus_measure)m, v);
            if (x.median != y.median || x.low != y.low || x.high != y.high || x.first != y.first ||
                x.defined != y.defined)
                fail_msg("seed %llu: %s of actor %u differs", (unsigned long long)current,
                         casus_measure_info((enum casus_measure)m)->name, v);
        }
}

/* --- what is certain -------------------------------------------------------------------------- */

/* Without grades, dates and losses nothing is drawn. */
static void
assert_plain(const struct stand *stand, const struct casus_uncertainty *uncertainty)
{
    struct casus_scores *scores;
    assert_int_equal(casus_scores_new(stand->graph, &stand->scoring, &scores, NULL), CASUS_OK);
    for (uint32_t v = 0; v < casus_graph_actor_count(stand->graph); v++)
        for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
            struct casus_rank_range range =
                casus_uncertainty_at(uncertainty, (enum casus_measure)m, v);
            uint32_t rank = casus_scores_rank(scores, (enum casus_measure)m, v);
            if (range.low != rank || range.median != rank || range.high != rank ||
                range.defined != (rank ? 1 : 0) || range.first != (rank && rank <= 3 ? 1 : 0))
                fail_msg("seed %llu: %s of actor %u is %u, drawn %u to %u",
                         (unsigned long long)current,
                         casus_measure_info((enum casus_measure)m)->name, v, rank, range.low,
                         range.high);
        }
    casus_scores_free(scores);
}

static void
what_is_certain_has_intervals_of_width_0_at_the_plain_rank(void **unused)
{
    static const struct casus_selection selections[] = {
        {0},
        {.level = "0"},
        {.min_events = 2},
        {.relations = CASUS_ALL_RELATIONS},
        {.relations = CASUS_BIT(CASUS_SUPPORT)},
    };
    static const enum casus_weight weights[] = {CASUS_WEIGHT_EVENTS, CASUS_WEIGHT_EVIDENCE};
    for (int round = 0; round < 20; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        char *text = write_world(&world, &writing);
        for (size_t s = 0; s < sizeof selections / sizeof selections[0]; s++) {
            struct stand *stand = stand_of(text, selections[s], weights[round % 2]);
            stand->scoring.relations = selections[s].relations;
            struct casus_uncertainty *all =
                drawn(stand, (struct casus_sampling){.worlds = 3, .seed = current, .workers = 1});
            assert_plain(stand, all);
            casus_uncertainty_free(all);
            stand_free(stand);
        }
        free(text);
    }
}

static void
exact_losses_are_no_range(void **unused)
{
    for (int round = 0; round < 20; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        for (int e = 0; e < EVENTS; e++) {
            world.events[e].more = 0;
            for (unsigned c = 0; c < world.events[e].claim_count; c++)
                world.events[e].claims[c].kinds = 0;
        }
        char *text = write_world(&world, &writing);
        struct stand *stand = stand_of(text, (struct casus_selection){0}, CASUS_WEIGHT_KILLED);
        struct casus_uncertainty *all =
            drawn(stand, (struct casus_sampling){.worlds = 3, .seed = current, .workers = 1});
        assert_int_equal(casus_uncertainty_info(all)->losses, 0);
        assert_plain(stand, all);
        casus_uncertainty_free(all);
        stand_free(stand);
        free(text);
    }
}

/* --- what does not show ----------------------------------------------------------------------- */

/* Claims with grades, so that worlds differ: the same wherever the row stands, for it goes by the
 * event's id. */
static char *
graded(const struct world *world, const struct writing *writing)
{
    static const char event[] = "{\"id\":\"e", stance[] = "\"stance\":";
    char *text = write_world(world, writing), *out;
    size_t size;
    unsigned id = 0;
    FILE *file = open_memstream(&out, &size);
    for (const char *at = text; *at; at++) {
        if (strncmp(at, event, strlen(event)) == 0)
            id = (unsigned)strtoul(at + strlen(event), NULL, 10);
        if (strncmp(at, stance, strlen(stance)) == 0)
            fprintf(file, "\"credibility\":%u,", 1 + id % 6);
        fputc(*at, file);
    }
    fclose(file);
    free(text);
    return out;
}

static void
neither_workers_nor_the_order_of_rows_show(void **unused)
{
    for (int round = 0; round < 6; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing plain = plain_writing(), shuffled = shuffled_writing(false);
        char *text = graded(&world, &plain), *turned = graded(&world, &shuffled);
        struct casus_selection selection = {.since = "2020-02-11", .until = "2020-05-07"};
        struct stand *a = stand_of(text, selection, CASUS_WEIGHT_KILLED);
        struct stand *b = stand_of(turned, selection, CASUS_WEIGHT_KILLED);
        struct casus_sampling sampling = {.worlds = 40, .seed = current, .workers = 1};
        struct casus_uncertainty *one = drawn(a, sampling), *same = drawn(b, sampling);
        assert_same(a, one, same);
        for (sampling.workers = 2; sampling.workers <= 3; sampling.workers++) {
            struct casus_uncertainty *several = drawn(a, sampling);
            assert_same(a, one, several);
            casus_uncertainty_free(several);
        }
        casus_uncertainty_free(one);
        casus_uncertainty_free(same);
        stand_free(a);
        stand_free(b);
        free(text);
        free(turned);
    }
}

/* --- what is drawn ---------------------------------------------------------------------------- */

#define CASE                                                                                          \
    "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"events\":["             \
    "{\"id\":\"graded\",\"type\":\"raid\",\"date\":\"2020-05\",\"from\":[\"a\"],\"to\":[\"b\"],"      \
    "\"claims\":[{\"by\":\"a\",\"stance\":\"report\",\"credibility\":4,\"losses\":[{\"actor\":\"b\"," \
    "\"killed\":{\"low\":10,\"high\":20}}]},"                                                         \
    "{\"by\":\"c\",\"stance\":\"report\",\"credibility\":2},"                                         \
    "{\"by\":\"b\",\"stance\":\"deny\",\"credibility\":1}]},"                                         \
    "{\"id\":\"open\",\"type\":\"raid\",\"date\":\"2020-05-03\",\"from\":[\"b\"],\"to\":[\"c\"],"     \
    "\"claims\":[{\"by\":\"a\",\"stance\":\"report\",\"credibility\":6,\"losses\":[{\"actor\":\"c\"," \
    "\"killed\":{\"low\":7}}]}]}]}"

enum { WORLDS = 4000 };

/* How often the event is in, and the mean weight of it. */
static void
sample(const struct stand *stand, uint32_t event, double *out_share, double *out_mean,
       struct casus_uncertainty_info *info)
{
    struct casus_sampling sampling = {.seed = seed};
    struct cas_worlds worlds;
    struct cas_chances chances;
    struct cas_world world;
    assert_int_equal(cas_worlds_init(&worlds, &stand->basis, NULL), CASUS_OK);
    assert_int_equal(cas_chances_init(&chances, &worlds, &sampling, NULL), CASUS_OK);
    assert_true(cas_world_init(&world, &worlds, false));
    *out_share = *out_mean = 0;
    for (uint32_t i = 0; i < WORLDS; i++) {
        assert_int_equal(cas_chances_draw(&chances, i, &world, NULL), CASUS_OK);
        *out_share += world.present[event];
        *out_mean += world.weight[event];
    }
    *out_share /= WORLDS;
    *out_mean /= WORLDS;
    *info = chances.info;
    cas_world_done(&world);
    cas_chances_done(&chances);
    cas_worlds_done(&worlds);
}

static void
assert_between(double value, double low, double high)
{
    if (!(value >= low && value <= high))
        fail_msg("seed %llu: %g is not in %g to %g", (unsigned long long)seed, value, low, high);
}

/* Five standard errors of 4,000 draws each way. */
static void
an_event_is_in_by_the_best_claim_that_affirms_it(void **unused)
{
    struct casus_uncertainty_info info;
    double share, mean;
    struct stand *stand = stand_of(CASE, (struct casus_selection){0}, CASUS_WEIGHT_KILLED);
    sample(stand, 0, &share, &mean, &info);
    assert_between(share, 0.7 - 0.037, 0.7 + 0.037); /* credibility 2; the denial's 1 is not it */
    assert_between(mean, 15 - 0.25, 15 + 0.25);      /* 10 to 20, evenly */
    sample(stand, 1, &share, &mean, &info);
    assert_true(share == 1); /* ungraded: stays */
    assert_true(mean == 7);  /* no upper bound: not drawn */
    assert_int_equal(info.events, 2);
    assert_int_equal(info.ungraded, 1);
    assert_int_equal(info.losses, 1);
    assert_int_equal(info.unbounded, 1);
    stand_free(stand);
}

static void
a_month_lies_within_a_selection_by_its_days(void **unused)
{
    struct casus_selection selection = {.until = "2020-05-10"};
    struct casus_uncertainty_info info;
    double share, mean;
    struct stand *stand = stand_of(CASE, selection, CASUS_WEIGHT_EVENTS);
    sample(stand, 0, &share, &mean, &info);
    assert_between(share, 0.7 * 10 / 31 - 0.034, 0.7 * 10 / 31 + 0.034);
    assert_int_equal(info.dates, 1);
    stand_free(stand);
}

static void
a_table_of_ones_makes_graded_events_certain(void **unused)
{
    struct casus_probabilities ones;
    casus_probabilities_init(&ones);
    for (int i = 1; i <= 5; i++)
        ones.credibility[i] = 1;
    struct stand *stand = stand_of(CASE, (struct casus_selection){0}, CASUS_WEIGHT_EVENTS);
    struct casus_uncertainty *all = drawn(
        stand,
        (struct casus_sampling){.worlds = 50, .seed = seed, .workers = 1, .probabilities = &ones});
    assert_int_equal(casus_uncertainty_info(all)->certain, 1);
    assert_plain(stand, all);
    casus_uncertainty_free(all);
    stand_free(stand);
}

static void
actors_that_may_be_one_are_one_in_about_half_the_worlds(void **unused)
{
    static const char text[] =
        "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"}],"
        "\"events\":["
        "{\"id\":\"1\",\"type\":\"raid\",\"from\":[\"a\",\"b\"],\"to\":[\"c\"]},"
        "{\"id\":\"2\",\"type\":\"raid\",\"from\":[\"b\"],\"to\":[\"c\"]},"
        "{\"id\":\"3\",\"type\":\"raid\",\"from\":[\"d\"],\"to\":[\"c\"]},"
        "{\"id\":\"4\",\"type\":\"raid\",\"from\":[\"d\"],\"to\":[\"c\"]},"
        "{\"id\":\"5\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"]}]}";
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_registry *registry = casus_registry_new();
    char *path = inline_file("alias,actor,kind,parent,side,from,until,judgement,source\n"
                             "a,b,,,,,,unsure,\n");
    assert_int_equal(casus_registry_read(path, registry, problems, NULL), CASUS_OK);
    unlink(path);
    free(path);
    struct stand *stand = stand_of(text, (struct casus_selection){0}, CASUS_WEIGHT_EVENTS);
    struct casus_uncertainty *all = drawn(
        stand, (struct casus_sampling){
                   .worlds = 2000, .seed = seed, .first = 1, .workers = 1, .registry = registry});
    /* apart: a gives 1 + 1, b 2, d 2: all first. One: 2, for event 1 counts once and event 5 is
     * internal; d 2 too; c none. Constraint tells: one alone has c only, apart a has b and c. */
    assert_int_equal(casus_uncertainty_info(all)->merges, 1);
    assert_true(casus_uncertainty_at(all, CASUS_OUT_STRENGTH, 0).first == 1);
    assert_true(casus_uncertainty_at(all, CASUS_OUT_STRENGTH, 1).first == 1);
    assert_true(casus_uncertainty_at(all, CASUS_OUT_STRENGTH, 3).first == 1);
    /* a alone has two neighbours, which is most; with b it has one, as d has */
    assert_true(casus_uncertainty_at(all, CASUS_OUT_DEGREE, 0).first == 1);
    assert_between(casus_uncertainty_at(all, CASUS_OUT_DEGREE, 3).first, 0.44, 0.56);
    casus_uncertainty_free(all);
    stand_free(stand);
    casus_registry_free(registry);
    casus_problems_free(problems);
}

/* --- random, and counted ---------------------------------------------------------------------- */

static void
a_stream_depends_on_seed_round_and_thing_alone(void **unused)
{
    struct cas_random a = cas_random_of(1, 2, 3), b = cas_random_of(1, 2, 3);
    struct cas_random others[] = {cas_random_of(2, 2, 3), cas_random_of(1, 3, 3),
                                  cas_random_of(1, 2, 4), cas_random_of(2, 1, 3)};
    uint64_t first = cas_random_next(&a);
    assert_true(first == cas_random_next(&b));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_true(first != cas_random_next(&others[i]));
}

static void
a_range_is_drawn_evenly_with_both_its_ends(void **unused)
{
    struct cas_random luck = cas_random_of(seed, 0, 0);
    unsigned counts[5] = {0};
    for (int i = 0; i < 50000; i++)
        counts[cas_random_between(&luck, -2, 2) + 2]++;
    for (int i = 0; i < 5; i++)
        assert_between(counts[i], 10000 - 450, 10000 + 450);
    assert_true(cas_random_between(&luck, 7, 7) == 7);
    for (int i = 0; i < 100; i++)
        cas_random_between(&luck, INT64_MIN, INT64_MAX);
    for (int i = 0; i < 1000; i++) {
        assert_true(cas_random_chance(&luck, 1));
        assert_false(cas_random_chance(&luck, 0));
    }
}

static void
shares_of_ranks_are_found_by_counting(void **unused)
{
    struct cas_rank_counts counts;
    assert_true(cas_rank_counts_init(&counts, 2, 1000, (size_t)1 << 20));
    assert_true(cas_rank_counts_error(&counts) == 0);
    for (uint32_t rank = 1; rank <= 100; rank++)
        cas_rank_counts_add(&counts, 1, rank * 10);
    assert_int_equal(cas_rank_counts_at(&counts, 1, 0.05, false), 50);
    assert_int_equal(cas_rank_counts_at(&counts, 1, 0.5, false), 500);
    assert_int_equal(cas_rank_counts_at(&counts, 1, 0.95, true), 950);
    assert_int_equal(cas_rank_counts_at(&counts, 0, 0.5, false), 0);
    cas_rank_counts_done(&counts);
}

static void
few_bytes_make_ranks_coarse_within_what_is_said(void **unused)
{
    struct cas_rank_counts counts;
    assert_true(cas_rank_counts_init(&counts, 1, 100000, 1000));
    double error = cas_rank_counts_error(&counts);
    assert_true(error > 0 && error <= 0.25);
    for (uint32_t rank = 1; rank <= 100000; rank = rank * 3 / 2 + 1) {
        struct cas_rank_counts one;
        assert_true(cas_rank_counts_init(&one, 1, 100000, 1000));
        cas_rank_counts_add(&one, 0, rank);
        uint32_t low = cas_rank_counts_at(&one, 0, 0.5, false);
        uint32_t high = cas_rank_counts_at(&one, 0, 0.5, true);
        assert_true(low <= rank && rank <= high);
        assert_true(high - low <= error * rank);
        cas_rank_counts_done(&one);
    }
    cas_rank_counts_done(&counts);
}

int
main(int count, char **arguments)
{
    seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_certain_has_intervals_of_width_0_at_the_plain_rank),
        cmocka_unit_test(exact_losses_are_no_range),
        cmocka_unit_test(neither_workers_nor_the_order_of_rows_show),
        cmocka_unit_test(an_event_is_in_by_the_best_claim_that_affirms_it),
        cmocka_unit_test(a_month_lies_within_a_selection_by_its_days),
        cmocka_unit_test(a_table_of_ones_makes_graded_events_certain),
        cmocka_unit_test(actors_that_may_be_one_are_one_in_about_half_the_worlds),
        cmocka_unit_test(a_stream_depends_on_seed_round_and_thing_alone),
        cmocka_unit_test(a_range_is_drawn_evenly_with_both_its_ends),
        cmocka_unit_test(shares_of_ranks_are_found_by_counting),
        cmocka_unit_test(few_bytes_make_ranks_coarse_within_what_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
