/* What the JSON dialects share. */
#include "export/dialect.h"

#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"

void
cas_dialect_begin(struct cas_dialect *dialect, const struct cas_job *job)
{
    *dialect = (struct cas_dialect){.job = job};
    cas_buffer_init(&dialect->scratch);
    cas_buffer_init(&dialect->written);
    cas_json_init(&dialect->json, job->output);
    cas_json_open_object(&dialect->json, NULL);
}

enum casus_status
cas_dialect_end(struct cas_dialect *dialect, struct casus_error *err)
{
    cas_json_close(&dialect->json);
    bool failed = dialect->failed || dialect->scratch.failed;
    cas_free(dialect->months);
    cas_buffer_done(&dialect->scratch);
    cas_buffer_done(&dialect->written);
    enum casus_status status = cas_json_done(&dialect->json, err);
    return failed ? cas_fail_memory(err) : status;
}

static void
write_list(struct cas_dialect *dialect, const struct cas_column *column, uint32_t record,
           int64_t count)
{
    struct cas_buffer *out = &dialect->written;
    char before = '[';
    for (uint32_t i = 0; i < count; i++) {
        const char *item = column->item(dialect->job, record, i);
        if (!item)
            continue;
        cas_buffer_char(out, before);
        cas_json_write_text(out, item);
        before = ',';
    }
    cas_buffer_text(out, before == '[' ? "[]" : "]");
}

static void
write_value(struct cas_dialect *dialect, const struct cas_column *column, uint32_t record,
            const struct cas_value *value)
{
    struct cas_buffer *out = &dialect->written;
    char text[32];
    switch (column->type) {
    case CAS_VALUE_TEXT: cas_json_write_text(out, value->text); break;
    case CAS_VALUE_COUNT: cas_json_write_count(out, (uint64_t)value->count); break;
    case CAS_VALUE_NUMBER: cas_buffer_text(out, cas_number_text(value->number, text)); break;
    case CAS_VALUE_TRUTH: cas_buffer_text(out, value->truth ? "true" : "false"); break;
    case CAS_VALUE_LIST: write_list(dialect, column, record, value->count); break;
    }
}

/* The first member is one of the tree; the text of its value goes on with all others. A tree of
 * each takes a third of the time of a large export. */
void
cas_dialect_add(struct cas_dialect *dialect, struct cJSON *object, struct cas_columns columns,
                size_t first, uint32_t record)
{
    struct cas_buffer *out = &dialect->written;
    const char *key = NULL;
    cas_buffer_clear(out);
    for (size_t i = first; i < columns.count; i++) {
        const struct cas_column *column = &columns.at[i];
        struct cas_value value;
        if (!column->get(dialect->job, record, column->which, &value))
            continue;
        if (key) {
            cas_buffer_text(out, ",\"");
            cas_buffer_text(out, column->name);
            cas_buffer_text(out, "\":");
        }
        key = key ? key : column->name;
        write_value(dialect, column, record, &value);
    }
    if (key)
        cas_json_add_raw(&dialect->json, object, key, out->failed ? NULL : out->s);
}

/* Counted from year 0, or -1 where a period does not lie in one. */
static int32_t
month_of(const struct casus_period *period)
{
    int32_t first = casus_period_first_day(period), last = casus_period_last_day(period);
    if (first == CASUS_DAY_MIN || last == CASUS_DAY_MAX)
        return -1;
    struct casus_date from = casus_date_of_day(first), to = casus_date_of_day(last);
    return from.year == to.year && from.month == to.month ? from.year * 12 + from.month - 1 : -1;
}

static int
compare_months(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* @return how many of the tie's events lie in one month; their months, in order */
static size_t
collect_months(struct cas_dialect *dialect, uint32_t index)
{
    const struct cas_job *job = dialect->job;
    uint32_t events = casus_graph_tie_at(job->graph, index)->events;
    if (!cas_grow(&dialect->months, &dialect->month_room, events, sizeof *dialect->months)) {
        dialect->failed = true;
        return 0;
    }
    size_t count = 0;
    for (uint32_t i = 0; i < events; i++) {
        uint32_t event = casus_graph_tie_event(job->graph, index, i);
        int32_t month = month_of(&casus_dossier_event_at(job->options->dossier, event)->date);
        if (month >= 0)
            dialect->months[count++] = month;
    }
    if (count)
        qsort(dialect->months, count, sizeof *dialect->months, compare_months);
    return count;
}

static void
add_month(struct cas_dialect *dialect, struct cJSON *list, int32_t month, size_t events)
{
    struct casus_date date = {.year = (int16_t)(month / 12), .month = (uint8_t)(month % 12 + 1)};
    struct cJSON *object = cas_json_add_object(&dialect->json, list, NULL);
    char text[12];
    cas_json_add_text(&dialect->json, object, "month", casus_date_format(date, text));
    cas_json_add_count(&dialect->json, object, "events", events);
}

void
cas_dialect_add_tie(struct cas_dialect *dialect, struct cJSON *object, uint32_t tie)
{
    cas_dialect_add(dialect, object, dialect->job->ties, 0, tie);
    if (!cas_job_tie_has_dates(dialect->job, tie))
        return;
    size_t count = collect_months(dialect, tie);
    struct cJSON *list = cas_json_add_array(&dialect->json, object, "months");
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && dialect->months[end] == dialect->months[i];)
            end++;
        add_month(dialect, list, dialect->months[i], end - i);
    }
}

void
cas_dialect_add_actor_id(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                         uint32_t actor)
{
    cas_json_add_text(&dialect->json, object, key, cas_job_actor_id(dialect->job, actor));
}

void
cas_dialect_add_tie_id(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                       uint32_t tie)
{
    cas_json_add_text(&dialect->json, object, key,
                      cas_job_tie_id(dialect->job, tie, &dialect->scratch));
}

void
cas_dialect_add_place(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                      bool array, uint32_t actor)
{
    struct cas_columns places = dialect->job->places;
    if (!places.count)
        return;
    struct cJSON *place = array ? cas_json_add_array(&dialect->json, object, key)
                                : cas_json_add_object(&dialect->json, object, key);
    for (size_t i = 0; i < places.count; i++) {
        struct cas_value value;
        if (places.at[i].get(dialect->job, actor, places.at[i].which, &value))
            cas_json_add_number(&dialect->json, place, array ? NULL : places.at[i].name,
                                value.number);
    }
}

void
cas_dialect_put_about(struct cas_dialect *dialect, const char *key)
{
    struct cJSON *about = cas_json_object(&dialect->json);
    cas_dialect_add(dialect, about, dialect->job->about, 0, 0);
    cas_json_put(&dialect->json, key, about);
}

static void
put_each(struct cas_dialect *dialect, const char *key, uint32_t count,
         void (*put)(struct cas_dialect *, uint32_t))
{
    cas_json_open_array(&dialect->json, key);
    for (uint32_t i = 0; i < count; i++)
        put(dialect, i);
    cas_json_close(&dialect->json);
}

void
cas_dialect_put_actors(struct cas_dialect *dialect, const char *key,
                       void (*put)(struct cas_dialect *, uint32_t))
{
    put_each(dialect, key, casus_graph_actor_count(dialect->job->graph), put);
}

void
cas_dialect_put_ties(struct cas_dialect *dialect, const char *key,
                     void (*put)(struct cas_dialect *, uint32_t))
{
    put_each(dialect, key, casus_graph_tie_count(dialect->job->graph), put);
}
