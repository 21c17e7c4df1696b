/* Filling errors, and the policy on going on. */
#ifndef CAS_FAULT_H
#define CAS_FAULT_H

#include <casus/error.h>

/* The numbers of messages by name: CAS_MSG_UNKNOWN_KEY is 111. */
enum cas_msg {
    CAS_MSG_NONE = 0,
#define M(number, name, title, text) CAS_MSG_##name = number,
#include "base/messages.def"
#undef M
};

/* Fill `err` (may be NULL) unless it is filled already. @return the status, for `return`. */
enum casus_status cas_fail(struct casus_error *err, enum casus_status status, enum cas_msg code,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));
enum casus_status cas_fail_memory(struct casus_error *err);

/* The same for a place in a text. `line` (may be NULL) is the offending line, `line_length` long. */
void cas_fault_at(struct casus_error *fault, const char *file, struct casus_where where,
                  const char *line, size_t line_length, enum cas_msg code, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* Make a fault with its text only; the place is filled in later. */
void cas_fault_text(struct casus_error *fault, enum cas_msg code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Add a problem. @return CASUS_OK to go on; else the fault is copied to `err` and its status is
 * returned (CASUS_EINPUT under CASUS_STRICT, CASUS_ENOMEM). */
enum casus_status cas_problem(struct casus_problems *problems, const struct casus_error *fault,
                              struct casus_error *err);
enum casus_policy cas_policy(const struct casus_problems *problems);

#endif
