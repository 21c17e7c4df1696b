/* Brokers of a graph: groups, the two grounds, and the questions of broker.h on them. */
#include <casus/brokers.h>

#include <inttypes.h>
#include <stdio.h>

#include "analysis/brokerage/broker.h"
#include "analysis/chains/camps.h"
#include "base/fault.h"

enum { MOST_SEPARATIONS = 1000 };

struct casus_brokers {
    struct cas_arena arena;
    struct cas_camps camps;
    bool by_bloc;
    struct cas_cuts cuts[CASUS_GROUND_COUNT];
    struct cas_separations separations;
    uint64_t *roles;
};

/* --- the ground --------------------------------------------------------------------------- */

static size_t
take_ties(const struct casus_graph *graph, unsigned relations, bool with_generic,
          struct cas_contact_tie *out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        bool generic = casus_graph_actor_at(graph, tie->from)->generic ||
                       casus_graph_actor_at(graph, tie->to)->generic;
        if ((relations & CASUS_BIT(tie->relation)) && (with_generic || !generic))
            out[count++] = (struct cas_contact_tie){tie->from, tie->to, tie->weight, tie->relation,
                                                    tie->directed};
    }
    return count;
}

static enum casus_status
lay_ground(const struct casus_graph *graph, unsigned relations, bool with_generic,
           struct cas_contact **out, struct casus_error *err)
{
    struct cas_contact_tie *ties = cas_zalloc(casus_graph_tie_count(graph), sizeof *ties);
    if (!ties)
        return cas_fail_memory(err);
    size_t count = take_ties(graph, relations, with_generic, ties);
    enum casus_status status =
        cas_contact_new(casus_graph_actor_count(graph), ties, count, out, err);
    cas_free(ties);
    return status;
}

/* --- groups ------------------------------------------------------------------------------- */

/* Bloc k is group k − 1; behind them stand those that are in none, each alone. */
static enum casus_status
group_by_bloc(struct casus_brokers *brokers, uint32_t n, const struct casus_balance *blocs,
              struct casus_error *err)
{
    uint32_t count = casus_balance_facts(blocs)->blocs;
    uint32_t *of = cas_arena_alloc(&brokers->arena, ((size_t)n + 1) * sizeof *of);
    const char **label = cas_arena_alloc(&brokers->arena, ((size_t)n + count + 1) * sizeof *label);
    char text[24];
    bool good = of && label;
    for (uint32_t k = 0; good && k < count; k++) {
        int length = snprintf(text, sizeof text, "bloc %" PRIu32, k + 1);
        label[k] = cas_arena_text(&brokers->arena, text, (size_t)length);
        good = label[k] != NULL;
    }
    for (uint32_t v = 0; good && v < n; v++) {
        uint32_t bloc = casus_balance_bloc(blocs, v);
        of[v] = bloc ? bloc - 1 : count++;
        if (!bloc)
            label[of[v]] = "no bloc";
    }
    if (!good)
        return cas_fail_memory(err);
    brokers->camps = (struct cas_camps){of, label, count};
    brokers->by_bloc = true;
    return CASUS_OK;
}

/* --- the questions ------------------------------------------------------------------------ */

static enum casus_status
ask_contact(struct casus_brokers *brokers, const struct casus_graph *graph,
            const struct casus_brokering *brokering, struct casus_error *err)
{
    struct cas_contact *contact = NULL;
    unsigned relations = brokering->relations ? brokering->relations : CASUS_CONTACT;
    enum casus_status status = lay_ground(graph, relations, brokering->with_generic, &contact, err);
    if (status == CASUS_OK)
        status = cas_cuts_find(&brokers->arena, contact, &brokers->cuts[CASUS_GROUND_CONTACT], err);
    cas_contact_free(contact);
    return status;
}

static enum casus_status
ask_support(struct casus_brokers *brokers, const struct casus_graph *graph,
            const struct casus_brokering *brokering, struct casus_error *err)
{
    struct cas_contact *support = NULL;
    uint32_t most = brokering->most ? brokering->most : MOST_SEPARATIONS;
    enum casus_status status =
        lay_ground(graph, CASUS_BIT(CASUS_SUPPORT), brokering->with_generic, &support, err);
    if (status == CASUS_OK)
        status = cas_cuts_find(&brokers->arena, support, &brokers->cuts[CASUS_GROUND_SUPPORT], err);
    if (status == CASUS_OK)
        status = cas_roles_count(support, brokers->camps.of, brokers->roles, err);
    if (status == CASUS_OK)
        status = cas_separations_find(&brokers->arena, support, most, &brokers->separations, err);
    cas_contact_free(support);
    return status;
}

static enum casus_status
fill(struct casus_brokers *brokers, const struct casus_graph *graph,
     const struct casus_dossier *dossier, const struct casus_brokering *brokering,
     struct casus_error *err)
{
    size_t n = casus_graph_actor_count(graph);
    brokers->roles =
        cas_arena_alloc(&brokers->arena, n * CASUS_ROLE_COUNT * sizeof *brokers->roles);
    if (!brokers->roles)
        return cas_fail_memory(err);
    enum casus_status status =
        brokering->blocs ? group_by_bloc(brokers, (uint32_t)n, brokering->blocs, err)
                         : cas_camps_find(&brokers->arena, graph, dossier, &brokers->camps, err);
    if (status == CASUS_OK)
        status = ask_contact(brokers, graph, brokering, err);
    return status == CASUS_OK ? ask_support(brokers, graph, brokering, err) : status;
}

enum casus_status
casus_brokers_new(const struct casus_graph *graph, const struct casus_dossier *dossier,
                  const struct casus_brokering *brokering, struct casus_brokers **out,
                  struct casus_error *err)
{
    static const struct casus_brokering standard;
    struct casus_brokers *brokers = cas_zalloc(1, sizeof *brokers);
    if (!brokers)
        return cas_fail_memory(err);
    cas_arena_init(&brokers->arena);
    enum casus_status status =
        fill(brokers, graph, dossier, brokering ? brokering : &standard, err);
    if (status == CASUS_OK)
        *out = brokers;
    else
        casus_brokers_free(brokers);
    return status;
}

void
casus_brokers_free(struct casus_brokers *brokers)
{
    if (!brokers)
        return;
    cas_arena_done(&brokers->arena);
    cas_free(brokers);
}

/* --- to read ------------------------------------------------------------------------------ */

uint64_t
casus_brokers_role(const struct casus_brokers *brokers, enum casus_role role, uint32_t actor)
{
    return brokers->roles[(size_t)actor * CASUS_ROLE_COUNT + role];
}

const char *
casus_brokers_partition(const struct casus_brokers *brokers)
{
    return brokers->by_bloc ? "bloc" : "side";
}

const char *
casus_brokers_group(const struct casus_brokers *brokers, uint32_t actor)
{
    return brokers->camps.label[brokers->camps.of[actor]];
}

uint32_t
casus_brokers_point_count(const struct casus_brokers *brokers, enum casus_ground ground)
{
    return brokers->cuts[ground].point_count;
}

const struct casus_cut_point *
casus_brokers_point_at(const struct casus_brokers *brokers, enum casus_ground ground,
                       uint32_t index)
{
    return &brokers->cuts[ground].points[index];
}

uint32_t
casus_brokers_bridge_count(const struct casus_brokers *brokers, enum casus_ground ground)
{
    return brokers->cuts[ground].bridge_count;
}

const struct casus_bridge *
casus_brokers_bridge_at(const struct casus_brokers *brokers, enum casus_ground ground,
                        uint32_t index)
{
    return &brokers->cuts[ground].bridges[index];
}

uint32_t
casus_brokers_separation_count(const struct casus_brokers *brokers)
{
    return brokers->separations.count;
}

const struct casus_separation *
casus_brokers_separation_at(const struct casus_brokers *brokers, uint32_t index)
{
    return &brokers->separations.at[index];
}

uint64_t
casus_brokers_separation_left_out(const struct casus_brokers *brokers)
{
    return brokers->separations.left_out;
}
