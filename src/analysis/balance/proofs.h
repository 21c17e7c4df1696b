/* Several proofs in one worker process.
 *
 * The worker tells what it knows as it learns it, so that its death or the end of its time costs
 * only what it had not yet told. Small ones first, each with its share of the time left, and a
 * second turn for those that need it.
 */
#ifndef CAS_PROOFS_H
#define CAS_PROOFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One problem: bounds and the best solution known, as bytes. */
struct cas_proof {
    int64_t lower, upper;
    void *found; /* borrowed; replaced where `upper` falls */
    size_t found_size;
    double size; /* of the problem, for its share of the time */
};

struct cas_proofs {
    struct cas_proof *items;
    uint32_t count;
    double deadline;
    void *self;
    /* In the worker: search item `index`, bring it up to date and call cas_proofs_tell() where a
     * bound has improved. False without memory. */
    bool (*prove)(void *self, struct cas_proofs *proofs, uint32_t index, double deadline);
    /* In the parent: an item has improved; or nothing has (index is `count`), and time goes by. May
     * be NULL. */
    void (*improved)(void *self, uint32_t index);
    /* private */
    int fd;
    uint32_t at;
    int64_t told_upper;
    bool mute;
};

/* @return NULL where all items are proved, else the reason (a constant) */
const char *cas_proofs_run(struct cas_proofs *proofs);
void cas_proofs_tell(struct cas_proofs *proofs);

/* What a worker may take beyond what the process has, and how long it may be late. */
#define CAS_WORKER_MEMORY ((size_t)4 << 30)
#define CAS_WORKER_GRACE  0.3

#endif
