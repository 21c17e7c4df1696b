/* Ranks over many worlds: the worlds of chances.c, ranked by worlds.c, counted by rank_counts.c. */
#include <casus/uncertainty.h>

#include <assert.h>

#include "analysis/belief/chances.h"
#include "analysis/belief/rank_counts.h"
#include "base/fault.h"

#define COUNTS_MAX ((size_t)256 << 20)

struct casus_uncertainty {
    struct casus_uncertainty_info info;
    struct cas_rank_counts ranks; /* a row a measure and actor */
    uint32_t *first;              /* worlds in which it is among the first k */
    uint32_t n;
};

static bool
count_world(void *taker, uint32_t index, const uint32_t *ranks)
{
    struct casus_uncertainty *all = taker;
    for (size_t row = 0; row < all->ranks.rows; row++) {
        cas_rank_counts_add(&all->ranks, row, ranks[row]);
        all->first[row] += ranks[row] && ranks[row] <= all->info.first;
    }
    return true;
}

static struct casus_uncertainty *
uncertainty_alloc(uint32_t n)
{
    struct casus_uncertainty *all = cas_zalloc(1, sizeof *all);
    size_t rows = (size_t)n * CASUS_MEASURE_COUNT;
    if (!all)
        return NULL;
    all->n = n;
    all->first = cas_zalloc(rows + 1, sizeof *all->first);
    if (all->first && cas_rank_counts_init(&all->ranks, rows, n, COUNTS_MAX))
        return all;
    cas_free(all->first);
    cas_free(all);
    return NULL;
}

static enum casus_status
rank_worlds(struct casus_uncertainty *all, const struct cas_chances *chances,
            const struct casus_sampling *sampling, struct casus_error *err)
{
    uint32_t worlds = sampling->worlds ? sampling->worlds : 1000;
    struct cas_worlds_job job = {.worlds = chances->worlds,
                                 .count = worlds,
                                 .workers = sampling->workers,
                                 .merges = chances->pair_count > 0,
                                 .fill = cas_chances_draw,
                                 .context = chances,
                                 .take = count_world,
                                 .taker = all,
                                 .name = "worlds",
                                 .progress = sampling->progress,
                                 .progress_context = sampling->context};
    all->info = chances->info;
    all->info.worlds = worlds;
    all->info.first = sampling->first ? sampling->first : 3;
    all->info.rank_error = cas_rank_counts_error(&all->ranks);
    return cas_worlds_run(&job, err);
}

enum casus_status
casus_uncertainty_new(const struct casus_basis *basis, const struct casus_sampling *sampling,
                      struct casus_uncertainty **out, struct casus_error *err)
{
    static const struct casus_sampling standard;
    struct cas_worlds worlds;
    struct cas_chances chances;
    sampling = sampling ? sampling : &standard;
    enum casus_status status = cas_worlds_init(&worlds, basis, err);
    if (status != CASUS_OK)
        return status;
    status = cas_chances_init(&chances, &worlds, sampling, err);
    if (status == CASUS_OK) {
        struct casus_uncertainty *all = uncertainty_alloc(worlds.n);
        status = all ? rank_worlds(all, &chances, sampling, err) : cas_fail_memory(err);
        if (status == CASUS_OK)
            *out = all;
        else
            casus_uncertainty_free(all);
        cas_chances_done(&chances);
    }
    cas_worlds_done(&worlds);
    return status;
}

void
casus_uncertainty_free(struct casus_uncertainty *uncertainty)
{
    if (!uncertainty)
        return;
    cas_rank_counts_done(&uncertainty->ranks);
    cas_free(uncertainty->first);
    cas_free(uncertainty);
}

const struct casus_uncertainty_info *
casus_uncertainty_info(const struct casus_uncertainty *uncertainty)
{
    return &uncertainty->info;
}

struct casus_rank_range
casus_uncertainty_at(const struct casus_uncertainty *uncertainty, enum casus_measure measure,
                     uint32_t actor)
{
    assert(measure < CASUS_MEASURE_COUNT && actor < uncertainty->n);
    size_t row = (size_t)measure * uncertainty->n + actor;
    const struct cas_rank_counts *ranks = &uncertainty->ranks;
    double worlds = uncertainty->info.worlds;
    return (struct casus_rank_range){.median = cas_rank_counts_at(ranks, row, 0.5, false),
                                     .low = cas_rank_counts_at(ranks, row, 0.05, false),
                                     .high = cas_rank_counts_at(ranks, row, 0.95, true),
                                     .first = uncertainty->first[row] / worlds,
                                     .defined = ranks->defined[row] / worlds};
}
