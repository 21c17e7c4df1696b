/* Who tells something: a claimant, a source in its own voice, or the data set itself. */
#ifndef CAS_VOICE_H
#define CAS_VOICE_H

#include <casus/dossier.h>

#include "base/text.h"

enum cas_voice_kind { CAS_VOICE_ACTOR, CAS_VOICE_SOURCE, CAS_VOICE_DATA };

struct cas_voice {
    enum cas_voice_kind kind;
    uint32_t who; /* actor; or source, CASUS_NONE where it is not named; 0 for the data set */
};

/* A claim's: the claimant (claimant.h) at the claim's own date, else at the event's; without `by`
 * its source. */
struct cas_voice cas_voice_of(const struct casus_dossier *dossier, const struct casus_claim *claim,
                              const struct casus_event *event);
bool cas_voice_same(struct cas_voice a, struct cas_voice b);
/* Actors by id, then sources by id, then the data set: an order that no row's place changes. */
int cas_voice_compare(const struct casus_dossier *dossier, struct cas_voice a, struct cas_voice b);
/* "Islamic State", "the source The Gazette", "a source without a name", "the data set" */
void cas_voice_say(struct cas_buffer *out, const struct casus_dossier *dossier,
                   struct cas_voice voice);

#endif
