/* The centrality report that a person reads: what was left out, what there is, who does what, the
 * measures, what they mean and what to beware of.
 */
#include <inttypes.h>

#include "report/format.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

uint32_t
cas_report_top(const struct casus_report *report)
{
    return cas_summary_top(&report->heading);
}

static void
write_losses(struct cas_page *page, const struct casus_totals *totals)
{
    struct cas_buffer words;
    char figure[CAS_FIGURE_SIZE];
    cas_buffer_init(&words);
    for (int k = 0; k < CASUS_LOSS_COUNT; k++) {
        if (casus_figure_known(&totals->losses[k]))
            cas_buffer_printf(&words, "%s%s %s", words.n ? ", " : "",
                              casus_loss_name((enum casus_loss_kind)k),
                              cas_figure_text(&totals->losses[k], figure));
    }
    page->failed |= words.failed;
    if (words.n && !words.failed)
        cas_page_fact(page, "Losses", "%s", words.s);
    cas_buffer_done(&words);
}

static void
write_head(struct cas_page *page, const struct casus_report *report)
{
    const struct casus_totals *totals = casus_graph_totals(report->graph);
    const char *title = casus_graph_title(report->graph);
    cas_page_title(page, title && title[0] ? title : "Who fights whom, who stands behind whom");
    cas_page_open_facts(page, CAS_SUMMARY_WIDTH);
    cas_summary_write(page, &report->heading, report->graph);
    write_losses(page, totals);
    cas_page_close_facts(page);
}

/* --- what it means ------------------------------------------------------------------------ */

static void
write_scoring(struct cas_page *page, const struct casus_report *report)
{
    const struct casus_scoring *scoring = cas_report_scoring(report);
    char damping[32];
    cas_page_fact(page, "rank",
                  "1 is the highest score, of constraint the lowest; equal scores "
                  "share the better rank");
    cas_page_fact(page, "losses",
                  "people, low–best–high; ≥ and ≤ where just one bound is given, ? where one is "
                  "not; – where nobody gives a figure");
    cas_page_fact(page, "–", "not defined");
    cas_page_fact(page, "scoring", "damping %s; distances are %s%s%s",
                  cas_number_text(cas_report_damping(report), damping),
                  scoring->reciprocal ? "1/weight" : "hops",
                  scoring->normalized ? "; betweenness, closeness and harmonic are normalised" : "",
                  scoring->with_generic ? "; generic actors take part in all measures" : "");
}

static void
write_definitions(struct cas_page *page, const struct casus_report *report)
{
    size_t widest = 0;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        size_t n = strlen(casus_measure_info((enum casus_measure)m)->title);
        widest = n > widest ? n : widest;
    }
    cas_page_section(page, "Definitions");
    cas_page_open_facts(page, widest);
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        const struct casus_measure_info *info = casus_measure_info((enum casus_measure)m);
        bool source = info->source && info->source[0];
        cas_page_fact(page, info->title, "%s%s%s%s", info->definition, source ? " (" : "",
                      source ? info->source : "", source ? ")" : "");
    }
    write_scoring(page, report);
    cas_page_close_facts(page);
}

static void
write_caveats(struct cas_page *page, const struct casus_report *report)
{
    struct cas_caveat_list list = {page, false};
    if (!cas_caveats_each(report, cas_page_caveat, &list))
        page->failed = true;
    cas_page_close_caveats(&list);
    if (!list.begun) {
        cas_page_section(page, "Caveats");
        cas_page_paragraph(page, "None that casus knows of.");
    }
}

enum casus_status
cas_report_page(const struct casus_report *report, enum casus_layout layout,
                struct casus_output *output, struct casus_error *err)
{
    struct cas_page page;
    cas_page_init(&page, &report->heading, layout, output);
    write_head(&page, report);
    cas_report_lists(&page, report);
    cas_report_rankings(&page, report);
    cas_report_brokers(&page, report);
    cas_report_sample(&page, report);
    cas_report_uncertainty(&page, report);
    cas_report_reliance(&page, report);
    cas_report_fallen(&page, report);
    write_definitions(&page, report);
    write_caveats(&page, report);
    return cas_page_done(&page, err);
}
