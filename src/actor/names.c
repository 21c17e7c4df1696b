/* Rows become sets of bearers.
 *
 * A text that is a known actor's id means this actor; rows that give the text to just one other
 * actor merge the first into the other, and all that meant the first then means the other. An id
 * that reads as a name (a space or a capital in it) is also a spelling of its actor.
 */
#include "actor/names.h"

#include "actor/spelling.h"
#include "base/fault.h"

enum { LOOK_BACK = 64 };

void
cas_names_init(struct cas_names *names)
{
    *names = (struct cas_names){0};
    cas_arena_init(&names->arena);
    cas_intern_init(&names->ids);
    cas_intern_init(&names->texts);
    cas_intern_init(&names->keys);
}

void
cas_names_done(struct cas_names *names)
{
    for (uint32_t i = 0; names->known && i < names->ids.count; i++)
        cas_free(names->known[i].parents);
    cas_arena_done(&names->arena);
    cas_intern_done(&names->ids);
    cas_intern_done(&names->texts);
    cas_intern_done(&names->keys);
    cas_free(names->rows);
    cas_free(names->known);
    cas_free(names->by_text);
    cas_free(names->by_key);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* The number of an actor, known from now on. CASUS_NONE without memory. */
static uint32_t
know(struct cas_names *names, struct cas_text id)
{
    uint32_t before = names->ids.count;
    if (!cas_grow(&names->known, &names->known_room, (size_t)before + 1, sizeof *names->known))
        return CASUS_NONE;
    uint32_t number = cas_intern_add(&names->ids, id.s, id.n);
    if (number == before)
        names->known[number] =
            (struct cas_known){.id = {names->ids.texts[number], id.n, NULL}, .into = number};
    return number;
}

static bool
keep(struct cas_names *names, struct cas_text text, const char **out)
{
    *out = text.n ? cas_arena_text(&names->arena, text.s, text.n) : NULL;
    return !text.n || *out;
}

enum casus_status
cas_names_add(struct cas_names *names, const struct cas_registry_row *row, struct casus_error *err)
{
    struct cas_name_row kept = {.period = row->period,
                                .kind = row->kind,
                                .kind_given = row->kind_given,
                                .judgement = row->judgement,
                                .who = CASUS_NONE,
                                .next_text = CASUS_NONE,
                                .next_key = CASUS_NONE};
    bool yes = row->judgement == CAS_YES;
    if (!cas_grow(&names->rows, &names->row_room, names->row_count + 1, sizeof *names->rows) ||
        !keep(names, row->alias, &kept.alias) || !keep(names, row->actor, &kept.actor) ||
        !keep(names, row->parent, &kept.parent) || !keep(names, row->side, &kept.side) ||
        !keep(names, row->source, &kept.source) ||
        (yes && (kept.who = know(names, row->actor)) == CASUS_NONE) ||
        (yes && row->parent.n && know(names, row->parent) == CASUS_NONE))
        return cas_fail_memory(err);
    names->rows[names->row_count++] = kept;
    return CASUS_OK;
}

/* --- sets ------------------------------------------------------------------------------------- */

/* The set of a text or a key, made if need be. NULL without memory. */
static struct cas_bearers *
bearers_of(struct cas_intern *set, struct cas_bearers **bearers, size_t *room, bool by_key,
           const char *s, size_t n)
{
    uint32_t before = set->count;
    if (!cas_grow(bearers, room, (size_t)before + 1, sizeof **bearers))
        return NULL;
    uint32_t number = cas_intern_add(set, s, n);
    if (number == UINT32_MAX)
        return NULL;
    if (number == before)
        (*bearers)[number] =
            (struct cas_bearers){CASUS_NONE, CASUS_NONE, CASUS_NONE, by_key, false, false};
    return &(*bearers)[number];
}

static struct cas_bearers *
bearers_of_text(struct cas_names *names, const char *s, size_t n)
{
    return bearers_of(&names->texts, &names->by_text, &names->text_room, false, s, n);
}

static struct cas_bearers *
bearers_of_key(struct cas_names *names, const char *s, size_t n, struct cas_buffer *key)
{
    cas_buffer_clear(key);
    cas_spelling_key(key, s, n);
    if (key->failed)
        return NULL;
    return bearers_of(&names->keys, &names->by_key, &names->key_room, true, key->s, key->n);
}

static uint32_t *
next_of(struct cas_names *names, const struct cas_bearers *bearers, uint32_t row)
{
    return bearers->by_key ? &names->rows[row].next_key : &names->rows[row].next_text;
}

static void
append(struct cas_names *names, struct cas_bearers *bearers, uint32_t row)
{
    if (bearers->first == CASUS_NONE)
        bearers->first = row;
    else
        *next_of(names, bearers, bearers->last) = row;
    bearers->last = row;
}

static bool
put_rows(struct cas_names *names, struct cas_buffer *key)
{
    for (size_t i = 0; i < names->row_count; i++) {
        struct cas_name_row *row = &names->rows[i];
        if (row->judgement != CAS_YES || !row->alias)
            continue;
        size_t n = strlen(row->alias);
        struct cas_bearers *text = bearers_of_text(names, row->alias, n);
        struct cas_bearers *spelt = bearers_of_key(names, row->alias, n, key);
        if (!text || !spelt)
            return false;
        append(names, text, (uint32_t)i);
        append(names, spelt, (uint32_t)i);
    }
    return true;
}

/* --- merges ----------------------------------------------------------------------------------- */

/* One more actor that a set means at all times. */
static void
add_fixed(struct cas_bearers *bearers, uint32_t actor)
{
    if (bearers->fixed == CASUS_NONE)
        bearers->fixed = actor;
    else if (bearers->fixed != actor)
        bearers->shared = true;
}

static bool
is_dated(const struct cas_name_row *row)
{
    return casus_period_known(&row->period);
}

/* The one other actor that undated rows give this id to, or itself. */
static uint32_t
merged_into(const struct cas_names *names, uint32_t actor)
{
    uint32_t set =
        cas_intern_find(&names->texts, names->known[actor].id.s, names->known[actor].id.n);
    uint32_t into = actor;
    if (set == UINT32_MAX)
        return actor;
    for (uint32_t i = names->by_text[set].first; i != CASUS_NONE; i = names->rows[i].next_text) {
        const struct cas_name_row *row = &names->rows[i];
        if (is_dated(row) || row->who == actor || row->who == into)
            continue;
        if (into != actor)
            return actor;
        into = row->who;
    }
    return into;
}

static uint32_t
root_of(struct cas_names *names, uint32_t actor)
{
    struct cas_known *known = names->known;
    while (known[actor].into != actor) {
        known[actor].into = known[known[actor].into].into;
        actor = known[actor].into;
    }
    return actor;
}

/* From the last: of a circle of merges the actor that the rows name first is what all become. */
static void
merge(struct cas_names *names)
{
    for (uint32_t i = names->ids.count; i-- > 0;) {
        uint32_t root = root_of(names, merged_into(names, i));
        if (root != i)
            names->known[i].into = root;
    }
    for (uint32_t i = 0; i < names->ids.count; i++)
        names->known[i].into = root_of(names, i);
}

/* --- what a set means ------------------------------------------------------------------------- */

/* "syria-army" is a handle, "Syrian Arab Army" a name. */
static bool
reads_as_name(struct cas_text id)
{
    for (size_t i = 0; i < id.n; i++) {
        unsigned char c = (unsigned char)id.s[i];
        if ((c >= 'A' && c <= 'Z') || c == ' ' || c >= 0x80)
            return true;
    }
    return false;
}

static void
settle_rows(struct cas_names *names, struct cas_bearers *bearers)
{
    for (uint32_t i = bearers->first; i != CASUS_NONE; i = *next_of(names, bearers, i)) {
        const struct cas_name_row *row = &names->rows[i];
        bearers->dated |= is_dated(row);
        if (!is_dated(row))
            add_fixed(bearers, names->known[row->who].into);
    }
}

/* Ids mean their actors, as texts always, as spellings where they read as names. */
static bool
settle_ids(struct cas_names *names, struct cas_buffer *key)
{
    for (uint32_t i = 0; i < names->ids.count; i++) {
        struct cas_text id = names->known[i].id;
        struct cas_bearers *text = bearers_of_text(names, id.s, id.n);
        struct cas_bearers *spelt =
            reads_as_name(id) ? bearers_of_key(names, id.s, id.n, key) : text;
        if (!text || !spelt)
            return false;
        add_fixed(text, names->known[i].into);
        if (spelt != text)
            add_fixed(spelt, names->known[i].into);
    }
    return true;
}

static bool
settle(struct cas_names *names, struct cas_buffer *key)
{
    for (uint32_t i = 0; i < names->texts.count; i++)
        settle_rows(names, &names->by_text[i]);
    for (uint32_t i = 0; i < names->keys.count; i++)
        settle_rows(names, &names->by_key[i]);
    if (!settle_ids(names, key))
        return false;
    for (uint32_t i = 0; i < names->texts.count; i++)
        if (names->by_text[i].shared)
            names->by_text[i].fixed = CASUS_NONE;
    for (uint32_t i = 0; i < names->keys.count; i++)
        if (names->by_key[i].shared)
            names->by_key[i].fixed = CASUS_NONE;
    return true;
}

/* --- what is said of actors ------------------------------------------------------------------- */

static bool
same_date(struct casus_date a, struct casus_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

bool
cas_period_same(const struct casus_period *a, const struct casus_period *b)
{
    return a->interval == b->interval && a->from_bound == b->from_bound &&
           a->until_bound == b->until_bound && same_date(a->from, b->from) &&
           same_date(a->until, b->until);
}

/* Rows that repeat a parent stand near each other; one told twice does no harm. */
static bool
add_parent(struct cas_names *names, struct cas_known *known, const struct cas_name_row *row)
{
    uint32_t number = cas_intern_find(&names->ids, row->parent, strlen(row->parent));
    struct cas_rec_parent added = {.id = names->known[names->known[number].into].id,
                                   .period = row->period};
    size_t count = known->parent_count;
    for (size_t i = count > LOOK_BACK ? count - LOOK_BACK : 0; i < count; i++) {
        const struct cas_rec_parent *parent = &known->parents[i];
        if (parent->id.s == added.id.s && cas_period_same(&parent->period, &added.period))
            return true;
    }
    if (!cas_grow(&known->parents, &known->parent_room, count + 1, sizeof *known->parents))
        return false;
    if (added.id.s != known->id.s)
        known->parents[known->parent_count++] = added;
    return true;
}

/* An alias that is another's id names that other. */
static bool
may_name(const struct cas_names *names, const struct cas_name_row *row)
{
    if (!row->alias || is_dated(row) || !reads_as_name(cas_text_of(row->alias)))
        return false;
    uint32_t other = cas_intern_find(&names->ids, row->alias, strlen(row->alias));
    return other == UINT32_MAX || other == row->who;
}

static bool
describe(struct cas_names *names)
{
    for (size_t i = 0; i < names->row_count; i++) {
        const struct cas_name_row *row = &names->rows[i];
        if (row->judgement != CAS_YES)
            continue;
        struct cas_known *known = &names->known[row->who];
        if (!known->name && may_name(names, row) && !reads_as_name(known->id))
            known->name = row->alias;
        if (!known->side)
            known->side = row->side;
        if (!known->kind_given && row->kind_given) {
            known->kind = row->kind;
            known->kind_given = true;
        }
        if (row->parent && !add_parent(names, known, row))
            return false;
    }
    return true;
}

/* Half-made sets would be made twice. */
static void
forget_sets(struct cas_names *names)
{
    cas_intern_done(&names->texts);
    cas_intern_done(&names->keys);
    cas_intern_init(&names->texts);
    cas_intern_init(&names->keys);
    for (size_t i = 0; i < names->row_count; i++)
        names->rows[i].next_text = names->rows[i].next_key = CASUS_NONE;
}

enum casus_status
cas_names_seal(struct cas_names *names, struct casus_error *err)
{
    struct cas_buffer key;
    if (names->sealed)
        return CASUS_OK;
    cas_buffer_init(&key);
    bool whole = put_rows(names, &key);
    if (whole) {
        merge(names);
        whole = settle(names, &key) && describe(names);
    }
    cas_buffer_done(&key);
    names->sealed = whole;
    if (!whole)
        forget_sets(names);
    return whole ? CASUS_OK : cas_fail_memory(err);
}

/* --- look-ups --------------------------------------------------------------------------------- */

static const struct cas_bearers *
useful(const struct cas_bearers *all, uint32_t number)
{
    if (number == UINT32_MAX)
        return NULL;
    const struct cas_bearers *bearers = &all[number];
    return bearers->fixed != CASUS_NONE || bearers->dated ? bearers : NULL;
}

const struct cas_bearers *
cas_names_by_text(const struct cas_names *names, struct cas_text text)
{
    return useful(names->by_text, cas_intern_find(&names->texts, text.s, text.n));
}

const struct cas_bearers *
cas_names_by_key(const struct cas_names *names, struct cas_text text, struct cas_buffer *key)
{
    cas_buffer_clear(key);
    cas_spelling_key(key, text.s, text.n);
    if (key->failed)
        return NULL;
    return useful(names->by_key, cas_intern_find(&names->keys, key->s, key->n));
}

uint32_t
cas_names_target(const struct cas_names *names, const struct cas_bearers *bearers,
                 const struct casus_period *at)
{
    uint32_t target = CASUS_NONE;
    if (!bearers->dated || !at || !casus_period_known(at))
        return bearers->fixed;
    for (uint32_t i = bearers->first; i != CASUS_NONE;) {
        const struct cas_name_row *row = &names->rows[i];
        i = bearers->by_key ? row->next_key : row->next_text;
        if (!is_dated(row) || !casus_period_may_overlap(at, casus_period_first_day(&row->period),
                                                        casus_period_last_day(&row->period)))
            continue;
        uint32_t one = names->known[row->who].into;
        if (target != CASUS_NONE && target != one)
            return bearers->fixed;
        target = one;
    }
    return target == CASUS_NONE ? bearers->fixed : target;
}

struct casus_registry_counts
cas_names_count(const struct cas_names *names)
{
    struct casus_registry_counts counts = {.rows = names->row_count};
    for (size_t i = 0; i < names->row_count; i++) {
        counts.yes += names->rows[i].judgement == CAS_YES;
        counts.no += names->rows[i].judgement == CAS_NO;
        counts.unsure += names->rows[i].judgement == CAS_UNSURE;
    }
    for (uint32_t i = 0; names->sealed && i < names->keys.count; i++)
        counts.shared += names->by_key[i].shared;
    return counts;
}
