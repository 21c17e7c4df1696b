/* A sink before all others that counts names and passes everything on.
 *
 * An id has a list of sightings: one for each name that an input gives it. The one that holds now
 * is that of the last declaration; rows of a data set declare their actors before they use them,
 * and a name may change from row to row. A dossier may use an id before it declares it: such a
 * sighting waits without a name for the declaration, in whichever input that stands.
 */
#include <casus/sightings.h>

#include "base/fault.h"
#include "event/sink.h"

struct sighting {
    uint32_t id, name; /* numbers of `ids` and `names`; CASUS_NONE: no name yet */
    uint32_t input, next;
    uint64_t times;
};

struct sighted {
    uint32_t first, now; /* sightings, or CASUS_NONE */
    uint32_t name;       /* the last that was given, or CASUS_NONE */
};

struct casus_sightings {
    struct casus_sink sink;
    struct casus_sink *inner;
    struct cas_intern ids, names;
    struct sighted *sighted; /* by id */
    struct sighting *all;
    size_t sighted_room, count, room;
    uint32_t input;
};

static struct casus_sightings *
of_sink(struct casus_sink *sink)
{
    struct casus_sightings *sightings = sink->self;
    sightings->inner->problems = sink->problems;
    return sightings;
}

/* --- sightings -------------------------------------------------------------------------------- */

/* CASUS_NONE without memory. */
static uint32_t
number_of(struct casus_sightings *s, struct cas_text id)
{
    uint32_t before = s->ids.count;
    if (!cas_grow(&s->sighted, &s->sighted_room, (size_t)before + 1, sizeof *s->sighted))
        return CASUS_NONE;
    uint32_t number = cas_intern_add(&s->ids, id.s, id.n);
    if (number == before)
        s->sighted[number] = (struct sighted){CASUS_NONE, CASUS_NONE, CASUS_NONE};
    return number;
}

/* The sighting of a name in the input at hand, new if need be. False without memory. */
static bool
see(struct casus_sightings *s, uint32_t id, uint32_t name)
{
    struct sighted *sighted = &s->sighted[id];
    uint32_t *link = &sighted->first;
    for (; *link != CASUS_NONE; link = &s->all[*link].next) {
        if (s->all[*link].name == name && s->all[*link].input == s->input) {
            sighted->now = *link;
            return true;
        }
    }
    uint32_t number = (uint32_t)s->count;
    *link = number;
    if (!cas_grow(&s->all, &s->room, s->count + 1, sizeof *s->all)) {
        *link = CASUS_NONE;
        return false;
    }
    s->all[s->count++] = (struct sighting){id, name, s->input, CASUS_NONE, 0};
    sighted->now = number;
    return true;
}

static bool
declare(struct casus_sightings *s, const struct cas_rec_actor *record)
{
    if (!record->id.s)
        return true;
    struct cas_text text = record->name.n ? record->name : record->id;
    uint32_t id = number_of(s, record->id), name = cas_intern_add(&s->names, text.s, text.n);
    if (id == CASUS_NONE || name == CASUS_NONE)
        return false;
    struct sighted *sighted = &s->sighted[id];
    struct sighting *now = sighted->now == CASUS_NONE ? NULL : &s->all[sighted->now];
    sighted->name = name;
    if (now && now->input == s->input && (now->name == CASUS_NONE || now->name == name)) {
        now->name = name;
        return true;
    }
    return see(s, id, name);
}

static bool
refer(struct casus_sightings *s, struct cas_text text)
{
    if (!text.s)
        return true;
    uint32_t id = number_of(s, text);
    if (id == CASUS_NONE)
        return false;
    struct sighted *sighted = &s->sighted[id];
    bool here = sighted->now != CASUS_NONE && s->all[sighted->now].input == s->input;
    if (!here && !see(s, id, sighted->name))
        return false;
    s->all[sighted->now].times++;
    return true;
}

static bool
refer_all(struct casus_sightings *s, const struct cas_text *ids, size_t count)
{
    bool seen = true;
    for (size_t i = 0; i < count && seen; i++)
        seen = refer(s, ids[i]);
    return seen;
}

static bool
refer_claim(struct casus_sightings *s, const struct cas_rec_claim *claim)
{
    return refer(s, claim->by) && refer(s, claim->via) && refer(s, claim->of);
}

/* --- the sink --------------------------------------------------------------------------------- */

static enum casus_status
begin(struct casus_sink *sink, const struct casus_input *input, uint32_t *out_index,
      struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    enum casus_status status = s->inner->begin(s->inner, input, out_index, err);
    s->input = *out_index;
    return status;
}

static enum casus_status
head(struct casus_sink *sink, const struct cas_rec_head *record, const struct cas_locator *locator,
     struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    return s->inner->head(s->inner, record, locator, err);
}

static enum casus_status
actor(struct casus_sink *sink, const struct cas_rec_actor *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    return declare(s, record) ? s->inner->actor(s->inner, record, locator, err)
                              : cas_fail_memory(err);
}

static enum casus_status
source(struct casus_sink *sink, const struct cas_rec_source *record,
       const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    return s->inner->source(s->inner, record, locator, err);
}

static enum casus_status
event(struct casus_sink *sink, const struct cas_rec_event *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    bool seen = record->bad || (refer_all(s, record->from, record->from_count) &&
                                refer_all(s, record->to, record->to_count));
    for (size_t i = 0; i < record->claim_count && seen && !record->bad; i++)
        seen = refer_claim(s, &record->claims[i]);
    enum casus_status status =
        seen ? s->inner->event(s->inner, record, locator, err) : cas_fail_memory(err);
    sink->repeated = s->inner->repeated;
    return status;
}

static enum casus_status
claim(struct casus_sink *sink, const struct cas_rec_claim *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    return record->bad || refer_claim(s, record) ? s->inner->claim(s->inner, record, locator, err)
                                                 : cas_fail_memory(err);
}

static enum casus_status
end(struct casus_sink *sink, const struct casus_input *input, struct casus_error *err)
{
    struct casus_sightings *s = of_sink(sink);
    return s->inner->end(s->inner, input, err);
}

/* --- the object ------------------------------------------------------------------------------- */

struct casus_sightings *
casus_sightings_new(void)
{
    struct casus_sightings *sightings = cas_zalloc(1, sizeof *sightings);
    if (!sightings)
        return NULL;
    cas_intern_init(&sightings->ids);
    cas_intern_init(&sightings->names);
    return sightings;
}

void
casus_sightings_free(struct casus_sightings *sightings)
{
    if (!sightings)
        return;
    cas_intern_done(&sightings->ids);
    cas_intern_done(&sightings->names);
    cas_free(sightings->sighted);
    cas_free(sightings->all);
    cas_free(sightings);
}

struct casus_sink *
casus_sightings_sink(struct casus_sightings *sightings, struct casus_sink *inner)
{
    for (uint32_t i = 0; i < sightings->ids.count; i++)
        sightings->sighted[i] = (struct sighted){CASUS_NONE, CASUS_NONE, CASUS_NONE};
    sightings->count = 0;
    sightings->inner = inner;
    sightings->sink = (struct casus_sink){.self = sightings,
                                          .forgets = inner->forgets,
                                          .repeated = inner->repeated,
                                          .begin = begin,
                                          .head = head,
                                          .actor = actor,
                                          .source = source,
                                          .event = event,
                                          .claim = claim,
                                          .end = end};
    return &sightings->sink;
}

uint32_t
casus_sightings_count(const struct casus_sightings *sightings)
{
    return (uint32_t)sightings->count;
}

struct casus_sighting
casus_sightings_at(const struct casus_sightings *sightings, uint32_t index)
{
    const struct sighting *one = &sightings->all[index];
    uint32_t name = one->name == CASUS_NONE ? sightings->sighted[one->id].name : one->name;
    const char *id = sightings->ids.texts[one->id];
    return (struct casus_sighting){id, name == CASUS_NONE ? id : sightings->names.texts[name],
                                   one->input, one->times};
}
