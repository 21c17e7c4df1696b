/* How sure the ranks are, for people: a table for each leading measure, and what was drawn. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/format.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

static const enum casus_measure leading[] = {CASUS_OUT_STRENGTH, CASUS_IN_STRENGTH, CASUS_PAGERANK,
                                             CASUS_BETWEENNESS, CASUS_PN};

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

static bool
has_tie(const struct casus_scores *scores, uint32_t actor)
{
    return casus_scores_at(scores, CASUS_IN_DEGREE, actor) > 0 ||
           casus_scores_at(scores, CASUS_OUT_DEGREE, actor) > 0;
}

/* Actors with a tie and a rank, in order; owned, NULL without memory. */
static struct place *
order_places(const struct casus_report *report, enum casus_measure measure, size_t *out_count)
{
    uint32_t n = casus_graph_actor_count(report->graph);
    struct place *places = cas_zalloc((size_t)n + 1, sizeof *places);
    *out_count = 0;
    for (uint32_t v = 0; places && v < n; v++) {
        uint32_t rank = casus_scores_rank(report->contact, measure, v);
        if (rank && has_tie(report->contact, v))
            places[(*out_count)++] = (struct place){rank, v};
    }
    if (places && *out_count)
        qsort(places, *out_count, sizeof *places, by_rank);
    return places;
}

static void
add_range(struct cas_table *table, const struct casus_rank_range *range)
{
    char text[48] = "–";
    if (range->median && range->low != range->high)
        snprintf(text, sizeof text, "%" PRIu32 "–%" PRIu32, range->low, range->high);
    else if (range->median)
        snprintf(text, sizeof text, "%" PRIu32, range->low);
    cas_table_number(table, range->median ? (double)range->median : NAN);
    cas_table_text(table, text);
}

/* "never" and "always" are said of what was; 99.96 % is neither. */
static void
add_share(struct cas_table *table, double share)
{
    char text[32];
    if (share <= 0 || share >= 1)
        snprintf(text, sizeof text, "%s", share <= 0 ? "never" : "always");
    else if (share < 0.01)
        snprintf(text, sizeof text, "< 1 %%");
    else if (share > 0.99)
        snprintf(text, sizeof text, "> 99 %%");
    else
        snprintf(text, sizeof text, "%.0f %%", 100 * share);
    cas_table_text(table, text);
}

static void
write_rows(struct cas_page *page, const struct casus_report *report, enum casus_measure measure,
           const struct place *places, size_t count)
{
    char chance[40];
    snprintf(chance, sizeof chance, "in the first %" PRIu32,
             casus_uncertainty_info(report->uncertainty)->first);
    const struct cas_column columns[] = {{"#", true, false},
                                         {"actor", false, false},
                                         {"median", true, false},
                                         {"5–95\302\240%", true, false},
                                         {chance, true, false}};
    struct cas_table table;
    size_t top = cas_report_top(report), shown = count < top ? count : top;
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < shown; i++) {
        struct casus_rank_range range =
            casus_uncertainty_at(report->uncertainty, measure, places[i].actor);
        cas_table_number(&table, places[i].rank);
        cas_table_text(&table, casus_graph_actor_at(report->graph, places[i].actor)->name);
        add_range(&table, &range);
        add_share(&table, range.first);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, shown, count);
}

static void
write_measure(struct cas_page *page, const struct casus_report *report, enum casus_measure measure)
{
    size_t count;
    struct place *places = order_places(report, measure, &count);
    cas_page_subsection(page, casus_measure_info(measure)->title);
    if (!places)
        page->failed = true;
    else if (!count)
        cas_page_paragraph(page, "No such tie.");
    else
        write_rows(page, report, measure, places, count);
    cas_free(places);
}

/* --- what was drawn --------------------------------------------------------------------------- */

static void
write_facts(struct cas_page *page, const struct casus_uncertainty_info *info)
{
    cas_page_open_facts(page, 6);
    cas_page_fact(page, "worlds", "%" PRIu32 ", seed %" PRIu64, info->worlds, info->seed);
    cas_page_fact(page, "events",
                  "%" PRIu32 " of attack and support; %" PRIu32
                  " drawn by the probability of their best graded claim, %" PRIu32
                  " of probability 1, %" PRIu32 " without a grade",
                  info->events, info->events - info->ungraded - info->certain, info->certain,
                  info->ungraded);
    if (info->dates)
        cas_page_fact(page, "dates", "%" PRIu32 " event%s may lie outside the days selected",
                      info->dates, cas_plural(info->dates));
    if (info->losses || info->unbounded)
        cas_page_fact(page, "losses",
                      "%" PRIu32 " range%s of killed drawn; %" PRIu32
                      " without an upper bound, not drawn",
                      info->losses, cas_plural(info->losses), info->unbounded);
    if (info->merges)
        cas_page_fact(page, "merges", "%" PRIu32 " pair%s of actors that may be one", info->merges,
                      cas_plural(info->merges));
    cas_page_close_facts(page);
}

static void
warn(struct cas_page *page, const struct casus_uncertainty_info *info)
{
    if (info->ungraded)
        cas_page_paragraph(page,
                           "%" PRIu32 " of %" PRIu32
                           " events bear no grade that has a probability. They are in every world: "
                           "the intervals are narrower than what is known.",
                           info->ungraded, info->events);
    if (info->rank_error > 0)
        cas_page_paragraph(page, "Of so many actors ranks are counted to within %.0f %%.",
                           100 * info->rank_error);
}

void
cas_report_uncertainty(struct cas_page *page, const struct casus_report *report)
{
    if (!report->uncertainty)
        return;
    const struct casus_uncertainty_info *info = casus_uncertainty_info(report->uncertainty);
    cas_page_section(page, "How sure the ranks are");
    cas_page_paragraph(page,
                       "Each world holds the events that happened in it: each by its probability, "
                       "credibility 1 to 5 being 0.9, 0.7, 0.5, 0.3, 0.1 (STIX 2.1) unless a table "
                       "was given. Ranks are among all actors, over attack and support together "
                       "unless --relation says otherwise.");
    write_facts(page, info);
    warn(page, info);
    for (size_t i = 0; i < sizeof leading / sizeof leading[0]; i++)
        write_measure(page, report, leading[i]);
}
