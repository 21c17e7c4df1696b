/* The border with libarchive: one file out of a gzip, zip, zstd, xz or tar. */
#ifndef CAS_READ_ARCHIVE_H
#define CAS_READ_ARCHIVE_H

#include "read/bytes.h"

struct cas_archive;

/* Whether a file that begins so is compressed or an archive. */
bool cas_archive_is(const char *head, size_t n);
/* Open what `bytes` stands at the begin of. `path` is its name where it is a plain file, whose
 * entries are then counted first; NULL where the bytes come but once.
 * @return CASUS_OK; CASUS_EINPUT (CAS-157 in err, or `bytes->damage`), CASUS_ENOMEM */
enum casus_status cas_archive_open(struct cas_bytes *bytes, const char *path,
                                   struct cas_archive **out, struct casus_error *err);
void cas_archive_close(struct cas_archive *archive);
/* Up to n bytes of what the archive holds; *out_n is less only at the end, or where it fails: what
 * stands before a damage is given. Any thread, one at a time.
 * @return CASUS_OK; CASUS_EINPUT (`damage`, or CAS-157 in err), CASUS_ENOMEM */
enum casus_status cas_archive_read(struct cas_archive *archive, char *out, size_t n, size_t *out_n,
                                   struct casus_error *damage, struct casus_error *err);
/* Compressed bytes read so far. */
uint64_t cas_archive_done(const struct cas_archive *archive);

#endif
