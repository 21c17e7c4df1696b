/* The bytes of an input that can be read once only, kept for a second reading.
 *
 * Invariant: `blocks` hold all that ever came, in order, unless it was forgotten; `at` is how much of
 * it the present reading has seen, and what comes behind it comes from the file.
 */
#ifndef CAS_READ_REPLAY_H
#define CAS_READ_REPLAY_H

#include <stddef.h>

#include <casus/dossier.h>

/* Read up to n bytes, from what is kept and then from fd (without a replay, which may be NULL, from
 * there alone). @return how many, fewer only at the end;
 * -1: errno */
ptrdiff_t cas_replay_read(struct casus_replay *replay, int fd, void *out, size_t n);
/* More came than is to be kept, it is kept still, and all of it was seen: the reader says whether it may
 * be forgotten. */
bool cas_replay_full(const struct casus_replay *replay);
void cas_replay_forget(struct casus_replay *replay);
/* Open a pipe, which is held open until the replay ends.
 * @return a descriptor of one's own; -1: errno */
int cas_replay_open(struct casus_replay *replay, const char *path);

#endif
