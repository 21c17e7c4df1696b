/* 1,000 worlds of what is claimed beside the calls of igraph that 1,000 plain reports would take.
 *
 * usage: bench_worlds [WORLDS [ACTORS [EVENTS]]]
 *
 * A dossier made here (500 actors, 20,000 graded events, a few actors in most of them) is read once.
 * Then in turn: casus draws its worlds on one core, and on all; igraph computes every measure that
 * it has but betweenness on the same contact graph, a sample of times, scaled up; and betweenness.
 * Each world of casus takes all measures, betweenness with them. Prints seconds, ratios, and the
 * peak of memory after 100 worlds and after all, which is to be the same; and how many pages a world
 * asks of the system: none to speak of where worlds reuse the memory of those before them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <igraph.h>

#include <casus/casus.h>

enum { SAMPLE = 20 };

static uint64_t random_state = 88172645463325252u;

static double
draw(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) * 0x1p-53;
}

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void
expect(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench_worlds: %s\n", what);
    exit(1);
}

/* --- the dossier ------------------------------------------------------------------------------ */

static unsigned
draw_actor(unsigned actors)
{
    return (unsigned)(actors * pow(draw(), 2.5)); /* few are in many events */
}

static void
write_dossier(FILE *out, unsigned actors, unsigned events)
{
    for (unsigned i = 0; i < actors; i++)
        fprintf(out, "{\"actor\":{\"id\":\"a%u\"}}\n", i);
    for (unsigned i = 0; i < events; i++) {
        unsigned from = draw_actor(actors), to = draw_actor(actors);
        to += to == from;
        fprintf(out,
                "{\"event\":{\"id\":\"e%u\",\"type\":\"%s\",\"from\":[\"a%u\"],\"to\":[\"a%u\"],"
                "\"claims\":[{\"by\":\"a%u\",\"stance\":\"report\",\"credibility\":%u}]}}\n",
                i, draw() < 0.85 ? "raid" : "training", from, to % actors, from,
                1 + (unsigned)(5 * draw()));
    }
}

static struct casus_dossier *
read_dossier(unsigned actors, unsigned events)
{
    char path[] = "/tmp/casus-worlds-XXXXXX";
    int file = mkstemp(path);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");
    expect(out, "no temporary file");
    write_dossier(out, actors, events);
    fclose(out);
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    bool read = casus_read(path, NULL, casus_dossier_sink(dossier), problems, NULL) == CASUS_OK &&
                casus_dossier_finish(dossier, problems, NULL) == CASUS_OK;
    unlink(path);
    expect(read, "the dossier cannot be read");
    casus_problems_free(problems);
    return dossier;
}

/* --- igraph ----------------------------------------------------------------------------------- */

struct contact {
    igraph_t graph;
    igraph_vector_t weight, out;
};

static void
make_contact(const struct casus_graph *graph, struct contact *contact)
{
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&contact->weight, 0);
    igraph_vector_init(&contact->out, 0);
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (tie->relation == CASUS_CLAIM)
            continue;
        igraph_vector_int_push_back(&ends, tie->from);
        igraph_vector_int_push_back(&ends, tie->to);
        igraph_vector_push_back(&contact->weight, tie->weight);
    }
    igraph_create(&contact->graph, &ends, casus_graph_actor_count(graph), true);
    igraph_vector_int_destroy(&ends);
}

static void
call_all_but_betweenness(struct contact *contact)
{
    igraph_t *graph = &contact->graph;
    igraph_vector_t *out = &contact->out, *weight = &contact->weight, other;
    igraph_vector_int_t whole;
    igraph_real_t value;
    igraph_bool_t all_reach;
    igraph_vector_init(&other, 0);
    igraph_vector_int_init(&whole, 0);
    igraph_degree(graph, &whole, igraph_vss_all(), IGRAPH_IN, false);
    igraph_degree(graph, &whole, igraph_vss_all(), IGRAPH_OUT, false);
    igraph_strength(graph, out, igraph_vss_all(), IGRAPH_IN, false, weight);
    igraph_strength(graph, out, igraph_vss_all(), IGRAPH_OUT, false, weight);
    igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, out, &value, igraph_vss_all(), true, 0.85,
                    weight, NULL);
    igraph_hub_and_authority_scores(graph, out, &other, &value, true, weight, NULL);
    igraph_closeness(graph, out, &whole, &all_reach, igraph_vss_all(), IGRAPH_OUT, NULL, false);
    igraph_harmonic_centrality(graph, out, igraph_vss_all(), IGRAPH_OUT, NULL, false);
    igraph_eigenvector_centrality(graph, out, &value, false, true, weight, NULL);
    igraph_coreness(graph, &whole, IGRAPH_ALL);
    igraph_constraint(graph, out, igraph_vss_all(), weight);
    igraph_vector_destroy(&other);
    igraph_vector_int_destroy(&whole);
}

static void
call_betweenness(struct contact *contact)
{
    igraph_betweenness(&contact->graph, &contact->out, igraph_vss_all(), true, NULL);
}

static double
seconds_of(void (*call)(struct contact *), struct contact *contact)
{
    call(contact);
    double begun = now();
    for (int i = 0; i < SAMPLE; i++)
        call(contact);
    return (now() - begun) / SAMPLE;
}

/* --- casus ------------------------------------------------------------------------------------ */

static double
seconds_of_worlds(const struct casus_basis *basis, uint32_t worlds, uint32_t workers)
{
    struct casus_sampling sampling = {.worlds = worlds, .seed = 1, .workers = workers};
    struct casus_uncertainty *uncertainty;
    double begun = now();
    expect(casus_uncertainty_new(basis, &sampling, &uncertainty, NULL) == CASUS_OK,
           "worlds cannot be drawn");
    casus_uncertainty_free(uncertainty);
    return now() - begun;
}

static long
peak_mib(void)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    return (own.ru_maxrss > children.ru_maxrss ? own.ru_maxrss : children.ru_maxrss) / 1024;
}

/* Pages that the system had to give to this process so far. */
static long
pages(void)
{
    struct rusage own;
    getrusage(RUSAGE_SELF, &own);
    return own.ru_minflt;
}

static unsigned
argument(int argc, char **argv, int index, unsigned otherwise)
{
    return argc > index ? (unsigned)strtoul(argv[index], NULL, 10) : otherwise;
}

int
main(int argc, char **argv)
{
    unsigned worlds = argument(argc, argv, 1, 1000);
    unsigned actors = argument(argc, argv, 2, 500), events = argument(argc, argv, 3, 20000);
    struct casus_dossier *dossier = read_dossier(actors, events);
    struct casus_graph *graph;
    struct contact contact;
    expect(casus_graph_build(dossier, NULL, NULL, NULL, &graph, NULL) == CASUS_OK, "no graph");
    struct casus_basis basis = {.dossier = dossier, .graph = graph};
    make_contact(graph, &contact);
    seconds_of_worlds(&basis, 100 < worlds ? 100 : worlds, 1);
    long few = peak_mib(), given = pages();
    double one = seconds_of_worlds(&basis, worlds, 1);
    long many = peak_mib(), pages_given = pages() - given;
    double all = seconds_of_worlds(&basis, worlds, 0);
    double plain = worlds * seconds_of(call_all_but_betweenness, &contact);
    double between = worlds * seconds_of(call_betweenness, &contact);
    printf("%u worlds of %u actors, %u ties, %u events\n", worlds, casus_graph_actor_count(graph),
           casus_graph_tie_count(graph), events);
    printf("igraph, all but betweenness  %8.2f s (of %d calls)\n", plain, SAMPLE);
    printf("igraph, betweenness          %8.2f s\n", between);
    printf("casus, all, one process      %8.2f s  %.2f of igraph's, %.2f without its betweenness\n",
           one, one / (plain + between), one / plain);
    printf("casus, all, all processors   %8.2f s  %.2f of igraph's, %.2f without its betweenness\n",
           all, all / (plain + between), all / plain);
    printf("peak memory                  %5ld MiB after 100 worlds, %ld MiB after all\n", few,
           many);
    printf("new pages                    %5.1f a world behind the first 100\n",
           (double)pages_given / worlds);
    casus_graph_free(graph);
    casus_dossier_free(dossier);
    return 0;
}
