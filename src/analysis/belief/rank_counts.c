/* Histograms of ranks. See rank_counts.h. */
#include "analysis/belief/rank_counts.h"

#include <math.h>

enum { COARSEST = 4 };

static uint32_t
bucket_of(uint32_t rank, uint32_t fine)
{
    if (rank < 2 * fine)
        return rank;
    unsigned shift = (unsigned)(__builtin_clz(fine) - __builtin_clz(rank));
    return shift * fine + (rank >> shift);
}

static uint32_t
lowest_of(uint32_t bucket, uint32_t fine, uint32_t *out_width)
{
    unsigned shift = bucket < 2 * fine ? 0 : bucket / fine - 1;
    *out_width = (uint32_t)1 << shift;
    return (bucket - shift * fine) << shift;
}

static size_t
bytes_of(size_t rows, uint32_t most, uint32_t fine)
{
    size_t bytes;
    if (__builtin_mul_overflow(rows, ((size_t)bucket_of(most, fine) + 1) * sizeof(uint32_t),
                               &bytes))
        return SIZE_MAX;
    return bytes;
}

bool
cas_rank_counts_init(struct cas_rank_counts *counts, size_t rows, uint32_t most, size_t bytes_max)
{
    uint32_t fine = COARSEST;
    while (2 * fine <= most && fine < UINT32_C(1) << 30)
        fine *= 2;
    while (fine > COARSEST && bytes_of(rows, most, fine) > bytes_max)
        fine /= 2;
    *counts = (struct cas_rank_counts){.most = most, .fine = fine, .rows = rows};
    counts->buckets = (size_t)bucket_of(most, fine) + 1;
    counts->counts = cas_zalloc(rows * counts->buckets + 1, sizeof *counts->counts);
    counts->defined = cas_zalloc(rows + 1, sizeof *counts->defined);
    if (counts->counts && counts->defined)
        return true;
    cas_rank_counts_done(counts);
    return false;
}

void
cas_rank_counts_done(struct cas_rank_counts *counts)
{
    cas_free(counts->counts);
    cas_free(counts->defined);
}

void
cas_rank_counts_add(struct cas_rank_counts *counts, size_t row, uint32_t rank)
{
    if (!rank)
        return;
    counts->counts[row * counts->buckets + bucket_of(rank, counts->fine)]++;
    counts->defined[row]++;
}

uint32_t
cas_rank_counts_at(const struct cas_rank_counts *counts, size_t row, double share, bool above)
{
    const uint32_t *at = counts->counts + row * counts->buckets;
    double wanted = ceil(share * counts->defined[row] - 1e-9);
    uint64_t sum = 0;
    if (!counts->defined[row])
        return 0;
    wanted = wanted < 1 ? 1 : wanted;
    for (uint32_t bucket = 1; bucket < counts->buckets; bucket++) {
        sum += at[bucket];
        if ((double)sum < wanted)
            continue;
        uint32_t width, low = lowest_of(bucket, counts->fine, &width);
        uint32_t high = low + (width - 1);
        return !above ? low : high < counts->most ? high : counts->most;
    }
    return counts->most;
}

double
cas_rank_counts_error(const struct cas_rank_counts *counts)
{
    return counts->most < 2 * counts->fine ? 0 : 1.0 / counts->fine;
}
