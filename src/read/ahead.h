/* Lines read ahead of their turn, by several threads.
 *
 * The window is cut into chunks of whole lines. Any thread makes the records of a chunk, which wait
 * in memory of its own; the caller gives them to the sink, chunk by chunk and line by line, with
 * their places. A line about which there is anything to tell (a problem, a head, no memory) ends
 * its chunk: it and what is left of the chunk are read in their turn, as if nothing had been ahead.
 * So the sink and the problems see the same, in the same order, however many threads there are.
 */
#ifndef CAS_READ_AHEAD_H
#define CAS_READ_AHEAD_H

#include "read/reader.h"

/* How lines are read, with a reader of `size` bytes. */
struct cas_ahead_way {
    size_t size;
    void (*init)(void *reader, struct cas_input *input, struct casus_error *err);
    void (*done)(void *reader);
    /* The line of n bytes at the window's begin. False: reading is over. */
    bool (*line)(void *reader, size_t n);
    /* Take over how a record ended. False: reading is over. */
    bool (*settle)(void *reader, enum casus_status status);
};

struct cas_ahead;

/* Widen the window of a large input, and read and take its whole lines if that is worth more than
 * one thread; the last line may be left. `reader` is the caller's, for what is read in turn.
 * `ahead` is NULL at first, and to be freed at the input's end.
 * False: reading is over. */
bool cas_ahead_read(struct cas_ahead **ahead, struct cas_input *input,
                    const struct cas_ahead_way *way, void *reader, struct casus_error *err);
void cas_ahead_free(struct cas_ahead *ahead);

#endif
