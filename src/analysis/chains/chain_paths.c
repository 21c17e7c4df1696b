/* Depth first, one length after the other; rules in the header.
 *
 * Invariant of a search: path[0..depth) are steps that join, their ends are `on_path`, and nothing
 * is entered from where no walk of the steps left ends at a wanted fighter.
 */
#include "analysis/chains/chain_paths.h"

#include <string.h>

#include "base/fault.h"

struct search {
    const struct cas_backing *backing;
    const struct cas_chain_query *query;
    uint8_t *reach; /* [steps][actor]: a walk of just so many steps ends at a wanted fighter */
    bool *on_path;
    uint32_t path[CASUS_CHAIN_LONGEST + 1];
    uint32_t length, most;
    uint64_t work;
    uint32_t *found; /* steps of the chains found, by length */
    size_t found_count, found_room;
    uint32_t by_length[CASUS_CHAIN_LONGEST + 2], count;
    bool full, failed;
};

/* --- what can be reached ------------------------------------------------------------------ */

static bool
is_wanted(const struct search *search, uint32_t actor)
{
    uint32_t fighter = search->query->fighter;
    return search->backing->fighter[actor] && !search->backing->barred[actor] &&
           (fighter == CASUS_NONE || fighter == actor);
}

/* The longest chains that are looked for, if only to say that they are there. Without a backer a
 * chain less its first step is a chain, so that one step more tells of all. */
static uint32_t
farthest(const struct cas_chain_query *query)
{
    uint32_t next = query->longest + 1;
    bool any = query->backer == CASUS_NONE || next > CASUS_CHAIN_LONGEST;
    return any ? next : CASUS_CHAIN_LONGEST;
}

static bool
fill_reach(struct search *search)
{
    const struct cas_backing *backing = search->backing;
    uint32_t n = backing->n, rows = farthest(search->query) + 1;
    search->reach = cas_zalloc(rows, (size_t)n + 1);
    if (!search->reach)
        return false;
    for (uint32_t v = 0; v < n; v++)
        search->reach[v] = is_wanted(search, v);
    for (uint32_t r = 1; r < rows; r++) {
        const uint8_t *before = search->reach + (size_t)(r - 1) * n;
        uint8_t *here = search->reach + (size_t)r * n;
        for (uint32_t i = 0; i < backing->step_count; i++) {
            const struct casus_step *step = &backing->steps[i];
            if (!backing->barred[step->from] && before[step->to])
                here[step->from] = 1;
        }
    }
    return true;
}

/* --- walking ------------------------------------------------------------------------------ */

static void
keep(struct search *search)
{
    uint32_t length = search->length;
    if (search->count >= search->most) {
        search->full = true;
        return;
    }
    if (!cas_grow(&search->found, &search->found_room, search->found_count + length,
                  sizeof *search->found)) {
        search->failed = search->full = true;
        return;
    }
    memcpy(search->found + search->found_count, search->path, length * sizeof *search->path);
    search->found_count += length;
    search->by_length[length]++;
    search->count++;
}

static bool
may_enter(struct search *search, uint32_t depth, uint32_t step)
{
    uint32_t left = search->length - depth - 1, to = search->backing->steps[step].to;
    if (search->on_path[to] || !search->reach[(size_t)left * search->backing->n + to])
        return false;
    return !depth || search->query->any_time ||
           cas_steps_meet(search->backing, search->path[depth - 1], step);
}

static void
walk(struct search *search, uint32_t actor, uint32_t depth)
{
    const uint32_t *begin = search->backing->out_begin;
    if (depth == search->length) {
        keep(search);
        return;
    }
    search->on_path[actor] = true;
    for (uint32_t i = begin[actor]; i < begin[actor + 1] && !search->full; i++) {
        if (search->work == 0)
            search->full = true;
        else if (search->work--, may_enter(search, depth, i)) {
            search->path[depth] = i;
            walk(search, search->backing->steps[i].to, depth + 1);
        }
    }
    search->on_path[actor] = false;
}

/* @return true where every chain of that length was found */
static bool
walk_length(struct search *search, uint32_t length)
{
    const struct cas_chain_query *query = search->query;
    search->length = length;
    for (uint32_t v = 0; v < search->backing->n && !search->full; v++) {
        bool begins = query->backer == CASUS_NONE || query->backer == v;
        if (begins && search->reach[(size_t)length * search->backing->n + v])
            walk(search, v, 0);
    }
    return !search->full;
}

/* Look for one chain more than is wanted: is there any that is longer? */
static bool
is_there_longer(struct search *search)
{
    struct search probe = *search;
    uint32_t length = search->query->longest + 1;
    probe.most = search->count;
    while (length <= farthest(search->query) && walk_length(&probe, length))
        length++;
    return probe.full;
}

static void
walk_lengths(struct search *search, struct cas_chain_paths *out)
{
    uint32_t longest = search->query->longest;
    out->complete = 0;
    while (out->complete < longest && walk_length(search, out->complete + 1))
        out->complete++;
    out->longer = out->complete == longest && is_there_longer(search);
}

/* --- what was found ----------------------------------------------------------------------- */

static double
confidence_of(const struct cas_backing *backing, const uint32_t *steps, uint32_t length)
{
    double product = 1;
    for (uint32_t i = 0; i < length; i++)
        product *= backing->steps[steps[i]].confidence;
    return product;
}

static struct casus_chain
make_chain(const struct cas_backing *backing, const uint32_t *steps, uint32_t length,
           uint32_t *path)
{
    path[0] = backing->steps[steps[0]].from;
    for (uint32_t i = 0; i < length; i++)
        path[i + 1] = backing->steps[steps[i]].to;
    return (struct casus_chain){path, steps, length, confidence_of(backing, steps, length)};
}

/* Lengths were found ascending and are given descending; within one the order is by ids already. */
static bool
take_chains(struct cas_arena *arena, const struct search *search, struct cas_chain_paths *out)
{
    uint32_t *steps = cas_arena_alloc(arena, search->found_count * sizeof *steps);
    uint32_t *paths = cas_arena_alloc(arena, (search->found_count + search->count) * sizeof *paths);
    struct casus_chain *chains = cas_arena_alloc(arena, (size_t)search->count * sizeof *chains);
    if (!steps || !paths || !chains)
        return false;
    if (search->found_count)
        memcpy(steps, search->found, search->found_count * sizeof *steps);
    uint32_t end = search->count;
    for (uint32_t length = 1; length <= search->query->longest; length++) {
        uint32_t count = search->by_length[length];
        end -= count;
        for (uint32_t i = 0; i < count; i++, steps += length, paths += length + 1)
            chains[end + i] = make_chain(search->backing, steps, length, paths);
    }
    out->at = chains;
    out->count = search->count;
    return true;
}

enum casus_status
cas_chain_paths_find(struct cas_arena *arena, const struct cas_backing *backing,
                     const struct cas_chain_query *query, struct cas_chain_paths *out,
                     struct casus_error *err)
{
    struct search search = {
        .backing = backing, .query = query, .most = query->most, .work = query->work};
    struct cas_chain_paths paths = {0};
    search.on_path = cas_zalloc((size_t)backing->n + 1, sizeof *search.on_path);
    bool found = search.on_path && fill_reach(&search);
    if (found) {
        walk_lengths(&search, &paths);
        found = !search.failed && take_chains(arena, &search, &paths);
    }
    cas_free(search.on_path);
    cas_free(search.reach);
    cas_free(search.found);
    if (!found)
        return cas_fail_memory(err);
    *out = paths;
    return CASUS_OK;
}

/* --- questions ---------------------------------------------------------------------------- */

bool
cas_chain_passes(const struct casus_chain *chain, uint32_t actor)
{
    for (uint32_t i = 0; i <= chain->length; i++) {
        if (chain->path[i] == actor)
            return true;
    }
    return false;
}

uint64_t
cas_turns_apart(const struct cas_backing *backing)
{
    uint64_t apart = 0;
    for (uint32_t i = 0; i < backing->step_count; i++) {
        const struct casus_step *step = &backing->steps[i];
        if (backing->barred[step->from] || backing->barred[step->to])
            continue;
        for (uint32_t j = backing->out_begin[step->to]; j < backing->out_begin[step->to + 1]; j++) {
            uint32_t to = backing->steps[j].to;
            apart += to != step->from && !backing->barred[to] && !cas_steps_meet(backing, i, j);
        }
    }
    return apart;
}
