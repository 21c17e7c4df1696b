/* What a filter of belief took away, for people and for programs: events by id, and ranks with the
 * filter and without. Pages show the ranks of four measures, JSON those of all.
 */
#include <inttypes.h>
#include <stdio.h>

#include "report/json.h"
#include "report/page.h"
#include "report/report.h"

static const struct casus_event *
event_at(const struct casus_report *report, uint32_t index)
{
    return casus_dossier_event_at(report->dossier, casus_fallen_event_at(report->fallen, index));
}

/* --- the page --------------------------------------------------------------------------------- */

static void
write_shown(struct cas_page *page, uint32_t all, uint32_t top)
{
    if (top < all)
        cas_page_paragraph(page, "%" PRIu32 " of %" PRIu32 "; JSON holds all.", top, all);
}

static void
say_actors(struct cas_buffer *out, const struct casus_report *report, const uint32_t *actors,
           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : "",
                          casus_dossier_actor_at(report->dossier, actors[i])->name);
    if (!count)
        cas_buffer_text(out, "?");
}

static void
add_event(struct cas_page *page, struct cas_table *table, const struct casus_report *report,
          const struct casus_event *event)
{
    struct cas_buffer words;
    char date[40];
    cas_buffer_init(&words);
    say_actors(&words, report, event->from, event->from_count);
    cas_buffer_between(&words, event->directed ? " → " : " – ");
    say_actors(&words, report, event->to, event->to_count);
    cas_table_text(table, event->id);
    cas_table_text(table, words.failed ? "" : words.s);
    cas_table_text(table, event->type);
    cas_table_text(table, casus_period_format(&event->date, date));
    page->failed |= words.failed;
    cas_buffer_done(&words);
}

static void
write_events(struct cas_page *page, const struct casus_report *report)
{
    static const struct cas_column columns[] = {{"event", false, false},
                                                {"who → whom", false, true},
                                                {"type", false, false},
                                                {"date", false, false}};
    uint32_t all = casus_fallen_event_count(report->fallen), top = cas_report_top(report);
    struct cas_table table;
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (uint32_t i = 0; i < all && i < top; i++)
        add_event(page, &table, report, event_at(report, i));
    cas_page_table(page, &table);
    cas_table_done(&table);
    write_shown(page, all, top);
}

static void
add_rank(struct cas_table *table, uint32_t rank)
{
    char text[16];
    snprintf(text, sizeof text, "%" PRIu32, rank);
    cas_table_text(table, rank ? text : "–");
}

/* The better of its two ranks: what happens at the head of a list is told first. */
static uint32_t
leading_of(const struct casus_diff_rank *rank)
{
    uint32_t without = rank->rank[0], with = rank->rank[1];
    return !without || (with && with < without) ? with : without;
}

/* The index of the next of that measure behind `last` (CASUS_NONE: the first), by leading rank, then
 * in order; CASUS_NONE behind the end. */
static uint32_t
next_rank(const struct casus_diff *diff, enum casus_measure measure, uint32_t last)
{
    uint32_t bound = last == CASUS_NONE ? 0 : leading_of(casus_diff_rank_at(diff, last));
    uint32_t best = CASUS_NONE, least = 0;
    for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++) {
        const struct casus_diff_rank *rank = casus_diff_rank_at(diff, i);
        uint32_t leading = leading_of(rank);
        bool behind = last == CASUS_NONE || leading > bound || (leading == bound && i > last);
        if (rank->measure == measure && behind && (best == CASUS_NONE || leading < least)) {
            best = i;
            least = leading;
        }
    }
    return best;
}

static uint32_t
count_ranks(const struct casus_diff *diff, enum casus_measure measure)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++)
        count += casus_diff_rank_at(diff, i)->measure == measure;
    return count;
}

static const char *
name_of(const struct casus_report *report, const char *id)
{
    uint32_t actor = casus_dossier_actor_find(report->dossier, id);
    return actor == CASUS_NONE ? id : casus_dossier_actor_at(report->dossier, actor)->name;
}

static void
write_measure(struct cas_page *page, const struct casus_report *report, enum casus_measure measure)
{
    static const struct cas_column columns[] = {
        {"actor", false, false}, {"without the filter", true, false}, {"with it", true, false}};
    const struct casus_diff *diff = casus_fallen_diff(report->fallen);
    uint32_t all = count_ranks(diff, measure), top = cas_report_top(report), at = CASUS_NONE;
    struct cas_table table;
    if (!all)
        return;
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (uint32_t shown = 0; shown < all && shown < top; shown++) {
        at = next_rank(diff, measure, at);
        const struct casus_diff_rank *rank = casus_diff_rank_at(diff, at);
        cas_table_text(&table, name_of(report, rank->id));
        add_rank(&table, rank->rank[0]);
        add_rank(&table, rank->rank[1]);
    }
    cas_page_subsection(page, casus_measure_info(measure)->title);
    cas_page_table(page, &table);
    write_shown(page, all, top);
    cas_table_done(&table);
}

void
cas_report_fallen(struct cas_page *page, const struct casus_report *report)
{
    static const enum casus_measure shown[] = {CASUS_IN_STRENGTH, CASUS_OUT_STRENGTH,
                                               CASUS_PAGERANK, CASUS_BETWEENNESS};
    if (!report->fallen)
        return;
    cas_page_section(page, "What fell");
    if (!casus_fallen_event_count(report->fallen)) {
        cas_page_paragraph(page, "No event: the filter of belief removes nothing.");
        return;
    }
    write_events(page, report);
    if (!casus_diff_rank_count(casus_fallen_diff(report->fallen)))
        cas_page_paragraph(page, "No rank moved.");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        write_measure(page, report, shown[i]);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
put_rank(struct cas_json *json, const struct casus_diff_rank *rank)
{
    static const char *const keys[] = {"without", "with"};
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "actor", rank->id);
    cas_json_add_text(json, object, "measure", casus_measure_info(rank->measure)->name);
    for (int side = 0; side < 2; side++) {
        if (rank->rank[side])
            cas_json_add_count(json, object, keys[side], rank->rank[side]);
        else
            cas_json_add_null(json, object, keys[side]);
    }
    cas_json_put(json, NULL, object);
}

void
cas_report_fallen_json(struct cas_json *json, const struct casus_report *report)
{
    if (!report->fallen)
        return;
    const struct casus_diff *diff = casus_fallen_diff(report->fallen);
    cas_json_open_object(json, "removed");
    cas_json_open_array(json, "events");
    for (uint32_t i = 0; i < casus_fallen_event_count(report->fallen); i++)
        cas_json_put_text(json, NULL, event_at(report, i)->id);
    cas_json_close(json);
    cas_json_open_array(json, "ranks");
    for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++)
        put_rank(json, casus_diff_rank_at(diff, i));
    cas_json_close(json);
    cas_json_close(json);
}
