/* Tables of ties and of actors, for spreadsheets and for Gephi, which takes the columns with a
 * capital for its own: the ties' Kind keeps those of one pair apart.
 */
#include "report/csv.h"
#include "export/job.h"

#include "base/fault.h"

struct table {
    const struct cas_job *job;
    struct cas_csv csv;
    struct cas_buffer scratch;
};

static enum casus_status
end_table(struct table *table, struct casus_error *err)
{
    bool failed = table->scratch.failed;
    cas_buffer_done(&table->scratch);
    enum casus_status status = cas_csv_done(&table->csv, err);
    return failed ? cas_fail_memory(err) : status;
}

static void
write_head(struct table *table, const char *const *own, size_t own_count,
           struct cas_columns columns, size_t first, struct cas_columns more)
{
    for (size_t i = 0; i < own_count; i++)
        cas_csv_text(&table->csv, own[i]);
    for (size_t i = first; i < columns.count; i++)
        cas_csv_text(&table->csv, columns.at[i].name);
    for (size_t i = 0; i < more.count; i++)
        cas_csv_text(&table->csv, more.at[i].name);
    cas_csv_end_row(&table->csv);
}

static void
write_cells(struct table *table, struct cas_columns columns, size_t first, uint32_t record)
{
    for (size_t i = first; i < columns.count; i++)
        cas_csv_text(&table->csv,
                     cas_column_text(&columns.at[i], table->job, record, &table->scratch));
}

static void
write_tie(struct table *table, uint32_t index)
{
    const struct cas_job *job = table->job;
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, index);
    cas_csv_text(&table->csv, cas_job_actor_id(job, tie->from));
    cas_csv_text(&table->csv, cas_job_actor_id(job, tie->to));
    cas_csv_text(&table->csv, tie->directed ? "Directed" : "Undirected");
    cas_csv_text(&table->csv, cas_job_tie_id(job, index, &table->scratch));
    cas_csv_number(&table->csv, tie->weight);
    cas_csv_text(&table->csv, cas_tie_key(tie));
    cas_csv_text(&table->csv, casus_graph_actor_at(job->graph, tie->from)->name);
    cas_csv_text(&table->csv, casus_graph_actor_at(job->graph, tie->to)->name);
    write_cells(table, job->ties, CAS_TIE_RELATION, index);
    cas_csv_end_row(&table->csv);
}

enum casus_status
cas_write_csv_ties(const struct cas_job *job, struct casus_error *err)
{
    static const char *const own[] = {"Source", "Target", "Type",        "Id",
                                      "Weight", "Kind",   "source_name", "target_name"};
    struct table table = {.job = job};
    cas_csv_init(&table.csv, job->output);
    write_head(&table, own, sizeof own / sizeof own[0], job->ties, CAS_TIE_RELATION,
               (struct cas_columns){NULL, 0});
    for (uint32_t i = 0; i < casus_graph_tie_count(job->graph); i++)
        write_tie(&table, i);
    return end_table(&table, err);
}

enum casus_status
cas_write_csv_actors(const struct cas_job *job, struct casus_error *err)
{
    static const char *const own[] = {"Id", "Label"};
    struct table table = {.job = job};
    cas_csv_init(&table.csv, job->output);
    write_head(&table, own, sizeof own / sizeof own[0], job->actors, 1, job->places);
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++) {
        cas_csv_text(&table.csv, cas_job_actor_id(job, i));
        cas_csv_text(&table.csv, casus_graph_actor_at(job->graph, i)->name);
        write_cells(&table, job->actors, 1, i);
        write_cells(&table, job->places, 0, i);
        cas_csv_end_row(&table.csv);
    }
    return end_table(&table, err);
}
