/* Structural balance, one function a family of layouts; and how it is put into words. */
#ifndef CAS_REPORT_BALANCE_H
#define CAS_REPORT_BALANCE_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_balance_page(const struct casus_balance_report *report,
                                   enum casus_layout layout, struct casus_output *output,
                                   struct casus_error *err);
enum casus_status cas_balance_json(const struct casus_balance_report *report,
                                   struct casus_output *output, struct casus_error *err);
enum casus_status cas_balance_csv(const struct casus_balance_report *report,
                                  struct casus_output *output, struct casus_error *err);

/* "out", as --ambivalent takes it. */
const char *cas_ambivalent_name(enum casus_ambivalent ambivalent);

/* Sentences without a full stop. */
void cas_balance_camps_words(struct cas_buffer *out, const struct casus_balance_report *report);
void cas_balance_others_words(struct cas_buffer *out, const struct casus_balance_report *report);
void cas_balance_blocs_words(struct cas_buffer *out, const struct casus_balance_report *report);
void cas_balance_communities_words(struct cas_buffer *out,
                                   const struct casus_balance_report *report);
/* "A and B back each other across the camps (e1, e2 and 3 more)" */
void cas_balance_frustrated_words(struct cas_buffer *out, const struct casus_balance_report *report,
                                  const struct casus_signed_tie *tie);
void cas_balance_pair_words(struct cas_buffer *out, const struct casus_balance_report *report,
                            const struct casus_signed_tie *tie);

/* Calls `take` for each number that is not defined, with the reason. */
void cas_balance_undefined_each(const struct casus_balance_report *report,
                                void (*take)(void *context, const char *name, const char *why),
                                void *context);
/* Calls `take` for each thing to know about this answer; its name is for ever, its text borrowed
 * for the call. False without memory. */
bool cas_balance_caveats_each(const struct casus_balance_report *report,
                              void (*take)(void *context, const char *name, const char *text),
                              void *context);

#endif
