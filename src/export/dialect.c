/* What the JSON dialects share. */
#include "export/dialect.h"

#include "base/fault.h"

void
cas_dialect_begin(struct cas_dialect *dialect, const struct cas_job *job)
{
    *dialect = (struct cas_dialect){.job = job};
    cas_buffer_init(&dialect->scratch);
    cas_json_init(&dialect->json, job->output);
    cas_json_open_object(&dialect->json, NULL);
}

enum casus_status
cas_dialect_end(struct cas_dialect *dialect, struct casus_error *err)
{
    cas_json_close(&dialect->json);
    bool failed = dialect->scratch.failed;
    cas_buffer_done(&dialect->scratch);
    enum casus_status status = cas_json_done(&dialect->json, err);
    return failed ? cas_fail_memory(err) : status;
}

static void
add_list(struct cas_dialect *dialect, struct cJSON *object, const struct cas_column *column,
         uint32_t record, int64_t count)
{
    struct cas_json *json = &dialect->json;
    struct cJSON *list = cas_json_add_array(json, object, column->name);
    for (uint32_t i = 0; i < count; i++) {
        const char *item = column->item(dialect->job, record, i);
        if (item)
            cas_json_add_text(json, list, NULL, item);
    }
}

static void
add_value(struct cas_dialect *dialect, struct cJSON *object, const struct cas_column *column,
          uint32_t record, const struct cas_value *value)
{
    struct cas_json *json = &dialect->json;
    switch (column->type) {
    case CAS_VALUE_TEXT: cas_json_add_text(json, object, column->name, value->text); break;
    case CAS_VALUE_COUNT:
        cas_json_add_count(json, object, column->name, (uint64_t)value->count);
        break;
    case CAS_VALUE_NUMBER: cas_json_add_number(json, object, column->name, value->number); break;
    case CAS_VALUE_TRUTH: cas_json_add_bool(json, object, column->name, value->truth); break;
    case CAS_VALUE_LIST: add_list(dialect, object, column, record, value->count); break;
    }
}

void
cas_dialect_add(struct cas_dialect *dialect, struct cJSON *object, struct cas_columns columns,
                size_t first, uint32_t record)
{
    for (size_t i = first; i < columns.count; i++) {
        const struct cas_column *column = &columns.at[i];
        struct cas_value value;
        if (column->get(dialect->job, record, column->which, &value))
            add_value(dialect, object, column, record, &value);
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
