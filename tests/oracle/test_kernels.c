/* The kernels for sparse and for dense graphs on the same random graphs, from empty to full, with
 * sizes around those of a word of bits; paths, PageRank and coreness against igraph.
 *
 * usage: test_kernels [SEED]       prints the seed; SEED repeats a run
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <igraph.h>

#include "analysis/constraint.h"
#include "analysis/measure.h"
#include "analysis/paths.h"

enum { GRAPHS = 120, MOST = 150 };

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

static void
assert_near(double found, double expected, const char *what, uint32_t actor)
{
    if (!(fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%s of %u: found %.17g, expected %.17g (seed %llu)", what, actor, found, expected,
                 (unsigned long long)seed);
}

/* `share` of 1000 pairs are joined; `near` bounds how far apart, so that some paths are long. */
static struct cas_contact *
make_graph(uint32_t n, uint32_t share, uint32_t near)
{
    static struct cas_contact_tie ties[MOST * MOST];
    struct cas_contact *contact;
    size_t count = 0;
    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = 0; b < n; b++) {
            uint32_t apart = a > b ? a - b : b - a;
            if (a != b && apart <= near && draw(1000) < share)
                ties[count++] = (struct cas_contact_tie){a, b, 1 + draw(9), CASUS_ATTACK, true};
        }
    }
    assert_int_equal(cas_contact_new(n, ties, count, &contact, NULL), CASUS_OK);
    return contact;
}

static struct cas_contact *
draw_graph(void)
{
    static const uint32_t sizes[] = {1, 2, 3, 40, 63, 64, 65, 127, 128, 129, MOST};
    static const uint32_t shares[] = {0, 10, 30, 100, 400, 900, 1000};
    uint32_t n = sizes[draw(sizeof(sizes) / sizeof(*sizes))];
    uint32_t share = shares[draw(sizeof(shares) / sizeof(*shares))];
    return make_graph(n, share, draw(3) ? n : 3);
}

static void
compare_betweenness(const struct cas_contact *contact)
{
    double dense[MOST], sparse[MOST], oracle[MOST];
    struct cas_arcs hops = contact->arcs;
    bool dense_countable = false, sparse_countable = false;
    hops.weight = NULL;
    assert_int_equal(cas_dense_betweenness(contact, dense, &dense_countable, NULL), CASUS_OK);
    assert_int_equal(cas_sparse_betweenness(contact, sparse, &sparse_countable, NULL), CASUS_OK);
    assert_int_equal(cas_igraph_betweenness(&hops, oracle, NULL), CASUS_OK);
    assert_true(dense_countable && sparse_countable);
    for (uint32_t v = 0; v < hops.n; v++) {
        assert_near(dense[v], oracle[v], "dense betweenness", v);
        assert_near(sparse[v], oracle[v], "sparse betweenness", v);
    }
}

static void
compare_reach(const struct cas_contact *contact)
{
    struct cas_reach dense[MOST], sparse[MOST];
    double closeness[MOST];
    struct cas_arcs hops = contact->arcs;
    hops.weight = NULL;
    assert_int_equal(cas_dense_reach(contact, dense, NULL), CASUS_OK);
    assert_int_equal(cas_sparse_reach(contact, sparse, NULL), CASUS_OK);
    assert_int_equal(cas_igraph_closeness(&hops, false, closeness, NULL), CASUS_OK);
    for (uint32_t v = 0; v < hops.n; v++) {
        assert_int_equal(dense[v].reached, sparse[v].reached);
        assert_near(dense[v].hops, sparse[v].hops, "hops", v);
        assert_near(dense[v].inverse, sparse[v].inverse, "inverse hops", v);
        if (dense[v].reached)
            assert_near(1 / dense[v].hops, closeness[v], "closeness", v);
    }
}

static void
compare_constraint(const struct cas_contact *contact)
{
    double dense[MOST], sparse[MOST];
    assert_int_equal(cas_dense_constraint(contact, dense, NULL), CASUS_OK);
    assert_int_equal(cas_sparse_constraint(contact, sparse, NULL), CASUS_OK);
    for (uint32_t v = 0; v < contact->arcs.n; v++)
        assert_near(dense[v], sparse[v], "constraint", v);
}

static void
ask_igraph(const struct cas_arcs *arcs, double damping, double *out_pagerank, double *out_core)
{
    igraph_vector_int_t ends, cores;
    igraph_vector_t weights, ranks;
    igraph_t graph;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_int_init(&cores, 0);
    igraph_vector_init(&weights, 0);
    igraph_vector_init(&ranks, 0);
    for (size_t i = 0; i < arcs->count; i++) {
        igraph_vector_int_push_back(&ends, arcs->from[i]);
        igraph_vector_int_push_back(&ends, arcs->to[i]);
        igraph_vector_push_back(&weights, arcs->weight[i]);
    }
    igraph_create(&graph, &ends, arcs->n, IGRAPH_DIRECTED);
    igraph_pagerank(&graph, IGRAPH_PAGERANK_ALGO_PRPACK, &ranks, NULL, igraph_vss_all(),
                    IGRAPH_DIRECTED, damping, &weights, NULL);
    igraph_coreness(&graph, &cores, IGRAPH_ALL);
    for (uint32_t v = 0; v < arcs->n; v++) {
        out_pagerank[v] = VECTOR(ranks)[v];
        out_core[v] = (double)VECTOR(cores)[v];
    }
    igraph_destroy(&graph);
    igraph_vector_destroy(&ranks);
    igraph_vector_destroy(&weights);
    igraph_vector_int_destroy(&cores);
    igraph_vector_int_destroy(&ends);
}

static void
compare_walks_and_cores(const struct cas_contact *contact)
{
    static const double dampings[] = {0, 0.5, 0.85, 0.99};
    double rank[MOST], core[MOST], oracle[MOST], oracle_core[MOST];
    double damping = dampings[draw(4)];
    ask_igraph(&contact->arcs, damping, oracle, oracle_core);
    assert_int_equal(cas_pagerank(contact, damping, rank, NULL), CASUS_OK);
    assert_int_equal(cas_coreness(contact, core, NULL), CASUS_OK);
    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        assert_near(rank[v], oracle[v], "PageRank", v);
        assert_near(core[v], oracle_core[v], "coreness", v);
    }
}

static void
kernels_agree_with_each_other_and_igraph(void **state)
{
    (void)state;
    for (int i = 0; i < GRAPHS; i++) {
        struct cas_contact *contact = draw_graph();
        compare_betweenness(contact);
        compare_reach(contact);
        compare_constraint(contact);
        compare_walks_and_cores(contact);
        cas_contact_free(contact);
    }
}

/* A ladder of 1,100 rungs, each doubling the paths: 2^1100 is beyond a double. */
static void
paths_beyond_a_double_are_told(void **state)
{
    enum { RUNGS = 1100, N = 3 * RUNGS + 1 };
    struct cas_contact_tie *ties = malloc(4 * RUNGS * sizeof *ties);
    double *out = malloc(N * sizeof *out);
    struct cas_contact *contact;
    size_t count = 0;
    (void)state;
    for (uint32_t a = 0; a < 3 * RUNGS; a += 3) {
        for (uint32_t middle = a + 1; middle <= a + 2; middle++) {
            ties[count++] = (struct cas_contact_tie){a, middle, 1, CASUS_ATTACK, true};
            ties[count++] = (struct cas_contact_tie){middle, a + 3, 1, CASUS_ATTACK, true};
        }
    }
    assert_int_equal(cas_contact_new(N, ties, count, &contact, NULL), CASUS_OK);
    bool dense = true, sparse = true;
    assert_int_equal(cas_dense_betweenness(contact, out, &dense, NULL), CASUS_OK);
    assert_int_equal(cas_sparse_betweenness(contact, out, &sparse, NULL), CASUS_OK);
    assert_false(dense);
    assert_false(sparse);
    cas_contact_free(contact);
    free(ties);
    free(out);
}

/* --- signs -------------------------------------------------------------------------------- */

static size_t
draw_dyads(uint32_t n, uint32_t share, struct cas_dyad *out, double *matrix)
{
    size_t count = 0;
    uint32_t hostile = draw(101);
    memset(matrix, 0, (size_t)n * n * sizeof *matrix);
    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = a + 1; b < n; b++) {
            if (draw(1000) >= share)
                continue;
            bool attack = draw(100) < hostile;
            out[count++] = (struct cas_dyad){.a = a, .b = b, .attack = attack, .support = !attack};
            matrix[(size_t)a * n + b] = matrix[(size_t)b * n + a] = attack ? -1 : 1;
        }
    }
    return count;
}

/* @return the dominant eigenvalue of all, or 0 where two are as large in size */
static double
dominant_of_all(uint32_t n, const double *matrix, bool *out_near)
{
    double values[MOST];
    assert_int_equal(cas_igraph_symmetric(n, matrix, values, NULL, NULL), CASUS_OK);
    bool low = -values[0] > values[n - 1];
    double first = low ? values[0] : values[n - 1];
    double second = low ? fmax(-values[1], values[n - 1]) : fmax(-values[0], values[n - 2]);
    double gap = 1 - second / fabs(first);
    *out_near = gap > 1e-10 && gap < 1e-6; /* where rounding may decide either way */
    return fabs(first) > 1e-9 && gap > 1e-9 ? first : 0;
}

static void
signed_vectors_are_those_of_all_eigenvalues(void **state)
{
    static struct cas_dyad dyads[MOST * MOST];
    static double matrix[MOST * MOST];
    uint32_t defined = 0, refused = 0;
    (void)state;
    for (int i = 0; i < GRAPHS; i++) {
        uint32_t n = 2 + draw(MOST - 1);
        double found[MOST];
        const char *why = NULL;
        bool near;
        size_t count = draw_dyads(n, i % 3 ? 40 + draw(960) : draw(40), dyads, matrix);
        double value = dominant_of_all(n, matrix, &near);
        assert_int_equal(
            cas_signed_eigenvector(n, dyads, count, CASUS_AMBIVALENT_OUT, found, &why, NULL),
            CASUS_OK);
        if (near)
            continue;
        assert_int_equal(value == 0, why != NULL);
        refused += value == 0;
        defined += value != 0;
        for (uint32_t v = 0; v < n && value != 0; v++) {
            double image = 0;
            for (uint32_t u = 0; u < n; u++)
                image += matrix[(size_t)v * n + u] * found[u];
            assert_true(fabs(found[v]) <= 1 + 1e-9);
            assert_near(image / value, found[v], "signed eigenvector", v);
        }
    }
    assert_true(defined > 10 && refused > 2);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    random_state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
    printf("seed %llu\n", (unsigned long long)seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_agree_with_each_other_and_igraph),
        cmocka_unit_test(paths_beyond_a_double_are_told),
        cmocka_unit_test(signed_vectors_are_those_of_all_eigenvalues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
