/* Sixty-four bytes at a time: where the bytes are that matter to a table, a bit a byte.
 *
 * Written for AVX2 and SSE2 where the processor has them, else for any: the same bits come out.
 */
#ifndef CAS_READ_MASKS_H
#define CAS_READ_MASKS_H

#include <stddef.h>
#include <stdint.h>

enum { CAS_MASKED = 64 };

/* Bit i is about byte i. */
struct cas_masks {
    uint64_t separator, line, quote;
    uint64_t low;  /* 0x00 to 0x0D: NUL, tab, line feed, carriage return and what nobody writes */
    uint64_t high; /* 0x80 and above */
};

typedef void cas_masker(const char *text, size_t blocks, char separator, struct cas_masks *out);

/* Mask blocks * CAS_MASKED bytes; the fastest that this processor has. */
cas_masker cas_mask_blocks;
/* The one for any processor: the twin of the others. */
cas_masker cas_mask_blocks_plain;

#endif
