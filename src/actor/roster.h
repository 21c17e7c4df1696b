/* Ids that may be named before they are declared: of actors, of sources, of events.
 *
 * Invariant: an id's number is given at its first sight and never changes. A place that named an
 * id while it was not declared is remembered, in order of reading, until the roster ends.
 */
#ifndef CAS_ROSTER_H
#define CAS_ROSTER_H

#include "event/sink.h"

enum cas_declared {
    CAS_UNDECLARED,
    CAS_DECLARED,
    CAS_LISTED, /* by a register; declared as soon as something names it */
    CAS_SPOILT  /* declared by a record with faults of its own: known, and not kept */
};

struct cas_ref {
    uint32_t number, file;
    struct casus_where where;
    const char *line; /* kept for the first places only, or NULL */
    uint32_t caret;
};

struct cas_roster {
    struct cas_intern ids, files;
    struct cas_arena lines;
    uint8_t *states; /* enum cas_declared, a byte an id */
    struct cas_ref *refs;
    size_t state_room, ref_count, ref_room;
};

void cas_roster_init(struct cas_roster *roster);
void cas_roster_done(struct cas_roster *roster);

/* The number of an id. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_roster_number(struct cas_roster *roster, struct cas_text id,
                                    uint32_t *out_number, struct casus_error *err);
/* The same for a reference: its place is remembered while the id is not declared. An absent id
 * gives CASUS_NONE. */
enum casus_status cas_roster_refer(struct cas_roster *roster, struct cas_text id,
                                   const struct cas_locator *locator, uint32_t *out_number,
                                   struct casus_error *err);
/* Remember a place in any case; it becomes refs[ref_count - 1]. */
enum casus_status cas_roster_remember(struct cas_roster *roster, uint32_t number, const char *at,
                                      const struct cas_locator *locator, struct casus_error *err);

uint32_t cas_roster_count(const struct cas_roster *roster);
enum cas_declared cas_roster_state(const struct cas_roster *roster, uint32_t number);
void cas_roster_set(struct cas_roster *roster, uint32_t number, enum cas_declared state);
/* CASUS_NONE where the id was never seen. */
uint32_t cas_roster_find(const struct cas_roster *roster, const char *id, size_t n);
const char *cas_roster_id(const struct cas_roster *roster, uint32_t number);

/* Give `fault` the place of a reference. */
void cas_roster_place(const struct cas_roster *roster, const struct cas_ref *ref,
                      struct casus_error *fault);

/* What the ids are of, for the words of a problem. */
struct cas_roster_words {
    enum cas_msg code;
    const char *noun; /* "actor" */
    /* A better suggestion than the nearest declared id, or NULL; may be NULL itself. */
    const char *(*hint)(const void *context, const char *id, size_t n);
    const void *context;
};
/* A problem for each place that named what nobody declared. */
enum casus_status cas_roster_report(const struct cas_roster *roster,
                                    const struct cas_roster_words *words,
                                    struct casus_problems *problems, struct casus_error *err);
/* The declared id nearest to a text, or NULL. Without memory NULL too: a suggestion is a gift. */
const char *cas_roster_nearest(const struct cas_roster *roster, const char *id, size_t n);

/* The bytes of an id that a message shows: at most 60, whole characters. For "%.*s". */
int cas_shown(const char *id, size_t n);

#endif
