/* What tellers give as losses. The rules stand in givings.h. */
#include "claim/givings.h"

#include <stdlib.h>

#include "base/mem.h"

/* --- gathering -------------------------------------------------------------------------------- */

static int
by_actor(const void *left, const void *right)
{
    const struct cas_giving *a = left, *b = right;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

/* Rows of one actor become one giving. */
static void
merge_rows(struct cas_givings *givings, size_t begin)
{
    size_t kept = begin;
    if (givings->count == begin)
        return;
    qsort(givings->at + begin, givings->count - begin, sizeof *givings->at, by_actor);
    for (size_t i = begin + 1; i < givings->count; i++) {
        struct cas_giving *into = &givings->at[kept], *from = &givings->at[i];
        if (into->actor != from->actor) {
            givings->at[++kept] = *from;
            continue;
        }
        for (int set = 1; set < CAS_SETS; set++)
            cas_sum_merge(&into->sums[set], &from->sums[set]);
    }
    givings->count = kept + 1;
}

bool
cas_givings_add(struct cas_givings *givings, struct casus_voice voice,
                const struct casus_loss *losses, uint32_t count, uint32_t event)
{
    size_t begin = givings->count;
    if (!cas_grow(&givings->at, &givings->room, begin + count, sizeof *givings->at))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!casus_figure_known(&losses[i].figure) || !losses[i].what)
            continue;
        struct cas_giving giving = {.actor = losses[i].actor, .voice = voice, .event = event};
        cas_sum_add(&giving.sums[losses[i].what & (CAS_SETS - 1)], &losses[i].figure);
        givings->at[givings->count++] = giving;
    }
    merge_rows(givings, begin);
    return true;
}

bool
cas_givings_add_event(struct cas_givings *givings, const struct casus_dossier *dossier,
                      uint32_t event_index, uint32_t place)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, event_index);
    struct casus_voice data = {CASUS_VOICE_DATA, 0};
    if (!cas_givings_add(givings, data, event->losses, event->loss_count, place))
        return false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        if (claim->about_count == 1 &&
            !cas_givings_add(givings, cas_voice_of(dossier, claim, event), claim->losses,
                             claim->loss_count, place))
            return false;
    }
    return true;
}

/* --- intervals -------------------------------------------------------------------------------- */

static int64_t
bounded(const struct cas_sum *sum)
{
    struct casus_figure figure = cas_sum_figure(sum);
    int64_t most = casus_figure_most(&figure);
    return most < 0 ? INT64_MAX : most;
}

static void
add_part(struct cas_interval *interval, const struct cas_sum *sum, uint8_t what)
{
    interval->least = cas_count_add(interval->least, sum->low);
    interval->most = cas_count_add(interval->most, bounded(sum));
    interval->kinds |= what;
}

struct cas_interval
cas_giving_interval(const struct cas_giving *giving, uint8_t set)
{
    struct cas_interval interval = {0};
    if (giving->sums[set].figures) {
        add_part(&interval, &giving->sums[set], set);
        return interval;
    }
    for (int size = 1; size < CASUS_LOSS_COUNT; size++)
        for (uint8_t part = 1; part < CAS_SETS; part++)
            if (__builtin_popcount(part) == size && (part & set) == part &&
                !(part & interval.kinds) && giving->sums[part].figures)
                add_part(&interval, &giving->sums[part], part);
    return interval;
}

int64_t
cas_interval_most(const struct cas_interval *interval, uint8_t set)
{
    return interval->kinds == set ? interval->most : INT64_MAX;
}

bool
cas_intervals_exclude(const struct cas_interval *a, const struct cas_interval *b, uint8_t set)
{
    return a->least > cas_interval_most(b, set) || b->least > cas_interval_most(a, set);
}

/* --- order and sets ------------------------------------------------------------------------- */

static int
compare_givings(const void *left, const void *right, void *context)
{
    const struct cas_giving *a = left, *b = right;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    int order = cas_voice_compare(context, a->voice, b->voice);
    if (order)
        return order;
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    return memcmp(a->sums, b->sums, sizeof a->sums);
}

void
cas_givings_sort(struct cas_givings *givings, size_t begin, const struct casus_dossier *dossier)
{
    if (givings->count > begin)
        qsort_r(givings->at + begin, givings->count - begin, sizeof *givings->at, compare_givings,
                (void *)dossier);
}

unsigned
cas_givings_sets(const struct cas_giving *givings, size_t count)
{
    unsigned sets = 0;
    for (size_t i = 0; i < count; i++)
        for (unsigned set = 1; set < CAS_SETS; set++)
            sets |= (givings[i].sums[set].figures != 0) << set;
    return sets;
}
