/* Burt's constraint where most actors meet most others: rows of a matrix, several at a time.
 *
 * With a(i, j) = w(i, j) + w(j, i) and s(i) its sum over j, what constraint.c says is
 *
 *   c(i) = sum over contacts j of ((a(i, j) + r(i, j)) / s(i))²
 *   r(i, j) = sum over q of a(i, q) a(q, j) / s(q)
 *
 * and r(i, j) = r(j, i), so that half of it is enough.
 */
#include "analysis/centrality/constraint.h"

#include <string.h>

#include "base/fault.h"

enum { LANES = 4 };
typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8), may_alias));

struct table {
    uint32_t n;
    size_t width;     /* n, rounded up to whole lanes */
    lanes *a;         /* row by row; 0 where there is no contact */
    lanes *reach;     /* of one row */
    double *strength; /* s */
};

static double *
table_row(const struct table *table, uint32_t index)
{
    return (double *)(table->a + index * (table->width / LANES));
}

static bool
table_alloc(struct table *table, uint32_t n)
{
    size_t groups = (size_t)n / LANES + 1;

    table->n = n;
    table->width = groups * LANES;
    table->a = cas_zalloc((size_t)n + 1, groups * sizeof(*table->a));
    table->reach = cas_zalloc(groups, sizeof(*table->reach));
    table->strength = cas_zalloc((size_t)n + 1, sizeof(*table->strength));
    return table->a && table->reach && table->strength;
}

static void
table_done(struct table *table)
{
    cas_free(table->a);
    cas_free(table->reach);
    cas_free(table->strength);
}

static void
table_fill(struct table *table, const struct cas_arcs *arcs)
{
    for (size_t i = 0; i < arcs->count; i++) {
        table_row(table, arcs->from[i])[arcs->to[i]] += arcs->weight[i];
        table_row(table, arcs->to[i])[arcs->from[i]] += arcs->weight[i];
        table->strength[arcs->from[i]] += arcs->weight[i];
        table->strength[arcs->to[i]] += arcs->weight[i];
    }
}

/* Add a(i, q) / s(q) times row q to `reach` for LANES rows from `q` on; columns before `from`,
 * in lanes, are not needed. */
static void
add_rows(struct table *table, const double *own, uint32_t q, size_t from)
{
    size_t groups = table->width / LANES;
    const lanes *rows[LANES];
    double share[LANES];

    for (uint32_t k = 0; k < LANES; k++) {
        bool contact = q + k < table->n && own[q + k] > 0;
        rows[k] = table->a + (contact ? q + k : 0) * groups;
        share[k] = contact ? own[q + k] / table->strength[q + k] : 0;
    }
    for (size_t i = from; i < groups; i++) {
        table->reach[i] += (share[0] * rows[0][i] + share[1] * rows[1][i]) +
                           (share[2] * rows[2][i] + share[3] * rows[3][i]);
    }
}

static void
constrain_row(struct table *table, uint32_t i, double *out)
{
    const double *own = table_row(table, i), *reach = (const double *)table->reach;
    size_t from = i / LANES;

    memset(table->reach, 0, table->width * sizeof(double));
    for (uint32_t q = 0; q < table->n; q += LANES) {
        add_rows(table, own, q, from);
    }
    for (uint32_t j = i + 1; j < table->n; j++) {
        double both = own[j] + reach[j];
        if (own[j] > 0) {
            out[i] += (both / table->strength[i]) * (both / table->strength[i]);
            out[j] += (both / table->strength[j]) * (both / table->strength[j]);
        }
    }
}

enum casus_status
cas_dense_constraint(const struct cas_contact *weighted, double *out, struct casus_error *err)
{
    struct table table;
    enum casus_status status = CASUS_OK;

    if (table_alloc(&table, weighted->arcs.n)) {
        table_fill(&table, &weighted->arcs);
        memset(out, 0, table.n * sizeof(*out));
        for (uint32_t i = 0; i < table.n; i++) {
            constrain_row(&table, i, out);
        }
    } else {
        status = cas_fail_memory(err);
    }
    table_done(&table);
    return status;
}
