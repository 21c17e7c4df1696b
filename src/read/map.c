/* A map from one line, and what both of its forms share. */
#include "read/map.h"

#include <strings.h>

#include <casus/model.h>

const char *const cas_map_columns[CAS_MAP_COLUMNS] = {
    "id",  "from", "to",   "type",   "relation", "sign",   "weight",  "date",     "until",  "place",
    "lat", "lon",  "note", "source", "by",       "killed", "wounded", "captured", "missing"};
const char *const cas_map_constants[CAS_CONSTS] = {"type", "relation", "list", "dates"};

static const char no_memory[] = "no memory";

void
cas_map_init(struct cas_map *map)
{
    *map = (struct cas_map){.relation = -1};
    cas_arena_init(&map->arena);
}

void
cas_map_done(struct cas_map *map)
{
    cas_free(map->words);
    cas_arena_done(&map->arena);
}

/* --- setting ---------------------------------------------------------------------------------- */

const char *
cas_map_set_column(struct cas_map *map, int column, struct cas_text name)
{
    if (map->columns[column])
        return "stands twice";
    if (!name.n)
        return "names no column";
    map->columns[column] = cas_arena_text(&map->arena, name.s, name.n);
    return map->columns[column] ? NULL : no_memory;
}

static const char *
set_order(struct cas_map *map, const char *value)
{
    map->order = strcmp(value, "month-first") == 0 ? CAS_MONTH_FIRST : CAS_DAY_FIRST;
    return map->order == CAS_DAY_FIRST && strcmp(value, "day-first") != 0
               ? "is day-first or month-first"
               : NULL;
}

static const char *
set_list(struct cas_map *map, const char *value)
{
    map->list = value[0];
    bool one = value[0] > ' ' && value[0] < 0x7F && !value[1] && value[0] != '"';
    return one ? NULL : "is one character, as in list:=;";
}

const char *
cas_map_set_constant(struct cas_map *map, int constant, struct cas_text value)
{
    if (map->constants[constant])
        return "stands twice";
    const char *kept = cas_arena_text(&map->arena, value.s, value.n);
    if (!kept)
        return no_memory;
    map->constants[constant] = kept;
    switch ((enum cas_map_constant)constant) {
    case CAS_CONST_TYPE:
        map->type = casus_type_find(value.s, value.n);
        return map->type ? NULL : "is none of a dossier's types";
    case CAS_CONST_RELATION:
        map->relation = casus_relation_find(value.s, value.n);
        return map->relation >= 0 ? NULL : "is attack, support or claim";
    case CAS_CONST_LIST: return set_list(map, kept);
    default: return set_order(map, kept);
    }
}

const char *
cas_map_set_word(struct cas_map *map, struct cas_text word, struct cas_text type)
{
    const struct casus_type *known = casus_type_find(type.s, type.n);
    if (!known)
        return "is none of a dossier's types";
    for (size_t i = 0; i < map->word_count; i++) {
        if (map->words[i].word.n == word.n &&
            strncasecmp(map->words[i].word.s, word.s, word.n) == 0)
            return "stands twice";
    }
    const char *kept = cas_arena_text(&map->arena, word.s, word.n);
    if (!kept || !cas_grow(&map->words, &map->word_room, map->word_count + 1, sizeof *map->words))
        return no_memory;
    map->words[map->word_count++] = (struct cas_map_word){{kept, word.n, NULL}, known};
    return NULL;
}

const char *
cas_map_lacks(const struct cas_map *map)
{
    if (!map->columns[CAS_MAP_FROM] && !map->columns[CAS_MAP_TO])
        return "expected a column for from or to, found neither";
    bool typed = map->columns[CAS_MAP_TYPE] || map->columns[CAS_MAP_RELATION] ||
                 map->columns[CAS_MAP_SIGN] || map->type || map->relation >= 0;
    return typed ? NULL
                 : "expected a column for type, relation or sign, or type:=attack for all rows";
}

const struct casus_type *
cas_map_type(const struct cas_map *map, struct cas_text word)
{
    for (size_t i = 0; i < map->word_count; i++) {
        const struct cas_text *known = &map->words[i].word;
        if (known->n == word.n && strncasecmp(known->s, word.s, word.n) == 0)
            return map->words[i].type;
    }
    return casus_type_find(word.s, word.n);
}

/* --- one line --------------------------------------------------------------------------------- */

static int
find_name(const char *const *names, int count, struct cas_text name)
{
    for (int i = 0; i < count; i++) {
        if (cas_text_is(name, names[i]))
            return i;
    }
    return -1;
}

/* The text up to one of `ends` outside of quotes, without blanks around it. `*s` stops there. */
static struct cas_text
take_until(const char **s, const char *ends)
{
    while (**s == ' ')
        (*s)++;
    bool quoted = **s == '"';
    const char *begin = *s += quoted, *end;
    if (quoted) {
        end = strchr(begin, '"');
        end = end ? end : begin + strlen(begin);
        *s = end + (*end == '"');
        *s += strcspn(*s, ends);
    } else {
        end = *s += strcspn(*s, ends);
        while (end > begin && end[-1] == ' ')
            end--;
    }
    return (struct cas_text){begin, (size_t)(end - begin), begin};
}

static enum casus_status
fail(struct casus_error *err, struct cas_text name, const char *wrong)
{
    enum { SHOWN = 60 };
    if (wrong == no_memory)
        return cas_fail_memory(err);
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_MAP, "--map: '%.*s' %s",
                    (int)(name.n < SHOWN ? name.n : SHOWN), name.s, wrong);
}

/* A word of the table's own: type.Firefight=clash. */
static const char *
set_dotted(struct cas_map *map, struct cas_text name, struct cas_text value)
{
    struct cas_text word = {name.s + 5, name.n - 5, name.at};
    return word.n ? cas_map_set_word(map, word, value) : "names no word";
}

static const char *
set_by_name(struct cas_map *map, struct cas_text name, bool constant, struct cas_text value)
{
    if (!constant && name.n >= 5 && memcmp(name.s, "type.", 5) == 0)
        return set_dotted(map, name, value);
    int found = constant ? find_name(cas_map_constants, CAS_CONSTS, name)
                         : find_name(cas_map_columns, CAS_MAP_COLUMNS, name);
    if (found < 0)
        return constant ? "is none of type, relation, list, dates"
                        : "is no key of a map; casus explain CAS-195 lists them";
    return constant ? cas_map_set_constant(map, found, value)
                    : cas_map_set_column(map, found, value);
}

static enum casus_status
read_line(struct cas_map *map, const char *s, struct casus_error *err)
{
    while (*s) {
        struct cas_text name = take_until(&s, "=,");
        bool constant = name.n && name.s[name.n - 1] == ':';
        name.n -= constant;
        if (*s != '=')
            return fail(err, name, "stands without a '='");
        s++;
        struct cas_text value = take_until(&s, ",");
        const char *wrong = set_by_name(map, name, constant, value);
        if (wrong)
            return fail(err, name, wrong);
        s += *s == ',';
    }
    const char *lacks = cas_map_lacks(map);
    return lacks ? cas_fail(err, CASUS_EINVAL, CAS_MSG_MAP, "--map: %s", lacks) : CASUS_OK;
}

enum casus_status
cas_map_read(struct cas_map *map, const char *text, struct casus_error *err)
{
    return strchr(text, '=') ? read_line(map, text, err) : cas_map_read_file(map, text, err);
}
