/* Names made fit for a picture. Everything goes through decode(), so that no byte of an input
 * reaches Graphviz unexamined. */
#include "draw/label.h"

#define KEY_LONGEST 96

struct glyph {
    char bytes[5];
    size_t n;     /* 0: dropped */
    size_t taken; /* bytes of the text */
    unsigned columns;
    bool space;
};

static const struct glyph unknown = {.bytes = "\xef\xbf\xbd", .n = 3, .taken = 1, .columns = 1};

static uint32_t
code_point(const char *s, size_t n)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = (unsigned char)s[0] & masks[n];
    for (size_t i = 1; i < n; i++)
        code = code << 6 | ((unsigned char)s[i] & 0x3f);
    return code;
}

/* Embeddings, overrides and isolates; marks but for the harmless one that keeps arrows in their
 * place (cas_buffer_between()); zero width space; byte-order mark. */
static bool
is_unseen(uint32_t code)
{
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x200b || code == 0x200f || code == 0x061c || code == 0xfeff;
}

static bool
is_blank(uint32_t code)
{
    return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0x2028 || code == 0x2029;
}

static bool
is_wide(uint32_t code)
{
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xd7a3) ||
           (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) ||
           (code >= 0x1f300 && code <= 0x1faff) || code >= 0x20000;
}

static struct glyph
decode(const char *s, const char *end)
{
    size_t n = cas_utf8_length(s, end);
    if (n == 0)
        return unknown;
    uint32_t code = code_point(s, n);
    struct glyph glyph = {.taken = n, .columns = is_wide(code) ? 2 : 1};
    if (is_unseen(code))
        return glyph;
    if (is_blank(code)) {
        glyph.space = true;
        glyph.bytes[0] = ' ';
        glyph.n = 1;
    } else if ((code & 0xfffe) == 0xfffe) {
        glyph = unknown;
        glyph.taken = n;
    } else {
        memcpy(glyph.bytes, s, n);
        glyph.n = n;
    }
    return glyph;
}

void
cas_label_plain(struct cas_buffer *out, const char *text)
{
    const char *end = text + strlen(text);
    bool space = false, begun = false;
    while (text < end) {
        struct glyph glyph = decode(text, end);
        text += glyph.taken;
        if (glyph.space || glyph.n == 0) {
            space = space || glyph.space;
            continue;
        }
        if (space && begun)
            cas_buffer_char(out, ' ');
        cas_buffer_add(out, glyph.bytes, glyph.n);
        begun = true;
        space = false;
    }
}

static void
add_dot(struct cas_buffer *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\\')
            cas_buffer_text(out, "\\\\");
        else if (s[i] == '&')
            cas_buffer_text(out, "&amp;");
        else
            cas_buffer_char(out, s[i]);
    }
}

/* Bytes of `s` that fit a line: up to the last space, else as many characters as fit. */
static size_t
line_length(const char *s, const char *end, unsigned columns)
{
    const char *at = s, *broken = NULL;
    for (unsigned used = 0; at < end;) {
        struct glyph glyph = decode(at, end);
        if (glyph.space)
            broken = at;
        if (used + glyph.columns > columns)
            return (size_t)((broken ? broken : at > s ? at : at + glyph.taken) - s);
        used += glyph.columns;
        at += glyph.taken;
    }
    return (size_t)(end - s);
}

/* Who draws a line may take its direction from its first letter: where an arrow is to stay in its
 * place, the line begins with the mark that keeps it there. */
static void
keep_order(struct cas_buffer *out, const char *s, size_t n)
{
    static const char mark[] = "\xE2\x80\x8E";
    const char *found = strstr(s, mark);
    if (found && found < s + n)
        cas_buffer_text(out, mark);
}

static void
wrap_plain(struct cas_buffer *out, const char *s, const char *end, unsigned columns, unsigned lines,
           const char *brk)
{
    for (unsigned line = 1; s < end; line++) {
        size_t n = line_length(s, end, columns);
        bool cut = line == lines && s + n < end;
        if (cut)
            n = line_length(s, end, columns - 1);
        keep_order(out, s, n);
        add_dot(out, s, n);
        s += n;
        if (cut) {
            cas_buffer_text(out, "…");
            return;
        }
        if (s < end && *s == ' ')
            s++;
        if (s < end)
            cas_buffer_text(out, brk);
    }
}

void
cas_label_wrap(struct cas_buffer *out, const char *text, unsigned columns, unsigned lines,
               const char *end)
{
    struct cas_buffer plain;
    cas_buffer_init(&plain);
    cas_label_plain(&plain, text);
    if (plain.n > 0)
        wrap_plain(out, plain.s, plain.s + plain.n, columns, lines, end);
    out->failed = out->failed || plain.failed;
    cas_buffer_done(&plain);
}

/* In thousandths of the size, from U+0020 to U+007E: Adobe's metrics of Helvetica. */
static const uint16_t widths[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584,
};

/* Letters beyond ASCII: about what they take in Arial and, where it has none, in fonts that stand in
 * for it; on the safe side. */
struct range {
    uint32_t first, last;
    uint16_t width;
};

static const struct range ranges[] = {
    {0x00a0, 0x00a0, 278},  {0x00a1, 0x00bf, 450}, {0x00c0, 0x00de, 700}, {0x00df, 0x00ff, 556},
    {0x0100, 0x024f, 600},  {0x0300, 0x036f, 0},   {0x0370, 0x038f, 690}, {0x0390, 0x03ab, 690},
    {0x03ac, 0x03ff, 560},  {0x0400, 0x042f, 720}, {0x0430, 0x045f, 590}, {0x0460, 0x052f, 690},
    {0x0591, 0x05bd, 0},    {0x064b, 0x065f, 0},   {0x1e00, 0x1eff, 620}, {0x200e, 0x200e, 0},
    {0x2013, 0x2013, 556},  {0x2018, 0x201a, 222}, {0x201c, 0x201e, 350}, {0x2026, 0x2026, 1000},
    {0x2190, 0x21ff, 1000}, {0xfe00, 0xfe0f, 0},
};

static unsigned
wide_width(uint32_t code)
{
    if (is_wide(code))
        return 1000;
    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges) && ranges[i].first <= code; i++) {
        if (code <= ranges[i].last)
            return ranges[i].width;
    }
    return 580;
}

static unsigned
glyph_width(const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    if (n == 1)
        return c >= 0x20 && c <= 0x7e ? widths[c - 0x20] : 0;
    return wide_width(code_point(s, n));
}

double
cas_label_line_width(const char *line)
{
    unsigned width = 0;
    const char *end = line + strlen(line);
    while (line < end) {
        size_t n = cas_utf8_length(line, end);
        width += glyph_width(line, n ? n : 1);
        line += n ? n : 1;
    }
    return width / 1000.0;
}

double
cas_label_width(const char *label)
{
    unsigned widest = 0, width = 0;
    const char *end = label + strlen(label);
    while (label < end) {
        if (label[0] == '\\' && label[1] && label[1] != '\\') {
            width = 0;
            label += 2;
            continue;
        }
        size_t n = strncmp(label, "&amp;", 5) == 0 ? 1 : cas_utf8_length(label, end);
        width += glyph_width(label, n ? n : 1);
        widest = width > widest ? width : widest;
        label += strncmp(label, "&amp;", 5) == 0 ? 5 : label[0] == '\\' ? 2 : n ? n : 1;
    }
    return widest / 1000.0;
}

/* Hebrew, Arabic, Syriac, Thaana, N'Ko and the forms of their letters. */
bool
cas_label_turns(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        size_t n = cas_utf8_length(text, end);
        uint32_t code = n ? code_point(text, n) : 0;
        if ((code >= 0x590 && code <= 0x8ff) || (code >= 0xfb1d && code <= 0xfeff))
            return true;
        text += n ? n : 1;
    }
    return false;
}

/* Not isalnum(): the locale has no say in a name. */
static bool
is_key(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

void
cas_label_key(struct cas_buffer *out, const char *id)
{
    size_t begin = out->n;
    for (const char *s = id; *s && out->n - begin < KEY_LONGEST; s++) {
        unsigned char c = (unsigned char)*s;
        if (is_key(c))
            cas_buffer_char(out, (char)c);
        else
            cas_buffer_printf(out, "_%02x", c);
        if (out->failed)
            return;
    }
    if (out->n - begin >= KEY_LONGEST)
        cas_buffer_printf(out, "_h%016llx", (unsigned long long)cas_hash(id, strlen(id)));
}

void
cas_label_xml(struct cas_buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            cas_buffer_text(out, "&amp;");
        else if (*text == '<')
            cas_buffer_text(out, "&lt;");
        else if (*text == '>')
            cas_buffer_text(out, "&gt;");
        else
            cas_buffer_char(out, *text);
    }
}
