/* Blocks into a window. */
#include "read/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "read/foreign.h"
#include "read/replay.h"
#include "read/unpacker.h"

enum { KEPT_BEHIND = 1024 };

ptrdiff_t
cas_bytes_raw(struct cas_bytes *bytes, void *out, size_t n)
{
    size_t ahead = bytes->head_n - bytes->head_at;
    ahead = ahead < n ? ahead : n;
    memcpy(out, bytes->head + bytes->head_at, ahead);
    bytes->head_at += ahead;
    ptrdiff_t got = cas_replay_read(bytes->replay, bytes->fd, (char *)out + ahead, n - ahead);
    if (got < 0)
        return -1;
    got += (ptrdiff_t)ahead;
    bytes->done += (uint64_t)got;
    if (bytes->hashed)
        cas_sha256_add(&bytes->sha, out, (size_t)got);
    return got;
}

static enum casus_status
fail_to_read(const struct cas_bytes *bytes, struct casus_error *err)
{
    bool missing = errno == ENOENT || errno == ENOTDIR;
    return cas_fail(err, CASUS_EIO, missing ? CAS_MSG_NO_FILE : CAS_MSG_READ, "%s: %s", bytes->name,
                    strerror(errno));
}

static void
report_progress(const struct cas_bytes *bytes)
{
    uint64_t done = bytes->unpacker ? cas_unpacker_done(bytes->unpacker) : bytes->done;
    if (bytes->reading && bytes->reading->progress)
        bytes->reading->progress(bytes->reading->context, bytes->name, done, bytes->total);
}

/* Move the window to the front of the buffer and see that a block fits behind it. */
static bool
make_room(struct cas_bytes *bytes)
{
    size_t behind = bytes->buffer ? (size_t)(bytes->s - bytes->buffer) : 0;
    size_t kept = behind < KEPT_BEHIND ? behind : KEPT_BEHIND;
    if (behind > kept)
        memmove(bytes->buffer, bytes->s - kept, kept + bytes->n);
    size_t need = kept + bytes->n + CAS_BLOCK + CAS_BEHIND;
    bool fits = cas_grow(&bytes->buffer, &bytes->room, need, 1);
    bytes->s = bytes->buffer ? bytes->buffer + kept : NULL;
    bytes->mark.at = bytes->s;
    return fits;
}

static bool
may_go_on(struct cas_bytes *bytes)
{
    bool full = bytes->replay && cas_replay_full(bytes->replay);
    if (full && !bytes->keeps)
        cas_replay_forget(bytes->replay);
    return !full || !bytes->keeps;
}

enum casus_status
cas_bytes_more(struct cas_bytes *bytes, struct casus_error *err)
{
    if (bytes->at_end)
        return CASUS_OK;
    if (!may_go_on(bytes))
        return CASUS_EKEEP;
    if (!make_room(bytes))
        return cas_fail_memory(err);
    size_t used = (size_t)(bytes->s - bytes->buffer) + bytes->n;
    char *out = bytes->buffer + used;
    size_t n = bytes->room - CAS_BEHIND - used, got = 0;
    if (bytes->unpacker) {
        enum casus_status status =
            cas_unpacker_read(bytes->unpacker, out, n, &got, &bytes->at_end, &bytes->damage, err);
        if (status != CASUS_OK)
            return status;
    } else {
        ptrdiff_t now = cas_bytes_raw(bytes, out, n);
        if (now < 0)
            return fail_to_read(bytes, err);
        got = (size_t)now;
        bytes->at_end = got < n;
    }
    memset(out + got, 0, CAS_BEHIND);
    bytes->n += got;
    report_progress(bytes);
    return CASUS_OK;
}

enum casus_status
cas_bytes_widen(struct cas_bytes *bytes, size_t least, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    while (status == CASUS_OK && bytes->n < least && !bytes->at_end && !bytes->unpacker)
        status = cas_bytes_more(bytes, err);
    return status;
}

void
cas_bytes_take(struct cas_bytes *bytes, size_t n)
{
    const char *end = bytes->s + bytes->n;
    cas_mark_move(&bytes->mark, bytes->s + n, end);
    bytes->s += n;
    bytes->n -= n;
}

void
cas_bytes_locate(const struct cas_bytes *bytes, const char *at, struct casus_error *fault)
{
    cas_mark_locate(bytes->mark, at < bytes->s ? bytes->s : at, bytes->buffer, bytes->s + bytes->n,
                    bytes->name, fault);
}

bool
cas_bytes_is_plain(const struct cas_bytes *bytes)
{
    return !bytes->unpacker && bytes->fd > STDIN_FILENO && bytes->total;
}

uint64_t
cas_bytes_offset(const struct cas_bytes *bytes)
{
    return bytes->done - bytes->n;
}

enum casus_status
cas_bytes_seek(struct cas_bytes *bytes, uint64_t offset, uint32_t line, struct casus_error *err)
{
    if (lseek(bytes->fd, (off_t)offset, SEEK_SET) < 0)
        return fail_to_read(bytes, err);
    bytes->head_at = bytes->head_n;
    bytes->s = bytes->buffer;
    bytes->n = 0;
    bytes->done = offset;
    bytes->at_end = false;
    bytes->mark = (struct cas_mark){bytes->s, {line, 1}};
    return cas_bytes_more(bytes, err);
}

static void
skip_byte_order_marks(struct cas_bytes *bytes)
{
    while (bytes->n >= 3 && memcmp(bytes->s, "\xEF\xBB\xBF", 3) == 0) {
        bytes->s += 3;
        bytes->n -= 3;
    }
    bytes->mark.at = bytes->s;
}

/* What can be read once only comes through the replay, which holds a pipe by name open: a second
 * opening would find nobody who writes. */
static int
open_path(struct cas_bytes *bytes, const char *path, struct casus_replay *replay)
{
    struct stat about;
    bool standard = strcmp(path, "-") == 0;
    if (!standard && (!replay || stat(path, &about) != 0 || S_ISREG(about.st_mode)))
        return open(path, O_RDONLY | O_CLOEXEC);
    bytes->replay = replay;
    return standard ? STDIN_FILENO : cas_replay_open(replay, path);
}

static enum casus_status
open_file(struct cas_bytes *bytes, const char *path, bool *out_plain, struct casus_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    bytes->fd = open_path(bytes, path, bytes->reading ? bytes->reading->replay : NULL);
    struct stat about;
    if (bytes->fd < 0 || fstat(bytes->fd, &about) != 0)
        return fail_to_read(bytes, err);
    *out_plain = !standard && S_ISREG(about.st_mode);
    bytes->total = S_ISREG(about.st_mode) && about.st_size > 0 ? (uint64_t)about.st_size : 0;
    ptrdiff_t got = cas_replay_read(bytes->replay, bytes->fd, bytes->head, sizeof bytes->head);
    if (got < 0)
        return fail_to_read(bytes, err);
    bytes->head_n = (size_t)got;
    return CASUS_OK;
}

static enum casus_status
open_archive(struct cas_bytes *bytes, const char *path, struct casus_error *err)
{
    struct cas_archive *archive;
    enum casus_status status = cas_archive_open(bytes, path, &archive, err);
    if (status != CASUS_OK)
        return status;
    bytes->unpacker = cas_unpacker_new(archive, bytes->reading ? bytes->reading->threads : 0);
    return bytes->unpacker ? CASUS_OK : cas_fail_memory(err);
}

enum casus_status
cas_bytes_open(struct cas_bytes *bytes, const char *path, const struct casus_reading *reading,
               struct casus_error *err)
{
    *bytes = (struct cas_bytes){.name = path, .fd = -1, .reading = reading};
    bytes->mark.where = (struct casus_where){1, 1};
    bool plain = false;
    enum casus_status status = open_file(bytes, path, &plain, err);
    if (status != CASUS_OK)
        return status;
    bool packed = cas_archive_is(bytes->head, bytes->head_n);
    bytes->hashed = reading && reading->hash && !(packed && plain);
    cas_sha256_init(&bytes->sha);
    status = cas_foreign_refuse(path, bytes->head, bytes->head_n, err);
    if (packed && status == CASUS_OK)
        status = open_archive(bytes, plain ? path : NULL, err);
    if (status == CASUS_OK)
        status = cas_bytes_more(bytes, err);
    if (packed && status == CASUS_OK)
        status = cas_foreign_refuse(path, bytes->s, bytes->n, err);
    if (status == CASUS_OK)
        skip_byte_order_marks(bytes);
    return status;
}

void
cas_bytes_close(struct cas_bytes *bytes)
{
    cas_unpacker_free(bytes->unpacker);
    if (bytes->fd > STDIN_FILENO)
        close(bytes->fd);
    cas_free(bytes->buffer);
    *bytes = (struct cas_bytes){.fd = -1};
}

enum casus_status
cas_bytes_hash_file(const char *path, struct cas_sha256 *sha, struct casus_error *err)
{
    const struct cas_bytes file = {.name = path};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ptrdiff_t got = -1;
    if (fd >= 0) {
        char block[16384];
        while ((got = cas_replay_read(NULL, fd, block, sizeof block)) > 0)
            cas_sha256_add(sha, block, (size_t)got);
    }
    enum casus_status status = got < 0 ? fail_to_read(&file, err) : CASUS_OK;
    if (fd >= 0)
        close(fd);
    return status;
}

enum casus_status
cas_bytes_hash(struct cas_bytes *bytes, const char *path, struct cas_sha256 *out,
               struct casus_error *err)
{
    if (bytes->unpacker)
        cas_unpacker_stop(bytes->unpacker);
    if (!bytes->hashed) {
        /* libarchive reads a plain file in the order that it likes: a pass of its own */
        cas_sha256_init(out);
        return cas_bytes_hash_file(path, out, err);
    }
    char rest[16384]; /* what stands behind the end that the reader cared for */
    ptrdiff_t got;
    while ((got = cas_bytes_raw(bytes, rest, sizeof rest)) > 0)
        continue;
    if (got < 0)
        return fail_to_read(bytes, err);
    *out = bytes->sha;
    return CASUS_OK;
}
