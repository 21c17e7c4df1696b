/** Brokers: who stands between others, and what falls apart without them. */
#ifndef CASUS_BROKERS_H
#define CASUS_BROKERS_H

#include <casus/balance.h>

/**
 * Roles of the middle of a -> b -> c, where a and c have no tie from a to c (Gould and Fernandez
 * 1989, doi:10.2307/270949), counted on support alone. Groups are sides, else families; or
 * blocs, an actor in none being a group of its own.
 */
enum casus_role {
    CASUS_COORDINATOR,    /**< all three of one group */
    CASUS_ITINERANT,      /**< a and c of one, b of another (also called consultant) */
    CASUS_GATEKEEPER,     /**< b and c of one, a of another: it lets in */
    CASUS_REPRESENTATIVE, /**< a and b of one, c of another: it lets out */
    CASUS_LIAISON,        /**< three groups */
    CASUS_ROLE_COUNT
};
/** "coordinator" */
CASUS_API const char *casus_role_name(enum casus_role role);

/** Ties without direction that cuts are looked for on. */
enum casus_ground {
    CASUS_GROUND_CONTACT, /**< the relations of the report: attack and support */
    CASUS_GROUND_SUPPORT,
    CASUS_GROUND_COUNT
};

/** An actor without whom its connected part falls into `parts`. */
struct casus_cut_point {
    uint32_t actor, parts;
    uint32_t cut_off; /**< actors outside of the largest of them */
};

/** Two whose only way to each other is the tie between them, a < b. */
struct casus_bridge {
    uint32_t a, b;
    uint32_t cut_off; /**< actors on the smaller side */
};

/**
 * The least that cuts a client from a backer that reaches it through others alone, of support,
 * dates aside. Of several cuts of one size, the nearest to the client.
 */
struct casus_separation {
    uint32_t backer, client;
    const uint32_t *actors; /**< the fewest actors, in order */
    const uint32_t *ties;   /**< the fewest steps: from, to, from, to, … */
    uint32_t actor_count, tie_count;
};

struct casus_brokering {
    unsigned relations;                /**< of contact; bits, 0 is attack and support */
    bool with_generic;                 /**< else generic actors are left out of all of it */
    uint32_t most;                     /**< separations; 0 means 1,000 */
    const struct casus_balance *blocs; /**< of this graph: roles by its blocs; NULL: by side */
};

/** Immutable. Borrows texts of the graph and the dossier. */
struct casus_brokers;

/**
 * Find brokers.
 *
 * @param dossier   for sides of ancestors outside of the graph; may be NULL
 * @param brokering may be NULL
 * @param out       owned; written on success
 * @return CASUS_OK, CASUS_EINVAL (CAS-171), CASUS_ENOMEM, CASUS_EENGINE (CAS-184)
 * Cost: O(n + m) for cuts, O(sum of in-degree × out-degree) for roles, two flows a separation.
 * No randomness.
 */
CASUS_API enum casus_status casus_brokers_new(const struct casus_graph *graph,
                                              const struct casus_dossier *dossier,
                                              const struct casus_brokering *brokering,
                                              struct casus_brokers **out, struct casus_error *err);
CASUS_API void casus_brokers_free(struct casus_brokers *brokers);

CASUS_API uint64_t casus_brokers_role(const struct casus_brokers *brokers, enum casus_role role,
                                      uint32_t actor);
/** What groups are: "side" or "bloc". */
CASUS_API const char *casus_brokers_partition(const struct casus_brokers *brokers);
/** The group of an actor: its side, else its family; or "bloc 1", "no bloc". */
CASUS_API const char *casus_brokers_group(const struct casus_brokers *brokers, uint32_t actor);

/* Lists in the order of their actors, lent until casus_brokers_free(). */
CASUS_API uint32_t casus_brokers_point_count(const struct casus_brokers *, enum casus_ground);
CASUS_API const struct casus_cut_point *casus_brokers_point_at(const struct casus_brokers *,
                                                               enum casus_ground, uint32_t);
CASUS_API uint32_t casus_brokers_bridge_count(const struct casus_brokers *, enum casus_ground);
CASUS_API const struct casus_bridge *casus_brokers_bridge_at(const struct casus_brokers *,
                                                             enum casus_ground, uint32_t);
CASUS_API uint32_t casus_brokers_separation_count(const struct casus_brokers *);
CASUS_API const struct casus_separation *casus_brokers_separation_at(const struct casus_brokers *,
                                                                     uint32_t);
/** Pairs of backer and client that were not looked at, beyond the limit. */
CASUS_API uint64_t casus_brokers_separation_left_out(const struct casus_brokers *);

#endif
