/* Choosing events of a dossier.
 *
 * The tests stand in the order of struct casus_removed; an event is counted under the first that
 * it fails. An undated event passes neither since nor until.
 *
 * min_grade: at least one claim about the event has a known credibility (1 to 5; 6 is "cannot be
 * judged"), rests on a source of known reliability (A to E; F is "cannot be judged"), and both are
 * at least as good as asked for.
 *
 * A denial supports nothing: an event rests on the claims that tell it. doubt drops an event that
 * is told, all of it by doubted claimants or through doubted outlets; believe one that is told by
 * no believed claimant, or that a believed one denies while none tells it. An actor that is named
 * stands for its outlets, units and persons (claimant.h), not for what it speaks for itself: to
 * doubt an outlet is not to doubt its owner, but what came through it. A claim without a claimant
 * is its source's own voice: neither doubted nor believed.
 */
#include <casus/selection.h>

#include <inttypes.h>

#include "actor/roster.h"
#include "claim/claimant.h"
#include "claim/dossier.h"
#include "claim/sieve.h"
#include "claim/where.h"

struct grade {
    char reliability; /* 'A' to 'E', or 0: not asked for */
    uint8_t credibility;
};

/* A selection made ready. */
struct chooser {
    const struct casus_selection *selection;
    const struct casus_dossier *dossier;
    struct cas_sieve *sieve;
    struct cas_where *where;         /* or NULL */
    struct casus_verdicts *verdicts; /* or NULL */
    uint8_t *believed, *doubted;     /* by actor; NULL where nobody is named */
    struct grade least;
};

bool
casus_selection_needs_dossier(const struct casus_selection *selection)
{
    return selection->where || selection->level || selection->min_grade || selection->evidence ||
           selection->believe_count || selection->doubt_count;
}

/* --- getting ready ---------------------------------------------------------------------------- */

static enum casus_status
read_grade(const char *text, struct grade *out, struct casus_error *err)
{
    if (!text)
        return CASUS_OK;
    char letter = text[0];
    if (letter >= 'a' && letter <= 'e')
        letter = (char)(letter - 'a' + 'A');
    if (strlen(text) != 2 || letter < 'A' || letter > 'E' || text[1] < '1' || text[1] > '5')
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "--min-grade takes a letter from A to E and a digit from 1 to 5, such as "
                        "B2, not '%.*s'",
                        cas_shown(text, strlen(text)), text);
    *out = (struct grade){letter, (uint8_t)(text[1] - '0')};
    return CASUS_OK;
}

static enum casus_status
fail_actor(const struct cas_registry *registry, const char *option, const char *name,
           struct casus_error *err)
{
    size_t n = strlen(name);
    const char *near = cas_registry_nearest(registry, name, n);
    if (near)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_FOCUS,
                        "%s: no actor '%.*s'; did you mean '%.*s'?", option, cas_shown(name, n),
                        name, cas_shown(near, strlen(near)), near);
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_FOCUS, "%s: no actor '%.*s'", option,
                    cas_shown(name, n), name);
}

/* Mark actors named on the command line. */
static enum casus_status
read_actors(const struct cas_registry *registry, const char *option, const char *const *names,
            uint32_t count, uint8_t **out, struct casus_error *err)
{
    if (!count)
        return CASUS_OK;
    *out = cas_zalloc(cas_registry_count(registry), 1);
    if (!*out)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = cas_registry_find(registry, names[i], strlen(names[i]));
        if (actor == CASUS_NONE)
            return fail_actor(registry, option, names[i], err);
        (*out)[actor] = 1;
    }
    return CASUS_OK;
}

static enum casus_status
read_where(struct chooser *chooser, struct casus_error *err)
{
    const struct casus_selection *selection = chooser->selection;
    enum casus_status status = CASUS_OK;
    if (selection->where)
        status = cas_where_new(selection->where, chooser->dossier, &chooser->where, err);
    bool judged = chooser->where && cas_where_needs_verdicts(chooser->where);
    if (status == CASUS_OK && (selection->evidence || judged))
        status = casus_verdicts_new(chooser->dossier, &chooser->verdicts, err);
    if (status == CASUS_OK && judged)
        cas_where_judge(chooser->where, chooser->verdicts);
    return status;
}

static enum casus_status
chooser_init(struct chooser *chooser, const struct casus_selection *selection,
             const struct casus_dossier *dossier, struct casus_error *err)
{
    const struct cas_registry *registry = cas_dossier_registry(dossier);
    *chooser = (struct chooser){.selection = selection, .dossier = dossier};
    enum casus_status status = cas_sieve_new(selection, &chooser->sieve, err);
    if (status == CASUS_OK)
        status = read_grade(selection->min_grade, &chooser->least, err);
    if (status == CASUS_OK)
        status = read_actors(registry, "--believe", selection->believe, selection->believe_count,
                             &chooser->believed, err);
    if (status == CASUS_OK)
        status = read_actors(registry, "--doubt", selection->doubt, selection->doubt_count,
                             &chooser->doubted, err);
    if (status == CASUS_OK)
        status = read_where(chooser, err);
    return status;
}

static void
chooser_done(struct chooser *chooser)
{
    cas_sieve_free(chooser->sieve);
    cas_where_free(chooser->where);
    casus_verdicts_free(chooser->verdicts);
    cas_free(chooser->believed);
    cas_free(chooser->doubted);
}

/* --- asking ----------------------------------------------------------------------------------- */

static const struct casus_claim *
claim_of(const struct chooser *chooser, const struct casus_event *event, uint32_t i)
{
    return casus_dossier_claim_at(chooser->dossier, event->claims[i]);
}

static bool
claim_has_grade(const struct chooser *chooser, const struct casus_claim *claim)
{
    if (claim->source == CASUS_NONE || !claim->credibility)
        return false;
    char reliability = casus_dossier_source_at(chooser->dossier, claim->source)->reliability;
    return reliability && reliability <= chooser->least.reliability &&
           claim->credibility <= chooser->least.credibility;
}

static bool
has_grade(const struct chooser *chooser, const struct casus_event *event)
{
    bool found = !chooser->least.reliability;
    for (uint32_t i = 0; i < event->claim_count && !found; i++)
        found = claim_has_grade(chooser, claim_of(chooser, event, i));
    return found;
}

/* Whether an actor, or what it speaks for, is marked. */
static bool
speaks_for_marked(const struct chooser *chooser, const uint8_t *marked, uint32_t actor,
                  const struct casus_period *at)
{
    if (actor == CASUS_NONE)
        return false;
    uint32_t top = cas_claimant(chooser->dossier, actor, at);
    while (!marked[actor] && actor != top)
        actor = casus_dossier_parent(chooser->dossier, actor, at);
    return marked[actor];
}

/* Whether a claim rests on one who is marked: who makes it, or who carries it. */
static bool
rests_on_marked(const struct chooser *chooser, const uint8_t *marked,
                const struct casus_claim *claim, const struct casus_period *at)
{
    return speaks_for_marked(chooser, marked, claim->by, at) ||
           speaks_for_marked(chooser, marked, claim->via, at);
}

static bool
is_believed(const struct chooser *chooser, const struct casus_event *event)
{
    bool told = false, undoubted = false, believed = false, denied = false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = claim_of(chooser, event, i);
        bool denies = claim->stance == CASUS_DENY;
        bool trusted = chooser->believed &&
                       speaks_for_marked(chooser, chooser->believed, claim->by, &event->date);
        told |= !denies;
        believed |= trusted && !denies;
        denied |= trusted && denies;
        undoubted |= !denies && !(chooser->doubted &&
                                  rests_on_marked(chooser, chooser->doubted, claim, &event->date));
    }
    if (chooser->doubted && told && !undoubted)
        return false;
    return !chooser->believed || believed || (!told && !denied);
}

static bool
has_evidence(const struct chooser *chooser, uint32_t index)
{
    unsigned wanted = chooser->selection->evidence;
    return !wanted || (wanted & CASUS_BIT(casus_verdicts_evidence(chooser->verdicts, index)));
}

static enum casus_status
choose(struct chooser *chooser, uint32_t index, struct casus_removed *removed, uint8_t *out)
{
    const struct casus_event *event = casus_dossier_event_at(chooser->dossier, index);
    bool where = true;
    *out = 0;
    if (!cas_sieve_passes(chooser->sieve, &event->date, cas_text_of(event->type),
                          cas_text_of(event->place_name), removed))
        return CASUS_OK;
    if (chooser->where && cas_where_holds(chooser->where, index, &where) != CASUS_OK)
        return CASUS_ENOMEM;
    if (!where)
        removed->where++;
    else if (!has_evidence(chooser, index))
        removed->evidence++;
    else if (!has_grade(chooser, event))
        removed->grade++;
    else if (!cas_relation_passes(chooser->selection->relations, event->relation,
                                  event->claim_count > 0))
        removed->relations++;
    else if (!is_believed(chooser, event))
        removed->belief++;
    else
        *out = 1;
    return CASUS_OK;
}

static enum casus_status
choose_all(struct chooser *chooser, uint8_t *passes, struct casus_removed *removed,
           struct casus_error *err)
{
    uint32_t count = casus_dossier_event_count(chooser->dossier);
    for (uint32_t i = 0; i < count; i++) {
        if (choose(chooser, i, removed, &passes[i]) != CASUS_OK)
            return cas_fail_memory(err);
    }
    return cas_sieve_finish(chooser->sieve, err);
}

enum casus_status
casus_selection_apply(const struct casus_selection *selection, const struct casus_dossier *dossier,
                      uint8_t *out, struct casus_removed *removed, struct casus_error *err)
{
    uint32_t count = casus_dossier_event_count(dossier);
    struct chooser chooser;
    struct casus_removed counted = {0};
    uint8_t *passes = cas_zalloc(count, 1);
    if (!passes)
        return cas_fail_memory(err);
    enum casus_status status = chooser_init(&chooser, selection, dossier, err);
    if (status == CASUS_OK)
        status = choose_all(&chooser, passes, &counted, err);
    chooser_done(&chooser);
    if (status == CASUS_OK) {
        memcpy(out, passes, count);
        if (removed)
            *removed = counted;
    }
    cas_free(passes);
    return status;
}

/* --- nothing left ------------------------------------------------------------------------------- */

static void
say_removed(struct cas_buffer *out, const char *what, uint64_t count)
{
    if (count)
        cas_buffer_printf(out, "%s%" PRIu64 " %s", out->n ? ", " : ": ", count, what);
}

enum casus_status
casus_selection_fail_empty(const struct casus_removed *removed, uint64_t events,
                           struct casus_error *err)
{
    struct cas_buffer why;
    cas_buffer_init(&why);
    say_removed(&why, "outside the dates", removed->dates);
    say_removed(&why, "without a date", removed->undated);
    say_removed(&why, "of other types", removed->types);
    say_removed(&why, "elsewhere", removed->places);
    say_removed(&why, "against --where", removed->where);
    say_removed(&why, "of other evidence", removed->evidence);
    say_removed(&why, "without such a grade", removed->grade);
    say_removed(&why, "of other relations", removed->relations);
    say_removed(&why, "told by nobody believed", removed->belief);
    enum casus_status status = cas_fail(err, CASUS_EEMPTY, CAS_MSG_NOTHING_LEFT,
                                        "the selection leaves none of %" PRIu64 " events%s", events,
                                        why.n && !why.failed ? why.s : "");
    cas_buffer_done(&why);
    return status;
}
