/* Betweenness by hops: Brandes' way there and back (2001, doi:10.1080/0022250X.2001.9990249) from
 * eight actors at once.
 *
 * A search from one actor spends its time waiting for memory: at each arc it looks at one number
 * of one neighbour. Eight searches side by side look at eight numbers in one line of cache, and
 * go over an arc once where they pass it at the same distance (as in the multi-source search of
 * Then et al. 2014, doi:10.14778/2735496.2735507). So sources are put together that have the same
 * neighbours, and mostly the same distances to all others.
 *
 * Each step between two levels goes over the arcs out of the nearer or into the farther, whichever
 * are fewer (Beamer, Asanović and Patterson 2012, doi:10.1109/SC.2012.50).
 *
 * Invariant of a batch between levels: `front` holds, in the lanes of those at the level in hand,
 * their paths (on the way there) or shares (back), and 0 elsewhere; `spare` and `here` are 0.
 */
#include "analysis/centrality/between.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/centrality/leaves.h"
#include "base/fault.h"

enum { LANES = 8, PAIRS = LANES / 2, ALL = (1 << LANES) - 1, MOST_CHUNKS = 16 };
/* An arc gone over from its start is a line read and written, from its end a line read: what the
 * first costs in units of the second, on the way there and back. Measured. */
enum { COST_THERE = 4, COST_BACK = 3 };

typedef double pair __attribute__((vector_size(2 * sizeof(double))));
typedef int64_t pair_bits __attribute__((vector_size(2 * sizeof(int64_t))));

/* A number for each of the eight searches. */
struct lanes {
    pair of[PAIRS];
};

/* An actor at a level of some of the searches. */
struct entry {
    uint32_t place;
    uint8_t lanes;
};

/* Level k is entries[begin[k] .. begin[k + 1]), and so are their values: paths, later shares. */
struct batch {
    const struct cas_compact *graph; /* the core of `leaves` */
    const struct cas_leaves *leaves;
    struct lanes senders; /* at the sources; 0 where there is none */
    struct lanes taken;   /* of those that each source reaches, the sum of takers */
    struct lanes *front, *spare;
    struct lanes *values;
    struct entry *entries;
    uint32_t *begin;
    uint8_t *seen, *here; /* lanes, by place */
    size_t value_room, entry_room;
    uint32_t count;     /* entries */
    uint32_t low, high; /* all of it happens between these places */
    uint32_t wanted;    /* lanes in use */
    uint32_t last;      /* level */
    size_t arcs_beyond; /* into those that some search has not reached */
    void *front_block, *spare_block;
    pair overflow; /* not 0 where a number of paths is none */
};

struct cas_between {
    struct cas_leaves leaves;
    uint32_t n; /* leaves and all */
    uint32_t *sources;
    uint32_t count, chunks;
    double *sums[MOST_CHUNKS]; /* by place in the core; NULL until run */
    bool uncountable[MOST_CHUNKS];
};

/* --- lanes -------------------------------------------------------------------------------- */

static inline pair_bits
bits_of(uint32_t lanes, int at)
{
    static const int64_t ends[4][2] = {{0, 0}, {-1, 0}, {0, -1}, {-1, -1}};
    const int64_t *end = ends[lanes >> 2 * at & 3];
    return (pair_bits){end[0], end[1]};
}

static inline struct lanes
keep_lanes(struct lanes value, uint32_t lanes)
{
    for (int i = 0; i < PAIRS; i++) {
        value.of[i] = (pair)((pair_bits)value.of[i] & bits_of(lanes, i));
    }
    return value;
}

static inline void
add(struct lanes *sum, const struct lanes *value)
{
    for (int i = 0; i < PAIRS; i++) {
        sum->of[i] += value->of[i];
    }
}

/* The lanes above 0. */
static inline uint32_t
lanes_of(const struct lanes *value)
{
    pair_bits found = {0, 0};

    for (int i = 0; i < PAIRS; i++) {
        pair_bits place = {1 << 2 * i, 2 << 2 * i};
        found |= (pair_bits)(value->of[i] > 0) & place;
    }
    return (uint32_t)(found[0] | found[1]);
}

static inline double
sum_lanes(const struct lanes *value)
{
    pair sum = (value->of[0] + value->of[1]) + (value->of[2] + value->of[3]);
    return sum[0] + sum[1];
}

/* Where all the time goes. */
static inline struct lanes
sum_row(const struct lanes *values, const uint32_t *row, const uint32_t *end)
{
    struct lanes sum = {{{0}}};

    for (; row < end; row++) {
        add(&sum, &values[*row]);
    }
    return sum;
}

/* --- a batch ------------------------------------------------------------------------------ */

/* On a line of cache each. */
static struct lanes *
lines_alloc(size_t count, void **out_block)
{
    char *block = cas_zalloc(count + 1, sizeof(struct lanes));
    *out_block = block;
    return block ? (void *)(block + (64 - (uintptr_t)block % 64) % 64) : NULL;
}

static void
batch_done(struct batch *batch)
{
    cas_free(batch->front_block);
    cas_free(batch->spare_block);
    cas_free(batch->values);
    cas_free(batch->entries);
    cas_free(batch->begin);
    cas_free(batch->seen);
    cas_free(batch->here);
}

static bool
batch_init(struct batch *batch, const struct cas_leaves *leaves)
{
    size_t n = leaves->core->n;

    *batch = (struct batch){.graph = leaves->core, .leaves = leaves};
    batch->front = lines_alloc(n, &batch->front_block);
    batch->spare = lines_alloc(n, &batch->spare_block);
    batch->begin = cas_zalloc(n + 3, sizeof(*batch->begin));
    batch->seen = cas_zalloc(n + 1, sizeof(*batch->seen));
    batch->here = cas_zalloc(n + 1, sizeof(*batch->here));
    return batch->front && batch->spare && batch->begin && batch->seen && batch->here;
}

/* Room for one more level. False without memory. */
static bool
batch_grow(struct batch *batch)
{
    size_t need = (size_t)batch->count + (batch->high - batch->low);

    return cas_grow(&batch->entries, &batch->entry_room, need, sizeof(*batch->entries)) &&
           cas_grow(&batch->values, &batch->value_room, need, sizeof(*batch->values));
}

static size_t
arcs_of(const struct batch *batch, const uint32_t *begin, uint32_t level)
{
    size_t sum = 0;

    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        uint32_t p = batch->entries[i].place;
        sum += begin[p + 1] - begin[p];
    }
    return sum;
}

/* Nobody is in front any more. */
static void
clear_front(struct batch *batch, uint32_t level)
{
    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        batch->front[batch->entries[i].place] = (struct lanes){{{0}}};
    }
}

static void
fill_front(struct batch *batch, uint32_t level)
{
    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        batch->front[batch->entries[i].place] = batch->values[i];
    }
}

static inline struct lanes
take_spare(struct batch *batch, uint32_t place)
{
    struct lanes value = batch->spare[place];
    batch->spare[place] = (struct lanes){{{0}}};
    return value;
}

/* --- the way there ------------------------------------------------------------------------ */

/* Pass the paths of one actor on to those that its arcs lead to. */
static void
pass_paths(struct batch *batch, uint32_t place, uint32_t lanes)
{
    const struct cas_compact *graph = batch->graph;
    const struct lanes value = batch->front[place];

    for (uint32_t i = graph->out_begin[place]; i < graph->out_begin[place + 1]; i++) {
        uint32_t to = graph->out[i], fresh = lanes & ~(uint32_t)batch->seen[to];
        if (!fresh) {
            continue;
        }
        if (!batch->here[to]) {
            batch->entries[batch->count++].place = to;
        }
        batch->here[to] |= (uint8_t)fresh;
        struct lanes part = keep_lanes(value, fresh);
        add(&batch->spare[to], &part);
    }
}

/* The next level, over the arcs that leave this one. */
static void
reach_from_near(struct batch *batch, uint32_t level)
{
    uint32_t first = batch->count;

    for (uint32_t i = batch->begin[level]; i < first; i++) {
        pass_paths(batch, batch->entries[i].place, batch->entries[i].lanes);
    }
    for (uint32_t i = first; i < batch->count; i++) {
        struct entry *entry = &batch->entries[i];
        entry->lanes = batch->here[entry->place];
        batch->here[entry->place] = 0;
        batch->values[i] = take_spare(batch, entry->place);
    }
}

/* The same, over the arcs into all that some search has not reached yet. */
static void
reach_from_far(struct batch *batch, uint32_t level)
{
    const struct cas_compact *graph = batch->graph;

    for (uint32_t p = batch->low; p < batch->high; p++) {
        uint32_t missing = batch->wanted & ~(uint32_t)batch->seen[p], found;
        if (!missing) {
            continue;
        }
        struct lanes paths = sum_row(batch->front, graph->in + graph->in_begin[p],
                                     graph->in + graph->in_begin[p + 1]);
        if (missing != ALL) {
            paths = keep_lanes(paths, missing);
        }
        found = lanes_of(&paths);
        if (found) {
            batch->values[batch->count] = paths;
            batch->entries[batch->count++] = (struct entry){p, (uint8_t)found};
        }
    }
}

/* What was just found is a level, in front and reached. */
static void
enter_level(struct batch *batch, uint32_t level)
{
    const uint32_t *begin = batch->graph->in_begin;

    for (uint32_t i = batch->begin[level]; i < batch->count; i++) {
        uint32_t p = batch->entries[i].place;
        batch->seen[p] |= batch->entries[i].lanes;
        if ((batch->seen[p] & batch->wanted) == batch->wanted) {
            batch->arcs_beyond -= begin[p + 1] - begin[p];
        }
    }
    batch->begin[level + 1] = batch->count;
    fill_front(batch, level);
}

/* Level 0. False without memory. */
static bool
begin_batch(struct batch *batch, const uint32_t *sources, uint32_t count)
{
    const struct cas_compact *graph = batch->graph;

    batch->low = graph->low[sources[0]];
    batch->high = graph->high[sources[count - 1]];
    batch->wanted = ALL >> (LANES - count);
    batch->count = 0;
    batch->begin[0] = 0;
    batch->arcs_beyond = graph->in_begin[batch->high] - graph->in_begin[batch->low];
    if (!batch_grow(batch)) {
        return false;
    }
    memset(batch->seen + batch->low, 0, batch->high - batch->low);
    batch->senders = batch->taken = (struct lanes){{{0}}};
    for (uint32_t i = 0; i < count; i++) {
        struct lanes one = {{{0}}};
        one.of[i / 2][i % 2] = 1;
        batch->senders.of[i / 2][i % 2] = batch->leaves->senders[sources[i]];
        batch->values[batch->count] = one;
        batch->entries[batch->count++] = (struct entry){sources[i], (uint8_t)(1 << i)};
    }
    enter_level(batch, 0);
    return true;
}

/* Level by level, until one is empty. False without memory. */
static bool
search(struct batch *batch)
{
    const uint32_t *out_begin = batch->graph->out_begin;

    for (uint32_t level = 0; batch_grow(batch); level++) {
        bool near = arcs_of(batch, out_begin, level) * COST_THERE < batch->arcs_beyond;
        (near ? reach_from_near : reach_from_far)(batch, level);
        clear_front(batch, level);
        if (batch->count == batch->begin[level + 1]) {
            batch->last = level;
            return true;
        }
        enter_level(batch, level + 1);
    }
    return false;
}

/* --- the way back ------------------------------------------------------------------------- */

/* Sum the shares of level + 1 at those of level, over the arcs into the farther. */
static void
owe_from_far(struct batch *batch, uint32_t level)
{
    const struct cas_compact *graph = batch->graph;

    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        batch->here[batch->entries[i].place] = batch->entries[i].lanes;
    }
    for (uint32_t i = batch->begin[level + 1]; i < batch->begin[level + 2]; i++) {
        uint32_t p = batch->entries[i].place, lanes = batch->entries[i].lanes;
        const struct lanes share = batch->values[i];
        for (uint32_t k = graph->in_begin[p]; k < graph->in_begin[p + 1]; k++) {
            if (batch->here[graph->in[k]] & lanes) {
                add(&batch->spare[graph->in[k]], &share);
            }
        }
    }
    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        batch->here[batch->entries[i].place] = 0;
    }
}

/* What entry `i` owes to those between it and the sources, and the share that it passes on. It
 * stands itself before its leaves. */
static inline void
settle(struct batch *batch, uint32_t i, const struct lanes *owed, double *out)
{
    struct lanes *value = &batch->values[i], debt;
    double takers = batch->leaves->takers[batch->entries[i].place];
    pair one = {1, 1}, all = one * takers, leaves = all - one;

    for (int k = 0; k < PAIRS; k++) {
        pair paths = value->of[k], due = owed->of[k] * paths;
        pair_bits here = (pair_bits)(paths > 0);
        batch->overflow += (pair)((pair_bits)(paths > DBL_MAX) & (pair_bits)one);
        batch->taken.of[k] += (pair)((pair_bits)all & here);
        debt.of[k] = (due + (pair)((pair_bits)leaves & here)) * batch->senders.of[k];
        value->of[k] = (pair)((pair_bits)((all + due) / paths) & here);
    }
    out[batch->entries[i].place] += sum_lanes(&debt);
}

static void
settle_level(struct batch *batch, uint32_t level, double *out)
{
    const struct cas_compact *graph = batch->graph;
    bool ends = level == batch->last;
    bool far = !ends && arcs_of(batch, graph->in_begin, level + 1) * COST_BACK <
                            arcs_of(batch, graph->out_begin, level);

    if (far) {
        owe_from_far(batch, level);
    }
    for (uint32_t i = batch->begin[level]; i < batch->begin[level + 1]; i++) {
        uint32_t p = batch->entries[i].place;
        struct lanes owed = {{{0}}};
        if (far) {
            owed = take_spare(batch, p);
        } else if (!ends) {
            owed = sum_row(batch->front, graph->out + graph->out_begin[p],
                           graph->out + graph->out_begin[p + 1]);
        }
        settle(batch, i, &owed, out);
    }
}

/* The sources stand between their leaves and all whom they reach. */
static void
add_senders(const struct batch *batch, double *out)
{
    for (uint32_t i = 0; i < batch->begin[1]; i++) {
        double leaves = batch->senders.of[i / 2][i % 2] - 1;
        out[batch->entries[i].place] += leaves * batch->taken.of[i / 2][i % 2];
    }
}

/* Back from the farthest level; to the sources themselves nothing is owed. */
static void
add_dependencies(struct batch *batch, double *out)
{
    for (uint32_t level = batch->last; level > 0; level--) {
        settle_level(batch, level, out);
        if (level < batch->last) {
            clear_front(batch, level + 1);
        }
        fill_front(batch, level);
    }
    if (batch->last > 0) {
        clear_front(batch, 1);
    }
    add_senders(batch, out);
}

/* --- all of them -------------------------------------------------------------------------- */

/* By their neighbours, which lie in order of places: the same ones first look at the same hubs. */
static int
by_row(const void *left, const void *right, void *context)
{
    const struct cas_compact *graph = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    const uint32_t *x = graph->out + graph->out_begin[a], *y = graph->out + graph->out_begin[b];
    const uint32_t *end = graph->out + graph->out_begin[a + 1];
    const uint32_t *stop = graph->out + graph->out_begin[b + 1];

    for (; x < end && y < stop; x++, y++) {
        if (*x != *y) {
            return *x < *y ? -1 : 1;
        }
    }
    if ((x < end) != (y < stop)) {
        return x < end ? 1 : -1;
    }
    return (a > b) - (a < b);
}

/* Those from whom a search leads anywhere. */
static enum casus_status
list_sources(struct cas_between *between, struct casus_error *err)
{
    const struct cas_compact *graph = between->leaves.core;
    uint32_t batches;

    between->sources = cas_zalloc((size_t)graph->n + 1, sizeof(*between->sources));
    if (!between->sources) {
        return cas_fail_memory(err);
    }
    for (uint32_t p = 0; p < graph->n; p++) {
        if (graph->out_begin[p] < graph->out_begin[p + 1]) {
            between->sources[between->count++] = p;
        }
    }
    qsort_r(between->sources, between->count, sizeof(*between->sources), by_row,
            between->leaves.core);
    batches = between->count / LANES + (between->count % LANES > 0);
    between->chunks = batches < MOST_CHUNKS ? batches : MOST_CHUNKS;
    return CASUS_OK;
}

enum casus_status
cas_between_new(const struct cas_compact *graph, struct cas_between **out, struct casus_error *err)
{
    struct cas_between *between = cas_zalloc(1, sizeof(*between));
    enum casus_status status;

    if (!between) {
        return cas_fail_memory(err);
    }
    between->n = graph->n;
    status = cas_leaves_fold(graph, &between->leaves, err);
    if (status == CASUS_OK) {
        status = list_sources(between, err);
    }
    if (status != CASUS_OK) {
        cas_between_free(between);
        return status;
    }
    *out = between;
    return CASUS_OK;
}

void
cas_between_free(struct cas_between *between)
{
    for (uint32_t i = 0; between && i < between->chunks; i++) {
        cas_free(between->sums[i]);
    }
    if (between) {
        cas_leaves_done(&between->leaves);
        cas_free(between->sources);
    }
    cas_free(between);
}

uint32_t
cas_between_searches(const struct cas_between *between)
{
    return between->count;
}

uint32_t
cas_between_chunks(const struct cas_between *between)
{
    return between->chunks;
}

static bool
run_batch(struct batch *batch, const uint32_t *sources, uint32_t count, double *out)
{
    if (!begin_batch(batch, sources, count) || !search(batch)) {
        return false;
    }
    add_dependencies(batch, out);
    return true;
}

/* Every `chunks`-th batch. */
enum casus_status
cas_between_run(struct cas_between *between, uint32_t chunk, cas_between_tell *tell, void *context,
                struct casus_error *err)
{
    size_t step = (size_t)between->chunks * LANES;
    struct batch batch;
    bool good;

    between->sums[chunk] = cas_zalloc((size_t)between->leaves.core->n + 1, sizeof(double));
    good = batch_init(&batch, &between->leaves) && between->sums[chunk];
    for (size_t first = (size_t)chunk * LANES; good && first < between->count; first += step) {
        uint32_t left = between->count - (uint32_t)first, count = left < LANES ? left : LANES;
        good = run_batch(&batch, between->sources + first, count, between->sums[chunk]);
        if (good && tell && !tell(context, count)) {
            break;
        }
    }
    between->uncountable[chunk] = batch.overflow[0] + batch.overflow[1] > 0;
    batch_done(&batch);
    return good ? CASUS_OK : cas_fail_memory(err);
}

bool
cas_between_sum(const struct cas_between *between, double *out)
{
    const struct cas_compact *graph = between->leaves.core;
    bool countable = true;

    memset(out, 0, between->n * sizeof(*out));
    for (uint32_t p = 0; p < graph->n; p++) {
        double sum = between->leaves.between[p];
        for (uint32_t i = 0; i < between->chunks; i++) {
            sum += between->sums[i][p];
        }
        out[graph->actor[p]] = sum;
    }
    for (uint32_t i = 0; i < between->chunks; i++) {
        countable = countable && !between->uncountable[i];
    }
    return countable;
}
