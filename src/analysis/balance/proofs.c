/* The worker's news: a header, and the solution where it is a better one. */
#include "analysis/balance/proofs.h"

#include <math.h>
#include <string.h>

#include "analysis/limits.h"
#include "base/child.h"
#include "base/mem.h"
#include "base/text.h"

struct news {
    uint32_t index;
    uint32_t better; /* followed by the solution */
    int64_t lower, upper;
};

static bool
is_open(const struct cas_proof *item)
{
    return item->lower < item->upper;
}

/* --- the worker --------------------------------------------------------------------------- */

void
cas_proofs_tell(struct cas_proofs *p)
{
    const struct cas_proof *item = &p->items[p->at];
    struct news news = {p->at, item->upper < p->told_upper, item->lower, item->upper};

    p->mute = p->mute || !cas_child_send(p->fd, &news, sizeof(news)) ||
              (news.better && !cas_child_send(p->fd, item->found, item->found_size));
    p->told_upper = item->upper;
}

static double
open_size(const struct cas_proofs *p, const uint32_t *order, uint32_t from)
{
    double size = 0;

    for (uint32_t i = from; i < p->count; i++) {
        size += is_open(&p->items[order[i]]) ? p->items[order[i]].size : 0;
    }
    return size;
}

static bool
prove_one(struct cas_proofs *p, const uint32_t *order, uint32_t place)
{
    struct cas_proof *item = &p->items[order[place]];
    double now = cas_clock(), left = p->deadline - now;
    bool good;

    if (!is_open(item) || left <= 0) {
        return true;
    }
    if (isfinite(left)) {
        left *= item->size / open_size(p, order, place);
    }
    p->at = order[place];
    p->told_upper = item->upper;
    good = p->prove(p->self, p, p->at, now + left);
    cas_proofs_tell(p);
    return good && !p->mute;
}

static void
sort_by_size(const struct cas_proofs *p, uint32_t *order)
{
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t at = i;
        for (; at > 0 && p->items[order[at - 1]].size > p->items[i].size; at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}

static bool
work(void *context, int fd)
{
    struct cas_proofs *p = context;
    uint32_t *order = cas_alloc(((size_t)p->count + 1) * sizeof(*order));
    bool good = order != NULL;

    p->fd = fd;
    if (good) {
        sort_by_size(p, order);
    }
    for (uint32_t i = 0; good && i < 2 * p->count; i++) {
        good = prove_one(p, order, i % p->count);
    }
    cas_free(order);
    return good;
}

/* --- the parent --------------------------------------------------------------------------- */

struct inbox {
    struct cas_proofs *proofs;
    struct cas_buffer bytes;
};

static void
believe(struct cas_proofs *p, const struct news *news, const char *found)
{
    struct cas_proof *item = &p->items[news->index];

    if (news->better && news->upper < item->upper) {
        item->upper = news->upper;
        memcpy(item->found, found, item->found_size);
    }
    item->lower = news->lower > item->lower ? news->lower : item->lower;
    if (p->improved) {
        p->improved(p->self, news->index);
    }
}

static bool
take(void *taker, const char *bytes, size_t n)
{
    struct inbox *inbox = taker;
    struct cas_buffer *buffer = &inbox->bytes;
    size_t at = 0;

    if (n == 0 && inbox->proofs->improved) {
        inbox->proofs->improved(inbox->proofs->self, inbox->proofs->count);
    }
    cas_buffer_add(buffer, bytes, n);
    while (!buffer->failed && buffer->n - at >= sizeof(struct news)) {
        struct news news;
        size_t size;
        memcpy(&news, buffer->s + at, sizeof(news));
        size = news.better ? inbox->proofs->items[news.index].found_size : 0;
        if (buffer->n - at - sizeof(news) < size) {
            break;
        }
        believe(inbox->proofs, &news, buffer->s + at + sizeof(news));
        at += sizeof(news) + size;
    }
    if (at > 0) {
        buffer->n -= at;
        memmove(buffer->s, buffer->s + at, buffer->n);
    }
    return !buffer->failed;
}

static const char *
reason(enum cas_child_end end)
{
    switch (end) {
    case CAS_CHILD_DONE:
    case CAS_CHILD_TIME: return "the time limit was reached";
    case CAS_CHILD_NO_FORK: return "the system gave no process for the solver";
    case CAS_CHILD_FAILED:
    case CAS_CHILD_DIED:
    case CAS_CHILD_NO_MEMORY: break;
    }
    return "the solver died, most likely for want of memory";
}

static bool
any_open(const struct cas_proofs *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (is_open(&p->items[i])) {
            return true;
        }
    }
    return false;
}

const char *
cas_proofs_run(struct cas_proofs *proofs)
{
    struct inbox inbox = {.proofs = proofs};
    enum cas_child_end end = CAS_CHILD_TIME;
    double left = proofs->deadline - cas_clock();

    if (!any_open(proofs)) {
        return NULL;
    }
    if (left > 0) {
        cas_buffer_init(&inbox.bytes);
        end =
            cas_child_watch(work, proofs, left + CAS_WORKER_GRACE, CAS_WORKER_MEMORY, take, &inbox);
        cas_buffer_done(&inbox.bytes);
    }
    return any_open(proofs) ? reason(end) : NULL;
}
