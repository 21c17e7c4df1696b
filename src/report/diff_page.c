/* What moved between two inputs, as a person reads it. */
#include <inttypes.h>
#include <stdio.h>

#include "report/diff.h"
#include "report/format.h"
#include "report/page.h"
#include "report/summary.h"

enum { MOST_EVENTS = 6 };

struct sheet {
    struct cas_page page;
    const struct casus_diff_report *report;
    const struct casus_diff *diff;
    struct cas_buffer words;
    uint32_t top;
};

/* The words said so far; the next begin anew. */
static const char *
said(struct sheet *sheet)
{
    sheet->page.failed |= sheet->words.failed;
    return sheet->words.failed || !sheet->words.n ? "" : sheet->words.s;
}

/* --- head --------------------------------------------------------------------------------- */

static void
write_side(struct sheet *sheet, int side)
{
    const struct casus_graph *graph = sheet->report->side[side].graph;
    cas_buffer_clear(&sheet->words);
    for (uint32_t i = 0; i < casus_graph_input_count(graph); i++)
        cas_buffer_printf(&sheet->words, "%s%s", i ? ", " : "",
                          casus_graph_input_at(graph, i)->name);
    cas_page_fact(&sheet->page, side ? "New" : "Old",
                  "%s: %" PRIu64 " event%s, %" PRIu32 " actor%s, %" PRIu32 " tie%s", said(sheet),
                  casus_graph_totals(graph)->events, cas_plural(casus_graph_totals(graph)->events),
                  casus_graph_actor_count(graph), cas_plural(casus_graph_actor_count(graph)),
                  casus_graph_tie_count(graph), cas_plural(casus_graph_tie_count(graph)));
}

static void
write_head(struct sheet *sheet)
{
    cas_page_title(&sheet->page, "What moved between two inputs");
    cas_page_open_facts(&sheet->page, CAS_SUMMARY_WIDTH);
    write_side(sheet, 0);
    write_side(sheet, 1);
    cas_page_close_facts(&sheet->page);
}

/* --- events and actors -------------------------------------------------------------------- */

typedef uint32_t count_function(const struct casus_diff *diff);
typedef const struct casus_diff_item *item_function(const struct casus_diff *diff, uint32_t index);

static void
write_items(struct sheet *sheet, const char *title, count_function *count, item_function *at)
{
    static const struct cas_column columns[] = {
        {"", false, false}, {"id", false, false}, {"what changed", false, true}};
    uint32_t all = count(sheet->diff), shown = all < sheet->top ? all : sheet->top;
    struct cas_table table;
    cas_page_section(&sheet->page, title);
    if (!all) {
        cas_page_paragraph(&sheet->page, "All the same.");
        return;
    }
    cas_table_init(&table, columns, 3);
    for (uint32_t i = 0; i < shown; i++) {
        cas_table_text(&table, casus_move_name(at(sheet->diff, i)->move));
        cas_table_text(&table, at(sheet->diff, i)->id);
        cas_buffer_clear(&sheet->words);
        cas_fields_text(&sheet->words, at(sheet->diff, i)->what, ", ");
        cas_table_text(&table, said(sheet));
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
    cas_summary_shown(&sheet->page, shown, all);
}

static void
write_unions(struct sheet *sheet)
{
    uint32_t all = casus_diff_union_count(sheet->diff);
    if (!all)
        return;
    cas_page_subsection(&sheet->page, "Who became whom");
    cas_page_open_bullets(&sheet->page);
    for (uint32_t i = 0; i < all && i < sheet->top; i++) {
        const struct casus_diff_union *one = casus_diff_union_at(sheet->diff, i);
        cas_buffer_clear(&sheet->words);
        if (one->split)
            cas_buffer_printf(&sheet->words, "%s split into ", one->one);
        cas_ids_text(&sheet->words, one->others, one->other_count, MOST_EVENTS, ", ");
        if (!one->split)
            cas_buffer_printf(&sheet->words, " are one, %s", one->one);
        cas_buffer_text(&sheet->words, " (");
        cas_ids_text(&sheet->words, one->events, one->event_count, MOST_EVENTS, ", ");
        cas_buffer_char(&sheet->words, ')');
        cas_page_bullet(&sheet->page, said(sheet));
    }
    cas_page_close_bullets(&sheet->page);
    cas_summary_shown(&sheet->page, all < sheet->top ? all : sheet->top, all);
}

/* --- ties and ranks ----------------------------------------------------------------------- */

static void
say_moved(struct sheet *sheet, const char *mark, const char *const *ids, uint32_t count)
{
    if (!count)
        return;
    cas_buffer_printf(&sheet->words, "%s%s ", sheet->words.n ? "; " : "", mark);
    cas_ids_text(&sheet->words, ids, count, MOST_EVENTS, ", ");
}

/* What an actor is called: in the new input, else in the old. */
static const char *
name_of(const struct sheet *sheet, const char *id)
{
    for (int side = 1; side >= 0; side--) {
        const struct casus_graph *graph = sheet->report->side[side].graph;
        uint32_t actor = casus_graph_actor_find(graph, id);
        if (actor != CASUS_NONE)
            return casus_graph_actor_at(graph, actor)->name;
    }
    return id;
}

static void
write_tie(struct sheet *sheet, struct cas_table *table, const struct casus_diff_tie *tie)
{
    cas_table_text(table, casus_move_name(tie->move));
    cas_buffer_clear(&sheet->words);
    cas_buffer_text(&sheet->words, name_of(sheet, tie->from));
    cas_buffer_between(&sheet->words, tie->directed ? " → " : " – ");
    cas_buffer_text(&sheet->words, name_of(sheet, tie->to));
    cas_table_text(table, said(sheet));
    cas_table_text(table, casus_relation_name(tie->relation));
    cas_table_number(table, tie->events[0]);
    cas_table_number(table, tie->events[1]);
    cas_buffer_clear(&sheet->words);
    say_moved(sheet, "added", tie->added, tie->added_count);
    say_moved(sheet, "removed", tie->removed, tie->removed_count);
    say_moved(sheet, "changed", tie->altered, tie->altered_count);
    cas_table_text(table, said(sheet));
}

static void
write_ties(struct sheet *sheet)
{
    static const struct cas_column columns[] = {
        {"", false, false},      {"tie", false, false},  {"relation", false, false},
        {"before", true, false}, {"after", true, false}, {"events", false, true}};
    uint32_t all = casus_diff_tie_count(sheet->diff), shown = all < sheet->top ? all : sheet->top;
    struct cas_table table;
    cas_page_section(&sheet->page, "Ties");
    if (!all) {
        cas_page_paragraph(&sheet->page, "All the same.");
        return;
    }
    cas_table_init(&table, columns, 6);
    for (uint32_t i = 0; i < shown; i++)
        write_tie(sheet, &table, casus_diff_tie_at(sheet->diff, i));
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
    cas_summary_shown(&sheet->page, shown, all);
}

static void
add_rank(struct cas_table *table, uint32_t rank)
{
    char text[16];
    snprintf(text, sizeof text, "%" PRIu32, rank);
    cas_table_text(table, rank ? text : "–");
}

static void
write_measure(struct sheet *sheet, enum casus_measure measure)
{
    static const struct cas_column columns[] = {{"actor", false, false},
                                                {"before", true, false},
                                                {"after", true, false},
                                                {"events", false, true}};
    uint32_t all = 0;
    struct cas_table table;
    cas_table_init(&table, columns, 4);
    for (uint32_t i = 0; i < casus_diff_rank_count(sheet->diff); i++) {
        const struct casus_diff_rank *rank = casus_diff_rank_at(sheet->diff, i);
        if (rank->measure != measure || all++ >= sheet->top)
            continue;
        cas_table_text(&table, name_of(sheet, rank->id));
        add_rank(&table, rank->rank[0]);
        add_rank(&table, rank->rank[1]);
        cas_buffer_clear(&sheet->words);
        cas_ids_text(&sheet->words, rank->events, rank->event_count, MOST_EVENTS, ", ");
        cas_table_text(&table, rank->event_count ? said(sheet) : "through others");
    }
    if (all) {
        cas_page_subsection(&sheet->page, casus_measure_info(measure)->title);
        cas_page_table(&sheet->page, &table);
        cas_summary_shown(&sheet->page, all < sheet->top ? all : sheet->top, all);
    }
    cas_table_done(&table);
}

static void
write_ranks(struct sheet *sheet)
{
    static const enum casus_measure shown[] = {CASUS_IN_STRENGTH, CASUS_OUT_STRENGTH,
                                               CASUS_PAGERANK, CASUS_BETWEENNESS};
    cas_page_section(&sheet->page, "Ranks");
    if (!casus_diff_rank_count(sheet->diff)) {
        cas_page_paragraph(&sheet->page, "All the same.");
        return;
    }
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        write_measure(sheet, shown[i]);
    cas_page_paragraph(&sheet->page, "JSON and CSV hold the ranks of every measure.");
}

/* --- all of it ---------------------------------------------------------------------------- */

enum casus_status
cas_diff_page(const struct casus_diff_report *report, enum casus_layout layout,
              struct casus_output *output, struct casus_error *err)
{
    struct sheet sheet = {
        .report = report, .diff = report->diff, .top = cas_summary_top(&report->heading)};
    cas_page_init(&sheet.page, &report->heading, layout, output);
    cas_buffer_init(&sheet.words);
    write_head(&sheet);
    write_items(&sheet, "Events", casus_diff_event_count, casus_diff_event_at);
    write_items(&sheet, "Actors", casus_diff_actor_count, casus_diff_actor_at);
    write_unions(&sheet);
    write_ties(&sheet);
    write_ranks(&sheet);
    cas_buffer_done(&sheet.words);
    return cas_page_done(&sheet.page, err);
}

enum casus_status
casus_diff_write(const struct casus_diff_report *report, enum casus_layout layout,
                 struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_JSON: return cas_diff_json(report, output, err);
    case CASUS_CSV: return cas_diff_csv(report, output, err);
    default: return cas_diff_page(report, layout, output, err);
    }
}
