/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "base/text.h"

static bool
is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The second byte's range says all that the first leaves open. */
static bool
second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return second >= 0x80 && second <= 0xBF;
    }
}

size_t
cas_utf8_length(const char *s, const char *end)
{
    if (s >= end)
        return 0;
    unsigned char first = (unsigned char)*s;
    size_t n = first < 0x80                     ? 1
               : first >= 0xC2 && first <= 0xDF ? 2
               : first >= 0xE0 && first <= 0xEF ? 3
               : first >= 0xF0 && first <= 0xF4 ? 4
                                                : 0;
    if (n == 0 || (size_t)(end - s) < n)
        return 0;
    if (n > 1 && !second_fits(first, (unsigned char)s[1]))
        return 0;
    for (size_t i = 2; i < n; i++) {
        if (!is_tail(s[i]))
            return 0;
    }
    return n;
}

const char *
cas_utf8_fault(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end) {
        uint64_t eight;
        if ((size_t)(end - s) >= sizeof eight) {
            memcpy(&eight, s, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                s += sizeof eight;
                continue;
            }
        }
        size_t length = cas_utf8_length(s, end);
        if (!length)
            return s;
        s += length;
    }
    return NULL;
}

size_t
cas_utf8_count(const char *s, size_t n)
{
    const char *end = s + n;
    size_t count = 0;
    for (; s < end; count++) {
        size_t length = cas_utf8_length(s, end);
        s += length ? length : 1;
    }
    return count;
}
