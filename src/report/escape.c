/* Escapes, a character at a time. */
#include "report/escape.h"

#include <stdint.h>

/* The character of `length` bytes at s, which is well-formed. */
static uint32_t
decode(const char *s, size_t length)
{
    static const unsigned char first_bits[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = (unsigned char)s[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3f);
    return c;
}

/* Invisible, and with an effect on what stands around it. */
static bool
is_unsafe(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},     /* control characters */
        {0x061c, 0x061c},   {0x200e, 0x200f}, /* marks of direction */
        {0x2028, 0x202e},   {0x2066, 0x206f}, /* separators, overrides, isolates */
        {0xfeff, 0xfeff},   {0xfff9, 0xfffb}, /* byte-order mark, annotations */
        {0xe0000, 0xe007f},                   /* tags */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

static void
add_as_is(struct cas_buffer *out, char c, bool first)
{
    cas_buffer_char(out, c);
}

/* Adds every character: ASCII by `ascii`, the unsafe as escapes whose backslash goes through
 * `ascii` too, since it has a meaning in Markdown. */
static void
escape(struct cas_buffer *out, const char *s, void (*ascii)(struct cas_buffer *, char, bool))
{
    const char *end = s + strlen(s), *begin = s;
    while (s < end) {
        size_t length = cas_utf8_length(s, end);
        uint32_t c = length ? decode(s, length) : (unsigned char)*s;
        if (length && !is_unsafe(c)) {
            if (length == 1)
                ascii(out, *s, s == begin);
            else
                cas_buffer_add(out, s, length);
        } else {
            ascii(out, '\\', false);
            cas_buffer_printf(out, !length ? "x%02x" : c > 0xffff ? "U%08x" : "u%04x", (unsigned)c);
        }
        s += length ? length : 1;
    }
}

void
cas_escape_text(struct cas_buffer *out, const char *s)
{
    escape(out, s, add_as_is);
}

/* A sign that begins a list, a heading or a rule does so only at the begin of a line. */
static void
add_markdown(struct cas_buffer *out, char c, bool first)
{
    if (strchr("\\`*_[]<>|~&$", c) || (first && strchr("#+-=", c)))
        cas_buffer_char(out, '\\');
    cas_buffer_char(out, c);
}

/* "1." and "1)" at the begin of a line are a list. */
static size_t
list_number_length(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && (s[n] == '.' || s[n] == ')') ? n : 0;
}

void
cas_escape_markdown(struct cas_buffer *out, const char *s)
{
    size_t n = list_number_length(s);
    if (n) {
        cas_buffer_add(out, s, n);
        cas_buffer_char(out, '\\');
        cas_buffer_char(out, s[n]);
        s += n + 1;
    }
    escape(out, s, add_markdown);
}

static void
add_html(struct cas_buffer *out, char c, bool first)
{
    switch (c) {
    case '&': cas_buffer_text(out, "&amp;"); break;
    case '<': cas_buffer_text(out, "&lt;"); break;
    case '>': cas_buffer_text(out, "&gt;"); break;
    case '"': cas_buffer_text(out, "&quot;"); break;
    case '\'': cas_buffer_text(out, "&#39;"); break;
    default: cas_buffer_char(out, c);
    }
}

void
cas_escape_html(struct cas_buffer *out, const char *s)
{
    escape(out, s, add_html);
}

static bool
is_formula(const char *s, size_t n)
{
    size_t quotes = strspn(s, "'");
    double number;
    return quotes < n && strchr("=+-@\t\r\n", s[quotes]) && !cas_number_read(s, n, &number);
}

static bool
needs_quotes(const char *s, size_t n)
{
    return n && (strcspn(s, ",\"\r\n") < n || strchr(" \t", s[0]) || strchr(" \t", s[n - 1]));
}

void
cas_escape_csv(struct cas_buffer *out, const char *s)
{
    size_t n = strlen(s);
    bool quotes = needs_quotes(s, n);
    if (quotes)
        cas_buffer_char(out, '"');
    if (is_formula(s, n))
        cas_buffer_char(out, '\'');
    for (; *s; s++) {
        if (*s == '"')
            cas_buffer_char(out, '"');
        cas_buffer_char(out, *s);
    }
    if (quotes)
        cas_buffer_char(out, '"');
}

/* A space that may not break has done its work once lines are broken: what is pasted is plain. */
void
cas_write_unglued(struct casus_output *output, const char *s, size_t n)
{
    const char *end = n ? s + n : s; /* an empty buffer has no bytes to point at */
    while (s < end) {
        const char *glue = memmem(s, (size_t)(end - s), "\302\240", 2);
        size_t plain = (size_t)((glue ? glue : end) - s);
        casus_output_write(output, s, plain);
        if (glue)
            casus_output_write(output, " ", 1);
        s += plain + (glue ? 2 : 0);
    }
}
