/* What `casus actors` and `casus check` answer, on a small dossier whose names mean harm. */
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "records.h"

#include <cjson/cJSON.h>

#include <casus/report.h>

#include "base/mem.h"

static const struct casus_heading heading = {.command = "actors", .width = 100};

struct given {
    const char *id, *name, *alias, *parent, *side;
    struct casus_period period;
    enum casus_kind kind;
};

static void
give_actor(struct casus_sink *sink, struct cas_locator *locator, const struct given *given,
           unsigned line)
{
    struct cas_rec_alias alias = {.name = text(given->alias)};
    struct cas_rec_parent parent = {.id = text(given->parent), .period = given->period};
    struct cas_rec_actor record = {.id = text(given->id),
                                   .name = text(given->name),
                                   .side = text(given->side),
                                   .aliases = &alias,
                                   .alias_count = given->alias != NULL,
                                   .parents = &parent,
                                   .parent_count = given->parent != NULL,
                                   .kind = given->kind,
                                   .kind_given = true};
    struct casus_error err = {0};
    assert_int_equal(sink->actor(sink, &record, at_line(locator, line), &err), CASUS_OK);
}

static void
give_event(struct casus_sink *sink, struct cas_locator *locator)
{
    struct cas_text from[] = {text("north")}, to[] = {text("bde4")};
    struct cas_rec_loss losses[] = {
        {.actor = text("bde4"), .what = CASUS_BIT(CASUS_KILLED), .figure = {-1, 20, -1}}};
    struct cas_rec_claim claims[] = {{.by = text("north"),
                                      .via = text("voice"),
                                      .stance = CASUS_RESPONSIBILITY,
                                      .losses = losses,
                                      .loss_count = 1}};
    struct cas_rec_event event = {.id = text("e1"),
                                  .type = text("ambush"),
                                  .from = from,
                                  .from_count = 1,
                                  .to = to,
                                  .to_count = 1,
                                  .claims = claims,
                                  .claim_count = 1,
                                  .lat = NAN,
                                  .lon = NAN,
                                  .directed = true};
    struct casus_error err = {0};
    assert_int_equal(sink->event(sink, &event, at_line(locator, 9), &err), CASUS_OK);
}

/* Six actors, not in the order of their ids, and an event with a claim. */
static struct casus_dossier *
new_dossier(void)
{
    const struct given actors[] = {
        {"voice", "Voice of the North", NULL, "north", NULL, {{0}}, CASUS_KIND_OUTLET},
        {"north", "Northern Front", "=NF()", NULL, NULL, {{0}}, CASUS_KIND_ARMED_GROUP},
        {"army", "National Army", NULL, NULL, "government", {{0}}, CASUS_KIND_ARMY},
        {"bde4", "4th Brigade", NULL, "army", NULL, years(2012, 0), CASUS_KIND_UNIT},
        {"nothern", "Nothern Front", NULL, NULL, NULL, {{0}}, CASUS_KIND_OTHER},
        {"zz", "a\033[2J<b>|", NULL, NULL, NULL, {{0}}, CASUS_KIND_PERSON},
    };
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_sink *sink = casus_dossier_sink(dossier);
    struct casus_input input = {.name = "test.json", .format = "dossier"};
    struct cas_locator locator = {0};
    struct casus_error err = {0};
    sink->problems = problems;
    assert_int_equal(sink->begin(sink, &input, &locator.input, &err), CASUS_OK);
    for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++)
        give_actor(sink, &locator, &actors[i], (unsigned)i + 2);
    give_event(sink, &locator);
    assert_int_equal(casus_dossier_finish(dossier, problems, &err), CASUS_OK);
    casus_problems_free(problems);
    return dossier;
}

/* The answer as a string; owned by the caller. */
static char *
write_actors(enum casus_layout layout)
{
    struct casus_dossier *dossier = new_dossier();
    struct casus_output *output;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(
        casus_actors_write(&(struct casus_actors){.heading = heading, .dossier = dossier}, layout,
                           output, NULL),
        CASUS_OK);
    char *answer = strdup(casus_output_bytes(output, NULL));
    casus_output_discard(output);
    casus_dossier_free(dossier);
    return answer;
}

static const cJSON *
get(const cJSON *object, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_non_null(found);
    return found;
}

static void
actors_stand_in_the_order_of_their_ids_with_their_counts(void **state)
{
    static const struct {
        const char *id;
        double events, claims, carried, losses, line;
    } rows[] = {{"army", 0, 0, 0, 0, 4},    {"bde4", 1, 0, 0, 1, 5},  {"north", 1, 1, 0, 0, 3},
                {"nothern", 0, 0, 0, 0, 6}, {"voice", 0, 0, 1, 0, 2}, {"zz", 0, 0, 0, 0, 7}};
    char *answer = write_actors(CASUS_JSON);
    cJSON *json = cJSON_Parse(answer);
    const cJSON *actors = get(json, "actors");
    assert_int_equal(cJSON_GetArraySize(actors), 6);
    for (int i = 0; i < 6; i++) {
        const cJSON *actor = cJSON_GetArrayItem(actors, i), *counts = get(actor, "counts");
        assert_string_equal(get(actor, "id")->valuestring, rows[i].id);
        assert_true(get(counts, "events")->valuedouble == rows[i].events);
        assert_true(get(counts, "claims")->valuedouble == rows[i].claims);
        assert_true(get(counts, "carried")->valuedouble == rows[i].carried);
        assert_true(get(counts, "losses")->valuedouble == rows[i].losses);
        assert_true(get(get(actor, "declared"), "line")->valuedouble == rows[i].line);
    }
    assert_string_equal(get(get(json, "input")->child, "name")->valuestring, "test.json");
    cJSON_Delete(json);
    free(answer);
}

static void
a_dated_parent_keeps_its_open_end(void **state)
{
    char *answer = write_actors(CASUS_JSON);
    assert_non_null(
        strstr(answer, "\"parents\":[{\"id\":\"army\",\"from\":\"2012\",\"to\":null}]"));
    free(answer);
}

static void
names_that_nearly_meet_are_told_and_kin_are_not(void **state)
{
    char *answer = write_actors(CASUS_JSON);
    cJSON *json = cJSON_Parse(answer);
    const cJSON *duplicates = get(json, "duplicates");
    assert_int_equal(cJSON_GetArraySize(duplicates), 1);
    const cJSON *actors = get(duplicates->child, "actors");
    assert_string_equal(cJSON_GetArrayItem(actors, 0)->valuestring, "north");
    assert_string_equal(cJSON_GetArrayItem(actors, 1)->valuestring, "nothern");
    cJSON_Delete(json);
    free(answer);
}

static void
no_layout_lets_a_name_through_as_it_is(void **state)
{
    char *answers[] = {write_actors(CASUS_TEXT), write_actors(CASUS_MARKDOWN),
                       write_actors(CASUS_HTML), write_actors(CASUS_JSON)};
    for (int i = 0; i < 4; i++) {
        assert_null(strchr(answers[i], '\033'));
        assert_non_null(strstr(answers[i], "u001b"));
        free(answers[i]);
    }
    char *html = write_actors(CASUS_HTML);
    assert_null(strstr(html, "<b>"));
    free(html);
}

static void
the_registry_has_a_row_a_name_and_asks_about_duplicates(void **state)
{
    struct casus_dossier *dossier = new_dossier();
    struct casus_output *output;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(casus_registry_write(dossier, NULL, output, NULL), CASUS_OK);
    assert_string_equal(casus_output_bytes(output, NULL),
                        "alias,actor,kind,parent,side,from,until,judgement,source\n"
                        "National Army,army,army,,government,,,yes,test.json:4\n"
                        "4th Brigade,bde4,unit,,,,,yes,test.json:5\n"
                        ",bde4,,army,,2012,..,yes,test.json:5\n"
                        "Northern Front,north,armed-group,,,,,yes,test.json:3\n"
                        "'=NF(),north,,,,,,yes,test.json:3\n"
                        "Nothern Front,nothern,other,,,,,yes,test.json:6\n"
                        "Voice of the North,voice,outlet,north,,,,yes,test.json:2\n"
                        "a\033[2J<b>|,zz,person,,,,,yes,test.json:7\n"
                        "nothern,north,,,,,,unsure,"
                        "Northern Front ~ Nothern Front: a letter or two apart\n");
    casus_output_discard(output);
    casus_dossier_free(dossier);
}

static void
every_allocation_of_an_answer_may_fail(void **state)
{
    struct casus_dossier *dossier = new_dossier();
    cJSON_InitHooks(&(cJSON_Hooks){cas_alloc, cas_free});
    for (int layout = CASUS_TEXT; layout <= CASUS_CSV; layout++) {
        enum casus_status status = CASUS_ENOMEM;
        for (long n = 0; status == CASUS_ENOMEM; n++) {
            struct casus_output *output;
            assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
            cas_mem_fail_after(n);
            status =
                casus_actors_write(&(struct casus_actors){.heading = heading, .dossier = dossier},
                                   (enum casus_layout)layout, output, NULL);
            cas_mem_fail_after(-1);
            enum casus_status closed = casus_output_close(output, NULL);
            status = status == CASUS_OK ? closed : status;
            assert_true(n < 100000);
        }
        assert_int_equal(status, CASUS_OK);
    }
    cJSON_InitHooks(NULL);
    casus_dossier_free(dossier);
}

/* --- problems ----------------------------------------------------------------------------- */

/* The problems as they are written; owned by the caller. */
static char *
write_problems(enum casus_layout layout, bool any)
{
    const struct casus_heading check = {.command = "check"};
    struct casus_problems *problems = casus_problems_new(CASUS_CHECK);
    struct casus_error fault;
    struct casus_output *output;
    const char *line =
        "{\"by\": \"\302\205\344\272\254\", \"x\": 1}"; /* a C1 control, a wide one */
    if (any) {
        cas_fault_at(&fault, "a,b.json", (struct casus_where){3, 12}, line, strlen(line),
                     CAS_MSG_NO_ACTOR, "no actor '%s'", "\033[2J\"");
        assert_int_equal(cas_problem(problems, &fault, NULL), CASUS_OK);
        cas_fault_text(&fault, CAS_MSG_NO_EVENTS, "there is nothing to fold");
        assert_int_equal(cas_problem(problems, &fault, NULL), CASUS_OK);
    }
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    assert_int_equal(casus_problems_write(problems, &check, layout, output, NULL), CASUS_OK);
    char *answer = strdup(casus_output_bytes(output, NULL));
    casus_output_discard(output);
    casus_problems_free(problems);
    return answer;
}

static void
check_problems(enum casus_layout layout, bool any, const char *expected)
{
    char *answer = write_problems(layout, any);
    assert_string_equal(answer, expected);
    free(answer);
}

/* The caret stands below the comma, the 12th character: the one before takes two columns, and the
 * control character six. */
static void
a_problem_shows_its_line_and_the_caret_below_its_column(void **state)
{
    check_problems(CASUS_TEXT, true,
                   "a,b.json:3:12: [CAS-131] no actor '\\u001b[2J\"'\n"
                   "    {\"by\": \"\\u0085京\", \"x\": 1}\n"
                   "                     ^\n"
                   "[CAS-150] there is nothing to fold\n"
                   "2 problems\n");
    check_problems(CASUS_TEXT, false, "no problems\n");
}

static void
problems_as_json_say_null_where_there_is_no_place(void **state)
{
    char *answer = write_problems(CASUS_JSON, true);
    assert_non_null(
        strstr(answer, "  \"command\": \"check\",\n"
                       "  \"problems\": [\n"
                       "    {\"file\":\"a,b.json\",\"line\":3,\"column\":12,\"code\":\"CAS-131\","
                       "\"text\":\"no actor '\\u001b[2J\\\"'\"},\n"
                       "    {\"file\":\"\",\"line\":null,\"column\":null,\"code\":\"CAS-150\","
                       "\"text\":\"there is nothing to fold\"}\n"
                       "  ],\n"
                       "  \"count\": 2\n"
                       "}\n"));
    free(answer);
}

static void
problems_as_csv_are_one_row_each(void **state)
{
    check_problems(CASUS_CSV, true,
                   "file,line,column,code,text\n"
                   "\"a,b.json\",3,12,CAS-131,\"no actor '\033[2J\"\"'\"\n"
                   ",,,CAS-150,there is nothing to fold\n");
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actors_stand_in_the_order_of_their_ids_with_their_counts),
        cmocka_unit_test(a_dated_parent_keeps_its_open_end),
        cmocka_unit_test(names_that_nearly_meet_are_told_and_kin_are_not),
        cmocka_unit_test(no_layout_lets_a_name_through_as_it_is),
        cmocka_unit_test(the_registry_has_a_row_a_name_and_asks_about_duplicates),
        cmocka_unit_test(every_allocation_of_an_answer_may_fail),
        cmocka_unit_test(a_problem_shows_its_line_and_the_caret_below_its_column),
        cmocka_unit_test(problems_as_json_say_null_where_there_is_no_place),
        cmocka_unit_test(problems_as_csv_are_one_row_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
