/* A timeline as CSV: one table, the first column saying what a row is. Ids only; several in a cell
 * are separated by |, the parts of a bloc by ||.
 *
 *   record    from, to  id                  what            numbers of the window   measures, ranks  events
 *   window    ×                                             ×
 *   actor     ×         the actor                                                   ×
 *   change    ×         who                 kind of change                                           ×
 *   test      ×         at, the first day   its series      before, after, p, p_corrected
 */
#include <math.h>
#include <stdio.h>

#include "base/fault.h"
#include "report/csv.h"
#include "report/timeline.h"

struct sheet {
    struct cas_csv csv;
    struct cas_buffer cell;
    const struct casus_timeline_report *report;
};

enum { WINDOW_CELLS = 19, TEST_CELLS = 4 };

static int
measure_cells(const struct sheet *sheet)
{
    return sheet->report->balance ? 0 : 2 * CASUS_MEASURE_COUNT;
}

static void
write_head(struct sheet *sheet)
{
    static const char *const titles[] = {"record",
                                         "from",
                                         "to",
                                         "id",
                                         "what",
                                         "events",
                                         "attack",
                                         "support",
                                         "claim",
                                         "actors",
                                         "ties",
                                         "dyads",
                                         "density",
                                         "reciprocity",
                                         "degree",
                                         "triads_ppp",
                                         "triads_ppn",
                                         "triads_pnn",
                                         "triads_nnn",
                                         "balanced_fraction",
                                         "walk_balance",
                                         "frustration_lower",
                                         "frustration_upper",
                                         "blocs",
                                         "before",
                                         "after",
                                         "p",
                                         "p_corrected"};
    char title[64];
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        cas_csv_text(&sheet->csv, titles[i]);
    for (int i = 0; i < measure_cells(sheet); i++) {
        snprintf(title, sizeof title, "%s%s",
                 casus_measure_info((enum casus_measure)(i % CASUS_MEASURE_COUNT))->name,
                 i < CASUS_MEASURE_COUNT ? "" : "_rank");
        cas_csv_text(&sheet->csv, title);
    }
    cas_csv_text(&sheet->csv, "behind");
    cas_csv_end_row(&sheet->csv);
}

static void
write_period(struct sheet *sheet, const char *record, struct casus_date from, struct casus_date to)
{
    char date[12];
    cas_csv_text(&sheet->csv, record);
    cas_csv_text(&sheet->csv, casus_date_format(from, date));
    cas_csv_text(&sheet->csv, casus_date_format(to, date));
}

/* --- windows ------------------------------------------------------------------------------ */

static void
write_window(struct sheet *sheet, const struct casus_slice *slice)
{
    const struct casus_balance_facts *facts = &slice->balance;
    struct cas_csv *csv = &sheet->csv;
    write_period(sheet, "window", slice->window.from, slice->window.to);
    cas_csv_skip(&sheet->csv, 2);
    cas_csv_count(csv, slice->window.events);
    for (int r = 0; r < CASUS_RELATION_COUNT; r++)
        cas_csv_count(csv, slice->by_relation[r]);
    cas_csv_count(csv, slice->actors);
    cas_csv_count(csv, slice->ties);
    cas_csv_count(csv, slice->dyads);
    cas_csv_number(csv, slice->density);
    cas_csv_number(csv, slice->reciprocity);
    cas_csv_number(csv, slice->degree);
    for (int i = 0; i < CASUS_TRIAD_COUNT; i++)
        cas_csv_count(csv, facts->triads[i]);
    cas_csv_number(csv, facts->strict);
    cas_csv_number(csv, facts->walk);
    cas_csv_number(csv, facts->frustration.lower);
    cas_csv_number(csv, facts->frustration.upper);
    cas_csv_number(csv, facts->disagreement.undefined ? NAN : facts->blocs);
    cas_csv_skip(&sheet->csv, TEST_CELLS + measure_cells(sheet) + 1);
    cas_csv_end_row(csv);
}

static void
write_actor(struct sheet *sheet, const struct casus_moment *moment, uint32_t actor)
{
    struct cas_csv *csv = &sheet->csv;
    write_period(sheet, "actor", moment->slice->window.from, moment->slice->window.to);
    cas_csv_text(csv, casus_graph_actor_at(moment->graph, actor)->id);
    cas_csv_skip(&sheet->csv, 1);
    cas_csv_count(csv, casus_graph_actor_at(moment->graph, actor)->events);
    cas_csv_skip(&sheet->csv, WINDOW_CELLS - 1 + TEST_CELLS);
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        cas_csv_number(csv, casus_scores_at(moment->contact, (enum casus_measure)m, actor));
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        uint32_t rank = casus_scores_rank(moment->contact, (enum casus_measure)m, actor);
        cas_csv_number(csv, rank ? rank : NAN);
    }
    cas_csv_skip(&sheet->csv, 1);
    cas_csv_end_row(csv);
}

static enum casus_status
write_moment(void *context, const struct casus_moment *moment, struct casus_error *err)
{
    struct sheet *sheet = context;
    write_window(sheet, moment->slice);
    for (uint32_t v = 0; moment->contact && v < casus_graph_actor_count(moment->graph); v++)
        write_actor(sheet, moment, v);
    return sheet->csv.failed ? cas_fail_memory(err) : CASUS_OK;
}

/* --- change ------------------------------------------------------------------------------- */

static void
write_change(struct sheet *sheet, const struct casus_timeline *timeline,
             const struct casus_change *change)
{
    const struct casus_window *window =
        casus_windows_at(casus_timeline_windows(timeline), change->window);
    write_period(sheet, "change", window->from, window->to);
    for (uint32_t i = 0; i < change->actor_count; i++) {
        bool apart = i && change->parts && change->parts[i] != change->parts[i - 1];
        cas_buffer_printf(&sheet->cell, "%s%s",
                          !i      ? ""
                          : apart ? "||"
                                  : "|",
                          casus_timeline_actor_at(timeline, change->actors[i])->id);
    }
    cas_csv_said(&sheet->csv, &sheet->cell);
    bool tie = change->kind == CASUS_TIE_BEGINS || change->kind == CASUS_TIE_ENDS;
    cas_buffer_printf(&sheet->cell, "%s%s%s", casus_change_name(change->kind), tie ? " " : "",
                      tie ? casus_relation_name(change->relation) : "");
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_skip(&sheet->csv, WINDOW_CELLS);
    bool climb = change->kind == CASUS_CLIMB;
    cas_csv_number(&sheet->csv, climb ? change->before : NAN);
    cas_csv_number(&sheet->csv, climb ? change->after : NAN);
    cas_csv_skip(&sheet->csv, 2 + measure_cells(sheet));
    cas_change_events(&sheet->cell, timeline, change, 0, "|");
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_end_row(&sheet->csv);
}

static void
write_shift(struct sheet *sheet, const struct casus_timeline *timeline,
            const struct casus_shift *shift)
{
    const struct casus_windows *windows = casus_timeline_windows(timeline);
    char date[12];
    write_period(sheet, "test", casus_windows_at(windows, shift->begin)->from,
                 casus_windows_at(windows, shift->end - 1)->to);
    cas_csv_text(&sheet->csv, casus_date_format(casus_windows_at(windows, shift->at)->from, date));
    cas_csv_text(&sheet->csv, casus_series_name(shift->series));
    cas_csv_skip(&sheet->csv, WINDOW_CELLS);
    cas_csv_number(&sheet->csv, shift->before);
    cas_csv_number(&sheet->csv, shift->after);
    cas_csv_number(&sheet->csv, shift->p);
    cas_csv_number(&sheet->csv, shift->corrected);
    cas_csv_skip(&sheet->csv, measure_cells(sheet) + 1);
    cas_csv_end_row(&sheet->csv);
}

/* --- all of it ---------------------------------------------------------------------------- */

enum casus_status
cas_timeline_csv(const struct casus_timeline_report *report, struct casus_output *output,
                 struct casus_error *err)
{
    struct sheet sheet = {.report = report};
    struct casus_timeline *timeline = NULL;
    cas_csv_init(&sheet.csv, output);
    cas_buffer_init(&sheet.cell);
    write_head(&sheet);
    enum casus_status status =
        cas_timeline_run(report, false, write_moment, &sheet, &timeline, err);
    for (uint32_t i = 0; timeline && i < casus_timeline_change_count(timeline); i++) {
        const struct casus_change *change = casus_timeline_change_at(timeline, i);
        if (cas_timeline_tells(report, change->kind))
            write_change(&sheet, timeline, change);
    }
    for (uint32_t i = 0; timeline && i < casus_timeline_shift_count(timeline); i++)
        write_shift(&sheet, timeline, casus_timeline_shift_at(timeline, i));
    casus_timeline_free(timeline);
    cas_buffer_done(&sheet.cell);
    enum casus_status written = cas_csv_done(&sheet.csv, err);
    return status == CASUS_OK ? written : status;
}
