/* Blocs that split and merge, from one window with blocs to the next.
 *
 * A partition of least disagreement may put two that nothing joins into one bloc or not, as it
 * comes: each bloc is first cut into what friendly ties hold together, which disagrees with no tie
 * more. Then each part follows, and is followed by, the one with most actors in common.
 */
#include "analysis/change/changes.h"
#include "analysis/joined.h"

#include "base/mem.h"

/* An actor with a bloc in both windows. */
struct shared {
    uint32_t actor, old, new;
};

struct meeting {
    uint32_t old, new, count;
};

struct comparison {
    struct cas_changes *changes;
    const struct casus_graph *graph;
    struct cas_membership *now;   /* by the actor's id */
    struct shared *shared;        /* in order of old, then new */
    struct meeting *meetings;     /* in order of old, then new */
    uint32_t *follows, *followed; /* by new: its best old; by old: its best new */
    uint32_t *old_size, *new_size;
    uint32_t now_count, shared_count, meeting_count, olds, news;
};

/* --- blocs ------------------------------------------------------------------------------------ */

/* Who is in which bloc now: numbered from 0 in order of first actors by id. */
static bool
find_blocs(struct comparison *c, const struct casus_balance *balance)
{
    uint32_t n = casus_graph_actor_count(c->graph);
    uint32_t *up = cas_zalloc((size_t)n + 1, sizeof *up);
    uint32_t *label = cas_zalloc((size_t)n + 1, sizeof *label);
    c->now = cas_zalloc((size_t)n + 1, sizeof *c->now);
    bool ready = up && label && c->now;
    for (uint32_t v = 0; ready && v < n; v++)
        up[v] = v;
    for (uint32_t i = 0; ready && i < casus_balance_tie_count(balance); i++) {
        const struct casus_signed_tie *tie = casus_balance_tie_at(balance, i);
        uint32_t bloc = casus_balance_bloc(balance, tie->a);
        if (tie->sign > 0 && bloc && bloc == casus_balance_bloc(balance, tie->b))
            cas_joined_join(up, tie->a, tie->b);
    }
    for (uint32_t v = 0; ready && v < n; v++) {
        if (!casus_balance_bloc(balance, v))
            continue;
        uint32_t root = cas_joined_first(up, v); /* the first actor of its bloc: labelled before */
        if (root == v)
            label[v] = c->news++;
        c->now[c->now_count++] = (struct cas_membership){c->changes->numbers[v], label[root]};
    }
    cas_free(up);
    cas_free(label);
    return ready;
}

/* --- who follows whom ------------------------------------------------------------------------- */

/* One stable pass of a counting sort, by old bloc or by new. `begin` is zeroed, one for each. */
static void
sort_by(const struct shared *shared, uint32_t count, bool by_old, uint32_t *begin, uint32_t blocs,
        struct shared *out)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        begin[by_old ? shared[i].old : shared[i].new]++;
    for (uint32_t bloc = 0; bloc < blocs; bloc++) {
        uint32_t here = begin[bloc];
        begin[bloc] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++)
        out[begin[by_old ? shared[i].old : shared[i].new]++] = shared[i];
}

/* In order of old, then new, then of the actor's id. */
static bool
sort_shared(struct comparison *c)
{
    struct shared *spare = cas_alloc(((size_t)c->shared_count + 1) * sizeof *spare);
    uint32_t *begin = cas_zalloc((size_t)c->olds + c->news + 1, sizeof *begin);
    bool ready = spare && begin;
    if (ready) {
        sort_by(c->shared, c->shared_count, false, begin, c->news, spare);
        sort_by(spare, c->shared_count, true, begin + c->news, c->olds, c->shared);
    }
    cas_free(spare);
    cas_free(begin);
    return ready;
}

/* `last` is all zero before and after. */
static bool
find_shared(struct comparison *c)
{
    const struct cas_changes *changes = c->changes;
    uint32_t *last = changes->last_bloc;
    for (uint32_t i = 0; i < changes->bloc_count; i++)
        last[changes->blocs[i].actor] = changes->blocs[i].bloc + 1;
    for (uint32_t i = 0; i < c->now_count; i++) {
        uint32_t actor = c->now[i].actor;
        if (last[actor])
            c->shared[c->shared_count++] = (struct shared){actor, last[actor] - 1, c->now[i].bloc};
    }
    for (uint32_t i = 0; i < changes->bloc_count; i++)
        last[changes->blocs[i].actor] = 0;
    return sort_shared(c);
}

static void
find_meetings(struct comparison *c)
{
    for (uint32_t i = 0; i < c->shared_count; i++) {
        const struct shared *one = &c->shared[i];
        struct meeting *last = c->meeting_count ? &c->meetings[c->meeting_count - 1] : NULL;
        if (last && last->old == one->old && last->new == one->new)
            last->count++;
        else
            c->meetings[c->meeting_count++] = (struct meeting){one->old, one->new, 1};
    }
}

/* Of those that meet `mine`, the one with most in common; of equals the smaller, then the first. */
static void
choose(uint32_t *best, uint32_t *most, uint32_t mine, uint32_t other, uint32_t count,
       const uint32_t *size)
{
    if (count > most[mine] || (count == most[mine] && size[other] < size[best[mine]])) {
        most[mine] = count;
        best[mine] = other;
    }
}

static bool
find_followers(struct comparison *c)
{
    uint32_t *most_old = cas_zalloc((size_t)c->olds + 1, sizeof *most_old);
    uint32_t *most_new = cas_zalloc((size_t)c->news + 1, sizeof *most_new);
    bool ready = most_old && most_new;
    for (uint32_t i = 0; ready && i < c->changes->bloc_count; i++)
        c->old_size[c->changes->blocs[i].bloc]++;
    for (uint32_t i = 0; ready && i < c->now_count; i++)
        c->new_size[c->now[i].bloc]++;
    for (uint32_t i = 0; ready && i < c->meeting_count; i++) {
        const struct meeting *meeting = &c->meetings[i];
        choose(c->followed, most_old, meeting->old, meeting->new, meeting->count, c->new_size);
        choose(c->follows, most_new, meeting->new, meeting->old, meeting->count, c->old_size);
    }
    cas_free(most_old);
    cas_free(most_new);
    return ready;
}

/* --- what is told of it ----------------------------------------------------------------------- */

static uint32_t
part_of(const struct casus_change *change, uint32_t number)
{
    for (uint32_t i = 0; i < change->actor_count; i++) {
        if (change->actors[i] == number)
            return change->parts[i];
    }
    return CASUS_NONE;
}

/* Events of attack and support between the parts, in the window at hand. */
static void
take_events(struct comparison *c, struct casus_change *change)
{
    uint32_t *events = NULL, count = 0;
    size_t room = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(c->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(c->graph, i);
        uint32_t a = part_of(change, c->changes->numbers[tie->from]);
        uint32_t b = part_of(change, c->changes->numbers[tie->to]);
        if (tie->relation == CASUS_CLAIM || a == CASUS_NONE || b == CASUS_NONE || a == b)
            continue;
        if (!cas_grow(&events, &room, (size_t)count + tie->events, sizeof *events)) {
            c->changes->failed = true;
            break;
        }
        for (uint32_t j = 0; j < tie->events; j++)
            events[count++] = casus_graph_tie_event(c->graph, i, j);
    }
    struct cas_list kept = cas_changes_keep(c->changes, events, count);
    change->events = kept.at;
    change->event_count = kept.count;
    cas_free(events);
}

/* The actors of `bloc` that stand in blocs which it is the best of; parts in order of bloc. */
static void
tell(struct comparison *c, bool split, uint32_t bloc)
{
    struct cas_changes *changes = c->changes;
    uint32_t *actors = cas_arena_alloc(&changes->arena, c->shared_count * sizeof *actors);
    uint32_t *parts = cas_arena_alloc(&changes->arena, c->shared_count * sizeof *parts);
    struct casus_change *change = cas_changes_add(changes, split ? CASUS_SPLIT : CASUS_MERGER);
    if (!actors || !parts || !change) {
        changes->failed = true;
        return;
    }
    uint32_t count = 0, part = 0, last = CASUS_NONE;
    for (uint32_t i = 0; i < c->shared_count; i++) {
        const struct shared *one = &c->shared[i];
        uint32_t mine = split ? one->old : one->new, other = split ? one->new : one->old;
        if (mine != bloc || (split ? c->follows[other] : c->followed[other]) != bloc)
            continue;
        part += last != CASUS_NONE && last != other;
        last = other;
        actors[count] = one->actor;
        parts[count++] = part;
    }
    change->actors = actors;
    change->parts = parts;
    change->actor_count = count;
    take_events(c, change);
}

/* By bloc: how many follow it best (or are best followed by it), and how many actors they are. */
static void
count_followers(const struct comparison *c, bool split, uint32_t *parts, uint32_t *actors)
{
    for (uint32_t i = 0; i < c->meeting_count; i++) {
        const struct meeting *meeting = &c->meetings[i];
        uint32_t mine = split ? meeting->old : meeting->new;
        uint32_t best = split ? c->follows[meeting->new] : c->followed[meeting->old];
        if (mine != best)
            continue;
        parts[mine]++;
        actors[mine] += meeting->count;
    }
}

static void
tell_all(struct comparison *c, bool split)
{
    uint32_t blocs = split ? c->olds : c->news;
    uint32_t *parts = cas_zalloc((size_t)blocs + 1, 2 * sizeof *parts);
    if (!parts) {
        c->changes->failed = true;
        return;
    }
    uint32_t *actors = parts + blocs;
    count_followers(c, split, parts, actors);
    for (uint32_t bloc = 0; bloc < blocs && !c->changes->failed; bloc++) {
        if (parts[bloc] >= 2 && actors[bloc] >= 3)
            tell(c, split, bloc);
    }
    cas_free(parts);
}

/* --- all of it -------------------------------------------------------------------------------- */

static bool
alloc_lists(struct comparison *c)
{
    size_t most = (size_t)c->now_count + 1;
    for (uint32_t i = 0; i < c->changes->bloc_count; i++)
        c->olds = c->changes->blocs[i].bloc + 1 > c->olds ? c->changes->blocs[i].bloc + 1 : c->olds;
    c->shared = cas_zalloc(most, sizeof *c->shared);
    c->meetings = cas_zalloc(most, sizeof *c->meetings);
    c->follows = cas_zalloc((size_t)c->news + 1, sizeof *c->follows);
    c->new_size = cas_zalloc((size_t)c->news + 1, sizeof *c->new_size);
    c->followed = cas_zalloc((size_t)c->olds + 1, sizeof *c->followed);
    c->old_size = cas_zalloc((size_t)c->olds + 1, sizeof *c->old_size);
    return c->shared && c->meetings && c->follows && c->followed && c->old_size && c->new_size;
}

static void
comparison_done(struct comparison *c)
{
    cas_free(c->shared);
    cas_free(c->meetings);
    cas_free(c->follows);
    cas_free(c->followed);
    cas_free(c->old_size);
    cas_free(c->new_size);
}

bool
cas_changes_blocs(struct cas_changes *changes, const struct casus_graph *graph,
                  const struct casus_balance *balance)
{
    struct comparison c = {.changes = changes, .graph = graph};
    bool ready = find_blocs(&c, balance);
    if (!ready || !c.now_count) {
        cas_free(c.now);
        return ready;
    }
    ready = alloc_lists(&c);
    ready = ready && find_shared(&c);
    if (ready)
        find_meetings(&c);
    ready = ready && find_followers(&c);
    if (ready) {
        tell_all(&c, true);
        tell_all(&c, false);
    }
    comparison_done(&c);
    cas_free(changes->blocs);
    changes->blocs = c.now;
    changes->bloc_count = c.now_count;
    return ready && !changes->failed;
}
