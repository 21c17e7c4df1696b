/* What an event weighs by evidence. */
#ifndef CAS_CLAIM_GRADE_H
#define CAS_CLAIM_GRADE_H

#include <casus/ledger.h>

/* 1 or 0: what an event without a probability weighs. */
double cas_verdict_weight(enum casus_evidence evidence);
/* Its probability, or what its verdict says (grade.c). `table` NULL: the standard one.
 * `out_graded`: it has a probability. */
double cas_event_evidence(const struct casus_dossier *dossier, uint32_t event,
                          const struct casus_verdicts *verdicts,
                          const struct casus_probabilities *table, bool *out_graded);

#endif
