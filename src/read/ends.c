/* From masks to offsets, 64 bytes at a time.
 *
 * A quote opens or closes in turn, so the bytes inside are the running parity of the quotes. That
 * is true only of texts in the common form, which is asked of each quote: one that opens stands
 * behind a separator, the end of a row or a quote that closes (a doubled one); behind one that
 * closes stands one of these, or the end of a row.
 *
 * Bytes that are not ASCII, NUL and carriage returns are looked at one by one.
 */
#include "read/ends.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "read/masks.h"

enum { STRETCH = 32 }; /* blocks that are masked at once */
enum { MAY_OPEN = 1, CLOSED = 2, RETURN = 4 };
enum { GUARD = 16 }; /* numbers before the first end, one of which is the end before it */

#define INLINE static inline __attribute__((always_inline))

enum cas_ends_way
cas_ends_fastest(void)
{
#if defined(__x86_64__)
    bool bits = __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi2");
    bool wide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
                __builtin_cpu_supports("pclmul");
    return bits && wide ? CAS_ENDS_WIDE : bits ? CAS_ENDS_BITS : CAS_ENDS_PLAIN;
#else
    return CAS_ENDS_PLAIN;
#endif
}

bool
cas_ends_init(struct cas_ends *ends, size_t room)
{
    *ends = (struct cas_ends){.room = room, .way = cas_ends_fastest()};
    uint32_t *all = cas_alloc((GUARD + room + 2 * CAS_MASKED) * sizeof *all);
    ends->ends = all ? all + GUARD : NULL;
    ends->rows = cas_alloc((room + 2 * CAS_MASKED) * sizeof *ends->rows);
    return ends->ends && ends->rows;
}

void
cas_ends_done(struct cas_ends *ends)
{
    cas_free(ends->ends ? ends->ends - GUARD : NULL);
    cas_free(ends->rows);
    *ends = (struct cas_ends){0};
}

void
cas_ends_begin(struct cas_ends *ends, size_t begin, bool inside)
{
    ends->end_count = ends->row_count = 0;
    ends->ends[-1] = (uint32_t)begin - 1;
    ends->odd = SIZE_MAX;
    ends->at = ends->known_utf8 = begin;
    ends->inside = inside ? ~UINT64_C(0) : 0;
    ends->carried = MAY_OPEN;
}

/* Bit i: whether bits 0 to i hold an odd number of ones. */
INLINE uint64_t
running_parity(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* --- what is rare ------------------------------------------------------------------------------ */

/* Bytes of a block to be looked at. */
struct rare {
    uint64_t high, low; /* not ASCII; NUL, CR and others as low */
    uint64_t outside, line;
};

/* What came of that. */
struct looked {
    size_t odd, known_utf8;
    uint64_t returns; /* carriage returns that end rows */
};

/* The bytes from the first of the block that is not ASCII. */
static void
check_utf8(const char *text, size_t begin, size_t n, uint64_t high, struct looked *out)
{
    size_t from = begin + (size_t)__builtin_ctzll(high), end = begin + CAS_MASKED;
    if (from < out->known_utf8)
        from = out->known_utf8;
    while (from < end && from < n) {
        size_t length = cas_utf8_length(text + from, text + n);
        if (!length) {
            out->odd = from;
            return;
        }
        from += length;
    }
    out->known_utf8 = from;
}

/* NUL, or CR without LF behind it outside of quotes; other bytes so low are like any. */
static void
check_low(const char *text, size_t begin, const struct rare *rare, struct looked *out)
{
    for (uint64_t low = rare->low; low; low &= low - 1) {
        size_t at = (size_t)__builtin_ctzll(low);
        char c = text[begin + at];
        if (c == '\0' && begin + at < out->odd)
            out->odd = begin + at;
        if (c == '\r' && rare->outside >> at & 1)
            out->returns |= UINT64_C(1) << at;
    }
    uint64_t alone = out->returns << 1 & ~rare->line;
    size_t at = alone ? begin + (size_t)__builtin_ctzll(alone) - 1 : SIZE_MAX;
    out->odd = at < out->odd ? at : out->odd;
}

static __attribute__((noinline)) struct looked
look(const char *text, size_t begin, size_t n, size_t known_utf8, const struct rare rare)
{
    struct looked out = {SIZE_MAX, known_utf8, 0};
    if (rare.high)
        check_utf8(text, begin, n, rare.high, &out);
    if (rare.low)
        check_low(text, begin, &rare, &out);
    return out;
}

/* --- a block ----------------------------------------------------------------------------------- */

struct cuts {
    uint64_t line, all;
};

INLINE void
stop_at(struct cas_ends *ends, size_t odd)
{
    ends->odd = odd < ends->odd ? odd : ends->odd;
}

/* The parity is right only if each quote stands where one may. */
INLINE void
check_quotes(struct cas_ends *ends, size_t begin, uint64_t quote, uint64_t inside, uint64_t cuts)
{
    uint64_t opens = quote & inside, closes = quote & ~inside;
    uint64_t may_open = (cuts | closes) << 1 | ((ends->carried & (MAY_OPEN | CLOSED)) != 0);
    uint64_t behind_close = closes << 1 | (ends->carried & CLOSED) / CLOSED;
    uint64_t wrong = (opens & ~may_open) | (behind_close & ~(cuts | opens));
    if (wrong)
        stop_at(ends, begin + (size_t)__builtin_ctzll(wrong));
    ends->carried = (cuts >> 63) * MAY_OPEN | (closes >> 63) * CLOSED;
}

/* Bits of the text alone, where the block is its last. */
INLINE struct cas_masks
cut_masks(const struct cas_masks *masks, uint64_t valid)
{
    return (struct cas_masks){.separator = masks->separator & valid,
                              .line = masks->line & valid,
                              .quote = masks->quote & valid,
                              .low = masks->low & valid,
                              .high = masks->high & valid};
}

/* Judge a block by its masks; `parity` is that of its quotes. */
INLINE struct cuts
judge(struct cas_ends *ends, const char *text, size_t n, const struct cas_masks *masks,
      uint64_t parity, bool no_quotes)
{
    size_t begin = ends->at;
    uint64_t behind = n - begin < CAS_MASKED ? ~UINT64_C(0) << (n - begin) : 0;
    uint64_t inside = no_quotes ? 0 : parity ^ ends->inside, returns = 0;
    uint64_t line = masks->line & ~inside, cuts = (masks->separator & ~inside) | line;
    uint64_t low = masks->low & ~(masks->line | masks->separator);
    if (low | masks->high) {
        struct looked looked = look(text, begin, n, ends->known_utf8,
                                    (struct rare){masks->high, low, ~inside, line | behind});
        stop_at(ends, looked.odd);
        ends->known_utf8 = looked.known_utf8;
        returns = looked.returns;
    }
    if ((ends->carried & RETURN) && !(line & 1))
        stop_at(ends, begin - 1);
    ends->carried &= MAY_OPEN | CLOSED;
    if (!no_quotes)
        check_quotes(ends, begin, masks->quote, inside, cuts | returns);
    ends->carried |= (returns >> 63) * RETURN;
    ends->inside = (uint64_t)((int64_t)inside >> 63);
    return (struct cuts){line, cuts};
}

INLINE void
put_rows(struct cas_ends *ends, const struct cuts *cuts)
{
    for (uint64_t rest = cuts->line; rest; rest &= rest - 1) {
        uint64_t up_to = rest ^ (rest - 1);
        ends->rows[ends->row_count++] =
            (uint32_t)ends->end_count + (uint32_t)__builtin_popcountll(cuts->all & up_to);
    }
}

/* Eight at a time, more than there are: what is too much is written over. */
INLINE void
put_ends(uint32_t *out, uint64_t bits, uint32_t begin, unsigned count)
{
    for (unsigned done = 0; done < count; done += 8) {
        for (int i = 0; i < 8; i++) {
            out[done + (unsigned)i] = begin + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
    }
}

/* Whether there are rows enough. */
INLINE bool
has_enough(const struct cas_ends *ends, size_t enough)
{
    return ends->row_count && ends->ends[ends->rows[ends->row_count - 1] - 1] + 1 >= enough;
}

INLINE uint64_t
valid_bits(size_t left)
{
    return left < CAS_MASKED ? (UINT64_C(1) << left) - 1 : ~UINT64_C(0);
}

/* --- any processor, and one with bit instructions ---------------------------------------------- */

INLINE void
add_block(struct cas_ends *ends, const char *text, size_t n, const struct cas_masks *whole,
          bool no_quotes)
{
    struct cas_masks masks = cut_masks(whole, valid_bits(n - ends->at));
    uint64_t parity = no_quotes ? 0 : running_parity(masks.quote);
    struct cuts cuts = judge(ends, text, n, &masks, parity, no_quotes);
    unsigned count = (unsigned)__builtin_popcountll(cuts.all);
    put_rows(ends, &cuts);
    put_ends(ends->ends + ends->end_count, cuts.all, (uint32_t)ends->at, count);
    ends->end_count += count;
    ends->at += CAS_MASKED;
}

INLINE void
search(struct cas_ends *out, const char *text, size_t n, char separator, bool no_quotes,
       size_t enough)
{
    struct cas_masks masks[STRETCH];
    struct cas_ends ends = *out;
    while (ends.at < n && ends.odd == SIZE_MAX && !has_enough(&ends, enough)) {
        size_t blocks = (n - ends.at + CAS_MASKED - 1) / CAS_MASKED;
        blocks = blocks < STRETCH ? blocks : STRETCH;
        cas_mask_blocks(text + ends.at, blocks, separator, masks);
        for (size_t i = 0; i < blocks && ends.odd == SIZE_MAX; i++)
            add_block(&ends, text, n, &masks[i], no_quotes);
    }
    *out = ends;
}

static void
search_plain(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
             size_t enough)
{
    if (no_quotes)
        search(ends, text, n, separator, true, enough);
    else
        search(ends, text, n, separator, false, enough);
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("popcnt,bmi,bmi2"))) static void
search_bits(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
            size_t enough)
{
    if (no_quotes)
        search(ends, text, n, separator, true, enough);
    else
        search(ends, text, n, separator, false, enough);
}

/* --- registers of 64 bytes --------------------------------------------------------------------- */

#define WIDE        target("avx512f,avx512bw,avx512vbmi2,pclmul,popcnt,bmi,bmi2")
#define WIDE_INLINE static inline __attribute__((always_inline, WIDE))

WIDE_INLINE struct cas_masks
wide_masks(const char *text, char separator)
{
    __m512i bytes = _mm512_loadu_si512(text);
    return (struct cas_masks){.separator =
                                  _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(separator)),
                              .line = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
                              .quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
                              .low = _mm512_cmple_epu8_mask(bytes, _mm512_set1_epi8(13)),
                              .high = _mm512_movepi8_mask(bytes)};
}

/* A product without carries with all ones is the running parity. */
WIDE_INLINE uint64_t
wide_parity(uint64_t bits)
{
    __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((int64_t)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

/* Sixteen at a time: the places of the bits, pushed together. */
WIDE_INLINE void
wide_ends(uint32_t *out, uint64_t bits, size_t begin, unsigned count)
{
    const __m512i places = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
        40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
        17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    __m512i found = _mm512_maskz_compress_epi8(bits, places);
    __m512i base = _mm512_set1_epi32((int)(uint32_t)begin);
    _mm512_storeu_si512(
        out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
    for (unsigned done = 16; done < count; done += 16) {
        found = _mm512_shuffle_i64x2(found, found, 0x39);
        _mm512_storeu_si512(out + done, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(
                                                                   _mm512_castsi512_si128(found))));
    }
}

WIDE_INLINE void
wide_search(struct cas_ends *out, const char *text, size_t n, char separator, bool no_quotes,
            size_t enough)
{
    struct cas_ends ends = *out;
    bool done = false;
    while (ends.at < n && ends.odd == SIZE_MAX && !done) {
        struct cas_masks masks = wide_masks(text + ends.at, separator);
        if (n - ends.at < CAS_MASKED)
            masks = cut_masks(&masks, valid_bits(n - ends.at));
        uint64_t parity = no_quotes ? 0 : wide_parity(masks.quote);
        struct cuts cuts = judge(&ends, text, n, &masks, parity, no_quotes);
        unsigned count = (unsigned)__builtin_popcountll(cuts.all);
        wide_ends(ends.ends + ends.end_count, cuts.all, ends.at, count);
        put_rows(&ends, &cuts);
        if (cuts.line)
            done = has_enough(&ends, enough);
        ends.end_count += count;
        ends.at += CAS_MASKED;
    }
    *out = ends;
}

__attribute__((WIDE)) static void
search_wide(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
            size_t enough)
{
    if (no_quotes)
        wide_search(ends, text, n, separator, true, enough);
    else
        wide_search(ends, text, n, separator, false, enough);
}

#else
#define search_bits search_plain
#define search_wide search_plain
#endif

/* --- all of it --------------------------------------------------------------------------------- */

/* Nothing behind what is odd counts. */
static void
cut_odd(struct cas_ends *ends)
{
    while (ends->row_count && ends->ends[ends->rows[ends->row_count - 1] - 1] >= ends->odd)
        ends->row_count--;
    ends->end_count = ends->row_count ? ends->rows[ends->row_count - 1] : 0;
}

void
cas_ends_search(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
                size_t enough)
{
    switch (ends->way) {
    case CAS_ENDS_PLAIN: search_plain(ends, text, n, separator, no_quotes, enough); break;
    case CAS_ENDS_BITS: search_bits(ends, text, n, separator, no_quotes, enough); break;
    case CAS_ENDS_WIDE: search_wide(ends, text, n, separator, no_quotes, enough); break;
    }
    if (ends->odd != SIZE_MAX)
        cut_odd(ends);
}
