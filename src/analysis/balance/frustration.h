/* The frustration index: the fewest ties (or the least weight) whose removal leaves a graph that
 * splits in two camps with positive ties inside and negative ones between.
 *
 * Harary 1959; as a 0-1 program Aref, Mason and Wilson 2020 (doi:10.1002/net.21907). Proved, or an
 * interval.
 */
#ifndef CAS_FRUSTRATION_H
#define CAS_FRUSTRATION_H

#include "analysis/balance/signed_graph.h"
#include "analysis/limits.h"

enum cas_known { CAS_UNKNOWN, CAS_NO, CAS_YES };

struct cas_frustration {
    double lower, upper; /* L lies between, both included */
    double total;        /* weight of all ties, or their number */
    bool proved;         /* lower == upper */
    const char *stopped; /* why it is not proved (a constant), or NULL */
    uint32_t n;
    /* The split found, whose cost is `upper`. Which camp is +1 means something only within a
     * connected part; its first actor is in +1. 0: an actor without a tie that counts. */
    const int8_t *camp;
    const uint32_t *part; /* parts by ties that count, numbered by their first actor */
    uint32_t part_count;  /* isolates included */
    const uint32_t *tie;  /* frustrated ties, ascending */
    uint32_t tie_count;
    /* Of all best splits: actors of one group stand to each other the same way in every one. Only
     * where it is proved; `group` holds what is known by then where `settled` is false: actors of
     * two groups are certain to part, those of one may yet. */
    enum cas_known other; /* is there another best split, not counting parts turned as a whole? */
    bool settled;
    const uint32_t *group; /* numbered by their first actor */
    uint32_t group_count;
    /* In no part's largest group (of equals the one of more ties, then the first actor's). */
    const bool *swing;
    uint32_t swing_count;
    struct cas_arena arena;
};

/* @param limits weighted: ties of weight 0 do not count
 * @return CASUS_OK, CASUS_ENOMEM. A solver that dies or runs out is an interval and `stopped`.
 * Deterministic where it is proved and settled; else what is found depends on time. */
enum casus_status cas_frustration_new(const struct cas_signed *graph,
                                      const struct cas_limits *limits, struct cas_frustration **out,
                                      struct casus_error *err);
void cas_frustration_free(struct cas_frustration *frustration);

#endif
