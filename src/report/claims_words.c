/* The words of the ledger: voices, losses, and one sentence an event. */
#include "report/claims.h"

#include <inttypes.h>

#include "claim/verdicts.h"

enum { NAMES_MAX = 4, CLAUSES_MAX = 6, LOSSES_MAX = 6 };

void
cas_claims_voice(struct cas_buffer *out, const struct casus_claims *claims,
                 struct casus_voice voice)
{
    cas_voice_say(out, claims->dossier, voice);
}

const char *
cas_claims_voice_id(const struct casus_claims *claims, struct casus_voice voice)
{
    if (voice.kind == CASUS_VOICE_ACTOR)
        return casus_dossier_actor_at(claims->dossier, voice.who)->id;
    if (voice.kind == CASUS_VOICE_SOURCE && voice.who != CASUS_NONE)
        return casus_dossier_source_at(claims->dossier, voice.who)->id;
    return NULL;
}

static const char *
name_of(const struct casus_claims *claims, uint32_t actor)
{
    return casus_dossier_actor_at(claims->dossier, actor)->name;
}

const char *
cas_claims_loser(const struct casus_claims *claims, uint32_t actor)
{
    return actor == CASUS_NONE ? "people of nobody known" : name_of(claims, actor);
}

void
cas_claims_kinds(struct cas_buffer *out, uint8_t what, const char *between)
{
    bool begun = false;
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        if (!(what & CASUS_BIT(kind)))
            continue;
        cas_buffer_printf(out, "%s%s", begun ? between : "",
                          casus_loss_name((enum casus_loss_kind)kind));
        begun = true;
    }
}

double
cas_claims_probability(const struct casus_claims *claims, const struct casus_claim *claim)
{
    struct casus_probabilities standard;
    casus_probabilities_init(&standard);
    return casus_claim_probability(claims->dossier, claim,
                                   claims->probabilities ? claims->probabilities : &standard);
}

static void
say_loss(struct cas_buffer *out, const struct casus_loss *loss)
{
    if (loss->some) {
        cas_buffer_text(out, "some ");
        cas_claims_kinds(out, loss->what, " or ");
        return;
    }
    cas_say_figure(out, casus_figure_least(&loss->figure), casus_figure_most(&loss->figure),
                   loss->what);
    if (loss->figure.best >= 0 && loss->figure.low != loss->figure.high &&
        (loss->figure.low >= 0 || loss->figure.high >= 0))
        cas_buffer_printf(out, ", %" PRId64 " its best figure,", loss->figure.best);
}

void
cas_claims_losses(struct cas_buffer *out, const struct casus_claims *claims,
                  const struct casus_claim *claim)
{
    for (uint32_t i = 0; i < claim->loss_count && i < LOSSES_MAX; i++) {
        const struct casus_loss *loss = &claim->losses[i];
        bool last = i + 1 == claim->loss_count || i + 1 == LOSSES_MAX ||
                    claim->losses[i + 1].actor != loss->actor;
        cas_buffer_text(out, i ? ", " : "");
        say_loss(out, loss);
        if (last)
            cas_buffer_printf(out, " of %s", cas_claims_loser(claims, loss->actor));
    }
    if (claim->loss_count > LOSSES_MAX)
        cas_buffer_printf(out, " and %u figures more", claim->loss_count - LOSSES_MAX);
}

/* --- the sentence ----------------------------------------------------------------------------- */

static void
say_names(struct cas_buffer *out, const struct casus_claims *claims, const uint32_t *actors,
          uint32_t count)
{
    if (!count)
        cas_buffer_text(out, "somebody unnamed");
    for (uint32_t i = 0; i < count && i < NAMES_MAX; i++)
        cas_buffer_printf(out, "%s%s",
                          i == 0           ? ""
                          : i + 1 == count ? " and "
                                           : ", ",
                          name_of(claims, actors[i]));
    if (count > NAMES_MAX)
        cas_buffer_printf(out, " and %u more", count - NAMES_MAX);
}

/* "suicide bombing" of "suicide-bombing" */
static void
say_type(struct cas_buffer *out, const char *type)
{
    if (strcmp(type, "ied") == 0)
        type = "roadside bombing";
    for (; *type; type++)
        cas_buffer_char(out, *type == '-' ? ' ' : *type);
}

static void
say_what(struct cas_buffer *out, const struct casus_claims *claims, const struct casus_event *event)
{
    static const char *const by[] = {"by", "from", "by"}, *const on[] = {"on", "for", "about"};
    cas_buffer_text(out, "The ");
    say_type(out, event->type);
    cas_buffer_printf(out, " %s ", event->directed ? by[event->relation] : "between");
    say_names(out, claims, event->from, event->from_count);
    if (event->to_count || event->relation != CASUS_CLAIM) {
        bool land = strcmp(event->type, "territory-taken") == 0;
        cas_buffer_printf(out, " %s ",
                          !event->directed ? "and" : land ? "from" : on[event->relation]);
        say_names(out, claims, event->to, event->to_count);
    }
}

static void
say_when(struct cas_buffer *out, const struct casus_event *event)
{
    char period[40];
    cas_buffer_printf(out, " (%s",
                      casus_period_known(&event->date) ? casus_period_format(&event->date, period)
                                                       : "undated");
    if (event->place_name)
        cas_buffer_printf(out, ", %s", event->place_name);
    cas_buffer_text(out, ")");
}

static void
say_stance(struct cas_buffer *out, const struct casus_claims *claims,
           const struct casus_claim *claim, const struct casus_event *event)
{
    static const char *const words[] = {
        " claims responsibility", " reports it", " announces it", " blames ", " denies it",
        " bears it out"};
    cas_buffer_text(out, words[claim->stance]);
    if (claim->stance == CASUS_BLAME && event->relation == CASUS_CLAIM)
        say_names(out, claims, event->to, event->to_count);
    else if (claim->stance == CASUS_BLAME)
        say_names(out, claims, event->from, event->from_count);
    if (claim->of != CASUS_NONE)
        cas_buffer_printf(out, ", answering %s", name_of(claims, claim->of));
}

/* "Islamic State claims responsibility via Amaq on 2019-04-18, with 20 killed of …" */
static void
say_claim(struct cas_buffer *out, const struct casus_claims *claims,
          const struct casus_claim *claim, const struct casus_event *event)
{
    char period[40];
    if (claim->by != CASUS_NONE)
        cas_buffer_text(out, name_of(claims, claim->by));
    else
        cas_claims_voice(out, claims, (struct casus_voice){CASUS_VOICE_SOURCE, claim->source});
    say_stance(out, claims, claim, event);
    if (claim->via != CASUS_NONE)
        cas_buffer_printf(out, " via %s", name_of(claims, claim->via));
    if (casus_period_known(&claim->date))
        cas_buffer_printf(out, " (%s)", casus_period_format(&claim->date, period));
    if (claim->loss_count)
        cas_buffer_text(out, ", with ");
    cas_claims_losses(out, claims, claim);
    if (claim->about_count > 1)
        cas_buffer_printf(out, "%s%u events together", claim->loss_count ? " over " : ", of ",
                          claim->about_count);
}

void
cas_claims_sentence(struct cas_buffer *out, const struct casus_claims *claims, uint32_t index)
{
    static const char *const verdicts[] = {" is disputed",          " is corroborated",
                                           " is admitted",          " is told by one side",
                                           " is told by one alone", " is told by nobody named"};
    uint32_t number = casus_ledger_event_at(claims->ledger, index);
    const struct casus_event *event = casus_dossier_event_at(claims->dossier, number);
    const uint32_t *order = casus_ledger_claims(claims->ledger, index);
    say_what(out, claims, event);
    say_when(out, event);
    cas_buffer_text(out, verdicts[casus_verdicts_evidence(claims->verdicts, number)]);
    if (casus_verdicts_figures(claims->verdicts, number) == CASUS_FIGURES_EXCLUDE)
        cas_buffer_text(out, ", and figures exclude each other");
    for (uint32_t i = 0; i < event->claim_count && i < CLAUSES_MAX; i++) {
        cas_buffer_text(out, i ? "; " : ": ");
        say_claim(out, claims, casus_dossier_claim_at(claims->dossier, order[i]), event);
    }
    if (event->claim_count > CLAUSES_MAX)
        cas_buffer_printf(out, "; and %u claims more", event->claim_count - CLAUSES_MAX);
    cas_buffer_text(out, ".");
}
