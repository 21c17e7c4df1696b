/* Windows as days and months of the calendar: how long, how far apart, where they begin.
 *
 * Invariant: length and step are of one unit and > 0; after cas_cut_lay() window i spans
 * [cas_cut_first(i), cas_cut_last(i)], both days included, and the first day that was asked for
 * lies in window 0.
 */
#ifndef CAS_CUT_H
#define CAS_CUT_H

#include <casus/windows.h>

enum { CAS_WINDOWS_MAX = 20000 };

struct cas_cut {
    bool months;          /* the unit; else days */
    bool monday;          /* weeks begin on one */
    int32_t length, step; /* in units */
    int32_t begin;        /* of window 0: months since year 0, or days since 1970-01-01 */
    bool expanding;
    uint32_t count;
    char length_words[24], step_words[24]; /* "3 months" */
};

/* @return CASUS_OK, CASUS_EINVAL (CAS-160) */
enum casus_status cas_cut_parse(const struct casus_windowing *windowing, struct cas_cut *out,
                                struct casus_error *err);
/* Lay windows from the one that holds `first` to the first one that reaches `last`.
 * @return CASUS_OK, CASUS_EINVAL (CAS-171) */
enum casus_status cas_cut_lay(struct cas_cut *cut, int32_t first, int32_t last,
                              struct casus_error *err);
int32_t cas_cut_first(const struct cas_cut *cut, uint32_t index);
int32_t cas_cut_last(const struct cas_cut *cut, uint32_t index);

#endif
