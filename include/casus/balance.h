/** Structural balance: two camps or more, which ties do not fit, and how sure that is. */
#ifndef CASUS_BALANCE_H
#define CASUS_BALANCE_H

#include <casus/graph.h>
#include <casus/measures.h>

/* Words
 * - A signed tie joins a dyad: negative where attacks join the two, positive where support does. A
 *   dyad with both is ambivalent; enum casus_ambivalent decides on it. Claims, parents and sides
 *   give no sign.
 * - A split puts each actor in one of two camps. A tie is frustrated by it where it is positive
 *   between the camps or negative inside of one. The frustration index L is the least number (or
 *   weight) of frustrated ties of any split (Harary 1959).
 * - Blocs are a partition in any number of parts with the least disagreement: positive ties between
 *   blocs, negative ones inside (correlation clustering: Bansal, Blum and Chawla 2004).
 * - Communities are told by support alone: actors that back each other more than chance would have
 *   it (modularity by the Leiden method: Traag, Waltman and van Eck 2019).
 * - L and the blocs' disagreement are proved, or an interval that holds the number; never a guess alone. Communities are
 *   the best found, and how far several seeds agree is told.
 */

/** What the two searches know so far. Ties (or weight) that do not fit: between bounds that hold,
 * NaN where a search has not begun. */
struct casus_balance_progress {
    double camps[2], blocs[2]; /**< lower, upper */
    double seconds, limit;     /**< gone by since the start, and at most */
};

/** All zero is: ambivalent dyads left out, each tie counts one, 60 seconds, seed 1. */
struct casus_balancing {
    enum casus_ambivalent ambivalent;
    bool weighted;  /**< ties count by their weight, those of weight 0 not at all */
    double seconds; /**< for both searches, which go side by side; 0 means 60 */
    uint64_t seed;  /**< 0 means 1 */
    uint32_t most;  /**< actors with signed ties that are searched; 0 means 200,000 */
    bool no_communities, no_walks; /**< these are not looked for: not defined */
    /** Called now and then while they search, never twice at once, perhaps on another thread; may be
     * NULL. */
    void (*progress)(void *context, const struct casus_balance_progress *progress);
    void *context;
};

/* Actors are indices in the graph, events in the dossier. Lists are borrowed from the result. */

/** Bounds of a least number (or weight) of ties, both included. */
struct casus_bounds {
    double lower, upper; /**< NaN where not defined; `undefined` says why */
    double total;        /**< of all signed ties: their number, or weight */
    bool proved;         /**< lower == upper */
    const char *stopped; /**< why it is not proved, or NULL */
    const char *undefined;
};

struct casus_signed_tie {
    uint32_t a, b;          /**< a < b */
    int sign;               /**< -1, +1; 0: ambivalent and left out */
    double weight;          /**< of the sign; of "net" the difference */
    const uint32_t *events; /**< attack and support, ascending; none where they were not kept */
    uint32_t event_count;
    bool ambivalent;
    bool frustrated; /**< by the split */
    bool disagrees;  /**< with the blocs */
};

/** What Leiden finds on ties of support. */
struct casus_community_facts {
    uint32_t count;
    double modularity;                 /**< NaN where not defined */
    double agreement, least_agreement; /**< of the communities from `seeds` seeds, as adjusted Rand
                                            index: mean, least; NaN where not defined */
    uint32_t seeds;
    const char *undefined; /**< why NaN, or NULL */
};

/** Triangles by their number of negative ties: +++, ++-, +--, ---. */
enum { CASUS_TRIAD_COUNT = 4 };
CASUS_API const char *casus_triad_name(unsigned negative);

struct casus_balance_facts {
    uint32_t positive, negative; /**< signed ties */
    uint32_t ambivalent;         /**< dyads with both signs, */
    uint32_t left_out;           /**< of these without a sign in the end */
    uint32_t actors;             /**< with a signed tie */
    uint32_t parts;              /**< that signed ties join them in */

    uint64_t triads[CASUS_TRIAD_COUNT];
    double strict; /**< share with an even number of negative ties (Cartwright and Harary 1956) */
    double weak;   /**< share without exactly one (Davis 1967) */
    double walk;   /**< tr(exp A) / tr(exp |A|), signs alone (Estrada and Benzi 2014) */
    const char *strict_undefined, *walk_undefined; /**< why NaN, or NULL */

    struct casus_bounds frustration;
    double score[2];    /**< 1 - 2L/m lies between, both included; NaN where not defined */
    int other;          /**< another best split, parts turned as a whole aside: 1, 0; -1 unknown */
    uint32_t swing;     /**< actors that change camp between best splits */
    bool swing_settled; /**< false: there may be more of them */

    struct casus_bounds disagreement;
    uint32_t blocs;
    double agreement, least_agreement; /**< of local search from `seeds` seeds, as adjusted Rand
                                            index: mean, least; NaN where not defined */
    uint32_t seeds;
    struct casus_community_facts communities;
    struct casus_balancing used; /**< with what was left to choose filled in */
};

/** Immutable. Borrows nothing of the graph. */
struct casus_balance;

/**
 * Measure the balance of a graph.
 *
 * @param balancing may be NULL
 * @param out       owned; written on success. What is not defined (no signed tie; too many actors
 *                  to search) is NaN with a reason
 * @return CASUS_OK, CASUS_EINVAL (CAS-160: seconds; CAS-171, CAS-172: weights), CASUS_ENOMEM,
 *         CASUS_EENGINE (CAS-184)
 * Cost: triangles O(m^1.5); the searches up to `seconds`, each in a process of its own.
 * Deterministic where proved.
 */
CASUS_API enum casus_status casus_balance_new(const struct casus_graph *graph,
                                              const struct casus_balancing *balancing,
                                              struct casus_balance **out, struct casus_error *err);
CASUS_API void casus_balance_free(struct casus_balance *balance);

CASUS_API const struct casus_balance_facts *casus_balance_facts(const struct casus_balance *);
/** Dyads with attack or support, in order of (a, b); those without a sign too. */
CASUS_API uint32_t casus_balance_tie_count(const struct casus_balance *balance);
CASUS_API const struct casus_signed_tie *casus_balance_tie_at(const struct casus_balance *,
                                                              uint32_t);
/** The dyad of two actors, in either order; NULL where no attack or support joins them. */
CASUS_API const struct casus_signed_tie *casus_balance_tie_between(const struct casus_balance *,
                                                                   uint32_t x, uint32_t y);
/** 1 or 2; 0 without a signed tie that counts. Within a part, its first actor is in 1; camps of
 * two parts do not compare. */
CASUS_API int casus_balance_camp(const struct casus_balance *balance, uint32_t actor);
/** Connected part from 1 in order of first actors; 0 without a signed tie. */
CASUS_API uint32_t casus_balance_part(const struct casus_balance *balance, uint32_t actor);
/** Bloc from 1 in order of first actors; 0 without a signed tie. */
CASUS_API uint32_t casus_balance_bloc(const struct casus_balance *balance, uint32_t actor);
/** Community from 1 in order of first actors; 0 without a tie of support. */
CASUS_API uint32_t casus_balance_community(const struct casus_balance *balance, uint32_t actor);
/** Does it change camp between best splits? */
CASUS_API bool casus_balance_swings(const struct casus_balance *balance, uint32_t actor);

#endif
