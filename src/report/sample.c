/* What is known of betweenness where it comes from a sample: bounds of scores and of ranks. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/csv.h"
#include "report/format.h"
#include "report/json.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

struct place {
    uint32_t rank, actor;
};

static int
by_rank(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

/* Actors with a score, the first ones first; owned, NULL without memory. */
static struct place *
order_places(const struct casus_report *report, size_t *out_count)
{
    uint32_t n = casus_graph_actor_count(report->graph);
    struct place *places = cas_zalloc((size_t)n + 1, sizeof *places);
    *out_count = 0;
    for (uint32_t v = 0; places && v < n; v++) {
        uint32_t rank = casus_scores_rank(report->contact, CASUS_BETWEENNESS, v);
        if (rank && casus_scores_at(report->contact, CASUS_BETWEENNESS, v) > 0)
            places[(*out_count)++] = (struct place){rank, v};
    }
    if (places && *out_count)
        qsort(places, *out_count, sizeof *places, by_rank);
    return places;
}

/* --- for people --------------------------------------------------------------------------- */

static void
write_rows(struct cas_page *page, const struct casus_report *report, const struct place *places,
           size_t count)
{
    static const struct cas_column columns[] = {
        {"#", true, false},        {"actor", false, false},  {"betweenness", true, false},
        {"at least", true, false}, {"at most", true, false}, {"rank", true, false}};
    struct cas_table table;
    size_t top = cas_report_top(report), shown = count < top ? count : top;
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < shown; i++) {
        struct casus_score_bounds bounds = casus_scores_bounds(report->contact, places[i].actor);
        char ranks[48];
        if (bounds.best == bounds.worst)
            snprintf(ranks, sizeof ranks, "%" PRIu32, bounds.best);
        else
            snprintf(ranks, sizeof ranks, "%" PRIu32 "–%" PRIu32, bounds.best, bounds.worst);
        cas_table_number(&table, places[i].rank);
        cas_table_text(&table, casus_graph_actor_at(report->graph, places[i].actor)->name);
        cas_table_number(&table,
                         casus_scores_at(report->contact, CASUS_BETWEENNESS, places[i].actor));
        cas_table_number(&table, bounds.low);
        cas_table_number(&table, bounds.high);
        cas_table_text(&table, ranks);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, shown, count);
}

void
cas_report_sample(struct cas_page *page, const struct casus_report *report)
{
    const struct casus_approximation *info = casus_scores_approximation(report->contact);
    char epsilon[32];
    size_t count;
    if (!info)
        return;
    cas_page_section(page, "Betweenness from a sample");
    cas_page_paragraph(
        page,
        "Betweenness is not exact here: it comes from %" PRIu64
        " shortest paths drawn at random (seed %" PRIu64 "). With %.0f %% confidence "
        "all scores lie within these bounds at once, and within %s of their range, "
        "(n − 1)(n − 2). Without --approximate it is exact.",
        info->samples, info->seed, 100 * info->confidence, cas_number_text(info->epsilon, epsilon));
    struct place *places = order_places(report, &count);
    if (!places)
        page->failed = true;
    else if (count)
        write_rows(page, report, places, count);
    else
        cas_page_paragraph(page, "Nobody stood between others in the sample.");
    cas_free(places);
}

/* --- for programs ------------------------------------------------------------------------- */

static void
put_bounds(struct cas_json *json, const struct casus_report *report, uint32_t actor)
{
    struct casus_score_bounds bounds = casus_scores_bounds(report->contact, actor);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", casus_graph_actor_at(report->graph, actor)->id);
    cas_json_add_number(json, object, "score",
                        casus_scores_at(report->contact, CASUS_BETWEENNESS, actor));
    cas_json_add_number(json, object, "low", bounds.low);
    cas_json_add_number(json, object, "high", bounds.high);
    cas_json_add_count(json, object, "best", bounds.best);
    cas_json_add_count(json, object, "worst", bounds.worst);
    cas_json_put(json, NULL, object);
}

void
cas_report_sample_json(struct cas_json *json, const struct casus_report *report)
{
    const struct casus_approximation *info = casus_scores_approximation(report->contact);
    size_t count, top = cas_report_top(report);
    if (!info)
        return;
    struct place *places = order_places(report, &count);
    json->failed |= !places;
    cas_json_open_object(json, "approximate");
    cas_json_open_object(json, "betweenness");
    cas_json_put_number(json, "epsilon", info->epsilon);
    cas_json_put_number(json, "confidence", info->confidence);
    cas_json_put_count(json, "samples", info->samples);
    cas_json_put_count(json, "seed", info->seed);
    cas_json_open_array(json, "first");
    for (size_t i = 0; places && i < count && i < top; i++)
        put_bounds(json, report, places[i].actor);
    cas_json_close(json);
    cas_json_close(json);
    cas_json_close(json);
    cas_free(places);
}

void
cas_report_sample_titles(struct cas_csv *csv, const struct casus_report *report)
{
    if (!casus_scores_approximation(report->contact))
        return;
    cas_csv_text(csv, "betweenness_low");
    cas_csv_text(csv, "betweenness_high");
}

void
cas_report_sample_cells(struct cas_csv *csv, const struct casus_report *report, uint32_t actor)
{
    if (!casus_scores_approximation(report->contact))
        return;
    struct casus_score_bounds bounds = casus_scores_bounds(report->contact, actor);
    cas_csv_number(csv, bounds.best ? bounds.low : NAN);
    cas_csv_number(csv, bounds.best ? bounds.high : NAN);
}
