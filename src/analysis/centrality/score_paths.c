/* The scores that come from shortest paths: betweenness, closeness, harmonic closeness. */
#include "analysis/centrality/score_job.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/centrality/approximate.h"
#include "analysis/centrality/lengths.h"
#include "base/fault.h"

enum casus_status
cas_score_prepare_paths(struct cas_score_job *job, struct casus_error *err)
{
    enum casus_status status = cas_compact_new(job->all, &job->compact, err);

    job->compact_named = job->compact;
    if (status == CASUS_OK && job->named != job->all) {
        job->compact_named = NULL;
        status = cas_compact_new(job->named, &job->compact_named, err);
    }
    if (status == CASUS_OK) {
        status = cas_reaching_new(job->compact, &job->reaching, err);
    }
    if (status == CASUS_OK && job->scoring.approximate == 0) {
        status = cas_between_new(job->compact_named, &job->between, err);
    }
    return status;
}

uint32_t
cas_score_between_parts(const struct cas_score_job *job)
{
    return job->between ? cas_between_chunks(job->between) : 0;
}

uint32_t
cas_score_reach_parts(const struct cas_score_job *job)
{
    return job->reaching ? cas_reaching_chunks(job->reaching) : 0;
}

uint64_t
cas_score_searches(const struct cas_score_job *job)
{
    if (job->between) {
        return cas_between_searches(job->between);
    }
    bool by_length = job->scoring.reciprocal && cas_score_asks(job, CAS_PATH_MEASURES);
    return by_length ? job->named_weighted->arcs.n : 0;
}

void
cas_score_paths_done(struct cas_score_job *job)
{
    cas_between_free(job->between);
    cas_reaching_free(job->reaching);
    cas_compact_free(job->compact_named != job->compact ? job->compact_named : NULL);
    cas_compact_free(job->compact);
}

/* Ordered pairs of actors that another one may stand between. */
static double
pairs_of_others(const struct cas_score_job *job)
{
    double n = 0;

    for (uint32_t v = 0; v < job->scores->n; v++) {
        n += job->scoring.with_generic || !job->scores->generic[v];
    }
    return fmax(0, (n - 1) * (n - 2));
}

/* Divide by the ordered pairs of others; where there is none the score is 0 anyway. */
static void
normalise_betweenness(struct cas_score_job *job, double *out)
{
    double pairs = pairs_of_others(job);

    for (uint32_t v = 0; pairs > 0 && v < job->scores->n; v++) {
        out[v] /= pairs;
    }
}

static void
settle_betweenness(struct cas_score_job *job, bool countable)
{
    double *out = cas_score_column(job, CASUS_BETWEENNESS);

    for (uint32_t v = 0; !countable && v < job->scores->n; v++) {
        out[v] = NAN;
    }
    if (!countable) {
        job->scores->why[CASUS_BETWEENNESS] = "more shortest paths than can be counted";
    } else if (job->scoring.normalized) {
        normalise_betweenness(job, out);
    }
}

static void
settle_distances(struct cas_score_job *job, const struct cas_reach *reach)
{
    double *closeness = cas_score_column(job, CASUS_CLOSENESS),
           *harmonic = cas_score_column(job, CASUS_HARMONIC);
    double others = fmax(1, (double)job->scores->n - 1);
    bool normalized = job->scoring.normalized;

    for (uint32_t v = 0; v < job->scores->n; v++) {
        closeness[v] = (normalized ? reach[v].reached : 1) / reach[v].hops;
        harmonic[v] = reach[v].inverse / (normalized ? others : 1);
        if (!reach[v].reached) {
            closeness[v] = NAN;
            job->scores->why[CASUS_CLOSENESS] = "reaches nobody";
        }
    }
}

enum casus_status
cas_score_between(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_between_run(job->between, part, cas_watch_tell, job->watch, err);
}

enum casus_status
cas_score_reach(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_reaching_run(job->reaching, part, err);
}

enum casus_status
cas_score_sum_paths(struct cas_score_job *job, struct casus_error *err)
{
    struct cas_reach *reach;

    if (!job->reaching) {
        return CASUS_OK;
    }
    reach = cas_zalloc(job->scores->n, sizeof(*reach));
    if (!reach) {
        return cas_fail_memory(err);
    }
    cas_reaching_sum(job->reaching, reach);
    settle_distances(job, reach);
    if (job->between) {
        settle_betweenness(job,
                           cas_between_sum(job->between, cas_score_column(job, CASUS_BETWEENNESS)));
    }
    cas_free(reach);
    return CASUS_OK;
}

/* --- from a sample ------------------------------------------------------------------------ */

static int
by_number(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* How many of the sorted numbers are below `value`. */
static uint32_t
count_below(const double *sorted, uint32_t count, double value)
{
    uint32_t low = 0, high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sorted[middle] < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* At best only those stand before an actor whose lowest score is above its highest; at worst all
 * whose highest is above its lowest. `sorted` is n long. */
static void
bound_ranks(struct cas_score_job *job, double *sorted)
{
    struct casus_score_bounds *bounds = job->scores->bounds;
    const bool *generic = job->scores->generic;
    bool all = job->scoring.with_generic;
    uint32_t n = job->scores->n, count = 0;

    for (uint32_t v = 0; v < n; v++) {
        if (all || !generic[v]) {
            sorted[count++] = -bounds[v].low;
        }
    }
    qsort(sorted, count, sizeof(*sorted), by_number);
    for (uint32_t v = 0; v < n; v++) {
        bounds[v].best = 1 + count_below(sorted, count, -bounds[v].high);
    }
    count = 0;
    for (uint32_t v = 0; v < n; v++) {
        if (all || !generic[v]) {
            sorted[count++] = -bounds[v].high;
        }
    }
    qsort(sorted, count, sizeof(*sorted), by_number);
    for (uint32_t v = 0; v < n; v++) {
        bool sure = bounds[v].low == bounds[v].high; /* else it is one of those counted */
        bounds[v].worst = count_below(sorted, count, -bounds[v].low) + sure;
        bounds[v] = all || !generic[v] ? bounds[v] : (struct casus_score_bounds){0};
    }
}

/* `spare`: 2 n. */
static enum casus_status
sample(struct cas_score_job *job, unsigned threads, double *spare, struct casus_error *err)
{
    struct casus_scores *scores = job->scores;
    struct casus_approximation *info = &scores->approximation;
    struct cas_approximate_job asked = {.graph = job->compact_named,
                                        .epsilon = info->epsilon,
                                        .pairs = pairs_of_others(job),
                                        .confidence = info->confidence,
                                        .seed = info->seed,
                                        .threads = threads,
                                        .tell = cas_watch_tell,
                                        .context = job->watch};
    struct cas_approximated found = {
        .score = cas_score_column(job, CASUS_BETWEENNESS), .low = spare, .high = spare + scores->n};
    double scale = job->scoring.normalized && asked.pairs > 0 ? asked.pairs : 1;
    enum casus_status status = cas_approximate(&asked, &found, err);

    if (status != CASUS_OK) {
        return status;
    }
    info->samples = found.samples;
    settle_betweenness(job, found.countable);
    for (uint32_t v = 0; v < scores->n; v++) {
        scores->bounds[v].low = found.low[v] / scale;
        scores->bounds[v].high = found.high[v] / scale;
    }
    bound_ranks(job, spare);
    return CASUS_OK;
}

static enum casus_status
measure_approximate(struct cas_score_job *job, unsigned threads, struct casus_error *err)
{
    static const double confidence = 0.95;
    double *spare = cas_zalloc((size_t)job->scores->n + 1, 2 * sizeof(*spare));
    enum casus_status status;

    job->scores->bounds = cas_zalloc((size_t)job->scores->n + 1, sizeof(*job->scores->bounds));
    job->scores->approximation =
        (struct casus_approximation){job->scoring.approximate, confidence, 0, job->scoring.seed};
    status = spare && job->scores->bounds ? sample(job, threads, spare, err) : cas_fail_memory(err);
    cas_free(spare);
    return status;
}

/* --- lengths 1/weight --------------------------------------------------------------------- */

/* One search an actor serves both, where both are asked of the same graph. */
static enum casus_status
measure_lengths(struct cas_score_job *job, unsigned threads, struct cas_reach *reach,
                struct casus_error *err)
{
    bool one = job->weighted == job->named_weighted, countable, unused;
    struct cas_lengths_job all = {.weighted = job->weighted, .threads = threads, .reach = reach};
    struct cas_lengths_job named = {.weighted = job->named_weighted,
                                    .threads = threads,
                                    .tell = cas_watch_tell,
                                    .context = job->watch,
                                    .between = cas_score_column(job, CASUS_BETWEENNESS),
                                    .reach = one ? reach : NULL};
    enum casus_status status = cas_lengths_run(&named, &countable, err);

    if (status == CASUS_OK && !one) {
        status = cas_lengths_run(&all, &unused, err);
    }
    if (status == CASUS_OK) {
        settle_betweenness(job, countable);
        settle_distances(job, reach);
    }
    return status;
}

static enum casus_status
measure_reciprocal(struct cas_score_job *job, unsigned threads, struct casus_error *err)
{
    struct cas_reach *reach = cas_zalloc(job->scores->n, sizeof(*reach));
    enum casus_status status =
        reach ? measure_lengths(job, threads, reach, err) : cas_fail_memory(err);

    cas_free(reach);
    return status;
}

enum casus_status
cas_score_paths_alone(struct cas_score_job *job, unsigned threads, struct casus_error *err)
{
    if (!cas_score_asks(job, CAS_PATH_MEASURES)) {
        return CASUS_OK;
    }
    if (job->scoring.reciprocal) {
        return measure_reciprocal(job, threads, err);
    }
    return job->scoring.approximate > 0 ? measure_approximate(job, threads, err) : CASUS_OK;
}
