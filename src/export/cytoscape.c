/* Cytoscape.js elements, in the frame that Cytoscape on the desktop opens too (.cyjs).
 *
 * `parent` nests an actor in Cytoscape.js and must name a node that exists, so it is there only
 * where the parent is in the graph; `parent_id` names the parent in any case. Ids of nodes and
 * edges share one space. An id of nothing but white space ends Cytoscape.js; it gets U+FFFD and a
 * number behind it, as in XML.
 */
#include "export/dialect.h"

/* The length of the white space (that of scripts) that a text begins with, or 0. */
static size_t
space_length(const char *s)
{
    static const char *const wide[] = {
        "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
        "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000",
        "\ufeff"};
    if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        size_t n = strlen(wide[i]);
        if (strncmp(s, wide[i], n) == 0)
            return n;
    }
    return 0;
}

static bool
is_blank(const char *s)
{
    for (size_t n; (n = space_length(s)) > 0;)
        s += n;
    return *s == '\0';
}

static void
add_actor_id(struct cas_dialect *dialect, struct cJSON *data, const char *key, uint32_t actor)
{
    const char *id = cas_job_actor_id(dialect->job, actor);
    struct cas_buffer *fit = &dialect->scratch;
    if (!is_blank(id)) {
        cas_dialect_add_actor_id(dialect, data, key, actor);
        return;
    }
    cas_buffer_clear(fit);
    cas_buffer_text(fit, id);
    do
        cas_buffer_printf(fit, "\ufffd%u", actor + 1);
    while (!fit->failed && casus_graph_actor_find(dialect->job->graph, fit->s) != CASUS_NONE);
    cas_json_add_text(&dialect->json, data, key, fit->s);
}

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
    add_actor_id(dialect, data, "id", index);
    if (actor->parent_id)
        cas_json_add_text(json, data, "parent_id", actor->parent_id);
    struct cas_columns columns = dialect->job->actors;
    for (size_t i = 0; i < columns.count; i++) {
        if (strcmp(columns.at[i].name, "parent") != 0)
            cas_dialect_add(dialect, data, (struct cas_columns){&columns.at[i], 1}, 0, index);
        else if (actor->parent != CASUS_NONE)
            add_actor_id(dialect, data, "parent", actor->parent);
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
    add_actor_id(dialect, data, "source", tie->from);
    add_actor_id(dialect, data, "target", tie->to);
    cas_dialect_add_tie(dialect, data, index);
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
