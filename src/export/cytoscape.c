/* Cytoscape.js elements, in the frame that Cytoscape on the desktop opens too (.cyjs).
 *
 * `parent` nests an actor in Cytoscape.js and must name a node that exists, so it is there only
 * where the parent is in the graph; `parent_id` names the parent in any case. Ids of nodes and
 * edges share one space.
 */
#include "export/dialect.h"

static struct cJSON *
element_of(struct cas_dialect *dialect, struct cJSON *data)
{
    struct cJSON *element = cas_json_object(&dialect->json);
    cas_json_add(&dialect->json, element, "data", data);
    return element;
}

static void
put_actor(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_node *actor = casus_graph_actor_at(dialect->job->graph, index);
    struct cas_json *json = &dialect->json;
    struct cJSON *data = cas_json_object(json);
    cas_dialect_add_actor_id(dialect, data, "id", index);
    if (actor->parent_id)
        cas_json_add_text(json, data, "parent_id", actor->parent_id);
    struct cas_columns columns = dialect->job->actors;
    for (size_t i = 0; i < columns.count; i++) {
        bool dangling = actor->parent == CASUS_NONE && strcmp(columns.at[i].name, "parent") == 0;
        if (!dangling)
            cas_dialect_add(dialect, data, (struct cas_columns){&columns.at[i], 1}, 0, index);
    }
    struct cJSON *element = element_of(dialect, data);
    cas_dialect_add_place(dialect, element, "position", false, index);
    cas_json_put(&dialect->json, NULL, element);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cJSON *data = cas_json_object(&dialect->json);
    cas_dialect_add_tie_id(dialect, data, "id", index);
    cas_dialect_add_actor_id(dialect, data, "source", tie->from);
    cas_dialect_add_actor_id(dialect, data, "target", tie->to);
    cas_dialect_add(dialect, data, dialect->job->ties, 0, index);
    cas_json_put(&dialect->json, NULL, element_of(dialect, data));
}

enum casus_status
cas_write_cytoscape(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    cas_json_put_text(&dialect.json, "format_version", "1.0");
    cas_json_put_text(&dialect.json, "generated_by", "casus");
    cas_json_put_text(&dialect.json, "target_cytoscapejs_version", "~3");
    cas_dialect_put_about(&dialect, "data");
    cas_json_open_object(&dialect.json, "elements");
    cas_dialect_put_actors(&dialect, "nodes", put_actor);
    cas_dialect_put_ties(&dialect, "edges", put_tie);
    cas_json_close(&dialect.json);
    return cas_dialect_end(&dialect, err);
}
