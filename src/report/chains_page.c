/* Chains that a person reads: the chains, then whom they set against whom, then what would be lost.
 *
 * A section is a list of sentences, as long as `top`; what is cut is said below it.
 */
#include <inttypes.h>

#include "report/chains.h"
#include "report/format.h"
#include "report/naming.h"
#include "report/page.h"
#include "report/summary.h"

enum { MOST_FRONTS = 3 };

struct sheet {
    struct cas_page page;
    const struct casus_chains_report *report;
    struct cas_buffer words;
};

/* One section: its title, its rows, what stands there without one, and how a row is said. */
struct section {
    const char *title, *nothing;
    uint32_t (*count)(const struct casus_chains *chains);
    void (*say)(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row);
};

/* --- rows --------------------------------------------------------------------------------- */

static void
say_chain(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    cas_chain_words(out, report, casus_chains_at(report->chains, row));
}

static void
add_fight(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t number)
{
    const struct casus_fight *fight = casus_chains_fight_at(report->chains, number);
    cas_buffer_text(out, " (");
    cas_chains_event_words(out, report, fight->events, fight->event_count);
    cas_buffer_char(out, ')');
}

static void
say_faced(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    const struct casus_faced *faced = casus_chains_faced_at(report->chains, row);
    for (uint32_t i = 0; i < faced->front_count && i < MOST_FRONTS; i++) {
        const struct casus_front *front = &faced->fronts[i];
        cas_buffer_text(out, i ? "; " : "");
        cas_chain_path_words(out, report, &front->chains[0]);
        cas_buffer_text(out, " against ");
        cas_chain_path_words(out, report, &front->chains[1]);
        add_fight(out, report, front->fight);
    }
    if (faced->front_count > MOST_FRONTS)
        cas_buffer_printf(out, "; %" PRIu32 " fronts more", faced->front_count - MOST_FRONTS);
}

static void
say_double(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    const struct casus_double_dealer *dealer = casus_chains_double_at(report->chains, row);
    cas_chain_path_words(out, report, &dealer->front.chains[0]);
    cas_buffer_text(out, " and ");
    cas_chain_path_words(out, report, &dealer->front.chains[1]);
    cas_buffer_text(out, ", who fight each other");
    add_fight(out, report, dealer->front.fight);
}

/* "The Union (its side, through The Front)" */
static void
add_backer(struct cas_buffer *out, const struct casus_chains_report *report,
           const struct casus_opposed *opposed, int which)
{
    const struct casus_chain *chain = &opposed->chains[which];
    cas_buffer_printf(out, "%s (%s", cas_name_of_actor(report->graph, chain->path[0]),
                      opposed->sides[which]);
    if (chain->length > 1)
        cas_buffer_text(out, ", through ");
    cas_chains_actor_words(out, report, chain->path + 1, chain->length - 1);
    cas_buffer_char(out, ')');
}

static void
say_opposed(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    const struct casus_opposed *opposed = casus_chains_opposed_at(report->chains, row);
    cas_buffer_printf(out, "%s is backed by ", cas_name_of_actor(report->graph, opposed->fighter));
    add_backer(out, report, opposed, 0);
    cas_buffer_text(out, " and by ");
    add_backer(out, report, opposed, 1);
    cas_buffer_text(out, ", whose sides fight each other (");
    cas_chains_event_words(out, report, opposed->events, opposed->event_count);
    cas_buffer_char(out, ')');
}

static void
say_shared(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    const struct casus_shared *shared = casus_chains_shared_at(report->chains, row);
    cas_buffer_printf(out, "%s: ", cas_name_of_actor(report->graph, shared->backer));
    cas_chains_actor_words(out, report, shared->clients, shared->client_count);
}

static void
say_departure(struct cas_buffer *out, const struct casus_chains_report *report, uint32_t row)
{
    const struct casus_departure *gone = casus_chains_departure_at(report->chains, row);
    const struct casus_step *step = casus_chains_step_at(report->chains, gone->step);
    cas_buffer_printf(out, "Without %s, %s would lose ",
                      cas_name_of_actor(report->graph, gone->backer),
                      cas_name_of_actor(report->graph, gone->client));
    cas_chains_type_words(out, step->types, step->type_count);
    if (!gone->other_count) {
        cas_buffer_text(out, " and have nobody left");
        return;
    }
    if (gone->only_count == step->type_count) {
        cas_buffer_text(out, ", which nobody else gives");
    } else if (gone->only_count) {
        cas_buffer_text(out, " (nobody else gives ");
        cas_chains_type_words(out, gone->only, gone->only_count);
        cas_buffer_char(out, ')');
    }
    cas_buffer_text(out, "; left: ");
    cas_chains_actor_words(out, report, gone->others, gone->other_count);
}

/* --- sections ----------------------------------------------------------------------------- */

static void
write_section(struct sheet *sheet, const struct section *section)
{
    uint32_t all = section->count(sheet->report->chains);
    uint32_t top = cas_summary_top(&sheet->report->heading), shown = all < top ? all : top;
    cas_page_section(&sheet->page, section->title);
    if (!all) {
        cas_page_paragraph(&sheet->page, "%s", section->nothing);
        return;
    }
    cas_page_open_bullets(&sheet->page);
    for (uint32_t i = 0; i < shown; i++) {
        cas_buffer_clear(&sheet->words);
        section->say(&sheet->words, sheet->report, i);
        sheet->page.failed |= sheet->words.failed;
        cas_page_bullet(&sheet->page, sheet->words.failed ? "" : sheet->words.s);
    }
    cas_page_close_bullets(&sheet->page);
    cas_summary_shown(&sheet->page, shown, all);
}

static void
write_sections(struct sheet *sheet)
{
    static const struct section sections[] = {
        {"Chains of backing", "None.", casus_chains_count, say_chain},
        {"Backers that face each other through others", "None.", casus_chains_faced_count,
         say_faced},
        {"Double dealers: who backs both sides of a fight", "None.", casus_chains_double_count,
         say_double},
        {"Fighters whose backers stand on opposed sides", "None.", casus_chains_opposed_count,
         say_opposed},
        {"Shared backers: who backs several", "None.", casus_chains_shared_count, say_shared},
        {"If a backer leaves", "None.", casus_chains_departure_count, say_departure},
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        write_section(sheet, &sections[i]);
}

/* --- head and foot ------------------------------------------------------------------------ */

static void
write_narrowing(struct sheet *sheet)
{
    const struct casus_chains_report *report = sheet->report;
    uint32_t backer = casus_chains_backer(report->chains);
    uint32_t fighter = casus_chains_fighter(report->chains);
    if (backer != CASUS_NONE)
        cas_page_fact(&sheet->page, "Backer", "%s", cas_name_of_actor(report->graph, backer));
    if (fighter != CASUS_NONE)
        cas_page_fact(&sheet->page, "Fighter", "%s", cas_name_of_actor(report->graph, fighter));
}

static void
write_head(struct sheet *sheet)
{
    const struct casus_chains *chains = sheet->report->chains;
    const char *title = casus_graph_title(sheet->report->graph);
    uint32_t count = casus_chains_count(chains);
    cas_page_title(&sheet->page, title && title[0] ? title : "Who stands behind whom");
    cas_page_open_facts(&sheet->page, CAS_SUMMARY_WIDTH);
    cas_summary_write(&sheet->page, &sheet->report->heading, sheet->report->graph);
    write_narrowing(sheet);
    cas_page_fact(&sheet->page, "Chains", "%" PRIu32 "%s%s", count,
                  count ? ", the longest first" : "",
                  casus_chains_any_time(chains) ? "; steps may be at any time" : "");
    cas_page_close_facts(&sheet->page);
}

static void
write_definitions(struct sheet *sheet)
{
    static const struct {
        const char *name, *text;
    } rows[] = {
        {"chain", "a path of support from a backer to a fighter, no actor twice, each two steps in "
                  "a row at one time as far as their dates tell"},
        {"backer", "who supports another; that other is its client"},
        {"fighter", "whom an attack joins with another, on either end; not civilians, nor who is "
                    "nobody's name"},
        {"confidence",
         "the product over the steps of what the best claim that affirms a step is "
         "worth: credibility 1 to 5 is 0.9, 0.7, 0.5, 0.3, 0.1 (STIX 2.1, appendix A)"},
        {"to face", "to back, by chains, two who fight each other, neither chain passing through "
                    "the other side"},
        {"side", "the actor's label, else its nearest ancestor's, else its family; sides are "
                 "opposed where an attack joins them"},
    };
    cas_page_section(&sheet->page, "Definitions");
    cas_page_open_facts(&sheet->page, strlen("confidence"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cas_page_fact(&sheet->page, rows[i].name, "%s", rows[i].text);
    cas_page_close_facts(&sheet->page);
}

static void
write_caveats(struct sheet *sheet)
{
    struct cas_caveat_list list = {&sheet->page, false};
    if (!cas_chains_caveats_each(sheet->report, cas_page_caveat, &list))
        sheet->page.failed = true;
    cas_page_close_caveats(&list);
}

enum casus_status
cas_chains_page(const struct casus_chains_report *report, enum casus_layout layout,
                struct casus_output *output, struct casus_error *err)
{
    struct sheet sheet = {.report = report};
    cas_page_init(&sheet.page, &report->heading, layout, output);
    cas_buffer_init(&sheet.words);
    write_head(&sheet);
    write_sections(&sheet);
    write_definitions(&sheet);
    write_caveats(&sheet);
    cas_buffer_done(&sheet.words);
    return cas_page_done(&sheet.page, err);
}
