/* GDELT events: tab-separated, no header, 57 columns (before April 2013), 58 (1.0) or 61 (2.0), also
 * mixed in one file.
 *
 * An actor is its code ("SYRGOV"): a country, then what it is within it. Its name is the country's
 * and the agent's where both are known, else the first that the rows give it; the names that the
 * news used are its aliases. Organs of a state are part of the country's actor. One without a
 * country, a group or a creed ("police", "civilians") is nobody in particular, and so are
 * civilians and unidentified armed men of a country. Directed: Actor1 does something to Actor2.
 * Losses are not coded.
 *
 * Source: the GDELT Event Database codebook, versions 1.03 and 2.0; CAMEO 1.1b3.
 */
#include <math.h>
#include <stdio.h>

#include "event/codes.h"
#include "event/countries.h"
#include "read/bulk.h"

enum { ID, DAY, ACTOR_1 = 5, ACTOR_2 = 15, EVENT_CODE = 26, LEAST = 57, V1 = 58, V2 = 61 };

/* Why a row is no event. */
static const char no_tie[] = "of coercion or another code without a tie";
static const char no_first[] = "without a first actor", no_second[] = "without a second actor";

/* Cells of an actor, behind its first. */
enum { CODE, NAME, COUNTRY, GROUP, ETHNIC, CREED_1, CREED_2, AGENT_1, AGENTS = 3 };

/* Rows of 61 cells have one cell more for each of the three places. */
enum { PLACE = 50, LATITUDE = 53, LONGITUDE = 54, URL = 57, WIDER_PLACE = 2, WIDER_URL = 3 };

/* --- actors ----------------------------------------------------------------------------------- */

/* What the cells of an actor say of its kind. */
struct agent {
    int kind;        /* or -1 */
    bool of_state;   /* an organ of the country */
    bool unspecific; /* civilians, unidentified armed men */
};

static bool
is_one_of(struct cas_text code, const char *codes)
{
    for (const char *c = codes; *c; c += 4)
        if (code.n == 3 && memcmp(c, code.s, 3) == 0)
            return true;
    return false;
}

static struct agent
agent_of(struct cas_rows *rows, size_t actor)
{
    struct agent agent = {.kind = -1};
    for (size_t i = 0; i < AGENTS; i++) {
        struct cas_text code = cas_rows_cell(rows, actor + AGENT_1 + i);
        if (!code.s)
            continue;
        if (agent.kind < 0)
            agent.kind = cas_agent_kind(code.s, code.n);
        agent.of_state |= is_one_of(code, "GOV MIL COP SPY JUD LEG ");
        agent.unspecific |= is_one_of(code, "CVL UAF ");
    }
    return agent;
}

static bool
is_nobody(struct cas_rows *rows, size_t actor)
{
    for (size_t i = COUNTRY; i <= CREED_2; i++)
        if (cas_rows_cell(rows, actor + i).s)
            return false;
    return true;
}

static void
declare_country(struct cas_rows *rows, struct cas_text country)
{
    struct cas_rec_actor actor = {.id = country,
                                  .name = cas_text_of(cas_country_name(country)),
                                  .kind = CASUS_KIND_STATE,
                                  .kind_given = true};
    cas_rows_actor(rows, &actor);
}

/* It is part of its country. */
static void
declare_parent(struct cas_rows *rows, struct cas_rec_actor *actor, struct cas_text country)
{
    struct cas_rec_parent *parent = cas_record_alloc(&rows->record, 1, sizeof *parent);
    if (!parent)
        return;
    declare_country(rows, country);
    parent->id = country;
    actor->parents = parent;
    actor->parent_count = 1;
}

static void
name_actor(struct cas_rows *rows, struct cas_rec_actor *actor, struct cas_text name)
{
    actor->name = cas_code_name(actor->id, rows->record.arena);
    if (!actor->name.s) {
        actor->name = name;
        return;
    }
    struct cas_rec_alias *alias =
        name.s && cas_rows_keeps(rows) ? cas_record_alloc(&rows->record, 1, sizeof *alias) : NULL;
    if (!alias)
        return;
    alias->name = name;
    actor->aliases = alias;
    actor->alias_count = 1;
}

/* The id of the actor whose cells begin at `at`; absent where there is none. */
static struct cas_text
declare_actor(struct cas_rows *rows, size_t at)
{
    struct cas_text code = cas_rows_cell(rows, at + CODE), name = cas_rows_cell(rows, at + NAME);
    struct cas_text country = cas_rows_cell(rows, at + COUNTRY);
    struct cas_rec_actor actor = {.id = code.s ? code : name};
    if (!actor.id.s)
        return actor.id;
    cas_check_name(&rows->record, actor.id);
    struct agent agent = agent_of(rows, at);
    bool is_country = country.s && country.n == code.n && memcmp(country.s, code.s, code.n) == 0;
    if (is_country && agent.kind < 0)
        agent.kind = CASUS_KIND_STATE;
    actor.kind_given = agent.kind >= 0;
    actor.kind = agent.kind >= 0 ? (enum casus_kind)agent.kind : CASUS_KIND_OTHER;
    actor.generic = agent.unspecific || is_nobody(rows, at);
    name_actor(rows, &actor, name);
    if (agent.of_state && country.s && !is_country)
        declare_parent(rows, &actor, country);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

/* --- the event -------------------------------------------------------------------------------- */

/* What the code makes of the row; skips it, or tells what is wrong, where it makes no event. */
static bool
read_code(struct cas_rows *rows, struct cas_code *out)
{
    char quoted[CAS_QUOTED];
    const struct casus_reading *reading = rows->input->reading;
    struct cas_text code = cas_rows_cell(rows, EVENT_CODE);
    *out = cas_cameo(code.s, code.n, reading && reading->quads);
    if (out->fate == CAS_CODE_EVENT)
        return true;
    if (out->fate == CAS_CODE_NO_TIE || !code.s)
        cas_rows_skip(rows,
                      code.s ? "of coercion or another code without a tie" : "without a code");
    else
        cas_record_problem(&rows->record, code.at, CAS_MSG_WORD,
                           "expected an event code of CAMEO, found %s", cas_quoted(code, quoted));
    return false;
}

static double
degrees(struct cas_rows *rows, size_t cell, double most)
{
    double value;
    struct cas_text text = cas_rows_cell(rows, cell);
    bool read = text.s && cas_number_read(text.s, text.n, &value);
    return read && fabs(value) <= most ? value : (double)NAN;
}

/* The place of the action, and the article. */
static void
read_rest(struct cas_rows *rows, struct cas_rec_event *event)
{
    size_t wider = rows->cells.count == V2 ? WIDER_PLACE : 0;
    event->place_name = cas_rows_cell(rows, PLACE + wider);
    event->lat = degrees(rows, LATITUDE + wider + wider / 2, 90);
    event->lon = degrees(rows, LONGITUDE + wider + wider / 2, 180);
    if (isnan(event->lat) || isnan(event->lon))
        event->lat = event->lon = (double)NAN;
    struct cas_rec_source source = {.id = cas_rows_cell(rows, URL + (wider ? WIDER_URL : 0))};
    struct cas_text *sources = cas_record_alloc(&rows->record, 1, sizeof *sources);
    event->sourced = source.id.s;
    if (!cas_rows_keeps(rows) || !source.id.s || !sources)
        return;
    source.url = source.id;
    cas_rows_source(rows, &source);
    sources[0] = source.id;
    event->sources = sources;
    event->source_count = 1;
}

static struct casus_period
read_day(struct cas_rows *rows)
{
    struct casus_date day = cas_rows_date(rows, DAY);
    return casus_date_known(day) ? casus_period_of_date(day) : (struct casus_period){0};
}

static bool
has_actor(struct cas_rows *rows, size_t at)
{
    return cas_rows_cell(rows, at + CODE).s || cas_rows_cell(rows, at + NAME).s;
}

/* Both actors, or the row is skipped. */
static bool
has_actors(struct cas_rows *rows)
{
    bool first = has_actor(rows, ACTOR_1), second = has_actor(rows, ACTOR_2);
    if (!first || !second)
        cas_rows_skip(rows, first ? no_second : no_first);
    return first && second;
}

static void
read_actors(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_text *parties = cas_record_alloc(&rows->record, 2, sizeof *parties);
    if (!parties)
        return;
    parties[0] = declare_actor(rows, ACTOR_1);
    parties[1] = declare_actor(rows, ACTOR_2);
    event->from = &parties[0];
    event->to = &parties[1];
    event->from_count = event->to_count = 1;
}

static bool
has_width(struct cas_rows *rows)
{
    size_t n = rows->cells.count;
    if (n == LEAST || n == V1 || n == V2)
        return true;
    cas_record_problem(&rows->record, rows->record.at, CAS_MSG_CELLS,
                       "expected 57, 58 or 61 cells, found %zu", n);
    return false;
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_code code;
    if (!has_width(rows) || !has_actors(rows) || !read_code(rows, &code))
        return;
    struct cas_rec_event event = cas_rows_event_of(code.type);
    event.directed = true;
    event.id = cas_rows_id(rows, "gdelt:", cas_rows_need(rows, ID));
    event.date = read_day(rows);
    read_actors(rows, &event);
    read_rest(rows, &event);
    cas_rows_event(rows, &event);
    rows->input->seen.mended += code.mended;
}

/* --- in bulk ---------------------------------------------------------------------------------- */

/* What an event code comes to, looked up before the first row: three digits, then four. */
enum { CODES_3 = 1000, CODES = CODES_3 + 10000 };

struct own {
    struct {
        uint8_t known, tie, type;
    } codes[CODES];
};

static uint8_t
number_of_type(const char *name)
{
    return (uint8_t)(casus_type_find(name, strlen(name)) - casus_type_at(0));
}

static void
prepare_code(struct own *own, unsigned value, int digits, bool quads)
{
    char text[8];
    size_t at = digits == 3 ? value : CODES_3 + value;
    snprintf(text, sizeof text, "%0*u", digits, value);
    struct cas_code code = cas_cameo(text, (size_t)digits, quads);
    if (code.fate == CAS_CODE_UNKNOWN || code.mended)
        return;
    own->codes[at].known = 1;
    own->codes[at].tie = code.fate == CAS_CODE_EVENT;
    own->codes[at].type = code.fate == CAS_CODE_EVENT ? number_of_type(code.type) : 0;
}

/* Roots are 01 to 20. */
static void
prepare(struct cas_rows *rows)
{
    const struct casus_reading *reading = rows->input->reading;
    bool quads = reading && reading->quads;
    for (unsigned value = 10; value < 210; value++)
        prepare_code(rows->own, value, 3, quads);
    for (unsigned value = 100; value < 2100; value++)
        prepare_code(rows->own, value, 4, quads);
}

/* All that declare_actor() looks at lies in ten cells one behind the other. */
static bool
take_actor(struct cas_bulk_row *row, int actor, size_t first, bool *out_there)
{
    struct cas_span code = cas_bulk_cell(row, first + CODE),
                    name = cas_bulk_cell(row, first + NAME);
    size_t end = row->ends[first + AGENT_1 + AGENTS - 1];
    row->actors[actor] = (struct cas_span){code.s, (size_t)(row->text + end - code.s)};
    bool has_code, has_name;
    bool shown = cas_span_shown(code, &has_code) && cas_span_shown(name, &has_name);
    *out_there = shown && (has_code || has_name);
    return shown;
}

/* False: what the cell holds must be looked at. */
static bool
names_url(const struct cas_bulk_row *row, bool *out)
{
    size_t url = row->count == V2 ? URL + WIDER_URL : URL;
    *out = false;
    return url >= row->count || cas_span_shown(cas_bulk_cell(row, url), out);
}

static enum cas_bulk_fate
skip(struct cas_bulk_row *row, const char *reason)
{
    row->reason = reason;
    return CAS_BULK_SKIP;
}

static enum cas_bulk_fate
bulk_row(struct cas_bulk_row *row)
{
    struct cas_bulk_event *event = &row->event;
    const struct own *own = row->rows->own;
    bool first, second;
    uint64_t code;
    if ((row->count != LEAST && row->count != V1 && row->count != V2) ||
        !take_actor(row, 0, ACTOR_1, &first) || !take_actor(row, 1, ACTOR_2, &second))
        return CAS_BULK_ODD;
    if (!first || !second)
        return skip(row, first ? no_second : no_first);
    struct cas_span text = cas_bulk_cell(row, EVENT_CODE), id = cas_bulk_cell(row, ID);
    if (text.n < 3 || !cas_span_whole(text, 4, &code))
        return CAS_BULK_ODD;
    code += text.n == 4 ? CODES_3 : 0;
    if (!own->codes[code].known)
        return CAS_BULK_ODD;
    if (!own->codes[code].tie)
        return skip(row, no_tie);
    if (!cas_span_whole(id, 12, &event->id) || (id.s[0] == '0' && id.n > 1) ||
        !cas_span_day(cas_bulk_cell(row, DAY), &event->date.from))
        return CAS_BULK_ODD;
    event->date = casus_period_of_date(event->date.from);
    event->type = own->codes[code].type;
    event->directed = true;
    return names_url(row, &event->sourced) ? CAS_BULK_EVENT : CAS_BULK_ODD;
}

static struct cas_text
declare(struct cas_rows *rows, int actor)
{
    return declare_actor(rows, actor ? ACTOR_2 : ACTOR_1);
}

static const struct cas_rows_bulk bulk = {
    .space = "gdelt:", .prepare = prepare, .row = bulk_row, .declare = declare};

/* --- the file --------------------------------------------------------------------------------- */

/* For messages; the cells are found by their place. */
static const struct cas_rows_column columns[] = {{"GLOBALEVENTID", true}, {"SQLDATE", true}};

static bool
is_number(const struct cas_cell *cell, size_t n)
{
    for (size_t i = 0; i < cell->n; i++)
        if (cell->s[i] < '0' || cell->s[i] > '9')
            return false;
    return cell->n && (!n || cell->n == n);
}

static bool
headless(struct cas_rows *rows)
{
    const struct cas_cell *cells = rows->cells.cells;
    size_t n = rows->cells.count;
    return (n == LEAST || n == V1 || n == V2) && is_number(&cells[ID], 0) &&
           is_number(&cells[DAY], 8) && is_number(&cells[DAY + 1], 6) &&
           is_number(&cells[DAY + 2], 4);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = sizeof columns / sizeof *columns,
                                             .row = read_row,
                                             .headless = headless,
                                             .separator = '\t',
                                             .no_quotes = true,
                                             .ragged = true,
                                             .bulk = &bulk,
                                             .own = sizeof(struct own)};

const struct cas_reader cas_reader_gdelt = {
    .format = {"gdelt", "GDELT events, 1.0 and 2.0 (57, 58 or 61 columns)",
               "The GDELT Project (gdeltproject.org); Leetaru, K., and P. Schrodt (2013). GDELT: "
               "Global Data on Events, Location and Tone. ISA Annual Convention",
               "free for any use with citation"},
    .table = &table,
};
