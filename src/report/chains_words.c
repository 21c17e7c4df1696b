/* Chains in words; and what to know before one believes them. */
#include <inttypes.h>
#include <math.h>

#include "report/chains.h"
#include "report/format.h"
#include "report/naming.h"

enum { MOST_EVENTS = 6, MOST_ACTORS = 12 };

/* --- lists -------------------------------------------------------------------------------- */

static void
add_more(struct cas_buffer *out, uint32_t shown, uint32_t all)
{
    if (all > shown)
        cas_buffer_printf(out, " and %" PRIu32 " more", all - shown);
}

void
cas_chains_event_words(struct cas_buffer *out, const struct casus_chains_report *report,
                       const uint32_t *events, uint32_t count)
{
    uint32_t shown = count < MOST_EVENTS ? count : MOST_EVENTS;
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : "", cas_id_of_event(report->dossier, events[i]));
    add_more(out, shown, count);
}

void
cas_chains_actor_words(struct cas_buffer *out, const struct casus_chains_report *report,
                       const uint32_t *actors, uint32_t count)
{
    uint32_t shown = count < MOST_ACTORS ? count : MOST_ACTORS;
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : "", cas_name_of_actor(report->graph, actors[i]));
    add_more(out, shown, count);
}

void
cas_chains_type_words(struct cas_buffer *out, const char *const *types, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(out, "%s%s", i ? ", " : "", types[i]);
}

/* --- chains ------------------------------------------------------------------------------- */

static void
add_period(struct cas_buffer *out, const struct casus_step *step)
{
    char first[12], last[12];
    casus_date_format(step->first, first);
    casus_date_format(step->last, last);
    if (!first[0])
        return;
    cas_buffer_printf(out, ", %s", first);
    if (step->open)
        cas_buffer_text(out, " –");
    else if (strcmp(first, last) != 0)
        cas_buffer_printf(out, " – %s", last);
}

static void
add_step(struct cas_buffer *out, const struct casus_step *step)
{
    cas_buffer_text(out, " (");
    cas_chains_type_words(out, step->types, step->type_count);
    cas_buffer_printf(out, "; %" PRIu32 " event%s", step->event_count,
                      cas_plural(step->event_count));
    add_period(out, step);
    cas_buffer_char(out, ')');
}

void
cas_chain_path_words(struct cas_buffer *out, const struct casus_chains_report *report,
                     const struct casus_chain *chain)
{
    for (uint32_t i = 0; i <= chain->length; i++) {
        cas_buffer_between(out, i ? " → " : "");
        cas_buffer_text(out, cas_name_of_actor(report->graph, chain->path[i]));
    }
}

void
cas_chain_words(struct cas_buffer *out, const struct casus_chains_report *report,
                const struct casus_chain *chain)
{
    char number[CAS_FIXED_SIZE];
    cas_buffer_text(out, cas_name_of_actor(report->graph, chain->path[0]));
    for (uint32_t i = 0; i < chain->length; i++) {
        cas_buffer_between(out, " → ");
        cas_buffer_text(out, cas_name_of_actor(report->graph, chain->path[i + 1]));
        add_step(out, casus_chains_step_at(report->chains, chain->steps[i]));
    }
    if (!isnan(chain->confidence))
        cas_buffer_printf(out, "; confidence %s", cas_fixed_text(chain->confidence, 3, number));
}

/* --- what to know ------------------------------------------------------------------------- */

typedef void caveat_function(const struct casus_chains_report *report, struct cas_buffer *out);

static void
no_support(const struct casus_chains_report *report, struct cas_buffer *out)
{
    if (!casus_chains_step_count(report->chains))
        cas_buffer_text(out, "No support is among the selected events: there is no backer");
}

static void
no_attack(const struct casus_chains_report *report, struct cas_buffer *out)
{
    if (!casus_chains_fight_count(report->chains))
        cas_buffer_text(out, "No attack joins two of the selected actors: there is no fighter, "
                             "and so no chain");
}

static void
truncated(const struct casus_chains_report *report, struct cas_buffer *out)
{
    const struct casus_chains_cut *cut = casus_chains_cut(report->chains);
    if (cut->complete < cut->longest)
        cas_buffer_printf(out,
                          "[CAS-171] There are too many chains: all of up to %" PRIu32
                          " step%s are listed, longer ones in part (the limit is %" PRIu32
                          " chains); name a backer or a fighter",
                          cut->complete, cas_plural(cut->complete), cut->most);
    else if (cut->complete_behind < cut->longest)
        cas_buffer_printf(out,
                          "[CAS-171] Faced backers, double dealers and opposed backers rest on all "
                          "chains of up to %" PRIu32 " step%s and a part of the longer ones",
                          cut->complete_behind, cas_plural(cut->complete_behind));
}

static void
longer(const struct casus_chains_report *report, struct cas_buffer *out)
{
    const struct casus_chains_cut *cut = casus_chains_cut(report->chains);
    if (cut->longer)
        cas_buffer_printf(out,
                          "There are, or may be, chains of more than %" PRIu32
                          " step%s; they are left out (--longest N takes them in)",
                          cut->longest, cas_plural(cut->longest));
}

static void
lists_cut(const struct casus_chains_report *report, struct cas_buffer *out)
{
    const struct casus_chains_cut *cut = casus_chains_cut(report->chains);
    if (cut->fronts || cut->opposed)
        cas_buffer_printf(out,
                          "[CAS-171] Left out beyond the limit: %" PRIu64
                          " fronts of faced backers, %" PRIu64 " pairs of opposed backers",
                          cut->fronts, cut->opposed);
}

static void
apart(const struct casus_chains_report *report, struct cas_buffer *out)
{
    uint64_t turns = casus_chains_cut(report->chains)->apart;
    if (turns)
        cas_buffer_printf(out,
                          "In %" PRIu64 " place%s support is passed on at no time at which it is "
                          "given: no chain runs there (--any-time lets it)",
                          turns, cas_plural(turns));
}

static void
without_confidence(const struct casus_chains_report *report, struct cas_buffer *out)
{
    uint32_t count = 0, all = casus_chains_count(report->chains);
    for (uint32_t i = 0; i < all; i++)
        count += isnan(casus_chains_at(report->chains, i)->confidence);
    if (count)
        cas_buffer_printf(out,
                          "%" PRIu32 " of %" PRIu32 " chain%s no confidence: a step of %s has no "
                          "claim whose credibility is graded 1 to 5",
                          count, all, all == 1 ? " has" : "s have", count == 1 ? "it" : "each");
}

static void
implied(const struct casus_chains_report *report, struct cas_buffer *out)
{
    if (casus_chains_faced_count(report->chains))
        cas_buffer_text(out, "That backers face each other follows from what others do. It is no "
                             "tie, is counted nowhere, and says nothing about intent");
}

static void
parts(const struct casus_chains_report *report, struct cas_buffer *out)
{
    for (uint32_t i = 0; i < casus_graph_actor_count(report->graph); i++) {
        const struct casus_node *node = casus_graph_actor_at(report->graph, i);
        if (node->parent == CASUS_NONE || !(node->backed || node->backs))
            continue;
        cas_buffer_text(out, "Support runs along ties alone: who backs an actor does not thereby "
                             "back its parts, nor its parent (--level rolls them up)");
        return;
    }
}

bool
cas_chains_caveats_each(const struct casus_chains_report *report,
                        void (*take)(void *context, const char *name, const char *text),
                        void *context)
{
    static const struct {
        const char *name;
        caveat_function *write;
    } rows[] = {
        {"no_support", no_support},
        {"no_attack", no_attack},
        {"truncated", truncated},
        {"longer", longer},
        {"lists_cut", lists_cut},
        {"apart", apart},
        {"without_confidence", without_confidence},
        {"implied", implied},
        {"parts", parts},
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
