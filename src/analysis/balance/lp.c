/* The border with CLP. Rows are kept beside the solver's own copy, to check its bounds by. */
#include "analysis/balance/lp.h"

#include <math.h>
#include <string.h>

#include <coin/Clp_C_Interface.h>

#include "analysis/limits.h"
#include "base/mem.h"

/* --- rows --------------------------------------------------------------------------------- */

void
cas_rows_done(struct cas_rows *rows)
{
    cas_free(rows->begin);
    cas_free(rows->index);
    cas_free(rows->value);
    cas_free(rows->lower);
    *rows = (struct cas_rows){0};
}

void
cas_rows_clear(struct cas_rows *rows)
{
    rows->count = 0;
    if (rows->begin) {
        rows->begin[0] = rows->begin[1] = 0;
    }
}

/* begin[count + 1] is where the row in the making ends so far. */
static bool
make_room(struct cas_rows *rows)
{
    bool fresh = rows->begin == NULL;
    size_t rows_needed = (size_t)rows->count + 3, entries;

    if (!cas_grow(&rows->begin, &rows->begin_room, rows_needed, sizeof(*rows->begin)) ||
        !cas_grow(&rows->lower, &rows->lower_room, rows_needed, sizeof(*rows->lower))) {
        return false;
    }
    if (fresh) {
        rows->begin[0] = rows->begin[1] = 0;
    }
    entries = (size_t)rows->begin[rows->count + 1] + 1;
    return entries < INT32_MAX &&
           cas_grow(&rows->index, &rows->index_room, entries, sizeof(*rows->index)) &&
           cas_grow(&rows->value, &rows->value_room, entries, sizeof(*rows->value));
}

void
cas_rows_entry(struct cas_rows *rows, uint32_t index, double value)
{
    int at;

    if (rows->failed || !make_room(rows)) {
        rows->failed = true;
        return;
    }
    at = rows->begin[rows->count + 1]++;
    rows->index[at] = (int)index;
    rows->value[at] = value;
}

void
cas_rows_close(struct cas_rows *rows, double lower)
{
    if (rows->failed || !make_room(rows)) {
        rows->failed = true;
        return;
    }
    rows->lower[rows->count++] = lower;
    rows->begin[rows->count + 1] = rows->begin[rows->count];
}

/* Keep the rows for which `keep` holds. */
static void
rows_keep(struct cas_rows *rows, const bool *keep)
{
    int kept = 0, at = 0;

    for (int r = 0; r < rows->count; r++) {
        int first = rows->begin[r], last = rows->begin[r + 1];
        if (!keep[r]) {
            continue;
        }
        rows->begin[kept] = at;
        rows->lower[kept++] = rows->lower[r];
        for (int k = first; k < last; k++, at++) {
            rows->index[at] = rows->index[k];
            rows->value[at] = rows->value[k];
        }
    }
    rows->count = kept;
    rows->begin[kept] = rows->begin[kept + 1] = at;
}

/* --- the program -------------------------------------------------------------------------- */

struct cas_lp {
    Clp_Simplex *model;
    struct cas_rows rows;
    uint32_t columns;
    double *cost, *lower, *upper, *reduced, *limitless;
    size_t limitless_room;
};

struct cas_lp *
cas_lp_new(uint32_t columns, const double *cost)
{
    struct cas_lp *lp = cas_zalloc(1, sizeof(*lp));
    int *start = cas_zalloc((size_t)columns + 1, sizeof(*start));
    size_t size = ((size_t)columns + 1) * sizeof(double);

    if (lp) {
        lp->columns = columns;
        lp->cost = cas_alloc(size);
        lp->lower = cas_zalloc((size_t)columns + 1, sizeof(double));
        lp->upper = cas_alloc(size);
        lp->reduced = cas_alloc(size);
    }
    if (!lp || !start || !lp->cost || !lp->lower || !lp->upper || !lp->reduced ||
        !(lp->model = Clp_newModel())) {
        cas_free(start);
        cas_lp_free(lp);
        return NULL;
    }
    memcpy(lp->cost, cost, columns * sizeof(*cost));
    for (uint32_t j = 0; j < columns; j++) {
        lp->upper[j] = 1;
    }
    Clp_setLogLevel(lp->model, 0);
    Clp_loadProblem(lp->model, (int)columns, 0, start, NULL, NULL, lp->lower, lp->upper, cost, NULL,
                    NULL);
    cas_free(start);
    return lp;
}

void
cas_lp_free(struct cas_lp *lp)
{
    if (!lp) {
        return;
    }
    if (lp->model) {
        Clp_deleteModel(lp->model);
    }
    cas_rows_done(&lp->rows);
    cas_free(lp->cost);
    cas_free(lp->lower);
    cas_free(lp->upper);
    cas_free(lp->reduced);
    cas_free(lp->limitless);
    cas_free(lp);
}

static bool
limitless(struct cas_lp *lp, size_t count)
{
    size_t before = lp->limitless_room;

    if (!cas_grow(&lp->limitless, &lp->limitless_room, count, sizeof(*lp->limitless))) {
        return false;
    }
    for (size_t i = before; i < lp->limitless_room; i++) {
        lp->limitless[i] = HUGE_VAL;
    }
    return true;
}

bool
cas_lp_add(struct cas_lp *lp, const struct cas_rows *rows)
{
    if (rows->failed || !limitless(lp, (size_t)rows->count + 1)) {
        return false;
    }
    if (rows->count == 0) {
        return true;
    }
    for (int r = 0; r < rows->count; r++) {
        for (int k = rows->begin[r]; k < rows->begin[r + 1]; k++) {
            cas_rows_entry(&lp->rows, (uint32_t)rows->index[k], rows->value[k]);
        }
        cas_rows_close(&lp->rows, rows->lower[r]);
    }
    if (!lp->rows.failed) {
        Clp_addRows(lp->model, rows->count, rows->lower, lp->limitless, rows->begin, rows->index,
                    rows->value);
    }
    return !lp->rows.failed;
}

void
cas_lp_range(struct cas_lp *lp, uint32_t column, double lower, double upper)
{
    lp->lower[column] = lower;
    lp->upper[column] = upper;
}

/* Weak duality: for prices p >= 0, cost·x >= p·lower + (cost − p·rows)·x, and each term of the
 * rest is least at one end of its range. `weight` 0 leaves the costs out. */
static double
price_bound(struct cas_lp *lp, const double *price, double sign, double weight)
{
    const struct cas_rows *rows = &lp->rows;
    double bound = 0;

    for (uint32_t j = 0; j < lp->columns; j++) {
        lp->reduced[j] = weight * lp->cost[j];
    }
    for (int r = 0; r < rows->count; r++) {
        double p = sign * price[r];
        if (p > 0) {
            bound += p * rows->lower[r];
            for (int k = rows->begin[r]; k < rows->begin[r + 1]; k++) {
                lp->reduced[rows->index[k]] -= p * rows->value[k];
            }
        }
    }
    for (uint32_t j = 0; j < lp->columns; j++) {
        bound += lp->reduced[j] * (lp->reduced[j] > 0 ? lp->lower[j] : lp->upper[j]);
    }
    return bound;
}

double
cas_lp_bound(struct cas_lp *lp)
{
    return price_bound(lp, Clp_dualRowSolution(lp->model), 1, 1);
}

/* Do the rows contradict one another? A ray of the dual says so if its own bound is above 0. */
static bool
is_empty(struct cas_lp *lp)
{
    double *ray = Clp_infeasibilityRay(lp->model);
    double largest = 0, bound;

    if (!ray) {
        return false;
    }
    for (int r = 0; r < lp->rows.count; r++) {
        largest = fmax(largest, fabs(ray[r]));
    }
    bound = fmax(price_bound(lp, ray, 1, 0), price_bound(lp, ray, -1, 0));
    Clp_freeRay(lp->model, ray);
    return bound > 1e-7 * largest;
}

enum cas_lp_answer
cas_lp_solve(struct cas_lp *lp, double deadline, int iterations)
{
    double left = deadline - cas_clock();
    int status;

    if (left <= 0) {
        return CAS_LP_STOPPED;
    }
    Clp_chgColumnLower(lp->model, lp->lower);
    Clp_chgColumnUpper(lp->model, lp->upper);
    Clp_setNumberIterations(lp->model, 0);
    Clp_setMaximumIterations(lp->model, iterations > 0 ? iterations : INT32_MAX);
    Clp_setMaximumSeconds(lp->model, left < 1e8 ? left : -1);
    Clp_dual(lp->model, 0);
    status = Clp_status(lp->model);
    if (status == 1 && is_empty(lp)) {
        return CAS_LP_EMPTY;
    }
    return status == 0 ? CAS_LP_SOLVED : CAS_LP_STOPPED;
}

const double *
cas_lp_x(const struct cas_lp *lp)
{
    return Clp_primalColumnSolution(lp->model);
}

const double *
cas_lp_reduced(const struct cas_lp *lp)
{
    return lp->reduced;
}

bool
cas_lp_trim(struct cas_lp *lp, int keep)
{
    int count = lp->rows.count, dropped = 0;
    const double *activity = Clp_primalRowSolution(lp->model);
    const double *price = Clp_dualRowSolution(lp->model);
    bool *stays = cas_alloc((size_t)count + 1);
    int *which = cas_alloc(((size_t)count + 1) * sizeof(*which));

    if (!stays || !which) {
        cas_free(stays);
        cas_free(which);
        return false;
    }
    for (int r = 0; r < count; r++) {
        stays[r] = r < keep || activity[r] < lp->rows.lower[r] + 1e-6 || fabs(price[r]) > 1e-9;
        if (!stays[r]) {
            which[dropped++] = r;
        }
    }
    if (dropped > count / 4) {
        Clp_deleteRows(lp->model, dropped, which);
        rows_keep(&lp->rows, stays);
    }
    cas_free(stays);
    cas_free(which);
    return true;
}

unsigned char *
cas_lp_basis_save(const struct cas_lp *lp)
{
    size_t size = (size_t)lp->columns + (size_t)lp->rows.count;
    unsigned char *basis = cas_alloc(size + 1);

    if (basis) {
        memcpy(basis, Clp_statusArray(lp->model), size);
    }
    return basis;
}

void
cas_lp_basis_load(struct cas_lp *lp, const unsigned char *basis)
{
    Clp_copyinStatus(lp->model, basis);
}
