/* Work that may die: done in a forked child, within limits of time and memory. */
#ifndef CAS_CHILD_H
#define CAS_CHILD_H

#include "base/text.h"

enum cas_child_end {
    CAS_CHILD_DONE,    /* `out` holds what the child sent */
    CAS_CHILD_FAILED,  /* it gave up, or said nothing whole */
    CAS_CHILD_DIED,    /* by a signal or for want of memory */
    CAS_CHILD_TIME,    /* it was stopped at the limit of time */
    CAS_CHILD_NO_FORK, /* the system gave no child or no pipe */
    CAS_CHILD_NO_MEMORY
};

/* The child's work: send the answer by cas_child_send() and return true. It ends by _exit(), so
 * nothing of the parent is flushed or cleaned up twice. */
typedef bool cas_child_work(void *context, int fd);

/* Send all bytes, whatever interrupts. False where the parent is gone. */
bool cas_child_send(int fd, const void *bytes, size_t n);
/* Take the next bytes that the child sent, in pieces of any size. None (n is 0, bytes not NULL):
 * nothing has come for a while, and it works on. False: no memory; it is ended. */
typedef bool cas_child_take(void *taker, const char *bytes, size_t n);
/* Do `work` in a child of at most `seconds` (may be infinite) and `bytes` of memory beyond what
 * this process has; what it sends is taken as it comes, whatever becomes of it later. */
enum cas_child_end cas_child_watch(cas_child_work *work, void *context, double seconds,
                                   size_t bytes, cas_child_take *take, void *taker);
/* The same with all of it in one buffer. `out` grows by what was sent; it means something only
 * where CAS_CHILD_DONE is returned. */
enum cas_child_end cas_child_run(cas_child_work *work, void *context, double seconds,
                                 size_t bytes, struct cas_buffer *out);

/* Several children at once, each with work of its own. What they send is taken as it comes, in
 * whatever order; `child` is its number. NO_FORK: none of them has done anything that was taken.
 * The first that fails ends all. */
struct cas_crew {
    cas_child_work *work;
    void *const *contexts; /* one a child */
    unsigned count;        /* at most CAS_CREW_MAX */
    bool (*take)(void *taker, unsigned child, const char *bytes, size_t n);
    void *taker;
};
enum { CAS_CREW_MAX = 64 };
enum cas_child_end cas_child_crew(const struct cas_crew *crew);
/* May a child be forked while other threads run? Where the allocator is a sanitizer's it may not: a
 * fork does not wait for its locks, and a child that finds one taken waits for ever. glibc's does. */
bool cas_child_beside_threads(void);
/* Processors that this process may use, at least 1. */
unsigned cas_child_processors(void);

#endif
