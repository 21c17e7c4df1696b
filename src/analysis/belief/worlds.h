/* A graph in the form in which it is folded again and again, with fewer events or other weights.
 *
 * A world says of each event whether it is in it and what it weighs. Ties stand in the graph's
 * order and their events in the graph's, so that the world in which everything is as it was gives
 * the graph's own scores, bit by bit. Actors are the graph's in every world.
 *
 * Rules
 * - Events of attack and support come and go; a tie without an event is none, nor is one of fewer
 *   than the selection's min_events.
 * - Where the graph's weights halve with age, so do a world's, to the same day.
 * - Ties of relation claim (with --relation claim) stay as they are: that something was said is
 *   not in doubt.
 * - Two actors that are one in a world share their ties; an event that joined both to a third
 *   counts once; what joined them to each other is internal. Both get the rank of the one.
 */
#ifndef CAS_WORLDS_H
#define CAS_WORLDS_H

#include <casus/uncertainty.h>

#include "analysis/centrality/contact.h"

struct cas_worlds {
    const struct casus_basis *basis;
    uint32_t n, tie_count, event_count;
    struct cas_contact_tie *ties; /* the graph's, of the relations that are scored */
    uint32_t *begin;              /* tie_count + 1: positions in `of_tie` */
    uint32_t *of_tie;             /* events by number here */
    uint32_t *events;             /* their numbers in the dossier, ascending */
    double *age; /* by event: what its weight is multiplied by, where weights decay; or NULL */
    bool *generic;
    uint32_t min_events;
};

/* The numbers of an event are those of `events` above. */
struct cas_world {
    uint8_t *present;
    double *weight;
    uint32_t *merged; /* by actor: the one that it is; NULL: everybody is itself */
};

/* @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_worlds_init(struct cas_worlds *worlds, const struct casus_basis *basis,
                                  struct casus_error *err);
void cas_worlds_done(struct cas_worlds *worlds);

bool cas_world_init(struct cas_world *world, const struct cas_worlds *worlds, bool merges);
void cas_world_done(struct cas_world *world);

/* Make world `index`; it must depend on nothing else. */
typedef enum casus_status cas_world_fill(const void *context, uint32_t index,
                                         struct cas_world *world, struct casus_error *err);
/* Take the ranks of one, measure by measure, n each. In any order. False: no memory. */
typedef bool cas_world_take(void *taker, uint32_t index, const uint32_t *ranks);

struct cas_worlds_job {
    const struct cas_worlds *worlds;
    uint32_t count;
    unsigned workers; /* 0: as many as processors */
    bool merges;
    cas_world_fill *fill;
    const void *context;
    cas_world_take *take;
    void *taker;
    const char *name; /* of the progress */
    void (*progress)(void *context, const char *name, uint64_t done, uint64_t total);
    void *progress_context;
};

/* Rank all worlds, in this process or in several.
 * @return what `fill` returned, CASUS_ENOMEM, CASUS_EENGINE */
enum casus_status cas_worlds_run(const struct cas_worlds_job *job, struct casus_error *err);

#endif
