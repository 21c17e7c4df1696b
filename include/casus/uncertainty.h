/** How sure ranks are: worlds drawn from what is claimed, and sources left out in turn. */
#ifndef CASUS_UNCERTAINTY_H
#define CASUS_UNCERTAINTY_H

#include <casus/ledger.h>
#include <casus/measures.h>
#include <casus/registry.h>

/* Rules and their reasons: the headers of src/analysis/belief/chances.c and src/analysis/belief/reliance.c. */

/** What a graph was made of, once more. All borrowed; `graph` is what casus_graph_build() made of
 * the rest (not what was folded while reading), and outlives the results. */
struct casus_basis {
    const struct casus_dossier *dossier;
    const struct casus_graph *graph;
    const struct casus_selection *selection; /**< or NULL */
    const struct casus_verdicts *verdicts;   /**< needed for weight evidence, else NULL will do */
    const struct casus_scoring *scoring;     /**< or NULL */
    enum casus_weight weight;
    const struct casus_probabilities *probabilities; /**< of the graph's folding, or NULL */
};

/** All zero is: 1,000 worlds of seed 0, the first 3, as many processes as processors. */
struct casus_sampling {
    uint32_t worlds;
    uint64_t seed;
    uint32_t first;   /**< k: "in the first k"; 0 means 3 */
    uint32_t workers; /**< processes; 0: as many as processors. It changes no number. */
    const struct casus_probabilities *probabilities; /**< NULL: STIX 2.1's */
    /** Its rows judged unsure are actors that may be one, each a coin flip a world; or NULL. */
    const struct casus_registry *registry;
    /** Called now and then; may be NULL. */
    void (*progress)(void *context, const char *name, uint64_t done, uint64_t total);
    void *context;
};

/** What was drawn, and what was not. */
struct casus_uncertainty_info {
    uint32_t worlds, first;
    uint64_t seed;
    uint32_t events;    /**< attack and support events with a tie */
    uint32_t ungraded;  /**< of these: without a probability, in every world */
    uint32_t certain;   /**< of these: of probability 1 */
    uint32_t dates;     /**< of these: a selection of dates may or may not mean them */
    uint32_t losses;    /**< of these: with a range of killed; 0 unless killed are the weight */
    uint32_t unbounded; /**< of these: killed without an upper bound, not drawn */
    uint32_t merges;    /**< pairs of actors that may be one */
    double rank_error;  /**< ranks are exact (0) or known within this fraction */
};

/** The rank of one actor in one measure over all worlds. */
struct casus_rank_range {
    uint32_t median, low, high; /**< 5 and 95 % of the worlds where it is defined; 0: in none */
    double first;               /**< share of all worlds in which it is among the first k */
    double defined;             /**< share of all worlds in which there is such a rank */
};

/** Immutable. */
struct casus_uncertainty;

/**
 * Draw worlds and rank every actor in each.
 *
 * @param sampling may be NULL
 * @param out owned; written on success
 * @return CASUS_OK, CASUS_EINVAL, CASUS_ENOMEM, CASUS_EENGINE
 * Cost: that of casus_scores_new() a world, shared by processes that are forked; call it where no
 * other thread of the program holds a lock that igraph or malloc wants. Memory does not grow with
 * the number of worlds. World i depends on the seed, i and the events' ids alone.
 */
CASUS_API enum casus_status casus_uncertainty_new(const struct casus_basis *basis,
                                                  const struct casus_sampling *sampling,
                                                  struct casus_uncertainty **out,
                                                  struct casus_error *err);
CASUS_API void casus_uncertainty_free(struct casus_uncertainty *uncertainty);
CASUS_API const struct casus_uncertainty_info *casus_uncertainty_info(
    const struct casus_uncertainty *uncertainty);
CASUS_API struct casus_rank_range casus_uncertainty_at(const struct casus_uncertainty *uncertainty,
                                                       enum casus_measure measure, uint32_t actor);

/* --- without each source in turn -------------------------------------------------------------- */

/** What is left out: a source of the dossier; or, since many may speak in one article, a claimant
 * with its outlets, units and persons; or an outlet that speaks or that others speak through. */
enum casus_stay_kind {
    CASUS_STAY_SOURCE,
    CASUS_STAY_CLAIMANT,
    CASUS_STAY_OUTLET,
    CASUS_STAY_COUNT
};
/** "source", "claimant", "outlet" */
CASUS_API const char *casus_stay_name(enum casus_stay_kind kind);

/** One on which events rest. */
struct casus_stay {
    enum casus_stay_kind kind;
    uint32_t who;        /**< source or actor of the dossier */
    uint32_t events;     /**< attack and support events with a tie that rest on it alone */
    bool everything;     /**< all of them: without it nothing is left to rank */
    uint32_t rank_begin; /**< its ranks: casus_reliance_rank_at() */
    uint32_t rank_count;
    uint32_t ranks_left_out; /**< beyond 1,000 of them */
};

/** A rank among the first k that is worse without it. */
struct casus_hanging {
    uint32_t actor; /**< of the graph */
    enum casus_measure measure;
    uint32_t before, after; /**< after 0: not defined any more */
};

/** Immutable. */
struct casus_reliance;

/**
 * Leave out every source, claimant and outlet in turn, and rank again.
 *
 * @param sampling  may be NULL; first, workers, progress and context are read
 * @param out owned; written on success
 * @return CASUS_OK, CASUS_EINVAL, CASUS_ENOMEM, CASUS_EENGINE
 * Cost: that of casus_scores_new() for each on which an event rests alone. No randomness.
 */
CASUS_API enum casus_status casus_reliance_new(const struct casus_basis *basis,
                                               const struct casus_sampling *sampling,
                                               struct casus_reliance **out,
                                               struct casus_error *err);
CASUS_API void casus_reliance_free(struct casus_reliance *reliance);
CASUS_API uint32_t casus_reliance_first(const struct casus_reliance *reliance);
/** Those that an event rests on alone (by killed: also those that tell of losses): sources, then
 * claimants, then outlets, each by id. */
CASUS_API uint32_t casus_reliance_count(const struct casus_reliance *reliance);
CASUS_API const struct casus_stay *casus_reliance_at(const struct casus_reliance *, uint32_t);
/** By measure, rank before, actor. */
CASUS_API const struct casus_hanging *casus_reliance_rank_at(const struct casus_reliance *,
                                                             uint32_t);

#endif
