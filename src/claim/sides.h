/* Which side an actor is on, which sides are opposed, who supports whom.
 *
 * Rules
 * - A side is explicit: the actor's own, else its nearest ancestor's at that date.
 * - Without one, an actor stands with its topmost ancestor, and this one with what it and its
 *   parts support anywhere in the dossier: if all of that which has an explicit side has the same,
 *   that side; if none of it has one and it is all of one family, the side of that family. Who
 *   supports several, or nobody, is a side of its own. Those who support each other in a circle,
 *   and nobody else, are one side.
 * - Two different sides are opposed where an attack of the dossier joins an actor of one with an
 *   actor of the other, in either direction.
 * - Support ties are between families: what a part gives or gets, its topmost ancestor does.
 *
 * Ties have no date here: who ever fought or backed whom. Parents are those at the event's date.
 */
#ifndef CAS_SIDES_H
#define CAS_SIDES_H

#include <casus/dossier.h>

#include "base/text.h"

struct cas_sides {
    const struct casus_dossier *dossier;
    struct cas_intern labels;   /* explicit sides */
    struct cas_intern opposed;  /* pairs of sides, the smaller number first */
    struct cas_intern backings; /* pairs of topmost ancestors, the smaller number first */
    uint32_t *family_side;      /* by topmost ancestor: its side where no explicit one holds */
    uint32_t actor_count;
};

/* A side's number: below actor_count a family's own, else an explicit one. */

/* @return CASUS_OK, CASUS_EINPUT (CAS-171: too many parties), CASUS_ENOMEM */
enum casus_status cas_sides_init(struct cas_sides *sides, const struct casus_dossier *dossier,
                                 struct casus_error *err);
void cas_sides_done(struct cas_sides *sides);
uint32_t cas_sides_of(const struct cas_sides *sides, uint32_t actor, const struct casus_period *at);
bool cas_sides_opposed(const struct cas_sides *sides, uint32_t a, uint32_t b);
/* True where a support tie joins two topmost ancestors, in either direction. */
bool cas_sides_backing(const struct cas_sides *sides, uint32_t a, uint32_t b);

#endif
