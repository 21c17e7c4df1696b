/* What may be otherwise about each event: whether it was, what it cost, when it was. */
#ifndef CAS_CHANCES_H
#define CAS_CHANCES_H

#include "analysis/belief/worlds.h"

struct cas_chance {
    uint64_t key;       /* of its id: its luck depends on nothing else */
    double probability; /* NaN: ungraded */
    double weight;      /* where it is not drawn */
    int64_t low, high;  /* of those killed, where low < high */
    /* the days on which it may have begun and ended; `dated` where some of them are not selected */
    int32_t begins[2], ends[2];
    bool dated, interval;
};

struct cas_chances {
    const struct cas_worlds *worlds;
    struct cas_chance *at; /* by event of the worlds */
    uint32_t (*pairs)[2];  /* nodes that may be one, in order */
    uint64_t *pair_keys;
    uint32_t pair_count;
    int32_t since, until; /* days selected */
    uint64_t seed;
    struct casus_uncertainty_info info;
};

/* @return CASUS_OK, CASUS_EINVAL, CASUS_ENOMEM */
enum casus_status cas_chances_init(struct cas_chances *chances, const struct cas_worlds *worlds,
                                   const struct casus_sampling *sampling, struct casus_error *err);
void cas_chances_done(struct cas_chances *chances);
/* A cas_world_fill; `context` is a struct cas_chances. */
enum casus_status cas_chances_draw(const void *context, uint32_t index, struct cas_world *world,
                                   struct casus_error *err);

#endif
