/* GraphML with typed keys and plain names.
 *
 * The format has directed="false" for single edges, but NetworkX refuses a graph that mixes both
 * and igraph takes every edge for directed. So an undirected tie is two edges, one each way, with
 * one `tie` and undirected true, as in the networkx export; a graph whose ties are all undirected
 * is an undirected graph, with one edge a tie.
 *
 * `label` repeats the name: Gephi shows it, and takes x and y for positions.
 */
#include "export/xml.h"

#include <stdio.h>

#include "base/fault.h"

static const char *
type_of(enum cas_value_type type)
{
    switch (type) {
    case CAS_VALUE_COUNT: return "long";
    case CAS_VALUE_NUMBER: return "double";
    case CAS_VALUE_TRUTH: return "boolean";
    default: return "string";
    }
}

static void
declare(struct cas_xml *xml, const char *domain, const char *name, enum cas_value_type type)
{
    char id[64];
    snprintf(id, sizeof id, "%s_%s", domain, name);
    cas_xml_open(xml, "key");
    cas_xml_attribute(xml, "id", id);
    cas_xml_attribute(xml, "for", domain);
    cas_xml_attribute(xml, "attr.name", name);
    cas_xml_attribute(xml, "attr.type", type_of(type));
    cas_xml_close(xml);
}

static void
declare_columns(struct cas_xml *xml, const char *domain, struct cas_columns columns)
{
    for (size_t i = 0; i < columns.count; i++)
        declare(xml, domain, columns.at[i].name, columns.at[i].type);
}

static void
add_datum(struct cas_xml *xml, const char *domain, const char *name, const char *text)
{
    char id[64];
    snprintf(id, sizeof id, "%s_%s", domain, name);
    cas_xml_open(xml, "data");
    cas_xml_attribute(xml, "key", id);
    cas_xml_text(xml, text);
    cas_xml_close(xml);
}

static void
add_data(struct cas_xml *xml, const struct cas_job *job, const char *domain,
         struct cas_columns columns, uint32_t record)
{
    for (size_t i = 0; i < columns.count; i++) {
        const char *text = cas_xml_value(xml, &columns.at[i], job, record);
        if (text)
            add_datum(xml, domain, columns.at[i].name, text);
    }
}

static void
add_node(struct cas_xml *xml, const struct cas_job *job, uint32_t actor)
{
    cas_xml_open(xml, "node");
    cas_xml_actor_id(xml, "id", job, actor);
    add_datum(xml, "node", "label", casus_graph_actor_at(job->graph, actor)->name);
    add_data(xml, job, "node", job->actors, actor);
    add_data(xml, job, "node", job->places, actor);
    cas_xml_close(xml);
}

/* `suffix` tells the way back of an undirected tie from the way there. */
static void
add_edge(struct cas_xml *xml, const struct cas_job *job, uint32_t tie, uint32_t from, uint32_t to,
         const char *suffix)
{
    char id[64];
    snprintf(id, sizeof id, "e%u%s", tie + 1, suffix);
    cas_xml_open(xml, "edge");
    cas_xml_attribute(xml, "id", id);
    cas_xml_actor_id(xml, "source", job, from);
    cas_xml_actor_id(xml, "target", job, to);
    add_datum(xml, "edge", "tie", cas_xml_tie_id(xml, job, tie));
    add_data(xml, job, "edge", job->ties, tie);
    cas_xml_close(xml);
}

static bool
is_undirected(const struct casus_graph *graph)
{
    uint32_t ties = casus_graph_tie_count(graph), undirected = 0;
    for (uint32_t i = 0; i < ties; i++)
        undirected += !casus_graph_tie_at(graph, i)->directed;
    return ties && undirected == ties;
}

static void
add_ties(struct cas_xml *xml, const struct cas_job *job, bool undirected)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(job->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(job->graph, i);
        add_edge(xml, job, i, tie->from, tie->to, "");
        if (!tie->directed && !undirected)
            add_edge(xml, job, i, tie->to, tie->from, "-back");
    }
}

static void
add_graph(struct cas_xml *xml, const struct cas_job *job)
{
    bool undirected = is_undirected(job->graph);
    cas_xml_open(xml, "graph");
    cas_xml_attribute(xml, "id", "casus");
    cas_xml_attribute(xml, "edgedefault", undirected ? "undirected" : "directed");
    add_data(xml, job, "graph", job->about, 0);
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++)
        add_node(xml, job, i);
    add_ties(xml, job, undirected);
    cas_xml_close(xml);
}

enum casus_status
cas_write_graphml(const struct cas_job *job, struct casus_error *err)
{
    struct cas_xml *xml = cas_xml_new(job->output);
    if (!xml)
        return cas_fail_memory(err);
    cas_xml_open(xml, "graphml");
    cas_xml_attribute(xml, "xmlns", "http://graphml.graphdrawing.org/xmlns");
    declare_columns(xml, "graph", job->about);
    declare(xml, "node", "label", CAS_VALUE_TEXT);
    declare_columns(xml, "node", job->actors);
    declare_columns(xml, "node", job->places);
    declare(xml, "edge", "tie", CAS_VALUE_TEXT);
    declare_columns(xml, "edge", job->ties);
    add_graph(xml, job);
    cas_xml_close(xml);
    return cas_xml_free(xml, err);
}
