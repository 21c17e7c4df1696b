/* The table of formats that a graph can be written in. */
#include "export/job.h"

#include "base/fault.h"

static const struct cas_export_format formats[] = {
    {{"networkx", "NetworkX node-link JSON", ".json"}, cas_write_networkx, true},
    {{"cytoscape", "Cytoscape and Cytoscape.js JSON", ".cyjs"}, cas_write_cytoscape},
    {{"d3", "D3 and force-graph JSON", ".json"}, cas_write_d3},
    {{"graphology", "Graphology JSON, for Sigma and Gephi Lite", ".json"},
     cas_write_graphology,
     true},
    {{"jgf", "JSON Graph Format 2", ".json"}, cas_write_jgf},
    {{"vis", "vis-network JSON", ".json"}, cas_write_vis},
    {{"gexf", "GEXF 1.3, for Gephi", ".gexf"}, cas_write_gexf, true},
    {{"graphml", "GraphML", ".graphml"}, cas_write_graphml, true},
    {{"dot", "Graphviz DOT", ".dot"}, cas_write_dot, true},
    {{"csv", "ties as CSV, for Gephi and spreadsheets", ".csv"}, cas_write_csv_ties, true},
    {{"csv-actors", "actors as CSV, for Gephi and spreadsheets", ".csv"},
     cas_write_csv_actors,
     true},
    {{"neo4j", "ties as CSV for neo4j-admin import", ".csv"}, cas_write_neo4j_ties},
    {{"neo4j-actors", "actors as CSV for neo4j-admin import", ".csv"}, cas_write_neo4j_actors},
    {{"panel", "one row a dyad and month, for regressions", ".csv"}, cas_write_panel_dyads},
    {{"panel-actors", "one row an actor and month, with its scores", ".csv"},
     cas_write_panel_actors},
};

enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

size_t
casus_exporter_count(void)
{
    return FORMAT_COUNT;
}

const struct casus_exporter *
casus_exporter_at(size_t index)
{
    return &formats[index].public;
}

static const struct cas_export_format *
find_format(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(formats[i].public.name, name) == 0)
            return &formats[i];
    }
    return NULL;
}

static enum casus_status
refuse_format(const char *name, struct casus_error *err)
{
    const char *names[FORMAT_COUNT];
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        names[i] = formats[i].public.name;
    const char *nearest = cas_text_nearest(name, strlen(name), names, FORMAT_COUNT);
    if (nearest)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "no format '%.60s' to write; did you mean '%s'?", name, nearest);
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                    "no format '%.60s' to write; `casus formats` lists them", name);
}

/* Ids of actors and of ties share one space in Cytoscape: more ':' until no actor begins so. */
static void
set_tie_prefix(struct cas_job *job)
{
    size_t colons = 1;
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++) {
        const char *id = cas_job_actor_id(job, i);
        size_t found = strncmp(id, "tie", 3) == 0 ? strspn(id + 3, ":") : 0;
        if (found >= colons)
            colons = found + 1;
    }
    cas_buffer_text(&job->tie_prefix, "tie");
    while (colons--)
        cas_buffer_char(&job->tie_prefix, ':');
}

enum casus_status
casus_export_write(const struct casus_graph *graph, const char *name,
                   const struct casus_exporting *options, struct casus_output *output,
                   struct casus_error *err)
{
    const struct cas_export_format *format = find_format(name);
    if (!format)
        return refuse_format(name, err);
    static const struct casus_exporting plain;
    struct cas_job job = {.graph = graph, .options = options ? options : &plain, .output = output};
    job.y_up = format->y_up;
    cas_buffer_init(&job.tie_prefix);
    set_tie_prefix(&job);
    cas_job_set_columns(&job);
    enum casus_status status =
        job.tie_prefix.failed ? cas_fail_memory(err) : format->write(&job, err);
    cas_buffer_done(&job.tie_prefix);
    return status;
}
