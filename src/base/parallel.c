/* Each thread takes the next task that nobody has taken, until none is left. */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_THREADS = 8 };

struct crew {
    atomic_size_t next;
    size_t count;
    cas_task *task;
    void *context;
};

static void *
work(void *self)
{
    struct crew *crew = self;
    size_t index;
    while ((index = atomic_fetch_add(&crew->next, 1)) < crew->count)
        crew->task(crew->context, index);
    return NULL;
}

static unsigned
count_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < MOST_THREADS ? (unsigned)count : MOST_THREADS;
}

void
cas_parallel(unsigned threads, size_t count, cas_task *task, void *context)
{
    struct crew crew = {.count = count, .task = task, .context = context};
    pthread_t others[MOST_THREADS];
    unsigned wanted = threads ? threads : count_processors(), started = 0;
    wanted = wanted < MOST_THREADS ? wanted : MOST_THREADS;
    while (started + 1 < wanted && started + 1 < count &&
           pthread_create(&others[started], NULL, work, &crew) == 0)
        started++;
    work(&crew);
    while (started)
        pthread_join(others[--started], NULL);
}
