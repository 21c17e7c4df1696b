/* From a signed graph to its frustration index.
 *
 * Here: the graph as a plan (reductions and blocks), a start for each leaf, their proofs in a worker
 * process, and the result.
 */
#include "analysis/balance/frustration.h"

#include <math.h>
#include <string.h>

#include "analysis/balance/alternatives.h"
#include "analysis/balance/exact.h"
#include "analysis/balance/proofs.h"
#include "analysis/balance/weights.h"
#include "base/fault.h"

struct search {
    const struct cas_signed *graph;
    const struct cas_limits *limits;
    struct cas_scaled scaled;
    struct cas_plan *plan;
    struct cas_cycles *cycles; /* of each leaf */
    double start, deadline;
    const char *stopped;
    struct cas_proof *proofs; /* of each leaf */
    struct cas_proofs *worker;
};

static void
progress(const struct search *s, const char *phase)
{
    if (s->limits->progress) {
        struct cas_progress now = {phase, cas_scaled_bound(&s->scaled, cas_plan_lower(s->plan)),
                                   cas_scaled_weight(&s->scaled, cas_plan_upper(s->plan)),
                                   cas_clock() - s->start};
        s->limits->progress(s->limits->self, &now);
    }
}

/* --- proofs ------------------------------------------------------------------------------- */

static void
to_proof(struct search *s, uint32_t index)
{
    s->proofs[index].lower = s->plan->leaves[index].lower;
    s->proofs[index].upper = s->plan->leaves[index].upper;
}

static void
tell(void *self, const struct cas_leaf *leaf)
{
    struct search *s = self;

    to_proof(s, (uint32_t)(leaf - s->plan->leaves));
    cas_proofs_tell(s->worker);
}

static bool
prove_leaf(void *self, struct cas_proofs *worker, uint32_t index, double deadline)
{
    struct search *s = self;
    enum cas_branch_answer answer;

    s->worker = worker;
    answer = cas_leaf_prove(&s->plan->leaves[index], &s->cycles[index], s->limits->seed, deadline,
                            tell, s);
    return answer != CAS_BRANCH_NO_MEMORY;
}

static void
improved(void *self, uint32_t index)
{
    struct search *s = self;

    if (index < s->plan->leaf_count) {
        s->plan->leaves[index].lower = s->proofs[index].lower;
        s->plan->leaves[index].upper = s->proofs[index].upper;
    }
    progress(s, "proof");
}

static bool
all_proved(const struct search *s)
{
    return cas_plan_lower(s->plan) >= cas_plan_upper(s->plan);
}

static bool
prove(struct search *s)
{
    struct cas_proofs worker = {.count = s->plan->leaf_count,
                                .deadline = s->deadline,
                                .self = s,
                                .prove = prove_leaf,
                                .improved = improved};

    s->proofs = cas_zalloc((size_t)worker.count + 1, sizeof(*s->proofs));
    if (!s->proofs) {
        return false;
    }
    for (uint32_t i = 0; i < worker.count; i++) {
        const struct cas_leaf *leaf = &s->plan->leaves[i];
        s->proofs[i].found = leaf->camp;
        s->proofs[i].found_size = leaf->net->n;
        s->proofs[i].size = leaf->net->m;
        to_proof(s, i);
    }
    worker.items = s->proofs;
    s->stopped = cas_proofs_run(&worker);
    return true;
}

/* --- before them -------------------------------------------------------------------------- */

static enum casus_status
start(struct search *s, struct casus_error *err)
{
    enum casus_status status = cas_scaled_init(&s->scaled, s->graph, s->limits->weighted, err);

    if (status != CASUS_OK) {
        return status;
    }
    s->plan = cas_plan_new(s->scaled.net, s->scaled.unit);
    if (!s->plan) {
        return cas_fail_memory(err);
    }
    s->cycles = cas_zalloc((size_t)s->plan->leaf_count + 1, sizeof(*s->cycles));
    if (!s->cycles) {
        return cas_fail_memory(err);
    }
    progress(s, "reduction");
    for (uint32_t i = 0; i < s->plan->leaf_count; i++) {
        if (!cas_leaf_start(&s->plan->leaves[i], s->limits->seed, s->deadline, &s->cycles[i])) {
            return cas_fail_memory(err);
        }
        progress(s, "start");
    }
    return CASUS_OK;
}

static void
search_done(struct search *s)
{
    for (uint32_t i = 0; s->cycles && i < s->plan->leaf_count; i++) {
        cas_cycles_done(&s->cycles[i]);
    }
    cas_free(s->cycles);
    cas_free(s->proofs);
    cas_plan_free(s->plan);
    cas_scaled_done(&s->scaled);
}

/* --- the result --------------------------------------------------------------------------- */

struct shape {
    int8_t *camp;
    uint32_t *part, *tie, *group;
    bool *swing;
};

static bool
shape_alloc(struct cas_frustration *out, const struct cas_signed *graph, struct shape *shape)
{
    size_t n = (size_t)graph->n + 1;

    shape->camp = cas_arena_alloc(&out->arena, n);
    shape->part = cas_arena_alloc(&out->arena, n * sizeof(uint32_t));
    shape->group = cas_arena_alloc(&out->arena, n * sizeof(uint32_t));
    shape->swing = cas_arena_alloc(&out->arena, n);
    shape->tie = cas_arena_alloc(&out->arena, ((size_t)graph->m + 1) * sizeof(uint32_t));
    out->camp = shape->camp;
    out->part = shape->part;
    out->group = shape->group;
    out->swing = shape->swing;
    out->tie = shape->tie;
    return shape->camp && shape->part && shape->group && shape->swing && shape->tie;
}

/* The first actor of each part is in +1, an actor without ties in none. */
static void
orient(const struct cas_net *net, const uint32_t *part, uint32_t part_count, int8_t *first,
       int8_t *camp)
{
    memset(first, 0, part_count);
    for (uint32_t v = 0; v < net->n; v++) {
        first[part[v]] = first[part[v]] ? first[part[v]] : camp[v];
        camp[v] = (int8_t)(camp[v] * first[part[v]]);
        camp[v] = net->begin[v] == net->begin[v + 1] ? 0 : camp[v];
    }
}

static void
list_frustrated(const struct search *s, struct cas_frustration *out, const int8_t *camp,
                uint32_t *tie)
{
    const struct cas_net *net = s->scaled.net;
    double exact = 0;

    for (uint32_t e = 0; e < net->m; e++) {
        const struct cas_signed_tie *t = &s->graph->ties[s->scaled.tie[e]];
        double weight = s->limits->weighted ? t->weight : 1;
        out->total += weight;
        if (cas_frustrated(&net->edges[e], camp)) {
            exact += weight;
            tie[out->tie_count++] = s->scaled.tie[e];
        }
    }
    out->upper = exact;
}

static enum casus_status
conclude(struct search *s, struct cas_frustration *out, struct shape *shape,
         struct casus_error *err)
{
    const struct cas_net *net = s->scaled.net;
    int8_t *scratch = cas_alloc((size_t)net->n + 1);
    bool good = scratch && cas_plan_compose(s->plan, shape->camp) &&
                cas_net_parts(net, shape->part, &out->part_count);

    if (good) {
        orient(net, shape->part, out->part_count, scratch, shape->camp);
        list_frustrated(s, out, shape->camp, shape->tie);
        out->proved = all_proved(s);
        out->lower =
            out->proved ? out->upper : cas_scaled_bound(&s->scaled, cas_plan_lower(s->plan));
        out->stopped = s->stopped;
    }
    cas_free(scratch);
    return good ? CASUS_OK : cas_fail_memory(err);
}

static enum casus_status
find_alternatives(struct search *s, struct cas_frustration *out, struct shape *shape,
                  struct casus_error *err)
{
    struct cas_alternatives found = {.group = shape->group, .swing = shape->swing};
    enum casus_status status;

    status = cas_alternatives_find(s->scaled.net, shape->camp, s->scaled.unit, shape->part,
                                   out->proved && !s->limits->once, s->deadline, &found, err);
    if (status == CASUS_OK) {
        out->settled = found.settled;
        out->group_count = found.group_count;
        out->swing_count = found.swing_count;
        out->other = found.swing_count > 0 ? CAS_YES : found.settled ? CAS_NO : CAS_UNKNOWN;
    }
    return status;
}

static enum casus_status
run(struct search *s, struct cas_frustration *out, struct casus_error *err)
{
    struct shape shape;
    enum casus_status status = start(s, err);

    if (status != CASUS_OK) {
        return status;
    }
    if (!shape_alloc(out, s->graph, &shape)) {
        return cas_fail_memory(err);
    }
    if (!prove(s)) {
        return cas_fail_memory(err);
    }
    status = conclude(s, out, &shape, err);
    return status == CASUS_OK ? find_alternatives(s, out, &shape, err) : status;
}

enum casus_status
cas_frustration_new(const struct cas_signed *graph, const struct cas_limits *limits,
                    struct cas_frustration **out, struct casus_error *err)
{
    struct search s = {.graph = graph, .limits = limits, .start = cas_clock()};
    struct cas_frustration *made = cas_zalloc(1, sizeof(*made));
    enum casus_status status;

    if (!made) {
        return cas_fail_memory(err);
    }
    s.deadline = cas_limits_deadline(limits);
    made->n = graph->n;
    status = run(&s, made, err);
    search_done(&s);
    if (status != CASUS_OK) {
        cas_frustration_free(made);
        return status;
    }
    *out = made;
    return CASUS_OK;
}

void
cas_frustration_free(struct cas_frustration *frustration)
{
    if (frustration) {
        cas_arena_done(&frustration->arena);
        cas_free(frustration);
    }
}
