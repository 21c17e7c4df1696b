/* Threads that take the next task that nobody has taken, until none is left. */
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

unsigned
cas_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < MOST_THREADS ? (unsigned)count : MOST_THREADS;
}

/* The threads beside the caller's: as many as are wanted and to be had. @return how many */
static unsigned
start(unsigned threads, size_t tasks, void *(*run)(void *), void *context,
      pthread_t out[MOST_THREADS])
{
    unsigned wanted = threads ? threads : cas_processors(), started = 0;
    wanted = wanted < MOST_THREADS ? wanted : MOST_THREADS;
    while (started + 1 < wanted && started + 1 < tasks &&
           pthread_create(&out[started], NULL, run, context) == 0)
        started++;
    return started;
}

static void
join(const pthread_t *threads, unsigned count)
{
    while (count)
        pthread_join(threads[--count], NULL);
}

void
cas_parallel(unsigned threads, size_t count, cas_task *task, void *context)
{
    struct crew crew = {.count = count, .task = task, .context = context};
    pthread_t others[MOST_THREADS];
    unsigned started = start(threads, count, work, &crew, others);
    work(&crew);
    join(others, started);
}

/* --- made ahead, used in order ---------------------------------------------------------------- */

/* Under `lock`: `next` is the first that nobody makes yet, `used` how many are used. */
struct line {
    pthread_mutex_t lock;
    pthread_cond_t made, taken;
    size_t next, used, count;
    bool ready[CAS_AHEAD], stopped;
    cas_task *make;
    void *context;
};

static bool
may_make(const struct line *line)
{
    return line->next < line->count && line->next < line->used + CAS_AHEAD;
}

/* The lock is held before and after. */
static void
make_next(struct line *line)
{
    size_t index = line->next++;
    pthread_mutex_unlock(&line->lock);
    line->make(line->context, index);
    pthread_mutex_lock(&line->lock);
    line->ready[index % CAS_AHEAD] = true;
    pthread_cond_signal(&line->made);
}

static void *
make_on(void *self)
{
    struct line *line = self;
    pthread_mutex_lock(&line->lock);
    while (!line->stopped && line->next < line->count) {
        if (may_make(line))
            make_next(line);
        else
            pthread_cond_wait(&line->taken, &line->lock);
    }
    pthread_mutex_unlock(&line->lock);
    return NULL;
}

/* The caller makes what it would wait for. */
static void
await(struct line *line, size_t index)
{
    while (!line->ready[index % CAS_AHEAD]) {
        if (may_make(line))
            make_next(line);
        else
            pthread_cond_wait(&line->made, &line->lock);
    }
}

static void
use_all(struct line *line, cas_use *use)
{
    pthread_mutex_lock(&line->lock);
    for (size_t i = 0; i < line->count && !line->stopped; i++) {
        await(line, i);
        pthread_mutex_unlock(&line->lock);
        bool gone_on = use(line->context, i);
        pthread_mutex_lock(&line->lock);
        line->ready[i % CAS_AHEAD] = false;
        line->used = i + 1;
        line->stopped = !gone_on;
        pthread_cond_broadcast(&line->taken);
    }
    pthread_mutex_unlock(&line->lock);
}

void
cas_pipeline(unsigned threads, size_t count, cas_task *make, cas_use *use, void *context)
{
    struct line line = {.lock = PTHREAD_MUTEX_INITIALIZER,
                        .made = PTHREAD_COND_INITIALIZER,
                        .taken = PTHREAD_COND_INITIALIZER,
                        .count = count,
                        .make = make,
                        .context = context};
    pthread_t others[MOST_THREADS];
    unsigned started = start(threads, count, make_on, &line, others);
    use_all(&line, use);
    join(others, started);
    pthread_mutex_destroy(&line.lock);
    pthread_cond_destroy(&line.made);
    pthread_cond_destroy(&line.taken);
}
