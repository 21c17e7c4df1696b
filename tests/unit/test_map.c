/* Maps: one line, or a JSON file. */
#include "unit/inline.h"

#include "read/map.h"

static const char *
write_map(const char *map, char *out, size_t room, struct casus_error *err)
{
    struct casus_output *output;
    size_t length;
    assert_int_equal(casus_output_memory(&output, NULL), CASUS_OK);
    enum casus_status status = casus_map_write(map, output, err);
    const char *bytes = casus_output_bytes(output, &length);
    assert_true(length < room);
    memcpy(out, length ? bytes : "", length);
    out[length] = '\0';
    casus_output_discard(output);
    return status == CASUS_OK ? out : NULL;
}

static const char line[] = "from=Attacker, to = \"Target, own\",type=Kind,type.Firefight=clash,"
                           "type.Arms=weapons,date=When,killed=Dead,list:=;,dates:=month-first";
static const char file[] = "{\"casus-map\": 1,\n"
                           " \"columns\": {\"from\": \"Attacker\",\n"
                           "             \"to\": \"Target, own\",\n"
                           "             \"type\": \"Kind\",\n"
                           "             \"date\": \"When\",\n"
                           "             \"killed\": \"Dead\"},\n"
                           " \"types\": {\"Firefight\": \"clash\",\n"
                           "           \"Arms\": \"weapons\"},\n"
                           " \"list\": \";\",\n"
                           " \"dates\": \"month-first\"}\n";

static void
a_line_is_saved_as_a_file_that_says_the_same(void **state)
{
    char out[2048];
    struct casus_error err = {0};
    (void)state;
    assert_string_equal(write_map(line, out, sizeof out, &err), file);
    char *path = inline_file(out);
    const char *again = write_map(path, out, sizeof out, &err);
    unlink(path);
    free(path);
    assert_non_null(again);
    assert_string_equal(again, file);
}

static void
a_map_is_taken_apart(void **state)
{
    struct cas_map map;
    (void)state;
    cas_map_init(&map);
    assert_int_equal(cas_map_read(&map, line, NULL), CASUS_OK);
    assert_string_equal(map.columns[CAS_MAP_TO], "Target, own");
    assert_null(map.columns[CAS_MAP_ID]);
    assert_int_equal(map.list, ';');
    assert_int_equal(map.order, CAS_MONTH_FIRST);
    assert_string_equal(cas_map_type(&map, CAS_TEXT("fireFight"))->name, "clash");
    assert_string_equal(cas_map_type(&map, CAS_TEXT("airstrike"))->name, "airstrike");
    assert_null(cas_map_type(&map, CAS_TEXT("Firefights")));
    cas_map_done(&map);
}

static void
bad_lines_are_told(void **state)
{
    static const struct {
        const char *line, *text;
    } cases[] = {
        {"from=A,form=B,sign=S",
         "--map: 'form' is no key of a map; casus explain CAS-195 lists them"},
        {"from=A,from=B,sign=S", "--map: 'from' stands twice"},
        {"from=A,to,sign=S", "--map: 'to' stands without a '='"},
        {"from=,sign=S", "--map: 'from' names no column"},
        {"type=K", "--map: expected a column for from or to, found neither"},
        {"from=A,to=B",
         "--map: expected a column for type, relation or sign, or type:=attack for all rows"},
        {"from=A,type:=atack", "--map: 'type' is none of a dossier's types"},
        {"from=A,relation:=hate", "--map: 'relation' is attack, support or claim"},
        {"from=A,type.Fight=fight", "--map: 'type.Fight' is none of a dossier's types"},
        {"from=A,type.Fight=clash,type.FIGHT=battle", "--map: 'type.FIGHT' stands twice"},
        {"from=A,type.=clash", "--map: 'type.' names no word"},
        {"from=A,list:=--", "--map: 'list' is one character, as in list:=;"},
        {"from=A,dates:=never", "--map: 'dates' is day-first or month-first"},
        {"from=A,colour:=red", "--map: 'colour' is none of type, relation, list, dates"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[2048];
        struct casus_error err = {0};
        assert_null(write_map(cases[i].line, out, sizeof out, &err));
        assert_int_equal(err.status, CASUS_EINVAL);
        assert_int_equal(err.code, 195);
        assert_string_equal(err.text, cases[i].text);
    }
}

static void
bad_files_are_told_with_their_place(void **state)
{
    static const struct {
        const char *file;
        unsigned code, line, column;
    } cases[] = {
        {"{\"casus-map\": 1,\n \"columns\": {\"from\": \"A\", \"form\": \"B\"}, \"type\": \"clash\"}",
         111, 2, 27},
        {"{\"casus-map\": 2, \"columns\": {\"from\": \"A\"}, \"type\": \"clash\"}", 116, 1, 15},
        {"{\"columns\": {\"from\": 1}, \"type\": \"clash\"}", 110, 1, 22},
        {"{\"columns\": {\"from\": \"A\"},\n\"types\": {\"F\": \"fight\"}}", 195, 2, 16},
        {"{\"columns\": {\"from\": \"A\"}}", 195, 1, 1},
        {"[1]", 195, 1, 1},
        {"{\"columns\": {\"from\" \"A\"}}", 100, 1, 21},
        {"", 100, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[2048];
        struct casus_error err = {0};
        char *path = inline_file(cases[i].file);
        assert_null(write_map(path, out, sizeof out, &err));
        unlink(path);
        free(path);
        assert_int_equal(err.status, CASUS_EINPUT);
        assert_int_equal(err.code, cases[i].code);
        if (!cases[i].line)
            continue;
        assert_int_equal(err.where.line, cases[i].line);
        assert_int_equal(err.where.column, cases[i].column);
    }
    char out[2048];
    struct casus_error err = {0};
    assert_null(write_map("/nowhere/map.json", out, sizeof out, &err));
    assert_int_equal(err.status, CASUS_EIO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_saved_as_a_file_that_says_the_same),
        cmocka_unit_test(a_map_is_taken_apart),
        cmocka_unit_test(bad_lines_are_told),
        cmocka_unit_test(bad_files_are_told_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
