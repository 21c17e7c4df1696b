/* Borrowed texts, growing buffers, and how far two words lie apart. */
#include "base/text.h"

#include <casus/error.h>

#include <stdio.h>

struct cas_text
cas_text_of(const char *s)
{
    return (struct cas_text){s, s ? strlen(s) : 0, NULL};
}

bool
cas_text_is(struct cas_text text, const char *word)
{
    return text.s && strlen(word) == text.n && memcmp(text.s, word, text.n) == 0;
}

void
cas_buffer_init(struct cas_buffer *buffer)
{
    *buffer = (struct cas_buffer){0};
}

void
cas_buffer_done(struct cas_buffer *buffer)
{
    cas_free(buffer->s);
    cas_buffer_init(buffer);
}

void
cas_buffer_clear(struct cas_buffer *buffer)
{
    buffer->n = 0;
    buffer->failed = false;
    if (buffer->s)
        buffer->s[0] = '\0';
}

void
cas_buffer_add(struct cas_buffer *buffer, const void *bytes, size_t n)
{
    size_t need;
    if (buffer->failed || __builtin_add_overflow(buffer->n, n, &need) || need == SIZE_MAX ||
        !cas_grow(&buffer->s, &buffer->room, need + 1, 1)) {
        buffer->failed = true;
        return;
    }
    if (n)
        memcpy(buffer->s + buffer->n, bytes, n);
    buffer->n = need;
    buffer->s[need] = '\0';
}

void
cas_buffer_printf(struct cas_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t need;
    if (buffer->failed || n < 0 || __builtin_add_overflow(buffer->n, (size_t)n + 1, &need) ||
        !cas_grow(&buffer->s, &buffer->room, need, 1)) {
        buffer->failed = true;
    } else {
        vsnprintf(buffer->s + buffer->n, (size_t)n + 1, format, again);
        buffer->n += (size_t)n;
    }
    va_end(again);
}

static unsigned char
fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

enum { LONGEST_COMPARED = 64 };

/* Three rows of the edit-distance table suffice: the swap looks two rows back. */
unsigned
cas_text_distance(const char *a, size_t an, const char *b, size_t bn, unsigned limit)
{
    if (an > LONGEST_COMPARED || bn > LONGEST_COMPARED)
        return limit + 1;
    unsigned rows[3][LONGEST_COMPARED + 1];
    for (unsigned j = 0; j <= bn; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= an; i++) {
        unsigned *now = rows[i % 3], *before = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= bn; j++) {
            bool same = fold(a[i - 1]) == fold(b[j - 1]);
            unsigned best = before[j - 1] + !same;
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
                           fold(a[i - 2]) == fold(b[j - 1]);
            if (swapped && twice[j - 2] + 1 < best)
                best = twice[j - 2] + 1;
            now[j] = best;
        }
    }
    unsigned found = rows[an % 3][bn];
    return found > limit ? limit + 1 : found;
}

const char *
cas_text_nearest(const char *s, size_t n, const char *const *words, size_t count)
{
    unsigned limit = n < 2 ? 0 : n < 4 ? 1 : n > 15 ? 5 : (unsigned)n / 3;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = cas_text_distance(s, n, words[i], strlen(words[i]), limit);
        if (distance > limit)
            continue;
        nearest = words[i];
        if (distance == 0)
            break;
        limit = distance - 1;
    }
    return nearest;
}

const char *
casus_nearest(const char *word, const char *const *words, size_t count)
{
    return cas_text_nearest(word, strlen(word), words, count);
}

/* --- between names ---------------------------------------------------------------------------- */

/* Whether the last letter of a text is of a script that runs from right to left: Hebrew, Arabic,
 * Syriac, Thaana, NKo and their like, and their presentation forms. Digits, signs and spaces have
 * no direction of their own. */
static bool
ends_leftward(const char *s, size_t n)
{
    while (n--) {
        unsigned char c = (unsigned char)s[n];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return false;
        if (c < 0xC3 || c == 0xE2)
            continue;
        unsigned char second = (unsigned char)s[n + 1];
        return (c >= 0xD7 && c <= 0xDF) || (c == 0xD6 && second >= 0x90) ||
               (c == 0xE0 && second >= 0xA0 && second <= 0xA3) ||
               (c == 0xEF && second >= 0xAC && second <= 0xBB);
    }
    return false;
}

void
cas_buffer_between(struct cas_buffer *buffer, const char *arrow)
{
    if (!buffer->failed && ends_leftward(buffer->s, buffer->n))
        cas_buffer_text(buffer, "\xE2\x80\x8E");
    cas_buffer_text(buffer, arrow);
}
