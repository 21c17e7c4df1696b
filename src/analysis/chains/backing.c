/* From ties and their events to steps and fights: rows of (pair, event) are sorted and folded, so
 * that neither the order of events nor that of ties shows. */
#include "analysis/chains/backing.h"

#include <casus/ledger.h>

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "graph/ties.h"

/* --- rows --------------------------------------------------------------------------------- */

struct row {
    uint32_t a, b, event;
    int32_t day;
    const char *id;
};

struct rows {
    struct row *at;
    size_t count, room;
};

static int
compare_rows(const void *left, const void *right)
{
    const struct row *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->event > y->event) - (x->event < y->event);
}

static int32_t
day_of(const struct casus_event *event)
{
    return casus_period_known(&event->date) ? casus_period_first_day(&event->date) : CASUS_DAY_MAX;
}

static bool
add_rows(struct rows *rows, const struct casus_dossier *dossier, const struct casus_graph *graph,
         uint32_t tie, uint32_t a, uint32_t b)
{
    uint32_t events = casus_graph_tie_at(graph, tie)->events;
    if (!cas_grow(&rows->at, &rows->room, rows->count + events, sizeof *rows->at))
        return false;
    for (uint32_t i = 0; i < events; i++) {
        uint32_t number = casus_graph_tie_event(graph, tie, i);
        const struct casus_event *event = casus_dossier_event_at(dossier, number);
        rows->at[rows->count++] = (struct row){a, b, number, day_of(event), event->id};
    }
    return true;
}

static bool
add_tie(struct rows *rows, const struct casus_dossier *dossier, const struct casus_graph *graph,
        uint32_t number, enum casus_relation relation)
{
    const struct casus_tie *tie = casus_graph_tie_at(graph, number);
    uint32_t a = tie->from, b = tie->to;
    if (tie->relation != relation || a == b)
        return true;
    if (relation == CASUS_ATTACK)
        return add_rows(rows, dossier, graph, number, a < b ? a : b, a < b ? b : a);
    return add_rows(rows, dossier, graph, number, a, b) &&
           (tie->directed || add_rows(rows, dossier, graph, number, b, a));
}

/* Sort; an event that stands twice with one pair (an attack each way) is one. */
static void
arrange_rows(struct rows *rows)
{
    size_t kept = 0;
    if (rows->count)
        qsort(rows->at, rows->count, sizeof *rows->at, compare_rows);
    for (size_t i = 0; i < rows->count; i++) {
        if (!kept || compare_rows(&rows->at[kept - 1], &rows->at[i]) != 0)
            rows->at[kept++] = rows->at[i];
    }
    rows->count = kept;
}

static bool
collect(struct rows *rows, const struct casus_dossier *dossier, const struct casus_graph *graph,
        enum casus_relation relation)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        if (!add_tie(rows, dossier, graph, i, relation))
            return false;
    }
    arrange_rows(rows);
    return rows->count < UINT32_MAX;
}

static size_t
end_of_pair(const struct rows *rows, size_t begin)
{
    size_t end = begin;
    while (end < rows->count && rows->at[end].a == rows->at[begin].a &&
           rows->at[end].b == rows->at[begin].b)
        end++;
    return end;
}

static uint32_t
count_pairs(const struct rows *rows)
{
    uint32_t pairs = 0;
    for (size_t at = 0; at < rows->count; at = end_of_pair(rows, at))
        pairs++;
    return pairs;
}

static uint32_t *
take_events(struct cas_arena *arena, const struct rows *rows, size_t begin, size_t end)
{
    uint32_t *events = cas_arena_alloc(arena, (end - begin) * sizeof *events);
    for (size_t i = begin; events && i < end; i++)
        events[i - begin] = rows->at[i].event;
    return events;
}

/* --- one step ----------------------------------------------------------------------------- */

static int
compare_texts(const void *left, const void *right)
{
    const char *a, *b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return strcmp(a, b);
}

static bool
take_types(struct cas_arena *arena, const struct casus_dossier *dossier, struct casus_step *step)
{
    const char **types = cas_arena_alloc(arena, step->event_count * sizeof *types);
    if (!types)
        return false;
    for (uint32_t i = 0; i < step->event_count; i++)
        types[i] = casus_dossier_event_at(dossier, step->events[i])->type;
    qsort(types, step->event_count, sizeof *types, compare_texts);
    step->type_count = 0;
    for (uint32_t i = 0; i < step->event_count; i++) {
        if (!i || strcmp(types[i], types[step->type_count - 1]) != 0)
            types[step->type_count++] = types[i];
    }
    step->types = types;
    return true;
}

/* The best credibility among the claims that affirm an event; 0 where none can be judged. */
static uint8_t
credibility_of(const struct casus_dossier *dossier, const struct casus_event *event)
{
    uint8_t best = 0;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        bool judged = claim->credibility >= 1 && claim->credibility <= 5;
        if (judged && claim->stance != CASUS_DENY && (!best || claim->credibility < best))
            best = claim->credibility;
    }
    return best;
}

static void
weigh(const struct casus_dossier *dossier, struct casus_step *step)
{
    struct casus_probabilities table;
    struct cas_span span = {0};
    for (uint32_t i = 0; i < step->event_count; i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, step->events[i]);
        uint8_t credibility = credibility_of(dossier, event);
        cas_span_add(&span, &event->date);
        if (credibility && (!step->credibility || credibility < step->credibility))
            step->credibility = credibility;
    }
    step->first = span.first;
    step->last = span.last;
    step->open = span.open;
    casus_probabilities_init(&table);
    step->confidence = table.credibility[step->credibility];
}

/* Write the disjoint spells of a step. Its events ascend by first day. @return how many */
static uint32_t
write_spells(const struct casus_dossier *dossier, const struct casus_step *step,
             struct cas_spell *out, bool *undated)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < step->event_count; i++) {
        const struct casus_period *date = &casus_dossier_event_at(dossier, step->events[i])->date;
        if (!casus_period_known(date)) {
            *undated = true;
            continue;
        }
        struct cas_spell spell = {casus_period_first_day(date), casus_period_last_day(date)};
        if (count && spell.first <= out[count - 1].last)
            out[count - 1].last =
                spell.last > out[count - 1].last ? spell.last : out[count - 1].last;
        else
            out[count++] = spell;
    }
    return count;
}

/* --- all of them -------------------------------------------------------------------------- */

struct making {
    struct cas_arena *arena;
    const struct casus_dossier *dossier;
    struct casus_step *steps;
    uint32_t *out_begin, *spell_begin;
    struct cas_spell *spells;
    bool *undated;
};

static bool
making_alloc(struct making *making, uint32_t n, uint32_t steps, size_t rows)
{
    making->steps = cas_arena_alloc(making->arena, (size_t)steps * sizeof *making->steps);
    making->out_begin = cas_arena_alloc(making->arena, ((size_t)n + 1) * sizeof(uint32_t));
    making->spell_begin = cas_arena_alloc(making->arena, ((size_t)steps + 1) * sizeof(uint32_t));
    making->spells = cas_arena_alloc(making->arena, rows * sizeof *making->spells);
    making->undated = cas_arena_alloc(making->arena, (size_t)steps * sizeof *making->undated);
    if (!making->steps || !making->out_begin || !making->spell_begin || !making->spells ||
        !making->undated)
        return false;
    memset(making->out_begin, 0, ((size_t)n + 1) * sizeof(uint32_t));
    memset(making->undated, 0, steps);
    making->spell_begin[0] = 0;
    return true;
}

static bool
make_step(struct making *making, const struct rows *rows, size_t begin, size_t end, uint32_t at)
{
    const uint32_t *events = take_events(making->arena, rows, begin, end);
    struct casus_step *step = &making->steps[at];
    *step = (struct casus_step){.from = rows->at[begin].a,
                                .to = rows->at[begin].b,
                                .events = events,
                                .event_count = (uint32_t)(end - begin)};
    if (!events || !take_types(making->arena, making->dossier, step))
        return false;
    weigh(making->dossier, step);
    uint32_t spells = making->spell_begin[at];
    making->spell_begin[at + 1] =
        spells + write_spells(making->dossier, step, making->spells + spells, &making->undated[at]);
    making->out_begin[step->from + 1]++;
    return true;
}

static bool
make_steps(struct making *making, const struct rows *rows, struct cas_backing *out)
{
    out->step_count = count_pairs(rows);
    if (!making_alloc(making, out->n, out->step_count, rows->count))
        return false;
    uint32_t at = 0;
    for (size_t begin = 0, end; begin < rows->count; begin = end) {
        end = end_of_pair(rows, begin);
        if (!make_step(making, rows, begin, end, at++))
            return false;
    }
    for (uint32_t v = 0; v < out->n; v++)
        making->out_begin[v + 1] += making->out_begin[v];
    out->steps = making->steps;
    out->out_begin = making->out_begin;
    out->spells = making->spells;
    out->spell_begin = making->spell_begin;
    out->undated = making->undated;
    return true;
}

static bool
make_fights(struct cas_arena *arena, const struct rows *rows, struct cas_backing *out)
{
    out->fight_count = count_pairs(rows);
    struct casus_fight *fights = cas_arena_alloc(arena, (size_t)out->fight_count * sizeof *fights);
    bool *fighter = cas_arena_alloc(arena, (size_t)out->n + 1);
    if (!fights || !fighter)
        return false;
    memset(fighter, 0, (size_t)out->n + 1);
    uint32_t at = 0;
    for (size_t begin = 0, end; begin < rows->count; begin = end) {
        end = end_of_pair(rows, begin);
        const uint32_t *events = take_events(arena, rows, begin, end);
        if (!events)
            return false;
        const struct row *row = &rows->at[begin];
        fights[at++] = (struct casus_fight){row->a, row->b, events, (uint32_t)(end - begin)};
        fighter[row->a] = fighter[row->b] = true;
    }
    out->fights = fights;
    out->fighter = fighter;
    return true;
}

static bool
make_barred(struct cas_arena *arena, const struct casus_graph *graph, bool with_generic,
            struct cas_backing *out)
{
    bool *barred = cas_arena_alloc(arena, (size_t)out->n + 1);
    for (uint32_t v = 0; barred && v < out->n; v++) {
        const struct casus_node *node = casus_graph_actor_at(graph, v);
        barred[v] = !with_generic && (node->generic || node->kind == CASUS_KIND_CIVILIANS);
    }
    out->barred = barred;
    return barred;
}

/* A graph that was folded while reading has ties without events to name. */
static bool
knows_events(const struct casus_graph *graph)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        if (casus_graph_tie_at(graph, i)->relation != CASUS_CLAIM)
            return casus_graph_tie_event(graph, i, 0) != CASUS_NONE;
    }
    return true;
}

enum casus_status
cas_backing_build(struct cas_arena *arena, const struct casus_dossier *dossier,
                  const struct casus_graph *graph, bool with_generic, struct cas_backing *out,
                  struct casus_error *err)
{
    struct cas_backing backing = {.dossier = dossier, .n = casus_graph_actor_count(graph)};
    struct making making = {.arena = arena, .dossier = dossier};
    struct rows support = {0}, attack = {0};
    if (!knows_events(graph))
        return cas_fail(err, CASUS_EKEEP, CAS_MSG_NONE, "the graph does not know its events");
    bool made = collect(&support, dossier, graph, CASUS_SUPPORT) &&
                collect(&attack, dossier, graph, CASUS_ATTACK) &&
                make_steps(&making, &support, &backing) && make_fights(arena, &attack, &backing) &&
                make_barred(arena, graph, with_generic, &backing);
    cas_free(support.at);
    cas_free(attack.at);
    if (!made)
        return cas_fail_memory(err);
    *out = backing;
    return CASUS_OK;
}

/* --- questions ---------------------------------------------------------------------------- */

bool
cas_steps_meet(const struct cas_backing *backing, uint32_t a, uint32_t b)
{
    if (backing->undated[a] || backing->undated[b])
        return true;
    uint32_t i = backing->spell_begin[a], j = backing->spell_begin[b];
    while (i < backing->spell_begin[a + 1] && j < backing->spell_begin[b + 1]) {
        const struct cas_spell *x = &backing->spells[i], *y = &backing->spells[j];
        if (x->first <= y->last && y->first <= x->last)
            return true;
        if (x->last < y->last)
            i++;
        else
            j++;
    }
    return false;
}

uint32_t
cas_fight_of(const struct cas_backing *backing, uint32_t a, uint32_t b)
{
    uint32_t low = 0, high = backing->fight_count, first = a < b ? a : b, second = a < b ? b : a;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct casus_fight *fight = &backing->fights[middle];
        if (fight->a == first && fight->b == second)
            return middle;
        if (fight->a < first || (fight->a == first && fight->b < second))
            low = middle + 1;
        else
            high = middle;
    }
    return CASUS_NONE;
}

uint32_t
cas_events_unique(const struct cas_backing *backing, uint32_t *events, uint32_t count)
{
    struct rows rows = {0};
    if (!cas_grow(&rows.at, &rows.room, count, sizeof *rows.at))
        return UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_event *event =
            backing->dossier ? casus_dossier_event_at(backing->dossier, events[i]) : NULL;
        rows.at[i] = (struct row){
            .event = events[i], .day = event ? day_of(event) : 0, .id = event ? event->id : ""};
    }
    rows.count = count;
    arrange_rows(&rows);
    for (size_t i = 0; i < rows.count; i++)
        events[i] = rows.at[i].event;
    cas_free(rows.at);
    return (uint32_t)rows.count;
}
