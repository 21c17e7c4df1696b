/* ICEWS: events that a machine coded from news, by CAMEO; tab-separated, quotes are characters.
 *
 * Every event runs from Source to Target. CAMEO's meaning is codes.def's; a code that is missing or
 * none makes no event and is counted. An Event ID is not unique before 2014, so events of that time
 * bear none. Publisher reports in its own voice.
 *
 * A name that is the country's is the state. "Military (Norland)" and its like have the kind that
 * their sectors say; of other names, persons among them, only what can be no person's sector is
 * believed. "Unspecified Actor" is one actor a country.
 *
 * Source: Boschee et al. 2015, ICEWS Coded Event Data, doi:10.7910/DVN/28075.
 */
#include <strings.h>

#include "event/codes.h"
#include "read/generic.h"
#include "read/tape.h"

enum {
    ID,
    DATE,
    SOURCE,
    SOURCE_SECTORS,
    SOURCE_COUNTRY,
    TEXT,
    CODE,
    TARGET,
    TARGET_SECTORS,
    TARGET_COUNTRY,
    PUBLISHER,
    CITY,
    COUNTRY,
    LATITUDE,
    LONGITUDE,
    COLUMNS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"Event ID", true},
    [DATE] = {"Event Date", true},
    [SOURCE] = {"Source Name", true},
    [SOURCE_SECTORS] = {"Source Sectors", false},
    [SOURCE_COUNTRY] = {"Source Country", true},
    [TEXT] = {"Event Text", false},
    [CODE] = {"CAMEO Code", true},
    [TARGET] = {"Target Name", true},
    [TARGET_SECTORS] = {"Target Sectors", false},
    [TARGET_COUNTRY] = {"Target Country", true},
    [PUBLISHER] = {"Publisher", false},
    [CITY] = {"City", false},
    [COUNTRY] = {"Country", false},
    [LATITUDE] = {"Latitude", false},
    [LONGITUDE] = {"Longitude", false},
};

struct side {
    int name, sectors, country;
};
static const struct side source = {SOURCE, SOURCE_SECTORS, SOURCE_COUNTRY};
static const struct side target = {TARGET, TARGET_SECTORS, TARGET_COUNTRY};

/* --- actors ----------------------------------------------------------------------------------- */

static bool
is_word(struct cas_text text, const char *word)
{
    return text.n == strlen(word) && strncasecmp(text.s, word, text.n) == 0;
}

/* Sectors by what they say most of; the first row that one of the sectors bears holds. */
static int
kind_of_sectors(struct cas_rows *rows, int column)
{
    static const struct {
        const char *sector;
        enum casus_kind kind;
    } kinds[] = {
        {"Rebel", CASUS_KIND_ARMED_GROUP},
        {"Insurgents", CASUS_KIND_ARMED_GROUP},
        {"Separatists", CASUS_KIND_ARMED_GROUP},
        {"Organized Violent", CASUS_KIND_ARMED_GROUP},
        {"Military", CASUS_KIND_ARMY},
        {"Police", CASUS_KIND_ARMY},
        {"Media", CASUS_KIND_OUTLET},
        {"News", CASUS_KIND_OUTLET},
        {"Civilian", CASUS_KIND_CIVILIANS},
        {"General Population / Civilian / Social", CASUS_KIND_CIVILIANS},
        {"Government", CASUS_KIND_STATE},
    };
    size_t count;
    struct cas_text *sectors = cas_rows_list(rows, cas_rows_text(rows, column), ',', &count);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < count; j++)
            if (is_word(sectors[j], kinds[i].sector))
                return (int)kinds[i].kind;
    return -1;
}

static int
kind_of(struct cas_rows *rows, const struct side *side, struct cas_text name)
{
    struct cas_text country = cas_rows_text(rows, side->country);
    if (country.n == name.n && name.n && memcmp(country.s, name.s, name.n) == 0)
        return CASUS_KIND_STATE;
    int kind = kind_of_sectors(rows, side->sectors);
    bool agent = name.n && name.s[name.n - 1] == ')';
    return agent || kind == CASUS_KIND_ARMED_GROUP || kind == CASUS_KIND_OUTLET ? kind : -1;
}

static struct cas_text
declare(struct cas_rows *rows, const struct side *side)
{
    struct cas_text name = cas_rows_text(rows, side->name);
    if (!name.s)
        return name;
    struct cas_rec_actor actor = {.id = name, .generic = cas_is_generic(name)};
    int kind = kind_of(rows, side, name);
    if (actor.generic)
        actor.id = cas_generic_id(rows, name, cas_rows_text(rows, side->country));
    actor.name = actor.id;
    actor.kind_given = kind >= 0;
    actor.kind = kind >= 0 ? (enum casus_kind)kind : CASUS_KIND_OTHER;
    cas_check_name(&rows->record, actor.id);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

/* --- the event -------------------------------------------------------------------------------- */

static struct cas_text
extra_of(struct cas_rows *rows)
{
    struct cas_buffer out;
    cas_buffer_init(&out);
    cas_buffer_text(&out, "\"x-cameo\":");
    cas_tape_quote(cas_rows_text(rows, CODE), &out);
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra;
}

static void
fill(struct cas_rows *rows, struct cas_rec_event *event)
{
    enum { UNIQUE_SINCE = 2014 };
    struct casus_date date = cas_rows_date(rows, DATE);
    if (!casus_date_known(date))
        cas_rows_need(rows, DATE);
    event->date = casus_period_of_date(date);
    if (date.year >= UNIQUE_SINCE)
        event->id = cas_rows_id(rows, "icews-", cas_rows_text(rows, ID));
    cas_rows_told_by(rows, event, cas_rows_text(rows, PUBLISHER));
    cas_rows_place(rows, event, CITY, LATITUDE, LONGITUDE);
    if (!event->place_name.s)
        event->place_name = cas_rows_text(rows, COUNTRY);
    if (!cas_rows_keeps(rows))
        return;
    event->note = cas_rows_text(rows, TEXT);
    event->extra = extra_of(rows);
}

/* Why a code is no event, or NULL. */
static const char *
why_none(struct cas_text text, const struct cas_code *code)
{
    if (!text.s)
        return "without a CAMEO code";
    if (code->fate == CAS_CODE_UNKNOWN)
        return "of a code that is none of CAMEO's";
    return code->fate == CAS_CODE_NO_TIE ? "of coercion and the like, which make no tie" : NULL;
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_text text = cas_rows_text(rows, CODE);
    bool quads = rows->input->reading && rows->input->reading->quads;
    struct cas_code code = cas_cameo(text.s, text.n, quads);
    const char *why = why_none(text, &code);
    struct cas_text *parties = why ? NULL : cas_record_alloc(&rows->record, 2, sizeof *parties);
    if (parties) {
        parties[0] = declare(rows, &source);
        parties[1] = declare(rows, &target);
        if (!parties[0].s && !parties[1].s)
            why = "without actors";
    }
    if (why)
        cas_rows_skip(rows, why);
    if (why || !parties)
        return;
    rows->input->seen.mended += code.mended;
    struct cas_rec_event event = cas_rows_event_of(code.type);
    event.from = &parties[0];
    event.to = &parties[1];
    event.from_count = parties[0].s != NULL;
    event.to_count = parties[1].s != NULL;
    fill(rows, &event);
    cas_rows_event(rows, &event);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = COLUMNS,
                                             .row = read_row,
                                             .separator = '\t',
                                             .no_quotes = true};

const struct cas_reader cas_reader_icews = {
    .format = {"icews", "ICEWS Coded Event Data",
               "Boschee, E., J. Lautenschlager, S. O'Brien, S. Shellman, J. Starz and M. Ward "
               "(2015). ICEWS Coded Event Data. Harvard Dataverse, doi:10.7910/DVN/28075",
               "CC0, with citation"},
    .table = &table,
};
