/* Chunks of the window on their way from several threads to one sink.
 *
 * A hand is a reader with an input, a sink and memory of its own: its input is marked `ahead`, so
 * that the first thing to tell ends it untold, and its sink keeps what a real one would be given.
 * Texts of records lie in the window, which does not move meanwhile, or in the hand's memory.
 */
#include "read/ahead.h"

#include "base/parallel.h"
#include "read/record.h"
#include "read/tape.h"

enum {
    CHUNK = 64 * 1024,
    WINDOW = 2 * 1024 * 1024,
    LEAST = 2 * CHUNK, /* below that a thread costs more than it gains */
};

enum noun { NOTHING, ACTOR, SOURCE, EVENT, CLAIM };

/* What a unit gives to the sink. */
struct waiting {
    size_t n; /* bytes up to the next one */
    enum noun noun;
    void *record;
};

struct hand {
    const struct cas_ahead_way *way;
    void *reader;
    struct cas_input input;
    struct casus_sink sink;
    struct casus_error err;
    const char *begin; /* of its chunk */
    struct waiting *units;
    size_t count, room;
};

struct cas_ahead {
    struct cas_input *input;
    const struct cas_ahead_way *way;
    void *reader; /* for what is read in turn */
    struct casus_error *err;
    const char *begin, *end; /* the window */
    bool gone_on;
    struct hand hands[CAS_AHEAD];
};

/* --- a sink that keeps for later -------------------------------------------------------------- */

static enum casus_status
wait_for_turn(struct casus_sink *sink, enum noun noun, const void *record, size_t size)
{
    struct hand *hand = sink->self;
    struct waiting *unit = &hand->units[hand->count];
    unit->record = cas_arena_copy(&hand->input.scratch, record, 1, size);
    unit->noun = noun;
    return unit->record ? CASUS_OK : CASUS_ENOMEM;
}

static enum casus_status
keep_actor(struct casus_sink *sink, const struct cas_rec_actor *actor,
           const struct cas_locator *locator, struct casus_error *err)
{
    return wait_for_turn(sink, ACTOR, actor, sizeof *actor);
}

static enum casus_status
keep_source(struct casus_sink *sink, const struct cas_rec_source *source,
            const struct cas_locator *locator, struct casus_error *err)
{
    return wait_for_turn(sink, SOURCE, source, sizeof *source);
}

static enum casus_status
keep_event(struct casus_sink *sink, const struct cas_rec_event *event,
           const struct cas_locator *locator, struct casus_error *err)
{
    return wait_for_turn(sink, EVENT, event, sizeof *event);
}

static enum casus_status
keep_claim(struct casus_sink *sink, const struct cas_rec_claim *claim,
           const struct cas_locator *locator, struct casus_error *err)
{
    return wait_for_turn(sink, CLAIM, claim, sizeof *claim);
}

static enum casus_status
refuse_head(struct casus_sink *sink, const struct cas_rec_head *head,
            const struct cas_locator *locator, struct casus_error *err)
{
    return CASUS_EKEEP; /* its reader remembers it: to be read in its turn */
}

/* --- hands ------------------------------------------------------------------------------------ */

/* False without memory; the hand then makes nothing. */
static bool
hand_ready(struct hand *hand, const struct cas_ahead *ahead)
{
    if (hand->reader) {
        hand->way->follow(hand->reader, ahead->reader);
        return true;
    }
    hand->way = ahead->way;
    hand->reader = cas_zalloc(1, hand->way->size);
    if (!hand->reader)
        return false;
    hand->sink = (struct casus_sink){.self = hand,
                                     .head = refuse_head,
                                     .actor = keep_actor,
                                     .source = keep_source,
                                     .event = keep_event,
                                     .claim = keep_claim};
    hand->input.sink = &hand->sink;
    hand->input.ahead = true;
    cas_arena_init(&hand->input.scratch);
    hand->way->init(hand->reader, &hand->input, &hand->err);
    hand->way->follow(hand->reader, ahead->reader);
    return true;
}

static void
hand_done(struct hand *hand)
{
    if (!hand->reader)
        return;
    hand->way->done(hand->reader);
    cas_arena_done(&hand->input.scratch);
    cas_free(hand->reader);
    cas_free(hand->units);
}

/* One unit of the hand's chunk. False where it is to be read in its turn. */
static bool
make_unit(struct hand *hand, const char *at, const char *end, size_t *out_used)
{
    if (!cas_grow(&hand->units, &hand->room, hand->count + 1, sizeof *hand->units))
        return false;
    struct waiting *unit = &hand->units[hand->count];
    *unit = (struct waiting){0};
    hand->input.bytes.s = at;
    hand->input.bytes.n = (size_t)(end - at);
    if (hand->way->read(hand->reader, hand->input.bytes.n, out_used) != CAS_UNIT_READ)
        return false;
    unit->n = *out_used;
    hand->count++;
    return true;
}

/* A chunk holds the units that begin before it ends. */
static const char *
chunk_end(const struct cas_ahead *ahead, size_t index)
{
    size_t n = (size_t)(ahead->end - ahead->begin), to = (index + 1) * CHUNK;
    return to < n ? ahead->begin + to : ahead->end;
}

static const char *
chunk_begin(const struct cas_ahead *ahead, size_t index)
{
    if (index == 0)
        return ahead->begin;
    const char *begin = ahead->way->seek(ahead->begin, chunk_end(ahead, index - 1), ahead->end);
    return begin ? begin : ahead->end;
}

static void
make_chunk(void *context, size_t index)
{
    struct cas_ahead *ahead = context;
    struct hand *hand = &ahead->hands[index % CAS_AHEAD];
    hand->count = 0;
    hand->begin = chunk_begin(ahead, index);
    if (!hand_ready(hand, ahead))
        return;
    cas_arena_clear(&hand->input.scratch);
    const char *end = chunk_end(ahead, index);
    size_t used;
    for (const char *at = hand->begin; at < end; at += used) {
        if (!make_unit(hand, at, ahead->end, &used))
            return;
    }
}

/* --- in turn ---------------------------------------------------------------------------------- */

static enum casus_status
give(struct cas_input *input, const struct waiting *unit, struct casus_error *err)
{
    const char *at = input->bytes.s;
    struct cas_record record = {.input = input, .arena = &input->scratch, .err = err};
    input->record = at + cas_tape_blanks(at, unit->n);
    switch (unit->noun) {
    case ACTOR:
        record.at = ((struct cas_rec_actor *)unit->record)->at.at;
        return cas_record_actor(&record, unit->record);
    case SOURCE:
        record.at = ((struct cas_rec_source *)unit->record)->at.at;
        return cas_record_source(&record, unit->record);
    case EVENT:
        record.at = ((struct cas_rec_event *)unit->record)->at.at;
        return cas_record_event(&record, unit->record);
    case CLAIM:
        record.at = ((struct cas_rec_claim *)unit->record)->at.at;
        return cas_record_claim(&record, unit->record);
    case NOTHING: break;
    }
    return CASUS_OK;
}

static bool
give_all(struct cas_ahead *ahead, const struct hand *hand)
{
    for (size_t i = 0; i < hand->count && ahead->gone_on; i++) {
        enum casus_status status = give(ahead->input, &hand->units[i], ahead->err);
        ahead->gone_on = ahead->way->settle(ahead->reader, status);
        if (ahead->gone_on)
            cas_bytes_take(&ahead->input->bytes, hand->units[i].n);
    }
    return ahead->gone_on;
}

/* The units that begin before `until`. False: nothing of the window is to be read here any more. */
static bool
read_in_turn(struct cas_ahead *ahead, const char *until)
{
    struct cas_bytes *bytes = &ahead->input->bytes;
    while (bytes->s < until) {
        size_t used;
        enum cas_unit unit =
            ahead->way->read(ahead->reader, (size_t)(ahead->end - bytes->s), &used);
        ahead->gone_on = unit != CAS_UNIT_OVER;
        if (unit != CAS_UNIT_READ)
            return false;
        cas_bytes_take(bytes, used);
    }
    return true;
}

static bool
use_chunk(void *context, size_t index)
{
    struct cas_ahead *ahead = context;
    const struct hand *hand = &ahead->hands[index % CAS_AHEAD];
    const char *end = chunk_end(ahead, index);
    if (!read_in_turn(ahead, hand->begin < end ? hand->begin : end))
        return false;
    if (ahead->input->bytes.s == hand->begin && !give_all(ahead, hand))
        return false;
    return read_in_turn(ahead, end);
}

static unsigned
count_threads(const struct cas_input *input)
{
    unsigned wanted = input->reading ? input->reading->threads : 0;
    return wanted ? wanted : cas_processors();
}

static bool
read_window(struct cas_ahead *ahead, unsigned threads)
{
    const struct cas_bytes *bytes = &ahead->input->bytes;
    ahead->begin = bytes->s;
    ahead->end = bytes->s + bytes->n;
    ahead->gone_on = true;
    size_t n = (size_t)(ahead->end - ahead->begin);
    cas_pipeline(threads, (n + CHUNK - 1) / CHUNK, make_chunk, use_chunk, ahead);
    return ahead->gone_on;
}

bool
cas_ahead_read(struct cas_ahead **ahead, struct cas_input *input, const struct cas_ahead_way *way,
               void *reader, struct casus_error *err)
{
    unsigned threads = count_threads(input);
    if (threads < 2 || input->bytes.n < LEAST)
        return true;
    if (!way->settle(reader, cas_bytes_widen(&input->bytes, WINDOW, err)))
        return false;
    if (!*ahead)
        *ahead = cas_zalloc(1, sizeof **ahead);
    if (!*ahead)
        return way->settle(reader, cas_fail_memory(err));
    (*ahead)->input = input;
    (*ahead)->way = way;
    (*ahead)->reader = reader;
    (*ahead)->err = err;
    return read_window(*ahead, threads);
}

void
cas_ahead_free(struct cas_ahead *ahead)
{
    for (size_t i = 0; ahead && i < CAS_AHEAD; i++)
        hand_done(&ahead->hands[i]);
    cas_free(ahead);
}
