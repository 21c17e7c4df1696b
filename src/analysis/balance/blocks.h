/* The biconnected blocks of a network: no two share more than one actor, so L is their sum. */
#ifndef CAS_BLOCKS_H
#define CAS_BLOCKS_H

#include "analysis/balance/net.h"

/* Blocks in an order in which each but the first of a connected part has its root in an earlier
 * one. Isolates are in none. */
struct cas_blocks {
    uint32_t count;
    const uint32_t *begin; /* count + 1: edges of a block in `edge` */
    const uint32_t *edge;
    const uint32_t *root; /* the actor by which a block hangs on those before */
    struct cas_arena arena;
};

/* NULL without memory. Cost: O(n + m). */
struct cas_blocks *cas_blocks_find(const struct cas_net *net);
void cas_blocks_free(struct cas_blocks *blocks);

/* One block as a network, as cas_net_of_edges() makes it. */
struct cas_net *cas_blocks_net(const struct cas_net *net, const struct cas_blocks *blocks,
                               uint32_t index, uint32_t *scratch, uint32_t **out_actor);

#endif
