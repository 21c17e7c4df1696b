/* The table of ties: an open-addressing hash over an array that only grows. */
#include "graph/ties.h"

#include "base/mem.h"
#include "base/text.h"

enum { FIRST_SLOTS = 64 };

/* Two days, or two different months: their order, without a look at the calendar. */
static bool
are_ordered(struct casus_date a, struct casus_date b, int *out_order)
{
    int left = a.year * 16 + a.month, right = b.year * 16 + b.month;
    bool days = a.day && b.day;
    *out_order = left != right ? left - right : a.day - b.day;
    return a.month && b.month && (days || left != right);
}

static bool
is_earlier(struct casus_date a, struct casus_date b)
{
    int order;
    if (are_ordered(a, b, &order))
        return order < 0;
    int32_t day = casus_date_first_day(a), other = casus_date_first_day(b);
    return day != other ? day < other : casus_date_last_day(a) < casus_date_last_day(b);
}

static bool
is_later(struct casus_date a, struct casus_date b)
{
    int order;
    if (are_ordered(a, b, &order))
        return order > 0;
    int32_t day = casus_date_last_day(a), other = casus_date_last_day(b);
    return day != other ? day > other : casus_date_first_day(a) > casus_date_first_day(b);
}

/* Days in their order. */
static int
number_of_day(struct casus_date date)
{
    return date.year * 512 + date.month * 32 + date.day;
}

static void
span_touch(struct cas_span *span, struct casus_date date)
{
    if (date.day && span->first.day && span->last.day) {
        int day = number_of_day(date);
        if (day < number_of_day(span->first))
            span->first = date;
        if (day > number_of_day(span->last))
            span->last = date;
        return;
    }
    if (!casus_date_known(date))
        return;
    if (!casus_date_known(span->first) || is_earlier(date, span->first))
        span->first = date;
    if (!casus_date_known(span->last) || is_later(date, span->last))
        span->last = date;
}

void
cas_span_add(struct cas_span *span, const struct casus_period *period)
{
    if (period->from_bound == CASUS_BOUND_DATE)
        span_touch(span, period->from);
    if (period->until_bound == CASUS_BOUND_DATE)
        span_touch(span, period->until);
    span->open |= period->until_bound == CASUS_BOUND_OPEN;
}

void
cas_span_merge(struct cas_span *span, const struct cas_span *other)
{
    span_touch(span, other->first);
    span_touch(span, other->last);
    span->open |= other->open;
}

int32_t
cas_month_of(const struct casus_period *period)
{
    struct casus_date from = period->from, until = period->interval ? period->until : from;
    bool dated = period->from_bound == CASUS_BOUND_DATE &&
                 (!period->interval || period->until_bound == CASUS_BOUND_DATE);
    if (!dated || !from.month || from.year != until.year || from.month != until.month)
        return CAS_NO_MONTH;
    return from.year * 12 + from.month - 1;
}

void
cas_ties_init(struct cas_ties *ties)
{
    *ties = (struct cas_ties){0};
}

void
cas_ties_done(struct cas_ties *ties)
{
    cas_free(ties->at);
    cas_free(ties->losses);
    cas_free(ties->marks);
    cas_free(ties->slots);
    cas_ties_init(ties);
}

void
cas_ties_clear(struct cas_ties *ties)
{
    ties->count = ties->loss_count = ties->mark_count = 0;
    if (ties->slot_count)
        memset(ties->slots, 0, ties->slot_count * sizeof *ties->slots);
}

static uint64_t
key_hash(const struct cas_tie_key *key)
{
    uint32_t words[4] = {key->from, key->to, (uint32_t)key->month,
                         (uint32_t)key->relation << 1 | key->directed};
    return cas_hash(words, sizeof words);
}

static bool
key_same(const struct cas_tie_key *a, const struct cas_tie_key *b)
{
    return a->from == b->from && a->to == b->to && a->month == b->month &&
           a->relation == b->relation && a->directed == b->directed;
}

/* A slot holds the upper half of the key's hash above the index: most that do not match are told
 * without a look at the tie. */
static bool
slot_holds(const struct cas_ties *ties, uint64_t slot, uint64_t hash, const struct cas_tie_key *key)
{
    return slot >> 32 == hash >> 32 && key_same(&ties->at[(uint32_t)slot - 1].key, key);
}

static size_t
slot_of(const struct cas_ties *ties, uint64_t hash, const struct cas_tie_key *key)
{
    size_t mask = ties->slot_count - 1, slot = hash & mask;
    while (ties->slots[slot] && !slot_holds(ties, ties->slots[slot], hash, key))
        slot = (slot + 1) & mask;
    return slot;
}

static bool
widen(struct cas_ties *ties)
{
    size_t wanted = ties->slot_count ? ties->slot_count * 2 : FIRST_SLOTS;
    uint64_t *slots = cas_zalloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < ties->count; i++) {
        uint64_t hash = key_hash(&ties->at[i].key);
        size_t slot = hash & (wanted - 1);
        while (slots[slot])
            slot = (slot + 1) & (wanted - 1);
        slots[slot] = (hash >> 32 << 32) | (i + 1);
    }
    cas_free(ties->slots);
    ties->slots = slots;
    ties->slot_count = wanted;
    return true;
}

static struct cas_tie_key
in_order(struct cas_tie_key key)
{
    uint32_t from = key.from, to = key.to;
    bool turn = !key.directed && from > to;
    key.from = turn ? to : from;
    key.to = turn ? from : to;
    return key;
}

void
cas_ties_expect(const struct cas_ties *ties, struct cas_tie_key key)
{
    key = in_order(key);
    if (ties->slot_count)
        __builtin_prefetch(&ties->slots[key_hash(&key) & (ties->slot_count - 1)]);
}

uint64_t
cas_ties_hash(const struct cas_ties *ties, const struct cas_tie_key *key)
{
    uint64_t hash = key_hash(key);
    if (ties->slot_count)
        __builtin_prefetch(&ties->slots[hash & (ties->slot_count - 1)]);
    return hash;
}

/* Of several ties behind one slot the first will do. */
void
cas_ties_expect_tie(const struct cas_ties *ties, uint64_t hash)
{
    uint64_t slot = ties->slot_count ? ties->slots[hash & (ties->slot_count - 1)] : 0;
    if (slot)
        __builtin_prefetch(&ties->at[(uint32_t)slot - 1]);
}

void
cas_ties_expect_loss(const struct cas_ties *ties, size_t index)
{
    uint32_t loss = ties->at[index].losses;
    if (loss)
        __builtin_prefetch(&ties->losses[loss - 1]);
}

size_t
cas_ties_index(struct cas_ties *ties, const struct cas_tie_key *key, uint64_t hash)
{
    if (ties->count >= ties->slot_count / 2 && (ties->count >= UINT32_MAX - 1 || !widen(ties)))
        return SIZE_MAX;
    size_t slot = slot_of(ties, hash, key);
    if (ties->slots[slot])
        return (uint32_t)ties->slots[slot] - 1;
    if (!cas_grow(&ties->at, &ties->room, ties->count + 1, sizeof *ties->at))
        return SIZE_MAX;
    ties->at[ties->count] = (struct cas_tie){.key = *key};
    ties->slots[slot] = (hash >> 32 << 32) | ++ties->count;
    return ties->count - 1;
}

struct cas_tie *
cas_ties_of(struct cas_ties *ties, struct cas_tie_key key)
{
    key = in_order(key);
    size_t index = cas_ties_index(ties, &key, key_hash(&key));
    return index != SIZE_MAX ? &ties->at[index] : NULL;
}

struct cas_sum *
cas_ties_loss(struct cas_ties *ties, struct cas_tie *tie, enum casus_loss_kind kind)
{
    uint32_t at = tie->losses;
    while (at && ties->losses[at - 1].kind != kind)
        at = ties->losses[at - 1].next;
    if (!at) {
        if (ties->loss_count >= UINT32_MAX - 1 ||
            !cas_grow(&ties->losses, &ties->loss_room, ties->loss_count + 1, sizeof *ties->losses))
            return NULL;
        ties->losses[ties->loss_count] = (struct cas_tie_loss){.next = tie->losses, .kind = kind};
        at = tie->losses = (uint32_t)++ties->loss_count;
    }
    return &ties->losses[at - 1].sum;
}

bool
cas_ties_add_loss(struct cas_ties *ties, struct cas_tie *tie, enum casus_loss_kind kind,
                  const struct casus_figure *figure)
{
    struct cas_sum *sum = casus_figure_known(figure) ? cas_ties_loss(ties, tie, kind) : NULL;
    if (sum)
        cas_sum_add_whole(sum, figure);
    return sum || !casus_figure_known(figure);
}

bool
cas_ties_add_mark(struct cas_ties *ties, struct cas_tie *tie, uint32_t what)
{
    if (!tie->first_mark)
        tie->first_mark = (uint8_t)(what + 1);
    if (tie->first_mark == what + 1) {
        tie->first_count++;
        return true;
    }
    uint32_t at = tie->marks;
    while (at && ties->marks[at - 1].what != what)
        at = ties->marks[at - 1].next;
    if (!at) {
        if (ties->mark_count >= UINT32_MAX - 1 ||
            !cas_grow(&ties->marks, &ties->mark_room, ties->mark_count + 1, sizeof *ties->marks))
            return false;
        ties->marks[ties->mark_count] = (struct cas_tie_mark){.next = tie->marks, .what = what};
        at = tie->marks = (uint32_t)++ties->mark_count;
    }
    ties->marks[at - 1].count++;
    return true;
}

void
cas_ties_settle(struct cas_ties *ties)
{
    cas_free(ties->slots);
    ties->slots = NULL;
    ties->slot_count = 0;
}

void
cas_ties_add_up(const struct cas_ties *ties, const struct cas_tie *tie, struct cas_tie_sum *sum)
{
    sum->events += tie->events;
    sum->weight += tie->weight;
    cas_span_merge(&sum->span, &tie->span);
    for (uint32_t at = tie->losses; at; at = ties->losses[at - 1].next)
        cas_sum_merge(&sum->losses[ties->losses[at - 1].kind], &ties->losses[at - 1].sum);
    for (uint32_t at = tie->marks; at; at = ties->marks[at - 1].next)
        sum->marks[ties->marks[at - 1].what] += ties->marks[at - 1].count;
    if (tie->first_mark)
        sum->marks[tie->first_mark - 1] += tie->first_count;
}
