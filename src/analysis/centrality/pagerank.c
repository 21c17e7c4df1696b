/* PageRank: how often a walker stands at an actor who follows arcs by their weights, and at each
 * step, with probability 1 − damping or where no arc leads on, begins anew anywhere (Brin and Page
 * 1998).
 *
 * It is the solution of x(v) = 1 + damping × sum over arcs u → v of w(u, v) / s(u) × x(u), s being
 * the sum of weights out of u, divided by its sum: what ends at actors without arcs begins anew as
 * evenly as the rest does, which the division makes up for (Del Corso, Gulli and Romani 2005,
 * doi:10.1080/15427951.2005.10129102).
 *
 * An actor with one neighbour is put into that one's equation and taken away, again and again: what
 * is a tree is solved without error but rounding, and most of a contact graph is trees. The rest
 * is solved by Gauss and Seidel's method, which converges for any damping below 1, by the factor
 * `damping` a sweep at worst. The equations stay those of an M-matrix: no `own` comes near 0.
 * No randomness.
 */
#include <float.h>
#include <math.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"

/* For each arc in order of (to, from): damping × w / s. @return owned; NULL without memory */
static double *
shares_of(const struct cas_contact *contact, double damping)
{
    const struct cas_arcs *arcs = &contact->arcs;
    double *strength = cas_zalloc((size_t)arcs->n + 1, sizeof(*strength));
    double *share = cas_zalloc(arcs->count + 1, sizeof(*share));

    if (!strength || !share) {
        cas_free(strength);
        cas_free(share);
        return NULL;
    }
    for (size_t i = 0; i < arcs->count; i++) {
        strength[arcs->from[i]] += arcs->weight[i];
    }
    for (size_t i = 0; i < arcs->count; i++) {
        uint32_t arc = contact->in_arc[i];
        share[i] = damping * (arcs->weight[arc] / strength[arcs->from[arc]]);
    }
    cas_free(strength);
    return share;
}

/* own × x = constant + sum over arcs from those that are left, of share × their x. */
struct equation {
    double own, constant;
    double from_parent;   /* of one that was taken away: the share of its parent's x */
    uint32_t parent;      /* its one neighbour */
    uint32_t left, mixed; /* neighbours that are left: how many; all their numbers, by xor */
};

/* What is left and has neighbours stands by its place in the lists of the core. All of its
 * equations together say that its size, the sum of weight × x, is the sum of the constants. */
struct system {
    const struct cas_contact *contact;
    const double *share;
    struct equation *at;
    uint32_t *taken; /* away, in that order */
    uint32_t taken_count;
    uint32_t *core, *place, *from; /* actors; their places; where arcs in come from, by place */
    size_t *begin;
    double *core_share, *x, *weight, size;
    uint32_t core_count;
};

static void
system_done(struct system *system)
{
    cas_free(system->at);
    cas_free(system->taken);
    cas_free(system->core);
    cas_free(system->place);
    cas_free(system->from);
    cas_free(system->begin);
    cas_free(system->core_share);
    cas_free(system->x);
    cas_free(system->weight);
}

static bool
system_init(struct system *system, const struct cas_contact *contact, const double *share)
{
    size_t n = (size_t)contact->arcs.n + 1, m = contact->arcs.count + 1;

    *system = (struct system){.contact = contact,
                              .share = share,
                              .at = cas_zalloc(n, sizeof(struct equation)),
                              .taken = cas_zalloc(n, sizeof(uint32_t)),
                              .core = cas_zalloc(n, sizeof(uint32_t)),
                              .place = cas_zalloc(n, sizeof(uint32_t)),
                              .from = cas_zalloc(m, sizeof(uint32_t)),
                              .begin = cas_zalloc(n, sizeof(size_t)),
                              .core_share = cas_zalloc(m, sizeof(double)),
                              .x = cas_zalloc(n, sizeof(double)),
                              .weight = cas_zalloc(n, sizeof(double))};
    return system->at && system->taken && system->core && system->place && system->from &&
           system->begin && system->core_share && system->x && system->weight;
}

/* --- trees -------------------------------------------------------------------------------- */

/* One to whom and from whom arcs go counts once. */
static void
meet_neighbours(struct system *system, uint32_t v)
{
    const struct cas_contact *contact = system->contact;
    struct equation *equation = &system->at[v];
    size_t i = contact->out_begin[v], j = contact->in_begin[v];

    while (i < contact->out_begin[v + 1] || j < contact->in_begin[v + 1]) {
        uint32_t to = i < contact->out_begin[v + 1] ? contact->arcs.to[i] : UINT32_MAX;
        uint32_t from = j < contact->in_begin[v + 1] ? contact->in_from[j] : UINT32_MAX;
        uint32_t one = to < from ? to : from;
        i += to == one;
        j += from == one;
        equation->left++;
        equation->mixed ^= one;
    }
}

static void
write_equations(struct system *system)
{
    for (uint32_t v = 0; v < system->contact->arcs.n; v++) {
        system->at[v] = (struct equation){.own = 1, .constant = 1};
        meet_neighbours(system, v);
    }
}

/* The share of the arc from one to the other; 0 where there is none. */
static double
share_between(const struct system *system, uint32_t from, uint32_t to)
{
    const struct cas_contact *contact = system->contact;
    size_t low = contact->in_begin[to], end = contact->in_begin[to + 1], high = end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (contact->in_from[middle] < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && contact->in_from[low] == from ? system->share[low] : 0;
}

/* Put the equation of one with one neighbour into that one's. */
static void
take_away(struct system *system, uint32_t v)
{
    struct equation *one = &system->at[v], *parent = &system->at[one->mixed];
    double back = share_between(system, v, one->mixed) / one->own;

    one->parent = one->mixed;
    one->from_parent = share_between(system, one->parent, v);
    parent->constant += back * one->constant;
    parent->own -= back * one->from_parent;
    parent->left--;
    parent->mixed ^= v;
    one->left = 0;
    system->taken[system->taken_count++] = v;
}

/* From each leaf on, as far as the tree goes. */
static void
take_trees_away(struct system *system)
{
    for (uint32_t v = 0; v < system->contact->arcs.n; v++) {
        for (uint32_t at = v; system->at[at].left == 1;) {
            take_away(system, at);
            at = system->at[at].parent;
        }
    }
}

static void
put_back(const struct system *system, double *x)
{
    for (uint32_t i = system->taken_count; i-- > 0;) {
        const struct equation *one = &system->at[system->taken[i]];
        x[system->taken[i]] = (one->constant + one->from_parent * x[one->parent]) / one->own;
    }
}

/* --- what is left ------------------------------------------------------------------------- */

/* One that is left without neighbours is solved; the others are the core. */
static void
solve_alone(struct system *system, double *x)
{
    for (uint32_t i = 0; i < system->taken_count; i++) {
        system->place[system->taken[i]] = UINT32_MAX;
    }
    for (uint32_t v = 0; v < system->contact->arcs.n; v++) {
        const struct equation *one = &system->at[v];
        if (system->place[v] == UINT32_MAX) {
            continue;
        }
        x[v] = one->constant / one->own;
        system->place[v] = one->left ? system->core_count : UINT32_MAX;
        if (one->left) {
            system->core[system->core_count++] = v;
        }
    }
}

static void
list_arcs(struct system *system)
{
    const struct cas_contact *contact = system->contact;
    size_t count = 0;

    for (uint32_t k = 0; k < system->core_count; k++) {
        uint32_t v = system->core[k];
        for (size_t i = contact->in_begin[v]; i < contact->in_begin[v + 1]; i++) {
            if (system->place[contact->in_from[i]] != UINT32_MAX) {
                system->from[count] = system->place[contact->in_from[i]];
                system->core_share[count++] = system->share[i];
            }
        }
        system->begin[k + 1] = count;
    }
}

static void
weigh(struct system *system)
{
    for (uint32_t k = 0; k < system->core_count; k++) {
        system->weight[k] += system->at[system->core[k]].own;
        system->size += system->at[system->core[k]].constant;
        for (size_t i = system->begin[k]; i < system->begin[k + 1]; i++) {
            system->weight[system->from[i]] -= system->core_share[i];
        }
    }
}

/* @return the largest change of a value, relative to it */
static double
sweep(const struct system *system)
{
    double change = 0, *x = system->x;

    for (uint32_t k = 0; k < system->core_count; k++) {
        const struct equation *one = &system->at[system->core[k]];
        double sum = one->constant;
        for (size_t i = system->begin[k]; i < system->begin[k + 1]; i++) {
            sum += system->core_share[i] * x[system->from[i]];
        }
        sum /= one->own;
        double moved = fabs(sum - x[k]);
        if (moved > change * sum) {
            change = moved / sum;
        }
        x[k] = sum;
    }
    return change;
}

/* What all of it would be if it were as large as the solution. The size converges slowest by
 * itself, and is known without. */
static void
set_size(const struct system *system)
{
    double sum = 0;

    for (uint32_t k = 0; k < system->core_count; k++) {
        sum += system->x[k] * system->weight[k];
    }
    for (uint32_t k = 0; k < system->core_count; k++) {
        system->x[k] *= system->size / sum;
    }
}

/* Until nothing changes but by rounding, which goes on for ever where many arcs come in. */
static void
solve_core(struct system *system, double damping, double *x)
{
    double change = INFINITY, before;

    list_arcs(system);
    weigh(system);
    for (uint32_t k = 0; k < system->core_count; k++) {
        system->x[k] = 1 / (1 - damping); /* their mean where every actor has an arc out */
    }
    do {
        before = change;
        change = sweep(system);
        set_size(system);
    } while (change > 8 * DBL_EPSILON && (change > 1e-13 || change < before));
    for (uint32_t k = 0; k < system->core_count; k++) {
        x[system->core[k]] = system->x[k];
    }
}

static void
solve(struct system *system, double damping, double *x)
{
    write_equations(system);
    take_trees_away(system);
    solve_alone(system, x);
    if (system->core_count) {
        solve_core(system, damping, x);
    }
    put_back(system, x);
}

static void
divide(double *x, uint32_t n)
{
    double sum = 0;

    for (uint32_t v = 0; v < n; v++) {
        sum += x[v];
    }
    for (uint32_t v = 0; v < n; v++) {
        x[v] /= sum;
    }
}

enum casus_status
cas_pagerank(const struct cas_contact *weighted, double damping, double *out,
             struct casus_error *err)
{
    struct system system = {0};
    double *share = shares_of(weighted, damping);
    bool ready = share && system_init(&system, weighted, share);

    if (ready) {
        solve(&system, damping, out);
        divide(out, weighted->arcs.n);
    }
    system_done(&system);
    cas_free(share);
    return ready ? CASUS_OK : cas_fail_memory(err);
}
