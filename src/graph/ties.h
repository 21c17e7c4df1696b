/* The table of ties: (from, to, relation, directed, month) -> what its events add up to.
 *
 * Both sinks fold through it. Months keep windows apart; cas_ties_merge_months() lays them
 * together. Every accumulation is commutative and associative, so that neither the order of rows
 * nor the split into months shows in the result.
 */
#ifndef CAS_TIES_H
#define CAS_TIES_H

#include <casus/graph.h>

#include "claim/losses.h"

/* From the first to the last known date of what was added. All zero: nothing dated. */
struct cas_span {
    struct casus_date first, last;
    bool open; /* one of them has no end */
};
/* A date counts with its precision; of two that begin on one day the finer is first (it is known
 * to be so early), of two that end on one day the finer is last. */
void cas_span_add(struct cas_span *span, const struct casus_period *period);
void cas_span_merge(struct cas_span *span, const struct cas_span *other);

/* The month that holds a whole period, counted from year 0; CAS_NO_MONTH where none does. */
#define CAS_NO_MONTH INT32_MIN
int32_t cas_month_of(const struct casus_period *period);

struct cas_tie_key {
    uint32_t from, to; /* actors by number; undirected: from <= to */
    int32_t month;
    uint8_t relation, directed;
};

struct cas_tie {
    struct cas_tie_key key;
    uint32_t events;
    double weight;
    struct cas_span span;
    struct cas_sum losses[CASUS_LOSS_COUNT];
    uint32_t evidence[CASUS_EVIDENCE_COUNT];
    uint32_t stances[CASUS_STANCE_COUNT];
    uint32_t last_event; /* index + 1 into the notes of events (tally.h), or 0 */
};

struct cas_ties {
    struct cas_tie *at; /* in order of first sight */
    uint32_t *slots;    /* index + 1, or 0: open addressing, at most half full */
    size_t count, room, slot_count;
};
void cas_ties_init(struct cas_ties *ties);
void cas_ties_done(struct cas_ties *ties);
/* The tie of that key, made where there was none; NULL without memory. Borrowed until the next
 * call. An undirected key may come either way round. */
struct cas_tie *cas_ties_of(struct cas_ties *ties, struct cas_tie_key key);
/* Add `from` to `into`, but for its events' notes, which the caller joins. */
void cas_tie_merge(struct cas_tie *into, const struct cas_tie *from);

#endif
