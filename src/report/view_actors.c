/* Actors, ties, measures and sources of the page. */
#include "report/view.h"

#include <math.h>

void
cas_view_add_actor(struct cas_view *page, struct cJSON *parent, const char *key, uint32_t actor)
{
    uint32_t number = actor == CASUS_NONE ? CASUS_NONE : page->actor_of[actor];
    if (number == CASUS_NONE)
        cas_json_add_null(page->json, parent, key);
    else
        cas_json_add_count(page->json, parent, key, number);
}

/* What is not there is left out: most actors have no note, most sources no archive. */
static void
add_given(struct cas_json *json, struct cJSON *object, const char *key, const char *text)
{
    if (text && *text)
        cas_json_add_text(json, object, key, text);
}

void
cas_view_put_measures(struct cas_view *page)
{
    struct cas_json *json = page->json;
    cas_json_open_array(json, "measures");
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        const struct casus_measure_info *info = casus_measure_info((enum casus_measure)m);
        struct cJSON *object = cas_json_object(json);
        cas_json_add_text(json, object, "name", info->name);
        cas_json_add_text(json, object, "title", info->title);
        cas_json_add_text(json, object, "definition", info->definition);
        add_given(json, object, "source", info->source);
        cas_json_put(json, NULL, object);
    }
    cas_json_close(json);
}

static void
put_source(struct cas_view *page, uint32_t index)
{
    struct cas_json *json = page->json;
    const struct casus_source *source = casus_dossier_source_at(page->view->dossier, index);
    const char reliability[2] = {source->reliability, '\0'};
    char date[40];
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", source->id);
    add_given(json, object, "name", source->name);
    add_given(json, object, "type", source->type);
    add_given(json, object, "reliability", reliability);
    if (casus_period_known(&source->date))
        cas_json_add_text(json, object, "date", casus_period_format(&source->date, date));
    add_given(json, object, "url", source->url);
    add_given(json, object, "archive", source->archive_url);
    add_given(json, object, "note", source->note);
    cas_json_put(json, NULL, object);
}

void
cas_view_put_sources(struct cas_view *page)
{
    cas_json_open_array(page->json, "sources");
    for (uint32_t i = 0; i < casus_dossier_source_count(page->view->dossier); i++)
        put_source(page, i);
    cas_json_close(page->json);
}

/* --- actors ----------------------------------------------------------------------------------- */

/* [score, rank] a measure, in the order of "measures"; null where it is not defined. */
static void
add_scores(struct cas_view *page, struct cJSON *parent, const char *key,
           const struct casus_scores *scores, uint32_t actor)
{
    struct cas_buffer text;
    char number[32];
    cas_buffer_init(&text);
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        double score = casus_scores_at(scores, (enum casus_measure)m, actor);
        cas_buffer_char(&text, m ? ',' : '[');
        if (isnan(score))
            cas_buffer_text(&text, "null");
        else
            cas_buffer_printf(&text, "[%s,%u]", cas_number_text(score, number),
                              casus_scores_rank(scores, (enum casus_measure)m, actor));
    }
    cas_buffer_char(&text, ']');
    page->json->failed |= text.failed;
    cas_json_add_raw(page->json, parent, key, text.failed ? "[]" : text.s);
    cas_buffer_done(&text);
}

/* Why scores are not defined, by the number of the measure. */
static void
add_undefined(struct cas_view *page, struct cJSON *parent, uint32_t actor)
{
    struct cJSON *object = NULL;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        const char *why = casus_scores_undefined(page->view->contact, (enum casus_measure)m, actor);
        if (why && !object)
            object = cas_json_add_object(page->json, parent, "undefined");
        if (why)
            cas_json_add_text(page->json, object, casus_measure_info((enum casus_measure)m)->name,
                              why);
    }
}

static void
add_names(struct cas_view *page, struct cJSON *object, const struct casus_actor *actor)
{
    struct cas_json *json = page->json;
    struct cJSON *aliases = actor->alias_count ? cas_json_add_array(json, object, "aliases") : NULL;
    for (uint32_t i = 0; i < actor->alias_count; i++) {
        struct cJSON *alias = cas_json_add_array(json, aliases, NULL);
        cas_json_add_text(json, alias, NULL, actor->aliases[i].name);
        if (actor->aliases[i].lang)
            cas_json_add_text(json, alias, NULL, actor->aliases[i].lang);
    }
    add_given(json, object, "note", actor->note);
}

static void
add_number(struct cas_view *page, struct cJSON *object, const char *key, double value)
{
    cas_json_add_number(page->json, object, key, round(value * 10) / 10);
}

static void
add_standing(struct cas_view *page, struct cJSON *object, uint32_t index)
{
    const struct casus_view *view = page->view;
    const struct casus_position *position = casus_positions_at(view->positions, index);
    add_number(page, object, "x", position->x);
    add_number(page, object, "y", position->y);
    add_number(page, object, "w", position->width);
    add_number(page, object, "h", position->height);
    if (view->balance)
        cas_json_add_count(page->json, object, "bloc", casus_balance_bloc(view->balance, index));
    add_scores(page, object, "contact", view->contact, index);
    add_scores(page, object, "attack", view->attack, index);
    add_scores(page, object, "support", view->support, index);
    add_undefined(page, object, index);
}

/* The dossier knows an actor of the graph by its id. */
static const struct casus_actor *
behind(const struct cas_view *page, const struct casus_node *node)
{
    uint32_t found = casus_dossier_actor_find(page->view->dossier, node->id);
    return found == CASUS_NONE ? NULL : casus_dossier_actor_at(page->view->dossier, found);
}

static void
put_node(struct cas_view *page, uint32_t index)
{
    struct cas_json *json = page->json;
    const struct casus_node *node = casus_graph_actor_at(page->view->graph, index);
    const struct casus_actor *actor = behind(page, node);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", node->id);
    cas_json_add_text(json, object, "name", node->name);
    cas_json_add_text(json, object, "kind", casus_kind_name(node->kind));
    add_given(json, object, "side", node->side);
    if (node->generic)
        cas_json_add_bool(json, object, "generic", true);
    if (node->parent != CASUS_NONE)
        cas_json_add_count(json, object, "parent", node->parent);
    else
        add_given(json, object, "parent_name", node->parent_name);
    if (node->internal)
        cas_json_add_count(json, object, "internal", node->internal);
    if (actor)
        add_names(page, object, actor);
    add_standing(page, object, index);
    cas_json_put(json, NULL, object);
}

static void
put_other(struct cas_view *page, uint32_t index)
{
    struct cas_json *json = page->json;
    const struct casus_actor *actor = casus_dossier_actor_at(page->view->dossier, index);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", actor->id);
    cas_json_add_text(json, object, "name", actor->name);
    cas_json_add_text(json, object, "kind", casus_kind_name(actor->kind));
    add_given(json, object, "side", actor->side);
    add_names(page, object, actor);
    cas_json_put(json, NULL, object);
}

void
cas_view_put_actors(struct cas_view *page)
{
    cas_json_open_array(page->json, "actors");
    for (uint32_t i = 0; i < casus_graph_actor_count(page->view->graph); i++)
        put_node(page, i);
    for (uint32_t i = 0; i < page->other_count; i++)
        put_other(page, page->others[i]);
    cas_json_close(page->json);
}

/* --- ties ------------------------------------------------------------------------------------- */

/* A tie of claims may hold an event more than once: one for each thing that was said of it. */
static void
add_tie_events(struct cas_view *page, struct cJSON *object, uint32_t index)
{
    const struct casus_graph *graph = page->view->graph;
    struct cas_buffer text;
    cas_buffer_init(&text);
    cas_buffer_char(&text, '[');
    for (uint32_t i = 0; i < casus_graph_tie_at(graph, index)->events; i++) {
        uint32_t event = casus_graph_tie_event(graph, index, i);
        uint32_t number = event == CASUS_NONE ? CASUS_NONE : page->event_of[event];
        if (number != CASUS_NONE)
            cas_buffer_printf(&text, "%s%u", text.n > 1 ? "," : "", number);
    }
    cas_buffer_char(&text, ']');
    page->json->failed |= text.failed;
    cas_json_add_raw(page->json, object, "events", text.failed ? "[]" : text.s);
    cas_buffer_done(&text);
}

static void
put_tie(struct cas_view *page, uint32_t index)
{
    struct cas_json *json = page->json;
    const struct casus_tie *tie = casus_graph_tie_at(page->view->graph, index);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_count(json, object, "from", tie->from);
    cas_json_add_count(json, object, "to", tie->to);
    cas_json_add_text(json, object, "relation", casus_relation_name(tie->relation));
    if (!tie->directed)
        cas_json_add_bool(json, object, "undirected", true);
    cas_json_add_number(json, object, "weight", tie->weight);
    add_tie_events(page, object, index);
    cas_json_put(json, NULL, object);
}

void
cas_view_put_ties(struct cas_view *page)
{
    cas_json_open_array(page->json, "ties");
    for (uint32_t i = 0; i < casus_graph_tie_count(page->view->graph); i++)
        put_tie(page, i);
    cas_json_close(page->json);
}
