/* Independent tasks side by side. */
#ifndef CAS_PARALLEL_H
#define CAS_PARALLEL_H

#include <stdbool.h>
#include <stddef.h>

typedef void cas_task(void *context, size_t index);

/* Run task(context, 0) to task(context, count - 1), each once, in any order, on up to `threads`
 * threads of which the caller's is one; 0 stands for as many as there are processors to run on, at
 * most 8. Returns when all have ended. Where no thread is to be had, fewer do the work.
 * What a task writes, no other may read or write. */
void cas_parallel(unsigned threads, size_t count, cas_task *task, void *context);

/* Make things side by side and use them one by one: make(context, i) for each i below `count`, on
 * any thread, and use(context, i) on the caller's, in order, each after its make() has ended. No
 * make() is more than CAS_AHEAD before its use(), so that what it makes may stand in slot
 * i % CAS_AHEAD. After a use() that returns false there is no other. Returns when all have ended. */
enum { CAS_AHEAD = 8 };
typedef bool cas_use(void *context, size_t index);
void cas_pipeline(unsigned threads, size_t count, cas_task *make, cas_use *use, void *context);

/* What 0 threads stand for. */
unsigned cas_processors(void);

#endif
