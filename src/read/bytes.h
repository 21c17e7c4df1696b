/* The bytes of one input: a file, standard input, or what a compressed one holds.
 *
 * They are seen through a window on what is not yet taken. Invariant: [s, s + n) lies in one
 * buffer, a little of what was taken still before it (for the line of a message); `mark` is the
 * place of s; at_end says that no byte follows the window; CAS_BEHIND zeros follow it in memory.
 * cas_bytes_more() may move the memory: pointers into the window die with it.
 */
#ifndef CAS_READ_BYTES_H
#define CAS_READ_BYTES_H

#include <casus/dossier.h>

#include "read/mark.h"
#include "read/sha256.h"

enum { CAS_BLOCK = 256 * 1024, CAS_LARGEST = 16 * 1024 * 1024, CAS_BEHIND = 64 };

struct cas_unpacker;

struct cas_bytes {
    const char *s;
    size_t n;
    bool at_end;
    struct cas_mark mark;
    const char *name; /* for messages; borrowed */
    /* What is wrong with a compressed input, where a call returned CASUS_EINPUT. */
    struct casus_error damage;

    int fd;
    uint64_t total; /* of a regular file; 0: unknown */

    /* for bytes.c alone */
    char *buffer;
    size_t room;
    struct cas_unpacker *unpacker; /* of a compressed one */
    uint64_t done;
    char head[512]; /* read ahead to know the kind of file */
    size_t head_n, head_at;
    struct casus_replay *replay; /* through which they come, or NULL */
    bool keeps;  /* a replay that is full ends the reading with CASUS_EKEEP; else it forgets */
    bool hashed; /* as the bytes pass */
    struct cas_sha256 sha;
    const struct casus_reading *reading;
};

/* Open `path` ("-": standard input), borrowed until cas_bytes_close(); the first block is read and
 * byte-order marks are behind it. Close after failure too.
 * @return CASUS_OK, CASUS_EIO (CAS-180, CAS-181), CASUS_EINPUT (CAS-157, 200, 201 in err, or
 *         `damage`), CASUS_ENOMEM */
enum casus_status cas_bytes_open(struct cas_bytes *bytes, const char *path,
                                 const struct casus_reading *reading, struct casus_error *err);
void cas_bytes_close(struct cas_bytes *bytes);
/* Widen the window, or find that the input ends. */
enum casus_status cas_bytes_more(struct cas_bytes *bytes, struct casus_error *err);
/* Widen the window until it shows `least` bytes or the input ends; of a compressed input, whose
 * next block may be damaged, nothing is read ahead. */
enum casus_status cas_bytes_widen(struct cas_bytes *bytes, size_t least, struct casus_error *err);
/* The first n bytes of the window are done with. */
void cas_bytes_take(struct cas_bytes *bytes, size_t n);
/* Give `fault` the place of `at`, which lies in the window or a little before it. */
void cas_bytes_locate(const struct cas_bytes *bytes, const char *at, struct casus_error *fault);
/* A regular file that is not compressed: its bytes can be read anywhere, by pread() of `fd`. */
bool cas_bytes_is_plain(const struct cas_bytes *bytes);
/* Where the window begins in a plain file. */
uint64_t cas_bytes_offset(const struct cas_bytes *bytes);
/* Move the window of a plain file to an offset where that line begins. */
enum casus_status cas_bytes_seek(struct cas_bytes *bytes, uint64_t offset, uint32_t line,
                                 struct casus_error *err);
/* SHA-256 of the file as it is stored, once its end was reached. */
enum casus_status cas_bytes_hash(struct cas_bytes *bytes, const char *path, struct cas_sha256 *out,
                                 struct casus_error *err);

/* Add a file's bytes to a hash. */
enum casus_status cas_bytes_hash_file(const char *path, struct cas_sha256 *sha,
                                      struct casus_error *err);

/* The file's own bytes, for the archive: read() that goes on until n or the end. -1: errno. */
ptrdiff_t cas_bytes_raw(struct cas_bytes *bytes, void *out, size_t n);

#endif
