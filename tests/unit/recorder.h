/* A sink that writes down what a reader gives it, one line a record, in a form made for comparing. */
#ifndef TEST_RECORDER_H
#define TEST_RECORDER_H

#include <math.h>
#include <stdio.h>

#include "event/sink.h"

struct recorder {
    struct casus_sink sink;
    struct cas_buffer out;
    bool places; /* write the line and column of each record before it */
    unsigned begun, ended;
    uint64_t records, events;
    char sha256[65];
};

static inline void
put_text(struct cas_buffer *out, const char *key, struct cas_text text)
{
    if (!text.s)
        return;
    cas_buffer_printf(out, " %s=", key);
    cas_buffer_add(out, text.s, text.n);
}

static inline void
put_end(struct cas_buffer *out, struct casus_date date, uint8_t bound)
{
    char text[12];
    if (bound == CASUS_BOUND_OPEN)
        cas_buffer_text(out, "open");
    else
        cas_buffer_text(out, bound == CASUS_BOUND_DATE ? casus_date_format(date, text) : "?");
}

static inline void
put_period(struct cas_buffer *out, const struct casus_period *period)
{
    char text[12];
    if (!period->interval && !casus_date_known(period->from))
        return;
    cas_buffer_text(out, " when=");
    if (!period->interval) {
        cas_buffer_text(out, casus_date_format(period->from, text));
        return;
    }
    put_end(out, period->from, period->from_bound);
    cas_buffer_char(out, ':');
    put_end(out, period->until, period->until_bound);
}

static inline void
put_list(struct cas_buffer *out, const char *key, const struct cas_text *ids, size_t count)
{
    if (!count)
        return;
    cas_buffer_printf(out, " %s=", key);
    for (size_t i = 0; i < count; i++) {
        cas_buffer_text(out, i ? "," : "");
        cas_buffer_add(out, ids[i].s, ids[i].n);
    }
}

static inline void
put_losses(struct cas_buffer *out, const struct cas_rec_loss *losses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct cas_rec_loss *loss = &losses[i];
        cas_buffer_text(out, " loss(");
        cas_buffer_add(out, loss->actor.s ? loss->actor.s : "-", loss->actor.s ? loss->actor.n : 1);
        for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
            if (loss->what & CASUS_BIT(kind))
                cas_buffer_printf(out, " %s", casus_loss_name((enum casus_loss_kind)kind));
        }
        cas_buffer_printf(out, "%s %lld/%lld/%lld)", loss->some ? " some" : "",
                          (long long)loss->figure.low, (long long)loss->figure.best,
                          (long long)loss->figure.high);
    }
}

static inline void
put_claim(struct cas_buffer *out, const struct cas_rec_claim *claim)
{
    cas_buffer_printf(out, " %s", casus_stance_name(claim->stance));
    put_list(out, "about", claim->about, claim->about_count);
    put_text(out, "by", claim->by);
    put_text(out, "via", claim->via);
    put_text(out, "of", claim->of);
    put_period(out, &claim->date);
    put_text(out, "source", claim->source);
    if (claim->credibility)
        cas_buffer_printf(out, " credibility=%u", claim->credibility);
    put_losses(out, claim->losses, claim->loss_count);
    put_text(out, "url", claim->url);
    put_text(out, "note", claim->note);
    put_text(out, "extra", claim->extra);
}

static inline struct recorder *
begin_line(struct casus_sink *sink, const struct cas_locator *locator, const char *noun, bool bad)
{
    struct recorder *recorder = sink->self;
    if (recorder->places)
        cas_buffer_printf(&recorder->out, "%u:%u ", locator->where.line, locator->where.column);
    cas_buffer_printf(&recorder->out, "%s%s", bad ? "bad " : "", noun);
    return recorder;
}

static inline enum casus_status
end_line(struct recorder *recorder)
{
    cas_buffer_char(&recorder->out, '\n');
    return recorder->out.failed ? CASUS_ENOMEM : CASUS_OK;
}

static inline enum casus_status
record_begin(struct casus_sink *sink, const struct casus_input *input, uint32_t *out_index,
             struct casus_error *err)
{
    struct recorder *recorder = sink->self;
    *out_index = recorder->begun++;
    (void)input;
    (void)err;
    return CASUS_OK;
}

static inline enum casus_status
record_head(struct casus_sink *sink, const struct cas_rec_head *head,
            const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = sink->self;
    cas_buffer_text(&recorder->out, "head");
    put_text(&recorder->out, "title", head->title);
    put_text(&recorder->out, "note", head->note);
    put_text(&recorder->out, "extra", head->extra);
    (void)locator;
    (void)err;
    return end_line(recorder);
}

static inline enum casus_status
record_actor(struct casus_sink *sink, const struct cas_rec_actor *actor,
             const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = begin_line(sink, locator, "actor", actor->bad);
    struct cas_buffer *out = &recorder->out;
    put_text(out, "id", actor->id);
    put_text(out, "name", actor->name);
    for (size_t i = 0; i < actor->alias_count; i++) {
        put_text(out, "alias", actor->aliases[i].name);
        put_text(out, "lang", actor->aliases[i].lang);
    }
    if (actor->kind_given)
        cas_buffer_printf(out, " kind=%s", casus_kind_name(actor->kind));
    for (size_t i = 0; i < actor->parent_count; i++) {
        put_text(out, "parent", actor->parents[i].id);
        put_period(out, &actor->parents[i].period);
    }
    put_text(out, "side", actor->side);
    put_text(out, "note", actor->note);
    put_text(out, "extra", actor->extra);
    (void)err;
    return end_line(recorder);
}

static inline enum casus_status
record_source(struct casus_sink *sink, const struct cas_rec_source *source,
              const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = begin_line(sink, locator, "source", source->bad);
    struct cas_buffer *out = &recorder->out;
    put_text(out, "id", source->id);
    put_text(out, "name", source->name);
    put_text(out, "type", source->type);
    if (source->reliability)
        cas_buffer_printf(out, " reliability=%c", source->reliability);
    put_period(out, &source->date);
    put_text(out, "url", source->url);
    put_text(out, "archive", source->archive_url);
    put_text(out, "note", source->note);
    put_text(out, "extra", source->extra);
    (void)err;
    return end_line(recorder);
}

static inline enum casus_status
record_event(struct casus_sink *sink, const struct cas_rec_event *event,
             const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = begin_line(sink, locator, "event", event->bad);
    struct cas_buffer *out = &recorder->out;
    put_text(out, "id", event->id);
    put_text(out, "type", event->type);
    cas_buffer_printf(out, " %s %s", casus_relation_name(event->relation),
                      event->directed ? "directed" : "undirected");
    put_period(out, &event->date);
    put_text(out, "place", event->place_name);
    if (!isnan(event->lat) || !isnan(event->lon))
        cas_buffer_printf(out, " at=%.4f,%.4f", event->lat, event->lon);
    put_text(out, "place_note", event->place_note);
    put_list(out, "from", event->from, event->from_count);
    put_list(out, "to", event->to, event->to_count);
    put_list(out, "sources", event->sources, event->source_count);
    put_losses(out, event->losses, event->loss_count);
    put_text(out, "note", event->note);
    put_text(out, "extra", event->extra);
    for (size_t i = 0; i < event->claim_count; i++) {
        cas_buffer_text(out, " [");
        put_claim(out, &event->claims[i]);
        cas_buffer_text(out, " ]");
    }
    (void)err;
    return end_line(recorder);
}

static inline enum casus_status
record_claim(struct casus_sink *sink, const struct cas_rec_claim *claim,
             const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = begin_line(sink, locator, "claim", claim->bad);
    put_claim(&recorder->out, claim);
    (void)err;
    return end_line(recorder);
}

static inline enum casus_status
record_end(struct casus_sink *sink, const struct casus_input *input, struct casus_error *err)
{
    struct recorder *recorder = sink->self;
    recorder->ended++;
    recorder->records += input->records;
    recorder->events += input->events;
    memcpy(recorder->sha256, input->sha256, sizeof recorder->sha256);
    (void)err;
    return CASUS_OK;
}

static inline void
recorder_init(struct recorder *recorder)
{
    *recorder = (struct recorder){0};
    recorder->sink = (struct casus_sink){.self = recorder,
                                         .begin = record_begin,
                                         .head = record_head,
                                         .actor = record_actor,
                                         .source = record_source,
                                         .event = record_event,
                                         .claim = record_claim,
                                         .end = record_end};
}

static inline void
recorder_done(struct recorder *recorder)
{
    cas_buffer_done(&recorder->out);
}

#endif
