/** What moved between two inputs: events, actors, ties, ranks. */
#ifndef CASUS_DIFF_H
#define CASUS_DIFF_H

#include <casus/measures.h>

/** One of the two inputs, read and measured. */
struct casus_diff_side {
    const struct casus_dossier *dossier;
    const struct casus_graph *graph;   /**< of the dossier, with its events */
    const struct casus_scores *scores; /**< of the graph */
};

enum casus_move { CASUS_ADDED, CASUS_REMOVED, CASUS_CHANGED, CASUS_MOVE_COUNT };
/** "added", "removed", "changed" */
CASUS_API const char *casus_move_name(enum casus_move move);

/** What of an event or actor is altered: bits CASUS_BIT(enum casus_field). */
enum casus_field {
    CASUS_FIELD_TYPE,
    CASUS_FIELD_RELATION,
    CASUS_FIELD_DIRECTED,
    CASUS_FIELD_DATE,
    CASUS_FIELD_PLACE,
    CASUS_FIELD_FROM,
    CASUS_FIELD_TO,
    CASUS_FIELD_SOURCE,
    CASUS_FIELD_LOSSES,
    CASUS_FIELD_CLAIMS,
    CASUS_FIELD_NOTE,
    CASUS_FIELD_EXTRA,
    CASUS_FIELD_NAME,
    CASUS_FIELD_KIND,
    CASUS_FIELD_SIDE,
    CASUS_FIELD_PARENT,
    CASUS_FIELD_ALIASES,
    CASUS_FIELD_COUNT
};
/** As in a dossier: "type", "from"; keys of one's own are "x-". */
CASUS_API const char *casus_field_name(enum casus_field field);

/* Strings and lists are borrowed: ids from the dossiers, lists from the diff. */

/** An event or an actor by its id. */
struct casus_diff_item {
    enum casus_move move;
    const char *id;
    unsigned what; /**< of one that changed */
};

/** Actors that became one, or one that became several: told by events of one id that name others in
 * the same place. */
struct casus_diff_union {
    bool split;      /**< one became several; else several became one */
    const char *one; /**< an id of NEW; of OLD where it split */
    const char *const *others;
    const char *const *events; /**< that show it, by id */
    uint32_t other_count, event_count;
};

struct casus_diff_tie {
    enum casus_move move;
    const char *from, *to;
    enum casus_relation relation;
    bool directed;
    uint32_t events[2]; /**< OLD, NEW */
    double weight[2];
    const char *const *added, *const *removed, *const *altered; /**< events of it, by id */
    uint32_t added_count, removed_count, altered_count;
};

struct casus_diff_rank {
    enum casus_move move; /**< added: it has a rank in NEW alone */
    const char *id;
    enum casus_measure measure;
    uint32_t rank[2];          /**< 0: none */
    const char *const *events; /**< on ties of its own that moved; none: it moved through others */
    uint32_t event_count;
};

/** Immutable. Borrows both dossiers and graphs for its life. */
struct casus_diff;

/**
 * Compare two inputs. Events and actors are the same where their ids are.
 *
 * @param out owned; written on success
 * @return CASUS_OK, CASUS_ENOMEM
 * Cost: O(n log n) of all events, actors and ties.
 */
CASUS_API enum casus_status casus_diff_new(const struct casus_diff_side *old,
                                           const struct casus_diff_side *new,
                                           struct casus_diff **out, struct casus_error *err);
CASUS_API void casus_diff_free(struct casus_diff *diff);

/* In order of id; ties of from, to, relation; ranks of measure, then id. */
CASUS_API uint32_t casus_diff_event_count(const struct casus_diff *diff);
CASUS_API const struct casus_diff_item *casus_diff_event_at(const struct casus_diff *, uint32_t);
CASUS_API uint32_t casus_diff_actor_count(const struct casus_diff *diff);
CASUS_API const struct casus_diff_item *casus_diff_actor_at(const struct casus_diff *, uint32_t);
CASUS_API uint32_t casus_diff_union_count(const struct casus_diff *diff);
CASUS_API const struct casus_diff_union *casus_diff_union_at(const struct casus_diff *, uint32_t);
CASUS_API uint32_t casus_diff_tie_count(const struct casus_diff *diff);
CASUS_API const struct casus_diff_tie *casus_diff_tie_at(const struct casus_diff *, uint32_t);
CASUS_API uint32_t casus_diff_rank_count(const struct casus_diff *diff);
CASUS_API const struct casus_diff_rank *casus_diff_rank_at(const struct casus_diff *, uint32_t);

#endif
