/* The ledger as CSV: one row a claim and loss; an event that nobody claims anything of has one. */
#include "report/claims.h"
#include "report/csv.h"

#include <math.h>

static void
write_actor(struct cas_csv *csv, const struct casus_claims *claims, uint32_t actor)
{
    cas_csv_text(csv,
                 actor == CASUS_NONE ? NULL : casus_dossier_actor_at(claims->dossier, actor)->id);
}

static void
write_bound(struct cas_csv *csv, int64_t bound)
{
    if (bound >= 0)
        cas_csv_count(csv, (uint64_t)bound);
    else
        cas_csv_text(csv, NULL);
}

static void
write_event(struct cas_csv *csv, const struct casus_claims *claims, uint32_t number)
{
    const struct casus_event *event = casus_dossier_event_at(claims->dossier, number);
    char period[40];
    cas_csv_text(csv, event->id);
    cas_csv_text(csv, event->type);
    cas_csv_text(csv, casus_period_known(&event->date) ? casus_period_format(&event->date, period)
                                                       : NULL);
    cas_csv_text(csv, casus_evidence_name(casus_verdicts_evidence(claims->verdicts, number)));
    cas_csv_text(csv, casus_figures_name(casus_verdicts_figures(claims->verdicts, number)));
    cas_csv_count(csv, casus_verdicts_contradiction_count(claims->verdicts, number));
}

static void
write_claim(struct cas_csv *csv, const struct casus_claims *claims, const struct casus_claim *claim,
            uint32_t event)
{
    char grade[8], period[40];
    struct casus_voice voice = casus_claim_voice(claims->dossier, claim, event);
    write_actor(csv, claims, claim->by);
    cas_csv_text(csv, cas_claims_voice_id(claims, voice));
    write_actor(csv, claims, claim->via);
    cas_csv_text(csv, casus_stance_name(claim->stance));
    write_actor(csv, claims, claim->of);
    cas_csv_text(csv, casus_period_known(&claim->date) ? casus_period_format(&claim->date, period)
                                                       : NULL);
    cas_csv_text(csv, claim->source == CASUS_NONE
                          ? NULL
                          : casus_dossier_source_at(claims->dossier, claim->source)->id);
    cas_csv_text(csv, casus_claim_grade(claims->dossier, claim, grade));
    cas_csv_number(csv, cas_claims_probability(claims, claim));
    cas_csv_count(csv, claim->about_count);
}

static void
write_loss(struct cas_csv *csv, const struct casus_claims *claims, const struct casus_loss *loss)
{
    struct cas_buffer what;
    cas_buffer_init(&what);
    cas_claims_kinds(&what, loss->what, "|");
    write_actor(csv, claims, loss->actor);
    cas_csv_text(csv, what.s);
    csv->failed |= what.failed;
    cas_buffer_done(&what);
    write_bound(csv, loss->figure.low);
    write_bound(csv, loss->figure.best);
    write_bound(csv, loss->figure.high);
}

static void
write_empty(struct cas_csv *csv, unsigned cells)
{
    while (cells--)
        cas_csv_text(csv, NULL);
}

enum { CLAIM_CELLS = 10, LOSS_CELLS = 5 };

static void
write_rows(struct cas_csv *csv, const struct casus_claims *claims, uint32_t number,
           const struct casus_claim *claim)
{
    uint32_t i = 0;
    do {
        write_event(csv, claims, number);
        write_claim(csv, claims, claim, number);
        if (claim->loss_count)
            write_loss(csv, claims, &claim->losses[i]);
        else
            write_empty(csv, LOSS_CELLS);
        cas_csv_end_row(csv);
    } while (++i < claim->loss_count);
}

enum casus_status
cas_claims_csv(const struct casus_claims *claims, struct casus_output *output,
               struct casus_error *err)
{
    static const char *const titles[] = {
        "event",       "type",         "date",   "evidence", "figures", "contradictions", "by",
        "speaks_for",  "via",          "stance", "of",       "claimed", "source",         "grade",
        "probability", "about_events", "actor",  "what",     "low",     "best",           "high"};
    struct cas_csv csv;
    cas_csv_init(&csv, output);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        cas_csv_text(&csv, titles[i]);
    cas_csv_end_row(&csv);
    for (uint32_t i = 0; i < casus_ledger_event_count(claims->ledger); i++) {
        uint32_t number = casus_ledger_event_at(claims->ledger, i);
        uint32_t count = casus_dossier_event_at(claims->dossier, number)->claim_count;
        const uint32_t *order = casus_ledger_claims(claims->ledger, i);
        for (uint32_t j = 0; j < count; j++)
            write_rows(&csv, claims, number, casus_dossier_claim_at(claims->dossier, order[j]));
        if (count)
            continue;
        write_event(&csv, claims, number);
        write_empty(&csv, CLAIM_CELLS + LOSS_CELLS);
        cas_csv_end_row(&csv);
    }
    return cas_csv_done(&csv, err);
}
