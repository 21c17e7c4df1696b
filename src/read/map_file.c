/* A map from a JSON file, and back into one. */
#include "read/map.h"
#include "read/member.h"

enum { VERSION, COLUMNS, TYPES, TYPE, RELATION, LIST, DATES, KEYS };
static const char *const names[KEYS] = {"casus-map", "columns", "types", "type",
                                        "relation",  "list",    "dates"};
static const struct cas_keys keys = {names, KEYS};
static const struct cas_keys column_keys = {cas_map_columns, CAS_MAP_COLUMNS};

struct reading {
    struct cas_input input;
    struct cas_map *map;
    struct casus_error *err;
};

static void
complain(struct cas_record *record, const char *at, const char *name, const char *wrong)
{
    if (wrong)
        cas_record_problem(record, at, CAS_MSG_MAP, "'%s' %s", name, wrong);
}

static void
read_columns(struct cas_map *map, const struct cas_walk *outer)
{
    if (!cas_expect(outer, outer->value, CAS_TAPE_OBJECT))
        return;
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, outer->value, &column_keys);
    while (cas_walk_next(&walk)) {
        struct cas_text name = cas_value_text(&walk, walk.value);
        if (name.s)
            complain(walk.record, name.at, cas_map_columns[walk.key],
                     cas_map_set_column(map, walk.key, name));
    }
}

/* Its keys are anybody's. */
static void
read_types(struct cas_map *map, const struct cas_walk *outer)
{
    if (!cas_expect(outer, outer->value, CAS_TAPE_OBJECT))
        return;
    uint32_t node = outer->value + 1, count = outer->tape->nodes[outer->value].count;
    for (uint32_t i = 0; i < count && outer->record->status == CASUS_OK; i++) {
        char quoted[CAS_QUOTED];
        struct cas_text word = cas_tape_text(outer->tape, node, outer->record->arena);
        struct cas_text type = cas_value_text(outer, node + 1);
        const char *wrong = word.s && type.s ? cas_map_set_word(map, word, type) : NULL;
        if (wrong)
            cas_record_problem(outer->record, type.at, CAS_MSG_MAP, "%s %s",
                               cas_quoted(type, quoted), wrong);
        node = outer->tape->nodes[node + 1].next;
    }
}

static void
read_constant(struct cas_map *map, const struct cas_walk *walk, int constant)
{
    struct cas_text value = cas_value_text(walk, walk->value);
    if (value.s)
        complain(walk->record, value.at, cas_map_constants[constant],
                 cas_map_set_constant(map, constant, value));
}

static void
read_version(const struct cas_walk *walk)
{
    double version = 0;
    if (cas_value_number(walk, walk->value, &version) && version != 1)
        cas_record_problem(walk->record, cas_value_at(walk->tape, walk->value), CAS_MSG_VERSION,
                           "expected a map of version 1");
}

static void
read_object(struct cas_map *map, struct cas_walk *walk)
{
    while (cas_walk_next(walk)) {
        switch (walk->key) {
        case VERSION: read_version(walk); break;
        case COLUMNS: read_columns(map, walk); break;
        case TYPES: read_types(map, walk); break;
        default: read_constant(map, walk, walk->key - TYPE); break;
        }
    }
}

static enum casus_status
read_tape(struct reading *reading, const struct cas_tape *tape)
{
    struct cas_record record;
    const char *begin = reading->input.bytes.s;
    cas_record_begin(&record, &reading->input, begin, reading->err);
    for (size_t i = 0; i < tape->flaw_count; i++)
        cas_record_problem(&record, begin + tape->flaws[i].at, tape->flaws[i].code,
                           "found what JSON forbids");
    struct cas_walk walk = cas_walk_begin(&record, tape, 0, &keys);
    if (tape->nodes[0].type == CAS_TAPE_OBJECT)
        read_object(reading->map, &walk);
    const char *lacks = cas_map_lacks(reading->map);
    if (lacks)
        cas_record_problem(&record, NULL, CAS_MSG_MAP, "%s", lacks);
    return record.status;
}

static enum casus_status
not_json(struct reading *reading, size_t at, const char *expected)
{
    char found[40];
    struct cas_record record;
    const struct cas_bytes *bytes = &reading->input.bytes;
    cas_record_begin(&record, &reading->input, bytes->s, reading->err);
    cas_record_problem(&record, bytes->s + at, CAS_MSG_SYNTAX, "expected %s, found %s",
                       expected ? expected : "a map as JSON",
                       cas_tape_found(bytes->s + at, bytes->s + bytes->n, found));
    return record.status;
}

static enum casus_status
read_bytes(struct reading *reading)
{
    struct cas_bytes *bytes = &reading->input.bytes;
    enum casus_status status = CASUS_OK;
    while (status == CASUS_OK && !bytes->at_end) {
        if (bytes->n > CAS_LARGEST)
            return not_json(reading, 0, "a map of at most 16 MiB");
        status = cas_bytes_more(bytes, reading->err);
    }
    if (status != CASUS_OK)
        return status;
    struct cas_tape tape;
    cas_tape_init(&tape);
    switch (cas_tape_scan(&tape, bytes->s, bytes->n, true, 0)) {
    case CAS_SCAN_OK: status = read_tape(reading, &tape); break;
    case CAS_SCAN_MEMORY: status = cas_fail_memory(reading->err); break;
    case CAS_SCAN_FAULT: status = not_json(reading, tape.at, tape.expected); break;
    default: status = not_json(reading, bytes->n, NULL);
    }
    cas_tape_done(&tape);
    return status;
}

static void
locate(void *context, const char *at, struct casus_error *fault)
{
    const struct cas_input *input = context;
    cas_bytes_locate(&input->bytes, at ? at : input->record, fault);
}

enum casus_status
cas_map_read_file(struct cas_map *map, const char *path, struct casus_error *err)
{
    struct reading reading = {.map = map, .err = err};
    struct cas_input *input = &reading.input;
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    if (!problems)
        return cas_fail_memory(err);
    *input = (struct cas_input){.path = path,
                                .problems = problems,
                                .bytes = {.fd = -1},
                                .mark = &input->bytes.mark,
                                .locator = {.context = input, .locate = locate}};
    cas_arena_init(&input->scratch);
    enum casus_status status = cas_bytes_open(&input->bytes, path, NULL, err);
    if (status == CASUS_OK)
        status = read_bytes(&reading);
    if (status == CASUS_EINPUT && input->bytes.damage.status != CASUS_OK)
        status = cas_problem(problems, &input->bytes.damage, err);
    cas_bytes_close(&input->bytes);
    cas_arena_done(&input->scratch);
    casus_problems_free(problems);
    return status;
}

/* --- back ------------------------------------------------------------------------------------- */

/* "key": "value" behind a comma, but the first. */
static void
put_pair(struct cas_buffer *out, bool first, const char *gap, const char *key, const char *value)
{
    cas_buffer_text(out, first ? "" : ",");
    cas_buffer_text(out, first ? "" : gap);
    cas_tape_quote(cas_text_of(key), out);
    cas_buffer_text(out, ": ");
    cas_tape_quote(cas_text_of(value), out);
}

static void
put_columns(struct cas_buffer *out, const struct cas_map *map)
{
    bool first = true;
    cas_buffer_text(out, ",\n \"columns\": {");
    for (int i = 0; i < CAS_MAP_COLUMNS; i++) {
        if (!map->columns[i])
            continue;
        put_pair(out, first, "\n             ", cas_map_columns[i], map->columns[i]);
        first = false;
    }
    cas_buffer_char(out, '}');
}

static void
put_map(struct cas_buffer *out, const struct cas_map *map)
{
    cas_buffer_text(out, "{\"casus-map\": 1");
    put_columns(out, map);
    for (size_t i = 0; i < map->word_count; i++) {
        cas_buffer_text(out, i ? "" : ",\n \"types\": {");
        put_pair(out, i == 0, "\n           ", map->words[i].word.s, map->words[i].type->name);
    }
    cas_buffer_text(out, map->word_count ? "}" : "");
    for (int i = 0; i < CAS_CONSTS; i++) {
        if (map->constants[i])
            put_pair(out, false, "\n ", cas_map_constants[i], map->constants[i]);
    }
    cas_buffer_text(out, "}\n");
}

enum casus_status
casus_map_write(const char *text, struct casus_output *output, struct casus_error *err)
{
    struct cas_map map;
    struct cas_buffer out;
    cas_map_init(&map);
    cas_buffer_init(&out);
    enum casus_status status = cas_map_read(&map, text, err);
    if (status == CASUS_OK)
        put_map(&out, &map);
    if (status == CASUS_OK && out.failed)
        status = cas_fail_memory(err);
    if (status == CASUS_OK)
        casus_output_write(output, out.s, out.n);
    cas_buffer_done(&out);
    cas_map_done(&map);
    return status;
}
