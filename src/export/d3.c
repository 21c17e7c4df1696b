/* nodes and links for d3-force and force-graph, which take ids with .id(d => d.id). Every link's
 * ends are among the nodes: d3 throws at one that is not.
 */
#include "export/dialect.h"

static void
put_actor(struct cas_dialect *dialect, uint32_t actor)
{
    struct cJSON *node = cas_json_object(&dialect->json);
    cas_dialect_add_actor_id(dialect, node, "id", actor);
    cas_dialect_add(dialect, node, dialect->job->actors, 0, actor);
    cas_dialect_add(dialect, node, dialect->job->places, 0, actor);
    cas_json_put(&dialect->json, NULL, node);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cJSON *link = cas_json_object(&dialect->json);
    cas_dialect_add_actor_id(dialect, link, "source", tie->from);
    cas_dialect_add_actor_id(dialect, link, "target", tie->to);
    cas_dialect_add_tie_id(dialect, link, "id", index);
    cas_dialect_add_tie(dialect, link, index);
    cas_json_put(&dialect->json, NULL, link);
}

enum casus_status
cas_write_d3(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    cas_dialect_put_about(&dialect, "graph");
    cas_dialect_put_actors(&dialect, "nodes", put_actor);
    cas_dialect_put_ties(&dialect, "links", put_tie);
    return cas_dialect_end(&dialect, err);
}
