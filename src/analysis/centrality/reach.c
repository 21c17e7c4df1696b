/* Distances from all to all by breadth-first searches of which 512 go side by side, a bit each
 * (Then et al. 2014, doi:10.14778/2735496.2735507).
 *
 * The searches go against the arcs, from those that are reached: a bit that comes to an actor at
 * level k is one that it reaches in k hops, and bits at an actor are counted many at once. Each
 * step between two levels goes over the arcs of those who have new bits or of those who lack some,
 * whichever are fewer (Beamer, Asanović and Patterson 2012, doi:10.1109/SC.2012.50).
 *
 * Invariant between levels: `front` holds the bits new at this level, for the actors in `list`,
 * and 0 for all others; `next` is 0.
 */
#include "analysis/centrality/reach.h"

#include <string.h>

#include "base/fault.h"

enum { WORDS = 8, BITS = 64 * WORDS, MOST_CHUNKS = 8 };
/* An arc gone over from its end is a line read and written, from its start a line read. To look
 * whether all has come takes as long as another arc or two. Measured. */
enum { COST_PUSH = 5, LOOK = 4 };

struct bits {
    uint64_t of[WORDS];
};

struct wave {
    const struct cas_compact *graph;
    struct bits *seen, *front, *next;
    void *blocks[3];
    uint32_t *list, count; /* places with new bits */
    struct bits all;       /* those in use */
    uint32_t low, high;
    uint64_t arcs_lacking; /* out of those who lack some */
};

struct cas_reaching {
    const struct cas_compact *graph;
    uint32_t chunks;
    struct cas_reach *sums[MOST_CHUNKS]; /* by place; NULL until run */
};

/* --- bits --------------------------------------------------------------------------------- */

/* Those of `a` that `b` lacks. */
static inline struct bits
without(const struct bits *a, const struct bits *b)
{
    struct bits rest;

    for (int i = 0; i < WORDS; i++) {
        rest.of[i] = a->of[i] & ~b->of[i];
    }
    return rest;
}

static inline void
join(struct bits *a, const struct bits *b)
{
    for (int i = 0; i < WORDS; i++) {
        a->of[i] |= b->of[i];
    }
}

static inline bool
any(const struct bits *a)
{
    uint64_t found = 0;

    for (int i = 0; i < WORDS; i++) {
        found |= a->of[i];
    }
    return found != 0;
}

/* By halves, all words at once: the processor's own instruction is not on all of them. */
static inline uint32_t
count(const struct bits *a)
{
    const uint64_t ones = UINT64_C(0x5555555555555555), twos = UINT64_C(0x3333333333333333);
    const uint64_t fours = UINT64_C(0x0f0f0f0f0f0f0f0f);
    uint64_t sum = 0; /* bytes of at most 8 × WORDS */

    for (int i = 0; i < WORDS; i++) {
        uint64_t x = a->of[i];
        x -= x >> 1 & ones;
        x = (x & twos) + (x >> 2 & twos);
        sum += (x + (x >> 4)) & fours;
    }
    sum = (sum & UINT64_C(0x00ff00ff00ff00ff)) + (sum >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    return (uint32_t)(sum * UINT64_C(0x0001000100010001) >> 48);
}

/* --- a wave of searches ------------------------------------------------------------------- */

/* On a line of cache each. */
static struct bits *
lines_alloc(size_t lines, void **out_block)
{
    char *block = cas_zalloc(lines + 1, sizeof(struct bits));
    *out_block = block;
    return block ? (void *)(block + (64 - (uintptr_t)block % 64) % 64) : NULL;
}

static void
wave_done(struct wave *wave)
{
    for (int i = 0; i < 3; i++) {
        cas_free(wave->blocks[i]);
    }
    cas_free(wave->list);
}

static bool
wave_init(struct wave *wave, const struct cas_compact *graph)
{
    size_t n = graph->n;

    *wave = (struct wave){.graph = graph};
    wave->seen = lines_alloc(n, &wave->blocks[0]);
    wave->front = lines_alloc(n, &wave->blocks[1]);
    wave->next = lines_alloc(n, &wave->blocks[2]);
    wave->list = cas_zalloc(2 * n + 1, sizeof(*wave->list));
    return wave->seen && wave->front && wave->next && wave->list;
}

/* Towards the `count` actors from place `first` on. */
static void
begin_wave(struct wave *wave, uint32_t first, uint32_t count)
{
    const struct cas_compact *graph = wave->graph;

    wave->low = graph->low[first];
    wave->high = graph->high[first + count - 1];
    wave->arcs_lacking = graph->out_begin[wave->high] - graph->out_begin[wave->low];
    wave->count = count;
    wave->all = (struct bits){{0}};
    memset(wave->seen + wave->low, 0, (wave->high - wave->low) * sizeof(*wave->seen));
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bit = UINT64_C(1) << i % 64;
        wave->list[i] = first + i;
        wave->all.of[i / 64] |= bit;
        wave->front[first + i].of[i / 64] |= bit;
        wave->seen[first + i].of[i / 64] |= bit;
    }
}

/* From those who have new bits. The list of those who get some comes behind the old one. */
static uint32_t
push_bits(struct wave *wave)
{
    const struct cas_compact *graph = wave->graph;
    uint32_t found = 0;

    for (uint32_t k = 0; k < wave->count; k++) {
        uint32_t p = wave->list[k];
        const struct bits fresh = wave->front[p];
        for (uint32_t i = graph->in_begin[p]; i < graph->in_begin[p + 1]; i++) {
            uint32_t to = graph->in[i];
            struct bits given = without(&fresh, &wave->seen[to]);
            if (!any(&given)) {
                continue;
            }
            if (!any(&wave->next[to])) {
                wave->list[wave->count + found++] = to;
            }
            join(&wave->next[to], &given);
        }
    }
    return found;
}

/* What those behind the arcs of place `p` have that it lacks. */
static inline struct bits
gather(const struct wave *wave, uint32_t p, const struct bits *lacking)
{
    const struct cas_compact *graph = wave->graph;
    struct bits got = {{0}};

    for (uint32_t i = graph->out_begin[p]; i < graph->out_begin[p + 1]; i++) {
        join(&got, &wave->front[graph->out[i]]);
        if (i % LOOK == 0) {
            struct bits rest = without(lacking, &got);
            if (!any(&rest)) {
                return *lacking;
            }
        }
    }
    for (int i = 0; i < WORDS; i++) {
        got.of[i] &= lacking->of[i];
    }
    return got;
}

/* For those who lack some. */
static uint32_t
pull_bits(struct wave *wave)
{
    uint32_t found = 0;

    for (uint32_t p = wave->low; p < wave->high; p++) {
        struct bits lacking = without(&wave->all, &wave->seen[p]);
        if (!any(&lacking)) {
            continue;
        }
        struct bits got = gather(wave, p, &lacking);
        if (any(&got)) {
            wave->next[p] = got;
            wave->list[wave->count + found++] = p;
        }
    }
    return found;
}

/* The `found` who got bits are the new front; count what they got at this level. */
static void
advance(struct wave *wave, uint32_t found, uint32_t level, struct cas_reach *out)
{
    const uint32_t *begin = wave->graph->out_begin;

    for (uint32_t k = 0; k < wave->count; k++) {
        wave->front[wave->list[k]] = (struct bits){{0}};
    }
    for (uint32_t k = 0; k < found; k++) {
        uint32_t p = wave->list[k] = wave->list[wave->count + k], many = count(&wave->next[p]);
        wave->front[p] = wave->next[p];
        wave->next[p] = (struct bits){{0}};
        join(&wave->seen[p], &wave->front[p]);
        struct bits lacking = without(&wave->all, &wave->seen[p]);
        wave->arcs_lacking -= any(&lacking) ? 0 : begin[p + 1] - begin[p];
        out[p].reached += many;
        out[p].hops += (double)many * level;
        out[p].inverse += (double)many / level;
    }
    wave->count = found;
}

static void
run_wave(struct wave *wave, struct cas_reach *out)
{
    const uint32_t *begin = wave->graph->in_begin;

    for (uint32_t level = 1; wave->count > 0; level++) {
        uint64_t arcs = 0;
        for (uint32_t k = 0; k < wave->count; k++) {
            arcs += begin[wave->list[k] + 1] - begin[wave->list[k]];
        }
        bool push = arcs * COST_PUSH < wave->arcs_lacking;
        advance(wave, (push ? push_bits : pull_bits)(wave), level, out);
    }
}

/* --- all of them -------------------------------------------------------------------------- */

enum casus_status
cas_reaching_new(const struct cas_compact *graph, struct cas_reaching **out,
                 struct casus_error *err)
{
    struct cas_reaching *reaching = cas_zalloc(1, sizeof(*reaching));
    uint32_t waves = graph->n / BITS + (graph->n % BITS > 0);

    if (!reaching) {
        return cas_fail_memory(err);
    }
    reaching->graph = graph;
    reaching->chunks = waves < MOST_CHUNKS ? waves : MOST_CHUNKS;
    *out = reaching;
    return CASUS_OK;
}

void
cas_reaching_free(struct cas_reaching *reaching)
{
    for (uint32_t i = 0; reaching && i < reaching->chunks; i++) {
        cas_free(reaching->sums[i]);
    }
    cas_free(reaching);
}

uint32_t
cas_reaching_chunks(const struct cas_reaching *reaching)
{
    return reaching->chunks;
}

/* Every `chunks`-th wave. */
enum casus_status
cas_reaching_run(struct cas_reaching *reaching, uint32_t chunk, struct casus_error *err)
{
    const struct cas_compact *graph = reaching->graph;
    struct cas_reach *sums = cas_zalloc((size_t)graph->n + 1, sizeof(*sums));
    struct wave wave;
    bool good = wave_init(&wave, graph) && sums;

    reaching->sums[chunk] = sums;
    for (size_t first = (size_t)chunk * BITS; good && first < graph->n;
         first += (size_t)reaching->chunks * BITS) {
        size_t left = graph->n - first;
        begin_wave(&wave, (uint32_t)first, left < BITS ? (uint32_t)left : BITS);
        run_wave(&wave, sums);
    }
    wave_done(&wave);
    return good ? CASUS_OK : cas_fail_memory(err);
}

void
cas_reaching_sum(const struct cas_reaching *reaching, struct cas_reach *out)
{
    const struct cas_compact *graph = reaching->graph;

    for (uint32_t p = 0; p < graph->n; p++) {
        struct cas_reach sum = {0};
        for (uint32_t i = 0; i < reaching->chunks; i++) {
            sum.reached += reaching->sums[i][p].reached;
            sum.hops += reaching->sums[i][p].hops;
            sum.inverse += reaching->sums[i][p].inverse;
        }
        out[graph->actor[p]] = sum;
    }
}
