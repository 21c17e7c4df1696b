/* What cuts a client from a backer, by flows.
 *
 * Actors are cut by splitting each into an arc from its way in (v) to its way out (n + v), of
 * capacity 1; steps of support then cost more than all actors together, so that a least cut is of
 * actors alone.
 */
#include <string.h>

#include "analysis/brokerage/broker.h"
#include "base/fault.h"

enum { MOST_ARCS_ASKED = 20000000 };

struct cutting {
    struct cas_arena *arena;
    const struct cas_contact *contact;
    struct cas_arcs split;
    uint32_t *split_from, *split_to;
    double *capacity, *side; /* side: 2 n */
    uint32_t *reached;       /* by actor: steps from the backer + 1, or 0 */
    uint32_t *queue;
    struct casus_separation *found;
    size_t count, room;
    uint64_t most, left_out;
};

/* --- the split graph ---------------------------------------------------------------------- */

static bool
split_actors(struct cutting *cutting)
{
    const struct cas_arcs *arcs = &cutting->contact->arcs;
    size_t count = arcs->n + arcs->count;
    cutting->split_from = cas_zalloc(count, sizeof *cutting->split_from);
    cutting->split_to = cas_zalloc(count, sizeof *cutting->split_to);
    cutting->capacity = cas_zalloc(count, sizeof *cutting->capacity);
    if (!cutting->split_from || !cutting->split_to || !cutting->capacity)
        return false;
    for (uint32_t v = 0; v < arcs->n; v++) {
        cutting->split_from[v] = v;
        cutting->split_to[v] = arcs->n + v;
        cutting->capacity[v] = 1;
    }
    for (size_t i = 0; i < arcs->count; i++) {
        cutting->split_from[arcs->n + i] = arcs->n + arcs->from[i];
        cutting->split_to[arcs->n + i] = arcs->to[i];
        cutting->capacity[arcs->n + i] = (double)arcs->n + 1;
    }
    cutting->split = (struct cas_arcs){2 * arcs->n, count, cutting->split_from, cutting->split_to,
                                       cutting->capacity};
    return true;
}

static bool
cutting_init(struct cutting *cutting)
{
    size_t n = (size_t)cutting->contact->arcs.n + 1;
    cutting->side = cas_zalloc(2 * n, sizeof *cutting->side);
    cutting->reached = cas_zalloc(n, sizeof *cutting->reached);
    cutting->queue = cas_zalloc(n, sizeof *cutting->queue);
    return cutting->side && cutting->reached && cutting->queue && split_actors(cutting);
}

static void
cutting_done(struct cutting *cutting)
{
    cas_free(cutting->split_from);
    cas_free(cutting->split_to);
    cas_free(cutting->capacity);
    cas_free(cutting->side);
    cas_free(cutting->reached);
    cas_free(cutting->queue);
    cas_free(cutting->found);
}

/* --- one pair ----------------------------------------------------------------------------- */

static enum casus_status
cut_actors(struct cutting *cutting, struct casus_separation *pair, struct casus_error *err)
{
    uint32_t n = cutting->contact->arcs.n, *actors;
    enum casus_status status =
        cas_igraph_sink_side(&cutting->split, n + pair->backer, pair->client, cutting->side, err);
    if (status != CASUS_OK)
        return status;
    for (uint32_t v = 0; v < n; v++)
        pair->actor_count += cutting->side[v] == 0 && cutting->side[n + v] != 0;
    pair->actors = actors = cas_arena_alloc(cutting->arena, pair->actor_count * sizeof *actors);
    for (uint32_t v = 0; actors && v < n; v++) {
        if (cutting->side[v] == 0 && cutting->side[n + v] != 0)
            *actors++ = v;
    }
    return actors ? CASUS_OK : cas_fail_memory(err);
}

static bool
is_cut(const struct cutting *cutting, size_t arc)
{
    const struct cas_arcs *arcs = &cutting->contact->arcs;
    return cutting->side[arcs->from[arc]] == 0 && cutting->side[arcs->to[arc]] != 0;
}

static enum casus_status
cut_ties(struct cutting *cutting, struct casus_separation *pair, struct casus_error *err)
{
    struct cas_arcs arcs = cutting->contact->arcs;
    uint32_t *ties;
    arcs.weight = NULL;
    enum casus_status status =
        cas_igraph_sink_side(&arcs, pair->backer, pair->client, cutting->side, err);
    if (status != CASUS_OK)
        return status;
    for (size_t i = 0; i < arcs.count; i++)
        pair->tie_count += is_cut(cutting, i);
    pair->ties = ties = cas_arena_alloc(cutting->arena, 2 * pair->tie_count * sizeof *ties);
    for (size_t i = 0; ties && i < arcs.count; i++) {
        if (!is_cut(cutting, i))
            continue;
        *ties++ = arcs.from[i];
        *ties++ = arcs.to[i];
    }
    return ties ? CASUS_OK : cas_fail_memory(err);
}

static enum casus_status
separate(struct cutting *cutting, uint32_t backer, uint32_t client, struct casus_error *err)
{
    struct casus_separation pair = {.backer = backer, .client = client};
    if (cutting->count >= cutting->most) {
        cutting->left_out++;
        return CASUS_OK;
    }
    if (!cas_grow(&cutting->found, &cutting->room, cutting->count + 1, sizeof *cutting->found))
        return cas_fail_memory(err);
    enum casus_status status = cut_actors(cutting, &pair, err);
    if (status == CASUS_OK)
        status = cut_ties(cutting, &pair, err);
    if (status == CASUS_OK)
        cutting->found[cutting->count++] = pair;
    return status;
}

/* --- all pairs ---------------------------------------------------------------------------- */

static void
reach_from(struct cutting *cutting, uint32_t backer)
{
    const struct cas_contact *contact = cutting->contact;
    uint32_t head = 0, tail = 0, *reached = cutting->reached;
    memset(reached, 0, contact->arcs.n * sizeof *reached);
    reached[backer] = 1;
    cutting->queue[tail++] = backer;
    while (head < tail) {
        uint32_t v = cutting->queue[head++];
        for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
            uint32_t to = contact->arcs.to[i];
            if (reached[to])
                continue;
            reached[to] = reached[v] + 1;
            cutting->queue[tail++] = to;
        }
    }
}

static enum casus_status
separate_all(struct cutting *cutting, struct casus_error *err)
{
    const struct cas_contact *contact = cutting->contact;
    for (uint32_t backer = 0; backer < contact->arcs.n; backer++) {
        if (contact->out_begin[backer] == contact->out_begin[backer + 1])
            continue;
        reach_from(cutting, backer);
        for (uint32_t client = 0; client < contact->arcs.n; client++) {
            enum casus_status status =
                cutting->reached[client] > 2 ? separate(cutting, backer, client, err) : CASUS_OK;
            if (status != CASUS_OK)
                return status;
        }
    }
    return CASUS_OK;
}

enum casus_status
cas_separations_find(struct cas_arena *arena, const struct cas_contact *contact, uint32_t most,
                     struct cas_separations *out, struct casus_error *err)
{
    struct cutting cutting = {.arena = arena, .contact = contact};
    uint64_t affordable = MOST_ARCS_ASKED / (contact->arcs.n + contact->arcs.count + 1) + 1;
    cutting.most = most < affordable ? most : affordable;
    enum casus_status status =
        cutting_init(&cutting) ? separate_all(&cutting, err) : cas_fail_memory(err);
    struct casus_separation *list = NULL;
    if (status == CASUS_OK && cutting.count) {
        list = cas_arena_copy(arena, cutting.found, cutting.count, sizeof *list);
        status = list ? CASUS_OK : cas_fail_memory(err);
    }
    if (status == CASUS_OK)
        *out = (struct cas_separations){list, (uint32_t)cutting.count, cutting.left_out};
    cutting_done(&cutting);
    return status;
}
