/* Choosing events by what they show themselves.
 *
 * Dates keep what may overlap: an event of 2019-04 passes --since 2019-04-20, as it may have been
 * later. Places are compared folded (spelling.h), in parts: "homs" finds "West of Homs".
 */
#include "claim/sieve.h"

#include "actor/roster.h"
#include "actor/spelling.h"

struct cas_sieve {
    struct cas_arena arena;
    const struct casus_selection *selection;
    int32_t first, last; /* days */
    bool dated;
    struct cas_text *places; /* folded */
    bool *seen;              /* by type asked for: an event has it, or the table does */
    struct cas_buffer scratch;
};

/* --- making one ------------------------------------------------------------------------------- */

/* An option that is not given leaves `out` as it is. */
static enum casus_status
read_date(const char *option, const char *text, struct casus_date *out, struct casus_error *err)
{
    size_t n = text ? strlen(text) : 0;
    switch (text ? casus_date_parse(text, n, out) : CASUS_DATE_OK) {
    case CASUS_DATE_OK: return CASUS_OK;
    case CASUS_DATE_NONE_SUCH:
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_SUCH_DATE,
                        "%s: the calendar has no date '%.*s'", option, cas_shown(text, n), text);
    default:
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_DATE,
                        "%s takes a date such as 2020-05-02, 2020-05 or 2020, not '%.*s'", option,
                        cas_shown(text, n), text);
    }
}

static enum casus_status
read_dates(struct cas_sieve *sieve, struct casus_error *err)
{
    const char *since = sieve->selection->since, *until = sieve->selection->until;
    struct casus_date from = {0}, to = {0};
    enum casus_status status = read_date("--since", since, &from, err);
    if (status == CASUS_OK)
        status = read_date("--until", until, &to, err);
    if (status != CASUS_OK)
        return status;
    sieve->first = since ? casus_date_first_day(from) : CASUS_DAY_MIN;
    sieve->last = until ? casus_date_last_day(to) : CASUS_DAY_MAX;
    sieve->dated = since || until;
    if (sieve->last < sieve->first)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_INTERVAL, "--until %s lies before --since %s",
                        until, since);
    return CASUS_OK;
}

static enum casus_status
read_lists(struct cas_sieve *sieve, struct casus_error *err)
{
    const struct casus_selection *selection = sieve->selection;
    sieve->seen = cas_arena_alloc(&sieve->arena, selection->type_count * sizeof *sieve->seen);
    sieve->places = cas_arena_alloc(&sieve->arena, selection->place_count * sizeof *sieve->places);
    if (!sieve->seen || !sieve->places)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < selection->type_count; i++)
        sieve->seen[i] = casus_type_find(selection->types[i], strlen(selection->types[i])) != NULL;
    for (uint32_t i = 0; i < selection->place_count; i++) {
        cas_buffer_clear(&sieve->scratch);
        cas_spelling_fold(&sieve->scratch, selection->places[i], strlen(selection->places[i]));
        char *folded = cas_arena_text(&sieve->arena, sieve->scratch.s, sieve->scratch.n);
        if (!folded || sieve->scratch.failed)
            return cas_fail_memory(err);
        sieve->places[i] = (struct cas_text){folded, sieve->scratch.n, NULL};
    }
    return CASUS_OK;
}

enum casus_status
cas_sieve_new(const struct casus_selection *selection, struct cas_sieve **out,
              struct casus_error *err)
{
    struct cas_sieve *sieve = cas_zalloc(1, sizeof *sieve);
    if (!sieve)
        return cas_fail_memory(err);
    sieve->selection = selection;
    cas_arena_init(&sieve->arena);
    cas_buffer_init(&sieve->scratch);
    enum casus_status status = read_dates(sieve, err);
    if (status == CASUS_OK)
        status = read_lists(sieve, err);
    if (status != CASUS_OK) {
        cas_sieve_free(sieve);
        return status;
    }
    *out = sieve;
    return CASUS_OK;
}

void
cas_sieve_free(struct cas_sieve *sieve)
{
    if (!sieve)
        return;
    cas_arena_done(&sieve->arena);
    cas_buffer_done(&sieve->scratch);
    cas_free(sieve);
}

/* --- asking ----------------------------------------------------------------------------------- */

static bool
has_type(struct cas_sieve *sieve, struct cas_text type)
{
    for (uint32_t i = 0; i < sieve->selection->type_count; i++) {
        if (!cas_text_is(type, sieve->selection->types[i]))
            continue;
        sieve->seen[i] = true;
        return true;
    }
    return !sieve->selection->type_count;
}

static bool
has_place(struct cas_sieve *sieve, struct cas_text place)
{
    if (!sieve->selection->place_count)
        return true;
    if (!place.s || sieve->scratch.failed)
        return false;
    cas_buffer_clear(&sieve->scratch);
    cas_spelling_fold(&sieve->scratch, place.s, place.n);
    if (sieve->scratch.failed)
        return false;
    for (uint32_t i = 0; i < sieve->selection->place_count; i++) {
        if (cas_spelling_holds(&sieve->scratch, sieve->places[i]))
            return true;
    }
    return false;
}

bool
cas_sieve_passes(struct cas_sieve *sieve, const struct casus_period *date, struct cas_text type,
                 struct cas_text place, struct casus_removed *removed)
{
    struct casus_removed ignored = {0};
    struct casus_removed *count = removed ? removed : &ignored;
    bool typed = has_type(sieve, type); /* before any return: it notes what occurs */
    if (sieve->dated && !casus_period_known(date))
        count->undated++;
    else if (sieve->dated && !casus_period_may_overlap(date, sieve->first, sieve->last))
        count->dates++;
    else if (!typed)
        count->types++;
    else if (!has_place(sieve, place))
        count->places++;
    else
        return true;
    return false;
}

static enum casus_status
fail_type(const char *type, struct casus_error *err)
{
    int shown = cas_shown(type, strlen(type));
    const char **names = cas_zalloc(casus_type_count(), sizeof *names);
    if (!names)
        return cas_fail_memory(err);
    for (size_t i = 0; i < casus_type_count(); i++)
        names[i] = casus_type_at(i)->name;
    const char *near = cas_text_nearest(type, strlen(type), names, casus_type_count());
    cas_free(names);
    if (near)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "--type: no event is of type '%.*s'; did you mean '%s'?", shown, type,
                        near);
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                    "--type: no event is of type '%.*s', nor does casus know it", shown, type);
}

enum casus_status
cas_sieve_finish(const struct cas_sieve *sieve, struct casus_error *err)
{
    if (sieve->scratch.failed)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < sieve->selection->type_count; i++) {
        if (!sieve->seen[i])
            return fail_type(sieve->selection->types[i], err);
    }
    return CASUS_OK;
}

bool
cas_relation_passes(unsigned relations, enum casus_relation relation, bool has_claims)
{
    return !relations || (relations & CASUS_BIT(relation)) ||
           ((relations & CASUS_BIT(CASUS_CLAIM)) && has_claims);
}
