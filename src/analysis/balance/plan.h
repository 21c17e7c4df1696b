/* A network taken apart: reduced, split into blocks, those reduced again, until nothing fits. What
 * is left are leaves, each searched on its own; L of the whole is cost + the sum of theirs. */
#ifndef CAS_PLAN_H
#define CAS_PLAN_H

#include "analysis/balance/net.h"

struct cas_leaf {
    struct cas_net *net;  /* biconnected */
    int64_t grain;        /* costs of its splits differ by multiples of it */
    int8_t *camp;         /* the best found */
    int64_t lower, upper; /* upper: the cost of `camp` */
};

struct cas_plan {
    struct cas_leaf *leaves;
    uint32_t leaf_count;
    int64_t cost; /* of what was reduced */
    struct cas_plan_node *nodes;
    uint32_t node_count;
    size_t leaf_room, node_room;
};

/* @param unit costs of splits of `net` differ by multiples of it; 1 always holds
 * Leaves start with all in one camp and the bound 0. NULL without memory. Cost: near O(n + m). */
struct cas_plan *cas_plan_new(const struct cas_net *net, int64_t unit);
void cas_plan_free(struct cas_plan *plan);

int64_t cas_plan_lower(const struct cas_plan *plan);
int64_t cas_plan_upper(const struct cas_plan *plan);

/* Camps of the whole from those of the leaves; `out` as long as the network's actors. False
 * without memory. */
bool cas_plan_compose(const struct cas_plan *plan, int8_t *out);

#endif
