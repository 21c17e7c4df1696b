/* The parts of a diff. Growing arrays; texts and lists in one arena. Failure sticks. */
#ifndef CAS_DIFF_H
#define CAS_DIFF_H

#include <casus/diff.h>

#include "base/text.h"

struct casus_diff {
    struct cas_arena arena;
    struct casus_diff_side side[2]; /* OLD, NEW */
    struct casus_diff_item *events, *actors;
    struct casus_diff_union *unions;
    struct casus_diff_tie *ties;
    struct casus_diff_rank *ranks;
    size_t event_room, actor_room, union_room, tie_room, rank_room;
    uint32_t event_count, actor_count, union_count, tie_count, rank_count;
    bool failed;
};

/* A growing list of ids. */
struct cas_ids {
    const char **at;
    uint32_t count;
    size_t room;
};
void cas_diff_say(struct casus_diff *diff, struct cas_ids *ids, const char *id);
/* Sort, leave out what comes twice, copy into the arena, and empty. */
const char *const *cas_diff_keep(struct casus_diff *diff, struct cas_ids *ids, uint32_t *out_count);

void cas_diff_items(struct casus_diff *diff);  /* events and actors */
void cas_diff_unions(struct casus_diff *diff); /* after the items */
void cas_diff_ties(struct casus_diff *diff);
void cas_diff_ranks(struct casus_diff *diff); /* after the ties */

#endif
