/* Every measure against a slow, obvious second version on random graphs of up to 8 actors, against
 * published tables, and on the edges: nobody, one actor, no ties, ties of weight 0.
 *
 * usage: test_measures [SEED]       prints the seed; SEED repeats a run
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/centrality/measure.h"

enum { MOST = 8, GRAPHS = 400 };

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
assert_near_at(double found, double expected, double tolerance, const char *what, int line)
{
    if (isnan(expected) ? isnan(found)
                        : fabs(found - expected) <= tolerance * fmax(1, fabs(expected))) {
        return;
    }
    fail_msg("line %d: %s: found %.17g, expected %.17g (seed %llu)", line, what, found, expected,
             (unsigned long long)seed);
}
#define assert_near(found, expected, what) assert_near_at(found, expected, 1e-9, what, __LINE__)

/* --- a graph as a matrix, the way the naive versions like it ------------------------------ */

struct naive {
    uint32_t n;
    double weight[MOST][MOST];
    bool arc[MOST][MOST], generic[MOST];
    double sum[2][MOST][MOST]; /* attack, support: by dyad, a < b */
    bool sign[2][MOST][MOST];
    struct cas_contact_tie ties[64];
    size_t tie_count;
};

static void
add_tie(struct naive *graph, uint32_t from, uint32_t to, double weight,
        enum casus_relation relation, bool directed)
{
    uint32_t a = from < to ? from : to, b = from < to ? to : from;

    graph->ties[graph->tie_count++] =
        (struct cas_contact_tie){from, to, weight, relation, directed};
    if (from == to) {
        return;
    }
    graph->arc[from][to] = true;
    graph->weight[from][to] += weight;
    if (!directed) {
        graph->arc[to][from] = true;
        graph->weight[to][from] += weight;
    }
    graph->sign[relation][a][b] = true;
    graph->sum[relation][a][b] += weight;
}

static void
make_random(struct naive *graph)
{
    static const uint32_t fullness[] = {2, 6, 12, 24, 40};
    uint32_t ties;

    memset(graph, 0, sizeof(*graph));
    graph->n = 1 + draw(MOST);
    ties = draw(1 + fullness[draw(5)]);
    for (uint32_t i = 0; i < ties; i++) {
        add_tie(graph, draw(graph->n), draw(graph->n), draw(6), (enum casus_relation)draw(2),
                draw(4) != 0);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        graph->generic[v] = draw(8) == 0;
    }
}

static struct casus_scores *
score(const struct naive *graph, const struct casus_scoring *scoring)
{
    struct casus_scores *scores = NULL;
    struct casus_error err = {0};
    enum casus_status status = cas_scores_of_ties(graph->n, graph->ties, graph->tie_count,
                                                  graph->generic, scoring, &scores, &err);
    if (status != CASUS_OK) {
        fail_msg("status %d: %s (seed %llu)", (int)status, err.text, (unsigned long long)seed);
    }
    return scores;
}

static void
compare(const struct casus_scores *scores, enum casus_measure measure, const double *expected,
        uint32_t n)
{
    for (uint32_t v = 0; v < n; v++) {
        assert_near(casus_scores_at(scores, measure, v), expected[v],
                    casus_measure_info(measure)->name);
        assert_int_equal(isnan(expected[v]), casus_scores_undefined(scores, measure, v) != NULL);
        assert_int_equal(isnan(expected[v]), casus_scores_rank(scores, measure, v) == 0);
    }
}

/* --- naive versions ----------------------------------------------------------------------- */

/* Solve matrix x = right by Gauss with pivots. False where it is singular. */
static bool
gauss(uint32_t n, double matrix[MOST][MOST], double *right)
{
    for (uint32_t c = 0; c < n; c++) {
        uint32_t pivot = c;
        for (uint32_t r = c; r < n; r++) {
            pivot = fabs(matrix[r][c]) > fabs(matrix[pivot][c]) ? r : pivot;
        }
        if (fabs(matrix[pivot][c]) < 1e-13) {
            return false;
        }
        for (uint32_t k = 0; k < n; k++) {
            double kept = matrix[c][k];
            matrix[c][k] = matrix[pivot][k];
            matrix[pivot][k] = kept;
        }
        double kept = right[c];
        right[c] = right[pivot];
        right[pivot] = kept;
        for (uint32_t r = 0; r < n; r++) {
            double factor = r == c ? 0 : matrix[r][c] / matrix[c][c];
            for (uint32_t k = 0; k < n; k++) {
                matrix[r][k] -= factor * matrix[c][k];
            }
            right[r] -= factor * right[c];
        }
    }
    for (uint32_t r = 0; r < n; r++) {
        right[r] /= matrix[r][r];
    }
    return true;
}

/* x = (1 − d)/n + d Pᵀx, a row without arcs going everywhere, as a system of equations. */
static void
naive_pagerank(const struct naive *graph, double damping, double *out)
{
    double matrix[MOST][MOST];
    uint32_t n = graph->n;

    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            double sum = 0;
            for (uint32_t k = 0; k < n; k++) {
                sum += graph->weight[j][k];
            }
            double step = sum > 0 ? graph->weight[j][i] / sum : 1.0 / n;
            matrix[i][j] = (i == j) - damping * step;
        }
        out[i] = (1 - damping) / n;
    }
    assert_true(gauss(n, matrix, out));
}

/* Eigenvalues and vectors (columns) of a symmetric matrix by Jacobi's rotations. */
static void
jacobi(uint32_t n, double a[2 * MOST][2 * MOST], double vectors[2 * MOST][2 * MOST])
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            vectors[i][j] = i == j;
        }
    }
    for (int sweep = 0; sweep < 100; sweep++) {
        for (uint32_t p = 0; p < n; p++) {
            for (uint32_t q = p + 1; q < n; q++) {
                if (a[p][q] == 0) {
                    continue;
                }
                double angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p]);
                double c = cos(angle), s = sin(angle);
                for (uint32_t k = 0; k < n; k++) {
                    double x = a[k][p], y = a[k][q];
                    a[k][p] = c * x - s * y;
                    a[k][q] = s * x + c * y;
                }
                for (uint32_t k = 0; k < n; k++) {
                    double x = a[p][k], y = a[q][k];
                    a[p][k] = c * x - s * y;
                    a[q][k] = s * x + c * y;
                    x = vectors[k][p], y = vectors[k][q];
                    vectors[k][p] = c * x - s * y;
                    vectors[k][q] = s * x + c * y;
                }
            }
        }
    }
}

/* The leading eigenvector, largest 1; NaN where the value is 0 or not alone. */
static void
naive_leading(uint32_t n, double matrix[2 * MOST][2 * MOST], double *out)
{
    double vectors[2 * MOST][2 * MOST], largest = 0;
    uint32_t best = 0;
    bool alone = true;

    jacobi(n, matrix, vectors);
    for (uint32_t i = 0; i < n; i++) {
        best = matrix[i][i] > matrix[best][best] ? i : best;
    }
    for (uint32_t i = 0; i < n; i++) {
        alone &= i == best || matrix[i][i] < matrix[best][best] * (1 - 1e-9);
        largest = fmax(largest, fabs(vectors[i][best]));
    }
    for (uint32_t i = 0; i < n; i++) {
        out[i] = alone && matrix[best][best] > 1e-12 ? fabs(vectors[i][best]) / largest : NAN;
    }
}

static void
naive_eigenvector(const struct naive *graph, double *out)
{
    double matrix[2 * MOST][2 * MOST] = {{0}};

    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            matrix[i][j] = graph->weight[i][j] + graph->weight[j][i];
        }
    }
    naive_leading(graph->n, matrix, out);
}

/* The vector of A Aᵀ (hubs), or of Aᵀ A (authorities): no doubled graph here. */
static void
naive_hits(const struct naive *graph, bool hubs, double *out)
{
    double matrix[2 * MOST][2 * MOST] = {{0}};

    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            for (uint32_t k = 0; k < graph->n; k++) {
                matrix[i][j] += hubs ? graph->weight[i][k] * graph->weight[j][k]
                                     : graph->weight[k][i] * graph->weight[k][j];
            }
        }
    }
    naive_leading(graph->n, matrix, out);
}

/* Distances by Floyd and Warshall; length of an arc: 1, or 1/weight (none of weight 0). */
static void
naive_distances(const struct naive *graph, bool reciprocal, double out[MOST][MOST])
{
    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            bool arc = graph->arc[i][j] && (!reciprocal || graph->weight[i][j] > 0);
            out[i][j] = i == j ? 0 : !arc ? INFINITY : reciprocal ? 1 / graph->weight[i][j] : 1;
        }
    }
    for (uint32_t k = 0; k < graph->n; k++) {
        for (uint32_t i = 0; i < graph->n; i++) {
            for (uint32_t j = 0; j < graph->n; j++) {
                out[i][j] = fmin(out[i][j], out[i][k] + out[k][j]);
            }
        }
    }
}

static void
naive_closeness(const struct naive *graph, const struct casus_scoring *scoring, double *closeness,
                double *harmonic)
{
    double far[MOST][MOST];

    naive_distances(graph, scoring->reciprocal, far);
    for (uint32_t i = 0; i < graph->n; i++) {
        double sum = 0, reached = 0;
        harmonic[i] = 0;
        for (uint32_t j = 0; j < graph->n; j++) {
            if (j != i && isfinite(far[i][j])) {
                sum += far[i][j];
                reached += 1;
                harmonic[i] += 1 / far[i][j];
            }
        }
        closeness[i] = reached > 0 ? (scoring->normalized ? reached : 1) / sum : NAN;
        if (scoring->normalized && graph->n > 1) {
            harmonic[i] /= graph->n - 1.0;
        }
    }
}

/* Walk every simple path; those as long as the shortest are counted, with whom they pass. */
struct paths {
    const struct naive *graph;
    bool reciprocal, on_path[MOST];
    double shortest, count, through[MOST];
};

static void
walk_paths(struct paths *paths, uint32_t at, uint32_t target, double length)
{
    const struct naive *graph = paths->graph;

    if (length > paths->shortest * (1 + 1e-9)) {
        return;
    }
    if (at == target) {
        paths->count += 1;
        for (uint32_t v = 0; v < graph->n; v++) {
            paths->through[v] += paths->on_path[v];
        }
        return;
    }
    paths->on_path[at] = true;
    for (uint32_t w = 0; w < graph->n; w++) {
        bool arc = graph->arc[at][w] && (!paths->reciprocal || graph->weight[at][w] > 0);
        if (arc && !paths->on_path[w]) {
            walk_paths(paths, w, target,
                       length + (paths->reciprocal ? 1 / graph->weight[at][w] : 1));
        }
    }
    paths->on_path[at] = false;
}

static void
naive_betweenness(const struct naive *graph, bool reciprocal, double *out)
{
    double far[MOST][MOST];

    naive_distances(graph, reciprocal, far);
    memset(out, 0, MOST * sizeof(*out));
    for (uint32_t s = 0; s < graph->n; s++) {
        for (uint32_t t = 0; t < graph->n; t++) {
            struct paths paths = {.graph = graph, .reciprocal = reciprocal};
            if (s == t || !isfinite(far[s][t])) {
                continue;
            }
            paths.shortest = far[s][t];
            walk_paths(&paths, s, t, 0);
            for (uint32_t v = 0; v < graph->n; v++) {
                out[v] += v == s ? 0 : paths.through[v] / paths.count;
            }
        }
    }
}

/* For each k: drop whoever keeps fewer than k arcs, again and again. */
static void
naive_coreness(const struct naive *graph, double *out)
{
    memset(out, 0, MOST * sizeof(*out));
    for (uint32_t k = 1; k <= 2 * MOST; k++) {
        bool in[MOST], changed = true;
        memset(in, true, sizeof(in));
        while (changed) {
            changed = false;
            for (uint32_t v = 0; v < graph->n; v++) {
                uint32_t arcs = 0;
                for (uint32_t w = 0; w < graph->n; w++) {
                    arcs += in[w] ? (uint32_t)graph->arc[v][w] + graph->arc[w][v] : 0;
                }
                changed |= in[v] && arcs < k;
                in[v] = in[v] && arcs >= k;
            }
        }
        for (uint32_t v = 0; v < graph->n; v++) {
            out[v] = in[v] ? k : out[v];
        }
    }
}

static void
naive_constraint(const struct naive *graph, double *out)
{
    double share[MOST][MOST] = {{0}};
    uint32_t n = graph->n;

    for (uint32_t i = 0; i < n; i++) {
        double sum = 0;
        for (uint32_t k = 0; k < n; k++) {
            sum += graph->weight[i][k] + graph->weight[k][i];
        }
        for (uint32_t j = 0; j < n && sum > 0; j++) {
            share[i][j] = (graph->weight[i][j] + graph->weight[j][i]) / sum;
        }
        out[i] = sum > 0 ? 0 : NAN;
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            double reach = share[i][j];
            for (uint32_t q = 0; q < n; q++) {
                reach += share[i][q] * share[q][j];
            }
            out[i] += i != j && share[i][j] > 0 ? reach * reach : 0;
        }
    }
}

static int
naive_sign(const struct naive *graph, uint32_t i, uint32_t j, enum casus_ambivalent ambivalent)
{
    uint32_t a = i < j ? i : j, b = i < j ? j : i;
    bool attack = graph->sign[CASUS_ATTACK][a][b], support = graph->sign[CASUS_SUPPORT][a][b];
    double net = graph->sum[CASUS_SUPPORT][a][b] - graph->sum[CASUS_ATTACK][a][b];

    if (!attack || !support) {
        return support - attack;
    }
    return ambivalent == CASUS_AMBIVALENT_POSITIVE   ? 1
           : ambivalent == CASUS_AMBIVALENT_NEGATIVE ? -1
           : ambivalent == CASUS_AMBIVALENT_NET      ? (net > 0) - (net < 0)
                                                     : 0;
}

static void
naive_signed(const struct naive *graph, enum casus_ambivalent ambivalent, double *degree,
             double *pn)
{
    double matrix[MOST][MOST], one[MOST];
    uint32_t n = graph->n;
    bool solved;

    for (uint32_t i = 0; i < n; i++) {
        degree[i] = 0;
        one[i] = 1;
        for (uint32_t j = 0; j < n; j++) {
            int sign = i == j ? 0 : naive_sign(graph, i, j, ambivalent);
            degree[i] += sign;
            matrix[i][j] = (i == j) - (sign < 0 ? -2.0 : sign) / (2.0 * n - 2);
        }
    }
    solved = n > 1 && gauss(n, matrix, one);
    for (uint32_t i = 0; i < n; i++) {
        pn[i] = solved ? one[i] : NAN;
    }
}

/* --- random graphs ------------------------------------------------------------------------ */

static void
check_counts(const struct naive *graph, const struct casus_scores *scores)
{
    double degree[2][MOST] = {{0}}, strength[2][MOST] = {{0}};
    uint64_t arcs = 0;

    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            degree[0][j] += graph->arc[i][j];
            degree[1][i] += graph->arc[i][j];
            strength[0][j] += graph->weight[i][j];
            strength[1][i] += graph->weight[i][j];
            arcs += graph->arc[i][j];
        }
    }
    compare(scores, CASUS_IN_DEGREE, degree[0], graph->n);
    compare(scores, CASUS_OUT_DEGREE, degree[1], graph->n);
    compare(scores, CASUS_IN_STRENGTH, strength[0], graph->n);
    compare(scores, CASUS_OUT_STRENGTH, strength[1], graph->n);
    assert_int_equal(casus_scores_arc_count(scores), arcs);
}

static void
check_parts(const struct naive *graph, const struct casus_scores *scores)
{
    struct naive both = *graph;
    double far[MOST][MOST];
    uint32_t parts = 0;

    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            both.arc[i][j] = graph->arc[i][j] || graph->arc[j][i];
        }
    }
    naive_distances(&both, false, far);
    for (uint32_t i = 0; i < graph->n; i++) {
        bool first = true;
        for (uint32_t j = 0; j < i; j++) {
            first &= !isfinite(far[i][j]);
        }
        parts += first;
    }
    assert_int_equal(casus_scores_component_count(scores), parts);
}

static void
check_ambivalent(const struct naive *graph, const struct casus_scores *scores)
{
    uint32_t found = 0, pair[2];

    for (uint32_t a = 0; a < graph->n; a++) {
        for (uint32_t b = a + 1; b < graph->n; b++) {
            if (graph->sign[0][a][b] && graph->sign[1][a][b]) {
                assert_true(found < casus_scores_ambivalent_count(scores));
                casus_scores_ambivalent_at(scores, found++, pair);
                assert_int_equal(pair[0], a);
                assert_int_equal(pair[1], b);
            }
        }
    }
    assert_int_equal(casus_scores_ambivalent_count(scores), found);
}

/* What is left when nobody's names are taken out. */
static struct naive
named_only(const struct naive *graph)
{
    struct naive named = *graph;

    for (uint32_t i = 0; i < graph->n; i++) {
        for (uint32_t j = 0; j < graph->n; j++) {
            if (graph->generic[i] || graph->generic[j]) {
                named.arc[i][j] = false;
                named.weight[i][j] = 0;
            }
        }
    }
    return named;
}

static void
check_brokers(const struct naive *graph, const struct casus_scoring *scoring,
              const struct casus_scores *scores)
{
    struct naive named = scoring->with_generic ? *graph : named_only(graph);
    double between[MOST], constraint[MOST], n = 0;

    naive_betweenness(&named, scoring->reciprocal, between);
    naive_constraint(&named, constraint);
    for (uint32_t v = 0; v < graph->n; v++) {
        n += scoring->with_generic || !graph->generic[v];
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        between[v] /= scoring->normalized && n > 2 ? (n - 1) * (n - 2) : 1;
        if (!scoring->with_generic && graph->generic[v]) {
            between[v] = constraint[v] = NAN;
        }
    }
    compare(scores, CASUS_BETWEENNESS, between, graph->n);
    compare(scores, CASUS_CONSTRAINT, constraint, graph->n);
}

static void
check_all(const struct naive *graph, const struct casus_scoring *scoring)
{
    struct casus_scores *scores = score(graph, scoring);
    double one[MOST], two[MOST];

    check_counts(graph, scores);
    check_parts(graph, scores);
    check_ambivalent(graph, scores);
    check_brokers(graph, scoring, scores);
    naive_pagerank(graph, scoring->damping_given ? scoring->damping : 0.85, one);
    compare(scores, CASUS_PAGERANK, one, graph->n);
    naive_hits(graph, true, one);
    compare(scores, CASUS_HUB, one, graph->n);
    naive_hits(graph, false, one);
    compare(scores, CASUS_AUTHORITY, one, graph->n);
    naive_eigenvector(graph, one);
    compare(scores, CASUS_EIGENVECTOR, one, graph->n);
    naive_closeness(graph, scoring, one, two);
    compare(scores, CASUS_CLOSENESS, one, graph->n);
    compare(scores, CASUS_HARMONIC, two, graph->n);
    naive_coreness(graph, one);
    compare(scores, CASUS_CORENESS, one, graph->n);
    naive_signed(graph, scoring->ambivalent, one, two);
    compare(scores, CASUS_SIGNED_DEGREE, one, graph->n);
    compare(scores, CASUS_PN, two, graph->n);
    casus_scores_free(scores);
}

static void
every_measure_agrees_with_its_naive_version(void **state)
{
    static const struct casus_scoring scorings[] = {
        {0},
        {.reciprocal = true},
        {.normalized = true, .ambivalent = CASUS_AMBIVALENT_NET},
        {.reciprocal = true, .normalized = true, .ambivalent = CASUS_AMBIVALENT_POSITIVE},
        {.with_generic = true, .ambivalent = CASUS_AMBIVALENT_NEGATIVE},
        {.with_generic = true, .normalized = true, .damping_given = true, .damping = 0},
        {.damping_given = true, .damping = 0.99},
    };
    struct naive graph;

    for (int i = 0; i < GRAPHS; i++) {
        make_random(&graph);
        for (size_t k = 0; k < sizeof(scorings) / sizeof(*scorings); k++) {
            check_all(&graph, &scorings[k]);
        }
    }
}

/* The order of ties is nobody's business; nor do numbers of actors change more than labels. */
static void
reordering_ties_changes_no_bit(void **state)
{
    struct naive graph, other;

    for (int i = 0; i < GRAPHS; i++) {
        struct casus_scores *a, *b;
        make_random(&graph);
        other = graph;
        for (size_t k = other.tie_count; k > 1; k--) {
            struct cas_contact_tie *swap = &other.ties[draw((uint32_t)k)], kept = *swap;
            *swap = other.ties[k - 1];
            other.ties[k - 1] = kept;
        }
        a = score(&graph, NULL);
        b = score(&other, NULL);
        for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
            for (uint32_t v = 0; v < graph.n; v++) {
                double x = casus_scores_at(a, m, v), y = casus_scores_at(b, m, v);
                assert_true(isnan(x) ? isnan(y) : x == y);
            }
        }
        casus_scores_free(a);
        casus_scores_free(b);
    }
}

/* --- known answers ------------------------------------------------------------------------ */

struct table {
    uint32_t n;
    size_t count;
    struct cas_contact_tie ties[64];
};

static void
table_add(struct table *table, uint32_t from, uint32_t to, enum casus_relation relation,
          bool directed)
{
    table->ties[table->count++] = (struct cas_contact_tie){from, to, 1, relation, directed};
}

static struct casus_scores *
score_table(const struct table *table, const struct casus_scoring *scoring)
{
    static const bool generic[1024];
    struct casus_scores *scores = NULL;

    assert_int_equal(
        cas_scores_of_ties(table->n, table->ties, table->count, generic, scoring, &scores, NULL),
        CASUS_OK);
    return scores;
}

/* Krackhardt 1990; actors Andre to Jane. */
static void
krackhardts_kite_has_its_published_betweenness(void **state)
{
    static const uint8_t pairs[][2] = {{0, 1}, {0, 2}, {0, 3}, {0, 5}, {1, 3}, {1, 4},
                                       {1, 6}, {2, 3}, {2, 5}, {3, 4}, {3, 5}, {3, 6},
                                       {4, 6}, {5, 6}, {5, 7}, {6, 7}, {7, 8}, {8, 9}};
    static const double published[] = {0.833, 0.833, 0, 3.667, 0, 8.333, 8.333, 14, 8, 0};
    struct table table = {.n = 10};
    struct casus_scores *scores;

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        table_add(&table, pairs[i][0], pairs[i][1], CASUS_ATTACK, false);
    }
    scores = score_table(&table, NULL);
    for (uint32_t v = 0; v < 10; v++) { /* each pair is counted both ways */
        assert_near_at(casus_scores_at(scores, CASUS_BETWEENNESS, v) / 2, published[v], 5e-4,
                       "betweenness", __LINE__);
    }
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 7), 1);
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 5), 2);
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 6), 2);
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 8), 4);
    casus_scores_free(scores);
}

/* Padgett and Ansell 1993, marriages, without Pucci: Acciaiuoli 0, Albizzi 1, Barbadori 2, Bischeri
 * 3, Castellani 4, Ginori 5, Guadagni 6, Lamberteschi 7, Medici 8, Pazzi 9, Peruzzi 10, Ridolfi 11,
 * Salviati 12, Strozzi 13, Tornabuoni 14. */
static void
the_medici_have_their_published_scores(void **state)
{
    static const uint8_t pairs[][2] = {
        {0, 8},  {1, 5}, {1, 6},  {1, 8},  {2, 4},  {2, 8},  {3, 6},  {3, 10},  {3, 13},  {4, 10},
        {4, 13}, {6, 7}, {6, 14}, {8, 11}, {8, 12}, {8, 14}, {9, 12}, {10, 13}, {11, 13}, {11, 14}};
    static const struct casus_scoring normalized = {.normalized = true};
    struct table table = {.n = 15};
    struct casus_scores *scores;

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        table_add(&table, pairs[i][0], pairs[i][1], CASUS_SUPPORT, false);
    }
    scores = score_table(&table, &normalized);
    assert_near_at(casus_scores_at(scores, CASUS_BETWEENNESS, 8), 0.522, 5e-4, "betweenness",
                   __LINE__);
    assert_near_at(casus_scores_at(scores, CASUS_CLOSENESS, 8), 0.560, 5e-4, "closeness", __LINE__);
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 8), 1);
    assert_int_equal(casus_scores_component_count(scores), 1);
    casus_scores_free(scores);
}

/* The example of the vignette of the R package signnet (after Everett and Borgatti 2014). */
static void
the_pn_index_is_that_of_the_vignette(void **state)
{
    static const uint8_t positive[][2] = {{1, 2}, {1, 4}, {2, 3}, {2, 5},  {3, 4}, {4, 5}, {5, 6},
                                          {6, 7}, {6, 9}, {7, 8}, {7, 10}, {8, 9}, {9, 10}};
    static const uint8_t negative[][2] = {{1, 8}, {1, 9}, {2, 4}, {2, 6},  {2, 7},  {3, 5}, {3, 9},
                                          {4, 6}, {4, 7}, {5, 8}, {5, 10}, {6, 10}, {7, 9}};
    static const double published[] = {0.9009747, 0.8613482, 0.9076997, 0.8613482, 0.8410658,
                                       0.8496558, 0.8617321, 0.9015909, 0.8509848, 0.9072930};
    struct table table = {.n = 10};
    struct casus_scores *scores;

    for (size_t i = 0; i < 13; i++) {
        table_add(&table, positive[i][0] - 1u, positive[i][1] - 1u, CASUS_SUPPORT, true);
        table_add(&table, negative[i][1] - 1u, negative[i][0] - 1u, CASUS_ATTACK, i % 2);
    }
    scores = score_table(&table, NULL);
    for (uint32_t v = 0; v < 10; v++) {
        assert_near_at(casus_scores_at(scores, CASUS_PN, v), published[v], 5e-8, "pn", __LINE__);
    }
    assert_int_equal(casus_scores_rank(scores, CASUS_PN, 2), 1);
    assert_int_equal(casus_scores_rank(scores, CASUS_PN, 1),
                     casus_scores_rank(scores, CASUS_PN, 3));
    casus_scores_free(scores);
}

/* --- edges -------------------------------------------------------------------------------- */

static void
nobody_at_all_is_a_graph(void **state)
{
    struct table table = {.n = 0};
    struct casus_scores *scores = score_table(&table, NULL);

    assert_int_equal(casus_scores_arc_count(scores), 0);
    assert_int_equal(casus_scores_component_count(scores), 0);
    casus_scores_free(scores);
}

static void
an_actor_alone_has_what_needs_nobody_else(void **state)
{
    struct table table = {.n = 1};
    struct casus_scores *scores;
    static const enum casus_measure undefined[] = {
        CASUS_HUB,        CASUS_AUTHORITY, CASUS_EIGENVECTOR,       CASUS_CLOSENESS,
        CASUS_CONSTRAINT, CASUS_PN,        CASUS_SIGNED_EIGENVECTOR};

    table_add(&table, 0, 0, CASUS_ATTACK, true); /* a tie to oneself is none */
    scores = score_table(&table, &(struct casus_scoring){.normalized = true});
    assert_near(casus_scores_at(scores, CASUS_PAGERANK, 0), 1, "pagerank");
    assert_near(casus_scores_at(scores, CASUS_HARMONIC, 0), 0, "harmonic");
    assert_near(casus_scores_at(scores, CASUS_BETWEENNESS, 0), 0, "betweenness");
    assert_int_equal(casus_scores_rank(scores, CASUS_PAGERANK, 0), 1);
    for (size_t i = 0; i < sizeof(undefined) / sizeof(*undefined); i++) {
        assert_true(isnan(casus_scores_at(scores, undefined[i], 0)));
        assert_non_null(casus_scores_undefined(scores, undefined[i], 0));
        assert_int_equal(casus_scores_rank(scores, undefined[i], 0), 0);
    }
    casus_scores_free(scores);
}

static void
parts_that_tie_leave_the_leading_value_undefined(void **state)
{
    struct table table = {.n = 6};
    struct casus_scores *scores;

    table_add(&table, 0, 1, CASUS_ATTACK, true);
    table_add(&table, 2, 3, CASUS_ATTACK, true);
    scores = score_table(&table, NULL);
    assert_non_null(strstr(casus_scores_undefined(scores, CASUS_HUB, 0), "not simple"));
    assert_non_null(strstr(casus_scores_undefined(scores, CASUS_AUTHORITY, 5), "not simple"));
    assert_non_null(strstr(casus_scores_undefined(scores, CASUS_EIGENVECTOR, 4), "not simple"));
    casus_scores_free(scores);

    table_add(&table, 3, 2, CASUS_SUPPORT, true); /* now 2 and 3 lead, but not as hubs */
    scores = score_table(&table, NULL);
    assert_near(casus_scores_at(scores, CASUS_EIGENVECTOR, 2), 1, "eigenvector");
    assert_true(casus_scores_at(scores, CASUS_EIGENVECTOR, 0) == 0);
    assert_non_null(casus_scores_undefined(scores, CASUS_HUB, 2));
    casus_scores_free(scores);
}

static void
a_tie_of_weight_zero_is_a_tie_but_weighs_nothing(void **state)
{
    struct table table = {.n = 3};
    struct casus_scores *scores;

    table_add(&table, 0, 1, CASUS_ATTACK, true);
    table_add(&table, 1, 2, CASUS_SUPPORT, true);
    table.ties[0].weight = 0;
    scores = score_table(&table, NULL);
    assert_near(casus_scores_at(scores, CASUS_OUT_DEGREE, 0), 1, "out_degree");
    assert_near(casus_scores_at(scores, CASUS_BETWEENNESS, 1), 1, "betweenness");
    assert_near(casus_scores_at(scores, CASUS_SIGNED_DEGREE, 0), -1, "signed_degree");
    assert_true(isnan(casus_scores_at(scores, CASUS_CONSTRAINT, 0)));
    assert_true(casus_scores_at(scores, CASUS_HUB, 0) == 0);
    assert_near(casus_scores_at(scores, CASUS_HUB, 1), 1, "hub");
    casus_scores_free(scores);
}

static void
two_at_war_have_no_pn_and_two_allies_have(void **state)
{
    struct table table = {.n = 2};
    struct casus_scores *scores;

    table_add(&table, 0, 1, CASUS_SUPPORT, true);
    scores = score_table(&table, NULL);
    assert_near(casus_scores_at(scores, CASUS_PN, 0), 2, "pn"); /* x = 1 + x / 2 */
    casus_scores_free(scores);
    table.ties[0].relation = CASUS_ATTACK;
    scores = score_table(&table, NULL);
    assert_true(isnan(casus_scores_at(scores, CASUS_PN, 0)));
    casus_scores_free(scores);
}

/* A balanced complete graph is one of friends seen from a camp: the vector tells the camps. */
static void
the_signed_eigenvector_of_two_camps_tells_the_camps(void **state)
{
    struct table table = {.n = 7};
    struct casus_scores *scores;

    for (uint32_t a = 0; a < 6; a++) {
        for (uint32_t b = a + 1; b < 6; b++) {
            table_add(&table, a, b, (a < 4) == (b < 4) ? CASUS_SUPPORT : CASUS_ATTACK, true);
        }
    }
    scores = score_table(&table, NULL);
    for (uint32_t v = 0; v < 7; v++) {
        double expected = v == 6 ? 0 : v < 4 ? 1 : -1;
        assert_near(casus_scores_at(scores, CASUS_SIGNED_EIGENVECTOR, v), expected, "signed");
    }
    assert_true(casus_scores_at(scores, CASUS_SIGNED_EIGENVECTOR, 6) == 0);
    assert_int_equal(casus_scores_rank(scores, CASUS_SIGNED_EIGENVECTOR, 0), 1);
    assert_int_equal(casus_scores_rank(scores, CASUS_SIGNED_EIGENVECTOR, 4), 6);
    casus_scores_free(scores);
}

/* A tie has the eigenvalues 1 and −1; two triangles of friends have 2 twice; all foes of all foes
 * have −2 once, so it is defined, and 1 twice does not matter. */
static void
without_a_dominant_eigenvalue_there_is_no_signed_eigenvector(void **state)
{
    struct table table = {.n = 6};
    struct casus_scores *scores;

    table_add(&table, 0, 1, CASUS_ATTACK, true);
    scores = score_table(&table, NULL);
    assert_non_null(strstr(casus_scores_undefined(scores, CASUS_SIGNED_EIGENVECTOR, 0),
                           "no dominant eigenvalue"));
    casus_scores_free(scores);

    table_add(&table, 1, 2, CASUS_ATTACK, true);
    table_add(&table, 0, 2, CASUS_ATTACK, true);
    scores = score_table(&table, NULL);
    for (uint32_t v = 0; v < 6; v++) {
        assert_near(casus_scores_at(scores, CASUS_SIGNED_EIGENVECTOR, v), v < 3, "all foes");
    }
    casus_scores_free(scores);

    for (uint32_t v = 3; v < 6; v++) {
        table_add(&table, v, v < 5 ? v + 1 : 3, CASUS_SUPPORT, true);
    }
    scores = score_table(&table, NULL); /* −2 and 2 */
    assert_non_null(casus_scores_undefined(scores, CASUS_SIGNED_EIGENVECTOR, 0));
    casus_scores_free(scores);
}

static void
damping_outside_its_range_is_refused(void **state)
{
    static const double bad[] = {-0.1, 1, 2, INFINITY, NAN};
    static const bool generic[1];

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct casus_scoring scoring = {.damping_given = true, .damping = bad[i]};
        struct casus_scores *scores = NULL;
        struct casus_error err = {0};
        assert_int_equal(cas_scores_of_ties(1, NULL, 0, generic, &scoring, &scores, &err),
                         CASUS_EINVAL);
        assert_int_equal(err.code, 170);
        assert_null(scores);
    }
}

static void
ranks_share_within_the_tolerance_and_leave_a_gap(void **state)
{
    static const struct {
        double scores[4];
        bool low;
        uint32_t ranks[4];
    } cases[] = {
        {{5, 3, 3, 1}, false, {1, 2, 2, 4}},
        {{5, 3, 3, 1}, true, {4, 2, 2, 1}},
        {{1, 1 + 4e-10, 1 - 4e-10, 1}, false, {1, 1, 1, 1}},
        {{1, 1 + 3e-9, 1, 0}, false, {2, 1, 2, 4}},
        {{1 + 1.8e-9, 1 + 0.9e-9, 1, 0}, false, {1, 1, 3, 4}}, /* no chains */
        {{NAN, 2, NAN, 3}, false, {0, 2, 0, 1}},
        {{0, 0, -1, 1e-300}, false, {2, 2, 4, 1}},
        {{NAN, NAN, NAN, NAN}, true, {0, 0, 0, 0}},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint32_t ranks[4];
        assert_int_equal(cas_ranks(cases[i].scores, 4, cases[i].low, ranks, NULL), CASUS_OK);
        for (int k = 0; k < 4; k++) {
            assert_int_equal(ranks[k], cases[i].ranks[k]);
        }
    }
}

/* By definition: the highest that is left is next, of equals the actor that comes first. */
static void
naive_ranks(const double *scores, uint32_t n, bool low_is_first, uint32_t *out)
{
    bool taken[512] = {false};
    double first = 0;
    uint32_t rank = 0;

    memset(out, 0, n * sizeof(*out));
    for (uint32_t place = 1; place <= n; place++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t v = 0; v < n; v++) {
            bool candidate = !taken[v] && !isnan(scores[v]);
            if (candidate && (best == UINT32_MAX || (low_is_first ? scores[v] < scores[best]
                                                                  : scores[v] > scores[best]))) {
                best = v;
            }
        }
        if (best == UINT32_MAX) {
            return;
        }
        taken[best] = true;
        double larger = fmax(fabs(first), fabs(scores[best]));
        if (place == 1 || fabs(first - scores[best]) > 1e-9 * larger) {
            first = scores[best];
            rank = place;
        }
        out[best] = rank;
    }
}

static void
ranks_of_many_are_those_of_the_definition(void **state)
{
    enum { LONGEST = 300 };
    double scores[LONGEST];
    uint32_t found[LONGEST], wanted[LONGEST];
    unsigned luck = 7;

    for (uint32_t round = 0; round < 40; round++) {
        uint32_t n = round * 8 + 1 > LONGEST ? LONGEST : round * 8 + 1;
        for (uint32_t v = 0; v < n; v++) {
            luck = luck * 1103515245u + 12345u;
            unsigned drawn = luck >> 16 & 0x7fff;
            scores[v] = round % 4 == 0   ? drawn % 5            /* few values */
                        : round % 4 == 1 ? drawn / 1e7 - 0.0016 /* of both signs */
                        : drawn % 9 == 0 ? NAN
                        : drawn % 2      ? -0.0
                        : drawn % 3      ? 1e300 / (1 + drawn % 7)
                                         : -1e-300 * (drawn % 7);
        }
        cas_ranks(scores, n, round % 2, found, NULL);
        naive_ranks(scores, n, round % 2, wanted);
        for (uint32_t v = 0; v < n; v++) {
            assert_int_equal(found[v], wanted[v]);
        }
    }
}

static void
compare_one(const struct casus_scores *one, const struct casus_scores *all, int measure)
{
    int other = (measure + 1) % CASUS_MEASURE_COUNT;

    for (uint32_t v = 0; v < 4; v++) {
        double wanted = casus_scores_at(all, measure, v), got = casus_scores_at(one, measure, v);
        assert_true(isnan(wanted) ? isnan(got) : got == wanted);
        assert_int_equal(casus_scores_rank(one, measure, v), casus_scores_rank(all, measure, v));
        assert_true(isnan(casus_scores_at(one, other, v)));
        assert_int_equal(casus_scores_rank(one, other, v), 0);
        assert_non_null(casus_scores_undefined(one, other, v));
    }
}

/* What is asked for is as among all; the others are not defined. */
static void
a_measure_alone_is_as_among_all(void **state)
{
    struct cas_contact_tie ties[] = {{0, 1, 2, CASUS_ATTACK, true},
                                     {1, 2, 1, CASUS_ATTACK, false},
                                     {2, 3, 4, CASUS_SUPPORT, true},
                                     {3, 0, 1, CASUS_ATTACK, true}};
    bool generic[4] = {false, false, false, true};
    struct casus_scores *all, *one;

    for (int reciprocal = 0; reciprocal < 2; reciprocal++) {
        struct casus_scoring scoring = {.reciprocal = reciprocal};
        assert_int_equal(cas_scores_of_ties(4, ties, 4, generic, &scoring, &all, NULL), CASUS_OK);
        for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
            scoring.measures = CASUS_BIT(m);
            assert_int_equal(cas_scores_of_ties(4, ties, 4, generic, &scoring, &one, NULL),
                             CASUS_OK);
            compare_one(one, all, m);
            casus_scores_free(one);
        }
        casus_scores_free(all);
    }
}

/* A path of 400 actors: eigenvector k is sin(k π / 401), and its gap is small. */
static void
a_long_path_has_its_known_eigenvector(void **state)
{
    enum { N = 400 };
    static const double pi = 3.14159265358979323846;
    struct cas_contact_tie ties[N];
    struct cas_contact *contact = NULL;
    const char *why = NULL;
    double found[N];

    for (uint32_t v = 0; v + 1 < N; v++) {
        ties[v] = (struct cas_contact_tie){v, v + 1, 3, CASUS_ATTACK, true};
    }
    assert_int_equal(cas_contact_new(N, ties, N - 1, &contact, NULL), CASUS_OK);
    assert_int_equal(cas_eigenvector(contact, found, &why, NULL), CASUS_OK);
    for (uint32_t v = 0; v < N; v++) {
        assert_near(found[v], sin((v + 1) * pi / (N + 1)) / sin(N / 2 * pi / (N + 1)),
                    "eigenvector");
    }
    cas_contact_free(contact);
}

/* 2 ^ 1100 shortest paths: more than a double holds. */
static void
paths_beyond_counting_are_said_to_be_so(void **state)
{
    enum { STEPS = 1100, N = 3 * STEPS + 1 };
    struct cas_contact_tie *ties = calloc(4 * STEPS, sizeof(*ties));
    bool *generic = calloc(N, sizeof(*generic));
    struct casus_scores *scores = NULL;

    for (uint32_t s = 0; s < STEPS; s++) {
        for (uint32_t k = 0; k < 4; k++) {
            uint32_t middle = 3 * s + 1 + k % 2;
            ties[4 * s + k] = (struct cas_contact_tie){
                k < 2 ? 3 * s : middle, k < 2 ? middle : 3 * s + 3, 1, CASUS_ATTACK, true};
        }
    }
    assert_int_equal(cas_scores_of_ties(N, ties, 4 * STEPS, generic, NULL, &scores, NULL),
                     CASUS_OK);
    assert_true(isnan(casus_scores_at(scores, CASUS_BETWEENNESS, 0)));
    assert_true(isnan(casus_scores_at(scores, CASUS_BETWEENNESS, N - 1)));
    assert_int_equal(casus_scores_rank(scores, CASUS_BETWEENNESS, 0), 0);
    assert_string_equal(casus_scores_undefined(scores, CASUS_BETWEENNESS, 0),
                        "more shortest paths than can be counted");
    casus_scores_free(scores);
    free(generic);
    free(ties);
}

/* 0, 1, 2 … allocations succeed, until the whole does. */
static void
any_allocation_may_fail(void **state)
{
    struct naive graph;
    struct casus_scores *scores = NULL;
    enum casus_status status = CASUS_ENOMEM;

    random_state = 99;
    do {
        make_random(&graph);
    } while (graph.n < 6 || graph.tie_count < 12);
    for (long allowed = 0; status != CASUS_OK; allowed++) {
        struct casus_error err = {0};
        assert_true(allowed < 10000);
        assert_null(scores);
        cas_mem_fail_after(allowed);
        status = cas_scores_of_ties(graph.n, graph.ties, graph.tie_count, graph.generic, NULL,
                                    &scores, &err);
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || (status == CASUS_ENOMEM && err.code == 183));
    }
    casus_scores_free(scores);
}

static int
seed_again(void **state)
{
    random_state = seed * 0x9e3779b97f4a7c15u + 1;
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_measure_agrees_with_its_naive_version, seed_again),
        cmocka_unit_test_setup(reordering_ties_changes_no_bit, seed_again),
        cmocka_unit_test(krackhardts_kite_has_its_published_betweenness),
        cmocka_unit_test(the_medici_have_their_published_scores),
        cmocka_unit_test(the_pn_index_is_that_of_the_vignette),
        cmocka_unit_test(nobody_at_all_is_a_graph),
        cmocka_unit_test(an_actor_alone_has_what_needs_nobody_else),
        cmocka_unit_test(parts_that_tie_leave_the_leading_value_undefined),
        cmocka_unit_test(a_tie_of_weight_zero_is_a_tie_but_weighs_nothing),
        cmocka_unit_test(two_at_war_have_no_pn_and_two_allies_have),
        cmocka_unit_test(the_signed_eigenvector_of_two_camps_tells_the_camps),
        cmocka_unit_test(without_a_dominant_eigenvalue_there_is_no_signed_eigenvector),
        cmocka_unit_test(damping_outside_its_range_is_refused),
        cmocka_unit_test(ranks_share_within_the_tolerance_and_leave_a_gap),
        cmocka_unit_test(ranks_of_many_are_those_of_the_definition),
        cmocka_unit_test(a_measure_alone_is_as_among_all),
        cmocka_unit_test(a_long_path_has_its_known_eigenvector),
        cmocka_unit_test(paths_beyond_counting_are_said_to_be_so),
        cmocka_unit_test(any_allocation_may_fail),
    };

    seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    printf("seed %llu\n", (unsigned long long)seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
