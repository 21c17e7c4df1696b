/* JSON answers: small trees, streamed an element at a time. */
#include "report/json.h"

#include <assert.h>
#include <cjson/cJSON.h>

#include "base/fault.h"
#include "base/text.h"

void
cas_json_init(struct cas_json *json, struct casus_output *output)
{
    *json = (struct cas_json){.output = output};
}

enum casus_status
cas_json_done(struct cas_json *json, struct casus_error *err)
{
    assert(json->depth == 0);
    casus_output_write(json->output, "\n", 1);
    return json->failed ? cas_fail_memory(err) : CASUS_OK;
}

/* --- the frame ---------------------------------------------------------------------------- */

static void
indent(struct cas_json *json)
{
    static const char spaces[2 * CAS_JSON_DEPTH + 1] = "                                ";
    casus_output_write(json->output, "\n", 1);
    casus_output_write(json->output, spaces, (size_t)json->depth * 2);
}

/* A tree as text on one line; it is freed. To be given to cJSON_free(); NULL without memory. */
static char *
text_of_tree(struct cas_json *json, cJSON *tree)
{
    enum { USUAL = 4096 }; /* bytes of an element: more are found where they are needed */
    char *text = tree ? cJSON_PrintBuffered(tree, USUAL, false) : NULL;
    json->failed |= !text;
    cJSON_Delete(tree);
    return text;
}

static void
print(struct cas_json *json, cJSON *tree)
{
    char *text = text_of_tree(json, tree);
    if (text)
        casus_output_text(json->output, text);
    cJSON_free(text);
}

static cJSON *new_text(const char *text);

/* What stands before an element: a comma, a line break, its key. */
static void
begin_element(struct cas_json *json, const char *key)
{
    if (json->depth) {
        struct cas_json_level *level = &json->levels[json->depth - 1];
        assert((level->close == '}') == (key != NULL));
        if (level->begun)
            casus_output_write(json->output, ",", 1);
        level->begun = true;
        indent(json);
    }
    if (key) {
        print(json, new_text(key));
        casus_output_text(json->output, ": ");
    }
}

static void
open_level(struct cas_json *json, const char *key, const char *open, char close)
{
    assert(json->depth < CAS_JSON_DEPTH);
    begin_element(json, key);
    casus_output_text(json->output, open);
    json->levels[json->depth++] = (struct cas_json_level){.close = close};
}

void
cas_json_open_object(struct cas_json *json, const char *key)
{
    open_level(json, key, "{", '}');
}

void
cas_json_open_array(struct cas_json *json, const char *key)
{
    open_level(json, key, "[", ']');
}

void
cas_json_close(struct cas_json *json)
{
    assert(json->depth > 0);
    struct cas_json_level *level = &json->levels[--json->depth];
    if (level->begun)
        indent(json);
    casus_output_write(json->output, &level->close, 1);
}

void
cas_json_put(struct cas_json *json, const char *key, struct cJSON *tree)
{
    if (!tree) {
        json->failed = true;
        return;
    }
    begin_element(json, key);
    print(json, tree);
}

/* --- trees -------------------------------------------------------------------------------- */

static struct cJSON *
noted(struct cas_json *json, cJSON *tree)
{
    if (!tree)
        json->failed = true;
    return tree;
}

struct cJSON *
cas_json_object(struct cas_json *json)
{
    return noted(json, cJSON_CreateObject());
}

struct cJSON *
cas_json_array(struct cas_json *json)
{
    return noted(json, cJSON_CreateArray());
}

void
cas_json_add(struct cas_json *json, struct cJSON *parent, const char *key, struct cJSON *child)
{
    bool added =
        parent && child &&
        (key ? cJSON_AddItemToObjectCS(parent, key, child) : cJSON_AddItemToArray(parent, child));
    if (!added) {
        json->failed = true;
        cJSON_Delete(child);
    }
}

/* The child where it hangs in its parent now, else NULL. */
static struct cJSON *
add_parent(struct cas_json *json, struct cJSON *parent, const char *key, cJSON *child)
{
    bool possible = parent && child;
    cas_json_add(json, parent, key, child);
    return possible ? child : NULL;
}

struct cJSON *
cas_json_add_object(struct cas_json *json, struct cJSON *parent, const char *key)
{
    return add_parent(json, parent, key, cJSON_CreateObject());
}

struct cJSON *
cas_json_add_array(struct cas_json *json, struct cJSON *parent, const char *key)
{
    return add_parent(json, parent, key, cJSON_CreateArray());
}

/* The text with U+FFFD for each byte that is no UTF-8. */
static cJSON *
new_mended_text(const char *text)
{
    struct cas_buffer mended;
    cas_buffer_init(&mended);
    const char *end = text + strlen(text);
    while (text < end) {
        size_t length = cas_utf8_length(text, end);
        cas_buffer_add(&mended, length ? text : "\xef\xbf\xbd", length ? length : 3);
        text += length ? length : 1;
    }
    cJSON *tree = mended.failed ? NULL : cJSON_CreateString(mended.s);
    cas_buffer_done(&mended);
    return tree;
}

static cJSON *
new_text(const char *text)
{
    if (!text)
        return cJSON_CreateNull();
    return cas_utf8_fault(text, strlen(text)) ? new_mended_text(text) : cJSON_CreateString(text);
}

static cJSON *
new_number(double value)
{
    char text[32];
    return cJSON_CreateRaw(cas_number_text(value, text));
}

/* Most counts have one digit: a tree that points at it copies nothing. */
static cJSON *
new_digit(uint64_t count)
{
    static const char digits[10][2] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    cJSON *tree = cJSON_CreateStringReference(digits[count]);
    if (tree)
        tree->type = cJSON_Raw | cJSON_IsReference;
    return tree;
}

enum { COUNT_SIZE = 24 };

static const char *
count_text(uint64_t count, char text[COUNT_SIZE])
{
    char *at = text + COUNT_SIZE - 1;
    *at = '\0';
    do
        *--at = (char)('0' + count % 10);
    while (count /= 10);
    return at;
}

static cJSON *
new_count(uint64_t count)
{
    char text[COUNT_SIZE];
    return count < 10 ? new_digit(count) : cJSON_CreateRaw(count_text(count, text));
}

static cJSON *
new_figure_part(int64_t people)
{
    return people < 0 ? cJSON_CreateNull() : new_count((uint64_t)people);
}

void
cas_json_add_text(struct cas_json *json, struct cJSON *parent, const char *key, const char *text)
{
    cas_json_add(json, parent, key, new_text(text));
}

void
cas_json_add_number(struct cas_json *json, struct cJSON *parent, const char *key, double value)
{
    cas_json_add(json, parent, key, new_number(value));
}

void
cas_json_add_count(struct cas_json *json, struct cJSON *parent, const char *key, uint64_t count)
{
    cas_json_add(json, parent, key, new_count(count));
}

void
cas_json_add_bool(struct cas_json *json, struct cJSON *parent, const char *key, bool value)
{
    cas_json_add(json, parent, key, cJSON_CreateBool(value));
}

void
cas_json_add_null(struct cas_json *json, struct cJSON *parent, const char *key)
{
    cas_json_add(json, parent, key, cJSON_CreateNull());
}

void
cas_json_add_raw(struct cas_json *json, struct cJSON *parent, const char *key, const char *text)
{
    cas_json_add(json, parent, key, cJSON_CreateRaw(text));
}

/* --- text in place of trees ---------------------------------------------------------------- */

/* Both are short and many: all of a member is put together before it is added. */
static void
write_member(struct cas_buffer *members, const char *key, const char *value)
{
    char member[128];
    size_t key_n = strlen(key), value_n = strlen(value);
    assert(key_n + value_n + 4 <= sizeof member);
    member[0] = members->n ? ',' : '{';
    member[1] = '"';
    memcpy(member + 2, key, key_n);
    member[key_n + 2] = '"';
    member[key_n + 3] = ':';
    memcpy(member + key_n + 4, value, value_n);
    cas_buffer_add(members, member, key_n + 4 + value_n);
}

void
cas_json_write_number(struct cas_buffer *members, const char *key, double value)
{
    char text[32];
    write_member(members, key, cas_number_text(value, text));
}

void
cas_json_write_rank(struct cas_buffer *members, const char *key, uint32_t rank)
{
    char text[COUNT_SIZE];
    write_member(members, key, rank ? count_text(rank, text) : "null");
}

void
cas_json_add_written(struct cas_json *json, struct cJSON *parent, const char *key,
                     struct cas_buffer *members)
{
    cas_buffer_text(members, members->n ? "}" : "{}");
    cas_json_add_raw(json, parent, key, members->failed ? NULL : members->s);
    cas_buffer_clear(members);
}

void
cas_json_write_tree(struct cas_json *json, struct cas_buffer *out, struct cJSON *tree)
{
    char *text = text_of_tree(json, tree);
    if (text)
        cas_buffer_text(out, text);
    cJSON_free(text);
}

void
cas_json_put_written(struct cas_json *json, const char *key, const char *text, size_t n)
{
    begin_element(json, key);
    casus_output_write(json->output, text, n);
}

void
cas_json_write_count(struct cas_buffer *out, uint64_t count)
{
    char text[COUNT_SIZE];
    cas_buffer_text(out, count_text(count, text));
}

/* The length of a text that JSON writes as it is, else 0. */
static size_t
plain_length(const char *text)
{
    size_t n = 0;
    while (text[n] >= ' ' && text[n] < 0x7f && text[n] != '"' && text[n] != '\\')
        n++;
    return text[n] ? 0 : n;
}

void
cas_json_write_text(struct cas_buffer *out, const char *text)
{
    size_t plain = text ? plain_length(text) : 0;
    if (plain) {
        cas_buffer_char(out, '"');
        cas_buffer_add(out, text, plain);
        cas_buffer_char(out, '"');
        return;
    }
    cJSON *tree = new_text(text);
    char *written = tree ? cJSON_PrintUnformatted(tree) : NULL;
    if (written)
        cas_buffer_text(out, written);
    else
        out->failed = true;
    cJSON_free(written);
    cJSON_Delete(tree);
}

/* --- what is JSON already ------------------------------------------------------------------ */

/* The members between `begin` and `end` as text without white space. */
static void
take_value(struct cas_buffer *value, const char *begin, const char *end)
{
    cas_buffer_add(value, begin, (size_t)(end - begin));
    if (!value->failed) {
        cJSON_Minify(value->s);
        value->n = strlen(value->s);
    }
}

bool
cas_json_next_member(const char **members, struct cas_buffer *key, struct cas_buffer *value)
{
    const char *at = *members + strspn(*members, " \t\r\n,"), *colon = NULL, *end = NULL;
    cas_buffer_clear(key);
    cas_buffer_clear(value);
    if (!*at)
        return false;
    cJSON *name = cJSON_ParseWithOpts(at, &colon, false);
    const char *begin = name && cJSON_IsString(name) ? strchr(colon, ':') : NULL;
    cJSON *parsed = begin ? cJSON_ParseWithOpts(begin + 1, &end, false) : NULL;
    if (parsed) {
        cas_buffer_text(key, name->valuestring);
        take_value(value, begin + 1, end);
        *members = end;
    }
    cJSON_Delete(parsed);
    cJSON_Delete(name);
    key->failed = key->failed || value->failed || !parsed;
    return !key->failed;
}

void
cas_json_cell(const char *value, struct cas_buffer *out)
{
    cJSON *text = cJSON_Parse(value);
    bool plain = text && cJSON_IsString(text) && text->valuestring[0];
    cJSON *inner = plain ? cJSON_ParseWithOpts(text->valuestring, NULL, true) : NULL;
    cas_buffer_text(out, plain && !inner ? text->valuestring : value);
    cJSON_Delete(inner);
    cJSON_Delete(text);
}

void
cas_json_add_members(struct cas_json *json, struct cJSON *object, const char *members)
{
    struct cas_buffer key, value;
    cas_buffer_init(&key);
    cas_buffer_init(&value);
    while (object && members && cas_json_next_member(&members, &key, &value)) {
        cJSON *child = noted(json, cJSON_CreateRaw(value.s));
        if (child && !cJSON_AddItemToObject(object, key.s, child)) {
            json->failed = true;
            cJSON_Delete(child);
        }
    }
    json->failed = json->failed || key.failed;
    cas_buffer_done(&key);
    cas_buffer_done(&value);
}

void
cas_json_add_figure(struct cas_json *json, struct cJSON *parent, const char *key,
                    const struct casus_figure *figure)
{
    if (!casus_figure_known(figure)) {
        cas_json_add_null(json, parent, key);
        return;
    }
    struct cJSON *child = cas_json_add_object(json, parent, key);
    cas_json_add(json, child, "low", new_figure_part(figure->low));
    cas_json_add(json, child, "best", new_figure_part(figure->best));
    cas_json_add(json, child, "high", new_figure_part(figure->high));
}

void
cas_json_add_date(struct cas_json *json, struct cJSON *parent, const char *key,
                  struct casus_date date)
{
    char text[12];
    cas_json_add_text(json, parent, key,
                      casus_date_known(date) ? casus_date_format(date, text) : NULL);
}

/* --- leaves of the frame ------------------------------------------------------------------ */

void
cas_json_put_text(struct cas_json *json, const char *key, const char *text)
{
    cas_json_put(json, key, new_text(text));
}

void
cas_json_put_number(struct cas_json *json, const char *key, double value)
{
    cas_json_put(json, key, new_number(value));
}

void
cas_json_put_count(struct cas_json *json, const char *key, uint64_t count)
{
    cas_json_put(json, key, new_count(count));
}

void
cas_json_put_bool(struct cas_json *json, const char *key, bool value)
{
    cas_json_put(json, key, cJSON_CreateBool(value));
}

void
cas_json_put_members(struct cas_json *json, const char *members)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_members(json, object, members);
    while (object && object->child) {
        struct cJSON *child = cJSON_DetachItemViaPointer(object, object->child);
        begin_element(json, child->string);
        print(json, child);
    }
    cJSON_Delete(object);
}
