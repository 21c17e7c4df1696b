/* What moved between two inputs: ties and ranks, and the whole of it. */
#include "analysis/change/diff.h"

#include <stdlib.h>

#include "base/fault.h"

const char *
casus_move_name(enum casus_move move)
{
    static const char *const names[CASUS_MOVE_COUNT] = {"added", "removed", "changed"};
    return names[move];
}

const char *
casus_field_name(enum casus_field field)
{
    static const char *const names[CASUS_FIELD_COUNT] = {
        "type",   "relation", "directed", "date", "place", "from", "to",     "source", "losses",
        "claims", "note",     "x-",       "name", "kind",  "side", "parent", "aliases"};
    return names[field];
}

/* --- lists of ids ----------------------------------------------------------------------------- */

void
cas_diff_say(struct casus_diff *diff, struct cas_ids *ids, const char *id)
{
    diff->failed =
        diff->failed || !cas_grow(&ids->at, &ids->room, (size_t)ids->count + 1, sizeof *ids->at);
    if (!diff->failed)
        ids->at[ids->count++] = id;
}

static int
by_text(const void *left, const void *right)
{
    const char *a, *b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return strcmp(a, b);
}

const char *const *
cas_diff_keep(struct casus_diff *diff, struct cas_ids *ids, uint32_t *out_count)
{
    uint32_t kept = 0;
    if (ids->count)
        qsort(ids->at, ids->count, sizeof *ids->at, by_text);
    for (uint32_t i = 0; i < ids->count; i++) {
        if (!kept || strcmp(ids->at[kept - 1], ids->at[i]) != 0)
            ids->at[kept++] = ids->at[i];
    }
    const char *const *copy = cas_arena_copy(&diff->arena, ids->at, kept, sizeof *ids->at);
    diff->failed |= kept && !copy;
    *out_count = copy ? kept : 0;
    ids->count = 0;
    return copy;
}

/* --- ties ------------------------------------------------------------------------------------- */

enum { OLD, NEW };

static const char *
actor_id(const struct casus_diff *diff, int side, uint32_t actor)
{
    return casus_graph_actor_at(diff->side[side].graph, actor)->id;
}

static int
compare_ties(const struct casus_diff *diff, const struct casus_tie *old,
             const struct casus_tie *new)
{
    int order = strcmp(actor_id(diff, OLD, old->from), actor_id(diff, NEW, new->from));
    if (!order)
        order = strcmp(actor_id(diff, OLD, old->to), actor_id(diff, NEW, new->to));
    if (!order)
        order = (old->relation > new->relation) - (old->relation < new->relation);
    return order ? order : (int)old->directed - (int)new->directed;
}

/* The events of a tie, by id. */
static void
list_events(struct casus_diff *diff, int side, uint32_t tie, struct cas_ids *out)
{
    const struct casus_diff_side *at = &diff->side[side];
    out->count = 0;
    for (uint32_t i = 0; i < casus_graph_tie_at(at->graph, tie)->events; i++) {
        uint32_t event = casus_graph_tie_event(at->graph, tie, i);
        if (event != CASUS_NONE)
            cas_diff_say(diff, out, casus_dossier_event_at(at->dossier, event)->id);
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, by_text);
}

static bool
is_altered(const struct casus_diff *diff, const char *id)
{
    uint32_t low = 0, high = diff->event_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(diff->events[middle].id, id);
        if (!order)
            return diff->events[middle].move == CASUS_CHANGED;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Events of a claim's tie stand there once a claim, so that lists are compared one by one. */
static void
part_events(struct casus_diff *diff, struct cas_ids lists[2], struct casus_diff_tie *out)
{
    struct cas_ids added = {0}, removed = {0}, altered = {0};
    uint32_t i = 0, j = 0;
    while (i < lists[OLD].count || j < lists[NEW].count) {
        int order = i == lists[OLD].count   ? 1
                    : j == lists[NEW].count ? -1
                                            : strcmp(lists[OLD].at[i], lists[NEW].at[j]);
        if (order < 0)
            cas_diff_say(diff, &removed, lists[OLD].at[i]);
        else if (order > 0)
            cas_diff_say(diff, &added, lists[NEW].at[j]);
        else if (is_altered(diff, lists[OLD].at[i]))
            cas_diff_say(diff, &altered, lists[OLD].at[i]);
        i += order <= 0;
        j += order >= 0;
    }
    out->added = cas_diff_keep(diff, &added, &out->added_count);
    out->removed = cas_diff_keep(diff, &removed, &out->removed_count);
    out->altered = cas_diff_keep(diff, &altered, &out->altered_count);
    cas_free(added.at);
    cas_free(removed.at);
    cas_free(altered.at);
}

/* CASUS_NONE: no such tie on that side. */
static void
tell_tie(struct casus_diff *diff, uint32_t old, uint32_t new, struct cas_ids lists[2])
{
    uint32_t ties[2] = {old, new};
    int known = old == CASUS_NONE ? NEW : OLD;
    const struct casus_tie *like = casus_graph_tie_at(diff->side[known].graph, ties[known]);
    struct casus_diff_tie out = {.move = old == CASUS_NONE   ? CASUS_ADDED
                                         : new == CASUS_NONE ? CASUS_REMOVED
                                                             : CASUS_CHANGED,
                                 .from = actor_id(diff, known, like->from),
                                 .to = actor_id(diff, known, like->to),
                                 .relation = like->relation,
                                 .directed = like->directed};
    lists[OLD].count = lists[NEW].count = 0;
    for (int side = OLD; side <= NEW; side++) {
        if (ties[side] == CASUS_NONE)
            continue;
        const struct casus_tie *tie = casus_graph_tie_at(diff->side[side].graph, ties[side]);
        out.events[side] = tie->events;
        out.weight[side] = tie->weight;
        list_events(diff, side, ties[side], &lists[side]);
    }
    part_events(diff, lists, &out);
    bool moved = out.move != CASUS_CHANGED || out.events[OLD] != out.events[NEW] ||
                 out.weight[OLD] < out.weight[NEW] || out.weight[OLD] > out.weight[NEW] ||
                 out.added_count || out.removed_count;
    if (!moved)
        return;
    diff->failed = diff->failed || !cas_grow(&diff->ties, &diff->tie_room,
                                             (size_t)diff->tie_count + 1, sizeof *diff->ties);
    if (!diff->failed)
        diff->ties[diff->tie_count++] = out;
}

void
cas_diff_ties(struct casus_diff *diff)
{
    const struct casus_graph *old = diff->side[OLD].graph, *new = diff->side[NEW].graph;
    uint32_t i = 0, j = 0;
    struct cas_ids lists[2] = {{0}};
    while (!diff->failed && (i < casus_graph_tie_count(old) || j < casus_graph_tie_count(new))) {
        int order =
            i == casus_graph_tie_count(old) ? 1
            : j == casus_graph_tie_count(new)
                ? -1
                : compare_ties(diff, casus_graph_tie_at(old, i), casus_graph_tie_at(new, j));
        tell_tie(diff, order <= 0 ? i : CASUS_NONE, order >= 0 ? j : CASUS_NONE, lists);
        i += order <= 0;
        j += order >= 0;
    }
    cas_free(lists[OLD].at);
    cas_free(lists[NEW].at);
}

/* --- ranks ------------------------------------------------------------------------------------ */

static uint32_t
rank_of(const struct casus_diff_side *side, uint32_t actor, enum casus_measure measure)
{
    return actor == CASUS_NONE ? 0 : casus_scores_rank(side->scores, measure, actor);
}

static void
say_all(struct casus_diff *diff, struct cas_ids *ids, const char *const *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_diff_say(diff, ids, events[i]);
}

/* Events on ties of attack and support of its own that moved. */
static const char *const *
events_of(struct casus_diff *diff, const char *id, uint32_t *out_count)
{
    struct cas_ids ids = {0};
    for (uint32_t i = 0; i < diff->tie_count; i++) {
        const struct casus_diff_tie *tie = &diff->ties[i];
        if (tie->relation == CASUS_CLAIM ||
            (strcmp(tie->from, id) != 0 && strcmp(tie->to, id) != 0))
            continue;
        say_all(diff, &ids, tie->added, tie->added_count);
        say_all(diff, &ids, tie->removed, tie->removed_count);
        say_all(diff, &ids, tie->altered, tie->altered_count);
    }
    const char *const *events = cas_diff_keep(diff, &ids, out_count);
    cas_free(ids.at);
    return events;
}

/* Actors that stand in one of the graphs or in both, by id. */
struct pair {
    const char *id;
    uint32_t actor[2];
    const char *const *events;
    uint32_t event_count;
    bool listed;
};

static uint32_t
pair_actors(const struct casus_diff *diff, struct pair *out)
{
    const struct casus_graph *old = diff->side[OLD].graph, *new = diff->side[NEW].graph;
    uint32_t i = 0, j = 0, count = 0;
    while (i < casus_graph_actor_count(old) || j < casus_graph_actor_count(new)) {
        int order = i == casus_graph_actor_count(old) ? 1
                    : j == casus_graph_actor_count(new)
                        ? -1
                        : strcmp(actor_id(diff, OLD, i), actor_id(diff, NEW, j));
        out[count++] =
            (struct pair){.id = order <= 0 ? actor_id(diff, OLD, i) : actor_id(diff, NEW, j),
                          .actor = {order <= 0 ? i : CASUS_NONE, order >= 0 ? j : CASUS_NONE}};
        i += order <= 0;
        j += order >= 0;
    }
    return count;
}

static void
tell_rank(struct casus_diff *diff, struct pair *pair, enum casus_measure measure)
{
    uint32_t old = rank_of(&diff->side[OLD], pair->actor[OLD], measure);
    uint32_t new = rank_of(&diff->side[NEW], pair->actor[NEW], measure);
    if (old == new)
        return;
    if (!pair->listed)
        pair->events = events_of(diff, pair->id, &pair->event_count);
    pair->listed = true;
    diff->failed = diff->failed || !cas_grow(&diff->ranks, &diff->rank_room,
                                             (size_t)diff->rank_count + 1, sizeof *diff->ranks);
    if (!diff->failed)
        diff->ranks[diff->rank_count++] =
            (struct casus_diff_rank){.move = !old   ? CASUS_ADDED
                                             : !new ? CASUS_REMOVED
                                                    : CASUS_CHANGED,
                                     .id = pair->id,
                                     .measure = measure,
                                     .rank = {old, new},
                                     .events = pair->events,
                                     .event_count = pair->event_count};
}

void
cas_diff_ranks(struct casus_diff *diff)
{
    size_t most = (size_t)casus_graph_actor_count(diff->side[OLD].graph) +
                  casus_graph_actor_count(diff->side[NEW].graph);
    struct pair *pairs = cas_zalloc(most + 1, sizeof *pairs);
    uint32_t count = pairs ? pair_actors(diff, pairs) : 0;
    diff->failed |= !pairs;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        for (uint32_t i = 0; i < count; i++)
            tell_rank(diff, &pairs[i], (enum casus_measure)m);
    }
    cas_free(pairs);
}

/* --- its life --------------------------------------------------------------------------------- */

enum casus_status
casus_diff_new(const struct casus_diff_side *old, const struct casus_diff_side *new,
               struct casus_diff **out, struct casus_error *err)
{
    struct casus_diff *diff = cas_zalloc(1, sizeof *diff);
    if (!diff)
        return cas_fail_memory(err);
    cas_arena_init(&diff->arena);
    diff->side[OLD] = *old;
    diff->side[NEW] = *new;
    cas_diff_items(diff);
    if (!diff->failed)
        cas_diff_unions(diff);
    if (!diff->failed)
        cas_diff_ties(diff);
    if (!diff->failed)
        cas_diff_ranks(diff);
    if (diff->failed) {
        casus_diff_free(diff);
        return cas_fail_memory(err);
    }
    *out = diff;
    return CASUS_OK;
}

void
casus_diff_free(struct casus_diff *diff)
{
    if (!diff)
        return;
    cas_arena_done(&diff->arena);
    cas_free(diff->events);
    cas_free(diff->actors);
    cas_free(diff->unions);
    cas_free(diff->ties);
    cas_free(diff->ranks);
    cas_free(diff);
}

/* --- reading ---------------------------------------------------------------------------------- */

uint32_t
casus_diff_event_count(const struct casus_diff *diff)
{
    return diff->event_count;
}

const struct casus_diff_item *
casus_diff_event_at(const struct casus_diff *diff, uint32_t index)
{
    return &diff->events[index];
}

uint32_t
casus_diff_actor_count(const struct casus_diff *diff)
{
    return diff->actor_count;
}

const struct casus_diff_item *
casus_diff_actor_at(const struct casus_diff *diff, uint32_t index)
{
    return &diff->actors[index];
}

uint32_t
casus_diff_union_count(const struct casus_diff *diff)
{
    return diff->union_count;
}

const struct casus_diff_union *
casus_diff_union_at(const struct casus_diff *diff, uint32_t index)
{
    return &diff->unions[index];
}

uint32_t
casus_diff_tie_count(const struct casus_diff *diff)
{
    return diff->tie_count;
}

const struct casus_diff_tie *
casus_diff_tie_at(const struct casus_diff *diff, uint32_t index)
{
    return &diff->ties[index];
}

uint32_t
casus_diff_rank_count(const struct casus_diff *diff)
{
    return diff->rank_count;
}

const struct casus_diff_rank *
casus_diff_rank_at(const struct casus_diff *diff, uint32_t index)
{
    return &diff->ranks[index];
}
