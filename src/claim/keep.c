/* The sink that keeps what it is given.
 *
 * Everything borrowed is copied into the dossier's arena. A record with faults of its own (`bad`)
 * is not kept, but its id is declared and what it names is looked up: so each problem is told
 * once. An event without an id gets one of its format and its place in the order of reading.
 */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "claim/dossier.h"

static struct casus_dossier *
dossier_of(struct casus_sink *sink)
{
    struct casus_dossier *dossier = sink->self;
    assert(!dossier->finished);
    return dossier;
}

/* --- texts ------------------------------------------------------------------------------------ */

static bool
keep_text(struct casus_dossier *dossier, struct cas_text text, const char **out)
{
    *out = text.s ? cas_arena_text(&dossier->arena, text.s, text.n) : NULL;
    return !text.s || *out;
}

static bool
keep_word(struct casus_dossier *dossier, struct cas_text text, const char **out)
{
    *out = NULL;
    if (!text.s)
        return true;
    uint32_t number = cas_intern_add(&dossier->words, text.s, text.n);
    if (number == UINT32_MAX)
        return false;
    *out = dossier->words.texts[number];
    return true;
}

/* A second input has its own title: the first that says something holds. */
static bool
keep_first(struct casus_dossier *dossier, struct cas_text text, const char **out)
{
    return *out || keep_text(dossier, text, out);
}

/* --- lists of numbers ------------------------------------------------------------------------- */

static void
marks_clear(struct cas_marks *marks)
{
    if (++marks->now)
        return;
    memset(marks->stamps, 0, marks->count * sizeof *marks->stamps);
    marks->now = 1;
}

/* Put a number in. `out_new` false: it was in already. False without memory. */
static bool
marks_put(struct cas_marks *marks, uint32_t number, bool *out_new)
{
    size_t need = (size_t)number + 1;
    if (!cas_grow(&marks->stamps, &marks->room, need, sizeof *marks->stamps))
        return false;
    if (need > marks->count) {
        memset(marks->stamps + marks->count, 0, (need - marks->count) * sizeof *marks->stamps);
        marks->count = need;
    }
    *out_new = marks->stamps[number] != marks->now;
    marks->stamps[number] = marks->now;
    return true;
}

enum what { ACTORS, SOURCES, EVENTS };

static enum casus_status
refer(struct casus_dossier *dossier, enum what what, struct cas_text id,
      const struct cas_locator *locator, uint32_t *out, struct casus_error *err)
{
    if (what == ACTORS) {
        *out = cas_registry_refer(dossier->registry, id, locator, err);
        return *out == CASUS_NONE && id.s ? CASUS_ENOMEM : CASUS_OK;
    }
    struct cas_roster *roster = what == SOURCES ? &dossier->source_ids : &dossier->event_ids;
    return cas_roster_refer(roster, id, locator, out, err);
}

/* Numbers of ids, each once, in the order given. */
static enum casus_status
keep_list(struct casus_dossier *dossier, enum what what, const struct cas_text *ids, size_t count,
          const struct cas_locator *locator, const uint32_t **out, uint32_t *out_count,
          struct casus_error *err)
{
    if (!count)
        return CASUS_OK;
    uint32_t *numbers =
        count < UINT32_MAX ? cas_arena_alloc(&dossier->arena, count * sizeof *numbers) : NULL;
    if (!numbers)
        return cas_fail_memory(err);
    marks_clear(&dossier->marks);
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t number;
        bool is_new;
        enum casus_status status = refer(dossier, what, ids[i], locator, &number, err);
        if (status != CASUS_OK)
            return status;
        if (number == CASUS_NONE)
            continue;
        if (!marks_put(&dossier->marks, number, &is_new))
            return cas_fail_memory(err);
        if (is_new)
            numbers[kept++] = number;
    }
    *out = numbers;
    *out_count = kept;
    return CASUS_OK;
}

static enum casus_status
keep_losses(struct casus_dossier *dossier, const struct cas_rec_loss *records, size_t count,
            const struct cas_locator *locator, const struct casus_loss **out, uint32_t *out_count,
            struct casus_error *err)
{
    if (!count)
        return CASUS_OK;
    struct casus_loss *losses =
        count < UINT32_MAX ? cas_arena_alloc(&dossier->arena, count * sizeof *losses) : NULL;
    if (!losses)
        return cas_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        losses[i] = (struct casus_loss){
            .what = records[i].what, .some = records[i].some, .figure = records[i].figure};
        if (!keep_text(dossier, records[i].extra, &losses[i].extra))
            return cas_fail_memory(err);
        enum casus_status status =
            refer(dossier, ACTORS, records[i].actor, locator, &losses[i].actor, err);
        if (status != CASUS_OK)
            return status;
    }
    *out = losses;
    *out_count = (uint32_t)count;
    return CASUS_OK;
}

/* --- ids -------------------------------------------------------------------------------------- */

static enum casus_status
report_twice(const struct casus_dossier *dossier, const char *noun, struct cas_text id,
             const struct casus_place_in *first, const struct cas_locator *locator,
             struct casus_error *err)
{
    struct casus_error fault;
    int shown = cas_shown(id.s, id.n);
    if (!first)
        cas_fault_text(&fault, CAS_MSG_DUPLICATE_ID, "%s '%.*s' stands already", noun, shown, id.s);
    else if (first->file == locator->input)
        cas_fault_text(&fault, CAS_MSG_DUPLICATE_ID, "%s '%.*s' stands already at line %" PRIu32,
                       noun, shown, id.s, first->where.line);
    else
        cas_fault_text(&fault, CAS_MSG_DUPLICATE_ID,
                       "%s '%.*s' stands already at line %" PRIu32 " of %s", noun, shown, id.s,
                       first->where.line, dossier->inputs[first->file].name);
    locator->locate(locator->context, id.at, &fault);
    return cas_problem(dossier->sink.problems, &fault, err);
}

/* Note which index an id has come to stand for. */
static enum casus_status
set_index(struct cas_roster *roster, uint32_t **array, size_t *room, uint32_t number,
          uint32_t index, struct casus_error *err)
{
    if (!cas_grow(array, room, cas_roster_count(roster), sizeof **array))
        return cas_fail_memory(err);
    (*array)[number] = index;
    cas_roster_set(roster, number, index == CASUS_NONE ? CAS_SPOILT : CAS_DECLARED);
    return CASUS_OK;
}

static struct casus_place_in
place_of(const struct cas_locator *locator)
{
    return (struct casus_place_in){locator->input, locator->where};
}

/* --- inputs and the head ---------------------------------------------------------------------- */

static bool
copy_text(struct casus_dossier *dossier, const char *from, const char **out)
{
    return keep_text(dossier, cas_text_of(from), out);
}

static bool
copy_input(struct casus_dossier *dossier, const struct casus_input *from, struct casus_input *out)
{
    *out = *from;
    return copy_text(dossier, from->name, &out->name) &&
           copy_text(dossier, from->format, &out->format) &&
           copy_text(dossier, from->citation, &out->citation) &&
           copy_text(dossier, from->licence, &out->licence);
}

static enum casus_status
begin(struct casus_sink *sink, const struct casus_input *input, uint32_t *out_index,
      struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    struct casus_input kept;
    if (!cas_grow(&dossier->inputs, &dossier->input_room, (size_t)dossier->input_count + 1,
                  sizeof *dossier->inputs) ||
        !copy_input(dossier, input, &kept))
        return cas_fail_memory(err);
    kept.events = kept.left_out = 0;
    *out_index = dossier->input_count;
    dossier->inputs[dossier->input_count++] = kept;
    return CASUS_OK;
}

/* What the reader knows at the end; the events are counted here. */
static enum casus_status
end(struct casus_sink *sink, const struct casus_input *input, struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    assert(dossier->input_count);
    struct casus_input *begun = &dossier->inputs[dossier->input_count - 1], kept;
    if (!copy_input(dossier, input, &kept))
        return cas_fail_memory(err);
    kept.events = begun->events;
    kept.left_out = input->left_out + begun->left_out;
    *begun = kept;
    return CASUS_OK;
}

/* Both the keys of this head and those of the one before it. */
static bool
keep_extra(struct casus_dossier *dossier, struct cas_text extra)
{
    const char *before = dossier->extra;
    if (!extra.n)
        return true;
    size_t n = before ? strlen(before) : 0, comma = before ? 1 : 0;
    char *joined = cas_arena_alloc(&dossier->arena, n + comma + extra.n + 1);
    if (!joined)
        return false;
    snprintf(joined, n + comma + extra.n + 1, "%s%s%.*s", before ? before : "", comma ? "," : "",
             (int)extra.n, extra.s);
    dossier->extra = joined;
    return true;
}

static enum casus_status
head(struct casus_sink *sink, const struct cas_rec_head *record, const struct cas_locator *locator,
     struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    if (!keep_first(dossier, record->title, &dossier->title) ||
        !keep_first(dossier, record->note, &dossier->note) || !keep_extra(dossier, record->extra))
        return cas_fail_memory(err);
    return CASUS_OK;
}

/* --- actors and sources ----------------------------------------------------------------------- */

static enum casus_status
actor(struct casus_sink *sink, const struct cas_rec_actor *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    return cas_registry_declare(dossier_of(sink)->registry, record, locator, sink->problems, err);
}

static bool
copy_source(struct casus_dossier *dossier, const struct cas_rec_source *record,
            struct casus_source *out)
{
    return keep_text(dossier, record->name, &out->name) &&
           keep_word(dossier, record->type, &out->type) &&
           keep_text(dossier, record->url, &out->url) &&
           keep_text(dossier, record->archive_url, &out->archive_url) &&
           keep_text(dossier, record->note, &out->note) &&
           keep_text(dossier, record->date_extra, &out->date_extra) &&
           keep_text(dossier, record->extra, &out->extra);
}

static enum casus_status
add_source(struct casus_dossier *dossier, const struct cas_rec_source *record, uint32_t number,
           const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_source source = {.id = cas_roster_id(&dossier->source_ids, number),
                                  .place = place_of(locator)};
    if (!cas_grow(&dossier->sources, &dossier->source_room, (size_t)dossier->source_count + 1,
                  sizeof *dossier->sources) ||
        (!record->bad && !copy_source(dossier, record, &source)))
        return cas_fail_memory(err);
    if (!record->bad) {
        source.date = record->date;
        source.reliability = record->reliability;
    }
    if (!source.name)
        source.name = source.id;
    enum casus_status status =
        set_index(&dossier->source_ids, &dossier->source_of, &dossier->source_of_room, number,
                  dossier->source_count, err);
    if (status == CASUS_OK)
        dossier->sources[dossier->source_count++] = source;
    return status;
}

/* A source with faults of its own is known by its id alone. */
static enum casus_status
source(struct casus_sink *sink, const struct cas_rec_source *record,
       const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    uint32_t number;
    if (!record->id.s)
        return CASUS_OK;
    enum casus_status status = cas_roster_number(&dossier->source_ids, record->id, &number, err);
    if (status != CASUS_OK)
        return status;
    if (cas_roster_state(&dossier->source_ids, number) == CAS_UNDECLARED)
        return add_source(dossier, record, number, locator, err);
    if (record->again)
        return CASUS_OK;
    return report_twice(dossier, "source", record->id,
                        &dossier->sources[dossier->source_of[number]].place, locator, err);
}

/* --- claims ----------------------------------------------------------------------------------- */

static enum casus_status
copy_claim(struct casus_dossier *dossier, const struct cas_rec_claim *record,
           const struct cas_locator *locator, struct casus_claim *out, struct casus_error *err)
{
    *out = (struct casus_claim){.date = record->date,
                                .stance = record->stance,
                                .credibility = record->credibility,
                                .place = place_of(locator)};
    enum casus_status status = refer(dossier, ACTORS, record->by, locator, &out->by, err);
    if (status == CASUS_OK)
        status = refer(dossier, ACTORS, record->via, locator, &out->via, err);
    if (status == CASUS_OK)
        status = refer(dossier, ACTORS, record->of, locator, &out->of, err);
    if (status == CASUS_OK)
        status = refer(dossier, SOURCES, record->source, locator, &out->source, err);
    if (status == CASUS_OK)
        status = keep_losses(dossier, record->losses, record->loss_count, locator, &out->losses,
                             &out->loss_count, err);
    if (status == CASUS_OK && (!keep_text(dossier, record->url, &out->url) ||
                               !keep_text(dossier, record->note, &out->note) ||
                               !keep_text(dossier, record->date_extra, &out->date_extra) ||
                               !keep_text(dossier, record->extra, &out->extra)))
        status = cas_fail_memory(err);
    return status;
}

static enum casus_status
add_claim(struct casus_dossier *dossier, const struct casus_claim *claim, bool at_top,
          struct casus_error *err)
{
    size_t need = (size_t)dossier->claim_count + 1;
    if (need >= CASUS_NONE)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY, "more than %u claims", CASUS_NONE - 1);
    if (!cas_grow(&dossier->claims, &dossier->claim_room, need, sizeof *dossier->claims) ||
        !cas_grow(&dossier->at_top, &dossier->at_top_room, need, 1))
        return cas_fail_memory(err);
    dossier->claims[dossier->claim_count] = *claim;
    dossier->at_top[dossier->claim_count++] = at_top;
    return CASUS_OK;
}

static enum casus_status
claim(struct casus_sink *sink, const struct cas_rec_claim *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    struct casus_claim kept;
    enum casus_status status = copy_claim(dossier, record, locator, &kept, err);
    if (status == CASUS_OK)
        status = keep_list(dossier, EVENTS, record->about, record->about_count, locator,
                           &kept.about, &kept.about_count, err);
    if (status != CASUS_OK || record->bad)
        return status;
    return add_claim(dossier, &kept, true, err);
}

/* The claims inside an event that has just been given the last index; or, where the event is not
 * kept, a look at what they name. */
static enum casus_status
inner_claims(struct casus_dossier *dossier, const struct cas_rec_event *record, bool kept,
             const struct cas_locator *locator, struct casus_error *err)
{
    uint32_t *about = NULL;
    if (kept && record->claim_count) {
        about = cas_arena_alloc(&dossier->arena, record->claim_count * sizeof *about);
        if (!about)
            return cas_fail_memory(err);
    }
    for (size_t i = 0; i < record->claim_count; i++) {
        struct casus_claim inner;
        enum casus_status status = copy_claim(dossier, &record->claims[i], locator, &inner, err);
        if (status == CASUS_OK && kept) {
            about[i] = dossier->event_count - 1;
            inner.about = &about[i];
            inner.about_count = 1;
            status = add_claim(dossier, &inner, false, err);
        }
        if (status != CASUS_OK)
            return status;
    }
    return CASUS_OK;
}

/* --- events ----------------------------------------------------------------------------------- */

char *
cas_event_id(const struct casus_input *input, uint32_t index, char out[CAS_EVENT_ID_SIZE])
{
    const char *format = input->format ? input->format : "event";
    if (index)
        snprintf(out, CAS_EVENT_ID_SIZE, "%.40s.%" PRIu32 ":%" PRIu64, format, index + 1,
                 input->events + 1);
    else
        snprintf(out, CAS_EVENT_ID_SIZE, "%.40s:%" PRIu64, format, input->events + 1);
    return out;
}

static enum casus_status
make_id(struct casus_dossier *dossier, const struct cas_locator *locator, const char **out,
        struct casus_error *err)
{
    char id[CAS_EVENT_ID_SIZE];
    cas_event_id(&dossier->inputs[locator->input], locator->input, id);
    *out = cas_arena_text(&dossier->arena, id, strlen(id));
    return *out ? CASUS_OK : cas_fail_memory(err);
}

static enum casus_status
copy_lists(struct casus_dossier *dossier, const struct cas_rec_event *record,
           const struct cas_locator *locator, struct casus_event *out, struct casus_error *err)
{
    enum casus_status status = keep_list(dossier, ACTORS, record->from, record->from_count, locator,
                                         &out->from, &out->from_count, err);
    if (status == CASUS_OK)
        status = keep_list(dossier, ACTORS, record->to, record->to_count, locator, &out->to,
                           &out->to_count, err);
    if (status == CASUS_OK)
        status = keep_list(dossier, SOURCES, record->sources, record->source_count, locator,
                           &out->sources, &out->source_count, err);
    if (status == CASUS_OK)
        status = keep_losses(dossier, record->losses, record->loss_count, locator, &out->losses,
                             &out->loss_count, err);
    return status;
}

static bool
copy_texts(struct casus_dossier *dossier, const struct cas_rec_event *record,
           struct casus_event *out)
{
    return keep_word(dossier, record->type, &out->type) &&
           keep_word(dossier, record->place_name, &out->place_name) &&
           keep_word(dossier, record->place_note, &out->place_note) &&
           keep_text(dossier, record->place_extra, &out->place_extra) &&
           keep_text(dossier, record->date_extra, &out->date_extra) &&
           keep_text(dossier, record->note, &out->note) &&
           keep_text(dossier, record->extra, &out->extra);
}

static enum casus_status
add_event(struct casus_dossier *dossier, const struct cas_rec_event *record,
          struct casus_event *event, const struct cas_locator *locator, struct casus_error *err)
{
    size_t need = (size_t)dossier->event_count + 1;
    if (need >= CASUS_NONE)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY, "more than %u events", CASUS_NONE - 1);
    if (!cas_grow(&dossier->events, &dossier->event_room, need, sizeof *dossier->events) ||
        !copy_texts(dossier, record, event))
        return cas_fail_memory(err);
    event->date = record->date;
    event->lat = record->lat;
    event->lon = record->lon;
    event->relation = record->relation;
    event->directed = record->directed;
    event->place = place_of(locator);
    if (!event->id_given) {
        enum casus_status status = make_id(dossier, locator, &event->id, err);
        if (status != CASUS_OK)
            return status;
    }
    dossier->inputs[locator->input].events++;
    dossier->events[dossier->event_count++] = *event;
    return CASUS_OK;
}

/* Declare the id of an event. `out_kept` false: another has it, or the record is bad. */
static enum casus_status
declare_event(struct casus_dossier *dossier, const struct cas_rec_event *record,
              const struct cas_locator *locator, struct casus_event *out, bool *out_kept,
              struct casus_error *err)
{
    uint32_t number;
    *out_kept = !record->bad;
    if (!record->id.s)
        return CASUS_OK;
    enum casus_status status = cas_roster_number(&dossier->event_ids, record->id, &number, err);
    if (status != CASUS_OK)
        return status;
    if (cas_roster_state(&dossier->event_ids, number) != CAS_UNDECLARED) {
        uint32_t first = dossier->event_of[number];
        *out_kept = false;
        if (record->again) {
            dossier->sink.repeated++;
            return CASUS_OK;
        }
        dossier->inputs[locator->input].left_out += !record->bad; /* the reader counts those */
        return report_twice(dossier, "event", record->id,
                            first == CASUS_NONE ? NULL : &dossier->events[first].place, locator,
                            err);
    }
    out->id = cas_roster_id(&dossier->event_ids, number);
    out->id_given = true;
    return set_index(&dossier->event_ids, &dossier->event_of, &dossier->event_of_room, number,
                     record->bad ? CASUS_NONE : dossier->event_count, err);
}

static enum casus_status
event(struct casus_sink *sink, const struct cas_rec_event *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_dossier *dossier = dossier_of(sink);
    struct casus_event kept = {.lat = NAN, .lon = NAN};
    bool is_kept;
    dossier->events_seen++;
    enum casus_status status = declare_event(dossier, record, locator, &kept, &is_kept, err);
    if (status == CASUS_OK && !is_kept && record->again && !record->bad)
        return status;
    if (status == CASUS_OK)
        status = copy_lists(dossier, record, locator, &kept, err);
    if (status == CASUS_OK && is_kept)
        status = add_event(dossier, record, &kept, locator, err);
    if (status == CASUS_OK)
        status = inner_claims(dossier, record, is_kept, locator, err);
    return status;
}

void
cas_dossier_keep(struct casus_dossier *dossier)
{
    dossier->sink = (struct casus_sink){.self = dossier,
                                        .begin = begin,
                                        .head = head,
                                        .actor = actor,
                                        .source = source,
                                        .event = event,
                                        .claim = claim,
                                        .end = end};
}
