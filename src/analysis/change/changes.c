/* Who comes and goes, which ties begin, end and turn, and who climbs. */
#include "analysis/change/changes.h"

#include "base/mem.h"
#include "base/sort.h"
#include "graph/windows.h"

bool
cas_changes_init(struct cas_changes *changes, const struct cas_registry *registry)
{
    *changes = (struct cas_changes){.registry = registry};
    cas_arena_init(&changes->arena);
    cas_intern_init(&changes->keys);
    uint32_t actors = cas_registry_count(registry);
    changes->ranks = cas_zalloc((size_t)actors + 1, sizeof *changes->ranks);
    changes->stands = cas_zalloc((size_t)actors + 1, sizeof *changes->stands);
    changes->solo = cas_zalloc((size_t)actors + 1, sizeof *changes->solo);
    changes->last_bloc = cas_zalloc((size_t)actors + 1, sizeof *changes->last_bloc);
    changes->failed = !changes->ranks || !changes->stands || !changes->solo || !changes->last_bloc;
    return !changes->failed;
}

void
cas_changes_done(struct cas_changes *changes)
{
    cas_intern_done(&changes->keys);
    cas_arena_done(&changes->arena);
    cas_free(changes->things);
    cas_free(changes->met);
    cas_free(changes->notes);
    cas_free(changes->activities);
    cas_free(changes->changes);
    cas_free(changes->blocs);
    cas_free(changes->numbers);
    cas_free(changes->ranks);
    cas_free(changes->stands);
    cas_free(changes->solo);
    cas_free(changes->last_bloc);
    cas_free(changes->of_keys);
    *changes = (struct cas_changes){0};
}

struct casus_change *
cas_changes_add(struct cas_changes *changes, enum casus_change_kind kind)
{
    changes->failed =
        changes->failed || !cas_grow(&changes->changes, &changes->change_room,
                                     (size_t)changes->change_count + 1, sizeof *changes->changes);
    if (changes->failed)
        return NULL;
    struct casus_change *change = &changes->changes[changes->change_count++];
    *change = (struct casus_change){.kind = kind, .window = changes->window};
    return change;
}

/* --- lists of events -------------------------------------------------------------------------- */

struct cas_list
cas_changes_keep(struct cas_changes *changes, const uint32_t *events, uint32_t count)
{
    uint32_t *kept = cas_arena_copy(&changes->arena, events, count, sizeof *events);
    changes->failed |= count && !kept;
    return (struct cas_list){kept, kept ? (uint32_t)cas_sort_once(kept, count) : 0};
}

/* A list as it may be told. */
static struct cas_list
in_order(struct cas_changes *changes, struct cas_list list)
{
    for (uint32_t i = 1; i < list.count; i++) {
        if (list.at[i - 1] >= list.at[i])
            return cas_changes_keep(changes, list.at, list.count);
    }
    return list;
}

/* --- things ----------------------------------------------------------------------------------- */

/* A new thing. NULL without memory. */
static struct cas_thing *
make_thing(struct cas_changes *changes, uint32_t kind, uint32_t a, uint32_t b)
{
    if (!cas_grow(&changes->things, &changes->thing_room, (size_t)changes->thing_count + 1,
                  sizeof *changes->things)) {
        changes->failed = true;
        return NULL;
    }
    struct cas_thing *thing = &changes->things[changes->thing_count++];
    *thing = (struct cas_thing){.kind = kind, .a = a, .b = b};
    return thing;
}

static struct cas_thing *
thing_of_actor(struct cas_changes *changes, uint32_t actor)
{
    if (changes->solo[actor])
        return &changes->things[changes->solo[actor] - 1];
    struct cas_thing *thing = make_thing(changes, CAS_THING_ACTOR, actor, CASUS_NONE);
    changes->solo[actor] = thing ? changes->thing_count : 0;
    return thing;
}

/* The thing of two actors, made where there was none. NULL without memory. */
static struct cas_thing *
thing_of(struct cas_changes *changes, uint32_t kind, uint32_t a, uint32_t b)
{
    const uint32_t key[3] = {kind, a < b ? a : b, a < b ? b : a};
    uint32_t known = changes->keys.count;
    uint32_t number = cas_intern_add(&changes->keys, (const char *)key, sizeof key);
    if (number == UINT32_MAX || !cas_grow(&changes->of_keys, &changes->key_room, (size_t)number + 1,
                                          sizeof *changes->of_keys)) {
        changes->failed = true;
        return NULL;
    }
    if (number < known)
        return &changes->things[changes->of_keys[number]];
    changes->of_keys[number] = changes->thing_count;
    return make_thing(changes, kind, key[1], key[2]);
}

/* It is there in the window at hand. False without memory. */
static bool
meet(struct cas_changes *changes, struct cas_thing *thing)
{
    if (!thing || changes->failed)
        return false;
    if (thing->met == changes->window + 1)
        return true;
    thing->met = changes->window + 1;
    thing->notes = 0;
    changes->failed = !cas_grow(&changes->met, &changes->met_room, (size_t)changes->met_count + 1,
                                sizeof *changes->met);
    if (!changes->failed)
        changes->met[changes->met_count++] = (uint32_t)(thing - changes->things);
    return !changes->failed;
}

/* One more event of a thing that was met; the same twice in a row is one. */
static void
note(struct cas_changes *changes, struct cas_thing *thing, uint32_t event)
{
    if (thing->notes && changes->notes[thing->notes - 1].event == event)
        return;
    if (!cas_grow(&changes->notes, &changes->note_room, (size_t)changes->note_count + 1,
                  sizeof *changes->notes)) {
        changes->failed = true;
        return;
    }
    changes->notes[changes->note_count] = (struct cas_note_of){event, thing->notes};
    thing->notes = ++changes->note_count;
}

static bool
note_parties(void *context, const struct cas_log_event *event)
{
    struct cas_changes *changes = context;
    const uint32_t *parties = event->parties;
    for (uint32_t i = 0; i < event->from_count + event->to_count; i++) {
        if (changes->stands[parties[i]] != changes->window + 1)
            continue;
        struct cas_thing *thing = thing_of_actor(changes, parties[i]);
        if (meet(changes, thing))
            note(changes, thing, event->number);
    }
    return !changes->failed;
}

static void
note_ties(struct cas_changes *changes, const struct casus_graph *graph)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (tie->relation == CASUS_CLAIM)
            continue;
        uint32_t a = changes->numbers[tie->from], b = changes->numbers[tie->to];
        uint32_t kind = tie->relation == CASUS_ATTACK ? CAS_THING_ATTACK : CAS_THING_SUPPORT;
        struct cas_thing *thing = thing_of(changes, kind, a, b);
        for (uint32_t j = 0; meet(changes, thing) && j < tie->events; j++)
            note(changes, thing, casus_graph_tie_event(graph, i, j));
        meet(changes, thing_of(changes, CAS_THING_DYAD, a, b));
    }
}

/* The events of the window at hand, as lists. */
static void
list_events(struct cas_changes *changes)
{
    for (uint32_t i = 0; i < changes->met_count && !changes->failed; i++) {
        struct cas_thing *thing = &changes->things[changes->met[i]];
        uint32_t count = 0;
        for (uint32_t at = thing->notes; at; at = changes->notes[at - 1].before)
            count++;
        uint32_t *events = cas_arena_alloc(&changes->arena, count * sizeof *events);
        changes->failed |= !events;
        thing->now = (struct cas_list){events, events ? count : 0};
        for (uint32_t at = thing->notes; events && at; at = changes->notes[at - 1].before)
            events[--count] = changes->notes[at - 1].event;
    }
}

/* --- beginnings and ends ---------------------------------------------------------------------- */

/* A dyad's turns are told apart from it. */
static void
add_of(struct cas_changes *changes, enum casus_change_kind kind, const struct cas_thing *thing,
       struct cas_list events)
{
    struct casus_change *change = cas_changes_add(changes, kind);
    if (!change)
        return;
    const uint32_t pair[2] = {thing->a, thing->b};
    change->actor_count = thing->b == CASUS_NONE ? 1 : 2;
    change->actors = cas_arena_copy(&changes->arena, pair, change->actor_count, sizeof *pair);
    struct cas_list told = in_order(changes, events);
    change->events = told.at;
    change->event_count = told.count;
    change->relation = thing->kind == CAS_THING_SUPPORT ? CASUS_SUPPORT : CASUS_ATTACK;
    changes->failed |= !change->actors;
}

static void
count_activity(struct cas_changes *changes, struct cas_thing *thing)
{
    if (thing->kind != CAS_THING_ACTOR)
        return;
    if (!cas_grow(&changes->activities, &changes->activity_room,
                  (size_t)changes->activity_count + 1, sizeof *changes->activities)) {
        changes->failed = true;
        return;
    }
    changes->activities[changes->activity_count] =
        (struct cas_activity){changes->window, thing->now.count, thing->activity};
    thing->activity = ++changes->activity_count;
}

static void
begin_or_go_on(struct cas_changes *changes, struct cas_thing *thing)
{
    if (!thing->first) {
        thing->first = changes->window + 1;
        thing->begin = thing->now;
        if (thing->kind != CAS_THING_DYAD && thing->first > changes->first_window)
            add_of(changes, thing->kind == CAS_THING_ACTOR ? CASUS_ENTRY : CASUS_TIE_BEGINS, thing,
                   thing->now);
    }
    thing->last = changes->window + 1;
    thing->end = thing->now;
    count_activity(changes, thing);
}

bool
cas_changes_end(struct cas_changes *changes)
{
    for (uint32_t i = 0; i < changes->thing_count && !changes->failed; i++) {
        const struct cas_thing *thing = &changes->things[i];
        if (thing->kind == CAS_THING_DYAD || !thing->last || thing->last >= changes->last_window)
            continue;
        changes->window = thing->last; /* the one after it */
        add_of(changes, thing->kind == CAS_THING_ACTOR ? CASUS_EXIT : CASUS_TIE_ENDS, thing,
               thing->end);
    }
    return !changes->failed;
}

/* --- turns ------------------------------------------------------------------------------------ */

static struct cas_list
events_now(struct cas_changes *changes, const struct cas_thing *dyad, uint32_t kind,
           struct cas_list *out_before)
{
    const uint32_t key[3] = {kind, dyad->a, dyad->b};
    uint32_t number = cas_intern_find(&changes->keys, (const char *)key, sizeof key);
    *out_before = (struct cas_list){0};
    if (number == UINT32_MAX)
        return (struct cas_list){0};
    const struct cas_thing *thing = &changes->things[changes->of_keys[number]];
    *out_before = thing->end;
    return thing->met == changes->window + 1 ? thing->now : (struct cas_list){0};
}

/* What is in one list and not in the other. */
static struct cas_list
leave_out(struct cas_changes *changes, struct cas_list list, struct cas_list other)
{
    uint32_t *left = cas_zalloc((size_t)list.count + 1, sizeof *left), count = 0, j = 0;
    if (!left) {
        changes->failed = true;
        return (struct cas_list){0};
    }
    for (uint32_t i = 0; i < list.count; i++) {
        while (j < other.count && other.at[j] < list.at[i])
            j++;
        if (j == other.count || other.at[j] != list.at[i])
            left[count++] = list.at[i];
    }
    struct cas_list kept = cas_changes_keep(changes, left, count);
    cas_free(left);
    return kept;
}

/* Before the things at hand are brought up to date: what was there is told by their ends. */
static void
turn(struct cas_changes *changes, struct cas_thing *dyad)
{
    struct cas_list before, unused;
    struct cas_list attacks = events_now(changes, dyad, CAS_THING_ATTACK, &unused);
    struct cas_list supports = events_now(changes, dyad, CAS_THING_SUPPORT, &before);
    if (attacks.count) {
        if (dyad->sign > 0)
            add_of(changes, CASUS_DEFECTION, dyad, attacks);
        dyad->sign = -1;
        return;
    }
    if (dyad->sign < 0) {
        struct cas_list fresh =
            leave_out(changes, in_order(changes, supports), in_order(changes, before));
        if (!fresh.count)
            return;
        add_of(changes, CASUS_ALLIANCE, dyad, fresh);
    }
    dyad->sign = 1;
}

/* --- ranks ------------------------------------------------------------------------------------ */

static void
climb(struct cas_changes *changes, uint32_t number, uint32_t before, uint32_t after)
{
    uint32_t at = changes->solo[number];
    if (!at || changes->things[at - 1].met != changes->window + 1)
        return;
    add_of(changes, CASUS_CLIMB, &changes->things[at - 1], changes->things[at - 1].now);
    if (changes->failed)
        return;
    changes->changes[changes->change_count - 1].before = before;
    changes->changes[changes->change_count - 1].after = after;
}

/* `ranks` holds those of the window before, where the actor stood in its graph. */
static void
compare_ranks(struct cas_changes *changes, const struct casus_graph *graph,
              const struct casus_scores *scores, const uint32_t *stood)
{
    for (uint32_t v = 0; v < casus_graph_actor_count(graph); v++) {
        uint32_t number = changes->numbers[v], before = changes->ranks[number];
        uint32_t after = scores ? casus_scores_rank(scores, CASUS_PAGERANK, v) : 0;
        bool stands = changes->window && stood[v] == changes->window;
        if (after && after <= CASUS_FIRST_RANKS && stands && before >= after + CASUS_FIRST_RANKS)
            climb(changes, number, before, after);
        changes->ranks[number] = after;
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

/* @param stood what `stands` held before, by actor of the graph */
static bool
take_actors(struct cas_changes *changes, const struct casus_graph *graph, uint32_t *stood)
{
    uint32_t count = casus_graph_actor_count(graph);
    if (!cas_grow(&changes->numbers, &changes->number_room, (size_t)count + 1,
                  sizeof *changes->numbers))
        return false;
    for (uint32_t v = 0; v < count; v++) {
        const char *id = casus_graph_actor_at(graph, v)->id;
        changes->numbers[v] = cas_registry_find_id(changes->registry, id, strlen(id));
        stood[v] = changes->stands[changes->numbers[v]];
        changes->stands[changes->numbers[v]] = changes->window + 1;
    }
    return true;
}

static void
compare(struct cas_changes *changes, const struct casus_graph *graph,
        const struct casus_scores *scores, const struct casus_balance *balance,
        const uint32_t *stood)
{
    for (uint32_t i = 0; i < changes->met_count; i++) {
        struct cas_thing *thing = &changes->things[changes->met[i]];
        if (thing->kind == CAS_THING_DYAD)
            turn(changes, thing);
    }
    for (uint32_t i = 0; i < changes->met_count; i++)
        begin_or_go_on(changes, &changes->things[changes->met[i]]);
    compare_ranks(changes, graph, scores, stood);
    if (balance && !changes->failed)
        changes->failed = !cas_changes_blocs(changes, graph, balance);
}

bool
cas_changes_take(struct cas_changes *changes, struct casus_windows *windows, uint32_t index,
                 const struct casus_graph *graph, const struct casus_scores *scores,
                 const struct casus_balance *balance)
{
    uint32_t *stood = cas_zalloc((size_t)casus_graph_actor_count(graph) + 1, sizeof *stood);
    changes->window = index;
    changes->met_count = changes->note_count = 0;
    changes->failed |= !stood || !take_actors(changes, graph, stood);
    if (!changes->failed) {
        cas_windows_each(windows, index, note_parties, changes);
        note_ties(changes, graph);
        list_events(changes);
    }
    if (!changes->failed && casus_windows_at(windows, index)->events) {
        changes->last_window = index + 1;
        if (!changes->first_window)
            changes->first_window = index + 1;
        compare(changes, graph, scores, balance, stood);
    }
    cas_free(stood);
    return !changes->failed;
}
