/* Tables for `neo4j-admin database import`: nodes and relationships, whose headers name the types.
 *
 * Kinds are labels, relations types in capitals, as is the custom there. Neo4j knows no undirected
 * relationship: such a tie runs from the first to the second, and `undirected` says so. Times stay
 * texts, as "2019-04" is a date that Neo4j has no type for. Ids are of one space, "actor".
 */
#include "report/csv.h"
#include "export/job.h"

#include "base/fault.h"

struct table {
    const struct cas_job *job;
    struct cas_csv csv;
    struct cas_buffer scratch;
};

static const char *
type_of(enum cas_value_type type)
{
    switch (type) {
    case CAS_VALUE_COUNT: return ":long";
    case CAS_VALUE_NUMBER: return ":double";
    case CAS_VALUE_TRUTH: return ":boolean";
    default: return "";
    }
}

static void
write_head(struct table *table, struct cas_columns columns, size_t first)
{
    for (size_t i = first; i < columns.count; i++) {
        table->scratch.n = 0;
        cas_buffer_printf(&table->scratch, "%s%s", columns.at[i].name, type_of(columns.at[i].type));
        cas_csv_text(&table->csv, table->scratch.failed ? "" : table->scratch.s);
    }
}

static void
write_cells(struct table *table, struct cas_columns columns, size_t first, uint32_t record)
{
    for (size_t i = first; i < columns.count; i++)
        cas_csv_text(&table->csv,
                     cas_column_text(&columns.at[i], table->job, record, &table->scratch));
}

static enum casus_status
end_table(struct table *table, struct casus_error *err)
{
    bool failed = table->scratch.failed;
    cas_buffer_done(&table->scratch);
    enum casus_status status = cas_csv_done(&table->csv, err);
    return failed ? cas_fail_memory(err) : status;
}

/* "armed-group" is ArmedGroup. */
static void
write_label(struct table *table, enum casus_kind kind)
{
    bool capital = true;
    table->scratch.n = 0;
    cas_buffer_text(&table->scratch, "Actor;");
    for (const char *s = casus_kind_name(kind); *s; s++) {
        if (*s != '-')
            cas_buffer_char(&table->scratch, capital ? (char)(*s - 'a' + 'A') : *s);
        capital = *s == '-';
    }
    cas_csv_text(&table->csv, table->scratch.failed ? "" : table->scratch.s);
}

enum casus_status
cas_write_neo4j_actors(const struct cas_job *job, struct casus_error *err)
{
    struct table table = {.job = job};
    cas_csv_init(&table.csv, job->output);
    cas_csv_text(&table.csv, "id:ID(actor)");
    cas_csv_text(&table.csv, ":LABEL");
    write_head(&table, job->actors, 0);
    write_head(&table, job->places, 0);
    cas_csv_end_row(&table.csv);
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++) {
        cas_csv_text(&table.csv, cas_job_actor_id(job, i));
        write_label(&table, casus_graph_actor_at(job->graph, i)->kind);
        write_cells(&table, job->actors, 0, i);
        write_cells(&table, job->places, 0, i);
        cas_csv_end_row(&table.csv);
    }
    return end_table(&table, err);
}

enum casus_status
cas_write_neo4j_ties(const struct cas_job *job, struct casus_error *err)
{
    static const char *const types[CASUS_RELATION_COUNT] = {"ATTACK", "SUPPORT", "CLAIM"};
    struct table table = {.job = job};
    cas_csv_init(&table.csv, job->output);
    cas_csv_text(&table.csv, ":START_ID(actor)");
    cas_csv_text(&table.csv, ":END_ID(actor)");
    cas_csv_text(&table.csv, ":TYPE");
    cas_csv_text(&table.csv, "tie");
    write_head(&table, job->ties, 0);
    cas_csv_end_row(&table.csv);
    for (uint32_t i = 0; i < casus_graph_tie_count(job->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(job->graph, i);
        cas_csv_text(&table.csv, cas_job_actor_id(job, tie->from));
        cas_csv_text(&table.csv, cas_job_actor_id(job, tie->to));
        cas_csv_text(&table.csv, types[tie->relation]);
        cas_csv_text(&table.csv, cas_job_tie_id(job, i, &table.scratch));
        write_cells(&table, job->ties, 0, i);
        cas_csv_end_row(&table.csv);
    }
    return end_table(&table, err);
}
