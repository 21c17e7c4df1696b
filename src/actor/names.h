/* What a registry says: its rows, and whom a name means.
 *
 * Invariant once sealed: each known actor stands for one, by known[].into, without circles; what
 * cas_names_target() returns stands for itself.
 */
#ifndef CAS_NAMES_H
#define CAS_NAMES_H

#include "event/registry_row.h"
#include "event/sink.h"

struct cas_name_row {
    const char *alias, *actor, *parent, *side, *source; /* NULL where empty */
    struct casus_period period;
    enum casus_kind kind;
    bool kind_given;
    enum cas_judgement judgement;
    uint32_t who;                 /* the known actor; CASUS_NONE unless judged yes */
    uint32_t next_text, next_key; /* the next row judged yes of the same alias, of its spelling */
};

/* An actor that a row judged yes names, as actor or as parent. */
struct cas_known {
    struct cas_text id;
    const char *name, *side; /* NULL where no row gives one */
    struct cas_rec_parent *parents;
    size_t parent_count, parent_room;
    enum casus_kind kind;
    bool kind_given;
    uint32_t into; /* itself, or whom it is merged into */
};

/* Whom one text, or one spelling, means. */
struct cas_bearers {
    uint32_t first, last; /* rows */
    uint32_t fixed;       /* the known actor where no dated row holds, or CASUS_NONE */
    bool by_key;          /* rows go on by next_key, not by next_text */
    bool dated;           /* some rows hold for a time only */
    bool shared;          /* several actors at all times */
};

struct cas_names {
    struct cas_arena arena;
    struct cas_name_row *rows;
    struct cas_known *known;
    struct cas_intern ids;         /* of known actors */
    struct cas_intern texts, keys; /* aliases and known ids: as they stand, and as they are spelt */
    struct cas_bearers *by_text, *by_key;
    size_t row_count, row_room, known_room, text_room, key_room;
    bool sealed;
};

bool cas_period_same(const struct casus_period *a, const struct casus_period *b);

void cas_names_init(struct cas_names *names);
void cas_names_done(struct cas_names *names);
enum casus_status cas_names_add(struct cas_names *names, const struct cas_registry_row *row,
                                struct casus_error *err);
/* After it no row may be added. Once; a further call does nothing. */
enum casus_status cas_names_seal(struct cas_names *names, struct casus_error *err);

/* --- sealed ----------------------------------------------------------------------------------- */

/* Borrowed, or NULL where the registry says nothing of it. */
const struct cas_bearers *cas_names_by_text(const struct cas_names *names, struct cas_text text);
/* The same by spelling. `key` is a buffer to work in; its `failed` says that memory is out. */
const struct cas_bearers *cas_names_by_key(const struct cas_names *names, struct cas_text text,
                                           struct cas_buffer *key);
/* The known actor that is meant at a time (NULL: no time is known), or CASUS_NONE. */
uint32_t cas_names_target(const struct cas_names *names, const struct cas_bearers *bearers,
                          const struct casus_period *at);
struct casus_registry_counts cas_names_count(const struct cas_names *names);

/* What a registry holds. */
const struct cas_names *cas_names_of(const struct casus_registry *registry);

#endif
