/* Losses reconciled: every rule of claim/losses.h by a case worked out by hand. */
#include "inline.h"

#include "claim/losses.h"

enum { K = 1, W = 2, M = 8 };
enum { X = 3, Y = 5, NOBODY = -1 };

struct row {
    int actor, teller;
    uint8_t what;
    struct casus_figure figure;
};

struct loss_case {
    const char *name;
    struct row rows[4];
    int actor; /* whose killed is looked at; -2: the total */
    struct casus_figure killed;
};

enum { TOTAL = -2 };

static const struct loss_case cases[] = {
    {"nothing told is no figure", {{0}}, TOTAL, {-1, -1, -1}},
    {"one exact figure is its own range", {{X, 1, K, {-1, 15, -1}}}, X, {15, 15, 15}},
    {"a floor alone has no best and no ceiling", {{X, 1, K, {12, -1, -1}}}, X, {12, -1, -1}},
    {"a ceiling alone has no low", {{X, 1, K, {-1, -1, 5}}}, X, {-1, -1, 5}},
    {"two tellers: least, most, and no best where they differ",
     {{X, 1, K, {-1, 15, -1}}, {X, 2, K, {-1, 20, -1}}},
     X,
     {15, -1, 20}},
    {"two tellers who agree keep the best",
     {{X, 1, K, {-1, 15, -1}}, {X, 2, K, {10, 15, 18}}},
     X,
     {10, 15, 18}},
    {"who gives no ceiling leaves none",
     {{X, 1, K, {-1, 20, -1}}, {X, 2, K, {1, -1, -1}}},
     X,
     {1, 20, -1}},
    {"who gives only a ceiling may mean nought",
     {{X, 1, K, {-1, 3, -1}}, {X, 2, K, {-1, -1, 5}}},
     X,
     {0, 3, 5}},
    {"two rows of one teller add up",
     {{X, 1, K, {-1, 5, -1}}, {X, 1, K, {-1, 7, -1}}, {X, 2, K, {-1, 12, -1}}},
     X,
     {12, 12, 12}},
    {"a set of kinds gives no figure for one", {{X, 1, K | M, {-1, 12, -1}}}, X, {-1, -1, -1}},
    {"a set of kinds caps none",
     {{X, 1, K, {-1, 15, -1}}, {X, 2, K | M, {-1, -1, 4}}},
     X,
     {15, 15, 15}},
    {"other kinds do not mix", {{X, 1, K, {-1, 4, -1}}, {X, 2, W, {-1, 9, -1}}}, X, {4, 4, 4}},
    {"actors add up in the total",
     {{X, 1, K, {-1, 3, -1}}, {Y, 2, K, {-1, 5, -1}}},
     TOTAL,
     {8, 8, 8}},
    {"a total has no best where one actor has none",
     {{X, 1, K, {-1, 3, -1}}, {Y, 1, K, {2, -1, 6}}},
     TOTAL,
     {5, -1, 9}},
    {"people of nobody known count in the total",
     {{NOBODY, 1, K, {-1, 3, -1}}, {Y, 1, K, {4, -1, -1}}},
     TOTAL,
     {7, -1, -1}},
    {"tellers of one actor do not add up in the total",
     {{X, 1, K, {-1, 15, -1}}, {X, 2, K, {-1, 20, -1}}},
     TOTAL,
     {15, -1, 20}},
};

static size_t
tell(const struct loss_case *it, struct cas_told *told)
{
    size_t n = 0;
    for (; n < 4 && it->rows[n].what; n++)
        told[n] = (struct cas_told){(uint32_t)it->rows[n].actor, (uint32_t)it->rows[n].teller,
                                    it->rows[n].what, it->rows[n].figure};
    return n;
}

static struct casus_figure
killed_of(const struct loss_case *it, struct cas_told *told, size_t n)
{
    struct cas_lost lost[4];
    struct casus_figure total[CASUS_LOSS_COUNT];
    size_t rows = cas_losses(told, n, lost, total);
    if (it->actor == TOTAL)
        return total[CASUS_KILLED];
    for (size_t i = 0; i < rows; i++)
        if (lost[i].actor == (uint32_t)it->actor)
            return lost[i].of[CASUS_KILLED];
    return CASUS_NO_FIGURE;
}

static void
assert_figure(const char *name, struct casus_figure is, struct casus_figure wanted)
{
    if (is.low != wanted.low || is.best != wanted.best || is.high != wanted.high)
        fail_msg("%s: %lld/%lld/%lld, wanted %lld/%lld/%lld", name, (long long)is.low,
                 (long long)is.best, (long long)is.high, (long long)wanted.low,
                 (long long)wanted.best, (long long)wanted.high);
}

static void
figures_are_reconciled_by_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_told told[4];
        size_t n = tell(&cases[i], told);
        assert_figure(cases[i].name, killed_of(&cases[i], told, n), cases[i].killed);
    }
}

static void
the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cas_told told[4];
        size_t n = tell(&cases[i], told);
        for (size_t j = 0; j < n / 2; j++) {
            struct cas_told swap = told[j];
            told[j] = told[n - 1 - j];
            told[n - 1 - j] = swap;
        }
        assert_figure(cases[i].name, killed_of(&cases[i], told, n), cases[i].killed);
    }
}

static void
sums_stop_at_the_largest_number(void **state)
{
    (void)state;
    struct cas_sum sum = {0};
    struct casus_figure large = {INT64_MAX - 1, INT64_MAX - 1, INT64_MAX - 1};
    cas_sum_add(&sum, &large);
    cas_sum_add(&sum, &large);
    assert_figure("sum", cas_sum_figure(&sum),
                  (struct casus_figure){INT64_MAX, INT64_MAX, INT64_MAX});
}

static const char one_event[] =
    "{\"casus\":1,\"actors\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"b\",\"name\":\"B\"}],"
    "\"events\":[{\"id\":\"e\",\"type\":\"ambush\",\"from\":[\"a\"],\"to\":[\"b\"],\"claims\":["
    "{\"by\":\"a\",\"stance\":\"responsibility\",\"losses\":[{\"actor\":\"b\",\"killed\":20}]},"
    "{\"by\":\"b\",\"stance\":\"report\",\"losses\":[{\"actor\":\"b\",\"killed\":{\"low\":3}},"
    "{\"actor\":\"a\",\"killed\":2},{\"actor\":null,\"killed\":1}]}]},"
    "{\"id\":\"f\",\"type\":\"ambush\",\"from\":[\"a\"],\"to\":[\"b\"]}],"
    "\"claims\":[{\"about\":[\"e\",\"f\"],\"by\":\"b\",\"stance\":\"report\","
    "\"losses\":[{\"actor\":\"b\",\"killed\":500}]}]}";

static void
an_event_is_asked_by_actor_and_in_all(void **state)
{
    (void)state;
    struct casus_dossier *dossier = inline_dossier(one_event);
    uint32_t a = casus_dossier_actor_find(dossier, "a"), b = casus_dossier_actor_find(dossier, "b");
    assert_figure("b", casus_event_losses(dossier, 0, b, CASUS_KILLED),
                  (struct casus_figure){3, 20, -1});
    assert_figure("a", casus_event_losses(dossier, 0, a, CASUS_KILLED),
                  (struct casus_figure){2, 2, 2});
    assert_figure("all", casus_event_losses(dossier, 0, CASUS_NONE, CASUS_KILLED),
                  (struct casus_figure){6, 23, -1});
    assert_figure("wounded", casus_event_losses(dossier, 0, CASUS_NONE, CASUS_WOUNDED),
                  CASUS_NO_FIGURE);
    casus_dossier_free(dossier);
}

static void
a_claim_about_several_events_counts_for_none(void **state)
{
    (void)state;
    struct casus_dossier *dossier = inline_dossier(one_event);
    assert_figure("f", casus_event_losses(dossier, 1, CASUS_NONE, CASUS_KILLED), CASUS_NO_FIGURE);
    casus_dossier_free(dossier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_reconciled_by_the_rules),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(sums_stop_at_the_largest_number),
        cmocka_unit_test(an_event_is_asked_by_actor_and_in_all),
        cmocka_unit_test(a_claim_about_several_events_counts_for_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
