/* Members one behind the other (RFC 1952). zlib compares check sum and length of each. */
#include "read/gunzip.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { GZIP = 16 }; /* added to the window's bits: a gzip member, not a stream of zlib's own */

static void *
take_memory(void *context, unsigned count, unsigned size)
{
    (void)context;
    return cas_zalloc(count, size);
}

static void
give_memory(void *context, void *memory)
{
    (void)context;
    cas_free(memory);
}

bool
cas_gunzip_init(struct cas_gunzip *gunzip, struct cas_bytes *bytes)
{
    gunzip->bytes = bytes;
    gunzip->stream = (z_stream){.zalloc = take_memory, .zfree = give_memory};
    gunzip->taken = 0;
    gunzip->member = 0;
    gunzip->inside = gunzip->ended = gunzip->unreadable = gunzip->no_memory = false;
    gunzip->why[0] = '\0';
    return inflateInit2(&gunzip->stream, MAX_WBITS + GZIP) == Z_OK;
}

void
cas_gunzip_done(struct cas_gunzip *gunzip)
{
    inflateEnd(&gunzip->stream);
}

uint64_t
cas_gunzip_at(const struct cas_gunzip *gunzip)
{
    return gunzip->taken - gunzip->stream.avail_in;
}

/* More compressed bytes. False at the end of the file, or where it cannot be read. */
static bool
refill(struct cas_gunzip *gunzip)
{
    ptrdiff_t got = cas_bytes_raw(gunzip->bytes, gunzip->block, sizeof gunzip->block);
    gunzip->unreadable = got < 0;
    if (got <= 0)
        return false;
    gunzip->taken += (uint64_t)got;
    gunzip->stream.next_in = gunzip->block;
    gunzip->stream.avail_in = (unsigned)got;
    return true;
}

static void
complain(struct cas_gunzip *gunzip, const char *what)
{
    snprintf(gunzip->why, sizeof gunzip->why,
             "gzip member %u, which begins at byte %" PRIu64 ", %s", gunzip->member, gunzip->begin,
             what);
}

/* Zeros may fill up the last block of a tape or a disk. Anything else was something. */
static void
pass_filling(struct cas_gunzip *gunzip)
{
    while (!gunzip->why[0]) {
        for (; gunzip->stream.avail_in; gunzip->stream.avail_in--, gunzip->stream.next_in++) {
            if (*gunzip->stream.next_in) {
                snprintf(gunzip->why, sizeof gunzip->why,
                         "byte %" PRIu64 ", behind gzip member %u, begins no other member",
                         cas_gunzip_at(gunzip), gunzip->member);
                return;
            }
        }
        if (!refill(gunzip))
            break;
    }
    gunzip->ended = true;
}

static void
begin_member(struct cas_gunzip *gunzip)
{
    enum { FIRST = 0x1F };
    if (gunzip->member && *gunzip->stream.next_in != FIRST) {
        pass_filling(gunzip);
        return;
    }
    inflateReset(&gunzip->stream);
    gunzip->begin = cas_gunzip_at(gunzip);
    gunzip->member++;
    gunzip->inside = true;
}

static const char *
reason_of(const char *zlib)
{
    if (zlib && strcmp(zlib, "incorrect data check") == 0)
        return "has another check sum than it names";
    if (zlib && strcmp(zlib, "incorrect length check") == 0)
        return "has another length than it names";
    return "is damaged";
}

static void
go_on(struct cas_gunzip *gunzip)
{
    switch (inflate(&gunzip->stream, Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR: break;
    case Z_STREAM_END: gunzip->inside = false; break;
    case Z_MEM_ERROR: gunzip->no_memory = true; break;
    default: complain(gunzip, reason_of(gunzip->stream.msg));
    }
}

static bool
may_go_on(const struct cas_gunzip *gunzip)
{
    return !gunzip->ended && !gunzip->unreadable && !gunzip->no_memory && !gunzip->why[0];
}

ptrdiff_t
cas_gunzip_read(struct cas_gunzip *gunzip, char *out, size_t n)
{
    gunzip->stream.next_out = (unsigned char *)out;
    gunzip->stream.avail_out = (unsigned)n;
    while (gunzip->stream.avail_out && may_go_on(gunzip)) {
        if (!gunzip->stream.avail_in && !refill(gunzip)) {
            if (gunzip->inside && !gunzip->unreadable)
                complain(gunzip, "breaks off");
            gunzip->ended = true;
        } else if (gunzip->inside) {
            go_on(gunzip);
        } else {
            begin_member(gunzip);
        }
    }
    size_t got = n - gunzip->stream.avail_out;
    bool failed = gunzip->unreadable || gunzip->no_memory || gunzip->why[0];
    return got || !failed ? (ptrdiff_t)got : -1;
}
