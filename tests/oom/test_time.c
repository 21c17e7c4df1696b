/* Every allocation of ours may fail: windows, timelines, panels and diffs, of a dossier that is kept
 * and of a table that is folded, are tried with 0, 1, 2 … allocations, until they succeed.
 */
#include "unit/inline.h"

#include "base/mem.h"

struct stand {
    struct casus_problems *problems;
    struct casus_dossier *dossier[2];
    struct casus_graph *graph[2];
    struct casus_scores *scores[2];
    struct casus_diff *diff;
    struct casus_fold *fold;
    struct casus_windows *windows;
    struct casus_output *output;
};

static void
done(struct stand *stand)
{
    casus_output_discard(stand->output);
    casus_windows_free(stand->windows);
    casus_fold_free(stand->fold);
    casus_diff_free(stand->diff);
    for (int side = 0; side < 2; side++) {
        casus_scores_free(stand->scores[side]);
        casus_graph_free(stand->graph[side]);
        casus_dossier_free(stand->dossier[side]);
    }
    casus_problems_free(stand->problems);
}

static const char *
path_of(const char *name)
{
    static char path[4096];
    const char *root = getenv("CASUS_ROOT");
    snprintf(path, sizeof path, "%s/graphs/%s/dossier.json", root ? root : ".", name);
    return path;
}

static enum casus_status
keep(struct stand *stand, int side, const char *name, struct casus_error *err)
{
    struct casus_dossier *dossier = stand->dossier[side] = casus_dossier_new();
    if (!dossier)
        return CASUS_ENOMEM;
    enum casus_status status =
        casus_read(path_of(name), NULL, casus_dossier_sink(dossier), stand->problems, err);
    return status == CASUS_OK ? casus_dossier_finish(dossier, stand->problems, err) : status;
}

/* --- timelines -------------------------------------------------------------------------------- */

static enum casus_status
tell_windows(struct stand *stand, struct casus_error *err)
{
    static const enum casus_layout layouts[] = {CASUS_TEXT, CASUS_HTML, CASUS_JSON, CASUS_CSV};
    struct casus_selection selection = {0};
    struct casus_timeline_report report = {
        .heading = {.command = "timeline", .selection = &selection, .weight = "events"},
        .windows = stand->windows,
        .timing = {.permutations = 9}};
    enum casus_status status = casus_output_memory(&stand->output, err);
    for (size_t i = 0; i < 8 && status == CASUS_OK; i++) {
        report.balance = i >= 4;
        status = casus_timeline_write(&report, layouts[i % 4], stand->output, err);
    }
    return status;
}

static enum casus_status
tell_panels(struct stand *stand, struct casus_error *err)
{
    const struct casus_exporting exporting = {.windows = stand->windows};
    const struct casus_graph *whole = casus_windows_whole(stand->windows);
    enum casus_status status = casus_export_write(whole, "panel", &exporting, stand->output, err);
    return status == CASUS_OK
               ? casus_export_write(whole, "panel-actors", &exporting, stand->output, err)
               : status;
}

static enum casus_status
of_dossier(struct stand *stand, struct casus_error *err)
{
    const struct casus_windowing windowing = {"year", NULL, false};
    enum casus_status status = keep(stand, 0, "shifting-by-hand", err);
    if (status == CASUS_OK)
        status = casus_windows_new(stand->dossier[0], NULL, NULL, NULL, &windowing, &stand->windows,
                                   err);
    if (status == CASUS_OK)
        status = tell_windows(stand, err);
    return status == CASUS_OK ? tell_panels(stand, err) : status;
}

static const char *table_path;

static void
write_table(void)
{
    static char path[] = "/tmp/casus-time-XXXXXX";
    int file = mkstemp(path);
    FILE *out = fdopen(file, "w");
    fputs("id,year,active_year,code_status,type_of_violence,conflict_new_id,conflict_name,"
          "dyad_new_id,dyad_name,side_a_new_id,side_a,side_b_new_id,side_b,number_of_sources,"
          "source_article,where_prec,where_coordinates,latitude,longitude,country,country_id,"
          "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
          "deaths_unknown,best,high,low,gwnoa,gwnob\n",
          out);
    for (int i = 0; i < 40; i++)
        fprintf(out,
                "%d,2020,1,Clear,1,%d,C%d,%d,A - B,%d,A%d,%d,B%d,1,x,1,y,1,2,Z,3,Asia,1,1,"
                "2020-%02d-%02d 00:00:00.000,2020-%02d-%02d 00:00:00.000,1,2,0,0,3,4,3,1,\n",
                i + 1, i % 5, i % 5, i % 5, i % 3, i % 3, 10 + i % 5, 10 + i % 5, 1 + i % 12,
                1 + i % 28, 1 + i % 12, 1 + i % 28);
    fclose(out);
    table_path = path;
}

static enum casus_status
of_table(struct stand *stand, struct casus_error *err)
{
    const struct casus_folding folding = {.windows = true};
    const struct casus_windowing windowing = {"month", NULL, true};
    enum casus_status status = casus_fold_new(NULL, &folding, &stand->fold, err);
    if (status == CASUS_OK)
        status = casus_read(table_path, NULL, casus_fold_sink(stand->fold), stand->problems, err);
    if (status == CASUS_OK)
        status = casus_fold_windows(stand->fold, stand->problems, &windowing, &stand->windows, err);
    return status == CASUS_OK ? tell_windows(stand, err) : status;
}

/* --- diffs ------------------------------------------------------------------------------------ */

static enum casus_status
tell_diff(struct stand *stand, const struct casus_diff_side sides[2], struct casus_error *err)
{
    static const enum casus_layout layouts[] = {CASUS_TEXT, CASUS_HTML, CASUS_JSON, CASUS_CSV};
    struct casus_selection selection = {0};
    enum casus_status status = casus_diff_new(&sides[0], &sides[1], &stand->diff, err);
    const struct casus_diff_report report = {
        .heading = {.command = "diff", .selection = &selection, .weight = "events"},
        .side = {sides[0], sides[1]},
        .diff = stand->diff};
    if (status == CASUS_OK)
        status = casus_output_memory(&stand->output, err);
    for (size_t i = 0; i < 4 && status == CASUS_OK; i++)
        status = casus_diff_write(&report, layouts[i], stand->output, err);
    return status;
}

static enum casus_status
of_two(struct stand *stand, struct casus_error *err)
{
    static const char *const names[] = {"shifting-by-hand", "badia-2019"};
    struct casus_diff_side sides[2];
    enum casus_status status = CASUS_OK;
    for (int side = 0; side < 2 && status == CASUS_OK; side++) {
        status = keep(stand, side, names[side], err);
        if (status == CASUS_OK)
            status =
                casus_graph_build(stand->dossier[side], NULL, NULL, NULL, &stand->graph[side], err);
        if (status == CASUS_OK)
            status = casus_scores_new(stand->graph[side], NULL, &stand->scores[side], err);
        sides[side] =
            (struct casus_diff_side){stand->dossier[side], stand->graph[side], stand->scores[side]};
    }
    return status == CASUS_OK ? tell_diff(stand, sides, err) : status;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Steps grow with the count, so that the sweep stays short and still meets every part. */
static void sweep(enum casus_status (*way)(struct stand *, struct casus_error *))
{
    long failed = 0;
    for (long n = 0;; n += 1 + n / 60) {
        struct stand stand = {0};
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        stand.problems = casus_problems_new(CASUS_STRICT);
        enum casus_status status = stand.problems ? way(&stand, &err) : CASUS_ENOMEM;
        cas_mem_fail_after(-1);
        done(&stand);
        if (status == CASUS_OK)
            break;
        assert_int_equal(status, CASUS_ENOMEM);
        failed++;
    }
    assert_true(failed > 100);
}

static void
timelines_of_a_dossier_survive_any_failure(void **state)
{
    (void)state;
    sweep(of_dossier);
}

static void
timelines_of_a_table_survive_any_failure(void **state)
{
    (void)state;
    sweep(of_table);
}

static void
diffs_survive_any_failure(void **state)
{
    (void)state;
    sweep(of_two);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timelines_of_a_dossier_survive_any_failure),
        cmocka_unit_test(timelines_of_a_table_survive_any_failure),
        cmocka_unit_test(diffs_survive_any_failure),
    };
    write_table();
    int failed = cmocka_run_group_tests_name("oom of time", tests, NULL, NULL);
    remove(table_path);
    return failed;
}
