/* Balance by triangles and by closed walks. */
#ifndef CAS_TRIADS_H
#define CAS_TRIADS_H

#include "analysis/balance/signed_graph.h"

/* Triangles by their number of negative ties: +++, ++-, +--, ---. */
struct cas_triads {
    uint64_t count[4];
};

/* Count every triangle once. Cost: O(m^1.5). Memory: O(n + m).
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_triads_count(const struct cas_signed *graph, struct cas_triads *out,
                                   struct casus_error *err);
uint64_t cas_triads_total(const struct cas_triads *triads);
/* Shares of balanced triangles, NaN where there are none. Strict (Cartwright and Harary 1956): an
 * even number of negative ties. Weak (Davis 1967): not exactly one. */
double cas_triads_strict(const struct cas_triads *triads);
double cas_triads_weak(const struct cas_triads *triads);

enum { CAS_WALK_PART_MAX = 2000 };

/* Walk-based balance: tr(exp(A)) / tr(exp(|A|)), in (0, 1], 1 where all closed walks are positive
 * (Estrada and Benzi 2014, doi:10.1103/PhysRevE.90.042802). By the eigenvalues of each connected
 * part; signs alone, no weights.
 * @param deadline by cas_clock(); past it large graphs are given up
 * @param out      NaN where it is not computed, and then `out_why` says why (a constant)
 * @return CASUS_OK, CASUS_ENOMEM, CASUS_EENGINE. Cost: O(sum of part sizes cubed). */
enum casus_status cas_walk_balance(const struct cas_signed *graph, double deadline, double *out,
                                   const char **out_why, struct casus_error *err);

#endif
