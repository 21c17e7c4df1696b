/* POLECAT: events that a machine coded from news, by PLOVER; tab-separated, quotes are characters.
 *
 * Every event runs from Actor to Recipient, each a list ("; "). "None" is an empty cell. PLOVER's
 * meaning is codes.def's. Source reports in its own voice. Some files list columns that their rows
 * lack, or the reverse: what lacks is empty, and a row whose type is none of PLOVER's is counted.
 *
 * The kind of an actor follows from its primary sector, a code of CAMEO's agents, but of a list it
 * is not known whose sector that is, and of GOV it may be a person's: only the country's own name
 * would be a state, and the file has countries as codes. So GOV gives no kind.
 *
 * Source: Halterman et al. 2023, PLOVER and POLECAT, doi:10.7910/DVN/AJGVIT.
 */
#include "event/codes.h"
#include "read/generic.h"
#include "read/tape.h"

enum {
    ID,
    DATE,
    TYPE,
    MODE,
    ACTOR,
    ACTOR_COUNTRY,
    ACTOR_SECTOR,
    RECIPIENT,
    RECIPIENT_COUNTRY,
    RECIPIENT_SECTOR,
    PLACENAME,
    LATITUDE,
    LONGITUDE,
    SOURCE,
    COLUMNS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"Event ID", true},
    [DATE] = {"Event Date", true},
    [TYPE] = {"Event Type", true},
    [MODE] = {"Event Mode", true},
    [ACTOR] = {"Actor Name", true},
    [ACTOR_COUNTRY] = {"Actor Country", false},
    [ACTOR_SECTOR] = {"Primary Actor Sector", false},
    [RECIPIENT] = {"Recipient Name", true},
    [RECIPIENT_COUNTRY] = {"Recipient Country", false},
    [RECIPIENT_SECTOR] = {"Primary Recipient Sector", false},
    [PLACENAME] = {"Placename", false},
    [LATITUDE] = {"Latitude", false},
    [LONGITUDE] = {"Longitude", false},
    [SOURCE] = {"Source", false},
};

struct side {
    int name, country, sector;
};
static const struct side actor_side = {ACTOR, ACTOR_COUNTRY, ACTOR_SECTOR};
static const struct side recipient_side = {RECIPIENT, RECIPIENT_COUNTRY, RECIPIENT_SECTOR};

/* A cell, absent where it says None. */
static struct cas_text
text_of(struct cas_rows *rows, int column)
{
    struct cas_text text = cas_rows_text(rows, column);
    return cas_text_is(text, "None") ? (struct cas_text){0} : text;
}

/* --- actors ----------------------------------------------------------------------------------- */

static struct cas_text
declare(struct cas_rows *rows, struct cas_text name, int kind, struct cas_text country)
{
    struct cas_rec_actor actor = {.id = name, .generic = cas_is_generic(name)};
    if (actor.generic)
        actor.id = cas_generic_id(rows, name, country);
    actor.name = actor.id;
    actor.kind_given = kind >= 0;
    actor.kind = kind >= 0 ? (enum casus_kind)kind : CASUS_KIND_OTHER;
    cas_check_name(&rows->record, actor.id);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

static bool
is_among(const struct cas_text *names, size_t count, struct cas_text name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].n == name.n && memcmp(names[i].s, name.s, name.n) == 0)
            return true;
    return false;
}

/* The parties of a side, each once. */
static const struct cas_text *
read_side(struct cas_rows *rows, const struct side *side, size_t *out_count)
{
    size_t count, kept = 0;
    struct cas_text *names = cas_rows_list(rows, text_of(rows, side->name), ';', &count);
    struct cas_text sector = text_of(rows, side->sector);
    int kind = count == 1 ? cas_agent_kind(sector.s, sector.n) : -1;
    if (kind == CASUS_KIND_STATE)
        kind = -1;
    for (size_t i = 0; i < count; i++) {
        if (cas_text_is(names[i], "None"))
            continue;
        struct cas_text id = declare(rows, names[i], kind, text_of(rows, side->country));
        if (id.s && !is_among(names, kept, id))
            names[kept++] = id;
    }
    *out_count = kept;
    return names;
}

/* --- the event -------------------------------------------------------------------------------- */

static struct cas_text
extra_of(struct cas_rows *rows)
{
    struct cas_buffer out;
    struct cas_text mode = text_of(rows, MODE);
    cas_buffer_init(&out);
    cas_buffer_text(&out, "\"x-plover\":");
    cas_tape_quote(cas_rows_text(rows, TYPE), &out);
    if (mode.s) {
        cas_buffer_text(&out, ",\"x-plover-mode\":");
        cas_tape_quote(mode, &out);
    }
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra;
}

static void
read_place(struct cas_rows *rows, struct cas_rec_event *event)
{
    bool known = text_of(rows, LATITUDE).s && text_of(rows, LONGITUDE).s;
    if (known)
        cas_rows_place(rows, event, PLACENAME, LATITUDE, LONGITUDE);
    event->place_name = text_of(rows, PLACENAME);
}

static void
fill(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct casus_date date = cas_rows_date(rows, DATE);
    if (!casus_date_known(date))
        cas_rows_need(rows, DATE);
    event->date = casus_period_of_date(date);
    event->id = cas_rows_id(rows, "polecat:", cas_rows_need(rows, ID));
    cas_rows_told_by(rows, event, text_of(rows, SOURCE));
    read_place(rows, event);
    if (cas_rows_keeps(rows))
        event->extra = extra_of(rows);
}

static struct cas_code
code_of(struct cas_rows *rows)
{
    struct cas_text type = text_of(rows, TYPE), mode = text_of(rows, MODE);
    bool quads = rows->input->reading && rows->input->reading->quads;
    return cas_plover(type.s ? type.s : "", type.n, mode.s ? mode.s : "", mode.n, quads);
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_code code = code_of(rows);
    if (code.fate != CAS_CODE_EVENT) {
        cas_rows_skip(rows, code.fate == CAS_CODE_UNKNOWN
                                ? "of a type that is none of PLOVER's"
                                : "of coercion and the like, which make no tie");
        return;
    }
    struct cas_rec_event event = cas_rows_event_of(code.type);
    event.from = read_side(rows, &actor_side, &event.from_count);
    event.to = read_side(rows, &recipient_side, &event.to_count);
    if (!event.from_count && !event.to_count) {
        cas_rows_skip(rows, "without actors");
        return;
    }
    fill(rows, &event);
    cas_rows_event(rows, &event);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = COLUMNS,
                                             .row = read_row,
                                             .separator = '\t',
                                             .no_quotes = true,
                                             .ragged = true};

const struct cas_reader cas_reader_polecat = {
    .format = {"polecat", "POLECAT Weekly Data",
               "Halterman, A., B. Bagozzi, A. Beger, P. Schrodt and G. Scarborough (2023). PLOVER "
               "and POLECAT: A New Political Event Ontology and Dataset; POLECAT Weekly Data, "
               "Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
               "CC0, with citation"},
    .table = &table,
};
