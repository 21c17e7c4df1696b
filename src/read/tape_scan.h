/* The scanner's state, shared by its two halves: tape.c, which knows the whole of JSON and all that
 * can be wrong with it, and tape_run.c, which knows what is common and is fast. */
#ifndef CAS_READ_TAPE_SCAN_H
#define CAS_READ_TAPE_SCAN_H

#include "read/tape.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum cas_scan_state {
    WANT_VALUE,
    WANT_FIRST_ELEMENT, /* a value or ] */
    WANT_FIRST_KEY,     /* a key or } */
    WANT_KEY,
    WANT_COLON,
    AFTER_VALUE,
    DONE
};

struct cas_scanner {
    struct cas_tape *tape;
    const char *p, *end;
    bool at_end;
    enum cas_scan_state state;
    unsigned outer, depth; /* containers open around the value, and in it */
    uint32_t open[CAS_TAPE_DEPTH + 1];
};

/* Scan on while tokens are common ones, and stop before the first that is not, in any state. What
 * it leaves is what tape.c would have left. @return CAS_SCAN_OK, _MEMORY */
enum cas_scan cas_scan_run(struct cas_scanner *scan);

/* A mark of a key: from its length and its first bytes. */
static inline uint32_t
cas_mark_of_key(const char *s, size_t n)
{
    uint32_t begin = 0;
    if (n >= sizeof begin)
        memcpy(&begin, s, sizeof begin);
    else
        for (size_t i = 0; i < n; i++)
            begin = begin << 8 | (unsigned char)s[i];
    return begin ^ (uint32_t)n << 16;
}

/* How many bytes from p on are plain: ASCII, and no quote, backslash or control character; at most
 * CAS_STEP, and so many bytes are looked at. */
#if defined(__SSE2__)

enum { CAS_STEP = 16 };

static inline unsigned
cas_plain_count(const char *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')); /* as signed: 0x80 and above too */
    int special = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, slashes), others));
    return (unsigned)__builtin_ctz((unsigned)special | 1u << CAS_STEP);
}

#elif defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

enum { CAS_STEP = 8 };
#define CAS_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Of later bytes the high bits may be set falsely, which the lowest one does not mind. */
static inline unsigned
cas_plain_count(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    uint64_t quote = x ^ CAS_EACH('"'), slash = x ^ CAS_EACH('\\');
    uint64_t found = ((x - CAS_EACH(0x20)) & ~x) | ((quote - CAS_EACH(1)) & ~quote) |
                     ((slash - CAS_EACH(1)) & ~slash) | x;
    found &= CAS_EACH(0x80);
    return found ? (unsigned)__builtin_ctzll(found) >> 3 : CAS_STEP;
}

#endif

#endif
