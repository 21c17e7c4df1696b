/* Evidence and figures: each rule of claim/evidence.c, sides.h and figures.c by a small case. */
#include "inline.h"

/* north and army are at war: every case holds that attack, a backer and some bystanders. */
static const char actors[] =
    "{\"id\":\"north\",\"name\":\"Northern Front\",\"kind\":\"armed-group\"},"
    "{\"id\":\"voice\",\"name\":\"Voice\",\"kind\":\"outlet\",\"parent\":\"north\"},"
    "{\"id\":\"cell\",\"name\":\"Cell\",\"kind\":\"unit\",\"parent\":\"north\"},"
    "{\"id\":\"republic\",\"name\":\"Republic\",\"kind\":\"state\",\"side\":\"government\"},"
    "{\"id\":\"army\",\"name\":\"Army\",\"kind\":\"army\",\"parent\":\"republic\"},"
    "{\"id\":\"bde\",\"name\":\"Brigade\",\"kind\":\"unit\",\"parent\":\"army\"},"
    "{\"id\":\"guards\",\"name\":\"Guards\",\"kind\":\"militia\",\"side\":\"government\"},"
    "{\"id\":\"empire\",\"name\":\"Empire\",\"kind\":\"state\"},"
    "{\"id\":\"paper\",\"name\":\"Paper\",\"kind\":\"outlet\",\"parent\":\"empire\"},"
    "{\"id\":\"south\",\"name\":\"Southern Front\",\"kind\":\"armed-group\"},"
    "{\"id\":\"watch\",\"name\":\"Watch\",\"kind\":\"monitor\"},"
    "{\"id\":\"people\",\"name\":\"People\",\"kind\":\"civilians\"}";
static const char ties[] =
    "{\"id\":\"w1\",\"type\":\"raid\",\"from\":[\"north\"],\"to\":[\"bde\"]},"
    "{\"id\":\"w2\",\"type\":\"weapons\",\"from\":[\"empire\"],\"to\":[\"army\"]}";

/* Sources s1, s2. An event "e": its inside is `event` (from, to, claims); then claims at the top. */
static char *
case_text(const char *event, const char *claims)
{
    char *text;
    assert_true(asprintf(&text,
                         "{\"casus\":1,\"sources\":[{\"id\":\"s1\",\"name\":\"Gazette\"},"
                         "{\"id\":\"s2\",\"name\":\"Mail\"}],\"actors\":[%s],\"events\":[%s,"
                         "{\"id\":\"e\",%s}],\"claims\":[%s]}",
                         actors, ties, event, claims) > 0);
    return text;
}

#define AMBUSH          "\"type\":\"ambush\",\"from\":[\"cell\"],\"to\":[\"bde\"],\"claims\":"
#define BY(who, stance) "{\"by\":\"" who "\",\"stance\":\"" stance "\"}"
#define BY_WITH(who, stance, losses)                                                               \
    "{\"by\":\"" who "\",\"stance\":\"" stance "\",\"losses\":[" losses "]}"
#define OWN_VOICE(source) "{\"stance\":\"report\",\"source\":\"" source "\"}"

struct evidence_case {
    const char *name, *event, *claims;
    enum casus_evidence verdict;
    const char *reason; /* one of them is this */
};

static const struct evidence_case cases[] = {
    {"nobody says so", AMBUSH "[]", "", CASUS_UNSOURCED, "nobody is named who says so"},
    {"the sources alone are one voice",
     "\"type\":\"ambush\",\"from\":[\"cell\"],\"to\":[\"bde\"],\"source\":[\"s1\",\"s2\"]", "",
     CASUS_SINGLE, "only the sources that it was coded from tell it, taken as one voice"},
    {"one claimant", AMBUSH "[" BY("north", "responsibility") "]", "", CASUS_SINGLE,
     "only Northern Front tells it"},
    {"an actor with its outlet and unit is one claimant",
     AMBUSH
     "[" BY("north", "responsibility") "," BY("voice", "report") "," BY("cell", "report") "]",
     "", CASUS_SINGLE, "only Northern Front tells it"},
    {"attacker and victim are opposed",
     AMBUSH "[" BY("voice", "report") "," BY("bde", "report") "]", "", CASUS_CORROBORATED,
     "Army and Northern Front, of opposed sides, both tell it"},
    {"another of the victim's side is opposed too",
     AMBUSH "[" BY("north", "responsibility") "," BY("guards", "report") "]", "",
     CASUS_CORROBORATED, "Guards and Northern Front, of opposed sides, both tell it"},
    {"who backs a side is of it",
     AMBUSH "[" BY("north", "responsibility") "," BY("paper", "report") "]", "", CASUS_CORROBORATED,
     "Empire and Northern Front, of opposed sides, both tell it"},
    {"two of one side are one-sided",
     AMBUSH "[" BY("army", "report") "," BY("guards", "report") "]", "", CASUS_ONE_SIDED,
     "Army and Guards tell it; no two of them are opposed, and none is independent of the parties"},
    {"backer and backed are one-sided",
     "\"type\":\"training\",\"from\":[\"empire\"],\"to\":[\"guards\"],\"claims\":[" BY(
         "paper", "report") "," BY("guards", "report") "]",
     "", CASUS_ONE_SIDED, NULL},
    {"an observer and a party", AMBUSH "[" BY("army", "report") "," BY("watch", "report") "]", "",
     CASUS_CORROBORATED, "Watch, tied to no party, tells it, and so does Army"},
    {"an observer alone is single", AMBUSH "[" BY("watch", "report") "]", "", CASUS_SINGLE,
     "only Watch tells it"},
    {"a source in its own voice is an observer",
     AMBUSH "[" BY("army", "report") "," OWN_VOICE("s1") "]", "", CASUS_CORROBORATED,
     "the source Gazette, tied to no party, tells it, and so does Army"},
    {"one source twice is one voice", AMBUSH "[" OWN_VOICE("s1") "," OWN_VOICE("s1") "]", "",
     CASUS_SINGLE, "only the source Gazette tells it"},
    {"two sources in their own voices", AMBUSH "[" OWN_VOICE("s1") "," OWN_VOICE("s2") "]", "",
     CASUS_CORROBORATED, NULL},
    {"who claims responsibility is no observer",
     "\"type\":\"bombing\",\"from\":[],\"to\":[\"people\"],\"claims\":[" BY(
         "south", "responsibility") "," BY("people", "report") "]",
     "", CASUS_ONE_SIDED, NULL},
    {"a denial disputes", AMBUSH "[" BY("north", "responsibility") "]",
     "{\"about\":[\"e\"],\"by\":\"empire\",\"stance\":\"deny\",\"of\":\"north\"}", CASUS_DISPUTED,
     "Empire denies it"},
    {"two who claim it alone dispute",
     "\"type\":\"bombing\",\"from\":[],\"to\":[\"people\"],\"claims\":[" BY(
         "north", "responsibility") "," BY("south", "responsibility") "]",
     "", CASUS_DISPUTED, "Southern Front claims responsibility alone"},
    {"two that the event names together do not dispute",
     "\"type\":\"bombing\",\"from\":[\"north\",\"south\"],\"to\":[\"people\"],\"claims\":[" BY(
         "north", "responsibility") "," BY("south", "responsibility") "]",
     "", CASUS_ONE_SIDED, NULL},
    {"a part and its whole do not dispute",
     "\"type\":\"bombing\",\"from\":[],\"to\":[\"north\"],\"claims\":[" BY(
         "army", "responsibility") "," BY("republic", "responsibility") "]",
     "", CASUS_ONE_SIDED, NULL},
    {"the victim admits its loss",
     AMBUSH "[" BY_WITH("bde", "announce", "{\"actor\":\"bde\",\"killed\":10}") "]", "",
     CASUS_ADMITTED,
     "Army tells of a loss of its own side, and nobody of another side tells of the event"},
    {"so does another of its side",
     AMBUSH "[" BY_WITH("guards", "report",
                        "{\"actor\":\"bde\",\"wounded\":true}") "," BY("army", "report") "]",
     "", CASUS_ADMITTED, NULL},
    {"a loss of nought admits nothing",
     AMBUSH "[" BY_WITH("army", "report", "{\"actor\":\"bde\",\"killed\":0}") "]", "", CASUS_SINGLE,
     NULL},
    {"the enemy's loss admits nothing",
     AMBUSH "[" BY_WITH("army", "report", "{\"actor\":\"cell\",\"killed\":9}") "]", "",
     CASUS_SINGLE, NULL},
    {"responsibility is no admission",
     "\"type\":\"bombing\",\"from\":[\"north\"],\"to\":[\"people\"],\"claims\":[" BY_WITH(
         "north", "responsibility", "{\"actor\":\"people\",\"killed\":9}") "]",
     "", CASUS_SINGLE, NULL},
    {"one's own attack on civilians is one",
     "\"type\":\"airstrike\",\"from\":[\"army\"],\"to\":[\"people\"],\"claims\":[" BY("republic",
                                                                                      "report") "]",
     "", CASUS_ADMITTED,
     "Republic tells of its own side's attack on civilians, and nobody of another side tells of "
     "the event"},
    {"also where civilians only lose people",
     "\"type\":\"airstrike\",\"from\":[\"army\"],\"to\":[\"cell\"],\"claims\":[" BY_WITH(
         "army", "announce", "{\"actor\":\"people\",\"killed\":2}") "]",
     "", CASUS_ADMITTED, NULL},
    {"a loss over several events admits none of them", AMBUSH "[]",
     "{\"about\":[\"e\",\"w1\"],\"by\":\"army\",\"stance\":\"report\","
     "\"losses\":[{\"actor\":\"bde\",\"killed\":3}]}",
     CASUS_SINGLE, "only Army tells it"},
};

static bool
has_reason(const struct casus_verdicts *verdicts, uint32_t event, const char *text)
{
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, event); i++)
        if (strcmp(casus_verdicts_reason_at(verdicts, event, i), text) == 0)
            return true;
    return false;
}

static void
print_reasons(const struct casus_verdicts *verdicts, uint32_t event)
{
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, event); i++)
        print_error("    %s\n", casus_verdicts_reason_at(verdicts, event, i));
}

struct judged {
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    uint32_t event;
};

static struct judged
judge(const char *event, const char *claims)
{
    struct judged judged;
    char *text = case_text(event, claims);
    judged.dossier = inline_dossier(text);
    free(text);
    assert_int_equal(casus_verdicts_new(judged.dossier, &judged.verdicts, NULL), CASUS_OK);
    judged.event = inline_event(judged.dossier, "e");
    return judged;
}

static void
judged_done(struct judged *judged)
{
    casus_verdicts_free(judged->verdicts);
    casus_dossier_free(judged->dossier);
}

static void
verdicts_follow_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct judged judged = judge(cases[i].event, cases[i].claims);
        enum casus_evidence is = casus_verdicts_evidence(judged.verdicts, judged.event);
        if (is != cases[i].verdict ||
            (cases[i].reason && !has_reason(judged.verdicts, judged.event, cases[i].reason))) {
            print_reasons(judged.verdicts, judged.event);
            fail_msg("%s: %s, wanted %s", cases[i].name, casus_evidence_name(is),
                     casus_evidence_name(cases[i].verdict));
        }
        judged_done(&judged);
    }
}

static void
two_claims_and_a_denial_are_disputed_with_three_reasons(void **state)
{
    (void)state;
    struct judged judged =
        judge("\"type\":\"bombing\",\"from\":[],\"to\":[\"people\"],\"claims\":[" BY(
                  "south", "responsibility") "," BY("north", "responsibility") "]",
              "{\"about\":[\"e\"],\"by\":\"republic\",\"stance\":\"deny\"}");
    assert_int_equal(casus_verdicts_evidence(judged.verdicts, judged.event), CASUS_DISPUTED);
    assert_int_equal(casus_verdicts_reason_count(judged.verdicts, judged.event), 3);
    assert_string_equal(casus_verdicts_reason_at(judged.verdicts, judged.event, 0),
                        "Northern Front claims responsibility alone");
    assert_string_equal(casus_verdicts_reason_at(judged.verdicts, judged.event, 1),
                        "Southern Front claims responsibility alone");
    assert_string_equal(casus_verdicts_reason_at(judged.verdicts, judged.event, 2),
                        "Republic denies it");
    judged_done(&judged);
}

/* --- figures ---------------------------------------------------------------------------------- */

#define NORTH(loss) BY_WITH("north", "responsibility", "{\"actor\":\"bde\"," loss "}")
#define ARMY(loss)  BY_WITH("army", "report", "{\"actor\":\"bde\"," loss "}")
#define BOTH(a, b)  AMBUSH "[" NORTH(a) "," ARMY(b) "]"
#define OVER_TWO(loss)                                                                             \
    "{\"about\":[\"e\",\"w1\"],\"by\":\"guards\",\"stance\":\"report\",\"losses\":[{"              \
    "\"actor\":\"bde\"," loss "}]}"
#define W1(loss)                                                                                      \
    "{\"about\":[\"w1\"],\"by\":\"north\",\"stance\":\"report\",\"losses\":[{\"actor\":\"bde\"," loss \
    "}]}"

static const struct figures_case {
    const char *name, *event, *claims;
    enum casus_figures verdict;
} figures_cases[] = {
    {"no figure", AMBUSH "[" BY("north", "report") "]", "", CASUS_FIGURES_NONE},
    {"one figure", AMBUSH "[" NORTH("\"killed\":20") "]", "", CASUS_FIGURES_SINGLE},
    {"the same twice by one claimant is single",
     AMBUSH "[" NORTH("\"killed\":20") "," BY_WITH("voice", "report",
                                                   "{\"actor\":\"bde\",\"killed\":20}") "]",
     "", CASUS_FIGURES_SINGLE},
    {"the same by two", BOTH("\"killed\":20", "\"killed\":20"), "", CASUS_FIGURES_AGREE},
    {"different by two", BOTH("\"killed\":20", "\"killed\":12"), "", CASUS_FIGURES_EXCLUDE},
    {"different by one claimant",
     AMBUSH "[" NORTH("\"killed\":20") "," BY_WITH("voice", "report",
                                                   "{\"actor\":\"bde\",\"killed\":15}") "]",
     "", CASUS_FIGURES_EXCLUDE},
    {"intervals that touch meet",
     BOTH("\"killed\":{\"low\":3,\"high\":12}", "\"killed\":{\"low\":12,\"high\":20}"), "",
     CASUS_FIGURES_AGREE},
    {"intervals that do not meet",
     BOTH("\"killed\":{\"low\":3,\"high\":11}", "\"killed\":{\"low\":12,\"high\":20}"), "",
     CASUS_FIGURES_EXCLUDE},
    {"a floor below meets", BOTH("\"killed\":20", "\"killed\":{\"low\":12}"), "",
     CASUS_FIGURES_AGREE},
    {"a floor above does not", BOTH("\"killed\":11", "\"killed\":{\"low\":12}"), "",
     CASUS_FIGURES_EXCLUDE},
    {"some killed and twenty agree", BOTH("\"killed\":20", "\"killed\":true"), "",
     CASUS_FIGURES_AGREE},
    {"some killed and none do not", BOTH("\"killed\":0", "\"killed\":true"), "",
     CASUS_FIGURES_EXCLUDE},
    {"other kinds are not compared", BOTH("\"killed\":20", "\"wounded\":3"), "",
     CASUS_FIGURES_SINGLE},
    {"other actors are not compared",
     AMBUSH "[" NORTH("\"killed\":20") "," BY_WITH("army", "report",
                                                   "{\"actor\":\"cell\",\"killed\":3}") "]",
     "", CASUS_FIGURES_SINGLE},
    {"killed is a floor of killed or missing",
     BOTH("\"killed\":20", "\"what\":[\"killed\",\"missing\"],\"low\":12"), "",
     CASUS_FIGURES_AGREE},
    {"fewer killed may go with more killed or missing",
     BOTH("\"killed\":5", "\"what\":[\"killed\",\"missing\"],\"best\":12"), "",
     CASUS_FIGURES_AGREE},
    {"more killed than killed or missing do not meet",
     BOTH("\"killed\":15", "\"what\":[\"killed\",\"missing\"],\"best\":12"), "",
     CASUS_FIGURES_EXCLUDE},
    {"killed and missing together are the whole set",
     BOTH("\"killed\":5,\"missing\":3", "\"what\":[\"killed\",\"missing\"],\"low\":12"), "",
     CASUS_FIGURES_EXCLUDE},
    {"the data set's own figure is a teller",
     "\"type\":\"ambush\",\"from\":[\"cell\"],\"to\":[\"bde\"],\"claims\":[" NORTH(
         "\"killed\":20") "],\"losses\":[{\"actor\":\"bde\",\"killed\":8}]",
     "", CASUS_FIGURES_EXCLUDE},
    {"a figure over two events stands beside one alone: nothing to compare without the other",
     AMBUSH "[]", OVER_TWO("\"killed\":12"), CASUS_FIGURES_NONE},
    {"a sum that meets", AMBUSH "[" NORTH("\"killed\":15") "]",
     OVER_TWO("\"killed\":{\"low\":12}") "," W1("\"killed\":20"), CASUS_FIGURES_AGREE},
    {"a sum that lies above", AMBUSH "[" NORTH("\"killed\":15") "]",
     OVER_TWO("\"killed\":30") "," W1("\"killed\":20"), CASUS_FIGURES_EXCLUDE},
    {"a sum that lies below", AMBUSH "[" NORTH("\"killed\":15") "]",
     OVER_TWO("\"killed\":{\"low\":36}") "," W1("\"killed\":20"), CASUS_FIGURES_EXCLUDE},
    {"silence on one of the events leaves the sum open", AMBUSH "[" NORTH("\"killed\":15") "]",
     OVER_TWO("\"killed\":30"), CASUS_FIGURES_AGREE},
    {"but not downwards", AMBUSH "[" NORTH("\"killed\":15") "]", OVER_TWO("\"killed\":14"),
     CASUS_FIGURES_EXCLUDE},
    {"two claims over the same events", AMBUSH "[]",
     OVER_TWO(
         "\"killed\":12") ","
                          "{\"about\":[\"w1\",\"e\"],\"by\":\"north\",\"stance\":\"report\",\"losses\":[{"
                          "\"actor\":\"bde\",\"killed\":40}]}",
     CASUS_FIGURES_EXCLUDE},
};

static void
figures_are_compared_for_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof figures_cases / sizeof *figures_cases; i++) {
        const struct figures_case *it = &figures_cases[i];
        struct judged judged = judge(it->event, it->claims);
        enum casus_figures is = casus_verdicts_figures(judged.verdicts, judged.event);
        if (is != it->verdict) {
            print_reasons(judged.verdicts, judged.event);
            fail_msg("%s: %s, wanted %s", it->name, casus_figures_name(is),
                     casus_figures_name(it->verdict));
        }
        judged_done(&judged);
    }
}

static void
a_comparison_is_told_in_words(void **state)
{
    (void)state;
    struct judged judged =
        judge(AMBUSH "[" NORTH("\"killed\":15") "]",
              OVER_TWO("\"what\":[\"killed\",\"missing\"],\"low\":12") "," W1("\"killed\":20"));
    if (!has_reason(judged.verdicts, judged.event,
                    "on Brigade, Guards says at least 12 killed or missing over 2 events together "
                    "and Northern Front says 35 killed in all: these agree")) {
        print_reasons(judged.verdicts, judged.event);
        fail_msg("the sum is not told");
    }
    judged_done(&judged);
}

/* --- the case --------------------------------------------------------------------------------- */

static struct casus_dossier *
read_badia(void)
{
    struct casus_error err = {0};
    char path[4096];
    snprintf(path, sizeof path, "%s/graphs/badia-2019/dossier.json", getenv("CASUS_ROOT"));
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = casus_dossier_new();
    assert_int_equal(casus_read(path, NULL, casus_dossier_sink(dossier), problems, &err), CASUS_OK);
    assert_int_equal(casus_dossier_finish(dossier, problems, &err), CASUS_OK);
    casus_problems_free(problems);
    return dossier;
}

static void
the_badia_case_comes_out(void **state)
{
    (void)state;
    static const struct {
        const char *event;
        enum casus_evidence evidence;
        enum casus_figures figures;
    } wanted[] = {
        {"al-kom", CASUS_CORROBORATED, CASUS_FIGURES_AGREE},
        {"mount-bishri-sukhnah", CASUS_CORROBORATED, CASUS_FIGURES_AGREE},
        {"al-mayadin-deaths", CASUS_ADMITTED, CASUS_FIGURES_SINGLE},
        {"break-out", CASUS_SINGLE, CASUS_FIGURES_SINGLE},
        {"al-tanf-blamed", CASUS_SINGLE, CASUS_FIGURES_NONE},
        {"russia-supports-liwa-al-quds", CASUS_ONE_SIDED, CASUS_FIGURES_NONE},
        {"officer-captured", CASUS_SINGLE, CASUS_FIGURES_SINGLE},
    };
    struct casus_dossier *dossier = read_badia();
    struct casus_verdicts *verdicts;
    assert_int_equal(casus_verdicts_new(dossier, &verdicts, NULL), CASUS_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        uint32_t event = inline_event(dossier, wanted[i].event);
        if (casus_verdicts_evidence(verdicts, event) != wanted[i].evidence ||
            casus_verdicts_figures(verdicts, event) != wanted[i].figures) {
            print_reasons(verdicts, event);
            fail_msg("%s: %s, %s", wanted[i].event,
                     casus_evidence_name(casus_verdicts_evidence(verdicts, event)),
                     casus_figures_name(casus_verdicts_figures(verdicts, event)));
        }
    }
    casus_verdicts_free(verdicts);
    casus_dossier_free(dossier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_follow_the_rules),
        cmocka_unit_test(two_claims_and_a_denial_are_disputed_with_three_reasons),
        cmocka_unit_test(figures_are_compared_for_what_they_are),
        cmocka_unit_test(a_comparison_is_told_in_words),
        cmocka_unit_test(the_badia_case_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
