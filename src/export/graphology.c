/* Graphology's serialisation: Graph.from(data), for Sigma and Gephi Lite. Mixed and multi, since
 * attack, support and claim of one pair stay apart and battles have no direction. Sigma shows
 * `label`.
 */
#include "export/dialect.h"

static void
put_options(struct cas_dialect *dialect)
{
    struct cJSON *options = cas_json_object(&dialect->json);
    cas_json_add_text(&dialect->json, options, "type", "mixed");
    cas_json_add_bool(&dialect->json, options, "multi", true);
    cas_json_add_bool(&dialect->json, options, "allowSelfLoops", true);
    cas_json_put(&dialect->json, "options", options);
}

static void
put_actor(struct cas_dialect *dialect, uint32_t actor)
{
    struct cas_json *json = &dialect->json;
    struct cJSON *node = cas_json_object(json);
    cas_dialect_add_actor_id(dialect, node, "key", actor);
    struct cJSON *attributes = cas_json_add_object(json, node, "attributes");
    cas_json_add_text(json, attributes, "label",
                      casus_graph_actor_at(dialect->job->graph, actor)->name);
    cas_dialect_add(dialect, attributes, dialect->job->actors, 0, actor);
    cas_dialect_add(dialect, attributes, dialect->job->places, 0, actor);
    cas_json_put(json, NULL, node);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *edge = cas_json_object(json);
    cas_dialect_add_tie_id(dialect, edge, "key", index);
    cas_dialect_add_actor_id(dialect, edge, "source", tie->from);
    cas_dialect_add_actor_id(dialect, edge, "target", tie->to);
    if (!tie->directed)
        cas_json_add_bool(json, edge, "undirected", true);
    struct cJSON *attributes = cas_json_add_object(json, edge, "attributes");
    cas_dialect_add_tie(dialect, attributes, index);
    cas_json_put(json, NULL, edge);
}

enum casus_status
cas_write_graphology(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    put_options(&dialect);
    cas_dialect_put_about(&dialect, "attributes");
    cas_dialect_put_actors(&dialect, "nodes", put_actor);
    cas_dialect_put_ties(&dialect, "edges", put_tie);
    return cas_dialect_end(&dialect, err);
}
