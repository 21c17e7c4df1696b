/* From a log to windows; both sinks end here. */
#ifndef CAS_WINDOWS_H
#define CAS_WINDOWS_H

#include <casus/windows.h>

#include "graph/graph.h"
#include "graph/log.h"

struct cas_windows_source {
    struct cas_log *log;                 /* moved on success */
    const struct cas_making *making;     /* of the whole; `stands` and `inputs` are copied */
    const struct casus_dossier *dossier; /* that knows ids by number; NULL: the log does */
    const char *since, *until;           /* of the selection, or NULL */
};
/* @return CASUS_OK, CASUS_EINVAL (CAS-160, CAS-171), CASUS_EEMPTY (CAS-176), CASUS_ENOMEM */
enum casus_status cas_windows_make(const struct cas_windows_source *source,
                                   const struct casus_windowing *windowing,
                                   struct casus_windows **out, struct casus_error *err);

/* Calls `take` for each event of a window; false ends it. @return what the last call gave */
typedef bool cas_window_take(void *context, const struct cas_log_event *event);
bool cas_windows_each(struct casus_windows *windows, uint32_t index, cas_window_take *take,
                      void *context);
/* Holds the events of the window before, all of them and no other: so its graph is the same. */
bool cas_windows_alike(const struct casus_windows *windows, uint32_t index);
const struct cas_registry *cas_windows_registry(const struct casus_windows *windows);

#endif
