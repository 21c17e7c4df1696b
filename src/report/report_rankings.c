/* The tables of measures: attack alone, support alone, and the union of both.
 *
 * A table shows a few measures and has one that orders it. Actors without a tie of the relations
 * concerned are left out of tables (JSON and CSV hold all).
 */
#include <math.h>
#include <stdlib.h>

#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

enum { MOST_MEASURES = 6, BY_STRENGTH = CASUS_MEASURE_COUNT };

struct ranking {
    const char *title; /* NULL where the section's says enough */
    int order;         /* the measure whose rank orders it, or BY_STRENGTH: in + out */
    int measures[MOST_MEASURES + 1]; /* ends with -1 */
};

static const struct ranking attack_alone = {
    NULL,
    BY_STRENGTH,
    {CASUS_OUT_STRENGTH, CASUS_IN_STRENGTH, CASUS_OUT_DEGREE, CASUS_IN_DEGREE, CASUS_PAGERANK, -1}};

/* Who passes support on matters more here than who is at the end of it. */
static const struct ranking support_alone = {NULL,
                                             BY_STRENGTH,
                                             {CASUS_OUT_STRENGTH, CASUS_IN_STRENGTH,
                                              CASUS_OUT_DEGREE, CASUS_IN_DEGREE, CASUS_BETWEENNESS,
                                              -1}};

static const struct ranking together[] = {
    {"How many, how much",
     BY_STRENGTH,
     {CASUS_OUT_STRENGTH, CASUS_IN_STRENGTH, CASUS_OUT_DEGREE, CASUS_IN_DEGREE, CASUS_CORENESS,
      -1}},
    {"Tied to the much tied",
     CASUS_PAGERANK,
     {CASUS_PAGERANK, CASUS_HUB, CASUS_AUTHORITY, CASUS_EIGENVECTOR, -1}},
    {"In between, and near",
     CASUS_BETWEENNESS,
     {CASUS_BETWEENNESS, CASUS_CONSTRAINT, CASUS_CLOSENESS, CASUS_HARMONIC, -1}},
    {"Friends and foes", CASUS_PN, {CASUS_PN, CASUS_SIGNED_DEGREE, CASUS_SIGNED_EIGENVECTOR, -1}},
};

struct place {
    double key; /* smaller first */
    uint32_t actor;
};

static int
by_key(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

static double
sum_of(const struct casus_scores *scores, enum casus_measure a, enum casus_measure b,
       uint32_t actor)
{
    double sum = casus_scores_at(scores, a, actor) + casus_scores_at(scores, b, actor);
    return isnan(sum) ? 0 : sum;
}

static double
key_of(const struct ranking *ranking, const struct casus_scores *scores, uint32_t actor)
{
    if (ranking->order == BY_STRENGTH)
        return -sum_of(scores, CASUS_IN_STRENGTH, CASUS_OUT_STRENGTH, actor);
    uint32_t rank = casus_scores_rank(scores, (enum casus_measure)ranking->order, actor);
    return rank ? (double)rank : (double)INFINITY;
}

/* Actors with a tie, in order; owned. NULL without memory. */
static struct place *
order_places(const struct ranking *ranking, const struct casus_scores *scores, uint32_t actors,
             size_t *out_count)
{
    struct place *places = cas_zalloc(actors, sizeof *places);
    size_t count = 0;
    for (uint32_t i = 0; i < actors && places; i++) {
        if (sum_of(scores, CASUS_IN_DEGREE, CASUS_OUT_DEGREE, i) > 0)
            places[count++] = (struct place){key_of(ranking, scores, i), i};
    }
    if (places)
        qsort(places, count, sizeof *places, by_key);
    *out_count = count;
    return places;
}

static size_t
lay_out(const struct ranking *ranking, struct cas_column columns[MOST_MEASURES + 2])
{
    size_t count = 0;
    if (ranking->order != BY_STRENGTH)
        columns[count++] = (struct cas_column){"#", true};
    columns[count++] = (struct cas_column){"actor", false};
    for (const int *m = ranking->measures; *m >= 0; m++)
        columns[count++] =
            (struct cas_column){casus_measure_info((enum casus_measure) * m)->title, true};
    return count;
}

static void
add_row(struct cas_table *table, const struct ranking *ranking, const struct casus_scores *scores,
        const struct casus_graph *graph, uint32_t actor)
{
    if (ranking->order != BY_STRENGTH) {
        uint32_t rank = casus_scores_rank(scores, (enum casus_measure)ranking->order, actor);
        cas_table_number(table, rank ? (double)rank : (double)NAN);
    }
    cas_table_text(table, casus_graph_actor_at(graph, actor)->name);
    for (const int *m = ranking->measures; *m >= 0; m++)
        cas_table_number(table, casus_scores_at(scores, (enum casus_measure) * m, actor));
}

static void
write_rows(struct cas_page *page, const struct casus_report *report, const struct ranking *ranking,
           const struct casus_scores *scores, const struct place *places, size_t count)
{
    struct cas_column columns[MOST_MEASURES + 2];
    struct cas_table table;
    cas_table_init(&table, columns, lay_out(ranking, columns));
    size_t top = cas_report_top(report), shown = count < top ? count : top;
    for (size_t i = 0; i < shown; i++)
        add_row(&table, ranking, scores, report->graph, places[i].actor);
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, shown, count);
}

static void
write_ranking(struct cas_page *page, const struct casus_report *report,
              const struct ranking *ranking, const struct casus_scores *scores)
{
    size_t count;
    struct place *places =
        order_places(ranking, scores, casus_graph_actor_count(report->graph), &count);
    if (ranking->title)
        cas_page_subsection(page, ranking->title);
    if (!places)
        page->failed = true;
    else if (count == 0)
        cas_page_paragraph(page, "No such tie.");
    else
        write_rows(page, report, ranking, scores, places, count);
    cas_free(places);
}

void
cas_report_rankings(struct cas_page *page, const struct casus_report *report)
{
    if (report->attack) {
        cas_page_section(page, "Attack alone");
        write_ranking(page, report, &attack_alone, report->attack);
    }
    if (report->support) {
        cas_page_section(page, "Support alone");
        write_ranking(page, report, &support_alone, report->support);
    }
    cas_page_section(page, "Attack and support together: contact, not influence");
    cas_page_paragraph(page,
                       "Who fights much is as central here as who is backed much: these "
                       "numbers say who meets whom, not who has sway. Ranks are among all actors; "
                       "those without such a tie are not in the tables.");
    for (size_t i = 0; i < sizeof together / sizeof together[0]; i++)
        write_ranking(page, report, &together[i], report->contact);
}
