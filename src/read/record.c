/* Problems of a record, and what leaves it for the sink. */
#include "read/record.h"

#include <stdarg.h>
#include <stdio.h>

void
cas_record_begin(struct cas_record *record, struct cas_input *input, const char *at,
                 struct casus_error *err)
{
    *record = (struct cas_record){.input = input, .at = at, .arena = &input->scratch, .err = err};
    if (!input->ahead)
        cas_arena_clear(&input->scratch);
    input->record = at;
}

void
cas_record_problem(struct cas_record *record, const char *at, enum cas_msg code, const char *format,
                   ...)
{
    struct casus_error fault;
    char text[sizeof fault.text];
    va_list arguments;
    record->bad = true;
    if (record->input->ahead)
        record->status = CASUS_EINPUT;
    if (record->status != CASUS_OK)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cas_fault_text(&fault, code, "%s", text);
    struct cas_input *input = record->input;
    input->locator.locate(input->locator.context, at ? at : record->at, &fault);
    record->status = cas_problem(input->problems, &fault, record->err);
}

void
cas_record_no_memory(struct cas_record *record)
{
    if (record->status == CASUS_OK)
        record->status = cas_fail_memory(record->err);
}

void *
cas_record_alloc(struct cas_record *record, size_t count, size_t size)
{
    size_t bytes;
    void *memory =
        __builtin_mul_overflow(count, size, &bytes) ? NULL : cas_arena_alloc(record->arena, bytes);
    if (memory)
        memset(memory, 0, bytes);
    else
        cas_record_no_memory(record);
    return memory;
}

struct cas_text
cas_record_keep(struct cas_record *record, struct cas_buffer *buffer)
{
    struct cas_text text = {0};
    if (!buffer->failed && buffer->n)
        text.s = cas_arena_text(record->arena, buffer->s, buffer->n);
    text.n = text.s ? buffer->n : 0;
    if (buffer->failed || (buffer->n && !text.s))
        cas_record_no_memory(record);
    cas_buffer_clear(buffer);
    return text;
}

const char *
cas_quoted(struct cas_text text, char out[CAS_QUOTED])
{
    enum { MOST = 60 };
    const char *s = text.s, *end = s + text.n;
    char *to = out;
    *to++ = '\'';
    while (s < end && s - text.s < MOST) {
        size_t n = cas_utf8_length(s, end);
        bool plain = n && (unsigned char)*s >= ' ' && *s != 0x7F;
        if (plain) {
            memcpy(to, s, n);
            to += n;
        } else {
            *to++ = '?';
        }
        s += n ? n : 1;
    }
    strcpy(to, s < end ? "…'" : "'");
    return out;
}

/* --- to the sink ------------------------------------------------------------------------------ */

struct casus_where
cas_record_where(const struct cas_record *record)
{
    struct cas_mark mark = *record->input->mark;
    cas_mark_move(&mark, record->at, record->at + 1);
    return mark.where;
}

static const struct cas_locator *
locator_of(struct cas_record *record)
{
    struct cas_input *input = record->input;
    if (!input->ahead)
        input->locator.where = record->where ? *record->where : cas_record_where(record);
    return &input->locator;
}

static void
count_record(struct cas_record *record)
{
    record->input->seen.records++;
    record->input->seen.left_out += record->bad;
}

enum casus_status
cas_record_actor(struct cas_record *record, struct cas_rec_actor *actor)
{
    struct casus_sink *sink = record->input->sink;
    count_record(record);
    actor->bad = record->bad;
    if (record->status != CASUS_OK || (record->bad && !actor->id.s))
        return record->status;
    return sink->actor(sink, actor, locator_of(record), record->err);
}

enum casus_status
cas_record_source(struct cas_record *record, struct cas_rec_source *source)
{
    struct casus_sink *sink = record->input->sink;
    count_record(record);
    source->bad = record->bad;
    if (record->status != CASUS_OK || (record->bad && !source->id.s))
        return record->status;
    return sink->source(sink, source, locator_of(record), record->err);
}

enum casus_status
cas_record_event(struct cas_record *record, struct cas_rec_event *event)
{
    struct casus_sink *sink = record->input->sink;
    count_record(record);
    record->input->seen.events++;
    event->bad = record->bad;
    if (record->status != CASUS_OK)
        return record->status;
    return sink->event(sink, event, locator_of(record), record->err);
}

enum casus_status
cas_record_claim(struct cas_record *record, struct cas_rec_claim *claim)
{
    struct casus_sink *sink = record->input->sink;
    count_record(record);
    claim->bad = record->bad;
    if (record->status != CASUS_OK)
        return record->status;
    return sink->claim(sink, claim, locator_of(record), record->err);
}
