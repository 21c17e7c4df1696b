/* Every allocation of ours may fail: chains and brokers, found and written in every layout, are
 * tried with 0, 1, 2 … allocations until they succeed.
 */
#include "unit/inline.h"

#include "base/mem.h"

struct made {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_scores *scores;
    struct casus_chains *chains;
    struct casus_brokers *brokers;
    struct casus_output *output;
};

static void
make(struct made *made)
{
    char path[4096];
    const char *root = getenv("CASUS_ROOT");
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    *made = (struct made){.dossier = casus_dossier_new()};
    snprintf(path, sizeof path, "%s/graphs/backing-by-hand", root ? root : ".");
    assert_int_equal(casus_read(path, NULL, casus_dossier_sink(made->dossier), problems, NULL),
                     CASUS_OK);
    assert_int_equal(casus_dossier_finish(made->dossier, problems, NULL), CASUS_OK);
    assert_int_equal(casus_graph_build(made->dossier, NULL, NULL, NULL, &made->graph, NULL),
                     CASUS_OK);
    assert_int_equal(casus_scores_new(made->graph, NULL, &made->scores, NULL), CASUS_OK);
    casus_problems_free(problems);
}

static void
unmake(struct made *made)
{
    casus_scores_free(made->scores);
    casus_graph_free(made->graph);
    casus_dossier_free(made->dossier);
}

static enum casus_status
tell_chains(struct made *made, struct casus_error *err)
{
    struct casus_chaining chaining = {.backer = "empire", .any_time = true};
    enum casus_status status =
        casus_chains_new(made->dossier, made->graph, &chaining, &made->chains, err);
    if (status == CASUS_OK)
        status = casus_output_memory(&made->output, err);
    struct casus_chains_report report = {
        {.command = "chains"}, made->dossier, made->graph, made->chains};
    for (int layout = CASUS_TEXT; layout <= CASUS_CSV && status == CASUS_OK; layout++)
        status = casus_chains_write(&report, (enum casus_layout)layout, made->output, err);
    return status;
}

static enum casus_status
tell_brokers(struct made *made, struct casus_error *err)
{
    enum casus_status status =
        casus_brokers_new(made->graph, made->dossier, NULL, &made->brokers, err);
    if (status == CASUS_OK)
        status = casus_output_memory(&made->output, err);
    struct casus_report report = {.heading = {.command = "report"},
                                  .graph = made->graph,
                                  .contact = made->scores,
                                  .support = made->scores,
                                  .brokers = made->brokers};
    for (int layout = CASUS_TEXT; layout <= CASUS_CSV && status == CASUS_OK; layout++)
        status = casus_report_write(&report, (enum casus_layout)layout, made->output, err);
    return status;
}

static void sweep(enum casus_status (*tell)(struct made *, struct casus_error *))
{
    struct made made;
    make(&made);
    enum casus_status status = CASUS_ENOMEM;
    long n = 0;
    for (; status != CASUS_OK; n++) {
        struct casus_error err = {0};
        made.chains = NULL;
        made.brokers = NULL;
        made.output = NULL;
        cas_mem_fail_after(n);
        status = tell(&made, &err);
        cas_mem_fail_after(-1);
        casus_chains_free(made.chains);
        casus_brokers_free(made.brokers);
        casus_output_discard(made.output);
        if (status != CASUS_OK) {
            assert_int_equal(status, CASUS_ENOMEM);
            assert_int_equal(err.status, CASUS_ENOMEM);
        }
    }
    assert_true(n > 20);
    unmake(&made);
}

static void
chains_survive_any_failure(void **state)
{
    sweep(tell_chains);
}

static void
brokers_survive_any_failure(void **state)
{
    sweep(tell_brokers);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_survive_any_failure),
        cmocka_unit_test(brokers_survive_any_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
