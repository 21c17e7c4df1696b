/* Properties of windows over dossiers made at random.
 *
 * usage: test_windows [SEED [ROUNDS]]     prints the seed of a round that fails
 *
 * - A window holds the events that a naive look at their days puts there, and its graph is that of
 *   these events selected by their ids; what lies in none is spread.
 * - Both sinks give the same windows.
 * - A window that holds all is the graph of the whole.
 */
#include "property/same.h"

static int rounds = 120;

struct days {
    int first, last; /* of the year 2020, from 0; beyond it where there is no end */
};
enum { LONG_AGO = -100000, FAR_OFF = 100000, YEAR = 366 };
static const int month_begin[] = {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, YEAR};

/* As write_date() writes it. False: undated. */
static bool
days_of(const struct event *event, struct days *out)
{
    int month = (int)event->month, day = month_begin[month] + (int)event->day - 1;
    switch (event->shape) {
    case 0: *out = (struct days){day, day}; return true;
    case 1: *out = (struct days){month_begin[month], month_begin[month + 1] - 1}; return true;
    case 2: *out = (struct days){0, YEAR - 1}; return true;
    case 3: *out = (struct days){month_begin[month], FAR_OFF}; return true;
    case 4: *out = (struct days){day, YEAR - 1}; return true;
    default: return false;
    }
}

static bool
is_support(const struct event *event)
{
    return event->type == 4 || event->type == 5 || event->type == 7;
}

static bool
lies_in(const struct event *event, struct days window)
{
    struct days days;
    if (!days_of(event, &days))
        return false;
    if (days.last == FAR_OFF)
        return is_support(event) && days.first <= window.last;
    return window.first <= days.first && days.last <= window.last;
}

static int
day_in_2020(struct casus_date date)
{
    static const struct casus_date new_year = {2020, 1, 1};
    return casus_date_first_day(date) - casus_date_first_day(new_year);
}

static struct days
days_of_window(const struct casus_windows *windows, uint32_t index)
{
    const struct casus_window *window = casus_windows_at(windows, index);
    return (struct days){day_in_2020(window->from), day_in_2020(window->to)};
}

/* "id in (e1, e4)"; false where there is none. */
static bool
say_ids(const struct world *world, struct days window, char *out)
{
    bool any = false;
    out += sprintf(out, "id in (");
    for (unsigned i = 0; i < EVENTS; i++) {
        if (lies_in(&world->events[i], window)) {
            out += sprintf(out, "%se%u", any ? ", " : "", i);
            any = true;
        }
    }
    sprintf(out, ")");
    return any;
}

static void
same_but_removed(const struct casus_graph *a, const struct casus_graph *b)
{
    struct writing writing = plain_writing();
    struct casus_totals left = *casus_graph_totals(a), right = *casus_graph_totals(b);
    left.removed = right.removed = (struct casus_removed){0};
    same_totals(&left, &right);
    SAME(casus_graph_actor_count(a), casus_graph_actor_count(b));
    SAME(casus_graph_tie_count(a), casus_graph_tie_count(b));
    for (uint32_t i = 0; i < casus_graph_actor_count(a); i++)
        same_node(casus_graph_actor_at(a, i),
                  casus_graph_actor_at(b, other_actor(a, i, b, &writing, &writing)));
    for (uint32_t i = 0; i < casus_graph_tie_count(a); i++) {
        same_tie(casus_graph_tie_at(a, i), casus_graph_tie_at(b, i));
        for (uint32_t j = 0; j < casus_graph_tie_at(a, i)->events; j++)
            SAME(casus_graph_tie_event(a, i, j), casus_graph_tie_event(b, i, j));
    }
}

static void
window_is_its_events(const struct world *world, const struct casus_dossier *dossier,
                     const struct casus_verdicts *verdicts, struct casus_windows *windows,
                     uint32_t index)
{
    char where[EVENTS * 8];
    struct casus_graph *graph, *expected;
    assert_int_equal(casus_windows_graph(windows, index, &graph, NULL), CASUS_OK);
    SAME(casus_graph_totals(graph)->events, casus_windows_at(windows, index)->events);
    if (!say_ids(world, days_of_window(windows, index), where)) {
        SAME(casus_graph_totals(graph)->events, 0);
        SAME(casus_graph_actor_count(graph), 0);
    } else if (casus_graph_totals(graph)->events < EVENTS) {
        const struct casus_selection selection = {.where = where};
        assert_int_equal(casus_graph_build(dossier, &selection, verdicts, NULL, &expected, NULL),
                         CASUS_OK);
        same_but_removed(expected, graph);
        casus_graph_free(expected);
    }
    casus_graph_free(graph);
}

static unsigned
count_spread(const struct world *world, const struct casus_windows *windows)
{
    unsigned count = 0;
    for (unsigned i = 0; i < EVENTS; i++) {
        struct days days;
        bool inside = !days_of(&world->events[i], &days);
        for (uint32_t j = 0; j < casus_windows_count(windows); j++)
            inside = inside || lies_in(&world->events[i], days_of_window(windows, j));
        count += !inside;
    }
    return count;
}

static const struct casus_windowing windowings[] = {
    {"month", NULL, false},   {"quarter", NULL, false}, {"quarter", "month", false},
    {"10d", NULL, false},     {"week", NULL, false},    {"30d", "7d", false},
    {"month", "month", true}, {"5m", "1m", true},       {"10d", "25d", false},
};

static void
windows_hold_what_lies_in_them(void **unused)
{
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        char *text = write_world(&world, &writing);
        struct casus_dossier *dossier = inline_dossier(text);
        struct casus_verdicts *verdicts;
        struct casus_windows *windows;
        assert_int_equal(casus_verdicts_new(dossier, &verdicts, NULL), CASUS_OK);
        const struct casus_windowing *windowing =
            &windowings[round % (int)(sizeof windowings / sizeof *windowings)];
        assert_int_equal(
            casus_windows_new(dossier, NULL, verdicts, NULL, windowing, &windows, NULL), CASUS_OK);
        for (uint32_t i = 0; i < casus_windows_count(windows); i++)
            window_is_its_events(&world, dossier, verdicts, windows, i);
        SAME(casus_windows_spread_count(windows), count_spread(&world, windows));
        casus_windows_free(windows);
        casus_verdicts_free(verdicts);
        casus_dossier_free(dossier);
        free(text);
    }
}

/* --- both sinks ------------------------------------------------------------------------------- */

static void
same_windows(struct casus_windows *a, struct casus_windows *b)
{
    struct writing writing = plain_writing();
    SAME(casus_windows_count(a), casus_windows_count(b));
    SAME(casus_windows_spread_count(a), casus_windows_spread_count(b));
    SAME(casus_windows_undated_count(a), casus_windows_undated_count(b));
    same_graph(casus_windows_whole(a), casus_windows_whole(b), &writing, &writing);
    for (uint32_t i = 0; i < casus_windows_spread_count(a); i++)
        assert_string_equal(casus_windows_event_id(a, casus_windows_spread_at(a, i)),
                            casus_windows_event_id(b, casus_windows_spread_at(b, i)));
    for (uint32_t i = 0; i < casus_windows_count(a); i++) {
        struct casus_graph *left, *right;
        assert_int_equal(casus_windows_graph(a, i, &left, NULL), CASUS_OK);
        assert_int_equal(casus_windows_graph(b, i, &right, NULL), CASUS_OK);
        same_graph(left, right, &writing, &writing);
        for (uint32_t t = 0; t < casus_graph_tie_count(left); t++)
            for (uint32_t j = 0; j < casus_graph_tie_at(left, t)->events; j++)
                assert_string_equal(casus_windows_event_id(a, casus_graph_tie_event(left, t, j)),
                                    casus_windows_event_id(b, casus_graph_tie_event(right, t, j)));
        casus_graph_free(left);
        casus_graph_free(right);
    }
}

static void
both_sinks_cut_alike(const char *text, const struct casus_selection *selection,
                     const struct casus_folding *folding, const struct casus_windowing *windowing)
{
    struct casus_error err = {0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = inline_dossier(text);
    struct casus_windows *kept = NULL, *folded = NULL;
    struct casus_fold *fold;
    assert_int_equal(casus_fold_new(selection, folding, &fold, &err), CASUS_OK);
    assert_int_equal(inline_read(text, casus_fold_sink(fold), problems, &err), CASUS_OK);
    enum casus_status a =
        casus_windows_new(dossier, selection, NULL, folding, windowing, &kept, &err);
    SAME(casus_fold_windows(fold, problems, windowing, &folded, NULL), a);
    if (a == CASUS_OK)
        same_windows(kept, folded);
    casus_windows_free(kept);
    casus_windows_free(folded);
    casus_fold_free(fold);
    casus_dossier_free(dossier);
    casus_problems_free(problems);
}

static void
both_sinks_give_the_same_windows(void **unused)
{
    static const struct casus_selection selections[] = {
        {0}, {.since = "2020-02-10"}, {.min_events = 2}, {.relations = CASUS_BIT(CASUS_ATTACK)}};
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        struct casus_folding folding = {.weight = (enum casus_weight)(round % 2),
                                        .windows = true,
                                        .half_life = round % 3 ? 0 : 45,
                                        .at = {2020, 6, 15}};
        char *text = write_world(&world, &writing);
        both_sinks_cut_alike(text, &selections[round % 4], &folding, &windowings[round % 9]);
        free(text);
    }
}

static void
a_window_that_holds_all_is_the_whole(void **unused)
{
    static const struct casus_windowing ever = {"5y", NULL, false};
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        writing.whole = true;
        char *text = write_world(&world, &writing);
        struct casus_dossier *dossier = inline_dossier(text);
        struct casus_folding folding = {.half_life = round % 2 ? 30 : 0};
        struct casus_windows *windows;
        struct casus_graph *graph, *whole;
        assert_int_equal(casus_windows_new(dossier, NULL, NULL, &folding, &ever, &windows, NULL),
                         CASUS_OK);
        assert_int_equal(casus_graph_build(dossier, NULL, NULL, &folding, &whole, NULL), CASUS_OK);
        SAME(casus_windows_count(windows), 1);
        SAME(casus_windows_spread_count(windows), 0);
        assert_int_equal(casus_windows_graph(windows, 0, &graph, NULL), CASUS_OK);
        same_graph(whole, graph, &writing, &writing);
        same_graph(whole, casus_windows_whole(windows), &writing, &writing);
        casus_graph_free(graph);
        casus_graph_free(whole);
        casus_windows_free(windows);
        casus_dossier_free(dossier);
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
        cmocka_unit_test(windows_hold_what_lies_in_them),
        cmocka_unit_test(both_sinks_give_the_same_windows),
        cmocka_unit_test(a_window_that_holds_all_is_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
