/* JSON Graph Format, version 2 (jsongraphformat.info). Its schema takes no keys but its own, so
 * everything else stands in `metadata`.
 */
#include "export/dialect.h"

static void
put_actor(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_node *actor = casus_graph_actor_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *node = cas_json_object(json);
    cas_json_add_text(json, node, "label", actor->name);
    struct cJSON *metadata = cas_json_add_object(json, node, "metadata");
    cas_dialect_add(dialect, metadata, dialect->job->actors, 0, index);
    cas_dialect_add(dialect, metadata, dialect->job->places, 0, index);
    cas_json_put(json, actor->id, node);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *edge = cas_json_object(json);
    cas_dialect_add_tie_id(dialect, edge, "id", index);
    cas_dialect_add_actor_id(dialect, edge, "source", tie->from);
    cas_dialect_add_actor_id(dialect, edge, "target", tie->to);
    cas_json_add_text(json, edge, "relation", casus_relation_name(tie->relation));
    cas_json_add_bool(json, edge, "directed", tie->directed);
    struct cJSON *metadata = cas_json_add_object(json, edge, "metadata");
    cas_dialect_add_tie(dialect, metadata, index);
    cas_json_put(json, NULL, edge);
}

enum casus_status
cas_write_jgf(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    cas_json_open_object(&dialect.json, "graph");
    if (casus_graph_title(job->graph))
        cas_json_put_text(&dialect.json, "label", casus_graph_title(job->graph));
    cas_json_put_bool(&dialect.json, "directed", true);
    cas_dialect_put_about(&dialect, "metadata");
    cas_json_open_object(&dialect.json, "nodes");
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++)
        put_actor(&dialect, i);
    cas_json_close(&dialect.json);
    cas_dialect_put_ties(&dialect, "edges", put_tie);
    cas_json_close(&dialect.json);
    return cas_dialect_end(&dialect, err);
}
