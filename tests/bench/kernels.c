/* Our kernels beside igraph's functions, in one process, in turn, on graphs made up here.
 *
 * usage: bench_kernels recurrent|uniform ACTORS ARCS REPEATS [FILE]
 *
 * Prints a line of JSON a measure, with medians in seconds: ours on one thread, ours on all, igraph.
 * `recurrent` is as events are: some actors are in many arcs and most in few, arcs recur (weights sum to
 * about six and a half an arc); `uniform` joins any two alike. FILE gets the arcs as CSV for others.
 * A disagreement beyond 1e-9 is told, and an exit of 1.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <igraph.h>

#include "analysis/centrality/approximate.h"
#include "analysis/centrality/lengths.h"
#include "analysis/centrality/measure.h"
#include "base/parallel.h"

enum { MOST_REPEATS = 99, PER_ARC = 13 }; /* halves of a recurrence */

static uint64_t random_state = 88172645463325252u;

static uint64_t
draw(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* --- graphs ----------------------------------------------------------------------------------- */

struct graph {
    uint32_t n;
    struct cas_contact *contact;
    igraph_t igraph;
    igraph_vector_t weight, length;
};

/* The actor at which the sums of chances reach a random one. */
static uint32_t
draw_actor(const double *sums, uint32_t n)
{
    double wanted = (double)(draw() >> 11) * 0x1p-53 * sums[n - 1];
    uint32_t low = 0, high = n - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sums[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double *
sum_chances(uint32_t n, bool recurrent)
{
    double *sums = malloc(n * sizeof *sums), sum = 0;
    for (uint32_t v = 0; v < n; v++) {
        sum += recurrent ? pow(v + 3.0, -0.8) : 1;
        sums[v] = sum;
    }
    return sums;
}

/* Fold what is there and draw more until there are `arcs`; then let them recur, by how often they
 * have before. */
static struct cas_contact *
make_contact(uint32_t n, size_t arcs, bool recurrent)
{
    struct cas_contact_tie *ties = malloc((arcs * PER_ARC / 2 + 1) * sizeof *ties);
    struct cas_contact *contact;
    double *sums = sum_chances(n, recurrent);
    size_t count = 0;
    for (;;) {
        while (count < arcs) {
            uint32_t from = draw_actor(sums, n), to = draw_actor(sums, n);
            if (from != to)
                ties[count++] = (struct cas_contact_tie){from, to, 1, CASUS_ATTACK, true};
        }
        if (cas_contact_new(n, ties, count, &contact, NULL) != CASUS_OK)
            exit(1);
        count = contact->arcs.count;
        for (size_t i = 0; i < count; i++)
            ties[i] = (struct cas_contact_tie){contact->arcs.from[i], contact->arcs.to[i], 1,
                                               CASUS_ATTACK, true};
        cas_contact_free(contact);
        if (count == arcs)
            break;
    }
    for (; count < arcs * PER_ARC / 2; count++)
        ties[count] = ties[draw() % count];
    if (cas_contact_new(n, ties, count, &contact, NULL) != CASUS_OK)
        exit(1);
    free(sums);
    free(ties);
    return contact;
}

static void
make_igraph(struct graph *graph)
{
    const struct cas_arcs *arcs = &graph->contact->arcs;
    igraph_integer_t count = (igraph_integer_t)arcs->count;
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 2 * count);
    igraph_vector_init(&graph->weight, count);
    igraph_vector_init(&graph->length, count);
    for (igraph_integer_t i = 0; i < count; i++) {
        VECTOR(ends)[2 * i] = arcs->from[i];
        VECTOR(ends)[2 * i + 1] = arcs->to[i];
        VECTOR(graph->weight)[i] = arcs->weight[i];
        VECTOR(graph->length)[i] = 1 / arcs->weight[i];
    }
    igraph_create(&graph->igraph, &ends, arcs->n, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
}

static void
write_arcs(const struct cas_arcs *arcs, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        exit(4);
    fputs("from,to,weight\n", file);
    for (size_t i = 0; i < arcs->count; i++)
        fprintf(file, "%" PRIu32 ",%" PRIu32 ",%.0f\n", arcs->from[i], arcs->to[i],
                arcs->weight[i]);
    fclose(file);
}

/* --- ours ------------------------------------------------------------------------------------- */

/* Each writes n numbers, from nothing but the contact graph. */
typedef void ours_function(const struct graph *graph, unsigned threads, double *out);
typedef void theirs_function(const struct graph *graph, igraph_vector_t *out);

struct run {
    struct cas_between *between;
    struct cas_reaching *reaching;
};

static void
run_between(void *context, size_t chunk)
{
    struct run *run = context;
    cas_between_run(run->between, (uint32_t)chunk, NULL, NULL, NULL);
}

static void
run_reaching(void *context, size_t chunk)
{
    struct run *run = context;
    cas_reaching_run(run->reaching, (uint32_t)chunk, NULL);
}

static void
our_betweenness(const struct graph *graph, unsigned threads, double *out)
{
    struct cas_compact *compact;
    struct run run;
    if (cas_compact_new(graph->contact, &compact, NULL) != CASUS_OK ||
        cas_between_new(compact, &run.between, NULL) != CASUS_OK)
        exit(1);
    cas_parallel(threads, cas_between_chunks(run.between), run_between, &run);
    cas_between_sum(run.between, out);
    cas_between_free(run.between);
    cas_compact_free(compact);
}

static void
our_distances(const struct graph *graph, unsigned threads, double *out)
{
    struct cas_reach *reach = malloc(graph->n * sizeof *reach);
    struct cas_compact *compact;
    struct run run;
    if (cas_compact_new(graph->contact, &compact, NULL) != CASUS_OK ||
        cas_reaching_new(compact, &run.reaching, NULL) != CASUS_OK)
        exit(1);
    cas_parallel(threads, cas_reaching_chunks(run.reaching), run_reaching, &run);
    cas_reaching_sum(run.reaching, reach);
    for (uint32_t v = 0; v < graph->n; v++)
        out[v] = reach[v].reached ? 1 / reach[v].hops + reach[v].inverse : 0;
    cas_reaching_free(run.reaching);
    cas_compact_free(compact);
    free(reach);
}

static void
our_lengths(const struct graph *graph, unsigned threads, double *out)
{
    struct cas_lengths_job job = {.weighted = graph->contact, .threads = threads, .between = out};
    bool countable;
    if (cas_lengths_run(&job, &countable, NULL) != CASUS_OK)
        exit(1);
}

static void
our_sample(const struct graph *graph, unsigned threads, double *out)
{
    double *bounds = malloc(2 * graph->n * sizeof *bounds);
    struct cas_compact *compact;
    if (cas_compact_new(graph->contact, &compact, NULL) != CASUS_OK)
        exit(1);
    struct cas_approximate_job job = {.graph = compact,
                                      .epsilon = 0.01,
                                      .pairs = (graph->n - 1.0) * (graph->n - 2.0),
                                      .confidence = 0.95,
                                      .seed = 1,
                                      .threads = threads};
    struct cas_approximated found = {.score = out, .low = bounds, .high = bounds + graph->n};
    if (cas_approximate(&job, &found, NULL) != CASUS_OK)
        exit(1);
    cas_compact_free(compact);
    free(bounds);
}

static void
our_pagerank(const struct graph *graph, unsigned threads, double *out)
{
    (void)threads;
    cas_pagerank(graph->contact, 0.85, out, NULL);
}

static void
our_hubs(const struct graph *graph, unsigned threads, double *out)
{
    double *authority = malloc(graph->n * sizeof *authority);
    const char *why = NULL;
    (void)threads;
    cas_hits(graph->contact, out, authority, &why, NULL);
    free(authority);
}

static void
our_coreness(const struct graph *graph, unsigned threads, double *out)
{
    (void)threads;
    cas_coreness(graph->contact, out, NULL);
}

/* --- igraph ----------------------------------------------------------------------------------- */

static void
their_betweenness(const struct graph *graph, igraph_vector_t *out)
{
    igraph_betweenness(&graph->igraph, out, igraph_vss_all(), IGRAPH_DIRECTED, NULL);
}

static void
their_lengths(const struct graph *graph, igraph_vector_t *out)
{
    igraph_betweenness(&graph->igraph, out, igraph_vss_all(), IGRAPH_DIRECTED, &graph->length);
}

static void
their_distances(const struct graph *graph, igraph_vector_t *out)
{
    igraph_vector_t closeness;
    igraph_vector_init(&closeness, 0);
    igraph_closeness(&graph->igraph, &closeness, NULL, NULL, igraph_vss_all(), IGRAPH_OUT, NULL,
                     false);
    igraph_harmonic_centrality(&graph->igraph, out, igraph_vss_all(), IGRAPH_OUT, NULL, false);
    for (uint32_t v = 0; v < graph->n; v++)
        VECTOR(*out)[v] += isnan(VECTOR(closeness)[v]) ? 0 : VECTOR(closeness)[v];
    igraph_vector_destroy(&closeness);
}

static void
their_pagerank(const struct graph *graph, igraph_vector_t *out)
{
    igraph_pagerank(&graph->igraph, IGRAPH_PAGERANK_ALGO_PRPACK, out, NULL, igraph_vss_all(),
                    IGRAPH_DIRECTED, 0.85, &graph->weight, NULL);
}

static void
their_hubs(const struct graph *graph, igraph_vector_t *out)
{
    igraph_vector_t authority;
    igraph_vector_init(&authority, 0);
    igraph_hub_and_authority_scores(&graph->igraph, out, &authority, NULL, true, &graph->weight,
                                    NULL);
    igraph_vector_destroy(&authority);
}

static void
their_coreness(const struct graph *graph, igraph_vector_t *out)
{
    igraph_vector_int_t cores;
    igraph_vector_int_init(&cores, 0);
    igraph_coreness(&graph->igraph, &cores, IGRAPH_ALL);
    igraph_vector_resize(out, graph->n);
    for (uint32_t v = 0; v < graph->n; v++)
        VECTOR(*out)[v] = (double)VECTOR(cores)[v];
    igraph_vector_int_destroy(&cores);
}

/* --- in turn ---------------------------------------------------------------------------------- */

static const struct row {
    const char *name;
    ours_function *ours;
    theirs_function *theirs; /* what asks the same, */
    double agree;            /* to so much, or INFINITY: to what is exact */
} rows[] = {
    {"betweenness", our_betweenness, their_betweenness, 1e-9},
    {"betweenness, sampled to 0.01", our_sample, their_betweenness, INFINITY},
    {"betweenness by 1/weight", our_lengths, their_lengths, 1e-9},
    {"closeness and harmonic", our_distances, their_distances, 1e-9},
    {"PageRank", our_pagerank, their_pagerank, 1e-9},
    {"hubs and authorities", our_hubs, their_hubs, 1e-6}, /* ARPACK's own tolerance */
    {"coreness", our_coreness, their_coreness, 1e-9},
};
enum { ROWS = sizeof rows / sizeof *rows };

static int
by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double
median(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, by_size);
    return (times[(count - 1) / 2] + times[count / 2]) / 2;
}

static double
farthest(const double *ours, const igraph_vector_t *theirs, uint32_t n)
{
    double worst = 0;
    for (uint32_t v = 0; v < n; v++) {
        double other = VECTOR(*theirs)[v];
        worst = fmax(worst, fabs(ours[v] - other) / fmax(1, fabs(other)));
    }
    return worst;
}

/* @return whether both say the same */
static bool
measure(const struct graph *graph, const struct row *row, int repeats)
{
    double times[3][MOST_REPEATS], *ours = calloc(graph->n, sizeof *ours);
    igraph_vector_t theirs;
    igraph_vector_init(&theirs, 0);
    for (int i = 0; i < repeats; i++) {
        double begin = now();
        row->ours(graph, 1, ours);
        double one = now();
        row->ours(graph, 0, ours);
        double all = now();
        row->theirs(graph, &theirs);
        times[0][i] = one - begin, times[1][i] = all - one, times[2][i] = now() - all;
    }
    bool same = isinf(row->agree) || farthest(ours, &theirs, graph->n) <= row->agree;
    printf("{\"measure\":\"%s\",\"one\":%.6f,\"all\":%.6f,\"igraph\":%.6f,\"agree\":%s}\n",
           row->name, median(times[0], repeats), median(times[1], repeats),
           median(times[2], repeats), same ? "true" : "false");
    fflush(stdout);
    igraph_vector_destroy(&theirs);
    free(ours);
    return same;
}

int
main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: bench_kernels recurrent|uniform ACTORS ARCS REPEATS [FILE]\n");
        return 2;
    }
    struct graph graph = {.n = (uint32_t)strtoul(argv[2], NULL, 10)};
    int repeats = atoi(argv[4]);
    bool same = true;
    repeats = repeats < 1 ? 1 : repeats > MOST_REPEATS ? MOST_REPEATS : repeats;
    graph.contact = make_contact(graph.n, strtoul(argv[3], NULL, 10), argv[1][0] == 'r');
    make_igraph(&graph);
    if (argc > 5)
        write_arcs(&graph.contact->arcs, argv[5]);
    for (int i = 0; i < ROWS; i++)
        same = measure(&graph, &rows[i], repeats) && same;
    igraph_destroy(&graph.igraph);
    igraph_vector_destroy(&graph.weight);
    igraph_vector_destroy(&graph.length);
    cas_contact_free(graph.contact);
    return same ? 0 : 1;
}
