/* Every allocation of ours may fail: worlds and what hangs on each source, drawn in this process
 * and in two workers, are tried with 0, 1, 2 … allocations until they succeed.
 */
#include "unit/inline.h"

#include "base/mem.h"

static const char text[] =
    "{\"casus\":1,\"sources\":[{\"id\":\"s\"},{\"id\":\"t\"}],"
    "\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"events\":["
    "{\"id\":\"1\",\"type\":\"raid\",\"date\":\"2020-05\",\"from\":[\"a\"],\"to\":[\"b\"],"
    "\"claims\":[{\"by\":\"a\",\"stance\":\"report\",\"credibility\":3,\"source\":\"s\"}]},"
    "{\"id\":\"2\",\"type\":\"raid\",\"date\":\"2020-06-01\",\"from\":[\"b\"],\"to\":[\"c\"],"
    "\"claims\":[{\"by\":\"c\",\"stance\":\"report\",\"credibility\":2,\"source\":\"t\"}]},"
    "{\"id\":\"3\",\"type\":\"training\",\"from\":[\"a\"],\"to\":[\"c\"]}]}";

struct stand {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_verdicts *verdicts;
    struct casus_basis basis;
};

static void
stand_init(struct stand *stand)
{
    static const struct casus_selection selection = {.since = "2020-05-10"};
    stand->dossier = inline_dossier(text);
    assert_int_equal(casus_verdicts_new(stand->dossier, &stand->verdicts, NULL), CASUS_OK);
    assert_int_equal(
        casus_graph_build(stand->dossier, &selection, stand->verdicts, NULL, &stand->graph, NULL),
        CASUS_OK);
    stand->basis = (struct casus_basis){.dossier = stand->dossier,
                                        .graph = stand->graph,
                                        .selection = &selection,
                                        .verdicts = stand->verdicts};
}

static void
stand_done(struct stand *stand)
{
    casus_graph_free(stand->graph);
    casus_verdicts_free(stand->verdicts);
    casus_dossier_free(stand->dossier);
}

static enum casus_status
draw(const struct casus_basis *basis, unsigned workers, struct casus_error *err)
{
    struct casus_sampling sampling = {.worlds = 4, .workers = workers};
    struct casus_uncertainty *uncertainty = NULL;
    enum casus_status status = casus_uncertainty_new(basis, &sampling, &uncertainty, err);
    if (status != CASUS_OK)
        assert_null(uncertainty);
    casus_uncertainty_free(uncertainty);
    return status;
}

static enum casus_status
leave_out(const struct casus_basis *basis, unsigned workers, struct casus_error *err)
{
    struct casus_sampling sampling = {.workers = workers};
    struct casus_reliance *reliance = NULL;
    enum casus_status status = casus_reliance_new(basis, &sampling, &reliance, err);
    if (status != CASUS_OK)
        assert_null(reliance);
    casus_reliance_free(reliance);
    return status;
}

static void sweep(enum casus_status (*make)(const struct casus_basis *, unsigned,
                                            struct casus_error *))
{
    struct stand stand;
    stand_init(&stand);
    for (unsigned workers = 1; workers <= 2; workers++) {
        enum casus_status status = CASUS_ENOMEM;
        long n = 0;
        for (; status != CASUS_OK && n < 3000; n++) {
            struct casus_error err = {0};
            cas_mem_fail_after(n);
            status = make(&stand.basis, workers, &err);
            cas_mem_fail_after(-1);
            if (status != CASUS_OK) {
                assert_int_equal(status, CASUS_ENOMEM);
                assert_int_equal(err.status, CASUS_ENOMEM);
            }
        }
        assert_int_equal(status, CASUS_OK);
        assert_true(n > 20);
    }
    stand_done(&stand);
}

static void
worlds_survive_any_failure(void **state)
{
    sweep(draw);
}

static void
leaving_out_survives_any_failure(void **state)
{
    sweep(leave_out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_survive_any_failure),
        cmocka_unit_test(leaving_out_survives_any_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
