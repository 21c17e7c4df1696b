/* What an event shows by itself, without its claims and without the rest of the dossier: date,
 * type and place. Both sinks choose by it, so that they choose alike. */
#ifndef CAS_SIEVE_H
#define CAS_SIEVE_H

#include <casus/selection.h>

#include "base/fault.h"
#include "base/text.h"

struct cas_sieve;

/* @return CASUS_OK, CASUS_EINVAL (CAS-120 to 122: since or until), CASUS_ENOMEM */
enum casus_status cas_sieve_new(const struct casus_selection *selection, struct cas_sieve **out,
                                struct casus_error *err);
void cas_sieve_free(struct cas_sieve *sieve);

/* Whether an event passes; where it does not, it is counted in `removed` (may be NULL) under the
 * first that bites. Give it every event, once: it notes which types occur. */
bool cas_sieve_passes(struct cas_sieve *sieve, const struct casus_period *date,
                      struct cas_text type, struct cas_text place, struct casus_removed *removed);
/* To be asked after the last event: CASUS_ENOMEM, or CASUS_EINVAL (CAS-160) where a type was
 * asked for that is neither in the table nor any event's. */
enum casus_status cas_sieve_finish(const struct cas_sieve *sieve, struct casus_error *err);

/* Events of relations that are not listed go, but for those whose claims make ties of a relation
 * that is listed. `relations` 0 is all. */
bool cas_relation_passes(unsigned relations, enum casus_relation relation, bool has_claims);

#endif
