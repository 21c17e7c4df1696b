/* Errors filled in, and problems kept and counted by message. */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { MOST_KEPT = 1000000, CODES = 1000 };

struct casus_problems {
    enum casus_policy policy;
    struct casus_error *kept;
    size_t count, room;
    uint64_t total;
    uint64_t of[CODES];
};

/* A text cut to its buffer ends on a whole character. */
static void
end_on_character(char *text)
{
    const char *fault = cas_utf8_fault(text, strlen(text));
    if (fault && strlen(fault) < 4)
        text[fault - text] = '\0';
}

enum casus_status
cas_fail(struct casus_error *err, enum casus_status status, enum cas_msg code, const char *format,
         ...)
{
    if (!err || err->status != CASUS_OK)
        return status;
    memset(err, 0, sizeof *err);
    err->status = status;
    err->code = code;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    end_on_character(err->text);
    return status;
}

enum casus_status
cas_fail_memory(struct casus_error *err)
{
    return cas_fail(err, CASUS_ENOMEM, CAS_MSG_MEMORY, "the system gave no more memory");
}

void
cas_fault_text(struct casus_error *fault, enum cas_msg code, const char *format, ...)
{
    memset(fault, 0, sizeof *fault);
    fault->status = CASUS_EINPUT;
    fault->code = code;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    end_on_character(fault->text);
}

static void
put_file(struct casus_error *fault, const char *file)
{
    size_t n = strlen(file), most = sizeof fault->file - 1;
    const char *tail = n > most ? file + (n - most) : file;
    while (n > most && ((unsigned char)*tail & 0xC0) == 0x80)
        tail++;
    snprintf(fault->file, sizeof fault->file, "%s", tail);
}

/* Keep what of the line lies around the column, so that a caret fits below. */
static void
put_line(struct casus_error *fault, const char *line, size_t length)
{
    const char *end = line + length, *at = line;
    uint32_t column = fault->where.column ? fault->where.column : 1;
    uint32_t skip = column > 60 ? column - 60 : 0;
    for (uint32_t i = 0; i < skip && at < end; i++) {
        size_t n = cas_utf8_length(at, end);
        at += n ? n : 1;
    }
    size_t kept = 0;
    while (at < end) {
        size_t n = cas_utf8_length(at, end);
        bool odd = n == 0 || (unsigned char)*at < ' ' || *at == 0x7F;
        if (kept + (odd ? 1 : n) >= sizeof fault->line)
            break;
        memcpy(fault->line + kept, odd ? "?" : at, odd ? 1 : n);
        kept += odd ? 1 : n;
        at += n ? n : 1;
    }
    fault->line[kept] = '\0';
    fault->caret = fault->where.column ? column - skip : 0;
}

void
cas_fault_at(struct casus_error *fault, const char *file, struct casus_where where,
             const char *line, size_t line_length, enum cas_msg code, const char *format, ...)
{
    memset(fault, 0, sizeof *fault);
    fault->status = CASUS_EINPUT;
    fault->code = code;
    fault->where = where;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    end_on_character(fault->text);
    put_file(fault, file);
    if (line)
        put_line(fault, line, line_length);
}

struct casus_problems *
casus_problems_new(enum casus_policy policy)
{
    struct casus_problems *problems = cas_zalloc(1, sizeof *problems);
    if (problems)
        problems->policy = policy;
    return problems;
}

void
casus_problems_free(struct casus_problems *problems)
{
    if (!problems)
        return;
    cas_free(problems->kept);
    cas_free(problems);
}

enum casus_policy
cas_policy(const struct casus_problems *problems)
{
    return problems->policy;
}

static bool
is_kept(const struct casus_problems *problems, unsigned code)
{
    if (problems->policy == CASUS_LENIENT)
        return problems->of[code] == 1;
    return problems->count < MOST_KEPT;
}

enum casus_status
cas_problem(struct casus_problems *problems, const struct casus_error *fault,
            struct casus_error *err)
{
    unsigned code = fault->code < CODES ? fault->code : 0;
    problems->total++;
    problems->of[code]++;
    if (is_kept(problems, code)) {
        if (!cas_grow(&problems->kept, &problems->room, problems->count + 1,
                      sizeof *problems->kept))
            return cas_fail_memory(err);
        problems->kept[problems->count++] = *fault;
    }
    if (problems->policy != CASUS_STRICT)
        return CASUS_OK;
    if (err && err->status == CASUS_OK)
        *err = *fault;
    return CASUS_EINPUT;
}

size_t
casus_problems_count(const struct casus_problems *problems)
{
    return problems->count;
}

const struct casus_error *
casus_problems_at(const struct casus_problems *problems, size_t index)
{
    return &problems->kept[index];
}

uint64_t
casus_problems_total(const struct casus_problems *problems)
{
    return problems->total;
}

uint64_t
casus_problems_of(const struct casus_problems *problems, unsigned code)
{
    return code < CODES ? problems->of[code] : 0;
}

static int
by_place(const void *a, const void *b)
{
    const struct casus_error *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (order)
        return order;
    if (x->where.line != y->where.line)
        return x->where.line < y->where.line ? -1 : 1;
    if (x->where.column != y->where.column)
        return x->where.column < y->where.column ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return strcmp(x->text, y->text);
}

void
casus_problems_sort(struct casus_problems *problems)
{
    if (problems->count)
        qsort(problems->kept, problems->count, sizeof *problems->kept, by_place);
}
