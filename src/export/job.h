/* One export under way: the graph, and what every format says of actors and ties.
 *
 * Formats are rows of a table (export.c), each one file with one write function. What is said of an
 * actor, a tie and the graph itself stands in lists of columns (columns.c) that every format
 * takes whole, so that a name means the same in all of them. Values are flat (killed_low, not
 * killed.low), since graph files know no nested values; a value that nobody gave is left out.
 *
 * Where actors stand are two more columns, x and y, which are empty lists where no positions were
 * given: y grows upwards for readers that draw it so (Gephi, Sigma, matplotlib, Graphviz), else
 * downwards, so that each shows the picture that casus draws.
 *
 * Rules: parallel ties stay apart. Each has an id of its own ("tie:7") that no actor bears, and a
 * key that is unique among the ties of its pair ("attack", "attack-undirected").
 */
#ifndef CAS_EXPORT_JOB_H
#define CAS_EXPORT_JOB_H

#include <casus/export.h>

#include "base/text.h"

enum cas_value_type {
    CAS_VALUE_TEXT,
    CAS_VALUE_COUNT,
    CAS_VALUE_NUMBER,
    CAS_VALUE_TRUTH,
    CAS_VALUE_LIST /* of texts: `count` of them by the column's item() */
};

struct cas_value {
    const char *text;
    int64_t count;
    double number;
    bool truth;
    char date[12]; /* `text` of a date points here */
};

struct cas_job;

struct cas_column {
    const char *name;
    enum cas_value_type type;
    /* False where the record has no such value. `which` is the column's own. */
    bool (*get)(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out);
    unsigned which;
    const char *(*item)(const struct cas_job *job, uint32_t record, uint32_t index);
};

struct cas_columns {
    const struct cas_column *at;
    size_t count;
};

/* Tie columns that a format may have a place of its own for stand first. */
enum { CAS_TIE_WEIGHT, CAS_TIE_UNDIRECTED, CAS_TIE_RELATION };

enum { CAS_MOST_COLUMNS = 80 };

struct cas_job {
    const struct casus_graph *graph;
    const struct casus_exporting *options; /* never NULL */
    struct casus_output *output;
    struct cas_columns about, actors, ties; /* `about` has one record, 0 */
    struct cas_columns places;              /* x and y of actors, or none */
    bool y_up;
    struct cas_column actor_list[CAS_MOST_COLUMNS], tie_list[CAS_MOST_COLUMNS];
    struct cas_buffer tie_prefix; /* "tie:" and as many ':' as keep ids apart */
};

struct cas_export_format {
    struct casus_exporter public;
    enum casus_status (*write)(const struct cas_job *job, struct casus_error *err);
    bool y_up; /* see above */
};

void cas_job_set_columns(struct cas_job *job);

/* The id of a tie. `out` holds nothing else after; its failure sticks. @return "" without memory */
const char *cas_job_tie_id(const struct cas_job *job, uint32_t tie, struct cas_buffer *out);
/* "attack", or "attack-undirected": unique among ties of one pair. */
const char *cas_tie_key(const struct casus_tie *tie);
/* Whether the dossier dates the events of the tie. A claim has a date of its own, which is not that
 * of the event it is about. */
bool cas_job_tie_has_dates(const struct cas_job *job, uint32_t tie);
const char *cas_job_actor_id(const struct cas_job *job, uint32_t actor);

/* The value as one text, lists joined by '|'; NULL where there is none. It may stand in `scratch`,
 * whose failure sticks. */
const char *cas_column_text(const struct cas_column *column, const struct cas_job *job,
                            uint32_t record, struct cas_buffer *scratch);

enum casus_status cas_write_networkx(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_cytoscape(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_d3(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_graphology(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_jgf(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_vis(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_gexf(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_graphml(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_dot(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_csv_ties(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_csv_actors(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_neo4j_ties(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_neo4j_actors(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_panel_dyads(const struct cas_job *job, struct casus_error *err);
enum casus_status cas_write_panel_actors(const struct cas_job *job, struct casus_error *err);

#endif
