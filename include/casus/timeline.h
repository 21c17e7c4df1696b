/** What each window shows, and what changed between them. */
#ifndef CASUS_TIMELINE_H
#define CASUS_TIMELINE_H

#include <casus/balance.h>
#include <casus/windows.h>

/* Words
 * - An actor enters in the first window in which it is a party to an event, and leaves in the one
 *   after its last. Nobody enters in the first window that holds an event, nor leaves in the last.
 *   Ties of attack and of support begin and end likewise, whatever their direction.
 * - A dyad is hostile in a window in which attack joins it, friendly where support alone does. It
 *   turns where that differs from the last time: to hostile is a defection; to friendly, by support
 *   that was not there before, an alliance.
 * - Blocs are those of casus/balance.h, each cut into what friendly ties hold together. One of them
 *   follows another where the two have most actors in common (of equals the smaller, then the first
 *   one). A bloc of three or more splits where it is what two or more follow best; blocs merge to
 *   three or more where two or more are followed best by one. Two in a row are compared of the
 *   windows that have blocs.
 * - An actor climbs into the first three ranks of PageRank if it stood three ranks lower, or more,
 *   in the window before.
 */

enum casus_change_kind {
    CASUS_ENTRY,
    CASUS_EXIT,
    CASUS_TIE_BEGINS,
    CASUS_TIE_ENDS,
    CASUS_DEFECTION,
    CASUS_ALLIANCE,
    CASUS_SPLIT,
    CASUS_MERGER,
    CASUS_CLIMB,
    CASUS_CHANGE_COUNT
};
/** "entry", "exit", "tie-begins", "tie-ends", "defection", "alliance", "split", "merger", "climb" */
CASUS_API const char *casus_change_name(enum casus_change_kind kind);

struct casus_change {
    enum casus_change_kind kind;
    uint32_t window;
    const uint32_t *actors; /**< of the timeline; by id, of blocs part by part */
    const uint32_t *parts;  /**< of a split or merger: the part of each actor, from 0; else NULL */
    const uint32_t *events; /**< numbers for casus_windows_event_id(), ascending */
    uint32_t actor_count, event_count;
    enum casus_relation relation; /**< of a tie */
    uint32_t before, after;       /**< ranks of one that climbs */
};

enum { CASUS_FIRST_RANKS = 3 };

/** What a window shows. Numbers are NaN where not defined. */
struct casus_slice {
    struct casus_window window;
    uint32_t actors, ties, dyads; /**< dyads: pairs that attack or support joins */
    uint64_t by_relation[CASUS_RELATION_COUNT];
    double density;     /**< arcs of the contact graph / n(n - 1) */
    double reciprocity; /**< share of its arcs that have one back; an undirected tie does */
    double degree;      /**< mean number of neighbours: 2 dyads / n */
    struct casus_balance_facts balance;
    uint32_t first[CASUS_FIRST_RANKS]; /**< actors of the timeline: highest PageRank; CASUS_NONE */
};

struct casus_timeline_actor {
    const char *id, *name;
    uint32_t first, last; /**< windows in which it is a party to an event */
    uint64_t events;      /**< over all windows */
};

/** A series of numbers, one a window, in which a change point is looked for. */
enum casus_series { CASUS_ACTIVITY, CASUS_BALANCE_SERIES, CASUS_DEGREE, CASUS_SERIES_COUNT };
/** "activity": events; "balance": share of balanced triads; "degree": mean number of neighbours */
CASUS_API const char *casus_series_name(enum casus_series series);

/** One test: the windows [begin, end) that have a number, cut where their means differ most. */
struct casus_shift {
    enum casus_series series;
    uint32_t begin, end;
    uint32_t at;          /**< the first window after the change */
    double before, after; /**< means */
    double p;             /**< (1 + permutations at least as extreme) / (1 + permutations) */
    double corrected;     /**< by Holm's method over all tests of the timeline */
};

/** One window as it is measured; all borrowed for the call. */
struct casus_moment {
    uint32_t index;
    const struct casus_slice *slice;
    const struct casus_graph *graph;
    const struct casus_scores *contact, *attack, *support; /**< NULL in a window without actors;
                                                                the last two where not asked for */
    const struct casus_balance *balance;                   /**< NULL in a window without actors */
};

/** All zero is usual. */
struct casus_timing {
    const struct casus_scoring *scoring; /**< may be NULL; of its measures PageRank tells of climbs
                                              and first ranks */
    struct casus_balancing
        balancing;         /**< seconds: of each window; 0 means 10. most: 0 means 2,000 */
    bool by_relation;      /**< score attack alone and support alone too */
    bool no_scores;        /**< balance alone: no ranks, no climbs */
    uint32_t permutations; /**< 0 means 999 */
    uint64_t seed;         /**< 0 means 1 */
    /** Called for each window in turn, before the next one is built. May be NULL. */
    enum casus_status (*visit)(void *context, const struct casus_moment *moment,
                               struct casus_error *err);
    void *context;
    void (*progress)(void *context, const char *name, uint64_t done, uint64_t total);
    void *progress_context;
};

/** Immutable. Borrows the windows for its life. */
struct casus_timeline;

/**
 * Measure each window in turn and find what changed.
 *
 * @param timing may be NULL
 * @param out    owned; written on success
 * @return CASUS_OK; CASUS_EINVAL, CASUS_ENOMEM, CASUS_EENGINE as casus_scores_new() and
 *         casus_balance_new(); what `visit` returns
 * Cost: that of scores and balance of each window; memory of one window at a time, beside a number
 * an event of each tie and party.
 * Source of the test: Antoch and Hušková 2001 (permutations, the largest standardised difference
 * of means); found ones are cut and looked into again (Vostrikova 1981); Holm 1979.
 */
CASUS_API enum casus_status casus_timeline_new(struct casus_windows *windows,
                                               const struct casus_timing *timing,
                                               struct casus_timeline **out,
                                               struct casus_error *err);
CASUS_API void casus_timeline_free(struct casus_timeline *timeline);

CASUS_API const struct casus_windows *casus_timeline_windows(const struct casus_timeline *timeline);
CASUS_API const struct casus_slice *casus_timeline_slice_at(const struct casus_timeline *,
                                                            uint32_t window);
/** Parties to events of any window, by id. */
CASUS_API uint32_t casus_timeline_actor_count(const struct casus_timeline *timeline);
CASUS_API const struct casus_timeline_actor *casus_timeline_actor_at(const struct casus_timeline *,
                                                                     uint32_t);
/** Events of an actor by window. @param out as many numbers as there are windows */
CASUS_API void casus_timeline_activity(const struct casus_timeline *timeline, uint32_t actor,
                                       double *out);
/** In order of window, kind, ids of actors. */
CASUS_API uint32_t casus_timeline_change_count(const struct casus_timeline *timeline);
CASUS_API const struct casus_change *casus_timeline_change_at(const struct casus_timeline *,
                                                              uint32_t);
/** Tests made, in order of series and window. None where windows overlap or are fewer than six:
 * then casus_timeline_untested() says why. */
CASUS_API uint32_t casus_timeline_shift_count(const struct casus_timeline *timeline);
CASUS_API const struct casus_shift *casus_timeline_shift_at(const struct casus_timeline *,
                                                            uint32_t);
CASUS_API const char *casus_timeline_untested(const struct casus_timeline *timeline);
/** What was used, with what was left to choose filled in. */
CASUS_API uint32_t casus_timeline_permutations(const struct casus_timeline *timeline);
CASUS_API uint64_t casus_timeline_seed(const struct casus_timeline *timeline);

#endif
