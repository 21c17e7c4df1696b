/* The centrality report: which layout is written where, and CSV. */
#include "report/report.h"

#include <stdio.h>

#include "report/csv.h"

const struct casus_scores *
cas_report_alone(const struct casus_report *report, enum casus_relation relation)
{
    return relation == CASUS_ATTACK    ? report->attack
           : relation == CASUS_SUPPORT ? report->support
                                       : NULL;
}

const struct casus_scoring *
cas_report_scoring(const struct casus_report *report)
{
    static const struct casus_scoring standard;
    return report->scoring ? report->scoring : &standard;
}

double
cas_report_damping(const struct casus_report *report)
{
    const struct casus_scoring *scoring = cas_report_scoring(report);
    return scoring->damping_given || scoring->damping != 0 ? scoring->damping : 0.85;
}

/* --- CSV: one row an actor ---------------------------------------------------------------- */

static void
write_csv_titles(struct cas_csv *csv, const char *before, const char *after)
{
    char title[64];
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        snprintf(title, sizeof title, "%s%s%s", before,
                 casus_measure_info((enum casus_measure)m)->name, after);
        cas_csv_text(csv, title);
    }
}

static void
write_csv_head(struct cas_csv *csv, const struct casus_report *report)
{
    static const char *const own[] = {"id", "name", "kind", "parent", "side"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        cas_csv_text(csv, own[i]);
    write_csv_titles(csv, "", "");
    write_csv_titles(csv, "", "_rank");
    write_csv_titles(csv, "attack_", "");
    write_csv_titles(csv, "support_", "");
    cas_report_brokers_titles(csv, report);
    cas_report_sample_titles(csv, report);
    cas_report_uncertainty_titles(csv, report);
    cas_report_reliance_titles(csv, report);
    cas_csv_end_row(csv);
}

static void
write_csv_scores(struct cas_csv *csv, const struct casus_scores *scores, uint32_t actor)
{
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        if (scores)
            cas_csv_number(csv, casus_scores_at(scores, (enum casus_measure)m, actor));
        else
            cas_csv_text(csv, NULL);
    }
}

static void
write_csv_ranks(struct cas_csv *csv, const struct casus_scores *scores, uint32_t actor)
{
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        uint32_t rank = casus_scores_rank(scores, (enum casus_measure)m, actor);
        if (rank)
            cas_csv_count(csv, rank);
        else
            cas_csv_text(csv, NULL);
    }
}

static void
write_csv_actor(struct cas_csv *csv, const struct casus_report *report, uint32_t actor)
{
    const struct casus_node *node = casus_graph_actor_at(report->graph, actor);
    cas_csv_text(csv, node->id);
    cas_csv_text(csv, node->name);
    cas_csv_text(csv, casus_kind_name(node->kind));
    cas_csv_text(csv, node->parent_id);
    cas_csv_text(csv, node->side);
    write_csv_scores(csv, report->contact, actor);
    write_csv_ranks(csv, report->contact, actor);
    write_csv_scores(csv, report->attack, actor);
    write_csv_scores(csv, report->support, actor);
    cas_report_brokers_cells(csv, report, actor);
    cas_report_sample_cells(csv, report, actor);
    cas_report_uncertainty_cells(csv, report, actor);
    cas_report_reliance_cells(csv, report, actor);
    cas_csv_end_row(csv);
}

enum casus_status
cas_report_csv(const struct casus_report *report, struct casus_output *output,
               struct casus_error *err)
{
    struct cas_csv csv;
    cas_csv_init(&csv, output);
    write_csv_head(&csv, report);
    for (uint32_t i = 0; i < casus_graph_actor_count(report->graph); i++)
        write_csv_actor(&csv, report, i);
    return cas_csv_done(&csv, err);
}

enum casus_status
casus_report_write(const struct casus_report *report, enum casus_layout layout,
                   struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_JSON: return cas_report_json(report, output, err);
    case CASUS_CSV: return cas_report_csv(report, output, err);
    default: return cas_report_page(report, layout, output, err);
    }
}
