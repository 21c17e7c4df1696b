/* Fighters whose backers stand on opposed sides.
 *
 * A fight between actors of two camps opposes the camps; a fight within one camp opposes nothing.
 */
#include <stdlib.h>

#include "analysis/chains/behind.h"
#include "base/fault.h"

/* Two opposed camps, the lower first, and one event that says so; later all of them. */
struct feud {
    uint32_t a, b, event;
    const uint32_t *events;
    uint32_t event_count;
};

struct opposing {
    struct cas_arena *arena;
    const struct cas_behind *behind;
    const struct cas_camps *camps;
    const struct cas_narrow *narrow;
    struct feud *feuds;
    size_t feud_count, feud_room;
    struct casus_opposed *found;
    size_t count, room;
    uint64_t left_out;
};

static int
compare_feuds(const void *left, const void *right)
{
    const struct feud *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* --- which camps are opposed -------------------------------------------------------------- */

static bool
add_feuds(struct opposing *opposing, const struct casus_fight *fight)
{
    uint32_t a = opposing->camps->of[fight->a], b = opposing->camps->of[fight->b];
    if (a == b)
        return true;
    if (!cas_grow(&opposing->feuds, &opposing->feud_room, opposing->feud_count + fight->event_count,
                  sizeof *opposing->feuds))
        return false;
    for (uint32_t i = 0; i < fight->event_count; i++)
        opposing->feuds[opposing->feud_count++] =
            (struct feud){a < b ? a : b, a < b ? b : a, fight->events[i], NULL, 0};
    return true;
}

static bool
fold_feud(struct opposing *opposing, size_t begin, size_t end, struct feud *out)
{
    uint32_t *events = cas_arena_alloc(opposing->arena, (end - begin) * sizeof *events);
    for (size_t i = begin; events && i < end; i++)
        events[i - begin] = opposing->feuds[i].event;
    if (!events)
        return false;
    out->a = opposing->feuds[begin].a;
    out->b = opposing->feuds[begin].b;
    out->events = events;
    out->event_count =
        cas_events_unique(opposing->behind->backing, events, (uint32_t)(end - begin));
    return out->event_count != UINT32_MAX;
}

static bool
find_feuds(struct opposing *opposing)
{
    const struct cas_backing *backing = opposing->behind->backing;
    for (uint32_t f = 0; f < backing->fight_count; f++) {
        if (!add_feuds(opposing, &backing->fights[f]))
            return false;
    }
    if (opposing->feud_count >= UINT32_MAX)
        return false;
    if (opposing->feud_count)
        qsort(opposing->feuds, opposing->feud_count, sizeof *opposing->feuds, compare_feuds);
    size_t kept = 0;
    for (size_t begin = 0, end; begin < opposing->feud_count; begin = end) {
        end = begin;
        while (end < opposing->feud_count &&
               compare_feuds(&opposing->feuds[begin], &opposing->feuds[end]) == 0)
            end++;
        if (!fold_feud(opposing, begin, end, &opposing->feuds[kept++]))
            return false;
    }
    opposing->feud_count = kept;
    return true;
}

static const struct feud *
feud_of(const struct opposing *opposing, uint32_t a, uint32_t b)
{
    const struct feud key = {.a = a < b ? a : b, .b = a < b ? b : a};
    return opposing->feud_count ? bsearch(&key, opposing->feuds, opposing->feud_count,
                                          sizeof *opposing->feuds, compare_feuds)
                                : NULL;
}

/* --- whose backers they are --------------------------------------------------------------- */

static bool
add_opposed(struct opposing *opposing, uint32_t fighter, struct cas_group one,
            struct cas_group other)
{
    const struct cas_behind *behind = opposing->behind;
    const struct cas_camps *camps = opposing->camps;
    uint32_t a = cas_group_backer(behind, one), b = cas_group_backer(behind, other);
    uint32_t wanted = opposing->narrow->backer;
    const struct feud *feud = feud_of(opposing, camps->of[a], camps->of[b]);
    if (!feud || (wanted != CASUS_NONE && wanted != a && wanted != b))
        return true;
    const struct casus_chain *x = cas_group_avoiding(behind, one, b, b);
    const struct casus_chain *y = cas_group_avoiding(behind, other, a, a);
    if (!x || !y)
        return true;
    if (opposing->count >= opposing->narrow->most) {
        opposing->left_out++;
        return true;
    }
    if (!cas_grow(&opposing->found, &opposing->room, opposing->count + 1, sizeof *opposing->found))
        return false;
    opposing->found[opposing->count++] = (struct casus_opposed){
        fighter,  {a, b},       {camps->label[camps->of[a]], camps->label[camps->of[b]]},
        {*x, *y}, feud->events, feud->event_count};
    return true;
}

static bool
add_pairs_behind(struct opposing *opposing, uint32_t fighter)
{
    const struct cas_behind *behind = opposing->behind;
    size_t end = behind->begin[fighter + 1];
    struct cas_group one, other;
    for (size_t i = behind->begin[fighter]; i < end; i = one.end) {
        one = cas_group_at(behind, fighter, i);
        for (size_t j = one.end; j < end; j = other.end) {
            other = cas_group_at(behind, fighter, j);
            if (!add_opposed(opposing, fighter, one, other))
                return false;
        }
    }
    return true;
}

static bool
find_opposed(struct opposing *opposing)
{
    uint32_t wanted = opposing->narrow->fighter;
    if (!find_feuds(opposing))
        return false;
    for (uint32_t v = 0; v < opposing->behind->backing->n; v++) {
        if ((wanted == CASUS_NONE || wanted == v) && !add_pairs_behind(opposing, v))
            return false;
    }
    return true;
}

enum casus_status
cas_opposed_find(struct cas_arena *arena, const struct cas_behind *behind,
                 const struct cas_camps *camps, const struct cas_narrow *narrow,
                 struct cas_opposed_list *out, struct casus_error *err)
{
    struct opposing opposing = {.arena = arena, .behind = behind, .camps = camps, .narrow = narrow};
    bool found = find_opposed(&opposing);
    struct casus_opposed *list = NULL;
    if (found && opposing.count) {
        list = cas_arena_copy(arena, opposing.found, opposing.count, sizeof *list);
        found = list;
    }
    cas_free(opposing.feuds);
    cas_free(opposing.found);
    if (!found)
        return cas_fail_memory(err);
    *out = (struct cas_opposed_list){list, (uint32_t)opposing.count, opposing.left_out};
    return CASUS_OK;
}
