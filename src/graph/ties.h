/* The table of ties: (from, to, relation, directed, month) -> what its events add up to.
 *
 * Both sinks fold through it. Months keep windows apart; cas_ties_add_up() lays them together.
 * Every accumulation is commutative and associative, so that neither the order of rows
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

/* What one month adds up to: 64 bytes. Most months of most ties hold one or two events, so that
 * what is rare (losses, second marks) stands in lists of its own: indices + 1, 0 ends a list. A
 * mark is how many events have a verdict, or claims a stance; the first one met stands here. */
struct cas_tie {
    struct cas_tie_key key;
    uint32_t events;
    uint32_t losses, marks;
    uint32_t last_event; /* of the notes of events (tally.h) */
    double weight;
    struct cas_span span;
    uint8_t first_mark; /* what + 1, or 0 */
    uint32_t first_count;
};

/* A sum of one kind of loss. */
struct cas_tie_loss {
    struct cas_sum sum;
    uint32_t next;
    enum casus_loss_kind kind;
};

struct cas_tie_mark {
    uint32_t count, next;
    uint32_t what; /* enum casus_evidence, or CAS_MARK_STANCE + enum casus_stance */
};
#define CAS_MARK_STANCE CASUS_EVIDENCE_COUNT
#define CAS_MARK_COUNT  (CASUS_EVIDENCE_COUNT + CASUS_STANCE_COUNT)

struct cas_ties {
    struct cas_tie *at; /* in order of first sight */
    struct cas_tie_loss *losses;
    struct cas_tie_mark *marks;
    uint64_t *slots; /* half a hash, index + 1; or 0: open addressing, at most half full */
    size_t count, room, slot_count;
    size_t loss_count, loss_room, mark_count, mark_room;
};
void cas_ties_init(struct cas_ties *ties);
void cas_ties_done(struct cas_ties *ties);
/* Forget all ties and keep the memory. */
void cas_ties_clear(struct cas_ties *ties);
/* The tie of that key, made where there was none; NULL without memory. Borrowed until the next
 * call. An undirected key may come either way round. */
struct cas_tie *cas_ties_of(struct cas_ties *ties, struct cas_tie_key key);
/* The same by its index in `at`, in two steps: the key's hash, for which memory is asked, and then
 * the index, SIZE_MAX without memory. The key is in order (an undirected one from <= to). */
uint64_t cas_ties_hash(const struct cas_ties *ties, const struct cas_tie_key *key);
size_t cas_ties_index(struct cas_ties *ties, const struct cas_tie_key *key, uint64_t hash);
/* Between the two, and behind them: ask for the memory of the tie itself, and of its losses. */
void cas_ties_expect_tie(const struct cas_ties *ties, uint64_t hash);
void cas_ties_expect_loss(const struct cas_ties *ties, size_t index);
/* Ask for the memory where the tie of that key will be looked for. */
void cas_ties_expect(const struct cas_ties *ties, struct cas_tie_key key);
/* Add a reconciled figure; one that is not known adds nothing. False without memory. */
bool cas_ties_add_loss(struct cas_ties *ties, struct cas_tie *tie, enum casus_loss_kind kind,
                       const struct casus_figure *figure);
/* The sum of one kind of loss, made where there was none; NULL without memory. Borrowed until the
 * next call. */
struct cas_sum *cas_ties_loss(struct cas_ties *ties, struct cas_tie *tie,
                              enum casus_loss_kind kind);
/* Count one more of `what`. False without memory. */
bool cas_ties_add_mark(struct cas_ties *ties, struct cas_tie *tie, uint32_t what);

/* No tie is looked for any more: the memory for that is given back. */
void cas_ties_settle(struct cas_ties *ties);

/* A tie over several months. All zero is none yet. */
struct cas_tie_sum {
    uint32_t events;
    double weight;
    struct cas_span span;
    struct cas_sum losses[CASUS_LOSS_COUNT];
    uint32_t marks[CAS_MARK_COUNT];
};
void cas_ties_add_up(const struct cas_ties *ties, const struct cas_tie *tie,
                     struct cas_tie_sum *sum);

#endif
