/* The tree of reductions and blocks, breadth first: children of a node stand together behind it,
 * in the order of cas_blocks, so that each hangs on actors whose camp is known before its own. */
#include "analysis/balance/plan.h"

#include <string.h>

#include "analysis/balance/blocks.h"
#include "analysis/balance/reduce.h"

enum { DEPTH_MAX = 16, NONE = UINT32_MAX };

struct cas_plan_node {
    struct cas_net *net; /* until it is reduced; of the first node not owned */
    struct cas_reduced *reduced;
    uint32_t *actor;             /* in the reduced net of the parent */
    uint32_t root;               /* by which it hangs there */
    uint32_t child, child_count; /* nodes */
    uint32_t leaf;               /* or NONE */
    uint32_t n, depth;
    int64_t unit;
};

void
cas_plan_free(struct cas_plan *plan)
{
    if (!plan) {
        return;
    }
    for (uint32_t i = 0; i < plan->node_count; i++) {
        cas_reduced_free(plan->nodes[i].reduced);
        cas_free(plan->nodes[i].actor);
        if (i > 0) {
            cas_net_free(plan->nodes[i].net);
        }
    }
    for (uint32_t i = 0; i < plan->leaf_count; i++) {
        cas_free(plan->leaves[i].camp); /* the net is that of a node's reduction */
    }
    cas_free(plan->nodes);
    cas_free(plan->leaves);
    cas_free(plan);
}

/* Takes `net` and `actor`, on failure too. */
static bool
add_node(struct cas_plan *plan, struct cas_net *net, uint32_t *actor, uint32_t root, uint32_t depth,
         int64_t unit)
{
    if (!cas_grow(&plan->nodes, &plan->node_room, (size_t)plan->node_count + 1,
                  sizeof(*plan->nodes))) {
        if (plan->node_count > 0) {
            cas_net_free(net);
        }
        cas_free(actor);
        return false;
    }
    plan->nodes[plan->node_count++] = (struct cas_plan_node){.net = net,
                                                             .actor = actor,
                                                             .root = root,
                                                             .leaf = NONE,
                                                             .n = net->n,
                                                             .depth = depth,
                                                             .unit = unit};
    return true;
}

static int64_t
common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* A change of v's camp changes the cost by total(v) less twice what was frustrated: where all
 * totals are even multiples of the pulls' common divisor, costs differ by even multiples too. */
static int64_t
grain_of(const struct cas_net *net)
{
    int64_t divisor = 0;

    for (uint32_t e = 0; e < net->m && divisor != 1; e++) {
        divisor = common_divisor(cas_weight(net->edges[e].pull), divisor);
    }
    for (uint32_t v = 0; v < net->n; v++) {
        int64_t total = 0;
        for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
            total += cas_weight(net->edges[net->arcs[i].edge].pull);
        }
        if (total % (2 * divisor) != 0) {
            return divisor;
        }
    }
    return 2 * divisor;
}

static bool
add_leaf(struct cas_plan *plan, struct cas_plan_node *node)
{
    struct cas_net *net = node->reduced->net;
    struct cas_leaf *leaf;
    int64_t grain = grain_of(net);

    if (!cas_grow(&plan->leaves, &plan->leaf_room, (size_t)plan->leaf_count + 1,
                  sizeof(*plan->leaves))) {
        return false;
    }
    leaf = &plan->leaves[plan->leaf_count];
    *leaf = (struct cas_leaf){.net = net, .camp = cas_alloc(net->n)};
    if (!leaf->camp) {
        return false;
    }
    memset(leaf->camp, 1, net->n);
    leaf->upper = cas_net_cost(net, leaf->camp);
    leaf->grain = node->unit > grain ? node->unit : grain;
    node->leaf = plan->leaf_count++;
    return true;
}

/* Each block a child. The unit holds for the sum over blocks, not for each. */
static bool
split(struct cas_plan *plan, uint32_t index, const struct cas_blocks *blocks)
{
    const struct cas_net *net = plan->nodes[index].reduced->net;
    uint32_t depth = plan->nodes[index].depth + 1;
    uint32_t *scratch = cas_alloc(((size_t)net->n + 1) * sizeof(*scratch));
    bool good = scratch != NULL;

    plan->nodes[index].child = plan->node_count;
    for (uint32_t b = 0; good && b < blocks->count; b++) {
        uint32_t *actor;
        struct cas_net *block = cas_blocks_net(net, blocks, b, scratch, &actor);
        good = block && add_node(plan, block, actor, blocks->root[b], depth, 1);
        plan->nodes[index].child_count += good;
    }
    cas_free(scratch);
    return good;
}

static bool
open_node(struct cas_plan *plan, uint32_t index)
{
    struct cas_plan_node *node = &plan->nodes[index];
    struct cas_blocks *blocks;
    bool good;

    node->reduced = cas_reduce(node->net);
    if (index > 0) {
        cas_net_free(node->net);
    }
    node->net = NULL;
    if (!node->reduced) {
        return false;
    }
    plan->cost += node->reduced->cost;
    blocks = cas_blocks_find(node->reduced->net);
    if (!blocks) {
        return false;
    }
    good = true;
    if (blocks->count == 1 || (blocks->count > 1 && node->depth == DEPTH_MAX)) {
        good = add_leaf(plan, node);
    } else if (blocks->count > 1) {
        good = split(plan, index, blocks);
    }
    cas_blocks_free(blocks);
    return good;
}

struct cas_plan *
cas_plan_new(const struct cas_net *net, int64_t unit)
{
    struct cas_plan *plan = cas_zalloc(1, sizeof(*plan));
    /* the first node does not own its network and never changes it */
    bool good = plan && add_node(plan, (struct cas_net *)net, NULL, NONE, 0, unit);

    for (uint32_t i = 0; good && i < plan->node_count; i++) {
        good = open_node(plan, i);
    }
    if (!good) {
        cas_plan_free(plan);
        return NULL;
    }
    return plan;
}

int64_t
cas_plan_lower(const struct cas_plan *plan)
{
    int64_t sum = plan->cost;

    for (uint32_t i = 0; i < plan->leaf_count; i++) {
        sum += plan->leaves[i].lower;
    }
    return sum;
}

int64_t
cas_plan_upper(const struct cas_plan *plan)
{
    int64_t sum = plan->cost;

    for (uint32_t i = 0; i < plan->leaf_count; i++) {
        sum += plan->leaves[i].upper;
    }
    return sum;
}

/* --- putting it together again ------------------------------------------------------------ */

static bool compose(const struct cas_plan *plan, const struct cas_plan_node *node, int8_t *out);

/* Turn a child's camps so that its root stands as it does in the parent. */
static bool
place_child(const struct cas_plan *plan, const struct cas_plan_node *child, int8_t *camp)
{
    int8_t *own = cas_alloc((size_t)child->n + 1);
    int8_t turn = 1;

    if (!own || !compose(plan, child, own)) {
        cas_free(own);
        return false;
    }
    for (uint32_t v = 0; v < child->n; v++) {
        if (child->actor[v] == child->root && camp[child->root] != 0) {
            turn = (int8_t)(camp[child->root] * own[v]);
        }
    }
    for (uint32_t v = 0; v < child->n; v++) {
        camp[child->actor[v]] = (int8_t)(turn * own[v]);
    }
    cas_free(own);
    return true;
}

/* As deep as the plan: DEPTH_MAX. */
static bool
compose(const struct cas_plan *plan, const struct cas_plan_node *node, int8_t *out)
{
    uint32_t n = node->reduced->net->n;
    int8_t *camp = cas_zalloc((size_t)n + 1, 1);
    bool good = camp != NULL;

    for (uint32_t i = 0; good && i < node->child_count; i++) {
        good = place_child(plan, &plan->nodes[node->child + i], camp);
    }
    if (good && node->leaf != NONE) {
        memcpy(camp, plan->leaves[node->leaf].camp, n);
    }
    for (uint32_t v = 0; good && v < n; v++) {
        camp[v] = camp[v] ? camp[v] : 1;
    }
    if (good) {
        cas_reduced_expand(node->reduced, camp, out);
    }
    cas_free(camp);
    return good;
}

bool
cas_plan_compose(const struct cas_plan *plan, int8_t *out)
{
    return compose(plan, &plan->nodes[0], out);
}
