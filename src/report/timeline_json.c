/* A timeline as JSON: each window is written as it is measured, then what changed. */
#include "report/envelope.h"
#include "report/report.h"
#include "report/timeline.h"

struct sheet {
    struct cas_json json;
    const struct casus_timeline_report *report;
};

static const char *
date_text(struct casus_date date, char out[12])
{
    return casus_date_format(date, out);
}

static void
put_windowing(struct sheet *sheet)
{
    const struct casus_windows *windows = sheet->report->windows;
    struct cJSON *object = cas_json_object(&sheet->json);
    cas_json_add_text(&sheet->json, object, "window", casus_windows_length(windows));
    cas_json_add_text(&sheet->json, object, "step", casus_windows_step(windows));
    cas_json_add_bool(&sheet->json, object, "overlap", casus_windows_overlap(windows));
    cas_json_add_count(&sheet->json, object, "windows", casus_windows_count(windows));
    cas_json_add_text(&sheet->json, object, "weight", sheet->report->heading.weight);
    const struct casus_totals *totals = casus_graph_totals(casus_windows_whole(windows));
    if (totals->half_life > 0) {
        cas_json_add_number(&sheet->json, object, "half_life_days", totals->half_life);
        cas_json_add_date(&sheet->json, object, "at", totals->at);
    }
    cas_json_put(&sheet->json, "windowing", object);
    object = cas_json_object(&sheet->json);
    struct cJSON *array = cas_json_add_array(&sheet->json, object, "events");
    for (uint32_t i = 0; i < casus_windows_spread_count(windows); i++)
        cas_json_add_text(&sheet->json, array, NULL,
                          casus_windows_event_id(windows, casus_windows_spread_at(windows, i)));
    cas_json_add_count(&sheet->json, object, "count", casus_windows_spread_count(windows));
    cas_json_put(&sheet->json, "spread", object);
    cas_json_put_count(&sheet->json, "undated", casus_windows_undated_count(windows));
}

/* --- a window ----------------------------------------------------------------------------- */

static void
put_graph(struct cas_json *json, const struct casus_slice *slice)
{
    struct cJSON *graph = cas_json_object(json);
    cas_json_add_count(json, graph, "actors", slice->actors);
    cas_json_add_count(json, graph, "ties", slice->ties);
    cas_json_add_count(json, graph, "events", slice->window.events);
    cas_json_put(json, "graph", graph);
    struct cJSON *by_relation = cas_json_object(json);
    for (int r = 0; r < CASUS_RELATION_COUNT; r++)
        cas_json_add_count(json, by_relation, casus_relation_name((enum casus_relation)r),
                           slice->by_relation[r]);
    cas_json_put(json, "by_relation", by_relation);
    cas_json_put_count(json, "dyads", slice->dyads);
    cas_json_put_number(json, "density", slice->density);
    cas_json_put_number(json, "reciprocity", slice->reciprocity);
    cas_json_put_number(json, "degree", slice->degree);
}

static struct cJSON *
bounds(struct cas_json *json, const struct casus_bounds *found)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_number(json, object, "lower", found->lower);
    cas_json_add_number(json, object, "upper", found->upper);
    cas_json_add_bool(json, object, "proved", found->proved);
    cas_json_add_text(json, object, "why", found->undefined ? found->undefined : found->stopped);
    return object;
}

static void
put_balance(struct cas_json *json, const struct casus_balance_facts *facts)
{
    struct cJSON *triads = cas_json_object(json);
    for (unsigned i = 0; i < CASUS_TRIAD_COUNT; i++)
        cas_json_add_count(json, triads, casus_triad_name(i), facts->triads[i]);
    cas_json_put(json, "triads", triads);
    cas_json_put_number(json, "balanced_fraction", facts->strict);
    cas_json_put_number(json, "walk_balance", facts->walk);
    struct cJSON *signs = cas_json_object(json);
    cas_json_add_count(json, signs, "positive", facts->positive);
    cas_json_add_count(json, signs, "negative", facts->negative);
    cas_json_add_count(json, signs, "ambivalent", facts->ambivalent);
    cas_json_put(json, "signs", signs);
    cas_json_put(json, "frustration", bounds(json, &facts->frustration));
    cas_json_put(json, "disagreement", bounds(json, &facts->disagreement));
}

static void
put_blocs(struct cas_json *json, const struct casus_moment *moment)
{
    uint32_t blocs = moment->balance ? moment->slice->balance.blocs : 0;
    struct cJSON **arrays = cas_zalloc((size_t)blocs + 1, sizeof(struct cJSON *));
    json->failed |= !arrays;
    for (uint32_t i = 0; arrays && i < blocs; i++)
        arrays[i] = cas_json_array(json);
    for (uint32_t v = 0; arrays && blocs && v < casus_graph_actor_count(moment->graph); v++) {
        uint32_t bloc = casus_balance_bloc(moment->balance, v);
        if (bloc)
            cas_json_add_text(json, arrays[bloc - 1], NULL,
                              casus_graph_actor_at(moment->graph, v)->id);
    }
    cas_json_open_array(json, "blocs");
    for (uint32_t i = 0; arrays && i < blocs; i++)
        cas_json_put(json, NULL, arrays[i]);
    cas_json_close(json);
    cas_free(arrays);
}

static enum casus_status
put_window(void *context, const struct casus_moment *moment, struct casus_error *err)
{
    struct sheet *sheet = context;
    struct cas_json *json = &sheet->json;
    char date[12];
    (void)err;
    cas_json_open_object(json, NULL);
    cas_json_put_text(json, "from", date_text(moment->slice->window.from, date));
    cas_json_put_text(json, "to", date_text(moment->slice->window.to, date));
    put_graph(json, moment->slice);
    put_balance(json, &moment->slice->balance);
    put_blocs(json, moment);
    if (!sheet->report->balance) {
        const struct casus_report actors = {.graph = moment->graph,
                                            .contact = moment->contact,
                                            .attack = moment->attack,
                                            .support = moment->support};
        cas_report_actors_json(json, &actors);
    }
    cas_json_close(json);
    return json->failed ? CASUS_ENOMEM : CASUS_OK;
}

/* --- change ------------------------------------------------------------------------------- */

static void
add_parts(struct cas_json *json, struct cJSON *object, const struct casus_timeline *timeline,
          const struct casus_change *change)
{
    struct cJSON *parts = cas_json_add_array(json, object, "parts"), *part = NULL;
    for (uint32_t i = 0; i < change->actor_count; i++) {
        if (!i || change->parts[i] != change->parts[i - 1])
            part = cas_json_add_array(json, parts, NULL);
        cas_json_add_text(json, part, NULL,
                          casus_timeline_actor_at(timeline, change->actors[i])->id);
    }
}

static void
put_change(struct cas_json *json, const struct casus_timeline *timeline,
           const struct casus_change *change)
{
    const struct casus_windows *windows = casus_timeline_windows(timeline);
    struct cJSON *object = cas_json_object(json);
    char date[12];
    cas_json_add_text(json, object, "kind", casus_change_name(change->kind));
    struct cJSON *actors = cas_json_add_array(json, object, "actors");
    for (uint32_t i = 0; i < change->actor_count; i++)
        cas_json_add_text(json, actors, NULL,
                          casus_timeline_actor_at(timeline, change->actors[i])->id);
    cas_json_add_text(json, object, "at",
                      date_text(casus_windows_at(windows, change->window)->from, date));
    cas_json_add_text(json, object, "until",
                      date_text(casus_windows_at(windows, change->window)->to, date));
    cas_json_add_count(json, object, "window", change->window);
    if (change->kind == CASUS_TIE_BEGINS || change->kind == CASUS_TIE_ENDS)
        cas_json_add_text(json, object, "relation", casus_relation_name(change->relation));
    if (change->kind == CASUS_CLIMB) {
        cas_json_add_count(json, object, "rank_before", change->before);
        cas_json_add_count(json, object, "rank", change->after);
    }
    if (change->parts)
        add_parts(json, object, timeline, change);
    struct cJSON *events = cas_json_add_array(json, object, "events");
    for (uint32_t i = 0; i < change->event_count; i++)
        cas_json_add_text(json, events, NULL, casus_windows_event_id(windows, change->events[i]));
    cas_json_put(json, NULL, object);
}

static void
put_shift(struct cas_json *json, const struct casus_timeline *timeline,
          const struct casus_shift *shift)
{
    const struct casus_windows *windows = casus_timeline_windows(timeline);
    struct cJSON *object = cas_json_object(json);
    char date[12];
    cas_json_add_text(json, object, "series", casus_series_name(shift->series));
    cas_json_add_text(json, object, "from",
                      date_text(casus_windows_at(windows, shift->begin)->from, date));
    cas_json_add_text(json, object, "to",
                      date_text(casus_windows_at(windows, shift->end - 1)->to, date));
    cas_json_add_text(json, object, "at",
                      date_text(casus_windows_at(windows, shift->at)->from, date));
    cas_json_add_number(json, object, "before", shift->before);
    cas_json_add_number(json, object, "after", shift->after);
    cas_json_add_number(json, object, "p", shift->p);
    cas_json_add_number(json, object, "p_corrected", shift->corrected);
    cas_json_put(json, NULL, object);
}

static void
put_shifts(struct cas_json *json, const struct casus_timeline *timeline)
{
    cas_json_open_object(json, "change_points");
    cas_json_put_count(json, "permutations", casus_timeline_permutations(timeline));
    cas_json_put_count(json, "seed", casus_timeline_seed(timeline));
    cas_json_put_text(json, "correction", "Holm 1979");
    cas_json_put_text(json, "untested", casus_timeline_untested(timeline));
    cas_json_open_array(json, "tests");
    for (uint32_t i = 0; i < casus_timeline_shift_count(timeline); i++)
        put_shift(json, timeline, casus_timeline_shift_at(timeline, i));
    cas_json_close(json);
    cas_json_close(json);
}

/* --- all of it ---------------------------------------------------------------------------- */

enum casus_status
cas_timeline_json(const struct casus_timeline_report *report, struct casus_output *output,
                  struct casus_error *err)
{
    const struct cas_inputs inputs = {.graph = casus_windows_whole(report->windows)};
    struct sheet sheet = {.report = report};
    struct cas_json *json = &sheet.json;
    struct casus_timeline *timeline;
    cas_json_init(json, output);
    cas_envelope_open(json, &report->heading, &inputs);
    put_windowing(&sheet);
    cas_json_open_array(json, "windows");
    enum casus_status status = cas_timeline_run(report, true, put_window, &sheet, &timeline, err);
    if (status != CASUS_OK)
        return status;
    cas_json_close(json);
    cas_json_open_array(json, "changes");
    for (uint32_t i = 0; i < casus_timeline_change_count(timeline); i++) {
        const struct casus_change *change = casus_timeline_change_at(timeline, i);
        if (cas_timeline_tells(report, change->kind))
            put_change(json, timeline, change);
    }
    cas_json_close(json);
    put_shifts(json, timeline);
    cas_json_open_array(json, "caveats");
    json->failed |= !cas_timeline_caveats_each(timeline, cas_json_caveat, json);
    cas_json_close(json);
    cas_json_close(json);
    casus_timeline_free(timeline);
    return cas_json_done(json, err);
}
