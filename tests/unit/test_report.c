/* The centrality report of a small dossier: its JSON, its CSV, its order and its caveats. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include <casus/casus.h>

/* Four attacks of a on b, one battle of b and c, support of d for b, a claim of a about the first;
 * e is in nothing. */
static const char calm[] =
    "{\"casus\":1,\"title\":\"A <case>\",\"actors\":["
    "{\"id\":\"e\",\"name\":\"E\"},{\"id\":\"d\",\"name\":\"D\",\"kind\":\"state\"},"
    "{\"id\":\"c\",\"name\":\"=C\"},{\"id\":\"b\",\"name\":\"B\\u202e\",\"parent\":\"d\"},"
    "{\"id\":\"a\",\"name\":\"A\"}],"
    "\"events\":["
    "{\"id\":\"1\",\"type\":\"ambush\",\"from\":[\"a\"],\"to\":[\"b\"],\"date\":\"2020-05-02\","
    "\"claims\":[{\"by\":\"a\",\"stance\":\"responsibility\","
    "\"losses\":[{\"actor\":\"b\",\"killed\":20}]}]},"
    "{\"id\":\"2\",\"type\":\"ambush\",\"from\":[\"a\"],\"to\":[\"b\"],\"date\":\"2020-06\"},"
    "{\"id\":\"3\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"date\":\"2020-06\"},"
    "{\"id\":\"4\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"date\":\"2020-07\"},"
    "{\"id\":\"5\",\"type\":\"battle\",\"from\":[\"b\"],\"to\":[\"c\"],\"date\":\"2020-07\"},"
    "{\"id\":\"6\",\"type\":\"training\",\"from\":[\"d\"],\"to\":[\"b\"],\"date\":\"2020-07\"}]}";

/* Two actors who do both to each other, and nothing else. */
static const char torn[] = "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"events\":["
                           "{\"id\":\"1\",\"type\":\"ambush\",\"from\":[\"a\"],\"to\":[\"b\"]},"
                           "{\"id\":\"2\",\"type\":\"training\",\"from\":[\"b\"],\"to\":[\"a\"]},"
                           "{\"id\":\"3\",\"type\":\"raid\",\"from\":[],\"to\":[\"a\"]}]}";

struct answer {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_scores *scores[3]; /* both, attack, support */
};

static void
read_text(const char *text, struct casus_dossier *dossier)
{
    char path[] = "/tmp/casus-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    const struct casus_reading reading = {0};
    struct casus_error err = {0};
    assert_int_equal(casus_read(path, &reading, casus_dossier_sink(dossier), problems, &err),
                     CASUS_OK);
    assert_int_equal(casus_dossier_finish(dossier, problems, &err), CASUS_OK);
    casus_problems_free(problems);
    unlink(path);
}

static void
prepare(struct answer *answer, const char *text)
{
    const unsigned relations[3] = {0, CASUS_BIT(CASUS_ATTACK), CASUS_BIT(CASUS_SUPPORT)};
    const struct casus_folding folding = {CASUS_WEIGHT_EVENTS};
    struct casus_error err = {0};
    answer->dossier = casus_dossier_new();
    read_text(text, answer->dossier);
    assert_int_equal(casus_graph_build(answer->dossier, NULL, NULL, &folding, &answer->graph, &err),
                     CASUS_OK);
    for (int i = 0; i < 3; i++) {
        const struct casus_scoring scoring = {.relations = relations[i]};
        assert_int_equal(casus_scores_new(answer->graph, &scoring, &answer->scores[i], &err),
                         CASUS_OK);
    }
}

static void
drop(struct answer *answer)
{
    for (int i = 0; i < 3; i++)
        casus_scores_free(answer->scores[i]);
    casus_graph_free(answer->graph);
    casus_dossier_free(answer->dossier);
}

/* The report as a string; owned by the caller. */
static char *
report(const char *text, enum casus_layout layout)
{
    struct answer answer;
    struct casus_output *output;
    prepare(&answer, text);
    const struct casus_report report = {
        .heading = {.command = "report", .weight = "events", .width = 100},
        .graph = answer.graph,
        .contact = answer.scores[0],
        .attack = answer.scores[1],
        .support = answer.scores[2]};
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(casus_report_write(&report, layout, output, NULL), CASUS_OK);
    char *copy = strdup(casus_output_bytes(output, NULL));
    casus_output_discard(output);
    drop(&answer);
    return copy;
}

static const cJSON *
get(const cJSON *object, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_non_null(found);
    return found;
}

static void
json_holds_actors_in_order_with_every_measure_and_null_where_it_is_undefined(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    static const double in_degree[] = {0, 3, 1, 0, 0};
    char *text = report(calm, CASUS_JSON);
    cJSON *json = cJSON_Parse(text);
    const cJSON *actors = get(json, "actors");
    assert_int_equal(cJSON_GetArraySize(actors), 5);
    for (int i = 0; i < 5; i++) {
        const cJSON *actor = cJSON_GetArrayItem(actors, i), *scores = get(actor, "scores");
        assert_string_equal(get(actor, "id")->valuestring, ids[i]);
        assert_int_equal(cJSON_GetArraySize(scores), CASUS_MEASURE_COUNT);
        assert_int_equal(cJSON_GetArraySize(get(actor, "ranks")), CASUS_MEASURE_COUNT);
        assert_true(get(scores, "in_degree")->valuedouble == in_degree[i]);
    }
    const cJSON *last = cJSON_GetArrayItem(actors, 4);
    assert_true(cJSON_IsNull(get(get(last, "scores"), "closeness")));
    assert_true(cJSON_IsNull(get(get(last, "ranks"), "closeness")));
    assert_true(cJSON_IsString(get(get(last, "undefined"), "closeness")));
    assert_string_equal(get(cJSON_GetArrayItem(actors, 1), "parent")->valuestring, "d");
    cJSON_Delete(json);
    free(text);
}

static void
scores_by_relation_stand_apart(void **state)
{
    char *text = report(calm, CASUS_JSON);
    cJSON *json = cJSON_Parse(text);
    const cJSON *b = cJSON_GetArrayItem(get(json, "actors"), 1), *apart = get(b, "by_relation");
    assert_true(get(get(get(apart, "attack"), "scores"), "in_strength")->valuedouble == 5);
    assert_true(get(get(get(apart, "support"), "scores"), "in_strength")->valuedouble == 1);
    assert_true(get(get(b, "scores"), "in_strength")->valuedouble == 6);
    cJSON_Delete(json);
    free(text);
}

static void
csv_has_a_row_an_actor_and_disarms_formulas(void **state)
{
    char *text = report(calm, CASUS_CSV);
    size_t commas = 0, lines = 0;
    for (const char *at = text; *at; at++) {
        commas += *at == ',';
        lines += *at == '\n';
    }
    assert_int_equal(lines, 6);
    assert_int_equal(commas, 6 * (5 + 4 * CASUS_MEASURE_COUNT - 1));
    assert_int_equal(strncmp(text, "id,name,kind,parent,side,in_degree,", 35), 0);
    assert_non_null(strstr(text, "\nc,'=C,other,,,"));
    free(text);
}

static void
check_order(const char *text, const char *const *parts)
{
    const char *at = text;
    for (; *parts; parts++) {
        const char *found = strstr(at, *parts);
        if (!found)
            fail_msg("'%s' does not stand after what goes before it", *parts);
        at = found + strlen(*parts);
    }
}

static void
the_page_leads_with_who_does_what_and_ends_with_caveats(void **state)
{
    static const char *const parts[] = {"A <case>",
                                        "Period",
                                        "2020-05-02 – 2020-07",
                                        "6: 5 of attack, 1 of support, 0 of claim; 1 claim",
                                        "Who attacks",
                                        "  1  A",
                                        "B\\u202e 4",
                                        "Who is hit",
                                        "  1  B\\u202e",
                                        "20",
                                        "Who backs",
                                        "  1  D",
                                        "Who is backed",
                                        "Who speaks",
                                        "Attack alone",
                                        "Support alone",
                                        "contact, not influence",
                                        "Definitions",
                                        "PageRank",
                                        "Caveats",
                                        NULL};
    char *text = report(calm, CASUS_TEXT);
    check_order(text, parts);
    assert_null(strstr(text, "\342\200\256"));
    free(text);
}

static void
markdown_and_html_hold_the_same_sections_and_escape_the_title(void **state)
{
    static const char *const markdown[] = {"# A \\<case\\>\n", "\n## Who attacks\n",
                                           "| 1 | A | 4 |",    "\n## Definitions\n",
                                           "\n## Caveats\n",   NULL};
    static const char *const html[] = {"<title>A &lt;case&gt;</title>",
                                       "<h2>Who attacks</h2>",
                                       "<h2>Definitions</h2>",
                                       "<h2>Caveats</h2>",
                                       "</html>\n",
                                       NULL};
    char *text = report(calm, CASUS_MARKDOWN);
    check_order(text, markdown);
    free(text);
    text = report(calm, CASUS_HTML);
    check_order(text, html);
    assert_null(strstr(text, "<case>"));
    free(text);
}

/* The names of the caveats, in order, as "few_events undirected …"; owned by the caller. */
static char *
caveats(const char *dossier)
{
    char *text = report(dossier, CASUS_JSON), *names = calloc(1, 1000);
    cJSON *json = cJSON_Parse(text);
    const cJSON *caveat;
    cJSON_ArrayForEach(caveat, get(json, "caveats"))
    {
        strcat(names, get(caveat, "name")->valuestring);
        strcat(names, " ");
    }
    cJSON_Delete(json);
    free(text);
    return names;
}

static void
caveats_are_those_that_apply_and_no_others(void **state)
{
    char *names = caveats(calm);
    assert_string_equal(names, "few_events not_connected undirected undefined closeness ");
    free(names);
    names = caveats(torn);
    assert_string_equal(names, "few_events undated unknown_side ambivalent undefined ");
    free(names);
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            json_holds_actors_in_order_with_every_measure_and_null_where_it_is_undefined),
        cmocka_unit_test(scores_by_relation_stand_apart),
        cmocka_unit_test(csv_has_a_row_an_actor_and_disarms_formulas),
        cmocka_unit_test(the_page_leads_with_who_does_what_and_ends_with_caveats),
        cmocka_unit_test(markdown_and_html_hold_the_same_sections_and_escape_the_title),
        cmocka_unit_test(caveats_are_those_that_apply_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
