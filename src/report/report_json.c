/* The centrality report as JSON: actors in the order of their ids, one a line. */
#include "base/parallel.h"
#include "report/envelope.h"
#include "report/report.h"

/* An answer, and the texts of the numbers that were written last; of the actor at hand, where `last`
 * says of which scores: where no tie supports, those of attack are those of all contact. */
struct sheet {
    struct cas_json *json;
    struct cas_buffer scores, ranks;
    const struct casus_scores *last;
};

static void
sheet_done(struct sheet *sheet)
{
    cas_buffer_done(&sheet->scores);
    cas_buffer_done(&sheet->ranks);
}

static bool
same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool
are_written(const struct sheet *sheet, const struct casus_scores *scores, uint32_t actor)
{
    for (int i = 0; sheet->last && i < CASUS_MEASURE_COUNT; i++) {
        enum casus_measure m = (enum casus_measure)i;
        if (!same_number(casus_scores_at(sheet->last, m, actor),
                         casus_scores_at(scores, m, actor)) ||
            casus_scores_rank(sheet->last, m, actor) != casus_scores_rank(scores, m, actor))
            return false;
    }
    return sheet->last;
}

static void
write_scores(struct sheet *sheet, const struct casus_scores *scores, uint32_t actor)
{
    cas_buffer_clear(&sheet->scores);
    cas_buffer_clear(&sheet->ranks);
    for (int i = 0; i < CASUS_MEASURE_COUNT; i++) {
        enum casus_measure m = (enum casus_measure)i;
        const char *name = casus_measure_info(m)->name;
        cas_json_write_number(&sheet->scores, name, casus_scores_at(scores, m, actor));
        cas_json_write_rank(&sheet->ranks, name, casus_scores_rank(scores, m, actor));
    }
    cas_buffer_char(&sheet->scores, '}');
    cas_buffer_char(&sheet->ranks, '}');
    sheet->last = scores;
}

static void
add_scores(struct sheet *sheet, struct cJSON *parent, const struct casus_scores *scores,
           uint32_t actor)
{
    if (!are_written(sheet, scores, actor))
        write_scores(sheet, scores, actor);
    bool failed = sheet->scores.failed || sheet->ranks.failed;
    cas_json_add_raw(sheet->json, parent, "scores", failed ? NULL : sheet->scores.s);
    cas_json_add_raw(sheet->json, parent, "ranks", failed ? NULL : sheet->ranks.s);
}

static void
add_undefined(struct cas_json *json, struct cJSON *parent, const struct casus_scores *scores,
              uint32_t actor)
{
    struct cJSON *object = cas_json_add_object(json, parent, "undefined");
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        const char *why = casus_scores_undefined(scores, (enum casus_measure)m, actor);
        if (why)
            cas_json_add_text(json, object, casus_measure_info((enum casus_measure)m)->name, why);
    }
}

static void
add_by_relation(struct sheet *sheet, struct cJSON *parent, const struct casus_report *report,
                uint32_t actor)
{
    struct cas_json *json = sheet->json;
    struct cJSON *both = cas_json_add_object(json, parent, "by_relation");
    for (int r = 0; r < CASUS_RELATION_COUNT; r++) {
        const struct casus_scores *scores = cas_report_alone(report, (enum casus_relation)r);
        if (!scores)
            continue;
        struct cJSON *one =
            cas_json_add_object(json, both, casus_relation_name((enum casus_relation)r));
        add_scores(sheet, one, scores, actor);
    }
}

static void
add_figures(struct cas_json *json, struct cJSON *parent, const char *key,
            const struct casus_figure figures[CASUS_LOSS_COUNT])
{
    struct cJSON *object = cas_json_add_object(json, parent, key);
    for (int k = 0; k < CASUS_LOSS_COUNT; k++)
        cas_json_add_figure(json, object, casus_loss_name((enum casus_loss_kind)k), &figures[k]);
}

static void
add_node_counts(struct cas_json *json, struct cJSON *parent, const struct casus_node *node)
{
    struct cJSON *counts = cas_json_add_object(json, parent, "counts");
    cas_json_add_count(json, counts, "events", node->events);
    cas_json_add_count(json, counts, "attacks", node->attacks);
    cas_json_add_count(json, counts, "attacked", node->attacked);
    cas_json_add_count(json, counts, "battles", node->battles);
    cas_json_add_count(json, counts, "backs", node->backs);
    cas_json_add_count(json, counts, "backed", node->backed);
    cas_json_add_count(json, counts, "claims", node->claims);
    cas_json_add_count(json, counts, "carried", node->carried);
    cas_json_add_count(json, counts, "internal", node->internal);
}

static struct cJSON *
tree_of_actor(struct sheet *sheet, const struct casus_report *report, uint32_t actor)
{
    struct cas_json *json = sheet->json;
    const struct casus_node *node = casus_graph_actor_at(report->graph, actor);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", node->id);
    cas_json_add_text(json, object, "name", node->name);
    cas_json_add_text(json, object, "kind", casus_kind_name(node->kind));
    cas_json_add_text(json, object, "parent", node->parent_id);
    sheet->last = NULL;
    add_scores(sheet, object, report->contact, actor);
    add_undefined(json, object, report->contact, actor);
    add_by_relation(sheet, object, report, actor);
    add_node_counts(json, object, node);
    add_figures(json, object, "lost", node->lost);
    return object;
}

/* --- actors by several threads ------------------------------------------------------------ */

enum { SHARE = 64 }; /* actors that one thread writes at a time */

/* Their texts, one behind the other. */
struct share {
    struct cas_json json;
    struct cas_buffer text;
    size_t ends[SHARE], count;
};

struct writing {
    const struct casus_report *report;
    struct cas_json *json;
    struct share shares[CAS_AHEAD];
};

static void
write_share(void *context, size_t index)
{
    struct writing *writing = context;
    struct share *share = &writing->shares[index % CAS_AHEAD];
    struct sheet sheet = {.json = &share->json};
    uint32_t first = (uint32_t)index * SHARE;
    uint32_t left = casus_graph_actor_count(writing->report->graph) - first;
    cas_buffer_init(&sheet.scores);
    cas_buffer_init(&sheet.ranks);
    cas_buffer_clear(&share->text);
    share->count = left < SHARE ? left : SHARE;
    for (uint32_t i = 0; i < share->count; i++) {
        struct cJSON *tree = tree_of_actor(&sheet, writing->report, first + i);
        cas_json_write_tree(&share->json, &share->text, tree);
        share->ends[i] = share->text.n;
    }
    sheet_done(&sheet);
}

static bool
put_share(void *context, size_t index)
{
    struct writing *writing = context;
    const struct share *share = &writing->shares[index % CAS_AHEAD];
    size_t begin = 0;
    writing->json->failed |= share->json.failed || share->text.failed;
    for (size_t i = 0; i < share->count && !writing->json->failed; begin = share->ends[i++])
        cas_json_put_written(writing->json, NULL, share->text.s + begin, share->ends[i] - begin);
    return !writing->json->failed;
}

void
cas_report_actors_json(struct cas_json *json, const struct casus_report *report)
{
    struct writing writing = {.report = report, .json = json};
    size_t count = casus_graph_actor_count(report->graph);
    for (size_t i = 0; i < CAS_AHEAD; i++)
        cas_buffer_init(&writing.shares[i].text);
    cas_json_open_array(json, "actors");
    cas_pipeline(0, (count + SHARE - 1) / SHARE, write_share, put_share, &writing);
    cas_json_close(json);
    for (size_t i = 0; i < CAS_AHEAD; i++)
        cas_buffer_done(&writing.shares[i].text);
}

/* --- the graph as a whole ----------------------------------------------------------------- */

static void
put_scoring(struct cas_json *json, const struct casus_report *report)
{
    static const char *const ambivalents[] = {"out", "net", "positive", "negative"};
    const struct casus_scoring *scoring = cas_report_scoring(report);
    unsigned relations = scoring->relations ? scoring->relations : CASUS_CONTACT;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "weight", report->heading.weight);
    struct cJSON *array = cas_json_add_array(json, object, "relations");
    for (unsigned r = 0; r < CASUS_RELATION_COUNT; r++) {
        if (relations & CASUS_BIT(r))
            cas_json_add_text(json, array, NULL, casus_relation_name((enum casus_relation)r));
    }
    const struct casus_totals *totals = casus_graph_totals(report->graph);
    if (totals->half_life > 0) {
        cas_json_add_number(json, object, "half_life_days", totals->half_life);
        cas_json_add_date(json, object, "at", totals->at);
    }
    cas_json_add_number(json, object, "damping", cas_report_damping(report));
    cas_json_add_text(json, object, "distance", scoring->reciprocal ? "reciprocal" : "hops");
    cas_json_add_bool(json, object, "normalized", scoring->normalized);
    cas_json_add_bool(json, object, "generic", scoring->with_generic);
    cas_json_add_text(json, object, "ambivalent", ambivalents[scoring->ambivalent]);
    if (scoring->approximate > 0)
        cas_json_add_number(json, object, "approximate", scoring->approximate);
    cas_json_put(json, "scoring", object);
}

static void
add_removed(struct cas_json *json, struct cJSON *parent, const struct casus_removed *removed)
{
    struct cJSON *object = cas_json_add_object(json, parent, "removed");
    cas_json_add_count(json, object, "undated", removed->undated);
    cas_json_add_count(json, object, "dates", removed->dates);
    cas_json_add_count(json, object, "types", removed->types);
    cas_json_add_count(json, object, "places", removed->places);
    cas_json_add_count(json, object, "where", removed->where);
    cas_json_add_count(json, object, "evidence", removed->evidence);
    cas_json_add_count(json, object, "grade", removed->grade);
    cas_json_add_count(json, object, "relations", removed->relations);
    cas_json_add_count(json, object, "belief", removed->belief);
}

/* All ids as JSON strings, one after the other; the `i`-th ends at ends[i]. */
static bool
quote_ids(const struct casus_graph *graph, struct cas_buffer *out, size_t *ends)
{
    for (uint32_t i = 0; i < casus_graph_actor_count(graph); i++) {
        cas_json_write_text(out, casus_graph_actor_at(graph, i)->id);
        ends[i] = out->n;
    }
    return !out->failed;
}

static void
write_id(struct cas_buffer *out, const struct cas_buffer *ids, const size_t *ends, uint32_t actor)
{
    size_t begin = actor ? ends[actor - 1] : 0;
    cas_buffer_add(out, ids->s + begin, ends[actor] - begin);
}

static void
write_pairs(const struct casus_scores *scores, const struct cas_buffer *ids, const size_t *ends,
            struct cas_buffer *out)
{
    cas_buffer_char(out, '[');
    for (uint32_t i = 0; i < casus_scores_ambivalent_count(scores); i++) {
        uint32_t pair[2];
        casus_scores_ambivalent_at(scores, i, pair);
        cas_buffer_text(out, i ? ",[" : "[");
        write_id(out, ids, ends, pair[0]);
        cas_buffer_char(out, ',');
        write_id(out, ids, ends, pair[1]);
        cas_buffer_char(out, ']');
    }
    cas_buffer_char(out, ']');
}

/* There may be as many as there are pairs. */
static void
add_ambivalent(struct cas_json *json, struct cJSON *parent, const struct casus_report *report)
{
    struct cas_buffer ids, pairs;
    size_t *ends = cas_zalloc(casus_graph_actor_count(report->graph), sizeof *ends);
    cas_buffer_init(&ids);
    cas_buffer_init(&pairs);
    bool written = ends && quote_ids(report->graph, &ids, ends);
    if (written)
        write_pairs(report->contact, &ids, ends, &pairs);
    written = written && !pairs.failed;
    cas_json_add_raw(json, parent, "ambivalent", written ? pairs.s : NULL);
    cas_buffer_done(&pairs);
    cas_buffer_done(&ids);
    cas_free(ends);
}

static void
add_event_counts(struct cas_json *json, struct cJSON *object, const struct casus_totals *totals)
{
    cas_json_add_count(json, object, "events", totals->events);
    struct cJSON *by_relation = cas_json_add_object(json, object, "by_relation");
    for (int r = 0; r < CASUS_RELATION_COUNT; r++)
        cas_json_add_count(json, by_relation, casus_relation_name((enum casus_relation)r),
                           totals->by_relation[r]);
    cas_json_add_count(json, object, "claims", totals->claims);
    cas_json_add_count(json, object, "no_tie", totals->no_tie);
    cas_json_add_count(json, object, "internal", totals->internal);
    cas_json_add_count(json, object, "claims_no_tie", totals->claims_no_tie);
    cas_json_add_count(json, object, "undated", totals->undated);
    cas_json_add_count(json, object, "undirected", totals->undirected);
    cas_json_add_count(json, object, "ties_dropped", totals->ties_dropped);
}

static void
put_totals(struct sheet *sheet, const struct casus_report *report)
{
    struct cas_json *json = sheet->json;
    const struct casus_totals *totals = casus_graph_totals(report->graph);
    struct cJSON *object = cas_json_object(json);
    add_event_counts(json, object, totals);
    add_figures(json, object, "losses", totals->losses);
    cas_json_add_date(json, object, "first", totals->first);
    cas_json_add_date(json, object, "last", totals->last);
    cas_json_add_bool(json, object, "open", totals->open);
    add_removed(json, object, &totals->removed);
    cas_json_add_count(json, object, "arcs", casus_scores_arc_count(report->contact));
    cas_json_add_count(json, object, "components", casus_scores_component_count(report->contact));
    add_ambivalent(json, object, report);
    cas_json_put(json, "totals", object);
}

static void
put_definitions(struct cas_json *json)
{
    cas_json_open_object(json, "definitions");
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        const struct casus_measure_info *info = casus_measure_info((enum casus_measure)m);
        struct cJSON *object = cas_json_object(json);
        cas_json_add_text(json, object, "title", info->title);
        cas_json_add_text(json, object, "definition", info->definition);
        cas_json_add_text(json, object, "source", info->source);
        cas_json_put(json, info->name, object);
    }
    cas_json_close(json);
}

enum casus_status
cas_report_json(const struct casus_report *report, struct casus_output *output,
                struct casus_error *err)
{
    const struct cas_inputs inputs = {.graph = report->graph};
    struct cas_json answer, *json = &answer;
    struct sheet sheet = {.json = json};
    cas_buffer_init(&sheet.scores);
    cas_buffer_init(&sheet.ranks);
    cas_json_init(json, output);
    cas_envelope_open(json, &report->heading, &inputs);
    put_scoring(json, report);
    cas_report_actors_json(json, report);
    put_totals(&sheet, report);
    cas_report_brokers_json(json, report);
    cas_report_sample_json(json, report);
    cas_report_uncertainty_json(json, report);
    cas_report_reliance_json(json, report);
    cas_report_fallen_json(json, report);
    put_definitions(json);
    cas_json_open_array(json, "caveats");
    json->failed |= !cas_caveats_each(report, cas_json_caveat, json);
    cas_json_close(json);
    cas_json_close(json);
    sheet_done(&sheet);
    return cas_json_done(json, err);
}
