/* Names become indices, and the dossier stands still.
 *
 * Order: actors, sources, events (each tells what nobody declared), then claims, which need to
 * know which events are left. A record that names what is not there is left out whole: an event
 * less one of its parties, or a claim about fewer events, would say something that nobody said.
 */
#include <stdio.h>

#include "claim/dossier.h"

/* The arena's own memory, so that it may be changed until the dossier is finished. */
static uint32_t *
own(const uint32_t *numbers)
{
    return (uint32_t *)numbers;
}

static uint32_t
source_index(const struct casus_dossier *dossier, uint32_t number)
{
    if (number == CASUS_NONE || cas_roster_state(&dossier->source_ids, number) != CAS_DECLARED)
        return CASUS_NONE;
    return dossier->source_of[number];
}

/* The event's first index, before those left out are taken from between. */
static uint32_t
event_index(const struct casus_dossier *dossier, uint32_t number)
{
    if (cas_roster_state(&dossier->event_ids, number) != CAS_DECLARED)
        return CASUS_NONE;
    return dossier->event_of[number];
}

/* Each false where something named is not there. */
static bool
resolve_actors(const struct casus_dossier *dossier, uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = cas_registry_settled(dossier->registry, numbers[i]);
        if (numbers[i] == CASUS_NONE)
            return false;
    }
    return true;
}

static bool
resolve_actor(const struct casus_dossier *dossier, uint32_t *number)
{
    return *number == CASUS_NONE || resolve_actors(dossier, number, 1);
}

static bool
resolve_sources(const struct casus_dossier *dossier, uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = source_index(dossier, numbers[i]);
        if (numbers[i] == CASUS_NONE)
            return false;
    }
    return true;
}

static bool
resolve_losses(const struct casus_dossier *dossier, const struct casus_loss *losses, uint32_t count)
{
    struct casus_loss *mine = (struct casus_loss *)losses;
    for (uint32_t i = 0; i < count; i++) {
        if (!resolve_actor(dossier, &mine[i].actor))
            return false;
    }
    return true;
}

static bool
resolve_event(const struct casus_dossier *dossier, const struct casus_event *event)
{
    return resolve_actors(dossier, own(event->from), event->from_count) &&
           resolve_actors(dossier, own(event->to), event->to_count) &&
           resolve_sources(dossier, own(event->sources), event->source_count) &&
           resolve_losses(dossier, event->losses, event->loss_count);
}

/* A made-up id must not be one that somebody gave. */
static enum casus_status
set_apart(struct casus_dossier *dossier, struct casus_event *event, struct casus_error *err)
{
    while (!event->id_given &&
           cas_roster_find(&dossier->event_ids, event->id, strlen(event->id)) != CASUS_NONE) {
        size_t n = strlen(event->id);
        char *longer = cas_arena_alloc(&dossier->arena, n + 2);
        if (!longer)
            return cas_fail_memory(err);
        snprintf(longer, n + 2, "%s'", event->id);
        event->id = longer;
    }
    return CASUS_OK;
}

/* `out_now` by first index: the index that holds from now on, or CASUS_NONE. */
static enum casus_status
resolve_events(struct casus_dossier *dossier, uint32_t *out_now, struct casus_error *err)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < dossier->event_count; i++) {
        struct casus_event *event = &dossier->events[i];
        enum casus_status status = set_apart(dossier, event, err);
        if (status != CASUS_OK)
            return status;
        out_now[i] = CASUS_NONE;
        if (!resolve_event(dossier, event)) {
            dossier->inputs[event->place.file].events--;
            dossier->inputs[event->place.file].left_out++;
            continue;
        }
        dossier->events[kept] = *event;
        out_now[i] = kept++;
    }
    dossier->event_count = kept;
    return CASUS_OK;
}

static bool
resolve_about(const struct casus_dossier *dossier, const struct casus_claim *claim, bool at_top,
              const uint32_t *now)
{
    uint32_t *about = own(claim->about);
    for (uint32_t i = 0; i < claim->about_count; i++) {
        uint32_t index = at_top ? event_index(dossier, about[i]) : about[i];
        about[i] = index == CASUS_NONE ? CASUS_NONE : now[index];
        if (about[i] == CASUS_NONE)
            return false;
    }
    return true;
}

static bool
resolve_claim(const struct casus_dossier *dossier, struct casus_claim *claim, bool at_top,
              const uint32_t *now)
{
    return resolve_about(dossier, claim, at_top, now) && resolve_actor(dossier, &claim->by) &&
           resolve_actor(dossier, &claim->via) && resolve_actor(dossier, &claim->of) &&
           (claim->source == CASUS_NONE || resolve_sources(dossier, &claim->source, 1)) &&
           resolve_losses(dossier, claim->losses, claim->loss_count);
}

static void
resolve_claims(struct casus_dossier *dossier, const uint32_t *now)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < dossier->claim_count; i++) {
        struct casus_claim *claim = &dossier->claims[i];
        if (resolve_claim(dossier, claim, dossier->at_top[i], now))
            dossier->claims[kept++] = *claim;
        else
            dossier->inputs[claim->place.file].left_out++;
    }
    dossier->claim_count = kept;
}

/* --- claims by event -------------------------------------------------------------------------- */

static size_t
count_claims(struct casus_dossier *dossier)
{
    size_t total = 0;
    for (uint32_t i = 0; i < dossier->claim_count; i++) {
        for (uint32_t j = 0; j < dossier->claims[i].about_count; j++)
            dossier->events[dossier->claims[i].about[j]].claim_count++;
        total += dossier->claims[i].about_count;
    }
    return total;
}

/* Each event's claims in order of reading; those about several events included. */
static enum casus_status
list_claims(struct casus_dossier *dossier, struct casus_error *err)
{
    size_t total = count_claims(dossier);
    if (!total)
        return CASUS_OK;
    uint32_t *lists = cas_arena_alloc(&dossier->arena, total * sizeof *lists);
    if (!lists)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < dossier->event_count; i++) {
        dossier->events[i].claims = lists;
        lists += dossier->events[i].claim_count;
        dossier->events[i].claim_count = 0;
    }
    for (uint32_t i = 0; i < dossier->claim_count; i++) {
        for (uint32_t j = 0; j < dossier->claims[i].about_count; j++) {
            struct casus_event *event = &dossier->events[dossier->claims[i].about[j]];
            own(event->claims)[event->claim_count++] = i;
        }
    }
    return CASUS_OK;
}

/* --- all of it -------------------------------------------------------------------------------- */

static enum casus_status
report_names(struct casus_dossier *dossier, struct casus_problems *problems,
             struct casus_error *err)
{
    const struct cas_roster_words sources = {.code = CAS_MSG_NO_SOURCE, .noun = "source"};
    const struct cas_roster_words events = {.code = CAS_MSG_NO_EVENT, .noun = "event"};
    enum casus_status status = cas_registry_finish(dossier->registry, problems, err);
    if (status == CASUS_OK)
        status = cas_roster_report(&dossier->source_ids, &sources, problems, err);
    if (status == CASUS_OK)
        status = cas_roster_report(&dossier->event_ids, &events, problems, err);
    return status;
}

static enum casus_status
resolve(struct casus_dossier *dossier, struct casus_error *err)
{
    uint32_t input;
    uint64_t unlisted = cas_registry_unlisted(dossier->registry, &input);
    enum casus_status status = cas_registry_settle(dossier->registry, err);
    if (status != CASUS_OK)
        return status;
    if (unlisted)
        cas_input_remark(&dossier->inputs[input], CAS_UNLISTED, unlisted);
    uint32_t *now = cas_zalloc(dossier->event_count, sizeof *now);
    if (!now)
        return cas_fail_memory(err);
    status = resolve_events(dossier, now, err);
    if (status == CASUS_OK) {
        resolve_claims(dossier, now);
        status = list_claims(dossier, err);
    }
    cas_free(now);
    return status;
}

static bool
is_broken(const struct casus_problems *problems)
{
    for (unsigned code = CAS_MSG_SYNTAX; code <= CAS_MSG_SURROGATE; code++) {
        if (casus_problems_of(problems, code))
            return true;
    }
    return false;
}

/* No event at all ends every reading but a check, which says so once; events that were all bad
 * have been told of already, and of what broken syntax hides nobody can say that it holds none. */
static enum casus_status
refuse_empty(const struct casus_dossier *dossier, struct casus_problems *problems,
             struct casus_error *err)
{
    bool check = cas_policy(problems) == CASUS_CHECK;
    if (dossier->event_count || (check && (dossier->events_seen || is_broken(problems))))
        return CASUS_OK;
    const char *file = dossier->input_count == 1 ? dossier->inputs[0].name : NULL;
    struct casus_error fault;
    struct casus_where begin = {file ? 1 : 0, file ? 1 : 0};
    cas_fault_at(&fault, file ? file : "", begin, NULL, 0, CAS_MSG_NO_EVENTS, "%s",
                 dossier->events_seen ? "no event is left: none is without a fault"
                                      : "no event, so there is nothing to fold");
    enum casus_status status = cas_problem(problems, &fault, err);
    if (status != CASUS_OK || check)
        return status;
    if (err && err->status == CASUS_OK)
        *err = fault;
    return CASUS_EINPUT;
}

enum casus_status
casus_dossier_finish(struct casus_dossier *dossier, struct casus_problems *problems,
                     struct casus_error *err)
{
    dossier->finished = true;
    enum casus_status status = report_names(dossier, problems, err);
    if (status == CASUS_OK)
        status = resolve(dossier, err);
    if (status == CASUS_OK)
        status = refuse_empty(dossier, problems, err);
    return status;
}
