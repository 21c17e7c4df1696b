/* Tables of anybody's own: by a map (include/casus/map.h), and lists of edges, whose header is one.
 *
 * An edge list has no other columns than from,to (or source,target: directed; id1,id2 or v1,v2:
 * not) and, if it likes, sign, weight, type, relation, date, year, begin and end. Without sign, type
 * and relation an edge is support, as an unsigned network is one of positive ties.
 */
#include <math.h>
#include <strings.h>

#include "read/generic.h"
#include "read/map.h"
#include "read/peel.h"

/* Invariant: `format` comes first, so that the format of the rows leads to the rest. */
struct table {
    struct cas_rows_format format;
    struct cas_rows_column columns[CAS_MAP_COLUMNS];
    struct cas_map map;
    bool undirected;
};

static const struct table *
table_of(const struct cas_rows *rows)
{
    return (const struct table *)rows->format;
}

static bool
has(const struct cas_rows *rows, int column)
{
    return table_of(rows)->map.columns[column];
}

/* --- parties ---------------------------------------------------------------------------------- */

static struct cas_text
declare(struct cas_rows *rows, struct cas_text raw)
{
    struct cas_rec_actor actor = {.kind = CASUS_KIND_OTHER};
    if (!cas_plain_blanks(raw, rows->record.arena, &actor.id)) {
        cas_record_no_memory(&rows->record);
        return (struct cas_text){0};
    }
    actor.name = actor.id;
    actor.generic = cas_is_generic(actor.id);
    cas_check_name(&rows->record, actor.id);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

/* The elements of a cell; one, where the map knows no list. */
static struct cas_text *
list_of(struct cas_rows *rows, int column, size_t *out_count)
{
    char separator = table_of(rows)->map.list;
    return cas_rows_list(rows, cas_rows_text(rows, column), separator ? separator : '\0',
                         out_count);
}

static bool
is_among(const struct cas_text *names, size_t count, struct cas_text name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].n == name.n && memcmp(names[i].s, name.s, name.n) == 0)
            return true;
    return false;
}

static const struct cas_text *
parties_of(struct cas_rows *rows, int column, size_t *out_count)
{
    size_t count, kept = 0;
    struct cas_text *names = list_of(rows, column, &count);
    for (size_t i = 0; i < count; i++) {
        struct cas_text id = declare(rows, names[i]);
        if (id.s && !is_among(names, kept, id))
            names[kept++] = id;
    }
    *out_count = kept;
    return names;
}

/* --- what happened ---------------------------------------------------------------------------- */

static const char *
type_of_relation(int relation)
{
    static const char *const types[] = {
        [CASUS_ATTACK] = "attack", [CASUS_SUPPORT] = "support", [CASUS_CLAIM] = "statement"};
    return relation >= 0 ? types[relation] : NULL;
}

static const struct casus_type *
type_in_cell(struct cas_rows *rows)
{
    char quoted[CAS_QUOTED];
    struct cas_text word = cas_rows_text(rows, CAS_MAP_TYPE);
    if (!word.s)
        return NULL;
    const struct casus_type *type = cas_map_type(&table_of(rows)->map, word);
    if (!type)
        cas_record_problem(&rows->record, word.at, CAS_MSG_WORD,
                           "no type %s; map it: type.WORD=clash", cas_quoted(word, quoted));
    return type;
}

static int
relation_in_cell(struct cas_rows *rows)
{
    char quoted[CAS_QUOTED];
    struct cas_text word = cas_rows_text(rows, CAS_MAP_RELATION);
    int relation = word.s ? casus_relation_find(word.s, word.n) : -1;
    if (word.s && relation < 0)
        cas_record_problem(&rows->record, word.at, CAS_MSG_WORD,
                           "'relation': expected attack, support or claim, found %s",
                           cas_quoted(word, quoted));
    return relation >= 0 ? relation : table_of(rows)->map.relation;
}

/* -1: no sign says so. */
static int
relation_of_sign(struct cas_rows *rows)
{
    double sign = 0;
    if (!cas_rows_number(rows, CAS_MAP_SIGN, &sign) || sign == 0)
        return -1;
    return sign > 0 ? CASUS_SUPPORT : CASUS_ATTACK;
}

/* The type of the row's event, or NULL: bad, or skipped. */
static const char *
type_of(struct cas_rows *rows)
{
    const struct casus_type *type = type_in_cell(rows);
    int relation = relation_in_cell(rows);
    if (rows->record.bad)
        return NULL;
    if (!type)
        type = table_of(rows)->map.type;
    if (!type && relation < 0)
        relation = relation_of_sign(rows);
    if (rows->record.bad)
        return NULL;
    if (type && relation >= 0 && (int)type->relation != relation)
        cas_record_problem(&rows->record, cas_rows_at(rows, CAS_MAP_RELATION), CAS_MSG_RELATION,
                           "the type %s is of relation %s, not %s", type->name,
                           casus_relation_name(type->relation),
                           casus_relation_name((enum casus_relation)relation));
    else if (!type && relation < 0)
        cas_rows_skip(rows, has(rows, CAS_MAP_SIGN) ? "of sign 0" : "without a type or relation");
    if (rows->record.bad)
        return NULL;
    return type ? type->name : type_of_relation(relation);
}

/* How many events a row is; 0 after a problem or a skip. */
static int64_t
weight_of(struct cas_rows *rows)
{
    enum { MOST = 100000 };
    double weight = 1;
    if (!cas_rows_number(rows, CAS_MAP_WEIGHT, &weight))
        return rows->record.bad ? 0 : 1;
    if (weight == 0)
        cas_rows_skip(rows, "of weight 0");
    if (weight >= 0 && weight <= MOST && weight == floor(weight))
        return (int64_t)weight;
    cas_record_problem(&rows->record, cas_rows_at(rows, CAS_MAP_WEIGHT), CAS_MSG_RANGE,
                       "a weight is a number of events, a whole one up to 100,000");
    return 0;
}

/* --- losses, and who tells -------------------------------------------------------------------- */

static void
read_losses(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_rec_loss *losses = cas_record_alloc(&rows->record, CASUS_LOSS_COUNT, sizeof *losses);
    event->losses = losses;
    for (int i = 0; losses && i < CASUS_LOSS_COUNT; i++) {
        double value;
        int column = CAS_MAP_KILLED + i;
        if (!cas_rows_number(rows, column, &value))
            continue;
        int64_t count = cas_check_count(&rows->record, cas_rows_at(rows, column), value);
        losses[event->loss_count++] =
            (struct cas_rec_loss){.what = (uint8_t)CASUS_BIT(i), .figure = {-1, count, -1}};
    }
}

static const struct cas_text *
sources_of(struct cas_rows *rows, size_t *out_count)
{
    struct cas_text *sources = list_of(rows, CAS_MAP_SOURCE, out_count);
    for (size_t i = 0; i < *out_count; i++) {
        struct cas_rec_source source = {.id = sources[i], .name = sources[i]};
        cas_check_name(&rows->record, source.id);
        cas_rows_source(rows, &source);
    }
    return sources;
}

/* Each claimant reports, in the first source; without claimants each source does. */
static void
read_claims(struct cas_rows *rows, struct cas_rec_event *event)
{
    size_t by_count, source_count;
    const struct cas_text *sources = sources_of(rows, &source_count);
    const struct cas_text *by = parties_of(rows, CAS_MAP_BY, &by_count);
    size_t count = by_count ? by_count : source_count;
    struct cas_rec_claim *claims = cas_record_alloc(&rows->record, count, sizeof *claims);
    if (!claims)
        return;
    for (size_t i = 0; i < count; i++) {
        claims[i].stance = CASUS_REPORT;
        if (by_count)
            claims[i].by = by[i];
        if (source_count)
            claims[i].source = sources[by_count ? 0 : i];
    }
    event->claims = claims;
    event->claim_count = count;
}

/* --- the row ---------------------------------------------------------------------------------- */

static void
give(struct cas_rows *rows, struct cas_rec_event *event, int64_t times)
{
    if (has(rows, CAS_MAP_WEIGHT))
        event->id = (struct cas_text){0};
    for (int64_t i = 0; i < times && rows->record.status == CASUS_OK; i++)
        cas_rows_event(rows, event);
}

static void
read_row(struct cas_rows *rows)
{
    const char *type = type_of(rows);
    int64_t times = type ? weight_of(rows) : 0;
    if (!times)
        return;
    struct cas_rec_event event = cas_rows_event_of(type);
    if (table_of(rows)->undirected)
        event.directed = false;
    event.id = cas_rows_text(rows, CAS_MAP_ID);
    cas_check_name(&rows->record, event.id);
    event.from = parties_of(rows, CAS_MAP_FROM, &event.from_count);
    event.to = parties_of(rows, CAS_MAP_TO, &event.to_count);
    if (!event.from_count && !event.to_count) {
        cas_rows_skip(rows, "without actors");
        return;
    }
    event.date = cas_rows_period(rows, CAS_MAP_DATE, CAS_MAP_UNTIL);
    cas_rows_place(rows, &event, CAS_MAP_PLACE, CAS_MAP_LAT, CAS_MAP_LON);
    event.note = cas_rows_text(rows, CAS_MAP_NOTE);
    read_losses(rows, &event);
    read_claims(rows, &event);
    give(rows, &event, times);
}

/* --- by a map --------------------------------------------------------------------------------- */

/* A name that no header has. */
static const char no_column[] = "\n";

static void
set_format(struct table *table)
{
    for (int i = 0; i < CAS_MAP_COLUMNS; i++) {
        const char *name = table->map.columns[i];
        table->columns[i] = (struct cas_rows_column){name ? name : no_column, name};
    }
    table->format = (struct cas_rows_format){.columns = table->columns,
                                             .column_count = CAS_MAP_COLUMNS,
                                             .row = read_row,
                                             .dates = table->map.order};
}

static enum casus_status
read_by_map(struct cas_input *input, struct casus_error *err)
{
    struct table table = {.undirected = false};
    const char *map = input->reading ? input->reading->map : NULL;
    if (!map)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_MAP,
                        "%.60s: a csv wants a map: --map 'from=Attacker,to=Target,type=Kind'",
                        input->path);
    cas_map_init(&table.map);
    enum casus_status status = cas_map_read(&table.map, map, err);
    set_format(&table);
    if (status == CASUS_OK)
        status = cas_rows_read(input, &table.format, err);
    cas_map_done(&table.map);
    return status;
}

static int
sniff_nothing(const char *path, const char *head, size_t n)
{
    (void)path;
    (void)head;
    (void)n;
    return 0;
}

const struct cas_reader cas_reader_table = {
    .format = {"csv", "any other table, by a map of its columns (--map)", NULL, NULL},
    .sniff = sniff_nothing,
    .read = read_by_map,
};

/* --- edge lists ------------------------------------------------------------------------------- */

/* Names of columns, in any case of letters. */
static const struct {
    const char *name;
    int column;
    bool undirected;
} edge_columns[] = {
    {"from", CAS_MAP_FROM, false},   {"to", CAS_MAP_TO, false},
    {"source", CAS_MAP_FROM, false}, {"target", CAS_MAP_TO, false},
    {"id1", CAS_MAP_FROM, true},     {"id2", CAS_MAP_TO, true},
    {"v1", CAS_MAP_FROM, true},      {"v2", CAS_MAP_TO, true},
    {"sign", CAS_MAP_SIGN, false},   {"weight", CAS_MAP_WEIGHT, false},
    {"type", CAS_MAP_TYPE, false},   {"relation", CAS_MAP_RELATION, false},
    {"date", CAS_MAP_DATE, false},   {"year", CAS_MAP_DATE, false},
    {"begin", CAS_MAP_DATE, false},  {"end", CAS_MAP_UNTIL, false},
    {"until", CAS_MAP_UNTIL, false},
};

static int
find_edge_column(struct cas_text name)
{
    for (size_t i = 0; i < sizeof edge_columns / sizeof *edge_columns; i++) {
        const char *known = edge_columns[i].name;
        if (strlen(known) == name.n && strncasecmp(known, name.s, name.n) == 0)
            return (int)i;
    }
    return -1;
}

/* The header as a map. 0 where it is no edge list's, below 0 without memory. */
static int
map_header(struct table *table, const struct cas_cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        struct cas_text name = {cells->cells[i].s, cells->cells[i].n, NULL};
        int found = find_edge_column(name);
        int column = found < 0 ? 0 : edge_columns[found].column;
        if (found < 0 || table->map.columns[column])
            return 0;
        if (cas_map_set_column(&table->map, column, name))
            return -1;
        table->undirected = table->undirected || edge_columns[found].undirected;
    }
    const char *const *columns = table->map.columns;
    bool plain = !columns[CAS_MAP_SIGN] && !columns[CAS_MAP_TYPE] && !columns[CAS_MAP_RELATION];
    if (plain)
        table->map.relation = CASUS_SUPPORT;
    return columns[CAS_MAP_FROM] && columns[CAS_MAP_TO];
}

static int
read_header(struct table *table, const char *head, size_t n)
{
    struct cas_cells cells;
    int found = 0;
    while (n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
        head += 3;
        n -= 3;
    }
    cas_cells_init(&cells, cas_cells_separator(head, n), true);
    switch (cas_cells_scan(&cells, head, n, true)) {
    case CAS_SCAN_OK: found = map_header(table, &cells); break;
    case CAS_SCAN_MEMORY: found = -1; break;
    default: break;
    }
    cas_cells_done(&cells);
    set_format(table);
    return found;
}

static int
sniff_edges(const char *path, const char *head, size_t n)
{
    struct table table = {.undirected = false};
    (void)path;
    cas_map_init(&table.map);
    int found = read_header(&table, head, n);
    cas_map_done(&table.map);
    return found > 0 ? 40 : found;
}

static enum casus_status
read_edges(struct cas_input *input, struct casus_error *err)
{
    struct table table = {.undirected = false};
    enum casus_status status = CASUS_OK;
    cas_map_init(&table.map);
    int found = read_header(&table, input->bytes.s, input->bytes.n);
    if (found > 0)
        status = cas_rows_read(input, &table.format, err);
    else if (found < 0)
        status = cas_fail_memory(err);
    else
        status = cas_fail(err, CASUS_EINPUT, CAS_MSG_COLUMN,
                          "%.60s: expected the columns from and to, or id1 and id2, and of others "
                          "only sign, weight, type, relation, date, begin, end",
                          input->path);
    cas_map_done(&table.map);
    return status;
}

const struct cas_reader cas_reader_edges = {
    .format = {"edges", "edge list: from,to or id1,id2, with sign or weight", NULL, NULL},
    .sniff = sniff_edges,
    .read = read_edges,
};
