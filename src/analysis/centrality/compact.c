/* Places are given by sorting; rows then come in order by themselves, as each is filled by going
 * through the places of its neighbours. */
#include "analysis/centrality/compact.h"

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"

struct building {
    const struct cas_contact *contact;
    uint32_t *part, *arcs; /* by actor */
    uint32_t *actor, *place, *out_begin, *in_begin, *out, *in, *low, *high;
};

static uint32_t *
numbers(struct cas_arena *arena, size_t count)
{
    return cas_arena_alloc(arena, (count + 1) * sizeof(uint32_t));
}

static bool
building_init(struct building *building, const struct cas_contact *contact, struct cas_arena *arena)
{
    size_t n = contact->arcs.n;

    *building = (struct building){.contact = contact};
    building->part = cas_zalloc(n + 1, sizeof(*building->part));
    building->arcs = cas_zalloc(n + 1, sizeof(*building->arcs));
    building->place = cas_zalloc(n + 1, sizeof(*building->place));
    building->actor = numbers(arena, n);
    building->out_begin = numbers(arena, n + 1);
    building->in_begin = numbers(arena, n + 1);
    building->out = numbers(arena, contact->arcs.count);
    building->in = numbers(arena, contact->arcs.count);
    building->low = numbers(arena, n);
    building->high = numbers(arena, n);
    return building->part && building->arcs && building->place && building->actor &&
           building->out_begin && building->in_begin && building->out && building->in &&
           building->low && building->high;
}

static void
building_done(struct building *building)
{
    cas_free(building->part);
    cas_free(building->arcs);
    cas_free(building->place);
}

static int
by_part_and_arcs(const void *left, const void *right, void *context)
{
    const struct building *building = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    if (building->part[a] != building->part[b]) {
        return building->part[a] < building->part[b] ? -1 : 1;
    }
    if (building->arcs[a] != building->arcs[b]) {
        return building->arcs[a] > building->arcs[b] ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* False without memory. */
static bool
give_places(struct building *building)
{
    const struct cas_contact *contact = building->contact;
    const struct cas_arcs *arcs = &contact->arcs;

    if (cas_components(arcs->n, arcs->from, arcs->to, arcs->count, building->part) == UINT32_MAX) {
        return false;
    }
    for (uint32_t v = 0; v < arcs->n; v++) {
        building->actor[v] = v;
        building->arcs[v] = (uint32_t)(contact->out_begin[v + 1] - contact->out_begin[v] +
                                       contact->in_begin[v + 1] - contact->in_begin[v]);
    }
    qsort_r(building->actor, arcs->n, sizeof(*building->actor), by_part_and_arcs, building);
    for (uint32_t p = 0; p < arcs->n; p++) {
        building->place[building->actor[p]] = p;
    }
    return true;
}

static void
bound_parts(struct building *building)
{
    uint32_t n = building->contact->arcs.n;

    for (uint32_t low = 0, high; low < n; low = high) {
        uint32_t part = building->part[building->actor[low]];
        for (high = low; high < n && building->part[building->actor[high]] == part; high++) {
            building->low[high] = low;
        }
        for (uint32_t p = low; p < high; p++) {
            building->high[p] = high;
        }
    }
}

static void
fill_begins(struct building *building)
{
    const struct cas_contact *contact = building->contact;

    building->out_begin[0] = building->in_begin[0] = 0;
    for (uint32_t p = 0; p < contact->arcs.n; p++) {
        uint32_t v = building->actor[p];
        building->out_begin[p + 1] =
            building->out_begin[p] + (uint32_t)(contact->out_begin[v + 1] - contact->out_begin[v]);
        building->in_begin[p + 1] =
            building->in_begin[p] + (uint32_t)(contact->in_begin[v + 1] - contact->in_begin[v]);
    }
}

/* Rows of `in` from the contact graph, then rows of `out` from those. `fill` is n long. */
static void
fill_rows(struct building *building, uint32_t *fill)
{
    const struct cas_contact *contact = building->contact;
    uint32_t n = contact->arcs.n;

    memcpy(fill, building->in_begin, n * sizeof(*fill));
    for (uint32_t p = 0; p < n; p++) {
        uint32_t v = building->actor[p];
        for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
            building->in[fill[building->place[contact->arcs.to[i]]]++] = p;
        }
    }
    memcpy(fill, building->out_begin, n * sizeof(*fill));
    for (uint32_t p = 0; p < n; p++) {
        for (uint32_t i = building->in_begin[p]; i < building->in_begin[p + 1]; i++) {
            building->out[fill[building->in[i]]++] = p;
        }
    }
}

static enum casus_status
fill(struct cas_compact *compact, const struct cas_contact *contact, struct casus_error *err)
{
    struct building building;

    if (!building_init(&building, contact, &compact->arena) || !give_places(&building)) {
        building_done(&building);
        return cas_fail_memory(err);
    }
    bound_parts(&building);
    fill_begins(&building);
    fill_rows(&building, building.arcs); /* whose work is done */
    compact->n = contact->arcs.n;
    compact->arcs = (uint32_t)contact->arcs.count;
    compact->actor = building.actor;
    compact->out_begin = building.out_begin;
    compact->in_begin = building.in_begin;
    compact->out = building.out;
    compact->in = building.in;
    compact->low = building.low;
    compact->high = building.high;
    building_done(&building);
    return CASUS_OK;
}

enum casus_status
cas_compact_new(const struct cas_contact *contact, struct cas_compact **out,
                struct casus_error *err)
{
    struct cas_compact *compact = cas_zalloc(1, sizeof(*compact));
    enum casus_status status;

    if (!compact) {
        return cas_fail_memory(err);
    }
    cas_arena_init(&compact->arena);
    status = fill(compact, contact, err);
    if (status != CASUS_OK) {
        cas_compact_free(compact);
        return status;
    }
    *out = compact;
    return CASUS_OK;
}

void
cas_compact_free(struct cas_compact *compact)
{
    if (compact) {
        cas_arena_done(&compact->arena);
        cas_free(compact);
    }
}
