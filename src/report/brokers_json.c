/* Brokers as JSON, and as columns of the report's CSV. */
#include <math.h>

#include "report/csv.h"
#include "report/json.h"
#include "report/naming.h"
#include "report/report.h"

static const char *const grounds[] = {"contact", "support"};

/* --- JSON --------------------------------------------------------------------------------- */

static void
add_pair(struct cas_json *json, struct cJSON *parent, const char *key,
         const struct casus_report *report, const uint32_t pair[2])
{
    struct cJSON *array = cas_json_add_array(json, parent, key);
    cas_json_add_text(json, array, NULL, cas_id_of_actor(report->graph, pair[0]));
    cas_json_add_text(json, array, NULL, cas_id_of_actor(report->graph, pair[1]));
}

static double
support_score(const struct casus_report *report, enum casus_measure measure, uint32_t actor)
{
    return report->support ? casus_scores_at(report->support, measure, actor) : (double)NAN;
}

static void
put_actor(struct cas_json *json, const struct casus_report *report, uint32_t actor)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", cas_id_of_actor(report->graph, actor));
    cas_json_add_text(json, object, "group", casus_brokers_group(report->brokers, actor));
    struct cJSON *roles = cas_json_add_object(json, object, "roles");
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        cas_json_add_count(json, roles, casus_role_name((enum casus_role)role),
                           casus_brokers_role(report->brokers, (enum casus_role)role, actor));
    cas_json_add_count(json, object, "all_roles", cas_brokers_roles(report->brokers, actor));
    cas_json_add_number(json, object, "betweenness",
                        support_score(report, CASUS_BETWEENNESS, actor));
    cas_json_add_number(json, object, "constraint", support_score(report, CASUS_CONSTRAINT, actor));
    cas_json_put(json, NULL, object);
}

static void
put_points(struct cas_json *json, const struct casus_report *report, enum casus_ground ground)
{
    cas_json_open_array(json, grounds[ground]);
    for (uint32_t i = 0; i < casus_brokers_point_count(report->brokers, ground); i++) {
        const struct casus_cut_point *point = casus_brokers_point_at(report->brokers, ground, i);
        struct cJSON *object = cas_json_object(json);
        cas_json_add_text(json, object, "id", cas_id_of_actor(report->graph, point->actor));
        cas_json_add_count(json, object, "parts", point->parts);
        cas_json_add_count(json, object, "cut_off", point->cut_off);
        cas_json_put(json, NULL, object);
    }
    cas_json_close(json);
}

static void
put_bridges(struct cas_json *json, const struct casus_report *report, enum casus_ground ground)
{
    cas_json_open_array(json, grounds[ground]);
    for (uint32_t i = 0; i < casus_brokers_bridge_count(report->brokers, ground); i++) {
        const struct casus_bridge *bridge = casus_brokers_bridge_at(report->brokers, ground, i);
        struct cJSON *object = cas_json_object(json);
        add_pair(json, object, "between", report, (const uint32_t[]){bridge->a, bridge->b});
        cas_json_add_count(json, object, "cut_off", bridge->cut_off);
        cas_json_put(json, NULL, object);
    }
    cas_json_close(json);
}

static void
put_separation(struct cas_json *json, const struct casus_report *report,
               const struct casus_separation *pair)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "backer", cas_id_of_actor(report->graph, pair->backer));
    cas_json_add_text(json, object, "client", cas_id_of_actor(report->graph, pair->client));
    struct cJSON *actors = cas_json_add_array(json, object, "actors");
    for (uint32_t i = 0; i < pair->actor_count; i++)
        cas_json_add_text(json, actors, NULL, cas_id_of_actor(report->graph, pair->actors[i]));
    struct cJSON *ties = cas_json_add_array(json, object, "ties");
    for (uint32_t i = 0; i < pair->tie_count; i++)
        add_pair(json, ties, NULL, report, &pair->ties[2 * i]);
    cas_json_put(json, NULL, object);
}

static void
put_grounds(struct cas_json *json, const struct casus_report *report, const char *key,
            void (*put)(struct cas_json *json, const struct casus_report *report,
                        enum casus_ground ground))
{
    cas_json_open_object(json, key);
    for (int ground = 0; ground < CASUS_GROUND_COUNT; ground++)
        put(json, report, (enum casus_ground)ground);
    cas_json_close(json);
}

void
cas_report_brokers_json(struct cas_json *json, const struct casus_report *report)
{
    if (!report->brokers)
        return;
    cas_json_open_object(json, "brokers");
    cas_json_put_text(json, "roles_by", casus_brokers_partition(report->brokers));
    cas_json_open_array(json, "actors");
    for (uint32_t i = 0; i < casus_graph_actor_count(report->graph); i++)
        put_actor(json, report, i);
    cas_json_close(json);
    put_grounds(json, report, "articulation_points", put_points);
    put_grounds(json, report, "bridges", put_bridges);
    cas_json_open_array(json, "separations");
    for (uint32_t i = 0; i < casus_brokers_separation_count(report->brokers); i++)
        put_separation(json, report, casus_brokers_separation_at(report->brokers, i));
    cas_json_close(json);
    cas_json_put_count(json, "separations_left_out",
                       casus_brokers_separation_left_out(report->brokers));
    cas_json_close(json);
}

/* --- CSV ---------------------------------------------------------------------------------- */

void
cas_report_brokers_titles(struct cas_csv *csv, const struct casus_report *report)
{
    if (!report->brokers)
        return;
    cas_csv_text(csv, "group");
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        cas_csv_text(csv, casus_role_name((enum casus_role)role));
    cas_csv_text(csv, "contact_parts");
    cas_csv_text(csv, "support_parts");
}

/* The parts that its removal leaves; 1 for one that is no cut point. */
static uint32_t
parts_without(const struct casus_brokers *brokers, enum casus_ground ground, uint32_t actor)
{
    uint32_t low = 0, high = casus_brokers_point_count(brokers, ground);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct casus_cut_point *point = casus_brokers_point_at(brokers, ground, middle);
        if (point->actor == actor)
            return point->parts;
        if (point->actor < actor)
            low = middle + 1;
        else
            high = middle;
    }
    return 1;
}

void
cas_report_brokers_cells(struct cas_csv *csv, const struct casus_report *report, uint32_t actor)
{
    if (!report->brokers)
        return;
    cas_csv_text(csv, casus_brokers_group(report->brokers, actor));
    for (int role = 0; role < CASUS_ROLE_COUNT; role++)
        cas_csv_count(csv, casus_brokers_role(report->brokers, (enum casus_role)role, actor));
    for (int ground = 0; ground < CASUS_GROUND_COUNT; ground++)
        cas_csv_count(csv, parts_without(report->brokers, (enum casus_ground)ground, actor));
}
