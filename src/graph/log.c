/* Events and claims as they were tallied. */
#include "graph/log.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/fault.h"
#include "base/mem.h"

void
cas_log_init(struct cas_log *log)
{
    *log = (struct cas_log){0};
    cas_arena_init(&log->arena);
}

void
cas_log_done(struct cas_log *log)
{
    for (size_t i = 0; i < log->chunk_count; i++)
        cas_free(log->chunks[i]);
    cas_free(log->chunks);
    cas_free(log->claims);
    cas_free(log->spaces);
    cas_free(log->lost);
    cas_arena_done(&log->arena);
    cas_log_init(log);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static bool
keep_parties(struct cas_log *log, const struct cas_deed *deed, const uint32_t **out)
{
    size_t count = deed->from_count + deed->to_count;
    uint32_t *parties = cas_arena_alloc(&log->arena, count * sizeof *parties);
    *out = parties;
    for (size_t i = 0; parties && i < deed->from_count; i++)
        *parties++ = deed->from[i];
    for (size_t i = 0; parties && i < deed->to_count; i++)
        *parties++ = deed->to[i];
    return *out;
}

static uint32_t
count_losses(const struct cas_deed *deed)
{
    uint32_t count = 0;
    for (size_t i = 0; i < deed->loss_count; i++) {
        for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
            count += casus_figure_known(&deed->losses[i].of[kind]);
    }
    return count;
}

static bool
keep_losses(struct cas_log *log, const struct cas_deed *deed, struct cas_log_event *event)
{
    event->loss_count = count_losses(deed);
    struct cas_log_loss *losses = cas_arena_alloc(&log->arena, event->loss_count * sizeof *losses);
    event->losses = losses;
    for (size_t i = 0; losses && i < deed->loss_count; i++) {
        for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
            if (casus_figure_known(&deed->losses[i].of[kind]))
                *losses++ = (struct cas_log_loss){deed->losses[i].actor, (enum casus_loss_kind)kind,
                                                  deed->losses[i].of[kind]};
        }
    }
    return event->losses;
}

static bool
is_open(enum casus_relation relation, const struct casus_period *date)
{
    return relation == CASUS_SUPPORT && date->interval &&
           (date->from_bound == CASUS_BOUND_OPEN || date->until_bound == CASUS_BOUND_OPEN);
}

/* The next place is there to be written. */
static enum casus_status
make_room(struct cas_log *log, struct casus_error *err)
{
    if (log->event_count >= CASUS_NONE - 1)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY, "more than %u events", CASUS_NONE - 1);
    if (log->event_count / CAS_LOG_CHUNK < log->chunk_count)
        return CASUS_OK;
    /* the first may hold few: it is no large page, of which all is there at once */
    size_t few = CAS_LOG_CHUNK * sizeof(struct cas_log_event), all = 2 << 20;
    struct cas_log_event *chunk = cas_alloc(log->chunk_count ? all : few);
    if (!chunk || !cas_grow(&log->chunks, &log->chunk_room, log->chunk_count + 1,
                            sizeof(struct cas_log_event *))) {
        cas_free(chunk);
        return cas_fail_memory(err);
    }
    log->chunks[log->chunk_count++] = chunk;
    return CASUS_OK;
}

static struct cas_log_event *
put(struct cas_log *log, const struct cas_log_event *event)
{
    size_t place = log->event_count++;
    log->chunks[place / CAS_LOG_CHUNK][place % CAS_LOG_CHUNK] = *event;
    return &log->chunks[place / CAS_LOG_CHUNK][place % CAS_LOG_CHUNK];
}

enum casus_status
cas_log_event(struct cas_log *log, const struct cas_deed *deed, const struct cas_text *id,
              struct casus_error *err)
{
    struct cas_log_event event = {.date = deed->date,
                                  .first = casus_period_first_day(&deed->date),
                                  .last = casus_period_last_day(&deed->date),
                                  .number = id ? log->event_count : deed->number,
                                  .from_count = (uint32_t)deed->from_count,
                                  .to_count = (uint32_t)deed->to_count,
                                  .relation = (uint8_t)deed->relation,
                                  .evidence = (int8_t)deed->evidence,
                                  .sure = deed->sure,
                                  .graded = deed->graded,
                                  .directed = deed->directed,
                                  .open = is_open(deed->relation, &deed->date)};
    enum casus_status status = make_room(log, err);
    if (status != CASUS_OK)
        return status;
    event.id = id ? cas_arena_text(&log->arena, id->s, id->n) : NULL;
    if ((id && !event.id) || !keep_parties(log, deed, &event.parties) ||
        !keep_losses(log, deed, &event))
        return cas_fail_memory(err);
    put(log, &event);
    return CASUS_OK;
}

enum casus_status
cas_log_pair(struct cas_log *log, const struct cas_pair *pair, uint32_t space,
             struct casus_error *err)
{
    const struct cas_bulk_event *told = pair->event;
    enum casus_status status = make_room(log, err);
    if (status != CASUS_OK)
        return status;
    const struct cas_bulk_loss *killed =
        cas_arena_copy(&log->arena, pair->losses, told->loss_count, sizeof *killed);
    if (told->loss_count && !killed)
        return cas_fail_memory(err);
    struct cas_log_event *event =
        put(log, &(struct cas_log_event){.date = told->date,
                                         .first = casus_period_first_day(&told->date),
                                         .last = casus_period_last_day(&told->date),
                                         .number = log->event_count,
                                         .from_count = 1,
                                         .to_count = 1,
                                         .loss_count = told->loss_count,
                                         .killed = killed,
                                         .id_number = told->id,
                                         .id_space = space,
                                         .relation = (uint8_t)pair->relation,
                                         .type = told->type,
                                         .evidence = (int8_t)pair->evidence,
                                         .claims = told->claims,
                                         .pair = true,
                                         .directed = told->directed,
                                         .open = is_open(pair->relation, &told->date),
                                         .two = {told->from, told->to}});
    event->parties = event->two;
    return CASUS_OK;
}

uint32_t
cas_log_space(struct cas_log *log, const char *space)
{
    for (uint32_t i = 0; i < log->space_count; i++) {
        if (strcmp(log->spaces[i], space) == 0)
            return i;
    }
    const char *kept = cas_arena_text(&log->arena, space, strlen(space));
    if (!kept || !cas_grow(&log->spaces, &log->space_room, (size_t)log->space_count + 1,
                           sizeof *log->spaces))
        return UINT32_MAX;
    log->spaces[log->space_count] = kept;
    return log->space_count++;
}

const char *
cas_log_id(const struct cas_log *log, uint32_t place, char scratch[64])
{
    const struct cas_log_event *event = cas_log_at(log, place);
    if (!event->pair)
        return event->id;
    snprintf(scratch, 64, "%.40s%" PRIu64, log->spaces[event->id_space], event->id_number);
    return scratch;
}

uint32_t
cas_log_find(const struct cas_log *log, uint32_t number)
{
    uint32_t low = 0, high = log->event_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cas_log_at(log, middle)->number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < log->event_count && cas_log_at(log, low)->number == number ? low : CASUS_NONE;
}

/* A fold knows its events by their place alone, and its claims tell of one. */
static struct cas_target
target_of(const struct cas_target *target, const uint32_t *about, size_t about_count)
{
    struct cas_target out = *target;
    if (out.event == CASUS_NONE && about_count == 1)
        out.event = about[0];
    return out;
}

static bool
keep_targets(struct cas_log *log, const struct cas_saying *saying, const uint32_t *about,
             size_t about_count, struct cas_log_claim *claim)
{
    struct cas_target *targets =
        cas_arena_alloc(&log->arena, saying->target_count * sizeof *targets);
    uint32_t *places = cas_arena_alloc(&log->arena, about_count * sizeof *places);
    if (!targets || !places)
        return false;
    claim->targets = targets;
    claim->about = places;
    for (size_t i = 0; i < saying->target_count; i++)
        targets[i] = target_of(&saying->targets[i], about, about_count);
    for (size_t i = 0; i < about_count; i++) {
        uint32_t place = cas_log_find(log, about[i]);
        if (place != CASUS_NONE)
            places[claim->about_count++] = place;
    }
    return true;
}

enum casus_status
cas_log_claim(struct cas_log *log, const struct cas_saying *saying, const uint32_t *about,
              size_t about_count, struct casus_error *err)
{
    struct cas_log_claim claim = {.date = saying->date,
                                  .told = saying->told,
                                  .by = saying->by,
                                  .via = saying->via,
                                  .of = saying->of,
                                  .target_count = (uint32_t)saying->target_count,
                                  .stance = saying->stance};
    if (log->claim_count >= CASUS_NONE - 1 ||
        !cas_grow(&log->claims, &log->claim_room, (size_t)log->claim_count + 1,
                  sizeof *log->claims) ||
        !keep_targets(log, saying, about, about_count, &claim))
        return cas_fail_memory(err);
    log->claims[log->claim_count++] = claim;
    return CASUS_OK;
}

/* --- telling again ---------------------------------------------------------------------------- */

/* Rows of one actor stand together: laid side by side again, and summed over actors. */
static bool
tell_losses(struct cas_log *log, const struct cas_log_event *event, struct cas_deed *deed)
{
    struct cas_sum sums[CASUS_LOSS_COUNT] = {{0}};
    if (!cas_grow(&log->lost, &log->lost_room, event->loss_count, sizeof *log->lost))
        return false;
    for (uint32_t i = 0; i < event->loss_count; i++) {
        const struct cas_log_loss *loss = &event->losses[i];
        if (!deed->loss_count || log->lost[deed->loss_count - 1].actor != loss->actor)
            log->lost[deed->loss_count++] = (struct cas_lost){
                loss->actor, {CASUS_NO_FIGURE, CASUS_NO_FIGURE, CASUS_NO_FIGURE, CASUS_NO_FIGURE}};
        log->lost[deed->loss_count - 1].of[loss->kind] = loss->figure;
        cas_sum_add_whole(&sums[loss->kind], &loss->figure);
    }
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        deed->lost[kind] = cas_sum_figure(&sums[kind]);
    deed->losses = log->lost;
    return true;
}

static enum casus_status
tell_event(struct cas_log *log, const struct cas_log_event *event, struct cas_tally *tally,
           struct casus_error *err)
{
    struct cas_deed deed = {.from = event->parties,
                            .to = event->parties + event->from_count,
                            .from_count = event->from_count,
                            .to_count = event->to_count,
                            .date = event->date,
                            .relation = (enum casus_relation)event->relation,
                            .directed = event->directed,
                            .evidence = event->evidence,
                            .sure = event->sure,
                            .graded = event->graded,
                            .number = event->number};
    if (!tell_losses(log, event, &deed))
        return cas_fail_memory(err);
    return cas_tally_event(tally, &deed, err);
}

static struct cas_bulk_event
bulk_of(const struct cas_log_event *event)
{
    return (struct cas_bulk_event){.id = event->id_number,
                                   .from = event->parties[0],
                                   .to = event->parties[1],
                                   .date = event->date,
                                   .loss_count = (uint8_t)event->loss_count,
                                   .type = event->type,
                                   .directed = event->directed,
                                   .claims = event->claims};
}

/* Pairs together, which is many times faster; what is no pair by itself. */
static enum casus_status
tell_some(struct cas_log *log, const uint32_t *places, size_t count, struct cas_tally *tally,
          struct casus_error *err)
{
    struct cas_bulk_event bulk[CAS_PAIRS];
    struct cas_pair pairs[CAS_PAIRS];
    size_t n = 0;
    enum casus_status status = CASUS_OK;
    for (size_t i = 0; i < count && status == CASUS_OK; i++) {
        const struct cas_log_event *event = cas_log_at(log, places[i]);
        if (!event->pair) {
            status = tell_event(log, event, tally, err);
            continue;
        }
        bulk[n] = bulk_of(event);
        pairs[n] = (struct cas_pair){&bulk[n], event->killed, (enum casus_relation)event->relation,
                                     event->number, event->evidence};
        n++;
    }
    return status == CASUS_OK ? cas_tally_pairs(tally, pairs, n, err) : status;
}

enum casus_status
cas_log_tell_events(struct cas_log *log, const uint32_t *places, size_t count,
                    struct cas_tally *tally, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    for (size_t i = 0; i < count && status == CASUS_OK; i += CAS_PAIRS) {
        size_t some = count - i < CAS_PAIRS ? count - i : CAS_PAIRS;
        status = tell_some(log, places + i, some, tally, err);
    }
    return status;
}

enum casus_status
cas_log_tell_claim(const struct cas_log *log, uint32_t index, struct cas_tally *tally,
                   struct casus_error *err)
{
    const struct cas_log_claim *claim = &log->claims[index];
    const struct cas_saying saying = {.by = claim->by,
                                      .via = claim->via,
                                      .of = claim->of,
                                      .targets = claim->targets,
                                      .target_count = claim->target_count,
                                      .date = claim->date,
                                      .told = claim->told,
                                      .stance = claim->stance};
    return cas_tally_claim(tally, &saying, err);
}
