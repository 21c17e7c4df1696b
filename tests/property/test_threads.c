/* The number of threads does not show: scores, ranks and reasons are the same to the last bit. */
#include <math.h>

#include "base/mem.h"
#include "unit/inline.h"

enum { ACTORS = 90, EVENTS = 2500, SCORINGS = 6, ROOM = 400000 };

static uint64_t random_state = 88172645463325252u;

static unsigned
draw(unsigned below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % below;
}

static struct casus_graph *
make_graph(void)
{
    static const char *const types[] = {"ambush", "battle", "training", "weapons", "alliance"};
    static char text[ROOM];
    size_t n = 0;
    for (unsigned i = 0; i < ACTORS; i++)
        n += (size_t)snprintf(text + n, ROOM - n, "{\"actor\":{\"id\":\"a%u\",\"kind\":\"%s\"}}\n",
                              i, i % 30 ? "militia" : "civilians");
    for (unsigned i = 0; i < EVENTS; i++)
        n +=
            (size_t)snprintf(text + n, ROOM - n,
                             "{\"event\":{\"id\":\"e%u\",\"type\":\"%s\",\"from\":[\"a%u\"],"
                             "\"to\":[\"a%u\"],\"losses\":[{\"actor\":\"a1\",\"killed\":%u}]}}\n",
                             i, types[draw(5)], draw(ACTORS), draw(draw(2) ? ACTORS : 20), draw(4));
    assert_true(n < ROOM - 1);
    struct casus_folding folding = {CASUS_WEIGHT_KILLED};
    struct casus_graph *graph;
    struct casus_dossier *dossier = inline_dossier(text);
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, &folding, &graph, NULL), CASUS_OK);
    casus_dossier_free(dossier);
    return graph;
}

static const struct casus_scoring scorings[SCORINGS] = {
    {0},
    {.relations = CASUS_BIT(CASUS_ATTACK)},
    {.relations = CASUS_BIT(CASUS_SUPPORT), .with_generic = true},
    {.reciprocal = true, .normalized = true, .ambivalent = CASUS_AMBIVALENT_NET},
    {.damping = 0.5, .damping_given = true},
    {.approximate = 0.05, .seed = 3},
};

static void
free_scores(struct casus_scores **scores)
{
    for (int i = 0; i < SCORINGS; i++) {
        casus_scores_free(scores[i]);
        scores[i] = NULL;
    }
}

static void
assert_same(const struct casus_scores *a, const struct casus_scores *b)
{
    assert_int_equal(casus_scores_arc_count(a), casus_scores_arc_count(b));
    assert_int_equal(casus_scores_component_count(a), casus_scores_component_count(b));
    assert_int_equal(casus_scores_ambivalent_count(a), casus_scores_ambivalent_count(b));
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        for (uint32_t v = 0; v < ACTORS; v++) {
            double x = casus_scores_at(a, m, v), y = casus_scores_at(b, m, v);
            assert_memory_equal(&x, &y, sizeof x);
            assert_int_equal(casus_scores_rank(a, m, v), casus_scores_rank(b, m, v));
            assert_ptr_equal(casus_scores_undefined(a, m, v), casus_scores_undefined(b, m, v));
        }
    }
}

static void
threads_do_not_show(void **state)
{
    static const unsigned threads[] = {0, 2, 3, 8, 100};
    struct casus_scores *alone[SCORINGS], *many[SCORINGS];
    struct casus_graph *graph = make_graph();
    (void)state;
    assert_int_equal(casus_scores_new_all(graph, scorings, SCORINGS, 1, alone, NULL), CASUS_OK);
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        assert_int_equal(casus_scores_new_all(graph, scorings, SCORINGS, threads[t], many, NULL),
                         CASUS_OK);
        for (int i = 0; i < SCORINGS; i++)
            assert_same(alone[i], many[i]);
        free_scores(many);
    }
    for (int i = 0; i < SCORINGS; i++) {
        assert_int_equal(casus_scores_new(graph, &scorings[i], &many[0], NULL), CASUS_OK);
        assert_same(alone[i], many[0]);
        casus_scores_free(many[0]);
    }
    free_scores(alone);
    casus_graph_free(graph);
}

/* --- samples ------------------------------------------------------------------------------ */

static void
assert_same_bounds(const struct casus_scores *a, const struct casus_scores *b)
{
    for (uint32_t v = 0; v < ACTORS; v++) {
        struct casus_score_bounds x = casus_scores_bounds(a, v), y = casus_scores_bounds(b, v);
        assert_memory_equal(&x, &y, sizeof x);
    }
}

/* The exact score and its rank lie within the bounds, or both have none. */
static void
assert_bounds_hold(const struct casus_scores *sampled, const struct casus_scores *exact)
{
    for (uint32_t v = 0; v < ACTORS; v++) {
        struct casus_score_bounds bounds = casus_scores_bounds(sampled, v);
        double score = casus_scores_at(exact, CASUS_BETWEENNESS, v);
        uint32_t rank = casus_scores_rank(exact, CASUS_BETWEENNESS, v);
        assert_int_equal(rank == 0, bounds.best == 0);
        if (rank) {
            assert_true(score >= bounds.low && score <= bounds.high);
            assert_in_range(rank, bounds.best, bounds.worst);
        }
    }
}

static void
samples_are_the_same_on_any_threads_and_hold(void **state)
{
    static const struct casus_scoring exactly[] = {{0}, {.normalized = true}};
    struct casus_graph *graph = make_graph();
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct casus_scoring sampling = exactly[i];
        struct casus_scores *exact, *one, *many;
        sampling.approximate = 0.02;
        sampling.seed = 7;
        assert_int_equal(casus_scores_new(graph, &exactly[i], &exact, NULL), CASUS_OK);
        assert_int_equal(casus_scores_new_all(graph, &sampling, 1, 1, &one, NULL), CASUS_OK);
        assert_null(casus_scores_approximation(exact));
        assert_true(casus_scores_approximation(one)->samples > 1000);
        assert_bounds_hold(one, exact);
        for (unsigned threads = 2; threads <= 3; threads++) {
            assert_int_equal(casus_scores_new_all(graph, &sampling, 1, threads, &many, NULL),
                             CASUS_OK);
            assert_same(one, many);
            assert_same_bounds(one, many);
            casus_scores_free(many);
        }
        casus_scores_free(exact);
        casus_scores_free(one);
    }
    casus_graph_free(graph);
}

static void
samples_that_cannot_be_are_refused(void **state)
{
    static const struct casus_scoring bad[] = {{.approximate = 1},
                                               {.approximate = 0.00001},
                                               {.approximate = -0.1},
                                               {.approximate = NAN},
                                               {.approximate = 0.1, .reciprocal = true}};
    struct casus_graph *graph = make_graph();
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct casus_scores *scores = NULL;
        struct casus_error err = {0};
        assert_int_equal(casus_scores_new(graph, &bad[i], &scores, &err), CASUS_EINVAL);
        assert_int_equal(err.code, 189);
        assert_null(scores);
    }
    casus_graph_free(graph);
}

/* No time is promised, but more work is never said to take less. */
static void
estimates_grow_with_the_work(void **state)
{
    static const struct casus_scoring attack = {.relations = CASUS_BIT(CASUS_ATTACK)};
    static const struct casus_scoring lengths = {.reciprocal = true};
    static const struct casus_scoring rough = {.approximate = 0.1}, fine = {.approximate = 0.01};
    struct casus_graph *graph = make_graph();
    double all = casus_scores_estimate(graph, NULL, 1);
    (void)state;
    assert_true(all > 0 && all < 1);
    assert_true(casus_scores_estimate(graph, &attack, 1) < all);
    assert_true(casus_scores_estimate(graph, &lengths, 1) > all);
    assert_true(casus_scores_estimate(graph, NULL, 0) <= all);
    assert_true(casus_scores_estimate(graph, &rough, 1) < casus_scores_estimate(graph, &fine, 1));
    casus_graph_free(graph);
}

/* --- who watches -------------------------------------------------------------------------- */

struct watcher {
    uint64_t calls, last, stop_at;
    bool fell;
};

static bool
watch(void *context, const char *name, uint64_t done, uint64_t total)
{
    struct watcher *watcher = context;
    assert_non_null(name);
    watcher->fell |= done < watcher->last || done > total;
    watcher->last = done;
    return ++watcher->calls != watcher->stop_at;
}

static void
work_is_told_and_can_be_ended(void **state)
{
    struct casus_graph *graph = make_graph();
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct watcher watcher = {.stop_at = i / 4 ? 1 : 0};
        struct casus_scoring scoring = {
            .reciprocal = i % 2 == 1, .progress = watch, .context = &watcher};
        struct casus_scores *scores = NULL;
        struct casus_error err = {0};
        unsigned threads = i % 4 < 2 ? 1 : 3;
        enum casus_status status = casus_scores_new_all(graph, &scoring, 1, threads, &scores, &err);
        assert_true(watcher.calls > 0);
        assert_false(watcher.fell);
        assert_int_equal(status, watcher.stop_at ? CASUS_ESTOPPED : CASUS_OK);
        assert_int_equal(err.code, watcher.stop_at ? 188 : 0);
        assert_true((scores == NULL) == (watcher.stop_at > 0));
        casus_scores_free(scores);
    }
    casus_graph_free(graph);
}

/* Which allocation fails depends on the threads; that it is told and nothing leaks does not. */
static void
any_thread_may_lack_memory(void **state)
{
    struct casus_graph *graph = make_graph();
    (void)state;
    for (long left = 0; left < 3000; left += 1 + left / 8) {
        struct casus_scores *scores[SCORINGS] = {NULL};
        struct casus_error err = {0};
        cas_mem_fail_after(left);
        enum casus_status status = casus_scores_new_all(graph, scorings, SCORINGS, 3, scores, &err);
        cas_mem_fail_after(-1);
        if (status != CASUS_OK) {
            assert_int_equal(status, CASUS_ENOMEM);
            assert_int_equal(err.status, CASUS_ENOMEM);
            assert_null(scores[0]);
        }
        free_scores(scores);
    }
    casus_graph_free(graph);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(samples_are_the_same_on_any_threads_and_hold),
        cmocka_unit_test(samples_that_cannot_be_are_refused),
        cmocka_unit_test(estimates_grow_with_the_work),
        cmocka_unit_test(work_is_told_and_can_be_ended),
        cmocka_unit_test(any_thread_may_lack_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
