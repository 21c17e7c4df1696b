/* Losses reconciled. The rules stand in losses.h.
 *
 * Invariant: a figure that is known has low <= best <= high, as far as each is known.
 */
#include "claim/losses.h"

#include <stdlib.h>

#include "base/mem.h"

static void
sum_add(struct cas_sum *sum, const struct casus_figure *figure, int64_t most)
{
    if (!casus_figure_known(figure))
        return;
    sum->figures++;
    sum->lows += figure->low >= 0 || figure->best >= 0;
    sum->bests += figure->best >= 0;
    sum->highs += most >= 0;
    sum->low = cas_count_add(sum->low, casus_figure_least(figure));
    sum->best = cas_count_add(sum->best, figure->best >= 0 ? figure->best : 0);
    sum->high = cas_count_add(sum->high, most >= 0 ? most : 0);
}

void
cas_sum_add(struct cas_sum *sum, const struct casus_figure *figure)
{
    sum_add(sum, figure, casus_figure_most(figure));
}

void
cas_sum_add_whole(struct cas_sum *sum, const struct casus_figure *figure)
{
    sum_add(sum, figure, figure->high);
}

void
cas_sum_merge(struct cas_sum *sum, const struct cas_sum *other)
{
    sum->low = cas_count_add(sum->low, other->low);
    sum->best = cas_count_add(sum->best, other->best);
    sum->high = cas_count_add(sum->high, other->high);
    sum->figures += other->figures;
    sum->lows += other->lows;
    sum->bests += other->bests;
    sum->highs += other->highs;
}

struct casus_figure
cas_sum_figure(const struct cas_sum *sum)
{
    struct casus_figure figure = CASUS_NO_FIGURE;
    if (sum->lows)
        figure.low = sum->low;
    if (sum->figures && sum->bests == sum->figures)
        figure.best = sum->best;
    if (sum->figures && sum->highs == sum->figures)
        figure.high = sum->high;
    return figure;
}

/* Rule 2, one teller after the other. All zero: nobody has told yet. */
struct range {
    struct casus_figure figure;
    bool told, lows, unbounded, disagree;
};

static void
range_add(struct range *range, const struct casus_figure *figure)
{
    if (!casus_figure_known(figure))
        return;
    int64_t least = casus_figure_least(figure), most = casus_figure_most(figure);
    struct casus_figure *all = &range->figure;
    if (!range->told)
        *all = (struct casus_figure){least, -1, most};
    range->told = true;
    range->lows |= figure->low >= 0 || figure->best >= 0;
    range->unbounded |= most < 0;
    range->disagree |= all->best >= 0 && figure->best >= 0 && all->best != figure->best;
    all->low = least < all->low ? least : all->low;
    all->high = most > all->high ? most : all->high;
    all->best = figure->best >= 0 ? figure->best : all->best;
}

static struct casus_figure
range_figure(const struct range *range)
{
    struct casus_figure figure = range->told ? range->figure : CASUS_NO_FIGURE;
    if (!range->lows)
        figure.low = -1;
    if (range->unbounded)
        figure.high = -1;
    if (range->disagree)
        figure.best = -1;
    return figure;
}

static int
by_actor_kind_teller(const void *left, const void *right)
{
    const struct cas_told *a = left, *b = right;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    if (a->what != b->what)
        return a->what < b->what ? -1 : 1;
    return (a->teller > b->teller) - (a->teller < b->teller);
}

/* Rules 1 and 2 over rows of one actor and one set of kinds, in order of teller. */
static struct casus_figure
reconcile(const struct cas_told *told, size_t count)
{
    struct range range = {0};
    for (size_t i = 0; i < count;) {
        struct cas_sum sum = {0};
        uint32_t teller = told[i].teller;
        for (; i < count && told[i].teller == teller; i++)
            cas_sum_add(&sum, &told[i].figure);
        struct casus_figure figure = cas_sum_figure(&sum);
        range_add(&range, &figure);
    }
    return range_figure(&range);
}

/* The kind that a set names alone, or -1. */
static int
lone_kind(uint8_t what)
{
    return what && !(what & (what - 1)) ? __builtin_ctz(what) : -1;
}

static struct cas_lost
nothing_lost(uint32_t actor)
{
    struct cas_lost lost = {.actor = actor};
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        lost.of[kind] = CASUS_NO_FIGURE;
    return lost;
}

size_t
cas_losses(struct cas_told *told, size_t count, struct cas_lost *out,
           struct casus_figure out_total[CASUS_LOSS_COUNT])
{
    struct cas_sum sums[CASUS_LOSS_COUNT] = {{0}};
    size_t rows = 0;
    if (count)
        qsort(told, count, sizeof *told, by_actor_kind_teller);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1;
             end < count && told[end].actor == told[i].actor && told[end].what == told[i].what;
             end++)
            ;
        int kind = lone_kind(told[i].what);
        if (kind < 0 || kind >= CASUS_LOSS_COUNT)
            continue;
        if (!rows || out[rows - 1].actor != told[i].actor)
            out[rows++] = nothing_lost(told[i].actor);
        out[rows - 1].of[kind] = reconcile(told + i, end - i);
        cas_sum_add_whole(&sums[kind], &out[rows - 1].of[kind]);
    }
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        out_total[kind] = cas_sum_figure(&sums[kind]);
    return rows;
}

/* One teller's figure for an actor and a kind. */
static struct casus_figure
told_by_one(const struct casus_loss *losses, uint32_t count, uint32_t actor, uint8_t what)
{
    struct cas_sum sum = {0};
    for (uint32_t i = 0; i < count; i++)
        if (losses[i].actor == actor && losses[i].what == what)
            cas_sum_add(&sum, &losses[i].figure);
    return cas_sum_figure(&sum);
}

static struct casus_figure
losses_of(const struct casus_dossier *dossier, const struct casus_event *event, uint32_t actor,
          uint8_t what)
{
    struct range range = {0};
    struct casus_figure figure = told_by_one(event->losses, event->loss_count, actor, what);
    range_add(&range, &figure);
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        if (claim->about_count != 1)
            continue;
        figure = told_by_one(claim->losses, claim->loss_count, actor, what);
        range_add(&range, &figure);
    }
    return range_figure(&range);
}

/* The actor after `last` in order of number that a loss names; `first`: the lowest. */
static bool
next_actor(const struct casus_loss *losses, uint32_t count, bool first, uint32_t last,
           uint32_t *next, bool found)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = losses[i].actor;
        if ((first || actor > last) && (!found || actor < *next)) {
            *next = actor;
            found = true;
        }
    }
    return found;
}

static bool
next_loser(const struct casus_dossier *dossier, const struct casus_event *event, bool first,
           uint32_t *actor)
{
    uint32_t last = *actor;
    bool found = next_actor(event->losses, event->loss_count, first, last, actor, false);
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        if (claim->about_count == 1)
            found = next_actor(claim->losses, claim->loss_count, first, last, actor, found);
    }
    return found;
}

struct casus_figure
casus_event_losses(const struct casus_dossier *dossier, uint32_t event_index, uint32_t actor,
                   enum casus_loss_kind what)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, event_index);
    if (actor != CASUS_NONE)
        return losses_of(dossier, event, actor, (uint8_t)CASUS_BIT(what));
    struct cas_sum sum = {0};
    uint32_t loser = 0;
    for (bool first = true; next_loser(dossier, event, first, &loser); first = false) {
        struct casus_figure figure = losses_of(dossier, event, loser, (uint8_t)CASUS_BIT(what));
        cas_sum_add_whole(&sum, &figure);
    }
    return cas_sum_figure(&sum);
}
