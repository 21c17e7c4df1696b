/* Signs: one undirected edge a dyad, attack −, support +; and two scores on them.
 *
 * A dyad with both is ambivalent and left out, whatever the weights, unless an option decides.
 * PN (Everett and Borgatti 2014) solves (I − A / (2n − 2)) x = 1 with A = P − 2N. For n >= 3 the
 * matrix is positive definite: a row of |A| sums to at most 2(n − 1), reached by all rows only in
 * the complete graph of attacks, whose signs do not balance. So conjugate gradients solve it in
 * O(dyads) memory. For n = 2 a single attack leaves no unique solution.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"

/* Stable, by `a` or by `b`. `begin` holds n + 1. */
static void
sort_dyads(const struct cas_dyad *dyads, size_t count, uint32_t n, bool by_b, size_t *begin,
           struct cas_dyad *out)
{
    memset(begin, 0, ((size_t)n + 1) * sizeof(*begin));
    for (size_t i = 0; i < count; i++) {
        begin[(by_b ? dyads[i].b : dyads[i].a) + 1]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        begin[v + 1] += begin[v];
    }
    for (size_t i = 0; i < count; i++) {
        out[begin[by_b ? dyads[i].b : dyads[i].a]++] = dyads[i];
    }
}

static struct cas_dyad
dyad_of(const struct cas_contact_tie *tie)
{
    struct cas_dyad dyad = {.a = tie->from < tie->to ? tie->from : tie->to,
                            .b = tie->from < tie->to ? tie->to : tie->from};

    dyad.attack = tie->relation == CASUS_ATTACK;
    dyad.support = tie->relation == CASUS_SUPPORT;
    dyad.negative = dyad.attack ? tie->weight : 0;
    dyad.positive = dyad.support ? tie->weight : 0;
    return dyad;
}

static size_t
fold_dyads(struct cas_dyad *dyads, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct cas_dyad *last = kept ? &dyads[kept - 1] : NULL;
        if (!last || last->a != dyads[i].a || last->b != dyads[i].b) {
            dyads[kept++] = dyads[i];
            continue;
        }
        last->attack |= dyads[i].attack;
        last->support |= dyads[i].support;
        last->negative += dyads[i].negative;
        last->positive += dyads[i].positive;
    }
    return kept;
}

static size_t
dyads_of_ties(const struct cas_contact_tie *ties, size_t count, struct cas_dyad *out)
{
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        if (ties[i].from != ties[i].to && ties[i].relation != CASUS_CLAIM) {
            out[made++] = dyad_of(&ties[i]);
        }
    }
    return made;
}

enum casus_status
cas_dyads(uint32_t n, const struct cas_contact_tie *ties, size_t count, struct cas_dyad **out,
          size_t *out_count, struct casus_error *err)
{
    struct cas_dyad *dyads = cas_zalloc(count + 1, sizeof(*dyads));
    struct cas_dyad *spare = cas_zalloc(count + 1, sizeof(*spare));
    size_t *begin = cas_zalloc((size_t)n + 1, sizeof(*begin));
    enum casus_status status = CASUS_OK;

    if (dyads && spare && begin) {
        count = dyads_of_ties(ties, count, dyads);
        sort_dyads(dyads, count, n, true, begin, spare);
        sort_dyads(spare, count, n, false, begin, dyads);
        *out_count = fold_dyads(dyads, count);
        *out = dyads;
    } else {
        status = cas_fail_memory(err);
        cas_free(dyads);
    }
    cas_free(spare);
    cas_free(begin);
    return status;
}

int
cas_dyad_sign(const struct cas_dyad *dyad, enum casus_ambivalent ambivalent)
{
    if (dyad->attack != dyad->support) {
        return dyad->support ? 1 : -1;
    }
    switch (ambivalent) {
    case CASUS_AMBIVALENT_NET:
        return (dyad->positive > dyad->negative) - (dyad->positive < dyad->negative);
    case CASUS_AMBIVALENT_POSITIVE: return 1;
    case CASUS_AMBIVALENT_NEGATIVE: return -1;
    case CASUS_AMBIVALENT_OUT: break;
    }
    return 0;
}

void
cas_signed_degree(uint32_t n, const struct cas_dyad *dyads, size_t count,
                  enum casus_ambivalent ambivalent, double *out)
{
    for (uint32_t v = 0; v < n; v++) {
        out[v] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        int sign = cas_dyad_sign(&dyads[i], ambivalent);
        out[dyads[i].a] += sign;
        out[dyads[i].b] += sign;
    }
}

/* --- PN ----------------------------------------------------------------------------------- */

struct entry {
    uint32_t a, b;
    double value; /* of A / (2n − 2), at (a, b) and (b, a) */
};

struct system {
    uint32_t n;
    struct entry *entries;
    size_t count;
    double *residual, *direction, *image;
};

/* out = (I − A / (2n − 2)) x */
static void
apply(const struct system *system, const double *x, double *out)
{
    memcpy(out, x, system->n * sizeof(*out));
    for (size_t i = 0; i < system->count; i++) {
        const struct entry *entry = &system->entries[i];
        out[entry->a] -= entry->value * x[entry->b];
        out[entry->b] -= entry->value * x[entry->a];
    }
}

static double
square(const double *x, uint32_t n)
{
    double sum = 0;
    for (uint32_t v = 0; v < n; v++) {
        sum += x[v] * x[v];
    }
    return sum;
}

/* One step; `rest` is the squared residual before. @return the squared residual after */
static double
descend(struct system *system, double rest, double *x)
{
    double along = 0, step, after;

    apply(system, system->direction, system->image);
    for (uint32_t v = 0; v < system->n; v++) {
        along += system->direction[v] * system->image[v];
    }
    step = rest / along;
    for (uint32_t v = 0; v < system->n; v++) {
        x[v] += step * system->direction[v];
        system->residual[v] -= step * system->image[v];
    }
    after = square(system->residual, system->n);
    for (uint32_t v = 0; v < system->n; v++) {
        system->direction[v] = system->residual[v] + after / rest * system->direction[v];
    }
    return after;
}

/* The true residual of `x`; the search begins anew from there. */
static double
set_out(struct system *system, const double *x)
{
    apply(system, x, system->image);
    for (uint32_t v = 0; v < system->n; v++) {
        system->residual[v] = system->direction[v] = 1 - system->image[v];
    }
    return square(system->residual, system->n);
}

/* Twice: the second search mends what rounding left of the first. */
static void
solve(struct system *system, double *x)
{
    double goal = DBL_EPSILON * DBL_EPSILON * system->n / 16;

    for (uint32_t v = 0; v < system->n; v++) {
        x[v] = 1;
    }
    for (int round = 0; round < 2; round++) {
        double rest = set_out(system, x);
        for (int step = 0; step < 1000 && rest > goal; step++) {
            rest = descend(system, rest, x);
        }
    }
}

static bool
solvable(uint32_t n, const struct cas_dyad *dyads, size_t count, enum casus_ambivalent ambivalent)
{
    return n > 2 || (n == 2 && (count == 0 || cas_dyad_sign(&dyads[0], ambivalent) >= 0));
}

static void
system_done(struct system *system)
{
    cas_free(system->entries);
    cas_free(system->residual);
    cas_free(system->direction);
    cas_free(system->image);
}

static bool
system_init(struct system *system, uint32_t n, const struct cas_dyad *dyads, size_t count,
            enum casus_ambivalent ambivalent)
{
    double unit = 1 / (2 * (double)n - 2);

    *system = (struct system){.n = n};
    system->entries = cas_zalloc(count + 1, sizeof(*system->entries));
    system->residual = cas_zalloc(n, sizeof(*system->residual));
    system->direction = cas_zalloc(n, sizeof(*system->direction));
    system->image = cas_zalloc(n, sizeof(*system->image));
    for (size_t i = 0; system->entries && i < count; i++) {
        int sign = cas_dyad_sign(&dyads[i], ambivalent);
        if (sign != 0) {
            system->entries[system->count++] =
                (struct entry){dyads[i].a, dyads[i].b, sign > 0 ? unit : -2 * unit};
        }
    }
    return system->entries && system->residual && system->direction && system->image;
}

enum casus_status
cas_pn(uint32_t n, const struct cas_dyad *dyads, size_t count, enum casus_ambivalent ambivalent,
       double *out, const char **out_why, struct casus_error *err)
{
    struct system system;
    enum casus_status status = CASUS_OK;

    if (!solvable(n, dyads, count, ambivalent)) {
        for (uint32_t v = 0; v < n; v++) {
            out[v] = NAN;
        }
        *out_why = n < 2 ? "needs two actors" : "two actors at war leave no single solution";
        return CASUS_OK;
    }
    if (system_init(&system, n, dyads, count, ambivalent)) {
        solve(&system, out);
    } else {
        status = cas_fail_memory(err);
    }
    system_done(&system);
    return status;
}
