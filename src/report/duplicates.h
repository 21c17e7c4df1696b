/* Actors that may be one: their names nearly meet. Suggested, never merged. */
#ifndef CAS_DUPLICATES_H
#define CAS_DUPLICATES_H

#include <casus/dossier.h>
#include <casus/registry.h>

/* The two names that meet best; names and reason are borrowed from the dossier and for ever. */
struct cas_duplicate {
    uint32_t a, b; /* actors; the id of a stands before that of b */
    const char *a_name, *b_name;
    const char *reason;
    double score; /* up to 1 */
};

struct cas_duplicates {
    struct cas_duplicate *at; /* best first, then in order of ids */
    size_t count, room;
};

/* Pairs that `registry` (may be NULL) judges no are none.
 * Actors of which one is part of the other are no duplicates. All pairs of names are compared
 * where there are at most 400; beyond that each with its 12 neighbours in the order of names as
 * compared, forwards and from the end.
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_duplicates_find(const struct casus_dossier *dossier,
                                      const struct casus_registry *registry,
                                      struct cas_duplicates *out, struct casus_error *err);
void cas_duplicates_done(struct cas_duplicates *duplicates);

/* Actors in order of their ids; owned (cas_free), NULL without memory. */
uint32_t *cas_actors_in_order(const struct casus_dossier *dossier);

#endif
