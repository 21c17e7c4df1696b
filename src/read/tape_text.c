/* From the tape to texts: escapes resolved, values copied without blanks, texts quoted. */
#include "read/tape.h"

#include <stdio.h>
#include <stdlib.h>

const char *
cas_tape_type_name(uint8_t type)
{
    static const char *const names[] = {"null",     "false",  "true",     "a number",
                                        "a string", "a list", "an object"};
    return type < sizeof names / sizeof *names ? names[type] : "nothing";
}

/* A backslash and what belongs to it, as far as it is there. */
static int
escape_length(const char *s, const char *end)
{
    int n = 1, most = end - s > 1 && s[1] == 'u' ? 6 : 2;
    while (n < most && s + n < end && s[n] > ' ' && s[n] < 0x7F && s[n] != '"')
        n++;
    return n;
}

const char *
cas_tape_found(const char *s, const char *end, char out[40])
{
    size_t n = s < end ? cas_utf8_length(s, end) : 0;
    if (s >= end)
        snprintf(out, 40, "the end");
    else if (*s == '\n' || *s == '\r')
        snprintf(out, 40, "a line break");
    else if ((unsigned char)*s < ' ' || *s == 0x7F)
        snprintf(out, 40, "a control character U+%04X", (unsigned)*s);
    else if (n == 0)
        snprintf(out, 40, "the byte 0x%02X", (unsigned)(unsigned char)*s);
    else
        snprintf(out, 40, "'%.*s'", *s == '\\' ? escape_length(s, end) : (int)n, s);
    return out;
}

static unsigned
hex4(const char *s)
{
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        char low = (char)(s[i] | 0x20);
        value = value * 16 + (unsigned)(low >= 'a' ? low - 'a' + 10 : s[i] - '0');
    }
    return value;
}

static char *
put_utf8(char *out, unsigned c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

/* At the u of \u; the scan has seen its digits. Moves *at behind what was read. */
static unsigned
read_unicode(const char **at, const char *end)
{
    unsigned unit = hex4(*at + 1);
    *at += 5;
    bool high = unit >= 0xD800 && unit <= 0xDBFF;
    if (high && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
        unsigned low = hex4(*at + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *at += 6;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF) ? 0xFFFD : unit;
}

static char
simple_escape(char c)
{
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
    }
}

/* Never longer than what it is made from. */
static size_t
decode(const char *s, size_t n, char *out)
{
    const char *end = s + n;
    char *begin = out;
    while (s < end) {
        const char *slash = memchr(s, '\\', (size_t)(end - s));
        size_t plain = (size_t)((slash ? slash : end) - s);
        memcpy(out, s, plain);
        out += plain;
        s += plain;
        if (!slash)
            break;
        s++;
        if (*s == 'u')
            out = put_utf8(out, read_unicode(&s, end));
        else
            *out++ = simple_escape(*s++);
    }
    return (size_t)(out - begin);
}

struct cas_text
cas_tape_decoded(const struct cas_tape *tape, uint32_t node, struct cas_arena *arena)
{
    const struct cas_tape_node *string = &tape->nodes[node];
    const char *at = tape->text + string->start;
    size_t n = string->end - string->start - 2;
    char *out = cas_arena_alloc(arena, n);
    if (!out)
        return (struct cas_text){NULL, 0, at};
    return (struct cas_text){out, decode(at + 1, n, out), at};
}

/* Up to 15 digits and a power of ten up to 15 are doubles as they stand, and so is their quotient
 * rounded right: no need for strtod(). */
bool
cas_tape_number(const char *s, size_t n, double *out)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int64_t digits = 0;
    size_t i = n && s[0] == '-', behind = 0;
    bool point = false;
    if (n > 16)
        return cas_number_read(s, n, out);
    for (; i < n; i++) {
        if (s[i] == '.' && !point) {
            point = true;
        } else if (s[i] >= '0' && s[i] <= '9' && digits < INT64_C(99999999999999)) {
            digits = digits * 10 + (s[i] - '0');
            behind += point;
        } else {
            return cas_number_read(s, n, out);
        }
    }
    double value = (double)digits / powers[behind];
    *out = n && s[0] == '-' ? -value : value;
    return true;
}

/* --- keys ---------------------------------------------------------------------------------- */

/* The next character of a key, escapes resolved; a byte that is no UTF-8 is one beyond Unicode. */
static unsigned
next_character(const char **at, const char *end)
{
    const char *s = *at;
    if (*s == '\\') {
        *at += 1;
        if (s[1] == 'u')
            return read_unicode(at, end);
        *at += 1;
        return (unsigned char)simple_escape(s[1]);
    }
    size_t n = cas_utf8_length(s, end);
    *at += n ? n : 1;
    unsigned char first = (unsigned char)*s;
    if (n < 2)
        return n ? first : 0x110000u + first;
    unsigned c = first & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3F);
    return c;
}

/* By characters, a prefix first. No two spellings of one key differ. */
static int
compare_keys(const struct cas_tape *tape, uint32_t a, uint32_t b)
{
    const char *x = tape->text + tape->nodes[a].start + 1;
    const char *y = tape->text + tape->nodes[b].start + 1;
    const char *x_end = tape->text + tape->nodes[a].end - 1;
    const char *y_end = tape->text + tape->nodes[b].end - 1;
    while (x < x_end && y < y_end) {
        unsigned c = next_character(&x, x_end), d = next_character(&y, y_end);
        if (c != d)
            return c < d ? -1 : 1;
    }
    return (x < x_end) - (y < y_end);
}

static bool
same_key(const struct cas_tape *tape, uint32_t a, uint32_t b)
{
    const struct cas_tape_node *x = &tape->nodes[a], *y = &tape->nodes[b];
    if (x->escaped || y->escaped)
        return compare_keys(tape, a, b) == 0;
    size_t n = x->end - x->start;
    return n == y->end - y->start && memcmp(tape->text + x->start, tape->text + y->start, n) == 0;
}

enum { FEW = 16 };

/* Whether it is plain from the marks that no key stands twice: they fall on bits of their own. */
static bool
marks_differ(const struct cas_tape *tape, uint32_t object)
{
    uint32_t node = object + 1;
    uint64_t seen = 0;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        uint64_t bit = UINT64_C(1) << (tape->nodes[node].count * UINT32_C(0x9E3779B1) >> 26);
        if (seen & bit || tape->nodes[node].escaped)
            return false;
        seen |= bit;
        node = tape->nodes[node + 1].next;
    }
    return true;
}

/* Marks that differ spare the comparison, unless a key is written with escapes. */
static bool
check_few(struct cas_tape *tape, uint32_t object)
{
    uint32_t keys[FEW], marks[FEW], node = object + 1;
    bool escaped = false;
    if (marks_differ(tape, object))
        return true;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        uint32_t j = 0, mark = tape->nodes[node].count;
        escaped = escaped || tape->nodes[node].escaped;
        keys[i] = node;
        marks[i] = mark;
        while (j < i && ((marks[j] != mark && !escaped) || !same_key(tape, keys[j], node)))
            j++;
        if (j < i && !cas_tape_add_flaw(tape, tape->nodes[node].start, CAS_MSG_DUPLICATE_KEY))
            return false;
        node = tape->nodes[node + 1].next;
    }
    return true;
}

static int
by_key(const void *a, const void *b, void *tape)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = compare_keys(tape, x, y);
    return order ? order : (x > y) - (x < y);
}

/* A hostile object may have a million keys, made to meet in any hash: sort them. */
static bool
check_many(struct cas_tape *tape, uint32_t object)
{
    uint32_t count = tape->nodes[object].count, node = object + 1;
    uint32_t *keys = cas_zalloc(count, sizeof *keys);
    bool ok = keys;
    for (uint32_t i = 0; ok && i < count; i++) {
        keys[i] = node;
        node = tape->nodes[node + 1].next;
    }
    if (ok)
        qsort_r(keys, count, sizeof *keys, by_key, tape);
    for (uint32_t i = 1; ok && i < count; i++) {
        if (same_key(tape, keys[i - 1], keys[i]))
            ok = cas_tape_add_flaw(tape, tape->nodes[keys[i]].start, CAS_MSG_DUPLICATE_KEY);
    }
    cas_free(keys);
    return ok;
}

bool
cas_tape_check_keys(struct cas_tape *tape, uint32_t object)
{
    return tape->nodes[object].count <= FEW ? check_few(tape, object) : check_many(tape, object);
}

/* --- copies -------------------------------------------------------------------------------- */

static void
compact_container(const struct cas_tape *tape, uint32_t node, struct cas_buffer *out)
{
    bool object = tape->nodes[node].type == CAS_TAPE_OBJECT;
    cas_buffer_char(out, object ? '{' : '[');
    for (uint32_t i = 0, at = node + 1; i < tape->nodes[node].count; i++) {
        if (i)
            cas_buffer_char(out, ',');
        if (object) {
            cas_tape_compact(tape, at++, out);
            cas_buffer_char(out, ':');
        }
        cas_tape_compact(tape, at, out);
        at = tape->nodes[at].next;
    }
    cas_buffer_char(out, object ? '}' : ']');
}

void
cas_tape_compact(const struct cas_tape *tape, uint32_t node, struct cas_buffer *out)
{
    const struct cas_tape_node *value = &tape->nodes[node];
    if (value->type == CAS_TAPE_ARRAY || value->type == CAS_TAPE_OBJECT)
        compact_container(tape, node, out);
    else
        cas_buffer_add(out, tape->text + value->start, value->end - value->start);
}

void
cas_tape_quote(struct cas_text text, struct cas_buffer *out)
{
    cas_buffer_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c == '"' || c == '\\')
            cas_buffer_char(out, '\\');
        if (c < 0x20)
            cas_buffer_printf(out, "\\u%04x", c);
        else
            cas_buffer_char(out, (char)c);
    }
    cas_buffer_char(out, '"');
}
