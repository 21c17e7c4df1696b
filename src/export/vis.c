/* nodes and edges for vis-network: arrows where a tie has a direction, claims dashed, `group` the
 * kind, `value` the weight that scales the width. No `title`: older versions take it as HTML.
 * Where positions are given, physics would move what stands.
 */
#include "export/dialect.h"

static void
put_actor(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_node *actor = casus_graph_actor_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *node = cas_json_object(json);
    cas_dialect_add_actor_id(dialect, node, "id", index);
    cas_json_add_text(json, node, "label", actor->name);
    cas_json_add_text(json, node, "group", casus_kind_name(actor->kind));
    cas_dialect_add(dialect, node, dialect->job->actors, 0, index);
    cas_dialect_add(dialect, node, dialect->job->places, 0, index);
    if (dialect->job->places.count)
        cas_json_add_bool(json, node, "physics", false);
    cas_json_put(json, NULL, node);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *edge = cas_json_object(json);
    cas_dialect_add_tie_id(dialect, edge, "id", index);
    cas_dialect_add_actor_id(dialect, edge, "from", tie->from);
    cas_dialect_add_actor_id(dialect, edge, "to", tie->to);
    if (tie->directed)
        cas_json_add_text(json, edge, "arrows", "to");
    if (tie->relation == CASUS_CLAIM)
        cas_json_add_bool(json, edge, "dashes", true);
    cas_json_add_number(json, edge, "value", tie->weight);
    cas_dialect_add_tie(dialect, edge, index);
    cas_json_put(json, NULL, edge);
}

enum casus_status
cas_write_vis(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    cas_dialect_put_about(&dialect, "graph");
    cas_dialect_put_actors(&dialect, "nodes", put_actor);
    cas_dialect_put_ties(&dialect, "edges", put_tie);
    return cas_dialect_end(&dialect, err);
}
