/* libarchive, asked for one file, with zlib in front of it where that is a gzip. What they complain
 * of becomes CAS-156. */
#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"
#include "read/gunzip.h"

struct cas_archive {
    struct archive *inner;
    struct cas_bytes *bytes;
    bool entered;              /* inside the one file */
    struct cas_gunzip *gunzip; /* in front of it, or NULL */
    char block[65536];
};

bool
cas_archive_is(const char *head, size_t n)
{
    static const struct {
        const char *magic;
        size_t at, n;
    } kinds[] = {
        {"\x1F\x8B", 0, 2},         /* gzip */
        {"PK\x03\x04", 0, 4},       /* zip */
        {"PK\x05\x06", 0, 4},       /* an empty zip */
        {"\x28\xB5\x2F\xFD", 0, 4}, /* zstd */
        {"\xFD"
         "7zXZ\0",
         0, 6},            /* xz */
        {"ustar", 257, 5}, /* tar */
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (n >= kinds[i].at + kinds[i].n &&
            memcmp(head + kinds[i].at, kinds[i].magic, kinds[i].n) == 0)
            return true;
    }
    return false;
}

static struct archive *
new_inner(void)
{
    struct archive *inner = archive_read_new();
    if (!inner)
        return NULL;
    archive_read_support_filter_gzip(inner);
    archive_read_support_filter_xz(inner);
    archive_read_support_filter_zstd(inner);
    archive_read_support_format_zip(inner);
    archive_read_support_format_tar(inner);
    archive_read_support_format_empty(inner);
    archive_read_support_format_raw(inner);
    return inner;
}

static enum casus_status
tell_damage(const struct cas_bytes *bytes, const char *why, struct casus_error *damage)
{
    cas_fault_at(damage, bytes->name, (struct casus_where){0}, NULL, 0, CAS_MSG_ARCHIVE,
                 "expected a whole archive, found damage: %s", why ? why : "no reason given");
    return CASUS_EINPUT;
}

/* What zlib found comes first: libarchive may not have got so far. */
static enum casus_status
failed(struct cas_archive *archive, struct casus_error *damage, struct casus_error *err)
{
    const struct cas_gunzip *gunzip = archive->gunzip;
    if (gunzip && gunzip->no_memory)
        return cas_fail_memory(err);
    bool known = gunzip && gunzip->why[0];
    return tell_damage(archive->bytes, known ? gunzip->why : archive_error_string(archive->inner),
                       damage);
}

static enum casus_status
too_many(const struct cas_bytes *bytes, struct casus_error *err)
{
    return cas_fail(err, CASUS_EINPUT, CAS_MSG_MANY_FILES,
                    "%s: expected an archive of one file, found several", bytes->name);
}

/* Folders, and what macOS puts beside each file, are no files here. */
static bool
is_file(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    if (name && strncmp(name, "__MACOSX/", 9) == 0)
        return false;
    return archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0;
}

/* Step to the next file. ARCHIVE_OK, ARCHIVE_EOF or worse. */
static int
next_file(struct archive *inner)
{
    struct archive_entry *entry;
    for (;;) {
        int result = archive_read_next_header(inner, &entry);
        if (result == ARCHIVE_RETRY)
            continue;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return result;
        if (is_file(entry))
            return ARCHIVE_OK;
    }
}

static bool
is_gzip(const struct cas_bytes *bytes)
{
    return memcmp(bytes->head, "\x1F\x8B", 2) == 0;
}

/* An archive with a list of its files is asked how many they are before any is read. What is wrong
 * with a gzip is told when it is read, with its place. */
static enum casus_status
count_files(struct cas_bytes *bytes, const char *path, struct casus_error *err)
{
    struct archive *inner = new_inner();
    if (!inner)
        return cas_fail_memory(err);
    enum casus_status status = CASUS_OK;
    int result = archive_read_open_filename(inner, path, 65536);
    if (result == ARCHIVE_OK)
        result = next_file(inner);
    if (result == ARCHIVE_OK && archive_format(inner) != ARCHIVE_FORMAT_RAW)
        result = next_file(inner);
    else
        result = result == ARCHIVE_OK ? ARCHIVE_EOF : result;
    if (result == ARCHIVE_OK)
        status = too_many(bytes, err);
    else if (result != ARCHIVE_EOF && !is_gzip(bytes))
        status = tell_damage(bytes, archive_error_string(inner), &bytes->damage);
    archive_read_free(inner);
    return status;
}

static la_ssize_t
read_block(struct archive *inner, void *context, const void **out)
{
    struct cas_archive *archive = context;
    *out = archive->block;
    ptrdiff_t got = cas_bytes_raw(archive->bytes, archive->block, sizeof archive->block);
    if (got < 0)
        archive_set_error(inner, EIO, "the input cannot be read");
    return got;
}

/* To libarchive, which looks far ahead and forgets what stood before a fault, a damage is an end:
 * what it has is given, and read_to_end() tells. */
static la_ssize_t
read_unpacked(struct archive *inner, void *context, const void **out)
{
    struct cas_archive *archive = context;
    (void)inner;
    *out = archive->block;
    ptrdiff_t got = cas_gunzip_read(archive->gunzip, archive->block, sizeof archive->block);
    return got > 0 ? got : 0;
}

/* Put the border with zlib in front. False without memory. */
static bool
begin_gunzip(struct cas_archive *archive)
{
    archive->gunzip = cas_zalloc(1, sizeof *archive->gunzip);
    return archive->gunzip && cas_gunzip_init(archive->gunzip, archive->bytes);
}

static int
open_inner(struct cas_archive *archive, const char *path)
{
    if (archive->gunzip)
        return archive_read_open(archive->inner, archive, NULL, read_unpacked, NULL);
    if (path)
        return archive_read_open_filename(archive->inner, path, 65536);
    return archive_read_open(archive->inner, archive, NULL, read_block, NULL);
}

static struct cas_archive *
new_archive(struct cas_bytes *bytes)
{
    struct cas_archive *archive = cas_zalloc(1, sizeof *archive);
    if (!archive)
        return NULL;
    archive->bytes = bytes;
    archive->inner = new_inner();
    if (archive->inner && (!is_gzip(bytes) || begin_gunzip(archive)))
        return archive;
    cas_archive_close(archive);
    return NULL;
}

/* A tar ends before its gzip does: what stands behind is read for its check sum. False where it is
 * not what it should be. */
static bool
read_to_end(struct cas_archive *archive)
{
    ptrdiff_t got = 0;
    while (archive->gunzip &&
           (got = cas_gunzip_read(archive->gunzip, archive->block, sizeof archive->block)) > 0)
        continue;
    return got == 0;
}

enum casus_status
cas_archive_open(struct cas_bytes *bytes, const char *path, struct cas_archive **out,
                 struct casus_error *err)
{
    enum casus_status status = path ? count_files(bytes, path, err) : CASUS_OK;
    if (status != CASUS_OK)
        return status;
    struct cas_archive *archive = new_archive(bytes);
    if (!archive)
        return cas_fail_memory(err);
    int result = open_inner(archive, path);
    if (result == ARCHIVE_OK)
        result = next_file(archive->inner);
    archive->entered = result == ARCHIVE_OK;
    bool whole = result == ARCHIVE_OK || (result == ARCHIVE_EOF && read_to_end(archive));
    if (!whole) {
        status = failed(archive, &bytes->damage, err);
        cas_archive_close(archive);
        return status;
    }
    *out = archive;
    return CASUS_OK;
}

void
cas_archive_close(struct cas_archive *archive)
{
    if (!archive)
        return;
    archive_read_free(archive->inner);
    if (archive->gunzip)
        cas_gunzip_done(archive->gunzip);
    cas_free(archive->gunzip);
    cas_free(archive);
}

/* Behind the one file nothing follows. */
static enum casus_status
leave_file(struct cas_archive *archive, struct casus_error *damage, struct casus_error *err)
{
    archive->entered = false;
    int result = next_file(archive->inner);
    if (result == ARCHIVE_OK)
        return too_many(archive->bytes, err);
    return result == ARCHIVE_EOF && read_to_end(archive) ? CASUS_OK : failed(archive, damage, err);
}

enum casus_status
cas_archive_read(struct cas_archive *archive, char *out, size_t n, size_t *out_n,
                 struct casus_error *damage, struct casus_error *err)
{
    *out_n = 0;
    while (*out_n < n && archive->entered) {
        la_ssize_t got = archive_read_data(archive->inner, out + *out_n, n - *out_n);
        if (got == ARCHIVE_RETRY)
            continue;
        if (got < 0)
            return failed(archive, damage, err);
        *out_n += (size_t)got;
        if (got == 0) {
            enum casus_status status = leave_file(archive, damage, err);
            if (status != CASUS_OK)
                return status;
        }
    }
    return CASUS_OK;
}

uint64_t
cas_archive_done(const struct cas_archive *archive)
{
    if (archive->gunzip)
        return cas_gunzip_at(archive->gunzip);
    la_int64_t done = archive_filter_bytes(archive->inner, -1);
    return done > 0 ? (uint64_t)done : 0;
}
