/* The page's data: which events and actors stand in it, under which numbers, and how they are told.
 *
 * Invariant: a page counts actors from 0, those of the graph first and in its order, then those
 * that events and claims name beside (after roll-up there are such); events from 0 in the order of
 * the ledger. Everything in the data that is an actor or an event is such a number.
 */
#ifndef CAS_VIEW_H
#define CAS_VIEW_H

#include <casus/view.h>

#include "base/text.h"
#include "report/claims.h"
#include "report/json.h"

struct cas_view {
    const struct casus_view *view;
    struct casus_claims claims; /* the same, as the ledger's words want it */
    struct cas_json *json;
    struct cas_arena arena;
    uint32_t *actor_of; /* by actor of the dossier: its number in the page, or CASUS_NONE */
    uint32_t *others;   /* actors of the dossier that stand after the graph's */
    uint32_t other_count;
    uint32_t *event_of; /* by event of the dossier, likewise */
    uint32_t *rows;     /* by event of the page: its index in the ledger */
    uint32_t event_count;
};

/* view_index.c */
enum casus_status cas_view_index(struct cas_view *page, struct casus_error *err);
/* view_actors.c: "measures", "sources", "actors", "ties". */
void cas_view_put_measures(struct cas_view *page);
void cas_view_put_sources(struct cas_view *page);
void cas_view_put_actors(struct cas_view *page);
void cas_view_put_ties(struct cas_view *page);
/* view_events.c: "events". */
void cas_view_put_events(struct cas_view *page);

/* The page's number of an actor of the dossier as JSON; CASUS_NONE is null. */
void cas_view_add_actor(struct cas_view *page, struct cJSON *parent, const char *key,
                        uint32_t actor);

/* The page but for its data, before and after it; made from src/view at build time. Sizes of 0 say
 * that there was no Node.js. */
extern const unsigned char cas_view_head[], cas_view_tail[];
extern const size_t cas_view_head_size, cas_view_tail_size;

#endif
