/* One event or one claim at a time. The rules stand in tally.h.
 *
 * A round is one call: an actor's `from_at` and `to_at` say whether it stands on that side in this
 * round, so that no set has to be emptied.
 */
#include "graph/tally.h"

#include <math.h>
#include <string.h>

#include "base/fault.h"
#include "base/mem.h"

void
cas_tally_init(struct cas_tally *tally, enum casus_weight weight, bool keep_notes)
{
    *tally = (struct cas_tally){.weight = weight, .keep_notes = keep_notes};
}

void
cas_tally_done(struct cas_tally *tally)
{
    cas_ties_done(&tally->ties);
    cas_free(tally->actors);
    cas_free(tally->notes);
    cas_free(tally->from);
    cas_free(tally->to);
    *tally = (struct cas_tally){0};
}

void
cas_tally_clear(struct cas_tally *tally)
{
    cas_ties_clear(&tally->ties);
    tally->actor_count = tally->note_count = 0;
    tally->totals = (struct casus_totals){0};
    memset(tally->lost, 0, sizeof tally->lost);
    tally->span = (struct cas_span){0};
}

/* Make room for an actor, with zeros up to it. */
static bool
meet(struct cas_tally *tally, uint32_t actor)
{
    if (actor < tally->actor_count)
        return true;
    size_t count = (size_t)actor + 1;
    if (!cas_grow(&tally->actors, &tally->actor_room, count, sizeof *tally->actors))
        return false;
    for (size_t i = tally->actor_count; i < count; i++)
        tally->actors[i] = (struct cas_count){0};
    tally->actor_count = count;
    return true;
}

static bool
take_part(struct cas_tally *tally, uint32_t actor)
{
    if (actor == CASUS_NONE)
        return true;
    if (!meet(tally, actor))
        return false;
    tally->actors[actor].takes_part = true;
    return true;
}

static bool
gather_from(struct cas_tally *tally, const uint32_t *actors, size_t count)
{
    tally->from_count = 0;
    if (!cas_grow(&tally->from, &tally->from_room, count, sizeof *tally->from))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!take_part(tally, actors[i]))
            return false;
        if (tally->actors[actors[i]].from_at == tally->round)
            continue;
        tally->actors[actors[i]].from_at = tally->round;
        tally->from[tally->from_count++] = actors[i];
    }
    return true;
}

static bool
gather_to(struct cas_tally *tally, const uint32_t *actors, size_t count)
{
    tally->to_count = 0;
    if (!cas_grow(&tally->to, &tally->to_room, count, sizeof *tally->to))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!take_part(tally, actors[i]))
            return false;
        if (tally->actors[actors[i]].to_at == tally->round)
            continue;
        tally->actors[actors[i]].to_at = tally->round;
        tally->to[tally->to_count++] = actors[i];
    }
    return true;
}

static bool
is_only(const uint32_t *actors, size_t count, uint32_t actor)
{
    return count == 1 && actors[0] == actor;
}

static void
count_party(struct cas_tally *tally, const struct cas_deed *deed, uint32_t actor)
{
    struct cas_count *count = &tally->actors[actor];
    bool in_from = count->from_at == tally->round, in_to = count->to_at == tally->round;
    bool acts = in_from && !is_only(tally->to, tally->to_count, actor);
    bool suffers = in_to && !is_only(tally->from, tally->from_count, actor);
    count->events++;
    count->internal += in_from && in_to;
    if (!deed->directed)
        acts = suffers = acts || suffers;
    if (deed->relation == CASUS_ATTACK && !deed->directed) {
        count->battles += acts;
    } else if (deed->relation == CASUS_ATTACK) {
        count->attacks += acts;
        count->attacked += suffers;
    } else if (deed->relation == CASUS_SUPPORT) {
        count->backs += acts;
        count->backed += suffers;
    }
}

static void
count_parties(struct cas_tally *tally, const struct cas_deed *deed)
{
    for (size_t i = 0; i < tally->from_count; i++)
        count_party(tally, deed, tally->from[i]);
    for (size_t i = 0; i < tally->to_count; i++)
        if (tally->actors[tally->to[i]].from_at != tally->round)
            count_party(tally, deed, tally->to[i]);
}

static bool
count_losses(struct cas_tally *tally, const struct cas_deed *deed)
{
    for (size_t i = 0; i < deed->loss_count; i++) {
        const struct cas_lost *lost = &deed->losses[i];
        if (lost->actor == CASUS_NONE)
            continue;
        if (!meet(tally, lost->actor))
            return false;
        for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
            cas_sum_add_whole(&tally->actors[lost->actor].lost[kind], &lost->of[kind]);
    }
    return true;
}

static void
count_event(struct cas_tally *tally, const struct cas_deed *deed)
{
    struct casus_totals *totals = &tally->totals;
    totals->events++;
    totals->by_relation[deed->relation]++;
    totals->no_tie += !tally->from_count || !tally->to_count;
    totals->graded += deed->graded && deed->relation != CASUS_CLAIM;
    totals->undated += !casus_period_known(&deed->date);
    totals->undirected += !deed->directed;
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        cas_sum_add_whole(&tally->lost[kind], &deed->lost[kind]);
    cas_span_add(&tally->span, &deed->date);
}

/* The last day that it may have had: of an end that nobody told, that of its begin. */
static int32_t
last_day(const struct casus_period *date)
{
    bool unknown = date->interval && date->until_bound == CASUS_BOUND_UNKNOWN;
    return unknown ? casus_date_last_day(date->from) : casus_period_last_day(date);
}

static double
rounded(double weight)
{
    const double unit = 68719476736.0; /* 2^36 */
    return rint(weight * unit) / unit;
}

double
cas_decay_weight(const struct cas_decay *decay, const struct casus_period *date)
{
    if (decay->half_life <= 0)
        return 1;
    if (!casus_period_known(date))
        return 0;
    double age = (double)decay->at - (double)last_day(date);
    return age > 0 ? rounded(exp2(-age / decay->half_life)) : 1;
}

static double
weight_of(const struct cas_tally *tally, const struct cas_deed *deed)
{
    const struct casus_figure *killed = &deed->lost[CASUS_KILLED];
    if (deed->relation == CASUS_CLAIM || tally->weight == CASUS_WEIGHT_EVENTS)
        return 1;
    if (tally->weight == CASUS_WEIGHT_EVIDENCE)
        return deed->sure;
    return (double)(killed->best >= 0 ? killed->best : casus_figure_least(killed));
}

/* Shares of an event are rounded too, for the same reason. */
static double
full_weight(const struct cas_tally *tally, const struct cas_deed *deed)
{
    double weight = weight_of(tally, deed) * cas_decay_weight(&tally->decay, &deed->date);
    return tally->weight == CASUS_WEIGHT_EVIDENCE ? rounded(weight) : weight;
}

static bool
note_event(struct cas_tally *tally, struct cas_tie *tie, uint32_t event)
{
    if (!tally->keep_notes)
        return true;
    if (tally->note_count >= UINT32_MAX - 1 ||
        !cas_grow(&tally->notes, &tally->note_room, tally->note_count + 1, sizeof *tally->notes))
        return false;
    tally->notes[tally->note_count] = (struct cas_note){event, tie->last_event};
    tie->last_event = (uint32_t)++tally->note_count;
    return true;
}

/* One more event or claim on a tie; what only one of the two has, the caller adds. NULL without
 * memory. */
static struct cas_tie *
add_to_tie(struct cas_tally *tally, struct cas_tie_key key, const struct casus_period *date,
           int evidence, uint32_t event)
{
    key.month = cas_month_of(date);
    struct cas_tie *tie = cas_ties_of(&tally->ties, key);
    if (!tie || !note_event(tally, tie, event))
        return NULL;
    tie->events++;
    cas_span_add(&tie->span, date);
    bool marked = evidence < 0 || cas_ties_add_mark(&tally->ties, tie, (uint32_t)evidence);
    return marked ? tie : NULL;
}

static struct cas_tie_key
key_of(const struct cas_deed *deed, uint32_t from, uint32_t to)
{
    return (struct cas_tie_key){
        .from = from, .to = to, .relation = (uint8_t)deed->relation, .directed = deed->directed};
}

void
cas_tally_expect(const struct cas_tally *tally, const struct cas_deed *deed)
{
    if (deed->from_count != 1 || deed->to_count != 1)
        return; /* the usual case is enough */
    struct cas_tie_key key = key_of(deed, deed->from[0], deed->to[0]);
    key.month = cas_month_of(&deed->date);
    cas_ties_expect(&tally->ties, key);
}

static bool
add_pair(struct cas_tally *tally, const struct cas_deed *deed, uint32_t from, uint32_t to)
{
    struct cas_tie *tie =
        add_to_tie(tally, key_of(deed, from, to), &deed->date, deed->evidence, deed->number);
    if (!tie)
        return false;
    tie->weight += full_weight(tally, deed);
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        if (!cas_ties_add_loss(&tally->ties, tie, (enum casus_loss_kind)kind, &deed->lost[kind]))
            return false;
    return true;
}

/* True where the undirected pair comes the other way round too, and that one is to count. */
static bool
is_second_way(const struct cas_tally *tally, uint32_t from, uint32_t to)
{
    return from > to && tally->actors[to].from_at == tally->round &&
           tally->actors[from].to_at == tally->round;
}

static bool
add_pairs(struct cas_tally *tally, const struct cas_deed *deed)
{
    for (size_t i = 0; i < tally->from_count; i++) {
        for (size_t j = 0; j < tally->to_count; j++) {
            uint32_t from = tally->from[i], to = tally->to[j];
            if (from == to) {
                tally->totals.internal++;
                continue;
            }
            if (!deed->directed && is_second_way(tally, from, to))
                continue;
            if (!add_pair(tally, deed, from, to))
                return false;
        }
    }
    return true;
}

enum casus_status
cas_tally_event(struct cas_tally *tally, const struct cas_deed *deed, struct casus_error *err)
{
    tally->round++;
    if (!gather_from(tally, deed->from, deed->from_count) ||
        !gather_to(tally, deed->to, deed->to_count))
        return cas_fail_memory(err);
    count_event(tally, deed);
    count_parties(tally, deed);
    if (!count_losses(tally, deed) || !add_pairs(tally, deed))
        return cas_fail_memory(err);
    return CASUS_OK;
}

/* --- pairs ------------------------------------------------------------------------------------ */

/* What a list of pairs needs to be looked up together: memory is asked for before it is used. */
struct pair_place {
    struct cas_tie_key key;
    uint64_t hash;
    size_t tie; /* SIZE_MAX: an actor with itself */
};

static bool
is_itself(const struct cas_pair *pair)
{
    return pair->event->from == pair->event->to;
}

static void
expect_pair(const struct cas_tally *tally, const struct cas_pair *pair, struct pair_place *out)
{
    const struct cas_bulk_event *event = pair->event;
    bool turn = !event->directed && event->from > event->to;
    out->key = (struct cas_tie_key){.from = turn ? event->to : event->from,
                                    .to = turn ? event->from : event->to,
                                    .month = cas_month_of(&event->date),
                                    .relation = (uint8_t)pair->relation,
                                    .directed = event->directed};
    out->hash = cas_ties_hash(&tally->ties, &out->key);
}

/* What is counted of an actor in every pair lies in two lines of memory. */
static void
expect_actor(const struct cas_tally *tally, uint32_t actor)
{
    if (actor >= tally->actor_count)
        return;
    __builtin_prefetch(&tally->actors[actor]);
    __builtin_prefetch(&tally->actors[actor].lost[CASUS_KILLED].highs);
}

static void
expect_place(const struct cas_tally *tally, const struct cas_pair *pair,
             const struct pair_place *place)
{
    cas_ties_expect_tie(&tally->ties, place->hash);
    expect_actor(tally, pair->event->from);
    expect_actor(tally, pair->event->to);
    for (size_t i = 0; i < pair->event->loss_count; i++)
        expect_actor(tally, pair->losses[i].actor);
}

static bool
find_pair(struct cas_tally *tally, const struct cas_pair *pair, struct pair_place *place)
{
    const struct cas_bulk_event *event = pair->event;
    if (!meet(tally, event->from > event->to ? event->from : event->to))
        return false;
    for (size_t i = 0; i < event->loss_count; i++)
        if (pair->losses[i].actor != CASUS_NONE && !meet(tally, pair->losses[i].actor))
            return false;
    place->tie = SIZE_MAX;
    if (is_itself(pair))
        return true;
    place->tie = cas_ties_index(&tally->ties, &place->key, place->hash);
    if (place->tie == SIZE_MAX)
        return false;
    cas_ties_expect_loss(&tally->ties, place->tie);
    return true;
}

static void
count_pair(struct cas_tally *tally, const struct cas_pair *pair)
{
    const struct cas_bulk_event *event = pair->event;
    struct cas_count *from = &tally->actors[event->from], *to = &tally->actors[event->to];
    from->takes_part = to->takes_part = true;
    from->events++;
    if (from == to) {
        from->internal++;
        tally->totals.internal++;
        return;
    }
    to->events++;
    if (pair->relation == CASUS_ATTACK && !event->directed) {
        from->battles++;
        to->battles++;
    } else if (pair->relation == CASUS_ATTACK) {
        from->attacks++;
        to->attacked++;
    } else if (pair->relation == CASUS_SUPPORT) {
        from->backs++;
        to->backed++;
        from->backed += !event->directed;
        to->backs += !event->directed;
    }
}

/* What several pairs add up to together. */
struct pair_totals {
    struct cas_sum killed;
    struct cas_span span;
    uint64_t undated, undirected, claims;
};

/* False where nothing is said of losses; else *out is their sum over actors. */
static bool
lose(struct cas_tally *tally, const struct cas_pair *pair, struct casus_figure *out)
{
    size_t count = pair->event->loss_count;
    *out = count ? (struct casus_figure){0, 0, 0} : CASUS_NO_FIGURE;
    for (size_t i = 0; i < count; i++) {
        const struct cas_bulk_loss *loss = &pair->losses[i];
        out->low = cas_count_add(out->low, loss->killed.low);
        out->best = cas_count_add(out->best, loss->killed.best);
        out->high = cas_count_add(out->high, loss->killed.high);
        if (loss->actor != CASUS_NONE)
            cas_sum_add_given(&tally->actors[loss->actor].lost[CASUS_KILLED], &loss->killed);
    }
    return count;
}

static double
pair_weight(const struct cas_tally *tally, const struct cas_pair *pair,
            const struct casus_figure *killed)
{
    bool one = pair->relation == CASUS_CLAIM || tally->weight == CASUS_WEIGHT_EVENTS;
    double weight = one ? 1 : killed->best >= 0 ? (double)killed->best : 0;
    return weight * cas_decay_weight(&tally->decay, &pair->event->date);
}

static bool
add_one_pair(struct cas_tally *tally, const struct cas_pair *pair, const struct pair_place *place,
             struct pair_totals *totals)
{
    const struct cas_bulk_event *event = pair->event;
    struct casus_figure killed;
    bool loses = lose(tally, pair, &killed);
    tally->totals.by_relation[pair->relation]++;
    totals->undated += !casus_period_known(&event->date);
    totals->undirected += !event->directed;
    totals->claims += event->claims;
    if (loses)
        cas_sum_add_given(&totals->killed, &killed);
    cas_span_add(&totals->span, &event->date);
    count_pair(tally, pair);
    if (place->tie == SIZE_MAX)
        return true;
    struct cas_tie *tie = &tally->ties.at[place->tie];
    tie->events++;
    tie->weight += pair_weight(tally, pair, &killed);
    cas_span_add(&tie->span, &event->date);
    struct cas_sum *sum = loses ? cas_ties_loss(&tally->ties, tie, CASUS_KILLED) : NULL;
    if (sum)
        cas_sum_add_given(sum, &killed);
    bool marked =
        pair->evidence < 0 || cas_ties_add_mark(&tally->ties, tie, (uint32_t)pair->evidence);
    return (sum || !loses) && marked && note_event(tally, tie, pair->number);
}

static void
add_totals(struct cas_tally *tally, const struct pair_totals *sum, size_t count)
{
    struct casus_totals *totals = &tally->totals;
    totals->events += count;
    totals->undated += sum->undated;
    totals->undirected += sum->undirected;
    totals->claims += sum->claims;
    totals->claims_no_tie += sum->claims;
    cas_sum_merge(&tally->lost[CASUS_KILLED], &sum->killed);
    cas_span_merge(&tally->span, &sum->span);
}

enum casus_status
cas_tally_pairs(struct cas_tally *tally, const struct cas_pair *pairs, size_t count,
                struct casus_error *err)
{
    struct pair_place places[CAS_PAIRS];
    bool memory = true;
    for (size_t i = 0; i < count; i++)
        expect_pair(tally, &pairs[i], &places[i]);
    for (size_t i = 0; i < count; i++)
        expect_place(tally, &pairs[i], &places[i]);
    for (size_t i = 0; i < count && memory; i++)
        memory = find_pair(tally, &pairs[i], &places[i]);
    struct pair_totals totals = {0};
    for (size_t i = 0; i < count && memory; i++)
        memory = add_one_pair(tally, &pairs[i], &places[i], &totals);
    add_totals(tally, &totals, count);
    return memory ? CASUS_OK : cas_fail_memory(err);
}

/* --- claims ----------------------------------------------------------------------------------- */

enum cas_aim
cas_aim_of(enum casus_stance stance, bool answers)
{
    switch (stance) {
    case CASUS_RESPONSIBILITY: return CAS_AIM_TO;
    case CASUS_ANNOUNCE: return CAS_AIM_OTHER_SIDE;
    case CASUS_DENY:
    case CASUS_CORROBORATE: return answers ? CAS_AIM_ANSWERED : CAS_AIM_FROM;
    default: return CAS_AIM_FROM;
    }
}

static bool
add_saying(struct cas_tally *tally, const struct cas_saying *saying,
           const struct cas_target *target)
{
    struct cas_tie_key key = {
        .from = saying->by, .to = target->actor, .relation = CASUS_CLAIM, .directed = true};
    struct cas_tie *tie = add_to_tie(tally, key, &saying->date, target->evidence, target->event);
    if (!tie)
        return false;
    bool dated = casus_period_known(&saying->date);
    tie->weight += cas_decay_weight(&tally->decay, dated ? &saying->date : &saying->told);
    return cas_ties_add_mark(&tally->ties, tie, CAS_MARK_STANCE + (uint32_t)saying->stance);
}

/* Ties to each distinct target but oneself. */
static bool
add_sayings(struct cas_tally *tally, const struct cas_saying *saying, size_t *out_made)
{
    *out_made = 0;
    for (size_t i = 0; i < saying->target_count && saying->by != CASUS_NONE; i++) {
        uint32_t actor = saying->targets[i].actor;
        if (!meet(tally, actor))
            return false;
        if (actor == saying->by || tally->actors[actor].to_at == tally->round)
            continue;
        tally->actors[actor].to_at = tally->round;
        if (!add_saying(tally, saying, &saying->targets[i]))
            return false;
        ++*out_made;
    }
    return true;
}

enum casus_status
cas_tally_claim(struct cas_tally *tally, const struct cas_saying *saying, struct casus_error *err)
{
    size_t made;
    tally->round++;
    if (!take_part(tally, saying->by) || !take_part(tally, saying->via) ||
        !take_part(tally, saying->of) || !add_sayings(tally, saying, &made))
        return cas_fail_memory(err);
    tally->totals.claims++;
    tally->totals.claims_no_tie += made == 0;
    if (saying->by != CASUS_NONE)
        tally->actors[saying->by].claims++;
    if (saying->via != CASUS_NONE && saying->via != saying->by)
        tally->actors[saying->via].carried++;
    return CASUS_OK;
}

struct cas_count
cas_tally_actor(const struct cas_tally *tally, uint32_t actor)
{
    return actor < tally->actor_count ? tally->actors[actor] : (struct cas_count){0};
}

struct casus_totals
cas_tally_totals(const struct cas_tally *tally)
{
    struct casus_totals totals = tally->totals;
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        totals.losses[kind] = cas_sum_figure(&tally->lost[kind]);
    totals.first = tally->span.first;
    totals.last = tally->span.last;
    totals.open = tally->span.open;
    totals.half_life = tally->decay.half_life;
    if (totals.half_life > 0)
        totals.at = casus_date_of_day(tally->decay.at);
    return totals;
}
