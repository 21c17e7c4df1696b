/** Who says what of which event, what it comes to, and how each claimant fares. */
#ifndef CASUS_LEDGER_H
#define CASUS_LEDGER_H

#include <casus/evidence.h>

/**
 * Probabilities of Admiralty grades; NaN where a grade has none. `credibility` 1 to 5 stand at
 * their numbers, 0 (none) and 6 (cannot be judged) have none. `reliability` A to E stand at 0 to 4;
 * no published scale makes them probabilities, so they weigh only where somebody gave a table.
 */
struct casus_probabilities {
    double credibility[7];
    double reliability[5];
    bool weighs; /**< by reliability too */
};
/** STIX 2.1's table for the Admiralty credibility: 0.9, 0.7, 0.5, 0.3, 0.1. */
CASUS_API void casus_probabilities_init(struct casus_probabilities *out);
/**
 * Read a table: lines of `1 0.9`, `1,0.9` or `B 0.8`; # begins a comment, a first line without a
 * number is a title. It replaces all of the standard one.
 *
 * @return CASUS_OK, CASUS_EINVAL (CAS-173: a line that is none), CASUS_EIO (CAS-180, CAS-181)
 */
CASUS_API enum casus_status casus_probabilities_read(const char *path,
                                                     struct casus_probabilities *out,
                                                     struct casus_error *err);
/** The probability of a claim by its grade; NaN: it is ungraded. */
CASUS_API double casus_claim_probability(const struct casus_dossier *dossier,
                                         const struct casus_claim *claim,
                                         const struct casus_probabilities *table);
/**
 * The probability of an event: that of the best graded claim which affirms it (all but denials).
 * NaN: none has a grade. Rule and reason: the header of src/claim/grade.c.
 */
CASUS_API double casus_event_probability(const struct casus_dossier *dossier, uint32_t event,
                                         const struct casus_probabilities *table);
/** "B2", "–2", "B", or "": the reliability of its source and its credibility. @return `out` */
CASUS_API char *casus_claim_grade(const struct casus_dossier *dossier,
                                  const struct casus_claim *claim, char out[8]);

/** One teller's figure of a reconciled loss. */
struct casus_told {
    struct casus_voice by;
    struct casus_figure figure; /**< as given; of a floor only low */
    bool floor;                 /**< it gives some of the kinds only: the sum is no smaller */
};

/**
 * The losses of one actor in one event, of one set of kinds that somebody names. Never an average.
 * Claims about several events count for none of them.
 */
struct casus_reconciled {
    uint32_t actor; /**< or CASUS_NONE: of nobody known */
    uint8_t what;   /**< bits CASUS_BIT(enum casus_loss_kind): a sum over them */
    /** The least and the most that anybody allows; best where all who give one agree. */
    struct casus_figure widest;
    /** What all allow; not known where `excluded`. High -1 is no bound. */
    struct casus_figure agreed;
    bool excluded; /**< nothing is allowed by all */
    const struct casus_told *told;
    uint32_t told_count;
};

/**
 * What a claimant says set against what the other side says. A case is an event, an actor and a
 * set of kinds that one of the two names, of which both tell.
 */
struct casus_comparison {
    uint32_t cases;
    uint32_t above, meet, below; /**< of the cases: it says more, the ranges meet, it says less */
    uint32_t unanswered;         /**< events and actors of which the other side gives no figure */
    uint32_t killed_cases;       /**< cases of killed alone, summed below */
    struct casus_figure said, answered; /**< low and high; high -1 is no bound */
};
/** Below so many cases nobody should make a rate of them. */
#define CASUS_CASES_MIN 5

/** How one teller fares over the events chosen. A figure of an event counts it once. */
struct casus_record {
    struct casus_voice voice; /**< a claimant, or a source in its own voice */
    uint32_t claims;          /**< claims about events chosen */
    uint32_t events;          /**< events that it tells */
    uint32_t denied;          /**< events that it denies */
    uint32_t alone;           /**< of those told: nobody else tells them */
    uint32_t corroborated;    /**< of those told: corroborated */
    uint32_t contradicted;    /**< told or denied: it stands in a contradiction */
    uint32_t admitted; /**< of those told: a loss of its own side, or its attack on civilians */
    struct casus_comparison
        enemy;                   /**< enemy losses that it claims, against what the enemy admits */
    struct casus_comparison own; /**< own losses that it admits, against what the enemy claims */
};

/** The ledger of the events chosen; immutable. */
struct casus_ledger;

/**
 * @param chosen  one byte an event, 1 where it is meant; NULL: all. Verdicts rest on the whole
 *                dossier all the same.
 * @param out     owned; written on success; borrows dossier and verdicts
 * @return CASUS_OK, CASUS_EINPUT (CAS-171), CASUS_ENOMEM
 * Cost: O(events log events + claims log claims).
 * Rules: the headers of src/claim/ledger.c and record.c.
 */
CASUS_API enum casus_status casus_ledger_new(const struct casus_dossier *dossier,
                                             const struct casus_verdicts *verdicts,
                                             const uint8_t *chosen, struct casus_ledger **out,
                                             struct casus_error *err);
CASUS_API void casus_ledger_free(struct casus_ledger *ledger);
/** Events chosen: by their first possible day, undated ones last; then by id. */
CASUS_API uint32_t casus_ledger_event_count(const struct casus_ledger *ledger);
/** @return the event's index in the dossier */
CASUS_API uint32_t casus_ledger_event_at(const struct casus_ledger *ledger, uint32_t index);
/** The claims about it, by date, then stance, then who: `event.claim_count` indices. */
CASUS_API const uint32_t *casus_ledger_claims(const struct casus_ledger *ledger, uint32_t index);
/** Losses by the actor's id, then the set. */
CASUS_API uint32_t casus_ledger_loss_count(const struct casus_ledger *ledger, uint32_t index);
CASUS_API const struct casus_reconciled *casus_ledger_loss_at(const struct casus_ledger *ledger,
                                                              uint32_t index, uint32_t loss);
/** Tellers with at least one claim: claimants by id, then sources by id. */
CASUS_API uint32_t casus_ledger_record_count(const struct casus_ledger *ledger);
CASUS_API const struct casus_record *casus_ledger_record_at(const struct casus_ledger *ledger,
                                                            uint32_t index);
/** The teller of a claim. */
CASUS_API struct casus_voice casus_claim_voice(const struct casus_dossier *dossier,
                                               const struct casus_claim *claim, uint32_t event);

#endif
