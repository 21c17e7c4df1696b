/* What follows from chains: who stands behind each fighter, and whom that sets against whom. */
#ifndef CAS_BEHIND_H
#define CAS_BEHIND_H

#include "analysis/chains/camps.h"
#include "analysis/chains/chain_paths.h"

/* Chains by where they end and begin: the shortest of each pair first. */
struct cas_behind {
    const struct cas_backing *backing;
    const struct casus_chain **chains; /* by (fighter, backer, length, path) */
    const size_t *begin;               /* n + 1: those that end at a fighter */
};
enum casus_status cas_behind_init(struct cas_arena *arena, const struct cas_backing *backing,
                                  const struct cas_chain_paths *paths, struct cas_behind *out,
                                  struct casus_error *err);

/* Lists narrowed to a backer or a fighter (CASUS_NONE: not), with how many more were found. */
struct cas_narrow {
    uint32_t backer, fighter;
    uint32_t most; /* rows kept of a list that can grow with the square of the backers */
};

struct cas_faced_list {
    const struct casus_faced *at;
    uint32_t count;
    uint64_t left_out; /* fronts */
};
enum casus_status cas_faced_find(struct cas_arena *arena, const struct cas_behind *behind,
                                 const struct cas_narrow *narrow, struct cas_faced_list *out,
                                 struct casus_error *err);

struct cas_double_list {
    const struct casus_double_dealer *at;
    uint32_t count;
};
enum casus_status cas_doubles_find(struct cas_arena *arena, const struct cas_behind *behind,
                                   const struct cas_narrow *narrow, struct cas_double_list *out,
                                   struct casus_error *err);

struct cas_opposed_list {
    const struct casus_opposed *at;
    uint32_t count;
    uint64_t left_out;
};
enum casus_status cas_opposed_find(struct cas_arena *arena, const struct cas_behind *behind,
                                   const struct cas_camps *camps, const struct cas_narrow *narrow,
                                   struct cas_opposed_list *out, struct casus_error *err);

/* From steps alone: no chains needed. */
struct cas_shared_list {
    const struct casus_shared *at;
    uint32_t count;
};
enum casus_status cas_shared_find(struct cas_arena *arena, const struct cas_backing *backing,
                                  const struct cas_narrow *narrow, struct cas_shared_list *out,
                                  struct casus_error *err);
struct cas_departure_list {
    const struct casus_departure *at;
    uint32_t count;
};
enum casus_status cas_departures_find(struct cas_arena *arena, const struct cas_backing *backing,
                                      const struct cas_narrow *narrow,
                                      struct cas_departure_list *out, struct casus_error *err);

/* --- between the files ---------------------------------------------------------------------- */

/* The chains from one backer to one fighter: chains[begin, end). */
struct cas_group {
    size_t begin, end;
};
/* The group of chains that starts at `at`, below `behind->begin[fighter + 1]`. */
struct cas_group cas_group_at(const struct cas_behind *behind, uint32_t fighter, size_t at);
/* The first of a group that passes through none of two actors, or NULL. */
const struct casus_chain *cas_group_avoiding(const struct cas_behind *behind,
                                             struct cas_group group, uint32_t a, uint32_t b);
uint32_t cas_group_backer(const struct cas_behind *behind, struct cas_group group);

#endif
