/* What a reader of the report has to know about this graph before believing a rank.
 *
 * A row a caveat: its name, and a function that writes its text where it applies and nothing where
 * it does not. Texts are sentences without a full stop.
 */
#include <inttypes.h>
#include <math.h>

#include "report/format.h"
#include "report/naming.h"
#include "report/report.h"

enum { FEW_EVENTS = 30, MOST_NAMES = 3, MOST_REASONS = 4 };

typedef void caveat_function(const struct casus_report *report, struct cas_buffer *out);

static void
few_events(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t events = casus_graph_totals(report->graph)->events;
    if (events < FEW_EVENTS)
        cas_buffer_printf(out,
                          "There %s only %" PRIu64 " event%s: one more or less can change any rank",
                          events == 1 ? "is" : "are", events, cas_plural(events));
}

static void
not_connected(const struct casus_report *report, struct cas_buffer *out)
{
    uint32_t parts = casus_scores_component_count(report->contact);
    if (parts > 1)
        cas_buffer_printf(out,
                          "The contact graph falls into %" PRIu32
                          " parts that no attack or support joins (an actor without such ties is a "
                          "part): ranks compare what never met",
                          parts);
}

static void
undirected(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t events = casus_graph_totals(report->graph)->undirected;
    if (events)
        cas_buffer_printf(out,
                          "%" PRIu64 " event%s no direction (nobody says who attacked): counted "
                          "both ways, as battles, and nobody is called the attacker",
                          events, events == 1 ? " has" : "s have");
}

static void
generic_actors(const struct casus_report *report, struct cas_buffer *out)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < casus_graph_actor_count(report->graph); i++) {
        if (!casus_graph_actor_at(report->graph, i)->generic)
            continue;
        if (found++ < MOST_NAMES)
            cas_buffer_printf(out, "%s%s", found == 1 ? "Nobody's names: " : ", ",
                              cas_name_of_actor(report->graph, i));
    }
    if (found > MOST_NAMES)
        cas_buffer_printf(out, " and %" PRIu32 " more", found - MOST_NAMES);
    if (found)
        cas_buffer_text(out, cas_report_scoring(report)->with_generic
                                 ? ". They stand for many, and take part in every measure"
                                 : ". They stand for many, are counted, and take no part in "
                                   "betweenness and constraint");
}

static void
undated(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t events = casus_graph_totals(report->graph)->undated;
    if (events)
        cas_buffer_printf(out, "%" PRIu64 " event%s no date: the period does not hold %s", events,
                          events == 1 ? " has" : "s have", events == 1 ? "it" : "them");
}

static void
unknown_side(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t events = casus_graph_totals(report->graph)->no_tie;
    if (events)
        cas_buffer_printf(out,
                          "%" PRIu64
                          " event%s one side that nobody named: counted, with %s losses, "
                          "and part of no tie",
                          events, events == 1 ? " has" : "s have", events == 1 ? "its" : "their");
}

static const char *
ambivalent_rule(const struct casus_report *report)
{
    switch (cas_report_scoring(report)->ambivalent) {
    case CASUS_AMBIVALENT_NET: return "the heavier sign is taken";
    case CASUS_AMBIVALENT_POSITIVE: return "taken as positive";
    case CASUS_AMBIVALENT_NEGATIVE: return "taken as negative";
    default: return "they have no sign in signed degree and PN";
    }
}

static void
ambivalent(const struct casus_report *report, struct cas_buffer *out)
{
    uint32_t count = casus_scores_ambivalent_count(report->contact), pair[2];
    if (count)
        cas_buffer_printf(out, "%" PRIu32 " pair%s both attack%s and support%s (", count,
                          cas_plural(count), count == 1 ? "s" : "", count == 1 ? "s" : "");
    for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
        casus_scores_ambivalent_at(report->contact, i, pair);
        cas_buffer_printf(out, "%s%s and %s", i ? "; " : "",
                          cas_name_of_actor(report->graph, pair[0]),
                          cas_name_of_actor(report->graph, pair[1]));
    }
    if (count > MOST_NAMES)
        cas_buffer_printf(out, "; %" PRIu32 " more", count - MOST_NAMES);
    if (count)
        cas_buffer_printf(out, "): %s", ambivalent_rule(report));
}

static void
internal(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t ties = casus_graph_totals(report->graph)->internal;
    if (ties)
        cas_buffer_printf(
            out, "%" PRIu64 " tie%s an actor to itself or its parts to each other: left out", ties,
            ties == 1 ? " joins" : "s join");
}

static void
claims_without_tie(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t claims = casus_graph_totals(report->graph)->claims_no_tie;
    if (claims)
        cas_buffer_printf(out,
                          "%" PRIu64 " claim%s no tie: made by nobody named, or about nobody else",
                          claims, claims == 1 ? " makes" : "s make");
}

static void
evidence_weighs(const struct casus_report *report, struct cas_buffer *out)
{
    const struct casus_totals *totals = casus_graph_totals(report->graph);
    const char *weight = report->heading.weight;
    if (!weight || strcmp(weight, "evidence") != 0)
        return;
    uint64_t graded = totals->graded;
    uint64_t all = totals->by_relation[CASUS_ATTACK] + totals->by_relation[CASUS_SUPPORT];
    cas_buffer_printf(out,
                      "Evidence weighs: %" PRIu64 " of %" PRIu64 " event%s of attack and support "
                      "%s a grade and count%s as the probability that it stands for; the others "
                      "count 1 where they are corroborated or admitted, else 0",
                      graded, all, cas_plural(all), graded == 1 ? "has" : "have",
                      graded == 1 ? "s" : "");
}

static void
dropped_ties(const struct casus_report *report, struct cas_buffer *out)
{
    uint64_t ties = casus_graph_totals(report->graph)->ties_dropped;
    if (ties)
        cas_buffer_printf(out, "%" PRIu64 " tie%s of too few events %s left out by the selection",
                          ties, cas_plural(ties), ties == 1 ? "is" : "are");
}

/* --- undefined scores --------------------------------------------------------------------- */

struct reason {
    const char *text;
    uint32_t actors;
};

/* The reasons why a measure is not defined, and for how many; those beyond `MOST_REASONS` count
 * under the last. */
static size_t
find_reasons(const struct casus_report *report, enum casus_measure measure,
             struct reason reasons[MOST_REASONS])
{
    size_t count = 0;
    for (uint32_t i = 0; i < casus_graph_actor_count(report->graph); i++) {
        const char *why = casus_scores_undefined(report->contact, measure, i);
        size_t at = 0;
        if (!why)
            continue;
        while (at < count && strcmp(reasons[at].text, why) != 0)
            at++;
        if (at == count && count < MOST_REASONS)
            reasons[count++] = (struct reason){why, 0};
        reasons[at < count ? at : count - 1].actors++;
    }
    return count;
}

static void
undefined(const struct casus_report *report, struct cas_buffer *out)
{
    uint32_t all = casus_graph_actor_count(report->graph);
    bool begun = false;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        struct reason reasons[MOST_REASONS];
        size_t count = find_reasons(report, (enum casus_measure)m, reasons);
        for (size_t i = 0; i < count; i++) {
            cas_buffer_text(out, begun ? "; " : "Not defined: ");
            cas_buffer_text(out, casus_measure_info((enum casus_measure)m)->title);
            if (reasons[i].actors == all)
                cas_buffer_printf(out, " of all actors (%s)", reasons[i].text);
            else
                cas_buffer_printf(out, " of %" PRIu32 " actor%s (%s)", reasons[i].actors,
                                  cas_plural(reasons[i].actors), reasons[i].text);
            begun = true;
        }
    }
}

static void
closeness(const struct casus_report *report, struct cas_buffer *out)
{
    if (casus_scores_component_count(report->contact) > 1)
        cas_buffer_text(out, "Closeness adds the hops to those reached only: in a graph of several "
                             "parts one that reaches few, nearby, can come first. Harmonic does "
                             "not have this fault");
}

static void
sampled(const struct casus_report *report, struct cas_buffer *out)
{
    const struct casus_approximation *info = casus_scores_approximation(report->contact);
    char epsilon[32];
    if (info)
        cas_buffer_printf(out,
                          "Betweenness comes from a sample, to %s of its range with %.0f %% "
                          "confidence: ranks of it that lie near each other may change places",
                          cas_number_text(info->epsilon, epsilon), 100 * info->confidence);
}

bool
cas_caveats_each(const struct casus_report *report,
                 void (*take)(void *context, const char *name, const char *text), void *context)
{
    static const struct {
        const char *name;
        caveat_function *write;
    } rows[] = {
        {"few_events", few_events},
        {"not_connected", not_connected},
        {"undirected", undirected},
        {"generic_actors", generic_actors},
        {"undated", undated},
        {"unknown_side", unknown_side},
        {"ambivalent", ambivalent},
        {"internal", internal},
        {"claims_without_tie", claims_without_tie},
        {"evidence_weighs", evidence_weighs},
        {"dropped_ties", dropped_ties},
        {"undefined", undefined},
        {"closeness", closeness},
        {"sampled", sampled},
    };
    struct cas_buffer text;
    cas_buffer_init(&text);
    bool failed = false;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && !failed; i++) {
        cas_buffer_clear(&text);
        rows[i].write(report, &text);
        failed = text.failed;
        if (text.n && !failed)
            take(context, rows[i].name, text.s);
    }
    cas_buffer_done(&text);
    return !failed;
}
