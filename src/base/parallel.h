/* Independent tasks side by side. */
#ifndef CAS_PARALLEL_H
#define CAS_PARALLEL_H

#include <stddef.h>

typedef void cas_task(void *context, size_t index);

/* Run task(context, 0) to task(context, count - 1), each once, in any order, on up to `threads`
 * threads of which the caller's is one; 0 stands for as many as there are processors to run on, at
 * most 8. Returns when all have ended. Where no thread is to be had, fewer do the work.
 * What a task writes, no other may read or write. */
void cas_parallel(unsigned threads, size_t count, cas_task *task, void *context);

#endif
