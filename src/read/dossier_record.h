/* The four records of a dossier in JSON: from a tape to a record for the sink. */
#ifndef CAS_READ_DOSSIER_RECORD_H
#define CAS_READ_DOSSIER_RECORD_H

#include "read/member.h"

/* What the element of a list, or the value of a line's one key, is to be. */
enum cas_noun { CAS_ACTOR, CAS_SOURCE, CAS_EVENT, CAS_CLAIM, CAS_NOUN_COUNT };

/* Read the record at `value` of the tape and give it to the sink, bad or not. `record` was begun
 * at it. @return the record's status, or the sink's */
enum casus_status cas_dossier_record(struct cas_record *record, const struct cas_tape *tape,
                                     uint32_t value, enum cas_noun noun);

/* The losses in a list. */
struct cas_rec_loss *cas_read_losses(const struct cas_walk *walk, uint32_t value,
                                     size_t *out_count);

#endif
