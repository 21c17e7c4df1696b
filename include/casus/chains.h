/** Who stands behind whom: chains of backing, and backers that face each other through others. */
#ifndef CASUS_CHAINS_H
#define CASUS_CHAINS_H

#include <casus/graph.h>

/* Words
 * - A backer is an actor with support of its own to another; that other is its client.
 * - A fighter is an actor that an attack joins with another, on either end.
 * - A chain is a path of support from a backer to a fighter: one step or more, no actor twice, each
 *   two steps in a row at one time: an event of the one may overlap an event of the other (what has
 *   no date may). Support without a direction goes both ways.
 * - Civilians fight for nobody, and a generic actor ("Unknown") is nobody's name: no chain begins at,
 *   passes or ends at either.
 * - The confidence of a step is that of its best event, an event's that of the best claim that
 *   affirms it: credibility 1 to 5 is 0.9, 0.7, 0.5, 0.3, 0.1 (STIX 2.1, appendix A); 6 and none
 *   are not defined. A chain's is the product over its steps.
 * - Backers a and b face each other where a has a chain to x and b one to y, an attack joins x and
 *   y, and neither chain passes through b or y, a or x.
 */

/** All zero is: every chain of up to 8 steps. Strings are borrowed for the call. */
struct casus_chaining {
    const char *backer, *fighter; /**< by id, name or alias: only what these are part of, or NULL */
    const char *level;            /**< the selection's: names are rolled up as the graph was */
    uint32_t longest;             /**< steps; 0 means 8; at most CASUS_CHAIN_LONGEST */
    uint32_t most;                /**< chains; 0 means 100,000 */
    bool any_time;                /**< steps in a row need not be at one time */
    bool with_generic;            /**< chains may run through generic actors and civilians */
};
enum { CASUS_CHAIN_LONGEST = 32 };

/* Actors are indices in the graph, events in the dossier. Lists are borrowed from the result. */

/** All support from one actor to another. */
struct casus_step {
    uint32_t from, to;
    const char *const *types; /**< each once, in byte order */
    const uint32_t *events;   /**< by first day, then id */
    uint32_t type_count, event_count;
    struct casus_date first, last; /**< as of a tie */
    bool open;
    uint8_t credibility; /**< of its best claim: 1 to 5, or 0 where none can be judged */
    double confidence;   /**< NaN where not defined */
};

/** All attacks between two actors, a < b, whoever began. */
struct casus_fight {
    uint32_t a, b;
    const uint32_t *events; /**< by first day, then id */
    uint32_t event_count;
};

struct casus_chain {
    const uint32_t *path;  /**< length + 1 actors, the backer first, the fighter last */
    const uint32_t *steps; /**< length numbers for casus_chains_step_at() */
    uint32_t length;
    double confidence; /**< NaN where a step has none */
};

/** Where two backers meet: fighters[k] is fought for backers[k], along chains[k]. */
struct casus_front {
    uint32_t fighters[2];
    struct casus_chain chains[2]; /**< the shortest, of these the first by ids */
    uint32_t fight;               /**< for casus_chains_fight_at() */
};

/** Two backers whose clients fight each other. An implied relation: never a tie, never counted. */
struct casus_faced {
    uint32_t backers[2];
    const struct casus_front *fronts;
    const uint32_t *through[2]; /**< the fighters of each, in order */
    const uint32_t *events;     /**< the attacks between them */
    uint32_t front_count, through_count[2], event_count;
};

/** One that backs both sides of a fight. */
struct casus_double_dealer {
    uint32_t actor;
    bool direct;              /**< both are its own clients */
    struct casus_front front; /**< the lower actor first; neither chain passes the other's end */
};

/** A backer of several clients. */
struct casus_shared {
    uint32_t backer;
    const uint32_t *clients;
    uint32_t client_count;
};

/** A fighter two of whose backers stand on opposed sides: sides that an attack joins. */
struct casus_opposed {
    uint32_t fighter;
    uint32_t backers[2];
    const char *sides[2];         /**< label, else the topmost ancestor's name; nearest first */
    struct casus_chain chains[2]; /**< neither passes through the other backer */
    const uint32_t *events;       /**< the attacks between the two sides */
    uint32_t event_count;
};

/** What a client loses if a backer leaves. */
struct casus_departure {
    uint32_t backer, client;
    uint32_t step;           /**< what it gets from it */
    const char *const *only; /**< the types that it gets from nobody else */
    const uint32_t *others;  /**< its other backers; none: nobody is left */
    uint32_t only_count, other_count;
};

/** What is not in the lists, and why. */
struct casus_chains_cut {
    uint32_t longest, most;   /**< the limits that held */
    uint32_t complete;        /**< every chain of up to so many steps is listed */
    uint32_t complete_behind; /**< the same of the chains that all lists but the first rest on */
    bool longer;              /**< there are, or may be, chains of more than `longest` steps */
    uint64_t apart;           /**< turns from one step into the next that are never at one time */
    uint64_t fronts, opposed; /**< found and not kept, beyond 200,000 each */
};

/** Immutable. Borrows texts of the dossier, nothing of the graph. */
struct casus_chains;

/**
 * Find all chains of a graph and what follows from them.
 *
 * @param dossier  finished; outlives the result
 * @param graph    built from `dossier` (not folded while reading)
 * @param chaining may be NULL
 * @param out      owned; written on success
 * @return CASUS_OK; CASUS_EINVAL (CAS-162: no such backer or fighter; CAS-160: longest; CAS-171);
 *         CASUS_EKEEP (the graph does not know its events); CASUS_ENOMEM
 * Cost: O(events log events) and one walk a chain; chains are found shortest first, so that a limit
 * cuts the longest. No randomness.
 */
CASUS_API enum casus_status casus_chains_new(const struct casus_dossier *dossier,
                                             const struct casus_graph *graph,
                                             const struct casus_chaining *chaining,
                                             struct casus_chains **out, struct casus_error *err);
CASUS_API void casus_chains_free(struct casus_chains *chains);

/* Chains: the longest first, then by ids along the path. Fronts and the like: by ids. Each _at()
 * takes an index below its _count() and lends what it returns until casus_chains_free(). */
CASUS_API uint32_t casus_chains_count(const struct casus_chains *chains);
CASUS_API const struct casus_chain *casus_chains_at(const struct casus_chains *, uint32_t);
CASUS_API uint32_t casus_chains_step_count(const struct casus_chains *chains);
CASUS_API const struct casus_step *casus_chains_step_at(const struct casus_chains *, uint32_t);
CASUS_API uint32_t casus_chains_fight_count(const struct casus_chains *chains);
CASUS_API const struct casus_fight *casus_chains_fight_at(const struct casus_chains *, uint32_t);
CASUS_API uint32_t casus_chains_faced_count(const struct casus_chains *chains);
CASUS_API const struct casus_faced *casus_chains_faced_at(const struct casus_chains *, uint32_t);
CASUS_API uint32_t casus_chains_double_count(const struct casus_chains *chains);
CASUS_API const struct casus_double_dealer *casus_chains_double_at(const struct casus_chains *,
                                                                   uint32_t);
CASUS_API uint32_t casus_chains_shared_count(const struct casus_chains *chains);
CASUS_API const struct casus_shared *casus_chains_shared_at(const struct casus_chains *, uint32_t);
CASUS_API uint32_t casus_chains_opposed_count(const struct casus_chains *chains);
CASUS_API const struct casus_opposed *casus_chains_opposed_at(const struct casus_chains *,
                                                              uint32_t);
CASUS_API uint32_t casus_chains_departure_count(const struct casus_chains *chains);
CASUS_API const struct casus_departure *casus_chains_departure_at(const struct casus_chains *,
                                                                  uint32_t);
CASUS_API const struct casus_chains_cut *casus_chains_cut(const struct casus_chains *chains);
/** The actors that the answer was narrowed to, or CASUS_NONE. */
CASUS_API uint32_t casus_chains_backer(const struct casus_chains *chains);
CASUS_API uint32_t casus_chains_fighter(const struct casus_chains *chains);
CASUS_API bool casus_chains_any_time(const struct casus_chains *chains);

#endif
