/* The table of ties: an open-addressing hash over an array that only grows. */
#include "graph/ties.h"

#include "base/mem.h"
#include "base/text.h"

enum { FIRST_SLOTS = 64 };

static bool
is_earlier(struct casus_date a, struct casus_date b)
{
    int32_t day = casus_date_first_day(a), other = casus_date_first_day(b);
    return day != other ? day < other : casus_date_last_day(a) < casus_date_last_day(b);
}

static bool
is_later(struct casus_date a, struct casus_date b)
{
    int32_t day = casus_date_last_day(a), other = casus_date_last_day(b);
    return day != other ? day > other : casus_date_first_day(a) > casus_date_first_day(b);
}

static void
span_touch(struct cas_span *span, struct casus_date date)
{
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
    int32_t first = casus_period_first_day(period), last = casus_period_last_day(period);
    if (first == CASUS_DAY_MIN || last == CASUS_DAY_MAX)
        return CAS_NO_MONTH;
    struct casus_date begin = casus_date_of_day(first), end = casus_date_of_day(last);
    if (begin.year != end.year || begin.month != end.month)
        return CAS_NO_MONTH;
    return begin.year * 12 + begin.month - 1;
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
    cas_free(ties->slots);
    cas_ties_init(ties);
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

static size_t
slot_of(const struct cas_ties *ties, const struct cas_tie_key *key)
{
    size_t mask = ties->slot_count - 1, slot = key_hash(key) & mask;
    while (ties->slots[slot] && !key_same(&ties->at[ties->slots[slot] - 1].key, key))
        slot = (slot + 1) & mask;
    return slot;
}

static bool
widen(struct cas_ties *ties)
{
    size_t wanted = ties->slot_count ? ties->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = cas_zalloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    cas_free(ties->slots);
    ties->slots = slots;
    ties->slot_count = wanted;
    for (size_t i = 0; i < ties->count; i++)
        slots[slot_of(ties, &ties->at[i].key)] = (uint32_t)i + 1;
    return true;
}

struct cas_tie *
cas_ties_of(struct cas_ties *ties, struct cas_tie_key key)
{
    if (!key.directed && key.from > key.to) {
        uint32_t smaller = key.to;
        key.to = key.from;
        key.from = smaller;
    }
    if (ties->count >= ties->slot_count / 2 && (ties->count >= UINT32_MAX - 1 || !widen(ties)))
        return NULL;
    size_t slot = slot_of(ties, &key);
    if (ties->slots[slot])
        return &ties->at[ties->slots[slot] - 1];
    if (!cas_grow(&ties->at, &ties->room, ties->count + 1, sizeof *ties->at))
        return NULL;
    ties->at[ties->count] = (struct cas_tie){.key = key};
    ties->slots[slot] = (uint32_t)++ties->count;
    return &ties->at[ties->count - 1];
}

void
cas_tie_merge(struct cas_tie *into, const struct cas_tie *from)
{
    into->events += from->events;
    into->weight += from->weight;
    cas_span_merge(&into->span, &from->span);
    for (int i = 0; i < CASUS_LOSS_COUNT; i++)
        cas_sum_merge(&into->losses[i], &from->losses[i]);
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
        into->evidence[i] += from->evidence[i];
    for (int i = 0; i < CASUS_STANCE_COUNT; i++)
        into->stances[i] += from->stances[i];
}
