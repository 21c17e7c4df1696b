/* Windows measured one after the other.
 *
 * Invariant: of a window only its slice stays, and what changes.h keeps of who was there; graph,
 * scores and balance are gone before the next is built, unless that holds the same events. Actors are numbers of the registry until
 * finish(), then places in `actors`, which are in order of id.
 */
#include <casus/timeline.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/change/changes.h"
#include "analysis/change/shifts.h"
#include "analysis/change/slice.h"
#include "base/fault.h"
#include "graph/windows.h"

#define SECONDS 10.0
enum { MOST = 2000, PERMUTATIONS = 999 };

struct casus_timeline {
    struct casus_windows *windows;
    struct casus_slice *slices;
    struct casus_timeline_actor *actors;
    uint32_t *things; /* by actor: its thing */
    struct cas_changes changes;
    struct cas_shifts shifts;
    const char *untested;
    uint32_t count, actor_count;
};

const char *
casus_change_name(enum casus_change_kind kind)
{
    static const char *const names[CASUS_CHANGE_COUNT] = {"entry",    "exit",      "tie-begins",
                                                          "tie-ends", "defection", "alliance",
                                                          "split",    "merger",    "climb"};
    return names[kind];
}

const char *
casus_series_name(enum casus_series series)
{
    static const char *const names[CASUS_SERIES_COUNT] = {"activity", "balance", "degree"};
    return names[series];
}

/* --- one window ------------------------------------------------------------------------------- */

/* What is measured, and with what. */
struct work {
    struct casus_timeline *timeline;
    const struct casus_timing *timing;
    struct casus_balancing balancing;
    struct casus_scores *scores[CASUS_RELATION_COUNT]; /* contact, attack, support */
    struct casus_balance *balance;
    struct casus_graph *graph;
};

static enum casus_status
score(struct work *work, struct casus_error *err)
{
    const struct casus_timing *timing = work->timing;
    struct casus_scoring scorings[CASUS_RELATION_COUNT] = {{0}};
    if (timing->no_scores)
        return CASUS_OK;
    for (int i = 0; i < CASUS_RELATION_COUNT && timing->scoring; i++)
        scorings[i] = *timing->scoring;
    scorings[1].relations = CASUS_BIT(CASUS_ATTACK);
    scorings[2].relations = CASUS_BIT(CASUS_SUPPORT);
    return casus_scores_new_all(work->graph, scorings,
                                timing->by_relation ? CASUS_RELATION_COUNT : 1, 0, work->scores,
                                err);
}

static void
take_first(struct work *work, struct casus_slice *slice)
{
    const struct cas_changes *changes = &work->timeline->changes;
    uint32_t taken = 0;
    for (int i = 0; i < CASUS_FIRST_RANKS; i++)
        slice->first[i] = CASUS_NONE;
    for (uint32_t rank = 1; work->scores[0] && rank <= CASUS_FIRST_RANKS; rank++) {
        for (uint32_t v = 0; v < casus_graph_actor_count(work->graph); v++) {
            if (taken < CASUS_FIRST_RANKS && casus_graph_actor_at(work->graph, v)->events &&
                casus_scores_rank(work->scores[0], CASUS_PAGERANK, v) == rank)
                slice->first[taken++] = changes->numbers[v];
        }
    }
}

static void
undefine(struct casus_balance_facts *facts)
{
    static const char why[] = "no event";
    *facts = (struct casus_balance_facts){.strict = NAN,
                                          .weak = NAN,
                                          .walk = NAN,
                                          .strict_undefined = why,
                                          .walk_undefined = why,
                                          .frustration = {NAN, NAN, NAN, false, NULL, why},
                                          .score = {NAN, NAN},
                                          .disagreement = {NAN, NAN, NAN, false, NULL, why},
                                          .agreement = NAN,
                                          .least_agreement = NAN};
}

static enum casus_status
measure(struct work *work, uint32_t index, struct casus_error *err)
{
    struct casus_slice *slice = &work->timeline->slices[index];
    const struct casus_scoring *scoring = work->timing->scoring;
    slice->window = *casus_windows_at(work->timeline->windows, index);
    enum casus_status status =
        cas_slice_measure(work->graph, scoring ? scoring->relations : 0, slice, err);
    undefine(&slice->balance);
    if (status != CASUS_OK || !slice->actors)
        return status;
    status = score(work, err);
    if (status == CASUS_OK)
        status = casus_balance_new(work->graph, &work->balancing, &work->balance, err);
    if (status == CASUS_OK)
        slice->balance = *casus_balance_facts(work->balance);
    return status;
}

static enum casus_status
show(struct work *work, uint32_t index, struct casus_error *err)
{
    const struct casus_timing *timing = work->timing;
    const struct casus_moment moment = {.index = index,
                                        .slice = &work->timeline->slices[index],
                                        .graph = work->graph,
                                        .contact = work->scores[0],
                                        .attack = work->scores[1],
                                        .support = work->scores[2],
                                        .balance = work->balance};
    return timing->visit ? timing->visit(timing->context, &moment, err) : CASUS_OK;
}

static void
forget_window(struct work *work)
{
    for (int i = 0; i < CASUS_RELATION_COUNT; i++) {
        casus_scores_free(work->scores[i]);
        work->scores[i] = NULL;
    }
    casus_balance_free(work->balance);
    casus_graph_free(work->graph);
    work->balance = NULL;
    work->graph = NULL;
}

/* The graph of a window, and all its numbers; those of the one before where it is the same. */
static enum casus_status
look_at(struct work *work, uint32_t index, struct casus_error *err)
{
    struct casus_timeline *timeline = work->timeline;
    if (cas_windows_alike(timeline->windows, index)) {
        timeline->slices[index] = timeline->slices[index - 1];
        timeline->slices[index].window = *casus_windows_at(timeline->windows, index);
        return CASUS_OK;
    }
    forget_window(work);
    enum casus_status status = casus_windows_graph(timeline->windows, index, &work->graph, err);
    return status == CASUS_OK ? measure(work, index, err) : status;
}

static enum casus_status
take_window(struct work *work, uint32_t index, struct casus_error *err)
{
    struct casus_timeline *timeline = work->timeline;
    enum casus_status status = look_at(work, index, err);
    if (status == CASUS_OK && !cas_changes_take(&timeline->changes, timeline->windows, index,
                                                work->graph, work->scores[0], work->balance))
        status = cas_fail_memory(err);
    if (status == CASUS_OK) {
        take_first(work, &timeline->slices[index]);
        status = show(work, index, err);
    }
    return status;
}

/* --- from numbers to places in order of id ---------------------------------------------------- */

struct named {
    const char *id;
    uint32_t thing;
};

static int
by_id(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    return strcmp(a->id, b->id);
}

static void
fill_actor(struct casus_timeline *timeline, uint32_t index, const struct named *named)
{
    const struct cas_thing *thing = &timeline->changes.things[named->thing];
    const struct casus_actor *actor = cas_registry_at(timeline->changes.registry, thing->a);
    struct casus_timeline_actor *out = &timeline->actors[index];
    *out = (struct casus_timeline_actor){
        .id = actor->id, .name = actor->name, .first = thing->first - 1, .last = thing->last - 1};
    for (uint32_t at = thing->activity; at; at = timeline->changes.activities[at - 1].before)
        out->events += timeline->changes.activities[at - 1].events;
    timeline->things[index] = named->thing;
}

/* Fill the actors; place[number] gets where each stands. */
static bool
order_actors(struct casus_timeline *timeline, uint32_t *place)
{
    const struct cas_changes *changes = &timeline->changes;
    uint32_t count = 0, things = changes->thing_count;
    struct named *named = cas_zalloc((size_t)things + 1, sizeof *named);
    for (uint32_t i = 0; named && i < things; i++) {
        if (changes->things[i].kind == CAS_THING_ACTOR && changes->things[i].first)
            named[count++] =
                (struct named){cas_registry_at(changes->registry, changes->things[i].a)->id, i};
    }
    timeline->actors = cas_zalloc((size_t)count + 1, sizeof *timeline->actors);
    timeline->things = cas_zalloc((size_t)count + 1, sizeof *timeline->things);
    bool ready = named && timeline->actors && timeline->things;
    if (ready)
        qsort(named, count, sizeof *named, by_id);
    for (uint32_t i = 0; ready && i < count; i++) {
        fill_actor(timeline, i, &named[i]);
        place[changes->things[named[i].thing].a] = i;
    }
    timeline->actor_count = count;
    cas_free(named);
    return ready;
}

/* An actor without an event of its own (one that only claims) has no place. */
static void
place_change(struct casus_change *change, const uint32_t *place)
{
    uint32_t *actors = (uint32_t *)change->actors;
    for (uint32_t i = 0; i < change->actor_count; i++)
        actors[i] = place[actors[i]];
    for (uint32_t i = 1; i < change->actor_count; i++) {
        for (uint32_t j = i;
             j > 0 && (change->parts ? change->parts[j - 1] == change->parts[j] : true) &&
             actors[j - 1] > actors[j];
             j--) {
            uint32_t swap = actors[j];
            actors[j] = actors[j - 1];
            actors[j - 1] = swap;
        }
    }
}

static int
by_window(const void *left, const void *right)
{
    const struct casus_change *a = left, *b = right;
    if (a->window != b->window)
        return a->window < b->window ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    for (uint32_t i = 0; i < a->actor_count && i < b->actor_count; i++) {
        if (a->actors[i] != b->actors[i])
            return a->actors[i] < b->actors[i] ? -1 : 1;
    }
    if (a->actor_count != b->actor_count)
        return a->actor_count < b->actor_count ? -1 : 1;
    return (a->relation > b->relation) - (a->relation < b->relation);
}

static bool
finish(struct casus_timeline *timeline)
{
    struct cas_changes *changes = &timeline->changes;
    uint32_t actors = cas_registry_count(changes->registry);
    uint32_t *place = cas_zalloc((size_t)actors + 1, sizeof *place);
    bool ready = place && cas_changes_end(changes) && order_actors(timeline, place);
    for (uint32_t i = 0; ready && i < changes->change_count; i++)
        place_change(&changes->changes[i], place);
    if (ready && changes->change_count)
        qsort(changes->changes, changes->change_count, sizeof *changes->changes, by_window);
    for (uint32_t i = 0; ready && i < timeline->count; i++) {
        for (int j = 0; j < CASUS_FIRST_RANKS; j++) {
            uint32_t *first = &timeline->slices[i].first[j];
            *first = *first == CASUS_NONE ? CASUS_NONE : place[*first];
        }
    }
    cas_free(place);
    return ready;
}

/* --- change points ---------------------------------------------------------------------------- */

static double
number_of(const struct casus_slice *slice, enum casus_series series)
{
    switch (series) {
    case CASUS_ACTIVITY: return slice->window.events;
    case CASUS_BALANCE_SERIES: return slice->balance.strict;
    default: return slice->degree;
    }
}

static bool
test_series(struct casus_timeline *timeline)
{
    double *numbers = cas_zalloc((size_t)timeline->count + 1, sizeof *numbers);
    bool tested = numbers;
    for (int series = 0; tested && series < CASUS_SERIES_COUNT; series++) {
        for (uint32_t i = 0; i < timeline->count; i++)
            numbers[i] = number_of(&timeline->slices[i], (enum casus_series)series);
        tested =
            cas_shifts_find(&timeline->shifts, (enum casus_series)series, numbers, timeline->count);
    }
    cas_free(numbers);
    return tested && cas_shifts_correct(&timeline->shifts);
}

static bool
find_shifts(struct casus_timeline *timeline)
{
    if (casus_windows_overlap(timeline->windows))
        timeline->untested = "windows that overlap share events: no test is made on them";
    else if (timeline->count < CAS_SHIFT_LEAST)
        timeline->untested = "a change point needs six windows";
    return timeline->untested || test_series(timeline);
}

/* --- its life --------------------------------------------------------------------------------- */

static struct work
work_of(struct casus_timeline *timeline, const struct casus_timing *timing)
{
    struct work work = {.timeline = timeline, .timing = timing, .balancing = timing->balancing};
    struct casus_balancing *balancing = &work.balancing;
    balancing->seconds = balancing->seconds > 0 ? balancing->seconds : SECONDS;
    balancing->most = balancing->most ? balancing->most : MOST;
    balancing->seed = timing->seed;
    balancing->no_communities = true; /* a timeline tells nothing of them */
    return work;
}

static enum casus_status
fill(struct casus_timeline *timeline, const struct casus_timing *timing, struct casus_error *err)
{
    struct work work = work_of(timeline, timing);
    enum casus_status status = CASUS_OK;
    for (uint32_t i = 0; i < timeline->count && status == CASUS_OK; i++) {
        status = take_window(&work, i, err);
        if (timing->progress)
            timing->progress(timing->progress_context, "windows", i + 1, timeline->count);
    }
    forget_window(&work);
    if (status == CASUS_OK && (!finish(timeline) || !find_shifts(timeline)))
        status = cas_fail_memory(err);
    return status;
}

enum casus_status
casus_timeline_new(struct casus_windows *windows, const struct casus_timing *timing,
                   struct casus_timeline **out, struct casus_error *err)
{
    static const struct casus_timing usual;
    struct casus_timeline *timeline = cas_zalloc(1, sizeof *timeline);
    if (!timeline)
        return cas_fail_memory(err);
    timing = timing ? timing : &usual;
    timeline->windows = windows;
    timeline->count = casus_windows_count(windows);
    timeline->shifts.permutations = timing->permutations ? timing->permutations : PERMUTATIONS;
    timeline->shifts.seed = timing->seed ? timing->seed : 1;
    timeline->slices = cas_zalloc((size_t)timeline->count + 1, sizeof *timeline->slices);
    bool ready =
        cas_changes_init(&timeline->changes, cas_windows_registry(windows)) && timeline->slices;
    enum casus_status status = ready ? fill(timeline, timing, err) : cas_fail_memory(err);
    if (status != CASUS_OK) {
        casus_timeline_free(timeline);
        return status;
    }
    *out = timeline;
    return CASUS_OK;
}

void
casus_timeline_free(struct casus_timeline *timeline)
{
    if (!timeline)
        return;
    cas_changes_done(&timeline->changes);
    cas_free(timeline->shifts.tests);
    cas_free(timeline->slices);
    cas_free(timeline->actors);
    cas_free(timeline->things);
    cas_free(timeline);
}

/* --- reading ---------------------------------------------------------------------------------- */

const struct casus_windows *
casus_timeline_windows(const struct casus_timeline *timeline)
{
    return timeline->windows;
}

const struct casus_slice *
casus_timeline_slice_at(const struct casus_timeline *timeline, uint32_t window)
{
    return &timeline->slices[window];
}

uint32_t
casus_timeline_actor_count(const struct casus_timeline *timeline)
{
    return timeline->actor_count;
}

const struct casus_timeline_actor *
casus_timeline_actor_at(const struct casus_timeline *timeline, uint32_t actor)
{
    return &timeline->actors[actor];
}

void
casus_timeline_activity(const struct casus_timeline *timeline, uint32_t actor, double *out)
{
    const struct cas_changes *changes = &timeline->changes;
    for (uint32_t i = 0; i < timeline->count; i++)
        out[i] = 0;
    for (uint32_t at = changes->things[timeline->things[actor]].activity; at;
         at = changes->activities[at - 1].before)
        out[changes->activities[at - 1].window] = changes->activities[at - 1].events;
}

uint32_t
casus_timeline_change_count(const struct casus_timeline *timeline)
{
    return timeline->changes.change_count;
}

const struct casus_change *
casus_timeline_change_at(const struct casus_timeline *timeline, uint32_t index)
{
    return &timeline->changes.changes[index];
}

uint32_t
casus_timeline_shift_count(const struct casus_timeline *timeline)
{
    return timeline->shifts.count;
}

const struct casus_shift *
casus_timeline_shift_at(const struct casus_timeline *timeline, uint32_t index)
{
    return &timeline->shifts.tests[index];
}

const char *
casus_timeline_untested(const struct casus_timeline *timeline)
{
    return timeline->untested;
}

uint32_t
casus_timeline_permutations(const struct casus_timeline *timeline)
{
    return timeline->shifts.permutations;
}

uint64_t
casus_timeline_seed(const struct casus_timeline *timeline)
{
    return timeline->shifts.seed;
}
