/* Graphs compared, whatever the order and the ids that their rows came in. */
#ifndef TEST_SAME_H
#define TEST_SAME_H

#include "property/world.h"

#define SAME(a, b)                                                                                 \
    do {                                                                                           \
        if ((a) != (b))                                                                            \
            fail_msg("seed %llu: " #a " %lld, " #b " %lld", (unsigned long long)current,           \
                     (long long)(a), (long long)(b));                                              \
    } while (0)

static inline void
same_figures(const struct casus_figure *a, const struct casus_figure *b)
{
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        SAME(a[kind].low, b[kind].low);
        SAME(a[kind].best, b[kind].best);
        SAME(a[kind].high, b[kind].high);
    }
}

static inline void
same_date(struct casus_date a, struct casus_date b)
{
    SAME(a.year, b.year);
    SAME(a.month, b.month);
    SAME(a.day, b.day);
}

static inline void
same_node(const struct casus_node *a, const struct casus_node *b)
{
    SAME(a->kind, b->kind);
    SAME(a->events, b->events);
    SAME(a->attacks, b->attacks);
    SAME(a->attacked, b->attacked);
    SAME(a->battles, b->battles);
    SAME(a->backs, b->backs);
    SAME(a->backed, b->backed);
    SAME(a->claims, b->claims);
    SAME(a->carried, b->carried);
    SAME(a->internal, b->internal);
    SAME(!a->parent_id, !b->parent_id);
    SAME(a->parent == CASUS_NONE, b->parent == CASUS_NONE);
    same_figures(a->lost, b->lost);
}

static inline void
same_tie(const struct casus_tie *a, const struct casus_tie *b)
{
    SAME(a->events, b->events);
    SAME(a->weight, b->weight);
    SAME(a->open, b->open);
    same_date(a->first, b->first);
    same_date(a->last, b->last);
    same_figures(a->losses, b->losses);
    for (int i = 0; i < CASUS_STANCE_COUNT; i++)
        SAME(a->stances[i], b->stances[i]);
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
        SAME(a->evidence[i], b->evidence[i]);
}

static inline void
same_totals(const struct casus_totals *a, const struct casus_totals *b)
{
    SAME(a->events, b->events);
    for (int i = 0; i < CASUS_RELATION_COUNT; i++)
        SAME(a->by_relation[i], b->by_relation[i]);
    SAME(a->claims, b->claims);
    SAME(a->no_tie, b->no_tie);
    SAME(a->internal, b->internal);
    SAME(a->claims_no_tie, b->claims_no_tie);
    SAME(a->undated, b->undated);
    SAME(a->undirected, b->undirected);
    SAME(a->ties_dropped, b->ties_dropped);
    SAME(a->open, b->open);
    same_date(a->first, b->first);
    same_date(a->last, b->last);
    same_figures(a->losses, b->losses);
    SAME(memcmp(&a->removed, &b->removed, sizeof a->removed), 0);
}

/* The same actor in the other graph, where `to` holds its id there. */
static inline uint32_t
other_actor(const struct casus_graph *a, uint32_t index, const struct casus_graph *b,
            const struct writing *from, const struct writing *to)
{
    const char *id = casus_graph_actor_at(a, index)->id;
    for (unsigned i = 0; i < ACTORS; i++)
        if (strcmp(from->ids[i], id) == 0)
            return casus_graph_actor_find(b, to->ids[i]);
    fail_msg("seed %llu: no actor %s", (unsigned long long)current, id);
    return CASUS_NONE;
}

static inline const struct casus_tie *
find_tie(const struct casus_graph *graph, const struct casus_tie *like, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        bool same = tie->from == from && tie->to == to;
        bool turned = !like->directed && tie->from == to && tie->to == from;
        if (tie->relation == like->relation && tie->directed == like->directed && (same || turned))
            return tie;
    }
    return NULL;
}

static inline void
same_graph(const struct casus_graph *a, const struct casus_graph *b, const struct writing *from,
           const struct writing *to)
{
    SAME(casus_graph_actor_count(a), casus_graph_actor_count(b));
    SAME(casus_graph_tie_count(a), casus_graph_tie_count(b));
    same_totals(casus_graph_totals(a), casus_graph_totals(b));
    for (uint32_t i = 0; i < casus_graph_actor_count(a); i++) {
        uint32_t j = other_actor(a, i, b, from, to);
        assert_int_not_equal(j, CASUS_NONE);
        same_node(casus_graph_actor_at(a, i), casus_graph_actor_at(b, j));
    }
    for (uint32_t i = 0; i < casus_graph_tie_count(a); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(a, i);
        const struct casus_tie *other = find_tie(b, tie, other_actor(a, tie->from, b, from, to),
                                                 other_actor(a, tie->to, b, from, to));
        if (!other)
            fail_msg("seed %llu: a tie is missing", (unsigned long long)current);
        same_tie(tie, other);
    }
}

/* Ties in order of from, to, relation, directed; none to oneself; undirected from < to. */
static inline void
is_in_order(const struct casus_graph *graph)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *b = casus_graph_tie_at(graph, i);
        const struct casus_tie *a = i ? casus_graph_tie_at(graph, i - 1) : NULL;
        assert_true(b->from != b->to && (b->directed || b->from < b->to));
        if (!a || a->from != b->from)
            assert_true(!a || a->from < b->from);
        else if (a->to != b->to)
            assert_true(a->to < b->to);
        else if (a->relation != b->relation)
            assert_true(a->relation < b->relation);
        else
            assert_true(a->directed < b->directed);
    }
    for (uint32_t i = 1; i < casus_graph_actor_count(graph); i++)
        assert_true(
            strcmp(casus_graph_actor_at(graph, i - 1)->id, casus_graph_actor_at(graph, i)->id) < 0);
}
#endif
