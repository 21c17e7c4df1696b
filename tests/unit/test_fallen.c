/* What a filter of belief takes away, worked out by hand. */
#include "unit/inline.h"

static const char text[] =
    "{\"casus\":1,\"sources\":[{\"id\":\"s\"}],\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"},"
    "{\"id\":\"c\"},{\"id\":\"d\"}],\"events\":["
    "{\"id\":\"1\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"],\"claims\":["
    "{\"by\":\"a\",\"stance\":\"report\",\"source\":\"s\"}]},"
    "{\"id\":\"2\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"c\"],\"claims\":["
    "{\"by\":\"c\",\"stance\":\"report\",\"source\":\"s\"}]},"
    "{\"id\":\"3\",\"type\":\"raid\",\"from\":[\"d\"],\"to\":[\"c\"],\"claims\":["
    "{\"by\":\"d\",\"stance\":\"report\",\"source\":\"s\"}]}]}";

/* Without a's own word b is in no tie. Received: a 0, b 1, c 2, d 0 become a 0, c 2, d 0. Made:
 * a 2, b 0, c 0, d 1 become a 1, c 0, d 1. */
static const struct {
    enum casus_measure measure;
    const char *id;
    uint32_t without, with;
} moves[] = {
    {CASUS_IN_STRENGTH, "a", 3, 2},  {CASUS_IN_STRENGTH, "b", 2, 0},
    {CASUS_IN_STRENGTH, "d", 3, 2},  {CASUS_OUT_STRENGTH, "b", 3, 0},
    {CASUS_OUT_STRENGTH, "d", 2, 1},
};
enum { MOVES = sizeof moves / sizeof moves[0] };

static struct casus_fallen *
fallen_of(struct casus_diff_side *side, const struct casus_selection *selection)
{
    struct casus_fallen *fallen;
    struct casus_graph *graph;
    struct casus_scores *scores;
    side->dossier = inline_dossier(text);
    assert_int_equal(casus_graph_build(side->dossier, selection, NULL, NULL, &graph, NULL),
                     CASUS_OK);
    assert_int_equal(casus_scores_new(graph, NULL, &scores, NULL), CASUS_OK);
    side->graph = graph;
    side->scores = scores;
    assert_int_equal(casus_fallen_new(side, selection, NULL, NULL, NULL, &fallen, NULL), CASUS_OK);
    return fallen;
}

static void
side_done(struct casus_diff_side *side)
{
    casus_scores_free((struct casus_scores *)side->scores);
    casus_graph_free((struct casus_graph *)side->graph);
    casus_dossier_free((struct casus_dossier *)side->dossier);
}

static void
doubt_names_the_event_and_the_ranks_that_fell(void **unused)
{
    (void)unused;
    const char *doubt[] = {"a"};
    struct casus_selection selection = {.doubt = doubt, .doubt_count = 1};
    struct casus_diff_side side;
    struct casus_fallen *fallen = fallen_of(&side, &selection);
    const struct casus_diff *diff = casus_fallen_diff(fallen);
    uint32_t seen = 0;
    assert_int_equal(casus_fallen_event_count(fallen), 1);
    assert_int_equal(casus_fallen_event_at(fallen, 0), 0);
    for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++) {
        const struct casus_diff_rank *rank = casus_diff_rank_at(diff, i);
        if (rank->measure != CASUS_IN_STRENGTH && rank->measure != CASUS_OUT_STRENGTH)
            continue;
        assert_true(seen < MOVES);
        assert_int_equal(rank->measure, moves[seen].measure);
        assert_string_equal(rank->id, moves[seen].id);
        assert_int_equal(rank->rank[0], moves[seen].without);
        assert_int_equal(rank->rank[1], moves[seen].with);
        seen++;
    }
    assert_int_equal(seen, MOVES);
    casus_fallen_free(fallen);
    side_done(&side);
}

static void
without_a_filter_of_belief_nothing_is_compared(void **unused)
{
    (void)unused;
    struct casus_selection selection = {.relations = CASUS_BIT(CASUS_ATTACK)};
    struct casus_diff_side side;
    assert_null(fallen_of(&side, &selection));
    side_done(&side);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubt_names_the_event_and_the_ranks_that_fell),
        cmocka_unit_test(without_a_filter_of_belief_nothing_is_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
