/* Balance as JSON: ids only, a signed tie a line. */
#include <math.h>

#include "report/balance.h"
#include "report/envelope.h"
#include "report/naming.h"

struct writer {
    struct cas_json json;
    const struct casus_balance_report *report;
    const struct casus_balance *balance;
    const struct casus_balance_facts *facts;
};

/* --- lists of ids ------------------------------------------------------------------------- */

static void
add_actor(struct writer *writer, struct cJSON *parent, const char *key, uint32_t actor)
{
    cas_json_add_text(&writer->json, parent, key, cas_id_of_actor(writer->report->graph, actor));
}

static void
add_pair(struct writer *writer, struct cJSON *array, const struct casus_signed_tie *tie)
{
    struct cJSON *pair = cas_json_add_array(&writer->json, array, NULL);
    add_actor(writer, pair, NULL, tie->a);
    add_actor(writer, pair, NULL, tie->b);
}

/* Pairs of dyads that are meant. */
static void
add_pairs(struct writer *writer, struct cJSON *array,
          bool (*is_meant)(const struct casus_signed_tie *tie))
{
    for (uint32_t i = 0; i < casus_balance_tie_count(writer->balance); i++) {
        const struct casus_signed_tie *tie = casus_balance_tie_at(writer->balance, i);
        if (is_meant(tie))
            add_pair(writer, array, tie);
    }
}

static bool
is_frustrated(const struct casus_signed_tie *tie)
{
    return tie->frustrated;
}

static bool
disagrees(const struct casus_signed_tie *tie)
{
    return tie->disagrees;
}

static bool
is_ambivalent(const struct casus_signed_tie *tie)
{
    return tie->ambivalent;
}

/* --- numbers ------------------------------------------------------------------------------ */

static void
put_triads(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    struct cJSON *triads = cas_json_object(json);
    for (unsigned i = 0; i < CASUS_TRIAD_COUNT; i++)
        cas_json_add_count(json, triads, casus_triad_name(i), writer->facts->triads[i]);
    cas_json_put(json, "triads", triads);
    cas_json_put_number(json, "balanced_fraction", writer->facts->strict);
    cas_json_put_number(json, "weakly_balanced_fraction", writer->facts->weak);
    cas_json_put_number(json, "walk_balance", writer->facts->walk);
}

static void
put_signs(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    const struct casus_balance_facts *facts = writer->facts;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_count(json, object, "positive", facts->positive);
    cas_json_add_count(json, object, "negative", facts->negative);
    cas_json_add_count(json, object, "ambivalent", facts->ambivalent);
    cas_json_add_count(json, object, "left_out", facts->left_out);
    cas_json_add_count(json, object, "actors", facts->actors);
    cas_json_add_count(json, object, "parts", facts->parts);
    cas_json_put(json, "signs", object);
    object = cas_json_object(json);
    cas_json_add_text(json, object, "ambivalent", cas_ambivalent_name(facts->used.ambivalent));
    cas_json_add_bool(json, object, "weighted", facts->used.weighted);
    cas_json_add_number(json, object, "time_limit", facts->used.seconds);
    cas_json_add_count(json, object, "seed", facts->used.seed);
    cas_json_add_count(json, object, "most_actors", facts->used.most);
    cas_json_put(json, "search", object);
}

static void
add_bounds(struct writer *writer, struct cJSON *object, const struct casus_bounds *bounds)
{
    struct cas_json *json = &writer->json;
    cas_json_add_number(json, object, "lower", bounds->lower);
    cas_json_add_number(json, object, "upper", bounds->upper);
    cas_json_add_bool(json, object, "proved", bounds->proved);
    cas_json_add_text(json, object, "stopped", bounds->stopped);
    cas_json_add_number(json, object, "total", bounds->total);
}

/* --- camps -------------------------------------------------------------------------------- */

/* Of one part, or of all (0). */
static void
add_camps(struct writer *writer, struct cJSON *parent, const char *key, uint32_t part)
{
    struct cJSON *camps = cas_json_add_array(&writer->json, parent, key);
    struct cJSON *camp[2] = {cas_json_add_array(&writer->json, camps, NULL),
                             cas_json_add_array(&writer->json, camps, NULL)};
    for (uint32_t v = 0; v < casus_graph_actor_count(writer->report->graph); v++) {
        int which = casus_balance_camp(writer->balance, v);
        if (which && (!part || casus_balance_part(writer->balance, v) == part))
            add_actor(writer, camp[which - 1], NULL, v);
    }
}

static void
add_swing(struct writer *writer, struct cJSON *parent)
{
    struct cJSON *array = cas_json_add_array(&writer->json, parent, "swing");
    for (uint32_t v = 0; v < casus_graph_actor_count(writer->report->graph); v++) {
        if (casus_balance_swings(writer->balance, v))
            add_actor(writer, array, NULL, v);
    }
}

static void
put_frustration(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    const struct casus_balance_facts *facts = writer->facts;
    struct cJSON *object = cas_json_object(json);
    add_bounds(writer, object, &facts->frustration);
    cas_json_add_number(json, object, "score", facts->frustration.proved ? facts->score[0] : NAN);
    struct cJSON *range = cas_json_add_array(json, object, "score_range");
    cas_json_add_number(json, range, NULL, facts->score[0]);
    cas_json_add_number(json, range, NULL, facts->score[1]);
    add_pairs(writer, cas_json_add_array(json, object, "ties"), is_frustrated);
    add_camps(writer, object, "camps", 0);
    if (facts->other < 0)
        cas_json_add_null(json, object, "other_best");
    else
        cas_json_add_bool(json, object, "other_best", facts->other);
    add_swing(writer, object);
    cas_json_add_bool(json, object, "swing_settled", facts->swing_settled);
    cas_json_put(json, "frustration", object);
}

/* --- parts and blocs ---------------------------------------------------------------------- */

/* Members by group, so that many groups cost no more than few. */
struct groups {
    uint32_t *begin, *actor; /* group k: actor[begin[k]..begin[k + 1]) */
};

static void
groups_done(struct groups *groups)
{
    cas_free(groups->begin);
    cas_free(groups->actor);
}

static bool
groups_init(struct groups *groups, const struct writer *writer, uint32_t count,
            uint32_t (*of)(const struct casus_balance *balance, uint32_t actor))
{
    uint32_t n = casus_graph_actor_count(writer->report->graph);
    groups->begin = cas_zalloc((size_t)count + 3, sizeof *groups->begin);
    groups->actor = cas_zalloc((size_t)n + 1, sizeof *groups->actor);
    if (!groups->begin || !groups->actor)
        return false;
    for (uint32_t v = 0; v < n; v++)
        groups->begin[of(writer->balance, v) + 2]++;
    for (uint32_t k = 0; k < count + 1; k++)
        groups->begin[k + 2] += groups->begin[k + 1];
    for (uint32_t v = 0; v < n; v++)
        groups->actor[groups->begin[of(writer->balance, v) + 1]++] = v;
    return true;
}

static void
put_part(struct writer *writer, const struct groups *groups, uint32_t part)
{
    struct cas_json *json = &writer->json;
    struct cJSON *object = cas_json_object(json);
    struct cJSON *camps = cas_json_add_array(json, object, "camps");
    struct cJSON *camp[2] = {cas_json_add_array(json, camps, NULL),
                             cas_json_add_array(json, camps, NULL)};
    for (uint32_t i = groups->begin[part]; i < groups->begin[part + 1]; i++) {
        int which = casus_balance_camp(writer->balance, groups->actor[i]);
        if (which)
            add_actor(writer, camp[which - 1], NULL, groups->actor[i]);
    }
    cas_json_put(json, NULL, object);
}

static void
put_bloc(struct writer *writer, const struct groups *groups, uint32_t bloc)
{
    struct cas_json *json = &writer->json;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_count(json, object, "id", bloc);
    struct cJSON *actors = cas_json_add_array(json, object, "actors");
    for (uint32_t i = groups->begin[bloc]; i < groups->begin[bloc + 1]; i++)
        add_actor(writer, actors, NULL, groups->actor[i]);
    cas_json_put(json, NULL, object);
}

static void
put_groups(struct writer *writer, const char *key, uint32_t count,
           uint32_t (*of)(const struct casus_balance *balance, uint32_t actor),
           void (*put)(struct writer *writer, const struct groups *groups, uint32_t group))
{
    struct groups groups;
    cas_json_open_array(&writer->json, key);
    if (groups_init(&groups, writer, count, of)) {
        for (uint32_t k = 1; k <= count; k++)
            put(writer, &groups, k);
    } else {
        writer->json.failed = true;
    }
    groups_done(&groups);
    cas_json_close(&writer->json);
}

static void
put_clustering(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    struct cJSON *object = cas_json_object(json);
    add_bounds(writer, object, &writer->facts->disagreement);
    add_pairs(writer, cas_json_add_array(json, object, "ties"), disagrees);
    cas_json_add_count(json, object, "seeds", writer->facts->seeds);
    cas_json_add_number(json, object, "agreement", writer->facts->agreement);
    cas_json_add_number(json, object, "least_agreement", writer->facts->least_agreement);
    cas_json_put(json, "clustering", object);
}

static void
put_communities(struct writer *writer)
{
    struct cas_json *json = &writer->json;
    const struct casus_community_facts *facts = &writer->facts->communities;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "method", "leiden");
    cas_json_add_number(json, object, "modularity", facts->modularity);
    cas_json_add_count(json, object, "seeds", facts->seeds);
    cas_json_add_number(json, object, "agreement", facts->agreement);
    cas_json_add_number(json, object, "least_agreement", facts->least_agreement);
    cas_json_put(json, "support", object);
    put_groups(writer, "communities", facts->count, casus_balance_community, put_bloc);
}

/* --- ties --------------------------------------------------------------------------------- */

static void
put_tie(struct writer *writer, const struct casus_signed_tie *tie)
{
    struct cas_json *json = &writer->json;
    struct cJSON *object = cas_json_object(json);
    add_actor(writer, object, "a", tie->a);
    add_actor(writer, object, "b", tie->b);
    cas_json_add_number(json, object, "sign", tie->sign);
    cas_json_add_number(json, object, "weight", tie->weight);
    cas_json_add_bool(json, object, "ambivalent", tie->ambivalent);
    cas_json_add_bool(json, object, "frustrated", tie->frustrated);
    cas_json_add_bool(json, object, "disagrees", tie->disagrees);
    struct cJSON *events = cas_json_add_array(json, object, "events");
    for (uint32_t i = 0; writer->report->dossier && i < tie->event_count; i++)
        cas_json_add_text(json, events, NULL,
                          cas_id_of_event(writer->report->dossier, tie->events[i]));
    cas_json_put(json, NULL, object);
}

static void
put_ties(struct writer *writer)
{
    struct cJSON *pairs = cas_json_array(&writer->json);
    add_pairs(writer, pairs, is_ambivalent);
    cas_json_put(&writer->json, "ambivalent", pairs);
    cas_json_open_array(&writer->json, "ties");
    for (uint32_t i = 0; i < casus_balance_tie_count(writer->balance); i++)
        put_tie(writer, casus_balance_tie_at(writer->balance, i));
    cas_json_close(&writer->json);
}

/* --- the frame ---------------------------------------------------------------------------- */

static void
put_reason(void *context, const char *name, const char *why)
{
    cas_json_put_text(context, name, why);
}

enum casus_status
cas_balance_json(const struct casus_balance_report *report, struct casus_output *output,
                 struct casus_error *err)
{
    const struct cas_inputs inputs = {.graph = report->graph};
    struct writer writer = {.report = report,
                            .balance = report->balance,
                            .facts = casus_balance_facts(report->balance)};
    cas_json_init(&writer.json, output);
    cas_envelope_open(&writer.json, &report->heading, &inputs);
    put_signs(&writer);
    put_triads(&writer);
    put_frustration(&writer);
    put_groups(&writer, "parts", writer.facts->parts, casus_balance_part, put_part);
    put_ties(&writer);
    put_groups(&writer, "blocs", writer.facts->blocs, casus_balance_bloc, put_bloc);
    put_clustering(&writer);
    put_communities(&writer);
    cas_json_open_object(&writer.json, "undefined");
    cas_balance_undefined_each(report, put_reason, &writer.json);
    cas_json_close(&writer.json);
    cas_json_open_array(&writer.json, "caveats");
    writer.json.failed |= !cas_balance_caveats_each(report, cas_json_caveat, &writer.json);
    cas_json_close(&writer.json);
    cas_json_close(&writer.json);
    return cas_json_done(&writer.json, err);
}
