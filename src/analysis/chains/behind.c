/* Chains in order of where they end and begin; and who backs both sides of a fight. */
#include "analysis/chains/behind.h"

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"

static uint32_t
fighter_of(const struct casus_chain *chain)
{
    return chain->path[chain->length];
}

static int
compare_chains(const void *left, const void *right)
{
    const struct casus_chain *a, *b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    if (fighter_of(a) != fighter_of(b))
        return fighter_of(a) < fighter_of(b) ? -1 : 1;
    if (a->path[0] != b->path[0])
        return a->path[0] < b->path[0] ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    for (uint32_t i = 1; i < a->length; i++) {
        if (a->path[i] != b->path[i])
            return a->path[i] < b->path[i] ? -1 : 1;
    }
    return 0;
}

enum casus_status
cas_behind_init(struct cas_arena *arena, const struct cas_backing *backing,
                const struct cas_chain_paths *paths, struct cas_behind *out,
                struct casus_error *err)
{
    const struct casus_chain **chains = cas_arena_alloc(arena, paths->count * sizeof *chains);
    size_t *begin = cas_arena_alloc(arena, ((size_t)backing->n + 1) * sizeof *begin);
    if (!chains || !begin)
        return cas_fail_memory(err);
    memset(begin, 0, ((size_t)backing->n + 1) * sizeof *begin);
    for (uint32_t i = 0; i < paths->count; i++) {
        chains[i] = &paths->at[i];
        begin[fighter_of(chains[i]) + 1]++;
    }
    for (uint32_t v = 0; v < backing->n; v++)
        begin[v + 1] += begin[v];
    if (paths->count)
        qsort(chains, paths->count, sizeof *chains, compare_chains);
    *out = (struct cas_behind){backing, chains, begin};
    return CASUS_OK;
}

struct cas_group
cas_group_at(const struct cas_behind *behind, uint32_t fighter, size_t at)
{
    size_t end = at;
    while (end < behind->begin[fighter + 1] &&
           behind->chains[end]->path[0] == behind->chains[at]->path[0])
        end++;
    return (struct cas_group){at, end};
}

uint32_t
cas_group_backer(const struct cas_behind *behind, struct cas_group group)
{
    return behind->chains[group.begin]->path[0];
}

const struct casus_chain *
cas_group_avoiding(const struct cas_behind *behind, struct cas_group group, uint32_t a, uint32_t b)
{
    for (size_t i = group.begin; i < group.end; i++) {
        const struct casus_chain *chain = behind->chains[i];
        if (!cas_chain_passes(chain, a) && !cas_chain_passes(chain, b))
            return chain;
    }
    return NULL;
}

/* --- double dealers ----------------------------------------------------------------------- */

struct doubles {
    struct casus_double_dealer *at;
    size_t count, room;
};

static int
compare_doubles(const void *left, const void *right)
{
    const struct casus_double_dealer *a = left, *b = right;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    return (a->front.fight > b->front.fight) - (a->front.fight < b->front.fight);
}

static bool
add_double(struct doubles *list, const struct cas_behind *behind, uint32_t fight,
           struct cas_group one, struct cas_group other)
{
    const struct casus_fight *ends = &behind->backing->fights[fight];
    const struct casus_chain *a = cas_group_avoiding(behind, one, ends->b, ends->b);
    const struct casus_chain *b = cas_group_avoiding(behind, other, ends->a, ends->a);
    if (!a || !b)
        return true;
    if (!cas_grow(&list->at, &list->room, list->count + 1, sizeof *list->at))
        return false;
    list->at[list->count++] = (struct casus_double_dealer){cas_group_backer(behind, one),
                                                           a->length == 1 && b->length == 1,
                                                           {{ends->a, ends->b}, {*a, *b}, fight}};
    return true;
}

/* Both ends' chains stand in order of their backers: walk them side by side. */
static bool
add_doubles_of(struct doubles *list, const struct cas_behind *behind,
               const struct cas_narrow *narrow, uint32_t fight)
{
    const struct casus_fight *ends = &behind->backing->fights[fight];
    size_t i = behind->begin[ends->a], j = behind->begin[ends->b];
    while (i < behind->begin[ends->a + 1] && j < behind->begin[ends->b + 1]) {
        struct cas_group one = cas_group_at(behind, ends->a, i);
        struct cas_group other = cas_group_at(behind, ends->b, j);
        uint32_t a = cas_group_backer(behind, one), b = cas_group_backer(behind, other);
        bool wanted = a == b && (narrow->backer == CASUS_NONE || narrow->backer == a);
        if (wanted && !add_double(list, behind, fight, one, other))
            return false;
        i = a <= b ? one.end : i;
        j = b <= a ? other.end : j;
    }
    return true;
}

static bool
is_front_wanted(const struct casus_fight *fight, const struct cas_narrow *narrow)
{
    return narrow->fighter == CASUS_NONE || narrow->fighter == fight->a ||
           narrow->fighter == fight->b;
}

enum casus_status
cas_doubles_find(struct cas_arena *arena, const struct cas_behind *behind,
                 const struct cas_narrow *narrow, struct cas_double_list *out,
                 struct casus_error *err)
{
    const struct cas_backing *backing = behind->backing;
    struct doubles list = {0};
    bool found = true;
    for (uint32_t f = 0; f < backing->fight_count && found; f++) {
        if (is_front_wanted(&backing->fights[f], narrow))
            found = add_doubles_of(&list, behind, narrow, f);
    }
    if (found && list.count) {
        qsort(list.at, list.count, sizeof *list.at, compare_doubles);
        out->at = cas_arena_copy(arena, list.at, list.count, sizeof *list.at);
        found = out->at;
    }
    out->count = found ? (uint32_t)list.count : 0;
    cas_free(list.at);
    return found ? CASUS_OK : cas_fail_memory(err);
}
