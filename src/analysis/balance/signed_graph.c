/* A signed graph, validated and sorted by two passes of counting. */
#include "analysis/balance/signed_graph.h"

#include <math.h>

#include "base/fault.h"

static enum casus_status
refuse(size_t index, const char *why, struct casus_error *err)
{
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_SIGNED, "signed tie %zu: %s", index + 1, why);
}

static enum casus_status
check_tie(uint32_t n, const struct cas_signed_tie *tie, size_t index, struct casus_error *err)
{
    if (tie->a >= n || tie->b >= n) {
        return refuse(index, "an end is no actor", err);
    }
    if (tie->a == tie->b) {
        return refuse(index, "a tie of an actor to itself", err);
    }
    if (tie->sign != 1 && tie->sign != -1) {
        return refuse(index, "the sign is neither -1 nor 1", err);
    }
    if (!isfinite(tie->weight) || tie->weight < 0) {
        return refuse(index, "the weight is negative or not finite", err);
    }
    return CASUS_OK;
}

static enum casus_status
check(uint32_t n, const struct cas_signed_tie *ties, size_t m, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;

    if (n > INT32_MAX / 4 || m > CAS_SIGNED_TIES_MAX) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_TOO_MANY,
                        "%u actors and %zu signed ties; at most %d and %d", n, m, INT32_MAX / 4,
                        CAS_SIGNED_TIES_MAX);
    }
    for (size_t i = 0; i < m && status == CASUS_OK; i++) {
        status = check_tie(n, &ties[i], i, err);
    }
    return status;
}

/* Stable order by one end: `end` is the offset of a or b in a tie that is passed by `from`. */
static void
sort_by_end(uint32_t n, uint32_t m, const struct cas_signed_tie *from, bool by_b, uint32_t *count,
            struct cas_signed_tie *out)
{
    for (uint32_t v = 0; v <= n; v++) {
        count[v] = 0;
    }
    for (uint32_t i = 0; i < m; i++) {
        count[(by_b ? from[i].b : from[i].a) + 1]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        count[v + 1] += count[v];
    }
    for (uint32_t i = 0; i < m; i++) {
        out[count[by_b ? from[i].b : from[i].a]++] = from[i];
    }
}

/* Ties are in order, so each row gets its smaller neighbours first, then its larger ones. */
static void
fill_rows(const struct cas_signed *graph, uint32_t *begin, uint32_t *neighbour, uint32_t *tie)
{
    uint32_t n = graph->n, m = graph->m;

    for (uint32_t v = 0; v <= n; v++) {
        begin[v] = 0;
    }
    for (uint32_t i = 0; i < m; i++) {
        begin[graph->ties[i].a]++;
        begin[graph->ties[i].b]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        begin[v + 1] += begin[v];
    }
    for (uint32_t i = m; i-- > 0;) {
        uint32_t at = --begin[graph->ties[i].a];
        neighbour[at] = graph->ties[i].b;
        tie[at] = i;
    }
    for (uint32_t i = m; i-- > 0;) {
        uint32_t at = --begin[graph->ties[i].b];
        neighbour[at] = graph->ties[i].a;
        tie[at] = i;
    }
}

static enum casus_status
build(struct cas_signed *graph, const struct cas_signed_tie *ties, struct casus_error *err)
{
    uint32_t n = graph->n, m = graph->m;
    struct cas_signed_tie *sorted =
        cas_arena_alloc(&graph->arena, ((size_t)m + 1) * sizeof(*sorted));
    struct cas_signed_tie *spare = cas_alloc(((size_t)m + 1) * sizeof(*spare));
    uint32_t *begin = cas_arena_alloc(&graph->arena, ((size_t)n + 1) * sizeof(*begin));
    uint32_t *neighbour = cas_arena_alloc(&graph->arena, ((size_t)m + 1) * 2 * sizeof(*begin));
    uint32_t *tie = cas_arena_alloc(&graph->arena, ((size_t)m + 1) * 2 * sizeof(*begin));
    enum casus_status status = CASUS_OK;

    if (!sorted || !spare || !begin || !neighbour || !tie) {
        cas_free(spare);
        return cas_fail_memory(err);
    }
    for (uint32_t i = 0; i < m; i++) {
        sorted[i] = ties[i];
        sorted[i].a = ties[i].a < ties[i].b ? ties[i].a : ties[i].b;
        sorted[i].b = ties[i].a < ties[i].b ? ties[i].b : ties[i].a;
    }
    sort_by_end(n, m, sorted, true, begin, spare);
    sort_by_end(n, m, spare, false, begin, sorted);
    cas_free(spare);
    graph->ties = sorted;
    for (uint32_t i = 1; i < m && status == CASUS_OK; i++) {
        if (sorted[i].a == sorted[i - 1].a && sorted[i].b == sorted[i - 1].b) {
            status = cas_fail(err, CASUS_EINVAL, CAS_MSG_SIGNED,
                              "actors %u and %u: a second signed tie of one dyad", sorted[i].a,
                              sorted[i].b);
        }
    }
    fill_rows(graph, begin, neighbour, tie);
    graph->begin = begin;
    graph->neighbour = neighbour;
    graph->tie = tie;
    return status;
}

enum casus_status
cas_signed_new(uint32_t n, const struct cas_signed_tie *ties, size_t m, struct cas_signed **out,
               struct casus_error *err)
{
    enum casus_status status = check(n, ties, m, err);
    struct cas_signed *graph;

    if (status != CASUS_OK) {
        return status;
    }
    graph = cas_zalloc(1, sizeof(*graph));
    if (!graph) {
        return cas_fail_memory(err);
    }
    graph->n = n;
    graph->m = (uint32_t)m;
    status = build(graph, ties, err);
    if (status != CASUS_OK) {
        cas_signed_free(graph);
        return status;
    }
    *out = graph;
    return CASUS_OK;
}

void
cas_signed_free(struct cas_signed *graph)
{
    if (graph) {
        cas_arena_done(&graph->arena);
        cas_free(graph);
    }
}

static void
mark_part(const struct cas_signed *graph, uint32_t first, uint32_t label, uint32_t *stack,
          uint32_t *part)
{
    uint32_t top = 0;

    stack[top++] = first;
    part[first] = label;
    while (top > 0) {
        uint32_t v = stack[--top];
        for (uint32_t i = graph->begin[v]; i < graph->begin[v + 1]; i++) {
            uint32_t u = graph->neighbour[i];
            if (part[u] == UINT32_MAX) {
                part[u] = label;
                stack[top++] = u;
            }
        }
    }
}

enum casus_status
cas_signed_parts(const struct cas_signed *graph, uint32_t *out_part, uint32_t *out_count,
                 struct casus_error *err)
{
    uint32_t *stack = cas_alloc(((size_t)graph->n + 1) * sizeof(*stack));
    uint32_t count = 0;

    if (!stack) {
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        out_part[v] = UINT32_MAX;
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        if (out_part[v] == UINT32_MAX) {
            mark_part(graph, v, count++, stack, out_part);
        }
    }
    cas_free(stack);
    *out_count = count;
    return CASUS_OK;
}
