/* Codes looked up in the tables of codes.def. */
#include "event/codes.h"

#include <string.h>
#include <strings.h>

enum { NONE = -1, CLAIM = CASUS_CLAIM, SUPPORT = CASUS_SUPPORT, ATTACK = CASUS_ATTACK };
enum { VERBAL_COOPERATION = 1, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT };

struct cameo {
    char prefix[5], type[19];
    int8_t relation;
};

struct plover {
    char kind[10], mode[15], type[17];
    int8_t relation, quad;
};

/* By prefix: a longer one stands behind those that it begins with. */
static const struct cameo cameo_codes[] = {
#define CAMEO(prefix, type, relation) {prefix, type, relation},
#include "event/codes.def"
};

static const struct plover plover_codes[] = {
#define PLOVER(kind, mode, type, relation, quad) {kind, mode, type, relation, quad},
#include "event/codes.def"
};

static struct cas_code
code_of(const char *type, int relation)
{
    if (relation == NONE)
        return (struct cas_code){.fate = CAS_CODE_NO_TIE};
    return (struct cas_code){CAS_CODE_EVENT, false, (enum casus_relation)relation, type};
}

/* What makes no tie by its own meaning makes one by its class. */
static struct cas_code
code_of_quad(struct cas_code code, int quad, bool threat)
{
    if (code.fate != CAS_CODE_NO_TIE)
        return code;
    switch (quad) {
    case MATERIAL_COOPERATION: return code_of("support", SUPPORT);
    case MATERIAL_CONFLICT: return code_of("attack", ATTACK);
    default: return code_of(threat ? "threat" : "statement", CLAIM);
    }
}

/* --- CAMEO ------------------------------------------------------------------------------------ */

static bool
is_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
    }
    return true;
}

static int
root_of(const char *code)
{
    return (code[0] - '0') * 10 + (code[1] - '0');
}

/* Schrodt's classes, as GDELT writes them. */
static int
quad_of(int root)
{
    if (root <= 5)
        return VERBAL_COOPERATION;
    if (root <= 9)
        return MATERIAL_COOPERATION;
    return root <= 14 ? VERBAL_CONFLICT : MATERIAL_CONFLICT;
}

static const struct cameo *
longest_prefix(const char *code, size_t n)
{
    const struct cameo *found = NULL;
    for (size_t i = 0; i < sizeof cameo_codes / sizeof *cameo_codes; i++) {
        size_t length = strlen(cameo_codes[i].prefix);
        if (length <= n && memcmp(cameo_codes[i].prefix, code, length) == 0)
            found = &cameo_codes[i];
    }
    return found;
}

/* Two digits are no event code, and no root lies above 20: a zero is missing. */
static bool
lost_its_zero(const char *code, size_t n)
{
    return n == 2 || (n == 3 && root_of(code) > 20);
}

struct cas_code
cas_cameo(const char *code, size_t n, bool quads)
{
    char whole[5] = "0";
    if (n < 2 || n > 4 || !is_digits(code, n))
        return (struct cas_code){.fate = CAS_CODE_UNKNOWN};
    bool mended = lost_its_zero(code, n);
    memcpy(whole + mended, code, n);
    const struct cameo *found = longest_prefix(whole, n + mended);
    if (!found)
        return (struct cas_code){.fate = CAS_CODE_UNKNOWN};
    struct cas_code result = code_of(found->type, found->relation);
    int root = root_of(whole);
    if (quads)
        result = code_of_quad(result, quad_of(root), root == 13);
    result.mended = mended;
    return result;
}

/* --- PLOVER ----------------------------------------------------------------------------------- */

static bool
is_word(const char *word, const char *s, size_t n)
{
    return strlen(word) == n && strncasecmp(word, s, n) == 0;
}

struct cas_code
cas_plover(const char *kind, size_t n, const char *mode, size_t mode_n, bool quads)
{
    const struct plover *found = NULL;
    for (size_t i = 0; i < sizeof plover_codes / sizeof *plover_codes; i++) {
        const struct plover *row = &plover_codes[i];
        if (is_word(row->kind, kind, n) && (!*row->mode || is_word(row->mode, mode, mode_n)))
            found = row;
    }
    if (!found)
        return (struct cas_code){.fate = CAS_CODE_UNKNOWN};
    struct cas_code result = code_of(found->type, found->relation);
    bool threat = strcmp(found->kind, "THREATEN") == 0;
    return quads ? code_of_quad(result, found->quad, threat) : result;
}

/* --- agents ----------------------------------------------------------------------------------- */

int
cas_agent_kind(const char *code, size_t n)
{
    static const struct {
        char code[4];
        enum casus_kind kind;
    } agents[] = {
        {"GOV", CASUS_KIND_STATE},       {"MIL", CASUS_KIND_ARMY},
        {"COP", CASUS_KIND_ARMY},        {"REB", CASUS_KIND_ARMED_GROUP},
        {"INS", CASUS_KIND_ARMED_GROUP}, {"SEP", CASUS_KIND_ARMED_GROUP},
        {"UAF", CASUS_KIND_ARMED_GROUP}, {"MED", CASUS_KIND_OUTLET},
        {"CVL", CASUS_KIND_CIVILIANS},   {"IGO", CASUS_KIND_OTHER},
        {"NGO", CASUS_KIND_OTHER},       {"SPY", CASUS_KIND_STATE},
    };
    for (size_t i = 0; i < sizeof agents / sizeof *agents; i++) {
        if (n == 3 && memcmp(agents[i].code, code, 3) == 0)
            return (int)agents[i].kind;
    }
    return -1;
}
