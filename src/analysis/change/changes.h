/* What changes from window to window. The words are those of casus/timeline.h.
 *
 * Invariant: actors are numbers of the registry until the timeline is done. A thing is an actor, a
 * dyad's attack or support, or a dyad; it knows the windows in which it was first and last met, and
 * the events of both. Lists lie in the arena as their events were met; those that are told, or
 * compared, are put in order of number first, each event once. An actor's have each once from the
 * beginning: they are counted.
 */
#ifndef CAS_CHANGES_H
#define CAS_CHANGES_H

#include <casus/timeline.h>

#include "actor/registry.h"
#include "base/text.h"

struct cas_list {
    const uint32_t *at;
    uint32_t count;
};

/* How many events an actor had in one window, and the index + 1 of the one before. */
struct cas_activity {
    uint32_t window, events, before;
};

struct cas_thing {
    uint32_t a, b;                   /* actors; of an actor b is CASUS_NONE; else a < b by number */
    uint32_t kind;                   /* enum cas_thing_kind */
    uint32_t first, last;            /* windows + 1; 0: not met yet */
    uint32_t met, notes;             /* in the window at hand: window + 1, and its events */
    int sign;                        /* of a dyad: how it last stood */
    uint32_t activity;               /* of an actor: index + 1 of its last */
    struct cas_list begin, end, now; /* events of its first and last window, of the one at hand */
};
enum cas_thing_kind { CAS_THING_ATTACK, CAS_THING_SUPPORT, CAS_THING_ACTOR, CAS_THING_DYAD };

/* Who was in which bloc, in the last window that had any. */
struct cas_membership {
    uint32_t actor, bloc;
};

struct cas_changes {
    struct cas_arena arena;
    const struct cas_registry *registry;
    struct cas_intern keys; /* of things of two */
    uint32_t *solo;         /* by actor: index + 1 of its thing; 0: none yet */
    uint32_t *of_keys;      /* by key: its thing */
    struct cas_thing *things;
    uint32_t *met; /* things met in the window at hand */
    struct cas_note_of {
        uint32_t event, before;
    } * notes;
    struct cas_activity *activities;
    struct casus_change *changes;
    struct cas_membership *blocs;
    uint32_t *last_bloc; /* by number: room for a comparison, all zero */
    uint32_t *numbers;   /* by actor of the graph at hand */
    uint32_t *ranks;     /* by number: rank in the window before; 0: none */
    uint32_t *stands;    /* by number: 1 + the window in whose graph it last stood */
    uint32_t thing_count;
    size_t key_room, thing_room, met_room, note_room, activity_room, change_room, number_room;
    uint32_t met_count, note_count, activity_count, change_count, bloc_count;
    uint32_t window, first_window, last_window; /* at hand; with events: window + 1, or 0 */
    bool failed;                                /* without memory; sticks */
};

bool cas_changes_init(struct cas_changes *changes, const struct cas_registry *registry);
void cas_changes_done(struct cas_changes *changes);
/* Take the next window. `scores` and `balance` may be NULL. False without memory. */
bool cas_changes_take(struct cas_changes *changes, struct casus_windows *windows, uint32_t index,
                      const struct casus_graph *graph, const struct casus_scores *scores,
                      const struct casus_balance *balance);
/* After the last window: what ended. */
bool cas_changes_end(struct cas_changes *changes);

/* Between the two files of changes: */
struct casus_change *cas_changes_add(struct cas_changes *changes, enum casus_change_kind kind);
bool cas_changes_blocs(struct cas_changes *changes, const struct casus_graph *graph,
                       const struct casus_balance *balance);
/* Put in order, leave out what comes twice, and keep. */
struct cas_list cas_changes_keep(struct cas_changes *changes, const uint32_t *events,
                                 uint32_t count);

#endif
