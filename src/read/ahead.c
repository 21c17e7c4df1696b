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

/* What a line gives to the sink. */
struct waiting {
    size_t n; /* bytes of the line, its break among them */
    enum noun noun;
    void *record;
};

struct hand {
    const struct cas_ahead_way *way;
    void *reader;
    struct cas_input input;
    struct casus_sink sink;
    struct casus_error err;
    const char *begin, *end; /* its chunk */
    struct waiting *lines;
    size_t count, room;
};

struct cas_ahead {
    struct cas_input *input;
    const struct cas_ahead_way *way;
    void *reader; /* for what is read in turn */
    struct casus_error *err;
    const char *begin, *end; /* whole lines */
    bool gone_on;
    struct hand hands[CAS_AHEAD];
};

/* --- a sink that keeps for later -------------------------------------------------------------- */

static enum casus_status
wait_for_turn(struct casus_sink *sink, enum noun noun, const void *record, size_t size)
{
    struct hand *hand = sink->self;
    struct waiting *line = &hand->lines[hand->count];
    line->record = cas_arena_copy(&hand->input.scratch, record, 1, size);
    line->noun = noun;
    return line->record ? CASUS_OK : CASUS_ENOMEM;
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
    if (hand->reader)
        return true;
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
    cas_free(hand->lines);
}

static const char *
after_line(const char *at, const char *end)
{
    const char *found = memchr(at, '\n', (size_t)(end - at));
    return found ? found + 1 : end;
}

/* One line of the hand's chunk. False where it is to be read in its turn. */
static bool
make_line(struct hand *hand, const char *at, const char *after)
{
    if (!cas_grow(&hand->lines, &hand->room, hand->count + 1, sizeof *hand->lines))
        return false;
    hand->lines[hand->count] = (struct waiting){.n = (size_t)(after - at)};
    hand->input.bytes.s = at;
    hand->input.bytes.n = (size_t)(after - at) - 1;
    if (!hand->way->line(hand->reader, hand->input.bytes.n))
        return false;
    hand->count++;
    return true;
}

/* Chunks end where a line does: the first line behind each multiple of CHUNK begins one. */
static const char *
chunk_begin(const struct cas_ahead *ahead, size_t index)
{
    size_t n = (size_t)(ahead->end - ahead->begin), from = index * CHUNK;
    if (from == 0 || from >= n)
        return from ? ahead->end : ahead->begin;
    return after_line(ahead->begin + from - 1, ahead->end);
}

static void
make_chunk(void *context, size_t index)
{
    struct cas_ahead *ahead = context;
    struct hand *hand = &ahead->hands[index % CAS_AHEAD];
    hand->count = 0;
    hand->begin = chunk_begin(ahead, index);
    hand->end = chunk_begin(ahead, index + 1);
    if (!hand_ready(hand, ahead))
        return;
    cas_arena_clear(&hand->input.scratch);
    for (const char *at = hand->begin, *after; at < hand->end; at = after) {
        after = after_line(at, hand->end);
        if (!make_line(hand, at, after))
            return;
    }
}

/* --- in turn ---------------------------------------------------------------------------------- */

static enum casus_status
give(struct cas_input *input, const struct waiting *line, struct casus_error *err)
{
    const char *at = input->bytes.s;
    struct cas_record record = {.input = input, .arena = &input->scratch, .err = err};
    input->record = at + cas_tape_blanks(at, line->n);
    switch (line->noun) {
    case ACTOR:
        record.at = ((struct cas_rec_actor *)line->record)->at.at;
        return cas_record_actor(&record, line->record);
    case SOURCE:
        record.at = ((struct cas_rec_source *)line->record)->at.at;
        return cas_record_source(&record, line->record);
    case EVENT:
        record.at = ((struct cas_rec_event *)line->record)->at.at;
        return cas_record_event(&record, line->record);
    case CLAIM:
        record.at = ((struct cas_rec_claim *)line->record)->at.at;
        return cas_record_claim(&record, line->record);
    case NOTHING: break;
    }
    return CASUS_OK;
}

static bool
use_chunk(void *context, size_t index)
{
    struct cas_ahead *ahead = context;
    struct cas_bytes *bytes = &ahead->input->bytes;
    const struct hand *hand = &ahead->hands[index % CAS_AHEAD];
    for (size_t i = 0; i < hand->count && ahead->gone_on; i++) {
        enum casus_status status = give(ahead->input, &hand->lines[i], ahead->err);
        ahead->gone_on = ahead->way->settle(ahead->reader, status);
        if (ahead->gone_on)
            cas_bytes_take(bytes, hand->lines[i].n);
    }
    while (ahead->gone_on && bytes->s < hand->end) {
        size_t n = (size_t)(after_line(bytes->s, hand->end) - bytes->s);
        ahead->gone_on = ahead->way->line(ahead->reader, n - 1);
        if (ahead->gone_on)
            cas_bytes_take(bytes, n);
    }
    return ahead->gone_on;
}

static const char *
last_line_end(const struct cas_bytes *bytes)
{
    const char *found = memrchr(bytes->s, '\n', bytes->n);
    return found ? found + 1 : bytes->s;
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
    ahead->end = last_line_end(bytes);
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
