/* What moved between two inputs, as JSON; and the words that CSV and pages share with it. */
#include <inttypes.h>

#include "report/diff.h"
#include "report/envelope.h"

void
cas_fields_text(struct cas_buffer *out, unsigned what, const char *between)
{
    bool begun = false;
    for (int field = 0; field < CASUS_FIELD_COUNT; field++) {
        if (!(what & CASUS_BIT(field)))
            continue;
        cas_buffer_printf(out, "%s%s", begun ? between : "",
                          casus_field_name((enum casus_field)field));
        begun = true;
    }
}

void
cas_ids_text(struct cas_buffer *out, const char *const *ids, uint32_t count, uint32_t most,
             const char *between)
{
    uint32_t shown = !most || count <= most ? count : most - 1;
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(out, "%s%s", i ? between : "", ids[i]);
    if (shown < count)
        cas_buffer_printf(out, " and %" PRIu32 " more", count - shown);
}

static void
add_ids(struct cas_json *json, struct cJSON *object, const char *key, const char *const *ids,
        uint32_t count)
{
    struct cJSON *array = cas_json_add_array(json, object, key);
    for (uint32_t i = 0; i < count; i++)
        cas_json_add_text(json, array, NULL, ids[i]);
}

/* --- inputs ------------------------------------------------------------------------------- */

static void
put_sides(struct cas_json *json, const struct casus_diff_report *report)
{
    static const char *const keys[] = {"old", "new"};
    cas_json_open_object(json, "inputs");
    for (int side = 0; side < 2; side++) {
        const struct casus_graph *graph = report->side[side].graph;
        struct cJSON *object = cas_json_object(json);
        struct cJSON *names = cas_json_add_array(json, object, "input");
        for (uint32_t i = 0; i < casus_graph_input_count(graph); i++)
            cas_json_add_text(json, names, NULL, casus_graph_input_at(graph, i)->name);
        cas_json_add_count(json, object, "actors", casus_graph_actor_count(graph));
        cas_json_add_count(json, object, "ties", casus_graph_tie_count(graph));
        cas_json_add_count(json, object, "events", casus_graph_totals(graph)->events);
        cas_json_put(json, keys[side], object);
    }
    cas_json_close(json);
}

/* --- items -------------------------------------------------------------------------------- */

typedef uint32_t count_function(const struct casus_diff *diff);
typedef const struct casus_diff_item *item_function(const struct casus_diff *diff, uint32_t index);

static void
put_item(struct cas_json *json, const struct casus_diff_item *item)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", item->id);
    if (item->what) {
        struct cJSON *array = cas_json_add_array(json, object, "what");
        for (int field = 0; field < CASUS_FIELD_COUNT; field++) {
            if (item->what & CASUS_BIT(field))
                cas_json_add_text(json, array, NULL, casus_field_name((enum casus_field)field));
        }
    }
    cas_json_put(json, NULL, object);
}

static void
put_items(struct cas_json *json, const struct casus_diff *diff, count_function *count,
          item_function *at)
{
    for (int move = 0; move < CASUS_MOVE_COUNT; move++) {
        cas_json_open_array(json, casus_move_name((enum casus_move)move));
        for (uint32_t i = 0; i < count(diff); i++) {
            if ((int)at(diff, i)->move == move)
                put_item(json, at(diff, i));
        }
        cas_json_close(json);
    }
}

static void
put_unions(struct cas_json *json, const struct casus_diff *diff, bool split)
{
    cas_json_open_array(json, split ? "split" : "merged");
    for (uint32_t i = 0; i < casus_diff_union_count(diff); i++) {
        const struct casus_diff_union *one = casus_diff_union_at(diff, i);
        if (one->split != split)
            continue;
        struct cJSON *object = cas_json_object(json);
        cas_json_add_text(json, object, split ? "from" : "to", one->one);
        add_ids(json, object, split ? "to" : "from", one->others, one->other_count);
        add_ids(json, object, "events", one->events, one->event_count);
        cas_json_put(json, NULL, object);
    }
    cas_json_close(json);
}

/* --- ties and ranks ----------------------------------------------------------------------- */

static void
put_tie(struct cas_json *json, const struct casus_diff_tie *tie)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "from", tie->from);
    cas_json_add_text(json, object, "to", tie->to);
    cas_json_add_text(json, object, "relation", casus_relation_name(tie->relation));
    cas_json_add_bool(json, object, "directed", tie->directed);
    for (int side = 0; side < 2; side++) {
        struct cJSON *at = cas_json_add_object(json, object, side ? "after" : "before");
        cas_json_add_count(json, at, "events", tie->events[side]);
        cas_json_add_number(json, at, "weight", tie->weight[side]);
    }
    struct cJSON *events = cas_json_add_object(json, object, "events");
    add_ids(json, events, "added", tie->added, tie->added_count);
    add_ids(json, events, "removed", tie->removed, tie->removed_count);
    add_ids(json, events, "changed", tie->altered, tie->altered_count);
    cas_json_put(json, NULL, object);
}

static void
put_ties(struct cas_json *json, const struct casus_diff *diff)
{
    cas_json_open_object(json, "ties");
    for (int move = 0; move < CASUS_MOVE_COUNT; move++) {
        cas_json_open_array(json, casus_move_name((enum casus_move)move));
        for (uint32_t i = 0; i < casus_diff_tie_count(diff); i++) {
            if ((int)casus_diff_tie_at(diff, i)->move == move)
                put_tie(json, casus_diff_tie_at(diff, i));
        }
        cas_json_close(json);
    }
    cas_json_close(json);
}

static void
put_rank(struct cas_json *json, const struct casus_diff_rank *rank)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "actor", rank->id);
    cas_json_add_text(json, object, "measure", casus_measure_info(rank->measure)->name);
    for (int side = 0; side < 2; side++) {
        if (rank->rank[side])
            cas_json_add_count(json, object, side ? "after" : "before", rank->rank[side]);
        else
            cas_json_add_null(json, object, side ? "after" : "before");
    }
    add_ids(json, object, "events", rank->events, rank->event_count);
    cas_json_put(json, NULL, object);
}

static void
put_ranks(struct cas_json *json, const struct casus_diff *diff)
{
    cas_json_open_object(json, "ranks");
    for (int move = 0; move < CASUS_MOVE_COUNT; move++) {
        cas_json_open_array(json, casus_move_name((enum casus_move)move));
        for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++) {
            if ((int)casus_diff_rank_at(diff, i)->move == move)
                put_rank(json, casus_diff_rank_at(diff, i));
        }
        cas_json_close(json);
    }
    cas_json_close(json);
}

enum casus_status
cas_diff_json(const struct casus_diff_report *report, struct casus_output *output,
              struct casus_error *err)
{
    const struct cas_inputs inputs = {.graph = report->side[1].graph};
    const struct casus_diff *diff = report->diff;
    struct cas_json json;
    cas_json_init(&json, output);
    cas_envelope_open(&json, &report->heading, &inputs);
    put_sides(&json, report);
    cas_json_open_object(&json, "events");
    put_items(&json, diff, casus_diff_event_count, casus_diff_event_at);
    cas_json_close(&json);
    cas_json_open_object(&json, "actors");
    put_items(&json, diff, casus_diff_actor_count, casus_diff_actor_at);
    put_unions(&json, diff, false);
    put_unions(&json, diff, true);
    cas_json_close(&json);
    put_ties(&json, diff);
    put_ranks(&json, diff);
    cas_json_close(&json);
    return cas_json_done(&json, err);
}
