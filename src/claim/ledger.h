/* The ledger while it is made: the part that record.c fills. */
#ifndef CAS_LEDGER_H
#define CAS_LEDGER_H

#include <casus/ledger.h>

#include "claim/givings.h"
#include "claim/sides.h"
#include "claim/verdicts.h"

struct cas_losses_of { /* of one event chosen */
    uint32_t first, count;
};

struct casus_ledger {
    const struct casus_dossier *dossier;
    const struct casus_verdicts *verdicts;
    uint32_t *events; /* chosen, in order */
    uint32_t event_count;
    uint32_t **claims; /* by place in `events`: in order; in the arena */
    struct cas_losses_of *losses_of;
    struct casus_reconciled *losses;
    size_t loss_count, loss_room;
    struct casus_record *records;
    uint32_t record_count;
    struct cas_arena arena;
    struct cas_givings givings; /* of the event at hand */
};

/* Fill the records (record.c). */
enum casus_status cas_records_make(struct casus_ledger *ledger, const uint8_t *chosen,
                                   struct casus_error *err);

#endif
