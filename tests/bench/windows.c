/* The plain read of a table, and what igraph takes for the windows of its timeline.
 *
 * usage: bench_windows FILE [WINDOW]
 *
 * Without windows the file is folded into one graph, once: the whole of a process to be timed. Else
 * prints seconds of processor time, the least of three rounds:
 *   shown   igraph's own calls, for each window, for what a timeline shows: density, reciprocity,
 *           degree, PageRank, parts, triangles (of the signed ones). It knows neither frustration
 *           nor blocs, so that these cost it nothing here
 *   scored  that, and every measure of the actors that it has, of contact, attack and support: what
 *           JSON and CSV hold
 * The graphs of the windows are casus' own and cost nothing here; making igraph's of them does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <igraph.h>

#include <casus/casus.h>

enum { ROUNDS = 3 };

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void
expect(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench_windows: %s\n", what);
    exit(1);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
read_file(const char *file, const struct casus_windowing *windowing,
          struct casus_windows **out_windows, struct casus_fold **out_fold)
{
    const struct casus_folding folding = {.windows = windowing != NULL};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_graph *graph = NULL;
    bool good = casus_fold_new(NULL, &folding, out_fold, NULL) == CASUS_OK &&
                casus_read(file, NULL, casus_fold_sink(*out_fold), problems, NULL) == CASUS_OK;
    expect(good &&
               (windowing ? casus_fold_windows(*out_fold, problems, windowing, out_windows, NULL)
                          : casus_fold_finish(*out_fold, problems, &graph, NULL)) == CASUS_OK,
           "the file cannot be folded");
    casus_graph_free(graph);
    casus_problems_free(problems);
}

/* --- igraph ----------------------------------------------------------------------------------- */

/* The arcs of a window: each pair once, an undirected tie both ways. */
struct arcs {
    igraph_vector_int_t ends;
    igraph_vector_t weight;
    bool directed;
};

struct lists {
    igraph_vector_t number, other;
    igraph_vector_int_t whole, more;
};

static void
add_arc(struct arcs *arcs, double *weights, uint32_t n, uint32_t from, uint32_t to, double weight)
{
    double *known = &weights[(size_t)from * n + to];
    if (!*known) {
        igraph_vector_int_push_back(&arcs->ends, from);
        igraph_vector_int_push_back(&arcs->ends, to);
    }
    *known += weight;
}

static void
take_arcs(const struct casus_graph *graph, unsigned relations, bool directed, struct arcs *arcs)
{
    uint32_t n = casus_graph_actor_count(graph);
    double *weights = calloc((size_t)n * n + 1, sizeof *weights);
    expect(weights, "no memory");
    igraph_vector_int_init(&arcs->ends, 0);
    igraph_vector_init(&arcs->weight, 0);
    arcs->directed = directed;
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        uint32_t low = tie->from < tie->to ? tie->from : tie->to;
        if (!(relations & CASUS_BIT(tie->relation)))
            continue;
        if (!directed) {
            add_arc(arcs, weights, n, low, low == tie->from ? tie->to : tie->from, tie->weight);
            continue;
        }
        add_arc(arcs, weights, n, tie->from, tie->to, tie->weight);
        if (!tie->directed)
            add_arc(arcs, weights, n, tie->to, tie->from, tie->weight);
    }
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&arcs->ends); i += 2)
        igraph_vector_push_back(
            &arcs->weight,
            weights[(size_t)VECTOR(arcs->ends)[i] * n + (size_t)VECTOR(arcs->ends)[i + 1]]);
    free(weights);
}

static void
arcs_done(struct arcs *arcs)
{
    igraph_vector_int_destroy(&arcs->ends);
    igraph_vector_destroy(&arcs->weight);
}

static void
call_shown(const igraph_t *contact, const struct arcs *arcs, const igraph_t *dyads,
           struct lists *lists)
{
    igraph_real_t value;
    igraph_integer_t count;
    igraph_density(contact, &value, false);
    igraph_reciprocity(contact, &value, true, IGRAPH_RECIPROCITY_DEFAULT);
    igraph_degree(dyads, &lists->whole, igraph_vss_all(), IGRAPH_ALL, false);
    igraph_pagerank(contact, IGRAPH_PAGERANK_ALGO_PRPACK, &lists->number, &value, igraph_vss_all(),
                    true, 0.85, &arcs->weight, NULL);
    igraph_connected_components(dyads, &lists->whole, &lists->more, &count, IGRAPH_WEAK);
    igraph_list_triangles(dyads, &lists->whole);
}

static void
call_scored(const igraph_t *graph, const struct arcs *arcs, struct lists *lists)
{
    igraph_real_t value;
    igraph_bool_t all;
    const igraph_vector_t *weight = &arcs->weight;
    igraph_vector_t *out = &lists->number;
    igraph_degree(graph, &lists->whole, igraph_vss_all(), IGRAPH_IN, false);
    igraph_degree(graph, &lists->whole, igraph_vss_all(), IGRAPH_OUT, false);
    igraph_strength(graph, out, igraph_vss_all(), IGRAPH_IN, false, weight);
    igraph_strength(graph, out, igraph_vss_all(), IGRAPH_OUT, false, weight);
    igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, out, &value, igraph_vss_all(), true, 0.85,
                    weight, NULL);
    igraph_hub_and_authority_scores(graph, out, &lists->other, &value, true, weight, NULL);
    igraph_betweenness(graph, out, igraph_vss_all(), true, NULL);
    igraph_closeness(graph, out, &lists->whole, &all, igraph_vss_all(), IGRAPH_OUT, NULL, false);
    igraph_harmonic_centrality(graph, out, igraph_vss_all(), IGRAPH_OUT, NULL, false);
    igraph_eigenvector_centrality(graph, out, &value, false, true, weight, NULL);
    igraph_coreness(graph, &lists->whole, IGRAPH_ALL);
    igraph_constraint(graph, out, igraph_vss_all(), weight);
}

/* Seconds; what igraph's own graph of it takes among them. */
static double
time_graph(const struct casus_graph *graph, unsigned relations, struct lists *lists)
{
    struct arcs arcs;
    igraph_t made;
    take_arcs(graph, relations, true, &arcs);
    double begin = now();
    igraph_create(&made, &arcs.ends, casus_graph_actor_count(graph), true);
    call_scored(&made, &arcs, lists);
    igraph_destroy(&made);
    double seconds = now() - begin;
    arcs_done(&arcs);
    return seconds;
}

static double
time_shown(const struct casus_graph *graph, struct lists *lists)
{
    const unsigned contact = CASUS_BIT(CASUS_ATTACK) | CASUS_BIT(CASUS_SUPPORT);
    struct arcs arcs, pairs;
    igraph_t made, dyads;
    take_arcs(graph, contact, true, &arcs);
    take_arcs(graph, contact, false, &pairs);
    double begin = now();
    igraph_create(&made, &arcs.ends, casus_graph_actor_count(graph), true);
    igraph_create(&dyads, &pairs.ends, casus_graph_actor_count(graph), false);
    call_shown(&made, &arcs, &dyads, lists);
    igraph_destroy(&made);
    igraph_destroy(&dyads);
    double seconds = now() - begin;
    arcs_done(&arcs);
    arcs_done(&pairs);
    return seconds;
}

static void
time_windows(struct casus_windows *windows, struct lists *lists, double *out_shown,
             double *out_scored)
{
    *out_shown = *out_scored = 0;
    for (uint32_t i = 0; i < casus_windows_count(windows); i++) {
        struct casus_graph *graph;
        expect(casus_windows_graph(windows, i, &graph, NULL) == CASUS_OK, "no graph of a window");
        if (casus_graph_actor_count(graph)) {
            *out_shown += time_shown(graph, lists);
            *out_scored +=
                time_graph(graph, CASUS_BIT(CASUS_ATTACK) | CASUS_BIT(CASUS_SUPPORT), lists) +
                time_graph(graph, CASUS_BIT(CASUS_ATTACK), lists) +
                time_graph(graph, CASUS_BIT(CASUS_SUPPORT), lists);
        }
        casus_graph_free(graph);
    }
}

static void
time_all(struct casus_windows *windows)
{
    struct lists lists;
    double shown = 1e9, scored = 1e9;
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_set_error_handler(igraph_error_handler_ignore); /* ARPACK gives up now and then */
    igraph_vector_init(&lists.number, 0);
    igraph_vector_init(&lists.other, 0);
    igraph_vector_int_init(&lists.whole, 0);
    igraph_vector_int_init(&lists.more, 0);
    for (int round = 0; round < ROUNDS; round++) {
        double few, all;
        time_windows(windows, &lists, &few, &all);
        shown = few < shown ? few : shown;
        scored = all < scored ? all : scored;
    }
    printf("{\"windows\":%u,\"shown\":%g,\"scored\":%g}\n", casus_windows_count(windows), shown,
           shown + scored);
    igraph_vector_destroy(&lists.number);
    igraph_vector_destroy(&lists.other);
    igraph_vector_int_destroy(&lists.whole);
    igraph_vector_int_destroy(&lists.more);
}

int
main(int argc, char **argv)
{
    const struct casus_windowing windowing = {.length = argc > 2 ? argv[2] : NULL};
    struct casus_windows *windows = NULL;
    struct casus_fold *fold;
    expect(argc == 2 || argc == 3, "usage: bench_windows FILE [WINDOW]");
    read_file(argv[1], argc > 2 ? &windowing : NULL, &windows, &fold);
    if (windows)
        time_all(windows);
    casus_windows_free(windows);
    casus_fold_free(fold);
    return 0;
}
