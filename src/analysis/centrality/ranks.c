/* Ranks: 1 is the first, equals share the better rank, then a gap (1, 2, 2, 4).
 *
 * Scores are equal within 1e-9 of the larger. That alone is not transitive, so each is compared
 * with the first of its group: no group is wider than the tolerance.
 *
 * Invariant: entries are sorted by key, and stand in order of actor before, so that a stable sort
 * leaves equal ones in it. Keys are numbers of 64 bits in the order of the scores, the highest
 * first.
 */
#include <math.h>
#include <string.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"

enum { DIGITS = 8, DIGIT_VALUES = 256, FEW = 48 };

struct entry {
    uint64_t key; /* smaller comes first */
    double score;
    uint32_t actor;
};

/* A number's bits in the order of numbers: of negative ones all are turned, of others the sign. */
static uint64_t
key_of(double score, bool low_is_first)
{
    const uint64_t sign = UINT64_C(1) << 63;
    double unsigned_zero = score + 0.0;
    uint64_t bits;

    memcpy(&bits, &unsigned_zero, sizeof(bits));
    bits = bits & sign ? ~bits : bits | sign;
    return low_is_first ? bits : ~bits;
}

static unsigned
digit_of(const struct entry *entry, unsigned digit)
{
    return entry->key >> (8 * digit) & (DIGIT_VALUES - 1);
}

static void
sort_few(struct entry *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct entry entry = entries[i];
        uint32_t at = i;
        for (; at > 0 && entries[at - 1].key > entry.key; at--) {
            entries[at] = entries[at - 1];
        }
        entries[at] = entry;
    }
}

/* One stable pass. False, and nothing done, where all have the same digit. */
static bool
sort_by_digit(const struct entry *entries, uint32_t count, unsigned digit, struct entry *out)
{
    uint32_t begin[DIGIT_VALUES] = {0}, sum = 0;

    for (uint32_t i = 0; i < count; i++) {
        begin[digit_of(&entries[i], digit)]++;
    }
    if (begin[digit_of(&entries[0], digit)] == count) {
        return false;
    }
    for (unsigned value = 0; value < DIGIT_VALUES; value++) {
        uint32_t here = begin[value];
        begin[value] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++) {
        out[begin[digit_of(&entries[i], digit)]++] = entries[i];
    }
    return true;
}

/* @return the sorted ones: `entries` or `spare` */
static const struct entry *
sort_entries(struct entry *entries, struct entry *spare, uint32_t count)
{
    if (count <= FEW) {
        sort_few(entries, count);
        return entries;
    }
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (sort_by_digit(entries, count, digit, spare)) {
            struct entry *swap = entries;
            entries = spare;
            spare = swap;
        }
    }
    return entries;
}

static bool
near(double a, double b)
{
    double size = fabs(a) > fabs(b) ? fabs(a) : fabs(b);

    return a == b || fabs(a - b) <= 1e-9 * size;
}

enum casus_status
cas_ranks(const double *scores, uint32_t n, bool low_is_first, uint32_t *out,
          struct casus_error *err)
{
    struct entry *entries = cas_zalloc(2 * ((size_t)n + 1), sizeof(*entries));
    uint32_t count = 0, first = 0;

    if (!entries) {
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        out[v] = 0;
        if (!isnan(scores[v])) {
            entries[count++] = (struct entry){key_of(scores[v], low_is_first), scores[v], v};
        }
    }
    const struct entry *sorted = sort_entries(entries, entries + n + 1, count);
    for (uint32_t i = 0; i < count; i++) {
        first = near(sorted[first].score, sorted[i].score) ? first : i;
        out[sorted[i].actor] = first + 1;
    }
    cas_free(entries);
    return CASUS_OK;
}
