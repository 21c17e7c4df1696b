/* UCDP/PRIO Armed Conflict Dataset, by dyad and year (and by conflict and year, where a side lists
 * several parties).
 *
 * A row is an armed conflict of a year: a battle without direction between side_a and side_b, with
 * 25 to 999 deaths (intensity_level 1) or 1,000 and more (2) of nobody known. The states in
 * side_a_2nd and side_b_2nd support that side with troops: one event of supporter, party and year.
 * They have no number in the file unless they are a side themselves somewhere, so that these events
 * wait until the end; a state that never is one goes by its name.
 *
 * Source: UCDP/PRIO Armed Conflict Dataset Codebook.
 */
#include <stdio.h>

#include "read/peel.h"
#include "read/ucdp.h"

enum { DYAD_ID, CONFLICT_ID, LOCATION, A, A_ID, A_2ND, B, B_ID, B_2ND, YEAR, INTENSITY, COLUMNS };

static const struct cas_rows_column columns[COLUMNS] = {
    [DYAD_ID] = {"dyad_id", false},
    [CONFLICT_ID] = {"conflict_id", false},
    [LOCATION] = {"location", false},
    [A] = {"side_a", true},
    [A_ID] = {"side_a_id", false},
    [A_2ND] = {"side_a_2nd", true},
    [B] = {"side_b", true},
    [B_ID] = {"side_b_id", false},
    [B_2ND] = {"side_b_2nd", true},
    [YEAR] = {"year", true},
    [INTENSITY] = {"intensity_level", false},
};

struct side {
    int name, id, second;
};
static const struct side side_a = {A, A_ID, A_2ND}, side_b = {B, B_ID, B_2ND};

/* Troops of a state for a party in a year, known by "state\nparty\nyear". */
struct dyadic {
    bool begun;
    struct cas_intern names; /* of parties with a number */
    const char **ids;        /* by a name's number */
    struct cas_intern troops;
    struct casus_where *wheres; /* by the number of `troops`: the first row */
    size_t id_room, where_room;
};

/* --- parties ---------------------------------------------------------------------------------- */

static bool
remember(struct cas_rows *rows, struct cas_text name, struct cas_text id)
{
    struct dyadic *own = rows->own;
    uint32_t before = own->names.count;
    if (!cas_grow(&own->ids, &own->id_room, (size_t)before + 1, sizeof *own->ids))
        return false;
    uint32_t number = cas_intern_add(&own->names, name.s, name.n);
    if (number != before)
        return number != UINT32_MAX;
    own->ids[number] = cas_arena_text(&own->names.arena, id.s, id.n);
    return own->ids[number];
}

/* A party of a side. */
static struct cas_text
declare(struct cas_rows *rows, int column, struct cas_text number, struct cas_text name)
{
    if (!number.s) {
        struct cas_rec_actor actor = {.id = name, .name = name};
        actor.kind_given = cas_ucdp_is_government(name);
        actor.kind = actor.kind_given ? CASUS_KIND_STATE : CASUS_KIND_OTHER;
        cas_rows_actor(rows, &actor);
        return name;
    }
    number = cas_ucdp_number(rows, column, number);
    struct cas_text id = cas_ucdp_actor(rows, number, name, CASUS_KIND_ARMED_GROUP);
    if (id.s && name.s && !remember(rows, name, id))
        cas_record_no_memory(&rows->record);
    return id;
}

/* Line breaks keep the parts of a key apart: names have none. */
static struct cas_text
plain(struct cas_rows *rows, struct cas_text name)
{
    struct cas_text out;
    if (!cas_plain_blanks(name, rows->record.arena, &out)) {
        cas_record_no_memory(&rows->record);
        return (struct cas_text){0};
    }
    return out;
}

/* The parties of a side: as many as it has numbers, else one. */
static struct cas_text *
parties_of(struct cas_rows *rows, const struct side *side, size_t *out_count)
{
    size_t count, name_count;
    struct cas_text name = plain(rows, cas_rows_need(rows, side->name));
    struct cas_text *numbers = cas_rows_list(rows, cas_rows_text(rows, side->id), ',', &count);
    struct cas_text *names = cas_rows_list(rows, name, ',', &name_count);
    *out_count = 0;
    if (!name.s || !names)
        return NULL;
    if (count < 2 || count != name_count) {
        names[0] = declare(rows, side->id, count == 1 ? numbers[0] : (struct cas_text){0}, name);
        *out_count = names[0].s != NULL;
        return names;
    }
    for (size_t i = 0; i < count; i++) {
        struct cas_text id = declare(rows, side->id, numbers[i], names[i]);
        if (id.s)
            names[(*out_count)++] = id;
    }
    return names;
}

/* --- troops ----------------------------------------------------------------------------------- */

static void
hold(struct cas_rows *rows, struct cas_text state, struct cas_text party, int year)
{
    struct dyadic *own = rows->own;
    size_t room = state.n + party.n + 16;
    char *key = cas_record_alloc(&rows->record, room, 1);
    uint32_t before = own->troops.count, number = UINT32_MAX;
    if (!key)
        return;
    int n =
        snprintf(key, room, "%.*s\n%.*s\n%d", (int)state.n, state.s, (int)party.n, party.s, year);
    if (cas_grow(&own->wheres, &own->where_room, (size_t)before + 1, sizeof *own->wheres))
        number = cas_intern_add(&own->troops, key, (size_t)n);
    if (number == UINT32_MAX)
        cas_record_no_memory(&rows->record);
    else if (number == before)
        own->wheres[number] = cas_record_where(&rows->record);
    else
        cas_input_remark(&rows->input->seen, "supporters told of again against another opponent",
                         1);
}

static void
hold_seconds(struct cas_rows *rows, const struct side *side, const struct cas_text *parties,
             size_t party_count, int year)
{
    size_t count;
    struct cas_text *states = cas_rows_list(rows, cas_rows_text(rows, side->second), ',', &count);
    for (size_t i = 0; i < count; i++) {
        states[i] = plain(rows, states[i]);
        cas_check_name(&rows->record, states[i]);
        for (size_t j = 0; j < party_count && !rows->record.bad; j++)
            hold(rows, states[i], parties[j], year);
    }
}

static void
give_troops(struct cas_rows *rows, uint32_t number)
{
    struct dyadic *own = rows->own;
    const char *state = own->troops.texts[number], *party = strchr(state, '\n') + 1;
    const char *year = strchr(party, '\n') + 1;
    struct cas_text name = {state, (size_t)(party - state) - 1, NULL};
    struct cas_text to = {party, (size_t)(year - party) - 1, NULL}, from = name;
    struct casus_date date = {0};
    uint32_t known = cas_intern_find(&own->names, name.s, name.n);
    if (known != UINT32_MAX)
        from = cas_text_of(own->ids[known]);
    else
        declare(rows, A_ID, (struct cas_text){0}, name);
    struct cas_rec_event event = cas_rows_event_of("troops");
    casus_date_parse(year, strlen(year), &date);
    event.date = casus_period_of_date(date);
    event.from = &from;
    event.to = &to;
    event.from_count = event.to_count = 1;
    rows->record.where = &own->wheres[number];
    cas_rows_event(rows, &event);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
read_deaths(struct cas_rows *rows, struct cas_rec_event *event)
{
    int64_t level = cas_rows_whole(rows, INTENSITY, 0);
    struct cas_rec_loss *loss = NULL;
    if (level < 0 || level > 2)
        cas_input_remark(&rows->input->seen, "rows of an intensity that is neither 1 nor 2", 1);
    if (level == 1 || level == 2)
        loss = cas_record_alloc(&rows->record, 1, sizeof *loss);
    if (!loss)
        return;
    loss->what = CASUS_BIT(CASUS_KILLED);
    loss->figure =
        level == 1 ? (struct casus_figure){25, -1, 999} : (struct casus_figure){1000, -1, -1};
    event->losses = loss;
    event->loss_count = 1;
}

static struct cas_text
event_id(struct cas_rows *rows, int year)
{
    char text[64];
    struct cas_text dyad = cas_rows_text(rows, DYAD_ID);
    if (!dyad.s)
        dyad = cas_rows_text(rows, CONFLICT_ID);
    if (!dyad.s || dyad.n > 40)
        return (struct cas_text){0};
    snprintf(text, sizeof text, "%.*s-%d", (int)dyad.n, dyad.s, year);
    return cas_rows_id(rows, "dyadic:", cas_text_of(text));
}

static void
read_row(struct cas_rows *rows)
{
    struct dyadic *own = rows->own;
    if (!own->begun) {
        cas_intern_init(&own->names);
        cas_intern_init(&own->troops);
        own->begun = true;
    }
    struct cas_rec_event event = cas_rows_event_of("battle");
    struct casus_date year = cas_rows_date(rows, YEAR);
    if (!casus_date_known(year))
        cas_rows_need(rows, YEAR);
    event.id = event_id(rows, year.year);
    event.from = parties_of(rows, &side_a, &event.from_count);
    event.to = parties_of(rows, &side_b, &event.to_count);
    if (rows->record.bad)
        return;
    event.date = casus_period_of_date((struct casus_date){.year = year.year});
    event.place_name = cas_rows_text(rows, LOCATION);
    read_deaths(rows, &event);
    hold_seconds(rows, &side_a, event.from, event.from_count, year.year);
    hold_seconds(rows, &side_b, event.to, event.to_count, year.year);
    cas_rows_event(rows, &event);
}

static void
end(struct cas_rows *rows)
{
    struct dyadic *own = rows->own;
    if (!own->begun)
        return;
    for (uint32_t i = 0; i < own->troops.count; i++) {
        if (rows->status != CASUS_OK || rows->record.status != CASUS_OK)
            break;
        cas_arena_clear(&rows->input->scratch);
        give_troops(rows, i);
    }
    cas_intern_done(&own->names);
    cas_intern_done(&own->troops);
    cas_free(own->ids);
    cas_free(own->wheres);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = COLUMNS,
                                             .row = read_row,
                                             .end = end,
                                             .own = sizeof(struct dyadic)};

const struct cas_reader cas_reader_dyadic = {
    .format = {"ucdp-dyadic", "UCDP/PRIO Armed Conflict Dataset, by dyad or conflict and year",
               "Harbom, L., E. Melander and P. Wallensteen (2008). Dyadic Dimensions of Armed "
               "Conflict, 1946-2007. Journal of Peace Research 45(5), "
               "doi:10.1177/0022343308094331; Uppsala Conflict Data Program",
               "CC BY 4.0"},
    .table = &table,
};
