/* Who speaks as one, and who stands with whom by birth.
 *
 * A claimant is an actor with its outlets, units, persons and bases: a walk up the parents while
 * the actor is one of these. So an army's spokesman speaks for the army, but a militia within a
 * state for itself. Parents are those at the period given.
 */
#ifndef CAS_CLAIMANT_H
#define CAS_CLAIMANT_H

#include <casus/dossier.h>

/* An event's sides, multiplied, are at most that many pairs; more are refused (CAS-171). */
#define CAS_PAIRS_MAX 1000000u
bool cas_pairs_allowed(size_t from_count, size_t to_count);

uint32_t cas_claimant(const struct casus_dossier *dossier, uint32_t actor,
                      const struct casus_period *at);
/* The topmost ancestor-or-self; the walk ends after 1,000 steps. */
uint32_t cas_topmost(const struct casus_dossier *dossier, uint32_t actor,
                     const struct casus_period *at);

/* Whether `actor` stands on either side of an event, and on which. */
enum cas_stand { CAS_STANDS_NEITHER, CAS_STANDS_FROM, CAS_STANDS_TO };
/* Tried in this order, the first that tells the sides apart decides: it is a party; its claimant
 * is a party's; its topmost ancestor is a party's; its explicit side (its own or its nearest
 * ancestor's) is a party's. One that all of these find on both sides stands with `from`. */
enum cas_stand cas_stand_of(const struct casus_dossier *dossier, const struct casus_event *event,
                            uint32_t actor);

#endif
