/* Text in memory: borrowed spans, growing buffers, strings stored once, UTF-8, distances. */
#ifndef CAS_TEXT_H
#define CAS_TEXT_H

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"

/* A borrowed run of bytes. `at` is where it stands in the input (for line and column), which is
 * not `s` where escapes were resolved; NULL where the text is not from an input. s NULL: absent. */
struct cas_text {
    const char *s;
    size_t n;
    const char *at;
};

#define CAS_TEXT(literal) ((struct cas_text){(literal), sizeof(literal) - 1, NULL})
struct cas_text cas_text_of(const char *s); /* NULL gives an absent text */
bool cas_text_is(struct cas_text text, const char *word);

/* A growing buffer, always NUL-terminated once it holds something. Failure sticks in `failed`. */
struct cas_buffer {
    char *s;
    size_t n, room;
    bool failed;
};
void cas_buffer_init(struct cas_buffer *buffer);
void cas_buffer_done(struct cas_buffer *buffer);
void cas_buffer_clear(struct cas_buffer *buffer);
void cas_buffer_add(struct cas_buffer *buffer, const void *bytes, size_t n);
static inline void
cas_buffer_text(struct cas_buffer *buffer, const char *text)
{
    cas_buffer_add(buffer, text, strlen(text));
}
static inline void
cas_buffer_char(struct cas_buffer *buffer, char c)
{
    if (buffer->room - buffer->n < 2 || buffer->failed) {
        cas_buffer_add(buffer, &c, 1);
        return;
    }
    buffer->s[buffer->n++] = c;
    buffer->s[buffer->n] = '\0';
}
void cas_buffer_printf(struct cas_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Strings stored once: the same bytes have the same number, from 0 in order of first sight. */
struct cas_intern {
    struct cas_arena arena;
    const char **texts;
    uint32_t *lengths;
    uint32_t *hashes;
    uint32_t *slots; /* number + 1, or 0: open addressing, at most half full */
    uint32_t count;
    size_t room, slot_count;
};
void cas_intern_init(struct cas_intern *set);
void cas_intern_done(struct cas_intern *set);
/* @return the number, or UINT32_MAX without memory */
uint32_t cas_intern_add(struct cas_intern *set, const char *s, size_t n);
/* @return the number, or UINT32_MAX where the text is not in the set */
uint32_t cas_intern_find(const struct cas_intern *set, const char *s, size_t n);
uint64_t cas_hash(const void *bytes, size_t n);

/* Length of the UTF-8 character at s (1 to 4) if it is well-formed and ends before `end`; else 0. */
size_t cas_utf8_length(const char *s, const char *end);
/* The first byte that is no UTF-8, or NULL. */
const char *cas_utf8_fault(const char *s, size_t n);
/* Characters in n bytes; a byte that is no UTF-8 counts one. */
size_t cas_utf8_count(const char *s, size_t n);

/* Edit distance with swaps, at most `limit` (else limit + 1), case folded for ASCII. */
unsigned cas_text_distance(const char *a, size_t an, const char *b, size_t bn, unsigned limit);
/* The nearest of `count` words within a third of the length, or NULL. */
const char *cas_text_nearest(const char *s, size_t n, const char *const *words, size_t count);

/* The shortest text that reads back the same double, with '.' in every locale; "null" for what is
 * not finite. Whole numbers below 1e15 have no point. @return `out` */
char *cas_number_text(double value, char out[32]);
/* Read a whole text as a number, with '.' in every locale. False where it is none or not finite. */
bool cas_number_read(const char *s, size_t n, double *out);

/* An arrow or dash between names. Behind a name that is written from right to left a mark comes
 * first (U+200E): without it two such names, and the arrow between, are shown the other way round. */
void cas_buffer_between(struct cas_buffer *buffer, const char *arrow);

#endif
