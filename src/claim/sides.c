/* Which side an actor is on. The rules stand in sides.h.
 *
 * A family is a topmost ancestor with all below it that bear no explicit side. What it supports is
 * boiled down to one explicit side and one other family (or several of either), so that the side
 * of a family is found by following single pointers, each walked once.
 */
#include "claim/sides.h"

#include "base/fault.h"
#include "base/mem.h"
#include "claim/claimant.h"
#include "claim/dossier.h"

enum { NOBODY = UINT32_MAX, SEVERAL = UINT32_MAX - 1, UNRESOLVED = UINT32_MAX - 2 };

struct supported {
    uint32_t label, family; /* NOBODY, SEVERAL, or a side's number */
};

static bool
pair_add(struct cas_intern *set, uint32_t a, uint32_t b)
{
    uint32_t pair[2] = {a < b ? a : b, a < b ? b : a};
    return cas_intern_add(set, (const char *)pair, sizeof pair) != UINT32_MAX;
}

static bool
pair_is_in(const struct cas_intern *set, uint32_t a, uint32_t b)
{
    uint32_t pair[2] = {a < b ? a : b, a < b ? b : a};
    return cas_intern_find(set, (const char *)pair, sizeof pair) != UINT32_MAX;
}

static bool
intern_labels(struct cas_sides *sides)
{
    for (uint32_t i = 0; i < sides->actor_count; i++) {
        const char *side = casus_dossier_actor_at(sides->dossier, i)->side;
        if (side && cas_intern_add(&sides->labels, side, strlen(side)) == UINT32_MAX)
            return false;
    }
    return true;
}

/* An explicit side, else the family. */
static uint32_t
explicit_or_family(const struct cas_sides *sides, uint32_t actor, const struct casus_period *at)
{
    const char *side = cas_dossier_side(sides->dossier, actor, at);
    if (side)
        return sides->actor_count + cas_intern_find(&sides->labels, side, strlen(side));
    return cas_topmost(sides->dossier, actor, at);
}

static void
note_one(uint32_t *slot, uint32_t side)
{
    if (*slot == NOBODY)
        *slot = side;
    else if (*slot != side)
        *slot = SEVERAL;
}

static void
note_support(const struct cas_sides *sides, struct supported *supported, uint32_t giver,
             uint32_t taker)
{
    if (giver >= sides->actor_count || giver == taker)
        return;
    if (taker >= sides->actor_count)
        note_one(&supported[giver].label, taker);
    else
        note_one(&supported[giver].family, taker);
}

static bool
take_support(struct cas_sides *sides, struct supported *supported, const struct casus_event *event)
{
    const struct casus_dossier *dossier = sides->dossier;
    for (uint32_t i = 0; i < event->from_count; i++) {
        uint32_t giver = explicit_or_family(sides, event->from[i], &event->date);
        uint32_t top = cas_topmost(dossier, event->from[i], &event->date);
        for (uint32_t j = 0; j < event->to_count; j++) {
            uint32_t taker = explicit_or_family(sides, event->to[j], &event->date);
            note_support(sides, supported, giver, taker);
            if (!event->directed)
                note_support(sides, supported, taker, giver);
            if (!pair_add(&sides->backings, top, cas_topmost(dossier, event->to[j], &event->date)))
                return false;
        }
    }
    return true;
}

/* What a family's side is taken from: an explicit side, another family, or itself. */
static uint32_t
pointer_of(const struct supported *supported, uint32_t family)
{
    if (supported[family].label == SEVERAL)
        return family;
    if (supported[family].label != NOBODY)
        return supported[family].label;
    return supported[family].family < SEVERAL ? supported[family].family : family;
}

/* The member of a circle whose id comes first: the same whatever the order of rows. */
static uint32_t
first_of_circle(const struct cas_sides *sides, const struct supported *supported, uint32_t start)
{
    uint32_t first = start;
    for (uint32_t at = pointer_of(supported, start); at != start; at = pointer_of(supported, at)) {
        if (strcmp(casus_dossier_actor_at(sides->dossier, at)->id,
                   casus_dossier_actor_at(sides->dossier, first)->id) < 0)
            first = at;
    }
    return first;
}

/* Follow the pointers from a family to what is resolved, an explicit side, itself, or a circle;
 * then write the answer along the way. `way` marks this walk. */
static void
resolve(struct cas_sides *sides, const struct supported *supported, uint32_t family, uint32_t *way)
{
    uint32_t at = family, side;
    while (at < sides->actor_count && sides->family_side[at] == UNRESOLVED &&
           way[at] != family + 1) {
        way[at] = family + 1;
        at = pointer_of(supported, at);
    }
    if (at >= sides->actor_count)
        side = at;
    else if (sides->family_side[at] != UNRESOLVED)
        side = sides->family_side[at];
    else
        side = first_of_circle(sides, supported, at);
    for (at = family; at < sides->actor_count && sides->family_side[at] == UNRESOLVED;
         at = pointer_of(supported, at))
        sides->family_side[at] = side;
}

static bool
resolve_all(struct cas_sides *sides, const struct supported *supported)
{
    uint32_t *way = cas_zalloc(sides->actor_count, sizeof *way);
    if (!way)
        return false;
    for (uint32_t i = 0; i < sides->actor_count; i++)
        sides->family_side[i] = UNRESOLVED;
    for (uint32_t i = 0; i < sides->actor_count; i++)
        resolve(sides, supported, i, way);
    cas_free(way);
    return true;
}

static bool
find_families(struct cas_sides *sides)
{
    struct supported *supported = cas_alloc(sides->actor_count * sizeof *supported);
    bool done = supported;
    for (uint32_t i = 0; done && i < sides->actor_count; i++)
        supported[i] = (struct supported){NOBODY, NOBODY};
    for (uint32_t i = 0; done && i < casus_dossier_event_count(sides->dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(sides->dossier, i);
        if (event->relation == CASUS_SUPPORT)
            done = take_support(sides, supported, event);
    }
    done = done && resolve_all(sides, supported);
    cas_free(supported);
    return done;
}

static bool
take_attack(struct cas_sides *sides, const struct casus_event *event)
{
    for (uint32_t i = 0; i < event->from_count; i++) {
        uint32_t from = cas_sides_of(sides, event->from[i], &event->date);
        for (uint32_t j = 0; j < event->to_count; j++) {
            uint32_t to = cas_sides_of(sides, event->to[j], &event->date);
            if (from != to && !pair_add(&sides->opposed, from, to))
                return false;
        }
    }
    return true;
}

static bool
find_opposed(struct cas_sides *sides)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(sides->dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(sides->dossier, i);
        if (event->relation == CASUS_ATTACK && !take_attack(sides, event))
            return false;
    }
    return true;
}

static enum casus_status
refuse_crowds(const struct casus_dossier *dossier, struct casus_error *err)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, i);
        if (!cas_pairs_allowed(event->from_count, event->to_count))
            return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY,
                            "event '%.80s' relates %u to %u parties; at most %u pairs are taken",
                            event->id, event->from_count, event->to_count, CAS_PAIRS_MAX);
    }
    return CASUS_OK;
}

enum casus_status
cas_sides_init(struct cas_sides *sides, const struct casus_dossier *dossier,
               struct casus_error *err)
{
    *sides =
        (struct cas_sides){.dossier = dossier, .actor_count = casus_dossier_actor_count(dossier)};
    cas_intern_init(&sides->labels);
    cas_intern_init(&sides->opposed);
    cas_intern_init(&sides->backings);
    enum casus_status status = refuse_crowds(dossier, err);
    if (status != CASUS_OK)
        return status;
    sides->family_side = cas_zalloc(sides->actor_count, sizeof *sides->family_side);
    if (!sides->family_side || !intern_labels(sides) || !find_families(sides) ||
        !find_opposed(sides)) {
        cas_sides_done(sides);
        return cas_fail_memory(err);
    }
    return CASUS_OK;
}

void
cas_sides_done(struct cas_sides *sides)
{
    cas_intern_done(&sides->labels);
    cas_intern_done(&sides->opposed);
    cas_intern_done(&sides->backings);
    cas_free(sides->family_side);
    sides->family_side = NULL;
}

uint32_t
cas_sides_of(const struct cas_sides *sides, uint32_t actor, const struct casus_period *at)
{
    uint32_t side = explicit_or_family(sides, actor, at);
    return side < sides->actor_count ? sides->family_side[side] : side;
}

bool
cas_sides_opposed(const struct cas_sides *sides, uint32_t a, uint32_t b)
{
    return a != b && pair_is_in(&sides->opposed, a, b);
}

bool
cas_sides_backing(const struct cas_sides *sides, uint32_t a, uint32_t b)
{
    return pair_is_in(&sides->backings, a, b);
}
