/* The core keeps the order of places, so its rows keep theirs. */
#include "analysis/centrality/leaves.h"

#include "base/fault.h"

static const uint32_t nobody = UINT32_MAX;

static uint32_t
row_length(const uint32_t *begin, uint32_t place)
{
    return begin[place + 1] - begin[place];
}

/* The one neighbour of `place`, or nobody. */
static uint32_t
only_neighbour(const struct cas_compact *graph, uint32_t place)
{
    uint32_t out = row_length(graph->out_begin, place), in = row_length(graph->in_begin, place);
    uint32_t to = out ? graph->out[graph->out_begin[place]] : nobody;
    uint32_t from = in ? graph->in[graph->in_begin[place]] : nobody;

    if (out > 1 || in > 1 || (out && in && to != from)) {
        return nobody;
    }
    return out ? to : from;
}

/* The actor that `place` is folded into, or nobody. */
static uint32_t
host_of(const struct cas_compact *graph, uint32_t place)
{
    uint32_t host = only_neighbour(graph, place);

    return host != nobody && host > place && only_neighbour(graph, host) != nobody ? nobody : host;
}

/* Count the leaf at its host, whose place in the core is `at`. */
static void
fold_leaf(const struct cas_compact *graph, uint32_t leaf, uint32_t at, struct cas_leaves *leaves)
{
    bool sends = row_length(graph->out_begin, leaf) > 0;
    bool takes = row_length(graph->in_begin, leaf) > 0;

    /* Those before it that take what it sends, and the other way around. */
    leaves->between[at] +=
        (sends ? leaves->takers[at] - 1 : 0) + (takes ? leaves->senders[at] - 1 : 0);
    leaves->senders[at] += sends;
    leaves->takers[at] += takes;
}

/* --- the core ----------------------------------------------------------------------------- */

struct rows {
    uint32_t *actor, *out_begin, *in_begin, *out, *in, *low, *high;
};

static bool
rows_alloc(struct rows *rows, struct cas_arena *arena, const struct cas_compact *graph)
{
    size_t n = ((size_t)graph->n + 1) * sizeof(uint32_t);
    size_t arcs = ((size_t)graph->arcs + 1) * sizeof(uint32_t);

    rows->actor = cas_arena_alloc(arena, n);
    rows->out_begin = cas_arena_alloc(arena, n);
    rows->in_begin = cas_arena_alloc(arena, n);
    rows->out = cas_arena_alloc(arena, arcs);
    rows->in = cas_arena_alloc(arena, arcs);
    rows->low = cas_arena_alloc(arena, n);
    rows->high = cas_arena_alloc(arena, n);
    return rows->actor && rows->out_begin && rows->in_begin && rows->out && rows->in && rows->low &&
           rows->high;
}

/* What of a row stays. @return where the next one begins */
static uint32_t
keep_row(const uint32_t *row, uint32_t count, const uint32_t *core, uint32_t at, uint32_t *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (core[row[i]] != core[row[i] + 1]) {
            out[at++] = core[row[i]];
        }
    }
    return at;
}

/* `core`: by place, how many before it stay; n + 1. */
static void
fill_core(const struct cas_compact *graph, const uint32_t *core, const struct rows *rows)
{
    uint32_t at = 0;

    rows->out_begin[0] = rows->in_begin[0] = 0;
    for (uint32_t p = 0; p < graph->n; p++) {
        if (core[p] == core[p + 1]) {
            continue;
        }
        rows->actor[at] = graph->actor[p];
        rows->low[at] = core[graph->low[p]];
        rows->high[at] = core[graph->high[p]];
        rows->out_begin[at + 1] =
            keep_row(graph->out + graph->out_begin[p], row_length(graph->out_begin, p), core,
                     rows->out_begin[at], rows->out);
        rows->in_begin[at + 1] =
            keep_row(graph->in + graph->in_begin[p], row_length(graph->in_begin, p), core,
                     rows->in_begin[at], rows->in);
        at++;
    }
}

static bool
make_core(const struct cas_compact *graph, const uint32_t *core, struct cas_leaves *leaves)
{
    struct rows rows;
    uint32_t n = core[graph->n];

    leaves->core = cas_zalloc(1, sizeof(*leaves->core));
    if (!leaves->core) {
        return false;
    }
    cas_arena_init(&leaves->core->arena);
    if (!rows_alloc(&rows, &leaves->core->arena, graph)) {
        return false;
    }
    fill_core(graph, core, &rows);
    leaves->core->n = n;
    leaves->core->arcs = rows.out_begin[n];
    leaves->core->actor = rows.actor;
    leaves->core->out_begin = rows.out_begin;
    leaves->core->in_begin = rows.in_begin;
    leaves->core->out = rows.out;
    leaves->core->in = rows.in;
    leaves->core->low = rows.low;
    leaves->core->high = rows.high;
    return true;
}

static bool
fold(const struct cas_compact *graph, uint32_t *core, struct cas_leaves *leaves)
{
    for (uint32_t p = 0; p < graph->n; p++) {
        core[p + 1] = core[p] + (host_of(graph, p) == nobody);
    }
    if (!make_core(graph, core, leaves)) {
        return false;
    }
    for (uint32_t k = 0; k < leaves->core->n; k++) {
        leaves->senders[k] = leaves->takers[k] = 1;
    }
    for (uint32_t p = 0; p < graph->n; p++) {
        if (core[p] == core[p + 1]) {
            fold_leaf(graph, p, core[host_of(graph, p)], leaves);
        }
    }
    return true;
}

enum casus_status
cas_leaves_fold(const struct cas_compact *graph, struct cas_leaves *out, struct casus_error *err)
{
    size_t n = (size_t)graph->n + 1;
    uint32_t *core = cas_zalloc(n, sizeof(*core));
    struct cas_leaves leaves = {.senders = cas_zalloc(n, sizeof(double)),
                                .takers = cas_zalloc(n, sizeof(double)),
                                .between = cas_zalloc(n, sizeof(double))};
    bool good =
        core && leaves.senders && leaves.takers && leaves.between && fold(graph, core, &leaves);

    cas_free(core);
    if (!good) {
        cas_leaves_done(&leaves);
        return cas_fail_memory(err);
    }
    *out = leaves;
    return CASUS_OK;
}

void
cas_leaves_done(struct cas_leaves *leaves)
{
    cas_compact_free(leaves->core);
    cas_free(leaves->senders);
    cas_free(leaves->takers);
    cas_free(leaves->between);
}
