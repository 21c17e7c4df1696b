/* From masks to offsets, 64 bytes at a time.
 *
 * A quote opens or closes in turn, so the bytes inside are the running parity of the quotes. That
 * is true only of texts in the common form, which is asked of each quote: one that opens stands
 * behind a separator, the end of a row or a quote that closes (a doubled one); behind one that
 * closes stands one of these, or the end of a row.
 */
#include "read/ends.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "read/masks.h"

enum { STRETCH = 32 }; /* blocks that are masked at once */
enum { MAY_OPEN = 1, CLOSED = 2, RETURN = 4 };

bool
cas_ends_init(struct cas_ends *ends, size_t room)
{
    *ends = (struct cas_ends){.room = room};
    ends->ends = cas_alloc((room + 2 * CAS_MASKED) * sizeof *ends->ends);
    ends->rows = cas_alloc((room + 2 * CAS_MASKED) * sizeof *ends->rows);
    return ends->ends && ends->rows;
}

void
cas_ends_done(struct cas_ends *ends)
{
    cas_free(ends->ends);
    cas_free(ends->rows);
    *ends = (struct cas_ends){0};
}

void
cas_ends_begin(struct cas_ends *ends, size_t begin, bool inside)
{
    ends->end_count = ends->row_count = 0;
    ends->odd = SIZE_MAX;
    ends->at = ends->known_utf8 = begin;
    ends->inside = inside ? ~UINT64_C(0) : 0;
    ends->carried = MAY_OPEN;
}

/* Bit i: whether bits 0 to i hold an odd number of ones. */
static inline uint64_t
running_parity(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

static inline void
stop_at(struct cas_ends *ends, size_t odd)
{
    ends->odd = odd < ends->odd ? odd : ends->odd;
}

/* The bytes from the first of the block that is not ASCII. */
static void
check_utf8(struct cas_ends *ends, const char *text, size_t begin, size_t n, uint64_t high)
{
    size_t from = begin + (size_t)__builtin_ctzll(high), end = begin + CAS_MASKED;
    if (from < ends->known_utf8)
        from = ends->known_utf8;
    while (from < end && from < n) {
        size_t length = cas_utf8_length(text + from, text + n);
        if (!length) {
            stop_at(ends, from);
            return;
        }
        from += length;
    }
    ends->known_utf8 = from;
}

/* NUL, or CR without LF behind it outside of quotes; other bytes so low are like any. @return the
 * carriage returns that end rows */
static uint64_t
check_low(struct cas_ends *ends, const char *text, size_t begin, uint64_t low, uint64_t outside,
          uint64_t line)
{
    uint64_t returns = 0;
    for (; low; low &= low - 1) {
        int at = __builtin_ctzll(low);
        char c = text[begin + (size_t)at];
        if (c == '\0')
            stop_at(ends, begin + (size_t)at);
        if (c == '\r' && outside >> at & 1)
            returns |= UINT64_C(1) << at;
    }
    uint64_t behind = returns << 1;
    if (behind & ~line)
        stop_at(ends, begin + (size_t)__builtin_ctzll(behind & ~line) - 1);
    return returns;
}

/* The parity is right only if each quote stands where one may. */
static inline void
check_quotes(struct cas_ends *ends, size_t begin, uint64_t quote, uint64_t inside, uint64_t cuts)
{
    uint64_t opens = quote & inside, closes = quote & ~inside;
    uint64_t behind_cut = cuts << 1 | (ends->carried & MAY_OPEN ? 1 : 0);
    uint64_t behind_close = closes << 1 | (ends->carried & CLOSED ? 1 : 0);
    uint64_t wrong = (opens & ~(behind_cut | behind_close)) | (behind_close & ~(cuts | opens));
    if (wrong)
        stop_at(ends, begin + (size_t)__builtin_ctzll(wrong));
    ends->carried = (cuts >> 63 ? MAY_OPEN : 0) | (closes >> 63 ? CLOSED : 0);
}

/* Eight at a time, more than there are: what is too much is written over. */
static inline uint32_t *
put_ends(uint32_t *out, uint64_t bits, uint32_t begin, unsigned count)
{
    for (unsigned done = 0; done < count; done += 8) {
        for (int i = 0; i < 8; i++) {
            out[done + (unsigned)i] = begin + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
    }
    return out + count;
}

/* What a block adds, from its masks. */
static inline __attribute__((always_inline)) void
add_block(struct cas_ends *ends, const char *text, size_t n, const struct cas_masks *masks,
          bool no_quotes)
{
    size_t begin = ends->at;
    uint64_t valid = n - begin >= CAS_MASKED ? ~UINT64_C(0) : (UINT64_C(1) << (n - begin)) - 1;
    uint64_t quote = no_quotes ? 0 : masks->quote & valid;
    uint64_t inside = no_quotes ? 0 : running_parity(quote) ^ ends->inside;
    uint64_t line = masks->line & valid & ~inside,
             cuts = (masks->separator & valid & ~inside) | line;
    uint64_t low = masks->low & valid & ~(masks->line | masks->separator), returns = 0;
    if (masks->high & valid)
        check_utf8(ends, text, begin, n, masks->high & valid);
    if ((ends->carried & RETURN) && !(line & 1))
        stop_at(ends, begin - 1);
    ends->carried &= ~(uint64_t)RETURN;
    if (low)
        returns =
            check_low(ends, text, begin, low, ~inside, line | (valid == ~UINT64_C(0) ? 0 : ~valid));
    if (!no_quotes)
        check_quotes(ends, begin, quote, inside, cuts | returns);
    ends->carried |= returns >> 63 ? RETURN : 0;
    ends->inside = (uint64_t)((int64_t)inside >> 63);
    for (uint64_t rest = line; rest; rest &= rest - 1) {
        uint64_t up_to = rest ^ (rest - 1);
        ends->rows[ends->row_count++] =
            (uint32_t)ends->end_count + (uint32_t)__builtin_popcountll(cuts & up_to);
    }
    unsigned count = (unsigned)__builtin_popcountll(cuts);
    put_ends(ends->ends + ends->end_count, cuts, (uint32_t)begin, count);
    ends->end_count += count;
    ends->at = begin + CAS_MASKED;
}

/* Nothing behind what is odd counts. */
static void
cut_odd(struct cas_ends *ends)
{
    while (ends->row_count && ends->ends[ends->rows[ends->row_count - 1] - 1] >= ends->odd)
        ends->row_count--;
    ends->end_count = ends->row_count ? ends->rows[ends->row_count - 1] : 0;
}

static inline __attribute__((always_inline)) void
search(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
       size_t enough)
{
    struct cas_masks masks[STRETCH];
    while (ends->at < n && ends->odd == SIZE_MAX) {
        size_t blocks = (n - ends->at + CAS_MASKED - 1) / CAS_MASKED;
        blocks = blocks < STRETCH ? blocks : STRETCH;
        cas_mask_blocks(text + ends->at, blocks, separator, masks);
        for (size_t i = 0; i < blocks && ends->odd == SIZE_MAX; i++)
            add_block(ends, text, n, &masks[i], no_quotes);
        if (ends->row_count && ends->ends[ends->rows[ends->row_count - 1] - 1] + 1 >= enough)
            break;
    }
    if (ends->odd != SIZE_MAX)
        cut_odd(ends);
}

#if defined(__x86_64__)
/* The same with the bit instructions of newer processors. */
__attribute__((target("popcnt,bmi,bmi2"))) static void
search_bmi(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
           size_t enough)
{
    if (no_quotes)
        search(ends, text, n, separator, true, enough);
    else
        search(ends, text, n, separator, false, enough);
}
#define HAS_BMI (__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi2"))
#else
#define search_bmi search
#define HAS_BMI    false
#endif

void
cas_ends_search(struct cas_ends *ends, const char *text, size_t n, char separator, bool no_quotes,
                size_t enough)
{
    if (HAS_BMI)
        search_bmi(ends, text, n, separator, no_quotes, enough);
    else
        search(ends, text, n, separator, no_quotes, enough);
}
