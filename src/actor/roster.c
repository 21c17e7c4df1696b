/* Ids, numbered at first sight. See roster.h for the invariant.
 *
 * Suggestions cost a walk over all ids each, so they are given to the first distinct ids only, as
 * many as WORK comparisons allow; those after them are told without one.
 */
#include "actor/roster.h"

#include <stdio.h>

enum { LINES_KEPT = 1000, WORK = 20000000, MOST_HINTS = 1000, MOST_SHOWN = 60 };

void
cas_roster_init(struct cas_roster *roster)
{
    *roster = (struct cas_roster){0};
    cas_intern_init(&roster->ids);
    cas_intern_init(&roster->files);
    cas_arena_init(&roster->lines);
}

void
cas_roster_done(struct cas_roster *roster)
{
    cas_intern_done(&roster->ids);
    cas_intern_done(&roster->files);
    cas_arena_done(&roster->lines);
    cas_free(roster->states);
    cas_free(roster->refs);
    *roster = (struct cas_roster){0};
}

enum casus_status
cas_roster_number(struct cas_roster *roster, struct cas_text id, uint32_t *out_number,
                  struct casus_error *err)
{
    uint32_t before = roster->ids.count;
    /* Room first: an id without a state would break the invariant. */
    if (!cas_grow(&roster->states, &roster->state_room, (size_t)before + 1, 1))
        return cas_fail_memory(err);
    uint32_t number = cas_intern_add(&roster->ids, id.s, id.n);
    if (number == UINT32_MAX)
        return cas_fail_memory(err);
    if (roster->ids.count > before)
        roster->states[number] = CAS_UNDECLARED;
    *out_number = number;
    return CASUS_OK;
}

enum casus_status
cas_roster_remember(struct cas_roster *roster, uint32_t number, const char *at,
                    const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_error found = {0};
    if (roster->states[number] == CAS_LISTED)
        roster->states[number] = CAS_DECLARED;
    locator->locate(locator->context, at, &found);
    if (!cas_grow(&roster->refs, &roster->ref_room, roster->ref_count + 1, sizeof *roster->refs))
        return cas_fail_memory(err);
    struct cas_ref ref = {.number = number, .where = found.where, .caret = found.caret};
    ref.file = cas_intern_add(&roster->files, found.file, strlen(found.file));
    if (ref.file == UINT32_MAX)
        return cas_fail_memory(err);
    if (roster->ref_count < LINES_KEPT && found.line[0]) {
        ref.line = cas_arena_text(&roster->lines, found.line, strlen(found.line));
        if (!ref.line)
            return cas_fail_memory(err);
    }
    roster->refs[roster->ref_count++] = ref;
    return CASUS_OK;
}

enum casus_status
cas_roster_refer(struct cas_roster *roster, struct cas_text id, const struct cas_locator *locator,
                 uint32_t *out_number, struct casus_error *err)
{
    *out_number = CASUS_NONE;
    if (!id.s)
        return CASUS_OK;
    uint32_t number = CASUS_NONE;
    enum casus_status status = cas_roster_number(roster, id, &number, err);
    if (status == CASUS_OK && roster->states[number] == CAS_LISTED)
        roster->states[number] = CAS_DECLARED;
    if (status == CASUS_OK && roster->states[number] == CAS_UNDECLARED)
        status = cas_roster_remember(roster, number, id.at, locator, err);
    if (status == CASUS_OK)
        *out_number = number;
    return status;
}

uint32_t
cas_roster_count(const struct cas_roster *roster)
{
    return roster->ids.count;
}

enum cas_declared
cas_roster_state(const struct cas_roster *roster, uint32_t number)
{
    return roster->states[number];
}

void
cas_roster_set(struct cas_roster *roster, uint32_t number, enum cas_declared state)
{
    roster->states[number] = (uint8_t)state;
}

uint32_t
cas_roster_find(const struct cas_roster *roster, const char *id, size_t n)
{
    return cas_intern_find(&roster->ids, id, n);
}

const char *
cas_roster_id(const struct cas_roster *roster, uint32_t number)
{
    return roster->ids.texts[number];
}

void
cas_roster_place(const struct cas_roster *roster, const struct cas_ref *ref,
                 struct casus_error *fault)
{
    snprintf(fault->file, sizeof fault->file, "%s", roster->files.texts[ref->file]);
    snprintf(fault->line, sizeof fault->line, "%s", ref->line ? ref->line : "");
    fault->where = ref->where;
    fault->caret = ref->line ? ref->caret : 0;
}

int
cas_shown(const char *id, size_t n)
{
    size_t shown = 0;
    while (shown < n) {
        size_t step = cas_utf8_length(id + shown, id + n);
        if (shown + (step ? step : 1) > MOST_SHOWN)
            break;
        shown += step ? step : 1;
    }
    return (int)shown;
}

/* --- suggestions ------------------------------------------------------------------------------ */

/* What cas_roster_report() finds out as it goes. */
struct hints {
    const char **declared; /* ids */
    const char **found;    /* by number; NULL: none */
    uint8_t *asked;        /* by number */
    size_t declared_count, left;
};

static void
hints_done(struct hints *hints)
{
    cas_free(hints->declared);
    cas_free(hints->found);
    cas_free(hints->asked);
}

static size_t
list_declared(const struct cas_roster *roster, const char **out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < roster->ids.count; i++) {
        if (roster->states[i] != CAS_UNDECLARED)
            out[count++] = roster->ids.texts[i];
    }
    return count;
}

static bool
hints_init(struct hints *hints, const struct cas_roster *roster)
{
    size_t count = roster->ids.count;
    *hints = (struct hints){.declared = cas_zalloc(count, sizeof *hints->declared),
                            .found = cas_zalloc(count, sizeof *hints->found),
                            .asked = cas_zalloc(count, 1)};
    if (!hints->declared || !hints->found || !hints->asked)
        return false;
    hints->declared_count = list_declared(roster, hints->declared);
    hints->left = WORK / (hints->declared_count + 1);
    hints->left = hints->left > MOST_HINTS ? MOST_HINTS : hints->left;
    return true;
}

static const char *
hint_for(struct hints *hints, const struct cas_roster *roster, const struct cas_roster_words *words,
         uint32_t number)
{
    if (hints->asked[number] || !hints->left)
        return hints->found[number];
    hints->asked[number] = 1;
    hints->left--;
    const char *id = roster->ids.texts[number], *hint = NULL;
    size_t n = roster->ids.lengths[number];
    if (words->hint)
        hint = words->hint(words->context, id, n);
    if (!hint)
        hint = cas_text_nearest(id, n, hints->declared, hints->declared_count);
    hints->found[number] = hint;
    return hint;
}

const char *
cas_roster_nearest(const struct cas_roster *roster, const char *id, size_t n)
{
    const char **declared = cas_zalloc(roster->ids.count, sizeof *declared);
    if (!declared)
        return NULL;
    size_t count = list_declared(roster, declared);
    const char *nearest = cas_text_nearest(id, n, declared, count);
    cas_free(declared);
    return nearest;
}

/* --- problems --------------------------------------------------------------------------------- */

static enum casus_status
report_ref(const struct cas_roster *roster, const struct cas_roster_words *words,
           const struct cas_ref *ref, const char *hint, struct casus_problems *problems,
           struct casus_error *err)
{
    const char *id = roster->ids.texts[ref->number];
    int shown = cas_shown(id, roster->ids.lengths[ref->number]);
    struct casus_error fault;
    if (hint)
        cas_fault_text(&fault, words->code, "no %s '%.*s'; did you mean '%.*s'?", words->noun,
                       shown, id, cas_shown(hint, strlen(hint)), hint);
    else
        cas_fault_text(&fault, words->code, "no %s '%.*s' is declared", words->noun, shown, id);
    cas_roster_place(roster, ref, &fault);
    return cas_problem(problems, &fault, err);
}

enum casus_status
cas_roster_report(const struct cas_roster *roster, const struct cas_roster_words *words,
                  struct casus_problems *problems, struct casus_error *err)
{
    struct hints hints = {0};
    enum casus_status status = CASUS_OK;
    for (size_t i = 0; i < roster->ref_count && status == CASUS_OK; i++) {
        const struct cas_ref *ref = &roster->refs[i];
        if (roster->states[ref->number] != CAS_UNDECLARED)
            continue;
        if (!hints.asked && !hints_init(&hints, roster)) {
            status = cas_fail_memory(err);
            break;
        }
        status = report_ref(roster, words, ref, hint_for(&hints, roster, words, ref->number),
                            problems, err);
    }
    hints_done(&hints);
    return status;
}
