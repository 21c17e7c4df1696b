/** The graph as files that others open; the dossier as a dossier. */
#ifndef CASUS_EXPORT_H
#define CASUS_EXPORT_H

#include <casus/balance.h>
#include <casus/measures.h>
#include <casus/output.h>
#include <casus/windows.h>
#include <casus/positions.h>

/** A format that can be written. */
struct casus_exporter {
    const char *name;      /**< "networkx" */
    const char *title;     /**< "NetworkX node-link JSON" */
    const char *extension; /**< ".json" */
};
CASUS_API size_t casus_exporter_count(void);
CASUS_API const struct casus_exporter *casus_exporter_at(size_t index);

struct casus_exporting {
    const struct casus_scores *scores;   /**< adds scores to actors; may be NULL */
    const struct casus_dossier *dossier; /**< adds ids of events to ties, and in JSON
                                              how many lie in each month; may be NULL */
    /** Adds where actors stand, in the way that each format's readers look for it; may be NULL. */
    const struct casus_positions *positions;
    const struct casus_balance *balance; /**< of this graph: adds blocs, camps and communities to
                                              actors, and to ties what they fit; may be NULL */
    struct casus_windows *windows;       /**< that a panel has its rows of; else NULL */
    bool links; /**< networkx: the key "links" that versions before 3.6 look for */
};

/**
 * Write a graph in a format.
 *
 * @param name of a casus_exporter; "csv" writes ties, "csv-actors" actors
 * @return CASUS_OK, CASUS_EINVAL (CAS-160: no such format), CASUS_ENOMEM, CASUS_EENGINE
 * Cost: one pass; an element at a time in memory.
 */
CASUS_API enum casus_status casus_export_write(const struct casus_graph *graph, const char *name,
                                               const struct casus_exporting *options,
                                               struct casus_output *output,
                                               struct casus_error *err);

enum casus_dossier_layout { CASUS_DOSSIER_JSON, CASUS_DOSSIER_LINES };

/**
 * Write a dossier; reading it again gives the same dossier, and writing that the same bytes.
 *
 * @param chosen one byte an event, as casus_selection_apply() fills it; NULL means all. Other
 *        events are left out, and claims about these alone. A claim about several events of which
 *        some are left out keeps the others, without its losses: their sum was of all of them.
 *        Actors and sources all stay.
 */
CASUS_API enum casus_status casus_dossier_write(const struct casus_dossier *dossier,
                                                const uint8_t *chosen,
                                                enum casus_dossier_layout layout,
                                                struct casus_output *output,
                                                struct casus_error *err);
/** Write the same as a CSV set into a folder, made if need be; each file appears whole or not at
 * all. */
CASUS_API enum casus_status casus_dossier_write_csv(const struct casus_dossier *dossier,
                                                    const uint8_t *chosen, const char *folder,
                                                    struct casus_error *err);

#endif
