/* Dossiers from bytes to records: three forms of one case, problems and their places, hostile
 * input, compressed input, memory that fails, and all fixtures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/sha256.h"
#include "unit/recorder.h"

/* --- a folder for files ----------------------------------------------------------------------- */

static char folder[64];

static const char *
path_of(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char *
write_bytes(const char *name, const void *bytes, size_t n)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return path;
}

static const char *
write_text(const char *name, const char *text)
{
    return write_bytes(name, text, strlen(text));
}

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/casus-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static void
empty_folder(const char *path)
{
    DIR *entries = opendir(path);
    struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        char name[512];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (unlink(name) != 0) {
            empty_folder(name);
            rmdir(name);
        }
    }
    if (entries)
        closedir(entries);
}

static int
remove_folder(void **state)
{
    (void)state;
    empty_folder(folder);
    return rmdir(folder);
}

/* --- reading ---------------------------------------------------------------------------------- */

struct result {
    struct recorder recorder;
    struct casus_problems *problems;
    struct casus_error err;
    enum casus_status status;
};

static void
read_as(struct result *result, const char *path, const struct casus_reading *reading,
        enum casus_policy policy)
{
    memset(result, 0, sizeof *result);
    recorder_init(&result->recorder);
    result->problems = casus_problems_new(policy);
    assert_non_null(result->problems);
    result->status =
        casus_read(path, reading, &result->recorder.sink, result->problems, &result->err);
}

static void
done(struct result *result)
{
    recorder_done(&result->recorder);
    casus_problems_free(result->problems);
}

static void
expect_records(const char *path, const char *expected)
{
    struct result result;
    read_as(&result, path, NULL, CASUS_STRICT);
    if (result.status != CASUS_OK)
        fail_msg("%s:%u:%u: CAS-%03u %s", path, result.err.where.line, result.err.where.column,
                 result.err.code, result.err.text);
    assert_string_equal(result.recorder.out.s, expected);
    assert_int_equal(result.recorder.begun, 1);
    assert_int_equal(result.recorder.ended, 1);
    done(&result);
}

/* --- one case in three forms ------------------------------------------------------------------ */

static const char records_of_the_case[] =
    "source id=g name=The Gazette type=paper reliability=B when=2020-05-04 url=https://a/ "
    "archive=https://b/ note=\"daily\"\n"
    "actor id=north name=Northern Front alias=NF alias=al-Jabha lang=ar kind=armed-group "
    "extra=\"x-wiki\": 42, \"x-more\": {\"a\":[1,\"b c\"]}\n"
    "actor id=army name=National Army kind=army parent=republic\n"
    "actor id=bde4 name=4th Brigade parent=army when=2012:open parent=republic when=?:2011-06 "
    "note=two\nlines\n"
    "actor id=republic name=- The Republic side=government\n"
    "event id=e1 type=ambush attack directed when=2020-05-02 place=Dry Wells at=34.9000,39.1000 "
    "place_note=south from=north to=bde4 sources=g loss(- killed -1/7/-1) note=x extra=\"x-n\": "
    "null [ responsibility by=north via=army when=2020-05-03 source=g credibility=3 "
    "loss(bde4 killed -1/20/-1) loss(bde4 wounded some 1/-1/-1) url=https://c/ note=n ] [ report "
    "by=republic when=2020:open source=g loss(bde4 killed missing 12/-1/-1) ]\n"
    "event id=e2 type=training support directed when=2015:open from=republic,army to=army\n"
    "event id=e3 type=clash attack undirected when=?:2016 from=north to=army\n"
    "event id=e4 type=parade claim directed from=army\n"
    "claim deny about=e1,e2 by=republic of=north source=g note=no\n";

static const char head_of_the_case[] = "head title=A case extra=\"x-tool\": \"pen\"\n";

#define ACTORS                                                                                     \
    "{\"id\": \"north\", \"name\": \"Northern Front\", \"aliases\": [\"NF\", {\"name\": "          \
    "\"al-Jabha\", \"lang\": \"ar\"}], \"kind\": \"armed-group\", \"x-wiki\": 42, \"x-more\" : "   \
    "{ \"a\": [1, \"b c\"] }}"
#define ARMY                                                                                       \
    "{\"id\": \"army\", \"name\": \"National Army\", \"kind\": \"army\", \"parent\": \"republic\"}"
#define BRIGADE                                                                                    \
    "{\"id\": \"bde4\", \"name\": \"4th Brigade\", \"parent\": [{\"id\": \"army\", \"from\": "     \
    "\"2012\", \"to\": null}, {\"id\": \"republic\", \"to\": \"2011-06\"}], \"note\": "            \
    "\"two\\nlines\"}"
#define REPUBLIC "{\"side\": \"government\", \"name\": \"- The Republic\", \"id\": \"republic\"}"
#define SOURCE                                                                                     \
    "{\"id\": \"g\", \"name\": \"The Gazette\", \"type\": \"paper\", \"reliability\": \"B\", "     \
    "\"date\": \"2020-05-04\", \"url\": \"https://a/\", \"archive_url\": \"https://b/\", "         \
    "\"note\": \"\\u0022daily\\u0022\"}"
#define E1                                                                                         \
    "{\"id\": \"e1\", \"type\": \"ambush\", \"date\": \"2020-05-02\", \"place\": {\"name\": "      \
    "\"Dry Wells\", \"lat\": 34.9, \"lon\": 39.1, \"note\": \"south\"}, \"from\": [\"north\"], "   \
    "\"to\": [\"bde4\"], \"source\": \"g\", \"losses\": [{\"killed\": 7}], \"note\": \"x\", "      \
    "\"x-n\": null, \"claims\": [{\"by\": \"north\", \"via\": \"army\", \"stance\": "              \
    "\"responsibility\", \"date\": \"2020-05-03\", \"source\": \"g\", \"credibility\": 3, "        \
    "\"losses\": [{\"actor\": \"bde4\", \"killed\": 20, \"wounded\": true}], \"url\": "            \
    "\"https://c/\", \"note\": \"n\"}, {\"by\": \"republic\", \"stance\": \"report\", \"date\": "  \
    "{\"from\": \"2020\", \"to\": null}, \"source\": \"g\", \"losses\": [{\"actor\": \"bde4\", "   \
    "\"what\": [\"killed\", \"missing\"], \"low\": 12}]}]}"
#define E2                                                                                         \
    "{\"id\": \"e2\", \"type\": \"training\", \"from\": [\"republic\", \"army\"], \"to\": "        \
    "[\"army\"], \"date\": {\"from\": \"2015\", \"to\": null}}"
#define E3                                                                                         \
    "{\"id\": \"e3\", \"type\": \"clash\", \"from\": [\"north\"], \"to\": [\"army\"], \"date\": "  \
    "{\"to\": \"2016\"}}"
#define E4                                                                                         \
    "{\"id\": \"e4\", \"type\": \"parade\", \"relation\": \"claim\", \"from\": [\"army\"], \"to\": []}"
#define CLAIM                                                                                      \
    "{\"about\": [\"e1\", \"e2\"], \"by\": \"republic\", \"stance\": \"deny\", \"of\": "           \
    "\"north\", \"source\": \"g\", \"note\": \"no\"}"

static const char case_as_object[] =
    "\xEF\xBB\xBF{\"x-tool\": \"pen\",\n \"title\": \"A case\", \"casus\": 1,\n"
    " \"sources\": [" SOURCE "],\n \"actors\": [\n  " ACTORS ",\n  " ARMY ",\n  " BRIGADE
    ", " REPUBLIC "],\n \"events\": [" E1 ",\n" E2 "," E3 ",\n" E4 "], \"claims\": [" CLAIM "]}\n";

static const char case_as_lines[] =
    "{\"casus\": 1, \"title\": \"A case\", \"x-tool\": \"pen\"}\r\n{\"source\": " SOURCE "}\r\n"
    "\r\n{\"actor\": " ACTORS "}\r\n{\"actor\": " ARMY "}\n{\"actor\": " BRIGADE
    "}\n  {\"actor\": " REPUBLIC "}  \n{\"event\": " E1 "}\n{\"event\": " E2 "}\n{\"event\": " E3
    "}\n{\"event\": " E4 "}\n{\"claim\": " CLAIM "}";

static const char case_as_array[] =
    "[{\"source\": " SOURCE "},\n{\"actor\": " ACTORS "}, {\"actor\": " ARMY
    "}, {\"actor\": " BRIGADE "},\n {\"actor\": " REPUBLIC "}, {\"event\": " E1 "}, {\"event\": " E2
    "}, {\"event\": " E3 "}, {\"event\": " E4 "}, {\"claim\": " CLAIM "}]";

static void
expect_case(const char *path, bool head_first, bool head_last)
{
    char expected[sizeof records_of_the_case + 2 * sizeof head_of_the_case];
    snprintf(expected, sizeof expected, "%s%s%s", head_first ? head_of_the_case : "",
             records_of_the_case, head_last ? head_of_the_case : "");
    expect_records(path, expected);
}

static void
an_object_gives_its_records(void **state)
{
    (void)state;
    expect_case(write_text("case.json", case_as_object), false, true);
}

static void
lines_give_the_same_records(void **state)
{
    (void)state;
    expect_case(write_text("case.jsonl", case_as_lines), true, false);
    expect_case(write_text("array.json", case_as_array), false, false);
}

static void
write_case_as_tables(void)
{
    write_text("dossier.csv", "title,x-tool\nA case,pen\n");
    write_text("sources.csv",
               "id,name,type,reliability,date,url,archive_url,note\n"
               "g,The Gazette,paper,B,2020-05-04,https://a/,https://b/,\"\"\"daily\"\"\"\n");
    write_text("actors.csv",
               "\xEF\xBB\xBF"
               "id;aliases;name;kind;parent;side;note;x-wiki;x-more\r\n"
               "north; NF | al-Jabha@ar;Northern Front;armed-group;;;;42;"
               "\"{ \"\"a\"\": [1, \"\"b c\"\"] }\"\r\n"
               "army;;National Army;army;republic;;;;\r\n"
               "bde4;;4th Brigade;;army@2012/..|republic@/2011-06;;\"two\nlines\";;\r\n\r\n"
               "republic;;'- The Republic;;;government;;;\r\n");
    write_text(
        "events.csv",
        "id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note,x-n\n"
        "e1,ambush,,,2020-05-02,,Dry Wells,34.9,39.1,south,north,bde4,g,x,null\n"
        "e2,training,support,true,2015,..,,,,,republic|army,army,,,\n"
        "e3,clash,,FALSE,?,2016,,,,,north,army,,,\n"
        "e4,parade,claim,,,,,,,,army,,,,\n");
    write_text("claims.csv",
               "about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note\n"
               "e1,north,army,responsibility,,2020-05-03,g,3,bde4,killed,,20,,https://c/,n\n"
               "e1|e2,republic,,deny,north,,g,,,,,,,,no\n"
               "e1,republic,,report,,2020/..,g,,bde4,missing|killed,12,,,,\n"
               "e1,north,army,responsibility,,2020-05-03,g,3,bde4,wounded,some,,,https://c/,n\n"
               "e1,,,,,,,,,killed,,7,,,\n");
}

static void
a_csv_set_gives_the_same_records(void **state)
{
    (void)state;
    write_case_as_tables();
    expect_case(folder, true, false);
}

static void
a_list_keeps_what_a_backslash_protects(void **state)
{
    (void)state;
    write_text("actors.csv",
               "id,aliases,parent\n"
               "\"a|b\",@handle|x\\@y|\\ z\\ |C:\\d|\\\\|p@q@r,\"c\\@d@2012|a\\|b\"\n");
    expect_records(folder, "actor id=a|b alias=@handle alias=x@y alias= z  alias=C:\\d alias=\\ "
                           "alias=p lang=q@r parent=c@d when=2012 parent=a|b\n");
}

static void
a_label_keeps_equal_claims_apart(void **state)
{
    (void)state;
    write_text("claims.csv", "about,stance,actor,what,best,claim\n"
                             "e,deny,,,,\ne,deny,,,,\ne,deny,a,killed,1,2\ne,deny,b,killed,1,2\n");
    write_text("events.csv", "id,type,from,to\ne,raid,a,b\n");
    expect_records(folder, "event id=e type=raid attack directed from=a to=b [ deny ] [ deny "
                           "loss(a killed -1/1/-1) loss(b killed -1/1/-1) ]\n");
}

static void
a_folder_may_hold_one_dossier(void **state)
{
    (void)state;
    write_text("dossier.json", "{\"casus\": 1, \"actors\": [{\"id\": \"a\"}]}");
    expect_records(folder, "actor id=a\n");
    struct result result;
    write_text("events.csv", "id,type,from,to\n");
    read_as(&result, folder, NULL, CASUS_STRICT);
    assert_int_equal(result.status, CASUS_EINPUT);
    assert_int_equal(result.err.code, CAS_MSG_FOLDER);
    done(&result);
    empty_folder(folder);
    read_as(&result, folder, NULL, CASUS_STRICT);
    assert_int_equal(result.err.code, CAS_MSG_FOLDER);
    done(&result);
}

/* --- problems --------------------------------------------------------------------------------- */

struct problem {
    unsigned code, line, column;
};

static void
expect_problems(const char *path, const char *text, const struct problem *expected, size_t count)
{
    struct result result;
    read_as(&result, path, NULL, CASUS_CHECK);
    assert_int_equal(result.status, CASUS_OK);
    casus_problems_sort(result.problems);
    bool same = casus_problems_count(result.problems) == count;
    for (size_t i = 0; i < count && same; i++) {
        const struct casus_error *found = casus_problems_at(result.problems, i);
        same = found->code == expected[i].code && found->where.line == expected[i].line &&
               found->where.column == expected[i].column && found->file[0] && found->text[0];
    }
    for (size_t i = 0; i < casus_problems_count(result.problems) && !same; i++) {
        const struct casus_error *found = casus_problems_at(result.problems, i);
        print_error("%s: CAS-%03u at %u:%u: %s\n", text, found->code, found->where.line,
                    found->where.column, found->text);
    }
    assert_true(same);
    done(&result);
}

static void
json_tells_every_problem_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct problem problems[4];
    } cases[] = {
        {"{\"casus\": 1}", {{0}}},
        {" \n{\"casus\": 1,\n \"titel\": \"x\", \"x-a\": 1, \"x-a\": 2}",
         {{CAS_MSG_UNKNOWN_KEY, 3, 2}, {CAS_MSG_DUPLICATE_KEY, 3, 26}}},
        {"{\"title\": 1}", {{CAS_MSG_MISSING_KEY, 1, 1}, {CAS_MSG_TYPE, 1, 11}}},
        {"{\"casus\": 2, \"events\": {}}", {{CAS_MSG_VERSION, 1, 11}, {CAS_MSG_TYPE, 1, 24}}},
        /* all in one record */
        {"{\"casus\": 1, \"actors\": [{\"kind\": \"stat\", \"nam\": 1,\n"
         "\"aliases\": [1], \"side\": \"s\"}]}",
         {{CAS_MSG_MISSING_KEY, 1, 25},
          {CAS_MSG_WORD, 1, 34},
          {CAS_MSG_UNKNOWN_KEY, 1, 42},
          {CAS_MSG_TYPE, 2, 13}}},
        /* a claim in an event, a figure in the claim */
        {"{\"casus\": 1, \"events\": [{\"id\": \"e\", \"type\": \"raid\", \"from\": [\"a\"],\n"
         " \"claims\": [{\"losses\": [{\"killed\": {\"low\": 2, \"high\": 1}},\n"
         " {\"killed\": -1}]}]}]}",
         {{CAS_MSG_MISSING_KEY, 2, 13}, {CAS_MSG_LOW_HIGH, 2, 36}, {CAS_MSG_RANGE, 3, 13}}},
        /* columns are characters */
        {"{\"casus\": 1, \"note\": \"\xD8\xA7\xF0\x9F\xA6\x85\", \"titel\": 1}",
         {{CAS_MSG_UNKNOWN_KEY, 1, 28}}},
        /* a bad character does not end the reading, broken JSON does */
        {"{\"casus\": 1, \"actors\": [{\"id\": \"a\xFF\"}, {\"id\": \"\\u0000\"}, 3, {]}",
         {{CAS_MSG_UTF8, 1, 34},
          {CAS_MSG_NUL, 1, 47},
          {CAS_MSG_TYPE, 1, 57},
          {CAS_MSG_SYNTAX, 1, 61}}},
        {"{\"actor\": {\"id\": \"a\"}}\r{\n{\"actor\": 1}\n\n{\"casus\": 1, \"event\": {}}",
         {{CAS_MSG_TRAILING, 2, 1}, {CAS_MSG_TYPE, 3, 11}, {CAS_MSG_UNKNOWN_KEY, 5, 14}}},
        {"[{\"actor\": {\"id\": \"a\"}}, 5, {}] x",
         {{CAS_MSG_TYPE, 1, 26}, {CAS_MSG_MISSING_KEY, 1, 29}, {CAS_MSG_TRAILING, 1, 33}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count = 0;
        while (count < 4 && cases[i].problems[count].code)
            count++;
        expect_problems(write_text("bad.json", cases[i].text), cases[i].text, cases[i].problems,
                        count);
    }
}

static void
tables_tell_every_problem_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text;
        struct problem problems[4];
    } cases[] = {
        {"actors.csv", "id,nam\na,b\n", {{CAS_MSG_COLUMN, 1, 4}}},
        {"actors.csv", "name\nb\n", {{CAS_MSG_COLUMN, 1, 1}}},
        {"actors.csv", "id,name,id\na,b,c\n", {{CAS_MSG_COLUMN, 1, 9}}},
        {"actors.csv",
         "id,kind\na,stat\n,unit\nc\nd,unit,x\n",
         {{CAS_MSG_WORD, 2, 3},
          {CAS_MSG_MISSING_KEY, 3, 1},
          {CAS_MSG_CELLS, 4, 1},
          {CAS_MSG_CELLS, 5, 8}}},
        {"actors.csv", "id,name\na,\"two\nlines\"\nb,\"open\n", {{CAS_MSG_QUOTE, 4, 3}}},
        {"actors.csv", "id,name\na,\xFF\nb,c\n", {{CAS_MSG_UTF8, 2, 3}}},
        {"actors.csv", "id,aliases\na,x||y\n", {{CAS_MSG_EMPTY, 2, 5}}},
        {"actors.csv", "id,parent\na,b@20x/..\n", {{CAS_MSG_DATE, 2, 3}}},
        {"events.csv",
         "id,type,from,to,date,until,lat,lon\ne,raid,,,2020-02-30,,1,\n",
         {{CAS_MSG_NO_PARTY, 2, 1}, {CAS_MSG_NO_SUCH_DATE, 2, 10}, {CAS_MSG_MISSING_KEY, 2, 24}}},
        {"events.csv",
         "id,type,from,to,date,until,lat,lon\ne,rade,a,,2020,2019,91,x\n",
         {{CAS_MSG_UNLISTED_TYPE, 2, 3},
          {CAS_MSG_INTERVAL, 2, 11},
          {CAS_MSG_RANGE, 2, 21},
          {CAS_MSG_TYPE, 2, 24}}},
        {"claims.csv",
         "about,stance,actor,what,low,best\n,deny,,,,\ne,denies,a,killed,2,1\ne,,a,killed,,\n",
         {{CAS_MSG_NO_ABOUT, 2, 1},
          {CAS_MSG_WORD, 3, 3},
          {CAS_MSG_LOW_HIGH, 3, 19},
          {CAS_MSG_NO_FIGURE, 4, 1}}},
        {"claims.csv", "about,by,stance\ne,b,\n", {{CAS_MSG_MISSING_KEY, 2, 5}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count = 0;
        while (count < 4 && cases[i].problems[count].code)
            count++;
        empty_folder(folder);
        write_text(cases[i].file, cases[i].text);
        expect_problems(folder, cases[i].text, cases[i].problems, count);
    }
}

static void
a_bad_record_still_declares_its_id(void **state)
{
    (void)state;
    struct result result;
    read_as(&result,
            write_text("bad.jsonl", "{\"actor\": {\"id\": \"a\", \"kind\": \"x\"}}\n"
                                    "{\"event\": {\"id\": \"e\", \"type\": \"raid\"}}\n"
                                    "{\"actor\": {\"id\": \"b\"}}\n"),
            NULL, CASUS_LENIENT);
    assert_int_equal(result.status, CASUS_OK);
    assert_string_equal(result.recorder.out.s,
                        "bad actor id=a kind=other\nbad event id=e type=raid attack directed\n"
                        "actor id=b\n");
    done(&result);
}

static void
strict_ends_at_the_first_problem(void **state)
{
    (void)state;
    struct result result;
    read_as(&result,
            write_text("bad.jsonl", "{\"actor\": {\"id\": \"a\"}}\n{\"actor\": {\"id\": 1}}\n"
                                    "{\"actor\": {\"id\": 2}}\n"),
            NULL, CASUS_STRICT);
    assert_int_equal(result.status, CASUS_EINPUT);
    assert_int_equal(result.err.code, CAS_MSG_TYPE);
    assert_int_equal(result.err.where.line, 2);
    assert_int_equal(result.err.where.column, 18);
    assert_string_equal(result.err.line, "{\"actor\": {\"id\": 1}}");
    assert_int_equal(result.err.caret, 18);
    assert_string_equal(result.recorder.out.s, "actor id=a\n");
    assert_int_equal(casus_problems_total(result.problems), 1);
    done(&result);
}

static void
the_place_of_each_record_is_known(void **state)
{
    (void)state;
    struct result result;
    memset(&result, 0, sizeof result);
    recorder_init(&result.recorder);
    result.recorder.places = true;
    result.problems = casus_problems_new(CASUS_STRICT);
    const char *path =
        write_text("places.json",
                   "{\"casus\": 1, \"note\": \"\xD8\xA7\", \"actors\": [{\"id\": \"a\"},{\"id\": "
                   "\"b\"},\r\n   {\"id\": \"c\"}]}");
    assert_int_equal(casus_read(path, NULL, &result.recorder.sink, result.problems, &result.err),
                     CASUS_OK);
    assert_string_equal(result.recorder.out.s,
                        "1:38 actor id=a\n1:50 actor id=b\n2:4 actor id=c\nhead note=\xD8\xA7\n");
    done(&result);
}

static void
an_excerpt_shows_the_line_around_the_place(void **state)
{
    (void)state;
    struct cas_buffer text;
    struct result result;
    cas_buffer_init(&text);
    cas_buffer_text(&text, "{\"casus\": 1, \"actors\": [");
    for (int i = 0; i < 60000; i++)
        cas_buffer_printf(&text, "{\"id\": \"a%d\"}, ", i);
    cas_buffer_text(&text, "{\"id\": \"end\", \"knd\": 1}]}");
    assert_false(text.failed);
    size_t at = (size_t)(strstr(text.s, "\"knd\"") - text.s);
    read_as(&result, write_bytes("long.json", text.s, text.n), NULL, CASUS_STRICT);
    assert_int_equal(result.err.code, CAS_MSG_UNKNOWN_KEY);
    assert_int_equal(result.err.where.line, 1);
    assert_int_equal(result.err.where.column, at + 1);
    assert_true(result.err.caret > 0 && result.err.caret < sizeof result.err.line);
    assert_memory_equal(result.err.line + result.err.caret - 1, "\"knd\"", 5);
    done(&result);
    cas_buffer_done(&text);
}

/* --- hostile input ---------------------------------------------------------------------------- */

/* A file of `size` bytes that begins with `head` and goes on with zeros that take no room. */
static const char *
write_sparse(const char *name, const char *head, off_t size)
{
    const char *path = write_text(name, head);
    assert_int_equal(truncate(path, size), 0);
    return path;
}

static void
note_progress(void *context, const char *name, uint64_t read, uint64_t total)
{
    uint64_t *most = context;
    (void)name;
    assert_true(read <= total);
    *most = read;
}

static void
expect_stop(const char *path, unsigned code, uint32_t line, uint32_t column, uint64_t most)
{
    uint64_t bytes = 0;
    struct casus_reading reading = {.progress = note_progress, .context = &bytes};
    struct result result;
    read_as(&result, path, &reading, CASUS_CHECK);
    assert_int_equal(result.status, CASUS_OK);
    assert_int_equal(casus_problems_count(result.problems), 1);
    const struct casus_error *found = casus_problems_at(result.problems, 0);
    if (found->code != code || found->where.line != line || found->where.column != column)
        fail_msg("%s: CAS-%03u at %u:%u", path, found->code, found->where.line,
                 found->where.column);
    assert_true(bytes > 0 && bytes <= most);
    done(&result);
}

static void
nesting_without_end_is_refused_at_once(void **state)
{
    (void)state;
    char head[200];
    memset(head, '[', sizeof head - 1);
    head[sizeof head - 1] = '\0';
    expect_stop(write_sparse("deep.json", head, 200 << 20), CAS_MSG_DEEP, 1, 65, 1 << 20);
}

static void
a_value_without_end_takes_bounded_memory(void **state)
{
    (void)state;
    struct cas_buffer text;
    cas_buffer_init(&text);
    cas_buffer_text(&text, "{\"casus\": 1,\n \"note\": \"");
    size_t head = text.n;
    for (size_t i = 0; i < (40 << 20) / 64; i++)
        cas_buffer_text(&text, "sixty-four bytes, sixty-four bytes, sixty-four bytes, 64 bytes..");
    assert_false(text.failed);
    const char *path = write_bytes("large.json", text.s, text.n);
    expect_stop(path, CAS_MSG_LARGE, 2, 10, 34 << 20);
    memcpy(text.s, "{\"actor\": {\"note\":    \"", head);
    text.s[text.n - 1] = '\n';
    cas_buffer_text(&text, "{\"actor\": {\"id\": \"a\"}}\n");
    path = write_bytes("large.jsonl", text.s, text.n);
    expect_stop(path, CAS_MSG_LARGE, 1, 1, 64 << 20);
    cas_buffer_done(&text);
}

static void
tables_without_end_are_refused(void **state)
{
    (void)state;
    empty_folder(folder);
    write_sparse("actors.csv", "id,note\na,\"", 100 << 20);
    expect_stop(folder, CAS_MSG_LARGE, 2, 3, 4 << 20);
    struct cas_buffer text;
    cas_buffer_init(&text);
    for (int i = 0; i < 1000000; i++)
        cas_buffer_text(&text, "x,");
    assert_false(text.failed);
    write_bytes("actors.csv", text.s, text.n);
    expect_stop(folder, CAS_MSG_LARGE, 1, 8193, 4 << 20);
    cas_buffer_done(&text);
}

/* --- fixtures --------------------------------------------------------------------------------- */

/* What readers leave to others: references, and whether there are events. */
static bool
is_of_the_sink(unsigned code)
{
    return (code >= CAS_MSG_DUPLICATE_ID && code <= CAS_MSG_CYCLE) || code == CAS_MSG_NO_EVENTS;
}

static const char *
fixture(const char *kind, const char *name, char path[512])
{
    const char *root = getenv("CASUS_FIXTURES");
    assert_non_null(root);
    snprintf(path, 512, "%s/dossier/%s%s%s", root, kind, name ? "/" : "", name ? name : "");
    return path;
}

static void
good_fixtures_are_read_without_a_word(void **state)
{
    (void)state;
    char path[512];
    DIR *entries = opendir(fixture("good", NULL, path));
    struct dirent *entry;
    size_t count = 0;
    assert_non_null(entries);
    while ((entry = readdir(entries))) {
        struct result result;
        if (entry->d_name[0] == '.')
            continue;
        read_as(&result, fixture("good", entry->d_name, path), NULL, CASUS_STRICT);
        if (result.status != CASUS_OK)
            fail_msg("%s:%u:%u: %s", entry->d_name, result.err.where.line, result.err.where.column,
                     result.err.text);
        assert_true(result.recorder.events > 0);
        done(&result);
        count++;
    }
    closedir(entries);
    assert_true(count > 0);
}

static bool
has_problem(const struct casus_problems *problems, const struct problem *wanted)
{
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        const struct casus_error *found = casus_problems_at(problems, i);
        if (found->code == wanted->code && found->where.line == wanted->line &&
            found->where.column == wanted->column)
            return true;
    }
    return false;
}

static void
bad_fixtures_are_refused_where_the_table_says(void **state)
{
    (void)state;
    char path[512], row[512], name[256];
    struct problem wanted;
    size_t count = 0;
    FILE *table = fopen(fixture("expected.tsv", NULL, path), "r");
    assert_non_null(table);
    assert_non_null(fgets(row, sizeof row, table));
    while (fgets(row, sizeof row, table)) {
        struct result result;
        assert_int_equal(
            sscanf(row, "%255[^\t]\t%u\t%u\t%u", name, &wanted.code, &wanted.line, &wanted.column),
            4);
        if (is_of_the_sink(wanted.code))
            continue;
        read_as(&result, fixture("bad", name, path), NULL, CASUS_CHECK);
        assert_int_equal(result.status, CASUS_OK);
        if (!has_problem(result.problems, &wanted))
            fail_msg("%s: no CAS-%03u at %u:%u", name, wanted.code, wanted.line, wanted.column);
        done(&result);
        read_as(&result, path, NULL, CASUS_STRICT);
        assert_int_equal(result.status, CASUS_EINPUT);
        done(&result);
        count++;
    }
    fclose(table);
    assert_true(count > 0);
}

/* --- memory ----------------------------------------------------------------------------------- */

/* Let 0, 1, 2 … allocations succeed, until the reading does. */
static void
sweep_memory(const char *path, enum casus_policy policy)
{
    enum casus_status status = CASUS_ENOMEM;
    for (long n = 0; status != CASUS_OK; n++) {
        struct result result;
        assert_true(n < 10000);
        memset(&result, 0, sizeof result);
        recorder_init(&result.recorder);
        result.problems = casus_problems_new(policy);
        cas_mem_fail_after(n);
        status = casus_read(path, NULL, &result.recorder.sink, result.problems, &result.err);
        cas_mem_fail_after(-1);
        if (status != CASUS_OK)
            assert_int_equal(status, CASUS_ENOMEM);
        done(&result);
    }
}

static void
without_memory_each_reading_ends_with_a_status(void **state)
{
    (void)state;
    empty_folder(folder);
    sweep_memory(write_text("case.json", case_as_object), CASUS_STRICT);
    sweep_memory(write_text("case.jsonl", case_as_lines), CASUS_STRICT);
    sweep_memory(write_text("bad.json", "{\"casus\": 1, \"actors\": [{\"knd\\u0021\": 1}, {]"),
                 CASUS_CHECK);
    unlink(path_of("case.json"));
    write_case_as_tables();
    sweep_memory(folder, CASUS_STRICT);
}

/* --- the world outside ------------------------------------------------------------------------ */

static void
what_is_not_there_is_said(void **state)
{
    (void)state;
    struct result result;
    empty_folder(folder);
    read_as(&result, path_of("nothing.json"), NULL, CASUS_STRICT);
    assert_int_equal(result.status, CASUS_EIO);
    assert_int_equal(result.err.code, CAS_MSG_NO_FILE);
    done(&result);
    read_as(&result, write_text("a.txt", "hello\n"), NULL, CASUS_STRICT);
    assert_int_equal(result.status, CASUS_EINPUT);
    assert_int_equal(result.err.code, CAS_MSG_FORMAT);
    done(&result);
    struct casus_reading reading = {.format = "dosier"};
    read_as(&result, path_of("a.txt"), &reading, CASUS_STRICT);
    assert_int_equal(result.status, CASUS_EINVAL);
    assert_non_null(strstr(result.err.text, "did you mean 'dossier'?"));
    done(&result);
}

static void
the_hash_is_that_of_the_file(void **state)
{
    (void)state;
    static const char *const digests[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    };
    static const char *const texts[] = {"", "abc",
                                        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"};
    struct cas_sha256 sha;
    char text[65];
    for (size_t i = 0; i < 3; i++) {
        cas_sha256_init(&sha);
        cas_sha256_add(&sha, texts[i], strlen(texts[i]));
        cas_sha256_text(&sha, text);
        assert_string_equal(text, digests[i]);
    }
    cas_sha256_init(&sha);
    for (int i = 0; i < 100000; i++)
        cas_sha256_add(&sha, "aaaaaaaaaa", 10);
    cas_sha256_text(&sha, text);
    assert_string_equal(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");

    struct casus_reading reading = {.hash = true};
    struct result result;
    read_as(&result, write_text("hash.json", "{\"casus\":1}\n"), &reading, CASUS_STRICT);
    /* printf '{"casus":1}\n' | sha256sum */
    assert_string_equal(result.recorder.sha256,
                        "8e2b216d9f28dad3e68ceb4bc2e0352665e930a686323709fe7ad6526b47beaa");
    done(&result);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_object_gives_its_records, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(lines_give_the_same_records, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_csv_set_gives_the_same_records, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_list_keeps_what_a_backslash_protects, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_label_keeps_equal_claims_apart, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_folder_may_hold_one_dossier, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(json_tells_every_problem_at_its_place, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(tables_tell_every_problem_at_its_place, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_bad_record_still_declares_its_id, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(strict_ends_at_the_first_problem, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(the_place_of_each_record_is_known, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(an_excerpt_shows_the_line_around_the_place, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(nesting_without_end_is_refused_at_once, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_value_without_end_takes_bounded_memory, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(tables_without_end_are_refused, make_folder, remove_folder),
        cmocka_unit_test(good_fixtures_are_read_without_a_word),
        cmocka_unit_test(bad_fixtures_are_refused_where_the_table_says),
        cmocka_unit_test_setup_teardown(without_memory_each_reading_ends_with_a_status, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_said, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(the_hash_is_that_of_the_file, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
