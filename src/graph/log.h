/* Events and claims as they were tallied, kept small enough to be tallied again: actors by number,
 * dates, losses; no text but ids where nobody else keeps them.
 *
 * Invariant: events stand in order of telling, their numbers ascend; a claim names events by their
 * place in the log.
 */
#ifndef CAS_LOG_H
#define CAS_LOG_H

#include "base/text.h"
#include "graph/tally.h"

struct cas_log_event {
    struct casus_period date;
    int32_t first, last; /* days; CASUS_DAY_MIN, _MAX where open or unknown */
    uint32_t number;
    uint32_t from_count, to_count, loss_count;
    size_t parties; /* from, then to */
    size_t losses;
    double sure;
    uint8_t relation;
    int8_t evidence;
    uint8_t claims;              /* of no known claimant: counted, no more */
    bool graded, directed, open; /* open: support without begin or end */
};

struct cas_log_loss {
    uint32_t actor;
    enum casus_loss_kind kind;
    struct casus_figure figure;
};

struct cas_log_claim {
    struct casus_period date, told;
    uint32_t by, via, of;
    uint32_t target_count, about_count;
    size_t targets, about; /* `about`: places in the log */
    enum casus_stance stance;
};

/* An id that is a word and a number; the word is one of `spaces`. */
struct cas_log_id {
    const char *text; /* or NULL: */
    uint64_t number;
    uint32_t space;
};

struct cas_log {
    struct cas_log_event *events;
    struct cas_log_loss *losses;
    struct cas_log_claim *claims;
    struct cas_target *targets;
    uint32_t *parties, *about;
    struct cas_log_id *ids; /* by place; NULL where a dossier knows them */
    const char **spaces;
    struct cas_arena arena;
    uint32_t event_count, claim_count;
    size_t party_count, loss_count, target_count, about_count;
    uint32_t space_count;
    size_t space_room;
    size_t event_room, loss_room, claim_room, target_room, party_room, about_room, id_room;
    /* of the event that is told again */
    struct cas_lost *lost;
    size_t lost_room;
};

void cas_log_init(struct cas_log *log);
void cas_log_done(struct cas_log *log);
/* @param id NULL where a dossier knows it by the deed's number; else kept, and the number is the
 * event's place. @return CASUS_OK, CASUS_ENOMEM, CASUS_EINPUT (CAS-171) */
enum casus_status cas_log_event(struct cas_log *log, const struct cas_deed *deed,
                                const struct cas_text *id, struct casus_error *err);
/* The same of an event whose id is `space` (an index that cas_log_space() gave) and a number. */
enum casus_status cas_log_numbered(struct cas_log *log, const struct cas_deed *deed, uint8_t claims,
                                   uint32_t space, uint64_t id, struct casus_error *err);
/* UINT32_MAX without memory. */
uint32_t cas_log_space(struct cas_log *log, const char *space);
/* The id of the event at a place, written into `scratch` where it is made of a number. */
const char *cas_log_id(const struct cas_log *log, uint32_t place, char scratch[64]);
/* @param about numbers of events; those that are not in the log are left out */
enum casus_status cas_log_claim(struct cas_log *log, const struct cas_saying *saying,
                                const uint32_t *about, size_t about_count, struct casus_error *err);
/* The place of the event of that number, or CASUS_NONE. */
uint32_t cas_log_find(const struct cas_log *log, uint32_t number);
/* Tally once more. */
enum casus_status cas_log_tell_event(struct cas_log *log, uint32_t place, struct cas_tally *tally,
                                     struct casus_error *err);
enum casus_status cas_log_tell_claim(const struct cas_log *log, uint32_t index,
                                     struct cas_tally *tally, struct casus_error *err);

#endif
