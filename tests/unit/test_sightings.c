/* Names that inputs use are counted as they stand there: by id, by name, by input. */
#include "records.h"

#include <casus/sightings.h>

struct watch {
    struct casus_dossier *dossier;
    struct casus_problems *problems;
    struct casus_sightings *sightings;
    struct casus_sink *sink;
    struct cas_locator locator;
    struct casus_error err;
};

static bool
watch_init(struct watch *watch)
{
    *watch = (struct watch){.dossier = casus_dossier_new(),
                            .problems = casus_problems_new(CASUS_CHECK),
                            .sightings = casus_sightings_new()};
    if (!watch->dossier || !watch->problems || !watch->sightings)
        return false;
    watch->sink = casus_sightings_sink(watch->sightings, casus_dossier_sink(watch->dossier));
    watch->sink->problems = watch->problems;
    return true;
}

static void
watch_done(struct watch *watch)
{
    casus_dossier_free(watch->dossier);
    casus_problems_free(watch->problems);
    casus_sightings_free(watch->sightings);
}

static void
begin(struct watch *watch, const char *name)
{
    struct casus_input input = {.name = name, .format = "dossier"};
    if (watch->err.status == CASUS_OK)
        watch->sink->begin(watch->sink, &input, &watch->locator.input, &watch->err);
}

static void
declare(struct watch *watch, const char *id, const char *name, bool again)
{
    struct cas_rec_actor record = {.id = text(id), .name = text(name), .again = again};
    if (watch->err.status == CASUS_OK)
        watch->sink->actor(watch->sink, &record, at_line(&watch->locator, 1), &watch->err);
}

/* from attacks to, and says so. */
static void
happen(struct watch *watch, const char *from, const char *to)
{
    struct cas_text parties[] = {text(from), text(to)};
    struct cas_rec_claim claim = {.by = text(from), .stance = CASUS_RESPONSIBILITY};
    struct cas_rec_event record = {.type = text("raid"),
                                   .from = &parties[0],
                                   .from_count = 1,
                                   .to = &parties[1],
                                   .to_count = 1,
                                   .claims = &claim,
                                   .claim_count = 1};
    if (watch->err.status == CASUS_OK)
        watch->sink->event(watch->sink, &record, at_line(&watch->locator, 2), &watch->err);
}

/* A data set whose name for 7 changes, then a dossier that uses b before it declares it. */
static void
read_two(struct watch *watch)
{
    begin(watch, "rows.csv");
    declare(watch, "7", "Front", true);
    declare(watch, "8", "Army", true);
    happen(watch, "7", "8");
    declare(watch, "7", "Front (North)", true);
    declare(watch, "8", "Army", true);
    happen(watch, "7", "8");
    declare(watch, "7", "Front", true);
    happen(watch, "7", "8");
    begin(watch, "case.json");
    happen(watch, "b", "7");
    declare(watch, "b", "Brigade", false);
    happen(watch, "b", "nobody");
}

static const struct casus_sighting expected[] = {
    {"7", "Front", 0, 4},   /* twice a party, twice a claimant */
    {"8", "Army", 0, 3},    /* thrice a party */
    {"7", "Front (North)", 0, 2},
    {"b", "Brigade", 1, 4}, /* named before it was declared, under the name that it got */
    {"7", "Front", 1, 1},
    {"nobody", "nobody", 1, 1},
};

static void
each_name_is_counted_where_it_stands(void **state)
{
    struct watch watch;
    assert_true(watch_init(&watch));
    read_two(&watch);
    assert_int_equal(watch.err.status, CASUS_OK);
    assert_int_equal(casus_sightings_count(watch.sightings), sizeof expected / sizeof *expected);
    for (uint32_t i = 0; i < casus_sightings_count(watch.sightings); i++) {
        struct casus_sighting one = casus_sightings_at(watch.sightings, i);
        assert_string_equal(one.id, expected[i].id);
        assert_string_equal(one.name, expected[i].name);
        assert_int_equal(one.input, expected[i].input);
        assert_int_equal(one.times, expected[i].times);
    }
    watch_done(&watch);
}

static void
a_second_reading_forgets_the_first(void **state)
{
    struct watch watch;
    assert_true(watch_init(&watch));
    read_two(&watch);
    struct casus_dossier *second = casus_dossier_new();
    assert_non_null(second);
    watch.sink = casus_sightings_sink(watch.sightings, casus_dossier_sink(second));
    watch.sink->problems = watch.problems;
    begin(&watch, "case.json");
    declare(&watch, "b", "Brigade", false);
    assert_int_equal(casus_sightings_count(watch.sightings), 1);
    assert_int_equal(casus_sightings_at(watch.sightings, 0).times, 0);
    casus_dossier_free(second);
    watch_done(&watch);
}

static void
any_allocation_may_fail(void **state)
{
    bool whole = false;
    long n = 0;
    for (; !whole && n < 2000; n++) {
        struct watch watch;
        cas_mem_fail_after(n);
        whole = watch_init(&watch);
        if (whole)
            read_two(&watch);
        cas_mem_fail_after(-1);
        assert_true(watch.err.status == CASUS_OK || watch.err.status == CASUS_ENOMEM);
        whole = whole && watch.err.status == CASUS_OK;
        watch_done(&watch);
    }
    assert_true(whole && n > 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_is_counted_where_it_stands),
        cmocka_unit_test(a_second_reading_forgets_the_first),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
