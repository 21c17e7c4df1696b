/* A ring of blocks between the thread that unpacks and the reader.
 *
 * Invariant: blocks `used` to `made` are filled, the one at `used` is the reader's, and the thread
 * fills the one at `made` where the ring has room. The last block is short, or has a status.
 */
#include "read/unpacker.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/text.h"

enum { BLOCKS = 4 };

struct unpacked {
    char *text;
    size_t n;
    enum casus_status status;
    struct casus_error damage, err;
    uint64_t done; /* compressed bytes up to its end */
    bool last;
};

struct cas_unpacker {
    struct cas_archive *archive;
    struct unpacked blocks[BLOCKS];
    size_t at; /* in the reader's block */
    uint64_t done;
    bool alone, threaded; /* may not, or does, have a thread */
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest, where there is a thread */
    pthread_cond_t was_made, was_used;
    size_t made, used;
    bool stopped;
};

struct cas_unpacker *
cas_unpacker_new(struct cas_archive *archive, unsigned threads)
{
    struct cas_unpacker *unpacker = cas_zalloc(1, sizeof *unpacker);
    if (!unpacker) {
        cas_archive_close(archive);
        return NULL;
    }
    unpacker->archive = archive;
    unpacker->alone = (threads ? threads : cas_processors()) < 2;
    pthread_mutex_init(&unpacker->lock, NULL);
    pthread_cond_init(&unpacker->was_made, NULL);
    pthread_cond_init(&unpacker->was_used, NULL);
    return unpacker;
}

void
cas_unpacker_free(struct cas_unpacker *unpacker)
{
    if (!unpacker)
        return;
    cas_unpacker_stop(unpacker);
    cas_archive_close(unpacker->archive);
    for (size_t i = 0; i < BLOCKS; i++)
        cas_free(unpacker->blocks[i].text);
    pthread_mutex_destroy(&unpacker->lock);
    pthread_cond_destroy(&unpacker->was_made);
    pthread_cond_destroy(&unpacker->was_used);
    cas_free(unpacker);
}

void
cas_unpacker_stop(struct cas_unpacker *unpacker)
{
    if (!unpacker->threaded)
        return;
    pthread_mutex_lock(&unpacker->lock);
    unpacker->stopped = true;
    pthread_cond_signal(&unpacker->was_used);
    pthread_mutex_unlock(&unpacker->lock);
    pthread_join(unpacker->thread, NULL);
    unpacker->threaded = false;
}

uint64_t
cas_unpacker_done(const struct cas_unpacker *unpacker)
{
    return unpacker->done;
}

/* --- filling ---------------------------------------------------------------------------------- */

static void
fill(struct cas_archive *archive, struct unpacked *block)
{
    block->n = 0;
    block->damage = block->err = (struct casus_error){0};
    if (!block->text)
        block->text = cas_alloc(CAS_BLOCK);
    block->status = block->text ? cas_archive_read(archive, block->text, CAS_BLOCK, &block->n,
                                                   &block->damage, &block->err)
                                : cas_fail_memory(&block->err);
    block->last = block->status != CASUS_OK || block->n < CAS_BLOCK;
    block->done = cas_archive_done(archive);
}

/* The lock is held before and after. @return whether there are more blocks */
static bool
fill_next(struct cas_unpacker *unpacker)
{
    struct unpacked *block = &unpacker->blocks[unpacker->made % BLOCKS];
    pthread_mutex_unlock(&unpacker->lock);
    fill(unpacker->archive, block);
    pthread_mutex_lock(&unpacker->lock);
    unpacker->made++;
    pthread_cond_signal(&unpacker->was_made);
    return !block->last;
}

static void *
unpack(void *self)
{
    struct cas_unpacker *unpacker = self;
    bool more = true;
    pthread_mutex_lock(&unpacker->lock);
    while (more && !unpacker->stopped) {
        if (unpacker->made - unpacker->used < BLOCKS)
            more = fill_next(unpacker);
        else
            pthread_cond_wait(&unpacker->was_used, &unpacker->lock);
    }
    pthread_mutex_unlock(&unpacker->lock);
    return NULL;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* The reader's block. Where one was full, a second is likely, and worth a thread. */
static const struct unpacked *
block_of(struct cas_unpacker *unpacker)
{
    if (!unpacker->alone && !unpacker->threaded && unpacker->used == 1 && unpacker->made == 1)
        unpacker->threaded = pthread_create(&unpacker->thread, NULL, unpack, unpacker) == 0;
    unpacker->alone |= unpacker->used == 1 && !unpacker->threaded;
    pthread_mutex_lock(&unpacker->lock);
    while (unpacker->threaded && unpacker->made == unpacker->used)
        pthread_cond_wait(&unpacker->was_made, &unpacker->lock);
    if (unpacker->made == unpacker->used)
        fill_next(unpacker);
    pthread_mutex_unlock(&unpacker->lock);
    return &unpacker->blocks[unpacker->used % BLOCKS];
}

static void
leave_block(struct cas_unpacker *unpacker)
{
    pthread_mutex_lock(&unpacker->lock);
    unpacker->used++;
    unpacker->at = 0;
    pthread_cond_signal(&unpacker->was_used);
    pthread_mutex_unlock(&unpacker->lock);
}

static void
take(struct cas_unpacker *unpacker, const struct unpacked *block, char *out, size_t n,
     size_t *out_n)
{
    size_t left = block->n - unpacker->at, now = n - *out_n < left ? n - *out_n : left;
    memcpy(out + *out_n, block->text + unpacker->at, now);
    unpacker->at += now;
    *out_n += now;
    unpacker->done = block->done;
}

enum casus_status
cas_unpacker_read(struct cas_unpacker *unpacker, char *out, size_t n, size_t *out_n, bool *out_end,
                  struct casus_error *damage, struct casus_error *err)
{
    *out_n = 0;
    *out_end = false;
    for (;;) {
        const struct unpacked *block = block_of(unpacker);
        if (unpacker->at < block->n)
            take(unpacker, block, out, n, out_n);
        if (unpacker->at < block->n)
            return CASUS_OK; /* there was no more room */
        if (block->last)
            break;
        if (*out_n == n)
            return CASUS_OK;
        leave_block(unpacker);
    }
    const struct unpacked *last = block_of(unpacker);
    *out_end = last->status == CASUS_OK;
    if (*out_end || *out_n)
        return CASUS_OK;
    *damage = last->damage;
    if (err && last->err.status != CASUS_OK)
        *err = last->err;
    return last->status;
}
