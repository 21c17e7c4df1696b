/* Ranks that hang on one source.
 *
 * Rules
 * - What an event rests on are the claims that affirm it (all but denials) and the sources that it
 *   names itself. It rests on a source alone where all of these are of that source; on a claimant
 *   alone where claims affirm it and all of them are its own (its outlets, units and persons
 *   speaking for it); on an outlet alone where all of them are made by it or through it. For a
 *   claimant or outlet the sources that the event names are carriers, not witnesses.
 * - An event that nobody tells (no such claim, no source) rests on nobody and stays.
 * - Without a source its claims go and the events that rest on it alone. Where killed are the
 *   weight, its figures go from the other events too. Verdicts and grades (weight evidence) stay
 *   those of the whole dossier; so do ties of relation claim.
 * - A rank hangs on it if it is among the first k and is worse, or not defined, without it.
 */
#include <casus/uncertainty.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "actor/roster.h"
#include "analysis/belief/worlds.h"
#include "analysis/centrality/measure.h"
#include "base/fault.h"
#include "claim/grade.h"
#include "graph/graph.h"

enum { KEPT = 1000 };

/* What an event rests on alone; CASUS_NONE: on no single one. An outlet may speak through another:
 * then the event rests on either. */
struct rest {
    uint32_t source, claimant, outlets[2];
};

struct casus_reliance {
    uint32_t first, stay_count;
    struct casus_stay *stays;
    struct casus_hanging *ranks;
    size_t stay_room, rank_count, rank_room;
};

/* What is found out while it is being made. */
struct finder {
    const struct cas_worlds *worlds;
    const struct casus_dossier *dossier;
    struct rest *rests; /* by event of the worlds */
    double *weights;    /* by event of the worlds */
    uint32_t *plain;    /* ranks with everything */
    struct casus_reliance *out;
};

const char *
casus_stay_name(enum casus_stay_kind kind)
{
    static const char *const names[] = {"source", "claimant", "outlet"};
    assert(kind < CASUS_STAY_COUNT);
    return names[kind];
}

/* --- what an event rests on ------------------------------------------------------------------- */

static bool
is_outlet(const struct casus_dossier *dossier, uint32_t actor)
{
    return actor != CASUS_NONE && casus_dossier_actor_at(dossier, actor)->kind == CASUS_KIND_OUTLET;
}

/* Whom one claim is by or through. */
static struct rest
rest_of_claim(const struct casus_dossier *dossier, const struct casus_claim *claim, uint32_t event)
{
    struct rest rest = {claim->source, CASUS_NONE, {CASUS_NONE, claim->via}};
    struct casus_voice voice = casus_claim_voice(dossier, claim, event);
    if (voice.kind == CASUS_VOICE_ACTOR)
        rest.claimant = voice.who;
    if (is_outlet(dossier, claim->by) && claim->by != claim->via)
        rest.outlets[0] = claim->by;
    return rest;
}

static bool
has(const uint32_t outlets[2], uint32_t outlet)
{
    return outlets[0] == outlet || outlets[1] == outlet;
}

/* What both rest on. */
static void
meet(struct rest *rest, const struct rest *other)
{
    if (rest->source != other->source)
        rest->source = CASUS_NONE;
    if (rest->claimant != other->claimant)
        rest->claimant = CASUS_NONE;
    for (int i = 0; i < 2; i++)
        if (!has(other->outlets, rest->outlets[i]))
            rest->outlets[i] = CASUS_NONE;
}

static struct rest
rest_of(const struct casus_dossier *dossier, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, index);
    struct rest rest = {CASUS_NONE, CASUS_NONE, {CASUS_NONE, CASUS_NONE}};
    bool told = false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        if (claim->stance == CASUS_DENY)
            continue;
        struct rest one = rest_of_claim(dossier, claim, index);
        if (told)
            meet(&rest, &one);
        else
            rest = one;
        told = true;
    }
    for (uint32_t i = 0; i < event->source_count; i++) {
        if (!told && i == 0)
            rest.source = event->sources[0];
        else if (rest.source != event->sources[i])
            rest.source = CASUS_NONE;
    }
    return rest;
}

static bool
rests_on(const struct rest *rest, const struct casus_stay *stay)
{
    switch (stay->kind) {
    case CASUS_STAY_SOURCE: return rest->source == stay->who;
    case CASUS_STAY_CLAIMANT: return rest->claimant == stay->who;
    default: return has(rest->outlets, stay->who);
    }
}

/* --- who there is ----------------------------------------------------------------------------- */

static const char *
id_of(const struct casus_dossier *dossier, const struct casus_stay *stay)
{
    return stay->kind == CASUS_STAY_SOURCE ? casus_dossier_source_at(dossier, stay->who)->id
                                           : casus_dossier_actor_at(dossier, stay->who)->id;
}

static int
by_kind_and_id(const void *left, const void *right, void *context)
{
    const struct casus_stay *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return strcmp(id_of(context, a), id_of(context, b));
}

/* By source or actor: the events that rest on it, and whether it counts without one. */
struct census {
    uint32_t *events[CASUS_STAY_COUNT];
    uint8_t *speaks[CASUS_STAY_COUNT];
};

static void
note(struct census *census, enum casus_stay_kind kind, uint32_t who, bool alone)
{
    if (who == CASUS_NONE)
        return;
    census->events[kind][who] += alone;
    census->speaks[kind][who] = 1;
}

static void
note_rest(struct census *census, const struct rest *rest, bool alone)
{
    note(census, CASUS_STAY_SOURCE, rest->source, alone);
    note(census, CASUS_STAY_CLAIMANT, rest->claimant, alone);
    note(census, CASUS_STAY_OUTLET, rest->outlets[0], alone);
    note(census, CASUS_STAY_OUTLET, rest->outlets[1], alone);
}

/* Whoever tells of losses moves weights by killed, though no event rests on it. */
static void
note_tellers(struct census *census, const struct finder *finder, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(finder->dossier, index);
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(finder->dossier, event->claims[i]);
        struct rest rest = rest_of_claim(finder->dossier, claim, index);
        if (claim->loss_count)
            note_rest(census, &rest, false);
    }
}

static uint32_t
count_of(const struct finder *finder, int kind)
{
    return kind == CASUS_STAY_SOURCE ? casus_dossier_source_count(finder->dossier)
                                     : casus_dossier_actor_count(finder->dossier);
}

static bool
list_stays(struct finder *finder, const struct census *census)
{
    struct casus_reliance *out = finder->out;
    for (int kind = 0; kind < CASUS_STAY_COUNT; kind++)
        for (uint32_t who = 0; who < count_of(finder, kind); who++) {
            if (!census->speaks[kind][who])
                continue;
            if (!cas_grow(&out->stays, &out->stay_room, (size_t)out->stay_count + 1,
                          sizeof *out->stays))
                return false;
            uint32_t events = census->events[kind][who];
            out->stays[out->stay_count++] =
                (struct casus_stay){.kind = (enum casus_stay_kind)kind,
                                    .who = who,
                                    .events = events,
                                    .everything = events == finder->worlds->event_count};
        }
    if (out->stay_count)
        qsort_r(out->stays, out->stay_count, sizeof *out->stays, by_kind_and_id,
                (void *)finder->dossier);
    return true;
}

static bool
find_stays(struct finder *finder)
{
    const struct cas_worlds *worlds = finder->worlds;
    struct census census = {{NULL}, {NULL}};
    bool made = true;
    for (int kind = 0; kind < CASUS_STAY_COUNT; kind++) {
        size_t room = (size_t)count_of(finder, kind) + 1;
        census.events[kind] = cas_zalloc(room, sizeof *census.events[kind]);
        census.speaks[kind] = cas_zalloc(room, 1);
        made = made && census.events[kind] && census.speaks[kind];
    }
    for (uint32_t i = 0; made && i < worlds->event_count; i++) {
        finder->rests[i] = rest_of(finder->dossier, worlds->events[i]);
        note_rest(&census, &finder->rests[i], true);
        if (worlds->basis->weight == CASUS_WEIGHT_KILLED)
            note_tellers(&census, finder, worlds->events[i]);
    }
    made = made && list_stays(finder, &census);
    for (int kind = 0; kind < CASUS_STAY_COUNT; kind++) {
        cas_free(census.events[kind]);
        cas_free(census.speaks[kind]);
    }
    return made;
}

/* --- a world without one ---------------------------------------------------------------------- */

/* Its claims, about whatever. NULL without memory. */
static uint8_t *
silence(const struct finder *finder, const struct casus_stay *stay)
{
    uint32_t count = casus_dossier_claim_count(finder->dossier);
    uint8_t *silent = cas_zalloc((size_t)count + 1, 1);
    for (uint32_t i = 0; silent && i < count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(finder->dossier, i);
        struct rest rest = rest_of_claim(finder->dossier, claim, claim->about[0]);
        silent[i] = rests_on(&rest, stay);
    }
    return silent;
}

static enum casus_status
weigh_killed(const struct finder *finder, const struct casus_stay *stay, double *out,
             struct casus_error *err)
{
    const struct cas_worlds *worlds = finder->worlds;
    struct casus_figure *killed = cas_zalloc((size_t)worlds->event_count + 1, sizeof *killed);
    uint8_t *silent = stay ? silence(finder, stay) : NULL;
    enum casus_status status = CASUS_OK;
    if (!killed || (stay && !silent))
        status = cas_fail_memory(err);
    if (status == CASUS_OK)
        status = cas_graph_killed(finder->dossier, worlds->basis->selection, silent, worlds->events,
                                  worlds->event_count, killed, err);
    for (uint32_t i = 0; i < worlds->event_count && status == CASUS_OK; i++) {
        int64_t best = killed[i].best, low = killed[i].low;
        out[i] = (double)(best >= 0 ? best : low >= 0 ? low : 0);
    }
    cas_free(killed);
    cas_free(silent);
    return status;
}

static enum casus_status
weigh(const struct finder *finder, struct casus_error *err)
{
    const struct casus_basis *basis = finder->worlds->basis;
    if (basis->weight == CASUS_WEIGHT_KILLED)
        return weigh_killed(finder, NULL, finder->weights, err);
    for (uint32_t i = 0; i < finder->worlds->event_count; i++) {
        bool graded;
        uint32_t event = finder->worlds->events[i];
        finder->weights[i] = basis->weight == CASUS_WEIGHT_EVIDENCE
                                 ? cas_event_evidence(basis->dossier, event, basis->verdicts,
                                                      basis->probabilities, &graded)
                                 : 1;
    }
    return CASUS_OK;
}

/* World 0 is the plain one, world i + 1 is without stay i. */
static enum casus_status
fill(const void *context, uint32_t index, struct cas_world *world, struct casus_error *err)
{
    const struct finder *finder = context;
    const struct cas_worlds *worlds = finder->worlds;
    const struct casus_stay *stay = index ? &finder->out->stays[index - 1] : NULL;
    for (uint32_t i = 0; i < worlds->event_count; i++)
        world->present[i] = !stay || !rests_on(&finder->rests[i], stay);
    if (stay && worlds->basis->weight == CASUS_WEIGHT_KILLED)
        return weigh_killed(finder, stay, world->weight, err);
    memcpy(world->weight, finder->weights, worlds->event_count * sizeof *world->weight);
    return CASUS_OK;
}

/* --- what it changes -------------------------------------------------------------------------- */

static int
by_rank(const void *left, const void *right)
{
    const struct casus_hanging *a = left, *b = right;
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->before != b->before)
        return a->before < b->before ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

/* The order in which worlds come shows in where ranks lie, not in what is read. */
static bool
compare(struct finder *finder, struct casus_stay *stay, const uint32_t *ranks)
{
    struct casus_reliance *out = finder->out;
    uint32_t n = finder->worlds->n;
    struct casus_hanging *hanging = NULL;
    size_t count = 0, room = 0;
    bool kept = true;
    for (size_t row = 0; row < (size_t)n * CASUS_MEASURE_COUNT && kept; row++) {
        uint32_t before = finder->plain[row], after = ranks[row];
        if (!before || before > out->first || (after && after <= before))
            continue;
        kept = cas_grow(&hanging, &room, count + 1, sizeof *hanging);
        if (kept)
            hanging[count++] = (struct casus_hanging){(uint32_t)(row % n),
                                                      (enum casus_measure)(row / n), before, after};
    }
    if (count)
        qsort(hanging, count, sizeof *hanging, by_rank);
    stay->rank_count = count < KEPT ? (uint32_t)count : KEPT;
    stay->ranks_left_out = (uint32_t)count - stay->rank_count;
    kept = kept && cas_grow(&out->ranks, &out->rank_room, out->rank_count + stay->rank_count,
                            sizeof *out->ranks);
    if (kept && count) {
        memcpy(out->ranks + out->rank_count, hanging, stay->rank_count * sizeof *hanging);
        stay->rank_begin = (uint32_t)out->rank_count;
        out->rank_count += stay->rank_count;
    }
    cas_free(hanging);
    return kept;
}

static bool
take_plain(void *taker, uint32_t index, const uint32_t *ranks)
{
    struct finder *finder = taker;
    size_t count = (size_t)finder->worlds->n * CASUS_MEASURE_COUNT;
    memcpy(finder->plain, ranks, count * sizeof *ranks);
    return true;
}

static bool
take_without(void *taker, uint32_t index, const uint32_t *ranks)
{
    struct finder *finder = taker;
    struct casus_stay *stay = index ? &finder->out->stays[index - 1] : NULL;
    return !stay || stay->everything || compare(finder, stay, ranks);
}

static enum casus_status
run(struct finder *finder, const struct casus_sampling *sampling, struct casus_error *err)
{
    struct cas_worlds_job job = {.worlds = finder->worlds,
                                 .count = 1,
                                 .workers = sampling->workers,
                                 .fill = fill,
                                 .context = finder,
                                 .take = take_plain,
                                 .taker = finder,
                                 .name = "sources",
                                 .progress = sampling->progress,
                                 .progress_context = sampling->context};
    enum casus_status status = cas_worlds_run(&job, err);
    job.take = take_without;
    job.count = finder->out->stay_count + 1;
    return status == CASUS_OK && finder->out->stay_count ? cas_worlds_run(&job, err) : status;
}

/* --- its life --------------------------------------------------------------------------------- */

static enum casus_status
find(struct finder *finder, const struct casus_sampling *sampling, struct casus_error *err)
{
    const struct cas_worlds *worlds = finder->worlds;
    size_t events = (size_t)worlds->event_count + 1;
    finder->rests = cas_zalloc(events, sizeof *finder->rests);
    finder->weights = cas_zalloc(events, sizeof *finder->weights);
    finder->plain = cas_zalloc((size_t)worlds->n * CASUS_MEASURE_COUNT + 1, sizeof *finder->plain);
    finder->out = cas_zalloc(1, sizeof *finder->out);
    if (!finder->rests || !finder->weights || !finder->plain || !finder->out || !find_stays(finder))
        return cas_fail_memory(err);
    finder->out->first = sampling->first ? sampling->first : 3;
    enum casus_status status = weigh(finder, err);
    return status == CASUS_OK ? run(finder, sampling, err) : status;
}

enum casus_status
casus_reliance_new(const struct casus_basis *basis, const struct casus_sampling *sampling,
                   struct casus_reliance **out, struct casus_error *err)
{
    static const struct casus_sampling standard;
    struct cas_worlds worlds;
    struct finder finder = {.worlds = &worlds, .dossier = basis->dossier};
    enum casus_status status = cas_worlds_init(&worlds, basis, err);
    if (status != CASUS_OK)
        return status;
    status = find(&finder, sampling ? sampling : &standard, err);
    if (status == CASUS_OK) {
        *out = finder.out;
        finder.out = NULL;
    }
    casus_reliance_free(finder.out);
    cas_free(finder.rests);
    cas_free(finder.weights);
    cas_free(finder.plain);
    cas_worlds_done(&worlds);
    return status;
}

void
casus_reliance_free(struct casus_reliance *reliance)
{
    if (!reliance)
        return;
    cas_free(reliance->stays);
    cas_free(reliance->ranks);
    cas_free(reliance);
}

uint32_t
casus_reliance_first(const struct casus_reliance *reliance)
{
    return reliance->first;
}

uint32_t
casus_reliance_count(const struct casus_reliance *reliance)
{
    return reliance->stay_count;
}

const struct casus_stay *
casus_reliance_at(const struct casus_reliance *reliance, uint32_t index)
{
    assert(index < reliance->stay_count);
    return &reliance->stays[index];
}

const struct casus_hanging *
casus_reliance_rank_at(const struct casus_reliance *reliance, uint32_t index)
{
    assert(index < reliance->rank_count);
    return &reliance->ranks[index];
}
