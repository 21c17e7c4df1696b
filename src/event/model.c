/* The tables of kinds, relations, stances, verdicts and types: the words of a dossier. */
#include <casus/model.h>

#include <string.h>

static const char *const kinds[CASUS_KIND_COUNT] = {
    "state", "army",   "militia", "armed-group", "unit",      "coalition", "backer",
    "base",  "person", "outlet",  "monitor",     "civilians", "other",
};
static const char *const relations[CASUS_RELATION_COUNT] = {"attack", "support", "claim"};
static const char *const stances[CASUS_STANCE_COUNT] = {
    "responsibility", "report", "announce", "blame", "deny", "corroborate",
};
static const char *const verdicts[CASUS_EVIDENCE_COUNT] = {
    "disputed", "corroborated", "admitted", "one-sided", "single", "unsourced",
};
static const char *const figures[CASUS_FIGURES_COUNT] = {"none", "single", "agree", "exclude"};
static const char *const losses[CASUS_LOSS_COUNT] = {"killed", "wounded", "captured", "missing"};

/* Most words differ in their first letter. */
static bool
is_word(const char *word, const char *name, size_t length)
{
    return length && *word == *name && strlen(word) == length && memcmp(word, name, length) == 0;
}

static int
find(const char *const *names, int count, const char *name, size_t length)
{
    for (int i = 0; i < count; i++) {
        if (is_word(names[i], name, length))
            return i;
    }
    return -1;
}

const char *
casus_kind_name(enum casus_kind kind)
{
    return kinds[kind];
}

const char *
casus_relation_name(enum casus_relation relation)
{
    return relations[relation];
}

const char *
casus_stance_name(enum casus_stance stance)
{
    return stances[stance];
}

const char *
casus_evidence_name(enum casus_evidence evidence)
{
    return verdicts[evidence];
}

const char *
casus_figures_name(enum casus_figures verdict)
{
    return figures[verdict];
}

const char *
casus_loss_name(enum casus_loss_kind kind)
{
    return losses[kind];
}

int
casus_kind_find(const char *name, size_t length)
{
    return find(kinds, CASUS_KIND_COUNT, name, length);
}

int
casus_relation_find(const char *name, size_t length)
{
    return find(relations, CASUS_RELATION_COUNT, name, length);
}

int
casus_stance_find(const char *name, size_t length)
{
    return find(stances, CASUS_STANCE_COUNT, name, length);
}

int
casus_evidence_find(const char *name, size_t length)
{
    return find(verdicts, CASUS_EVIDENCE_COUNT, name, length);
}

int
casus_loss_find(const char *name, size_t length)
{
    return find(losses, CASUS_LOSS_COUNT, name, length);
}

#define ATTACK(name)                                                                               \
    {                                                                                              \
        name, CASUS_ATTACK, true, false                                                            \
    }
#define SUPPORT(name)                                                                              \
    {                                                                                              \
        name, CASUS_SUPPORT, true, false                                                           \
    }
#define STATEMENT(name)                                                                            \
    {                                                                                              \
        name, CASUS_CLAIM, true, false                                                             \
    }

static const struct casus_type types[] = {
    ATTACK("attack"),
    ATTACK("ambush"),
    ATTACK("siege"),
    ATTACK("raid"),
    ATTACK("assault"),
    {"battle", CASUS_ATTACK, false, false},
    {"clash", CASUS_ATTACK, false, false},
    ATTACK("bombing"),
    ATTACK("ied"),
    ATTACK("suicide-bombing"),
    ATTACK("airstrike"),
    ATTACK("drone-strike"),
    ATTACK("shelling"),
    ATTACK("missile-strike"),
    ATTACK("assassination"),
    ATTACK("abduction"),
    ATTACK("capture"),
    ATTACK("execution"),
    ATTACK("massacre"),
    ATTACK("clearing-operation"),
    ATTACK("territory-taken"),
    ATTACK("sabotage"),
    SUPPORT("support"),
    SUPPORT("training"),
    SUPPORT("weapons"),
    SUPPORT("funding"),
    SUPPORT("troops"),
    SUPPORT("intelligence"),
    SUPPORT("sanctuary"),
    SUPPORT("logistics"),
    {"joint-operation", CASUS_SUPPORT, true, true},
    SUPPORT("rescue"),
    SUPPORT("political-support"),
    {"alliance", CASUS_SUPPORT, true, true},
    STATEMENT("announcement"),
    STATEMENT("blame"),
    STATEMENT("threat"),
    STATEMENT("statement"),
    STATEMENT("denial"),
    STATEMENT("appeal"),
    STATEMENT("interview"),
};

size_t
casus_type_count(void)
{
    return sizeof types / sizeof *types;
}

const struct casus_type *
casus_type_at(size_t index)
{
    return &types[index];
}

const struct casus_type *
casus_type_find(const char *name, size_t length)
{
    for (size_t i = 0; i < casus_type_count(); i++) {
        if (is_word(types[i].name, name, length))
            return &types[i];
    }
    return NULL;
}

int64_t
casus_figure_least(const struct casus_figure *figure)
{
    if (figure->low >= 0)
        return figure->low;
    return figure->best >= 0 ? figure->best : 0;
}

int64_t
casus_figure_most(const struct casus_figure *figure)
{
    return figure->high >= 0 ? figure->high : figure->best;
}

bool
casus_figure_known(const struct casus_figure *figure)
{
    return figure->low >= 0 || figure->best >= 0 || figure->high >= 0;
}
