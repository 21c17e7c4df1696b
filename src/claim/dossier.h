/* The dossier from inside: what the keeping sink fills, and what finishing makes of it.
 *
 * Until it is finished, actors, sources and (in claims at the top) events stand as the numbers of
 * their rosters; after, as indices into the arrays. An event or claim that names what nobody
 * declared is then gone (under CASUS_STRICT the dossier is).
 */
#ifndef CAS_DOSSIER_H
#define CAS_DOSSIER_H

#include "actor/registry.h"
#include "actor/roster.h"

/* A set of numbers that is emptied in one step. */
struct cas_marks {
    uint32_t *stamps;
    size_t room, count;
    uint32_t now;
};

struct casus_dossier {
    struct casus_sink sink;
    struct cas_arena arena;  /* of all texts and lists */
    struct cas_intern words; /* types and place names: few, often the same */
    struct cas_registry *registry;
    struct cas_roster source_ids, event_ids;
    struct casus_source *sources;
    struct casus_event *events;
    struct casus_claim *claims;
    struct casus_input *inputs;
    uint32_t *source_of, *event_of; /* by number in the roster: index, or CASUS_NONE */
    uint8_t *at_top;                /* by claim: it stood at the top, not inside an event */
    uint32_t source_count, event_count, claim_count, input_count;
    size_t source_room, event_room, claim_room, input_room;
    size_t source_of_room, event_of_room, at_top_room;
    uint64_t events_seen; /* bad ones too */
    struct cas_marks marks;
    const char *title, *note, *extra;
    bool finished;
};

/* The id of an event that was given none: `index` is its input's, events those kept of it so far. */
enum { CAS_EVENT_ID_SIZE = 96 };
char *cas_event_id(const struct casus_input *input, uint32_t index, char out[CAS_EVENT_ID_SIZE]);

void cas_dossier_keep(struct casus_dossier *dossier); /* sets up its sink */
const struct cas_registry *cas_dossier_registry(const struct casus_dossier *dossier);
/* The nearest explicit side: the actor's own, else that of its nearest ancestor; or NULL. */
const char *cas_dossier_side(const struct casus_dossier *dossier, uint32_t actor,
                             const struct casus_period *at);

#endif
