/* What moved between two inputs, one function a family of layouts. */
#ifndef CAS_REPORT_DIFF_H
#define CAS_REPORT_DIFF_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_diff_page(const struct casus_diff_report *report, enum casus_layout layout,
                                struct casus_output *output, struct casus_error *err);
enum casus_status cas_diff_json(const struct casus_diff_report *report, struct casus_output *output,
                                struct casus_error *err);
enum casus_status cas_diff_csv(const struct casus_diff_report *report, struct casus_output *output,
                               struct casus_error *err);

/* Which fields changed, with `between` between two. */
void cas_fields_text(struct cas_buffer *out, unsigned what, const char *between);
/* Ids with `between` between two: all, or `most` and how many more. */
void cas_ids_text(struct cas_buffer *out, const char *const *ids, uint32_t count, uint32_t most,
                  const char *between);

#endif
