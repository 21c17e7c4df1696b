/* The graph, made once and then only read.
 *
 * Invariant: actors stand in the byte order of their ids; ties in order of from, to, relation,
 * directed, each key once, from != to, and from < to where undirected. Everything lies in one
 * arena and is a copy, so that the graph outlives what it was made of.
 */
#include "graph/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/sort.h"

/* What most ties of data sets have not, and then share. */
struct detail {
    struct casus_figure losses[CASUS_LOSS_COUNT];
    uint32_t evidence[CASUS_EVIDENCE_COUNT], stances[CASUS_STANCE_COUNT];
};

struct casus_graph {
    struct cas_arena arena;
    struct casus_node *actors;
    struct casus_tie *ties;
    struct detail *details; /* of ties that have any */
    uint32_t *events;       /* of all ties, one tie's after the other's; NULL where not kept */
    struct casus_input *inputs;
    const char *title;
    uint32_t actor_count, tie_count, input_count;
    struct casus_totals totals;
};

/* A tie of one month on its way to its place. */
struct row {
    uint32_t from, to;     /* places in the order of ids */
    uint32_t form : 8;     /* relation, then directed */
    uint32_t detailed : 1; /* it has losses or marks */
    uint32_t tie;          /* index in the table */
    uint32_t events;       /* of it */
};

/* A tie of all months: its rows [begin, end). As many as ties, beside the table and the graph. */
struct folded {
    uint32_t begin, end;
    uint32_t event_begin; /* events of all ties before it */
    uint32_t detail;      /* index of its details + 1, or 0 */
};

struct work {
    const struct cas_making *making;
    const struct cas_ties *ties;
    const struct casus_actor **order; /* actors that stand, by id */
    uint32_t *numbers;                /* their numbers */
    uint32_t *place;                  /* by number: index in the order, or CASUS_NONE */
    uint8_t *tied;                    /* by place: bits HAD_TIE, HAS_TIE */
    struct row *rows;
    struct folded *folded;
    struct cas_tie_sum *sums; /* of `folded`, where they were added up before; or NULL */
    size_t actor_count, row_count, folded_count, detail_count;
    uint64_t dropped;
};

enum { HAD_TIE = 1, HAS_TIE = 2 };

/* --- order ------------------------------------------------------------------------------------ */

struct named {
    const char *id;
    uint32_t number;
};

static int
by_id(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static struct named *
sorted_actors(const struct cas_making *making, size_t *out_count)
{
    uint32_t all = cas_registry_count(making->registry);
    struct named *named = cas_zalloc(all, sizeof *named);
    size_t count = 0;
    for (uint32_t i = 0; named && i < all; i++) {
        uint32_t number = making->in_order ? making->in_order[i] : i;
        if (making->stands[number])
            named[count++] = (struct named){cas_registry_at(making->registry, number)->id, number};
    }
    if (named && count && !making->in_order)
        qsort(named, count, sizeof *named, by_id);
    *out_count = count;
    return named;
}

bool
cas_order_all(const struct cas_registry *registry, uint32_t *out)
{
    uint32_t all = cas_registry_count(registry);
    struct named *named = cas_zalloc((size_t)all + 1, sizeof *named);
    for (uint32_t i = 0; named && i < all; i++)
        named[i] = (struct named){cas_registry_at(registry, i)->id, i};
    if (named)
        qsort(named, all, sizeof *named, by_id);
    for (uint32_t i = 0; named && i < all; i++)
        out[i] = named[i].number;
    cas_free(named);
    return named;
}

static bool
order_actors(struct work *work)
{
    uint32_t all = cas_registry_count(work->making->registry);
    struct named *named = sorted_actors(work->making, &work->actor_count);
    work->order = cas_zalloc(work->actor_count, sizeof *work->order);
    work->numbers = cas_zalloc(work->actor_count, sizeof *work->numbers);
    work->place = cas_zalloc(all, sizeof *work->place);
    work->tied = cas_zalloc(work->actor_count, 1);
    bool ready = named && work->order && work->numbers && work->place && work->tied;
    for (uint32_t i = 0; ready && i < all; i++)
        work->place[i] = CASUS_NONE;
    for (size_t i = 0; ready && i < work->actor_count; i++) {
        work->numbers[i] = named[i].number;
        work->order[i] = cas_registry_at(work->making->registry, named[i].number);
        work->place[named[i].number] = (uint32_t)i;
    }
    cas_free(named);
    return ready;
}

/* --- ties ------------------------------------------------------------------------------------- */

static bool
same_tie(const struct row *a, const struct row *b)
{
    return a->from == b->from && a->to == b->to && a->form == b->form;
}

static struct row
row_of(const struct work *work, uint32_t index)
{
    const struct cas_tie *tie = &work->ties->at[index];
    const struct cas_tie_key *key = &tie->key;
    uint32_t from = work->place[key->from], to = work->place[key->to];
    bool turn = !key->directed && from > to;
    return (struct row){.from = turn ? to : from,
                        .to = turn ? from : to,
                        .form = (uint8_t)(key->relation << 1 | key->directed),
                        .detailed = tie->losses || tie->marks || tie->first_mark,
                        .tie = index,
                        .events = tie->events};
}

enum column { BY_FORM, BY_TO, BY_FROM };

static uint32_t
value_of(const struct row *row, enum column column)
{
    return column == BY_FORM ? row->form : column == BY_TO ? row->to : row->from;
}

/* One stable pass of a counting sort; `counts` has room for every value and one more. */
static void
sort_by(enum column column, const struct row *rows, size_t count, size_t *counts, size_t values,
        struct row *out)
{
    memset(counts, 0, (values + 1) * sizeof *counts);
    for (size_t i = 0; i < count; i++)
        counts[value_of(&rows[i], column) + 1]++;
    for (size_t i = 0; i < values; i++)
        counts[i + 1] += counts[i];
    for (size_t i = 0; i < count; i++)
        out[counts[value_of(&rows[i], column)]++] = rows[i];
}

/* In order of from, to, relation, directed. Months of one tie come as they come: they add up. */
static bool
sort_rows(struct work *work)
{
    enum { FORMS = CASUS_RELATION_COUNT * 2 };
    size_t values = work->actor_count > FORMS ? work->actor_count : FORMS;
    struct row *spare = cas_zalloc(work->row_count, sizeof *spare);
    size_t *counts = cas_zalloc(values + 1, sizeof *counts);
    bool ready = spare && counts;
    if (ready) {
        sort_by(BY_FORM, work->rows, work->row_count, counts, FORMS, spare);
        sort_by(BY_TO, spare, work->row_count, counts, values, work->rows);
        sort_by(BY_FROM, work->rows, work->row_count, counts, values, spare);
        struct row *unsorted = work->rows;
        work->rows = spare;
        spare = unsorted;
    }
    cas_free(spare);
    cas_free(counts);
    return ready;
}

static bool
collect_rows(struct work *work)
{
    unsigned relations = work->making->relations ? work->making->relations : CASUS_ALL_RELATIONS;
    work->rows = cas_zalloc(work->ties->count, sizeof *work->rows);
    if (!work->rows)
        return false;
    for (uint32_t i = 0; i < work->ties->count; i++) {
        struct row row = row_of(work, i);
        if ((relations & CASUS_BIT(row.form >> 1)) && row.from != CASUS_NONE &&
            row.to != CASUS_NONE)
            work->rows[work->row_count++] = row;
    }
    return sort_rows(work);
}

static void
mark_tied(struct work *work, const struct row *tie, uint8_t mark)
{
    work->tied[tie->from] |= mark;
    work->tied[tie->to] |= mark;
}

static size_t
count_ties(const struct work *work)
{
    size_t count = 0;
    for (size_t i = 0; i < work->row_count; i++)
        count += i == 0 || !same_tie(&work->rows[i - 1], &work->rows[i]);
    return count;
}

/* Months laid together; ties of too few events left out. */
static bool
fold_months(struct work *work)
{
    work->folded = cas_zalloc(count_ties(work), sizeof *work->folded);
    if (!work->folded)
        return false;
    uint32_t before = 0;
    for (size_t i = 0, end; i < work->row_count; i = end) {
        struct folded *tie = &work->folded[work->folded_count];
        uint64_t events = 0;
        bool detailed = false;
        for (end = i; end < work->row_count && same_tie(&work->rows[i], &work->rows[end]); end++) {
            events += work->rows[end].events;
            detailed |= work->rows[end].detailed;
        }
        bool kept = events >= work->making->min_events;
        work->detail_count += kept && detailed;
        *tie = (struct folded){.begin = (uint32_t)i,
                               .end = (uint32_t)end,
                               .event_begin = before,
                               .detail = detailed ? (uint32_t)work->detail_count : 0};
        before += kept ? (uint32_t)events : 0;
        mark_tied(work, &work->rows[i], kept ? HAD_TIE | HAS_TIE : HAD_TIE);
        work->folded_count += kept;
        work->dropped += !kept;
    }
    return true;
}

/* Of each tie in the table its place in `folded`, or CASUS_NONE. */
static uint32_t *
places_of_ties(const struct work *work)
{
    uint32_t *places = cas_zalloc(work->ties->count, sizeof *places);
    for (size_t i = 0; places && i < work->ties->count; i++)
        places[i] = CASUS_NONE;
    for (size_t i = 0; places && i < work->folded_count; i++)
        for (size_t row = work->folded[i].begin; row < work->folded[i].end; row++)
            places[work->rows[row].tie] = (uint32_t)i;
    return places;
}

/* The table is in order of first sight, so that a walk in order of key misses the caches at each
 * step. Where ties have many months their sums are few: then the table is walked in its own order.
 */
static bool
add_up(struct work *work)
{
    enum { MANY = 8 };
    if (work->row_count / MANY < work->folded_count)
        return true;
    uint32_t *places = places_of_ties(work);
    work->sums = cas_zalloc(work->folded_count, sizeof *work->sums);
    bool ready = places && work->sums;
    for (size_t i = 0; ready && i < work->ties->count; i++)
        if (places[i] != CASUS_NONE)
            cas_ties_add_up(work->ties, &work->ties->at[i], &work->sums[places[i]]);
    cas_free(places);
    return ready;
}

/* Actors that lost all their ties by min_events go. */
static void
drop_actors(struct work *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->actor_count; i++) {
        uint32_t number = work->numbers[i];
        bool gone = work->tied[i] == HAD_TIE;
        work->place[number] = gone ? CASUS_NONE : (uint32_t)kept;
        if (gone)
            continue;
        work->numbers[kept] = number;
        work->order[kept++] = work->order[i];
    }
    work->actor_count = kept;
    for (size_t i = 0; i < work->folded_count; i++) {
        struct row *first = &work->rows[work->folded[i].begin];
        *first = row_of(work, first->tie);
    }
}

/* --- what is kept ----------------------------------------------------------------------------- */

static bool
keep_text(struct cas_arena *arena, const char *text, const char **out)
{
    *out = text ? cas_arena_text(arena, text, strlen(text)) : NULL;
    return !text || *out;
}

static bool
keep_parent(struct casus_graph *graph, const struct work *work, uint32_t number,
            struct casus_node *node)
{
    const struct cas_registry *registry = work->making->registry;
    uint32_t parent = cas_registry_parent(registry, number, NULL);
    node->parent = CASUS_NONE;
    if (parent == CASUS_NONE)
        return true;
    const struct casus_actor *actor = cas_registry_at(registry, parent);
    node->parent = work->place[parent];
    return keep_text(&graph->arena, actor->id, &node->parent_id) &&
           keep_text(&graph->arena, actor->name, &node->parent_name);
}

static bool
keep_actor(struct casus_graph *graph, const struct work *work, size_t place)
{
    const struct casus_actor *actor = work->order[place];
    struct cas_count count = cas_tally_actor(work->making->tally, work->numbers[place]);
    struct casus_node *node = &graph->actors[place];
    *node = (struct casus_node){.kind = actor->kind,
                                .generic = actor->generic,
                                .events = count.events,
                                .attacks = count.attacks,
                                .attacked = count.attacked,
                                .battles = count.battles,
                                .backs = count.backs,
                                .backed = count.backed,
                                .claims = count.claims,
                                .carried = count.carried,
                                .internal = count.internal};
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        node->lost[kind] = cas_sum_figure(&count.lost[kind]);
    return keep_text(&graph->arena, actor->id, &node->id) &&
           keep_text(&graph->arena, actor->name, &node->name) &&
           keep_text(&graph->arena, actor->side, &node->side) &&
           keep_parent(graph, work, work->numbers[place], node);
}

static bool
keep_actors(struct casus_graph *graph, const struct work *work)
{
    graph->actor_count = (uint32_t)work->actor_count;
    graph->actors = cas_arena_alloc(&graph->arena, work->actor_count * sizeof *graph->actors);
    for (size_t i = 0; graph->actors && i < work->actor_count; i++)
        if (!keep_actor(graph, work, i))
            return false;
    return graph->actors;
}

/* Write a tie's events in order of number. */
static void
write_events(const struct work *work, const struct folded *tie, uint32_t *out)
{
    const struct cas_note *notes = work->making->tally->notes;
    uint32_t count = 0;
    for (size_t i = tie->begin; i < tie->end; i++)
        for (uint32_t at = work->ties->at[work->rows[i].tie].last_event; at;
             at = notes[at - 1].before)
            out[count++] = notes[at - 1].event;
    cas_sort_numbers(out, count);
}

/* Else ask for what comes a few rows later. Inlined by force, for gcc 12 leaves out the call of a
 * function that does nothing but ask. */
__attribute__((always_inline)) static inline void
look_ahead(const struct work *work, size_t row)
{
    enum { TIE = 24, LOSS = 12 };
    if (row + TIE < work->row_count)
        __builtin_prefetch(&work->ties->at[work->rows[row + TIE].tie]);
    if (row + LOSS >= work->row_count)
        return;
    uint32_t loss = work->ties->at[work->rows[row + LOSS].tie].losses;
    if (loss)
        __builtin_prefetch(&work->ties->losses[loss - 1]);
}

/* Shares of events were summed exactly, in parts of 2^-36; as a number to be shown 0.9 + 0.7 is
 * 1.6 again. */
static double
shown_weight(const struct work *work, double weight)
{
    const double digits = 1e9;
    bool shares = work->making->tally->weight == CASUS_WEIGHT_EVIDENCE;
    return shares ? rint(weight * digits) / digits : weight;
}

static const struct detail no_detail = {
    .losses = {{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}}};

static const struct detail *
keep_detail(struct casus_graph *graph, const struct folded *tie, const struct cas_tie_sum *sum)
{
    if (!tie->detail)
        return &no_detail;
    struct detail *detail = &graph->details[tie->detail - 1];
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        detail->losses[kind] = cas_sum_figure(&sum->losses[kind]);
    memcpy(detail->evidence, sum->marks, sizeof detail->evidence);
    memcpy(detail->stances, sum->marks + CAS_MARK_STANCE, sizeof detail->stances);
    return detail;
}

static struct cas_tie_sum
sum_of(const struct work *work, const struct folded *tie)
{
    struct cas_tie_sum sum = {0};
    if (work->sums)
        return work->sums[tie - work->folded];
    for (size_t i = tie->begin; i < tie->end; i++) {
        look_ahead(work, i);
        cas_ties_add_up(work->ties, &work->ties->at[work->rows[i].tie], &sum);
    }
    return sum;
}

static struct casus_tie
whole_tie(struct casus_graph *graph, const struct work *work, const struct folded *tie)
{
    struct cas_tie_sum sum = sum_of(work, tie);
    const struct row *first = &work->rows[tie->begin];
    struct casus_tie out = {.from = first->from,
                            .to = first->to,
                            .relation = (enum casus_relation)(first->form >> 1),
                            .directed = first->form & 1,
                            .events = sum.events,
                            .weight = shown_weight(work, sum.weight),
                            .first = sum.span.first,
                            .last = sum.span.last,
                            .open = sum.span.open};
    const struct detail *detail = keep_detail(graph, tie, &sum);
    out.losses = detail->losses;
    out.evidence = detail->evidence;
    out.stances = detail->stances;
    return out;
}

struct keeping {
    struct casus_graph *graph;
    const struct work *work;
};

enum { SHARE = 64 }; /* ties that one thread takes at a time: some have many months */

static void
keep_share(void *context, size_t index)
{
    const struct keeping *keeping = context;
    struct casus_graph *graph = keeping->graph;
    size_t end = (index + 1) * SHARE;
    end = end < graph->tie_count ? end : graph->tie_count;
    for (size_t i = index * SHARE; i < end; i++) {
        const struct folded *tie = &keeping->work->folded[i];
        graph->ties[i] = whole_tie(graph, keeping->work, tie);
        graph->ties[i].event_begin = tie->event_begin;
        if (graph->events)
            write_events(keeping->work, tie, graph->events + tie->event_begin);
    }
}

static bool
keep_ties(struct casus_graph *graph, const struct work *work)
{
    const struct cas_tally *tally = work->making->tally;
    struct keeping keeping = {graph, work};
    graph->tie_count = (uint32_t)work->folded_count;
    graph->ties = cas_arena_alloc(&graph->arena, work->folded_count * sizeof *graph->ties);
    if (tally->keep_notes)
        graph->events = cas_arena_alloc(&graph->arena, tally->note_count * sizeof *graph->events);
    graph->details = cas_arena_alloc(&graph->arena, work->detail_count * sizeof *graph->details);
    if (!graph->ties || !graph->details || (tally->keep_notes && !graph->events))
        return false;
    cas_parallel(0, (work->folded_count + SHARE - 1) / SHARE, keep_share, &keeping);
    return true;
}

static bool
keep_input(struct cas_arena *arena, struct casus_input *input)
{
    return keep_text(arena, input->name, &input->name) &&
           keep_text(arena, input->format, &input->format) &&
           keep_text(arena, input->citation, &input->citation) &&
           keep_text(arena, input->licence, &input->licence);
}

static bool
keep_inputs(struct casus_graph *graph, const struct cas_making *making)
{
    if (!keep_text(&graph->arena, making->title, &graph->title))
        return false;
    if (!making->input_count)
        return true;
    graph->inputs =
        cas_arena_copy(&graph->arena, making->inputs, making->input_count, sizeof *graph->inputs);
    if (!graph->inputs)
        return false;
    graph->input_count = making->input_count;
    for (uint32_t i = 0; i < making->input_count; i++)
        if (!keep_input(&graph->arena, &graph->inputs[i]))
            return false;
    return true;
}

static void
work_done(struct work *work)
{
    cas_free(work->order);
    cas_free(work->numbers);
    cas_free(work->place);
    cas_free(work->tied);
    cas_free(work->rows);
    cas_free(work->folded);
    cas_free(work->sums);
}

static bool
arrange(struct work *work)
{
    if (!order_actors(work) || !collect_rows(work) || !fold_months(work) || !add_up(work))
        return false;
    drop_actors(work);
    return true;
}

enum casus_status
cas_graph_make(const struct cas_making *making, struct casus_graph **out, struct casus_error *err)
{
    struct work work = {.making = making, .ties = &making->tally->ties};
    struct casus_graph *graph = cas_zalloc(1, sizeof *graph);
    bool made = graph && arrange(&work) && keep_actors(graph, &work) && keep_ties(graph, &work) &&
                keep_inputs(graph, making);
    if (made) {
        graph->totals = cas_tally_totals(making->tally);
        graph->totals.ties_dropped = work.dropped;
        graph->totals.removed = making->removed;
    }
    work_done(&work);
    if (!made) {
        casus_graph_free(graph);
        return cas_fail_memory(err);
    }
    *out = graph;
    return CASUS_OK;
}

/* --- to read ---------------------------------------------------------------------------------- */

void
casus_graph_free(struct casus_graph *graph)
{
    if (!graph)
        return;
    cas_arena_done(&graph->arena);
    cas_free(graph);
}

uint32_t
casus_graph_actor_count(const struct casus_graph *graph)
{
    return graph->actor_count;
}

uint32_t
casus_graph_tie_count(const struct casus_graph *graph)
{
    return graph->tie_count;
}

const struct casus_node *
casus_graph_actor_at(const struct casus_graph *graph, uint32_t index)
{
    return &graph->actors[index];
}

const struct casus_tie *
casus_graph_tie_at(const struct casus_graph *graph, uint32_t index)
{
    return &graph->ties[index];
}

uint32_t
casus_graph_actor_find(const struct casus_graph *graph, const char *id)
{
    uint32_t low = 0, high = graph->actor_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(graph->actors[middle].id, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return CASUS_NONE;
}

const struct casus_totals *
casus_graph_totals(const struct casus_graph *graph)
{
    return &graph->totals;
}

const char *
casus_graph_title(const struct casus_graph *graph)
{
    return graph->title;
}

uint32_t
casus_graph_input_count(const struct casus_graph *graph)
{
    return graph->input_count;
}

const struct casus_input *
casus_graph_input_at(const struct casus_graph *graph, uint32_t index)
{
    return &graph->inputs[index];
}

uint32_t
casus_graph_tie_event(const struct casus_graph *graph, uint32_t tie, uint32_t index)
{
    if (!graph->events || index >= graph->ties[tie].events)
        return CASUS_NONE;
    return graph->events[graph->ties[tie].event_begin + index];
}
