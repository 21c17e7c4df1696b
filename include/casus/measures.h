/** Centrality and brokerage: every number of the report. */
#ifndef CASUS_MEASURES_H
#define CASUS_MEASURES_H

#include <casus/graph.h>

enum casus_measure {
    CASUS_IN_DEGREE,
    CASUS_OUT_DEGREE,
    CASUS_IN_STRENGTH,
    CASUS_OUT_STRENGTH,
    CASUS_PAGERANK,
    CASUS_HUB,
    CASUS_AUTHORITY,
    CASUS_BETWEENNESS,
    CASUS_CLOSENESS,
    CASUS_HARMONIC,
    CASUS_EIGENVECTOR,
    CASUS_CORENESS,
    CASUS_CONSTRAINT,
    CASUS_SIGNED_DEGREE,
    CASUS_PN,
    CASUS_SIGNED_EIGENVECTOR,
    CASUS_MEASURE_COUNT
};

/** What is computed, with its unit and its source, in a sentence each. */
struct casus_measure_info {
    const char *name;       /**< as in JSON: in_degree */
    const char *title;      /**< as in a table's head: "in-degree" */
    const char *definition; /**< one sentence, no full stop */
    const char *source;     /**< literature, or "" */
    bool low_is_first;      /**< rank 1 is the lowest (constraint) */
};
CASUS_API const struct casus_measure_info *casus_measure_info(enum casus_measure measure);

enum casus_ambivalent {
    CASUS_AMBIVALENT_OUT, /**< dyads with both signs are left out */
    CASUS_AMBIVALENT_NET, /**< the heavier sign; equal stays out */
    CASUS_AMBIVALENT_POSITIVE,
    CASUS_AMBIVALENT_NEGATIVE
};

struct casus_scoring {
    unsigned relations; /**< bits; 0 is attack and support */
    unsigned measures;  /**< bits of those that are asked for; 0: all. Others are not defined */
    double damping;     /**< in [0, 1); 0 is taken as given only if damping_given */
    bool damping_given; /**< else 0.85 */
    bool reciprocal;    /**< betweenness, closeness, harmonic over distances 1/weight, not hops */
    bool normalized; /**< betweenness / ((n−1)(n−2)), closeness × reached, harmonic / (n−1) */
    bool with_generic; /**< generic actors take part in betweenness and constraint */
    enum casus_ambivalent ambivalent;
    /** Betweenness from a sample of shortest paths, each score within this of its range, from 0.0001
     * up to, not including, 1; 0: exact. By hops only. */
    double approximate;
    uint64_t seed; /**< of the sample */
    /** Called now and then while shortest paths are searched, by one thread at a time, of several
     * scorings that of the first; may be NULL. A total of 0 is not known. False ends the work with
     * CASUS_ESTOPPED. */
    bool (*progress)(void *context, const char *name, uint64_t done, uint64_t total);
    void *context;
};

/** Scores and ranks of all actors of one graph. Immutable. */
struct casus_scores;

/**
 * Compute every measure on the contact graph.
 *
 * @param scoring may be NULL
 * @param out     owned; written on success
 * @return CASUS_OK, CASUS_EINVAL (CAS-170, CAS-189), CASUS_ENOMEM, CASUS_EENGINE (CAS-184), CASUS_ESTOPPED
 * Cost: betweenness O(n m) dominates. No randomness. Measures run side by side on as many threads
 * as there are processors, which does not show in the result; one thread at a time in igraph.
 */
CASUS_API enum casus_status casus_scores_new(const struct casus_graph *graph,
                                             const struct casus_scoring *scoring,
                                             struct casus_scores **out, struct casus_error *err);
/**
 * The same for several scorings of one graph at once, which shares threads better than one by one.
 *
 * @param scorings `count` of them; NULL: the usual one, `count` times
 * @param threads  0: as many as there are processors
 * @param out      `count`, owned; written on success, all of them
 */
CASUS_API enum casus_status casus_scores_new_all(const struct casus_graph *graph,
                                                 const struct casus_scoring *scorings,
                                                 uint32_t count, unsigned threads,
                                                 struct casus_scores **out,
                                                 struct casus_error *err);
CASUS_API void casus_scores_free(struct casus_scores *scores);
/** NaN where not defined. */
CASUS_API double casus_scores_at(const struct casus_scores *scores, enum casus_measure measure,
                                 uint32_t actor);
/** From 1; 0 where not defined. Equal within 1e-9 relative share the better rank. */
CASUS_API uint32_t casus_scores_rank(const struct casus_scores *scores, enum casus_measure measure,
                                     uint32_t actor);
/** Why a score is not defined, or NULL where it is. Borrowed, for ever. */
CASUS_API const char *casus_scores_undefined(const struct casus_scores *scores,
                                             enum casus_measure measure, uint32_t actor);
/** How betweenness was approximated. Borrowed from the scores; NULL where it is exact. */
struct casus_approximation {
    double epsilon;    /**< no bound lies farther from its score, as a share of (n − 1)(n − 2) */
    double confidence; /**< that all scores lie within their bounds */
    uint64_t samples;  /**< shortest paths drawn */
    uint64_t seed;
};
CASUS_API const struct casus_approximation *
casus_scores_approximation(const struct casus_scores *scores);
/** Bounds of an actor's approximated betweenness, and of its rank; 0 for one that has none. */
struct casus_score_bounds {
    double low, high;
    uint32_t best, worst;
};
CASUS_API struct casus_score_bounds casus_scores_bounds(const struct casus_scores *scores,
                                                  uint32_t actor);
/** About how many seconds the shortest paths of these scores take here, on `threads` (0: as many as
 * there are processors): an estimate from the size of the graph. */
CASUS_API double casus_scores_estimate(const struct casus_graph *graph,
                                       const struct casus_scoring *scoring, unsigned threads);
/** Arcs of the contact graph, and weakly connected parts. */
CASUS_API uint64_t casus_scores_arc_count(const struct casus_scores *scores);
CASUS_API uint32_t casus_scores_component_count(const struct casus_scores *scores);
/** Dyads with both attack and support: `index`-th pair, smaller first. */
CASUS_API uint32_t casus_scores_ambivalent_count(const struct casus_scores *scores);
CASUS_API void casus_scores_ambivalent_at(const struct casus_scores *scores, uint32_t index,
                                          uint32_t out_pair[2]);

#endif
