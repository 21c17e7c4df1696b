/* Betweenness, closeness and harmonic closeness against the definition itself: every path between
 * every two of up to eight actors is walked.
 *
 * All directed graphs of up to four actors, all undirected ones of up to six, and thousands drawn of
 * up to eight: directed and undirected ties, weights, parallel ties, ties to oneself, actors without
 * any. Lengths are 1/weight and here whole numbers, so that the same length is exactly the same.
 *
 * usage: test_brute [SEED]       prints the seed; SEED repeats a run
 */
#include <string.h>

#include "oracle/paths_oracle.h"

enum { MOST = 8, MOST_TIES = 4 * MOST * MOST, DRAWN = 4000 };

/* Divisible by each whole weight that a pair may come to. */
#define UNIT UINT64_C(5354228880)
enum { HEAVIEST = 24 };

static uint64_t random_state;
static uint64_t seed = 1;

static uint32_t
draw(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 33) % below);
}

struct graph {
    uint32_t n;
    size_t count;
    struct cas_contact_tie ties[MOST_TIES];
};

static void
add_tie(struct graph *graph, uint32_t from, uint32_t to, uint32_t weight, bool directed)
{
    enum casus_relation relation = graph->count % 3 ? CASUS_ATTACK : CASUS_SUPPORT;
    graph->ties[graph->count++] =
        (struct cas_contact_tie){from, to, (double)weight, relation, directed};
}

/* --- the definition --------------------------------------------------------------------------- */

struct walk {
    uint32_t n, from, to;
    uint32_t weight[MOST][MOST]; /* 0: no tie that way */
    bool by_hops, on[MOST];
    uint64_t best;
    uint32_t count, through[MOST]; /* shortest paths, and how many pass each actor */
};

static void
weigh(const struct graph *graph, struct walk *walk)
{
    for (size_t i = 0; i < graph->count; i++) {
        const struct cas_contact_tie *tie = &graph->ties[i];
        if (tie->from == tie->to)
            continue;
        walk->weight[tie->from][tie->to] += (uint32_t)tie->weight;
        if (!tie->directed)
            walk->weight[tie->to][tie->from] += (uint32_t)tie->weight;
    }
}

static void
arrive(struct walk *walk, uint64_t length)
{
    if (length < walk->best) {
        walk->best = length;
        walk->count = 0;
        memset(walk->through, 0, sizeof walk->through);
    }
    walk->count++;
    for (uint32_t v = 0; v < walk->n; v++)
        walk->through[v] += walk->on[v] && v != walk->from && v != walk->to;
}

static void
step(struct walk *walk, uint32_t at, uint64_t length)
{
    if (length > walk->best)
        return;
    if (at == walk->to) {
        arrive(walk, length);
        return;
    }
    for (uint32_t v = 0; v < walk->n; v++) {
        uint32_t weight = walk->weight[at][v];
        if (!weight || walk->on[v])
            continue;
        walk->on[v] = true;
        step(walk, v, length + (walk->by_hops ? UNIT : UNIT / weight));
        walk->on[v] = false;
    }
}

static void
define(const struct graph *graph, bool by_hops, double *out_between, struct cas_reach *out_reach)
{
    struct walk walk = {.n = graph->n, .by_hops = by_hops};
    weigh(graph, &walk);
    memset(out_between, 0, graph->n * sizeof *out_between);
    memset(out_reach, 0, graph->n * sizeof *out_reach);
    for (walk.from = 0; walk.from < walk.n; walk.from++) {
        for (walk.to = 0; walk.to < walk.n; walk.to++) {
            walk.best = UINT64_MAX;
            walk.count = 0;
            if (walk.from == walk.to)
                continue;
            walk.on[walk.from] = true;
            step(&walk, walk.from, 0);
            walk.on[walk.from] = false;
            if (!walk.count)
                continue;
            double length = (double)walk.best / (double)UNIT;
            out_reach[walk.from].reached++;
            out_reach[walk.from].hops += length;
            out_reach[walk.from].inverse += 1 / length;
            for (uint32_t v = 0; v < walk.n; v++)
                out_between[v] += (double)walk.through[v] / walk.count;
        }
    }
}

/* --- compared --------------------------------------------------------------------------------- */

static void
print_graph(const struct graph *graph)
{
    for (size_t i = 0; i < graph->count; i++)
        print_error("%u %s %u weight %g\n", graph->ties[i].from,
                    graph->ties[i].directed ? "->" : "--", graph->ties[i].to,
                    graph->ties[i].weight);
}

static void
assert_near(const struct graph *graph, double found, double expected, const char *what,
            uint32_t actor)
{
    if (fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected)))
        return;
    print_graph(graph);
    fail_msg("%s of %u among %u: found %.17g, expected %.17g (seed %llu)", what, actor, graph->n,
             found, expected, (unsigned long long)seed);
}

static void
compare(const struct graph *graph, const struct cas_contact *contact, bool by_hops)
{
    double found[MOST], expected[MOST];
    struct cas_reach reach[MOST], defined[MOST];
    assert_true(by_hops ? ask_kernels(contact, 1, found, reach)
                        : ask_lengths(contact, 1, found, reach));
    define(graph, by_hops, expected, defined);
    for (uint32_t v = 0; v < graph->n; v++) {
        assert_near(graph, found[v], expected[v], by_hops ? "betweenness" : "by lengths", v);
        assert_near(graph, reach[v].reached, defined[v].reached, "reached", v);
        assert_near(graph, reach[v].hops, defined[v].hops, "sum of distances", v);
        assert_near(graph, reach[v].inverse, defined[v].inverse, "harmonic", v);
    }
}

static void
compare_graph(const struct graph *graph)
{
    struct cas_contact *contact;
    assert_int_equal(cas_contact_new(graph->n, graph->ties, graph->count, &contact, NULL),
                     CASUS_OK);
    compare(graph, contact, true);
    compare(graph, contact, false);
    cas_contact_free(contact);
}

static void
directed_graphs_of_up_to_four_actors(void **state)
{
    (void)state;
    for (uint32_t n = 1; n <= 4; n++) {
        for (uint32_t bits = 0; bits < 1u << n * (n - 1); bits++) {
            struct graph graph = {.n = n};
            for (uint32_t a = 0, bit = 0; a < n; a++) {
                for (uint32_t b = 0; b < n; b++) {
                    if (a != b && bits >> bit++ & 1)
                        add_tie(&graph, a, b, 1 + (a + 2 * b) % 4, true);
                }
            }
            compare_graph(&graph);
        }
    }
}

static void
undirected_graphs_of_up_to_six_actors(void **state)
{
    (void)state;
    for (uint32_t n = 1; n <= 6; n++) {
        for (uint32_t bits = 0; bits < 1u << n * (n - 1) / 2; bits++) {
            struct graph graph = {.n = n};
            for (uint32_t a = 0, bit = 0; a < n; a++) {
                for (uint32_t b = a + 1; b < n; b++) {
                    if (bits >> bit++ & 1)
                        add_tie(&graph, a, b, 1 + (a * b) % 6, false);
                }
            }
            compare_graph(&graph);
        }
    }
}

/* At most 4 ties a pair: one of each direction, and one without, twice the latter. */
static void
draw_pair(struct graph *graph, uint32_t a, uint32_t b, uint32_t share, uint32_t weights)
{
    if (draw(100) < share)
        add_tie(graph, a, b, 1 + draw(weights), true);
    if (draw(100) < share)
        add_tie(graph, b, a, 1 + draw(weights), true);
    for (int i = 0; i < 2; i++) {
        if (draw(100) < share / 3)
            add_tie(graph, a, b, 1 + draw(weights), false);
    }
}

static void
graphs_drawn_of_up_to_eight_actors(void **state)
{
    static const uint32_t shares[] = {5, 10, 20, 35, 60, 100}, heaviest[] = {1, 2, 4, 6};
    (void)state;
    _Static_assert(4 * 6 <= HEAVIEST, "the unit is divisible by each sum of weights");
    for (int i = 0; i < DRAWN; i++) {
        struct graph graph = {.n = 1 + draw(MOST)};
        uint32_t share = shares[draw(graph.n > 6 ? 5 : 6)], weights = heaviest[draw(4)];
        uint32_t tied = draw(4) ? graph.n : 1 + draw(graph.n); /* the others have no tie */
        for (uint32_t a = 0; a < tied; a++) {
            if (draw(10) == 0)
                add_tie(&graph, a, a, 1 + draw(weights), draw(2));
            for (uint32_t b = a + 1; b < tied; b++)
                draw_pair(&graph, a, b, share, weights);
        }
        compare_graph(&graph);
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directed_graphs_of_up_to_four_actors),
        cmocka_unit_test(undirected_graphs_of_up_to_six_actors),
        cmocka_unit_test(graphs_drawn_of_up_to_eight_actors),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    print_message("seed %llu\n", (unsigned long long)seed);
    random_state = seed * 0x9e3779b97f4a7c15u + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
