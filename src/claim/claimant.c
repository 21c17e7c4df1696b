/* Who speaks as one. See claimant.h. */
#include "claim/claimant.h"

#include <string.h>

#include "claim/dossier.h"

enum { STEPS_MAX = 1000 };

bool
cas_pairs_allowed(size_t from_count, size_t to_count)
{
    size_t pairs;
    return from_count <= CAS_PAIRS_MAX && to_count <= CAS_PAIRS_MAX &&
           !__builtin_mul_overflow(from_count, to_count, &pairs) && pairs <= CAS_PAIRS_MAX;
}

static bool
speaks_for_parent(enum casus_kind kind)
{
    return kind == CASUS_KIND_OUTLET || kind == CASUS_KIND_UNIT || kind == CASUS_KIND_PERSON ||
           kind == CASUS_KIND_BASE;
}

uint32_t
cas_claimant(const struct casus_dossier *dossier, uint32_t actor, const struct casus_period *at)
{
    for (int step = 0; step < STEPS_MAX; step++) {
        uint32_t parent = casus_dossier_parent(dossier, actor, at);
        if (parent == CASUS_NONE ||
            !speaks_for_parent(casus_dossier_actor_at(dossier, actor)->kind))
            break;
        actor = parent;
    }
    return actor;
}

uint32_t
cas_topmost(const struct casus_dossier *dossier, uint32_t actor, const struct casus_period *at)
{
    for (int step = 0; step < STEPS_MAX; step++) {
        uint32_t parent = casus_dossier_parent(dossier, actor, at);
        if (parent == CASUS_NONE)
            break;
        actor = parent;
    }
    return actor;
}

enum likeness { ITSELF, ITS_CLAIMANT, ITS_TOPMOST, ITS_SIDE, LIKENESSES };

static bool
same_side(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool
is_like(const struct casus_dossier *dossier, uint32_t a, uint32_t b, enum likeness likeness,
        const struct casus_period *at)
{
    switch (likeness) {
    case ITSELF: return a == b;
    case ITS_CLAIMANT: return cas_claimant(dossier, a, at) == cas_claimant(dossier, b, at);
    case ITS_TOPMOST: return cas_topmost(dossier, a, at) == cas_topmost(dossier, b, at);
    default: return same_side(cas_dossier_side(dossier, a, at), cas_dossier_side(dossier, b, at));
    }
}

static bool
is_among(const struct casus_dossier *dossier, uint32_t actor, const uint32_t *parties,
         uint32_t count, enum likeness likeness, const struct casus_period *at)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_like(dossier, actor, parties[i], likeness, at))
            return true;
    return false;
}

enum cas_stand
cas_stand_of(const struct casus_dossier *dossier, const struct casus_event *event, uint32_t actor)
{
    bool both = false;
    for (int i = 0; i < LIKENESSES; i++) {
        bool from = is_among(dossier, actor, event->from, event->from_count, (enum likeness)i,
                             &event->date);
        bool to =
            is_among(dossier, actor, event->to, event->to_count, (enum likeness)i, &event->date);
        if (from != to)
            return from ? CAS_STANDS_FROM : CAS_STANDS_TO;
        both |= from;
    }
    return both ? CAS_STANDS_FROM : CAS_STANDS_NEITHER;
}
