/** Which events are meant, and at which level actors stand. */
#ifndef CASUS_SELECTION_H
#define CASUS_SELECTION_H

#include <casus/dossier.h>

/** All zero selects everything. Strings are borrowed for the call that takes the selection. */
struct casus_selection {
    const char *since, *until; /**< dates, inclusive: what may overlap is kept */
    const char *const *types;  /**< names of types; an event passes if it has one of them */
    const char *const *places; /**< parts of place names, case folded */
    const char *const *focus;  /**< actors: only what lies within `depth` ties of them */
    const char *const *believe, *const *doubt; /**< actors: see casus/evidence.h */
    const char *where;                         /**< a condition; grammar in src/claim/where.c */
    const char *level;                         /**< "0", "1", … or a kind: roll actors up */
    const char *min_grade;                     /**< "B2": both letters known and at least that */
    uint32_t type_count, place_count, focus_count, believe_count, doubt_count;
    uint32_t depth;      /**< of focus; 0 means 1 */
    uint32_t min_events; /**< ties of fewer events are left out */
    unsigned relations;  /**< bits; 0 is all */
    unsigned evidence;   /**< bits CASUS_BIT(enum casus_evidence); 0 is all */
};

/** What a selection removed, and why. Each event is counted once, under the first that bites. */
struct casus_removed {
    uint64_t undated, dates, types, places, where, evidence, grade, relations, belief;
};

/** True where the selection needs the events kept: claims, sources, or parents at a date. */
CASUS_API bool casus_selection_needs_dossier(const struct casus_selection *selection);

/**
 * Choose events of a finished dossier.
 *
 * @param out one byte an event, 1 where it passes; `casus_dossier_event_count()` of them
 * @return CASUS_OK; CASUS_EINVAL (CAS-120 to 122: since or until; CAS-161: where; CAS-162: believe
 *         or doubt; CAS-160: the rest); CASUS_ENOMEM. A selection that leaves nothing is CASUS_OK
 *         here.
 */
CASUS_API enum casus_status casus_selection_apply(const struct casus_selection *selection,
                                                  const struct casus_dossier *dossier, uint8_t *out,
                                                  struct casus_removed *removed,
                                                  struct casus_error *err);
/** Say that a selection leaves none of `events`, and what each condition removed (CAS-163).
 * @return CASUS_EEMPTY */
CASUS_API enum casus_status casus_selection_fail_empty(const struct casus_removed *removed,
                                                       uint64_t events, struct casus_error *err);

#endif
