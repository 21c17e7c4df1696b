/** Whether events happened, by who says so, and whether the losses told of them agree. */
#ifndef CASUS_EVIDENCE_H
#define CASUS_EVIDENCE_H

#include <casus/dossier.h>

/** Who tells something. A claimant is an actor with its outlets, units, persons and bases. */
enum casus_voice_kind {
    CASUS_VOICE_ACTOR,  /**< a claimant */
    CASUS_VOICE_SOURCE, /**< a source in its own voice */
    CASUS_VOICE_DATA    /**< the data set, which gives figures of its own */
};
struct casus_voice {
    enum casus_voice_kind kind;
    uint32_t who; /**< actor; or source, CASUS_NONE where it is not named; 0 for the data set */
};

/** The verdicts on all events of one dossier; immutable. */
struct casus_verdicts;

/**
 * Judge every event of a finished dossier.
 *
 * @param out owned; written on success
 * @return CASUS_OK, CASUS_EINPUT (CAS-171: too many parties), CASUS_ENOMEM
 * Cost: O(events + claims + ties).
 * Rules and sources: the header of src/claim/evidence.c.
 */
CASUS_API enum casus_status casus_verdicts_new(const struct casus_dossier *dossier,
                                               struct casus_verdicts **out,
                                               struct casus_error *err);
CASUS_API void casus_verdicts_free(struct casus_verdicts *verdicts);
CASUS_API enum casus_evidence casus_verdicts_evidence(const struct casus_verdicts *verdicts,
                                                      uint32_t event);
CASUS_API enum casus_figures casus_verdicts_figures(const struct casus_verdicts *verdicts,
                                                    uint32_t event);
/** Why: sentences without a full stop, borrowed from `verdicts`. */
CASUS_API uint32_t casus_verdicts_reason_count(const struct casus_verdicts *verdicts,
                                               uint32_t event);
CASUS_API const char *casus_verdicts_reason_at(const struct casus_verdicts *verdicts,
                                               uint32_t event, uint32_t index);

/** Why two that speak of one event cannot both be right. */
enum casus_conflict {
    CASUS_CONFLICT_DENIAL,  /**< the first denies what the second tells */
    CASUS_CONFLICT_RIVALS,  /**< both claim responsibility alone */
    CASUS_CONFLICT_FIGURES, /**< their figures exclude each other */
    CASUS_CONFLICT_COUNT
};
/** "denial", "rivals", "figures" */
CASUS_API const char *casus_conflict_name(enum casus_conflict conflict);

/** Two that contradict each other about one event. */
struct casus_contradiction {
    enum casus_conflict why;
    struct casus_voice between[2];
    /* of figures alone: */
    uint32_t actor;              /**< whose losses; CASUS_NONE: of nobody known */
    uint8_t set;                 /**< the kinds compared: bits CASUS_BIT(enum casus_loss_kind) */
    uint8_t what[2];             /**< the kinds that each gives of these: fewer make a floor */
    struct casus_figure says[2]; /**< low and high, high -1 without bound; never a best */
    uint32_t over;               /**< over so many events together; 1 where it is this one's */
};

/**
 * The contradictions about an event: denials, rivals, figures, each in order of the ids of those
 * who contradict each other. At most 1,000 an event are held; who denies an event of which nobody
 * tells contradicts the data set. Borrowed from `verdicts`.
 */
CASUS_API uint32_t casus_verdicts_contradiction_count(const struct casus_verdicts *verdicts,
                                                      uint32_t event);
CASUS_API const struct casus_contradiction *casus_verdicts_contradiction_at(
    const struct casus_verdicts *verdicts, uint32_t event, uint32_t index);

/**
 * What all claims and the data set's own figures about one event allow for one kind of loss:
 * low is the least that anybody gives, high the most, best only where all who give one agree.
 * high −1 is no bound, whatever the best: somebody says "at least". `actor` CASUS_NONE sums over
 * actors, at the cost of a pass over the losses for each. Claims about several events, and figures
 * for a set of kinds, count for none.
 */
CASUS_API struct casus_figure casus_event_losses(const struct casus_dossier *dossier,
                                                 uint32_t event, uint32_t actor,
                                                 enum casus_loss_kind what);

#endif
