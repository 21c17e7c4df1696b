/* Codes of CAMEO and PLOVER: the meanings that the codebooks give them, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "event/codes.h"

/* "attack bombing", "no tie", "unknown"; a mended code ends with " *". */
static const char *
word(struct cas_code code, char out[64])
{
    static const char *const fates[] = {"unknown", "no tie", ""};
    bool event = code.fate == CAS_CODE_EVENT;
    snprintf(out, 64, "%s%s%s%s%s", fates[code.fate],
             event ? casus_relation_name(code.relation) : "", event ? " " : "",
             event ? code.type : "", code.mended ? " *" : "");
    return out;
}

static void
cameo_codes_mean_what_the_codebook_says(void **state)
{
    static const struct {
        const char *code, *plain, *quads;
    } cases[] = {
        {"010", "claim statement", "claim statement"},
        {"015", "claim announcement", "claim announcement"},
        {"016", "claim denial", "claim denial"},
        {"0231", "claim appeal", "claim appeal"},
        {"036", "claim statement", "claim statement"},
        {"051", "claim statement", "claim statement"},
        {"061", "support support", "support support"},
        {"062", "support joint-operation", "support joint-operation"},
        {"072", "support support", "support support"},
        {"074", "support troops", "support troops"},
        {"0831", "no tie", "support support"},
        {"090", "no tie", "support support"},
        {"100", "claim appeal", "claim appeal"},
        {"1122", "claim blame", "claim blame"},
        {"120", "claim statement", "claim statement"},
        {"138", "no tie", "claim threat"},
        {"141", "no tie", "claim statement"},
        {"150", "no tie", "attack attack"},
        {"173", "no tie", "attack attack"},
        {"180", "attack attack", "attack attack"},
        {"183", "attack bombing", "attack bombing"},
        {"1831", "attack suicide-bombing", "attack suicide-bombing"},
        {"1832", "attack bombing", "attack bombing"},
        {"186", "attack assassination", "attack assassination"},
        {"190", "attack attack", "attack attack"},
        {"195", "attack airstrike", "attack airstrike"},
        {"1952", "attack drone-strike", "attack drone-strike"},
        {"203", "attack massacre", "attack massacre"},
        /* a spreadsheet took the zero */
        {"10", "claim statement *", "claim statement *"},
        {"42", "claim statement *", "claim statement *"},
        {"231", "claim appeal *", "claim appeal *"},
        {"841", "no tie *", "support support *"},
        {"20", "claim appeal *", "claim appeal *"},
        /* none */
        {"", "unknown", "unknown"},
        {"---", "unknown", "unknown"},
        {"1", "unknown", "unknown"},
        {"001", "unknown", "unknown"},
        {"2101", "unknown", "unknown"},
        {"18311", "unknown", "unknown"},
        {"1 0", "unknown", "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        const char *code = cases[i].code;
        assert_string_equal(word(cas_cameo(code, strlen(code), false), out), cases[i].plain);
        assert_string_equal(word(cas_cameo(code, strlen(code), true), out), cases[i].quads);
    }
}

static void
plover_types_and_modes_mean_what_the_manual_says(void **state)
{
    static const struct {
        const char *kind, *mode, *plain, *quads;
    } cases[] = {
        {"ASSAULT", "", "attack attack", "attack attack"},
        {"ASSAULT", "aerial", "attack airstrike", "attack airstrike"},
        {"assault", "Heavy-weapons", "attack shelling", "attack shelling"},
        {"ASSAULT", "firearms", "attack attack", "attack attack"},
        {"AID", "", "support support", "support support"},
        {"COOPERATE", "", "support support", "support support"},
        {"SUPPORT", "", "claim statement", "claim statement"},
        {"ACCUSE", "allege", "claim blame", "claim blame"},
        {"REQUEST", "assist", "claim appeal", "claim appeal"},
        {"COERCE", "arrest", "no tie", "attack attack"},
        {"THREATEN", "", "no tie", "claim threat"},
        {"RETREAT", "", "no tie", "support support"},
        {"CONCEDE", "", "no tie", "claim statement"},
        {"PROTEST", "riot", "no tie", "attack attack"},
        {"AIDE", "", "unknown", "unknown"},
        {"", "", "unknown", "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        const char *kind = cases[i].kind, *mode = cases[i].mode;
        struct cas_code plain = cas_plover(kind, strlen(kind), mode, strlen(mode), false);
        struct cas_code quads = cas_plover(kind, strlen(kind), mode, strlen(mode), true);
        assert_string_equal(word(plain, out), cases[i].plain);
        assert_string_equal(word(quads, out), cases[i].quads);
    }
}

static void
check_listed(struct cas_code code)
{
    if (code.fate != CAS_CODE_EVENT)
        return;
    const struct casus_type *type = casus_type_find(code.type, strlen(code.type));
    assert_non_null(type);
    assert_int_equal(type->relation, code.relation);
    assert_true(type->directed);
}

static void
every_code_has_a_type_of_its_relation(void **state)
{
    (void)state;
    for (unsigned number = 10; number < 2100; number++) {
        char code[8];
        snprintf(code, sizeof code, "%03u", number);
        check_listed(cas_cameo(code, strlen(code), false));
        check_listed(cas_cameo(code, strlen(code), true));
        snprintf(code, sizeof code, "%04u", number);
        check_listed(cas_cameo(code, strlen(code), false));
    }
#define PLOVER(kind, mode, type, relation, quad)                                                   \
    check_listed(cas_plover(kind, strlen(kind), mode, strlen(mode), false));                       \
    check_listed(cas_plover(kind, strlen(kind), mode, strlen(mode), true));
#include "event/codes.def"
}

static void
agents_have_kinds(void **state)
{
    (void)state;
    assert_int_equal(cas_agent_kind("GOV", 3), CASUS_KIND_STATE);
    assert_int_equal(cas_agent_kind("COP", 3), CASUS_KIND_ARMY);
    assert_int_equal(cas_agent_kind("UAF", 3), CASUS_KIND_ARMED_GROUP);
    assert_int_equal(cas_agent_kind("MED", 3), CASUS_KIND_OUTLET);
    assert_int_equal(cas_agent_kind("XXX", 3), -1);
    assert_int_equal(cas_agent_kind("GO", 2), -1);
    assert_int_equal(cas_agent_kind("", 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cameo_codes_mean_what_the_codebook_says),
        cmocka_unit_test(plover_types_and_modes_mean_what_the_manual_says),
        cmocka_unit_test(every_code_has_a_type_of_its_relation),
        cmocka_unit_test(agents_have_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
