/* Scores of walks along ties: hubs and authorities; the eigenvector, also of signs.
 *
 * Hubs and authorities are the leading singular vectors of the matrix of weights: the leading
 * eigenvector of the graph that has each actor twice, once as a sender and once as a receiver.
 * So one routine for symmetric matrices serves both, and says where the value is not simple.
 */
#include "analysis/centrality/measure.h"

#include <math.h>
#include <string.h>

#include "base/fault.h"

static bool
symmetric_alloc(uint32_t n, size_t entries, struct cas_symmetric *out)
{
    out->n = n;
    out->begin = cas_zalloc((size_t)n + 1, sizeof(*out->begin));
    out->to = cas_zalloc(entries + 1, sizeof(*out->to));
    out->weight = cas_zalloc(entries + 1, sizeof(*out->weight));
    return out->begin && out->to && out->weight;
}

static void
symmetric_done(struct cas_symmetric *matrix)
{
    cas_free(matrix->begin);
    cas_free(matrix->to);
    cas_free(matrix->weight);
}

/* Append the arcs that leave `actor` to the row that grows at `at`; columns move by `shift`. */
static size_t
add_out(const struct cas_contact *contact, uint32_t actor, uint32_t shift, size_t at,
        struct cas_symmetric *matrix)
{
    for (size_t i = contact->out_begin[actor]; i < contact->out_begin[actor + 1]; i++, at++) {
        matrix->to[at] = contact->arcs.to[i] + shift;
        matrix->weight[at] = contact->arcs.weight[i];
    }
    return at;
}

static size_t
add_in(const struct cas_contact *contact, uint32_t actor, size_t at, struct cas_symmetric *matrix)
{
    for (size_t i = contact->in_begin[actor]; i < contact->in_begin[actor + 1]; i++, at++) {
        matrix->to[at] = contact->in_from[i];
        matrix->weight[at] = contact->arcs.weight[contact->in_arc[i]];
    }
    return at;
}

static void
fill_undirected(const struct cas_contact *contact, struct cas_symmetric *matrix)
{
    size_t at = 0;

    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        at = add_out(contact, v, 0, at, matrix);
        at = add_in(contact, v, at, matrix);
        matrix->begin[v + 1] = at;
    }
}

/* Senders are 0 to n − 1, receivers n to 2n − 1. */
static void
fill_doubled(const struct cas_contact *contact, struct cas_symmetric *matrix)
{
    uint32_t n = contact->arcs.n;
    size_t at = 0;

    for (uint32_t v = 0; v < n; v++) {
        at = add_out(contact, v, n, at, matrix);
        matrix->begin[v + 1] = at;
    }
    for (uint32_t v = 0; v < n; v++) {
        at = add_in(contact, v, at, matrix);
        matrix->begin[n + v + 1] = at;
    }
}

static const char *
reason_of(enum cas_leading leading)
{
    switch (leading) {
    case CAS_LEADING_NONE: return "no tie of positive weight";
    case CAS_LEADING_TIED:
        return "the leading value is not simple: separate parts of the graph tie for it";
    case CAS_LEADING_UNSETTLED:
        return "the leading value is not simple: the next one is too near to tell apart";
    case CAS_LEADING_SIMPLE: break;
    }
    return NULL;
}

/* Largest 1; all NaN unless there is one leading vector. */
static void
scale(double *scores, uint32_t n, bool defined)
{
    double largest = 0;

    for (uint32_t v = 0; defined && v < n; v++) {
        largest = fmax(largest, scores[v]);
    }
    for (uint32_t v = 0; v < n; v++) {
        scores[v] = defined ? scores[v] / largest : NAN;
    }
}

static enum casus_status
leading_of(const struct cas_contact *contact, bool doubled, double *out, enum cas_leading *leading,
           struct casus_error *err)
{
    struct cas_symmetric matrix;
    uint32_t n = doubled ? 2 * contact->arcs.n : contact->arcs.n;
    enum casus_status status;

    if (symmetric_alloc(n, 2 * contact->arcs.count, &matrix)) {
        (doubled ? fill_doubled : fill_undirected)(contact, &matrix);
        status = cas_leading_vector(&matrix, out, leading, err);
    } else {
        status = cas_fail_memory(err);
    }
    symmetric_done(&matrix);
    return status;
}

enum casus_status
cas_eigenvector(const struct cas_contact *weighted, double *out, const char **out_why,
                struct casus_error *err)
{
    enum cas_leading leading;
    enum casus_status status = leading_of(weighted, false, out, &leading, err);

    if (status == CASUS_OK) {
        scale(out, weighted->arcs.n, leading == CAS_LEADING_SIMPLE);
        *out_why = reason_of(leading);
    }
    return status;
}

enum casus_status
cas_hits(const struct cas_contact *weighted, double *out_hub, double *out_authority,
         const char **out_why, struct casus_error *err)
{
    uint32_t n = weighted->arcs.n;
    double *both = cas_zalloc(2 * (size_t)n + 1, sizeof(*both));
    enum cas_leading leading;
    enum casus_status status;

    if (!both) {
        return cas_fail_memory(err);
    }
    status = leading_of(weighted, true, both, &leading, err);
    if (status == CASUS_OK) {
        memcpy(out_hub, both, n * sizeof(*both));
        memcpy(out_authority, both + n, n * sizeof(*both));
        scale(out_hub, n, leading == CAS_LEADING_SIMPLE);
        scale(out_authority, n, leading == CAS_LEADING_SIMPLE);
        *out_why = reason_of(leading);
    }
    cas_free(both);
    return status;
}

/* --- signs -------------------------------------------------------------------------------- */

/* Rows of the dyads that have a sign; `matrix` has room for two entries a dyad. */
static void
fill_signed(const struct cas_dyad *dyads, size_t count, enum casus_ambivalent ambivalent,
            struct cas_symmetric *matrix)
{
    size_t *at = matrix->begin;

    for (size_t i = 0; i < count; i++) {
        bool counts = cas_dyad_sign(&dyads[i], ambivalent) != 0;
        at[dyads[i].a] += counts;
        at[dyads[i].b] += counts;
    }
    for (uint32_t v = 0; v < matrix->n; v++) {
        at[v + 1] += at[v];
    }
    for (size_t i = count; i-- > 0;) {
        int sign = cas_dyad_sign(&dyads[i], ambivalent);
        if (sign != 0) {
            matrix->to[--at[dyads[i].a]] = dyads[i].b;
            matrix->weight[at[dyads[i].a]] = sign;
            matrix->to[--at[dyads[i].b]] = dyads[i].a;
            matrix->weight[at[dyads[i].b]] = sign;
        }
    }
}

/* The entry of the largest size, of equals the first, becomes 1. */
static void
scale_signed(double *scores, uint32_t n, bool defined)
{
    double largest = 0, unit = 1;

    for (uint32_t v = 0; defined && v < n; v++) {
        largest = fmax(largest, fabs(scores[v]));
    }
    for (uint32_t v = n; defined && v-- > 0;) {
        unit = fabs(scores[v]) >= largest * (1 - 1e-9) ? scores[v] : unit;
    }
    for (uint32_t v = 0; v < n; v++) {
        scores[v] = defined ? scores[v] / unit : NAN;
    }
}

static const char *
signed_reason_of(enum cas_leading leading)
{
    switch (leading) {
    case CAS_LEADING_NONE: return "no signed tie";
    case CAS_LEADING_TIED: return "no dominant eigenvalue: two are the largest in size";
    case CAS_LEADING_UNSETTLED:
        return "no dominant eigenvalue: the next in size is too near to tell apart";
    case CAS_LEADING_SIMPLE: break;
    }
    return NULL;
}

enum casus_status
cas_signed_eigenvector(uint32_t n, const struct cas_dyad *dyads, size_t count,
                       enum casus_ambivalent ambivalent, double *out, const char **out_why,
                       struct casus_error *err)
{
    struct cas_symmetric matrix;
    enum cas_leading leading;
    enum casus_status status;

    if (symmetric_alloc(n, 2 * count, &matrix)) {
        fill_signed(dyads, count, ambivalent, &matrix);
        status = cas_dominant_vector(&matrix, out, &leading, err);
    } else {
        status = cas_fail_memory(err);
    }
    symmetric_done(&matrix);
    if (status == CASUS_OK) {
        scale_signed(out, n, leading == CAS_LEADING_SIMPLE);
        *out_why = signed_reason_of(leading);
    }
    return status;
}
