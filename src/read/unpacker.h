/* What an archive holds, unpacked ahead of its reader by a thread of its own.
 *
 * What is small is unpacked as it is asked for, and so is all where one thread is wanted: the same
 * bytes come, and a damage at the same byte, behind all that stands before it.
 */
#ifndef CAS_READ_UNPACKER_H
#define CAS_READ_UNPACKER_H

#include "read/archive.h"

struct cas_unpacker;

/* `archive` is moved, also without memory; `threads` as casus_reading has it. NULL without memory. */
struct cas_unpacker *cas_unpacker_new(struct cas_archive *archive, unsigned threads);
void cas_unpacker_free(struct cas_unpacker *unpacker);
/* Up to n bytes. *out_end: nothing follows. A status but CASUS_OK comes with no bytes, and again
 * with each call. @return as cas_archive_read() */
enum casus_status cas_unpacker_read(struct cas_unpacker *unpacker, char *out, size_t n,
                                    size_t *out_n, bool *out_end, struct casus_error *damage,
                                    struct casus_error *err);
/* Unpack no more: the thread has ended. */
void cas_unpacker_stop(struct cas_unpacker *unpacker);
/* Compressed bytes of what was given. */
uint64_t cas_unpacker_done(const struct cas_unpacker *unpacker);

#endif
