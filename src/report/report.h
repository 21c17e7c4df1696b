/* The centrality report, one function a family of layouts; and what it has to warn of. */
#ifndef CAS_REPORT_H
#define CAS_REPORT_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_report_page(const struct casus_report *report, enum casus_layout layout,
                                  struct casus_output *output, struct casus_error *err);
enum casus_status cas_report_json(const struct casus_report *report, struct casus_output *output,
                                  struct casus_error *err);
enum casus_status cas_report_csv(const struct casus_report *report, struct casus_output *output,
                                 struct casus_error *err);

/* Parts of the page: who attacks, is hit, backs, is backed, speaks; then the tables of measures. */
struct cas_page;
void cas_report_lists(struct cas_page *page, const struct casus_report *report);
void cas_report_rankings(struct cas_page *page, const struct casus_report *report);
struct cas_json;
/* "actors" of the open object, as the report holds them. Of `report` the graph and the scores are
 * read; without a graph's scores the list is empty. */
void cas_report_actors_json(struct cas_json *json, const struct casus_report *report);
/* Brokers, where the report has them: a section, members of the open object, columns. */
struct cas_csv;
void cas_report_brokers(struct cas_page *page, const struct casus_report *report);
void cas_report_brokers_json(struct cas_json *json, const struct casus_report *report);
void cas_report_brokers_titles(struct cas_csv *csv, const struct casus_report *report);
void cas_report_brokers_cells(struct cas_csv *csv, const struct casus_report *report,
                              uint32_t actor);
/* Where betweenness comes from a sample, likewise. */
void cas_report_sample(struct cas_page *page, const struct casus_report *report);
void cas_report_sample_json(struct cas_json *json, const struct casus_report *report);
void cas_report_sample_titles(struct cas_csv *csv, const struct casus_report *report);
void cas_report_sample_cells(struct cas_csv *csv, const struct casus_report *report,
                             uint32_t actor);
/* How sure the ranks are, likewise. */
void cas_report_uncertainty(struct cas_page *page, const struct casus_report *report);
void cas_report_uncertainty_json(struct cas_json *json, const struct casus_report *report);
void cas_report_uncertainty_titles(struct cas_csv *csv, const struct casus_report *report);
void cas_report_uncertainty_cells(struct cas_csv *csv, const struct casus_report *report,
                                  uint32_t actor);
/* What hangs on one source, likewise. */
void cas_report_reliance(struct cas_page *page, const struct casus_report *report);
void cas_report_reliance_json(struct cas_json *json, const struct casus_report *report);
void cas_report_reliance_titles(struct cas_csv *csv, const struct casus_report *report);
void cas_report_reliance_cells(struct cas_csv *csv, const struct casus_report *report,
                               uint32_t actor);
/* What a filter of belief took away, likewise. */
void cas_report_fallen(struct cas_page *page, const struct casus_report *report);
void cas_report_fallen_json(struct cas_json *json, const struct casus_report *report);
/* All roles of an actor together. */
uint64_t cas_brokers_roles(const struct casus_brokers *brokers, uint32_t actor);

/* Rows of a table. */
uint32_t cas_report_top(const struct casus_report *report);

/* Calls `take` for each caveat that applies to the report's graph, in a fixed order; its name
 * ("few_events") is for ever, its text borrowed for the call. False without memory. */
bool cas_caveats_each(const struct casus_report *report,
                      void (*take)(void *context, const char *name, const char *text),
                      void *context);

/* The scores of a relation alone, or NULL where the report has none. */
const struct casus_scores *cas_report_alone(const struct casus_report *report,
                                            enum casus_relation relation);
/* The scoring that was used, never NULL. */
const struct casus_scoring *cas_report_scoring(const struct casus_report *report);
double cas_report_damping(const struct casus_report *report);

#endif
