/* The ledger by event: claims in order, losses reconciled.
 *
 * Rules of losses: for each actor and each set of kinds that somebody names,
 * - each teller's figure stands for itself. Who gives only some of the kinds gives a floor of their
 *   sum: killed 15 is at least 15 killed or missing (givings.h).
 * - widest runs from the least that anybody gives to the most; one figure without an upper bound
 *   leaves it without. Its best stands only where all who give one for the set give the same.
 * - agreed is what all intervals share: from the largest least to the smallest most. Where these
 *   cross, nothing is allowed by all. No average is ever made.
 */
#include "claim/ledger.h"

#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"

struct casus_voice
casus_claim_voice(const struct casus_dossier *dossier, const struct casus_claim *claim,
                  uint32_t event)
{
    return cas_voice_of(dossier, claim, casus_dossier_event_at(dossier, event));
}

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* Undated ones come last. */
static int64_t
first_day(const struct casus_period *period)
{
    return casus_period_known(period) ? casus_period_first_day(period) : INT64_MAX;
}

/* --- events and claims in order ------------------------------------------------------------- */

static int
compare_events(const void *left, const void *right, void *context)
{
    const uint32_t *a = left, *b = right;
    const struct casus_event *x = casus_dossier_event_at(context, *a);
    const struct casus_event *y = casus_dossier_event_at(context, *b);
    int order = compare_numbers(first_day(&x->date), first_day(&y->date));
    return order ? order : strcmp(x->id, y->id);
}

static const char *
actor_id(const struct casus_dossier *dossier, uint32_t actor)
{
    return actor == CASUS_NONE ? NULL : casus_dossier_actor_at(dossier, actor)->id;
}

static int
compare_losses(const struct casus_dossier *dossier, const struct casus_claim *a,
               const struct casus_claim *b)
{
    int order = compare_numbers(a->loss_count, b->loss_count);
    for (uint32_t i = 0; i < a->loss_count && !order; i++) {
        const struct casus_loss *x = &a->losses[i], *y = &b->losses[i];
        order = compare_texts(actor_id(dossier, x->actor), actor_id(dossier, y->actor));
        order = order ? order : compare_numbers(x->what, y->what);
        order = order ? order : compare_numbers(x->figure.low, y->figure.low);
        order = order ? order : compare_numbers(x->figure.best, y->figure.best);
        order = order ? order : compare_numbers(x->figure.high, y->figure.high);
    }
    return order;
}

static int
compare_who(const struct casus_dossier *dossier, const struct casus_claim *a,
            const struct casus_claim *b)
{
    int order = compare_texts(actor_id(dossier, a->by), actor_id(dossier, b->by));
    order = order ? order : compare_texts(actor_id(dossier, a->via), actor_id(dossier, b->via));
    order = order ? order : compare_texts(actor_id(dossier, a->of), actor_id(dossier, b->of));
    if (order || a->source == b->source)
        return order;
    if (a->source == CASUS_NONE || b->source == CASUS_NONE)
        return a->source == CASUS_NONE ? 1 : -1;
    return strcmp(casus_dossier_source_at(dossier, a->source)->id,
                  casus_dossier_source_at(dossier, b->source)->id);
}

/* All that an answer shows of a claim takes part, so that no row's place shows in it. */
static int
compare_claims(const void *left, const void *right, void *context)
{
    const uint32_t *i = left, *j = right;
    const struct casus_claim *a = casus_dossier_claim_at(context, *i);
    const struct casus_claim *b = casus_dossier_claim_at(context, *j);
    int order = compare_numbers(first_day(&a->date), first_day(&b->date));
    order = order ? order : compare_numbers(a->stance, b->stance);
    order = order ? order : compare_who(context, a, b);
    order = order ? order : compare_numbers(a->credibility, b->credibility);
    order = order ? order : compare_numbers(a->about_count, b->about_count);
    order = order ? order : compare_losses(context, a, b);
    order = order ? order : compare_texts(a->note, b->note);
    return order ? order : compare_texts(a->url, b->url);
}

static bool
order_events(struct casus_ledger *ledger, const uint8_t *chosen)
{
    uint32_t count = casus_dossier_event_count(ledger->dossier);
    ledger->events = cas_zalloc(count, sizeof *ledger->events);
    if (!ledger->events)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!chosen || chosen[i])
            ledger->events[ledger->event_count++] = i;
    if (ledger->event_count)
        qsort_r(ledger->events, ledger->event_count, sizeof *ledger->events, compare_events,
                (void *)ledger->dossier);
    ledger->claims = cas_zalloc(ledger->event_count, sizeof *ledger->claims);
    ledger->losses_of = cas_zalloc(ledger->event_count, sizeof *ledger->losses_of);
    return ledger->claims && ledger->losses_of;
}

static bool
order_claims(struct casus_ledger *ledger, uint32_t index)
{
    const struct casus_event *event =
        casus_dossier_event_at(ledger->dossier, ledger->events[index]);
    if (!event->claim_count)
        return true;
    uint32_t *claims =
        cas_arena_copy(&ledger->arena, event->claims, event->claim_count, sizeof *claims);
    if (!claims)
        return false;
    qsort_r(claims, event->claim_count, sizeof *claims, compare_claims, (void *)ledger->dossier);
    ledger->claims[index] = claims;
    return true;
}

/* --- losses ----------------------------------------------------------------------------------- */

/* What a giving gives for a set, as it gives it. */
static struct casus_told
told_of(const struct cas_giving *giving, const struct cas_interval *interval, uint8_t set)
{
    struct casus_told told = {.by = giving->voice, .figure = CASUS_NO_FIGURE};
    told.floor = interval->kinds != set;
    if (giving->sums[set].figures)
        told.figure = cas_sum_figure(&giving->sums[set]);
    else if (told.floor)
        told.figure.low = interval->least;
    else
        told.figure = (struct casus_figure){
            interval->least, interval->least == interval->most ? interval->least : -1,
            interval->most == INT64_MAX ? -1 : interval->most};
    return told;
}

/* The ranges of a row, one interval after the other. INT64_MAX is no bound until the end. */
static void
take_interval(struct casus_reconciled *row, const struct cas_interval *interval)
{
    int64_t most = cas_interval_most(interval, row->what);
    bool first = !row->told_count;
    if (first || interval->least < row->widest.low)
        row->widest.low = interval->least;
    if (first || most > row->widest.high)
        row->widest.high = most;
    if (first || interval->least > row->agreed.low)
        row->agreed.low = interval->least;
    if (first || most < row->agreed.high)
        row->agreed.high = most;
}

static int64_t
common_best(const struct casus_reconciled *row)
{
    int64_t best = -1;
    for (uint32_t i = 0; i < row->told_count; i++) {
        if (row->told[i].figure.best < 0)
            continue;
        if (best >= 0 && row->told[i].figure.best != best)
            return -1;
        best = row->told[i].figure.best;
    }
    return best;
}

static void
close_row(struct casus_reconciled *row)
{
    row->widest.best = common_best(row);
    row->excluded = row->agreed.low > row->agreed.high;
    if (row->widest.high == INT64_MAX)
        row->widest.high = -1;
    if (row->agreed.high == INT64_MAX)
        row->agreed.high = -1;
    row->agreed.best = row->agreed.low == row->agreed.high ? row->agreed.low : -1;
    if (row->excluded)
        row->agreed = CASUS_NO_FIGURE;
}

static bool
reconcile(struct casus_ledger *ledger, const struct cas_giving *givings, size_t count, uint8_t set)
{
    struct casus_told *told = cas_arena_alloc(&ledger->arena, count * sizeof *told);
    if (!told || !cas_grow(&ledger->losses, &ledger->loss_room, ledger->loss_count + 1,
                           sizeof *ledger->losses))
        return false;
    struct casus_reconciled row = {.actor = givings->actor, .what = set, .told = told};
    for (size_t i = 0; i < count; i++) {
        struct cas_interval interval = cas_giving_interval(&givings[i], set);
        if (!interval.kinds)
            continue;
        take_interval(&row, &interval);
        told[row.told_count++] = told_of(&givings[i], &interval, set);
    }
    close_row(&row);
    ledger->losses[ledger->loss_count++] = row;
    return true;
}

static int
compare_rows(const void *left, const void *right, void *context)
{
    const struct casus_reconciled *a = left, *b = right;
    int order = compare_numbers(a->actor == CASUS_NONE, b->actor == CASUS_NONE);
    order = order ? order : compare_texts(actor_id(context, a->actor), actor_id(context, b->actor));
    return order ? order : compare_numbers(a->what, b->what);
}

static bool
reconcile_event(struct casus_ledger *ledger, uint32_t index)
{
    struct cas_givings *givings = &ledger->givings;
    size_t first = ledger->loss_count;
    givings->count = 0;
    if (!cas_givings_add_event(givings, ledger->dossier, ledger->events[index], 0))
        return false;
    cas_givings_sort(givings, 0, ledger->dossier);
    for (size_t i = 0, end; i < givings->count; i = end) {
        for (end = i + 1; end < givings->count && givings->at[end].actor == givings->at[i].actor;
             end++)
            ;
        unsigned sets = cas_givings_sets(givings->at + i, end - i);
        for (uint8_t set = 1; set < CAS_SETS; set++)
            if ((sets & (1u << set)) && !reconcile(ledger, givings->at + i, end - i, set))
                return false;
    }
    size_t count = ledger->loss_count - first;
    if (count)
        qsort_r(ledger->losses + first, count, sizeof *ledger->losses, compare_rows,
                (void *)ledger->dossier);
    ledger->losses_of[index] = (struct cas_losses_of){(uint32_t)first, (uint32_t)count};
    return ledger->loss_count < UINT32_MAX;
}

/* --- the ledger ------------------------------------------------------------------------------- */

static bool
fill(struct casus_ledger *ledger, const uint8_t *chosen)
{
    bool done = order_events(ledger, chosen);
    for (uint32_t i = 0; done && i < ledger->event_count; i++)
        done = order_claims(ledger, i) && reconcile_event(ledger, i);
    return done;
}

enum casus_status
casus_ledger_new(const struct casus_dossier *dossier, const struct casus_verdicts *verdicts,
                 const uint8_t *chosen, struct casus_ledger **out, struct casus_error *err)
{
    struct casus_ledger *ledger = cas_zalloc(1, sizeof *ledger);
    if (!ledger)
        return cas_fail_memory(err);
    ledger->dossier = dossier;
    ledger->verdicts = verdicts;
    cas_arena_init(&ledger->arena);
    enum casus_status status =
        fill(ledger, chosen) ? cas_records_make(ledger, chosen, err) : cas_fail_memory(err);
    if (status != CASUS_OK) {
        casus_ledger_free(ledger);
        return status;
    }
    *out = ledger;
    return CASUS_OK;
}

void
casus_ledger_free(struct casus_ledger *ledger)
{
    if (!ledger)
        return;
    cas_arena_done(&ledger->arena);
    cas_free(ledger->events);
    cas_free(ledger->claims);
    cas_free(ledger->losses_of);
    cas_free(ledger->losses);
    cas_free(ledger->records);
    cas_free(ledger->givings.at);
    cas_free(ledger);
}

uint32_t
casus_ledger_event_count(const struct casus_ledger *ledger)
{
    return ledger->event_count;
}

uint32_t
casus_ledger_event_at(const struct casus_ledger *ledger, uint32_t index)
{
    return ledger->events[index];
}

const uint32_t *
casus_ledger_claims(const struct casus_ledger *ledger, uint32_t index)
{
    return ledger->claims[index];
}

uint32_t
casus_ledger_loss_count(const struct casus_ledger *ledger, uint32_t index)
{
    return ledger->losses_of[index].count;
}

const struct casus_reconciled *
casus_ledger_loss_at(const struct casus_ledger *ledger, uint32_t index, uint32_t loss)
{
    return &ledger->losses[ledger->losses_of[index].first + loss];
}

uint32_t
casus_ledger_record_count(const struct casus_ledger *ledger)
{
    return ledger->record_count;
}

const struct casus_record *
casus_ledger_record_at(const struct casus_ledger *ledger, uint32_t index)
{
    return &ledger->records[index];
}
