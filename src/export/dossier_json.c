/* A dossier as a dossier: one JSON object, or JSON Lines.
 *
 * Rule: read, write, read, write gives the same bytes twice. Each record is written in one form:
 * what says nothing is left out (a name that is the id, a relation that follows from its type, an
 * empty note); a claim about one event stands in it, the others at the top. JSON Lines has a line for
 * the dossier's own title, note, terms and x- keys where there are terms: a licence is not lost.
 *
 * An event always gets its id, made or given: a dossier's events need one.
 */
#include <casus/export.h>

#include <math.h>
#include <string.h>

#include "base/fault.h"
#include "export/terms.h"
#include "report/json.h"

struct writer {
    const struct casus_dossier *dossier;
    const uint8_t *chosen; /* a byte an event, or NULL: all */
    struct cas_json json;
};

static bool
is_chosen(const struct writer *w, uint32_t event)
{
    return !w->chosen || w->chosen[event];
}

/* How many of a claim's events are written. */
static uint32_t
count_about(const struct writer *w, const struct casus_claim *claim)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < claim->about_count; i++)
        count += is_chosen(w, claim->about[i]);
    return count;
}

static void
add_if(struct writer *w, struct cJSON *object, const char *key, const char *text)
{
    if (text && *text)
        cas_json_add_text(&w->json, object, key, text);
}

static const char *
actor_id(const struct writer *w, uint32_t actor)
{
    return actor == CASUS_NONE ? NULL : casus_dossier_actor_at(w->dossier, actor)->id;
}

static const char *
source_id(const struct writer *w, uint32_t source)
{
    return source == CASUS_NONE ? NULL : casus_dossier_source_at(w->dossier, source)->id;
}

static const char *
event_id(const struct writer *w, uint32_t event)
{
    return casus_dossier_event_at(w->dossier, event)->id;
}

/* --- dates ---------------------------------------------------------------------------------- */

static void
add_bound(struct writer *w, struct cJSON *object, const char *key, uint8_t bound,
          struct casus_date date)
{
    if (bound == CASUS_BOUND_DATE)
        cas_json_add_date(&w->json, object, key, date);
    else if (bound == CASUS_BOUND_OPEN)
        cas_json_add_null(&w->json, object, key);
}

static void
add_bounds(struct writer *w, struct cJSON *object, const struct casus_period *period)
{
    bool interval = period->interval;
    bool dated = casus_date_known(period->from);
    uint8_t from = interval ? period->from_bound : dated ? CASUS_BOUND_DATE : CASUS_BOUND_UNKNOWN;
    add_bound(w, object, "from", from, period->from);
    add_bound(w, object, "to", interval ? period->until_bound : from,
              interval ? period->until : period->from);
}

static void
add_period(struct writer *w, struct cJSON *object, const char *key,
           const struct casus_period *period, const char *extra)
{
    if (!casus_period_known(period))
        return;
    if (period->interval) {
        struct cJSON *interval = cas_json_add_object(&w->json, object, key);
        add_bounds(w, interval, period);
        cas_json_add_members(&w->json, interval, extra);
    } else {
        cas_json_add_date(&w->json, object, key, period->from);
    }
}

/* --- actors and sources --------------------------------------------------------------------- */

static void
add_aliases(struct writer *w, struct cJSON *object, const struct casus_actor *actor)
{
    if (!actor->alias_count)
        return;
    struct cJSON *list = cas_json_add_array(&w->json, object, "aliases");
    for (uint32_t i = 0; i < actor->alias_count; i++) {
        const struct casus_alias *alias = &actor->aliases[i];
        if (alias->lang || alias->extra) {
            struct cJSON *entry = cas_json_add_object(&w->json, list, NULL);
            cas_json_add_text(&w->json, entry, "name", alias->name);
            if (alias->lang)
                cas_json_add_text(&w->json, entry, "lang", alias->lang);
            cas_json_add_members(&w->json, entry, alias->extra);
        } else {
            cas_json_add_text(&w->json, list, NULL, alias->name);
        }
    }
}

static void
add_parents(struct writer *w, struct cJSON *object, const struct casus_actor *actor)
{
    if (!actor->parent_count)
        return;
    if (actor->parent_count == 1 && !casus_period_known(&actor->parents[0].period) &&
        !actor->parents[0].extra) {
        cas_json_add_text(&w->json, object, "parent", actor_id(w, actor->parents[0].actor));
        return;
    }
    struct cJSON *list = cas_json_add_array(&w->json, object, "parent");
    for (uint32_t i = 0; i < actor->parent_count; i++) {
        struct cJSON *entry = cas_json_add_object(&w->json, list, NULL);
        cas_json_add_text(&w->json, entry, "id", actor_id(w, actor->parents[i].actor));
        add_bounds(w, entry, &actor->parents[i].period);
        cas_json_add_members(&w->json, entry, actor->parents[i].extra);
    }
}

static struct cJSON *
actor_tree(struct writer *w, uint32_t index)
{
    const struct casus_actor *actor = casus_dossier_actor_at(w->dossier, index);
    struct cJSON *object = cas_json_object(&w->json);
    cas_json_add_text(&w->json, object, "id", actor->id);
    if (strcmp(actor->name, actor->id) != 0)
        cas_json_add_text(&w->json, object, "name", actor->name);
    add_aliases(w, object, actor);
    if (actor->kind_given)
        cas_json_add_text(&w->json, object, "kind", casus_kind_name(actor->kind));
    add_parents(w, object, actor);
    add_if(w, object, "side", actor->side);
    if (actor->generic)
        cas_json_add_bool(&w->json, object, "generic", true);
    add_if(w, object, "note", actor->note);
    cas_json_add_members(&w->json, object, actor->extra);
    return object;
}

static struct cJSON *
source_tree(struct writer *w, uint32_t index)
{
    const struct casus_source *source = casus_dossier_source_at(w->dossier, index);
    const char reliability[2] = {source->reliability, '\0'};
    struct cJSON *object = cas_json_object(&w->json);
    cas_json_add_text(&w->json, object, "id", source->id);
    if (source->name && strcmp(source->name, source->id) != 0)
        cas_json_add_text(&w->json, object, "name", source->name);
    add_if(w, object, "type", source->type);
    add_if(w, object, "reliability", source->reliability ? reliability : NULL);
    add_period(w, object, "date", &source->date, source->date_extra);
    add_if(w, object, "url", source->url);
    add_if(w, object, "archive_url", source->archive_url);
    add_if(w, object, "note", source->note);
    cas_json_add_members(&w->json, object, source->extra);
    return object;
}

/* --- losses and claims ---------------------------------------------------------------------- */

static void
add_figure_parts(struct writer *w, struct cJSON *object, const struct casus_figure *figure)
{
    if (figure->low >= 0)
        cas_json_add_count(&w->json, object, "low", (uint64_t)figure->low);
    if (figure->best >= 0)
        cas_json_add_count(&w->json, object, "best", (uint64_t)figure->best);
    if (figure->high >= 0)
        cas_json_add_count(&w->json, object, "high", (uint64_t)figure->high);
}

/* "killed": 20, true or an object. */
static void
add_kind(struct writer *w, struct cJSON *object, const struct casus_loss *loss)
{
    const char *key = casus_loss_name((enum casus_loss_kind)__builtin_ctz(loss->what));
    const struct casus_figure *figure = &loss->figure;
    if (loss->some)
        cas_json_add_bool(&w->json, object, key, true);
    else if (figure->best >= 0 && figure->low < 0 && figure->high < 0)
        cas_json_add_count(&w->json, object, key, (uint64_t)figure->best);
    else
        add_figure_parts(w, cas_json_add_object(&w->json, object, key), figure);
}

static bool
is_single(const struct casus_loss *loss)
{
    return loss->what && (loss->what & (loss->what - 1)) == 0;
}

/* One object says several kinds of one actor, in the order in which kinds are read. */
static bool
continues(const struct casus_loss *before, const struct casus_loss *loss)
{
    return is_single(before) && is_single(loss) && before->actor == loss->actor &&
           before->what < loss->what && !loss->extra;
}

static void
add_sum(struct writer *w, struct cJSON *object, const struct casus_loss *loss)
{
    struct cJSON *list = cas_json_add_array(&w->json, object, "what");
    for (unsigned kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        if (loss->what & CASUS_BIT(kind))
            cas_json_add_text(&w->json, list, NULL, casus_loss_name(kind));
    }
    add_figure_parts(w, object, &loss->figure);
}

static void
add_losses(struct writer *w, struct cJSON *object, const struct casus_loss *losses, uint32_t count)
{
    if (!count)
        return;
    struct cJSON *list = cas_json_add_array(&w->json, object, "losses"), *entry = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_loss *loss = &losses[i];
        if (i == 0 || !continues(loss - 1, loss)) {
            entry = cas_json_add_object(&w->json, list, NULL);
            add_if(w, entry, "actor", actor_id(w, loss->actor));
            cas_json_add_members(&w->json, entry, loss->extra);
        }
        if (is_single(loss))
            add_kind(w, entry, loss);
        else
            add_sum(w, entry, loss);
    }
}

static void
add_about(struct writer *w, struct cJSON *object, const struct casus_claim *claim)
{
    struct cJSON *about = cas_json_add_array(&w->json, object, "about");
    for (uint32_t i = 0; i < claim->about_count; i++) {
        if (is_chosen(w, claim->about[i]))
            cas_json_add_text(&w->json, about, NULL, event_id(w, claim->about[i]));
    }
}

/* Losses of several events are a sum: where some are left out it is of nothing that is written. */
static void
add_claim(struct writer *w, struct cJSON *object, const struct casus_claim *claim)
{
    struct cas_json *json = &w->json;
    uint32_t about = count_about(w, claim);
    if (about != 1)
        add_about(w, object, claim);
    add_if(w, object, "by", actor_id(w, claim->by));
    add_if(w, object, "via", actor_id(w, claim->via));
    cas_json_add_text(json, object, "stance", casus_stance_name(claim->stance));
    add_if(w, object, "of", actor_id(w, claim->of));
    add_period(w, object, "date", &claim->date, claim->date_extra);
    add_if(w, object, "source", source_id(w, claim->source));
    if (claim->credibility)
        cas_json_add_count(json, object, "credibility", claim->credibility);
    if (about == claim->about_count)
        add_losses(w, object, claim->losses, claim->loss_count);
    add_if(w, object, "url", claim->url);
    add_if(w, object, "note", claim->note);
    cas_json_add_members(json, object, claim->extra);
}

static struct cJSON *
claim_tree(struct writer *w, uint32_t index)
{
    struct cJSON *object = cas_json_object(&w->json);
    add_claim(w, object, casus_dossier_claim_at(w->dossier, index));
    return object;
}

/* A claim about one event stands in that event. */
static bool
stands_at_the_top(const struct writer *w, uint32_t claim)
{
    return count_about(w, casus_dossier_claim_at(w->dossier, claim)) > 1;
}

/* --- events --------------------------------------------------------------------------------- */

static void
add_place(struct writer *w, struct cJSON *object, const struct casus_event *event)
{
    bool located = !isnan(event->lat) && !isnan(event->lon);
    if (!located && !(event->place_note && *event->place_note) && !event->place_extra) {
        add_if(w, object, "place", event->place_name);
        return;
    }
    struct cJSON *place = cas_json_add_object(&w->json, object, "place");
    add_if(w, place, "name", event->place_name);
    if (located) {
        cas_json_add_number(&w->json, place, "lat", event->lat);
        cas_json_add_number(&w->json, place, "lon", event->lon);
    }
    add_if(w, place, "note", event->place_note);
    cas_json_add_members(&w->json, place, event->place_extra);
}

static void
add_parties(struct writer *w, struct cJSON *object, const char *key, const uint32_t *actors,
            uint32_t count)
{
    struct cJSON *list = cas_json_add_array(&w->json, object, key);
    for (uint32_t i = 0; i < count; i++)
        cas_json_add_text(&w->json, list, NULL, actor_id(w, actors[i]));
}

static void
add_event_sources(struct writer *w, struct cJSON *object, const struct casus_event *event)
{
    if (event->source_count == 1) {
        cas_json_add_text(&w->json, object, "source", source_id(w, event->sources[0]));
    } else if (event->source_count) {
        struct cJSON *list = cas_json_add_array(&w->json, object, "source");
        for (uint32_t i = 0; i < event->source_count; i++)
            cas_json_add_text(&w->json, list, NULL, source_id(w, event->sources[i]));
    }
}

static void
add_event_claims(struct writer *w, struct cJSON *object, const struct casus_event *event)
{
    struct cJSON *list = NULL;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        if (stands_at_the_top(w, event->claims[i]))
            continue;
        if (!list)
            list = cas_json_add_array(&w->json, object, "claims");
        add_claim(w, cas_json_add_object(&w->json, list, NULL),
                  casus_dossier_claim_at(w->dossier, event->claims[i]));
    }
}

/* What the type says already is left out. */
static void
add_relation(struct writer *w, struct cJSON *object, const struct casus_event *event)
{
    const struct casus_type *type = casus_type_find(event->type, strlen(event->type));
    if (!type)
        cas_json_add_text(&w->json, object, "relation", casus_relation_name(event->relation));
    if (event->directed != (type ? type->directed : true))
        cas_json_add_bool(&w->json, object, "directed", event->directed);
}

static struct cJSON *
event_tree(struct writer *w, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(w->dossier, index);
    struct cas_json *json = &w->json;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", event->id);
    cas_json_add_text(json, object, "type", event->type);
    add_relation(w, object, event);
    add_period(w, object, "date", &event->date, event->date_extra);
    add_place(w, object, event);
    add_parties(w, object, "from", event->from, event->from_count);
    add_parties(w, object, "to", event->to, event->to_count);
    add_event_sources(w, object, event);
    add_losses(w, object, event->losses, event->loss_count);
    add_event_claims(w, object, event);
    add_if(w, object, "note", event->note);
    cas_json_add_members(json, object, event->extra);
    return object;
}

/* --- the whole ------------------------------------------------------------------------------ */

/* The sections in the order in which they are written. */
static const struct section {
    const char *plural, *singular;
    uint32_t (*count)(const struct casus_dossier *);
    struct cJSON *(*tree)(struct writer *, uint32_t);
    bool (*passes)(const struct writer *, uint32_t);
} sections[] = {
    {"sources", "source", casus_dossier_source_count, source_tree, NULL},
    {"actors", "actor", casus_dossier_actor_count, actor_tree, NULL},
    {"events", "event", casus_dossier_event_count, event_tree, is_chosen},
    {"claims", "claim", casus_dossier_claim_count, claim_tree, stands_at_the_top},
};

enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

/* A section without records is not written. */
static void
write_section(struct writer *w, const struct section *section)
{
    bool open = false;
    for (uint32_t i = 0; i < section->count(w->dossier); i++) {
        if (section->passes && !section->passes(w, i))
            continue;
        if (!open)
            cas_json_open_array(&w->json, section->plural);
        open = true;
        cas_json_put(&w->json, NULL, section->tree(w, i));
    }
    if (open)
        cas_json_close(&w->json);
}

static void
put_text_if(struct writer *w, const char *key, const char *text)
{
    if (text && *text)
        cas_json_put_text(&w->json, key, text);
}

/* The citations or the licences: into a tree, or into the open object where `head` is NULL. */
static void
put_terms(struct writer *w, struct cJSON *head, const char *key,
          void (*join)(struct cas_buffer *, const struct casus_dossier *))
{
    struct cas_buffer terms;
    cas_buffer_init(&terms);
    join(&terms, w->dossier);
    w->json.failed |= terms.failed;
    if (terms.n && head)
        cas_json_add_text(&w->json, head, key, terms.s);
    else if (terms.n)
        cas_json_put_text(&w->json, key, terms.s);
    cas_buffer_done(&terms);
}

static bool
has_terms(const struct casus_dossier *dossier)
{
    for (uint32_t i = 0; i < casus_dossier_input_count(dossier); i++) {
        const struct casus_input *input = casus_dossier_input_at(dossier, i);
        if (input->citation || input->licence)
            return true;
    }
    return false;
}

static void
write_head_line(struct writer *w)
{
    struct cJSON *head = cas_json_object(&w->json);
    cas_json_add_count(&w->json, head, "casus", 1);
    add_if(w, head, "title", casus_dossier_title(w->dossier));
    add_if(w, head, "note", casus_dossier_note(w->dossier));
    put_terms(w, head, "citation", cas_terms_citation);
    put_terms(w, head, "licence", cas_terms_licence);
    cas_json_add_members(&w->json, head, casus_dossier_extra(w->dossier));
    cas_json_put(&w->json, NULL, head);
}

static enum casus_status
write_object(struct writer *w, struct casus_error *err)
{
    cas_json_open_object(&w->json, NULL);
    cas_json_put_count(&w->json, "casus", 1);
    put_text_if(w, "title", casus_dossier_title(w->dossier));
    put_text_if(w, "note", casus_dossier_note(w->dossier));
    put_terms(w, NULL, "citation", cas_terms_citation);
    put_terms(w, NULL, "licence", cas_terms_licence);
    cas_json_put_members(&w->json, casus_dossier_extra(w->dossier));
    for (size_t i = 0; i < SECTION_COUNT; i++)
        write_section(w, &sections[i]);
    cas_json_close(&w->json);
    return cas_json_done(&w->json, err);
}

static enum casus_status
write_line(struct writer *w, const struct section *section, uint32_t index, struct casus_error *err)
{
    struct cJSON *line = cas_json_object(&w->json);
    cas_json_add(&w->json, line, section->singular, section->tree(w, index));
    cas_json_put(&w->json, NULL, line);
    return cas_json_done(&w->json, err);
}

static enum casus_status
write_lines(struct writer *w, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    if (has_terms(w->dossier)) {
        write_head_line(w);
        status = cas_json_done(&w->json, err);
    }
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const struct section *section = &sections[s];
        for (uint32_t i = 0; i < section->count(w->dossier) && status == CASUS_OK; i++) {
            if (!section->passes || section->passes(w, i))
                status = write_line(w, section, i, err);
        }
    }
    return status;
}

enum casus_status
casus_dossier_write(const struct casus_dossier *dossier, const uint8_t *chosen,
                    enum casus_dossier_layout layout, struct casus_output *output,
                    struct casus_error *err)
{
    struct writer writer = {.dossier = dossier, .chosen = chosen};
    cas_json_init(&writer.json, output);
    return layout == CASUS_DOSSIER_LINES ? write_lines(&writer, err) : write_object(&writer, err);
}
