/* Who tells something: a claimant, a source in its own voice, or the data set itself. */
#ifndef CAS_VOICE_H
#define CAS_VOICE_H

#include <casus/evidence.h>

#include "base/text.h"

/* A claim's: the claimant (claimant.h) at the claim's own date, else at the event's; without `by`
 * its source. */
struct casus_voice cas_voice_of(const struct casus_dossier *dossier,
                                const struct casus_claim *claim, const struct casus_event *event);
bool cas_voice_same(struct casus_voice a, struct casus_voice b);
/* Actors by id, then sources by id, then the data set: an order that no row's place changes. */
int cas_voice_compare(const struct casus_dossier *dossier, struct casus_voice a,
                      struct casus_voice b);
/* "Islamic State", "the source The Gazette", "a source without a name", "the data set" */
void cas_voice_say(struct cas_buffer *out, const struct casus_dossier *dossier,
                   struct casus_voice voice);

#endif
