/* Who is who: ids, names, parents, circles, levels. */
#include "unit/records.h"

#include "actor/registry.h"

struct world {
    struct cas_arena arena;
    struct cas_registry *registry;
    struct casus_problems *problems;
    struct cas_locator locator;
    struct casus_error err;
};

static void
world_init(struct world *world, enum casus_policy policy)
{
    memset(world, 0, sizeof *world);
    cas_arena_init(&world->arena);
    world->problems = casus_problems_new(policy);
    assert_int_equal(cas_registry_new(&world->arena, &world->registry, NULL), CASUS_OK);
}

static void
world_done(struct world *world)
{
    cas_registry_free(world->registry);
    casus_problems_free(world->problems);
    cas_arena_done(&world->arena);
}

static enum casus_status
declare(struct world *world, unsigned line, struct cas_rec_actor record)
{
    return cas_registry_declare(world->registry, &record, at_line(&world->locator, line),
                                world->problems, &world->err);
}

/* An actor on a line, part of `parent` (or NULL) always. */
static enum casus_status
declare_part(struct world *world, unsigned line, const char *id, enum casus_kind kind,
             const char *parent)
{
    struct cas_rec_parent up = {.id = text_at(parent, line)};
    return declare(world, line,
                   (struct cas_rec_actor){.id = text_at(id, line),
                                          .kind = kind,
                                          .kind_given = true,
                                          .parents = &up,
                                          .parent_count = parent ? 1 : 0});
}

static uint32_t
refer(struct world *world, unsigned line, const char *id)
{
    return cas_registry_refer(world->registry, text_at(id, line), at_line(&world->locator, line),
                              &world->err);
}

static enum casus_status
finish(struct world *world)
{
    return cas_registry_finish(world->registry, world->problems, &world->err);
}

static void
expect_problem(struct world *world, size_t index, unsigned code, uint32_t line, const char *words)
{
    assert_true(index < casus_problems_count(world->problems));
    const struct casus_error *fault = casus_problems_at(world->problems, index);
    assert_int_equal(fault->code, code);
    assert_int_equal(fault->where.line, line);
    assert_string_equal(fault->text, words);
    assert_string_equal(fault->file, "test.json");
}

static void
an_actor_may_be_named_before_it_is_declared(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    uint32_t early = refer(&world, 1, "north");
    assert_int_equal(declare_part(&world, 2, "republic", CASUS_KIND_STATE, NULL), CASUS_OK);
    assert_int_equal(declare_part(&world, 3, "north", CASUS_KIND_ARMED_GROUP, NULL), CASUS_OK);
    assert_int_equal(refer(&world, 4, "north"), early);
    assert_int_equal(refer(&world, 5, NULL), CASUS_NONE);
    assert_int_equal(finish(&world), CASUS_OK);
    assert_int_equal(cas_registry_count(world.registry), 2);
    assert_int_equal(cas_registry_at(world.registry, early)->kind, CASUS_KIND_ARMED_GROUP);
    assert_int_equal(cas_registry_at(world.registry, early)->place.where.line, 3);
    assert_int_equal(casus_problems_total(world.problems), 0);
    world_done(&world);
}

static void
every_place_that_names_nobody_is_a_problem_with_a_suggestion(void **state)
{
    struct world world;
    world_init(&world, CASUS_CHECK);
    struct cas_rec_alias alias = {.name = text("the Jerusalem Brigade")};
    declare_part(&world, 1, "saa-18", CASUS_KIND_UNIT, NULL);
    declare(
        &world, 2,
        (struct cas_rec_actor){
            .id = text("lq"), .name = text("Liwa al-Quds"), .aliases = &alias, .alias_count = 1});
    refer(&world, 14, "saa18");
    refer(&world, 15, "Liwa' al Quds");
    refer(&world, 16, "saa18");
    refer(&world, 17, "nobody at all");
    assert_int_equal(finish(&world), CASUS_OK);
    assert_int_equal(casus_problems_count(world.problems), 4);
    expect_problem(&world, 0, 131, 14, "no actor 'saa18'; did you mean 'saa-18'?");
    expect_problem(&world, 1, 131, 15, "no actor 'Liwa' al Quds'; did you mean 'lq'?");
    expect_problem(&world, 2, 131, 16, "no actor 'saa18'; did you mean 'saa-18'?");
    expect_problem(&world, 3, 131, 17, "no actor 'nobody at all' is declared");
    assert_string_equal(casus_problems_at(world.problems, 0)->line, "line 14");
    assert_int_equal(casus_problems_at(world.problems, 0)->caret, 5);
    world_done(&world);
}

static void
strict_reading_ends_with_the_first_place(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    refer(&world, 7, "a");
    refer(&world, 8, "b");
    assert_int_equal(finish(&world), CASUS_EINPUT);
    assert_int_equal(world.err.code, 131);
    assert_int_equal(world.err.where.line, 7);
    assert_int_equal(casus_problems_total(world.problems), 1);
    world_done(&world);
}

static void
an_id_twice_is_a_problem_unless_a_data_set_repeats_itself(void **state)
{
    struct world world;
    world_init(&world, CASUS_CHECK);
    struct cas_rec_actor soft = {.id = text("114"), .name = text("ULA"), .again = true};
    declare(&world, 1, soft);
    soft.name = text("Arakan Army");
    soft.kind = CASUS_KIND_ARMED_GROUP;
    soft.kind_given = true;
    declare(&world, 2, soft);
    declare_part(&world, 3, "x", CASUS_KIND_STATE, NULL);
    declare_part(&world, 9, "x", CASUS_KIND_ARMY, NULL);
    assert_int_equal(finish(&world), CASUS_OK);
    assert_int_equal(casus_problems_count(world.problems), 1);
    expect_problem(&world, 0, 130, 9, "actor 'x' stands already at line 3");
    const struct casus_actor *ula = cas_registry_at(world.registry, 0);
    assert_string_equal(ula->name, "ULA");
    assert_int_equal(ula->kind, CASUS_KIND_ARMED_GROUP);
    assert_int_equal(ula->alias_count, 1);
    assert_string_equal(ula->aliases[0].name, "Arakan Army");
    assert_int_equal(cas_registry_at(world.registry, 1)->kind, CASUS_KIND_STATE);
    world_done(&world);
}

static void
a_dossier_overrides_what_a_data_set_calls_an_actor(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    declare(&world, 1,
            (struct cas_rec_actor){.id = text("114"), .name = text("ULA"), .again = true});
    declare(&world, 2,
            (struct cas_rec_actor){.id = text("114"),
                                   .name = text("Arakan Army"),
                                   .kind = CASUS_KIND_ARMED_GROUP,
                                   .kind_given = true});
    declare(&world, 3,
            (struct cas_rec_actor){
                .id = text("114"), .kind = CASUS_KIND_OTHER, .kind_given = true, .again = true});
    assert_int_equal(finish(&world), CASUS_OK);
    assert_string_equal(cas_registry_at(world.registry, 0)->name, "Arakan Army");
    assert_int_equal(cas_registry_at(world.registry, 0)->kind, CASUS_KIND_ARMED_GROUP);
    world_done(&world);
}

static void
a_name_finds_the_one_actor_that_bears_it(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    struct cas_rec_alias quds = {.name = text("Jerusalem Brigade")};
    struct cas_rec_alias front = {.name = text("the Front")}, other = {.name = text("Front")};
    declare(
        &world, 1,
        (struct cas_rec_actor){
            .id = text("lq"), .name = text("Liwa al-Quds"), .aliases = &quds, .alias_count = 1});
    declare(
        &world, 2,
        (struct cas_rec_actor){
            .id = text("n"), .name = text("Northern Front"), .aliases = &front, .alias_count = 1});
    declare(&world, 3,
            (struct cas_rec_actor){
                .id = text("s"), .name = text("lq"), .aliases = &other, .alias_count = 1});
    assert_int_equal(finish(&world), CASUS_OK);
    static const struct {
        const char *name;
        uint32_t actor;
    } cases[] = {
        {"lq", 0}, /* an id comes before a name */
        {"LIWA\u2019 AL QUDS", 0},
        {"the Jerusalem Brigade", 0},
        {"northern front", 1},
        {"Front", CASUS_NONE}, /* two bear it */
        {"", CASUS_NONE},
        {"nobody", CASUS_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cas_registry_find(world.registry, cases[i].name, strlen(cases[i].name)),
                         cases[i].actor);
    assert_int_equal(cas_registry_find_id(world.registry, "n", 1), 1);
    assert_int_equal(cas_registry_find_id(world.registry, "Northern Front", 14), CASUS_NONE);
    assert_string_equal(cas_registry_nearest(world.registry, "northern front", 14), "n");
    world_done(&world);
}

static void
a_circle_of_parents_is_told_with_the_way_around(void **state)
{
    struct world world;
    world_init(&world, CASUS_CHECK);
    declare_part(&world, 1, "a", CASUS_KIND_UNIT, "b");
    declare_part(&world, 2, "b", CASUS_KIND_UNIT, "c");
    declare_part(&world, 3, "c", CASUS_KIND_UNIT, "b");
    declare_part(&world, 4, "me", CASUS_KIND_UNIT, "me");
    declare_part(&world, 5, "d", CASUS_KIND_UNIT, "a");
    assert_int_equal(finish(&world), CASUS_OK);
    assert_int_equal(casus_problems_count(world.problems), 2);
    expect_problem(&world, 0, 134, 3, "a circle of parents: b \u2192 c \u2192 b");
    expect_problem(&world, 1, 134, 4, "a circle of parents: me \u2192 me");
    uint32_t d = cas_registry_find_id(world.registry, "d", 1);
    assert_int_equal(cas_registry_level(world.registry, d, 0, NULL),
                     cas_registry_find_id(world.registry, "c", 1));
    world_done(&world);
}

static void
two_ways_up_to_one_ancestor_are_no_circle(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    struct cas_rec_parent both[] = {{.id = text("l")}, {.id = text("r")}};
    declare(&world, 1, (struct cas_rec_actor){.id = text("x"), .parents = both, .parent_count = 2});
    declare_part(&world, 2, "l", CASUS_KIND_ARMY, "top");
    declare_part(&world, 3, "r", CASUS_KIND_ARMY, "top");
    declare_part(&world, 4, "top", CASUS_KIND_STATE, NULL);
    assert_int_equal(finish(&world), CASUS_OK);
    world_done(&world);
}

static void
a_very_long_circle_is_cut_and_told_in_short(void **state)
{
    struct world world;
    world_init(&world, CASUS_CHECK);
    enum { COUNT = 20000 };
    static char ids[COUNT][12];
    for (int i = 0; i < COUNT; i++)
        snprintf(ids[i], sizeof ids[i], "u%d", i);
    for (int i = 0; i < COUNT; i++)
        declare_part(&world, 1, ids[i], CASUS_KIND_UNIT, ids[(i + 1) % COUNT]);
    assert_int_equal(finish(&world), CASUS_OK);
    expect_problem(&world, 0, 134, 1,
                   "a circle of parents: u0 \u2192 u1 \u2192 u2 \u2192 u3 \u2192 u4 \u2192 "
                   "19995 more \u2192 u0");
    assert_int_equal(cas_registry_level(world.registry, 0, 0, NULL), COUNT - 1);
    world_done(&world);
}

/* bde is part of the militia until 2013, of the army since 2014; the army of the state. */
static void
declare_brigade(struct world *world)
{
    struct cas_rec_parent parents[] = {{.id = text("militia"), .period = years(2010, 2013)},
                                       {.id = text("army"), .period = years(2014, 0)}};
    declare_part(world, 1, "state", CASUS_KIND_STATE, NULL);
    declare_part(world, 2, "army", CASUS_KIND_ARMY, "state");
    declare_part(world, 3, "militia", CASUS_KIND_MILITIA, NULL);
    declare(world, 4,
            (struct cas_rec_actor){
                .id = text("bde"), .kind = CASUS_KIND_UNIT, .parents = parents, .parent_count = 2});
    assert_int_equal(finish(world), CASUS_OK);
}

static void
a_parent_holds_at_its_time(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    declare_brigade(&world);
    const struct casus_period undated = {0};
    const struct {
        struct casus_period at;
        uint32_t parent;
    } cases[] = {
        {day(2012, 5, 1), 2},   {day(2013, 0, 0), 2},          {day(2014, 1, 1), 1},
        {day(2030, 0, 0), 1},   {day(2009, 0, 0), CASUS_NONE}, {undated, 1},
        {years(2013, 2014), 1}, /* either may hold: the last named */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cas_registry_parent(world.registry, 3, &cases[i].at), cases[i].parent);
    assert_int_equal(cas_registry_parent(world.registry, 3, NULL), 1);
    assert_int_equal(cas_registry_parent(world.registry, 0, NULL), CASUS_NONE);
    world_done(&world);
}

static void
actors_roll_up_by_steps_or_by_kind(void **state)
{
    struct world world;
    world_init(&world, CASUS_STRICT);
    declare_brigade(&world);
    const struct casus_period then = day(2012, 0, 0), now = day(2015, 0, 0);
    const struct {
        const char *level;
        uint32_t actor;
        const struct casus_period *at;
        uint32_t expected;
    } cases[] = {
        {"0", 3, &now, 0},     {"0", 3, &then, 2},   {"1", 3, &now, 1},     {"2", 3, &now, 3},
        {"9", 3, &now, 3},     {"1", 3, &then, 3},   {"0", 0, &now, 0},     {"army", 3, &now, 1},
        {"army", 3, &then, 3}, {"unit", 3, &now, 3}, {"state", 1, &now, 0}, {"base", 3, &now, 3},
        {NULL, 3, &now, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_level level;
        assert_int_equal(cas_level_parse(cases[i].level, &level, NULL), CASUS_OK);
        assert_int_equal(cas_registry_roll(world.registry, cases[i].actor, &level, cases[i].at),
                         cases[i].expected);
    }
    world_done(&world);
}

static void
a_level_that_is_neither_a_number_nor_a_kind_is_refused(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"sate", "did you mean 'state'?"},
        {"", "a number of steps"},
        {"-1", "a number of steps"},
        {"1x", "a number of steps"},
        {"99999999999999", "a number of steps"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_level level = {.depth = 77};
        struct casus_error err = {0};
        assert_int_equal(cas_level_parse(cases[i].text, &level, &err), CASUS_EINVAL);
        assert_int_equal(err.code, 160);
        assert_non_null(strstr(err.text, cases[i].words));
        assert_int_equal(level.depth, 77);
    }
}

static void
what_nobody_declared_drops_out_when_settled(void **state)
{
    struct world world;
    world_init(&world, CASUS_LENIENT);
    uint32_t ghost = refer(&world, 1, "ghost");
    declare_part(&world, 2, "bde", CASUS_KIND_UNIT, "army");
    declare_part(&world, 3, "lost", CASUS_KIND_UNIT, "phantom");
    declare_part(&world, 4, "army", CASUS_KIND_ARMY, NULL);
    uint32_t bde = cas_registry_find_id(world.registry, "bde", 3);
    assert_int_equal(finish(&world), CASUS_OK);
    assert_false(cas_registry_declared(world.registry, ghost));
    assert_string_equal(cas_registry_at(world.registry, ghost)->name, "ghost");
    assert_int_equal(cas_registry_settle(world.registry, NULL), CASUS_OK);
    assert_int_equal(cas_registry_count(world.registry), 3);
    assert_int_equal(cas_registry_settled(world.registry, ghost), CASUS_NONE);
    bde = cas_registry_settled(world.registry, bde);
    assert_string_equal(cas_registry_at(world.registry, bde)->id, "bde");
    uint32_t army = cas_registry_parent(world.registry, bde, NULL);
    assert_string_equal(cas_registry_at(world.registry, army)->id, "army");
    assert_int_equal(cas_registry_find(world.registry, "ARMY", 4), army);
    assert_int_equal(cas_registry_find_id(world.registry, "ghost", 5), CASUS_NONE);
    uint32_t lost = cas_registry_find_id(world.registry, "lost", 4);
    assert_int_equal(cas_registry_at(world.registry, lost)->parent_count, 0);
    world_done(&world);
}

static void
a_record_with_faults_declares_its_id_alone(void **state)
{
    struct world world;
    world_init(&world, CASUS_CHECK);
    declare(&world, 1,
            (struct cas_rec_actor){.id = text("x"),
                                   .name = text("X!"),
                                   .bad = true,
                                   .kind = CASUS_KIND_STATE,
                                   .kind_given = true});
    refer(&world, 2, "x");
    assert_int_equal(finish(&world), CASUS_OK);
    assert_int_equal(casus_problems_total(world.problems), 0);
    assert_string_equal(cas_registry_at(world.registry, 0)->name, "x");
    assert_int_equal(cas_registry_at(world.registry, 0)->kind, CASUS_KIND_OTHER);
    world_done(&world);
}

static enum casus_status
whole_life(void)
{
    struct cas_arena arena;
    cas_arena_init(&arena);
    struct casus_error err = {0};
    struct cas_locator locator = {0};
    struct cas_registry *registry = NULL;
    struct casus_problems *problems = casus_problems_new(CASUS_CHECK);
    struct cas_rec_parent up = {.id = text("b")};
    struct cas_rec_alias alias = {.name = text("Alpha"), .lang = text("en")};
    struct cas_rec_actor actor = {
        .id = text("a"), .parents = &up, .parent_count = 1, .aliases = &alias, .alias_count = 1};
    enum casus_status status = problems ? CASUS_OK : CASUS_ENOMEM;
    if (status == CASUS_OK)
        status = cas_registry_new(&arena, &registry, &err);
    if (status == CASUS_OK)
        status = cas_registry_declare(registry, &actor, at_line(&locator, 1), problems, &err);
    actor.id = text("b");
    up.id = text("a");
    if (status == CASUS_OK)
        status = cas_registry_declare(registry, &actor, at_line(&locator, 2), problems, &err);
    if (status == CASUS_OK && cas_registry_refer(registry, text("c"), &locator, &err) == CASUS_NONE)
        status = err.status;
    if (status == CASUS_OK)
        status = cas_registry_finish(registry, problems, &err);
    if (status == CASUS_OK)
        status = cas_registry_settle(registry, &err);
    cas_registry_free(registry);
    casus_problems_free(problems);
    cas_arena_done(&arena);
    return status;
}

static void
any_allocation_may_fail(void **state)
{
    enum casus_status status = CASUS_ENOMEM;
    long n = 0;
    for (; status != CASUS_OK && n < 1000; n++) {
        cas_mem_fail_after(n);
        status = whole_life();
        cas_mem_fail_after(-1);
        assert_true(status == CASUS_OK || status == CASUS_ENOMEM);
    }
    assert_int_equal(status, CASUS_OK);
    assert_true(n > 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_actor_may_be_named_before_it_is_declared),
        cmocka_unit_test(every_place_that_names_nobody_is_a_problem_with_a_suggestion),
        cmocka_unit_test(strict_reading_ends_with_the_first_place),
        cmocka_unit_test(an_id_twice_is_a_problem_unless_a_data_set_repeats_itself),
        cmocka_unit_test(a_dossier_overrides_what_a_data_set_calls_an_actor),
        cmocka_unit_test(a_name_finds_the_one_actor_that_bears_it),
        cmocka_unit_test(a_circle_of_parents_is_told_with_the_way_around),
        cmocka_unit_test(two_ways_up_to_one_ancestor_are_no_circle),
        cmocka_unit_test(a_very_long_circle_is_cut_and_told_in_short),
        cmocka_unit_test(a_parent_holds_at_its_time),
        cmocka_unit_test(actors_roll_up_by_steps_or_by_kind),
        cmocka_unit_test(a_level_that_is_neither_a_number_nor_a_kind_is_refused),
        cmocka_unit_test(what_nobody_declared_drops_out_when_settled),
        cmocka_unit_test(a_record_with_faults_declares_its_id_alone),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
