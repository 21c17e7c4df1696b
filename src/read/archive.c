/* libarchive, asked for one file. What it complains of becomes CAS-156. */
#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"
#include "read/crc32.h"

struct cas_archive {
    struct archive *inner;
    struct cas_bytes *bytes;
    bool entered; /* inside the one file */
    bool gzip;
    struct cas_crc32 crc;  /* of what a gzip holds */
    unsigned char tail[8]; /* the last bytes that were read, where they come but once */
    const char *path;
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
damaged(struct cas_bytes *bytes, struct archive *inner)
{
    const char *why = archive_error_string(inner);
    cas_fault_at(&bytes->damage, bytes->name, (struct casus_where){0}, NULL, 0, CAS_MSG_ARCHIVE,
                 "expected a whole archive, found damage: %s", why ? why : "no reason given");
    return CASUS_EINPUT;
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

/* An archive with a list of its files is asked how many they are before any is read. */
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
    else if (result != ARCHIVE_EOF)
        status = damaged(bytes, inner);
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
    else if ((size_t)got >= sizeof archive->tail)
        memcpy(archive->tail, archive->block + got - sizeof archive->tail, sizeof archive->tail);
    else if (got > 0) {
        memmove(archive->tail, archive->tail + got, sizeof archive->tail - (size_t)got);
        memcpy(archive->tail + sizeof archive->tail - got, archive->block, (size_t)got);
    }
    return got;
}

enum casus_status
cas_archive_open(struct cas_bytes *bytes, const char *path, struct cas_archive **out,
                 struct casus_error *err)
{
    enum casus_status status = path ? count_files(bytes, path, err) : CASUS_OK;
    if (status != CASUS_OK)
        return status;
    struct cas_archive *archive = cas_zalloc(1, sizeof *archive);
    struct archive *inner = archive ? new_inner() : NULL;
    if (!inner) {
        cas_free(archive);
        return cas_fail_memory(err);
    }
    archive->inner = inner;
    archive->bytes = bytes;
    archive->path = path;
    archive->gzip = memcmp(bytes->head, "\x1F\x8B", 2) == 0;
    cas_crc32_init(&archive->crc);
    int result = path ? archive_read_open_filename(inner, path, 65536)
                      : archive_read_open(inner, archive, NULL, read_block, NULL);
    if (result == ARCHIVE_OK)
        result = next_file(inner);
    archive->entered = result == ARCHIVE_OK;
    if (result != ARCHIVE_OK && result != ARCHIVE_EOF) {
        status = damaged(bytes, inner);
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
    cas_free(archive);
}

static uint32_t
little_endian(const unsigned char *s)
{
    return (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
}

static bool
read_tail(struct cas_archive *archive)
{
    FILE *file = archive->path ? fopen(archive->path, "rb") : NULL;
    bool read = file && fseek(file, -(long)sizeof archive->tail, SEEK_END) == 0 &&
                fread(archive->tail, sizeof archive->tail, 1, file) == 1;
    if (file)
        fclose(file);
    return read || !archive->path;
}

/* A gzip ends with the sum and the length of what it holds. Where the length is another, it is a
 * chain of several, or a tar, and the sum says nothing of the whole. */
static bool
is_intact(struct cas_archive *archive)
{
    if (!archive->gzip || !read_tail(archive) ||
        little_endian(archive->tail + 4) != (uint32_t)archive->crc.length)
        return true;
    return little_endian(archive->tail) == cas_crc32_sum(&archive->crc);
}

static enum casus_status
altered(struct cas_bytes *bytes)
{
    cas_fault_at(&bytes->damage, bytes->name, (struct casus_where){0}, NULL, 0, CAS_MSG_ARCHIVE,
                 "expected the check sum that the archive names, found another");
    return CASUS_EINPUT;
}

/* Behind the one file nothing follows. */
static enum casus_status
leave_file(struct cas_archive *archive, struct casus_error *err)
{
    archive->entered = false;
    int result = next_file(archive->inner);
    if (result == ARCHIVE_OK)
        return too_many(archive->bytes, err);
    if (result != ARCHIVE_EOF)
        return damaged(archive->bytes, archive->inner);
    return is_intact(archive) ? CASUS_OK : altered(archive->bytes);
}

enum casus_status
cas_archive_read(struct cas_archive *archive, char *out, size_t n, size_t *out_n,
                 struct casus_error *err)
{
    *out_n = 0;
    while (*out_n < n && archive->entered) {
        la_ssize_t got = archive_read_data(archive->inner, out + *out_n, n - *out_n);
        if (got == ARCHIVE_RETRY)
            continue;
        if (got < 0)
            return damaged(archive->bytes, archive->inner);
        if (archive->gzip)
            cas_crc32_add(&archive->crc, out + *out_n, (size_t)got);
        *out_n += (size_t)got;
        if (got == 0) {
            enum casus_status status = leave_file(archive, err);
            if (status != CASUS_OK)
                return status;
        }
    }
    return CASUS_OK;
}

uint64_t
cas_archive_done(const struct cas_archive *archive)
{
    la_int64_t done = archive_filter_bytes(archive->inner, -1);
    return done > 0 ? (uint64_t)done : 0;
}
