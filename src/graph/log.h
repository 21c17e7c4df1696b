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
    const uint32_t *parties; /* from, then to */
    union {
        const struct cas_log_loss *losses;
        const struct cas_bulk_loss *killed; /* of a pair */
    };
    union {
        const char *id; /* NULL where a dossier knows it */
        uint64_t id_number;
    };
    uint32_t id_space; /* of a pair, whose id is one of `spaces` and its number */
    uint8_t relation, type;
    int8_t evidence;
    uint8_t claims;                    /* of no known claimant: counted, no more */
    bool pair, graded, directed, open; /* open: support without begin or end */
    union {
        double sure;
        uint32_t two[2]; /* the parties of a pair */
    };
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
    const struct cas_target *targets;
    const uint32_t *about; /* places in the log */
    enum casus_stance stance;
};

/* A large page holds so many: 2 MB. */
enum { CAS_LOG_CHUNK = (2 << 20) / sizeof(struct cas_log_event) };

/* Events stand in chunks, so that they never move, and what hangs on them in the arena. */
struct cas_log {
    struct cas_log_event **chunks;
    struct cas_log_claim *claims;
    const char **spaces;
    struct cas_arena arena;
    uint32_t event_count, claim_count, space_count;
    size_t chunk_count, chunk_room, space_room, claim_room;
    /* of the event that is told again */
    struct cas_lost *lost;
    size_t lost_room;
};

static inline const struct cas_log_event *
cas_log_at(const struct cas_log *log, uint32_t place)
{
    return &log->chunks[place / CAS_LOG_CHUNK][place % CAS_LOG_CHUNK];
}

void cas_log_init(struct cas_log *log);
void cas_log_done(struct cas_log *log);
/* @param id NULL where a dossier knows it by the deed's number; else kept, and the number is the
 * event's place. @return CASUS_OK, CASUS_ENOMEM, CASUS_EINPUT (CAS-171) */
enum casus_status cas_log_event(struct cas_log *log, const struct cas_deed *deed,
                                const struct cas_text *id, struct casus_error *err);
/* The same of a pair whose id is `space` (an index that cas_log_space() gave) and a number. */
enum casus_status cas_log_pair(struct cas_log *log, const struct cas_pair *pair, uint32_t space,
                               struct casus_error *err);
/* UINT32_MAX without memory. */
uint32_t cas_log_space(struct cas_log *log, const char *space);
/* The id of the event at a place, written into `scratch` where it is made of a number. */
const char *cas_log_id(const struct cas_log *log, uint32_t place, char scratch[64]);
/* @param about numbers of events; those that are not in the log are left out */
enum casus_status cas_log_claim(struct cas_log *log, const struct cas_saying *saying,
                                const uint32_t *about, size_t about_count, struct casus_error *err);
/* The place of the event of that number, or CASUS_NONE. */
uint32_t cas_log_find(const struct cas_log *log, uint32_t number);
/* Tally once more: the events of those places. */
enum casus_status cas_log_tell_events(struct cas_log *log, const uint32_t *places, size_t count,
                                      struct cas_tally *tally, struct casus_error *err);
enum casus_status cas_log_tell_claim(const struct cas_log *log, uint32_t index,
                                     struct cas_tally *tally, struct casus_error *err);

#endif
