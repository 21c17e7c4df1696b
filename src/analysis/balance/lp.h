/* A linear program that grows by rows: minimise cost·x over rows·x >= lower, 0 <= x <= 1.
 *
 * The one place that knows the solver (COIN-OR's CLP, the engine of CBC). It is not made for
 * failing memory, so programs live in a worker process (worker.h). Bounds are not taken from the
 * solver on trust: they follow from its row prices alone (weak duality), whatever it says of itself.
 */
#ifndef CAS_LP_H
#define CAS_LP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows, one behind the other: sum of value[k] x[index[k]] >= lower. */
struct cas_rows {
    int *begin; /* count + 1 */
    int *index;
    double *value;
    double *lower;
    int count;
    size_t begin_room, index_room, value_room, lower_room;
    bool failed;
};
void cas_rows_done(struct cas_rows *rows);
void cas_rows_clear(struct cas_rows *rows);
/* Append an entry to the row in the making; close it. Failure sticks. */
void cas_rows_entry(struct cas_rows *rows, uint32_t index, double value);
void cas_rows_close(struct cas_rows *rows, double lower);

struct cas_lp;
struct cas_lp *cas_lp_new(uint32_t columns, const double *cost);
void cas_lp_free(struct cas_lp *lp);
bool cas_lp_add(struct cas_lp *lp, const struct cas_rows *rows);
void cas_lp_range(struct cas_lp *lp, uint32_t column, double lower, double upper);

enum cas_lp_answer {
    CAS_LP_SOLVED,
    CAS_LP_EMPTY,  /* no x satisfies the rows: proved by a combination of them */
    CAS_LP_STOPPED /* time, iterations or numbers ran out; cas_lp_bound() holds all the same */
};
/* Dual simplex from where the last call ended. @param iterations at most so many; 0: no limit */
enum cas_lp_answer cas_lp_solve(struct cas_lp *lp, double deadline, int iterations);
const double *cas_lp_x(const struct cas_lp *lp);
/* A lower bound on the objective under the present ranges. */
double cas_lp_bound(struct cas_lp *lp);
/* What the bound would rise by, per unit, if a column left its present end: of the last call of
 * cas_lp_bound(). >= 0: at its lower end; <= 0: at its upper end. */
const double *cas_lp_reduced(const struct cas_lp *lp);
/* Forget rows that are not tight, keeping the first `keep`. */
bool cas_lp_trim(struct cas_lp *lp, int keep);

/* The simplex basis, to come back to. */
unsigned char *cas_lp_basis_save(const struct cas_lp *lp);
void cas_lp_basis_load(struct cas_lp *lp, const unsigned char *basis);

#endif
