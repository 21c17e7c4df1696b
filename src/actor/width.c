/* Widths of characters, by utf8proc's tables. */
#include "actor/width.h"

#include <stdint.h>
#include <utf8proc.h>

/* The character at s (1 to 4 bytes), and its columns. */
static size_t
step(const char *s, size_t n, size_t *out_columns)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)s, n < 4 ? (utf8proc_ssize_t)n : 4, &character);
    if (length <= 0) {
        *out_columns = 1;
        return 1;
    }
    int columns = utf8proc_charwidth(character);
    *out_columns = columns > 0 ? (size_t)columns : 0;
    return (size_t)length;
}

size_t
cas_width(const char *s, size_t n)
{
    size_t sum = 0, columns;
    for (size_t i = 0; i < n;) {
        i += step(s + i, n - i, &columns);
        sum += columns;
    }
    return sum;
}

size_t
cas_width_cut(const char *s, size_t n, size_t columns)
{
    size_t i = 0, sum = 0, width;
    while (i < n) {
        size_t length = step(s + i, n - i, &width);
        if (sum + width > columns)
            break;
        sum += width;
        i += length;
    }
    return i;
}
