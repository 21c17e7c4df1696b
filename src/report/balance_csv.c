/* Balance as CSV: one table, the first column saying what a row is. Ids only; events in a cell are
 * separated by |.
 *
 *   record    id      other  sign, weight, frustrated, disagrees, events  part, camp, bloc, community, swing  lower, upper, proved  why
 *   measure   its name                                                                                        ×                     not defined, or stopped
 *   actor     ×                                                           ×
 *   tie       a       b      ×
 */
#include <math.h>

#include "report/balance.h"
#include "report/csv.h"
#include "report/naming.h"

struct sheet {
    struct cas_csv csv;
    struct cas_buffer cell;
    const struct casus_balance_report *report;
    const struct casus_balance *balance;
};

static void
write_flag(struct sheet *sheet, bool flag)
{
    cas_csv_text(&sheet->csv, flag ? "true" : "false");
}

/* 0: none */
static void
write_number(struct sheet *sheet, uint32_t number)
{
    if (number)
        cas_csv_count(&sheet->csv, number);
    else
        cas_csv_skip(&sheet->csv, 1);
}

static void
write_head(struct sheet *sheet)
{
    static const char *const titles[] = {"record",     "id",        "other",  "sign",  "weight",
                                         "frustrated", "disagrees", "events", "part",  "camp",
                                         "bloc",       "community", "swing",  "lower", "upper",
                                         "proved",     "why"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        cas_csv_text(&sheet->csv, titles[i]);
    cas_csv_end_row(&sheet->csv);
}

static void
write_measure(struct sheet *sheet, const char *name, double lower, double upper, bool proved,
              const char *why)
{
    cas_csv_text(&sheet->csv, "measure");
    cas_csv_text(&sheet->csv, name);
    cas_csv_skip(&sheet->csv, 11);
    cas_csv_number(&sheet->csv, lower);
    cas_csv_number(&sheet->csv, upper);
    write_flag(sheet, proved);
    cas_csv_text(&sheet->csv, why);
    cas_csv_end_row(&sheet->csv);
}

static void
write_exact(struct sheet *sheet, const char *name, double value, const char *why)
{
    write_measure(sheet, name, value, value, !isnan(value), why);
}

/* Of something that may be better yet. */
static void
write_guess(struct sheet *sheet, const char *name, double value, const char *why)
{
    write_measure(sheet, name, value, value, false, why);
}

static void
write_bounds(struct sheet *sheet, const char *name, const struct casus_bounds *bounds)
{
    write_measure(sheet, name, bounds->lower, bounds->upper, bounds->proved,
                  bounds->undefined ? bounds->undefined : bounds->stopped);
}

static void
write_measures(struct sheet *sheet)
{
    const struct casus_balance_facts *facts = casus_balance_facts(sheet->balance);
    const struct casus_community_facts *communities = &facts->communities;
    static const char *const names[] = {"triads_ppp", "triads_ppn", "triads_pnn", "triads_nnn"};
    for (unsigned i = 0; i < CASUS_TRIAD_COUNT; i++)
        write_exact(sheet, names[i], (double)facts->triads[i], NULL);
    write_exact(sheet, "balanced_fraction", facts->strict, facts->strict_undefined);
    write_exact(sheet, "weakly_balanced_fraction", facts->weak, facts->strict_undefined);
    write_exact(sheet, "walk_balance", facts->walk, facts->walk_undefined);
    write_bounds(sheet, "frustration", &facts->frustration);
    write_measure(sheet, "score", facts->score[0], facts->score[1], facts->frustration.proved,
                  facts->frustration.undefined);
    write_bounds(sheet, "disagreement", &facts->disagreement);
    write_guess(sheet, "agreement", facts->agreement, facts->disagreement.undefined);
    write_guess(sheet, "least_agreement", facts->least_agreement, facts->disagreement.undefined);
    write_guess(sheet, "modularity", communities->modularity, communities->undefined);
    write_guess(sheet, "community_agreement", communities->agreement, communities->undefined);
    write_guess(sheet, "community_least_agreement", communities->least_agreement,
                communities->undefined);
}

static void
write_actor(struct sheet *sheet, uint32_t actor)
{
    cas_csv_text(&sheet->csv, "actor");
    cas_csv_text(&sheet->csv, cas_id_of_actor(sheet->report->graph, actor));
    cas_csv_skip(&sheet->csv, 6);
    write_number(sheet, casus_balance_part(sheet->balance, actor));
    write_number(sheet, (uint32_t)casus_balance_camp(sheet->balance, actor));
    write_number(sheet, casus_balance_bloc(sheet->balance, actor));
    write_number(sheet, casus_balance_community(sheet->balance, actor));
    write_flag(sheet, casus_balance_swings(sheet->balance, actor));
    cas_csv_skip(&sheet->csv, 4);
    cas_csv_end_row(&sheet->csv);
}

static void
write_events(struct sheet *sheet, const struct casus_signed_tie *tie)
{
    for (uint32_t i = 0; sheet->report->dossier && i < tie->event_count; i++)
        cas_buffer_printf(&sheet->cell, "%s%s", i ? "|" : "",
                          cas_id_of_event(sheet->report->dossier, tie->events[i]));
    cas_csv_said(&sheet->csv, &sheet->cell);
}

static void
write_tie(struct sheet *sheet, const struct casus_signed_tie *tie)
{
    cas_csv_text(&sheet->csv, "tie");
    cas_csv_text(&sheet->csv, cas_id_of_actor(sheet->report->graph, tie->a));
    cas_csv_text(&sheet->csv, cas_id_of_actor(sheet->report->graph, tie->b));
    cas_csv_number(&sheet->csv, tie->sign);
    cas_csv_number(&sheet->csv, tie->weight);
    write_flag(sheet, tie->frustrated);
    write_flag(sheet, tie->disagrees);
    write_events(sheet, tie);
    cas_csv_skip(&sheet->csv, 9);
    cas_csv_end_row(&sheet->csv);
}

enum casus_status
cas_balance_csv(const struct casus_balance_report *report, struct casus_output *output,
                struct casus_error *err)
{
    struct sheet sheet = {.report = report, .balance = report->balance};
    cas_csv_init(&sheet.csv, output);
    cas_buffer_init(&sheet.cell);
    write_head(&sheet);
    write_measures(&sheet);
    for (uint32_t v = 0; v < casus_graph_actor_count(report->graph); v++)
        write_actor(&sheet, v);
    for (uint32_t i = 0; i < casus_balance_tie_count(sheet.balance); i++)
        write_tie(&sheet, casus_balance_tie_at(sheet.balance, i));
    cas_buffer_done(&sheet.cell);
    return cas_csv_done(&sheet.csv, err);
}

enum casus_status
casus_balance_write(const struct casus_balance_report *report, enum casus_layout layout,
                    struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_JSON: return cas_balance_json(report, output, err);
    case CASUS_CSV: return cas_balance_csv(report, output, err);
    default: return cas_balance_page(report, layout, output, err);
    }
}
