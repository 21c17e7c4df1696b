/* Every allocation of ours may fail: the whole way from bytes to page is tried with 0, 1, 2 …
 * allocations, until it succeeds. Each failure is a status, leaves nothing behind (the sanitizers
 * look) and gives no output.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <casus/casus.h>

#include "base/mem.h"

struct whole {
    struct casus_problems *problems;
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_graph *graph;
    struct casus_fold *fold;
    struct casus_scores *scores;
    struct casus_output *output;
    struct casus_ledger *ledger;
    struct casus_balance *balance;
};

static const char *
case_path(void)
{
    static char path[4096];
    const char *root = getenv("CASUS_ROOT");
    snprintf(path, sizeof path, "%s/graphs/badia-2019/dossier.json", root ? root : ".");
    return path;
}

static enum casus_status
report(struct whole *whole, struct casus_error *err)
{
    enum casus_status status = casus_scores_new(whole->graph, NULL, &whole->scores, err);
    if (status == CASUS_OK)
        status = casus_output_memory(&whole->output, err);
    if (status != CASUS_OK)
        return status;
    static const enum casus_layout layouts[] = {CASUS_TEXT, CASUS_MARKDOWN, CASUS_HTML, CASUS_JSON,
                                                CASUS_CSV};
    struct casus_selection selection = {0};
    struct casus_scoring scoring = {0};
    struct casus_report page = {{.command = "report", .selection = &selection, .weight = "events"},
                                whole->graph,
                                whole->scores,
                                whole->scores,
                                whole->scores,
                                &scoring};
    for (size_t i = 0; i < 5 && status == CASUS_OK; i++)
        status = casus_report_write(&page, layouts[i], whole->output, err);
    for (size_t i = 0; i < casus_exporter_count() && status == CASUS_OK; i++) {
        const char *name = casus_exporter_at(i)->name;
        if (strncmp(name, "panel", 5) == 0)
            continue; /* of windows, which are not made here */
        status = casus_export_write(whole->graph, name, NULL, whole->output, err);
    }
    if (status == CASUS_OK && whole->dossier)
        status = casus_dossier_write(whole->dossier, NULL, CASUS_DOSSIER_JSON, whole->output, err);
    return status;
}

/* The ledger in every layout. */
static enum casus_status
ledger(struct whole *whole, struct casus_error *err)
{
    static const enum casus_layout layouts[] = {CASUS_TEXT, CASUS_JSON, CASUS_CSV};
    enum casus_status status =
        casus_ledger_new(whole->dossier, whole->verdicts, NULL, &whole->ledger, err);
    struct casus_claims claims = {.heading = {.command = "claims"},
                                  .dossier = whole->dossier,
                                  .verdicts = whole->verdicts,
                                  .ledger = whole->ledger};
    for (size_t i = 0; i < 3 && status == CASUS_OK; i++)
        status = casus_claims_write(&claims, layouts[i], whole->output, err);
    return status;
}

static enum casus_status
balance(struct whole *whole, struct casus_error *err)
{
    static const enum casus_layout layouts[] = {CASUS_TEXT, CASUS_JSON, CASUS_CSV};
    enum casus_status status = casus_balance_new(whole->graph, NULL, &whole->balance, err);
    struct casus_balance_report page = {.heading = {.command = "balance"},
                                        .dossier = whole->dossier,
                                        .graph = whole->graph,
                                        .balance = whole->balance};
    for (size_t i = 0; i < 3 && status == CASUS_OK; i++)
        status = casus_balance_write(&page, layouts[i], whole->output, err);
    return status;
}

static enum casus_status
keep(struct whole *whole, struct casus_error *err)
{
    whole->dossier = casus_dossier_new();
    if (!whole->dossier)
        return CASUS_ENOMEM;
    static const char *const focus[] = {"isis"};
    struct casus_selection selection = {
        .where = "not type = clash", .level = "1", .focus = focus, .focus_count = 1, .depth = 3};
    enum casus_status status =
        casus_read(case_path(), NULL, casus_dossier_sink(whole->dossier), whole->problems, err);
    if (status == CASUS_OK)
        status = casus_dossier_finish(whole->dossier, whole->problems, err);
    if (status == CASUS_OK)
        status = casus_verdicts_new(whole->dossier, &whole->verdicts, err);
    if (status == CASUS_OK)
        status = casus_graph_build(whole->dossier, &selection, whole->verdicts, NULL, &whole->graph,
                                   err);
    if (status == CASUS_OK)
        status = report(whole, err);
    if (status == CASUS_OK)
        status = balance(whole, err);
    return status == CASUS_OK ? ledger(whole, err) : status;
}

static enum casus_status
fold(struct whole *whole, struct casus_error *err)
{
    enum casus_status status = casus_fold_new(NULL, NULL, &whole->fold, err);
    if (status == CASUS_OK)
        status = casus_read(case_path(), NULL, casus_fold_sink(whole->fold), whole->problems, err);
    /* The case has claims about several events, which the folding sink hands back. */
    return status == CASUS_EKEEP ? CASUS_OK : status;
}

static void
done(struct whole *whole)
{
    casus_output_discard(whole->output);
    casus_balance_free(whole->balance);
    casus_ledger_free(whole->ledger);
    casus_scores_free(whole->scores);
    casus_graph_free(whole->graph);
    casus_fold_free(whole->fold);
    casus_verdicts_free(whole->verdicts);
    casus_dossier_free(whole->dossier);
    casus_problems_free(whole->problems);
}

/* Steps grow with the count, so that the sweep stays short and still meets every part. */
static void sweep(enum casus_status (*way)(struct whole *, struct casus_error *))
{
    long failed = 0;
    for (long n = 0;; n += 1 + n / 100) {
        struct whole whole = {0};
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        whole.problems = casus_problems_new(CASUS_STRICT);
        enum casus_status status = whole.problems ? way(&whole, &err) : CASUS_ENOMEM;
        cas_mem_fail_after(-1);
        done(&whole);
        if (status == CASUS_OK)
            break;
        assert_int_equal(status, CASUS_ENOMEM);
        failed++;
    }
    assert_true(failed > 20);
}

static void
keeping_and_reporting_survives_any_failure(void **state)
{
    sweep(keep);
}

static void
folding_survives_any_failure(void **state)
{
    sweep(fold);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeping_and_reporting_survives_any_failure),
        cmocka_unit_test(folding_survives_any_failure),
    };
    return cmocka_run_group_tests_name("oom", tests, NULL, NULL);
}
