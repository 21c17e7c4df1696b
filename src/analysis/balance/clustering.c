/* Blocs: local search from several seeds, whose agreement is told; the best one's pieces proved in
 * a worker process. */
#include "analysis/balance/clustering.h"

#include <math.h>
#include <string.h>

#include "analysis/balance/pieces.h"
#include "analysis/balance/proofs.h"
#include "analysis/balance/weights.h"
#include "base/fault.h"

struct search {
    const struct cas_signed *graph;
    const struct cas_limits *limits;
    struct cas_scaled scaled;
    struct cas_pieces pieces;
    uint32_t *seeded[CAS_CLUSTERING_SEEDS]; /* the partition from each seed */
    struct cas_proof *proofs;
    struct cas_proofs *worker;
    double start, deadline;
    uint32_t seeds; /* looked from, by then */
    const char *stopped;
};

/* Two are needed to compare; beyond them time decides. */
static bool
is_late(const struct search *s, uint32_t done)
{
    return done >= 2 && cas_clock() >= s->deadline;
}

/* --- seeds -------------------------------------------------------------------------------- */

/* Where all ties are hostile each stands alone, from every seed: nothing is to be improved. */
static bool
is_hostile(const struct cas_net *net)
{
    for (uint32_t e = 0; e < net->m; e++) {
        if (net->edges[e].pull > 0) {
            return false;
        }
    }
    return true;
}

static bool
find_seeded(struct search *s)
{
    const struct cas_net *net = s->scaled.net;
    uint32_t *scratch = cas_alloc(((size_t)net->n + 1) * sizeof(*scratch));
    bool good = scratch != NULL, hostile = is_hostile(net);

    for (uint32_t i = 0; good && i < CAS_CLUSTERING_SEEDS && !is_late(s, i); i++) {
        struct cas_random random = {s->limits->seed + i};
        s->seeds++;
        s->seeded[i] = cas_alloc(((size_t)net->n + 1) * sizeof(uint32_t));
        good = s->seeded[i] != NULL;
        for (uint32_t v = 0; good && v < net->n; v++) {
            s->seeded[i][v] = v;
        }
        good = good && (hostile || cas_blocs_improve(net, &random, s->seeded[i]));
        if (good) {
            cas_blocs_number(net->n, s->seeded[i], scratch);
        }
    }
    cas_free(scratch);
    return good;
}

static bool
compare_seeded(const struct search *s, struct cas_clustering *out)
{
    const struct cas_net *net = s->scaled.net;
    bool *counts;
    double sum = 0, pairs = 0;

    out->agreement = out->least_agreement = 1;
    out->seeds = s->seeds;
    if (is_hostile(net)) {
        return true;
    }
    counts = cas_alloc((size_t)net->n + 1);
    for (uint32_t v = 0; counts && v < net->n; v++) {
        counts[v] = net->begin[v] < net->begin[v + 1];
    }
    for (uint32_t i = 0; counts && i < s->seeds; i++) {
        for (uint32_t j = 0; j < i; j++, pairs++) {
            double index = cas_adjusted_rand(net->n, s->seeded[i], s->seeded[j], counts);
            sum += index;
            out->least_agreement = index < out->least_agreement ? index : out->least_agreement;
        }
    }
    cas_free(counts);
    out->agreement = sum / pairs;
    return counts && !isnan(sum);
}

/* --- pieces ------------------------------------------------------------------------------- */

/* A leaf begins with the best of what the seeds found, improved on its own. */
static bool
start_leaf(struct search *s, struct cas_bloc_leaf *leaf)
{
    uint32_t n = leaf->net->n;
    uint32_t *bloc = cas_alloc(((size_t)n + 1) * sizeof(*bloc));
    uint32_t *place = cas_alloc(((size_t)s->scaled.net->n + 1) * sizeof(*place));
    bool good = bloc && place;

    for (uint32_t i = 0; good && i < s->seeds && (i < 1 || !is_late(s, 2)); i++) {
        struct cas_random random = {s->limits->seed + i};
        uint32_t count = 0;
        for (uint32_t v = 0; v < n; v++) {
            place[s->seeded[i][leaf->actor[v]]] = UINT32_MAX;
        }
        for (uint32_t v = 0; v < n; v++) {
            uint32_t *number = &place[s->seeded[i][leaf->actor[v]]];
            *number = *number == UINT32_MAX ? count++ : *number;
            bloc[v] = *number;
        }
        good = cas_blocs_improve(leaf->net, &random, bloc);
        if (good && cas_blocs_cost(leaf->net, bloc) < leaf->upper) {
            leaf->upper = cas_blocs_cost(leaf->net, bloc);
            memcpy(leaf->bloc, bloc, n * sizeof(*bloc));
        }
    }
    cas_free(bloc);
    cas_free(place);
    return good;
}

static void
to_proof(struct search *s, uint32_t index)
{
    s->proofs[index].lower = s->pieces.leaves[index].lower;
    s->proofs[index].upper = s->pieces.leaves[index].upper;
}

static void
tell(void *self, const struct cas_bloc_leaf *leaf)
{
    struct search *s = self;

    to_proof(s, (uint32_t)(leaf - s->pieces.leaves));
    cas_proofs_tell(s->worker);
}

static bool
prove_leaf(void *self, struct cas_proofs *worker, uint32_t index, double deadline)
{
    struct search *s = self;

    s->worker = worker;
    return cas_bloc_leaf_prove(&s->pieces.leaves[index], s->scaled.unit, s->limits->seed, deadline,
                               tell, s) != CAS_BRANCH_NO_MEMORY;
}

static void
add_up(const struct search *s, int64_t *out_lower, int64_t *out_upper)
{
    *out_lower = *out_upper = 0;
    for (uint32_t i = 0; i < s->pieces.count; i++) {
        *out_lower += s->pieces.leaves[i].lower;
        *out_upper += s->pieces.leaves[i].upper;
    }
}

static void
improved(void *self, uint32_t index)
{
    struct search *s = self;
    int64_t lower, upper;

    if (index < s->pieces.count) {
        s->pieces.leaves[index].lower = s->proofs[index].lower;
        s->pieces.leaves[index].upper = s->proofs[index].upper;
    }
    if (s->limits->progress) {
        add_up(s, &lower, &upper);
        struct cas_progress now = {"blocs", cas_scaled_bound(&s->scaled, lower),
                                   cas_scaled_weight(&s->scaled, upper), cas_clock() - s->start};
        s->limits->progress(s->limits->self, &now);
    }
}

static bool
prove(struct search *s)
{
    struct cas_proofs worker = {.count = s->pieces.count,
                                .deadline = s->deadline,
                                .self = s,
                                .prove = prove_leaf,
                                .improved = improved};

    s->proofs = cas_zalloc((size_t)worker.count + 1, sizeof(*s->proofs));
    if (!s->proofs) {
        return false;
    }
    for (uint32_t i = 0; i < worker.count; i++) {
        struct cas_bloc_leaf *leaf = &s->pieces.leaves[i];
        if (!start_leaf(s, leaf)) {
            return false;
        }
        s->proofs[i].found = leaf->bloc;
        s->proofs[i].found_size = leaf->net->n * sizeof(*leaf->bloc);
        s->proofs[i].size = leaf->net->m;
        to_proof(s, i);
    }
    worker.items = s->proofs;
    s->stopped = cas_proofs_run(&worker);
    return true;
}

/* --- the result --------------------------------------------------------------------------- */

static void
list_disagreeing(const struct search *s, const uint32_t *bloc, uint32_t *tie,
                 struct cas_clustering *out)
{
    const struct cas_net *net = s->scaled.net;

    for (uint32_t e = 0; e < net->m; e++) {
        const struct cas_signed_tie *t = &s->graph->ties[s->scaled.tie[e]];
        double weight = s->limits->weighted ? t->weight : 1;
        out->total += weight;
        if (cas_disagrees(&net->edges[e], bloc)) {
            out->upper += weight;
            tie[out->tie_count++] = s->scaled.tie[e];
        }
    }
}

static bool
conclude(const struct search *s, struct cas_clustering *out)
{
    size_t n = (size_t)s->graph->n + 1;
    uint32_t *bloc = cas_arena_alloc(&out->arena, n * sizeof(*bloc));
    uint32_t *scratch = cas_arena_alloc(&out->arena, n * sizeof(*scratch));
    uint32_t *tie = cas_arena_alloc(&out->arena, ((size_t)s->graph->m + 1) * sizeof(*tie));
    int64_t lower, upper;

    if (!bloc || !scratch || !tie || !cas_pieces_compose(&s->pieces, s->graph->n, bloc)) {
        return false;
    }
    out->bloc_count = cas_blocs_number(s->graph->n, bloc, scratch);
    list_disagreeing(s, bloc, tie, out);
    add_up(s, &lower, &upper);
    out->proved = lower >= upper;
    out->lower = out->proved ? out->upper : cas_scaled_bound(&s->scaled, lower);
    out->stopped = s->stopped;
    out->bloc = bloc;
    out->tie = tie;
    return true;
}

static void
search_done(struct search *s)
{
    for (uint32_t i = 0; i < CAS_CLUSTERING_SEEDS; i++) {
        cas_free(s->seeded[i]);
    }
    cas_free(s->proofs);
    cas_pieces_done(&s->pieces);
    cas_scaled_done(&s->scaled);
}

enum casus_status
cas_clustering_new(const struct cas_signed *graph, const struct cas_limits *limits,
                   struct cas_clustering **out, struct casus_error *err)
{
    struct search s = {.graph = graph, .limits = limits, .start = cas_clock()};
    struct cas_clustering *made = cas_zalloc(1, sizeof(*made));
    enum casus_status status;

    if (!made) {
        return cas_fail_memory(err);
    }
    made->n = graph->n;
    s.deadline = cas_limits_deadline(limits);
    status = cas_scaled_init(&s.scaled, graph, limits->weighted, err);
    if (status == CASUS_OK &&
        !(find_seeded(&s) && compare_seeded(&s, made) && cas_pieces_init(&s.pieces, s.scaled.net) &&
          prove(&s) && conclude(&s, made))) {
        status = cas_fail_memory(err);
    }
    search_done(&s);
    if (status != CASUS_OK) {
        cas_clustering_free(made);
        return status;
    }
    *out = made;
    return CASUS_OK;
}

void
cas_clustering_free(struct cas_clustering *clustering)
{
    if (clustering) {
        cas_arena_done(&clustering->arena);
        cas_free(clustering);
    }
}
