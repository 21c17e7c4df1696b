/* The page while allocations fail: written whole, or a status and nothing. What it is made of is
 * made once, with all the memory there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <casus/casus.h>

#include "base/mem.h"

struct made {
    struct casus_problems *problems;
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_graph *graph;
    struct casus_ledger *ledger;
    struct casus_scores *scores;
    struct casus_positions *positions;
};

static void
make(struct made *out)
{
    char path[4096];
    const char *root = getenv("CASUS_ROOT");
    snprintf(path, sizeof path, "%s/graphs/badia-2019/dossier.json", root ? root : ".");
    out->problems = casus_problems_new(CASUS_STRICT);
    out->dossier = casus_dossier_new();
    struct casus_sink *sink = casus_dossier_sink(out->dossier);
    assert_int_equal(casus_read(path, NULL, sink, out->problems, NULL), CASUS_OK);
    assert_int_equal(casus_dossier_finish(out->dossier, out->problems, NULL), CASUS_OK);
    assert_int_equal(casus_verdicts_new(out->dossier, &out->verdicts, NULL), CASUS_OK);
    assert_int_equal(casus_graph_build(out->dossier, NULL, out->verdicts, NULL, &out->graph, NULL),
                     CASUS_OK);
    assert_int_equal(casus_ledger_new(out->dossier, out->verdicts, NULL, &out->ledger, NULL),
                     CASUS_OK);
    assert_int_equal(casus_scores_new(out->graph, NULL, &out->scores, NULL), CASUS_OK);
    assert_int_equal(casus_positions_new(out->graph, NULL, &out->positions, NULL), CASUS_OK);
}

static void
unmake(struct made *made)
{
    casus_positions_free(made->positions);
    casus_scores_free(made->scores);
    casus_ledger_free(made->ledger);
    casus_graph_free(made->graph);
    casus_verdicts_free(made->verdicts);
    casus_dossier_free(made->dossier);
    casus_problems_free(made->problems);
}

static enum casus_status
write_page(const struct made *made, size_t *out_length)
{
    struct casus_view view = {.heading = {.command = "view", .weight = "events"},
                              .dossier = made->dossier,
                              .graph = made->graph,
                              .verdicts = made->verdicts,
                              .ledger = made->ledger,
                              .contact = made->scores,
                              .attack = made->scores,
                              .support = made->scores,
                              .positions = made->positions};
    struct casus_output *output = NULL;
    enum casus_status status = casus_output_memory(&output, NULL);
    if (status == CASUS_OK)
        status = casus_view_write(&view, output, NULL);
    if (status == CASUS_OK) {
        casus_output_bytes(output, out_length);
        return casus_output_close(output, NULL);
    }
    casus_output_discard(output);
    return status;
}

static void
a_page_survives_any_failure(void **state)
{
    struct made made = {0};
    size_t length = 0;
    long failed = 0;
    make(&made);
    if (casus_view_check(made.graph, NULL) == CASUS_EENGINE) {
        unmake(&made);
        skip(); /* built without Node.js */
    }
    for (long n = 0;; n += 1 + n / 20) { /* short, and still meets every part */
        cas_mem_fail_after(n);
        enum casus_status status = write_page(&made, &length);
        cas_mem_fail_after(-1);
        if (status == CASUS_OK)
            break;
        assert_int_equal(status, CASUS_ENOMEM);
        failed++;
    }
    assert_true(failed > 10);
    assert_true(length > 100000);
    unmake(&made);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_page_survives_any_failure)};
    return cmocka_run_group_tests_name("view oom", tests, NULL, NULL);
}
