/* Change points of a series by permutation.
 *
 * Of all cuts of n numbers in two, the one with the largest
 *     |S_k - (k / n) S_n| / sqrt(k (n - k) / n)
 * is taken, S_k being the sum of the first k: the difference of means, standardised but for the
 * spread, which permutations leave as it is. p is how often numbers in random order do as well
 * (Antoch and Hušková 2001). Where p <= 0.05 both halves are tested too (Vostrikova 1981). All
 * tests of a timeline are corrected together (Holm 1979).
 *
 * The numbers are taken as exchangeable under no change: a trend, a season or one window's hold on
 * the next makes p too small.
 */
#ifndef CAS_SHIFTS_H
#define CAS_SHIFTS_H

#include <casus/timeline.h>

enum { CAS_SHIFT_LEAST = 6 }; /* numbers of a test */

struct cas_shifts {
    struct casus_shift *tests;
    uint32_t count;
    size_t room;
    uint32_t permutations;
    uint64_t seed;
};

/* Test one series; numbers that are NaN are left out. Appends to `shifts`. False without memory. */
bool cas_shifts_find(struct cas_shifts *shifts, enum casus_series series, const double *numbers,
                     uint32_t count);
/* Fill `corrected` of all tests. False without memory. */
bool cas_shifts_correct(struct cas_shifts *shifts);

#endif
