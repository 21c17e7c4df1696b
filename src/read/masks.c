/* Bytes compared side by side: in registers of 32 or 16 bytes, or eight in one word. */
#include "read/masks.h"

#include "read/span.h"

/* --- any processor ---------------------------------------------------------------------------- */

/* The top bits of the bytes of a word, as its lowest eight bits. */
static inline uint64_t
gather(uint64_t tops)
{
    return (tops >> 7 & CAS_EACH_BYTE(1)) * UINT64_C(0x0102040810204080) >> 56;
}

/* The top bit of each byte that is zero, and of no other. */
static inline uint64_t
zeros(uint64_t x)
{
    uint64_t low = ~CAS_EACH_BYTE(0x80);
    return ~(((x & low) + low) | x | low);
}

/* The top bit of each byte below 14. */
static inline uint64_t
lows(uint64_t x)
{
    return ~(((x & ~CAS_EACH_BYTE(0x80)) + CAS_EACH_BYTE(0x80 - 14)) | x) & CAS_EACH_BYTE(0x80);
}

void
cas_mask_blocks_plain(const char *text, size_t blocks, char separator, struct cas_masks *out)
{
    for (size_t i = 0; i < blocks; i++, text += CAS_MASKED) {
        struct cas_masks masks = {0};
        for (int at = 0; at < CAS_MASKED; at += 8) {
            uint64_t word = cas_load_word(text + at);
            masks.separator |= gather(zeros(word ^ CAS_EACH_BYTE(separator))) << at;
            masks.line |= gather(zeros(word ^ CAS_EACH_BYTE('\n'))) << at;
            masks.quote |= gather(zeros(word ^ CAS_EACH_BYTE('"'))) << at;
            masks.low |= gather(lows(word)) << at;
            masks.high |= gather(word) << at;
        }
        out[i] = masks;
    }
}

/* --- x86-64 ----------------------------------------------------------------------------------- */

#if defined(__x86_64__)
#include <immintrin.h>

static inline uint64_t
same_16(const __m128i *bytes, char c)
{
    const __m128i each = _mm_set1_epi8(c);
    uint64_t bits = 0;
    for (int i = 0; i < 4; i++)
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], each)) << 16 * i;
    return bits;
}

static void
mask_sse2(const char *text, size_t blocks, char separator, struct cas_masks *out)
{
    const __m128i low = _mm_set1_epi8(13);
    for (size_t i = 0; i < blocks; i++, text += CAS_MASKED) {
        __m128i bytes[4];
        struct cas_masks masks = {0};
        for (int at = 0; at < 4; at++) {
            bytes[at] = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * at));
            __m128i lows_at = _mm_cmpeq_epi8(_mm_min_epu8(bytes[at], low), bytes[at]);
            masks.low |= (uint64_t)(unsigned)_mm_movemask_epi8(lows_at) << 16 * at;
            masks.high |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes[at]) << 16 * at;
        }
        masks.separator = same_16(bytes, separator);
        masks.line = same_16(bytes, '\n');
        masks.quote = same_16(bytes, '"');
        out[i] = masks;
    }
}

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline uint64_t
bits_32(__m256i first, __m256i second)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(first) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
}

AVX2 static void
mask_avx2(const char *text, size_t blocks, char separator, struct cas_masks *out)
{
    const __m256i cut = _mm256_set1_epi8(separator), line = _mm256_set1_epi8('\n');
    const __m256i quote = _mm256_set1_epi8('"'), low = _mm256_set1_epi8(13);
    for (size_t i = 0; i < blocks; i++, text += CAS_MASKED) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)text);
        __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(text + 32));
        out[i].separator = bits_32(_mm256_cmpeq_epi8(a, cut), _mm256_cmpeq_epi8(b, cut));
        out[i].line = bits_32(_mm256_cmpeq_epi8(a, line), _mm256_cmpeq_epi8(b, line));
        out[i].quote = bits_32(_mm256_cmpeq_epi8(a, quote), _mm256_cmpeq_epi8(b, quote));
        out[i].low = bits_32(_mm256_cmpeq_epi8(_mm256_min_epu8(a, low), a),
                             _mm256_cmpeq_epi8(_mm256_min_epu8(b, low), b));
        out[i].high = bits_32(a, b);
    }
}

void
cas_mask_blocks(const char *text, size_t blocks, char separator, struct cas_masks *out)
{
    if (__builtin_cpu_supports("avx2"))
        mask_avx2(text, blocks, separator, out);
    else
        mask_sse2(text, blocks, separator, out);
}

#else

void
cas_mask_blocks(const char *text, size_t blocks, char separator, struct cas_masks *out)
{
    cas_mask_blocks_plain(text, blocks, separator, out);
}

#endif
