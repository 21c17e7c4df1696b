/* The ledger as JSON: an event a line, then a claimant a line.
 *
 * Beside the keys of the design: claims carry "speaks_for" (the claimant that they count for),
 * "probability", and "about" where they are about several events; a loss holds the widest range as
 * low and high, "agreed" (null where nothing is allowed by all), and by whom each figure is;
 * contradictions of figures carry whose losses, and what each says.
 */
#include "report/claims.h"
#include "report/envelope.h"

#include <math.h>

static const char *
actor_id(const struct casus_claims *claims, uint32_t actor)
{
    return actor == CASUS_NONE ? NULL : casus_dossier_actor_at(claims->dossier, actor)->id;
}

static void
add_what(struct cas_json *json, struct cJSON *object, const char *key, uint8_t what)
{
    struct cJSON *array = cas_json_add_array(json, object, key);
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        if (what & CASUS_BIT(kind))
            cas_json_add_text(json, array, NULL, casus_loss_name((enum casus_loss_kind)kind));
}

static void
add_bound(struct cas_json *json, struct cJSON *object, const char *key, int64_t bound)
{
    if (bound >= 0)
        cas_json_add_count(json, object, key, (uint64_t)bound);
    else
        cas_json_add_null(json, object, key);
}

static void
add_bounds(struct cas_json *json, struct cJSON *object, const struct casus_figure *figure)
{
    add_bound(json, object, "low", figure->low);
    add_bound(json, object, "best", figure->best);
    add_bound(json, object, "high", figure->high);
}

/* {"by": "isis"}, {"source": "gazette"}, {"data": true} */
static void
add_voice(struct cas_json *json, struct cJSON *object, const struct casus_claims *claims,
          struct casus_voice voice)
{
    if (voice.kind == CASUS_VOICE_DATA)
        cas_json_add_bool(json, object, "data", true);
    else
        cas_json_add_text(json, object, voice.kind == CASUS_VOICE_ACTOR ? "by" : "source",
                          cas_claims_voice_id(claims, voice));
}

/* --- an event --------------------------------------------------------------------------------- */

static void
add_claim_losses(struct cas_json *json, struct cJSON *object, const struct casus_claims *claims,
                 const struct casus_claim *claim)
{
    struct cJSON *losses = cas_json_add_array(json, object, "losses");
    for (uint32_t i = 0; i < claim->loss_count; i++) {
        struct cJSON *loss = cas_json_add_object(json, losses, NULL);
        cas_json_add_text(json, loss, "actor", actor_id(claims, claim->losses[i].actor));
        add_what(json, loss, "what", claim->losses[i].what);
        add_bounds(json, loss, &claim->losses[i].figure);
    }
}

static void
add_claim(struct cas_json *json, struct cJSON *array, const struct casus_claims *claims,
          const struct casus_claim *claim, uint32_t event)
{
    char grade[8], period[40];
    struct cJSON *object = cas_json_add_object(json, array, NULL);
    struct casus_voice voice = casus_claim_voice(claims->dossier, claim, event);
    bool named = claim->source != CASUS_NONE;
    cas_json_add_text(json, object, "by", actor_id(claims, claim->by));
    cas_json_add_text(json, object, "speaks_for",
                      voice.kind == CASUS_VOICE_ACTOR ? actor_id(claims, voice.who) : NULL);
    cas_json_add_text(json, object, "via", actor_id(claims, claim->via));
    cas_json_add_text(json, object, "stance", casus_stance_name(claim->stance));
    cas_json_add_text(json, object, "of", actor_id(claims, claim->of));
    cas_json_add_text(json, object, "date",
                      casus_period_known(&claim->date) ? casus_period_format(&claim->date, period)
                                                       : NULL);
    cas_json_add_text(json, object, "source",
                      named ? casus_dossier_source_at(claims->dossier, claim->source)->id : NULL);
    casus_claim_grade(claims->dossier, claim, grade);
    cas_json_add_text(json, object, "grade", grade[0] ? grade : NULL);
    cas_json_add_number(json, object, "probability", cas_claims_probability(claims, claim));
    add_claim_losses(json, object, claims, claim);
    if (claim->about_count < 2)
        return;
    struct cJSON *about = cas_json_add_array(json, object, "about");
    for (uint32_t i = 0; i < claim->about_count; i++)
        cas_json_add_text(json, about, NULL,
                          casus_dossier_event_at(claims->dossier, claim->about[i])->id);
}

static void
add_loss(struct cas_json *json, struct cJSON *array, const struct casus_claims *claims,
         const struct casus_reconciled *row)
{
    struct cJSON *object = cas_json_add_object(json, array, NULL);
    cas_json_add_text(json, object, "actor", actor_id(claims, row->actor));
    add_what(json, object, "what", row->what);
    add_bounds(json, object, &row->widest);
    if (row->excluded)
        cas_json_add_null(json, object, "agreed");
    else
        cas_json_add_figure(json, object, "agreed", &row->agreed);
    struct cJSON *by = cas_json_add_array(json, object, "by");
    for (uint32_t i = 0; i < row->told_count; i++) {
        struct cJSON *told = cas_json_add_object(json, by, NULL);
        add_voice(json, told, claims, row->told[i].by);
        add_bounds(json, told, &row->told[i].figure);
        cas_json_add_bool(json, told, "floor", row->told[i].floor);
    }
}

static void
add_contradiction(struct cas_json *json, struct cJSON *array, const struct casus_claims *claims,
                  const struct casus_contradiction *is)
{
    struct cJSON *object = cas_json_add_object(json, array, NULL);
    struct cJSON *between = cas_json_add_array(json, object, "between");
    for (int i = 0; i < 2; i++)
        cas_json_add_text(json, between, NULL, cas_claims_voice_id(claims, is->between[i]));
    bool figures = is->why == CASUS_CONFLICT_FIGURES;
    cas_json_add_text(json, object, "about", figures ? "losses" : "event");
    cas_json_add_text(json, object, "why", casus_conflict_name(is->why));
    if (!figures)
        return;
    cas_json_add_text(json, object, "actor", actor_id(claims, is->actor));
    add_what(json, object, "what", is->set);
    struct cJSON *says = cas_json_add_array(json, object, "says");
    for (int i = 0; i < 2; i++) {
        struct cJSON *one = cas_json_add_object(json, says, NULL);
        add_voice(json, one, claims, is->between[i]);
        add_what(json, one, "what", is->what[i]);
        add_bound(json, one, "low", is->says[i].low);
        add_bound(json, one, "high", is->says[i].high);
    }
    cas_json_add_count(json, object, "over", is->over);
}

static void
add_sentence(struct cas_json *json, struct cJSON *object, const struct casus_claims *claims,
             uint32_t index)
{
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_claims_sentence(&words, claims, index);
    json->failed |= words.failed;
    cas_json_add_text(json, object, "sentence", words.s);
    cas_buffer_done(&words);
}

static void
put_event(struct cas_json *json, const struct casus_claims *claims, uint32_t index)
{
    const struct casus_verdicts *verdicts = claims->verdicts;
    uint32_t number = casus_ledger_event_at(claims->ledger, index);
    const struct casus_event *event = casus_dossier_event_at(claims->dossier, number);
    const uint32_t *order = casus_ledger_claims(claims->ledger, index);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", event->id);
    cas_json_add_text(json, object, "evidence",
                      casus_evidence_name(casus_verdicts_evidence(verdicts, number)));
    cas_json_add_text(json, object, "figures",
                      casus_figures_name(casus_verdicts_figures(verdicts, number)));
    struct cJSON *reasons = cas_json_add_array(json, object, "reasons");
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, number); i++)
        cas_json_add_text(json, reasons, NULL, casus_verdicts_reason_at(verdicts, number, i));
    add_sentence(json, object, claims, index);
    struct cJSON *array = cas_json_add_array(json, object, "claims");
    for (uint32_t i = 0; i < event->claim_count; i++)
        add_claim(json, array, claims, casus_dossier_claim_at(claims->dossier, order[i]), number);
    array = cas_json_add_array(json, object, "losses");
    for (uint32_t i = 0; i < casus_ledger_loss_count(claims->ledger, index); i++)
        add_loss(json, array, claims, casus_ledger_loss_at(claims->ledger, index, i));
    array = cas_json_add_array(json, object, "contradictions");
    for (uint32_t i = 0; i < casus_verdicts_contradiction_count(verdicts, number); i++)
        add_contradiction(json, array, claims,
                          casus_verdicts_contradiction_at(verdicts, number, i));
    cas_json_put(json, NULL, object);
}

/* --- a claimant ------------------------------------------------------------------------------- */

static void
add_comparison(struct cas_json *json, struct cJSON *parent, const char *key,
               const struct casus_comparison *is)
{
    struct cJSON *object = cas_json_add_object(json, parent, key);
    cas_json_add_count(json, object, "cases", is->cases);
    cas_json_add_count(json, object, "above", is->above);
    cas_json_add_count(json, object, "meet", is->meet);
    cas_json_add_count(json, object, "below", is->below);
    cas_json_add_count(json, object, "unanswered", is->unanswered);
    if (is->cases >= CASUS_CASES_MIN)
        cas_json_add_number(json, object, "above_rate", (double)is->above / is->cases);
    else
        cas_json_add_null(json, object, "above_rate");
    cas_json_add_count(json, object, "killed_cases", is->killed_cases);
    struct cJSON *said = cas_json_add_object(json, object, "killed_said");
    add_bound(json, said, "low", is->killed_cases ? is->said.low : -1);
    add_bound(json, said, "high", is->killed_cases ? is->said.high : -1);
    struct cJSON *answered = cas_json_add_object(json, object, "killed_answered");
    add_bound(json, answered, "low", is->killed_cases ? is->answered.low : -1);
    add_bound(json, answered, "high", is->killed_cases ? is->answered.high : -1);
}

static void
put_record(struct cas_json *json, const struct casus_claims *claims,
           const struct casus_record *record)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", cas_claims_voice_id(claims, record->voice));
    cas_json_add_text(json, object, "voice",
                      record->voice.kind == CASUS_VOICE_ACTOR ? "claimant" : "source");
    cas_json_add_count(json, object, "claims", record->claims);
    cas_json_add_count(json, object, "events", record->events);
    cas_json_add_count(json, object, "denied", record->denied);
    cas_json_add_count(json, object, "alone", record->alone);
    cas_json_add_count(json, object, "corroborated", record->corroborated);
    cas_json_add_count(json, object, "contradicted", record->contradicted);
    cas_json_add_count(json, object, "admitted", record->admitted);
    add_comparison(json, object, "enemy_losses", &record->enemy);
    add_comparison(json, object, "own_losses", &record->own);
    cas_json_put(json, NULL, object);
}

enum casus_status
cas_claims_json(const struct casus_claims *claims, struct casus_output *output,
                struct casus_error *err)
{
    const struct cas_inputs inputs = {.dossier = claims->dossier};
    struct cas_json json;
    cas_json_init(&json, output);
    cas_envelope_open(&json, &claims->heading, &inputs);
    cas_json_open_array(&json, "events");
    for (uint32_t i = 0; i < casus_ledger_event_count(claims->ledger); i++)
        put_event(&json, claims, i);
    cas_json_close(&json);
    cas_json_open_array(&json, "claimants");
    for (uint32_t i = 0; i < casus_ledger_record_count(claims->ledger); i++)
        put_record(&json, claims, casus_ledger_record_at(claims->ledger, i));
    cas_json_close(&json);
    cas_json_close(&json);
    return cas_json_done(&json, err);
}
