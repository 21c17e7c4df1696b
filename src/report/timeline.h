/* Timelines, one function a family of layouts; and how change is put into words. */
#ifndef CAS_REPORT_TIMELINE_H
#define CAS_REPORT_TIMELINE_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_timeline_page(const struct casus_timeline_report *report,
                                    enum casus_layout layout, struct casus_output *output,
                                    struct casus_error *err);
enum casus_status cas_timeline_json(const struct casus_timeline_report *report,
                                    struct casus_output *output, struct casus_error *err);
enum casus_status cas_timeline_csv(const struct casus_timeline_report *report,
                                   struct casus_output *output, struct casus_error *err);

/* Measure; each window goes to `visit`, which may be NULL. */
typedef enum casus_status cas_visit(void *context, const struct casus_moment *moment,
                                    struct casus_error *err);
enum casus_status cas_timeline_run(const struct casus_timeline_report *report, bool by_relation,
                                   cas_visit *visit, void *context, struct casus_timeline **out,
                                   struct casus_error *err);

/* Does a report show this kind of change? */
bool cas_timeline_tells(const struct casus_timeline_report *report, enum casus_change_kind kind);

/* "A and B turn on each other", without date and events. */
void cas_change_words(struct cas_buffer *out, const struct casus_timeline *timeline,
                      const struct casus_change *change);
/* "e1, e2 and 3 more"; all of them where `most` is 0, with `between` between two. */
void cas_change_events(struct cas_buffer *out, const struct casus_timeline *timeline,
                       const struct casus_change *change, uint32_t most, const char *between);
/* "12 of 1 month, 2019-01-01 to 2019-12-31" and how they lie. */
void cas_windows_words(struct cas_buffer *out, const struct casus_windows *windows);
/* "0", "between 2 and 4", "–" */
void cas_frustration_words(struct cas_buffer *out, const struct casus_bounds *bounds);

/* Calls `take` for each thing to know about this answer; its name is for ever, its text borrowed
 * for the call. False without memory. */
bool cas_timeline_caveats_each(const struct casus_timeline *timeline,
                               void (*take)(void *context, const char *name, const char *text),
                               void *context);

#endif
