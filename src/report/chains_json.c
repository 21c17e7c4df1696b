/* Chains as JSON: an element a line, ids only. */
#include "report/chains.h"
#include "report/envelope.h"
#include "report/naming.h"

struct writer {
    struct cas_json json;
    const struct casus_chains_report *report;
    const struct casus_chains *chains;
};

/* --- lists of ids ------------------------------------------------------------------------- */

static void
add_actor(struct writer *writer, struct cJSON *parent, const char *key, uint32_t actor)
{
    if (actor == CASUS_NONE)
        cas_json_add_null(&writer->json, parent, key);
    else
        cas_json_add_text(&writer->json, parent, key,
                          cas_id_of_actor(writer->report->graph, actor));
}

static void
add_actors(struct writer *writer, struct cJSON *parent, const char *key, const uint32_t *actors,
           uint32_t count)
{
    struct cJSON *array = cas_json_add_array(&writer->json, parent, key);
    for (uint32_t i = 0; i < count; i++)
        add_actor(writer, array, NULL, actors[i]);
}

static void
append_events(struct writer *writer, struct cJSON *array, const uint32_t *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_json_add_text(&writer->json, array, NULL,
                          cas_id_of_event(writer->report->dossier, events[i]));
}

static void
add_events(struct writer *writer, struct cJSON *parent, const uint32_t *events, uint32_t count)
{
    append_events(writer, cas_json_add_array(&writer->json, parent, "events"), events, count);
}

static void
add_types(struct writer *writer, struct cJSON *parent, const char *key, const char *const *types,
          uint32_t count)
{
    struct cJSON *array = cas_json_add_array(&writer->json, parent, key);
    for (uint32_t i = 0; i < count; i++)
        cas_json_add_text(&writer->json, array, NULL, types[i]);
}

static void
add_path(struct writer *writer, struct cJSON *parent, const char *key,
         const struct casus_chain *chain)
{
    add_actors(writer, parent, key, chain->path, chain->length + 1);
}

static void
add_fight(struct writer *writer, struct cJSON *parent, uint32_t number)
{
    const struct casus_fight *fight = casus_chains_fight_at(writer->chains, number);
    add_events(writer, parent, fight->events, fight->event_count);
}

/* --- chains ------------------------------------------------------------------------------- */

static void
add_step(struct writer *writer, struct cJSON *array, const struct casus_step *step)
{
    struct cas_json *json = &writer->json;
    struct cJSON *object = cas_json_add_object(json, array, NULL);
    add_actor(writer, object, "from", step->from);
    add_actor(writer, object, "to", step->to);
    cas_json_add_date(json, object, "first", step->first);
    cas_json_add_date(json, object, "last", step->last);
    cas_json_add_bool(json, object, "open", step->open);
    if (step->credibility)
        cas_json_add_count(json, object, "credibility", step->credibility);
    else
        cas_json_add_null(json, object, "credibility");
    cas_json_add_number(json, object, "confidence", step->confidence);
}

static void
put_chain(struct writer *writer, uint32_t index)
{
    struct cas_json *json = &writer->json;
    const struct casus_chain *chain = casus_chains_at(writer->chains, index);
    struct cJSON *object = cas_json_object(json);
    add_actor(writer, object, "backer", chain->path[0]);
    add_actor(writer, object, "fighter", chain->path[chain->length]);
    add_path(writer, object, "path", chain);
    struct cJSON *types = cas_json_add_array(json, object, "types");
    struct cJSON *events = cas_json_add_array(json, object, "events");
    struct cJSON *steps = cas_json_add_array(json, object, "steps");
    for (uint32_t i = 0; i < chain->length; i++) {
        const struct casus_step *step = casus_chains_step_at(writer->chains, chain->steps[i]);
        add_types(writer, types, NULL, step->types, step->type_count);
        append_events(writer, events, step->events, step->event_count);
        add_step(writer, steps, step);
    }
    cas_json_add_number(json, object, "confidence", chain->confidence);
    cas_json_put(json, NULL, object);
}

/* --- what follows ------------------------------------------------------------------------- */

static void
add_front(struct writer *writer, struct cJSON *object, const struct casus_front *front)
{
    struct cJSON *paths = cas_json_add_array(&writer->json, object, "paths");
    add_path(writer, paths, NULL, &front->chains[0]);
    add_path(writer, paths, NULL, &front->chains[1]);
    add_fight(writer, object, front->fight);
}

static void
put_faced(struct writer *writer, uint32_t index)
{
    struct cas_json *json = &writer->json;
    const struct casus_faced *faced = casus_chains_faced_at(writer->chains, index);
    struct cJSON *object = cas_json_object(json);
    add_actors(writer, object, "backers", faced->backers, 2);
    struct cJSON *through = cas_json_add_array(json, object, "through");
    for (int k = 0; k < 2; k++)
        add_actors(writer, through, NULL, faced->through[k], faced->through_count[k]);
    add_events(writer, object, faced->events, faced->event_count);
    struct cJSON *fronts = cas_json_add_array(json, object, "fronts");
    for (uint32_t i = 0; i < faced->front_count; i++) {
        struct cJSON *front = cas_json_add_object(json, fronts, NULL);
        add_actors(writer, front, "fighters", faced->fronts[i].fighters, 2);
        add_front(writer, front, &faced->fronts[i]);
    }
    cas_json_put(json, NULL, object);
}

static void
put_double(struct writer *writer, uint32_t index)
{
    const struct casus_double_dealer *dealer = casus_chains_double_at(writer->chains, index);
    struct cJSON *object = cas_json_object(&writer->json);
    add_actor(writer, object, "actor", dealer->actor);
    add_actors(writer, object, "dyad", dealer->front.fighters, 2);
    cas_json_add_bool(&writer->json, object, "direct", dealer->direct);
    add_front(writer, object, &dealer->front);
    cas_json_put(&writer->json, NULL, object);
}

static void
put_opposed(struct writer *writer, uint32_t index)
{
    struct cas_json *json = &writer->json;
    const struct casus_opposed *opposed = casus_chains_opposed_at(writer->chains, index);
    struct cJSON *object = cas_json_object(json);
    add_actor(writer, object, "fighter", opposed->fighter);
    add_actors(writer, object, "backers", opposed->backers, 2);
    add_types(writer, object, "sides", opposed->sides, 2);
    struct cJSON *paths = cas_json_add_array(json, object, "paths");
    add_path(writer, paths, NULL, &opposed->chains[0]);
    add_path(writer, paths, NULL, &opposed->chains[1]);
    add_events(writer, object, opposed->events, opposed->event_count);
    cas_json_put(json, NULL, object);
}

static void
put_shared(struct writer *writer, uint32_t index)
{
    const struct casus_shared *shared = casus_chains_shared_at(writer->chains, index);
    struct cJSON *object = cas_json_object(&writer->json);
    add_actor(writer, object, "backer", shared->backer);
    add_actors(writer, object, "clients", shared->clients, shared->client_count);
    cas_json_put(&writer->json, NULL, object);
}

static void
put_departure(struct writer *writer, uint32_t index)
{
    const struct casus_departure *gone = casus_chains_departure_at(writer->chains, index);
    const struct casus_step *step = casus_chains_step_at(writer->chains, gone->step);
    struct cJSON *object = cas_json_object(&writer->json);
    add_actor(writer, object, "backer", gone->backer);
    add_actor(writer, object, "client", gone->client);
    add_types(writer, object, "types", step->types, step->type_count);
    add_types(writer, object, "only", gone->only, gone->only_count);
    add_actors(writer, object, "others", gone->others, gone->other_count);
    add_events(writer, object, step->events, step->event_count);
    cas_json_put(&writer->json, NULL, object);
}

/* --- the frame ---------------------------------------------------------------------------- */

static void
put_list(struct writer *writer, const char *key, uint32_t count,
         void (*put)(struct writer *writer, uint32_t index))
{
    cas_json_open_array(&writer->json, key);
    for (uint32_t i = 0; i < count; i++)
        put(writer, i);
    cas_json_close(&writer->json);
}

static void
put_lists(struct writer *writer)
{
    const struct casus_chains *chains = writer->chains;
    put_list(writer, "chains", casus_chains_count(chains), put_chain);
    put_list(writer, "faced", casus_chains_faced_count(chains), put_faced);
    put_list(writer, "double_dealers", casus_chains_double_count(chains), put_double);
    put_list(writer, "opposed_backers", casus_chains_opposed_count(chains), put_opposed);
    put_list(writer, "shared_backers", casus_chains_shared_count(chains), put_shared);
    put_list(writer, "departures", casus_chains_departure_count(chains), put_departure);
}

static void
put_cut(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    const struct casus_chains_cut *cut = casus_chains_cut(writer->chains);
    struct cJSON *object = cas_json_object(json);
    add_actor(writer, object, "backer", casus_chains_backer(writer->chains));
    add_actor(writer, object, "fighter", casus_chains_fighter(writer->chains));
    cas_json_add_bool(json, object, "any_time", casus_chains_any_time(writer->chains));
    cas_json_add_count(json, object, "longest", cut->longest);
    cas_json_add_count(json, object, "most", cut->most);
    cas_json_put(json, "search", object);
    object = cas_json_object(json);
    cas_json_add_bool(json, object, "truncated", cut->complete < cut->longest);
    cas_json_add_count(json, object, "complete", cut->complete);
    cas_json_add_count(json, object, "complete_behind", cut->complete_behind);
    cas_json_add_bool(json, object, "longer", cut->longer);
    cas_json_add_count(json, object, "apart", cut->apart);
    cas_json_add_count(json, object, "fronts", cut->fronts);
    cas_json_add_count(json, object, "opposed", cut->opposed);
    cas_json_put(json, "cut", object);
}

enum casus_status
cas_chains_json(const struct casus_chains_report *report, struct casus_output *output,
                struct casus_error *err)
{
    const struct cas_inputs inputs = {.graph = report->graph};
    struct writer writer = {.report = report, .chains = report->chains};
    cas_json_init(&writer.json, output);
    cas_envelope_open(&writer.json, &report->heading, &inputs);
    put_lists(&writer);
    put_cut(&writer);
    cas_json_open_array(&writer.json, "caveats");
    writer.json.failed |= !cas_chains_caveats_each(report, cas_json_caveat, &writer.json);
    cas_json_close(&writer.json);
    cas_json_close(&writer.json);
    return cas_json_done(&writer.json, err);
}
