/* The border with zlib: what a gzip holds, all of its members, each compared with its check sum.
 *
 * libarchive reads gzip too, but passes over check sums and over what stands behind a member
 * without being one (its issue 643).
 */
#ifndef CAS_READ_GUNZIP_H
#define CAS_READ_GUNZIP_H

#include <zlib.h>

#include "read/bytes.h"

/* Invariant: `inside` from the first byte of a member until its check sum has been compared. */
struct cas_gunzip {
    z_stream stream;
    struct cas_bytes *bytes;
    uint64_t taken; /* compressed bytes that were read from there */
    uint64_t begin; /* of the member, and its number from 1 */
    unsigned member;
    bool inside, ended, unreadable, no_memory;
    char why[160]; /* what is wrong; empty: nothing */
    unsigned char block[65536];
};

/* Begin at the first byte of the file. False without memory. */
bool cas_gunzip_init(struct cas_gunzip *gunzip, struct cas_bytes *bytes);
void cas_gunzip_done(struct cas_gunzip *gunzip);
/* Up to n bytes of what the members hold, one behind the other; 0 at the end. What stands before a
 * damage is given first. @return -1: `unreadable`, `no_memory`, or else `why` says what is wrong */
ptrdiff_t cas_gunzip_read(struct cas_gunzip *gunzip, char *out, size_t n);
/* Compressed bytes that were needed so far. */
uint64_t cas_gunzip_at(const struct cas_gunzip *gunzip);

#endif
