/* PageRank: how often a walker stands at an actor who follows arcs by their weights, and at each
 * step, with probability 1 − damping or where no arc leads on, begins anew anywhere (Brin and Page
 * 1998).
 *
 * It is the solution of x(v) = 1 + damping × sum over arcs u → v of w(u, v) / s(u) × x(u), s being
 * the sum of weights out of u, divided by its sum: what ends at actors without arcs begins anew as
 * evenly as the rest does, which the division makes up for (Del Corso, Gulli and Romani 2005,
 * doi:10.1080/15427951.2005.10129102). Solved by Gauss and Seidel's method, which converges for
 * any damping below 1, by the factor `damping` a sweep at worst. No randomness.
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

/* @return the largest change of a value, relative to it */
static double
sweep(const struct cas_contact *contact, const double *share, double *x)
{
    double change = 0;

    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        double sum = 1;
        for (size_t i = contact->in_begin[v]; i < contact->in_begin[v + 1]; i++) {
            sum += share[i] * x[contact->in_from[i]];
        }
        change = fmax(change, fabs(sum - x[v]) / sum);
        x[v] = sum;
    }
    return change;
}

static void
divide(double *x, uint32_t n, double by)
{
    for (uint32_t v = 0; v < n; v++) {
        x[v] /= by;
    }
}

static double
sum_of(const double *x, uint32_t n)
{
    double sum = 0;

    for (uint32_t v = 0; v < n; v++) {
        sum += x[v];
    }
    return sum;
}

/* What all of it would be if it were as large as the solution, whose equations add up to
 * n = sum over v of x(v) × (1 − damping, or 1 where no arc leads on). The size converges slowest
 * by itself; its place in the sum is known without. */
static void
set_size(const struct cas_contact *contact, double damping, double *x)
{
    double sum = 0;

    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        bool ends = contact->out_begin[v] == contact->out_begin[v + 1];
        sum += x[v] * (ends ? 1 : 1 - damping);
    }
    divide(x, contact->arcs.n, sum / contact->arcs.n);
}

/* Until nothing changes but by rounding, which goes on for ever where many arcs come in. */
static void
solve(const struct cas_contact *contact, double damping, const double *share, double *x)
{
    double change = INFINITY, before;

    do {
        before = change;
        change = sweep(contact, share, x);
        set_size(contact, damping, x);
    } while (change > 8 * DBL_EPSILON && (change > 1e-13 || change < before));
}

enum casus_status
cas_pagerank(const struct cas_contact *weighted, double damping, double *out,
             struct casus_error *err)
{
    uint32_t n = weighted->arcs.n;
    double *share = shares_of(weighted, damping);

    if (!share) {
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        out[v] = 1 / (1 - damping); /* their mean where every actor has an arc out */
    }
    if (n > 0) {
        solve(weighted, damping, share, out);
        divide(out, n, sum_of(out, n));
    }
    cas_free(share);
    return CASUS_OK;
}
