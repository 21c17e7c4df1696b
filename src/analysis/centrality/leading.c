/* The largest eigenvalue of a symmetric matrix of weights, and its vector.
 *
 * Each connected part has a simple largest eigenvalue and a positive vector (Perron and Frobenius),
 * so the whole has a simple one where no two parts tie. A part is solved by the Lanczos method with
 * full reorthogonalisation and thick restarts (Wu and Simon 2000, doi:10.1137/S0895479898334605).
 * It starts from a positive vector, which is never orthogonal to the one looked for; where the
 * Krylov space ends early, it holds that vector exactly. A few plain multiplications at the end
 * give the small entries the relative precision of the large ones: nothing cancels in them.
 * No randomness.
 *
 * Where weights have signs, the square of the matrix is taken, whose largest eigenvalue is simple
 * just where one eigenvalue of the matrix is alone in size. Nothing is positive there, so the start
 * is any vector, and a second search at a right angle to the vector found looks for its rival.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "analysis/centrality/measure.h"
#include "analysis/limits.h"
#include "base/fault.h"

enum {
    BASIS = 32,     /* vectors before a restart */
    PEEK = 8,       /* vectors between looks at what is reached */
    KEPT = 10,      /* of these, taken along */
    RESTARTS = 600, /* then there is no answer */
    STAGNATION = 4, /* restarts without progress near rounding: that is all that doubles give */
    POLISH = 24     /* multiplications at the end, at most */
};

static const double tie_tolerance = 1e-9;
static const double settled = 1e-11; /* residual, relative to the value */
static const double fine = 1e-14;    /* the same, entry by entry */
/* Residual, relative to the gap to the next value: how far the vector may be off. */
static const double fine_angle = 1e-8;

/* The part in hand: vertices `member[0..size)`, its matrix in local numbers. */
struct part {
    uint32_t size;
    size_t *begin;
    uint32_t *to;
    double *weight;
    double *basis; /* BASIS + 1 vectors of `size` */
    double *spare; /* KEPT vectors */
    double projected[BASIS * BASIS], values[BASIS], vectors[BASIS * BASIS];
    double value, residual; /* found */
    double *vector;         /* found */
    bool squared;
    double *half;    /* A x, where squared */
    double *found;   /* room for `against` */
    double *against; /* not NULL: a vector of length 1 that all others keep at a right angle to, */
    double rival;    /* and its value: it is enough to know that this one is less */
};

static double
dot(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void
multiply_once(const struct part *part, const double *x, double *out)
{
    for (uint32_t v = 0; v < part->size; v++) {
        double sum = 0;
        for (size_t i = part->begin[v]; i < part->begin[v + 1]; i++) {
            sum += part->weight[i] * x[part->to[i]];
        }
        out[v] = sum;
    }
}

static void
turn_away(const double *from, double *x, uint32_t n)
{
    double along = dot(from, x, n);
    for (uint32_t i = 0; i < n; i++) {
        x[i] -= along * from[i];
    }
}

static void
multiply(const struct part *part, const double *x, double *out)
{
    multiply_once(part, x, part->squared ? part->half : out);
    if (part->squared) {
        multiply_once(part, part->half, out);
    }
    if (part->against) {
        turn_away(part->against, out, part->size);
    }
}

/* x /= ‖x‖. @return the norm */
static double
normalise(double *x, uint32_t n)
{
    double norm = sqrt(dot(x, x, n));
    for (uint32_t i = 0; norm > 0 && i < n; i++) {
        x[i] /= norm;
    }
    return norm;
}

static double *
basis_at(const struct part *part, uint32_t index)
{
    return part->basis + (size_t)index * part->size;
}

/* Multiply vector `j`, make the result orthogonal to all before (twice: once is not enough in
 * floating point) and put it behind them. @return its norm, 0 where the space has ended */
static double
extend(struct part *part, uint32_t j)
{
    double *next = basis_at(part, j + 1);
    double before;

    multiply(part, basis_at(part, j), next);
    before = sqrt(dot(next, next, part->size));
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i <= j; i++) {
            const double *other = basis_at(part, i);
            double along = dot(other, next, part->size);
            for (uint32_t k = 0; k < part->size; k++) {
                next[k] -= along * other[k];
            }
            if (round == 0) {
                part->projected[i * BASIS + j] = part->projected[j * BASIS + i] = along;
            }
        }
    }
    double norm = normalise(next, part->size);
    return norm > 16 * DBL_EPSILON * before ? norm : 0;
}

/* Eigenpairs of the leading `m` by `m` of the projected matrix; the largest value is last. */
static enum casus_status
solve_projected(struct part *part, uint32_t m, struct casus_error *err)
{
    double small[BASIS * BASIS];

    for (uint32_t i = 0; i < m; i++) {
        memcpy(small + (size_t)i * m, part->projected + (size_t)i * BASIS, m * sizeof(*small));
    }
    return cas_igraph_symmetric(m, small, part->values, part->vectors, err);
}

/* out = the Ritz vector of the eigenpair `index` of `m`. */
static void
ritz_vector(const struct part *part, uint32_t m, uint32_t index, double *out)
{
    const double *mix = part->vectors + (size_t)index * m;

    memset(out, 0, part->size * sizeof(*out));
    for (uint32_t j = 0; j < m; j++) {
        const double *base = basis_at(part, j);
        for (uint32_t k = 0; k < part->size; k++) {
            out[k] += mix[j] * base[k];
        }
    }
}

/* Keep the best Ritz vectors and the last vector of the basis. @return where to go on */
static uint32_t
restart(struct part *part, uint32_t m)
{
    uint32_t kept = m < KEPT ? m : KEPT;

    for (uint32_t i = 0; i < kept; i++) {
        ritz_vector(part, m, m - 1 - i, part->spare + (size_t)i * part->size);
    }
    memmove(basis_at(part, kept), basis_at(part, m), part->size * sizeof(double));
    memcpy(part->basis, part->spare, (size_t)kept * part->size * sizeof(double));
    memset(part->projected, 0, sizeof(part->projected));
    for (uint32_t i = 0; i < kept; i++) {
        part->projected[i * BASIS + i] = part->values[m - 1 - i];
    }
    return kept;
}

/* Take the best pair in the first `m` vectors; `norm` is of what the last one left over. */
static enum casus_status
take_best(struct part *part, uint32_t m, double norm, struct casus_error *err)
{
    enum casus_status status = solve_projected(part, m, err);

    if (status == CASUS_OK) {
        part->value = part->values[m - 1];
        part->residual = m < part->size ? norm * fabs(part->vectors[(size_t)m * m - 1]) : 0;
    }
    return status;
}

static bool
is_exact(const struct part *part)
{
    return part->residual <= 2 * DBL_EPSILON * part->value ||
           (part->against && part->residual < (part->rival - part->value) / 1000);
}

/* Fill the basis behind its first `from` vectors, as far as the best pair in it needs. */
static enum casus_status
expand(struct part *part, uint32_t from, uint32_t *out_used, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    double norm = 1;
    uint32_t m = from;
    bool full = false;

    while (status == CASUS_OK && !full) {
        norm = extend(part, m++);
        full = m == BASIS || m == part->size || norm == 0;
        if (full || (m - from) % PEEK == 0) {
            status = take_best(part, m, norm, err);
            full = full || is_exact(part);
        }
    }
    *out_used = m;
    return status;
}

/* Restart until the residual is rounding, or shrinks no more. */
static enum casus_status
lanczos(struct part *part, struct casus_error *err)
{
    double best = INFINITY;
    uint32_t used = 0, idle = 0;

    for (uint32_t round = 0; round < RESTARTS && idle < STAGNATION; round++) {
        uint32_t from = round ? restart(part, used) : 0;
        enum casus_status status = expand(part, from, &used, err);
        if (status != CASUS_OK) {
            return status;
        }
        if (is_exact(part)) {
            break;
        }
        idle += part->residual <= settled * part->value && part->residual > best / 2;
        best = fmin(best, part->residual);
    }
    ritz_vector(part, used, used - 1, part->vector);
    return CASUS_OK;
}

/* y = A x. @return whether each entry of y is that of θ x, as far as rounding lets one tell */
static bool
is_settled(const struct part *part, const double *x, const double *y)
{
    bool settled_all = true;

    for (uint32_t i = 0; i < part->size; i++) {
        double aim = part->value * x[i];
        settled_all &= fabs(y[i] - aim) <= fine * aim;
    }
    return settled_all;
}

/* Multiply by A + θ, whose largest eigenvalue is alone in size, and keep the norm. */
static void
polish(struct part *part)
{
    double *x = part->vector, *y = part->spare;

    for (uint32_t i = 0; i < part->size; i++) {
        x[i] = fabs(x[i]);
    }
    for (int round = 0; round < POLISH; round++) {
        multiply(part, x, y);
        if (is_settled(part, x, y)) {
            break;
        }
        for (uint32_t i = 0; i < part->size; i++) {
            x[i] = y[i] + part->value * x[i];
        }
        normalise(x, part->size);
    }
}

static enum casus_status
solve_part(struct part *part, struct casus_error *err)
{
    enum casus_status status;

    for (uint32_t v = 0; v < part->size; v++) {
        part->basis[v] = 0;
        for (size_t i = part->begin[v]; i < part->begin[v + 1]; i++) {
            part->basis[v] += part->weight[i];
        }
    }
    normalise(part->basis, part->size);
    memset(part->projected, 0, sizeof(part->projected));
    status = lanczos(part, err);
    if (status == CASUS_OK) {
        polish(part);
    }
    return status;
}

/* A search sees of each eigenspace what its start holds of it: the second needs another start. */
static enum casus_status
solve_squared(struct part *part, struct casus_error *err)
{
    struct cas_random random = {part->against ? 2 : 1};

    for (uint32_t v = 0; v < part->size; v++) {
        part->basis[v] = (double)cas_random_below(&random, 1 << 30) / (1 << 29) - 1;
    }
    if (part->against) {
        turn_away(part->against, part->basis, part->size);
    }
    normalise(part->basis, part->size);
    memset(part->projected, 0, sizeof(part->projected));
    return lanczos(part, err);
}

/* --- the parts of a graph ----------------------------------------------------------------- */

/* Vertices in order of their part. */
struct parts {
    uint32_t count, largest;
    uint32_t *label, *order, *local; /* local: a vertex's number within its part */
    size_t *begin;
    uint32_t *row; /* the row of each entry */
};

static bool
parts_alloc(struct parts *parts, uint32_t n, size_t entries)
{
    memset(parts, 0, sizeof(*parts));
    parts->label = cas_zalloc((size_t)n + 1, sizeof(*parts->label));
    parts->order = cas_zalloc((size_t)n + 1, sizeof(*parts->order));
    parts->local = cas_zalloc((size_t)n + 1, sizeof(*parts->local));
    parts->begin = cas_zalloc((size_t)n + 2, sizeof(*parts->begin));
    parts->row = cas_zalloc(entries + 1, sizeof(*parts->row));
    return parts->label && parts->order && parts->local && parts->begin && parts->row;
}

static void
parts_done(struct parts *parts)
{
    cas_free(parts->label);
    cas_free(parts->order);
    cas_free(parts->local);
    cas_free(parts->begin);
    cas_free(parts->row);
}

static bool
parts_find(struct parts *parts, const struct cas_symmetric *matrix)
{
    for (uint32_t v = 0; v < matrix->n; v++) {
        for (size_t i = matrix->begin[v]; i < matrix->begin[v + 1]; i++) {
            parts->row[i] = v;
        }
    }
    parts->count =
        cas_components(matrix->n, parts->row, matrix->to, matrix->begin[matrix->n], parts->label);
    if (parts->count == UINT32_MAX) {
        return false;
    }
    for (uint32_t v = 0; v < matrix->n; v++) {
        parts->local[v] = (uint32_t)parts->begin[parts->label[v] + 1]++;
    }
    for (uint32_t p = 0; p < parts->count; p++) {
        size_t size = parts->begin[p + 1];
        parts->largest = size > parts->largest ? (uint32_t)size : parts->largest;
        parts->begin[p + 1] += parts->begin[p];
    }
    for (uint32_t v = 0; v < matrix->n; v++) {
        parts->order[parts->begin[parts->label[v]] + parts->local[v]] = v;
    }
    return true;
}

static bool
part_alloc(struct part *part, uint32_t largest, size_t entries, bool squared)
{
    memset(part, 0, sizeof(*part));
    part->squared = squared;
    part->begin = cas_zalloc((size_t)largest + 1, sizeof(*part->begin));
    part->to = cas_zalloc(entries + 1, sizeof(*part->to));
    part->weight = cas_zalloc(entries + 1, sizeof(*part->weight));
    part->basis = cas_zalloc(largest, (BASIS + 1) * sizeof(*part->basis));
    part->spare = cas_zalloc(largest, KEPT * sizeof(*part->spare));
    part->vector = cas_zalloc(largest, sizeof(*part->vector));
    part->half = cas_zalloc(squared ? largest : 0, sizeof(*part->half));
    part->found = cas_zalloc(squared ? largest : 0, sizeof(*part->found));
    return part->begin && part->to && part->weight && part->basis && part->spare && part->vector &&
           part->half && part->found;
}

static void
part_done(struct part *part)
{
    cas_free(part->begin);
    cas_free(part->to);
    cas_free(part->weight);
    cas_free(part->basis);
    cas_free(part->spare);
    cas_free(part->vector);
    cas_free(part->half);
    cas_free(part->found);
}

/* @return the largest sum of a row, which the eigenvalue does not exceed */
static double
part_load(struct part *part, const struct cas_symmetric *matrix, const struct parts *parts,
          uint32_t index)
{
    double bound = 0;
    size_t at = 0;

    part->size = (uint32_t)(parts->begin[index + 1] - parts->begin[index]);
    for (uint32_t k = 0; k < part->size; k++) {
        uint32_t v = parts->order[parts->begin[index] + k];
        double sum = 0;
        for (size_t i = matrix->begin[v]; i < matrix->begin[v + 1]; i++, at++) {
            part->to[at] = parts->local[matrix->to[i]];
            part->weight[at] = matrix->weight[i];
            sum += fabs(matrix->weight[i]);
        }
        part->begin[k + 1] = at;
        bound = fmax(bound, sum);
    }
    return bound;
}

static void
keep_vector(const struct part *part, const struct parts *parts, uint32_t index, uint32_t n,
            double *out)
{
    memset(out, 0, n * sizeof(*out));
    for (uint32_t k = 0; k < part->size; k++) {
        out[parts->order[parts->begin[index] + k]] = part->vector[k];
    }
}

/* The part in hand is the best so far. */
static enum casus_status
take_part(struct part *part, enum cas_leading *out_case, struct casus_error *err)
{
    double value = part->value, residual = part->residual, gap;
    enum casus_status status;

    *out_case = residual <= settled * value ? CAS_LEADING_SIMPLE : CAS_LEADING_UNSETTLED;
    if (!part->squared || part->size < 2) {
        return CASUS_OK;
    }
    part->against = part->found;
    part->rival = value;
    memcpy(part->found, part->vector, part->size * sizeof(*part->found));
    status = solve_squared(part, err);
    memcpy(part->vector, part->found, part->size * sizeof(*part->found));
    part->against = NULL;
    gap = value - part->value;
    part->value = value;
    if (gap <= 2 * tie_tolerance * value) {
        *out_case = CAS_LEADING_TIED;
    } else if (residual > fine_angle * gap) {
        *out_case = CAS_LEADING_UNSETTLED;
    }
    return status;
}

static enum casus_status
solve_parts(const struct cas_symmetric *matrix, const struct parts *parts, struct part *part,
            double *vector, enum cas_leading *out_case, struct casus_error *err)
{
    enum cas_leading leading = CAS_LEADING_NONE;
    double best = 0, near = part->squared ? 2 * tie_tolerance : tie_tolerance;
    enum casus_status status = CASUS_OK;

    for (uint32_t p = 0; status == CASUS_OK && p < parts->count; p++) {
        double bound = part_load(part, matrix, parts, p);
        bound *= part->squared ? bound : 1;
        if (bound < best * (1 - 2 * near) || part->begin[part->size] == 0) {
            continue;
        }
        status = part->squared ? solve_squared(part, err) : solve_part(part, err);
        if (status != CASUS_OK) {
            break;
        }
        if (fabs(part->value - best) <= near * fmax(part->value, best)) {
            leading = CAS_LEADING_TIED;
        } else if (part->value > best) {
            status = take_part(part, &leading, err);
            keep_vector(part, parts, p, matrix->n, vector);
        }
        best = fmax(best, part->value);
    }
    *out_case = leading;
    return status;
}

static enum casus_status
solve(const struct cas_symmetric *matrix, bool squared, double *out, enum cas_leading *out_case,
      struct casus_error *err)
{
    struct parts parts;
    struct part *part = cas_zalloc(1, sizeof(*part));
    size_t entries = matrix->begin[matrix->n];
    enum casus_status status;

    if (parts_alloc(&parts, matrix->n, entries) && part && parts_find(&parts, matrix) &&
        part_alloc(part, parts.largest, entries, squared)) {
        status = solve_parts(matrix, &parts, part, out, out_case, err);
    } else {
        status = cas_fail_memory(err);
    }
    if (part) {
        part_done(part);
    }
    cas_free(part);
    parts_done(&parts);
    return status;
}

enum casus_status
cas_leading_vector(const struct cas_symmetric *matrix, double *out, enum cas_leading *out_case,
                   struct casus_error *err)
{
    return solve(matrix, false, out, out_case, err);
}

enum casus_status
cas_dominant_vector(const struct cas_symmetric *matrix, double *out, enum cas_leading *out_case,
                    struct casus_error *err)
{
    return solve(matrix, true, out, out_case, err);
}
