/* Chains of backing, one function a family of layouts; and how they are put into words. */
#ifndef CAS_REPORT_CHAINS_H
#define CAS_REPORT_CHAINS_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_chains_page(const struct casus_chains_report *report,
                                  enum casus_layout layout, struct casus_output *output,
                                  struct casus_error *err);
enum casus_status cas_chains_json(const struct casus_chains_report *report,
                                  struct casus_output *output, struct casus_error *err);
enum casus_status cas_chains_csv(const struct casus_chains_report *report,
                                 struct casus_output *output, struct casus_error *err);

/* "Russia → Liwa al-Quds", names only. */
void cas_chain_path_words(struct cas_buffer *out, const struct casus_chains_report *report,
                          const struct casus_chain *chain);
/* "Russia → Liwa al-Quds (support, training; 2 events, 2015 –)", and the confidence if defined. */
void cas_chain_words(struct cas_buffer *out, const struct casus_chains_report *report,
                     const struct casus_chain *chain);
/* "a1, a2 and 3 more" */
void cas_chains_event_words(struct cas_buffer *out, const struct casus_chains_report *report,
                            const uint32_t *events, uint32_t count);
void cas_chains_actor_words(struct cas_buffer *out, const struct casus_chains_report *report,
                            const uint32_t *actors, uint32_t count);
void cas_chains_type_words(struct cas_buffer *out, const char *const *types, uint32_t count);

/* Calls `take` for each thing to know about this answer; its name is for ever, its text borrowed
 * for the call. False without memory. */
bool cas_chains_caveats_each(const struct casus_chains_report *report,
                             void (*take)(void *context, const char *name, const char *text),
                             void *context);

#endif
