/* Ranks: 1 is the first, equals share the better rank, then a gap (1, 2, 2, 4).
 *
 * Scores are equal within 1e-9 of the larger. That alone is not transitive, so each is compared
 * with the first of its group: no group is wider than the tolerance.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"

struct entry {
    double key; /* larger comes first */
    uint32_t actor;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->key != b->key) {
        return a->key > b->key ? -1 : 1;
    }
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static bool
near(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

enum casus_status
cas_ranks(const double *scores, uint32_t n, bool low_is_first, uint32_t *out,
          struct casus_error *err)
{
    struct entry *entries = cas_zalloc((size_t)n + 1, sizeof(*entries));
    uint32_t count = 0, first = 0;

    if (!entries) {
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        out[v] = 0;
        if (!isnan(scores[v])) {
            entries[count++] = (struct entry){low_is_first ? -scores[v] : scores[v], v};
        }
    }
    qsort(entries, count, sizeof(*entries), compare_entries);
    for (uint32_t i = 0; i < count; i++) {
        first = near(entries[first].key, entries[i].key) ? first : i;
        out[entries[i].actor] = first + 1;
    }
    cas_free(entries);
    return CASUS_OK;
}
