/* Events of the page, each with its claims side by side and what they come to. */
#include "report/view.h"

#include <math.h>

enum { SENTENCES_MOST = 5000 };

static void
add_given(struct cas_view *page, struct cJSON *object, const char *key, const char *text)
{
    if (text && *text)
        cas_json_add_text(page->json, object, key, text);
}

static void
add_actors(struct cas_view *page, struct cJSON *object, const char *key, const uint32_t *actors,
           uint32_t count)
{
    struct cJSON *array = cas_json_add_array(page->json, object, key);
    for (uint32_t i = 0; i < count; i++)
        cas_view_add_actor(page, array, NULL, actors[i]);
}

static void
add_what(struct cas_view *page, struct cJSON *object, uint8_t what)
{
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_claims_kinds(&words, what, " or ");
    page->json->failed |= words.failed;
    cas_json_add_text(page->json, object, "what", words.s);
    cas_buffer_done(&words);
}

/* [low, best, high], null where nobody gave it. */
static void
add_figure(struct cas_view *page, struct cJSON *object, const char *key,
           const struct casus_figure *figure)
{
    const int64_t parts[] = {figure->low, figure->best, figure->high};
    struct cJSON *array = cas_json_add_array(page->json, object, key);
    for (int i = 0; i < 3; i++) {
        if (parts[i] < 0)
            cas_json_add_null(page->json, array, NULL);
        else
            cas_json_add_count(page->json, array, NULL, (uint64_t)parts[i]);
    }
}

/* --- claims ----------------------------------------------------------------------------------- */

static void
add_losses(struct cas_view *page, struct cJSON *object, const struct casus_loss *losses,
           uint32_t count)
{
    struct cJSON *array = count ? cas_json_add_array(page->json, object, "losses") : NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct cJSON *loss = cas_json_add_object(page->json, array, NULL);
        cas_view_add_actor(page, loss, "actor", losses[i].actor);
        add_what(page, loss, losses[i].what);
        if (losses[i].some)
            cas_json_add_bool(page->json, loss, "some", true);
        add_figure(page, loss, "figure", &losses[i].figure);
    }
}

static void
add_about(struct cas_view *page, struct cJSON *object, const struct casus_claim *claim)
{
    if (claim->about_count < 2)
        return;
    struct cJSON *array = cas_json_add_array(page->json, object, "about");
    for (uint32_t i = 0; i < claim->about_count; i++)
        cas_json_add_text(page->json, array, NULL,
                          casus_dossier_event_at(page->view->dossier, claim->about[i])->id);
}

static void
add_source(struct cas_view *page, struct cJSON *object, uint32_t source)
{
    if (source != CASUS_NONE)
        cas_json_add_count(page->json, object, "source", source);
}

static void
add_claim(struct cas_view *page, struct cJSON *array, const struct casus_claim *claim,
          uint32_t event)
{
    const struct casus_dossier *dossier = page->view->dossier;
    struct casus_voice voice = casus_claim_voice(dossier, claim, event);
    struct cJSON *object = cas_json_add_object(page->json, array, NULL);
    char text[40];
    cas_view_add_actor(page, object, "by", claim->by);
    cas_view_add_actor(page, object, "speaks_for",
                       voice.kind == CASUS_VOICE_ACTOR ? voice.who : CASUS_NONE);
    if (claim->via != CASUS_NONE)
        cas_view_add_actor(page, object, "via", claim->via);
    if (claim->of != CASUS_NONE)
        cas_view_add_actor(page, object, "of", claim->of);
    cas_json_add_text(page->json, object, "stance", casus_stance_name(claim->stance));
    if (casus_period_known(&claim->date))
        cas_json_add_text(page->json, object, "date", casus_period_format(&claim->date, text));
    add_source(page, object, claim->source);
    add_given(page, object, "grade", casus_claim_grade(dossier, claim, text));
    add_given(page, object, "url", claim->url);
    add_given(page, object, "note", claim->note);
    add_losses(page, object, claim->losses, claim->loss_count);
    add_about(page, object, claim);
}

/* --- what they come to ------------------------------------------------------------------------ */

static void
add_told(struct cas_view *page, struct cJSON *array, const struct casus_told *told)
{
    struct cJSON *object = cas_json_add_object(page->json, array, NULL);
    if (told->by.kind == CASUS_VOICE_ACTOR)
        cas_view_add_actor(page, object, "by", told->by.who);
    else if (told->by.kind == CASUS_VOICE_SOURCE)
        add_source(page, object, told->by.who);
    if (told->floor)
        cas_json_add_bool(page->json, object, "floor", true);
    add_figure(page, object, "figure", &told->figure);
}

static void
add_reconciled(struct cas_view *page, struct cJSON *array, const struct casus_reconciled *row)
{
    struct cJSON *object = cas_json_add_object(page->json, array, NULL);
    cas_view_add_actor(page, object, "actor", row->actor);
    add_what(page, object, row->what);
    add_figure(page, object, "widest", &row->widest);
    if (row->excluded)
        cas_json_add_bool(page->json, object, "excluded", true);
    struct cJSON *told = cas_json_add_array(page->json, object, "told");
    for (uint32_t i = 0; i < row->told_count; i++)
        add_told(page, told, &row->told[i]);
}

/* One sentence that can be quoted. Data sets of many events would double in size for it. */
static void
add_sentence(struct cas_view *page, struct cJSON *object, uint32_t row)
{
    struct cas_buffer words;
    if (page->event_count > SENTENCES_MOST)
        return;
    cas_buffer_init(&words);
    cas_claims_sentence(&words, &page->claims, row);
    page->json->failed |= words.failed;
    add_given(page, object, "sentence", words.s);
    cas_buffer_done(&words);
}

/* --- the event -------------------------------------------------------------------------------- */

static void
add_when(struct cas_view *page, struct cJSON *object, const struct casus_period *date)
{
    char text[40];
    if (!casus_period_known(date))
        return;
    cas_json_add_text(page->json, object, "date", casus_period_format(date, text));
    int32_t first = casus_period_first_day(date), last = casus_period_last_day(date);
    struct cJSON *days = cas_json_add_array(page->json, object, "days");
    if (first == CASUS_DAY_MIN)
        cas_json_add_null(page->json, days, NULL);
    else
        cas_json_add_number(page->json, days, NULL, first);
    if (last == CASUS_DAY_MAX)
        cas_json_add_null(page->json, days, NULL);
    else
        cas_json_add_number(page->json, days, NULL, last);
}

static void
add_where(struct cas_view *page, struct cJSON *object, const struct casus_event *event)
{
    add_given(page, object, "place", event->place_name);
    add_given(page, object, "place_note", event->place_note);
    if (isnan(event->lat) || isnan(event->lon))
        return;
    struct cJSON *at = cas_json_add_array(page->json, object, "at");
    cas_json_add_number(page->json, at, NULL, event->lat);
    cas_json_add_number(page->json, at, NULL, event->lon);
}

static void
add_verdict(struct cas_view *page, struct cJSON *object, uint32_t number)
{
    const struct casus_verdicts *verdicts = page->view->verdicts;
    cas_json_add_text(page->json, object, "evidence",
                      casus_evidence_name(casus_verdicts_evidence(verdicts, number)));
    cas_json_add_text(page->json, object, "figures",
                      casus_figures_name(casus_verdicts_figures(verdicts, number)));
    struct cJSON *reasons = cas_json_add_array(page->json, object, "reasons");
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, number); i++)
        cas_json_add_text(page->json, reasons, NULL, casus_verdicts_reason_at(verdicts, number, i));
}

static void
add_sources(struct cas_view *page, struct cJSON *object, const struct casus_event *event)
{
    struct cJSON *array =
        event->source_count ? cas_json_add_array(page->json, object, "sources") : NULL;
    for (uint32_t i = 0; i < event->source_count; i++)
        cas_json_add_count(page->json, array, NULL, event->sources[i]);
}

static void
put_event(struct cas_view *page, uint32_t row)
{
    const struct casus_ledger *ledger = page->view->ledger;
    const struct casus_dossier *dossier = page->view->dossier;
    uint32_t number = casus_ledger_event_at(ledger, row);
    const struct casus_event *event = casus_dossier_event_at(dossier, number);
    const uint32_t *order = casus_ledger_claims(ledger, row);
    struct cJSON *object = cas_json_object(page->json);
    cas_json_add_text(page->json, object, "id", event->id);
    cas_json_add_text(page->json, object, "type", event->type);
    cas_json_add_text(page->json, object, "relation", casus_relation_name(event->relation));
    if (!event->directed)
        cas_json_add_bool(page->json, object, "undirected", true);
    add_when(page, object, &event->date);
    add_where(page, object, event);
    add_actors(page, object, "from", event->from, event->from_count);
    add_actors(page, object, "to", event->to, event->to_count);
    add_given(page, object, "note", event->note);
    add_sources(page, object, event);
    add_verdict(page, object, number);
    add_sentence(page, object, row);
    struct cJSON *claims = cas_json_add_array(page->json, object, "claims");
    for (uint32_t i = 0; i < event->claim_count; i++)
        add_claim(page, claims, casus_dossier_claim_at(dossier, order[i]), number);
    struct cJSON *losses = cas_json_add_array(page->json, object, "losses");
    for (uint32_t i = 0; i < casus_ledger_loss_count(ledger, row); i++)
        add_reconciled(page, losses, casus_ledger_loss_at(ledger, row, i));
    cas_json_put(page->json, NULL, object);
}

void
cas_view_put_events(struct cas_view *page)
{
    cas_json_open_array(page->json, "events");
    for (uint32_t i = 0; i < page->event_count; i++)
        put_event(page, page->rows[i]);
    cas_json_close(page->json);
}
