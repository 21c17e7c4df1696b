/* Branch and cut.
 *
 * One linear program for the whole tree: all rows hold everywhere, a node is the ranges of the
 * columns. A node is the chain of decisions that leads to it; what follows from them is implied
 * afresh. The node of the lowest bound is next, of equal ones the newest, so that the search dives
 * within a bound. Deterministic but for the deadline.
 */
#include "analysis/balance/branch.h"

#include <math.h>
#include <string.h>

#include "analysis/limits.h"
#include "base/mem.h"

enum { CANDIDATES = 8, TRIAL_ITERATIONS = 60, STALLED_ROUNDS = 3 };

static const double integral = 1e-6;

struct node {
    double bound;
    uint32_t parent; /* NONE: the root */
    uint32_t column;
    int8_t value;
};

enum { NONE = UINT32_MAX };

struct run {
    struct cas_branch *p;
    struct cas_lp *lp;
    struct cas_rows cuts;
    struct node *nodes;
    uint32_t node_count;
    size_t node_room;
    uint32_t *open; /* heap of nodes */
    uint32_t open_count;
    size_t open_room;
    int8_t *fixed, *root_fixed;
    double reported;
    bool failed;
};

/* The least value of a solution that is at least `bound`. */
static double
round_up(const struct cas_branch *p, double bound)
{
    if (p->grain <= 0) {
        return bound + 1e-9 * fabs(bound);
    }
    return p->offset + p->grain * ceil((bound - p->offset) / p->grain - 1e-5);
}

static bool
hopeless(const struct cas_branch *p, double bound)
{
    return round_up(p, bound) >= p->upper - 1e-7 * (p->grain > 0 ? p->grain : 0);
}

/* --- open nodes --------------------------------------------------------------------------- */

static bool
before(const struct run *run, uint32_t a, uint32_t b)
{
    double x = round_up(run->p, run->nodes[a].bound), y = round_up(run->p, run->nodes[b].bound);
    return x < y || (x == y && a > b);
}

static void
push(struct run *run, uint32_t node)
{
    uint32_t i = run->open_count;

    if (!cas_grow(&run->open, &run->open_room, (size_t)i + 1, sizeof(*run->open))) {
        run->failed = true;
        return;
    }
    run->open_count++;
    for (; i > 0 && before(run, node, run->open[(i - 1) / 2]); i = (i - 1) / 2) {
        run->open[i] = run->open[(i - 1) / 2];
    }
    run->open[i] = node;
}

static uint32_t
pop(struct run *run)
{
    uint32_t top = run->open[0], last = run->open[--run->open_count], i = 0, child;

    while ((child = 2 * i + 1) < run->open_count) {
        if (child + 1 < run->open_count && before(run, run->open[child + 1], run->open[child])) {
            child++;
        }
        if (!before(run, run->open[child], last)) {
            break;
        }
        run->open[i] = run->open[child];
        i = child;
    }
    run->open[i] = last;
    return top;
}

static void
add_node(struct run *run, uint32_t parent, uint32_t column, int8_t value, double bound)
{
    if (!cas_grow(&run->nodes, &run->node_room, (size_t)run->node_count + 1, sizeof(*run->nodes))) {
        run->failed = true;
        return;
    }
    run->nodes[run->node_count] = (struct node){bound, parent, column, value};
    push(run, run->node_count++);
}

/* --- ranges ------------------------------------------------------------------------------- */

static void
set_ranges(struct run *run, const int8_t *fixed)
{
    for (uint32_t j = 0; j < run->p->columns; j++) {
        cas_lp_range(run->lp, j, fixed[j] > 0, fixed[j] != 0);
    }
}

/* What holds in a node. False: nothing does. */
static bool
enter(struct run *run, uint32_t node)
{
    memcpy(run->fixed, run->root_fixed, run->p->columns);
    for (uint32_t i = node; run->nodes[i].parent != NONE; i = run->nodes[i].parent) {
        int8_t *fixed = &run->fixed[run->nodes[i].column];
        if (*fixed >= 0 && *fixed != run->nodes[i].value) {
            return false;
        }
        *fixed = run->nodes[i].value;
    }
    if (!run->p->imply(run->p->self, run->fixed)) {
        return false;
    }
    set_ranges(run, run->fixed);
    return true;
}

/* Columns whose price alone lifts the bound out of interest stay where they are, everywhere.
 * False: then nothing of interest is left. */
static bool
fix_by_price(struct run *run, double bound)
{
    const double *reduced = cas_lp_reduced(run->lp);

    for (uint32_t j = 0; j < run->p->columns; j++) {
        if (run->root_fixed[j] < 0 && hopeless(run->p, bound + fabs(reduced[j]))) {
            run->root_fixed[j] = reduced[j] < 0;
        }
    }
    return run->p->imply(run->p->self, run->root_fixed);
}

/* --- one node ----------------------------------------------------------------------------- */

static void
report(struct run *run, double current)
{
    double lower = round_up(run->p, current);

    if (run->open_count > 0) {
        lower = fmin(lower, round_up(run->p, run->nodes[run->open[0]].bound));
    }
    lower = fmin(lower, run->p->upper);
    if (lower > run->reported) {
        run->reported = lower;
        if (run->p->report) {
            run->p->report(run->p->self, lower);
        }
    }
}

static uint32_t
fractional(const struct run *run, const double *x)
{
    uint32_t count = 0;

    for (uint32_t j = 0; j < run->p->columns; j++) {
        count += x[j] > integral && x[j] < 1 - integral;
    }
    return count;
}

/* Solve and cut until nothing is violated, the node is out of interest, or rounds bring little.
 * @return false where the node is done */
static bool
bound_node(struct run *run, uint32_t node, bool *out_stopped)
{
    struct cas_branch *p = run->p;
    bool root = run->nodes[node].parent == NONE;
    double last = -HUGE_VAL;

    for (int stalled = 0;;) {
        enum cas_lp_answer answer = cas_lp_solve(run->lp, p->deadline, 0);
        double bound;
        if (answer == CAS_LP_EMPTY) {
            return false;
        }
        bound = fmax(cas_lp_bound(run->lp), run->nodes[node].bound);
        run->nodes[node].bound = bound;
        report(run, bound);
        if (hopeless(p, bound)) {
            return false;
        }
        if (answer == CAS_LP_STOPPED && cas_clock() >= p->deadline) {
            *out_stopped = true;
            return false;
        }
        p->upper = fmin(p->upper, p->round(p->self, cas_lp_x(run->lp)));
        if (hopeless(p, bound)) {
            return false;
        }
        if (root) {
            if (!fix_by_price(run, cas_lp_bound(run->lp))) {
                return false;
            }
            set_ranges(run, run->root_fixed);
        }
        stalled = bound < last + 0.02 * (p->upper - bound) ? stalled + 1 : 0;
        last = bound;
        cas_rows_clear(&run->cuts);
        p->separate(p->self, cas_lp_x(run->lp), &run->cuts);
        run->failed = run->failed || run->cuts.failed;
        if (run->failed || run->cuts.count == 0 ||
            (stalled >= (root ? 4 * STALLED_ROUNDS : STALLED_ROUNDS) &&
             fractional(run, cas_lp_x(run->lp)) > 0)) {
            return !run->failed;
        }
        run->failed = !cas_lp_trim(run->lp, p->keep) || !cas_lp_add(run->lp, &run->cuts);
        if (run->failed) {
            return false;
        }
    }
}

/* --- branching ---------------------------------------------------------------------------- */

/* The fractional columns nearest to one half, the dearer first among equals. */
static uint32_t
candidates(const struct run *run, const double *x, uint32_t out[CANDIDATES])
{
    double score[CANDIDATES];
    uint32_t count = 0;

    for (uint32_t j = 0; j < run->p->columns; j++) {
        double near = fmin(x[j], 1 - x[j]), s = near * (1 + fabs(run->p->cost[j]));
        uint32_t at = count < CANDIDATES ? count : CANDIDATES - 1;
        if (near <= integral || (count == CANDIDATES && s <= score[at])) {
            continue;
        }
        count += count < CANDIDATES;
        for (; at > 0 && score[at - 1] < s; at--) {
            score[at] = score[at - 1];
            out[at] = out[at - 1];
        }
        score[at] = s;
        out[at] = j;
    }
    return count;
}

/* The bound of the node with one decision more, by a few steps of the simplex. */
static double
trial(struct run *run, uint32_t column, int8_t value, int8_t *fixed, const unsigned char *basis)
{
    double bound = HUGE_VAL;

    memcpy(fixed, run->fixed, run->p->columns);
    fixed[column] = value;
    if (run->p->imply(run->p->self, fixed)) {
        set_ranges(run, fixed);
        cas_lp_basis_load(run->lp, basis);
        if (cas_lp_solve(run->lp, run->p->deadline, TRIAL_ITERATIONS) != CAS_LP_EMPTY) {
            bound = cas_lp_bound(run->lp);
        }
    }
    return bound;
}

struct choice {
    uint32_t column;
    double score, bound[2];
};

static void
weigh(struct run *run, uint32_t column, double bound, int8_t *fixed, const unsigned char *basis,
      struct choice *best)
{
    double down = fmax(bound, trial(run, column, 0, fixed, basis));
    double up = fmax(bound, trial(run, column, 1, fixed, basis));
    double most = run->p->upper - bound;
    double score = fmax(fmin(down - bound, most), 1e-4) * fmax(fmin(up - bound, most), 1e-4);

    if (score > best->score) {
        *best = (struct choice){column, score, {down, up}};
    }
}

static void
branch(struct run *run, uint32_t node)
{
    uint32_t columns[CANDIDATES], count = candidates(run, cas_lp_x(run->lp), columns);
    unsigned char *basis = cas_lp_basis_save(run->lp);
    int8_t *fixed = cas_alloc((size_t)run->p->columns + 1);
    double bound = run->nodes[node].bound;
    struct choice best = {columns[0], -1, {bound, bound}};

    run->failed = run->failed || !basis || !fixed;
    for (uint32_t i = 0; !run->failed && i < count; i++) {
        weigh(run, columns[i], bound, fixed, basis, &best);
    }
    if (!run->failed) {
        cas_lp_basis_load(run->lp, basis);
        int8_t first = best.bound[0] > best.bound[1] ? 0 : 1; /* the newest is tried first */
        for (int i = 0; i < 2; i++) {
            int8_t value = i == 0 ? first : (int8_t)(1 - first);
            if (!hopeless(run->p, best.bound[value])) {
                add_node(run, node, best.column, value, best.bound[value]);
            }
        }
    }
    cas_free(basis);
    cas_free(fixed);
}

/* --- the tree ----------------------------------------------------------------------------- */

static bool
run_init(struct run *run)
{
    size_t columns = (size_t)run->p->columns + 1;

    run->fixed = cas_alloc(columns);
    run->root_fixed = cas_alloc(columns);
    run->lp = cas_lp_new(run->p->columns, run->p->cost);
    run->reported = -HUGE_VAL;
    if (!run->fixed || !run->root_fixed || !run->lp ||
        (run->p->first && !cas_lp_add(run->lp, run->p->first))) {
        return false;
    }
    memset(run->root_fixed, -1, columns);
    add_node(run, NONE, 0, 0, -HUGE_VAL);
    return !run->failed;
}

static void
run_done(struct run *run)
{
    cas_lp_free(run->lp);
    cas_rows_done(&run->cuts);
    cas_free(run->nodes);
    cas_free(run->open);
    cas_free(run->fixed);
    cas_free(run->root_fixed);
}

/* @return false where the node could not be done */
static bool
visit(struct run *run, uint32_t node)
{
    bool stopped = false;

    if (!enter(run, node) || !bound_node(run, node, &stopped)) {
        return !stopped;
    }
    if (fractional(run, cas_lp_x(run->lp)) == 0) {
        /* a solution, so round() has lowered `upper` to the bound; if not, numbers went wrong */
        return hopeless(run->p, run->nodes[node].bound);
    }
    if (run->p->root) {
        return false;
    }
    branch(run, node);
    return true;
}

/* @return false where it was stopped */
static bool
explore(struct run *run)
{
    uint32_t visited = 0;

    while (run->open_count > 0 && !run->failed) {
        uint32_t node = pop(run);
        if (hopeless(run->p, run->nodes[node].bound)) {
            continue;
        }
        report(run, run->nodes[node].bound);
        if (cas_clock() >= run->p->deadline ||
            (run->p->node_limit && visited++ >= run->p->node_limit) || !visit(run, node)) {
            push(run, node);
            return false;
        }
    }
    return true;
}

enum cas_branch_answer
cas_branch_run(struct cas_branch *problem, double *out_lower)
{
    struct run run = {.p = problem};
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;

    if (run_init(&run)) {
        bool done = explore(&run);
        if (!run.failed) {
            double lower = done ? problem->upper : run.nodes[run.open[0]].bound;
            answer = done ? CAS_BRANCH_DONE : CAS_BRANCH_STOPPED;
            *out_lower = fmin(round_up(problem, lower), problem->upper);
            if (problem->root) {
                memcpy(problem->root, run.root_fixed, problem->columns);
            }
        }
    }
    run_done(&run);
    return answer;
}
