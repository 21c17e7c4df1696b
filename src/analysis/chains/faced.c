/* Backers that face each other through others: each fight is a front for every two that back one
 * side each; fronts of one pair of backers are folded into one answer. */
#include <stdlib.h>
#include <string.h>

#include "analysis/chains/behind.h"
#include "base/fault.h"

struct hit {
    uint32_t backers[2];
    struct casus_front front;
};

struct hits {
    const struct cas_behind *behind;
    const struct cas_narrow *narrow;
    struct hit *at;
    size_t count, room;
    uint64_t left_out;
};

static int
compare_hits(const void *left, const void *right)
{
    const struct hit *a = left, *b = right;
    for (int k = 0; k < 2; k++) {
        if (a->backers[k] != b->backers[k])
            return a->backers[k] < b->backers[k] ? -1 : 1;
    }
    for (int k = 0; k < 2; k++) {
        if (a->front.fighters[k] != b->front.fighters[k])
            return a->front.fighters[k] < b->front.fighters[k] ? -1 : 1;
    }
    return 0;
}

/* --- fronts ------------------------------------------------------------------------------- */

/* The lower backer stands first. */
static struct hit
make_hit(uint32_t fight, const struct casus_chain *a, const struct casus_chain *b)
{
    const struct casus_chain *first = a->path[0] < b->path[0] ? a : b;
    const struct casus_chain *second = first == a ? b : a;
    return (struct hit){
        {first->path[0], second->path[0]},
        {{first->path[first->length], second->path[second->length]}, {*first, *second}, fight}};
}

static bool
add_hit(struct hits *hits, uint32_t fight, struct cas_group one, struct cas_group other)
{
    const struct cas_behind *behind = hits->behind;
    const struct casus_fight *ends = &behind->backing->fights[fight];
    uint32_t a = cas_group_backer(behind, one), b = cas_group_backer(behind, other);
    uint32_t backer = hits->narrow->backer;
    if (a == b || (backer != CASUS_NONE && backer != a && backer != b))
        return true;
    const struct casus_chain *x = cas_group_avoiding(behind, one, ends->b, b);
    const struct casus_chain *y = x ? cas_group_avoiding(behind, other, ends->a, a) : NULL;
    if (!y)
        return true;
    if (hits->count >= hits->narrow->most) {
        hits->left_out++;
        return true;
    }
    if (!cas_grow(&hits->at, &hits->room, hits->count + 1, sizeof *hits->at))
        return false;
    hits->at[hits->count++] = make_hit(fight, x, y);
    return true;
}

static bool
add_hits_of_fight(struct hits *hits, uint32_t fight)
{
    const struct cas_behind *behind = hits->behind;
    const struct casus_fight *ends = &behind->backing->fights[fight];
    struct cas_group one, other;
    for (size_t i = behind->begin[ends->a]; i < behind->begin[ends->a + 1]; i = one.end) {
        one = cas_group_at(behind, ends->a, i);
        for (size_t j = behind->begin[ends->b]; j < behind->begin[ends->b + 1]; j = other.end) {
            other = cas_group_at(behind, ends->b, j);
            if (!add_hit(hits, fight, one, other))
                return false;
        }
    }
    return true;
}

static bool
add_hits(struct hits *hits)
{
    const struct cas_backing *backing = hits->behind->backing;
    uint32_t wanted = hits->narrow->fighter;
    for (uint32_t f = 0; f < backing->fight_count; f++) {
        const struct casus_fight *fight = &backing->fights[f];
        if (wanted != CASUS_NONE && wanted != fight->a && wanted != fight->b)
            continue;
        if (!add_hits_of_fight(hits, f))
            return false;
    }
    if (hits->count)
        qsort(hits->at, hits->count, sizeof *hits->at, compare_hits);
    return true;
}

/* --- folding ------------------------------------------------------------------------------ */

static int
compare_numbers(const void *left, const void *right)
{
    uint32_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

/* Sort and leave out what stands twice. @return how many are left */
static size_t
numbers_unique(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        if (!kept || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    }
    return kept;
}

static bool
fold_through(struct cas_arena *arena, struct casus_faced *faced, int side)
{
    uint32_t *through = cas_arena_alloc(arena, faced->front_count * sizeof *through);
    for (uint32_t i = 0; through && i < faced->front_count; i++)
        through[i] = faced->fronts[i].fighters[side];
    if (!through)
        return false;
    faced->through_count[side] = (uint32_t)numbers_unique(through, faced->front_count);
    faced->through[side] = through;
    return true;
}

static bool
fold_events(struct cas_arena *arena, const struct cas_backing *backing, struct casus_faced *faced)
{
    size_t all = 0;
    for (uint32_t i = 0; i < faced->front_count; i++)
        all += backing->fights[faced->fronts[i].fight].event_count;
    uint32_t *events = all < UINT32_MAX ? cas_arena_alloc(arena, all * sizeof *events) : NULL;
    if (!events)
        return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < faced->front_count; i++) {
        const struct casus_fight *fight = &backing->fights[faced->fronts[i].fight];
        memcpy(events + count, fight->events, fight->event_count * sizeof *events);
        count += fight->event_count;
    }
    faced->event_count = cas_events_unique(backing, events, count);
    faced->events = events;
    return faced->event_count != UINT32_MAX;
}

static bool
fold_pair(struct cas_arena *arena, const struct hits *hits, size_t begin, size_t end,
          struct casus_faced *out)
{
    struct casus_front *fronts = cas_arena_alloc(arena, (end - begin) * sizeof *fronts);
    for (size_t i = begin; fronts && i < end; i++)
        fronts[i - begin] = hits->at[i].front;
    *out = (struct casus_faced){.fronts = fronts, .front_count = (uint32_t)(end - begin)};
    memcpy(out->backers, hits->at[begin].backers, sizeof out->backers);
    return fronts && fold_through(arena, out, 0) && fold_through(arena, out, 1) &&
           fold_events(arena, hits->behind->backing, out);
}

static size_t
end_of_backers(const struct hits *hits, size_t begin)
{
    size_t end = begin;
    while (end < hits->count && memcmp(hits->at[end].backers, hits->at[begin].backers,
                                       sizeof hits->at[end].backers) == 0)
        end++;
    return end;
}

static bool
fold_hits(struct cas_arena *arena, const struct hits *hits, struct cas_faced_list *out)
{
    uint32_t pairs = 0;
    for (size_t at = 0; at < hits->count; at = end_of_backers(hits, at))
        pairs++;
    struct casus_faced *faced = cas_arena_alloc(arena, (size_t)pairs * sizeof *faced);
    if (!faced)
        return false;
    uint32_t at = 0;
    for (size_t begin = 0, end; begin < hits->count; begin = end) {
        end = end_of_backers(hits, begin);
        if (!fold_pair(arena, hits, begin, end, &faced[at++]))
            return false;
    }
    *out = (struct cas_faced_list){faced, pairs, hits->left_out};
    return true;
}

enum casus_status
cas_faced_find(struct cas_arena *arena, const struct cas_behind *behind,
               const struct cas_narrow *narrow, struct cas_faced_list *out, struct casus_error *err)
{
    struct hits hits = {.behind = behind, .narrow = narrow};
    bool found = add_hits(&hits) && fold_hits(arena, &hits, out);
    cas_free(hits.at);
    return found ? CASUS_OK : cas_fail_memory(err);
}
