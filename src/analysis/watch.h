/* Long work that is watched: by a progress call, and by somebody who may end it. */
#ifndef CAS_WATCH_H
#define CAS_WATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include <casus/measures.h>

struct cas_watch {
    const struct casus_scoring *scoring; /* who watches */
    uint64_t total;
    atomic_uint_least64_t done;
    atomic_bool stopped;
    pthread_mutex_t turn; /* of the progress call, which one thread makes at a time */
};

void cas_watch_begin(struct cas_watch *watch, const struct casus_scoring *scoring, uint64_t total);
/* So many more pieces are done. From any thread. @return false: stop */
bool cas_watch_tell(void *watch, uint32_t pieces);
/* @return `status`, or CASUS_ESTOPPED where that is CASUS_OK and the work was ended */
enum casus_status cas_watch_end(struct cas_watch *watch, enum casus_status status,
                                struct casus_error *err);

#endif
