/** Answers as text, Markdown, HTML, JSON and CSV. */
#ifndef CASUS_REPORT_H
#define CASUS_REPORT_H

#include <casus/balance.h>
#include <casus/brokers.h>
#include <casus/chains.h>
#include <casus/diff.h>
#include <casus/fallen.h>
#include <casus/ledger.h>
#include <casus/measures.h>
#include <casus/output.h>
#include <casus/registry.h>
#include <casus/sightings.h>
#include <casus/timeline.h>
#include <casus/uncertainty.h>

enum casus_layout { CASUS_TEXT, CASUS_MARKDOWN, CASUS_HTML, CASUS_JSON, CASUS_CSV };

/** What every answer says of itself. Strings are borrowed. */
struct casus_heading {
    const char *command; /**< "report" */
    const struct casus_selection *selection;
    const char *weight; /**< "events" */
    bool hash;
    const struct casus_problems *problems; /**< passed over while reading; NULL: none */
    uint32_t top;   /**< rows of a table in text; 0 means 10 */
    uint32_t width; /**< columns of the terminal; 0 means 80 */
    bool colour;
};

struct casus_report {
    struct casus_heading heading;
    const struct casus_graph *graph;
    const struct casus_scores *contact, *attack, *support; /**< the last two: by_relation */
    const struct casus_scoring *scoring;
    const struct casus_brokers *brokers;         /**< NULL: no section on them */
    const struct casus_uncertainty *uncertainty; /**< of the same graph; NULL: no section */
    const struct casus_reliance *reliance;       /**< the same, */
    const struct casus_fallen *fallen;           /**< the same, */
    const struct casus_dossier *dossier;         /**< of which it is then needed */
};

/**
 * Write the centrality report.
 *
 * @return CASUS_OK, CASUS_ENOMEM; failures to write show when `output` is closed
 */
CASUS_API enum casus_status casus_report_write(const struct casus_report *report,
                                               enum casus_layout layout,
                                               struct casus_output *output,
                                               struct casus_error *err);

struct casus_chains_report {
    struct casus_heading heading;
    const struct casus_dossier *dossier;
    const struct casus_graph *graph;
    const struct casus_chains *chains;
};

/** Write chains of backing and what follows from them. @return as casus_report_write() */
CASUS_API enum casus_status casus_chains_write(const struct casus_chains_report *report,
                                               enum casus_layout layout,
                                               struct casus_output *output,
                                               struct casus_error *err);

struct casus_balance_report {
    struct casus_heading heading;
    const struct casus_dossier *dossier; /**< for ids of events; may be NULL */
    const struct casus_graph *graph;
    const struct casus_balance *balance;
};

/** Write structural balance and blocs. @return as casus_report_write() */
CASUS_API enum casus_status casus_balance_write(const struct casus_balance_report *report,
                                                enum casus_layout layout,
                                                struct casus_output *output,
                                                struct casus_error *err);

struct casus_diff_report {
    struct casus_heading heading;
    struct casus_diff_side side[2]; /**< OLD, NEW: the graphs are read */
    const struct casus_diff *diff;
};

/** Write what moved between two inputs. @return as casus_report_write() */
CASUS_API enum casus_status casus_diff_write(const struct casus_diff_report *report,
                                             enum casus_layout layout, struct casus_output *output,
                                             struct casus_error *err);

struct casus_timeline_report {
    struct casus_heading heading;
    struct casus_windows *windows;
    struct casus_timing timing; /**< `visit` and what it is asked for are the writer's */
    bool balance; /**< balance alone: no scores, no actors, no climbs */
};

/**
 * Measure each window and write what it shows, and what changed. JSON and CSV hold the scores of
 * every window, each written before the next one is built.
 *
 * @return as casus_report_write(), and as casus_timeline_new()
 */
CASUS_API enum casus_status casus_timeline_write(const struct casus_timeline_report *report,
                                                 enum casus_layout layout,
                                                 struct casus_output *output,
                                                 struct casus_error *err);

/** What `casus claims` answers. */
struct casus_claims {
    struct casus_heading heading;
    const struct casus_dossier *dossier;
    const struct casus_verdicts *verdicts;
    const struct casus_ledger *ledger;
    const struct casus_probabilities *probabilities; /**< or NULL: the standard table */
    const struct casus_removed *removed;             /**< or NULL */
};
/**
 * Write who says what of each event, what excludes each other, and how each claimant fares.
 *
 * @return CASUS_OK, CASUS_ENOMEM; failures to write show when `output` is closed
 */
CASUS_API enum casus_status casus_claims_write(const struct casus_claims *claims,
                                               enum casus_layout layout,
                                               struct casus_output *output,
                                               struct casus_error *err);

/** What `casus actors` answers. */
struct casus_actors {
    struct casus_heading heading;
    const struct casus_dossier *dossier;
    const struct casus_registry *registry;   /**< or NULL */
    const struct casus_sightings *sightings; /**< of the same reading, or NULL */
};
/** Write every actor: id, name, kind, parents, aliases, under which names it was read, from which
 * input and how often; and likely duplicates but for those that the registry judges no.
 *
 * @return as casus_report_write() */
CASUS_API enum casus_status casus_actors_write(const struct casus_actors *actors,
                                               enum casus_layout layout,
                                               struct casus_output *output,
                                               struct casus_error *err);
/** Write the actors as a registry (CSV) to edit and give back with --actors. The rows of the
 * registry that they were read with (may be NULL) come first, as they stand; then what it lacks. */
CASUS_API enum casus_status casus_registry_write(const struct casus_dossier *dossier,
                                                 const struct casus_registry *registry,
                                                 struct casus_output *output,
                                                 struct casus_error *err);
/** Write what was read of an input, without a line's end: its name, format, records and events;
 * what is no event and why; what was left out. Control characters are shown as escapes. */
CASUS_API void casus_input_write(const struct casus_input *input, struct casus_output *output);
/** Write the problems of a check. */
CASUS_API enum casus_status casus_problems_write(const struct casus_problems *problems,
                                                 const struct casus_heading *heading,
                                                 enum casus_layout layout,
                                                 struct casus_output *output,
                                                 struct casus_error *err);
/** Write one error as a line, with its part of the text and a caret below; control characters and
 * direction marks are shown as escapes. @return CASUS_OK, CASUS_ENOMEM (nothing is lost but text) */
CASUS_API enum casus_status casus_error_write(const struct casus_error *error, bool colour,
                                              struct casus_output *output);
/** "casus 0.1.0" without the word. */
CASUS_API const char *casus_version(void);

#endif
