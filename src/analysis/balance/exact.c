/* From a good split to a proved one. Costs are whole numbers; the linear program gets them in
 * units of the mean weight. */
#include "analysis/balance/exact.h"

#include <math.h>
#include <string.h>

#include "analysis/balance/odd.h"
#include "analysis/balance/semidefinite.h"

enum {
    QUICK_STARTS = 4,
    STARTS = 16,
    SWEEPS = 200,
    HARD_STARTS = 8,
    HARD_SWEEPS = 4000,
    ROUNDING_SWEEPS = 30
};

/* A gap of the packing above this share of the cost: signs are much like random. */
static const double hard_gap = 0.03;

#define EFFORT 2e8

void
cas_leaf_bound(struct cas_leaf *leaf, int64_t lower)
{
    int64_t gap = leaf->upper - lower;

    if (gap < 0) {
        gap = 0;
    }
    lower = leaf->upper - gap / leaf->grain * leaf->grain;
    leaf->lower = lower > leaf->lower ? lower : leaf->lower;
}

/* Sweeps of one start: few on large networks, where all of them together visit EFFORT edge ends. */
static uint32_t
sweeps_of(const struct cas_leaf *leaf, uint32_t start)
{
    double most = EFFORT / STARTS / ((double)leaf->net->n + 2.0 * leaf->net->m);
    uint32_t sweeps = SWEEPS << (start / QUICK_STARTS / 2);

    return most < sweeps ? (uint32_t)most + 1 : sweeps;
}

/* Annealing: in turn from what is known, and from anywhere. */
static bool
anneal(struct cas_leaf *leaf, struct cas_random *random, uint32_t from, uint32_t to,
       double deadline)
{
    int8_t *camp = cas_alloc(leaf->net->n);
    bool good = camp != NULL;

    for (uint32_t i = from; good && i < to && leaf->upper > leaf->lower; i++) {
        int64_t cost = INT64_MAX;
        memcpy(camp, leaf->camp, leaf->net->n);
        good = cas_anneal(leaf->net, random, sweeps_of(leaf, i), i % 2 == 0 ? 0.2 : 1, deadline,
                          camp, &cost);
        if (good && cost < leaf->upper) {
            leaf->upper = cost;
            memcpy(leaf->camp, camp, leaf->net->n);
        }
        if (cas_clock() >= deadline) {
            break;
        }
    }
    cas_free(camp);
    return good;
}

static bool
pack(struct cas_leaf *leaf, double deadline, struct cas_cycles *out)
{
    int64_t sum;

    cas_cycles_clear(out);
    cas_pack(leaf->net, leaf->camp, deadline, out, &sum);
    if (sum == INT64_MIN) {
        return false;
    }
    cas_leaf_bound(leaf, sum);
    return true;
}

bool
cas_leaf_start(struct cas_leaf *leaf, uint64_t seed, double deadline, struct cas_cycles *out)
{
    struct cas_random random = {seed};
    int64_t before;

    if (leaf->net->n <= CAS_EXHAUST_MAX) {
        leaf->upper = leaf->lower = cas_exhaust(leaf->net, leaf->camp, NULL);
        return true;
    }
    if (!anneal(leaf, &random, 0, QUICK_STARTS, deadline) || !pack(leaf, deadline, out)) {
        return false;
    }
    before = leaf->upper;
    if (!anneal(leaf, &random, QUICK_STARTS, STARTS, deadline)) {
        return false;
    }
    return leaf->upper == before || pack(leaf, deadline, out);
}

/* --- the proof ---------------------------------------------------------------------------- */

struct proof {
    struct cas_leaf *leaf;
    struct cas_odd *odd;
    struct cas_random random;
    double unit, deadline;
    int8_t *camp;
    bool failed;
    void (*note)(void *self, const struct cas_leaf *leaf);
    void *self;
};

static void
separate(void *self, const double *x, struct cas_rows *out)
{
    struct proof *proof = self;
    cas_odd_separate(proof->odd, x, INT32_MAX, out);
}

static bool
imply(void *self, int8_t *fixed)
{
    struct proof *proof = self;
    return cas_odd_imply(proof->odd, fixed);
}

static void
tell(struct proof *proof)
{
    if (proof->note) {
        proof->note(proof->self, proof->leaf);
    }
}

/* `proof->camp` costs so much: is it better than what there is? */
static void
take_better(struct proof *proof, int64_t cost)
{
    struct cas_leaf *leaf = proof->leaf;

    if (cost < leaf->upper) {
        leaf->upper = cost;
        memcpy(leaf->camp, proof->camp, leaf->net->n);
        cas_leaf_bound(leaf, leaf->lower);
        tell(proof);
    }
}

static double
round_camps(void *self, const double *x)
{
    struct proof *proof = self;
    struct cas_leaf *leaf = proof->leaf;
    int64_t cost;

    cas_odd_round(proof->odd, x, proof->camp);
    proof->failed = proof->failed || !cas_descend(leaf->net, proof->camp, &cost) ||
                    !cas_anneal(leaf->net, &proof->random, ROUNDING_SWEEPS, 0.1, proof->deadline,
                                proof->camp, &cost);
    if (!proof->failed) {
        take_better(proof, cost);
    }
    return (double)leaf->upper / proof->unit;
}

static void
raise_to(struct proof *proof, int64_t lower)
{
    int64_t before = proof->leaf->lower;

    cas_leaf_bound(proof->leaf, lower);
    if (proof->leaf->lower > before) {
        tell(proof);
    }
}

static void
raise_bound(void *self, double lower)
{
    struct proof *proof = self;

    /* a hair lower: what the solver's numbers lose in sums must never become a bound */
    raise_to(proof, (int64_t)floor(lower * proof->unit * (1 - 1e-9)));
}

static bool
proof_init(struct proof *proof, struct cas_rows *first, const struct cas_cycles *cycles,
           double **out_cost)
{
    const struct cas_net *net = proof->leaf->net;
    double *cost = cas_alloc(((size_t)net->m + 1) * sizeof(*cost));

    proof->odd = cas_odd_new(net, proof->leaf->camp);
    proof->camp = cas_alloc(net->n);
    *out_cost = cost;
    if (!cost || !proof->odd || !proof->camp) {
        return false;
    }
    for (uint32_t e = 0; e < net->m; e++) {
        proof->unit += (double)cas_weight(net->edges[e].pull) / net->m;
    }
    for (uint32_t e = 0; e < net->m; e++) {
        cost[e] = (double)cas_weight(net->edges[e].pull) / proof->unit;
    }
    cas_odd_rows(cycles, first);
    return !first->failed;
}

static uint32_t
hard_sweeps(const struct cas_leaf *leaf)
{
    double most = 5 * EFFORT / HARD_STARTS / ((double)leaf->net->n + 2.0 * leaf->net->m);
    return most < HARD_SWEEPS ? (uint32_t)most + 1 : HARD_SWEEPS;
}

static bool
anneal_long(struct proof *proof, int starts, double deadline)
{
    struct cas_leaf *leaf = proof->leaf;

    for (int i = 0; i < starts && cas_clock() < deadline; i++) {
        int64_t cost = INT64_MAX;
        memcpy(proof->camp, leaf->camp, leaf->net->n);
        if (!cas_anneal(leaf->net, &proof->random, hard_sweeps(leaf), 0.25, deadline, proof->camp,
                        &cost)) {
            return false;
        }
        take_better(proof, cost);
    }
    return true;
}

/* First in a part of the time, as a bound counts only once it is proved; then in all of it, where
 * that was too short. */
static bool
raise_by_vectors(struct proof *proof, double deadline)
{
    struct cas_leaf *leaf = proof->leaf;
    double now = cas_clock(), soon = now + (deadline - now) / 3;

    if (leaf->net->n > CAS_SEMIDEFINITE_MAX) {
        return true;
    }
    for (int i = 0; i < 2; i++) {
        int64_t lower;
        if (!cas_semidefinite_bound(leaf->net, leaf->camp, leaf->upper - leaf->grain + 1,
                                    i == 0 ? soon : deadline, &lower)) {
            return false;
        }
        raise_to(proof, lower);
        if (cas_clock() < now + CAS_SEMIDEFINITE_CLIMB * (soon - now)) {
            break;
        }
    }
    return true;
}

/* Signs much like random: a longer search, and a bound that does not live of cycles alone. The bound
 * comes before most of the search, as it has more to gain. */
static bool
do_hard(struct proof *proof)
{
    double now = cas_clock(), share = 0.7 * (proof->deadline - now);
    double deadline = isfinite(share) ? now + share : proof->deadline;

    return anneal_long(proof, 1, now + share / 8) && raise_by_vectors(proof, deadline) &&
           anneal_long(proof, HARD_STARTS - 1, deadline);
}

static bool
is_hard(const struct cas_leaf *leaf)
{
    return (double)(leaf->upper - leaf->lower) > hard_gap * (double)leaf->upper;
}

enum cas_branch_answer
cas_leaf_prove(struct cas_leaf *leaf, const struct cas_cycles *cycles, uint64_t seed,
               double deadline, void (*note)(void *self, const struct cas_leaf *leaf), void *self)
{
    struct proof proof = {
        .leaf = leaf, .random = {seed}, .deadline = deadline, .note = note, .self = self};
    struct cas_rows first = {0};
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;
    double *cost, lower;

    if (proof_init(&proof, &first, cycles, &cost) && (!is_hard(leaf) || do_hard(&proof))) {
        struct cas_branch problem = {.columns = leaf->net->m,
                                     .cost = cost,
                                     .self = &proof,
                                     .first = &first,
                                     .offset = (double)leaf->upper / proof.unit,
                                     .grain = (double)leaf->grain / proof.unit,
                                     .upper = (double)leaf->upper / proof.unit,
                                     .deadline = deadline,
                                     .separate = separate,
                                     .imply = imply,
                                     .round = round_camps,
                                     .report = raise_bound};
        if (problem.grain < 1e-7 * (1 + problem.upper)) {
            problem.grain = 0;
        }
        answer = leaf->lower >= leaf->upper ? CAS_BRANCH_DONE : cas_branch_run(&problem, &lower);
        if (proof.failed) {
            answer = CAS_BRANCH_NO_MEMORY;
        } else if (answer == CAS_BRANCH_DONE) {
            leaf->lower = leaf->upper;
            tell(&proof);
        }
    }
    cas_rows_done(&first);
    cas_free(cost);
    cas_free(proof.camp);
    cas_odd_free(proof.odd);
    return answer;
}
