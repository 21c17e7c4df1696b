/* Shortest paths by others: igraph, and a search written for nothing but to be plain. */
#ifndef PATHS_ORACLE_H
#define PATHS_ORACLE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <igraph.h>

#include "analysis/centrality/lengths.h"
#include "base/parallel.h"

/* --- ours, all chunks ------------------------------------------------------------------------- */

struct hop_run {
    struct cas_between *between;
    struct cas_reaching *reaching;
};

static inline void
run_between(void *context, size_t chunk)
{
    struct hop_run *run = context;
    assert_int_equal(cas_between_run(run->between, (uint32_t)chunk, NULL, NULL, NULL), CASUS_OK);
}

static inline void
run_reach(void *context, size_t chunk)
{
    struct hop_run *run = context;
    assert_int_equal(cas_reaching_run(run->reaching, (uint32_t)chunk, NULL), CASUS_OK);
}

/* @return whether paths could be counted */
static inline bool
ask_kernels(const struct cas_contact *contact, unsigned threads, double *out_between,
            struct cas_reach *out_reach)
{
    struct cas_compact *compact;
    struct hop_run run;
    assert_int_equal(cas_compact_new(contact, &compact, NULL), CASUS_OK);
    assert_int_equal(cas_between_new(compact, &run.between, NULL), CASUS_OK);
    assert_int_equal(cas_reaching_new(compact, &run.reaching, NULL), CASUS_OK);
    cas_parallel(threads, cas_between_chunks(run.between), run_between, &run);
    cas_parallel(threads, cas_reaching_chunks(run.reaching), run_reach, &run);
    bool countable = cas_between_sum(run.between, out_between);
    cas_reaching_sum(run.reaching, out_reach);
    cas_between_free(run.between);
    cas_reaching_free(run.reaching);
    cas_compact_free(compact);
    return countable;
}

static inline bool
ask_lengths(const struct cas_contact *contact, unsigned threads, double *out_between,
            struct cas_reach *out_reach)
{
    struct cas_lengths_job job = {
        .weighted = contact, .threads = threads, .between = out_between, .reach = out_reach};
    bool countable;
    assert_int_equal(cas_lengths_run(&job, &countable, NULL), CASUS_OK);
    return countable;
}

/* --- igraph ----------------------------------------------------------------------------------- */

struct igraph_answers {
    igraph_vector_t between, closeness, harmonic;
};

static inline void
igraph_answers_done(struct igraph_answers *answers)
{
    igraph_vector_destroy(&answers->between);
    igraph_vector_destroy(&answers->closeness);
    igraph_vector_destroy(&answers->harmonic);
}

/* By lengths 1/weight, or by hops. Closeness is NaN for one that reaches nobody. */
static inline void
ask_igraph_paths(const struct cas_arcs *arcs, bool lengths, struct igraph_answers *out)
{
    igraph_vector_int_t ends;
    igraph_vector_t length;
    igraph_t graph;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&length, 0);
    for (size_t i = 0; i < arcs->count; i++) {
        igraph_vector_int_push_back(&ends, arcs->from[i]);
        igraph_vector_int_push_back(&ends, arcs->to[i]);
        igraph_vector_push_back(&length, 1 / arcs->weight[i]);
    }
    igraph_create(&graph, &ends, arcs->n, IGRAPH_DIRECTED);
    igraph_vector_init(&out->between, 0);
    igraph_vector_init(&out->closeness, 0);
    igraph_vector_init(&out->harmonic, 0);
    const igraph_vector_t *by = lengths ? &length : NULL;
    igraph_betweenness(&graph, &out->between, igraph_vss_all(), IGRAPH_DIRECTED, by);
    igraph_closeness(&graph, &out->closeness, NULL, NULL, igraph_vss_all(), IGRAPH_OUT, by, false);
    igraph_harmonic_centrality(&graph, &out->harmonic, igraph_vss_all(), IGRAPH_OUT, by, false);
    igraph_destroy(&graph);
    igraph_vector_destroy(&length);
    igraph_vector_int_destroy(&ends);
}

/* --- plain ------------------------------------------------------------------------------------ */

/* Brandes from each source, one number at a time. `out`: n. Lengths are hops. */
static inline void
ask_plainly(const struct cas_contact *contact, double *out)
{
    uint32_t n = contact->arcs.n, *queue = calloc(n + 1, sizeof *queue);
    int *hops = calloc(n + 1, sizeof *hops);
    double *paths = calloc(n + 1, sizeof *paths), *owed = calloc(n + 1, sizeof *owed);
    for (uint32_t v = 0; v < n; v++)
        out[v] = 0;
    for (uint32_t source = 0; source < n; source++) {
        uint32_t count = 0;
        for (uint32_t v = 0; v < n; v++)
            hops[v] = -1, paths[v] = owed[v] = 0;
        hops[source] = 0, paths[source] = 1, queue[count++] = source;
        for (uint32_t k = 0; k < count; k++) {
            uint32_t v = queue[k];
            for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
                uint32_t w = contact->arcs.to[i];
                if (hops[w] < 0)
                    hops[w] = hops[v] + 1, queue[count++] = w;
                if (hops[w] == hops[v] + 1)
                    paths[w] += paths[v];
            }
        }
        while (count-- > 1) {
            uint32_t w = queue[count];
            for (size_t i = contact->in_begin[w]; i < contact->in_begin[w + 1]; i++) {
                uint32_t v = contact->in_from[i];
                if (hops[v] >= 0 && hops[v] + 1 == hops[w])
                    owed[v] += paths[v] / paths[w] * (1 + owed[w]);
            }
            out[w] += owed[w];
        }
    }
    free(queue);
    free(hops);
    free(paths);
    free(owed);
}

#endif
