/* The dossier as a CSV set: a folder of tables that anyone can fill in a spreadsheet.
 *
 *   actors.csv   id,name,aliases,kind,parent,side,note,generic
 *   sources.csv  id,name,type,reliability,date,url,archive_url,note
 *   events.csv   id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note
 *   claims.csv   about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note,
 *                claim
 *   dossier.csv  title,note,citation,licence: one row, of the dossier itself
 *
 * Columns are found by name; each file may be missing, but not all. Cells, lists and periods are
 * as sheet.h says, and besides:
 *
 * aliases  name, or name@lang, in a list
 * parent   id, or id@PERIOD, in a list: army@2012/..|militia@/2011
 * until    makes an interval that begins at `date`: a date, '..' (open) or '?' (unknown); `date`
 *          may then be '..' (open), '?' or empty (unknown)
 * claims   one row a loss, `what` a list of kinds that are counted together, low 'some' where the
 *          number is unknown. Rows that agree in everything but the loss are one claim; a label in
 *          the column `claim` keeps apart what else agrees. A row without a stance is a figure of
 *          the event's own. A claim about several events has them all in `about`.
 */
#include "read/csvset.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>

#define COLUMNS(names, needed)                                                                     \
    {                                                                                              \
        names, sizeof(names) / sizeof *(names), needed                                             \
    }

static bool
is_in_folder(const char *folder, const char *file)
{
    char path[4096];
    struct stat about;
    int n = snprintf(path, sizeof path, "%s/%s", folder, file);
    return n > 0 && (size_t)n < sizeof path && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

bool
cas_csv_set_is(const char *folder)
{
    return is_in_folder(folder, "events.csv") || is_in_folder(folder, "claims.csv") ||
           is_in_folder(folder, "actors.csv") || is_in_folder(folder, "sources.csv");
}

/* --- actors ----------------------------------------------------------------------------------- */

enum {
    ACTOR_ID,
    ACTOR_NAME,
    ACTOR_ALIASES,
    ACTOR_KIND,
    ACTOR_PARENT,
    ACTOR_SIDE,
    ACTOR_NOTE,
    ACTOR_GENERIC
};
static const char *const actor_names[] = {"id",     "name", "aliases", "kind",
                                          "parent", "side", "note",    "generic"};
static const struct cas_columns actor_columns = COLUMNS(actor_names, 1u << ACTOR_ID);

static size_t
count_elements(struct cas_text list)
{
    size_t count = list.s ? 1 : 0;
    for (size_t i = 0; i < list.n; i++)
        count += list.s[i] == '|';
    return count;
}

static void
read_aliases(struct cas_sheet *sheet, struct cas_rec_actor *actor)
{
    struct cas_text rest = cas_sheet_text(sheet, ACTOR_ALIASES), element;
    size_t mark;
    struct cas_rec_alias *aliases =
        cas_record_alloc(&sheet->record, count_elements(rest), sizeof *aliases);
    actor->aliases = aliases;
    while (aliases && cas_sheet_element(sheet, &rest, &element, &mark)) {
        struct cas_rec_alias *alias = &aliases[actor->alias_count];
        alias->name = element;
        if (mark && mark < element.n) {
            alias->name.n = mark - 1;
            alias->lang = (struct cas_text){element.s + mark, element.n - mark, element.at};
        }
        if (!element.n)
            continue;
        cas_check_name(&sheet->record, alias->name);
        actor->alias_count++;
    }
}

static void
read_parents(struct cas_sheet *sheet, struct cas_rec_actor *actor)
{
    struct cas_text rest = cas_sheet_text(sheet, ACTOR_PARENT), element;
    size_t mark;
    struct cas_rec_parent *parents =
        cas_record_alloc(&sheet->record, count_elements(rest), sizeof *parents);
    actor->parents = parents;
    while (parents && cas_sheet_element(sheet, &rest, &element, &mark)) {
        struct cas_rec_parent *parent = &parents[actor->parent_count];
        parent->id = element;
        if (mark) {
            struct cas_text period = {element.s + mark, element.n - mark, element.at};
            parent->id.n = mark - 1;
            parent->period = cas_read_period(&sheet->record, period);
        }
        if (!element.n)
            continue;
        cas_check_name(&sheet->record, parent->id);
        actor->parent_count++;
    }
}

/* 1 or 0; -1 where the cell is empty, or after a problem. */
static int
read_truth(struct cas_sheet *sheet, int column)
{
    char quoted[CAS_QUOTED];
    struct cas_text text = cas_sheet_text(sheet, column);
    if (!text.s)
        return -1;
    if (text.n == 4 && strncasecmp(text.s, "true", 4) == 0)
        return 1;
    if (text.n == 5 && strncasecmp(text.s, "false", 5) == 0)
        return 0;
    cas_record_problem(&sheet->record, text.at, CAS_MSG_TYPE,
                       "'%s': expected true or false, found %s", sheet->columns->names[column],
                       cas_quoted(text, quoted));
    return -1;
}

static struct cas_text
raw_row(const struct cas_sheet *sheet)
{
    return (struct cas_text){sheet->record.at, sheet->cells.used, sheet->record.at};
}

static enum casus_status
read_actor(struct cas_csv_set *set, struct cas_sheet *sheet)
{
    (void)set;
    struct cas_rec_actor actor = {.at = raw_row(sheet), .kind = CASUS_KIND_OTHER};
    actor.id = cas_sheet_need(sheet, ACTOR_ID);
    actor.name = cas_sheet_name(sheet, ACTOR_NAME);
    read_aliases(sheet, &actor);
    struct cas_text kind = cas_sheet_text(sheet, ACTOR_KIND);
    if (kind.s)
        actor.kind = cas_check_kind(&sheet->record, kind);
    actor.kind_given = kind.s;
    read_parents(sheet, &actor);
    actor.side = cas_sheet_name(sheet, ACTOR_SIDE);
    actor.note = cas_sheet_text(sheet, ACTOR_NOTE);
    actor.generic = read_truth(sheet, ACTOR_GENERIC) > 0;
    actor.extra = cas_sheet_extra(sheet);
    return cas_record_actor(&sheet->record, &actor);
}

/* --- sources ---------------------------------------------------------------------------------- */

enum {
    SOURCE_ID,
    SOURCE_NAME,
    SOURCE_TYPE,
    SOURCE_RELIABILITY,
    SOURCE_DATE,
    SOURCE_URL,
    SOURCE_ARCHIVE,
    SOURCE_NOTE
};
static const char *const source_names[] = {"id",   "name", "type",        "reliability",
                                           "date", "url",  "archive_url", "note"};
static const struct cas_columns source_columns = COLUMNS(source_names, 1u << SOURCE_ID);

static enum casus_status
read_source(struct cas_csv_set *set, struct cas_sheet *sheet)
{
    (void)set;
    struct cas_rec_source source = {.at = raw_row(sheet)};
    source.id = cas_sheet_need(sheet, SOURCE_ID);
    source.name = cas_sheet_name(sheet, SOURCE_NAME);
    source.type = cas_sheet_text(sheet, SOURCE_TYPE);
    struct cas_text letter = cas_sheet_text(sheet, SOURCE_RELIABILITY);
    if (letter.s)
        source.reliability = cas_check_reliability(&sheet->record, letter);
    source.date = cas_sheet_period(sheet, SOURCE_DATE);
    source.url = cas_sheet_text(sheet, SOURCE_URL);
    source.archive_url = cas_sheet_text(sheet, SOURCE_ARCHIVE);
    source.note = cas_sheet_text(sheet, SOURCE_NOTE);
    source.extra = cas_sheet_extra(sheet);
    return cas_record_source(&sheet->record, &source);
}

/* --- events ----------------------------------------------------------------------------------- */

enum {
    EVENT_ID,
    EVENT_TYPE,
    EVENT_RELATION,
    EVENT_DIRECTED,
    EVENT_DATE,
    EVENT_UNTIL,
    EVENT_PLACE,
    EVENT_LAT,
    EVENT_LON,
    EVENT_PLACE_NOTE,
    EVENT_FROM,
    EVENT_TO,
    EVENT_SOURCE,
    EVENT_NOTE
};
static const char *const event_names[] = {"id",    "type",  "relation", "directed", "date",
                                          "until", "place", "lat",      "lon",      "place_note",
                                          "from",  "to",    "source",   "note"};
static const struct cas_columns event_columns =
    COLUMNS(event_names, (1u << EVENT_ID | 1u << EVENT_TYPE | 1u << EVENT_FROM | 1u << EVENT_TO));

static struct casus_period
read_when(struct cas_sheet *sheet)
{
    struct cas_text from = cas_sheet_text(sheet, EVENT_DATE);
    struct cas_text until = cas_sheet_text(sheet, EVENT_UNTIL);
    struct casus_period period = {.interval = true};
    if (!until.s)
        return from.s ? cas_read_period(&sheet->record, from) : (struct casus_period){0};
    cas_read_bound(&sheet->record, from, "?", &period.from, &period.from_bound);
    cas_read_bound(&sheet->record, until, "?", &period.until, &period.until_bound);
    cas_check_period(&sheet->record, cas_sheet_at(sheet, EVENT_DATE), &period);
    return period;
}

static double
read_degrees(struct cas_sheet *sheet, int column, double most)
{
    double value;
    if (!cas_sheet_number(sheet, column, &value))
        return (double)NAN;
    return cas_check_degrees(&sheet->record, cas_sheet_at(sheet, column), value, most);
}

static void
read_place(struct cas_sheet *sheet, struct cas_rec_event *event)
{
    event->place_name = cas_sheet_name(sheet, EVENT_PLACE);
    event->place_note = cas_sheet_text(sheet, EVENT_PLACE_NOTE);
    event->lat = read_degrees(sheet, EVENT_LAT, 90);
    event->lon = read_degrees(sheet, EVENT_LON, 180);
    bool lat = cas_sheet_text(sheet, EVENT_LAT).s, lon = cas_sheet_text(sheet, EVENT_LON).s;
    if (lat != lon)
        cas_record_problem(&sheet->record, cas_sheet_at(sheet, lat ? EVENT_LON : EVENT_LAT),
                           CAS_MSG_MISSING_KEY, "expected %s beside %s, found nothing",
                           lat ? "'lon'" : "'lat'", lat ? "'lat'" : "'lon'");
}

static enum casus_status
read_event(struct cas_csv_set *set, struct cas_sheet *sheet)
{
    struct cas_rec_event event = {.at = raw_row(sheet)};
    event.id = cas_sheet_need(sheet, EVENT_ID);
    event.type = cas_sheet_need(sheet, EVENT_TYPE);
    event.date = read_when(sheet);
    read_place(sheet, &event);
    event.from = cas_sheet_names(sheet, EVENT_FROM, &event.from_count);
    event.to = cas_sheet_names(sheet, EVENT_TO, &event.to_count);
    event.sources = cas_sheet_names(sheet, EVENT_SOURCE, &event.source_count);
    event.note = cas_sheet_text(sheet, EVENT_NOTE);
    event.extra = cas_sheet_extra(sheet);
    cas_check_relation(&sheet->record, &event, cas_sheet_text(sheet, EVENT_RELATION),
                       read_truth(sheet, EVENT_DIRECTED));
    if (!cas_sheet_text(sheet, EVENT_FROM).s && !cas_sheet_text(sheet, EVENT_TO).s)
        cas_check_parties(&sheet->record, &event);
    cas_csv_claims_of(set, &sheet->record, &event);
    return cas_record_event(&sheet->record, &event);
}

/* --- the dossier itself ----------------------------------------------------------------------- */

enum { HEAD_TITLE, HEAD_NOTE, HEAD_CITATION, HEAD_LICENCE };
static const char *const head_names[] = {"title", "note", "citation", "licence"};
static const struct cas_columns head_columns = COLUMNS(head_names, 0);

static enum casus_status
read_head(struct cas_csv_set *set, struct cas_sheet *sheet)
{
    struct cas_input *input = set->input;
    struct cas_rec_head head = {.title = cas_sheet_text(sheet, HEAD_TITLE),
                                .note = cas_sheet_text(sheet, HEAD_NOTE),
                                .extra = cas_sheet_extra(sheet)};
    if (sheet->record.status != CASUS_OK || sheet->record.bad)
        return sheet->record.status;
    enum casus_status status = cas_input_term(input, &input->seen.citation,
                                              cas_sheet_text(sheet, HEAD_CITATION), set->err);
    if (status == CASUS_OK)
        status = cas_input_term(input, &input->seen.licence, cas_sheet_text(sheet, HEAD_LICENCE),
                                set->err);
    if (status != CASUS_OK)
        return status;
    return input->sink->head(input->sink, &head, &input->locator, set->err);
}

/* --- all tables ------------------------------------------------------------------------------- */

typedef enum casus_status row_reader(struct cas_csv_set *, struct cas_sheet *);

static enum casus_status
read_rows(struct cas_csv_set *set, const struct cas_columns *columns, row_reader *read)
{
    struct cas_sheet sheet;
    bool begun = cas_sheet_begin(&sheet, set->input, &set->input->bytes, columns, set->err);
    while (begun && cas_sheet_next(&sheet, false)) {
        enum casus_status status = read(set, &sheet);
        if (sheet.record.status == CASUS_OK)
            sheet.record.status = status;
    }
    cas_sheet_done(&sheet);
    return sheet.status;
}

/* Open a table of the set, if it is there. */
static enum casus_status
open_table(struct cas_csv_set *set, const char *file, struct cas_bytes *bytes, bool *out_there)
{
    struct cas_input *input = set->input;
    *out_there = is_in_folder(input->path, file);
    if (!*out_there)
        return CASUS_OK;
    size_t length = strlen(input->path), n = length + strlen(file) + 2;
    char *path = cas_arena_alloc(&input->kept, n);
    if (!path)
        return cas_fail_memory(set->err);
    bool slash = length && input->path[length - 1] == '/';
    snprintf(path, n, "%s%s%s", input->path, slash ? "" : "/", file);
    bool hash = input->reading && input->reading->hash;
    enum casus_status status = hash ? cas_bytes_hash_file(path, &input->sha, set->err) : CASUS_OK;
    return status == CASUS_OK ? cas_bytes_open(bytes, path, input->reading, set->err) : status;
}

static enum casus_status
read_table(struct cas_csv_set *set, const char *file, const struct cas_columns *columns,
           row_reader *read)
{
    bool there;
    struct cas_bytes *bytes = &set->input->bytes;
    enum casus_status status = open_table(set, file, bytes, &there);
    if (status == CASUS_OK && there)
        status = read_rows(set, columns, read);
    if (bytes->damage.status == CASUS_OK)
        cas_bytes_close(bytes);
    return status;
}

static enum casus_status
read_claims(struct cas_csv_set *set)
{
    bool there;
    enum casus_status status = open_table(set, "claims.csv", &set->claim_bytes, &there);
    if (status == CASUS_OK && there)
        status = cas_csv_claims_read(set);
    if (status != CASUS_OK) /* where casus_read() looks for it */
        set->input->bytes.damage = set->claim_bytes.damage;
    return status;
}

static enum casus_status
read_tables(struct cas_csv_set *set)
{
    enum casus_status status = read_claims(set);
    if (status == CASUS_OK)
        status = read_table(set, "dossier.csv", &head_columns, read_head);
    if (status == CASUS_OK)
        status = read_table(set, "sources.csv", &source_columns, read_source);
    if (status == CASUS_OK)
        status = read_table(set, "actors.csv", &actor_columns, read_actor);
    if (status == CASUS_OK)
        status = read_table(set, "events.csv", &event_columns, read_event);
    return status == CASUS_OK ? cas_csv_claims_rest(set) : status;
}

static void
locate(void *context, const char *at, struct casus_error *fault)
{
    const struct cas_csv_set *set = context;
    const char *place = at ? at : set->input->record;
    if (!cas_csv_claims_locate(set, place, fault))
        cas_bytes_locate(&set->input->bytes, place, fault);
}

static void
set_done(struct cas_csv_set *set)
{
    cas_bytes_close(&set->claim_bytes);
    cas_free(set->rows);
    cas_free(set->claims);
    cas_free(set->first_of);
    cas_intern_done(&set->keys);
    cas_intern_done(&set->events);
}

static enum casus_status
read_csv_set(struct cas_input *input, struct casus_error *err)
{
    struct stat about;
    if (stat(input->path, &about) != 0 || !S_ISDIR(about.st_mode))
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_FOLDER, "%s: expected a folder, found a file",
                        input->path);
    struct cas_csv_set set = {.input = input, .err = err, .claim_bytes = {.fd = -1}};
    cas_intern_init(&set.keys);
    cas_intern_init(&set.events);
    const struct cas_locator before = input->locator;
    input->locator.context = &set;
    input->locator.locate = locate;
    enum casus_status status = read_tables(&set);
    input->locator = before;
    set_done(&set);
    return status;
}

const struct cas_reader cas_reader_csv_set = {
    .format = {"csv-set", "casus dossier: a folder of CSV files", NULL, NULL, true},
    .sniff = NULL,
    .read = read_csv_set,
};
