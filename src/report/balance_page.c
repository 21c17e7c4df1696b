/* Balance that a person reads: two camps or not, what does not fit, triads, blocs. */
#include <inttypes.h>
#include <math.h>

#include "report/balance.h"
#include "report/format.h"
#include "report/naming.h"
#include "report/page.h"
#include "report/summary.h"

enum { FACT_WIDTH = 18, MOST_MEMBERS = 60 };

struct sheet {
    struct cas_page page;
    const struct casus_balance_report *report;
    const struct casus_balance *balance;
    const struct casus_balance_facts *facts;
    struct cas_buffer words;
};

/* The words said so far; the next begin anew. */
static const char *
said(struct sheet *sheet)
{
    sheet->page.failed |= sheet->words.failed;
    return sheet->words.failed || !sheet->words.n ? "" : sheet->words.s;
}

/* --- head --------------------------------------------------------------------------------- */

static void
write_head(struct sheet *sheet)
{
    const struct casus_balance_facts *facts = sheet->facts;
    const char *title = casus_graph_title(sheet->report->graph);
    cas_page_title(&sheet->page, title && title[0] ? title : "Two camps or more");
    cas_page_open_facts(&sheet->page, CAS_SUMMARY_WIDTH);
    cas_summary_write(&sheet->page, &sheet->report->heading, sheet->report->graph);
    cas_page_fact(&sheet->page, "Signs",
                  "%" PRIu32 " friendly and %" PRIu32 " hostile tie%s between %" PRIu32
                  " actors in %" PRIu32 " part%s; %" PRIu32 " ambivalent dyad%s%s",
                  facts->positive, facts->negative, cas_plural(facts->negative), facts->actors,
                  facts->parts, cas_plural(facts->parts), facts->ambivalent,
                  cas_plural(facts->ambivalent), facts->used.weighted ? "; by weight" : "");
    cas_page_fact(&sheet->page, "Seed", "%" PRIu64, facts->used.seed);
    cas_page_close_facts(&sheet->page);
}

/* --- camps -------------------------------------------------------------------------------- */

static void
write_index(struct sheet *sheet)
{
    const struct casus_balance_facts *facts = sheet->facts;
    char low[CAS_FIXED_SIZE], high[CAS_FIXED_SIZE];
    if (facts->frustration.undefined)
        return;
    cas_page_open_facts(&sheet->page, FACT_WIDTH);
    if (facts->frustration.proved)
        cas_page_fact(&sheet->page, "Frustration index", "%s; 1 − 2L/m is %s",
                      cas_number_text(facts->frustration.upper, high),
                      cas_fixed_text(facts->score[0], 3, low));
    else
        cas_page_fact(&sheet->page, "Frustration index", "1 − 2L/m is between %s and %s",
                      cas_fixed_text(facts->score[0], 3, low),
                      cas_fixed_text(facts->score[1], 3, high));
    cas_buffer_clear(&sheet->words);
    cas_balance_others_words(&sheet->words, sheet->report);
    cas_page_fact(&sheet->page, "Other best splits", "%s", said(sheet));
    cas_page_close_facts(&sheet->page);
}

typedef uint32_t group_function(const struct casus_balance *balance, uint32_t actor);

/* Actors of one group, and of one camp of it (0: either), in order of their ids; false where there
 * are none. */
static bool
say_members(struct sheet *sheet, group_function *of, uint32_t group, int camp, uint32_t *out_count)
{
    *out_count = 0;
    cas_buffer_clear(&sheet->words);
    for (uint32_t v = 0; v < casus_graph_actor_count(sheet->report->graph); v++) {
        if (of(sheet->balance, v) != group ||
            (camp && casus_balance_camp(sheet->balance, v) != camp))
            continue;
        if ((*out_count)++ < MOST_MEMBERS)
            cas_buffer_printf(&sheet->words, "%s%s", *out_count > 1 ? ", " : "",
                              cas_name_of_actor(sheet->report->graph, v));
    }
    if (*out_count > MOST_MEMBERS)
        cas_buffer_printf(&sheet->words, " and %" PRIu32 " more, which JSON and CSV name",
                          *out_count - MOST_MEMBERS);
    return *out_count > 0;
}

static void
write_camp_table(struct sheet *sheet)
{
    static const struct cas_column columns[] = {{"part", true, false},
                                                {"camp", true, false},
                                                {"actors", true, false},
                                                {"who", false, true}};
    uint32_t top = cas_summary_top(&sheet->report->heading), parts = sheet->facts->parts, count;
    struct cas_table table;
    if (sheet->facts->frustration.undefined)
        return;
    cas_table_init(&table, columns, 4);
    for (uint32_t part = 1; part <= parts && part <= top; part++) {
        for (int camp = 1; camp <= 2; camp++) {
            if (!say_members(sheet, casus_balance_part, part, camp, &count))
                continue;
            cas_table_number(&table, part);
            cas_table_number(&table, camp);
            cas_table_number(&table, count);
            cas_table_text(&table, said(sheet));
        }
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
    cas_summary_shown(&sheet->page, parts < top ? parts : top, parts);
}

static void
write_camps(struct sheet *sheet)
{
    cas_page_section(&sheet->page, "Two camps?");
    cas_buffer_clear(&sheet->words);
    cas_balance_camps_words(&sheet->words, sheet->report);
    cas_page_paragraph(&sheet->page, "%s.", said(sheet));
    write_index(sheet);
    write_camp_table(sheet);
}

/* --- ties --------------------------------------------------------------------------------- */

static bool
is_frustrated(const struct casus_signed_tie *tie)
{
    return tie->frustrated;
}

static bool
is_ambivalent(const struct casus_signed_tie *tie)
{
    return tie->ambivalent;
}

typedef void say_function(struct cas_buffer *out, const struct casus_balance_report *report,
                          const struct casus_signed_tie *tie);

static void
write_ties(struct sheet *sheet, const char *title,
           bool (*is_meant)(const struct casus_signed_tie *), say_function *say)
{
    uint32_t top = cas_summary_top(&sheet->report->heading), all = 0;
    for (uint32_t i = 0; i < casus_balance_tie_count(sheet->balance); i++) {
        const struct casus_signed_tie *tie = casus_balance_tie_at(sheet->balance, i);
        if (!is_meant(tie) || all++ >= top)
            continue;
        if (all == 1) {
            cas_page_section(&sheet->page, title);
            cas_page_open_bullets(&sheet->page);
        }
        cas_buffer_clear(&sheet->words);
        say(&sheet->words, sheet->report, tie);
        cas_page_bullet(&sheet->page, said(sheet));
    }
    if (all) {
        cas_page_close_bullets(&sheet->page);
        cas_summary_shown(&sheet->page, all < top ? all : top, all);
    }
}

/* --- triads ------------------------------------------------------------------------------- */

static void
write_triad_table(struct sheet *sheet)
{
    static const struct cas_column columns[] = {{"triad", false, false},
                                                {"triangles", true, false},
                                                {"strict", false, false},
                                                {"weak", false, false}};
    struct cas_table table;
    cas_table_init(&table, columns, 4);
    for (unsigned i = 0; i < CASUS_TRIAD_COUNT; i++) {
        cas_table_text(&table, casus_triad_name(i));
        cas_table_number(&table, (double)sheet->facts->triads[i]);
        cas_table_text(&table, i % 2 ? "unbalanced" : "balanced");
        cas_table_text(&table, i == 1 ? "unbalanced" : "balanced");
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
}

static void
write_share(struct sheet *sheet, const char *name, double value, const char *why)
{
    char number[CAS_FIXED_SIZE];
    cas_page_fact(&sheet->page, name, "%s%s%s", cas_fixed_text(value, 3, number), why ? ": " : "",
                  why ? why : "");
}

static void
write_triads(struct sheet *sheet)
{
    const struct casus_balance_facts *facts = sheet->facts;
    cas_page_section(&sheet->page, "Triads");
    write_triad_table(sheet);
    cas_page_open_facts(&sheet->page, FACT_WIDTH);
    write_share(sheet, "Strictly balanced", facts->strict, facts->strict_undefined);
    write_share(sheet, "Weakly balanced", facts->weak, facts->strict_undefined);
    write_share(sheet, "Walk balance", facts->walk, facts->walk_undefined);
    cas_page_close_facts(&sheet->page);
}

/* --- blocs -------------------------------------------------------------------------------- */

static void
write_group_table(struct sheet *sheet, const char *name, uint32_t all, group_function *of)
{
    const struct cas_column columns[] = {
        {name, true, false}, {"actors", true, false}, {"who", false, true}};
    uint32_t top = cas_summary_top(&sheet->report->heading), count;
    struct cas_table table;
    cas_table_init(&table, columns, 3);
    for (uint32_t group = 1; group <= all && group <= top; group++) {
        say_members(sheet, of, group, 0, &count);
        cas_table_number(&table, group);
        cas_table_number(&table, count);
        cas_table_text(&table, said(sheet));
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
    cas_summary_shown(&sheet->page, all < top ? all : top, all);
}

static void
write_blocs(struct sheet *sheet)
{
    cas_page_section(&sheet->page, "Blocs");
    cas_buffer_clear(&sheet->words);
    cas_balance_blocs_words(&sheet->words, sheet->report);
    cas_page_paragraph(&sheet->page, "%s.", said(sheet));
    if (!sheet->facts->disagreement.undefined)
        write_group_table(sheet, "bloc", sheet->facts->blocs, casus_balance_bloc);
}

static void
write_communities(struct sheet *sheet)
{
    const struct casus_community_facts *facts = &sheet->facts->communities;
    cas_page_section(&sheet->page, "Communities of support");
    cas_buffer_clear(&sheet->words);
    cas_balance_communities_words(&sheet->words, sheet->report);
    cas_page_paragraph(&sheet->page, "%s.", said(sheet));
    if (!facts->undefined)
        write_group_table(sheet, "community", facts->count, casus_balance_community);
}

/* --- foot --------------------------------------------------------------------------------- */

static void
write_definitions(struct sheet *sheet)
{
    static const struct {
        const char *name, *text;
    } rows[] = {
        {"sign", "one tie a dyad: hostile where attacks join the two, friendly where support does; "
                 "claims, parents and sides give none"},
        {"ambivalent", "a dyad with both; left out whatever the weights, unless --ambivalent says "
                       "otherwise"},
        {"frustration", "L, the fewest ties (or the least weight) whose removal leaves two camps "
                        "with friendly ties inside and hostile ones between; m is their number "
                        "(Harary 1959; Aref, Mason and Wilson 2020)"},
        {"part", "actors joined by signed ties, directly or through others; camps of two parts do "
                 "not compare"},
        {"swing", "an actor outside of the largest group of its part that stays together in all "
                  "best splits"},
        {"strict, weak",
         "a triangle is strictly balanced with an even number of hostile ties "
         "(Cartwright and Harary 1956), weakly with any number but one (Davis 1967)"},
        {"walk balance", "tr(exp A) / tr(exp |A|): the share of closed walks that balance, long "
                         "ones counting less (Estrada and Benzi 2014)"},
        {"blocs", "as many as fit best: the least friendly ties between and hostile ones inside "
                  "(correlation clustering: Bansal, Blum and Chawla 2004); others may fit as well"},
        {"communities", "actors that back each other more than chance would have it, fights aside: "
                        "modularity at resolution 1 (Newman and Girvan 2004) by the Leiden method "
                        "(Traag, Waltman and van Eck 2019), the best of several seeds; not proved"},
    };
    cas_page_section(&sheet->page, "Definitions");
    cas_page_open_facts(&sheet->page, strlen("strict, weak"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cas_page_fact(&sheet->page, rows[i].name, "%s", rows[i].text);
    cas_page_close_facts(&sheet->page);
}

static void
write_caveats(struct sheet *sheet)
{
    struct cas_caveat_list list = {&sheet->page, false};
    if (!cas_balance_caveats_each(sheet->report, cas_page_caveat, &list))
        sheet->page.failed = true;
    cas_page_close_caveats(&list);
}

enum casus_status
cas_balance_page(const struct casus_balance_report *report, enum casus_layout layout,
                 struct casus_output *output, struct casus_error *err)
{
    struct sheet sheet = {.report = report,
                          .balance = report->balance,
                          .facts = casus_balance_facts(report->balance)};
    cas_page_init(&sheet.page, &report->heading, layout, output);
    cas_buffer_init(&sheet.words);
    write_head(&sheet);
    write_camps(&sheet);
    write_ties(&sheet, "Ties that do not fit", is_frustrated, cas_balance_frustrated_words);
    write_ties(&sheet, "Ambivalent dyads", is_ambivalent, cas_balance_pair_words);
    write_triads(&sheet);
    write_blocs(&sheet);
    write_communities(&sheet);
    write_definitions(&sheet);
    write_caveats(&sheet);
    cas_buffer_done(&sheet.words);
    return cas_page_done(&sheet.page, err);
}
