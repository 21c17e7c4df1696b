/* Who tells what: events and those who speak of them, as a diagram. */
#ifndef CAS_DRAW_CLAIMS_H
#define CAS_DRAW_CLAIMS_H

#include "draw/diagram.h"

#define CAS_CLAIMS_EVENTS 30 /* more do not fit a page: those of most claims are drawn */

struct cas_telling {
    const struct casus_dossier *dossier;
    const struct casus_verdicts *verdicts;
    const uint8_t *chosen; /* one byte an event, or NULL: all */
};

/* `out` is written on success and ends with cas_diagram_done(). @return CASUS_OK, CASUS_EEMPTY
 * (CAS-163: no event has a claim), CASUS_ENOMEM */
enum casus_status cas_claims_build(const struct cas_telling *telling,
                                   const struct cas_dressing *dressing, struct cas_diagram *out,
                                   struct casus_error *err);

#endif
