/* A registry read, and inputs read by its names. Dossiers are shown as lines, one an actor and one
 * an event, and compared with what the rows ask for. */
#include "unit/inline.h"
#include "unit/records.h"

#include "actor/names.h"

#define HEAD "alias,actor,kind,parent,side,from,until,judgement,source\n"

/* --- reading ---------------------------------------------------------------------------------- */

static enum casus_status
read_rows(const char *rows, struct casus_registry *registry, struct casus_problems *problems,
          struct casus_error *err)
{
    char *path = inline_file(rows);
    enum casus_status status = casus_registry_read(path, registry, problems, err);
    unlink(path);
    free(path);
    return status;
}

static struct casus_registry *
registry_of(const char *rows)
{
    struct casus_error err = {0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_registry *registry = casus_registry_new();
    assert_non_null(problems);
    assert_non_null(registry);
    if (read_rows(rows, registry, problems, &err) != CASUS_OK)
        fail_msg("line %u: CAS-%u %s", err.where.line, err.code, err.text);
    casus_problems_free(problems);
    return registry;
}

/* Once through the registry. NULL: it is to be read again. */
static struct casus_dossier *
read_once(struct casus_registry *registry, const char *text)
{
    struct casus_error err = {0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_sink *sink = NULL;
    enum casus_status status =
        casus_registry_sink(registry, casus_dossier_sink(dossier), &sink, &err);
    if (status == CASUS_OK)
        status = inline_read(text, sink, problems, &err);
    bool again = casus_registry_reads_again(registry);
    if (status == CASUS_OK && !again)
        status = casus_dossier_finish(dossier, problems, &err);
    if (status != CASUS_OK)
        fail_msg("line %u: CAS-%u %s", err.where.line, err.code, err.text);
    casus_problems_free(problems);
    if (!again)
        return dossier;
    casus_dossier_free(dossier);
    return NULL;
}

static const char *
id_of(const struct casus_dossier *dossier, uint32_t actor)
{
    return actor == CASUS_NONE ? "-" : casus_dossier_actor_at(dossier, actor)->id;
}

static void
show_ids(struct cas_buffer *out, const struct casus_dossier *dossier, const uint32_t *actors,
         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(out, "%s%s", i ? "," : "", id_of(dossier, actors[i]));
}

/* "liwa=Liwa al-Quds militia government <army [lions, Badia Lions]" */
static void
show_actor(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t number)
{
    const struct casus_actor *actor = casus_dossier_actor_at(dossier, number);
    cas_buffer_printf(out, "%s=%s %s %s", actor->id, actor->name,
                      actor->kind_given ? casus_kind_name(actor->kind) : "-",
                      actor->side ? actor->side : "-");
    for (uint32_t i = 0; i < actor->parent_count; i++) {
        char period[40];
        cas_buffer_printf(out, " <%s", id_of(dossier, actor->parents[i].actor));
        if (casus_period_known(&actor->parents[i].period))
            cas_buffer_printf(out, " %s", casus_period_format(&actor->parents[i].period, period));
    }
    for (uint32_t i = 0; i < actor->alias_count; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : " [", actor->aliases[i].name);
    cas_buffer_text(out, actor->alias_count ? "]\n" : "\n");
}

/* "e1 north>army lost bde4 by north via - of -" */
static void
show_event(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t number)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, number);
    cas_buffer_printf(out, "%s ", event->id);
    show_ids(out, dossier, event->from, event->from_count);
    cas_buffer_char(out, '>');
    show_ids(out, dossier, event->to, event->to_count);
    for (uint32_t i = 0; i < event->loss_count; i++)
        cas_buffer_printf(out, " lost %s", id_of(dossier, event->losses[i].actor));
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        cas_buffer_printf(out, " by %s via %s of %s", id_of(dossier, claim->by),
                          id_of(dossier, claim->via), id_of(dossier, claim->of));
        for (uint32_t j = 0; j < claim->loss_count; j++)
            cas_buffer_printf(out, " lost %s", id_of(dossier, claim->losses[j].actor));
    }
    cas_buffer_char(out, '\n');
}

static void
assert_shows(const struct casus_dossier *dossier, const char *expected)
{
    struct cas_buffer out;
    cas_buffer_init(&out);
    for (uint32_t i = 0; i < casus_dossier_actor_count(dossier); i++)
        show_actor(&out, dossier, i);
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++)
        show_event(&out, dossier, i);
    assert_string_equal(out.s, expected);
    cas_buffer_done(&out);
}

/* --- names ------------------------------------------------------------------------------------ */

#define LIWA  "{\"id\":\"liwa\",\"name\":\"Liwa al-Quds\",\"kind\":\"militia\"}"
#define LIONS "{\"id\":\"lions\",\"name\":\"Badia Lions\",\"side\":\"government\"}"
#define RAID(id, from, to)                                                                         \
    "{\"id\":\"" id "\",\"type\":\"raid\",\"from\":[\"" from "\"],\"to\":[\"" to "\"]}"
#define RAID_ON(date, id, from, to)                                                                \
    "{\"id\":\"" id "\",\"type\":\"raid\",\"date\":\"" date "\",\"from\":[\"" from                 \
    "\"],\"to\":[\"" to "\"]}"
#define TWO                                                                                        \
    "{\"casus\":1,\"actors\":[" LIWA "," LIONS "],\"events\":[" RAID("e1", "liwa", "lions") "]}"

static const struct {
    const char *what, *rows, *input, *expected;
} cases[] = {
    {"a registry without rows changes nothing", HEAD, TWO,
     "liwa=Liwa al-Quds militia -\nlions=Badia Lions - government\ne1 liwa>lions\n"},
    {"an id as an alias merges, and the names become aliases", HEAD "lions,liwa,,,,,,yes,\n", TWO,
     "liwa=Liwa al-Quds militia government [lions, Badia Lions]\ne1 liwa>liwa\n"},
    {"an empty judgement is yes", "actor,alias\nliwa,lions\n", TWO,
     "liwa=Liwa al-Quds militia government [lions, Badia Lions]\ne1 liwa>liwa\n"},
    {"unsure and no do not act",
     HEAD "lions,liwa,,,,,,unsure,\nBadia Lions,liwa,,,,,,NO,\nliwa,lions,,,,,,no,\n", TWO,
     "liwa=Liwa al-Quds militia -\nlions=Badia Lions - government\ne1 liwa>lions\n"},
    {"a name merges by its spelling", HEAD "BADIA-LIONS,liwa,,,,,,,\n", TWO,
     "liwa=Liwa al-Quds militia government [lions, Badia Lions]\ne1 liwa>liwa\n"},
    {"an actor column may hold a name", HEAD "Badia Lions,Liwa' al Quds,,,,,,,\n", TWO,
     "Liwa' al Quds=Liwa' al Quds militia government [liwa, Liwa al-Quds, lions, Badia Lions]\n"
     "e1 Liwa' al Quds>Liwa' al Quds\n"},
    {"a name that rows give to two actors merges nobody",
     HEAD "Badia Lions,lions,,,,,,,\nBadia Lions,liwa,,,,,,,\n", TWO,
     "liwa=Liwa al-Quds militia -\nlions=Badia Lions - government\ne1 liwa>lions\n"},
    {"an id that rows give to two others merges nobody",
     HEAD "lions,liwa,,,,,,,\nlions,army,,,,,,,\n", TWO,
     "liwa=Liwa al-Quds militia -\nlions=Badia Lions - government\ne1 liwa>lions\n"},
    {"a circle of merges ends at the actor that is named first",
     HEAD "liwa,lions,,,,,,,\nlions,liwa,,,,,,,\n", TWO,
     "lions=Badia Lions militia government [liwa, Liwa al-Quds]\ne1 lions>lions\n"},
    {"merges chain", HEAD "liwa,lions,,,,,,,\nlions,tigers,,,,,,,\nThe Tigers,tigers,,,,,,,\n", TWO,
     "tigers=The Tigers militia government [liwa, Liwa al-Quds, lions, Badia Lions]\n"
     "e1 tigers>tigers\n"},
    {"kind, side and parent of the registry stand above the input's, and parents come along",
     HEAD ",liwa,army,syria,rebels,,,,\n,liwa,,iran,,2012,..,,\n,syria,state,,,,,,\n", TWO,
     "liwa=Liwa al-Quds army rebels <syria <iran 2012 –\nsyria=syria state -\niran=iran - -\n"
     "lions=Badia Lions - government\ne1 liwa>lions\n"},
    {"whom nobody declares the registry declares, and nobody else",
     HEAD "The Army,army,army,,,,,,\nSAA,army,,,,,,,\nIdle,idle,,,,,,,\n",
     "{\"casus\":1,\"events\":[" RAID("e1", "S.A.A", "army") "," RAID("e2", "army", "SAA") "]}",
     "army=The Army army - [S.A.A, SAA]\ne1 army>army\ne2 army>army\n"},
    {"an id that a handle looks like is no name of it", HEAD "National Army,army,,,,,,,\n",
     "{\"casus\":1,\"actors\":[{\"id\":\"x\",\"name\":\"Army\"},{\"id\":\"y\"}],\"events\":[" RAID(
         "e1", "x", "y") "]}",
     "x=Army - -\ny=y - -\ne1 x>y\n"},
    {"who becomes its own parent has none", HEAD "lions,liwa,,,,,,,\n",
     "{\"casus\":1,\"actors\":[{\"id\":\"liwa\",\"parent\":\"lions\"}," LIONS
     ",{\"id\":\"c\",\"parent\":\"lions\"}],"
     "\"events\":[" RAID("e1", "liwa", "c") "]}",
     "liwa=liwa - government [lions, Badia Lions]\nc=c - - <liwa\ne1 liwa>c\n"},
    {"losses and claims are renamed", HEAD "lions,liwa,,,,,,,\n",
     "{\"casus\":1,\"actors\":[" LIWA "," LIONS
     ",{\"id\":\"c\"}],\"events\":[{\"id\":\"e1\",\"type\":\"raid\","
     "\"from\":[\"c\"],\"to\":[\"lions\"],\"claims\":[{\"by\":\"lions\",\"via\":\"lions\",\"of\":\"lions\","
     "\"stance\":\"deny\",\"losses\":[{\"actor\":\"lions\",\"killed\":1}]}]}],"
     "\"claims\":[{\"about\":[\"e1\"],\"by\":\"lions\",\"stance\":\"report\",\"losses\":[{\"actor\":\"lions\",\"killed\":2}]}]}",
     "liwa=Liwa al-Quds militia government [lions, Badia Lions]\nc=c - -\n"
     "e1 c>liwa by liwa via liwa of liwa lost liwa by liwa via - of - lost liwa\n"},
    {"a dated row holds where the date may overlap", HEAD "lions,liwa,,,,2014-06,2016,,\n",
     "{\"casus\":1,\"actors\":[" LIWA "," LIONS
     ",{\"id\":\"c\"}],\"events\":[" RAID_ON("2014-05-31", "before", "c", "lions") "," RAID_ON(
         "2014", "within", "c",
         "lions") "," RAID_ON("2016-12-31", "last", "c",
                              "lions") "," RAID_ON("2017", "after", "c",
                                                   "lions") "," RAID("undated", "c", "lions") "]}",
     "liwa=Liwa al-Quds militia -\nlions=Badia Lions - government\nc=c - -\n"
     "before c>lions\nwithin c>liwa\nlast c>liwa\nafter c>lions\nundated c>lions\n"},
    {"dated rows go before undated ones, and two at one time leave it at those",
     HEAD
     "badia lions,tigers,,,,,,,\nbadia lions,liwa,,,,2014,2016,,\nbadia lions,c,,,,2016,2018,,\n",
     "{\"casus\":1,\"actors\":[" LIWA "," LIONS
     ",{\"id\":\"c\"}],\"events\":[" RAID_ON("2015", "one", "c", "lions") "," RAID_ON(
         "2016", "both", "c", "lions") "," RAID_ON("2020", "none", "c", "lions") "]}",
     "liwa=Liwa al-Quds militia -\ntigers=badia lions - government [lions, Badia Lions]\nc=c - -\n"
     "one c>liwa\nboth c>tigers\nnone c>tigers\n"},
};

static void
names_become_actors(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("  %s\n", cases[i].what);
        struct casus_registry *registry = registry_of(cases[i].rows);
        struct casus_dossier *dossier = read_once(registry, cases[i].input);
        assert_non_null(dossier);
        assert_shows(dossier, cases[i].expected);
        casus_dossier_free(dossier);
        casus_registry_free(registry);
    }
}

/* --- order ------------------------------------------------------------------------------------ */

static void
an_actor_used_before_it_is_declared_is_read_again(void **state)
{
    struct casus_registry *registry = registry_of(HEAD "Badia Lions,liwa,,,,,,,\n");
    const char *input =
        "{\"casus\":1,\"events\":[" RAID("e1", "lions", "liwa") "],"
                                                                "\"actors\":[" LIONS "," LIWA "]}";
    assert_null(read_once(registry, input));
    struct casus_dossier *dossier = read_once(registry, input);
    assert_non_null(dossier);
    assert_shows(dossier, "liwa=Liwa al-Quds militia government [lions, Badia Lions]\n"
                          "e1 liwa>liwa\n");
    casus_dossier_free(dossier);
    casus_registry_free(registry);
}

static void
the_rows_that_mean_several_are_counted(void **state)
{
    struct casus_registry *registry =
        registry_of(HEAD "SAA,syria,,,,,,,\nS.A.A.,south-africa,,,,,,,\nsaa,other,,,,2012,2013,,\n"
                         "x,y,,,,,,no,\nx,z,,,,,,unsure,\nNF,nf,,,,,,yes,\n");
    struct casus_dossier *dossier = read_once(registry, TWO);
    struct casus_registry_counts counts = casus_registry_count(registry);
    assert_int_equal(counts.rows, 6);
    assert_int_equal(counts.yes, 4);
    assert_int_equal(counts.no, 1);
    assert_int_equal(counts.unsure, 1);
    assert_int_equal(counts.shared, 1);
    casus_dossier_free(dossier);
    casus_registry_free(registry);
}

static void
an_id_twice_is_a_problem_also_where_it_is_an_alias(void **state)
{
    struct casus_error err = {0};
    struct casus_registry *registry = registry_of(HEAD "lions,liwa,,,,,,,\n");
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_sink *sink;
    assert_int_equal(casus_registry_sink(registry, casus_dossier_sink(dossier), &sink, NULL),
                     CASUS_OK);
    assert_int_equal(inline_read("{\"casus\":1,\"actors\":[" LIONS "," LIWA ",\n" LIONS "]}", sink,
                                 problems, &err),
                     CASUS_EINPUT);
    assert_int_equal(err.code, 130);
    assert_int_equal(err.where.line, 2);
    casus_dossier_free(dossier);
    casus_problems_free(problems);
    casus_registry_free(registry);
}

/* --- data sets -------------------------------------------------------------------------------- */

/* One row of a data set: its two actors, by name, and the event. */
static void
give_row(struct casus_sink *sink, const char *id, const char *a, const char *b, int year)
{
    struct cas_locator locator = {0};
    const char *names[] = {a, b};
    for (int i = 0; i < 2; i++) {
        struct cas_rec_actor actor = {
            .id = text(names[i]), .name = text(names[i]), .kind = CASUS_KIND_OTHER, .again = true};
        assert_int_equal(sink->actor(sink, &actor, at_line(&locator, 1), NULL), CASUS_OK);
    }
    struct cas_text from = text(a), to = text(b);
    struct cas_rec_event event = {.id = text(id),
                                  .type = text("raid"),
                                  .from = &from,
                                  .from_count = 1,
                                  .to = &to,
                                  .to_count = 1,
                                  .date = day(year, 0, 0),
                                  .lat = (double)NAN,
                                  .lon = (double)NAN,
                                  .relation = CASUS_ATTACK,
                                  .directed = true};
    assert_int_equal(sink->event(sink, &event, at_line(&locator, 1), NULL), CASUS_OK);
}

/* Two events between "Army" and rebels, in 2019 and in 2022, by a registry of these rows. */
static void
assert_data_set_shows(const char *rows, const char *expected)
{
    static const struct casus_input input = {.name = "rows.csv", .format = "table"};
    struct casus_registry *registry = registry_of(rows);
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_sink *sink;
    uint32_t index;
    assert_int_equal(casus_registry_sink(registry, casus_dossier_sink(dossier), &sink, NULL),
                     CASUS_OK);
    assert_int_equal(sink->begin(sink, &input, &index, NULL), CASUS_OK);
    give_row(sink, "e1", "Army", "rebels", 2019);
    give_row(sink, "e2", "Army", "Rebels", 2022);
    assert_int_equal(sink->end(sink, &input, NULL), CASUS_OK);
    assert_false(casus_registry_reads_again(registry));
    assert_int_equal(casus_dossier_finish(dossier, problems, NULL), CASUS_OK);
    assert_shows(dossier, expected);
    casus_problems_free(problems);
    casus_dossier_free(dossier);
    casus_registry_free(registry);
}

static void
rows_of_a_data_set_bring_only_the_actors_that_they_end_up_with(void **state)
{
    assert_data_set_shows(
        HEAD "Army,old,army,,,,2020,,\nArmy,new,army,,,2021,,,\nRebels,front,,,,,,,\n",
        "front=Rebels - - [rebels]\nold=old army -\nnew=new army -\ne1 old>front\ne2 new>front\n");
}

static void
what_a_dated_row_does_not_rename_is_declared_when_it_comes_up(void **state)
{
    assert_data_set_shows(HEAD "Army,old,army,,,,2020,,\nRebels,front,,,,,,,\n",
                          "front=Rebels - - [rebels]\nold=old army -\nArmy=Army - -\n"
                          "e1 old>front\ne2 Army>front\n");
}

/* --- bad rows --------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    unsigned code, line, column;
} bad[] = {
    {"alias,actor,kinds\na,b,army\n", 152, 1, 13},
    {"alias,kind\na,army\n", 152, 1, 1},
    {"actor,actor\na,b\n", 152, 1, 7},
    {"alias,actor\na,\n", 112, 2, 1},
    {"alias,actor,judgement\n,b,no\n", 112, 2, 1},
    {"alias,actor,judgement\na,b,maybe\n", 113, 2, 5},
    {"alias,actor,kind\na,b,band\n", 113, 2, 5},
    {"alias,actor,from\na,b,soon\n", 120, 2, 5},
    {"alias,actor,from\na,b,2019-02-30\n", 121, 2, 5},
    {"alias,actor,from,until\na,b,2019,2018\n", 122, 2, 5},
    {"alias,actor\na,b,c\n", 154, 2, 5},
    {"alias,actor\n\"a,b\n", 153, 2, 1},
    {"[{\"alias\":\"a\",\"actor\":\"b\",\n\"form\":\"2019\"}]", 111, 2, 1},
    {"[{\"alias\":\"a\"}]", 112, 1, 2},
    {"[{\"actor\":\"a\"},\n3]", 110, 2, 1},
    {"[{\"actor\":1}]", 110, 1, 11},
    {"[{\"actor\":\"a\",\n\"actor\":\"b\"}]", 106, 2, 1},
    {"[{\"actor\":\"a\"}\n", 100, 2, 1},
    {"[{\"actor\":\"a\"}]\n[]", 105, 2, 1},
    {"[{\"actor\":\"a\",\"kind\":\"band\"}]", 113, 1, 22},
    {"{\"casus\":1}", 151, 0, 0},
    {"", 151, 0, 0},
};

static void
bad_rows_are_told_with_their_place(void **state)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct casus_error err = {0};
        struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
        struct casus_registry *registry = casus_registry_new();
        assert_int_equal(read_rows(bad[i].text, registry, problems, &err), CASUS_EINPUT);
        if (err.code != bad[i].code || err.where.line != bad[i].line ||
            err.where.column != bad[i].column)
            fail_msg("%s: CAS-%u at %u:%u: %s", bad[i].text, err.code, err.where.line,
                     err.where.column, err.text);
        casus_registry_free(registry);
        casus_problems_free(problems);
    }
}

static void
a_bad_row_is_passed_over_where_problems_are(void **state)
{
    struct casus_problems *problems = casus_problems_new(CASUS_LENIENT);
    struct casus_registry *registry = casus_registry_new();
    assert_int_equal(
        read_rows("alias,actor,judgement\na,b,maybe\n,,\nlions,liwa,\n", registry, problems, NULL),
        CASUS_OK);
    assert_int_equal(casus_problems_of(problems, 113), 1);
    assert_int_equal(casus_problems_of(problems, 112), 1);
    assert_int_equal(casus_registry_count(registry).rows, 1);
    casus_registry_free(registry);
    casus_problems_free(problems);
}

/* The same rows as CSV with a byte-order mark and semicolons, and as JSON. */
static void
csv_and_json_give_the_same_rows(void **state)
{
    static const char *const texts[] = {
        "\xEF\xBB\xBF"
        "Actor;Alias;From;Until;Side;x-mine\nliwa;=lions;2014;..;government;7\n",
        "alias,actor,from,until,side\n'=lions,liwa,2014,..,government\n",
        " [{\"alias\":\"=lions\",\"actor\":\"liwa\",\"from\":\"2014\",\"until\":null,"
        "\"side\":\"government\",\"kind\":null,\"source\":\"\",\"x-mine\":7}] ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct casus_registry *registry = registry_of(texts[i]);
        const struct cas_names *names = cas_names_of(registry);
        assert_int_equal(names->row_count, 1);
        assert_string_equal(names->rows[0].alias, "=lions");
        assert_string_equal(names->rows[0].actor, "liwa");
        assert_string_equal(names->rows[0].side, "government");
        assert_null(names->rows[0].source);
        assert_false(names->rows[0].kind_given);
        assert_int_equal(names->rows[0].period.from.year, 2014);
        assert_int_equal(names->rows[0].period.until_bound, CASUS_BOUND_OPEN);
        casus_registry_free(registry);
    }
}

/* --- memory ----------------------------------------------------------------------------------- */

static enum casus_status
whole_way(struct casus_registry *registry, struct casus_problems *problems, const char *rows,
          const char *input)
{
    struct casus_error err = {0};
    struct casus_dossier *dossier = NULL;
    struct casus_sink *sink;
    enum casus_status status = casus_registry_read(rows, registry, problems, &err);
    for (int reading = 0; reading < 2 && status == CASUS_OK; reading++) {
        casus_dossier_free(dossier);
        dossier = casus_dossier_new();
        status = dossier ? casus_registry_sink(registry, casus_dossier_sink(dossier), &sink, &err)
                         : CASUS_ENOMEM;
        if (status == CASUS_OK)
            status = casus_read(input, NULL, sink, problems, &err);
    }
    if (status == CASUS_OK)
        status = casus_dossier_finish(dossier, problems, &err);
    casus_dossier_free(dossier);
    return status;
}

static void
any_allocation_may_fail(void **state)
{
    char *rows =
        inline_file(HEAD "Badia Lions,liwa,army,syria,,,,,\nc,d,,,,2014,,,\nx,y,,,,,,no,\n");
    char *input = inline_file("{\"casus\":1,\"events\":[" RAID_ON(
        "2015", "e1", "lions", "c") "],"
                                    "\"actors\":[" LIONS "," LIWA
                                    ",{\"id\":\"c\",\"parent\":\"lions\"}]}");
    enum casus_status status = CASUS_ENOMEM;
    for (long n = 0; status == CASUS_ENOMEM; n++) {
        struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
        cas_mem_fail_after(n);
        struct casus_registry *registry = casus_registry_new();
        status = registry ? whole_way(registry, problems, rows, input) : CASUS_ENOMEM;
        casus_registry_free(registry);
        cas_mem_fail_after(-1);
        casus_problems_free(problems);
        assert_true(n < 10000);
    }
    assert_int_equal(status, CASUS_OK);
    unlink(rows);
    unlink(input);
    free(rows);
    free(input);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_become_actors),
        cmocka_unit_test(an_actor_used_before_it_is_declared_is_read_again),
        cmocka_unit_test(the_rows_that_mean_several_are_counted),
        cmocka_unit_test(an_id_twice_is_a_problem_also_where_it_is_an_alias),
        cmocka_unit_test(rows_of_a_data_set_bring_only_the_actors_that_they_end_up_with),
        cmocka_unit_test(what_a_dated_row_does_not_rename_is_declared_when_it_comes_up),
        cmocka_unit_test(bad_rows_are_told_with_their_place),
        cmocka_unit_test(a_bad_row_is_passed_over_where_problems_are),
        cmocka_unit_test(csv_and_json_give_the_same_rows),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
