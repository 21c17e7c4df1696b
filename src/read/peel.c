/* Blanks made plain and years taken off. */
#include "read/peel.h"

/* --- blanks ----------------------------------------------------------------------------------- */

/* Bytes of the blank at s, or 0: ASCII's, U+00A0, U+2000 to U+200B, U+202F, U+3000, U+FEFF. */
static size_t
blank_at(const char *s, const char *end)
{
    static const char *const three[] = {"\xE2\x80\xAF", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
        return 1;
    if (end - s >= 2 && memcmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    if (end - s < 3)
        return 0;
    if (memcmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x80 && (unsigned char)s[2] <= 0x8B)
        return 3;
    for (size_t i = 0; i < sizeof three / sizeof *three; i++) {
        if (memcmp(s, three[i], 3) == 0)
            return 3;
    }
    return 0;
}

static bool
is_plain(struct cas_text text)
{
    const char *end = text.s + text.n;
    if (text.n && (text.s[0] == ' ' || end[-1] == ' '))
        return false;
    for (const char *s = text.s; s < end; s++) {
        size_t blank = (unsigned char)*s <= ' ' || (unsigned char)*s >= 0x80 ? blank_at(s, end) : 0;
        if (blank && (*s != ' ' || s[1] == ' '))
            return false;
    }
    return true;
}

/* Into `out`, which holds as much as `text`. @return bytes */
static size_t
copy_plain(struct cas_text text, char *out)
{
    const char *s = text.s, *end = s + text.n;
    char *to = out;
    while (s < end) {
        size_t blank = blank_at(s, end);
        if (!blank)
            *to++ = *s++;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
        s += blank;
    }
    return (size_t)(to - out) - (to > out && to[-1] == ' ');
}

bool
cas_plain_blanks(struct cas_text raw, struct cas_arena *arena, struct cas_text *out)
{
    *out = raw;
    if (!raw.n || is_plain(raw))
        return true;
    char *copy = cas_arena_alloc(arena, raw.n);
    if (!copy)
        return false;
    *out = (struct cas_text){copy, copy_plain(raw, copy), raw.at};
    return true;
}

/* --- years ------------------------------------------------------------------------------------ */

static bool
read_year(const char **s, const char *end, int16_t *out)
{
    const char *at = *s;
    int year = 0;
    for (; at < end && at < *s + 4 && *at >= '0' && *at <= '9'; at++)
        year = year * 10 + (*at - '0');
    if (at != *s + 4 || year < 1000)
        return false;
    *out = (int16_t)year;
    *s = at;
    return true;
}

/* "-", or one of the dashes U+2010 to U+2015. */
static bool
read_dash(const char **s, const char *end)
{
    if (*s < end && **s == '-') {
        *s += 1;
        return true;
    }
    bool dash = end - *s >= 3 && memcmp(*s, "\xE2\x80", 2) == 0 && (unsigned char)(*s)[2] >= 0x90 &&
                (unsigned char)(*s)[2] <= 0x95;
    *s += dash ? 3 : 0;
    return dash;
}

static void
skip_space(const char **s, const char *end)
{
    while (*s < end && **s == ' ')
        (*s)++;
}

/* "(2011-2019)" or "(2019-)" at s. @return its bytes, or 0 */
static size_t
years_at(const char *s, const char *end, struct casus_period *out)
{
    const char *at = s + 1;
    struct casus_period period = {
        .from_bound = CASUS_BOUND_DATE, .until_bound = CASUS_BOUND_OPEN, .interval = true};
    skip_space(&at, end);
    if (!read_year(&at, end, &period.from.year))
        return 0;
    skip_space(&at, end);
    if (!read_dash(&at, end))
        return 0;
    skip_space(&at, end);
    if (read_year(&at, end, &period.until.year))
        period.until_bound = CASUS_BOUND_DATE;
    skip_space(&at, end);
    bool ordered = period.until_bound == CASUS_BOUND_OPEN || period.from.year <= period.until.year;
    if (at == end || *at != ')' || !ordered)
        return 0;
    *out = period;
    return (size_t)(at + 1 - s);
}

/* The name without the n bytes at `years`, which lie in it. */
static bool
cut(struct cas_text whole, const char *years, size_t n, struct cas_arena *arena,
    struct cas_text *out)
{
    const char *end = whole.s + whole.n, *rest = years + n;
    size_t before = (size_t)(years - whole.s);
    while (before && whole.s[before - 1] == ' ')
        before--;
    skip_space(&rest, end);
    *out = (struct cas_text){whole.s, before, whole.at};
    if (rest == end)
        return true;
    size_t behind = (size_t)(end - rest);
    char *copy = cas_arena_alloc(arena, before + 1 + behind);
    if (!copy)
        return false;
    memcpy(copy, whole.s, before);
    copy[before] = ' ';
    memcpy(copy + before + 1, rest, behind);
    *out = (struct cas_text){copy, before + 1 + behind, whole.at};
    return true;
}

/* Years at the begin are the name's own. */
bool
cas_peel(struct cas_text raw, struct cas_arena *arena, struct cas_peeled *out)
{
    *out = (struct cas_peeled){0};
    if (!cas_plain_blanks(raw, arena, &out->whole))
        return false;
    out->name = out->whole;
    if (!out->whole.n)
        return true;
    const char *end = out->whole.s + out->whole.n;
    for (const char *s = out->whole.s + 1; s < end; s++) {
        size_t n = *s == '(' ? years_at(s, end, &out->period) : 0;
        if (n)
            return cut(out->whole, s, n, arena, &out->name);
    }
    return true;
}
