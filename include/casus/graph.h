/** Events folded into ties between actors. */
#ifndef CASUS_GRAPH_H
#define CASUS_GRAPH_H

#include <casus/evidence.h>
#include <casus/ledger.h>
#include <casus/selection.h>

/**
 * What an attack or support event adds to the weight of each of its ties: 1; those killed in it
 * (over all actors: best, else low, else 0); by evidence its probability, where a claim that affirms
 * it has a grade, else 1 if it is corroborated or admitted, else 0 (rule and reason: the header of
 * src/claim/grade.c). Ties of claims count claims.
 */
enum casus_weight { CASUS_WEIGHT_EVENTS, CASUS_WEIGHT_KILLED, CASUS_WEIGHT_EVIDENCE };

/** An actor of the graph. Counts are of distinct events, after roll-up. Strings are borrowed. */
struct casus_node {
    const char *id, *name, *side;
    const char *parent_id, *parent_name; /**< its parent at the end of what was read, or NULL */
    uint32_t parent; /**< index in the graph, or CASUS_NONE where that actor is not in it */
    enum casus_kind kind;
    bool generic;
    uint32_t events;            /**< events it is a party to */
    uint32_t attacks, attacked; /**< as `from` and as `to` of directed attacks */
    uint32_t battles;           /**< undirected attack events */
    uint32_t backs, backed;     /**< as `from` and as `to` of support */
    uint32_t claims, carried;   /**< claims it made; claims made through it */
    uint32_t internal;          /**< events between what are parts of it after roll-up */
    struct casus_figure lost[CASUS_LOSS_COUNT]; /**< own losses, summed over events */
};

/**
 * All events of one (from, to, relation, directed), folded. On a tie of relation claim, `events`
 * counts what was said from one to the other: events of that relation, and claims, each once; a
 * claim's date is its own, its evidence that of the event which it tells of, its losses stay with
 * that event. Sums of losses: low adds what is least, high what is most (−1, no bound, where one
 * event has none, whatever the best), best stands where every event with a figure has one.
 */
struct casus_tie {
    uint32_t from, to; /**< indices; an undirected tie has from < to */
    enum casus_relation relation;
    bool directed;
    uint32_t events;
    double weight;                 /**< by enum casus_weight; >= 0 */
    struct casus_date first, last; /**< of dated events, with their precision; year 0: none dated */
    bool open;                     /**< at least one event has no end */
    uint32_t event_begin;          /**< its events: casus_graph_tie_event() */
    /* Arrays of one element a kind, verdict or stance, borrowed from the graph; never NULL. */
    const struct casus_figure *losses; /**< of its events, each event once */
    const uint32_t *evidence;          /**< events by verdict; all 0 where not judged */
    const uint32_t *stances;           /**< claims by stance, on a tie of claims */
};

struct casus_totals {
    uint64_t events; /**< selected */
    uint64_t by_relation[CASUS_RELATION_COUNT];
    uint64_t claims;        /**< claims on selected events */
    uint64_t no_tie;        /**< events of one known side only: they count and make no tie */
    uint64_t internal;      /**< ties to oneself, left out (also after roll-up) */
    uint64_t claims_no_tie; /**< claims that make no tie: to oneself or to nobody */
    uint64_t graded; /**< attack and support events with a probability, where evidence weighs */
    uint64_t undated;
    uint64_t undirected;                          /**< events without direction */
    uint64_t ties_dropped;                        /**< below min_events */
    struct casus_figure losses[CASUS_LOSS_COUNT]; /**< summed over events */
    struct casus_date first, last;
    bool open;
    double half_life;     /**< days; 0: weights do not decay */
    struct casus_date at; /**< the day to which ages are counted, where they do */
    struct casus_removed removed;
};

/**
 * Immutable once built. Actors stand in the byte order of their ids, ties in order of from, to,
 * relation, directed: the same input gives the same graph whatever the order of its rows.
 */
struct casus_graph;

struct casus_folding {
    enum casus_weight weight;
    bool windows; /**< a fold keeps what casus_fold_windows() needs */
    /** A fold judges evidence too, as far as one event shows it by itself: where nobody but sources
     * tells of it. At any other event it answers CASUS_EKEEP. */
    bool evidence;
    /** Days after which an event counts half: its weight is multiplied by 2^(-age/half_life), age
     * being the days from the last day that the event may have had to `at`; not below 0, and 0
     * where support has not ended. Without a date it weighs nothing. 0: no decay. */
    double half_life;
    struct casus_date at; /**< year 0: the last day of any selected event; a fold answers EKEEP */
    const struct casus_probabilities *probabilities; /**< for weight evidence; NULL: STIX 2.1's */
};

/** Read "90d", "2w", "6m", "1y", or the words day to year, as days: a year is 365.25 days, a month
 * a twelfth of it. @return CASUS_OK, CASUS_EINVAL (CAS-160) */
CASUS_API enum casus_status casus_days_parse(const char *text, double *out,
                                             struct casus_error *err);

/**
 * Fold a finished dossier.
 *
 * @param selection may be NULL
 * @param verdicts  may be NULL; needed for weight evidence and for ties that show evidence
 * @param out       owned; written on success
 * @return CASUS_OK; CASUS_EEMPTY (CAS-163); CASUS_EINVAL (CAS-16x); CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_graph_build(const struct casus_dossier *dossier,
                                              const struct casus_selection *selection,
                                              const struct casus_verdicts *verdicts,
                                              const struct casus_folding *folding,
                                              struct casus_graph **out, struct casus_error *err);
CASUS_API void casus_graph_free(struct casus_graph *graph);

/**
 * The second sink: folds events at once into ties by (from, to, relation, month) and forgets
 * them. Memory grows with actors and ties, not with events. Selections that need the dossier and
 * weight by evidence are refused (CASUS_EINVAL). Where the rules ask for more than one event at a
 * time (a focus, a claim about events named elsewhere, an announcement by one that is no party
 * itself), and where ids are wrong, casus_fold_new(), the sink or casus_fold_finish() answers
 * CASUS_EKEEP: read again into a dossier. `selection` (may be NULL) is borrowed until the fold is
 * freed.
 */
struct casus_fold;
CASUS_API enum casus_status casus_fold_new(const struct casus_selection *selection,
                                           const struct casus_folding *folding,
                                           struct casus_fold **out, struct casus_error *err);
CASUS_API void casus_fold_free(struct casus_fold *fold);
CASUS_API struct casus_sink *casus_fold_sink(struct casus_fold *fold);
/** Build the graph of what was folded; as casus_graph_build() but for events, and for evidence where
 * casus_folding.evidence did not ask for it. */
CASUS_API enum casus_status casus_fold_finish(struct casus_fold *fold,
                                              struct casus_problems *problems,
                                              struct casus_graph **out, struct casus_error *err);

CASUS_API uint32_t casus_graph_actor_count(const struct casus_graph *graph);
CASUS_API uint32_t casus_graph_tie_count(const struct casus_graph *graph);
CASUS_API const struct casus_node *casus_graph_actor_at(const struct casus_graph *, uint32_t);
CASUS_API const struct casus_tie *casus_graph_tie_at(const struct casus_graph *, uint32_t);
/** Index of the actor with that id, or CASUS_NONE. */
CASUS_API uint32_t casus_graph_actor_find(const struct casus_graph *graph, const char *id);
CASUS_API const struct casus_totals *casus_graph_totals(const struct casus_graph *graph);
CASUS_API const char *casus_graph_title(const struct casus_graph *graph);
CASUS_API uint32_t casus_graph_input_count(const struct casus_graph *graph);
CASUS_API const struct casus_input *casus_graph_input_at(const struct casus_graph *, uint32_t);
/** Events kept for each tie: its `index`-th event's number in the dossier, or CASUS_NONE where
 * the graph was folded while reading. */
CASUS_API uint32_t casus_graph_tie_event(const struct casus_graph *graph, uint32_t tie,
                                         uint32_t index);

#endif
