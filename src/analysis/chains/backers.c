/* Backers of several clients, and what each client loses if one leaves: from steps alone. */
#include <string.h>

#include "analysis/chains/behind.h"
#include "base/fault.h"

/* --- one backer, several clients ---------------------------------------------------------- */

static bool
is_client_among(const struct cas_backing *backing, uint32_t backer, uint32_t client)
{
    for (uint32_t i = backing->out_begin[backer]; i < backing->out_begin[backer + 1]; i++) {
        if (backing->steps[i].to == client)
            return true;
    }
    return false;
}

static bool
is_shared(const struct cas_backing *backing, const struct cas_narrow *narrow, uint32_t backer)
{
    return backing->out_begin[backer + 1] - backing->out_begin[backer] > 1 &&
           (narrow->backer == CASUS_NONE || narrow->backer == backer) &&
           (narrow->fighter == CASUS_NONE || is_client_among(backing, backer, narrow->fighter));
}

static bool
make_shared(struct cas_arena *arena, const struct cas_backing *backing, uint32_t backer,
            struct casus_shared *out)
{
    uint32_t begin = backing->out_begin[backer], count = backing->out_begin[backer + 1] - begin;
    uint32_t *clients = cas_arena_alloc(arena, count * sizeof *clients);
    for (uint32_t i = 0; clients && i < count; i++)
        clients[i] = backing->steps[begin + i].to;
    *out = (struct casus_shared){backer, clients, count};
    return clients;
}

enum casus_status
cas_shared_find(struct cas_arena *arena, const struct cas_backing *backing,
                const struct cas_narrow *narrow, struct cas_shared_list *out,
                struct casus_error *err)
{
    uint32_t count = 0, at = 0;
    for (uint32_t v = 0; v < backing->n; v++)
        count += is_shared(backing, narrow, v);
    struct casus_shared *list = cas_arena_alloc(arena, (size_t)count * sizeof *list);
    if (!list)
        return cas_fail_memory(err);
    for (uint32_t v = 0; v < backing->n; v++) {
        if (is_shared(backing, narrow, v) && !make_shared(arena, backing, v, &list[at++]))
            return cas_fail_memory(err);
    }
    *out = (struct cas_shared_list){list, count};
    return CASUS_OK;
}

/* --- if one leaves ------------------------------------------------------------------------ */

/* Steps by the client that they end at, backers in order. */
struct incoming {
    uint32_t *begin, *steps;
};

static bool
incoming_fill(const struct cas_backing *backing, struct incoming *out)
{
    uint32_t n = backing->n;
    out->begin = cas_zalloc((size_t)n + 2, sizeof *out->begin);
    out->steps = cas_zalloc((size_t)backing->step_count, sizeof *out->steps);
    if (!out->begin || !out->steps)
        return false;
    for (uint32_t i = 0; i < backing->step_count; i++)
        out->begin[backing->steps[i].to + 2]++;
    for (uint32_t v = 0; v < n; v++)
        out->begin[v + 2] += out->begin[v + 1];
    for (uint32_t i = 0; i < backing->step_count; i++)
        out->steps[out->begin[backing->steps[i].to + 1]++] = i;
    return true;
}

static bool
gives_type(const struct casus_step *step, const char *type)
{
    for (uint32_t i = 0; i < step->type_count; i++) {
        if (strcmp(step->types[i], type) == 0)
            return true;
    }
    return false;
}

static bool
is_given_by_others(const struct cas_backing *backing, const struct incoming *incoming,
                   uint32_t step, const char *type)
{
    uint32_t client = backing->steps[step].to;
    for (uint32_t i = incoming->begin[client]; i < incoming->begin[client + 1]; i++) {
        if (incoming->steps[i] != step && gives_type(&backing->steps[incoming->steps[i]], type))
            return true;
    }
    return false;
}

static bool
fill_only(struct cas_arena *arena, const struct cas_backing *backing,
          const struct incoming *incoming, struct casus_departure *out)
{
    const struct casus_step *step = &backing->steps[out->step];
    const char **only = cas_arena_alloc(arena, step->type_count * sizeof *only);
    for (uint32_t i = 0; only && i < step->type_count; i++) {
        if (!is_given_by_others(backing, incoming, out->step, step->types[i]))
            only[out->only_count++] = step->types[i];
    }
    out->only = only;
    return only;
}

static bool
fill_others(struct cas_arena *arena, const struct cas_backing *backing,
            const struct incoming *incoming, struct casus_departure *out)
{
    uint32_t begin = incoming->begin[out->client], end = incoming->begin[out->client + 1];
    uint32_t *others = cas_arena_alloc(arena, (end - begin) * sizeof *others);
    for (uint32_t i = begin; others && i < end; i++) {
        if (incoming->steps[i] != out->step)
            others[out->other_count++] = backing->steps[incoming->steps[i]].from;
    }
    out->others = others;
    return others;
}

static bool
is_wanted(const struct casus_step *step, const struct cas_narrow *narrow)
{
    return (narrow->backer == CASUS_NONE || narrow->backer == step->from) &&
           (narrow->fighter == CASUS_NONE || narrow->fighter == step->to);
}

static bool
list_departures(struct cas_arena *arena, const struct cas_backing *backing,
                const struct incoming *incoming, const struct cas_narrow *narrow,
                struct cas_departure_list *out)
{
    struct casus_departure *list =
        cas_arena_alloc(arena, (size_t)backing->step_count * sizeof *list);
    uint32_t count = 0;
    for (uint32_t i = 0; list && i < backing->step_count; i++) {
        const struct casus_step *step = &backing->steps[i];
        if (!is_wanted(step, narrow))
            continue;
        list[count] = (struct casus_departure){step->from, step->to, .step = i};
        if (!fill_only(arena, backing, incoming, &list[count]) ||
            !fill_others(arena, backing, incoming, &list[count]))
            return false;
        count++;
    }
    *out = (struct cas_departure_list){list, count};
    return list;
}

enum casus_status
cas_departures_find(struct cas_arena *arena, const struct cas_backing *backing,
                    const struct cas_narrow *narrow, struct cas_departure_list *out,
                    struct casus_error *err)
{
    struct incoming incoming = {0};
    bool found = incoming_fill(backing, &incoming) &&
                 list_departures(arena, backing, &incoming, narrow, out);
    cas_free(incoming.begin);
    cas_free(incoming.steps);
    return found ? CASUS_OK : cas_fail_memory(err);
}
