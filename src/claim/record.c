/* How each teller fares over the events chosen.
 *
 * Rules
 * - A claim counts once, however many events it is about. Alone, corroborated, contradicted and
 *   admitted count events, and may hold of one event at once.
 * - Alone: nobody else tells the event. Corroborated: its verdict is. Contradicted: the teller
 *   stands in a contradiction about it. Admitted: it tells of a loss of its own side or of its own
 *   side's attack on civilians, whoever else tells the event (evidence.c).
 * - An enemy loss is one of an actor whose side is opposed to the claimant's (sides.h): it is
 *   compared with what tellers of that actor's own side give. An own loss is one of an actor of the
 *   claimant's side: it is compared with what tellers of sides opposed to that give. Of several
 *   tellers the widest range counts. A source in its own voice is on no side.
 * - A case is an event, an actor and a set of kinds that one of the two names, of which both tell;
 *   only cases of killed alone are summed, so that the two sums are of the same events. Losses of
 *   one actor in one event of which more than 1,000 tell are left out of the comparison.
 */
#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"
#include "claim/ledger.h"

enum { TELLERS_MAX = 1000 }; /* of one actor's losses in one event */

struct clerk {
    struct casus_ledger *ledger;
    struct cas_sides sides;
    struct casus_record *records; /* by key */
    uint32_t *stamps;             /* by key: the last event counted as contradicted, plus one */
    uint32_t key_count;
    uint32_t number;
    const struct casus_event *event;
};

/* Actors, then sources, then the source without a name. The data set has no record. */
static uint32_t
key_of(const struct clerk *clerk, struct casus_voice voice)
{
    uint32_t actors = casus_dossier_actor_count(clerk->ledger->dossier);
    if (voice.kind == CASUS_VOICE_DATA)
        return CASUS_NONE;
    if (voice.kind == CASUS_VOICE_ACTOR)
        return voice.who;
    return voice.who == CASUS_NONE ? clerk->key_count - 1 : actors + voice.who;
}

static struct casus_record *
record_of(struct clerk *clerk, struct casus_voice voice)
{
    uint32_t key = key_of(clerk, voice);
    if (key == CASUS_NONE)
        return NULL;
    clerk->records[key].voice = voice;
    return &clerk->records[key];
}

static void
count_claims(struct clerk *clerk, const uint8_t *chosen)
{
    const struct casus_dossier *dossier = clerk->ledger->dossier;
    for (uint32_t i = 0; i < casus_dossier_claim_count(dossier); i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, i);
        for (uint32_t j = 0; j < claim->about_count; j++) {
            if (chosen && !chosen[claim->about[j]])
                continue;
            record_of(clerk, casus_claim_voice(dossier, claim, claim->about[j]))->claims++;
            break;
        }
    }
}

static void
count_tellings(struct clerk *clerk)
{
    size_t count, telling = 0;
    const struct casus_verdicts *verdicts = clerk->ledger->verdicts;
    const struct cas_telling *tellings = cas_verdicts_tellings(verdicts, clerk->number, &count);
    for (size_t i = 0; i < count; i++)
        telling += tellings[i].tells;
    bool corroborated = casus_verdicts_evidence(verdicts, clerk->number) == CASUS_CORROBORATED;
    for (size_t i = 0; i < count; i++) {
        struct casus_record *record = record_of(clerk, tellings[i].voice);
        record->events += tellings[i].tells;
        record->denied += tellings[i].denies;
        record->alone += tellings[i].tells && telling == 1;
        record->corroborated += tellings[i].tells && corroborated;
        record->admitted += tellings[i].tells && tellings[i].admits;
    }
}

static void
count_contradictions(struct clerk *clerk)
{
    const struct casus_verdicts *verdicts = clerk->ledger->verdicts;
    uint32_t count = casus_verdicts_contradiction_count(verdicts, clerk->number);
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_contradiction *is =
            casus_verdicts_contradiction_at(verdicts, clerk->number, i);
        for (int j = 0; j < 2; j++) {
            uint32_t key = key_of(clerk, is->between[j]);
            if (key == CASUS_NONE || clerk->stamps[key] == clerk->number + 1)
                continue;
            clerk->stamps[key] = clerk->number + 1;
            record_of(clerk, is->between[j])->contradicted++;
        }
    }
}

/* --- comparisons ------------------------------------------------------------------------------ */

/* Who of the tellers of one loss is asked: one claimant, or all of a side, or all opposed to it. */
struct asked {
    enum { ONE, OF_SIDE, OPPOSED } who;
    struct casus_voice voice;
    uint32_t side;
};

static bool
is_asked(const struct clerk *clerk, const struct asked *asked, struct casus_voice voice)
{
    if (asked->who == ONE)
        return cas_voice_same(asked->voice, voice);
    if (voice.kind != CASUS_VOICE_ACTOR)
        return false;
    uint32_t side = cas_sides_of(&clerk->sides, voice.who, &clerk->event->date);
    return asked->who == OF_SIDE ? side == asked->side
                                 : cas_sides_opposed(&clerk->sides, side, asked->side);
}

/* The widest range of those asked; kinds 0: none of them tells. */
static struct cas_interval
widest(const struct clerk *clerk, const struct cas_giving *givings, size_t count, uint8_t set,
       const struct asked *asked, bool *named)
{
    struct cas_interval all = {.least = INT64_MAX};
    for (size_t i = 0; i < count; i++) {
        struct cas_interval one = cas_giving_interval(&givings[i], set);
        if (!one.kinds || !is_asked(clerk, asked, givings[i].voice))
            continue;
        int64_t most = cas_interval_most(&one, set);
        all.least = one.least < all.least ? one.least : all.least;
        all.most = most > all.most ? most : all.most;
        all.kinds = set;
        *named |= givings[i].sums[set].figures != 0;
    }
    return all;
}

static void
add_killed(struct casus_figure *sum, const struct cas_interval *interval)
{
    sum->low = cas_count_add(sum->low, interval->least);
    if (interval->most == INT64_MAX || sum->high < 0)
        sum->high = -1;
    else
        sum->high = cas_count_add(sum->high, interval->most);
}

static void
add_case(struct casus_comparison *to, const struct cas_interval *said,
         const struct cas_interval *answered, uint8_t set)
{
    to->cases++;
    to->above += said->least > answered->most;
    to->below += answered->least > said->most;
    to->meet += said->least <= answered->most && answered->least <= said->most;
    if (set != CASUS_BIT(CASUS_KILLED))
        return;
    if (!to->killed_cases++)
        to->said.best = to->answered.best = -1;
    add_killed(&to->said, said);
    add_killed(&to->answered, answered);
}

static void
compare_voice(const struct clerk *clerk, struct casus_comparison *to,
              const struct cas_giving *givings, size_t count, const struct asked *one,
              const struct asked *others)
{
    unsigned sets = cas_givings_sets(givings, count);
    bool any = false;
    for (uint8_t set = 1; set < CAS_SETS; set++) {
        bool named = false;
        if (!(sets & (1u << set)))
            continue;
        struct cas_interval said = widest(clerk, givings, count, set, one, &named);
        struct cas_interval answered = widest(clerk, givings, count, set, others, &named);
        if (!said.kinds || !answered.kinds || !named)
            continue;
        add_case(to, &said, &answered, set);
        any = true;
    }
    to->unanswered += !any;
}

/* The givings of one actor that somebody of a known side may have lost. */
static void
compare_actor(struct clerk *clerk, const struct cas_giving *givings, size_t count)
{
    if (givings->actor == CASUS_NONE)
        return;
    const struct casus_period *at = &clerk->event->date;
    uint32_t loser = cas_sides_of(&clerk->sides, givings->actor, at);
    for (size_t i = 0; i < count; i++) {
        struct casus_voice voice = givings[i].voice;
        if (voice.kind != CASUS_VOICE_ACTOR || (i && cas_voice_same(voice, givings[i - 1].voice)))
            continue;
        uint32_t side = cas_sides_of(&clerk->sides, voice.who, at);
        struct asked one = {ONE, voice, side};
        struct casus_record *record = record_of(clerk, voice);
        if (side == loser)
            compare_voice(clerk, &record->own, givings, count, &one,
                          &(struct asked){OPPOSED, voice, loser});
        else if (cas_sides_opposed(&clerk->sides, side, loser))
            compare_voice(clerk, &record->enemy, givings, count, &one,
                          &(struct asked){OF_SIDE, voice, loser});
    }
}

static bool
compare_event(struct clerk *clerk)
{
    struct cas_givings *givings = &clerk->ledger->givings;
    givings->count = 0;
    if (!cas_givings_add_event(givings, clerk->ledger->dossier, clerk->number, 0))
        return false;
    cas_givings_sort(givings, 0, clerk->ledger->dossier);
    for (size_t i = 0, end; i < givings->count; i = end) {
        for (end = i + 1; end < givings->count && givings->at[end].actor == givings->at[i].actor;
             end++)
            ;
        if (end - i <= TELLERS_MAX)
            compare_actor(clerk, givings->at + i, end - i);
    }
    return true;
}

/* --- all of it -------------------------------------------------------------------------------- */

static int
compare_records(const void *left, const void *right, void *context)
{
    const struct casus_record *a = left, *b = right;
    return cas_voice_compare(context, a->voice, b->voice);
}

static bool
keep(struct clerk *clerk)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < clerk->key_count; i++)
        if (clerk->records[i].claims)
            clerk->records[kept++] = clerk->records[i];
    if (kept)
        qsort_r(clerk->records, kept, sizeof *clerk->records, compare_records,
                (void *)clerk->ledger->dossier);
    clerk->ledger->records = clerk->records;
    clerk->ledger->record_count = kept;
    clerk->records = NULL;
    return true;
}

static bool
make(struct clerk *clerk, const uint8_t *chosen)
{
    const struct casus_dossier *dossier = clerk->ledger->dossier;
    clerk->key_count = casus_dossier_actor_count(dossier) + casus_dossier_source_count(dossier) + 1;
    clerk->records = cas_zalloc(clerk->key_count, sizeof *clerk->records);
    clerk->stamps = cas_zalloc(clerk->key_count, sizeof *clerk->stamps);
    if (!clerk->records || !clerk->stamps)
        return false;
    count_claims(clerk, chosen);
    for (uint32_t i = 0; i < clerk->ledger->event_count; i++) {
        clerk->number = clerk->ledger->events[i];
        clerk->event = casus_dossier_event_at(dossier, clerk->number);
        count_tellings(clerk);
        count_contradictions(clerk);
        if (!compare_event(clerk))
            return false;
    }
    return keep(clerk);
}

enum casus_status
cas_records_make(struct casus_ledger *ledger, const uint8_t *chosen, struct casus_error *err)
{
    struct clerk clerk = {.ledger = ledger};
    enum casus_status status = cas_sides_init(&clerk.sides, ledger->dossier, err);
    if (status != CASUS_OK)
        return status;
    if (!make(&clerk, chosen))
        status = cas_fail_memory(err);
    cas_free(clerk.records);
    cas_free(clerk.stamps);
    cas_sides_done(&clerk.sides);
    return status;
}
