/** Time cut into windows: which events lie in which, and the graph of each. */
#ifndef CASUS_WINDOWS_H
#define CASUS_WINDOWS_H

#include <casus/graph.h>

/* Membership
 * - An event belongs to every window that holds its whole interval: of all the days that its date
 *   may mean none lies outside. Windows that do not overlap have no event in common but open ones.
 * - Support whose begin or end is open counts in every window that it touches.
 * - An event that fits in no window is spread; one without a date is undated. Both are counted.
 * - A claim goes with what it tells of: it belongs where all of its events do.
 * - In a window that leaves out no event of the selection all its actors stand, as in the graph of
 *   the whole; in others only those that take part.
 */

/** How time is cut. */
struct casus_windowing {
    const char *length; /**< "day", "week", "month", "quarter", "year", or as "90d", "2w", "6m",
                             "2q", "5y"; NULL means "year" */
    const char *step;   /**< between the begins of two windows, in the same words; NULL: `length`,
                             so that they touch. Both of days (and weeks), or both of months */
    bool expanding;     /**< all begin with the first; each ends one step later */
};
/* Windows of months begin with a calendar year's equal parts where the step divides a year; weeks
 * on a Monday; days with the selection's --since, else with the first event. */

/** A window's first and last day, and what lies in it. */
struct casus_window {
    struct casus_date from, to;
    uint32_t events; /**< open support among them */
};

/** The events of one input, kept small, with the windows laid over them. */
struct casus_windows;

/**
 * Cut the time of a finished dossier.
 *
 * @param selection, verdicts, folding as for casus_graph_build(); the first is borrowed for the
 *                   call
 * @param windowing  may be NULL
 * @param out        owned; written on success; borrows the dossier until it is freed
 * @return as casus_graph_build(); CASUS_EINVAL (CAS-160: length or step; CAS-171: more than 20,000
 *         windows), CASUS_EEMPTY (CAS-176: no event lies in time)
 */
CASUS_API enum casus_status casus_windows_new(const struct casus_dossier *dossier,
                                              const struct casus_selection *selection,
                                              const struct casus_verdicts *verdicts,
                                              const struct casus_folding *folding,
                                              const struct casus_windowing *windowing,
                                              struct casus_windows **out, struct casus_error *err);
/**
 * The same of a fold that was made with casus_folding.windows, after the last casus_read(): one
 * pass over the input whatever the number of windows. Memory: about 120 bytes an event, its id, and
 * 32 a figure of losses. Takes the place of casus_fold_finish().
 *
 * @param out owned; borrows the fold until it is freed
 */
CASUS_API enum casus_status casus_fold_windows(struct casus_fold *fold,
                                               struct casus_problems *problems,
                                               const struct casus_windowing *windowing,
                                               struct casus_windows **out, struct casus_error *err);
CASUS_API void casus_windows_free(struct casus_windows *windows);

/** The graph of the whole selection; of a fold its ties do not know their events. Borrowed. */
CASUS_API const struct casus_graph *casus_windows_whole(const struct casus_windows *windows);
CASUS_API uint32_t casus_windows_count(const struct casus_windows *windows);
CASUS_API const struct casus_window *casus_windows_at(const struct casus_windows *, uint32_t);
/** What the length and the step were taken for: "1 month", "90 days". */
CASUS_API const char *casus_windows_length(const struct casus_windows *windows);
CASUS_API const char *casus_windows_step(const struct casus_windows *windows);
/** Made of calendar months, not of days; all of them beginning with the first. */
CASUS_API bool casus_windows_by_months(const struct casus_windows *windows);
CASUS_API bool casus_windows_expand(const struct casus_windows *windows);
/** True where two windows may hold the same day. */
CASUS_API bool casus_windows_overlap(const struct casus_windows *windows);
/**
 * Build the graph of a window; casus_graph_tie_event() gives numbers for
 * casus_windows_event_id(), which are the dossier's where there is one.
 *
 * @param out owned, outlives the windows; without actors where the window holds no event
 * @return CASUS_OK, CASUS_ENOMEM
 * Cost: O(events of the window + actors of all). One call at a time: memory is used again.
 */
CASUS_API enum casus_status casus_windows_graph(struct casus_windows *windows, uint32_t index,
                                                struct casus_graph **out, struct casus_error *err);

/** Events that fit in no window, in order of reading: how many, and the number of each. */
CASUS_API uint32_t casus_windows_spread_count(const struct casus_windows *windows);
CASUS_API uint32_t casus_windows_spread_at(const struct casus_windows *windows, uint32_t index);
CASUS_API uint32_t casus_windows_undated_count(const struct casus_windows *windows);
/** The id of an event by its number. Borrowed until the next call. */
CASUS_API const char *casus_windows_event_id(const struct casus_windows *windows, uint32_t number);

#endif
