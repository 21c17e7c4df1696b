/* A thread that finds another one telling goes on with its work: the other has told enough. */
#include "analysis/watch.h"

#include "base/fault.h"

void
cas_watch_begin(struct cas_watch *watch, const struct casus_scoring *scoring, uint64_t total)
{
    watch->scoring = scoring;
    watch->total = total;
    atomic_init(&watch->done, 0);
    atomic_init(&watch->stopped, false);
    pthread_mutex_init(&watch->turn, NULL);
}

bool
cas_watch_tell(void *context, uint32_t pieces)
{
    struct cas_watch *watch = context;
    const struct casus_scoring *scoring = watch->scoring;

    atomic_fetch_add(&watch->done, pieces);
    if (scoring->progress && pthread_mutex_trylock(&watch->turn) == 0) {
        uint64_t done = atomic_load(&watch->done); /* never less than was told before */
        if (!scoring->progress(scoring->context, "shortest paths", done, watch->total)) {
            atomic_store(&watch->stopped, true);
        }
        pthread_mutex_unlock(&watch->turn);
    }
    return !atomic_load_explicit(&watch->stopped, memory_order_relaxed);
}

enum casus_status
cas_watch_end(struct cas_watch *watch, enum casus_status status, struct casus_error *err)
{
    pthread_mutex_destroy(&watch->turn);
    if (status == CASUS_OK && atomic_load(&watch->stopped)) {
        return cas_fail(err, CASUS_ESTOPPED, CAS_MSG_STOPPED, "ended before all paths were found");
    }
    return status;
}
