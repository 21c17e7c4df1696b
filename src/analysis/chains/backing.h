/* Support as steps and attacks as fights: what chains are made of.
 *
 * Invariant: steps stand in order of (from, to), each pair once, none to oneself; fights in order of
 * (a, b), a < b, each dyad once. Events of either: by first day (undated last), then id, each once.
 * The days of a step are disjoint spells in order. Immutable once built.
 */
#ifndef CAS_BACKING_H
#define CAS_BACKING_H

#include <casus/chains.h>

#include "base/mem.h"

/* Days, both inclusive. */
struct cas_spell {
    int32_t first, last;
};

struct cas_backing {
    const struct casus_dossier *dossier; /* of its events; NULL in tests: they are in order */
    uint32_t n, step_count, fight_count;
    const struct casus_step *steps;
    const uint32_t *out_begin; /* n + 1: the steps that leave an actor */
    const struct cas_spell *spells;
    const uint32_t *spell_begin; /* step_count + 1 */
    const bool *undated;         /* by step: one of its events may have been at any time */
    const struct casus_fight *fights;
    const bool *fighter; /* by actor: in a fight */
    const bool *barred;  /* by actor: no chain runs through it */
};

/* Fill `out` from a graph and the dossier that it was built from; all in `arena`.
 * @return CASUS_OK, CASUS_EKEEP (the graph was folded while reading), CASUS_ENOMEM */
enum casus_status cas_backing_build(struct cas_arena *arena, const struct casus_dossier *dossier,
                                    const struct casus_graph *graph, bool with_generic,
                                    struct cas_backing *out, struct casus_error *err);

/* True where an event of one step may overlap an event of another. */
bool cas_steps_meet(const struct cas_backing *backing, uint32_t a, uint32_t b);
/* The fight of two actors, or CASUS_NONE. */
uint32_t cas_fight_of(const struct cas_backing *backing, uint32_t a, uint32_t b);

/* Put the events of several fights, one after the other, in order, each once.
 * @return how many are left, or UINT32_MAX without memory */
uint32_t cas_events_unique(const struct cas_backing *backing, uint32_t *events, uint32_t count);

#endif
