/* Members of a JSON object, key by key, and their values by type; each misfit is a problem.
 *
 * Keys that begin with x- are the user's own: the walk passes over them, cas_extra() keeps them.
 */
#ifndef CAS_READ_MEMBER_H
#define CAS_READ_MEMBER_H

#include "read/record.h"
#include "read/tape.h"

/* The keys that an object knows; a walk gives their index. */
struct cas_keys {
    const char *const *names;
    size_t count;
};

struct cas_walk {
    struct cas_record *record;
    const struct cas_tape *tape;
    const struct cas_keys *keys;
    uint32_t node, left; /* the next key, and how many */
    unsigned seen;       /* bits of keys: a second one (a flaw that was told) is passed over */
    bool own;            /* a key of the user's own was passed over */
    int key;             /* the index in keys->names */
    uint32_t value;
};

/* The object's first key comes with the first cas_walk_next(). */
struct cas_walk cas_walk_begin(struct cas_record *record, const struct cas_tape *tape,
                               uint32_t object, const struct cas_keys *keys);
bool cas_walk_next(struct cas_walk *walk);
/* Whether a key is the user's own. */
bool cas_key_is_own(struct cas_text key);
/* Tell that no key of that name is known, with the nearest that is. */
void cas_unknown_key(struct cas_record *record, struct cas_text key, const struct cas_keys *keys);

/* Where a value stands. */
const char *cas_value_at(const struct cas_tape *tape, uint32_t value);
/* The value is of that type, or a problem. */
bool cas_expect(const struct cas_walk *walk, uint32_t value, enum cas_tape_type type);
void cas_expected(const struct cas_walk *walk, uint32_t value, const char *what);

/* A string; absent after a problem. A name has been through cas_check_name(). */
struct cas_text cas_value_text(const struct cas_walk *walk, uint32_t value);
struct cas_text cas_value_name(const struct cas_walk *walk, uint32_t value);
/* A number. False after a problem. */
bool cas_value_number(const struct cas_walk *walk, uint32_t value, double *out);
/* Names in a list; a misfit is left out. */
struct cas_text *cas_value_names(const struct cas_walk *walk, uint32_t value, size_t *out_count);
/* A date or an interval. */
/* `out_extra` gets the own keys of an interval. */
struct casus_period cas_value_period(const struct cas_walk *walk, uint32_t value,
                                     struct cas_text *out_extra);
/* One end of an interval: a date or null. */
void cas_value_bound(const struct cas_walk *walk, uint32_t value, struct casus_date *out_date,
                     uint8_t *out_bound);

/* The object's own keys: "x-a": 1, "x-b": [2,3]. Absent where there are none. The
 * walk has passed over the object. */
struct cas_text cas_extra(const struct cas_walk *walk, uint32_t object);

#endif
