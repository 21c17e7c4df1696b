/* Properties of graphs and verdicts over dossiers made at random.
 *
 * usage: test_sinks [SEED [ROUNDS]]       prints the seed of a round that fails: give it back with ROUNDS 1
 *
 * - The sink that keeps and the sink that folds give the same graph, under every selection that
 *   both support.
 * - The order of rows changes nothing; other ids change nothing but the ids.
 * - ties(A) + ties(B) = ties(A ∪ B) for disjoint windows over events that lie inside one.
 */
#include "base/text.h"
#include "property/same.h"

static int rounds = 150;

/* --- both sinks ------------------------------------------------------------------------------- */

static struct casus_graph *
kept_graph(const char *text, const struct casus_selection *selection, enum casus_weight weight,
           enum casus_status *status)
{
    struct casus_folding folding = {weight};
    struct casus_graph *graph = NULL;
    struct casus_dossier *dossier = inline_dossier(text);
    *status = casus_graph_build(dossier, selection, NULL, &folding, &graph, NULL);
    casus_dossier_free(dossier);
    return graph;
}

static struct casus_graph *
folded_graph(const char *text, const struct casus_selection *selection, enum casus_weight weight,
             enum casus_status *status)
{
    struct casus_folding folding = {weight};
    struct casus_graph *graph = NULL;
    struct casus_fold *fold;
    struct casus_error err = {0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    *status = casus_fold_new(selection, &folding, &fold, &err);
    assert_int_equal(*status, CASUS_OK);
    *status = inline_read(text, casus_fold_sink(fold), problems, &err);
    if (*status == CASUS_OK)
        *status = casus_fold_finish(fold, problems, &graph, &err);
    casus_fold_free(fold);
    casus_problems_free(problems);
    return graph;
}

/* --- evidence --------------------------------------------------------------------------------- */

/* An event with such claims and sources, as a fold judges it; -1: it wants the event kept. */
static int
folded_evidence(const char *rest)
{
    struct casus_folding folding = {.evidence = true};
    struct casus_graph *graph = NULL;
    struct casus_fold *fold;
    struct cas_buffer text;
    cas_buffer_init(&text);
    cas_buffer_printf(
        &text,
        "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"sources\":[{\"id\":"
        "\"s\"},{\"id\":\"t\"}],\"events\":[{\"id\":\"e\",\"type\":\"raid\",\"from\":[\"a\"],"
        "\"to\":[\"b\"]%s}]}",
        rest);
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    assert_int_equal(casus_fold_new(NULL, &folding, &fold, NULL), CASUS_OK);
    enum casus_status status = inline_read(text.s, casus_fold_sink(fold), problems, NULL);
    int found = -1;
    if (status == CASUS_OK) {
        assert_int_equal(casus_fold_finish(fold, problems, &graph, NULL), CASUS_OK);
        for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
            found = casus_graph_tie_at(graph, 0)->evidence[i] ? i : found;
    } else {
        assert_int_equal(status, CASUS_EKEEP);
    }
    casus_graph_free(graph);
    casus_fold_free(fold);
    casus_problems_free(problems);
    cas_buffer_done(&text);
    return found;
}

/* By the rules of src/claim/evidence.c: sources are independent observers of no side. */
static void
a_fold_judges_what_sources_alone_tell(void **unused)
{
    static const struct {
        const char *rest;
        int evidence;
    } rows[] = {
        {"", CASUS_UNSOURCED},
        {",\"claims\":[]", CASUS_UNSOURCED},
        {",\"source\":\"s\"", CASUS_SINGLE},
        {",\"source\":[\"s\",\"t\"]", CASUS_SINGLE},
        {",\"claims\":[{\"stance\":\"report\"}]", CASUS_SINGLE},
        {",\"claims\":[{\"stance\":\"blame\",\"source\":\"s\"}]", CASUS_SINGLE},
        {",\"claims\":[{\"stance\":\"report\",\"source\":\"s\"},{\"stance\":\"blame\",\"source\":\"s\"}]",
         CASUS_SINGLE},
        {",\"claims\":[{\"stance\":\"report\",\"source\":\"s\"},{\"stance\":\"report\",\"source\":\"t\"}]",
         CASUS_CORROBORATED},
        {",\"claims\":[{\"stance\":\"report\",\"source\":\"s\"},{\"stance\":\"report\"}]", -1},
        {",\"claims\":[{\"stance\":\"deny\",\"source\":\"s\"}]", -1},
        {",\"claims\":[{\"stance\":\"report\",\"by\":\"a\"}]", -1},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        SAME(folded_evidence(rows[i].rest), rows[i].evidence);
}

/* --- properties ------------------------------------------------------------------------------- */

static const char *const asked_types[] = {"ambush", "battle", "blame"};
static const struct casus_selection selections[] = {
    {0},
    {.since = "2020-03"},
    {.since = "2020-02-10", .until = "2020-04"},
    {.types = asked_types, .type_count = 3},
    {.relations = CASUS_BIT(CASUS_ATTACK)},
    {.relations = CASUS_BIT(CASUS_CLAIM)},
    {.min_events = 2},
    {.until = "2020-05-05", .relations = CASUS_CONTACT, .min_events = 2},
};

static void
both_sinks_agree_on(const char *text, const struct casus_selection *selection)
{
    struct writing writing = plain_writing();
    for (int weight = CASUS_WEIGHT_EVENTS; weight <= CASUS_WEIGHT_KILLED; weight++) {
        enum casus_status kept_status, folded_status;
        struct casus_graph *kept =
            kept_graph(text, selection, (enum casus_weight)weight, &kept_status);
        struct casus_graph *folded =
            folded_graph(text, selection, (enum casus_weight)weight, &folded_status);
        SAME(kept_status, folded_status);
        assert_true(kept_status == CASUS_OK || kept_status == CASUS_EEMPTY);
        if (kept_status == CASUS_OK) {
            is_in_order(kept);
            same_graph(kept, folded, &writing, &writing);
        }
        casus_graph_free(kept);
        casus_graph_free(folded);
    }
}

static void
both_sinks_give_the_same_graph(void **unused)
{
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        writing.turned = below(4) == 0;
        char *text = write_world(&world, &writing);
        for (size_t i = 0; i < sizeof selections / sizeof *selections; i++)
            both_sinks_agree_on(text, &selections[i]);
        free(text);
    }
}

static void
same_verdicts(const struct casus_dossier *a, const struct casus_verdicts *a_verdicts,
              const struct casus_dossier *b, const struct casus_verdicts *b_verdicts,
              bool same_words)
{
    for (uint32_t i = 0; i < EVENTS; i++) {
        uint32_t j = inline_event(b, casus_dossier_event_at(a, i)->id);
        SAME(casus_verdicts_evidence(a_verdicts, i), casus_verdicts_evidence(b_verdicts, j));
        SAME(casus_verdicts_figures(a_verdicts, i), casus_verdicts_figures(b_verdicts, j));
        SAME(casus_verdicts_reason_count(a_verdicts, i),
             casus_verdicts_reason_count(b_verdicts, j));
        for (uint32_t k = 0; same_words && k < casus_verdicts_reason_count(a_verdicts, i); k++)
            assert_string_equal(casus_verdicts_reason_at(a_verdicts, i, k),
                                casus_verdicts_reason_at(b_verdicts, j, k));
    }
}

static void
same_answers(const struct world *world, const struct writing *other, bool same_words)
{
    static const char *const levels[] = {NULL, "0", "army"};
    struct writing plain = plain_writing();
    char *a_text = write_world(world, &plain), *b_text = write_world(world, other);
    struct casus_dossier *a = inline_dossier(a_text), *b = inline_dossier(b_text);
    struct casus_verdicts *a_verdicts, *b_verdicts;
    assert_int_equal(casus_verdicts_new(a, &a_verdicts, NULL), CASUS_OK);
    assert_int_equal(casus_verdicts_new(b, &b_verdicts, NULL), CASUS_OK);
    same_verdicts(a, a_verdicts, b, b_verdicts, same_words);
    for (int i = 0; i < 3; i++) {
        struct casus_selection selection = {.level = levels[i]};
        struct casus_folding folding = {CASUS_WEIGHT_EVIDENCE};
        struct casus_graph *a_graph, *b_graph;
        assert_int_equal(casus_graph_build(a, &selection, a_verdicts, &folding, &a_graph, NULL),
                         CASUS_OK);
        assert_int_equal(casus_graph_build(b, &selection, b_verdicts, &folding, &b_graph, NULL),
                         CASUS_OK);
        is_in_order(b_graph);
        same_graph(a_graph, b_graph, &plain, other);
        casus_graph_free(a_graph);
        casus_graph_free(b_graph);
    }
    casus_verdicts_free(a_verdicts);
    casus_verdicts_free(b_verdicts);
    casus_dossier_free(a);
    casus_dossier_free(b);
    free(a_text);
    free(b_text);
}

static void
the_order_of_rows_changes_nothing(void **unused)
{
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing shuffled = shuffled_writing(false);
        same_answers(&world, &shuffled, true);
    }
}

static void
other_ids_change_nothing_but_the_ids(void **unused)
{
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing renamed = shuffled_writing(true);
        same_answers(&world, &renamed, false);
    }
}

/* Events, weight, claims and the ends of time of a tie, 0 where a graph has none such. */
static struct casus_tie
tie_like(const struct casus_graph *whole, const struct casus_tie *like,
         const struct casus_graph *part)
{
    const struct casus_tie *found = find_tie(
        part, like, casus_graph_actor_find(part, casus_graph_actor_at(whole, like->from)->id),
        casus_graph_actor_find(part, casus_graph_actor_at(whole, like->to)->id));
    static const uint32_t none[CASUS_STANCE_COUNT];
    return found ? *found : (struct casus_tie){.stances = none};
}

static void
windows_add_up_to(const struct casus_graph *whole, const struct casus_graph *a,
                  const struct casus_graph *b)
{
    uint32_t in_whole = 0, in_parts = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(whole); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(whole, i);
        struct casus_tie left = tie_like(whole, tie, a), right = tie_like(whole, tie, b);
        SAME(tie->events, left.events + right.events);
        SAME(tie->weight, left.weight + right.weight);
        for (int j = 0; j < CASUS_STANCE_COUNT; j++)
            SAME(tie->stances[j], left.stances[j] + right.stances[j]);
        in_whole += tie->events;
    }
    for (uint32_t i = 0; i < casus_graph_tie_count(a); i++)
        in_parts += casus_graph_tie_at(a, i)->events;
    for (uint32_t i = 0; i < casus_graph_tie_count(b); i++)
        in_parts += casus_graph_tie_at(b, i)->events;
    SAME(in_whole, in_parts);
    SAME(casus_graph_totals(whole)->events,
         casus_graph_totals(a)->events + casus_graph_totals(b)->events);
}

static void
ties_of_disjoint_windows_add_up(void **unused)
{
    static const struct casus_selection early = {.until = "2020-03"}, late = {.since = "2020-04"},
                                        all = {.since = "2020"};
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        writing.whole = true;
        char *text = write_world(&world, &writing);
        enum casus_status statuses[3];
        struct casus_graph *a = kept_graph(text, &early, CASUS_WEIGHT_KILLED, &statuses[0]);
        struct casus_graph *b = kept_graph(text, &late, CASUS_WEIGHT_KILLED, &statuses[1]);
        struct casus_graph *whole = kept_graph(text, &all, CASUS_WEIGHT_KILLED, &statuses[2]);
        if (a && b && whole)
            windows_add_up_to(whole, a, b);
        casus_graph_free(a);
        casus_graph_free(b);
        casus_graph_free(whole);
        free(text);
    }
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        rounds = atoi(argv[2]);
    printf("seed %llu, %d rounds\n", (unsigned long long)seed, rounds);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sinks_give_the_same_graph),
        cmocka_unit_test(a_fold_judges_what_sources_alone_tell),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(other_ids_change_nothing_but_the_ids),
        cmocka_unit_test(ties_of_disjoint_windows_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
