/* When two names are one name, and when they nearly are. */
#ifndef CAS_SPELLING_H
#define CAS_SPELLING_H

#include "base/text.h"

/* Append `s` folded: compatibility forms resolved, lower case, accents gone; every apostrophe is
 * ', every dash -, every space a space. Bytes that are no UTF-8 stay. */
void cas_spelling_fold(struct cas_buffer *out, const char *s, size_t n);

/* Whether a folded text holds another; every text holds the empty one. */
bool cas_spelling_holds(const struct cas_buffer *folded, struct cas_text part);

/* Append the key of a name: two names with equal keys are one name. Never empty but for n 0.
 * What a key leaves out: the header of spelling.c. */
void cas_spelling_key(struct cas_buffer *out, const char *name, size_t n);

/* How alike two names are. */
struct cas_likeness {
    double score;       /* 1: one name; 0: nothing speaks for it */
    const char *reason; /* a phrase, for ever; "" where the score is 0 */
};
/* False without memory. Symmetric in a and b. */
bool cas_spelling_compare(const char *a, size_t an, const char *b, size_t bn,
                          struct cas_likeness *out);

#endif
