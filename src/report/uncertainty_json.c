/* How sure the ranks are, for programs: a member of the answer's object; columns of its CSV. */
#include <math.h>
#include <stdio.h>

#include "report/csv.h"
#include "report/json.h"
#include "report/report.h"

static const char *
name_of(int measure)
{
    return casus_measure_info((enum casus_measure)measure)->name;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
put_actor(struct cas_json *json, struct cas_buffer *text, const struct casus_report *report,
          uint32_t actor)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", casus_graph_actor_at(report->graph, actor)->id);
    struct cJSON *measures = cas_json_add_object(json, object, "measures");
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        struct casus_rank_range range =
            casus_uncertainty_at(report->uncertainty, (enum casus_measure)m, actor);
        cas_json_write_rank(text, "median", range.median);
        cas_json_write_rank(text, "low", range.low);
        cas_json_write_rank(text, "high", range.high);
        cas_json_write_number(text, "first", range.first);
        cas_json_write_number(text, "defined", range.defined);
        cas_json_add_written(json, measures, name_of(m), text);
    }
    cas_json_put(json, NULL, object);
}

void
cas_report_uncertainty_json(struct cas_json *json, const struct casus_report *report)
{
    if (!report->uncertainty)
        return;
    const struct casus_uncertainty_info *info = casus_uncertainty_info(report->uncertainty);
    struct cas_buffer text;
    cas_buffer_init(&text);
    cas_json_open_object(json, "uncertainty");
    cas_json_put_count(json, "worlds", info->worlds);
    cas_json_put_count(json, "seed", info->seed);
    cas_json_put_count(json, "first", info->first);
    cas_json_put_count(json, "events", info->events);
    cas_json_put_count(json, "ungraded", info->ungraded);
    cas_json_put_count(json, "certain", info->certain);
    cas_json_put_count(json, "dates", info->dates);
    cas_json_put_count(json, "losses", info->losses);
    cas_json_put_count(json, "unbounded", info->unbounded);
    cas_json_put_count(json, "merges", info->merges);
    cas_json_put_number(json, "rank_error", info->rank_error);
    cas_json_open_array(json, "actors");
    for (uint32_t v = 0; v < casus_graph_actor_count(report->graph); v++)
        put_actor(json, &text, report, v);
    cas_json_close(json);
    cas_json_close(json);
    cas_buffer_done(&text);
}

/* --- CSV -------------------------------------------------------------------------------------- */

void
cas_report_uncertainty_titles(struct cas_csv *csv, const struct casus_report *report)
{
    static const char *const ends[] = {"median", "low", "high", "first"};
    char title[64];
    for (int m = 0; report->uncertainty && m < CASUS_MEASURE_COUNT; m++) {
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            snprintf(title, sizeof title, "%s_%s", name_of(m), ends[i]);
            cas_csv_text(csv, title);
        }
    }
}

static void
write_rank(struct cas_csv *csv, uint32_t rank)
{
    cas_csv_number(csv, rank ? (double)rank : (double)NAN);
}

void
cas_report_uncertainty_cells(struct cas_csv *csv, const struct casus_report *report, uint32_t actor)
{
    for (int m = 0; report->uncertainty && m < CASUS_MEASURE_COUNT; m++) {
        struct casus_rank_range range =
            casus_uncertainty_at(report->uncertainty, (enum casus_measure)m, actor);
        write_rank(csv, range.median);
        write_rank(csv, range.low);
        write_rank(csv, range.high);
        cas_csv_number(csv, range.first);
    }
}
