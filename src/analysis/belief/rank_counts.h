/* How often each rank was had: a histogram a row, whose size does not grow with what is counted.
 *
 * Ranks below 2·S have a bucket each; beyond, each doubling has S buckets, so that a rank is known
 * within 1/S of itself. S is as large as 256 MB allow, and then every rank has its own. Counting is
 * commutative: the order in which ranks come does not show.
 */
#ifndef CAS_RANK_COUNTS_H
#define CAS_RANK_COUNTS_H

#include "base/mem.h"

struct cas_rank_counts {
    uint32_t *counts; /* row by row */
    uint32_t *defined;
    uint32_t most, fine; /* the largest rank; S */
    size_t rows, buckets;
};

/* Ranks from 1 to `most`. False without memory. */
bool cas_rank_counts_init(struct cas_rank_counts *counts, size_t rows, uint32_t most,
                          size_t bytes_max);
void cas_rank_counts_done(struct cas_rank_counts *counts);
/* 0 is no rank. */
void cas_rank_counts_add(struct cas_rank_counts *counts, size_t row, uint32_t rank);
/* The lowest rank that at least `share` of those counted do not exceed; with `above`, the highest
 * that it may have been. 0 where none was counted. */
uint32_t cas_rank_counts_at(const struct cas_rank_counts *counts, size_t row, double share,
                            bool above);
/* The fraction within which a rank is known; 0: exactly. */
double cas_rank_counts_error(const struct cas_rank_counts *counts);

#endif
