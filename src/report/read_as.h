/* Under which names each actor of a dossier was read, from which input, how often. */
#ifndef CAS_READ_AS_H
#define CAS_READ_AS_H

#include <casus/report.h>

#include "base/text.h"
#include "report/json.h"

struct cas_read_as {
    uint32_t actor, input;
    const char *name;
    uint64_t times;
};

/* By actor, in order of sight. */
struct cas_reads {
    struct cas_read_as *at;
    size_t count;
};

/* `sightings` NULL: none. What means no actor of the dossier, because it was left out, is not in
 * the list. */
enum casus_status cas_reads_find(const struct casus_dossier *dossier,
                                 const struct casus_sightings *sightings, struct cas_reads *out,
                                 struct casus_error *err);
void cas_reads_done(struct cas_reads *reads);
/* "Islamic State (a.csv, 12), ISIS (b.csv, 3)"; nothing where nothing is known. `more_only`: nothing
 * either for one name in one input that is the actor's own. */
void cas_reads_words(struct cas_buffer *out, const struct casus_dossier *dossier,
                     const struct cas_reads *reads, uint32_t actor, bool more_only,
                     const char *separator);
void cas_reads_add(struct cas_json *json, struct cJSON *object, const struct casus_dossier *dossier,
                   const struct cas_reads *reads, uint32_t actor);

#endif
