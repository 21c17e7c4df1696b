/* The best partition of one piece: packing, then branch and cut. */
#include <math.h>
#include <string.h>

#include "analysis/balance/blocs.h"
#include "analysis/balance/multicut.h"
#include "analysis/balance/odd.h"

struct proof {
    struct cas_bloc_leaf *leaf;
    struct cas_multicut *multicut;
    struct cas_random random;
    int64_t grid; /* costs differ by multiples of it */
    double unit;
    uint32_t *bloc;
    bool failed;
    void (*note)(void *self, const struct cas_bloc_leaf *leaf);
    void *self;
};

static void
tell(struct proof *proof)
{
    if (proof->note) {
        proof->note(proof->self, proof->leaf);
    }
}

static void
raise_to(struct proof *proof, int64_t lower)
{
    struct cas_bloc_leaf *leaf = proof->leaf;
    int64_t gap = leaf->upper > lower ? leaf->upper - lower : 0;

    lower = leaf->upper - gap / proof->grid * proof->grid;
    if (lower > leaf->lower) {
        leaf->lower = lower;
        tell(proof);
    }
}

static void
separate(void *self, const double *x, struct cas_rows *out)
{
    struct proof *proof = self;
    cas_multicut_separate(proof->multicut, x, out);
}

static bool
imply(void *self, int8_t *fixed)
{
    struct proof *proof = self;
    return cas_multicut_imply(proof->multicut, fixed);
}

static double
round_blocs(void *self, const double *x)
{
    struct proof *proof = self;
    struct cas_bloc_leaf *leaf = proof->leaf;
    int64_t cost;

    cas_multicut_round(proof->multicut, x, proof->bloc);
    proof->failed = proof->failed || !cas_blocs_improve(leaf->net, &proof->random, proof->bloc);
    cost = cas_blocs_cost(leaf->net, proof->bloc);
    if (!proof->failed && cost < leaf->upper) {
        leaf->upper = cost;
        memcpy(leaf->bloc, proof->bloc, leaf->net->n * sizeof(*leaf->bloc));
        raise_to(proof, leaf->lower);
        tell(proof);
    }
    return (double)leaf->upper / proof->unit;
}

static void
raise_bound(void *self, double lower)
{
    struct proof *proof = self;
    /* a hair lower: what the solver's numbers lose in sums must never become a bound */
    raise_to(proof, (int64_t)floor(lower * proof->unit * (1 - 1e-9)));
}

/* A hostile edge and a path of friendly ones: one of them disagrees, whatever the partition. So
 * the packing for camps, seen from one camp of all, is one for blocs. */
static bool
pack(struct proof *proof, double deadline, struct cas_rows *first)
{
    const struct cas_net *net = proof->leaf->net;
    struct cas_cycles cycles = {0};
    int8_t *camp = cas_alloc(net->n);
    int64_t sum = INT64_MIN;

    if (camp) {
        memset(camp, 1, net->n);
        cas_pack(net, camp, deadline, &cycles, &sum);
        cas_odd_rows(&cycles, first);
    }
    cas_free(camp);
    cas_cycles_done(&cycles);
    if (sum == INT64_MIN || first->failed) {
        return false;
    }
    raise_to(proof, sum);
    return true;
}

static bool
proof_init(struct proof *proof, double deadline, struct cas_rows *first, double **out_cost)
{
    const struct cas_net *net = proof->leaf->net;
    double *cost = cas_alloc(((size_t)net->m + 1) * sizeof(*cost));

    *out_cost = cost;
    proof->multicut = cas_multicut_new(net);
    proof->bloc = cas_alloc(((size_t)net->n + 1) * sizeof(*proof->bloc));
    for (uint32_t e = 0; e < net->m; e++) {
        proof->unit += (double)cas_weight(net->edges[e].pull) / net->m;
    }
    for (uint32_t e = 0; cost && e < net->m; e++) {
        cost[e] = (double)cas_weight(net->edges[e].pull) / proof->unit;
    }
    return cost && proof->multicut && proof->bloc && pack(proof, deadline, first);
}

enum cas_branch_answer
cas_bloc_leaf_prove(struct cas_bloc_leaf *leaf, int64_t unit, uint64_t seed, double deadline,
                    void (*note)(void *self, const struct cas_bloc_leaf *leaf), void *self)
{
    struct proof proof = {.leaf = leaf, .random = {seed}, .grid = unit, .note = note, .self = self};
    struct cas_rows first = {0};
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;
    double *cost, lower;

    if (proof_init(&proof, deadline, &first, &cost)) {
        struct cas_branch problem = {.columns = leaf->net->m,
                                     .cost = cost,
                                     .self = &proof,
                                     .first = &first,
                                     .offset = (double)leaf->upper / proof.unit,
                                     .grain = (double)unit / proof.unit,
                                     .upper = (double)leaf->upper / proof.unit,
                                     .deadline = deadline,
                                     .separate = separate,
                                     .imply = imply,
                                     .round = round_blocs,
                                     .report = raise_bound};
        problem.grain = problem.grain < 1e-7 * (1 + problem.upper) ? 0 : problem.grain;
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
    cas_free(proof.bloc);
    cas_multicut_free(proof.multicut);
    return answer;
}
