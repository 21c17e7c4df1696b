/* Chains of backing, put together: steps and fights, paths, and what follows from them.
 *
 * Invariant: all lists stand in the result's arena. With a backer or fighter named, `listed` is
 * searched for them alone, so that a limit cuts nothing of theirs for the sake of others, and the
 * rest follows from all chains and is narrowed after.
 */
#include <casus/chains.h>

#include <string.h>

#include "analysis/chains/behind.h"
#include "base/fault.h"
#include "claim/dossier.h"

enum { LONGEST = 8, MOST = 100000, MOST_PAIRS = 200000 };

struct casus_chains {
    struct cas_arena arena;
    struct cas_backing backing;
    struct cas_chain_paths listed;
    struct cas_faced_list faced;
    struct cas_double_list doubles;
    struct cas_shared_list shared;
    struct cas_opposed_list opposed;
    struct cas_departure_list departures;
    struct casus_chains_cut cut;
    uint32_t backer, fighter;
    bool any_time;
};

/* --- whom it is narrowed to --------------------------------------------------------------- */

static enum casus_status
roll_name(const struct cas_registry *registry, const char *level, uint32_t *actor,
          struct casus_error *err)
{
    struct cas_level parsed;
    if (!level)
        return CASUS_OK;
    enum casus_status status = cas_level_parse(level, &parsed, err);
    if (status == CASUS_OK)
        *actor = cas_registry_roll(registry, *actor, &parsed, NULL);
    return status;
}

static enum casus_status
find_actor(const struct casus_dossier *dossier, const struct casus_graph *graph, const char *name,
           const char *level, uint32_t *out, struct casus_error *err)
{
    const struct cas_registry *registry = cas_dossier_registry(dossier);
    if (!name)
        return CASUS_OK;
    uint32_t actor = casus_dossier_actor_find(dossier, name);
    if (actor == CASUS_NONE) {
        const char *nearest = cas_registry_nearest(registry, name, strlen(name));
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_FOCUS, "no actor '%.80s'%s%.80s%s", name,
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "");
    }
    enum casus_status status = roll_name(registry, level, &actor, err);
    if (status != CASUS_OK)
        return status;
    *out = casus_graph_actor_find(graph, cas_registry_at(registry, actor)->id);
    if (*out == CASUS_NONE)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_FOCUS, "the selection leaves no '%.80s'",
                        name);
    return CASUS_OK;
}

/* --- all of it ---------------------------------------------------------------------------- */

static enum casus_status
find_paths(struct casus_chains *chains, struct cas_chain_paths *out_all, struct casus_error *err)
{
    struct cas_chain_query query = {.backer = chains->backer,
                                    .fighter = chains->fighter,
                                    .longest = chains->cut.longest,
                                    .most = chains->cut.most,
                                    .work = CAS_CHAIN_WORK,
                                    .any_time = chains->any_time};
    enum casus_status status =
        cas_chain_paths_find(&chains->arena, &chains->backing, &query, &chains->listed, err);
    *out_all = chains->listed;
    if (status != CASUS_OK || (query.backer == CASUS_NONE && query.fighter == CASUS_NONE))
        return status;
    query.backer = query.fighter = CASUS_NONE;
    return cas_chain_paths_find(&chains->arena, &chains->backing, &query, out_all, err);
}

static enum casus_status
find_what_follows(struct casus_chains *chains, const struct cas_chain_paths *all,
                  const struct cas_camps *camps, struct casus_error *err)
{
    struct cas_arena *arena = &chains->arena;
    const struct cas_narrow narrow = {chains->backer, chains->fighter, MOST_PAIRS};
    struct cas_behind behind;
    enum casus_status status = cas_behind_init(arena, &chains->backing, all, &behind, err);
    if (status == CASUS_OK)
        status = cas_faced_find(arena, &behind, &narrow, &chains->faced, err);
    if (status == CASUS_OK)
        status = cas_doubles_find(arena, &behind, &narrow, &chains->doubles, err);
    if (status == CASUS_OK)
        status = cas_opposed_find(arena, &behind, camps, &narrow, &chains->opposed, err);
    if (status == CASUS_OK)
        status = cas_shared_find(arena, &chains->backing, &narrow, &chains->shared, err);
    if (status == CASUS_OK)
        status = cas_departures_find(arena, &chains->backing, &narrow, &chains->departures, err);
    return status;
}

static void
say_what_was_cut(struct casus_chains *chains, const struct cas_chain_paths *all)
{
    chains->cut.complete = chains->listed.complete;
    chains->cut.complete_behind = all->complete;
    chains->cut.longer = chains->listed.longer;
    chains->cut.apart = chains->any_time ? 0 : cas_turns_apart(&chains->backing);
    chains->cut.fronts = chains->faced.left_out;
    chains->cut.opposed = chains->opposed.left_out;
}

static enum casus_status
take_options(struct casus_chains *chains, const struct casus_dossier *dossier,
             const struct casus_graph *graph, const struct casus_chaining *chaining,
             struct casus_error *err)
{
    chains->backer = chains->fighter = CASUS_NONE;
    chains->any_time = chaining->any_time;
    chains->cut.longest = chaining->longest ? chaining->longest : LONGEST;
    chains->cut.most = chaining->most ? chaining->most : MOST;
    if (chains->cut.longest > CASUS_CHAIN_LONGEST)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "chains of up to %u steps; casus looks for up to %d", chains->cut.longest,
                        CASUS_CHAIN_LONGEST);
    enum casus_status status =
        find_actor(dossier, graph, chaining->backer, chaining->level, &chains->backer, err);
    return status == CASUS_OK ? find_actor(dossier, graph, chaining->fighter, chaining->level,
                                           &chains->fighter, err)
                              : status;
}

static enum casus_status
fill(struct casus_chains *chains, const struct casus_dossier *dossier,
     const struct casus_graph *graph, const struct casus_chaining *chaining,
     struct casus_error *err)
{
    struct cas_chain_paths all;
    struct cas_camps camps;
    enum casus_status status = take_options(chains, dossier, graph, chaining, err);
    if (status == CASUS_OK)
        status = cas_backing_build(&chains->arena, dossier, graph, chaining->with_generic,
                                   &chains->backing, err);
    if (status == CASUS_OK)
        status = cas_camps_find(&chains->arena, graph, dossier, &camps, err);
    if (status == CASUS_OK)
        status = find_paths(chains, &all, err);
    if (status == CASUS_OK)
        status = find_what_follows(chains, &all, &camps, err);
    if (status == CASUS_OK)
        say_what_was_cut(chains, &all);
    return status;
}

enum casus_status
casus_chains_new(const struct casus_dossier *dossier, const struct casus_graph *graph,
                 const struct casus_chaining *chaining, struct casus_chains **out,
                 struct casus_error *err)
{
    static const struct casus_chaining everything;
    struct casus_chains *chains = cas_zalloc(1, sizeof *chains);
    if (!chains)
        return cas_fail_memory(err);
    cas_arena_init(&chains->arena);
    enum casus_status status = fill(chains, dossier, graph, chaining ? chaining : &everything, err);
    if (status == CASUS_OK)
        *out = chains;
    else
        casus_chains_free(chains);
    return status;
}

void
casus_chains_free(struct casus_chains *chains)
{
    if (!chains)
        return;
    cas_arena_done(&chains->arena);
    cas_free(chains);
}

/* --- to read ------------------------------------------------------------------------------ */

uint32_t
casus_chains_count(const struct casus_chains *chains)
{
    return chains->listed.count;
}

const struct casus_chain *
casus_chains_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->listed.at[index];
}

uint32_t
casus_chains_step_count(const struct casus_chains *chains)
{
    return chains->backing.step_count;
}

const struct casus_step *
casus_chains_step_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->backing.steps[index];
}

uint32_t
casus_chains_fight_count(const struct casus_chains *chains)
{
    return chains->backing.fight_count;
}

const struct casus_fight *
casus_chains_fight_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->backing.fights[index];
}

uint32_t
casus_chains_faced_count(const struct casus_chains *chains)
{
    return chains->faced.count;
}

const struct casus_faced *
casus_chains_faced_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->faced.at[index];
}

uint32_t
casus_chains_double_count(const struct casus_chains *chains)
{
    return chains->doubles.count;
}

const struct casus_double_dealer *
casus_chains_double_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->doubles.at[index];
}

uint32_t
casus_chains_shared_count(const struct casus_chains *chains)
{
    return chains->shared.count;
}

const struct casus_shared *
casus_chains_shared_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->shared.at[index];
}

uint32_t
casus_chains_opposed_count(const struct casus_chains *chains)
{
    return chains->opposed.count;
}

const struct casus_opposed *
casus_chains_opposed_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->opposed.at[index];
}

uint32_t
casus_chains_departure_count(const struct casus_chains *chains)
{
    return chains->departures.count;
}

const struct casus_departure *
casus_chains_departure_at(const struct casus_chains *chains, uint32_t index)
{
    return &chains->departures.at[index];
}

const struct casus_chains_cut *
casus_chains_cut(const struct casus_chains *chains)
{
    return &chains->cut;
}

uint32_t
casus_chains_backer(const struct casus_chains *chains)
{
    return chains->backer;
}

uint32_t
casus_chains_fighter(const struct casus_chains *chains)
{
    return chains->fighter;
}

bool
casus_chains_any_time(const struct casus_chains *chains)
{
    return chains->any_time;
}
