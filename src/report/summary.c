/* What an answer is about: the facts at the head of a page. */
#include "report/summary.h"

#include <inttypes.h>

#include "report/envelope.h"
#include "report/format.h"

enum { TOP = 10 };

uint32_t
cas_summary_top(const struct casus_heading *heading)
{
    return heading->top ? heading->top : TOP;
}

void
cas_summary_shown(struct cas_page *page, size_t shown, size_t all)
{
    if (shown < all)
        cas_page_paragraph(page, "%zu of %zu; JSON and CSV hold all.", shown, all);
}

/* --- what was selected -------------------------------------------------------------------- */

static void
add_removed(struct cas_buffer *out, uint64_t count, const char *why)
{
    if (count)
        cas_buffer_printf(out, "%s%" PRIu64 " %s", out->n ? ", " : "", count, why);
}

void
cas_removed_words(struct cas_buffer *out, const struct casus_removed *removed)
{
    add_removed(out, removed->undated, "without a date");
    add_removed(out, removed->dates, "of other dates");
    add_removed(out, removed->types, "of other types");
    add_removed(out, removed->places, "of other places");
    add_removed(out, removed->where, "by the condition");
    add_removed(out, removed->evidence, "of other evidence");
    add_removed(out, removed->grade, "of a lower or unknown grade");
    add_removed(out, removed->relations, "of other relations");
    add_removed(out, removed->belief, "told only by those in doubt");
}

static void
write_selection(struct cas_page *page, const struct casus_heading *heading,
                const struct casus_graph *graph)
{
    struct cas_buffer words;
    cas_buffer_init(&words);
    if (heading->selection)
        cas_selection_words(&words, heading->selection);
    if (words.n)
        cas_page_fact(page, "Selection", "%s", words.s);
    page->failed |= words.failed;
    cas_buffer_clear(&words);
    cas_removed_words(&words, &casus_graph_totals(graph)->removed);
    if (words.n)
        cas_page_fact(page, "Left out", "events: %s", words.s);
    page->failed |= words.failed;
    cas_buffer_done(&words);
}

/* --- what there is ------------------------------------------------------------------------ */

static void
write_period(struct cas_page *page, const struct casus_totals *totals)
{
    char first[12], last[12];
    casus_date_format(totals->first, first);
    casus_date_format(totals->last, last);
    if (!first[0] && !last[0])
        cas_page_fact(page, "Period", "undated");
    else
        cas_page_fact(page, "Period", "%s – %s%s", first[0] ? first : "?", last[0] ? last : "?",
                      totals->open ? ", some of it not ended" : "");
}

void
cas_summary_inputs(struct cas_page *page, const struct casus_heading *heading,
                   const struct cas_inputs *inputs)
{
    struct cas_buffer words;
    cas_buffer_init(&words);
    for (uint32_t i = 0; i < cas_inputs_count(inputs); i++) {
        cas_buffer_clear(&words);
        cas_input_words(&words, cas_inputs_at(inputs, i));
        page->failed |= words.failed;
        cas_page_fact(page, "Input", "%s", words.failed ? "" : words.s);
    }
    if (heading->problems && casus_problems_total(heading->problems)) {
        cas_buffer_clear(&words);
        cas_problems_words(&words, heading->problems);
        page->failed |= words.failed;
        cas_page_fact(page, "Bad rows", "%s", words.failed ? "" : words.s);
    }
    cas_buffer_done(&words);
}

static void
write_counts(struct cas_page *page, const struct casus_heading *heading,
             const struct casus_graph *graph)
{
    const struct casus_totals *totals = casus_graph_totals(graph);
    uint32_t actors = casus_graph_actor_count(graph);
    uint32_t ties = casus_graph_tie_count(graph);
    cas_page_fact(page, "Events",
                  "%" PRIu64 ": %" PRIu64 " of attack, %" PRIu64 " of support, %" PRIu64
                  " of claim; %" PRIu64 " claim%s about them",
                  totals->events, totals->by_relation[CASUS_ATTACK],
                  totals->by_relation[CASUS_SUPPORT], totals->by_relation[CASUS_CLAIM],
                  totals->claims, cas_plural(totals->claims));
    cas_page_fact(page, "Graph", "%" PRIu32 " actor%s, %" PRIu32 " tie%s; weight: %s", actors,
                  cas_plural(actors), ties, cas_plural(ties),
                  heading->weight ? heading->weight : "events");
    if (totals->half_life > 0) {
        char days[32], at[12];
        cas_page_fact(page, "Decay", "an event counts half after %s days, as of %s",
                      cas_number_text(totals->half_life, days), casus_date_format(totals->at, at));
    }
}

/* --- all of it ---------------------------------------------------------------------------- */

void
cas_summary_write(struct cas_page *page, const struct casus_heading *heading,
                  const struct casus_graph *graph)
{
    write_selection(page, heading, graph);
    write_period(page, casus_graph_totals(graph));
    cas_summary_inputs(page, heading, &(struct cas_inputs){.graph = graph});
    write_counts(page, heading, graph);
}
