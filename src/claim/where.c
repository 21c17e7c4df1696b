/* --where, read and asked.
 *
 *   condition   = conjunction { "or" conjunction }
 *   conjunction = negation { "and" negation }
 *   negation    = { "not" } ( "(" condition ")" | comparison )
 *   comparison  = field operator value
 *               | field [ "not" ] "in" "(" value { "," value } ")"
 *   operator    = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
 *   value       = word | "'" ... "'" | '"' ... '"'
 *   word        = characters other than space ( ) , = ! < > ~ "
 *
 * "and", "or", "not", "in" and fields are read in any case. In quotes, \ takes the next character
 * as it is. not binds before and, and before or. Parentheses and nots nest at most 64 deep.
 *
 *   field     operators          holds where
 *   date      = != < <= > >=     the event may have been then: = 2019-04 takes all that may touch
 *                                April; >= keeps what may have gone on until then or later, < what
 *                                may have begun before. An undated event: never
 *   relation  = !=               attack, support or claim
 *   type      = != ~             its type
 *   actor     = != ~             a party, by id, name or alias; ~ by a part of one
 *   from, to  = != ~             a party on that side
 *   kind      = !=               a party is of that kind
 *   side      = != ~             a party is on that side: its own, else its nearest ancestor's
 *   place     = != ~             the name of its place
 *   source    = != ~             a source of the event or of a claim about it, by id or name
 *   claimant  = != ~             an actor that makes a claim about it
 *   evidence  = !=               the verdict (see casus/evidence.h)
 *   killed, wounded, captured, missing
 *             = != < <= > >=     the total of the event: best, else low, as --weight killed has it.
 *                                An event of which nobody tells it: never
 *   id        = != ~             its id
 *
 * "in" is = with any of the values, and goes where = goes. != is "not =": it holds where no party,
 * source or claimant is the one named, and where there is none. ~ is "contains". But for ids and
 * types after =, texts are compared without case and accents.
 *
 * A condition is kept as steps in postfix order; asking an event runs them over a stack of truths,
 * so that its depth is bounded by the nesting and not by the length.
 */
#include "claim/where.h"

#include <assert.h>
#include <stdio.h>
#include <strings.h>

#include "actor/roster.h"
#include "claim/condition.h"

enum { DEEPEST = 64, STACK = 2 * DEEPEST + 4 };

enum step { COMPARE, NOT, AND, OR };

struct cas_where {
    struct cas_arena arena;
    struct cas_asking asking;
    struct cas_comparison *comparisons; /* in order of the steps that ask them */
    uint8_t *steps;                     /* enum step */
    size_t comparison_count, comparison_room, step_count, step_room;
    bool judges;
};

enum token { END, WORD, STRING, OPERATOR, OPEN, CLOSE, COMMA, UNCLOSED };

struct parser {
    struct cas_where *where;
    const char *text, *end;
    const char *at, *token_end; /* of the token at hand */
    enum token token;
    unsigned depth;
    struct casus_error *err;
};

/* --- tokens ----------------------------------------------------------------------------------- */

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
ends_word(char c)
{
    return is_space(c) || strchr("(),=!<>~\"", c);
}

static void
take_string(struct parser *parser)
{
    const char *at = parser->at + 1;
    while (at < parser->end && *at != *parser->at)
        at += *at == '\\' && at + 1 < parser->end ? 2 : 1;
    bool closed = at < parser->end;
    parser->token = closed ? STRING : UNCLOSED;
    parser->token_end = closed ? at + 1 : parser->end;
}

static void
take_word(struct parser *parser)
{
    const char *at = parser->at;
    while (at < parser->end && !ends_word(*at))
        at++;
    parser->token = WORD;
    parser->token_end = at;
}

/* Move on to the next token. */
static void
next(struct parser *parser)
{
    static const char marks[] = "(),";
    static const enum token tokens[] = {OPEN, CLOSE, COMMA};
    parser->at = parser->token_end;
    while (parser->at < parser->end && is_space(*parser->at))
        parser->at++;
    parser->token_end = parser->at + 1;
    if (parser->at == parser->end) {
        parser->token = END;
        parser->token_end = parser->at;
        return;
    }
    char c = *parser->at;
    const char *mark = strchr(marks, c);
    if (mark)
        parser->token = tokens[mark - marks];
    else if (c == '"' || c == '\'')
        take_string(parser);
    else if (!strchr("=!<>~", c))
        take_word(parser);
    else {
        parser->token = OPERATOR;
        parser->token_end += c != '=' && c != '~' && parser->at[1] == '=';
    }
}

static struct cas_text
token_text(const struct parser *parser)
{
    return (struct cas_text){parser->at, (size_t)(parser->token_end - parser->at), parser->at};
}

static bool
is_keyword(const struct parser *parser, const char *word)
{
    struct cas_text token = token_text(parser);
    return parser->token == WORD && token.n == strlen(word) &&
           strncasecmp(token.s, word, token.n) == 0;
}

/* --- failing ---------------------------------------------------------------------------------- */

/* CAS-161 at a place in the condition. */
static enum casus_status
fail_at(const struct parser *parser, const char *at, const char *what)
{
    struct casus_error fault;
    uint32_t column = (uint32_t)cas_utf8_count(parser->text, (size_t)(at - parser->text)) + 1;
    cas_fault_at(&fault, "--where", (struct casus_where){1, column}, parser->text,
                 (size_t)(parser->end - parser->text), CAS_MSG_WHERE, "%s", what);
    fault.status = CASUS_EINVAL;
    if (parser->err && parser->err->status == CASUS_OK)
        *parser->err = fault;
    return CASUS_EINVAL;
}

/* "expected ..., found ..." at the token at hand. */
static enum casus_status
fail_expected(const struct parser *parser, const char *expected)
{
    char what[240];
    struct cas_text token = token_text(parser);
    int shown = cas_shown(token.s, token.n);
    if (parser->token == END)
        snprintf(what, sizeof what, "expected %s, found the end", expected);
    else if (parser->token == UNCLOSED)
        snprintf(what, sizeof what, "a quote that is not closed");
    else
        snprintf(what, sizeof what, "expected %s, found '%.*s'", expected, shown, token.s);
    return fail_at(parser, parser->at, what);
}

static enum casus_status
fail_field(const struct parser *parser)
{
    struct cas_text token = token_text(parser);
    const char *near = parser->token == WORD ? cas_field_nearest(token.s, token.n) : NULL;
    struct cas_buffer what;
    cas_buffer_init(&what);
    if (near) {
        cas_buffer_printf(&what, "no field '%.*s'; did you mean '%s'?", cas_shown(token.s, token.n),
                          token.s, near);
    } else {
        cas_field_list(&what);
    }
    enum casus_status status = CASUS_ENOMEM;
    if (!what.failed)
        status = near ? fail_at(parser, parser->at, what.s) : fail_expected(parser, what.s);
    cas_buffer_done(&what);
    return status == CASUS_ENOMEM ? cas_fail_memory(parser->err) : status;
}

/* --- making steps ----------------------------------------------------------------------------- */

static enum casus_status
add_step(struct parser *parser, enum step step)
{
    struct cas_where *where = parser->where;
    if (!cas_grow(&where->steps, &where->step_room, where->step_count + 1, 1))
        return cas_fail_memory(parser->err);
    where->steps[where->step_count++] = (uint8_t)step;
    return CASUS_OK;
}

static enum casus_status
add_comparison(struct parser *parser, const struct cas_comparison *comparison, bool negated)
{
    struct cas_where *where = parser->where;
    if (!cas_grow(&where->comparisons, &where->comparison_room, where->comparison_count + 1,
                  sizeof *where->comparisons))
        return cas_fail_memory(parser->err);
    where->comparisons[where->comparison_count++] = *comparison;
    where->judges = where->judges || cas_field_judges(comparison->field);
    enum casus_status status = add_step(parser, COMPARE);
    return status == CASUS_OK && negated ? add_step(parser, NOT) : status;
}

/* --- values ----------------------------------------------------------------------------------- */

/* The text of a word or string at hand, escapes resolved. */
static enum casus_status
read_value(struct parser *parser, struct cas_text *out)
{
    if (parser->token != WORD && parser->token != STRING)
        return fail_expected(parser, "a value");
    struct cas_text token = token_text(parser);
    if (parser->token == STRING)
        token = (struct cas_text){token.s + 1, token.n - 2, token.s};
    char *value = cas_arena_text(&parser->where->arena, token.s, token.n);
    if (!value)
        return cas_fail_memory(parser->err);
    size_t n = 0;
    for (size_t i = 0; i < token.n; i++) {
        if (parser->token == STRING && token.s[i] == '\\' && i + 1 < token.n)
            i++;
        value[n++] = token.s[i];
    }
    *out = (struct cas_text){value, n, parser->at};
    return CASUS_OK;
}

static enum casus_status
add_value(struct parser *parser, struct cas_comparison *comparison)
{
    struct cas_text value;
    enum casus_status status = read_value(parser, &value);
    if (status != CASUS_OK)
        return status;
    struct casus_error fault = {0};
    status = cas_comparison_add(&parser->where->asking, comparison, value, &fault);
    if (status == CASUS_ENOMEM)
        return cas_fail_memory(parser->err);
    if (status != CASUS_OK)
        return fail_at(parser, parser->at, fault.text);
    next(parser);
    return CASUS_OK;
}

/* More than there can be: each value but the first has a comma. */
static size_t
most_values(const struct parser *parser)
{
    size_t count = 1;
    for (const char *at = parser->at; at < parser->end; at++)
        count += *at == ',';
    return count;
}

/* "(" value { "," value } ")" */
static enum casus_status
read_list(struct parser *parser, struct cas_comparison *comparison)
{
    if (parser->token != OPEN)
        return fail_expected(parser, "( and values after in");
    do {
        next(parser);
        enum casus_status status = add_value(parser, comparison);
        if (status != CASUS_OK)
            return status;
    } while (parser->token == COMMA);
    if (parser->token != CLOSE)
        return fail_expected(parser, "a comma or )");
    next(parser);
    return CASUS_OK;
}

/* --- comparisons ------------------------------------------------------------------------------ */

struct spelled {
    const char *text;
    enum cas_operator op;
    bool negated;
};

static const struct spelled operators[] = {
    {"=", CAS_EQUAL, false},    {"!=", CAS_EQUAL, true}, {"<", CAS_BELOW, false},
    {"<=", CAS_AT_MOST, false}, {">", CAS_ABOVE, false}, {">=", CAS_AT_LEAST, false},
    {"~", CAS_HOLDS, false},
};

enum { OPERATORS = sizeof operators / sizeof *operators };

static enum casus_status
fail_operator(const struct parser *parser, const struct cas_field *field)
{
    char expected[120] = "";
    size_t n = 0;
    for (size_t i = 0; i < OPERATORS; i++) {
        if (cas_field_takes(field, operators[i].op))
            n += (size_t)snprintf(expected + n, sizeof expected - n, "%s ", operators[i].text);
    }
    snprintf(expected + n, sizeof expected - n, "or in after '%s'", cas_field_name(field));
    return fail_expected(parser, expected);
}

static const struct spelled *
operator_at(const struct parser *parser)
{
    for (size_t i = 0; i < OPERATORS; i++) {
        if (parser->token == OPERATOR && cas_text_is(token_text(parser), operators[i].text))
            return &operators[i];
    }
    return NULL;
}

/* [ "not" ] "in" list, or an operator and a value. */
static enum casus_status
read_rest(struct parser *parser, const struct cas_field *field)
{
    bool negated = is_keyword(parser, "not");
    if (negated)
        next(parser);
    bool listed = is_keyword(parser, "in");
    const struct spelled *spelled = negated ? NULL : operator_at(parser);
    if (!listed && negated)
        return fail_expected(parser, "in");
    if (!listed && (!spelled || !cas_field_takes(field, spelled->op)))
        return fail_operator(parser, field);
    next(parser);
    struct cas_comparison comparison;
    if (!cas_comparison_init(&parser->where->asking, field, listed ? CAS_EQUAL : spelled->op,
                             listed ? most_values(parser) : 1, &comparison))
        return cas_fail_memory(parser->err);
    enum casus_status status =
        listed ? read_list(parser, &comparison) : add_value(parser, &comparison);
    if (status != CASUS_OK)
        return status;
    return add_comparison(parser, &comparison, listed ? negated : spelled->negated);
}

static const struct cas_field *
field_at(const struct parser *parser)
{
    char name[16];
    struct cas_text token = token_text(parser);
    if (parser->token != WORD || token.n >= sizeof name)
        return NULL;
    for (size_t i = 0; i < token.n; i++)
        name[i] = token.s[i] >= 'A' && token.s[i] <= 'Z' ? (char)(token.s[i] + 32) : token.s[i];
    return cas_field_find(name, token.n);
}

static enum casus_status
read_comparison(struct parser *parser)
{
    const struct cas_field *field = field_at(parser);
    if (!field)
        return fail_field(parser);
    next(parser);
    return read_rest(parser, field);
}

/* --- conditions ------------------------------------------------------------------------------- */

static enum casus_status read_condition(struct parser *parser);

static enum casus_status
read_inside(struct parser *parser)
{
    const char *open = parser->at;
    next(parser);
    enum casus_status status = read_condition(parser);
    if (status != CASUS_OK)
        return status;
    if (parser->token == CLOSE) {
        next(parser);
        return CASUS_OK;
    }
    char expected[80];
    snprintf(expected, sizeof expected, "and, or, or the ) of column %zu",
             cas_utf8_count(parser->text, (size_t)(open - parser->text)) + 1);
    return fail_expected(parser, expected);
}

static enum casus_status
read_negation(struct parser *parser)
{
    if (parser->depth == DEEPEST)
        return fail_at(parser, parser->at, "nested deeper than 64");
    parser->depth++;
    enum casus_status status;
    if (is_keyword(parser, "not")) {
        next(parser);
        status = read_negation(parser);
        if (status == CASUS_OK)
            status = add_step(parser, NOT);
    } else if (parser->token == OPEN) {
        status = read_inside(parser);
    } else {
        status = read_comparison(parser);
    }
    parser->depth--;
    return status;
}

static enum casus_status
read_conjunction(struct parser *parser)
{
    enum casus_status status = read_negation(parser);
    while (status == CASUS_OK && is_keyword(parser, "and")) {
        next(parser);
        status = read_negation(parser);
        if (status == CASUS_OK)
            status = add_step(parser, AND);
    }
    return status;
}

static enum casus_status
read_condition(struct parser *parser)
{
    enum casus_status status = read_conjunction(parser);
    while (status == CASUS_OK && is_keyword(parser, "or")) {
        next(parser);
        status = read_conjunction(parser);
        if (status == CASUS_OK)
            status = add_step(parser, OR);
    }
    return status;
}

static enum casus_status
read_all(struct parser *parser)
{
    parser->token_end = parser->text;
    next(parser);
    enum casus_status status = read_condition(parser);
    if (status != CASUS_OK || parser->token == END)
        return status;
    return fail_expected(parser, parser->token == WORD
                                     ? "and, or, or the end (several words go in quotes)"
                                     : "and, or, or the end");
}

enum casus_status
cas_where_new(const char *text, const struct casus_dossier *dossier, struct cas_where **out,
              struct casus_error *err)
{
    struct cas_where *where = cas_zalloc(1, sizeof *where);
    if (!where)
        return cas_fail_memory(err);
    cas_arena_init(&where->arena);
    where->asking = (struct cas_asking){.dossier = dossier, .arena = &where->arena};
    struct parser parser = {.where = where, .text = text, .end = text + strlen(text), .err = err};
    enum casus_status status = read_all(&parser);
    if (status != CASUS_OK) {
        cas_where_free(where);
        return status;
    }
    *out = where;
    return CASUS_OK;
}

void
cas_where_free(struct cas_where *where)
{
    if (!where)
        return;
    cas_asking_done(&where->asking);
    cas_arena_done(&where->arena);
    cas_free(where->comparisons);
    cas_free(where->steps);
    cas_free(where);
}

/* --- asking ----------------------------------------------------------------------------------- */

bool
cas_where_needs_verdicts(const struct cas_where *where)
{
    return where->judges;
}

void
cas_where_judge(struct cas_where *where, const struct casus_verdicts *verdicts)
{
    where->asking.verdicts = verdicts;
}

enum casus_status
cas_where_holds(struct cas_where *where, uint32_t event, bool *out_holds)
{
    bool stack[STACK];
    size_t top = 0, asked = 0;
    assert(!where->judges || where->asking.verdicts);
    for (size_t i = 0; i < where->step_count; i++) {
        switch ((enum step)where->steps[i]) {
        case COMPARE:
            assert(top < STACK);
            stack[top++] =
                cas_comparison_holds(&where->asking, &where->comparisons[asked++], event);
            break;
        case NOT: stack[top - 1] = !stack[top - 1]; break;
        case AND:
            top--;
            stack[top - 1] = stack[top - 1] && stack[top];
            break;
        case OR:
            top--;
            stack[top - 1] = stack[top - 1] || stack[top];
            break;
        }
    }
    if (where->asking.scratch.failed)
        return CASUS_ENOMEM;
    *out_holds = stack[0];
    return CASUS_OK;
}
