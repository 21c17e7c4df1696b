/* One event or one claim at a time becomes ties, counts of actors and totals.
 *
 * The only path from records to ties: the sink that keeps and the sink that folds both call it,
 * with actors by number (already rolled up), so they cannot disagree. What it adds is the same in
 * any order.
 *
 * Rules
 * - An event with k × l parties makes k·l ties of weight 1. A party named twice, or two that are
 *   one after roll-up, count once. An undirected pair counts once an event.
 * - A pair of one and the same actor makes no tie and is internal. An actor all of whose
 *   counterparts are itself has neither attacked nor been attacked.
 * - An event without `from` or without `to` counts for the party it has and makes no tie.
 * - A claim makes one tie from its claimant to each distinct target, of weight 1; it adds no
 *   losses there. Its date is its own, not the event's. One that makes no tie is counted.
 * - Weight of an attack or support event: 1; or killed (the event's total: best, else low, else 0);
 *   or, by evidence, its probability or verdict (claim/grade.c). Ties of claims count claims
 *   in all three. Then by age, where weights decay.
 */
#ifndef CAS_TALLY_H
#define CAS_TALLY_H

#include "event/sink.h"
#include "graph/ties.h"

/* An event as it is folded. Borrowed for the call. `losses` one row an actor. */
struct cas_deed {
    const uint32_t *from, *to;
    size_t from_count, to_count;
    const struct cas_lost *losses;
    size_t loss_count;
    struct casus_figure lost[CASUS_LOSS_COUNT]; /* over all actors */
    struct casus_period date;
    enum casus_relation relation;
    bool directed;
    int evidence;    /* enum casus_evidence, or -1: not judged */
    double sure;     /* what it weighs by evidence: of these probability or verdict */
    bool graded;     /* it is a probability */
    uint32_t number; /* in the dossier, or CASUS_NONE */
};

/* An event of one party on each side, all of whose losses are killed, each of a known low, best and
 * high: what most rows of data sets are. */
struct cas_pair {
    const struct cas_bulk_event *event;
    const struct cas_bulk_loss *losses;
    enum casus_relation relation;
    uint32_t number; /* as cas_deed.number */
    int evidence;    /* as cas_deed.evidence */
};

/* Whom a claim makes a tie to: blame and report to each `from` of the event; responsibility to
 * each `to`; announce to the side that the claimant is not on (`from` where it is on neither);
 * deny and corroborate to the claimant that they answer, else to each `from`. */
enum cas_aim { CAS_AIM_FROM, CAS_AIM_TO, CAS_AIM_ANSWERED, CAS_AIM_OTHER_SIDE };
enum cas_aim cas_aim_of(enum casus_stance stance, bool answers);

/* One that a claim makes a tie to, and the event that it tells of there. */
struct cas_target {
    uint32_t actor, event;
    int evidence;
};

struct cas_saying {
    uint32_t by, via, of; /* or CASUS_NONE */
    struct casus_period
        told; /* of the first event that it tells of: its age where it has no date */
    const struct cas_target *targets;
    size_t target_count;
    struct casus_period date;
    enum casus_stance stance;
};

/* What an actor adds up to. */
struct cas_count {
    uint32_t events, attacks, attacked, battles, backs, backed, claims, carried, internal;
    bool takes_part; /* party, claimant, carrier or answered */
    struct cas_sum lost[CASUS_LOSS_COUNT];
    uint64_t from_at, to_at; /* the round in which it last stood on that side */
};

/* An event of a tie, and the index + 1 of the one before it. */
struct cas_note {
    uint32_t event, before;
};

/* Weights halve with age (casus_folding). They are rounded to 2^-36, so that their sums are exact
 * below 2^17 and the order of rows does not show. */
struct cas_decay {
    double half_life; /* days; 0: none */
    int32_t at;
};
double cas_decay_weight(const struct cas_decay *decay, const struct casus_period *date);

struct cas_tally {
    struct cas_ties ties;
    struct cas_count *actors;   /* by number; as many as were met */
    struct cas_note *notes;     /* only where `keep_notes` */
    struct casus_totals totals; /* losses and dates are in the two below until the end */
    struct cas_sum lost[CASUS_LOSS_COUNT];
    struct cas_span span;
    size_t actor_room, actor_count, note_room, note_count;
    uint32_t *from, *to; /* of the event at hand, each actor once */
    size_t from_room, to_room, from_count, to_count;
    uint64_t round;
    enum casus_weight weight;
    bool keep_notes;
    struct cas_decay decay;
};

void cas_tally_init(struct cas_tally *tally, enum casus_weight weight, bool keep_notes);
void cas_tally_done(struct cas_tally *tally);
/* Forget everything but weight, decay and what is to be kept; the memory stays. */
void cas_tally_clear(struct cas_tally *tally);
/* Say that an event comes soon, of which losses need not be known yet: memory that it will need is
 * asked for, nothing else. */
void cas_tally_expect(const struct cas_tally *tally, const struct cas_deed *deed);
/* Events that are pairs, as if each had come by itself; at most CAS_PAIRS. */
enum { CAS_PAIRS = 64 };
enum casus_status cas_tally_pairs(struct cas_tally *tally, const struct cas_pair *pairs,
                                  size_t count, struct casus_error *err);
/* @return CASUS_OK, CASUS_ENOMEM; after a failure the tally can only be thrown away */
enum casus_status cas_tally_event(struct cas_tally *tally, const struct cas_deed *deed,
                                  struct casus_error *err);
enum casus_status cas_tally_claim(struct cas_tally *tally, const struct cas_saying *saying,
                                  struct casus_error *err);
/* What was counted of an actor; zeros for one that was not met. */
struct cas_count cas_tally_actor(const struct cas_tally *tally, uint32_t actor);
/* The totals, whole. */
struct casus_totals cas_tally_totals(const struct cas_tally *tally);

#endif
