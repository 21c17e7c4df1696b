/* Records read ahead of their turn, by several threads.
 *
 * What stands in the window is cut into chunks, and each begins where a unit seems to begin: a line,
 * or an element of a list and the comma behind it. Any thread makes the records of a chunk, which
 * wait in memory of its own; the caller gives them to the sink, chunk by chunk and unit by unit,
 * with their places. A unit about which there is anything to tell (a problem, a head, no memory)
 * ends its chunk: it and what is left of the chunk are read in their turn, as if nothing had been
 * ahead; so is a chunk that did not begin where the one before it ended. So the sink and the
 * problems see the same, in the same order, however many threads there are.
 */
#ifndef CAS_READ_AHEAD_H
#define CAS_READ_AHEAD_H

#include "read/reader.h"

enum cas_unit {
    CAS_UNIT_READ,
    CAS_UNIT_LEFT, /* not whole, the last, or odd: nothing of it was given to the sink */
    CAS_UNIT_OVER  /* reading is over */
};

/* How units are read, with a reader of `size` bytes. */
struct cas_ahead_way {
    size_t size;
    void (*init)(void *reader, struct cas_input *input, struct casus_error *err);
    void (*done)(void *reader);
    /* Read as the caller's reader does. */
    void (*follow)(void *reader, const void *leader);
    /* Where behind the unit at `first` one seems to begin, from `from` on; NULL: nowhere. */
    const char *(*seek)(const char *first, const char *from, const char *end);
    /* The unit at the window's begin; n bytes are there to be looked at. */
    enum cas_unit (*read)(void *reader, size_t n, size_t *out_used);
    /* Take over how a record ended. False: reading is over. */
    bool (*settle)(void *reader, enum casus_status status);
};

struct cas_ahead;

/* Widen the window of a large input, and read and take its whole units if that is worth more than
 * one thread; what is left is for the caller. `reader` is the caller's, for what is read in turn.
 * `ahead` is NULL at first, and to be freed at the input's end.
 * False: reading is over. */
bool cas_ahead_read(struct cas_ahead **ahead, struct cas_input *input,
                    const struct cas_ahead_way *way, void *reader, struct casus_error *err);
void cas_ahead_free(struct cas_ahead *ahead);

#endif
