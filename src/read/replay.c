/* Blocks of one size: none is copied as they grow in number. */
#include "read/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mem.h"

enum { BLOCK = 256 * 1024 };

struct casus_replay {
    char **blocks; /* all full but the last */
    size_t block_count, block_room;
    size_t kept, at, most;
    int held;
    bool lost;
};

enum casus_status
casus_replay_new(size_t most, struct casus_replay **out, struct casus_error *err)
{
    struct casus_replay *replay = cas_zalloc(1, sizeof *replay);
    if (!replay)
        return cas_fail_memory(err);
    replay->most = most;
    replay->held = -1;
    *out = replay;
    return CASUS_OK;
}

static void
free_blocks(struct casus_replay *replay)
{
    while (replay->block_count)
        cas_free(replay->blocks[--replay->block_count]);
    cas_free(replay->blocks);
    replay->blocks = NULL;
    replay->block_room = replay->kept = replay->at = 0;
}

void
casus_replay_free(struct casus_replay *replay)
{
    if (!replay)
        return;
    free_blocks(replay);
    if (replay->held >= 0)
        close(replay->held);
    cas_free(replay);
}

bool
casus_replay_rewind(struct casus_replay *replay)
{
    replay->at = 0;
    return !replay->lost;
}

bool
cas_replay_full(const struct casus_replay *replay)
{
    return replay->kept > replay->most && replay->at == replay->kept;
}

void
cas_replay_forget(struct casus_replay *replay)
{
    free_blocks(replay);
    replay->lost = true;
}

/* --- reading ---------------------------------------------------------------------------------- */

static size_t
least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* What is kept behind the present place. */
static size_t
again(struct casus_replay *replay, char *out, size_t n)
{
    size_t done = 0;
    while (done < n && replay->at < replay->kept) {
        size_t from = replay->at % BLOCK;
        size_t part = least(BLOCK - from, replay->kept - replay->at, n - done);
        memcpy(out + done, replay->blocks[replay->at / BLOCK] + from, part);
        done += part;
        replay->at += part;
    }
    return done;
}

static bool
add_block(struct casus_replay *replay)
{
    if (!cas_grow(&replay->blocks, &replay->block_room, replay->block_count + 1,
                  sizeof *replay->blocks))
        return false;
    char *block = cas_alloc(BLOCK);
    if (block)
        replay->blocks[replay->block_count++] = block;
    return block != NULL;
}

/* Without memory it is forgotten: that is no fault of the reading under way. */
static void
keep(struct casus_replay *replay, const char *bytes, size_t n)
{
    for (size_t done = 0, part; done < n && !replay->lost; done += part) {
        size_t from = replay->kept % BLOCK;
        part = least(BLOCK - from, n - done, BLOCK);
        if (replay->kept == replay->block_count * BLOCK && !add_block(replay)) {
            cas_replay_forget(replay);
            return;
        }
        memcpy(replay->blocks[replay->kept / BLOCK] + from, bytes + done, part);
        replay->kept += part;
        replay->at = replay->kept;
    }
}

ptrdiff_t
cas_replay_read(struct casus_replay *replay, int fd, void *out, size_t n)
{
    size_t got = replay ? again(replay, out, n) : 0, begin = got;
    while (got < n) {
        ssize_t now = read(fd, (char *)out + got, n - got);
        if (now < 0 && errno == EINTR)
            continue;
        if (now < 0)
            return -1;
        if (now == 0)
            break;
        got += (size_t)now;
    }
    if (replay)
        keep(replay, (char *)out + begin, got - begin);
    return (ptrdiff_t)got;
}

int
cas_replay_open(struct casus_replay *replay, const char *path)
{
    if (replay->held < 0)
        replay->held = open(path, O_RDONLY | O_CLOEXEC);
    return replay->held < 0 ? -1 : fcntl(replay->held, F_DUPFD_CLOEXEC, 0);
}
