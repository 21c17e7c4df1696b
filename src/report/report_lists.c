/* The first pages of the report: who attacks, who is hit, who backs, who is backed, who speaks.
 *
 * A row a list. Actors stand in order of their events, then of their ids; those with the same
 * number share a rank.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/format.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

#define NO_BREAK "\302\240" /* a space that keeps a number with its name */

enum { MOST_PARTNERS = 3, MOST_COLUMNS = 7 };

typedef uint32_t count_function(const struct casus_node *node);

struct list {
    const char *title;
    const char *first_title, *second_title; /* the second may be NULL */
    const char *partners_title;
    const char *nobody; /* said where the list is empty */
    count_function *first, *second;
    enum casus_relation relation;
    bool forward; /* the actor is the tie's `from` */
    bool added; /* the order is by the sum of both counts, else by the first and then the second */
    bool losses;
};

static uint32_t
attacks(const struct casus_node *node)
{
    return node->attacks;
}

static uint32_t
attacked(const struct casus_node *node)
{
    return node->attacked;
}

static uint32_t
battles(const struct casus_node *node)
{
    return node->battles;
}

static uint32_t
backs(const struct casus_node *node)
{
    return node->backs;
}

static uint32_t
backed(const struct casus_node *node)
{
    return node->backed;
}

static uint32_t
claims(const struct casus_node *node)
{
    return node->claims;
}

static uint32_t
carried(const struct casus_node *node)
{
    return node->carried;
}

static uint32_t
none(const struct casus_node *node)
{
    return 0;
}

static const struct list lists[] = {
    {"Who attacks", "attacks", "battles", "whom", "No event says who attacked.", attacks, battles,
     CASUS_ATTACK, true, true, true},
    {"Who is hit", "attacked", "battles", "by whom", "No event says who was attacked.", attacked,
     battles, CASUS_ATTACK, false, true, true},
    {"Who backs", "backs", NULL, "whom", "No event of support names who gave it.", backs, none,
     CASUS_SUPPORT, true, false, false},
    {"Who is backed", "backed", NULL, "by whom", "No event of support names who had it.", backed,
     none, CASUS_SUPPORT, false, false, false},
    {"Who speaks", "claims", "carried", "of whom", "No claim names who made it.", claims, carried,
     CASUS_CLAIM, true, false, false},
};

/* --- order -------------------------------------------------------------------------------- */

struct entry {
    uint64_t count; /* count_of() */
    uint32_t actor;
};

/* Most first, then in order of ids. */
static int
by_count(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

/* What the list is ordered by; 0 where the actor does not belong on it. */
static uint64_t
count_of(const struct list *list, const struct casus_node *node)
{
    uint64_t first = list->first(node), second = list->second(node);
    return list->added ? first + second : first << 32 | second;
}

/* Those who belong on the list, in order; owned. NULL without memory. */
static struct entry *
order_actors(const struct list *list, const struct casus_graph *graph, size_t *out_count)
{
    uint32_t n = casus_graph_actor_count(graph);
    struct entry *entries = cas_zalloc(n, sizeof *entries);
    size_t count = 0;
    for (uint32_t i = 0; i < n && entries; i++) {
        uint64_t key = count_of(list, casus_graph_actor_at(graph, i));
        if (key)
            entries[count++] = (struct entry){key, i};
    }
    if (entries)
        qsort(entries, count, sizeof *entries, by_count);
    *out_count = count;
    return entries;
}

/* --- partners ----------------------------------------------------------------------------- */

/* Events of one actor with one other; of claims also how many of each stance. */
struct partner {
    uint32_t actor, other;
    uint64_t events;
    uint32_t stances[CASUS_STANCE_COUNT];
};

static int
by_pair(const void *a, const void *b)
{
    const struct partner *x = a, *y = b;
    if (x->actor != y->actor)
        return x->actor < y->actor ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static int
by_events(const void *a, const void *b)
{
    const struct partner *x = a, *y = b;
    if (x->actor != y->actor)
        return x->actor < y->actor ? -1 : 1;
    if (x->events != y->events)
        return x->events < y->events ? 1 : -1;
    return x->other < y->other ? -1 : x->other > y->other;
}

struct partners {
    struct partner *at;
    size_t count;
};

static void
add_partner(struct partners *partners, const struct casus_tie *tie, uint32_t actor, uint32_t other)
{
    struct partner partner = {actor, other, tie->events, {0}};
    memcpy(partner.stances, tie->stances, sizeof partner.stances);
    partners->at[partners->count++] = partner;
}

/* Both directions of an undirected tie; that of the list for a directed one. */
static void
collect_partners(const struct list *list, const struct casus_graph *graph,
                 struct partners *partners)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (tie->relation != list->relation)
            continue;
        if (list->forward || !tie->directed)
            add_partner(partners, tie, tie->from, tie->to);
        if (!list->forward || !tie->directed)
            add_partner(partners, tie, tie->to, tie->from);
    }
}

static void
add_up(struct partner *sum, const struct partner *more)
{
    sum->events += more->events;
    for (int i = 0; i < CASUS_STANCE_COUNT; i++)
        sum->stances[i] += more->stances[i];
}

static void
merge_partners(struct partners *partners)
{
    size_t kept = 0;
    for (size_t i = 0; i < partners->count; i++) {
        if (kept && by_pair(&partners->at[kept - 1], &partners->at[i]) == 0)
            add_up(&partners->at[kept - 1], &partners->at[i]);
        else
            partners->at[kept++] = partners->at[i];
    }
    partners->count = kept;
}

/* In order of (actor, events, other). @return false without memory */
static bool
find_partners(const struct list *list, const struct casus_graph *graph, struct partners *out)
{
    *out = (struct partners){cas_zalloc(casus_graph_tie_count(graph), 2 * sizeof *out->at), 0};
    if (!out->at)
        return false;
    collect_partners(list, graph, out);
    qsort(out->at, out->count, sizeof *out->at, by_pair);
    merge_partners(out);
    qsort(out->at, out->count, sizeof *out->at, by_events);
    return true;
}

/* The actor's first in `partners`, or where it would stand. */
static size_t
partners_of(const struct partners *partners, uint32_t actor)
{
    size_t low = 0, high = partners->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (partners->at[middle].actor < actor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* " (2 responsibility, 1 blame)"; " (blame)" where all is of one stance; nothing where nothing was
 * claimed. */
static void
add_stances(struct cas_buffer *words, const struct partner *partner)
{
    bool begun = false;
    for (int i = 0; i < CASUS_STANCE_COUNT; i++) {
        if (!partner->stances[i])
            continue;
        cas_buffer_text(words, begun ? ", " : " (");
        if (partner->stances[i] != partner->events)
            cas_buffer_printf(words, "%" PRIu32 NO_BREAK, partner->stances[i]);
        cas_buffer_text(words, casus_stance_name((enum casus_stance)i));
        begun = true;
    }
    cas_buffer_text(words, begun ? ")" : "");
}

/* "18th Division 3, Liwa al-Quds 1, 2 more" */
static void
add_partners(struct cas_table *table, const struct casus_graph *graph,
             const struct partners *partners, uint32_t actor)
{
    struct cas_buffer words;
    cas_buffer_init(&words);
    size_t begin = partners_of(partners, actor), i = begin;
    for (; i < partners->count && partners->at[i].actor == actor; i++) {
        if (i - begin >= MOST_PARTNERS)
            continue;
        cas_buffer_printf(&words, "%s%s" NO_BREAK "%" PRIu64, i > begin ? ", " : "",
                          casus_graph_actor_at(graph, partners->at[i].other)->name,
                          partners->at[i].events);
        add_stances(&words, &partners->at[i]);
    }
    if (i - begin > MOST_PARTNERS)
        cas_buffer_printf(&words, ", %zu more", i - begin - MOST_PARTNERS);
    table->failed |= words.failed;
    cas_table_text(table, words.s);
    cas_buffer_done(&words);
}

/* --- a list ------------------------------------------------------------------------------- */

/* Which columns this list has in this graph. */
struct layout {
    struct cas_column columns[MOST_COLUMNS];
    size_t count;
    bool second, killed, others;
};

static void
add_column(struct layout *layout, const char *title, bool number)
{
    layout->columns[layout->count++] = (struct cas_column){title, number, false};
}

static bool
anybody(const struct casus_graph *graph, count_function *count)
{
    for (uint32_t i = 0; i < casus_graph_actor_count(graph); i++) {
        if (count(casus_graph_actor_at(graph, i)))
            return true;
    }
    return false;
}

/* Whether somebody on the list has a known loss of a kind from `first` to `last`. */
static bool
anybody_lost(const struct list *list, const struct casus_graph *graph, int first, int last)
{
    for (uint32_t i = 0; i < casus_graph_actor_count(graph); i++) {
        const struct casus_node *node = casus_graph_actor_at(graph, i);
        for (int k = first; k <= last && count_of(list, node); k++) {
            if (casus_figure_known(&node->lost[k]))
                return true;
        }
    }
    return false;
}

static void
lay_out(const struct list *list, const struct casus_graph *graph, struct layout *out)
{
    *out = (struct layout){.count = 0};
    add_column(out, "#", true);
    add_column(out, "actor", false);
    add_column(out, list->first_title, true);
    out->second = list->second_title && anybody(graph, list->second);
    if (out->second)
        add_column(out, list->second_title, true);
    out->killed = list->losses && anybody_lost(list, graph, CASUS_KILLED, CASUS_KILLED);
    if (out->killed)
        add_column(out, "own killed", true);
    out->others = list->losses && anybody_lost(list, graph, CASUS_KILLED + 1, CASUS_LOSS_COUNT - 1);
    if (out->others)
        add_column(out, "other losses", true);
    out->columns[out->count++] = (struct cas_column){list->partners_title, false, true};
}

/* "wounded ≥1, captured 2" */
static void
add_other_losses(struct cas_table *table, const struct casus_node *node)
{
    char figure[CAS_FIGURE_SIZE];
    struct cas_buffer words;
    cas_buffer_init(&words);
    for (int k = CASUS_KILLED + 1; k < CASUS_LOSS_COUNT; k++) {
        if (casus_figure_known(&node->lost[k]))
            cas_buffer_printf(&words, "%s%s %s", words.n ? ", " : "",
                              casus_loss_name((enum casus_loss_kind)k),
                              cas_figure_text(&node->lost[k], figure));
    }
    table->failed |= words.failed;
    cas_table_text(table, words.n ? words.s : "–");
    cas_buffer_done(&words);
}

static void
add_row(struct cas_table *table, const struct list *list, const struct layout *layout,
        const struct casus_node *node)
{
    char figure[CAS_FIGURE_SIZE];
    cas_table_text(table, node->name);
    cas_table_number(table, list->first(node));
    if (layout->second)
        cas_table_number(table, list->second(node));
    if (layout->killed)
        cas_table_text(table, cas_figure_text(&node->lost[CASUS_KILLED], figure));
    if (layout->others)
        add_other_losses(table, node);
}

static void
write_rows(struct cas_page *page, const struct casus_report *report, const struct list *list,
           const struct entry *entries, size_t count, const struct partners *partners)
{
    struct layout layout;
    struct cas_table table;
    lay_out(list, report->graph, &layout);
    cas_table_init(&table, layout.columns, layout.count);
    size_t rank = 1, top = cas_report_top(report);
    for (size_t i = 0; i < count && i < top; i++) {
        if (i && entries[i].count != entries[i - 1].count)
            rank = i + 1;
        cas_table_number(&table, (double)rank);
        add_row(&table, list, &layout, casus_graph_actor_at(report->graph, entries[i].actor));
        add_partners(&table, report->graph, partners, entries[i].actor);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, count < top ? count : top, count);
}

static void
write_list(struct cas_page *page, const struct casus_report *report, const struct list *list)
{
    size_t count;
    struct partners partners = {NULL, 0};
    struct entry *entries = order_actors(list, report->graph, &count);
    cas_page_section(page, list->title);
    if (!entries || !find_partners(list, report->graph, &partners))
        page->failed = true;
    else if (count == 0)
        cas_page_paragraph(page, "%s", list->nobody);
    else
        write_rows(page, report, list, entries, count, &partners);
    cas_free(partners.at);
    cas_free(entries);
}

void
cas_report_lists(struct cas_page *page, const struct casus_report *report)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        write_list(page, report, &lists[i]);
}
