/* Shortest paths by hops where most actors meet most others, as in many events among few actors.
 *
 * Each actor's sources of arcs are a row of bits, and so is each level of a breadth-first search.
 * A row and a level have in common just the arcs from that level: the many that lead elsewhere are
 * passed over sixty-four at a time. To actors two hops away the paths are as many as bits in
 * common. Betweenness as in Brandes 2001, doi:10.1080/0022250X.2001.9990249; sums over arcs are
 * taken in the order of actors.
 */
#include "analysis/paths.h"

#include <math.h>
#include <string.h>

#include "base/fault.h"

enum { WORD = 64 };

struct dense {
    const struct cas_contact *contact;
    uint32_t n, words; /* of a row */
    uint64_t *into;    /* row w: the actors with an arc to w */
    uint64_t *levels;  /* row k: those k hops from the source */
    uint64_t *unseen;
    double *paths; /* shortest paths to each of those seen */
    double *owed;  /* on the way back: the sum of shares behind each; 0 between searches */
};

static uint64_t *
row(const struct dense *dense, uint64_t *rows, uint32_t index)
{
    return rows + (size_t)index * dense->words;
}

static void
set_bit(uint64_t *bits, uint32_t index)
{
    bits[index / WORD] |= UINT64_C(1) << index % WORD;
}

static void
clear_bit(uint64_t *bits, uint32_t index)
{
    bits[index / WORD] &= ~(UINT64_C(1) << index % WORD);
}

/* By halves: the processor's own instruction is not on all of them. */
static uint32_t
count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

static void
dense_done(struct dense *dense)
{
    cas_free(dense->into);
    cas_free(dense->levels);
    cas_free(dense->unseen);
    cas_free(dense->paths);
    cas_free(dense->owed);
}

static bool
dense_init(struct dense *dense, const struct cas_contact *contact)
{
    const struct cas_arcs *arcs = &contact->arcs;
    uint32_t n = arcs->n, words = n / WORD + 1;

    *dense = (struct dense){.contact = contact, .n = n, .words = words};
    dense->into = cas_zalloc((size_t)n + 1, words * sizeof(*dense->into));
    dense->levels = cas_zalloc((size_t)n + 2, words * sizeof(*dense->levels));
    dense->unseen = cas_zalloc(words, sizeof(*dense->unseen));
    dense->paths = cas_zalloc((size_t)words * WORD, sizeof(*dense->paths));
    dense->owed = cas_zalloc((size_t)words * WORD, sizeof(*dense->owed));
    if (!dense->into || !dense->levels || !dense->unseen || !dense->paths || !dense->owed) {
        return false;
    }
    for (size_t i = 0; i < arcs->count; i++) {
        set_bit(row(dense, dense->into, arcs->to[i]), arcs->from[i]);
    }
    return true;
}

/* Levels 0 and 1. */
static void
set_out(struct dense *dense, uint32_t source)
{
    const struct cas_contact *contact = dense->contact;
    uint64_t *first = row(dense, dense->levels, 1);

    memset(dense->levels, 0, 2 * (size_t)dense->words * sizeof(*dense->levels));
    set_bit(dense->levels, source);
    memset(dense->unseen, 0, dense->words * sizeof(*dense->unseen));
    for (uint32_t v = 0; v < dense->n; v++) {
        set_bit(dense->unseen, v);
    }
    clear_bit(dense->unseen, source);
    for (size_t i = contact->out_begin[source]; i < contact->out_begin[source + 1]; i++) {
        uint32_t v = contact->arcs.to[i];
        set_bit(first, v);
        clear_bit(dense->unseen, v);
        dense->paths[v] = 1;
    }
}

/* Shortest paths to `w` through level 1, where each has one path. */
static double
count_common(const struct dense *dense, const uint64_t *into, const uint64_t *level)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < dense->words; i++) {
        count += count_bits(into[i] & level[i]);
    }
    return count;
}

static double
sum_common(const struct dense *dense, const uint64_t *into, const uint64_t *level)
{
    double sum = 0;
    for (uint32_t i = 0; i < dense->words; i++) {
        for (uint64_t left = into[i] & level[i]; left; left &= left - 1) {
            sum += dense->paths[i * WORD + (uint32_t)__builtin_ctzll(left)];
        }
    }
    return sum;
}

/* @return whether level k + 1 holds anybody */
static bool
reach_level(struct dense *dense, uint32_t k)
{
    const uint64_t *level = row(dense, dense->levels, k);
    uint64_t *next = row(dense, dense->levels, k + 1), reached = 0;

    for (uint32_t i = 0; i < dense->words; i++) {
        next[i] = 0;
        for (uint64_t left = dense->unseen[i]; left; left &= left - 1) {
            uint32_t w = i * WORD + (uint32_t)__builtin_ctzll(left);
            const uint64_t *into = row(dense, dense->into, w);
            double paths = (k == 1 ? count_common : sum_common)(dense, into, level);
            if (paths > 0) {
                dense->paths[w] = paths;
                next[i] |= left & -left;
            }
        }
        reached |= next[i];
    }
    for (uint32_t i = 0; i < dense->words; i++) {
        dense->unseen[i] &= ~next[i];
    }
    return reached != 0;
}

/* @return the last level */
static uint32_t
search_from(struct dense *dense, uint32_t source)
{
    uint32_t last = 1;

    set_out(dense, source);
    while (reach_level(dense, last)) {
        last++;
    }
    return last;
}

/* --- the way back ------------------------------------------------------------------------- */

/* What `w` passes on to each actor of the level before it. */
static void
owe(struct dense *dense, uint32_t w, const uint64_t *level, double share)
{
    const uint64_t *into = row(dense, dense->into, w);

    for (uint32_t i = 0; i < dense->words; i++) {
        for (uint64_t left = into[i] & level[i]; left; left &= left - 1) {
            dense->owed[i * WORD + (uint32_t)__builtin_ctzll(left)] += share;
        }
    }
}

/* False where there are more paths than a double counts. */
static bool
settle_level(struct dense *dense, uint32_t k, double *out)
{
    const uint64_t *level = row(dense, dense->levels, k);
    const uint64_t *before = row(dense, dense->levels, k - 1);
    bool countable = true;

    for (uint32_t i = 0; i < dense->words; i++) {
        for (uint64_t left = level[i]; left; left &= left - 1) {
            uint32_t w = i * WORD + (uint32_t)__builtin_ctzll(left);
            double debt = dense->owed[w] * dense->paths[w];
            dense->owed[w] = 0;
            out[w] += debt;
            countable = countable && isfinite(dense->paths[w]);
            if (k > 1) { /* to the source itself nothing is owed */
                owe(dense, w, before, (1 + debt) / dense->paths[w]);
            }
        }
    }
    return countable;
}

enum casus_status
cas_dense_betweenness(const struct cas_contact *contact, double *out, bool *out_countable,
                      struct casus_error *err)
{
    struct dense dense;
    bool countable = true;

    if (!dense_init(&dense, contact)) {
        dense_done(&dense);
        return cas_fail_memory(err);
    }
    memset(out, 0, dense.n * sizeof(*out));
    for (uint32_t v = 0; v < dense.n && countable; v++) {
        for (uint32_t k = search_from(&dense, v); k > 0; k--) {
            countable &= settle_level(&dense, k, out);
        }
    }
    *out_countable = countable;
    dense_done(&dense);
    return CASUS_OK;
}

static struct cas_reach
sum_levels(const struct dense *dense, uint32_t last)
{
    struct cas_reach reach = {0};

    for (uint32_t k = 1; k <= last; k++) {
        const uint64_t *level = row(dense, dense->levels, k);
        uint32_t count = 0;
        for (uint32_t i = 0; i < dense->words; i++) {
            count += count_bits(level[i]);
        }
        reach.reached += count;
        reach.hops += (double)count * k;
        reach.inverse += (double)count / k;
    }
    return reach;
}

enum casus_status
cas_dense_reach(const struct cas_contact *contact, struct cas_reach *out, struct casus_error *err)
{
    struct dense dense;

    if (!dense_init(&dense, contact)) {
        dense_done(&dense);
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < dense.n; v++) {
        out[v] = sum_levels(&dense, search_from(&dense, v));
    }
    dense_done(&dense);
    return CASUS_OK;
}
