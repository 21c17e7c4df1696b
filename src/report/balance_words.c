/* Balance in words; and what to know before one believes it. */
#include <inttypes.h>
#include <math.h>

#include "report/balance.h"
#include "report/format.h"
#include "report/naming.h"

enum {
    MOST_EVENTS = 6,
    MOST_NAMES = 6,
    PROOF_ACTORS = 20000,
};
#define FEWER "--level 0, --focus ACTOR, --min-events 2, --since or --until leave fewer"

const char *
cas_ambivalent_name(enum casus_ambivalent ambivalent)
{
    static const char *const names[] = {"out", "net", "positive", "negative"};
    return names[ambivalent];
}

/* --- numbers ------------------------------------------------------------------------------ */

static void
add_amount(struct cas_buffer *out, double amount)
{
    char number[32];
    cas_buffer_text(out, cas_number_text(amount, number));
}

/* "7 of 58 ties", "between 5 and 7 of 58 ties", "a weight of 3 of 40" */
static void
add_bounds(struct cas_buffer *out, const struct casus_balance_report *report,
           const struct casus_bounds *bounds)
{
    bool weighted = casus_balance_facts(report->balance)->used.weighted;
    cas_buffer_text(out, weighted ? "a weight of " : "");
    if (!bounds->proved) {
        cas_buffer_text(out, "between ");
        add_amount(out, bounds->lower);
        cas_buffer_text(out, " and ");
    }
    add_amount(out, bounds->upper);
    cas_buffer_text(out, " of ");
    add_amount(out, bounds->total);
    cas_buffer_text(out, weighted ? "" : bounds->total == 1 ? " tie" : " ties");
}

static void
add_verb(struct cas_buffer *out, const struct casus_balance_facts *facts,
         const struct casus_bounds *bounds)
{
    bool one = facts->used.weighted || (bounds->proved && bounds->upper == 1);
    cas_buffer_text(out, one ? " does not fit" : " do not fit");
}

static void
add_why_open(struct cas_buffer *out, const struct casus_bounds *bounds)
{
    if (!bounds->proved)
        cas_buffer_printf(out, "; not proved: %s", bounds->stopped ? bounds->stopped : "stopped");
}

/* --- camps and blocs ---------------------------------------------------------------------- */

void
cas_balance_camps_words(struct cas_buffer *out, const struct casus_balance_report *report)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    const struct casus_bounds *bounds = &facts->frustration;
    if (bounds->undefined) {
        cas_buffer_printf(out, "Not defined: %s", bounds->undefined);
    } else if (bounds->proved && bounds->upper == 0) {
        cas_buffer_text(out, facts->negative ? "Yes: every tie fits two camps"
                                             : "No tie is hostile: every tie fits one camp");
    } else if (bounds->proved) {
        cas_buffer_text(out, "Not quite: ");
        add_bounds(out, report, bounds);
        add_verb(out, facts, bounds);
        cas_buffer_text(out, "; proved, no two camps do better");
    } else {
        cas_buffer_text(out, "The best two camps leave ");
        add_bounds(out, report, bounds);
        cas_buffer_text(out, " out of line");
        add_why_open(out, bounds);
    }
}

static void
add_swing_names(struct cas_buffer *out, const struct casus_balance_report *report)
{
    uint32_t shown = 0, all = casus_balance_facts(report->balance)->swing;
    for (uint32_t v = 0; v < casus_graph_actor_count(report->graph) && shown < MOST_NAMES; v++) {
        if (casus_balance_swings(report->balance, v))
            cas_buffer_printf(out, "%s%s", shown++ ? ", " : "",
                              cas_name_of_actor(report->graph, v));
    }
    if (all > shown)
        cas_buffer_printf(out, " and %" PRIu32 " more", all - shown);
}

void
cas_balance_others_words(struct cas_buffer *out, const struct casus_balance_report *report)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    if (facts->frustration.undefined)
        return;
    if (!facts->frustration.proved) {
        cas_buffer_text(out, "not looked for, as this split is not proved to be a best one");
    } else if (facts->other == 0) {
        cas_buffer_text(out, "none: this split is the only best one");
    } else if (facts->other < 0) {
        cas_buffer_text(out, "not known: the search for them was stopped");
    } else {
        cas_buffer_printf(out, "there are; %s%" PRIu32 " actor%s between them: ",
                          facts->swing_settled ? "" : "at least ", facts->swing,
                          facts->swing == 1 ? " changes camp" : "s change camp");
        add_swing_names(out, report);
    }
}

void
cas_balance_blocs_words(struct cas_buffer *out, const struct casus_balance_report *report)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    const struct casus_bounds *bounds = &facts->disagreement;
    char mean[CAS_FIXED_SIZE], least[CAS_FIXED_SIZE];
    if (bounds->undefined) {
        cas_buffer_printf(out, "Not defined: %s", bounds->undefined);
        return;
    }
    cas_buffer_printf(out, "%" PRIu32 " bloc%s, which ", facts->blocs, cas_plural(facts->blocs));
    add_bounds(out, report, bounds);
    add_verb(out, facts, bounds);
    cas_buffer_text(out, bounds->proved ? "; proved, no blocs do better" : "");
    add_why_open(out, bounds);
    if (!isnan(facts->agreement))
        cas_buffer_printf(out,
                          ". Local search from %" PRIu32 " seeds finds partitions whose adjusted "
                          "Rand index is %s on average, %s at least",
                          facts->seeds, cas_fixed_text(facts->agreement, 3, mean),
                          cas_fixed_text(facts->least_agreement, 3, least));
}

void
cas_balance_communities_words(struct cas_buffer *out, const struct casus_balance_report *report)
{
    const struct casus_community_facts *facts = &casus_balance_facts(report->balance)->communities;
    char quality[CAS_FIXED_SIZE], mean[CAS_FIXED_SIZE], least[CAS_FIXED_SIZE];
    if (facts->undefined) {
        cas_buffer_printf(out, "Not defined: %s", facts->undefined);
        return;
    }
    cas_buffer_printf(out,
                      "%" PRIu32 " communit%s of modularity %s, the best of %" PRIu32
                      " seeds, whose adjusted Rand index is %s on average, %s at least",
                      facts->count, facts->count == 1 ? "y" : "ies",
                      cas_fixed_text(facts->modularity, 3, quality), facts->seeds,
                      cas_fixed_text(facts->agreement, 3, mean),
                      cas_fixed_text(facts->least_agreement, 3, least));
}

/* --- ties --------------------------------------------------------------------------------- */

static void
add_events(struct cas_buffer *out, const struct casus_balance_report *report,
           const struct casus_signed_tie *tie)
{
    uint32_t shown = tie->event_count < MOST_EVENTS ? tie->event_count : MOST_EVENTS;
    if (!report->dossier || !shown)
        return;
    cas_buffer_text(out, " (");
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : "",
                          cas_id_of_event(report->dossier, tie->events[i]));
    if (tie->event_count > shown)
        cas_buffer_printf(out, " and %" PRIu32 " more", tie->event_count - shown);
    cas_buffer_char(out, ')');
}

void
cas_balance_frustrated_words(struct cas_buffer *out, const struct casus_balance_report *report,
                             const struct casus_signed_tie *tie)
{
    cas_buffer_printf(out, "%s and %s %s", cas_name_of_actor(report->graph, tie->a),
                      cas_name_of_actor(report->graph, tie->b),
                      tie->sign < 0 ? "fight within one camp" : "are tied by support across camps");
    add_events(out, report, tie);
}

void
cas_balance_pair_words(struct cas_buffer *out, const struct casus_balance_report *report,
                       const struct casus_signed_tie *tie)
{
    static const char *const words[] = {"taken as hostile", "left out", "taken as friendly"};
    cas_buffer_printf(out, "%s and %s, %s", cas_name_of_actor(report->graph, tie->a),
                      cas_name_of_actor(report->graph, tie->b), words[tie->sign + 1]);
    add_events(out, report, tie);
}

/* --- what is not defined ------------------------------------------------------------------ */

void
cas_balance_undefined_each(const struct casus_balance_report *report,
                           void (*take)(void *context, const char *name, const char *why),
                           void *context)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    const struct {
        const char *name, *why;
    } rows[] = {
        {"balanced_fraction", facts->strict_undefined},
        {"weakly_balanced_fraction", facts->strict_undefined},
        {"walk_balance", facts->walk_undefined},
        {"frustration", facts->frustration.undefined},
        {"blocs", facts->disagreement.undefined},
        {"communities", facts->communities.undefined},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].why)
            take(context, rows[i].name, rows[i].why);
    }
}

/* --- what to know ------------------------------------------------------------------------- */

typedef void caveat_function(const struct casus_balance_report *report, struct cas_buffer *out);

static void
too_many(const struct casus_balance_report *report, struct cas_buffer *out)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    if (facts->actors > facts->used.most)
        cas_buffer_printf(out,
                          "[CAS-171] %" PRIu32 " actors have signed ties; camps and blocs are "
                          "searched for among up to %" PRIu32 ". Triads hold all of them. " FEWER,
                          facts->actors, facts->used.most);
}

static bool
is_open(const struct casus_bounds *bounds)
{
    return !bounds->proved && !bounds->undefined;
}

static void
not_proved(const struct casus_balance_report *report, struct cas_buffer *out)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    char seconds[32];
    if (!is_open(&facts->frustration) && !is_open(&facts->disagreement))
        return;
    if (facts->actors > PROOF_ACTORS)
        cas_buffer_printf(out,
                          "[CAS-171] %" PRIu32 " actors have signed ties; above %d a proof is "
                          "rarely in reach, and the interval is what is possible. " FEWER ". ",
                          facts->actors, PROOF_ACTORS);
    cas_buffer_printf(out,
                      "What is not proved may come out otherwise on another machine or with more "
                      "time: --time-limit was %s seconds",
                      cas_number_text(facts->used.seconds, seconds));
}

static void
several_parts(const struct casus_balance_report *report, struct cas_buffer *out)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    if (facts->parts > 1)
        cas_buffer_printf(out,
                          "The signed ties fall into %" PRIu32 " parts that nothing joins: which "
                          "camp of one part stands with which of another is not known",
                          facts->parts);
}

static void
other_splits(const struct casus_balance_report *report, struct cas_buffer *out)
{
    if (casus_balance_facts(report->balance)->other > 0)
        cas_buffer_text(out, "The camps and the ties that do not fit are those of one best split; "
                             "others are as good");
}

static void
ambivalent(const struct casus_balance_report *report, struct cas_buffer *out)
{
    const struct casus_balance_facts *facts = casus_balance_facts(report->balance);
    if (facts->ambivalent)
        cas_buffer_printf(out,
                          "%" PRIu32 " dyad%s both attack and support; --ambivalent %s decided, "
                          "and %" PRIu32 " %s left out",
                          facts->ambivalent, facts->ambivalent == 1 ? " has" : "s have",
                          cas_ambivalent_name(facts->used.ambivalent), facts->left_out,
                          facts->left_out == 1 ? "is" : "are");
}

static void
without_signs(const struct casus_balance_report *report, struct cas_buffer *out)
{
    uint32_t all = casus_graph_actor_count(report->graph);
    uint32_t without = all - casus_balance_facts(report->balance)->actors;
    if (without)
        cas_buffer_printf(out,
                          "%" PRIu32 " of %" PRIu32 " actors %s no signed tie and stand%s in no "
                          "camp and no bloc",
                          without, all, without == 1 ? "has" : "have", without == 1 ? "s" : "");
}

static void
generic(const struct casus_balance_report *report, struct cas_buffer *out)
{
    uint32_t shown = 0;
    for (uint32_t v = 0; v < casus_graph_actor_count(report->graph); v++) {
        if (casus_graph_actor_at(report->graph, v)->generic &&
            casus_balance_part(report->balance, v))
            cas_buffer_printf(out, "%s%s", shown++ ? ", " : "Taken as one actor each: ",
                              cas_name_of_actor(report->graph, v));
    }
    if (shown)
        cas_buffer_text(out, "; what is nobody's name may stand for several, in several camps");
}

static void
all_times(const struct casus_balance_report *report, struct cas_buffer *out)
{
    if (casus_balance_facts(report->balance)->actors)
        cas_buffer_text(out, "Ties of all times are taken together: --since and --until choose. A "
                             "camp is what signs add up to, no alliance: who fights one enemy "
                             "stands in one camp, friends or not");
}

bool
cas_balance_caveats_each(const struct casus_balance_report *report,
                         void (*take)(void *context, const char *name, const char *text),
                         void *context)
{
    static const struct {
        const char *name;
        caveat_function *write;
    } rows[] = {
        {"too_many", too_many},
        {"not_proved", not_proved},
        {"several_parts", several_parts},
        {"other_splits", other_splits},
        {"ambivalent", ambivalent},
        {"without_signs", without_signs},
        {"generic", generic},
        {"all_times", all_times},
    };
    struct cas_buffer text;
    cas_buffer_init(&text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !text.failed; i++) {
        cas_buffer_clear(&text);
        rows[i].write(report, &text);
        if (text.n && !text.failed)
            take(context, rows[i].name, text.s);
    }
    bool whole = !text.failed;
    cas_buffer_done(&text);
    return whole;
}
