/* Every allocation of ours may fail while a data set is read: with 0, 1, 2 … of them until it
 * succeeds. Each failure is CASUS_ENOMEM and leaves nothing behind (the sanitizers look). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <casus/casus.h>

#include "base/mem.h"

static const char actors[] = "ucdp-actor/actors.csv";

static const struct sample {
    const char *file, *map;
} samples[] = {
    {"ucdp-esd/actor-year.csv", NULL},
    {"ucdp-dyadic/dyadic.csv", NULL},
    {"acled/2019-2022.csv", NULL},
    {"icews/events.tab", NULL},
    {"polecat/events.txt", NULL},
    {"gtd/events.csv", NULL},
    {"table/signed.csv", NULL},
    {"table/own.csv", "from=Attacker,to=Target,type=Kind,type.Firefight=clash,type.Arms=weapons,"
                      "date=When,killed=Dead,source=Told by,list:=;"},
    {"table/own.csv", "table/own.map.json"},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static const char *
path_of(const char *file, char out[4096])
{
    const char *fixtures = getenv("CASUS_FIXTURES");
    snprintf(out, 4096, "%s/%s", fixtures ? fixtures : "tests/fixtures", file);
    return out;
}

static struct casus_reading
reading_of(const struct sample *sample, char map[4096])
{
    struct casus_reading reading = {.associates = true, .threads = 1};
    if (!sample->map)
        return reading;
    reading.format = "csv";
    reading.map = strchr(sample->map, '=') ? sample->map : path_of(sample->map, map);
    return reading;
}

static enum casus_status
keep(const struct sample *sample, struct casus_problems *problems)
{
    char path[4096], map[4096];
    struct casus_reading reading = reading_of(sample, map);
    struct casus_dossier *dossier = casus_dossier_new();
    if (!dossier)
        return CASUS_ENOMEM;
    enum casus_status status = casus_read(path_of(sample->file, path), &reading,
                                          casus_dossier_sink(dossier), problems, NULL);
    /* What a register lists is named or not; it holds no event by itself. */
    if (status == CASUS_OK && !sample->map)
        status =
            casus_read(path_of(actors, path), NULL, casus_dossier_sink(dossier), problems, NULL);
    if (status == CASUS_OK)
        status = casus_dossier_finish(dossier, problems, NULL);
    casus_dossier_free(dossier);
    return status;
}

static enum casus_status
as_registry(const struct sample *sample, struct casus_problems *problems)
{
    char path[4096];
    struct casus_registry *registry = casus_registry_new();
    if (!registry)
        return CASUS_ENOMEM;
    enum casus_status status =
        casus_registry_read(path_of(sample->file, path), registry, problems, NULL);
    casus_registry_free(registry);
    return status;
}

static void
sweep(const struct sample *sample,
      enum casus_status (*run)(const struct sample *, struct casus_problems *))
{
    enum { MOST = 100000 };
    enum casus_status status = CASUS_ENOMEM;
    long allowed = 0;
    for (; status == CASUS_ENOMEM && allowed < MOST; allowed++) {
        struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
        assert_non_null(problems);
        cas_mem_fail_after(allowed);
        status = run(sample, problems);
        cas_mem_fail_after(-1);
        casus_problems_free(problems);
    }
    if (status != CASUS_OK)
        fail_msg("%s: status %d after %ld allocations", sample->file, (int)status, allowed);
    assert_true(allowed > 5);
}

static void
reading_data_sets_survives_any_failure(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        sweep(&samples[i], keep);
}

static void
reading_a_register_survives_any_failure(void **state)
{
    (void)state;
    const struct sample sample = {actors, NULL};
    sweep(&sample, as_registry);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_data_sets_survives_any_failure),
        cmocka_unit_test(reading_a_register_survives_any_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
