/* A CSV set while it is read: the claims of claims.csv wait in memory for their events. */
#ifndef CAS_READ_CSVSET_H
#define CAS_READ_CSVSET_H

#include "read/sheet.h"

struct cas_loss_node {
    struct cas_rec_loss loss;
    struct cas_loss_node *next;
};

/* Rows of claims.csv that agree in all but the loss. */
struct cas_row_claim {
    struct cas_rec_claim claim;
    struct cas_loss_node *first, **last;
    size_t loss_count;
    struct cas_mark mark; /* of its first row */
    uint32_t next;        /* claim about the same event, or CASUS_NONE */
    bool own_losses;      /* without a stance: figures of the event's own */
    bool bad, given;
};

struct cas_csv_set {
    struct cas_input *input;
    struct casus_error *err;
    struct cas_bytes claim_bytes; /* all of claims.csv */
    struct cas_mark mark;         /* of the claim that is given to the sink */
    struct cas_mark *rows;        /* of claims.csv, for places */
    size_t row_count, row_room;
    struct cas_intern keys; /* what rows agree in; a number is an index of claims */
    struct cas_row_claim *claims;
    size_t claim_count, claim_room;
    struct cas_intern events; /* ids that one claim alone is about */
    uint32_t *first_of;       /* claim about an event, by number in `events` */
    size_t first_room;
};

/* Read claims.csv, whose bytes are open, into memory. */
enum casus_status cas_csv_claims_read(struct cas_csv_set *set);
/* Put the claims and losses of an event into it; they then are given. */
void cas_csv_claims_of(struct cas_csv_set *set, struct cas_record *record,
                       struct cas_rec_event *event);
/* Give the sink what is left: claims about several events, about none that stands in events.csv,
 * and bad ones. */
enum casus_status cas_csv_claims_rest(struct cas_csv_set *set);
/* The place of something in claims.csv; false if it is not in there. */
bool cas_csv_claims_locate(const struct cas_csv_set *set, const char *at,
                           struct casus_error *fault);

#endif
