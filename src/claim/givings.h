/* What tellers give as losses, and how two such figures are compared.
 *
 * Rules
 * - An interval runs from low, else best, else 0, to high, else best, else without bound.
 * - Sets of kinds are compared as what they are, sums: who gives killed 15 gives at least 15 killed
 *   or missing, and exactly 18 if missing 3 besides. So a figure for a set says nothing against a
 *   smaller one for a part of the set, and excludes a larger one that lies above its ceiling.
 */
#ifndef CAS_GIVINGS_H
#define CAS_GIVINGS_H

#include "claim/losses.h"
#include "claim/voice.h"

enum { CAS_SETS = 1 << CASUS_LOSS_COUNT };

/* Least and most of one set of kinds; most INT64_MAX where there is no bound. */
struct cas_interval {
    int64_t least, most;
    uint8_t kinds; /* that were given; 0: nothing is told */
};

/* What one claim (or the data set) gives for one actor, by set of kinds. */
struct cas_giving {
    uint32_t actor;
    struct casus_voice voice;
    uint32_t event; /* index in the list at hand; 0 where it is one event's */
    struct cas_sum sums[CAS_SETS];
};

/* All zero is empty. */
struct cas_givings {
    struct cas_giving *at;
    size_t count, room;
};

/* Add one claim's losses, in order of actor. False without memory, like all here that add. */
bool cas_givings_add(struct cas_givings *givings, struct casus_voice voice,
                     const struct casus_loss *losses, uint32_t count, uint32_t event);
/* Add what an event's own record and the claims about it alone give. */
bool cas_givings_add_event(struct cas_givings *givings, const struct casus_dossier *dossier,
                           uint32_t event, uint32_t place);
/* Bring those from `begin` in the order of actor, teller, event. */
void cas_givings_sort(struct cas_givings *givings, size_t begin,
                      const struct casus_dossier *dossier);

/* The sets that somebody names, one bit each. */
unsigned cas_givings_sets(const struct cas_giving *givings, size_t count);
/* What a giving says of a set of kinds: of the set itself if it names it, else of its parts that
 * do not overlap, the smaller first. */
struct cas_interval cas_giving_interval(const struct cas_giving *giving, uint8_t set);
/* The most that an interval of some of the kinds allows for the whole set. */
int64_t cas_interval_most(const struct cas_interval *interval, uint8_t set);
bool cas_intervals_exclude(const struct cas_interval *a, const struct cas_interval *b, uint8_t set);

#endif
