/* Other best splits, block by block. Small blocks are tried out here, the larger ones by a worker
 * process that tells the groups of each as it knows them. */
#include "analysis/balance/alternatives.h"

#include <string.h>

#include "analysis/balance/blocks.h"
#include "analysis/balance/proofs.h"
#include "analysis/balance/search.h"
#include "analysis/balance/swing.h"
#include "analysis/joined.h"
#include "base/child.h"
#include "base/fault.h"
#include "base/text.h"

struct block {
    struct cas_net *net;
    uint32_t *actor; /* in the whole */
    int8_t *camp;
    uint32_t *group;
};

struct hunt {
    const struct cas_net *net;
    const int8_t *camp;
    int64_t unit;
    double deadline;
    struct cas_blocks *blocks;
    uint32_t *up;                 /* actors joined into groups */
    uint32_t *scratch;            /* net->n */
    uint32_t *later, later_count; /* blocks for the worker, small ones first */
    uint32_t heard;               /* of these, whose groups are known */
    bool settled, memory;
    struct cas_buffer inbox;
};

/* --- one block ---------------------------------------------------------------------------- */

static void
block_done(struct block *block)
{
    cas_net_free(block->net);
    cas_free(block->actor);
    cas_free(block->camp);
    cas_free(block->group);
}

static bool
block_init(struct hunt *h, uint32_t index, struct block *block)
{
    *block = (struct block){0};
    block->net = cas_blocks_net(h->net, h->blocks, index, h->scratch, &block->actor);
    if (!block->net) {
        return false;
    }
    block->camp = cas_alloc(block->net->n);
    block->group = cas_alloc(block->net->n * sizeof(*block->group));
    for (uint32_t v = 0; block->camp && v < block->net->n; v++) {
        block->camp[v] = h->camp[block->actor[v]];
    }
    return block->camp && block->group;
}

/* A block in which nothing is frustrated has one best split. */
static bool
is_quiet(const struct hunt *h, uint32_t index)
{
    for (uint32_t i = h->blocks->begin[index]; i < h->blocks->begin[index + 1]; i++) {
        if (cas_frustrated(&h->net->edges[h->blocks->edge[i]], h->camp)) {
            return false;
        }
    }
    return true;
}

static void
join_all(struct hunt *h, uint32_t index)
{
    for (uint32_t i = h->blocks->begin[index]; i < h->blocks->begin[index + 1]; i++) {
        const struct cas_edge *edge = &h->net->edges[h->blocks->edge[i]];
        cas_joined_join(h->up, edge->a, edge->b);
    }
}

static bool
do_small(struct hunt *h, uint32_t index)
{
    struct block block;
    bool good = block_init(h, index, &block);

    if (good && block.net->n <= CAS_EXHAUST_MAX) {
        cas_swing_groups(block.net, block.camp, h->unit, h->deadline, block.group);
        for (uint32_t v = 0; v < block.net->n; v++) {
            cas_joined_join(h->up, block.actor[v], block.actor[block.group[v]]);
        }
    } else if (good) {
        h->later[h->later_count++] = index;
    }
    block_done(&block);
    return good;
}

/* --- the worker --------------------------------------------------------------------------- */

/* Followed by pairs of actors that stay together. */
struct news {
    uint32_t settled, pairs;
};

static bool
tell(struct hunt *h, const struct block *block, bool settled, int fd)
{
    struct news news = {settled, block->net->n};
    uint32_t *pairs = cas_alloc(((size_t)block->net->n + 1) * 2 * sizeof(*pairs));
    bool good = pairs != NULL;

    for (uint32_t v = 0; good && v < block->net->n; v++) {
        pairs[2 * v] = block->actor[v];
        pairs[2 * v + 1] = block->actor[block->group[v]];
    }
    good = good && cas_child_send(fd, &news, sizeof(news)) &&
           cas_child_send(fd, pairs, (size_t)news.pairs * 2 * sizeof(*pairs));
    cas_free(pairs);
    return good;
}

/* In order of size, each with its share of what is left of the time. */
static bool
work(void *context, int fd)
{
    struct hunt *h = context;
    bool good = true;

    for (uint32_t i = 0; good && i < h->later_count; i++) {
        struct block block;
        double now = cas_clock(), left = h->deadline - now;
        good = block_init(h, h->later[i], &block);
        if (good) {
            double share = left < 1e12 ? now + left / (h->later_count - i) : left;
            enum cas_branch_answer answer =
                cas_swing_groups(block.net, block.camp, h->unit, share, block.group);
            good = answer != CAS_BRANCH_NO_MEMORY && tell(h, &block, answer == CAS_BRANCH_DONE, fd);
        }
        block_done(&block);
    }
    return good;
}

static bool
take(void *taker, const char *bytes, size_t n)
{
    struct hunt *h = taker;
    size_t at = 0;
    struct news news;

    cas_buffer_add(&h->inbox, bytes, n);
    while (!h->inbox.failed && h->inbox.n - at >= sizeof(news)) {
        memcpy(&news, h->inbox.s + at, sizeof(news));
        if ((h->inbox.n - at - sizeof(news)) / (2 * sizeof(uint32_t)) < news.pairs) {
            break;
        }
        at += sizeof(news);
        for (uint32_t i = 0; i < news.pairs; i++, at += 2 * sizeof(uint32_t)) {
            uint32_t pair[2];
            memcpy(pair, h->inbox.s + at, sizeof(pair));
            cas_joined_join(h->up, pair[0], pair[1]);
        }
        h->settled = h->settled && news.settled;
        h->heard++;
    }
    if (at > 0) {
        h->inbox.n -= at;
        memmove(h->inbox.s, h->inbox.s + at, h->inbox.n);
    }
    return !h->inbox.failed;
}

static void
do_large(struct hunt *h)
{
    double left = h->deadline - cas_clock();

    if (h->later_count > 0 && left > 0) {
        cas_buffer_init(&h->inbox);
        cas_child_watch(work, h, left + CAS_WORKER_GRACE, CAS_WORKER_MEMORY, take, h);
        cas_buffer_done(&h->inbox);
    }
    /* of what was not heard nothing is known: its actors may all stay together */
    for (uint32_t i = h->heard; i < h->later_count; i++) {
        join_all(h, h->later[i]);
        h->settled = false;
    }
}

/* --- all of them -------------------------------------------------------------------------- */

static void
by_size(struct hunt *h)
{
    const uint32_t *begin = h->blocks->begin;

    for (uint32_t i = 1; i < h->later_count; i++) {
        uint32_t block = h->later[i], size = begin[block + 1] - begin[block], at = i;
        for (; at > 0 && begin[h->later[at - 1] + 1] - begin[h->later[at - 1]] > size; at--) {
            h->later[at] = h->later[at - 1];
        }
        h->later[at] = block;
    }
}

static bool
hunt(struct hunt *h)
{
    for (uint32_t b = 0; b < h->blocks->count; b++) {
        if (is_quiet(h, b)) {
            join_all(h, b);
        } else if (!do_small(h, b)) {
            return false;
        }
    }
    by_size(h);
    do_large(h);
    return true;
}

static bool
hunt_init(struct hunt *h)
{
    size_t n = (size_t)h->net->n + 1;

    h->up = cas_alloc(n * sizeof(*h->up));
    h->scratch = cas_alloc(n * sizeof(*h->scratch));
    h->blocks = cas_blocks_find(h->net);
    if (!h->up || !h->scratch || !h->blocks) {
        return false;
    }
    h->later = cas_alloc(((size_t)h->blocks->count + 1) * sizeof(*h->later));
    for (uint32_t v = 0; v < h->net->n; v++) {
        h->up[v] = v;
    }
    return h->later != NULL;
}

static void
hunt_done(struct hunt *h)
{
    cas_free(h->up);
    cas_free(h->scratch);
    cas_free(h->later);
    cas_blocks_free(h->blocks);
}

/* --- groups and swing --------------------------------------------------------------------- */

static void
number_groups(uint32_t *up, uint32_t n, struct cas_alternatives *out)
{
    out->group_count = 0;
    for (uint32_t v = 0; v < n; v++) {
        uint32_t root = cas_joined_first(up, v);
        out->group[v] = root == v ? out->group_count++ : out->group[root];
    }
}

/* Actors and edge ends of each group. */
struct standing {
    uint32_t actors, ends;
};

static bool
stands_above(const struct standing *a, const struct standing *b)
{
    return a->actors != b->actors ? a->actors > b->actors : a->ends > b->ends;
}

static bool
mark_swing(const struct cas_net *net, const uint32_t *part, struct cas_alternatives *out)
{
    struct standing *standing = cas_zalloc((size_t)out->group_count + 1, sizeof(*standing));
    uint32_t *core = cas_alloc(((size_t)net->n + 1) * sizeof(*core)); /* by part: its core */
    bool good = standing && core;

    for (uint32_t v = 0; good && v < net->n; v++) {
        standing[out->group[v]].actors++;
        standing[out->group[v]].ends += net->begin[v + 1] - net->begin[v];
        core[v] = UINT32_MAX;
    }
    for (uint32_t v = 0; good && v < net->n; v++) {
        uint32_t *best = &core[part[v]];
        if (*best == UINT32_MAX || stands_above(&standing[out->group[v]], &standing[*best])) {
            *best = out->group[v];
        }
    }
    for (uint32_t v = 0; good && v < net->n; v++) {
        out->swing[v] = out->group[v] != core[part[v]];
        out->swing_count += out->swing[v];
    }
    cas_free(standing);
    cas_free(core);
    return good;
}

static void
one_group_a_part(uint32_t n, const uint32_t *part, struct cas_alternatives *out)
{
    out->group_count = 0;
    for (uint32_t v = 0; v < n; v++) {
        out->group[v] = part[v];
        out->swing[v] = false;
        out->group_count = part[v] >= out->group_count ? part[v] + 1 : out->group_count;
    }
    out->swing_count = 0;
    out->settled = false;
}

enum casus_status
cas_alternatives_find(const struct cas_net *net, const int8_t *camp, int64_t unit,
                      const uint32_t *part, bool proved, double deadline,
                      struct cas_alternatives *out, struct casus_error *err)
{
    struct hunt h = {.net = net, .camp = camp, .unit = unit, .deadline = deadline, .settled = true};
    bool good = true;

    if (!proved) {
        one_group_a_part(net->n, part, out);
        return CASUS_OK;
    }
    out->swing_count = 0;
    good = hunt_init(&h) && hunt(&h);
    if (good) {
        number_groups(h.up, net->n, out);
        out->settled = h.settled;
        good = mark_swing(net, part, out);
    }
    hunt_done(&h);
    return good ? CASUS_OK : cas_fail_memory(err);
}
