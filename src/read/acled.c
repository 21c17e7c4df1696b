/* ACLED: the Armed Conflict Location & Event Data Project, in three layouts (until 2018, 2019 to
 * 2022, since then), with inter codes as digits and as words.
 *
 * Source: ACLED Codebook.
 * - A battle and a riot have no direction. Remote violence and violence against civilians run from
 *   actor1 to actor2, who are the country's civilians where the cell is empty. A protest is no
 *   attack, but 'Excessive force against protesters' runs from actor2 to actor1. Strategic
 *   developments are no attack.
 * - fatalities are killed of nobody known: ACLED does not say whose.
 * - Each of `source` reports in its own voice.
 * - Associates may be allies, parents or attributes of a target: they are no tie, unless the reader
 *   is asked to take them for supporters.
 * - time_precision 2 is a week that holds the day given, 3 a month.
 *
 * An actor is known by its name without the years behind it (peel.h); the name with them is an
 * alias. Names of nobody in particular (Civilians, Protesters, Unidentified Armed Group...) are one
 * actor a country. An event of an id that stands already is left out: so one row an actor (the
 * monadic export) is folded; without the columns of a second actor it is refused.
 */
#include <strings.h>

#include "read/generic.h"
#include "read/peel.h"
#include "read/tape.h"

enum {
    ID,
    DATE,
    PRECISION,
    TYPE,
    SUBTYPE,
    ACTOR1,
    ASSOC1,
    ALLY1,
    INTER1,
    ACTOR2,
    ASSOC2,
    ALLY2,
    INTER2,
    COUNTRY,
    LOCATION,
    LATITUDE,
    LONGITUDE,
    SOURCE,
    NOTES,
    FATALITIES,
    COLUMNS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"event_id_cnty", true},
    [DATE] = {"event_date", true},
    [PRECISION] = {"time_precision", false},
    [TYPE] = {"event_type", true},
    [SUBTYPE] = {"sub_event_type", false},
    [ACTOR1] = {"actor1", true},
    [ASSOC1] = {"assoc_actor_1", false},
    [ALLY1] = {"ally_actor_1", false},
    [INTER1] = {"inter1", true},
    [ACTOR2] = {"actor2", true},
    [ASSOC2] = {"assoc_actor_2", false},
    [ALLY2] = {"ally_actor_2", false},
    [INTER2] = {"inter2", true},
    [COUNTRY] = {"country", true},
    [LOCATION] = {"location", false},
    [LATITUDE] = {"latitude", false},
    [LONGITUDE] = {"longitude", false},
    [SOURCE] = {"source", false},
    [NOTES] = {"notes", false},
    [FATALITIES] = {"fatalities", true},
};

/* The columns of one actor. */
struct side {
    int name, associates, allies, inter;
};
static const struct side side_1 = {ACTOR1, ASSOC1, ALLY1, INTER1};
static const struct side side_2 = {ACTOR2, ASSOC2, ALLY2, INTER2};

/* --- words ------------------------------------------------------------------------------------ */

static bool
is_word(struct cas_text text, const char *word)
{
    return text.n == strlen(word) && strncasecmp(text.s, word, text.n) == 0;
}

static bool
begins(struct cas_text text, const char *word)
{
    size_t n = strlen(word);
    return !n || (text.n >= n && strncasecmp(text.s, word, n) == 0);
}

enum way { NO_WAY, NO_DIRECTION, FORWARD, TO_CIVILIANS, BACKWARD };

/* What a type of event is here; of several rows the first that fits. A type that only begins so is
 * one too: "Battle-No change of territory". */
struct meaning {
    const char *type, *subtype; /* subtype NULL: any */
    enum way way;
    const char *means; /* type of event, or why it is none */
};

static const struct meaning meanings[] = {
    {"battle", "armed clash", NO_DIRECTION, "clash"},
    {"battle", NULL, NO_DIRECTION, "battle"},
    {"explosions", "air/drone strike", TO_CIVILIANS, "airstrike"},
    {"explosions", "shelling/artillery/missile attack", TO_CIVILIANS, "shelling"},
    {"explosions", "suicide bomb", TO_CIVILIANS, "suicide-bombing"},
    {"explosions", "remote explosive/landmine/ied", TO_CIVILIANS, "ied"},
    {"explosions", NULL, TO_CIVILIANS, "attack"},
    {"remote violence", NULL, TO_CIVILIANS, "attack"},
    {"violence against civilians", "abduction/forced disappearance", TO_CIVILIANS, "abduction"},
    {"violence against civilians", "sexual violence", TO_CIVILIANS, "assault"},
    {"violence against civilians", NULL, TO_CIVILIANS, "attack"},
    {"protest", "excessive force against protesters", BACKWARD, "attack"},
    {"protest", NULL, NO_WAY, "of protest"},
    {"riots/protests", NULL, NO_DIRECTION, "clash"}, /* of protesters: see read_parties() */
    {"riot", NULL, NO_DIRECTION, "clash"},
    {"strategic development", NULL, NO_WAY, "of strategic development"},
    {"headquarters or base established", NULL, NO_WAY, "of strategic development"},
    {"non-violent transfer of territory", NULL, NO_WAY, "of strategic development"},
    {"", NULL, NO_WAY, "of an unknown type"},
};

static const struct meaning *
meaning_of(struct cas_rows *rows)
{
    struct cas_text type = cas_rows_text(rows, TYPE), subtype = cas_rows_text(rows, SUBTYPE);
    const struct meaning *meaning = meanings;
    while (!begins(type, meaning->type) ||
           (meaning->subtype && !is_word(subtype, meaning->subtype)))
        meaning++;
    return meaning;
}

/* --- actors ----------------------------------------------------------------------------------- */

/* Digits until 2023, words since; -1 where there is none. */
static int
kind_of_code(struct cas_text code, struct cas_text name)
{
    static const struct {
        const char *digit, *word;
        enum casus_kind kind;
    } codes[] = {
        {"1", "state forces", CASUS_KIND_ARMY},
        {"2", "rebel", CASUS_KIND_ARMED_GROUP},
        {"3", "political militia", CASUS_KIND_MILITIA},
        {"4", "identity militia", CASUS_KIND_MILITIA},
        {"5", "rioters", CASUS_KIND_OTHER},
        {"6", "protesters", CASUS_KIND_CIVILIANS},
        {"7", "civilians", CASUS_KIND_CIVILIANS},
        {"8", "external", CASUS_KIND_OTHER},
        {"8", "other", CASUS_KIND_OTHER},
    };
    if (begins(name, "Government of "))
        return CASUS_KIND_STATE;
    if (begins(name, "Military Forces of ") || begins(name, "Police Forces of "))
        return CASUS_KIND_ARMY;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (is_word(code, codes[i].digit) || begins(code, codes[i].word))
            return (int)codes[i].kind;
    }
    return -1;
}

static struct cas_text
declare(struct cas_rows *rows, struct cas_text raw, int kind)
{
    struct cas_peeled peeled;
    struct cas_rec_alias *alias = cas_record_alloc(&rows->record, 1, sizeof *alias);
    if (!alias || !cas_peel(raw, rows->record.arena, &peeled)) {
        cas_record_no_memory(&rows->record);
        return (struct cas_text){0};
    }
    if (!peeled.name.n)
        return (struct cas_text){0};
    struct cas_rec_actor actor = {.id = peeled.name, .name = peeled.name, .aliases = alias};
    actor.generic = cas_is_generic(peeled.name);
    if (actor.generic)
        actor.id = actor.name = cas_generic_id(rows, peeled.name, cas_rows_text(rows, COUNTRY));
    alias->name = peeled.whole;
    actor.alias_count = casus_period_known(&peeled.period);
    actor.kind_given = kind >= 0;
    actor.kind = kind >= 0 ? (enum casus_kind)kind : CASUS_KIND_OTHER;
    cas_check_name(&rows->record, peeled.whole);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

static struct cas_text
declare_side(struct cas_rows *rows, const struct side *side)
{
    struct cas_text name = cas_rows_text(rows, side->name);
    if (!name.s)
        return name;
    return declare(rows, name, kind_of_code(cas_rows_text(rows, side->inter), name));
}

/* --- the event -------------------------------------------------------------------------------- */

static struct casus_period
read_date(struct cas_rows *rows)
{
    enum { WEEK = 6 };
    struct casus_date date = cas_rows_date(rows, DATE);
    int64_t precision = cas_rows_whole(rows, PRECISION, 1);
    if (!casus_date_known(date))
        cas_rows_need(rows, DATE);
    if (!casus_date_known(date) || !date.day || precision < 2)
        return casus_period_of_date(date);
    if (precision >= 3)
        return casus_period_of_date((struct casus_date){date.year, date.month, 0});
    int32_t day = casus_date_first_day(date);
    return (struct casus_period){.from = casus_date_of_day(day - WEEK),
                                 .until = casus_date_of_day(day + WEEK),
                                 .from_bound = CASUS_BOUND_DATE,
                                 .until_bound = CASUS_BOUND_DATE,
                                 .interval = true};
}

static void
read_deaths(struct cas_rows *rows, struct cas_rec_event *event)
{
    int64_t killed = cas_rows_count(rows, FATALITIES);
    struct cas_rec_loss *loss =
        killed >= 0 ? cas_record_alloc(&rows->record, 1, sizeof *loss) : NULL;
    if (!loss)
        return;
    loss->what = CASUS_BIT(CASUS_KILLED);
    loss->figure = (struct casus_figure){-1, killed, -1};
    event->losses = loss;
    event->loss_count = 1;
}

/* Each source is told of as often as it is named once. */
static void
read_sources(struct cas_rows *rows, struct cas_rec_event *event)
{
    size_t count;
    struct cas_text *names = cas_rows_list(rows, cas_rows_text(rows, SOURCE), ';', &count);
    struct cas_rec_claim *claims = cas_record_alloc(&rows->record, count, sizeof *claims);
    event->claims = claims;
    for (size_t i = 0; claims && i < count; i++) {
        struct cas_rec_source source = {.name = names[i]};
        if (!cas_plain_blanks(names[i], rows->record.arena, &source.id)) {
            cas_record_no_memory(&rows->record);
            return;
        }
        cas_check_name(&rows->record, source.id);
        claims[event->claim_count].stance = CASUS_REPORT;
        claims[event->claim_count++].source = source.id;
        source.name = source.id;
        cas_rows_source(rows, &source);
    }
}

static struct cas_text
quoted_extra(struct cas_rows *rows)
{
    struct cas_buffer out;
    struct cas_text subtype = cas_rows_text(rows, SUBTYPE);
    if (!subtype.s)
        subtype = cas_rows_text(rows, TYPE);
    cas_buffer_init(&out);
    cas_buffer_text(&out, "\"x-acled\":");
    cas_tape_quote(subtype.s ? subtype : CAS_TEXT(""), &out);
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra;
}

static void
fill(struct cas_rows *rows, struct cas_rec_event *event)
{
    event->id = cas_rows_id(rows, "acled:", cas_rows_need(rows, ID));
    cas_rows_place(rows, event, LOCATION, LATITUDE, LONGITUDE);
    read_deaths(rows, event);
    read_sources(rows, event);
    if (!cas_rows_keeps(rows))
        return;
    event->note = cas_rows_text(rows, NOTES);
    event->extra = quoted_extra(rows);
}

/* Those beside an actor, as its supporters: an event of their own, without an id. */
static void
give_associates(struct cas_rows *rows, const struct side *side, const struct cas_text *actor,
                const struct casus_period *date)
{
    size_t count;
    struct cas_text list = cas_rows_text(rows, side->associates);
    if (!list.s)
        list = cas_rows_text(rows, side->allies);
    struct cas_text *names = cas_rows_list(rows, list, ';', &count);
    for (size_t i = 0; names && i < count; i++) {
        struct cas_text associate = declare(rows, names[i], -1);
        struct cas_rec_event event = cas_rows_event_of("support");
        event.date = *date;
        event.from = &associate;
        event.to = actor;
        event.from_count = event.to_count = 1;
        if (associate.s && actor->s)
            cas_rows_event(rows, &event);
    }
}

/* Who acted and who was acted upon; why there is no event, or NULL. */
static const char *
read_parties(struct cas_rows *rows, const struct meaning *meaning, struct cas_text parties[2])
{
    bool backward = meaning->way == BACKWARD;
    struct cas_text first = cas_rows_text(rows, ACTOR1), second = cas_rows_text(rows, ACTOR2);
    bool crowd = strcmp(meaning->type, "riots/protests") == 0;
    if (crowd && begins(first, "Protesters"))
        return "of protest";
    if (!first.s && !second.s)
        return "without actors";
    if (meaning->way == NO_DIRECTION && (!first.s || !second.s))
        return "without a second actor";
    parties[backward] = declare_side(rows, &side_1);
    parties[!backward] = declare_side(rows, &side_2);
    if (!parties[1].s && meaning->way == TO_CIVILIANS)
        parties[1] = declare(rows, CAS_TEXT("Civilians"), CASUS_KIND_CIVILIANS);
    return NULL;
}

static void
read_row(struct cas_rows *rows)
{
    const struct meaning *meaning = meaning_of(rows);
    struct cas_text *parties = cas_record_alloc(&rows->record, 2, sizeof *parties);
    if (!parties)
        return;
    const char *why =
        meaning->way == NO_WAY ? meaning->means : read_parties(rows, meaning, parties);
    if (why) {
        cas_rows_skip(rows, why);
        return;
    }
    struct cas_rec_event event = cas_rows_event_of(meaning->means);
    event.date = read_date(rows);
    event.from = &parties[0];
    event.to = &parties[1];
    event.from_count = parties[0].s != NULL;
    event.to_count = parties[1].s != NULL;
    fill(rows, &event);
    cas_rows_event(rows, &event);
    if (!rows->input->reading || !rows->input->reading->associates)
        return;
    bool backward = meaning->way == BACKWARD;
    give_associates(rows, &side_1, &parties[backward], &event.date);
    give_associates(rows, &side_2, &parties[!backward], &event.date);
}

static const struct cas_rows_format table = {
    .columns = columns,
    .column_count = COLUMNS,
    .row = read_row,
    .advice = "a monadic export has one row an actor; export one row an event"};

const struct cas_reader cas_reader_acled = {
    .format = {"acled", "ACLED, in its layouts until 2018, until 2022 and since",
               "Raleigh, C., R. Kishi and A. Linke (2023). Political instability patterns are "
               "obscured by conflict dataset scope conditions, sources, and coding choices. "
               "Humanities and Social Sciences Communications 10, "
               "doi:10.1057/s41599-023-01559-4; ACLED",
               "ACLED's terms of use: rows may not be passed on"},
    .table = &table,
};
