/* NetworkX node-link JSON: networkx.node_link_graph(data, edges="edges"), or link="edges" before
 * 3.4. A DiGraph knows no undirected edges, so an undirected tie is two edges, one each way, with
 * one `tie` id and "undirected": true; each has the tie's full weight. `pos` is what networkx.draw() takes.
 */
#include "export/dialect.h"

static void
put_actor(struct cas_dialect *dialect, uint32_t actor)
{
    struct cJSON *node = cas_json_object(&dialect->json);
    cas_dialect_add_actor_id(dialect, node, "id", actor);
    cas_dialect_add(dialect, node, dialect->job->actors, 0, actor);
    cas_dialect_add_place(dialect, node, "pos", true, actor);
    cas_json_put(&dialect->json, NULL, node);
}

static void
put_edge(struct cas_dialect *dialect, uint32_t index, uint32_t from, uint32_t to)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    struct cJSON *edge = cas_json_object(&dialect->json);
    cas_dialect_add_actor_id(dialect, edge, "source", from);
    cas_dialect_add_actor_id(dialect, edge, "target", to);
    cas_json_add_text(&dialect->json, edge, "key", cas_tie_key(tie));
    cas_dialect_add_tie_id(dialect, edge, "tie", index);
    cas_dialect_add_tie(dialect, edge, index);
    cas_json_put(&dialect->json, NULL, edge);
}

static void
put_tie(struct cas_dialect *dialect, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dialect->job->graph, index);
    put_edge(dialect, index, tie->from, tie->to);
    if (!tie->directed)
        put_edge(dialect, index, tie->to, tie->from);
}

enum casus_status
cas_write_networkx(const struct cas_job *job, struct casus_error *err)
{
    struct cas_dialect dialect;
    cas_dialect_begin(&dialect, job);
    cas_json_put_bool(&dialect.json, "directed", true);
    cas_json_put_bool(&dialect.json, "multigraph", true);
    cas_dialect_put_about(&dialect, "graph");
    cas_dialect_put_actors(&dialect, "nodes", put_actor);
    cas_dialect_put_ties(&dialect, job->options->links ? "links" : "edges", put_tie);
    return cas_dialect_end(&dialect, err);
}
