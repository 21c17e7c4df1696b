/* Exports: every format on one graph whose names try to break out of it, and the dossier written
 * as a dossier. tests/exports.py opens the same formats with the programs they are for. */
#include "unit/inline.h"
#include "unit/records.h"

#include <casus/casus.h>
#include <cjson/cJSON.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG_NAME = 10000 };

/* Names that a writer may get wrong. Ids are "a00", "a01", …, so that they stay in this order. */
static const char *const hostile[] = {
    "</script><script>alert(1)</script>",
    "say \"so\"",
    "back\\slash at the end \\",
    "line\nbreak",
    "\\N \\G \\E",
    "<b>bold</b> &amp; &#60;",
    "]]> and --> and <!--",
    "control \x01 \x1b[31m",
    "emoji \xf0\x9f\x94\xa5",
    "=cmd()",
    "+cmd",
    "-cmd",
    "@cmd",
    "'=cmd",
    "comma, and ; and |",
    "\xe2\x80\xaegnp.exe",
};
enum { HOSTILE = sizeof hostile / sizeof hostile[0] };

struct world {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_problems *problems;
    struct cas_locator locator;
};

static void
add_actor(struct world *world, const char *id, const char *name, const char *parent)
{
    struct casus_sink *sink = casus_dossier_sink(world->dossier);
    struct cas_rec_parent parents = {.id = text(parent)};
    struct cas_rec_actor actor = {.id = text(id), .name = text(name), .kind = CASUS_KIND_OTHER};
    actor.parents = &parents;
    actor.parent_count = parent ? 1 : 0;
    assert_int_equal(sink->actor(sink, &actor, at_line(&world->locator, 1), NULL), CASUS_OK);
}

static struct cas_rec_event
event_of(const char *id, const char *type, const struct cas_text *from, const struct cas_text *to)
{
    const struct casus_type *known = casus_type_find(type, strlen(type));
    struct cas_rec_event event = {.id = text(id),
                                  .type = text(type),
                                  .from = from,
                                  .to = to,
                                  .from_count = 1,
                                  .to_count = 1,
                                  .lat = NAN,
                                  .lon = NAN,
                                  .relation = known->relation,
                                  .directed = known->directed};
    return event;
}

static void
add_event(struct world *world, const struct cas_rec_event *event)
{
    struct casus_sink *sink = casus_dossier_sink(world->dossier);
    assert_int_equal(sink->event(sink, event, at_line(&world->locator, 2), NULL), CASUS_OK);
}

static void
add_tie(struct world *world, const char *id, const char *type, const char *from, const char *to)
{
    struct cas_text source = text(from), target = text(to);
    struct cas_rec_event event = event_of(id, type, &source, &target);
    event.date = day(2031, 3, 0);
    add_event(world, &event);
}

static void
begin_world(struct world *world)
{
    *world = (struct world){.dossier = casus_dossier_new(),
                            .problems = casus_problems_new(CASUS_STRICT)};
    struct casus_sink *sink = casus_dossier_sink(world->dossier);
    struct casus_input input = {.name = "test.json", .format = "dossier"};
    sink->problems = world->problems;
    assert_int_equal(sink->begin(sink, &input, &world->locator.input, NULL), CASUS_OK);
}

static void
finish_world(struct world *world)
{
    struct casus_sink *sink = casus_dossier_sink(world->dossier);
    struct casus_input input = {.name = "test.json", .format = "dossier"};
    struct casus_error err = {0};
    assert_int_equal(sink->end(sink, &input, NULL), CASUS_OK);
    if (casus_dossier_finish(world->dossier, world->problems, &err) != CASUS_OK)
        fail_msg("%s", err.text);
    if (casus_graph_build(world->dossier, NULL, NULL, NULL, &world->graph, &err) != CASUS_OK)
        fail_msg("%s", err.text);
}

static void
end_world(struct world *world)
{
    casus_graph_free(world->graph);
    casus_dossier_free(world->dossier);
    casus_problems_free(world->problems);
}

/* Each hostile name attacks the next; the last two fight without direction, attack and support. */
static void
make_hostile(struct world *world)
{
    char ids[HOSTILE][16], event[16];
    begin_world(world);
    for (int i = 0; i < HOSTILE; i++) {
        snprintf(ids[i], sizeof ids[i], "a%02d", i);
        add_actor(world, ids[i], hostile[i], i ? ids[i - 1] : NULL);
    }
    for (int i = 1; i < HOSTILE; i++) {
        snprintf(event, sizeof event, "e%d", i);
        add_tie(world, event, "raid", ids[i - 1], ids[i]);
    }
    add_tie(world, "battle", "battle", "a01", "a00");
    add_tie(world, "arms", "weapons", "a00", "a01");
    finish_world(world);
}

static char *
exported(const struct casus_graph *graph, const char *name, const struct casus_exporting *options)
{
    struct casus_output *output;
    struct casus_error err = {0};
    assert_int_equal(casus_output_memory(&output, &err), CASUS_OK);
    assert_int_equal(casus_export_write(graph, name, options, output, &err), CASUS_OK);
    char *copy = strdup(casus_output_bytes(output, NULL));
    assert_int_equal(casus_output_close(output, &err), CASUS_OK);
    return copy;
}

static void
assert_holds(const char *haystack, const char *needle)
{
    if (!strstr(haystack, needle))
        fail_msg("no %s in %.2000s", needle, haystack);
}

/* --- the formats ------------------------------------------------------------------------------ */

static void
the_table_of_formats_has_each_name_once(void **state)
{
    assert_true(casus_exporter_count() >= 11);
    for (size_t i = 0; i < casus_exporter_count(); i++) {
        assert_int_equal(casus_exporter_at(i)->extension[0], '.');
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(casus_exporter_at(i)->name, casus_exporter_at(j)->name);
    }
}

static void
an_unknown_format_is_refused_with_the_nearest_name(void **state)
{
    struct world world;
    struct casus_output *output;
    struct casus_error err = {0};
    make_hostile(&world);
    assert_int_equal(casus_output_memory(&output, &err), CASUS_OK);
    assert_int_equal(casus_export_write(world.graph, "netwrokx", NULL, output, &err), CASUS_EINVAL);
    assert_int_equal(err.code, 160);
    assert_holds(err.text, "'networkx'");
    casus_output_discard(output);
    end_world(&world);
}

/* The places where each JSON dialect says a node's name, and how many edges it has. */
static const struct {
    const char *format;
    const char *nodes[3]; /* path to the list of nodes */
    const char *name[2];  /* path to the name in one */
    const char *edges[3];
    int edge_count; /* 15 raids, a battle, arms; NetworkX has the battle twice */
} dialects[] = {
    {"networkx", {"nodes"}, {"name"}, {"edges"}, 18},
    {"cytoscape", {"elements", "nodes"}, {"data", "name"}, {"elements", "edges"}, 17},
    {"d3", {"nodes"}, {"name"}, {"links"}, 17},
    {"graphology", {"nodes"}, {"attributes", "label"}, {"edges"}, 17},
    {"jgf", {"graph", "nodes"}, {"label"}, {"graph", "edges"}, 17},
    {"vis", {"nodes"}, {"label"}, {"edges"}, 17},
};

static const cJSON *
walk(const cJSON *at, const char *const *path, size_t length)
{
    for (size_t i = 0; i < length && path[i]; i++)
        at = cJSON_GetObjectItemCaseSensitive(at, path[i]);
    return at;
}

static void
json_dialects_give_hostile_names_back(void **state)
{
    struct world world;
    make_hostile(&world);
    for (size_t d = 0; d < sizeof dialects / sizeof dialects[0]; d++) {
        char *json = exported(world.graph, dialects[d].format, NULL);
        cJSON *tree = cJSON_ParseWithOpts(json, NULL, true);
        assert_non_null(tree);
        const cJSON *node = walk(tree, dialects[d].nodes, 3)->child;
        for (int i = 0; i < HOSTILE; i++, node = node->next)
            assert_string_equal(walk(node, dialects[d].name, 2)->valuestring, hostile[i]);
        assert_null(node);
        assert_int_equal(cJSON_GetArraySize(walk(tree, dialects[d].edges, 3)),
                         dialects[d].edge_count);
        cJSON_Delete(tree);
        free(json);
    }
    end_world(&world);
}

static void
networkx_has_an_undirected_tie_both_ways_under_one_id(void **state)
{
    struct world world;
    make_hostile(&world);
    char *json = exported(world.graph, "networkx", NULL);
    assert_holds(json, "{\"source\":\"a00\",\"target\":\"a01\",\"key\":\"attack-undirected\","
                       "\"tie\":\"tie:1\",\"weight\":1,\"undirected\":true,");
    assert_holds(json, "{\"source\":\"a01\",\"target\":\"a00\",\"key\":\"attack-undirected\","
                       "\"tie\":\"tie:1\",\"weight\":1,\"undirected\":true,");
    assert_holds(json, "\"first\":\"2031-03\",\"last\":\"2031-03\"");
    free(json);
    json = exported(world.graph, "networkx", &(struct casus_exporting){.links = true});
    assert_holds(json, "\"links\": [");
    assert_null(strstr(json, "\"edges\""));
    free(json);
    end_world(&world);
}

static void
ids_of_ties_are_none_of_an_actor(void **state)
{
    struct world world;
    begin_world(&world);
    add_actor(&world, "tie:1", "an actor that looks like a tie", NULL);
    add_actor(&world, "tie::", "another", NULL);
    add_tie(&world, "e", "raid", "tie:1", "tie::");
    finish_world(&world);
    char *json = exported(world.graph, "cytoscape", NULL);
    assert_holds(json, "{\"id\":\"tie:::1\",\"source\":\"tie:1\",\"target\":\"tie::\"");
    free(json);
    end_world(&world);
}

/* Texts of all <data key="node_name"> of GraphML, or of the attvalues named "name" of GEXF. */
static void
collect_names(xmlNode *node, const char *format, char *names[], int *count)
{
    for (; node; node = node->next) {
        bool graphml = strcmp(format, "graphml") == 0;
        xmlChar *key = node->type == XML_ELEMENT_NODE
                           ? xmlGetNoNsProp(node, BAD_CAST(graphml ? "key" : "for"))
                           : NULL;
        if (key && strcmp((char *)key, graphml ? "node_name" : "name") == 0 && *count < HOSTILE)
            names[(*count)++] = (char *)(graphml ? xmlNodeGetContent(node)
                                                 : xmlGetNoNsProp(node, BAD_CAST "value"));
        xmlFree(key);
        collect_names(node->children, format, names, count);
    }
}

static void
assert_xml_names(const struct casus_graph *graph, const char *format)
{
    char *text = exported(graph, format, NULL), *names[HOSTILE];
    int count = 0;
    xmlDoc *document = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    collect_names(xmlDocGetRootElement(document), format, names, &count);
    assert_int_equal(count, HOSTILE);
    for (int i = 0; i < HOSTILE; i++) {
        bool control = strchr(hostile[i], '\x01') != NULL;
        assert_string_equal(names[i],
                            control ? "control \xef\xbf\xbd \xef\xbf\xbd[31m" : hostile[i]);
        xmlFree(names[i]);
    }
    xmlFreeDoc(document);
    free(text);
}

static void
xml_gives_hostile_names_back_but_for_control_characters(void **state)
{
    struct world world;
    make_hostile(&world);
    assert_xml_names(world.graph, "graphml");
    assert_xml_names(world.graph, "gexf");
    end_world(&world);
}

static void
xml_keeps_ids_apart_that_it_cannot_hold(void **state)
{
    struct world world;
    begin_world(&world);
    add_actor(&world, "x\x01", "one", NULL);
    add_actor(&world, "x\x02", "two", NULL);
    add_actor(&world,
              "x\xef\xbf\xbd\xef\xbf\xbd"
              "1",
              "what the first would become", NULL);
    add_tie(&world, "e", "raid", "x\x01", "x\x02");
    finish_world(&world);
    char *xml = exported(world.graph, "gexf", NULL);
    assert_holds(xml, "source=\"x\xef\xbf\xbd\xef\xbf\xbd"
                      "1\xef\xbf\xbd"
                      "1\"");
    assert_holds(xml, "target=\"x\xef\xbf\xbd\xef\xbf\xbd"
                      "2\"");
    free(xml);
    end_world(&world);
}

static void
a_dated_tie_has_a_spell_in_gexf(void **state)
{
    struct world world;
    begin_world(&world);
    add_actor(&world, "a", "A", NULL);
    add_actor(&world, "b", "B", NULL);
    struct cas_text a = text("a"), b = text("b");
    struct cas_rec_event event = event_of("e1", "training", &a, &b);
    event.date = years(2012, 0);
    add_event(&world, &event);
    add_tie(&world, "e2", "raid", "b", "a");
    add_tie(&world, "e3", "raid", "b", "a");
    event = event_of("e4", "raid", &b, &a);
    event.date = day(2031, 5, 2);
    add_event(&world, &event);
    finish_world(&world);
    char *xml = exported(world.graph, "gexf", NULL);
    assert_holds(xml, "<spell start=\"2012-01-01\"/>");
    assert_holds(xml, "<spell start=\"2031-03-01\" end=\"2031-05-02\"/>");
    free(xml);
    xml = exported(world.graph, "gexf", &(struct casus_exporting){.dossier = world.dossier});
    assert_holds(xml, "<spell start=\"2031-03-01\" end=\"2031-03-31\"/>");
    assert_holds(xml, "<spell start=\"2031-05-02\" end=\"2031-05-02\"/>");
    free(xml);
    end_world(&world);
}

static void
dot_quotes_what_would_end_a_string_or_stand_for_something(void **state)
{
    static const char *const labels[] = {
        "[label=\"</script><script>alert(1)</script>\", name=",
        "[label=\"say \\\"so\\\"\", name=",
        "[label=\"back\\\\slash at the end \\\\\", name=",
        "[label=\"line\nbreak\", name=",
        "[label=\"\\\\N \\\\G \\\\E\", name=",
        "[label=\"<b>bold</b> &amp;amp; &amp;#60;\", name=",
        "[label=\"control \xef\xbf\xbd \xef\xbf\xbd[31m\", name=",
    };
    struct world world;
    make_hostile(&world);
    char *dot = exported(world.graph, "dot", NULL);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        assert_holds(dot, labels[i]);
    assert_holds(dot, "\"a00\" -> \"a01\" [id=\"tie:1\", dir=none, weight=\"1\"");
    free(dot);
    end_world(&world);
}

static void
csv_cells_start_no_formula(void **state)
{
    static const char *const cells[] = {",'=cmd(),",         ",'+cmd,",
                                        ",'-cmd,",           ",'@cmd,",
                                        ",''=cmd,",          ",\"say \"\"so\"\"\",",
                                        ",\"line\nbreak\",", ",\"comma, and ; and |\","};
    struct world world;
    make_hostile(&world);
    char *csv = exported(world.graph, "csv-actors", NULL);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        assert_holds(csv, cells[i]);
    free(csv);
    csv = exported(world.graph, "csv", NULL);
    assert_holds(csv, "Source,Target,Type,Id,Weight,Kind,source_name,target_name,relation,events,");
    assert_holds(csv, "\na00,a01,Undirected,tie:1,1,attack-undirected,");
    assert_holds(csv, "\na00,a01,Directed,tie:3,1,support,");
    free(csv);
    end_world(&world);
}

/* A panel has a row a window, and there are none here. */
static bool
is_of_windows(const char *name)
{
    return strncmp(name, "panel", 5) == 0;
}

static void
a_name_of_ten_thousand_characters_is_whole_in_every_format(void **state)
{
    static char name[LONG_NAME + 1];
    struct world world;
    memset(name, 'x', LONG_NAME);
    begin_world(&world);
    add_actor(&world, "a", name, NULL);
    add_actor(&world, "b", "B", NULL);
    add_tie(&world, "e", "raid", "a", "b");
    finish_world(&world);
    for (size_t i = 0; i < casus_exporter_count(); i++) {
        if (is_of_windows(casus_exporter_at(i)->name) ||
            strcmp(casus_exporter_at(i)->name, "neo4j") == 0)
            continue; /* neo4j's ties name actors by id; their names stand in neo4j-actors */
        char *text = exported(world.graph, casus_exporter_at(i)->name, NULL);
        bool dot = strcmp(casus_exporter_at(i)->name, "dot") == 0;
        assert_holds(text, dot ? name + LONG_NAME - 8192 : name);
        if (dot) /* Graphviz reads strings of up to 16,384 bytes, and joins them */
            assert_holds(text, "xxx\" + \"xxx");
        free(text);
    }
    end_world(&world);
}

static void
without_memory_no_format_does_more_than_say_so(void **state)
{
    struct world world;
    make_hostile(&world);
    struct casus_exporting options = {.dossier = world.dossier};
    for (size_t i = 0; i < casus_exporter_count(); i++) {
        enum casus_status status = CASUS_ENOMEM;
        if (is_of_windows(casus_exporter_at(i)->name))
            continue;
        for (long n = 0; status != CASUS_OK; n++) {
            struct casus_output *output;
            struct casus_error err = {0};
            assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
            cas_mem_fail_after(n);
            status =
                casus_export_write(world.graph, casus_exporter_at(i)->name, &options, output, &err);
            enum casus_status closed = casus_output_close(output, &err);
            cas_mem_fail_after(-1);
            status = status == CASUS_OK ? closed : status;
            assert_true(status == CASUS_OK || status == CASUS_ENOMEM);
            assert_true(n < 10000);
        }
    }
    end_world(&world);
}

/* --- the dossier ------------------------------------------------------------------------------ */

static char *
written(const struct casus_dossier *dossier, enum casus_dossier_layout layout)
{
    struct casus_output *output;
    struct casus_error err = {0};
    assert_int_equal(casus_output_memory(&output, &err), CASUS_OK);
    assert_int_equal(casus_dossier_write(dossier, NULL, layout, output, &err), CASUS_OK);
    char *copy = strdup(casus_output_bytes(output, NULL));
    assert_int_equal(casus_output_close(output, &err), CASUS_OK);
    return copy;
}

static void
make_dossier(struct world *world)
{
    begin_world(world);
    struct casus_sink *sink = casus_dossier_sink(world->dossier);
    struct cas_rec_head head = {.title = text("Wells"), .extra = text("\"x-tool\": [1,  2]")};
    assert_int_equal(sink->head(sink, &head, at_line(&world->locator, 1), NULL), CASUS_OK);
    struct cas_rec_alias aliases[] = {{.name = text("NF")},
                                      {.name = text("al-Jabha"), .lang = text("ar")}};
    struct cas_rec_actor north = {.id = text("north"),
                                  .name = text("north"),
                                  .aliases = aliases,
                                  .alias_count = 2,
                                  .kind = CASUS_KIND_ARMED_GROUP,
                                  .kind_given = true,
                                  .extra = text("\"x-\\u0061\": 1.50")};
    assert_int_equal(sink->actor(sink, &north, at_line(&world->locator, 2), NULL), CASUS_OK);
    add_actor(world, "army", "National Army", NULL);
    struct cas_rec_parent parent = {.id = text("army"), .period = years(2012, 0)};
    struct cas_rec_actor brigade = {
        .id = text("bde"), .parents = &parent, .parent_count = 1, .kind = CASUS_KIND_OTHER};
    assert_int_equal(sink->actor(sink, &brigade, at_line(&world->locator, 3), NULL), CASUS_OK);
    struct cas_rec_loss losses[] = {
        {.actor = text("bde"), .what = 1, .figure = {-1, 20, -1}},
        {.actor = text("bde"), .what = 2, .some = true, .figure = {1, -1, -1}},
        {.actor = text("bde"), .what = 1, .figure = {3, -1, 5}},
        {.what = 9, .figure = {12, -1, -1}},
    };
    struct cas_rec_claim claim = {.by = text("north"),
                                  .stance = CASUS_RESPONSIBILITY,
                                  .losses = losses,
                                  .loss_count = 4,
                                  .credibility = 3};
    struct cas_text from = text("north"), to = text("bde");
    struct cas_rec_event event = event_of("e1", "ambush", &from, &to);
    event.date = day(2020, 5, 0);
    event.place_name = text("Dry Wells");
    event.lat = 34.9;
    event.lon = -39.1;
    event.claims = &claim;
    event.claim_count = 1;
    add_event(world, &event);
    event = event_of("e2", "clash", &from, &to);
    event.type = text("dance");
    event.relation = CASUS_SUPPORT;
    event.place_name = text("Town");
    add_event(world, &event);
    struct cas_text about[] = {text("e1"), text("e2")};
    struct cas_rec_claim both = {.by = text("army"),
                                 .stance = CASUS_DENY,
                                 .of = text("north"),
                                 .about = about,
                                 .about_count = 2};
    assert_int_equal(sink->claim(sink, &both, at_line(&world->locator, 4), NULL), CASUS_OK);
    finish_world(world);
}

static void
a_dossier_is_written_in_its_one_form(void **state)
{
    struct world world;
    make_dossier(&world);
    char *json = written(world.dossier, CASUS_DOSSIER_JSON);
    assert_string_equal(
        json,
        "{\n"
        "  \"casus\": 1,\n"
        "  \"title\": \"Wells\",\n"
        "  \"x-tool\": [1,2],\n"
        "  \"actors\": [\n"
        "    {\"id\":\"north\",\"aliases\":[\"NF\",{\"name\":\"al-Jabha\",\"lang\":\"ar\"}],"
        "\"kind\":\"armed-group\",\"x-a\":1.50},\n"
        "    {\"id\":\"army\",\"name\":\"National Army\"},\n"
        "    {\"id\":\"bde\",\"parent\":[{\"id\":\"army\",\"from\":\"2012\",\"to\":null}]}\n"
        "  ],\n"
        "  \"events\": [\n"
        "    {\"id\":\"e1\",\"type\":\"ambush\",\"date\":\"2020-05\",\"place\":{\"name\":"
        "\"Dry Wells\",\"lat\":34.9,\"lon\":-39.1},\"from\":[\"north\"],\"to\":[\"bde\"],"
        "\"claims\":[{\"by\":\"north\",\"stance\":\"responsibility\",\"credibility\":3,\"losses\":["
        "{\"actor\":\"bde\",\"killed\":20,\"wounded\":true},"
        "{\"actor\":\"bde\",\"killed\":{\"low\":3,\"high\":5}},"
        "{\"what\":[\"killed\",\"missing\"],\"low\":12}]}]},\n"
        "    {\"id\":\"e2\",\"type\":\"dance\",\"relation\":\"support\",\"directed\":false,"
        "\"place\":\"Town\",\"from\":[\"north\"],\"to\":[\"bde\"]}\n"
        "  ],\n"
        "  \"claims\": [\n"
        "    {\"about\":[\"e1\",\"e2\"],\"by\":\"army\",\"stance\":\"deny\",\"of\":\"north\"}\n"
        "  ]\n"
        "}\n");
    free(json);
    end_world(&world);
}

/* e1 and e3 stay. "three" is of e1 and e2, so its figure is of neither; "gone" is of e2 alone. */
static void
of_a_dossier_the_chosen_events_are_written_and_what_is_said_of_them(void **state)
{
    struct casus_dossier *dossier = inline_dossier(
        "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"idle\"}],\"events\":["
        "{\"id\":\"e1\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"]},"
        "{\"id\":\"e2\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"]},"
        "{\"id\":\"e3\",\"type\":\"raid\",\"from\":[\"b\"],\"to\":[\"a\"]}],\"claims\":["
        "{\"about\":[\"e1\",\"e2\"],\"by\":\"b\",\"stance\":\"report\",\"note\":\"three\","
        "\"losses\":[{\"actor\":\"b\",\"killed\":3}]},"
        "{\"about\":[\"e2\"],\"by\":\"b\",\"stance\":\"report\",\"note\":\"gone\"},"
        "{\"about\":[\"e1\",\"e3\"],\"by\":\"a\",\"stance\":\"deny\","
        "\"losses\":[{\"actor\":\"a\",\"killed\":2}]}]}");
    static const uint8_t chosen[] = {1, 0, 1};
    struct casus_output *output;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(casus_dossier_write(dossier, chosen, CASUS_DOSSIER_LINES, output, NULL),
                     CASUS_OK);
    assert_string_equal(
        casus_output_bytes(output, NULL),
        "{\"actor\":{\"id\":\"a\"}}\n{\"actor\":{\"id\":\"b\"}}\n{\"actor\":{\"id\":\"idle\"}}\n"
        "{\"event\":{\"id\":\"e1\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],"
        "\"claims\":[{\"by\":\"b\",\"stance\":\"report\",\"note\":\"three\"}]}}\n"
        "{\"event\":{\"id\":\"e3\",\"type\":\"raid\",\"from\":[\"b\"],\"to\":[\"a\"]}}\n"
        "{\"claim\":{\"about\":[\"e1\",\"e3\"],\"by\":\"a\",\"stance\":\"deny\","
        "\"losses\":[{\"actor\":\"a\",\"killed\":2}]}}\n");
    casus_output_discard(output);
    casus_dossier_free(dossier);
}

static void
json_lines_have_one_record_each_and_no_head(void **state)
{
    struct world world;
    make_dossier(&world);
    char *lines = written(world.dossier, CASUS_DOSSIER_LINES);
    assert_int_equal(strncmp(lines, "{\"actor\":{\"id\":\"north\",", 23), 0);
    assert_holds(lines, "}}\n{\"event\":{\"id\":\"e1\",");
    assert_holds(lines, "}\n{\"claim\":{\"about\":[\"e1\",\"e2\"],");
    assert_null(strstr(lines, "Wells\",\"x-tool"));
    free(lines);
    end_world(&world);
}

static void
without_memory_a_dossier_is_written_whole_or_not_at_all(void **state)
{
    struct world world;
    make_dossier(&world);
    for (int layout = CASUS_DOSSIER_JSON; layout <= CASUS_DOSSIER_LINES; layout++) {
        enum casus_status status = CASUS_ENOMEM;
        for (long n = 0; status != CASUS_OK; n++) {
            struct casus_output *output;
            assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
            cas_mem_fail_after(n);
            status = casus_dossier_write(world.dossier, NULL, (enum casus_dossier_layout)layout,
                                         output, NULL);
            enum casus_status closed = casus_output_close(output, NULL);
            cas_mem_fail_after(-1);
            status = status == CASUS_OK ? closed : status;
            assert_true(status == CASUS_OK || status == CASUS_ENOMEM);
        }
    }
    end_world(&world);
}

static void
without_memory_a_csv_set_leaves_no_file(void **state)
{
    static const char *const files[] = {"dossier.csv", "actors.csv", "sources.csv", "events.csv",
                                        "claims.csv"};
    struct world world;
    char folder[] = "/tmp/casus-set-XXXXXX", path[64];
    make_dossier(&world);
    assert_non_null(mkdtemp(folder));
    enum casus_status status = CASUS_ENOMEM;
    for (long n = 0; status != CASUS_OK; n++) {
        cas_mem_fail_after(n);
        status = casus_dossier_write_csv(world.dossier, NULL, folder, NULL);
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || status == CASUS_ENOMEM);
        if (status != CASUS_OK && rmdir(folder) == 0)
            assert_int_equal(mkdir(folder, 0700), 0);
        else
            assert_int_equal(status, CASUS_OK);
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    end_world(&world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_formats_has_each_name_once),
        cmocka_unit_test(an_unknown_format_is_refused_with_the_nearest_name),
        cmocka_unit_test(json_dialects_give_hostile_names_back),
        cmocka_unit_test(networkx_has_an_undirected_tie_both_ways_under_one_id),
        cmocka_unit_test(ids_of_ties_are_none_of_an_actor),
        cmocka_unit_test(xml_gives_hostile_names_back_but_for_control_characters),
        cmocka_unit_test(xml_keeps_ids_apart_that_it_cannot_hold),
        cmocka_unit_test(a_dated_tie_has_a_spell_in_gexf),
        cmocka_unit_test(dot_quotes_what_would_end_a_string_or_stand_for_something),
        cmocka_unit_test(csv_cells_start_no_formula),
        cmocka_unit_test(a_name_of_ten_thousand_characters_is_whole_in_every_format),
        cmocka_unit_test(without_memory_no_format_does_more_than_say_so),
        cmocka_unit_test(a_dossier_is_written_in_its_one_form),
        cmocka_unit_test(of_a_dossier_the_chosen_events_are_written_and_what_is_said_of_them),
        cmocka_unit_test(json_lines_have_one_record_each_and_no_head),
        cmocka_unit_test(without_memory_a_dossier_is_written_whole_or_not_at_all),
        cmocka_unit_test(without_memory_a_csv_set_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
