/** The graph as one web page that needs nothing else. */
#ifndef CASUS_VIEW_H
#define CASUS_VIEW_H

#include <casus/balance.h>
#include <casus/ledger.h>
#include <casus/positions.h>
#include <casus/report.h>

/** What a page shows. Everything is borrowed. */
struct casus_view {
    struct casus_heading heading;
    const char *title; /**< NULL: the dossier's */
    const struct casus_dossier *dossier;
    const struct casus_graph *graph; /**< of that dossier */
    const struct casus_verdicts *verdicts;
    const struct casus_ledger *ledger; /**< of the events that the graph was built from */
    const struct casus_scores *contact, *attack, *support;
    const struct casus_balance *balance; /**< NULL: no blocs */
    const struct casus_positions *positions;
};

/** How many a page holds at most. */
enum { CASUS_VIEW_ACTORS = 5000, CASUS_VIEW_TIES = 50000, CASUS_VIEW_EVENTS = 100000 };

/**
 * Can a page of this graph be had?
 *
 * @return CASUS_OK, CASUS_EENGINE (CAS-185: the library was built without Node.js, which makes the
 *         page), CASUS_EINVAL (CAS-186: the graph is too large)
 */
CASUS_API enum casus_status casus_view_check(const struct casus_graph *graph,
                                             struct casus_error *err);

/**
 * Write the page: HTML that holds its script, its style and its data, and asks the network for
 * nothing; a content security policy in it says so. Names are data in it, never markup.
 *
 * @return as casus_view_check(), CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_view_write(const struct casus_view *view,
                                             struct casus_output *output, struct casus_error *err);

#endif
