/* Counting lines and characters, and cutting the line around a place out of what is in memory. */
#include "read/mark.h"

#include "base/text.h"

/* Behind the last line break before `to`, or NULL; *count grows by the breaks. */
static const char *
count_lines(const char *s, const char *to, const char *end, uint32_t *count)
{
    const char *after = NULL;
    if (!memchr(s, '\r', (size_t)(to - s))) {
        while ((s = memchr(s, '\n', (size_t)(to - s)))) {
            after = ++s;
            ++*count;
        }
        return after;
    }
    for (; s < to; s++) {
        bool lone = *s == '\r' && (s + 1 == end || s[1] != '\n');
        if (*s != '\n' && !lone)
            continue;
        after = s + 1;
        ++*count;
    }
    return after;
}

void
cas_mark_move(struct cas_mark *mark, const char *to, const char *end)
{
    const char *line = count_lines(mark->at, to, end, &mark->where.line);
    if (line) {
        mark->at = line;
        mark->where.column = 1;
    }
    mark->where.column += (uint32_t)cas_utf8_count(mark->at, (size_t)(to - mark->at));
    mark->at = to;
}

static const char *
line_begin(const char *at, const char *begin)
{
    const char *s = at;
    while (s > begin && at - s < CAS_SHOWN && s[-1] != '\n' && s[-1] != '\r')
        s--;
    while (s < at && ((unsigned char)*s & 0xC0) == 0x80)
        s++;
    return s;
}

static const char *
line_end(const char *at, const char *end)
{
    const char *s = at;
    while (s < end && s - at < CAS_SHOWN && *s != '\n' && *s != '\r')
        s++;
    return s;
}

void
cas_mark_locate(struct cas_mark mark, const char *at, const char *begin, const char *end,
                const char *file, struct casus_error *fault)
{
    cas_mark_move(&mark, at, end);
    const char *line = line_begin(at, begin), *after = line_end(at, end);
    uint32_t within = 1 + (uint32_t)cas_utf8_count(line, (size_t)(at - line));
    struct casus_error placed;
    cas_fault_at(&placed, file, (struct casus_where){mark.where.line, within}, line,
                 (size_t)(after - line), fault->code, "%s", fault->text);
    placed.where = mark.where;
    *fault = placed;
}
