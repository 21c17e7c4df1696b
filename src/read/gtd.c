/* GTD: the Global Terrorism Database, in Windows-1252.
 *
 * An event runs from up to three perpetrators (gname, gname2, gname3; "Unknown" is one actor a
 * country) to up to three targets. A target is the entity named in corp where its type is one that
 * acts (an army, a police, a government, a militia, a party, an outlet...), else its type and
 * nationality: "Business (Norland)"; private citizens are the country's civilians.
 *
 * Claims: claimed, claim2, claim3 = 1 say that the first, second, third perpetrator claimed
 * responsibility, and claimmode how. Where compclaim = 1, each claims it for itself: a later group
 * that claims it is then a rival claimant, not a party, and the event is disputed; x-compclaim says
 * so. guncertain = 1 (the perpetrator is only suspected) is kept as x-uncertain.
 *
 * nkill and nwound count the perpetrators too: victims, of nobody known in particular, are nkill -
 * nkillter and nwound - nwoundte; nkillter and nwoundte are losses of the perpetrator, where there
 * is but one. A month or a day of 0 is unknown.
 *
 * Source: GTD Codebook, START, University of Maryland.
 */
#include <stdio.h>
#include <strings.h>

#include "read/generic.h"
#include "read/tape.h"

enum { GROUPS = 3, TARGETS = 3 };

enum {
    ID,
    YEAR,
    MONTH,
    DAY,
    COUNTRY,
    CITY,
    LATITUDE,
    LONGITUDE,
    SUMMARY,
    SUICIDE,
    ATTACK,
    TARGET_TYPE,
    TARGET_TYPE2,
    TARGET_TYPE3,
    CORP,
    CORP2,
    CORP3,
    NATIONALITY,
    NATIONALITY2,
    NATIONALITY3,
    GROUP,
    GROUP2,
    GROUP3,
    UNCERTAIN,
    UNCERTAIN2,
    UNCERTAIN3,
    CLAIMED,
    CLAIMED2,
    CLAIMED3,
    MODE,
    MODE2,
    MODE3,
    COMPETING,
    KILLED,
    KILLED_OWN,
    WOUNDED,
    WOUNDED_OWN,
    COLUMNS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"eventid", true},
    [YEAR] = {"iyear", true},
    [MONTH] = {"imonth", true},
    [DAY] = {"iday", true},
    [COUNTRY] = {"country_txt", true},
    [CITY] = {"city", false},
    [LATITUDE] = {"latitude", false},
    [LONGITUDE] = {"longitude", false},
    [SUMMARY] = {"summary", false},
    [SUICIDE] = {"suicide", false},
    [ATTACK] = {"attacktype1_txt", true},
    [TARGET_TYPE] = {"targtype1_txt", true},
    [TARGET_TYPE2] = {"targtype2_txt", false},
    [TARGET_TYPE3] = {"targtype3_txt", false},
    [CORP] = {"corp1", false},
    [CORP2] = {"corp2", false},
    [CORP3] = {"corp3", false},
    [NATIONALITY] = {"natlty1_txt", false},
    [NATIONALITY2] = {"natlty2_txt", false},
    [NATIONALITY3] = {"natlty3_txt", false},
    [GROUP] = {"gname", true},
    [GROUP2] = {"gname2", false},
    [GROUP3] = {"gname3", false},
    [UNCERTAIN] = {"guncertain1", false},
    [UNCERTAIN2] = {"guncertain2", false},
    [UNCERTAIN3] = {"guncertain3", false},
    [CLAIMED] = {"claimed", false},
    [CLAIMED2] = {"claim2", false},
    [CLAIMED3] = {"claim3", false},
    [MODE] = {"claimmode_txt", false},
    [MODE2] = {"claimmode2_txt", false},
    [MODE3] = {"claimmode3_txt", false},
    [COMPETING] = {"compclaim", false},
    [KILLED] = {"nkill", false},
    [KILLED_OWN] = {"nkillter", false},
    [WOUNDED] = {"nwound", false},
    [WOUNDED_OWN] = {"nwoundte", false},
};

static bool
is_word(struct cas_text text, const char *word)
{
    return text.n == strlen(word) && strncasecmp(text.s, word, text.n) == 0;
}

static bool
is_one(struct cas_rows *rows, int column)
{
    return cas_text_is(cas_rows_text(rows, column), "1");
}

/* --- actors ----------------------------------------------------------------------------------- */

static struct cas_text
declare(struct cas_rows *rows, struct cas_text name, struct cas_text country, int kind)
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

/* What a type of target is: its kind, and whether the entity named is an actor. */
struct target_type {
    const char *type;
    int kind;
    bool acts;
};

static const struct target_type *
target_type_of(struct cas_text type)
{
    static const struct target_type types[] = {
        {"Military", CASUS_KIND_ARMY, true},
        {"Police", CASUS_KIND_ARMY, true},
        {"Government (General)", CASUS_KIND_STATE, true},
        {"Government (Diplomatic)", CASUS_KIND_STATE, true},
        {"Terrorists/Non-State Militia", CASUS_KIND_ARMED_GROUP, true},
        {"Violent Political Party", CASUS_KIND_ARMED_GROUP, true},
        {"Journalists & Media", CASUS_KIND_OUTLET, true},
        {"NGO", CASUS_KIND_OTHER, true},
        {"Private Citizens & Property", CASUS_KIND_CIVILIANS, false},
        {"", CASUS_KIND_OTHER, false},
    };
    const struct target_type *found = types;
    while (*found->type && !is_word(type, found->type))
        found++;
    return found;
}

/* A name that says nothing. */
static bool
is_nothing(struct cas_text name)
{
    return !name.s || is_word(name, "Unknown") || is_word(name, "Not Applicable") ||
           is_word(name, "-99");
}

/* "Business (Norland)": nobody in particular. */
static struct cas_text
declare_kind_of_target(struct cas_rows *rows, struct cas_text type, struct cas_text country,
                       int kind)
{
    bool civilians = kind == CASUS_KIND_CIVILIANS;
    struct cas_rec_actor actor = {.kind = (enum casus_kind)kind,
                                  .kind_given = true,
                                  .generic = kind != CASUS_KIND_ARMY && kind != CASUS_KIND_STATE};
    char *name = cas_record_alloc(&rows->record, type.n + country.n + 16, 1);
    if (!name)
        return (struct cas_text){0};
    int n = country.n ? sprintf(name, "%.*s (%.*s)", civilians ? 9 : (int)type.n,
                                civilians ? "Civilians" : type.s, (int)country.n, country.s)
                      : sprintf(name, "%.*s", civilians ? 9 : (int)type.n,
                                civilians ? "Civilians" : type.s);
    actor.id = actor.name = (struct cas_text){name, (size_t)n, type.at};
    cas_check_name(&rows->record, actor.id);
    cas_rows_actor(rows, &actor);
    return actor.id;
}

static struct cas_text
declare_target(struct cas_rows *rows, int i)
{
    struct cas_text type = cas_rows_text(rows, TARGET_TYPE + i);
    struct cas_text corp = cas_rows_text(rows, CORP + i);
    struct cas_text country = cas_rows_text(rows, NATIONALITY + i);
    if (is_nothing(type))
        return (struct cas_text){0};
    if (!country.s)
        country = cas_rows_text(rows, COUNTRY);
    const struct target_type *known = target_type_of(type);
    if (known->acts && !is_nothing(corp))
        return declare(rows, corp, country, known->kind);
    return declare_kind_of_target(rows, type, country, known->kind);
}

static bool
is_among(const struct cas_text *names, size_t count, struct cas_text name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].n == name.n && memcmp(names[i].s, name.s, name.n) == 0)
            return true;
    return false;
}

static void
read_targets(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_text *targets = cas_record_alloc(&rows->record, TARGETS, sizeof *targets);
    event->to = targets;
    for (int i = 0; targets && i < TARGETS; i++) {
        struct cas_text id = declare_target(rows, i);
        if (id.s && !is_among(targets, event->to_count, id))
            targets[event->to_count++] = id;
    }
}

static void
read_groups(struct cas_rows *rows, struct cas_rec_event *event, struct cas_text groups[GROUPS])
{
    struct cas_text *from = cas_record_alloc(&rows->record, GROUPS, sizeof *from);
    struct cas_text country = cas_rows_text(rows, COUNTRY);
    event->from = from;
    for (int i = 0; from && i < GROUPS; i++) {
        struct cas_text name = cas_rows_text(rows, GROUP + i);
        if (!name.s)
            continue;
        groups[i] =
            declare(rows, name, country, cas_is_generic(name) ? -1 : CASUS_KIND_ARMED_GROUP);
        bool rival = event->from_count && is_one(rows, COMPETING) && is_one(rows, CLAIMED + i);
        if (groups[i].s && !rival && !is_among(from, event->from_count, groups[i]))
            from[event->from_count++] = groups[i];
    }
}

/* --- claims and losses ------------------------------------------------------------------------ */

static void
read_claims(struct cas_rows *rows, struct cas_rec_event *event,
            const struct cas_text groups[GROUPS])
{
    struct cas_rec_claim *claims = cas_record_alloc(&rows->record, GROUPS, sizeof *claims);
    event->claims = claims;
    for (int i = 0; claims && i < GROUPS; i++) {
        if (!groups[i].s || !is_one(rows, CLAIMED + i))
            continue;
        struct cas_rec_claim *claim = &claims[event->claim_count++];
        claim->by = groups[i];
        claim->stance = CASUS_RESPONSIBILITY;
        claim->note = cas_rows_text(rows, MODE + i);
    }
}

/* "2.00" is two. */
static int64_t
count_of(struct cas_rows *rows, int column)
{
    int64_t count = cas_rows_count(rows, column);
    return count > UINT32_MAX ? -1 : count;
}

static void
add_loss(struct cas_rec_event *event, struct cas_rec_loss *losses, enum casus_loss_kind what,
         struct cas_text actor, int64_t count)
{
    if (count < 0)
        return;
    losses[event->loss_count++] =
        (struct cas_rec_loss){.actor = actor, .what = CASUS_BIT(what), .figure = {-1, count, -1}};
}

static void
read_losses_of_kind(struct cas_rows *rows, struct cas_rec_event *event, struct cas_rec_loss *losses,
                    enum casus_loss_kind what, int all_column)
{
    int64_t all = count_of(rows, all_column), own = count_of(rows, all_column + 1);
    struct cas_text nobody = {0}, one = event->from_count == 1 ? event->from[0] : nobody;
    if (all >= 0 && own > all) {
        cas_input_remark(&rows->input->seen, "losses of perpetrators that are more than all losses",
                         1);
        all = -1;
    }
    add_loss(event, losses, what, nobody, all < 0 ? -1 : all - (own > 0 ? own : 0));
    add_loss(event, losses, what, one, own > 0 ? own : -1);
}

static void
read_losses(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_rec_loss *losses = cas_record_alloc(&rows->record, 4, sizeof *losses);
    event->losses = losses;
    if (!losses)
        return;
    read_losses_of_kind(rows, event, losses, CASUS_KILLED, KILLED);
    read_losses_of_kind(rows, event, losses, CASUS_WOUNDED, WOUNDED);
}

/* --- the event -------------------------------------------------------------------------------- */

static const char *
type_of(struct cas_rows *rows)
{
    static const char *const types[][2] = {
        {"Assassination", "assassination"},
        {"Armed Assault", "assault"},
        {"Bombing/Explosion", "bombing"},
        {"Hijacking", "capture"},
        {"Hostage Taking (Barricade Incident)", "abduction"},
        {"Hostage Taking (Kidnapping)", "abduction"},
        {"Facility/Infrastructure Attack", "sabotage"},
        {"Unarmed Assault", "assault"},
    };
    struct cas_text attack = cas_rows_text(rows, ATTACK);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (is_word(attack, types[i][0]))
            return i == 2 && is_one(rows, SUICIDE) ? "suicide-bombing" : types[i][1];
    }
    return "attack";
}

static struct casus_period
read_date(struct cas_rows *rows)
{
    struct casus_date date = {0};
    int64_t year = cas_rows_whole(rows, YEAR, 0), month = cas_rows_whole(rows, MONTH, 0);
    int64_t day = cas_rows_whole(rows, DAY, 0);
    bool small = year >= 0 && year <= 9999 && month >= 0 && month <= 12 && day >= 0 && day <= 31;
    if (!small || cas_day_of_numbers((int)year, (int)month, (int)day, &date) != CASUS_DATE_OK)
        cas_record_problem(&rows->record, cas_rows_at(rows, YEAR), CAS_MSG_NO_SUCH_DATE,
                           "no such day: %lld-%lld-%lld", (long long)year, (long long)month,
                           (long long)day);
    return casus_date_known(date) ? casus_period_of_date(date) : (struct casus_period){0};
}

static struct cas_text
extra_of(struct cas_rows *rows)
{
    struct cas_buffer out;
    bool uncertain = false;
    cas_buffer_init(&out);
    for (int i = 0; i < GROUPS; i++)
        uncertain = uncertain || is_one(rows, UNCERTAIN + i);
    cas_buffer_text(&out, uncertain ? "\"x-uncertain\":true" : "");
    if (is_one(rows, COMPETING))
        cas_buffer_printf(&out, "%s\"x-compclaim\":true", out.n ? "," : "");
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra.n ? extra : (struct cas_text){0};
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_text groups[GROUPS] = {{0}};
    struct cas_rec_event event = cas_rows_event_of(type_of(rows));
    event.id = cas_rows_id(rows, "gtd-", cas_rows_need(rows, ID));
    event.date = read_date(rows);
    read_groups(rows, &event, groups);
    read_targets(rows, &event);
    if (!event.from_count && !event.to_count) {
        cas_rows_skip(rows, "without actors");
        return;
    }
    read_losses(rows, &event);
    read_claims(rows, &event, groups);
    cas_rows_place(rows, &event, CITY, LATITUDE, LONGITUDE);
    if (cas_rows_keeps(rows)) {
        event.note = cas_rows_text(rows, SUMMARY);
        event.extra = extra_of(rows);
    }
    cas_rows_event(rows, &event);
}

static const struct cas_rows_format table = {
    .columns = columns, .column_count = COLUMNS, .row = read_row};

const struct cas_reader cas_reader_gtd = {
    .format = {"gtd", "Global Terrorism Database",
               "START (National Consortium for the Study of Terrorism and Responses to Terrorism), "
               "Global Terrorism Database, University of Maryland",
               "START's terms of use: rows may not be passed on"},
    .table = &table,
};
