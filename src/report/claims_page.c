/* The ledger that a person reads: a sentence an event, its claims, what excludes each other, then
 * the claimants and what the words mean. */
#include "report/claims.h"

#include <inttypes.h>
#include <math.h>

#include "claim/verdicts.h"
#include "report/envelope.h"
#include "report/format.h"
#include "report/page.h"
#include "report/summary.h"

static void
move_cell(struct cas_table *table, struct cas_buffer *words)
{
    table->failed |= words->failed;
    cas_table_text(table, words->failed ? NULL : words->s);
    cas_buffer_clear(words);
}

/* --- the head --------------------------------------------------------------------------------- */

static void
write_verdicts(struct cas_page *page, const struct casus_claims *claims, struct cas_buffer *words)
{
    uint32_t counts[CASUS_EVIDENCE_COUNT] = {0};
    uint32_t events = casus_ledger_event_count(claims->ledger);
    for (uint32_t i = 0; i < events; i++)
        counts[casus_verdicts_evidence(claims->verdicts,
                                       casus_ledger_event_at(claims->ledger, i))]++;
    cas_buffer_clear(words);
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
        if (counts[i])
            cas_buffer_printf(words, "%s%" PRIu32 " %s", words->n ? ", " : "", counts[i],
                              casus_evidence_name((enum casus_evidence)i));
    page->failed |= words->failed;
    cas_page_fact(page, "Events", "%" PRIu32 ": %s", events, words->n ? words->s : "");
}

static void
write_grades(struct cas_page *page, const struct casus_claims *claims)
{
    uint32_t graded = 0, ungraded = 0;
    for (uint32_t i = 0; i < casus_ledger_event_count(claims->ledger); i++) {
        const struct casus_event *event =
            casus_dossier_event_at(claims->dossier, casus_ledger_event_at(claims->ledger, i));
        for (uint32_t j = 0; j < event->claim_count; j++) {
            const struct casus_claim *claim =
                casus_dossier_claim_at(claims->dossier, event->claims[j]);
            bool known = !isnan(cas_claims_probability(claims, claim));
            graded += known;
            ungraded += !known;
        }
    }
    cas_page_fact(page, "Grades",
                  "%" PRIu32 " claims with a probability, %" PRIu32
                  " ungraded, which are kept and have none; a claim counts at each of its events",
                  graded, ungraded);
}

static void
write_head(struct cas_page *page, const struct casus_claims *claims)
{
    const char *title = casus_dossier_title(claims->dossier);
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_page_title(page, title && title[0] ? title : "Who says what");
    cas_page_open_facts(page, CAS_SUMMARY_WIDTH);
    if (claims->heading.selection)
        cas_selection_words(&words, claims->heading.selection);
    if (words.n)
        cas_page_fact(page, "Selection", "%s", words.s);
    cas_buffer_clear(&words);
    if (claims->removed)
        cas_removed_words(&words, claims->removed);
    if (words.n)
        cas_page_fact(page, "Left out", "events: %s", words.s);
    cas_summary_inputs(page, &claims->heading, &(struct cas_inputs){.dossier = claims->dossier});
    write_verdicts(page, claims, &words);
    write_grades(page, claims);
    cas_page_close_facts(page);
    cas_buffer_done(&words);
}

/* --- an event --------------------------------------------------------------------------------- */

static void
say_told(struct cas_buffer *out, const struct casus_claims *claims, const struct casus_told *told)
{
    char figure[CAS_FIGURE_SIZE];
    cas_claims_voice(out, claims, told->by);
    cas_buffer_printf(out, " %s%s", cas_figure_text(&told->figure, figure),
                      told->floor ? " (some of the kinds: a floor)" : "");
}

static void
write_loss(struct cas_page *page, const struct casus_claims *claims,
           const struct casus_reconciled *row, struct cas_buffer *words)
{
    enum { TOLD_MAX = 8 };
    char figure[CAS_FIGURE_SIZE];
    cas_buffer_clear(words);
    cas_claims_kinds(words, row->what, " or ");
    cas_buffer_printf(words, " of %s: ", cas_claims_loser(claims, row->actor));
    for (uint32_t i = 0; i < row->told_count && i < TOLD_MAX; i++) {
        cas_buffer_text(words, i ? ", " : "");
        say_told(words, claims, &row->told[i]);
    }
    if (row->told_count > TOLD_MAX)
        cas_buffer_printf(words, ", and %" PRIu32 " more", row->told_count - TOLD_MAX);
    if (row->told_count > 1)
        cas_buffer_printf(words, "; all agree on %s",
                          row->excluded ? "no figure" : cas_figure_text(&row->agreed, figure));
    if (row->told_count > 1)
        cas_buffer_printf(words, "; widest %s", cas_figure_text(&row->widest, figure));
    page->failed |= words->failed;
    cas_page_bullet(page, words->failed ? "" : words->s);
}

static void
say_side(struct cas_buffer *out, const struct casus_claims *claims,
         const struct casus_contradiction *is, int side)
{
    cas_claims_voice(out, claims, is->between[side]);
    if (is->why == CASUS_CONFLICT_RIVALS)
        cas_buffer_text(out, " claims responsibility alone");
    else if (is->why == CASUS_CONFLICT_DENIAL)
        cas_buffer_text(out, side ? " tells it" : " denies it");
    else
        cas_buffer_text(out, " says ");
    if (is->why == CASUS_CONFLICT_FIGURES)
        cas_say_figure(out, is->says[side].low, is->says[side].high, is->what[side]);
}

static void
write_contradictions(struct cas_page *page, const struct casus_claims *claims, uint32_t number,
                     struct cas_buffer *words)
{
    uint32_t count = casus_verdicts_contradiction_count(claims->verdicts, number);
    if (!count)
        return;
    cas_page_paragraph(page, "These exclude each other:");
    cas_page_open_bullets(page);
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_contradiction *is =
            casus_verdicts_contradiction_at(claims->verdicts, number, i);
        cas_buffer_clear(words);
        say_side(words, claims, is, 0);
        cas_buffer_text(words, " — ");
        say_side(words, claims, is, 1);
        if (is->why == CASUS_CONFLICT_FIGURES)
            cas_buffer_printf(words, " of %s", cas_claims_loser(claims, is->actor));
        if (is->over > 1)
            cas_buffer_printf(words, ", over %" PRIu32 " events together", is->over);
        page->failed |= words->failed;
        cas_page_bullet(page, words->failed ? "" : words->s);
    }
    cas_page_close_bullets(page);
}

static void
write_claims(struct cas_page *page, const struct casus_claims *claims, uint32_t index,
             struct cas_buffer *words)
{
    static const struct cas_column columns[] = {
        {"claimant", false}, {"via", false},   {"stance", false}, {"date", false},
        {"source", false},   {"grade", false}, {"p", true},       {"losses", false, true}};
    const struct casus_event *event =
        casus_dossier_event_at(claims->dossier, casus_ledger_event_at(claims->ledger, index));
    const uint32_t *order = casus_ledger_claims(claims->ledger, index);
    char text[40];
    struct cas_table table;
    cas_table_init(&table, columns, sizeof columns / sizeof *columns);
    cas_buffer_clear(words);
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(claims->dossier, order[i]);
        cas_table_text(&table, claim->by == CASUS_NONE ? "(the source)"
                                                       : cas_claims_loser(claims, claim->by));
        cas_table_text(&table,
                       claim->via == CASUS_NONE ? NULL : cas_claims_loser(claims, claim->via));
        cas_table_text(&table, casus_stance_name(claim->stance));
        cas_table_text(&table, casus_period_known(&claim->date)
                                   ? casus_period_format(&claim->date, text)
                                   : NULL);
        cas_table_text(&table, claim->source == CASUS_NONE
                                   ? NULL
                                   : casus_dossier_source_at(claims->dossier, claim->source)->id);
        cas_table_text(&table, casus_claim_grade(claims->dossier, claim, text));
        cas_table_number(&table, cas_claims_probability(claims, claim));
        cas_claims_losses(words, claims, claim);
        if (claim->about_count > 1)
            cas_buffer_printf(words, "%s%" PRIu32 " events together", words->n ? " over " : "",
                              claim->about_count);
        move_cell(&table, words);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
}

static void
write_event(struct cas_page *page, const struct casus_claims *claims, uint32_t index,
            struct cas_buffer *words)
{
    uint32_t number = casus_ledger_event_at(claims->ledger, index);
    const struct casus_event *event = casus_dossier_event_at(claims->dossier, number);
    uint32_t losses = casus_ledger_loss_count(claims->ledger, index);
    cas_page_subsection(page, event->id);
    cas_buffer_clear(words);
    cas_claims_sentence(words, claims, index);
    page->failed |= words->failed;
    cas_page_paragraph(page, "%s", words->failed ? "" : words->s);
    if (event->claim_count)
        write_claims(page, claims, index, words);
    if (losses)
        cas_page_open_bullets(page);
    for (uint32_t i = 0; i < losses; i++)
        write_loss(page, claims, casus_ledger_loss_at(claims->ledger, index, i), words);
    if (losses)
        cas_page_close_bullets(page);
    write_contradictions(page, claims, number, words);
    cas_page_open_facts(page, 3);
    for (uint32_t i = 0; i < casus_verdicts_reason_count(claims->verdicts, number); i++)
        cas_page_fact(page, "why", "%s", casus_verdicts_reason_at(claims->verdicts, number, i));
    cas_page_close_facts(page);
}

static void
write_events(struct cas_page *page, const struct casus_claims *claims)
{
    uint32_t count = casus_ledger_event_count(claims->ledger), silent = 0;
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_page_section(page, "Events");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t event = casus_ledger_event_at(claims->ledger, i);
        if (casus_dossier_event_at(claims->dossier, event)->claim_count)
            write_event(page, claims, i, &words);
        else
            silent++;
    }
    if (silent)
        cas_page_paragraph(page,
                           "%" PRIu32 " event%s without a claim: not shown here; JSON and CSV "
                           "hold all.",
                           silent, cas_plural(silent));
    cas_buffer_done(&words);
}

/* --- claimants -------------------------------------------------------------------------------- */

static void
say_comparison(struct cas_buffer *out, const struct casus_comparison *is, const char *what,
               const char *whom)
{
    char said[CAS_FIGURE_SIZE], answered[CAS_FIGURE_SIZE];
    if (!is->cases && !is->unanswered)
        return;
    cas_buffer_printf(out, "%s%s: n = %" PRIu32, out->n ? "; " : "", what, is->cases);
    if (is->cases)
        cas_buffer_printf(out, " (it says more %" PRIu32 ", ranges meet %" PRIu32 ", less %" PRIu32,
                          is->above, is->meet, is->below);
    if (is->cases >= CASUS_CASES_MIN)
        cas_buffer_printf(out, "; more in %.0f %%", 100.0 * is->above / is->cases);
    cas_buffer_text(out, is->cases ? ")" : "");
    if (is->killed_cases)
        cas_buffer_printf(out, ", killed %s against %s of %s", cas_figure_text(&is->said, said),
                          cas_figure_text(&is->answered, answered), whom);
    if (is->unanswered)
        cas_buffer_printf(out, ", %" PRIu32 " without an answer", is->unanswered);
}

static void
write_claimants(struct cas_page *page, const struct casus_claims *claims)
{
    static const struct cas_column columns[] = {
        {"claimant", false},    {"claims", true},
        {"events", true},       {"alone", true},
        {"corroborated", true}, {"contradicted", true},
        {"admitted", true},     {"losses told", false, true}};
    struct cas_table table;
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_table_init(&table, columns, sizeof columns / sizeof *columns);
    cas_page_section(page, "Claimants");
    for (uint32_t i = 0; i < casus_ledger_record_count(claims->ledger); i++) {
        const struct casus_record *record = casus_ledger_record_at(claims->ledger, i);
        cas_claims_voice(&words, claims, record->voice);
        move_cell(&table, &words);
        cas_table_number(&table, record->claims);
        cas_table_number(&table, record->events);
        cas_table_number(&table, record->alone);
        cas_table_number(&table, record->corroborated);
        cas_table_number(&table, record->contradicted);
        cas_table_number(&table, record->admitted);
        say_comparison(&words, &record->enemy, "enemy losses claimed", "the enemy's");
        say_comparison(&words, &record->own, "own losses admitted", "the enemy's");
        move_cell(&table, &words);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_buffer_done(&words);
}

/* --- definitions ------------------------------------------------------------------------------ */

static void
write_definitions(struct cas_page *page, const struct casus_claims *claims)
{
    static const char *const rows[][2] = {
        {"claimant", "an actor with its outlets, units, persons and bases; without one, the source "
                     "in its own voice"},
        {"disputed", "somebody denies it, or two that are not one claimant claim responsibility "
                     "alone"},
        {"corroborated", "claimants of opposed sides tell it, or an independent observer and "
                         "anyone else (the Admiralty scale's \"confirmed by independent "
                         "sources\")"},
        {"admitted", "only the side that suffers by it, or is accused, tells of its own loss or "
                     "its own attack on civilians (a statement against interest, Federal Rules of "
                     "Evidence 804(b)(3)); of a claimant: how often it tells such"},
        {"one-sided", "several claimants, none opposed, none independent"},
        {"single", "one claimant"},
        {"unsourced", "nobody is named who says so"},
        {"opposed", "two sides that an attack of the dossier joins; independent: of no side, "
                    "parent or support tie of a party"},
        {"figures", "low–best–high; ≥ and ≤ where one bound is given. They exclude each other "
                    "where ranges for the same actor and kinds do not meet. Nothing is averaged"},
        {"floor", "killed is the least of killed or missing: who gives some kinds of a sum gives "
                  "its floor"},
        {"alone", "of the events that a claimant tells: nobody else does; contradicted: it is "
                  "denied, has a rival or gives a figure that another's excludes"},
        {"n", "events and actors of which both sides give a figure of the same kinds; no rate is "
              "made of fewer than 5"},
        {"grade", "Admiralty: reliability A–F of the source, credibility 1–6 of the claim; F and "
                  "6 are unknown, not false"},
    };
    cas_page_section(page, "Definitions");
    cas_page_open_facts(page, 12);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cas_page_fact(page, rows[i][0], "%s", rows[i][1]);
    cas_page_fact(page, "p", "the credibility's probability by %s%s; – is ungraded",
                  claims->probabilities ? "the table given"
                                        : "STIX 2.1 (1 to 5: 0.9, 0.7, 0.5, 0.3, 0.1)",
                  claims->probabilities && claims->probabilities->weighs
                      ? ", times that of the source's reliability"
                      : "; reliability is shown and does not weigh");
    cas_page_close_facts(page);
}

enum casus_status
cas_claims_page(const struct casus_claims *claims, enum casus_layout layout,
                struct casus_output *output, struct casus_error *err)
{
    struct cas_page page;
    cas_page_init(&page, &claims->heading, layout, output);
    write_head(&page, claims);
    write_events(&page, claims);
    write_claimants(&page, claims);
    write_definitions(&page, claims);
    return cas_page_done(&page, err);
}

enum casus_status
casus_claims_write(const struct casus_claims *claims, enum casus_layout layout,
                   struct casus_output *output, struct casus_error *err)
{
    if (layout == CASUS_JSON)
        return cas_claims_json(claims, output, err);
    if (layout == CASUS_CSV)
        return cas_claims_csv(claims, output, err);
    return cas_claims_page(claims, layout, output, err);
}
