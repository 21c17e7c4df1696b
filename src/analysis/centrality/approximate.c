/* Rounds of samples, each a fifth more in all than before; between rounds, bounds.
 *
 * Invariant: sample i is the same whoever draws it, and counts are whole numbers, so that nothing
 * depends on who drew what. Pairs of which one end has no arc, or that lie in different parts, have
 * no path: they are not drawn, but counted among the pairs.
 */
#include "analysis/centrality/approximate.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/centrality/draw_path.h"
#include "base/fault.h"
#include "base/parallel.h"

enum { CHUNKS = 8, FEWEST = 1000, HALVINGS = 60 };

struct pairs {
    uint32_t *sources, *targets; /* places with an arc out, with an arc in */
    uint32_t *first_target;      /* by place: the first target at or behind it */
    uint64_t *begin;             /* by source: pairs before its own */
    uint32_t source_count;
    uint64_t count;
};

struct sampling {
    const struct cas_approximate_job *job;
    struct pairs pairs;
    struct cas_drawing *drawings[CHUNKS];
    uint32_t *counts[CHUNKS]; /* by place */
    uint32_t *sum, *order;    /* by place; places by sum */
    uint32_t between_most;    /* actors that can be between others */
    uint64_t first, last;     /* samples of the round in hand */
    uint64_t rounds;
    bool failed[CHUNKS], ended[CHUNKS];
};

/* --- pairs of ends ------------------------------------------------------------------------ */

static void
pairs_done(struct pairs *pairs)
{
    cas_free(pairs->sources);
    cas_free(pairs->targets);
    cas_free(pairs->first_target);
    cas_free(pairs->begin);
}

static bool
has_arcs(const uint32_t *begin, uint32_t place)
{
    return begin[place] < begin[place + 1];
}

static bool
pairs_init(struct pairs *pairs, const struct cas_compact *graph)
{
    size_t n = (size_t)graph->n + 1;
    uint32_t targets = 0;

    pairs->sources = cas_zalloc(n, sizeof(*pairs->sources));
    pairs->targets = cas_zalloc(n, sizeof(*pairs->targets));
    pairs->first_target = cas_zalloc(n, sizeof(*pairs->first_target));
    pairs->begin = cas_zalloc(n, sizeof(*pairs->begin));
    if (!pairs->sources || !pairs->targets || !pairs->first_target || !pairs->begin) {
        return false;
    }
    for (uint32_t p = 0; p < graph->n; p++) {
        pairs->first_target[p] = targets;
        if (has_arcs(graph->in_begin, p)) {
            pairs->targets[targets++] = p;
        }
    }
    pairs->first_target[graph->n] = targets;
    for (uint32_t p = 0; p < graph->n; p++) {
        if (has_arcs(graph->out_begin, p)) {
            uint32_t all = pairs->first_target[graph->high[p]] - pairs->first_target[graph->low[p]];
            pairs->begin[pairs->source_count] = pairs->count;
            pairs->sources[pairs->source_count++] = p;
            pairs->count += all - has_arcs(graph->in_begin, p);
        }
    }
    pairs->begin[pairs->source_count] = pairs->count;
    return true;
}

/* The pair of that number. */
static void
find_pair(const struct pairs *pairs, const struct cas_compact *graph, uint64_t number,
          uint32_t *out_source, uint32_t *out_target)
{
    uint32_t low = 0, high = pairs->source_count - 1, source, target;

    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        if (pairs->begin[middle] <= number) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    source = pairs->sources[low];
    target = pairs->first_target[graph->low[source]] + (uint32_t)(number - pairs->begin[low]);
    if (has_arcs(graph->in_begin, source) && target >= pairs->first_target[source]) {
        target++; /* not itself */
    }
    *out_source = source;
    *out_target = pairs->targets[target];
}

/* --- bounds ------------------------------------------------------------------------------- */

/* How unlikely, by sample, a share is where `p` is the truth: relative entropy. */
static double
distance(double share, double p)
{
    double sum = 0;

    if (share > 0) {
        sum += share * log(share / p);
    }
    if (share < 1) {
        sum += (1 - share) * log((1 - share) / (1 - p));
    }
    return sum;
}

/* The farthest truth, on the way from the share to `end`, that is not too unlikely. */
static double
bound(double share, double end, double most)
{
    double inside = share, outside = end;

    for (int i = 0; i < HALVINGS; i++) {
        double middle = (inside + outside) / 2;
        if (distance(share, middle) <= most) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return outside;
}

/* What distance is too unlikely after this round: its share of the risk, by actor and by side. */
static double
most_distance(const struct sampling *sampling, uint64_t samples)
{
    double risk = (1 - sampling->job->confidence) /
                  ((double)sampling->rounds * (double)(sampling->rounds + 1));
    return log(2 * (double)sampling->between_most / risk) / (double)samples;
}

static int
by_sum(const void *left, const void *right, void *context)
{
    const uint32_t *sum = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (sum[a] > sum[b]) - (sum[a] < sum[b]);
}

/* Write the scores of those at `order[first .. last)`, which have one count.
 * @return the larger distance to a bound, as a share of the pairs drawn from */
static double
bound_group(const struct sampling *sampling, uint32_t first, uint32_t last,
            struct cas_approximated *out)
{
    const struct cas_compact *graph = sampling->job->graph;
    double samples = (double)sampling->last, pairs = (double)sampling->pairs.count;
    double share = sampling->sum[sampling->order[first]] / samples;
    double most = most_distance(sampling, sampling->last);
    double low = share > 0 ? bound(share, 0, most) : 0;
    double high = share < 1 ? bound(share, 1, most) : 1;

    for (uint32_t k = first; k < last; k++) {
        uint32_t place = sampling->order[k], v = graph->actor[place];
        bool never = !has_arcs(graph->in_begin, place) || !has_arcs(graph->out_begin, place);
        out->score[v] = share * pairs;
        out->low[v] = never ? 0 : low * pairs;
        out->high[v] = never ? 0 : high * pairs;
    }
    return fmax(high - share, share - low);
}

/* @return whether every bound is as near as was asked for */
static bool
bound_all(struct sampling *sampling, struct cas_approximated *out)
{
    uint32_t n = sampling->job->graph->n;
    double widest = 0;

    for (uint32_t p = 0; p < n; p++) {
        sampling->sum[p] = 0;
        sampling->order[p] = p;
        for (int i = 0; i < CHUNKS; i++) {
            sampling->sum[p] += sampling->counts[i][p];
        }
    }
    qsort_r(sampling->order, n, sizeof(*sampling->order), by_sum, sampling->sum);
    for (uint32_t first = 0, last; first < n; first = last) {
        uint32_t sum = sampling->sum[sampling->order[first]];
        for (last = first; last < n && sampling->sum[sampling->order[last]] == sum; last++) {
        }
        widest = fmax(widest, bound_group(sampling, first, last, out));
    }
    return widest * (double)sampling->pairs.count <= sampling->job->epsilon * sampling->job->pairs;
}

/* --- rounds ------------------------------------------------------------------------------- */

/* Every CHUNKS-th sample of the round. */
static void
run_chunk(void *context, size_t chunk)
{
    enum { OFTEN = 64 };
    struct sampling *sampling = context;
    const struct cas_approximate_job *job = sampling->job;
    struct cas_drawing *drawing = sampling->drawings[chunk];
    uint32_t done = 0;

    for (uint64_t i = sampling->first + chunk; i < sampling->last; i += CHUNKS) {
        struct cas_random random = cas_random_of(job->seed, 0, i);
        int64_t last = (int64_t)sampling->pairs.count - 1;
        uint32_t source, target;
        find_pair(&sampling->pairs, job->graph, (uint64_t)cas_random_between(&random, 0, last),
                  &source, &target);
        cas_draw_path(drawing, source, target, &random, sampling->counts[chunk]);
        if (++done % OFTEN == 0 && job->tell && !job->tell(job->context, OFTEN)) {
            sampling->ended[chunk] = true;
            break;
        }
    }
    sampling->failed[chunk] = drawing->failed;
}

static bool
any(const bool of[CHUNKS])
{
    for (int i = 0; i < CHUNKS; i++) {
        if (of[i]) {
            return true;
        }
    }
    return false;
}

/* Even nobody's share of 0 needs so many. */
static uint64_t
first_round(struct sampling *sampling)
{
    const struct cas_approximate_job *job = sampling->job;
    double share = job->epsilon * job->pairs / (double)sampling->pairs.count;
    double wanted = most_distance(sampling, 1) / fmin(share, 1);

    return wanted < FEWEST ? FEWEST : (uint64_t)fmin(wanted, 1e15) + 1;
}

/* False without memory. */
static bool
run_rounds(struct sampling *sampling, struct cas_approximated *out)
{
    sampling->rounds = 1;
    sampling->last = first_round(sampling);
    for (;; sampling->rounds++) {
        cas_parallel(sampling->job->threads, CHUNKS, run_chunk, sampling);
        if (any(sampling->failed)) {
            return false;
        }
        if (bound_all(sampling, out) || any(sampling->ended)) {
            out->samples = sampling->last;
            return true;
        }
        sampling->first = sampling->last;
        sampling->last += sampling->last / 5 + 1;
    }
}

static bool
sampling_init(struct sampling *sampling)
{
    const struct cas_compact *graph = sampling->job->graph;
    size_t n = (size_t)graph->n + 1;

    sampling->sum = cas_zalloc(n, sizeof(*sampling->sum));
    sampling->order = cas_zalloc(n, sizeof(*sampling->order));
    if (!sampling->sum || !sampling->order || !pairs_init(&sampling->pairs, graph)) {
        return false;
    }
    for (int i = 0; i < CHUNKS; i++) {
        sampling->counts[i] = cas_zalloc(n, sizeof(**sampling->counts));
        sampling->drawings[i] = cas_zalloc(1, sizeof(**sampling->drawings));
        if (!sampling->counts[i] || !sampling->drawings[i] ||
            !cas_drawing_init(sampling->drawings[i], graph)) {
            return false;
        }
    }
    for (uint32_t p = 0; p < graph->n; p++) {
        sampling->between_most += has_arcs(graph->in_begin, p) && has_arcs(graph->out_begin, p);
    }
    return true;
}

static void
sampling_done(struct sampling *sampling)
{
    pairs_done(&sampling->pairs);
    cas_free(sampling->sum);
    cas_free(sampling->order);
    for (int i = 0; i < CHUNKS; i++) {
        if (sampling->drawings[i]) {
            cas_drawing_done(sampling->drawings[i]);
        }
        cas_free(sampling->drawings[i]);
        cas_free(sampling->counts[i]);
    }
}

static void
write_zeros(uint32_t n, struct cas_approximated *out)
{
    for (uint32_t v = 0; v < n; v++) {
        out->score[v] = out->low[v] = out->high[v] = 0;
    }
    out->samples = 0;
}

enum casus_status
cas_approximate(const struct cas_approximate_job *job, struct cas_approximated *out,
                struct casus_error *err)
{
    struct sampling sampling = {.job = job};
    bool good = sampling_init(&sampling);

    out->countable = true;
    if (good && sampling.between_most > 0 && sampling.pairs.count > 0 && job->pairs > 0) {
        good = run_rounds(&sampling, out);
        for (int i = 0; i < CHUNKS; i++) {
            out->countable = out->countable && !sampling.drawings[i]->uncountable;
        }
    } else if (good) {
        write_zeros(job->graph->n, out);
    }
    sampling_done(&sampling);
    return good ? CASUS_OK : cas_fail_memory(err);
}
