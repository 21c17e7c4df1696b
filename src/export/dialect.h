/* What the JSON dialects share: columns as members, a record at a time. */
#ifndef CAS_EXPORT_DIALECT_H
#define CAS_EXPORT_DIALECT_H

#include "export/job.h"
#include "report/json.h"

/* Opens the one object that a dialect is. */
struct cas_dialect {
    const struct cas_job *job;
    struct cas_json json;
    struct cas_buffer scratch;
    int32_t *months; /* of the tie at hand, as cas_dialect_add_tie() counts them */
    size_t month_room;
    bool failed;
    struct cas_buffer written; /* the columns of the record at hand */
};

void cas_dialect_begin(struct cas_dialect *dialect, const struct cas_job *job);
enum casus_status cas_dialect_end(struct cas_dialect *dialect, struct casus_error *err);

/* The values of a record that are there, from column `first` on, as members of `object`. */
void cas_dialect_add(struct cas_dialect *dialect, struct cJSON *object, struct cas_columns columns,
                     size_t first, uint32_t record);
/* All values of a tie and, where its events are known, `months`: how many of them lie in each
 * calendar month, in order. An event that may lie in more than one month is in none, and claims have
 * none, as with the windows of a timeline. */
void cas_dialect_add_tie(struct cas_dialect *dialect, struct cJSON *object, uint32_t tie);
void cas_dialect_add_actor_id(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                              uint32_t actor);
void cas_dialect_add_tie_id(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                            uint32_t tie);
/* x and y as an object or an array under `key`, where positions were given. */
void cas_dialect_add_place(struct cas_dialect *dialect, struct cJSON *object, const char *key,
                           bool array, uint32_t actor);
/* An array with an element for each actor or tie, which `put` writes. */
void cas_dialect_put_actors(struct cas_dialect *dialect, const char *key,
                            void (*put)(struct cas_dialect *, uint32_t));
void cas_dialect_put_ties(struct cas_dialect *dialect, const char *key,
                          void (*put)(struct cas_dialect *, uint32_t));
/* What is known of the graph itself, as a member of the open object. */
void cas_dialect_put_about(struct cas_dialect *dialect, const char *key);

#endif
