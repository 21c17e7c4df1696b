/* JSON answers: small trees, streamed an element at a time.
 *
 * The one place of cJSON on the way out. The frame of an answer (its envelope and its long arrays)
 * is opened and closed here and never stands in memory; what hangs in it is built as a small tree,
 * printed by cJSON and freed at once, so that 300,000 ties cost the memory of one.
 *
 * Failure sticks: without memory every call does nothing, takes NULL for a tree, and
 * cas_json_done() says so. cJSON's allocation hooks belong to the process and are left alone; a
 * test that wants its allocations to fail sets them.
 *
 * Shape: the frame is indented by 2, each tree stands on one line, so that long arrays have one
 * element a line.
 */
#ifndef CAS_JSON_H
#define CAS_JSON_H

#include <casus/model.h>
#include <casus/output.h>

#include "base/text.h"

struct cJSON;

enum { CAS_JSON_DEPTH = 16 };

struct cas_json {
    struct casus_output *output;
    bool failed;
    unsigned depth;
    struct cas_json_level {
        char close; /* '}' or ']' */
        bool begun; /* it has an element already */
    } levels[CAS_JSON_DEPTH];
};

void cas_json_init(struct cas_json *json, struct casus_output *output);
/* Ends with a line break. Every level is closed by then. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_json_done(struct cas_json *json, struct casus_error *err);

/* The frame. `key` is NULL inside an array and at the top. */
void cas_json_open_object(struct cas_json *json, const char *key);
void cas_json_open_array(struct cas_json *json, const char *key);
void cas_json_close(struct cas_json *json);
/* Writes and frees a tree; NULL (without memory) writes nothing. */
void cas_json_put(struct cas_json *json, const char *key, struct cJSON *tree);
void cas_json_put_text(struct cas_json *json, const char *key, const char *text); /* NULL: null */
void cas_json_put_number(struct cas_json *json, const char *key, double value);
void cas_json_put_count(struct cas_json *json, const char *key, uint64_t count);
void cas_json_put_bool(struct cas_json *json, const char *key, bool value);
/* The same as cas_json_add_members() for the open object. */
void cas_json_put_members(struct cas_json *json, const char *members);

/* Trees. @return a new one (yours until put or added), or NULL without memory */
struct cJSON *cas_json_object(struct cas_json *json);
struct cJSON *cas_json_array(struct cas_json *json);
/* Into an object with `key`, into an array with NULL. Keys are borrowed until the tree is put;
 * texts are copied. `child` is moved, whether or not there is memory. */
void cas_json_add(struct cas_json *json, struct cJSON *parent, const char *key,
                  struct cJSON *child);
/* A new object or array inside `parent`, which owns it. */
struct cJSON *cas_json_add_object(struct cas_json *json, struct cJSON *parent, const char *key);
struct cJSON *cas_json_add_array(struct cas_json *json, struct cJSON *parent, const char *key);
/* NULL is null. A byte that is no UTF-8 becomes U+FFFD, so that the answer is JSON always. */
void cas_json_add_text(struct cas_json *json, struct cJSON *parent, const char *key,
                       const char *text);
/* The shortest text that reads back the same; not finite is null. */
void cas_json_add_number(struct cas_json *json, struct cJSON *parent, const char *key,
                         double value);
void cas_json_add_count(struct cas_json *json, struct cJSON *parent, const char *key,
                        uint64_t count);
void cas_json_add_bool(struct cas_json *json, struct cJSON *parent, const char *key, bool value);
void cas_json_add_null(struct cas_json *json, struct cJSON *parent, const char *key);
/* A piece of JSON that is well-formed already. */
void cas_json_add_raw(struct cas_json *json, struct cJSON *parent, const char *key,
                      const char *text);
/* Long lists of short things are written as text, which is many times faster than a tree of them:
 * members, with a comma where one is needed, of keys that are plain words; then all of it as an
 * object, after which the text is empty. A failed text is noted by the last. */
void cas_json_write_number(struct cas_buffer *members, const char *key, double value);
void cas_json_write_rank(struct cas_buffer *members, const char *key, uint32_t rank); /* 0: null */
void cas_json_add_written(struct cas_json *json, struct cJSON *parent, const char *key,
                          struct cas_buffer *members);
/* A tree as text, which is freed; and a text that was written so as an element. Between them trees
 * may be built by several threads, each with a cas_json of its own, of which no frame is opened. */
void cas_json_write_tree(struct cas_json *json, struct cas_buffer *out, struct cJSON *tree);
void cas_json_put_written(struct cas_json *json, const char *key, const char *text, size_t n);
/* A count; a text as a JSON string, as cas_json_add_text() would show it. */
void cas_json_write_count(struct cas_buffer *out, uint64_t count);
void cas_json_write_text(struct cas_buffer *out, const char *text);
/* The inside of a JSON object that is well-formed already: its members, each value as it is written
 * but for white space. NULL adds nothing. */
void cas_json_add_members(struct cas_json *json, struct cJSON *object, const char *members);
/* Walks such an inside: the next member's key, and its value as it is written but for white space.
 * False at the end, and without memory (key->failed then). */
bool cas_json_next_member(const char **members, struct cas_buffer *key, struct cas_buffer *value);
/* A JSON value as a cell of a table: a string's own text, but for one that would read as JSON. */
void cas_json_cell(const char *value, struct cas_buffer *out);
/* {"low","best","high"} with null where nobody gave it; null for no figure at all. */
void cas_json_add_figure(struct cas_json *json, struct cJSON *parent, const char *key,
                         const struct casus_figure *figure);
/* "2020-05", or null where there is none. */
void cas_json_add_date(struct cas_json *json, struct cJSON *parent, const char *key,
                       struct casus_date date);

#endif
