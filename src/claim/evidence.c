/* Whether an event happened, by who says so.
 *
 * Words
 * - Teller: a claimant (claimant.h), or a source in its own voice, that claims responsibility for
 *   the event, reports, announces, corroborates or blames it on somebody. Who denies tells nothing.
 *   Where an event has no claims but names sources, these tell it as one voice: nothing says that
 *   one of them does not repeat the other.
 * - Sides, and which are opposed: sides.h. A source in its own voice is on none.
 * - Independent: an observer that shares no side, topmost ancestor or support tie with a party. A
 *   source in its own voice is independent. Who claims responsibility is no observer.
 *
 * Verdicts, the first that fits:
 * 1. disputed: somebody denies it; or two claimants, of whom neither is part of the other, claim
 *    responsibility alone, which is: not both of them stand in `from`.
 * 2. corroborated: tellers of two opposed sides; or an independent observer and any other teller.
 * 3. admitted: all tellers are of one side, and one of them tells (other than by claiming
 *    responsibility, which boasts) of a loss of that side that is not nought, or, being of the side
 *    of an attacker, of an attack in which civilians are a party or lose people. A statement
 *    against one's own interest.
 * 4. one-sided: several tellers. 5. single: one teller. 6. unsourced: none.
 *
 * A claim about several events tells each of them; its losses admit nothing of any one.
 * Source: the Admiralty scale's credibility ("confirmed by other sources", "confirmed by
 * independent sources"); statements against interest as evidence law has them (Federal Rules of
 * Evidence 804(b)(3)). Figures are judged apart: figures.c.
 */
#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"
#include "claim/claimant.h"
#include "claim/verdicts.h"
#include "claim/voice.h"

/* One teller or denier, all of its claims together. */
struct teller {
    struct casus_voice voice;
    uint32_t side;    /* or CASUS_NONE */
    unsigned stances; /* bits */
    bool denies;
    bool own_loss;   /* tells of a loss of its own side */
    bool own_attack; /* tells of its own side's attack on civilians */
    bool in_from;    /* is a party in `from`, itself or through one that it speaks for */
    bool independent;
};

struct court {
    struct casus_verdicts *verdicts;
    const struct casus_dossier *dossier;
    struct cas_sides sides;
    const struct casus_event *event;
    uint32_t number;
    struct teller *tellers; /* those that tell first, then those that only deny */
    size_t count, telling, room;
};

/* --- reasons ---------------------------------------------------------------------------------- */

static bool
add_reason(struct casus_verdicts *verdicts, uint32_t event, const char *text, uint32_t order)
{
    if (verdicts->reason_count >= CAS_REASON_OF_FIGURES ||
        !cas_grow(&verdicts->reasons, &verdicts->reason_room, verdicts->reason_count + 1,
                  sizeof *verdicts->reasons))
        return false;
    verdicts->reasons[verdicts->reason_count++] = (struct cas_reason){text, event, order};
    verdicts->counts[event]++;
    return true;
}

/* The sentence as a text that is kept; NULL without memory. */
static const char *
keep_sentence(struct casus_verdicts *verdicts)
{
    struct cas_buffer *sentence = &verdicts->sentence;
    if (sentence->failed || !sentence->s)
        return NULL;
    char *text = cas_arena_text(&verdicts->arena, sentence->s, sentence->n);
    cas_buffer_clear(sentence);
    return text;
}

bool
cas_verdicts_figures_reason(struct casus_verdicts *verdicts, uint32_t event)
{
    const char *text = keep_sentence(verdicts);
    return text && add_reason(verdicts, event, text, CAS_REASON_OF_FIGURES);
}

static void
say(struct court *court, const char *text)
{
    cas_buffer_text(&court->verdicts->sentence, text);
}

static void
say_voice(struct court *court, const struct teller *teller)
{
    cas_voice_say(&court->verdicts->sentence, court->dossier, teller->voice);
}

static bool
give_reason(struct court *court, const char *text)
{
    return text && add_reason(court->verdicts, court->number, text,
                              (uint32_t)court->verdicts->reason_count);
}

static bool
end_reason(struct court *court)
{
    return give_reason(court, keep_sentence(court->verdicts));
}

/* --- tellers ---------------------------------------------------------------------------------- */

static bool
is_nought(const struct casus_figure *figure)
{
    return figure->low <= 0 && figure->best <= 0 && figure->high <= 0;
}

static bool
is_of_side(const struct court *court, const uint32_t *actors, uint32_t count, uint32_t side)
{
    for (uint32_t i = 0; i < count; i++)
        if (cas_sides_of(&court->sides, actors[i], &court->event->date) == side)
            return true;
    return false;
}

static bool
holds_civilians(const struct court *court, const uint32_t *actors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (casus_dossier_actor_at(court->dossier, actors[i])->kind == CASUS_KIND_CIVILIANS)
            return true;
    return false;
}

static bool
tells_own_loss(const struct court *court, const struct casus_claim *claim, uint32_t side)
{
    for (uint32_t i = 0; i < claim->loss_count; i++)
        if (claim->losses[i].actor != CASUS_NONE && !is_nought(&claim->losses[i].figure) &&
            is_of_side(court, &claim->losses[i].actor, 1, side))
            return true;
    return false;
}

static bool
hits_civilians(const struct court *court, const struct casus_claim *claim)
{
    const struct casus_event *event = court->event;
    if (holds_civilians(court, event->to, event->to_count) ||
        (!event->directed && holds_civilians(court, event->from, event->from_count)))
        return true;
    for (uint32_t i = 0; i < claim->loss_count && claim->about_count == 1; i++)
        if (claim->losses[i].actor != CASUS_NONE && !is_nought(&claim->losses[i].figure) &&
            holds_civilians(court, &claim->losses[i].actor, 1))
            return true;
    return false;
}

static bool
tells_own_attack(const struct court *court, const struct casus_claim *claim, uint32_t side)
{
    const struct casus_event *event = court->event;
    bool attacker = is_of_side(court, event->from, event->from_count, side) ||
                    (!event->directed && is_of_side(court, event->to, event->to_count, side));
    return event->relation == CASUS_ATTACK && attacker && hits_civilians(court, claim);
}

static bool
is_in_from(const struct court *court, uint32_t claimant)
{
    const struct casus_event *event = court->event;
    for (uint32_t i = 0; i < event->from_count; i++)
        if (event->from[i] == claimant ||
            cas_claimant(court->dossier, event->from[i], &event->date) == claimant)
            return true;
    return false;
}

static struct teller
hear(const struct court *court, const struct casus_claim *claim)
{
    struct teller teller = {.voice = cas_voice_of(court->dossier, claim, court->event),
                            .side = CASUS_NONE,
                            .denies = claim->stance == CASUS_DENY};
    bool against_interest = claim->stance != CASUS_DENY && claim->stance != CASUS_RESPONSIBILITY;
    if (!teller.denies)
        teller.stances = CASUS_BIT(claim->stance);
    if (teller.voice.kind != CASUS_VOICE_ACTOR)
        return teller;
    teller.side = cas_sides_of(&court->sides, teller.voice.who, &court->event->date);
    teller.in_from = is_in_from(court, teller.voice.who);
    teller.own_loss =
        against_interest && claim->about_count == 1 && tells_own_loss(court, claim, teller.side);
    teller.own_attack = against_interest && tells_own_attack(court, claim, teller.side);
    return teller;
}

static int
compare_tellers(const void *left, const void *right, void *context)
{
    const struct teller *a = left, *b = right;
    return cas_voice_compare(context, a->voice, b->voice);
}

/* Claims of one voice become one teller. */
static void
join_voices(struct court *court)
{
    size_t kept = 0;
    for (size_t i = 0; i < court->count; i++) {
        const struct teller *next = &court->tellers[i];
        if (kept && cas_voice_same(court->tellers[kept - 1].voice, next->voice)) {
            struct teller *into = &court->tellers[kept - 1];
            into->stances |= next->stances;
            into->denies |= next->denies;
            into->own_loss |= next->own_loss;
            into->own_attack |= next->own_attack;
        } else {
            court->tellers[kept++] = *next;
        }
    }
    court->count = kept;
}

/* Those who tell first, then those who only deny. */
static int
compare_telling(const void *left, const void *right, void *context)
{
    const struct teller *a = left, *b = right;
    if (!a->stances != !b->stances)
        return a->stances ? -1 : 1;
    return cas_voice_compare(context, a->voice, b->voice);
}

static void
sort_tellers(struct court *court, int (*compare)(const void *, const void *, void *))
{
    if (court->count)
        qsort_r(court->tellers, court->count, sizeof *court->tellers, compare,
                (void *)court->dossier);
}

static bool
shares_with_party(const struct court *court, uint32_t actor, uint32_t side, const uint32_t *parties,
                  uint32_t count)
{
    const struct casus_period *at = &court->event->date;
    uint32_t top = cas_topmost(court->dossier, actor, at);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t party = cas_topmost(court->dossier, parties[i], at);
        if (party == top || cas_sides_of(&court->sides, parties[i], at) == side ||
            cas_sides_backing(&court->sides, top, party))
            return true;
    }
    return false;
}

static bool
is_independent(const struct court *court, const struct teller *teller)
{
    const struct casus_event *event = court->event;
    if (teller->voice.kind != CASUS_VOICE_ACTOR)
        return true;
    return !(teller->stances & CASUS_BIT(CASUS_RESPONSIBILITY)) &&
           !shares_with_party(court, teller->voice.who, teller->side, event->from,
                              event->from_count) &&
           !shares_with_party(court, teller->voice.who, teller->side, event->to, event->to_count);
}

static bool
hear_all(struct court *court)
{
    const struct casus_event *event = court->event;
    court->count = 0;
    if (!cas_grow(&court->tellers, &court->room, event->claim_count, sizeof *court->tellers))
        return false;
    for (uint32_t i = 0; i < event->claim_count; i++)
        court->tellers[court->count++] =
            hear(court, casus_dossier_claim_at(court->dossier, event->claims[i]));
    sort_tellers(court, compare_tellers);
    join_voices(court);
    sort_tellers(court, compare_telling);
    court->telling = 0;
    while (court->telling < court->count && court->tellers[court->telling].stances)
        court->telling++;
    for (size_t i = 0; i < court->telling; i++)
        court->tellers[i].independent = is_independent(court, &court->tellers[i]);
    return true;
}

/* --- 1: disputed ------------------------------------------------------------------------------ */

static bool
claims_it(const struct teller *teller)
{
    return teller->voice.kind == CASUS_VOICE_ACTOR &&
           (teller->stances & CASUS_BIT(CASUS_RESPONSIBILITY));
}

static bool
is_part_of(const struct court *court, uint32_t part, uint32_t whole)
{
    for (int step = 0; step < 1000 && part != CASUS_NONE; step++) {
        if (part == whole)
            return true;
        part = casus_dossier_parent(court->dossier, part, &court->event->date);
    }
    return false;
}

static bool
are_rivals(const struct court *court, const struct teller *a, const struct teller *b)
{
    return claims_it(a) && claims_it(b) && !(a->in_from && b->in_from) &&
           !is_part_of(court, a->voice.who, b->voice.who) &&
           !is_part_of(court, b->voice.who, a->voice.who);
}

static bool
has_rival(const struct court *court, const struct teller *teller)
{
    for (size_t i = 0; i < court->telling && claims_it(teller); i++)
        if (&court->tellers[i] != teller && are_rivals(court, teller, &court->tellers[i]))
            return true;
    return false;
}

static bool
is_disputed(const struct court *court)
{
    for (size_t i = 0; i < court->count; i++)
        if (court->tellers[i].denies || has_rival(court, &court->tellers[i]))
            return true;
    return false;
}

static bool
say_disputed(struct court *court)
{
    for (size_t i = 0; i < court->telling; i++) {
        if (!claims_it(&court->tellers[i]))
            continue;
        say_voice(court, &court->tellers[i]);
        say(court, has_rival(court, &court->tellers[i]) ? " claims responsibility alone"
                                                        : " claims responsibility");
        if (!end_reason(court))
            return false;
    }
    for (size_t i = 0; i < court->count; i++) {
        if (!court->tellers[i].denies)
            continue;
        say_voice(court, &court->tellers[i]);
        say(court, " denies it");
        if (!end_reason(court))
            return false;
    }
    return true;
}

/* --- 2: corroborated -------------------------------------------------------------------------- */

/* The first two tellers of opposed sides, in order of id. */
static bool
find_opposed(const struct court *court, const struct teller **out_a, const struct teller **out_b)
{
    for (size_t i = 0; i < court->telling && court->sides.opposed.count; i++) {
        for (size_t j = i + 1; j < court->telling; j++) {
            const struct teller *a = &court->tellers[i], *b = &court->tellers[j];
            if (a->side == CASUS_NONE || b->side == CASUS_NONE ||
                !cas_sides_opposed(&court->sides, a->side, b->side))
                continue;
            *out_a = a;
            *out_b = b;
            return true;
        }
    }
    return false;
}

static const struct teller *
find_independent(const struct court *court)
{
    for (size_t i = 0; i < court->telling && court->telling > 1; i++)
        if (court->tellers[i].independent)
            return &court->tellers[i];
    return NULL;
}

static bool
is_corroborated(const struct court *court)
{
    const struct teller *a, *b;
    return find_opposed(court, &a, &b) || find_independent(court);
}

static bool
say_corroborated(struct court *court)
{
    const struct teller *a, *b, *observer = find_independent(court);
    if (find_opposed(court, &a, &b)) {
        say_voice(court, a);
        say(court, " and ");
        say_voice(court, b);
        say(court, ", of opposed sides, both tell it");
        if (!end_reason(court))
            return false;
    }
    if (!observer)
        return true;
    say_voice(court, observer);
    say(court, ", tied to no party, tells it, and so does ");
    say_voice(court, &court->tellers[observer == &court->tellers[0] ? 1 : 0]);
    return end_reason(court);
}

/* --- 3 to 6 ----------------------------------------------------------------------------------- */

static bool
is_admitted(const struct court *court)
{
    bool against = false;
    for (size_t i = 0; i < court->telling; i++) {
        const struct teller *teller = &court->tellers[i];
        if (teller->side == CASUS_NONE || teller->side != court->tellers[0].side)
            return false;
        against |= teller->own_loss || teller->own_attack;
    }
    return against;
}

static bool
say_admitted(struct court *court)
{
    for (size_t i = 0; i < court->telling; i++) {
        const struct teller *teller = &court->tellers[i];
        if (!teller->own_loss && !teller->own_attack)
            continue;
        say_voice(court, teller);
        say(court, teller->own_loss ? " tells of a loss of its own side"
                                    : " tells of its own side's attack on civilians");
        say(court, ", and nobody of another side tells of the event");
        if (!end_reason(court))
            return false;
    }
    return true;
}

static bool
say_one_sided(struct court *court)
{
    enum { NAMED = 4 };
    for (size_t i = 0; i < court->telling && i < NAMED; i++) {
        say(court, i == 0 ? "" : i + 1 == court->telling ? " and " : ", ");
        say_voice(court, &court->tellers[i]);
    }
    if (court->telling > NAMED)
        cas_buffer_printf(&court->verdicts->sentence, " and %zu more", court->telling - NAMED);
    say(court, " tell it; no two of them are opposed, and none is independent of the parties");
    return end_reason(court);
}

static bool
say_single(struct court *court)
{
    if (!court->telling)
        return give_reason(court, "only the sources that it was coded from tell it, taken as one "
                                  "voice");
    say(court, "only ");
    say_voice(court, &court->tellers[0]);
    say(court, " tells it");
    return end_reason(court);
}

static bool
say_unsourced(struct court *court)
{
    return give_reason(court, "nobody is named who says so");
}

/* --- contradictions --------------------------------------------------------------------------- */

static bool
contradict(struct court *court, enum casus_conflict why, struct casus_voice a, struct casus_voice b)
{
    struct casus_contradiction is = {.why = why, .between = {a, b}, .actor = CASUS_NONE, .over = 1};
    return cas_verdicts_contradict(court->verdicts, court->number, &is);
}

static bool
is_full(const struct court *court)
{
    return court->verdicts->dispute_counts[court->number] >= CAS_DISPUTES_MAX;
}

static bool
note_rivals(struct court *court)
{
    bool done = true;
    for (size_t i = 0; done && i < court->telling && !is_full(court); i++) {
        const struct teller *a = &court->tellers[i];
        for (size_t j = i + 1; done && claims_it(a) && j < court->telling; j++)
            if (are_rivals(court, a, &court->tellers[j]))
                done = contradict(court, CASUS_CONFLICT_RIVALS, a->voice, court->tellers[j].voice);
    }
    return done;
}

/* Who denies without an answer to anybody contradicts all that tell. */
static bool
deny_all(struct court *court, struct casus_voice denier)
{
    bool done = true, anybody = false;
    for (size_t i = 0; done && i < court->telling && !is_full(court); i++) {
        if (cas_voice_same(court->tellers[i].voice, denier))
            continue;
        anybody = true;
        done = contradict(court, CASUS_CONFLICT_DENIAL, denier, court->tellers[i].voice);
    }
    const struct casus_voice data = {CASUS_VOICE_DATA, 0};
    return done && !anybody ? contradict(court, CASUS_CONFLICT_DENIAL, denier, data) : done;
}

static bool
note_denials(struct court *court)
{
    const struct casus_event *event = court->event;
    bool done = true;
    for (uint32_t i = 0; done && i < event->claim_count && !is_full(court); i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(court->dossier, event->claims[i]);
        if (claim->stance != CASUS_DENY)
            continue;
        struct casus_voice denier = cas_voice_of(court->dossier, claim, event);
        struct casus_claim answered = {.by = claim->of, .date = claim->date};
        struct casus_voice of = cas_voice_of(court->dossier, &answered, event);
        if (claim->of == CASUS_NONE || cas_voice_same(of, denier))
            done = deny_all(court, denier);
        else
            done = contradict(court, CASUS_CONFLICT_DENIAL, denier, of);
    }
    return done;
}

static bool
note_tellings(struct court *court)
{
    struct casus_verdicts *verdicts = court->verdicts;
    if (!cas_grow(&verdicts->tellings, &verdicts->telling_room,
                  verdicts->telling_count + court->count, sizeof *verdicts->tellings))
        return false;
    for (size_t i = 0; i < court->count; i++) {
        const struct teller *teller = &court->tellers[i];
        verdicts->tellings[verdicts->telling_count++] =
            (struct cas_telling){teller->voice, teller->side, i < court->telling, teller->denies,
                                 teller->own_loss || teller->own_attack};
    }
    verdicts->telling_ends[court->number] = verdicts->telling_count;
    return true;
}

const struct cas_telling *
cas_verdicts_tellings(const struct casus_verdicts *verdicts, uint32_t event, size_t *out_count)
{
    size_t begin = event ? verdicts->telling_ends[event - 1] : 0;
    *out_count = verdicts->telling_ends[event] - begin;
    return *out_count ? &verdicts->tellings[begin] : NULL;
}

/* --- judging ---------------------------------------------------------------------------------- */

static enum casus_evidence
judge(const struct court *court)
{
    if (is_disputed(court))
        return CASUS_DISPUTED;
    if (is_corroborated(court))
        return CASUS_CORROBORATED;
    if (is_admitted(court))
        return CASUS_ADMITTED;
    if (court->telling > 1)
        return CASUS_ONE_SIDED;
    return court->telling || court->event->source_count ? CASUS_SINGLE : CASUS_UNSOURCED;
}

static bool
give_reasons(struct court *court, enum casus_evidence verdict)
{
    switch (verdict) {
    case CASUS_DISPUTED: return say_disputed(court);
    case CASUS_CORROBORATED: return say_corroborated(court);
    case CASUS_ADMITTED: return say_admitted(court);
    case CASUS_ONE_SIDED: return say_one_sided(court);
    case CASUS_SINGLE: return say_single(court);
    default: return say_unsourced(court);
    }
}

static enum casus_status
judge_events(struct casus_verdicts *verdicts, struct casus_error *err)
{
    struct court court = {.verdicts = verdicts, .dossier = verdicts->dossier};
    enum casus_status status = cas_sides_init(&court.sides, verdicts->dossier, err);
    if (status != CASUS_OK)
        return status;
    uint32_t count = casus_dossier_event_count(verdicts->dossier);
    for (court.number = 0; court.number < count && status == CASUS_OK; court.number++) {
        court.event = casus_dossier_event_at(verdicts->dossier, court.number);
        if (!hear_all(&court)) {
            status = cas_fail_memory(err);
            break;
        }
        enum casus_evidence verdict = judge(&court);
        verdicts->evidence[court.number] = (uint8_t)verdict;
        if (!give_reasons(&court, verdict) || !note_rivals(&court) || !note_denials(&court) ||
            !note_tellings(&court))
            status = cas_fail_memory(err);
    }
    cas_free(court.tellers);
    cas_sides_done(&court.sides);
    return status;
}

/* --- the verdicts ----------------------------------------------------------------------------- */

static int
by_event_and_text(const void *left, const void *right)
{
    const struct cas_reason *a = left, *b = right;
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->text, b->text);
}

/* Lay the reasons of each event side by side. */
static void
lay_out(struct casus_verdicts *verdicts)
{
    if (verdicts->reason_count)
        qsort(verdicts->reasons, verdicts->reason_count, sizeof *verdicts->reasons,
              by_event_and_text);
    uint32_t at = 0;
    for (uint32_t i = 0; i < casus_dossier_event_count(verdicts->dossier); i++) {
        verdicts->first[i] = at;
        at += verdicts->counts[i];
    }
}

static enum casus_status
make_room(struct casus_verdicts *verdicts, struct casus_error *err)
{
    uint32_t count = casus_dossier_event_count(verdicts->dossier);
    cas_arena_init(&verdicts->arena);
    cas_buffer_init(&verdicts->sentence);
    verdicts->evidence = cas_zalloc(count, 1);
    verdicts->figures = cas_zalloc(count, 1);
    verdicts->first = cas_zalloc(count, sizeof *verdicts->first);
    verdicts->counts = cas_zalloc(count, sizeof *verdicts->counts);
    verdicts->dispute_first = cas_zalloc(count, sizeof *verdicts->dispute_first);
    verdicts->dispute_counts = cas_zalloc(count, sizeof *verdicts->dispute_counts);
    verdicts->telling_ends = cas_zalloc(count, sizeof *verdicts->telling_ends);
    if (!verdicts->evidence || !verdicts->figures || !verdicts->first || !verdicts->counts ||
        !verdicts->dispute_first || !verdicts->dispute_counts || !verdicts->telling_ends)
        return cas_fail_memory(err);
    return CASUS_OK;
}

enum casus_status
casus_verdicts_new(const struct casus_dossier *dossier, struct casus_verdicts **out,
                   struct casus_error *err)
{
    struct casus_verdicts *verdicts = cas_zalloc(1, sizeof *verdicts);
    if (!verdicts)
        return cas_fail_memory(err);
    verdicts->dossier = dossier;
    enum casus_status status = make_room(verdicts, err);
    if (status == CASUS_OK)
        status = judge_events(verdicts, err);
    if (status == CASUS_OK)
        status = cas_figures_judge(verdicts, err);
    if (status != CASUS_OK) {
        casus_verdicts_free(verdicts);
        return status;
    }
    lay_out(verdicts);
    cas_disputes_lay_out(verdicts);
    *out = verdicts;
    return CASUS_OK;
}

void
casus_verdicts_free(struct casus_verdicts *verdicts)
{
    if (!verdicts)
        return;
    cas_arena_done(&verdicts->arena);
    cas_buffer_done(&verdicts->sentence);
    cas_free(verdicts->evidence);
    cas_free(verdicts->figures);
    cas_free(verdicts->first);
    cas_free(verdicts->counts);
    cas_free(verdicts->reasons);
    cas_free(verdicts->disputes);
    cas_free(verdicts->dispute_first);
    cas_free(verdicts->dispute_counts);
    cas_free(verdicts->tellings);
    cas_free(verdicts->telling_ends);
    cas_free(verdicts);
}

enum casus_evidence
casus_verdicts_evidence(const struct casus_verdicts *verdicts, uint32_t event)
{
    return (enum casus_evidence)verdicts->evidence[event];
}

enum casus_figures
casus_verdicts_figures(const struct casus_verdicts *verdicts, uint32_t event)
{
    return (enum casus_figures)verdicts->figures[event];
}

uint32_t
casus_verdicts_reason_count(const struct casus_verdicts *verdicts, uint32_t event)
{
    return verdicts->counts[event];
}

const char *
casus_verdicts_reason_at(const struct casus_verdicts *verdicts, uint32_t event, uint32_t index)
{
    return verdicts->reasons[verdicts->first[event] + index].text;
}
