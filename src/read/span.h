/* Cells of rows in bulk as numbers, days and degrees, with no look at their neighbours.
 *
 * What is taken means the same to the slow way; what is not, the slow way decides. A cell lies in a
 * text that is readable for CAS_SPAN_SLACK bytes behind it: digits are looked at eight at a time.
 */
#ifndef CAS_READ_SPAN_H
#define CAS_READ_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <casus/date.h>

enum { CAS_SPAN_SLACK = 32 };

/* A cell without its quotes; doubled ones inside are as they stand. */
struct cas_span {
    const char *s;
    size_t n;
};

#define CAS_EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

/* Eight bytes, the first of them lowest. */
static inline uint64_t
cas_load_word(const char *s)
{
    uint64_t word;
    memcpy(&word, s, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Whether each of the bytes, of which '0' was taken away, was a digit. */
static inline bool
cas_word_of_digits(uint64_t values)
{
    return (((values + CAS_EACH_BYTE(0x76)) | values) & CAS_EACH_BYTE(0x80)) == 0;
}

/* Digits alone, 1 to 8 of them. */
static inline bool
cas_span_small(struct cas_span cell, uint64_t *out)
{
    if (cell.n - 1 > 7)
        return false;
    uint64_t values = (cas_load_word(cell.s) ^ CAS_EACH_BYTE('0')) << (64 - 8 * cell.n);
    if (!cas_word_of_digits(values))
        return false;
    /* Digits to pairs, pairs to fours, fours to the number. */
    values = values * 10 + (values >> 8);
    uint64_t first = values & UINT64_C(0x000000FF000000FF);
    uint64_t second = values >> 16 & UINT64_C(0x000000FF000000FF);
    *out = (first * UINT64_C(0x000F424000000064) + second * UINT64_C(0x0000271000000001)) >> 32;
    return true;
}

/* Digits alone, at most `most` of them. */
static inline bool
cas_span_whole(struct cas_span cell, size_t most, uint64_t *out)
{
    uint64_t first = 0, rest = 0;
    if (cell.n <= 8)
        return cell.n <= most && cas_span_small(cell, out);
    size_t n = cell.n - 8;
    if (cell.n > most || n > 8 || !cas_span_small((struct cas_span){cell.s, n}, &first) ||
        !cas_span_small((struct cas_span){cell.s + n, 8}, &rest))
        return false;
    *out = first * 100000000 + rest;
    return true;
}

/* YYYYMMDD, or YYYY-MM-DD and perhaps a time; of the calendar. */
bool cas_span_day(struct cas_span cell, struct casus_date *out);
/* A plain decimal number of at most that size, or nothing. */
bool cas_span_degrees(struct cas_span cell, unsigned most);

/* Whether something is in it when it is trimmed. False: that must be looked at. */
static inline bool
cas_span_shown(struct cas_span cell, bool *out_there)
{
    size_t at = 0;
    for (; at < cell.n; at++) {
        unsigned char c = (unsigned char)cell.s[at];
        if (c > ' ' && c != 0xC2 && c != 0xA0)
            break;
    }
    *out_there = at < cell.n;
    return *out_there || !cell.n;
}

/* Neither begins nor ends with what is trimmed from texts. */
static inline bool
cas_span_trimmed(struct cas_span cell)
{
    unsigned char first = cell.n ? (unsigned char)cell.s[0] : 'x';
    unsigned char last = cell.n ? (unsigned char)cell.s[cell.n - 1] : 'x';
    return first > ' ' && last > ' ' && first != 0xC2 && last != 0xA0;
}

#endif
