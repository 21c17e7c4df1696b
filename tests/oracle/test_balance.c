/* Frustration, its camps and swing actors, blocs, triads and walks: against all splits tried out on random
 * graphs, against published networks in graphs/reference, and on the edges.
 *
 * usage: test_balance [SEED]       prints the seed; SEED repeats a run
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/balance/blocs.h"
#include "analysis/balance/clustering.h"
#include "analysis/balance/exact.h"
#include "analysis/balance/frustration.h"
#include "analysis/balance/odd.h"
#include "analysis/balance/semidefinite.h"
#include "analysis/balance/swing.h"
#include "analysis/balance/triads.h"
#include "analysis/balance/weights.h"

enum { MOST = 20, TIES_MOST = 2000 };

static struct cas_random chance;
static uint64_t seed = 1;

static uint32_t
draw(uint32_t below)
{
    return cas_random_below(&chance, below);
}

static void
assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance * fmax(1, fabs(expected))))
        fail_msg("found %.17g, expected %.17g (seed %llu)", found, expected,
                 (unsigned long long)seed);
}

/* --- graphs ------------------------------------------------------------------------------- */

struct draft {
    uint32_t n, m;
    struct cas_signed_tie ties[TIES_MOST];
};

static void
tie(struct draft *draft, uint32_t a, uint32_t b, int sign, double weight)
{
    assert_true(draft->m < TIES_MOST);
    draft->ties[draft->m++] = (struct cas_signed_tie){a, b, (int8_t)sign, weight};
}

static struct cas_signed *
finish(const struct draft *draft)
{
    struct cas_signed *graph;
    assert_int_equal(cas_signed_new(draft->n, draft->ties, draft->m, &graph, NULL), CASUS_OK);
    return graph;
}

/* Weights by kind: all 1; small whole ones, 0 among them; tenths; any. */
static double
draw_weight(int kind)
{
    switch (kind) {
    case 0: return 1;
    case 1: return draw(5);
    case 2: return 0.1 * (1 + draw(30));
    default: return exp(draw(1000) / 250.0);
    }
}

static void
draw_draft(uint32_t n, uint32_t percent, uint32_t negative, int kind, struct draft *draft)
{
    draft->n = n;
    draft->m = 0;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            if (draw(100) < percent)
                tie(draft, a, b, draw(100) < negative ? -1 : 1, draw_weight(kind));
}

static struct cas_frustration *
solve_within(const struct cas_signed *graph, bool weighted, double seconds)
{
    struct cas_limits limits = {.seconds = seconds, .seed = 1, .weighted = weighted};
    struct cas_frustration *out;
    assert_int_equal(cas_frustration_new(graph, &limits, &out, NULL), CASUS_OK);
    return out;
}

static struct cas_frustration *
solve(const struct cas_signed *graph, bool weighted)
{
    struct cas_frustration *out = solve_within(graph, weighted, 60);
    if (!out->proved || !out->settled)
        fail_msg("not proved: [%g, %g] %s (seed %llu)", out->lower, out->upper,
                 out->stopped ? out->stopped : "", (unsigned long long)seed);
    return out;
}

/* --- all splits, one after the other ------------------------------------------------------ */

static double
cost_of(const struct cas_signed *graph, bool weighted, uint32_t split)
{
    double cost = 0;
    for (uint32_t i = 0; i < graph->m; i++) {
        const struct cas_signed_tie *t = &graph->ties[i];
        bool apart = (split >> t->a ^ split >> t->b) & 1;
        cost += apart == (t->sign > 0) ? (weighted ? t->weight : 1) : 0;
    }
    return cost;
}

struct naive {
    double best;
    /* together[a] bit b: the same relation in all best splits */
    uint32_t together[MOST];
    bool other;
};

static void
try_all(const struct cas_signed *graph, bool weighted, struct naive *naive)
{
    uint32_t all = (1u << graph->n) - 1, first = 0;
    naive->best = INFINITY;
    for (uint32_t split = 0; split < 1u << (graph->n > 0 ? graph->n - 1 : 0); split++)
        naive->best = fmin(naive->best, cost_of(graph, weighted, split));
    for (uint32_t v = 0; v < graph->n; v++)
        naive->together[v] = all;
    bool seen = false;
    for (uint32_t split = 0; split < 1u << (graph->n > 0 ? graph->n - 1 : 0); split++) {
        if (cost_of(graph, weighted, split) > naive->best * (1 + 1e-12))
            continue;
        first = seen ? first : split;
        seen = true;
        for (uint32_t v = 0; v < graph->n; v++) {
            uint32_t moved = split ^ first;
            naive->together[v] &= moved >> v & 1 ? moved : all & ~moved;
        }
    }
}

/* Groups are the naive version's within each part; between parts nothing is fixed. */
static void
assert_groups(const struct cas_frustration *f, const struct naive *naive)
{
    bool other = false;
    for (uint32_t a = 0; a < f->n; a++) {
        for (uint32_t b = 0; b < f->n; b++) {
            bool together = naive->together[a] >> b & 1;
            if (f->part[a] == f->part[b] && together != (f->group[a] == f->group[b]))
                fail_msg("actors %u and %u: %s (seed %llu)", a, b,
                         together ? "always together, not found so" : "part, not found so",
                         (unsigned long long)seed);
            other = other || (f->part[a] == f->part[b] && !together);
        }
    }
    assert_int_equal(f->other, other ? CAS_YES : CAS_NO);
    assert_int_equal(f->swing_count > 0, other);
}

/* What holds of any result: its ties are those that its camps frustrate, and weigh `upper`. */
static void
assert_sound(const struct cas_signed *graph, bool weighted, const struct cas_frustration *f)
{
    double cost = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < graph->m; i++) {
        const struct cas_signed_tie *t = &graph->ties[i];
        double weight = weighted ? t->weight : 1;
        if (weight == 0 || (f->camp[t->a] == f->camp[t->b]) == (t->sign > 0))
            continue;
        assert_true(at < f->tie_count);
        assert_int_equal(f->tie[at++], i);
        cost += weight;
    }
    assert_int_equal(at, f->tie_count);
    assert_near(f->upper, cost, 1e-12);
    assert_true(f->lower <= f->upper);
}

static void
compare(const struct draft *draft, bool weighted)
{
    struct cas_signed *graph = finish(draft);
    struct cas_frustration *f = solve(graph, weighted);
    struct naive naive;
    try_all(graph, weighted, &naive);
    assert_near(f->upper, naive.best, 1e-9);
    assert_near(f->lower, naive.best, 1e-9);
    assert_sound(graph, weighted, f);
    if (draft->m > 0)
        assert_groups(f, &naive);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_all_splits_of_small_graphs_agree(void **state)
{
    struct draft draft;
    for (int i = 0; i < 400; i++) {
        static const uint32_t percents[] = {8, 15, 30, 60, 100};
        static const uint32_t negatives[] = {10, 30, 50, 80, 100};
        uint32_t n = i % 10 == 0 ? 14 + draw(3) : 1 + draw(13);
        draw_draft(n, percents[draw(5)], negatives[draw(5)], (int)draw(3), &draft);
        compare(&draft, draw(2));
    }
}

static void
test_weights_of_any_size_agree(void **state)
{
    struct draft draft;
    for (int i = 0; i < 60; i++) {
        draw_draft(2 + draw(11), 50, 50, 3, &draft);
        compare(&draft, true);
    }
}

/* More actors than are tried out one split after the other: the solver answers. */
static void
test_the_solver_agrees_with_all_splits(void **state)
{
    struct draft draft;
    for (int i = 0; i < 12; i++) {
        draw_draft(17 + draw(2), i % 2 ? 35 : 70, 20 + 10 * draw(5), (int)draw(3), &draft);
        compare(&draft, draw(2));
    }
}

/* --- the solver without what comes before it ---------------------------------------------- */

static void
prove_bare(const struct draft *draft, bool weighted)
{
    struct cas_signed *graph = finish(draft);
    struct cas_scaled scaled;
    struct cas_cycles cycles = {0};
    struct naive naive;
    assert_int_equal(cas_scaled_init(&scaled, graph, weighted, NULL), CASUS_OK);
    struct cas_leaf leaf = {.net = scaled.net, .grain = scaled.unit};
    leaf.camp = cas_alloc(graph->n);
    memset(leaf.camp, 1, graph->n);
    leaf.upper = cas_net_cost(scaled.net, leaf.camp);
    if (scaled.net->m > 0)
        assert_int_equal(cas_leaf_prove(&leaf, &cycles, 1, INFINITY, NULL, NULL), CAS_BRANCH_DONE);
    try_all(graph, weighted, &naive);
    assert_near(cas_scaled_weight(&scaled, leaf.lower), naive.best, 1e-9);
    assert_near(cas_scaled_weight(&scaled, leaf.upper), naive.best, 1e-9);
    assert_int_equal(cas_net_cost(scaled.net, leaf.camp), leaf.upper);
    cas_free(leaf.camp);
    cas_scaled_done(&scaled);
    cas_signed_free(graph);
}

static void
test_branch_and_cut_alone_agrees_with_all_splits(void **state)
{
    struct draft draft;
    for (int i = 0; i < 150; i++) {
        draw_draft(3 + draw(9), 20 + 20 * draw(5), 20 + 20 * draw(5), (int)draw(3), &draft);
        if (draft.m > 0)
            prove_bare(&draft, draw(2));
    }
}

/* A bound that is never above the best split, and on a graph of frustrated triangles near it. */
static void
test_the_semidefinite_bound_is_a_bound(void **state)
{
    struct draft draft;
    for (int i = 0; i < 40; i++) {
        draw_draft(5 + draw(9), 60 + draw(41), 40 + draw(61), (int)draw(3), &draft);
        struct cas_signed *graph = finish(&draft);
        struct cas_scaled scaled;
        struct naive naive;
        int8_t camp[MOST];
        int64_t lower;
        assert_int_equal(cas_scaled_init(&scaled, graph, false, NULL), CASUS_OK);
        memset(camp, 1, sizeof(camp));
        try_all(graph, false, &naive);
        assert_true(cas_semidefinite_bound(scaled.net, camp, cas_net_cost(scaled.net, camp),
                                           INFINITY, &lower));
        assert_true(cas_scaled_weight(&scaled, lower) <= naive.best);
        assert_true(cas_scaled_weight(&scaled, lower) > 0.8 * naive.best - 1);
        cas_scaled_done(&scaled);
        cas_signed_free(graph);
    }
}

/* --- structured graphs -------------------------------------------------------------------- */

static void
test_complete_hostile_graphs_have_known_indices(void **state)
{
    for (uint32_t n = 1; n <= 16; n++) {
        struct draft draft = {.n = n};
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = a + 1; b < n; b++)
                tie(&draft, a, b, -1, 1);
        struct cas_signed *graph = finish(&draft);
        struct cas_frustration *f = solve(graph, false);
        /* two camps of n/2: pairs inside */
        uint32_t h = n / 2, k = n - h;
        assert_near(f->upper, h * (h - 1) / 2.0 + k * (k - 1) / 2.0, 0);
        assert_near(f->lower, f->upper, 0);
        cas_frustration_free(f);
        cas_signed_free(graph);
    }
}

/* A chain of negative triangles, each sharing an actor with the next. */
static void
test_blocks_add_up(void **state)
{
    enum { TRIANGLES = 300 };
    struct draft draft = {.n = 2 * TRIANGLES + 1};
    for (uint32_t i = 0; i < TRIANGLES; i++) {
        tie(&draft, 2 * i, 2 * i + 1, -1, 1);
        tie(&draft, 2 * i + 1, 2 * i + 2, 1, 1);
        tie(&draft, 2 * i, 2 * i + 2, 1, 1);
    }
    struct cas_signed *graph = finish(&draft);
    struct cas_frustration *f = solve(graph, false);
    assert_near(f->upper, TRIANGLES, 0);
    assert_int_equal(f->other, CAS_YES);
    assert_int_equal(f->part_count, 1);
    assert_int_equal(f->group_count, draft.n);
    assert_int_equal(f->swing_count, draft.n - 1);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

/* Two friendly cliques at war, and somebody with one friend in each. */
static void
test_one_between_two_camps_swings(void **state)
{
    struct draft draft = {.n = 11};
    for (uint32_t a = 0; a < 10; a++)
        for (uint32_t b = a + 1; b < 10; b++)
            tie(&draft, a, b, a < 5 && b >= 5 ? -1 : 1, 1);
    tie(&draft, 0, 10, 1, 1);
    tie(&draft, 5, 10, 1, 1);
    struct cas_signed *graph = finish(&draft);
    struct cas_frustration *f = solve(graph, false);
    assert_near(f->upper, 1, 0);
    assert_int_equal(f->swing_count, 1);
    assert_true(f->swing[10]);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_parts_do_not_swing_against_each_other(void **state)
{
    struct draft draft = {.n = 6};
    tie(&draft, 0, 1, 1, 1);
    tie(&draft, 2, 4, -1, 1);
    struct cas_signed *graph = finish(&draft);
    struct cas_frustration *f = solve(graph, false);
    static const int8_t camps[] = {1, 1, 1, 0, -1, 0};
    assert_near(f->upper, 0, 0);
    assert_int_equal(f->part_count, 4);
    assert_int_equal(f->other, CAS_NO);
    assert_int_equal(f->swing_count, 0);
    assert_memory_equal(f->camp, camps, sizeof(camps));
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_nobody_and_nothing_have_index_zero(void **state)
{
    for (uint32_t n = 0; n < 3; n++) {
        struct draft draft = {.n = n};
        struct cas_signed *graph = finish(&draft);
        struct cas_frustration *f = solve(graph, n == 1);
        const char *why = NULL;
        struct cas_triads triads;
        double walk = 0;
        assert_near(f->upper, 0, 0);
        assert_int_equal(f->part_count, n);
        assert_int_equal(f->swing_count, 0);
        assert_int_equal(cas_walk_balance(graph, INFINITY, &walk, &why, NULL), CASUS_OK);
        assert_true(isnan(walk) && why);
        assert_int_equal(cas_triads_count(graph, &triads, NULL), CASUS_OK);
        assert_true(isnan(cas_triads_strict(&triads)) && isnan(cas_triads_weak(&triads)));
        cas_frustration_free(f);
        cas_signed_free(graph);
    }
}

static void
test_ties_of_no_weight_do_not_count(void **state)
{
    struct draft draft = {.n = 4};
    tie(&draft, 0, 1, 1, 0);
    tie(&draft, 1, 2, 1, 2);
    tie(&draft, 0, 2, -1, 3);
    struct cas_signed *graph = finish(&draft);
    struct cas_frustration *f = solve(graph, true);
    assert_near(f->upper, 0, 0);
    assert_near(f->total, 5, 0);
    cas_frustration_free(f);
    f = solve(graph, false);
    assert_near(f->upper, 1, 0);
    assert_int_equal(f->other, CAS_YES);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_what_is_no_signed_graph_is_refused(void **state)
{
    static const struct {
        struct cas_signed_tie ties[2];
        uint32_t m;
        const char *why;
    } cases[] = {
        {{{0, 0, 1, 1}}, 1, "to itself"},
        {{{0, 3, 1, 1}}, 1, "no actor"},
        {{{0, 1, 0, 1}}, 1, "neither -1 nor 1"},
        {{{0, 1, 1, -1}}, 1, "negative or not finite"},
        {{{0, 1, 1, INFINITY}}, 1, "negative or not finite"},
        {{{0, 1, 1, NAN}}, 1, "negative or not finite"},
        {{{0, 1, 1, 1}, {1, 0, -1, 1}}, 2, "a second signed tie"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct casus_error err = {0};
        struct cas_signed *graph = NULL;
        assert_int_equal(cas_signed_new(3, cases[i].ties, cases[i].m, &graph, &err), CASUS_EINVAL);
        assert_non_null(strstr(err.text, cases[i].why));
        assert_int_equal(err.code, 172);
        assert_null(graph);
    }
}

/* --- limits ------------------------------------------------------------------------------- */

static void
test_without_time_there_is_an_interval_and_a_reason(void **state)
{
    static struct draft draft;
    draft = (struct draft){.n = 150};
    bool taken[150][150] = {{false}};
    while (draft.m < 1200) {
        uint32_t a = draw(150), b = draw(150);
        if (a != b && !taken[a][b]) {
            taken[a][b] = taken[b][a] = true;
            tie(&draft, a, b, draw(2) ? -1 : 1, 1);
        }
    }
    struct cas_signed *graph = finish(&draft);
    double before = cas_clock();
    struct cas_frustration *f = solve_within(graph, false, 0.5);
    assert_true(cas_clock() - before < 3);
    assert_false(f->proved);
    assert_non_null(f->stopped);
    assert_true(f->lower > 0 && f->lower < f->upper);
    assert_int_equal(f->other, CAS_UNKNOWN);
    assert_sound(graph, false, f);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

struct seen {
    double lower, upper;
    int calls;
};

static void
watch(void *self, const struct cas_progress *progress)
{
    struct seen *seen = self;
    assert_true(progress->lower <= progress->upper);
    assert_true(seen->calls == 0 || progress->lower >= seen->lower);
    assert_true(seen->calls == 0 || progress->upper <= seen->upper);
    *seen = (struct seen){progress->lower, progress->upper, seen->calls + 1};
}

static void
test_progress_only_narrows_and_the_same_is_found_again(void **state)
{
    static struct draft draft;
    draw_draft(40, 20, 50, 0, &draft);
    struct cas_signed *graph = finish(&draft);
    struct seen seen = {0};
    struct cas_limits limits = {.seconds = 60, .seed = 7, .progress = watch, .self = &seen};
    struct cas_frustration *f, *again;
    assert_int_equal(cas_frustration_new(graph, &limits, &f, NULL), CASUS_OK);
    assert_true(seen.calls > 0);
    limits.progress = NULL;
    assert_int_equal(cas_frustration_new(graph, &limits, &again, NULL), CASUS_OK);
    assert_true(f->proved && again->proved);
    assert_memory_equal(f->camp, again->camp, draft.n);
    assert_memory_equal(f->group, again->group, draft.n * sizeof(*f->group));
    cas_frustration_free(f);
    cas_frustration_free(again);
    cas_signed_free(graph);
}

/* Every allocation may fail: a status, nothing lost, and the worker's death is an interval. */
static void
test_no_memory_is_a_status(void **state)
{
    struct draft draft;
    draw_draft(12, 60, 50, 0, &draft);
    struct cas_signed *graph = finish(&draft);
    struct cas_limits limits = {.seconds = 60, .seed = 1};
    struct cas_frustration *f = NULL;
    enum casus_status status = CASUS_ENOMEM;
    for (long n = 0; status != CASUS_OK && n < 10000; n++) {
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        status = cas_frustration_new(graph, &limits, &f, &err);
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || (status == CASUS_ENOMEM && err.code == 183));
    }
    assert_int_equal(status, CASUS_OK);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

/* --- blocs -------------------------------------------------------------------------------- */

static double
disagreement(const struct cas_signed *graph, bool weighted, const uint32_t *bloc)
{
    double cost = 0;
    for (uint32_t i = 0; i < graph->m; i++) {
        const struct cas_signed_tie *t = &graph->ties[i];
        if ((bloc[t->a] == bloc[t->b]) != (t->sign > 0))
            cost += weighted ? t->weight : 1;
    }
    return cost;
}

/* All partitions of n actors: each joins a bloc of those before it, or begins one. */
static double
best_partition(const struct cas_signed *graph, bool weighted, uint32_t *bloc, uint32_t at,
               uint32_t blocs)
{
    double best = INFINITY;
    if (at == graph->n)
        return disagreement(graph, weighted, bloc);
    for (bloc[at] = 0; bloc[at] <= blocs; bloc[at]++) {
        uint32_t own = bloc[at];
        best = fmin(best, best_partition(graph, weighted, bloc, at + 1, blocs + (own == blocs)));
        bloc[at] = own;
    }
    return best;
}

static struct cas_clustering *
find_blocs(const struct cas_signed *graph, bool weighted)
{
    struct cas_limits limits = {.seconds = 60, .seed = 1, .weighted = weighted};
    struct cas_clustering *out;
    assert_int_equal(cas_clustering_new(graph, &limits, &out, NULL), CASUS_OK);
    return out;
}

static void
test_all_partitions_of_small_graphs_agree(void **state)
{
    struct draft draft;
    for (int i = 0; i < 200; i++) {
        uint32_t bloc[MOST] = {0};
        bool weighted = draw(2);
        draw_draft(i % 8 + 1, 30 + draw(71), 20 + draw(60), (int)draw(4), &draft);
        struct cas_signed *graph = finish(&draft);
        struct cas_clustering *found = find_blocs(graph, weighted);
        double best = best_partition(graph, weighted, bloc, 0, 0);
        assert_true(found->proved);
        assert_near(found->upper, best, 1e-9);
        assert_near(found->lower, best, 1e-9);
        assert_near(disagreement(graph, weighted, found->bloc), found->upper, 1e-9);
        cas_clustering_free(found);
        cas_signed_free(graph);
    }
}

static void
test_blocs_never_disagree_more_than_two_camps(void **state)
{
    struct draft draft;
    for (int i = 0; i < 20; i++) {
        draw_draft(12 + draw(15), 40, 30 + draw(30), (int)draw(2), &draft);
        struct cas_signed *graph = finish(&draft);
        struct cas_clustering *found = find_blocs(graph, false);
        struct cas_frustration *camps = solve(graph, false);
        assert_true(found->proved);
        assert_true(found->upper <= camps->upper);
        assert_near(disagreement(graph, false, found->bloc), found->upper, 0);
        cas_frustration_free(camps);
        cas_clustering_free(found);
        cas_signed_free(graph);
    }
}

/* Five cliques at war with each other: two camps cannot hold them, five blocs can. */
static void
test_five_blocs_at_war_are_found(void **state)
{
    struct draft draft = {.n = 21};
    for (uint32_t a = 0; a < 20; a++)
        for (uint32_t b = a + 1; b < 20; b++)
            tie(&draft, a, b, a / 4 == b / 4 ? 1 : -1, 1);
    struct cas_signed *graph = finish(&draft);
    struct cas_clustering *found = find_blocs(graph, false);
    assert_true(found->proved);
    assert_near(found->upper, 0, 0);
    assert_int_equal(found->bloc_count, 6); /* and one who has no tie */
    assert_near(found->agreement, 1, 0);
    for (uint32_t v = 0; v < 20; v++)
        assert_int_equal(found->bloc[v], v / 4);
    cas_clustering_free(found);
    cas_signed_free(graph);
}

static void
test_adjusted_rand_is_that_of_the_textbook(void **state)
{
    /* Hubert and Arabie's formula by hand: pairs in both 2, in x 6, in y 3, of 15 */
    static const uint32_t x[] = {0, 0, 0, 1, 1, 1}, y[] = {0, 0, 1, 1, 2, 2};
    assert_near(cas_adjusted_rand(6, x, y, NULL),
                (2 - 6 * 3 / 15.0) / ((6 + 3) / 2.0 - 6 * 3 / 15.0), 1e-15);
    assert_near(cas_adjusted_rand(6, x, x, NULL), 1, 0);
    assert_near(cas_adjusted_rand(0, x, y, NULL), 1, 0);
    static const bool few[] = {true, true, false, true, false, false};
    assert_near(cas_adjusted_rand(6, x, y, few), 1, 0);
}

/* --- triads and walks --------------------------------------------------------------------- */

static int
sign_between(const struct cas_signed *graph, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < graph->m; i++)
        if (graph->ties[i].a == a && graph->ties[i].b == b)
            return graph->ties[i].sign;
    return 0;
}

static void
test_triads_are_those_of_all_triples(void **state)
{
    struct draft draft;
    for (int i = 0; i < 60; i++) {
        draw_draft(draw(13), 70, 40, 0, &draft);
        struct cas_signed *graph = finish(&draft);
        struct cas_triads found, expected = {{0}};
        for (uint32_t a = 0; a < draft.n; a++)
            for (uint32_t b = a + 1; b < draft.n; b++)
                for (uint32_t c = b + 1; c < draft.n; c++) {
                    int x = sign_between(graph, a, b), y = sign_between(graph, b, c),
                        z = sign_between(graph, a, c);
                    if (x && y && z)
                        expected.count[(x < 0) + (y < 0) + (z < 0)]++;
                }
        assert_int_equal(cas_triads_count(graph, &found, NULL), CASUS_OK);
        assert_memory_equal(&found, &expected, sizeof(found));
        cas_signed_free(graph);
    }
}

/* trace(exp(A)) by its series. */
static double
trace_exp(const struct cas_signed *graph, bool with_signs)
{
    double power[12][12] = {{0}}, sum = graph->n, factorial = 1;
    for (uint32_t v = 0; v < graph->n; v++)
        power[v][v] = 1;
    for (int k = 1; k < 80; k++) {
        double next[12][12] = {{0}};
        for (uint32_t i = 0; i < graph->m; i++) {
            const struct cas_signed_tie *t = &graph->ties[i];
            double s = with_signs ? t->sign : 1;
            for (uint32_t v = 0; v < graph->n; v++) {
                next[v][t->a] += s * power[v][t->b];
                next[v][t->b] += s * power[v][t->a];
            }
        }
        memcpy(power, next, sizeof(power));
        factorial *= k;
        for (uint32_t v = 0; v < graph->n; v++)
            sum += power[v][v] / factorial;
    }
    return sum;
}

static void
test_walk_balance_is_that_of_the_series(void **state)
{
    struct draft draft;
    for (int i = 0; i < 40; i++) {
        draw_draft(2 + draw(9), 20 + draw(80), 40, 0, &draft);
        struct cas_signed *graph = finish(&draft);
        const char *why = NULL;
        double walk;
        assert_int_equal(cas_walk_balance(graph, INFINITY, &walk, &why, NULL), CASUS_OK);
        if (draft.m > 0)
            assert_near(walk, trace_exp(graph, true) / trace_exp(graph, false), 1e-9);
        cas_signed_free(graph);
    }
}

/* --- published networks ------------------------------------------------------------------- */

struct spell {
    char from[16], to[16];
    int sign, begin, end;
};

static uint32_t
read_spells(const char *name, struct spell *out)
{
    const char *root = getenv("CASUS_ROOT");
    char path[1024], line[256];
    uint32_t count = 0;
    snprintf(path, sizeof(path), "%s/graphs/reference/%s", root ? root : ".", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof(line), file));
    while (fgets(line, sizeof(line), file)) {
        struct spell *s = &out[count++];
        char plain[256], *at = plain;
        for (const char *c = line; *c; c++)
            if (*c != '"')
                *at++ = *c;
        *at = '\0';
        s->begin = 0;
        s->end = 9999;
        assert_true(sscanf(plain, "%15[^,],%15[^,],%d,%d,%d", s->from, s->to, &s->sign, &s->begin,
                           &s->end) >= 3);
    }
    fclose(file);
    return count;
}

static uint32_t
number_of(char names[][16], uint32_t *count, const char *name)
{
    for (uint32_t i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    strcpy(names[*count], name);
    return (*count)++;
}

/* The ties of a year; a dyad of both signs is left out and counted. */
static uint32_t
draft_of(const char *name, int year, struct draft *draft)
{
    static struct spell spells[TIES_MOST];
    static char names[200][16];
    uint32_t count = read_spells(name, spells), ambivalent = 0;
    *draft = (struct draft){0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = number_of(names, &draft->n, spells[i].from);
        uint32_t b = number_of(names, &draft->n, spells[i].to);
        if (year && (year < spells[i].begin || year > spells[i].end))
            continue;
        uint32_t at = 0;
        while (at < draft->m && !((draft->ties[at].a == a && draft->ties[at].b == b) ||
                                  (draft->ties[at].a == b && draft->ties[at].b == a)))
            at++;
        if (at == draft->m) {
            tie(draft, a, b, spells[i].sign, 1);
        } else {
            assert_int_not_equal(draft->ties[at].sign, spells[i].sign);
            draft->ties[at] = draft->ties[--draft->m];
            ambivalent++;
        }
    }
    return ambivalent;
}

static void
assert_index(const char *name, int year, uint32_t ambivalent, double index)
{
    static struct draft draft;
    assert_int_equal(draft_of(name, year, &draft), ambivalent);
    struct cas_signed *graph = finish(&draft);
    struct cas_frustration *f = solve(graph, false);
    assert_near(f->lower, index, 0);
    assert_near(f->upper, index, 0);
    assert_sound(graph, false, f);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_the_tribes_are_as_published(void **state)
{
    static struct draft draft;
    draft_of("tribes.csv", 0, &draft);
    assert_int_equal(draft.n, 16);
    assert_int_equal(draft.m, 58);
    struct cas_signed *graph = finish(&draft);
    struct cas_triads triads;
    const char *why = NULL;
    double walk;
    assert_int_equal(cas_triads_count(graph, &triads, NULL), CASUS_OK);
    assert_int_equal(triads.count[0], 19);
    assert_int_equal(triads.count[1], 2);
    assert_int_equal(triads.count[2], 40);
    assert_int_equal(triads.count[3], 7);
    assert_near(cas_triads_strict(&triads), 0.8676471, 5e-8);
    assert_near(cas_triads_weak(&triads), 66 / 68.0, 1e-15);
    assert_int_equal(cas_walk_balance(graph, INFINITY, &walk, &why, NULL), CASUS_OK);
    assert_near(walk, 0.3575761, 5e-8);
    struct cas_frustration *f = solve(graph, false);
    assert_near(f->upper, 7, 0);
    assert_near(1 - 2 * f->upper / f->total, 0.7586207, 5e-8);
    assert_int_equal(f->other, CAS_NO);
    cas_frustration_free(f);
    cas_signed_free(graph);
}

static void
test_published_indices_are_found(void **state)
{
    assert_index("bank-wiring-room.csv", 0, 0, 2);
    assert_index("states-1980-83.csv", 0, 0, 48);
    assert_index("powers-before-wwi.csv", 1905, 0, 1);
    assert_index("powers-before-wwi.csv", 1908, 0, 0);
    assert_index("powers-before-wwi.csv", 1914, 0, 0);
}

static void
test_years_of_change_hold_an_ambivalent_dyad(void **state)
{
    static struct draft draft;
    static const int years[] = {1890, 1904, 1907};
    for (size_t i = 0; i < sizeof(years) / sizeof(*years); i++)
        assert_true(draft_of("powers-before-wwi.csv", years[i], &draft) > 0);
}

/* --- twins -------------------------------------------------------------------------------- */

/* Each actor of `base` becomes `copies` twins; every second one stands against the first, and ties
 * between twins want what twins want. */
static void
blow_up(const struct draft *base, uint32_t copies, bool inner, struct draft *out)
{
    out->n = base->n * copies;
    out->m = 0;
    for (uint32_t i = 0; i < base->m; i++) {
        const struct cas_signed_tie *t = &base->ties[i];
        for (uint32_t x = 0; x < copies; x++)
            for (uint32_t y = 0; y < copies; y++)
                tie(out, t->a * copies + x, t->b * copies + y, (x + y) % 2 ? -t->sign : t->sign,
                    t->weight);
    }
    for (uint32_t v = 0; inner && v < base->n; v++)
        for (uint32_t x = 1; x < copies; x++)
            tie(out, v * copies, v * copies + x, x % 2 ? -1 : 1, 1);
}

/* A hostile pentagon leaves one tie; of 8 twins each, all 64 ties between two of its corners. Twins
 * and circles reduce to nothing, so no search is needed. */
static void
test_twins_are_one_actor(void **state)
{
    struct draft pentagon = {.n = 5}, blown;
    struct cas_scaled scaled;
    for (uint32_t v = 0; v < 5; v++)
        tie(&pentagon, v, (v + 1) % 5, -1, 1);
    for (int inner = 0; inner < 2; inner++) {
        blow_up(&pentagon, 8, inner, &blown);
        struct cas_signed *graph = finish(&blown);
        assert_int_equal(cas_scaled_init(&scaled, graph, false, NULL), CASUS_OK);
        struct cas_plan *plan = cas_plan_new(scaled.net, scaled.unit);
        assert_non_null(plan);
        assert_int_equal(plan->leaf_count, 0);
        assert_near(cas_scaled_weight(&scaled, plan->cost), 64, 0);
        cas_plan_free(plan);
        cas_scaled_done(&scaled);
        cas_signed_free(graph);
    }
}

static void
test_graphs_of_twins_agree_with_all_splits(void **state)
{
    struct draft base, blown;
    for (int round = 0; round < 60; round++) {
        uint32_t copies = 2 + draw(3);
        draw_draft(2 + draw(13 / copies), 50 + draw(51), draw(101), 1, &base);
        blow_up(&base, copies, round % 2, &blown);
        struct cas_signed *graph = finish(&blown);
        for (int weighted = 0; weighted < 2; weighted++) {
            double best = INFINITY;
            for (uint32_t split = 0; split < 1u << (graph->n - 1); split++)
                best = fmin(best, cost_of(graph, weighted, split));
            struct cas_frustration *found = solve(graph, weighted);
            assert_near(found->upper, best, 1e-12);
            cas_frustration_free(found);
        }
        cas_signed_free(graph);
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_splits_of_small_graphs_agree),
        cmocka_unit_test(test_weights_of_any_size_agree),
        cmocka_unit_test(test_the_solver_agrees_with_all_splits),
        cmocka_unit_test(test_branch_and_cut_alone_agrees_with_all_splits),
        cmocka_unit_test(test_the_semidefinite_bound_is_a_bound),
        cmocka_unit_test(test_complete_hostile_graphs_have_known_indices),
        cmocka_unit_test(test_blocks_add_up),
        cmocka_unit_test(test_one_between_two_camps_swings),
        cmocka_unit_test(test_parts_do_not_swing_against_each_other),
        cmocka_unit_test(test_nobody_and_nothing_have_index_zero),
        cmocka_unit_test(test_ties_of_no_weight_do_not_count),
        cmocka_unit_test(test_what_is_no_signed_graph_is_refused),
        cmocka_unit_test(test_without_time_there_is_an_interval_and_a_reason),
        cmocka_unit_test(test_progress_only_narrows_and_the_same_is_found_again),
        cmocka_unit_test(test_no_memory_is_a_status),
        cmocka_unit_test(test_twins_are_one_actor),
        cmocka_unit_test(test_graphs_of_twins_agree_with_all_splits),
        cmocka_unit_test(test_all_partitions_of_small_graphs_agree),
        cmocka_unit_test(test_blocs_never_disagree_more_than_two_camps),
        cmocka_unit_test(test_five_blocs_at_war_are_found),
        cmocka_unit_test(test_adjusted_rand_is_that_of_the_textbook),
        cmocka_unit_test(test_triads_are_those_of_all_triples),
        cmocka_unit_test(test_walk_balance_is_that_of_the_series),
        cmocka_unit_test(test_the_tribes_are_as_published),
        cmocka_unit_test(test_published_indices_are_found),
        cmocka_unit_test(test_years_of_change_hold_an_ambivalent_dyad),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    chance.state = seed;
    printf("seed %llu\n", (unsigned long long)seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
