/* The report's section on brokers: roles in support, then who and what holds actors together. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"
#include "report/naming.h"
#include "report/page.h"
#include "report/report.h"
#include "report/summary.h"

struct place {
    uint32_t actor;
    uint64_t roles;
};

uint64_t
cas_brokers_roles(const struct casus_brokers *brokers, uint32_t actor)
{
    uint64_t sum = 0;
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        sum += casus_brokers_role(brokers, (enum casus_role)role, actor);
    return sum;
}

/* --- roles -------------------------------------------------------------------------------- */

static int
compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->roles != b->roles)
        return a->roles > b->roles ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

/* Actors with a role, the busiest first; owned, NULL without memory. */
static struct place *
order_places(const struct casus_report *report, size_t *out_count)
{
    uint32_t n = casus_graph_actor_count(report->graph);
    struct place *places = cas_zalloc(n, sizeof *places);
    *out_count = 0;
    for (uint32_t v = 0; places && v < n; v++) {
        uint64_t roles = cas_brokers_roles(report->brokers, v);
        if (roles)
            places[(*out_count)++] = (struct place){v, roles};
    }
    if (places && *out_count)
        qsort(places, *out_count, sizeof *places, compare_places);
    return places;
}

static void
add_row(struct cas_table *table, const struct casus_report *report, const struct place *place)
{
    cas_table_text(table, cas_name_of_actor(report->graph, place->actor));
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        cas_table_number(table, (double)casus_brokers_role(report->brokers, (enum casus_role)role,
                                                           place->actor));
    cas_table_number(table, (double)place->roles);
    cas_table_text(table, casus_brokers_group(report->brokers, place->actor));
}

static void
write_roles_table(struct cas_page *page, const struct casus_report *report,
                  const struct place *places, size_t count)
{
    struct cas_column columns[CASUS_ROLE_COUNT + 3] = {{"actor", false, false}};
    struct cas_table table;
    size_t columns_used = 1, top = cas_report_top(report), shown = count < top ? count : top;
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        columns[columns_used++].title = casus_role_name((enum casus_role)role);
    columns[columns_used++].title = "all";
    for (size_t i = 1; i < columns_used; i++)
        columns[i].number = true;
    columns[columns_used++] = (struct cas_column){"group", false, true};
    cas_table_init(&table, columns, columns_used);
    for (size_t i = 0; i < shown; i++)
        add_row(&table, report, &places[i]);
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_summary_shown(page, shown, count);
}

static void
write_roles(struct cas_page *page, const struct casus_report *report)
{
    size_t count;
    struct place *places = order_places(report, &count);
    cas_page_subsection(page, "Between two others, in support");
    bool by_bloc = strcmp(casus_brokers_partition(report->brokers), "bloc") == 0;
    cas_page_paragraph(page,
                       "Ways a → b → c of support where a does not support c itself, by the "
                       "groups (%s) of the three: coordinator, all of one; itinerant, "
                       "a and c of one; gatekeeper, b and c; representative, a and b; liaison, "
                       "three groups. Counts, not tested against chance (Gould and Fernandez "
                       "1989).",
                       by_bloc ? "blocs, as casus balance finds them" : "sides, else families");
    if (!places)
        page->failed = true;
    else if (!count)
        cas_page_paragraph(page, "Nobody stands between two others.");
    else
        write_roles_table(page, report, places, count);
    cas_free(places);
}

/* --- cuts --------------------------------------------------------------------------------- */

struct list {
    struct cas_page *page;
    struct cas_buffer words;
};

static void
add_bullet(struct list *list)
{
    list->page->failed |= list->words.failed;
    cas_page_bullet(list->page, list->words.failed ? "" : list->words.s);
    cas_buffer_clear(&list->words);
}

static void
say_point(struct cas_buffer *out, const struct casus_report *report,
          const struct casus_cut_point *point)
{
    cas_buffer_printf(out, "%s: %" PRIu32 " parts, %" PRIu32 " actor%s outside of the largest",
                      cas_name_of_actor(report->graph, point->actor), point->parts, point->cut_off,
                      cas_plural(point->cut_off));
}

static void
write_points(struct list *list, const struct casus_report *report, enum casus_ground ground)
{
    uint32_t all = casus_brokers_point_count(report->brokers, ground);
    uint32_t top = cas_report_top(report), shown = all < top ? all : top;
    if (!all)
        cas_page_paragraph(list->page, "No actor's removal takes others apart.");
    else
        cas_page_open_bullets(list->page);
    for (uint32_t i = 0; i < shown; i++) {
        say_point(&list->words, report, casus_brokers_point_at(report->brokers, ground, i));
        add_bullet(list);
    }
    if (all)
        cas_page_close_bullets(list->page);
    cas_summary_shown(list->page, shown, all);
}

static void
write_bridges(struct list *list, const struct casus_report *report, enum casus_ground ground)
{
    uint32_t all = casus_brokers_bridge_count(report->brokers, ground);
    uint32_t top = cas_report_top(report), shown = all < top ? all : top;
    if (!all)
        return;
    cas_page_paragraph(list->page, "Bridges, the only way from one side to the other:");
    cas_page_open_bullets(list->page);
    for (uint32_t i = 0; i < shown; i++) {
        const struct casus_bridge *bridge = casus_brokers_bridge_at(report->brokers, ground, i);
        cas_buffer_printf(&list->words, "%s – %s: %" PRIu32 " actor%s on the smaller side",
                          cas_name_of_actor(report->graph, bridge->a),
                          cas_name_of_actor(report->graph, bridge->b), bridge->cut_off,
                          cas_plural(bridge->cut_off));
        add_bullet(list);
    }
    cas_page_close_bullets(list->page);
    cas_summary_shown(list->page, shown, all);
}

static void
write_grounds(struct list *list, const struct casus_report *report)
{
    static const char *const titles[] = {"Without whom contact falls apart",
                                         "Without whom support falls apart"};
    for (int ground = 0; ground < CASUS_GROUND_COUNT; ground++) {
        cas_page_subsection(list->page, titles[ground]);
        write_points(list, report, (enum casus_ground)ground);
        write_bridges(list, report, (enum casus_ground)ground);
    }
}

/* --- what cuts a client from its backer ------------------------------------------------------ */

static void
say_separation(struct cas_buffer *out, const struct casus_report *report,
               const struct casus_separation *pair)
{
    cas_buffer_printf(out, "%s from %s: ", cas_name_of_actor(report->graph, pair->client),
                      cas_name_of_actor(report->graph, pair->backer));
    for (uint32_t i = 0; i < pair->actor_count; i++)
        cas_buffer_printf(out, "%s%s", i ? " and " : "",
                          cas_name_of_actor(report->graph, pair->actors[i]));
    cas_buffer_text(out, "; or the support ");
    for (uint32_t i = 0; i < pair->tie_count; i++) {
        cas_buffer_text(out, i ? " and " : "");
        cas_buffer_text(out, cas_name_of_actor(report->graph, pair->ties[2 * i]));
        cas_buffer_between(out, " → ");
        cas_buffer_text(out, cas_name_of_actor(report->graph, pair->ties[2 * i + 1]));
    }
}

static void
write_separations(struct list *list, const struct casus_report *report)
{
    uint32_t all = casus_brokers_separation_count(report->brokers);
    uint32_t top = cas_report_top(report), shown = all < top ? all : top;
    uint64_t left_out = casus_brokers_separation_left_out(report->brokers);
    cas_page_subsection(list->page, "The least that cuts a client from a backer behind others");
    if (!all)
        cas_page_paragraph(list->page, "Nobody is backed through others alone.");
    else
        cas_page_open_bullets(list->page);
    for (uint32_t i = 0; i < shown; i++) {
        say_separation(&list->words, report, casus_brokers_separation_at(report->brokers, i));
        add_bullet(list);
    }
    if (all)
        cas_page_close_bullets(list->page);
    cas_summary_shown(list->page, shown, all);
    if (left_out)
        cas_page_paragraph(list->page,
                           "[CAS-171] %" PRIu64 " pairs more were not looked at; select less.",
                           left_out);
}

void
cas_report_brokers(struct cas_page *page, const struct casus_report *report)
{
    struct list list = {.page = page};
    if (!report->brokers)
        return;
    cas_buffer_init(&list.words);
    cas_page_section(page, "Brokers");
    write_roles(page, report);
    write_grounds(&list, report);
    write_separations(&list, report);
    cas_buffer_done(&list.words);
}
