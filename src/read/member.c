/* Walking over members, and values by type. */
#include "read/member.h"

#include <stdio.h>

struct cas_walk
cas_walk_begin(struct cas_record *record, const struct cas_tape *tape, uint32_t object,
               const struct cas_keys *keys)
{
    return (struct cas_walk){.record = record,
                             .tape = tape,
                             .keys = keys,
                             .node = object + 1,
                             .left = tape->nodes[object].count,
                             .key = -1};
}

bool
cas_key_is_own(struct cas_text key)
{
    return key.n >= 2 && key.s[0] == 'x' && key.s[1] == '-';
}

void
cas_unknown_key(struct cas_record *record, struct cas_text key, const struct cas_keys *keys)
{
    char quoted[CAS_QUOTED];
    if (record->bad && (cas_utf8_fault(key.s, key.n) || memchr(key.s, '\0', key.n)))
        return; /* the fault in its text has been told */
    const char *nearest = cas_text_nearest(key.s, key.n, keys->names, keys->count);
    cas_record_problem(record, key.at, CAS_MSG_UNKNOWN_KEY, "unknown key %s%s%s%s",
                       cas_quoted(key, quoted), nearest ? "; did you mean '" : "",
                       nearest ? nearest : "", nearest ? "'?" : "");
}

static inline bool
is_name(struct cas_text key, const char *name)
{
    size_t i = 0;
    while (i < key.n && key.s[i] == name[i] && name[i])
        i++;
    return i == key.n && !name[i];
}

/* Most objects write their keys in one order: look behind the last one first. */
static int
find_key(const struct cas_walk *walk, struct cas_text key)
{
    size_t count = walk->keys->count, i = (size_t)(walk->key + 1);
    for (size_t tried = 0; tried < count; tried++, i++) {
        i = i < count ? i : 0;
        if (is_name(key, walk->keys->names[i]))
            return (int)i;
    }
    return -1;
}

bool
cas_walk_next(struct cas_walk *walk)
{
    while (walk->left) {
        struct cas_text key = cas_tape_text(walk->tape, walk->node, walk->record->arena);
        walk->left--;
        walk->value = walk->node + 1;
        walk->node = walk->tape->nodes[walk->value].next;
        if (!key.s) {
            cas_record_no_memory(walk->record);
            return false;
        }
        int found = find_key(walk, key);
        bool own = found < 0 && cas_key_is_own(key);
        walk->own = walk->own || own;
        if (found < 0 && !own)
            cas_unknown_key(walk->record, key, walk->keys);
        if (found < 0 || walk->seen & 1u << found)
            continue;
        walk->key = found;
        walk->seen |= 1u << found;
        return true;
    }
    return false;
}

const char *
cas_value_at(const struct cas_tape *tape, uint32_t value)
{
    return tape->text + tape->nodes[value].start;
}

void
cas_expected(const struct cas_walk *walk, uint32_t value, const char *what)
{
    cas_record_problem(walk->record, cas_value_at(walk->tape, value), CAS_MSG_TYPE,
                       "'%s': expected %s, found %s",
                       walk->key >= 0 ? walk->keys->names[walk->key] : "x-", what,
                       cas_tape_type_name(walk->tape->nodes[value].type));
}

bool
cas_expect(const struct cas_walk *walk, uint32_t value, enum cas_tape_type type)
{
    if (walk->tape->nodes[value].type == type)
        return true;
    cas_expected(walk, value, cas_tape_type_name((uint8_t)type));
    return false;
}

struct cas_text
cas_value_text(const struct cas_walk *walk, uint32_t value)
{
    if (!cas_expect(walk, value, CAS_TAPE_STRING))
        return (struct cas_text){0};
    struct cas_text text = cas_tape_text(walk->tape, value, walk->record->arena);
    if (!text.s)
        cas_record_no_memory(walk->record);
    return text;
}

struct cas_text
cas_value_name(const struct cas_walk *walk, uint32_t value)
{
    struct cas_text name = cas_value_text(walk, value);
    cas_check_name(walk->record, name);
    return name.n ? name : (struct cas_text){0};
}

bool
cas_value_number(const struct cas_walk *walk, uint32_t value, double *out)
{
    const struct cas_tape_node *node = &walk->tape->nodes[value];
    if (!cas_expect(walk, value, CAS_TAPE_NUMBER))
        return false;
    const char *s = walk->tape->text + node->start;
    if (cas_tape_number(s, node->end - node->start, out))
        return true;
    char quoted[CAS_QUOTED];
    struct cas_text text = {s, node->end - node->start, s};
    cas_record_problem(walk->record, s, CAS_MSG_RANGE, "expected a number of common size, found %s",
                       cas_quoted(text, quoted));
    return false;
}

struct cas_text *
cas_value_names(const struct cas_walk *walk, uint32_t value, size_t *out_count)
{
    *out_count = 0;
    if (!cas_expect(walk, value, CAS_TAPE_ARRAY))
        return NULL;
    uint32_t count = walk->tape->nodes[value].count;
    struct cas_text *names = cas_record_alloc(walk->record, count, sizeof *names);
    uint32_t element = value + 1;
    for (uint32_t i = 0; names && i < count; i++) {
        struct cas_text name = cas_value_name(walk, element);
        if (name.n)
            names[(*out_count)++] = name;
        element = walk->tape->nodes[element].next;
    }
    return names;
}

/* --- dates ------------------------------------------------------------------------------------ */

void
cas_value_bound(const struct cas_walk *walk, uint32_t value, struct casus_date *out_date,
                uint8_t *out_bound)
{
    uint8_t type = walk->tape->nodes[value].type;
    if (type == CAS_TAPE_NULL) {
        *out_bound = CASUS_BOUND_OPEN;
        return;
    }
    if (type != CAS_TAPE_STRING) {
        cas_expected(walk, value, "a date or null");
        return;
    }
    *out_date = cas_check_date(walk->record, cas_value_text(walk, value));
    *out_bound = CASUS_BOUND_DATE;
}

enum { INTERVAL_FROM, INTERVAL_TO };
static const char *const interval_names[] = {"from", "to"};
static const struct cas_keys interval_keys = {interval_names, 2};

static struct casus_period
read_interval(const struct cas_walk *outer, uint32_t value, struct cas_text *out_extra)
{
    struct casus_period period = {.interval = true};
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, value, &interval_keys);
    bool said = false;
    while (cas_walk_next(&walk)) {
        said = true;
        if (walk.key == INTERVAL_FROM)
            cas_value_bound(&walk, walk.value, &period.from, &period.from_bound);
        else
            cas_value_bound(&walk, walk.value, &period.until, &period.until_bound);
    }
    *out_extra = cas_extra(&walk, value);
    if (!said)
        cas_record_problem(outer->record, cas_value_at(outer->tape, value), CAS_MSG_DATE,
                           "expected from or to in an interval, found neither");
    cas_check_period(outer->record, cas_value_at(outer->tape, value), &period);
    return period;
}

struct casus_period
cas_value_period(const struct cas_walk *walk, uint32_t value, struct cas_text *out_extra)
{
    switch (walk->tape->nodes[value].type) {
    case CAS_TAPE_STRING: {
        struct casus_date date = cas_check_date(walk->record, cas_value_text(walk, value));
        return casus_date_known(date) ? casus_period_of_date(date) : (struct casus_period){0};
    }
    case CAS_TAPE_OBJECT: return read_interval(walk, value, out_extra);
    default: cas_expected(walk, value, "a date or an interval"); return (struct casus_period){0};
    }
}

/* --- keys of one's own ------------------------------------------------------------------------ */

/* As the text has it: a key with escapes may be one of one's own, the others show it. */
static bool
may_be_own(const struct cas_tape *tape, uint32_t key)
{
    const char *s = cas_value_at(tape, key);
    return tape->nodes[key].escaped || (s[1] == 'x' && s[2] == '-');
}

static void
add_own(struct cas_record *record, const struct cas_tape *tape, uint32_t node,
        struct cas_buffer *out)
{
    struct cas_text key = cas_tape_text(tape, node, record->arena);
    if (!key.s)
        cas_record_no_memory(record);
    if (!key.s || !cas_key_is_own(key))
        return;
    if (out->n)
        cas_buffer_text(out, ", ");
    cas_tape_compact(tape, node, out);
    cas_buffer_text(out, ": ");
    cas_tape_compact(tape, node + 1, out);
}

struct cas_text
cas_extra(const struct cas_walk *walk, uint32_t object)
{
    const struct cas_tape *tape = walk->tape;
    struct cas_buffer buffer;
    if (!walk->own)
        return (struct cas_text){0};
    cas_buffer_init(&buffer);
    uint32_t node = object + 1;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        if (may_be_own(tape, node))
            add_own(walk->record, tape, node, &buffer);
        node = tape->nodes[node + 1].next;
    }
    struct cas_text extra = cas_record_keep(walk->record, &buffer);
    cas_buffer_done(&buffer);
    return extra;
}
