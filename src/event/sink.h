/* What readers give and sinks take: records with borrowed texts, one call a record.
 *
 * Everything in a record is borrowed for the call. Ids are texts; a sink resolves them. Readers
 * check what one record shows by itself (types, words, dates, figures, keys); sinks check what
 * needs the others (ids that nobody declares, ids twice, circles).
 */
#ifndef CAS_SINK_H
#define CAS_SINK_H

#include <casus/dossier.h>

#include "base/fault.h"
#include "base/text.h"

/* Turns an `at` of a text into a place; the reader's, valid during the call. */
struct cas_locator {
    void *context;
    /* Fills file, where, line and caret of `fault`. `at` NULL: the record's own place. */
    void (*locate)(void *context, const char *at, struct casus_error *fault);
    uint32_t input;           /* index of the input, from 0, set by casus_read() through begin() */
    struct casus_where where; /* of the record itself, ready: no call for a record's own place */
};

/* Records carry `bad` where the reader has already found a problem in them (never under
 * CASUS_STRICT). Such a record declares its id, and what it refers to is looked up, so that each
 * problem is told once and no false one follows; but it is not kept and makes no tie. */

struct cas_rec_head {
    struct cas_text title, note, extra;
};

struct cas_rec_alias {
    struct cas_text name, lang, extra;
};

struct cas_rec_parent {
    struct cas_text id, extra;
    struct casus_period period;
};

struct cas_rec_actor {
    struct cas_text at; /* the record itself: s, n its raw text, `at` its begin */
    struct cas_text id, name, side, note, extra;
    const struct cas_rec_alias *aliases;
    const struct cas_rec_parent *parents;
    size_t alias_count, parent_count;
    enum casus_kind kind;
    bool kind_given, generic;
    bool again;  /* a data set names its actors on each row: a second declaration is no fault */
    bool listed; /* by a register: it is of the input where something else names it too */
    bool bad;
};

struct cas_rec_source {
    struct cas_text at;
    struct cas_text id, name, type, url, archive_url, note, extra, date_extra;
    struct casus_period date;
    char reliability;
    bool again, bad;
};

struct cas_rec_loss {
    struct cas_text actor; /* absent: of nobody known */
    uint8_t what;
    bool some;
    struct casus_figure figure;
    struct cas_text extra;
};

struct cas_rec_claim {
    struct cas_text at;
    struct cas_text by, via, of, source, url, note, extra, date_extra;
    const struct cas_text *about; /* ids of events; none inside an event */
    const struct cas_rec_loss *losses;
    size_t about_count, loss_count;
    struct casus_period date;
    enum casus_stance stance;
    uint8_t credibility;
    bool bad; /* of a claim on its own; one inside an event makes the event bad */
};

struct cas_rec_event {
    struct cas_text at;
    struct cas_text id, type, place_name, place_note, note, extra, place_extra, date_extra;
    const struct cas_text *from, *to, *sources;
    const struct cas_rec_loss *losses;
    const struct cas_rec_claim *claims;
    size_t from_count, to_count, source_count, loss_count, claim_count;
    struct casus_period date;
    double lat, lon; /* NaN where absent */
    enum casus_relation relation;
    bool directed;
    bool again;   /* of a data set: one whose id stands already is left out and counted, no fault */
    bool sourced; /* it names sources, which are not given to a sink that forgets */
    bool bad;     /* `id` may then be absent */
};

/* --- in bulk ---------------------------------------------------------------------------------- */

/* Killed of an actor (CASUS_NONE: of nobody known): a figure of which all three are given. */
struct cas_bulk_loss {
    uint32_t actor;
    struct casus_figure killed;
};

/* An event of one party on each side, as a data set's row has it: `again`, and as many claims of no
 * known claimant as it says. Its losses are of different actors. */
struct cas_bulk_event {
    uint64_t id; /* behind the bulk's `space` */
    uint32_t from, to;
    uint32_t losses; /* the first, in the bulk's list */
    struct casus_period date;
    uint8_t loss_count, type; /* of casus_type_at() */
    bool directed;
    uint8_t claims;
    bool sourced; /* it names sources */
};

struct cas_bulk {
    const char *space; /* an id is this and then the number: "ged:48528" */
    const struct cas_bulk_event *events;
    const struct cas_bulk_loss *losses;
    size_t count;
    uint32_t input;
};

/* Each call returns CASUS_OK to go on. Problems go through cas_problem() with `problems`. */
struct casus_sink {
    void *self;
    struct casus_problems *problems; /* set by casus_read() */
    bool forgets;      /* it has no use for sources, notes and who tells; claims it counts */
    uint64_t repeated; /* events with `again` that it left out */
    enum casus_status (*begin)(struct casus_sink *, const struct casus_input *, uint32_t *out_index,
                               struct casus_error *);
    enum casus_status (*head)(struct casus_sink *, const struct cas_rec_head *,
                              const struct cas_locator *, struct casus_error *);
    enum casus_status (*actor)(struct casus_sink *, const struct cas_rec_actor *,
                               const struct cas_locator *, struct casus_error *);
    enum casus_status (*source)(struct casus_sink *, const struct cas_rec_source *,
                                const struct cas_locator *, struct casus_error *);
    enum casus_status (*event)(struct casus_sink *, const struct cas_rec_event *,
                               const struct cas_locator *, struct casus_error *);
    enum casus_status (*claim)(struct casus_sink *, const struct cas_rec_claim *,
                               const struct cas_locator *, struct casus_error *);
    /* Optional, both or none: the number of an actor that was declared, and events by numbers. The
     * events mean what the same would mean one by one. */
    enum casus_status (*number)(struct casus_sink *, struct cas_text id, uint32_t *out,
                                struct casus_error *);
    enum casus_status (*bulk)(struct casus_sink *, const struct cas_bulk *, struct casus_error *);
    enum casus_status (*end)(struct casus_sink *, const struct casus_input *, struct casus_error *);
};

/* Count `count` records that are no event. `reason` is a literal and reads behind a number. */
void cas_input_skip(struct casus_input *seen, const char *reason, uint64_t count);
/* Count `count` things to be known of what was read, in the same way. */
void cas_input_remark(struct casus_input *seen, const char *what, uint64_t count);

#endif
