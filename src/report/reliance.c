/* What hangs on one source: for people, and for programs.
 *
 * In tables and sentences only ranks that fall out of the first k; JSON holds those that get worse
 * within them too, CSV names by actor and measure what its rank hangs on.
 */
#include <inttypes.h>
#include <stdio.h>

#include "report/csv.h"
#include "report/json.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

static const char *
id_of(const struct casus_report *report, const struct casus_stay *stay)
{
    return stay->kind == CASUS_STAY_SOURCE ? casus_dossier_source_at(report->dossier, stay->who)->id
                                           : casus_dossier_actor_at(report->dossier, stay->who)->id;
}

static const char *
name_of(const struct casus_report *report, const struct casus_stay *stay)
{
    if (stay->kind != CASUS_STAY_SOURCE)
        return casus_dossier_actor_at(report->dossier, stay->who)->name;
    const struct casus_source *source = casus_dossier_source_at(report->dossier, stay->who);
    return source->name ? source->name : source->id;
}

static bool
falls_out(const struct casus_report *report, const struct casus_hanging *hanging)
{
    return !hanging->after || hanging->after > casus_reliance_first(report->reliance);
}

static uint32_t
count_falls(const struct casus_report *report, const struct casus_stay *stay)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < stay->rank_count; i++)
        count += falls_out(report, casus_reliance_rank_at(report->reliance, stay->rank_begin + i));
    return count;
}

/* --- the page --------------------------------------------------------------------------------- */

static void
write_table(struct cas_page *page, const struct casus_report *report)
{
    static const struct cas_column columns[] = {{"without", false, false},
                                                {"is a", false, false},
                                                {"events", true, false},
                                                {"ranks", true, false}};
    struct cas_table table;
    uint32_t all = casus_reliance_count(report->reliance), top = cas_report_top(report);
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (uint32_t i = 0; i < all && i < top; i++) {
        const struct casus_stay *stay = casus_reliance_at(report->reliance, i);
        cas_table_text(&table, name_of(report, stay));
        cas_table_text(&table, casus_stay_name(stay->kind));
        cas_table_number(&table, stay->events);
        if (stay->everything)
            cas_table_text(&table, "all");
        else
            cas_table_number(&table, count_falls(report, stay));
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, all < top ? all : top, all);
}

static const char *
ordinal(uint32_t rank, char out[24])
{
    static const char *const words[] = {"", "first", "second", "third"};
    if (rank < sizeof words / sizeof words[0])
        return words[rank];
    snprintf(out, 24, "of rank %" PRIu32, rank);
    return out;
}

static void
write_rank(struct cas_page *page, const struct casus_report *report, const struct casus_stay *stay,
           const struct casus_hanging *hanging)
{
    struct cas_buffer words;
    char before[24];
    cas_buffer_init(&words);
    cas_buffer_printf(&words, "%s is %s in %s only through %s; ",
                      casus_graph_actor_at(report->graph, hanging->actor)->name,
                      ordinal(hanging->before, before), casus_measure_info(hanging->measure)->title,
                      name_of(report, stay));
    if (hanging->after)
        cas_buffer_printf(&words, "without it of rank %" PRIu32, hanging->after);
    else
        cas_buffer_text(&words, "without it not defined");
    if (!words.failed)
        cas_page_bullet(page, words.s);
    page->failed |= words.failed;
    cas_buffer_done(&words);
}

static void
write_stay(struct cas_page *page, const struct casus_report *report, const struct casus_stay *stay)
{
    uint32_t all = count_falls(report, stay), top = cas_report_top(report), shown = 0;
    if (stay->everything || !all)
        return;
    cas_page_subsection(page, name_of(report, stay));
    cas_page_open_bullets(page);
    for (uint32_t i = 0; i < stay->rank_count && shown < top; i++) {
        const struct casus_hanging *hanging =
            casus_reliance_rank_at(report->reliance, stay->rank_begin + i);
        if (!falls_out(report, hanging))
            continue;
        write_rank(page, report, stay, hanging);
        shown++;
    }
    cas_page_close_bullets(page);
    cas_summary_shown(page, shown, all);
}

void
cas_report_reliance(struct cas_page *page, const struct casus_report *report)
{
    if (!report->reliance)
        return;
    uint32_t all = casus_reliance_count(report->reliance);
    cas_page_section(page, "What hangs on one source");
    cas_page_paragraph(page,
                       "Each source, claimant and outlet was left out in turn, with the events "
                       "that rest on it alone. Ranks are those among the first %" PRIu32
                       " that fall out of them.",
                       casus_reliance_first(report->reliance));
    if (!all) {
        cas_page_paragraph(page, "No event rests on one of them alone.");
        return;
    }
    write_table(page, report);
    for (uint32_t i = 0; i < all; i++) {
        const struct casus_stay *stay = casus_reliance_at(report->reliance, i);
        if (stay->everything)
            cas_page_paragraph(page, "Everything here rests on %s: without it no tie is left.",
                               name_of(report, stay));
        else if (i < cas_report_top(report))
            write_stay(page, report, stay);
    }
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
put_stay(struct cas_json *json, const struct casus_report *report, const struct casus_stay *stay)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "kind", casus_stay_name(stay->kind));
    cas_json_add_text(json, object, "id", id_of(report, stay));
    cas_json_add_text(json, object, "name", name_of(report, stay));
    cas_json_add_count(json, object, "events", stay->events);
    cas_json_add_bool(json, object, "everything", stay->everything);
    struct cJSON *ranks = cas_json_add_array(json, object, "ranks");
    for (uint32_t i = 0; i < stay->rank_count; i++) {
        const struct casus_hanging *hanging =
            casus_reliance_rank_at(report->reliance, stay->rank_begin + i);
        struct cJSON *rank = cas_json_object(json);
        cas_json_add_text(json, rank, "id",
                          casus_graph_actor_at(report->graph, hanging->actor)->id);
        cas_json_add_text(json, rank, "measure", casus_measure_info(hanging->measure)->name);
        cas_json_add_count(json, rank, "before", hanging->before);
        if (hanging->after)
            cas_json_add_count(json, rank, "after", hanging->after);
        else
            cas_json_add_null(json, rank, "after");
        cas_json_add(json, ranks, NULL, rank);
    }
    cas_json_add_count(json, object, "ranks_left_out", stay->ranks_left_out);
    cas_json_put(json, NULL, object);
}

void
cas_report_reliance_json(struct cas_json *json, const struct casus_report *report)
{
    if (!report->reliance)
        return;
    cas_json_open_object(json, "without");
    cas_json_put_count(json, "first", casus_reliance_first(report->reliance));
    cas_json_open_array(json, "sources");
    for (uint32_t i = 0; i < casus_reliance_count(report->reliance); i++)
        put_stay(json, report, casus_reliance_at(report->reliance, i));
    cas_json_close(json);
    cas_json_close(json);
}

/* --- CSV -------------------------------------------------------------------------------------- */

void
cas_report_reliance_titles(struct cas_csv *csv, const struct casus_report *report)
{
    char title[64];
    for (int m = 0; report->reliance && m < CASUS_MEASURE_COUNT; m++) {
        snprintf(title, sizeof title, "%s_hangs_on",
                 casus_measure_info((enum casus_measure)m)->name);
        cas_csv_text(csv, title);
    }
}

static bool
hangs(const struct casus_report *report, const struct casus_stay *stay, enum casus_measure measure,
      uint32_t actor)
{
    for (uint32_t i = 0; i < stay->rank_count; i++) {
        const struct casus_hanging *hanging =
            casus_reliance_rank_at(report->reliance, stay->rank_begin + i);
        if (hanging->measure == measure && hanging->actor == actor && falls_out(report, hanging))
            return true;
    }
    return false;
}

/* Ids with | between them, as lists in a CSV set. */
void
cas_report_reliance_cells(struct cas_csv *csv, const struct casus_report *report, uint32_t actor)
{
    struct cas_buffer ids;
    cas_buffer_init(&ids);
    for (int m = 0; report->reliance && m < CASUS_MEASURE_COUNT; m++) {
        uint32_t rank = casus_scores_rank(report->contact, (enum casus_measure)m, actor);
        bool asked = rank && rank <= casus_reliance_first(report->reliance);
        cas_buffer_clear(&ids);
        for (uint32_t i = 0; asked && i < casus_reliance_count(report->reliance); i++) {
            const struct casus_stay *stay = casus_reliance_at(report->reliance, i);
            if (stay->everything || hangs(report, stay, (enum casus_measure)m, actor))
                cas_buffer_printf(&ids, "%s%s", ids.n ? "|" : "", id_of(report, stay));
        }
        cas_csv_text(csv, ids.n && !ids.failed ? ids.s : NULL);
    }
    csv->failed |= ids.failed;
    cas_buffer_done(&ids);
}
