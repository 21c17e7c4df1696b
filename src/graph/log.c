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
    cas_free(log->events);
    cas_free(log->losses);
    cas_free(log->claims);
    cas_free(log->targets);
    cas_free(log->parties);
    cas_free(log->about);
    cas_free(log->ids);
    cas_free(log->spaces);
    cas_free(log->lost);
    cas_arena_done(&log->arena);
    cas_log_init(log);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static bool
keep_parties(struct cas_log *log, const struct cas_deed *deed)
{
    size_t need = log->party_count + deed->from_count + deed->to_count;
    if (!cas_grow(&log->parties, &log->party_room, need, sizeof *log->parties))
        return false;
    for (size_t i = 0; i < deed->from_count; i++)
        log->parties[log->party_count++] = deed->from[i];
    for (size_t i = 0; i < deed->to_count; i++)
        log->parties[log->party_count++] = deed->to[i];
    return true;
}

static bool
keep_losses(struct cas_log *log, const struct cas_deed *deed)
{
    size_t need = log->loss_count + deed->loss_count * CASUS_LOSS_COUNT;
    if (!cas_grow(&log->losses, &log->loss_room, need, sizeof *log->losses))
        return false;
    for (size_t i = 0; i < deed->loss_count; i++) {
        for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
            if (casus_figure_known(&deed->losses[i].of[kind]))
                log->losses[log->loss_count++] = (struct cas_log_loss){
                    deed->losses[i].actor, (enum casus_loss_kind)kind, deed->losses[i].of[kind]};
        }
    }
    return true;
}

static bool
keep_id(struct cas_log *log, const struct cas_text *id)
{
    if (!id)
        return true;
    if (!cas_grow(&log->ids, &log->id_room, (size_t)log->event_count + 1, sizeof *log->ids))
        return false;
    const char *text = cas_arena_text(&log->arena, id->s, id->n);
    log->ids[log->event_count] = (struct cas_log_id){.text = text};
    return text;
}

static bool
is_open(const struct cas_deed *deed)
{
    return deed->relation == CASUS_SUPPORT && deed->date.interval &&
           (deed->date.from_bound == CASUS_BOUND_OPEN ||
            deed->date.until_bound == CASUS_BOUND_OPEN);
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
                                  .parties = log->party_count,
                                  .losses = log->loss_count,
                                  .relation = (uint8_t)deed->relation,
                                  .evidence = (int8_t)deed->evidence,
                                  .sure = deed->sure,
                                  .graded = deed->graded,
                                  .directed = deed->directed,
                                  .open = is_open(deed)};
    if (log->event_count >= CASUS_NONE - 1)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY, "more than %u events", CASUS_NONE - 1);
    if (!cas_grow(&log->events, &log->event_room, (size_t)log->event_count + 1,
                  sizeof *log->events) ||
        !keep_parties(log, deed) || !keep_losses(log, deed) || !keep_id(log, id))
        return cas_fail_memory(err);
    event.loss_count = (uint32_t)(log->loss_count - event.losses);
    log->events[log->event_count++] = event;
    return CASUS_OK;
}

enum casus_status
cas_log_numbered(struct cas_log *log, const struct cas_deed *deed, uint8_t claims, uint32_t space,
                 uint64_t id, struct casus_error *err)
{
    enum casus_status status = cas_log_event(log, deed, NULL, err);
    if (status != CASUS_OK)
        return status;
    if (!cas_grow(&log->ids, &log->id_room, log->event_count, sizeof *log->ids))
        return cas_fail_memory(err);
    log->events[log->event_count - 1].claims = claims;
    log->ids[log->event_count - 1] = (struct cas_log_id){.number = id, .space = space};
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
    const struct cas_log_id *id = &log->ids[place];
    if (id->text)
        return id->text;
    snprintf(scratch, 64, "%.40s%" PRIu64, log->spaces[id->space], id->number);
    return scratch;
}

uint32_t
cas_log_find(const struct cas_log *log, uint32_t number)
{
    uint32_t low = 0, high = log->event_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (log->events[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < log->event_count && log->events[low].number == number ? low : CASUS_NONE;
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
                                  .targets = log->target_count,
                                  .about = log->about_count,
                                  .stance = saying->stance};
    if (log->claim_count >= CASUS_NONE - 1 ||
        !cas_grow(&log->claims, &log->claim_room, (size_t)log->claim_count + 1,
                  sizeof *log->claims) ||
        !cas_grow(&log->targets, &log->target_room, log->target_count + saying->target_count,
                  sizeof *log->targets) ||
        !cas_grow(&log->about, &log->about_room, log->about_count + about_count,
                  sizeof *log->about))
        return cas_fail_memory(err);
    for (size_t i = 0; i < saying->target_count; i++)
        log->targets[log->target_count++] = target_of(&saying->targets[i], about, about_count);
    for (size_t i = 0; i < about_count; i++) {
        uint32_t place = cas_log_find(log, about[i]);
        if (place != CASUS_NONE)
            log->about[log->about_count++] = place;
    }
    claim.about_count = (uint32_t)(log->about_count - claim.about);
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
        const struct cas_log_loss *loss = &log->losses[event->losses + i];
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

enum casus_status
cas_log_tell_event(struct cas_log *log, uint32_t place, struct cas_tally *tally,
                   struct casus_error *err)
{
    const struct cas_log_event *event = &log->events[place];
    struct cas_deed deed = {.from = log->parties + event->parties,
                            .to = log->parties + event->parties + event->from_count,
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
    tally->totals.claims += event->claims;
    tally->totals.claims_no_tie += event->claims;
    return cas_tally_event(tally, &deed, err);
}

enum casus_status
cas_log_tell_claim(const struct cas_log *log, uint32_t index, struct cas_tally *tally,
                   struct casus_error *err)
{
    const struct cas_log_claim *claim = &log->claims[index];
    const struct cas_saying saying = {.by = claim->by,
                                      .via = claim->via,
                                      .of = claim->of,
                                      .targets = claim->target_count ? log->targets + claim->targets
                                                                     : NULL,
                                      .target_count = claim->target_count,
                                      .date = claim->date,
                                      .told = claim->told,
                                      .stance = claim->stance};
    return cas_tally_claim(tally, &saying, err);
}
