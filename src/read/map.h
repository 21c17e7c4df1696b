/* A map while it is used: include/casus/map.h says what it means. */
#ifndef CAS_READ_MAP_H
#define CAS_READ_MAP_H

#include <casus/map.h>

#include "base/fault.h"
#include "base/text.h"
#include "read/day.h"

enum cas_map_column {
    CAS_MAP_ID,
    CAS_MAP_FROM,
    CAS_MAP_TO,
    CAS_MAP_TYPE,
    CAS_MAP_RELATION,
    CAS_MAP_SIGN,
    CAS_MAP_WEIGHT,
    CAS_MAP_DATE,
    CAS_MAP_UNTIL,
    CAS_MAP_PLACE,
    CAS_MAP_LAT,
    CAS_MAP_LON,
    CAS_MAP_NOTE,
    CAS_MAP_SOURCE,
    CAS_MAP_BY,
    CAS_MAP_KILLED, /* and the other losses, in their order */
    CAS_MAP_WOUNDED,
    CAS_MAP_CAPTURED,
    CAS_MAP_MISSING,
    CAS_MAP_COLUMNS
};

extern const char *const cas_map_columns[CAS_MAP_COLUMNS];

/* What holds for every row. */
enum cas_map_constant {
    CAS_CONST_TYPE,
    CAS_CONST_RELATION,
    CAS_CONST_LIST,
    CAS_CONST_DATES,
    CAS_CONSTS
};

extern const char *const cas_map_constants[CAS_CONSTS];

struct cas_map_word {
    struct cas_text word;
    const struct casus_type *type;
};

struct cas_map {
    struct cas_arena arena;
    const char *columns[CAS_MAP_COLUMNS]; /* NULL: none */
    const char *constants[CAS_CONSTS];    /* as they were given, or NULL */
    struct cas_map_word *words;
    size_t word_count, word_room;
    const struct casus_type *type; /* for every row, or NULL */
    int relation;                  /* the same, or -1 */
    enum cas_day_order order;
    char list; /* 0: a cell is one party */
};

void cas_map_init(struct cas_map *map);
void cas_map_done(struct cas_map *map);
/* Read a map: a line, or the path of a file. @return as casus_map_write() */
enum casus_status cas_map_read(struct cas_map *map, const char *text, struct casus_error *err);
enum casus_status cas_map_read_file(struct cas_map *map, const char *path, struct casus_error *err);

/* --- used by both forms: NULL, or what is wrong, a sentence's rest behind the name ------------ */

const char *cas_map_set_column(struct cas_map *map, int column, struct cas_text name);
const char *cas_map_set_constant(struct cas_map *map, int constant, struct cas_text value);
const char *cas_map_set_word(struct cas_map *map, struct cas_text word, struct cas_text type);
/* What a whole map lacks, or NULL. */
const char *cas_map_lacks(const struct cas_map *map);

/* What a word of the table means, or NULL. */
const struct casus_type *cas_map_type(const struct cas_map *map, struct cas_text word);

#endif
