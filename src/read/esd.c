/* UCDP External Support Dataset: who supported which party to a conflict in which year.
 *
 * A row is of a party, its opponent and a year, and lists all supporters of that party (the
 * actor-year edition) or one (the triad- and dyad-year editions); the columns ext_ are the same. A
 * party with three opponents stands in three rows of a year, as a rule with the same supporters: a
 * support event is one of supporter, party and year, with the kinds of support of all their rows.
 * So events wait until the end; memory grows with them.
 *
 * An event has one type, that of the strongest kind of support, in the codebook's order:
 *   x troops that fight   p troops present   y joint operations, infrastructure   w weapons
 *   m materiel, logistics   t training   f funding   i intelligence   l access to territory
 *   o other   u unknown
 * The key x-support has all of them. x-bothsides says that the supporter helped the opponent too,
 * x-alleged that the support is alleged only (in editions with ext_alleged).
 *
 * Source: Meier, Karlén, Pettersson and Croicu 2023, External support in armed conflicts, Journal of
 * Peace Research 60(3), and the ESD codebook 18.1.
 */
#include <stdio.h>

#include "read/ucdp.h"

enum {
    YEAR,
    ACTOR_ID,
    ACTOR,
    ACTOR_NONSTATE,
    EXT_ID,
    EXT,
    EXT_NONSTATE,
    EXT_SUP,
    BOTHSIDES,
    ALLEGED,
    KINDS, /* of support, in the order of their strength */
    COLUMNS = KINDS + 11
};

static const struct cas_rows_column columns[COLUMNS] = {
    [YEAR] = {"year", true},
    [ACTOR_ID] = {"actor_id", true},
    [ACTOR] = {"actor_name", true},
    [ACTOR_NONSTATE] = {"actor_nonstate", false},
    [EXT_ID] = {"ext_id", true},
    [EXT] = {"ext_name", true},
    [EXT_NONSTATE] = {"ext_nonstate", false},
    [EXT_SUP] = {"ext_sup", true},
    [BOTHSIDES] = {"ext_bothsides", false},
    [ALLEGED] = {"ext_alleged", false},
    [KINDS + 0] = {"ext_x", false},
    [KINDS + 1] = {"ext_p", false},
    [KINDS + 2] = {"ext_y", false},
    [KINDS + 3] = {"ext_w", false},
    [KINDS + 4] = {"ext_m", false},
    [KINDS + 5] = {"ext_t", false},
    [KINDS + 6] = {"ext_f", false},
    [KINDS + 7] = {"ext_i", false},
    [KINDS + 8] = {"ext_l", false},
    [KINDS + 9] = {"ext_o", false},
    [KINDS + 10] = {"ext_u", false},
};

static const char *const types[COLUMNS - KINDS] = {
    "troops",  "troops",       "joint-operation", "weapons", "logistics", "training",
    "funding", "intelligence", "sanctuary",       "support", "support"};

/* An event that waits. Its key has the numbers of supporter, party and year: "3-154-2002". */
struct support {
    struct casus_where where; /* its first row */
    unsigned kinds;           /* bits */
    bool bothsides, alleged;
};

struct esd {
    bool begun;
    struct cas_intern keys;
    struct support *supports; /* by the key's number */
    size_t room;
};

/* --- names ------------------------------------------------------------------------------------ */

/* Cut at commas, those with a blank behind too if `loose`. `out` holds `most`.
 * @return how many there are, also beyond `most` */
static size_t
cut(struct cas_text list, bool loose, struct cas_text *out, size_t most)
{
    size_t count = 0, begin = 0;
    for (size_t i = 0; i <= list.n; i++) {
        bool comma =
            i < list.n && list.s[i] == ',' && (loose || i + 1 == list.n || list.s[i + 1] != ' ');
        if (i < list.n && !comma)
            continue;
        struct cas_text piece = {list.s + begin, i - begin, list.at};
        while (piece.n && piece.s[0] == ' ') {
            piece.s++;
            piece.n--;
        }
        while (piece.n && piece.s[piece.n - 1] == ' ')
            piece.n--;
        if (count < most)
            out[count] = piece;
        count++;
        begin = i + 1;
    }
    return count;
}

/* As many names as ids: names hold commas of their own. None where they cannot be told apart. */
static struct cas_text *
names_of(struct cas_rows *rows, size_t count)
{
    struct cas_text list = cas_rows_text(rows, EXT);
    struct cas_text *names = cas_record_alloc(&rows->record, count, sizeof *names);
    if (!names || !list.s)
        return names;
    if (count == 1) {
        names[0] = list;
    } else if (cut(list, false, names, count) != count && cut(list, true, names, count) != count) {
        memset(names, 0, count * sizeof *names);
        cas_input_remark(&rows->input->seen,
                         "rows whose supporters' names and ids differ in number", 1);
    }
    return names;
}

/* --- rows ------------------------------------------------------------------------------------- */

static bool
is_set(struct cas_rows *rows, int column)
{
    struct cas_text text = cas_rows_text(rows, column);
    return text.n && !cas_text_is(text, "0");
}

static struct support *
support_of(struct cas_rows *rows, struct cas_text supporter, struct cas_text party, int year)
{
    struct esd *esd = rows->own;
    size_t room = supporter.n + party.n + 16;
    char *key = cas_record_alloc(&rows->record, room, 1);
    uint32_t before = esd->keys.count;
    if (!key)
        return NULL;
    int n = snprintf(key, room, "%.*s-%.*s-%d", (int)supporter.n, supporter.s, (int)party.n,
                     party.s, year);
    uint32_t number = UINT32_MAX;
    if (cas_grow(&esd->supports, &esd->room, (size_t)before + 1, sizeof *esd->supports))
        number = cas_intern_add(&esd->keys, key, (size_t)n);
    if (number == UINT32_MAX) {
        cas_record_no_memory(&rows->record);
        return NULL;
    }
    if (number == before)
        esd->supports[number] = (struct support){.where = cas_record_where(&rows->record)};
    else
        cas_input_remark(&rows->input->seen, "supporters told of again against another opponent",
                         1);
    return &esd->supports[number];
}

static unsigned
kinds_of(struct cas_rows *rows)
{
    unsigned kinds = 0;
    for (unsigned i = 0; i < COLUMNS - KINDS; i++)
        kinds |= is_set(rows, KINDS + (int)i) ? 1u << i : 0;
    return kinds;
}

static void
read_supporters(struct cas_rows *rows, struct cas_text party, int year)
{
    size_t count;
    struct cas_text *ids = cas_rows_list(rows, cas_rows_text(rows, EXT_ID), ',', &count);
    struct cas_text *names = count ? names_of(rows, count) : NULL;
    unsigned kinds = kinds_of(rows);
    int kind = is_set(rows, EXT_NONSTATE) ? CASUS_KIND_ARMED_GROUP : -1;
    if (!count)
        cas_rows_skip(rows, "of support by nobody named");
    for (size_t i = 0; names && i < count; i++) {
        struct cas_text number = cas_ucdp_number(rows, EXT_ID, ids[i]);
        if (!cas_ucdp_actor(rows, number, names[i], kind).s)
            return;
        struct support *support = support_of(rows, number, party, year);
        if (!support)
            return;
        support->kinds |= kinds;
        support->bothsides |= is_set(rows, BOTHSIDES);
        support->alleged |= is_set(rows, ALLEGED);
    }
}

static int
read_year(struct cas_rows *rows)
{
    struct casus_date date = cas_rows_date(rows, YEAR);
    if (!casus_date_known(date) && !rows->record.bad)
        cas_rows_need(rows, YEAR);
    return date.year;
}

static void
read_row(struct cas_rows *rows)
{
    struct esd *esd = rows->own;
    if (!esd->begun)
        cas_intern_init(&esd->keys);
    esd->begun = true;
    int year = read_year(rows);
    struct cas_text party = cas_ucdp_number(rows, ACTOR_ID, cas_rows_text(rows, ACTOR_ID));
    int kind = is_set(rows, ACTOR_NONSTATE) ? CASUS_KIND_ARMED_GROUP : -1;
    cas_ucdp_actor(rows, party, cas_rows_need(rows, ACTOR), kind);
    if (rows->record.bad)
        return;
    if (is_set(rows, EXT_SUP))
        read_supporters(rows, party, year);
    else
        cas_rows_skip(rows, is_set(rows, ALLEGED) ? "of support that is alleged only"
                                                  : "without external support");
}

/* --- the events ------------------------------------------------------------------------------- */

static const char *
type_of(const struct support *support)
{
    for (unsigned i = 0; i < COLUMNS - KINDS; i++) {
        if (support->kinds & 1u << i)
            return types[i];
    }
    return "support";
}

static struct cas_text
extra_of(struct cas_rows *rows, const struct support *support)
{
    struct cas_buffer out;
    const char *before = NULL;
    cas_buffer_init(&out);
    cas_buffer_text(&out, "\"x-support\":[");
    for (unsigned i = 0; i < COLUMNS - KINDS; i++) {
        bool again = before && strcmp(before, types[i]) == 0;
        if (!(support->kinds & 1u << i) || again)
            continue;
        cas_buffer_printf(&out, "%s\"%s\"", before ? "," : "", types[i]);
        before = types[i];
    }
    cas_buffer_text(&out, before ? "]" : "\"support\"]");
    cas_buffer_text(&out, support->bothsides ? ",\"x-bothsides\":true" : "");
    cas_buffer_text(&out, support->alleged ? ",\"x-alleged\":true" : "");
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra;
}

/* The numbers of a key, which hold no '-' of their own: supporter, party, year from behind. */
static bool
part_key(const char *key, size_t n, struct cas_text out[3])
{
    for (int part = 2; part > 0; part--) {
        size_t at = n;
        while (at && key[at - 1] != '-')
            at--;
        if (!at)
            return false;
        out[part] = (struct cas_text){key + at, n - at, NULL};
        n = at - 1;
    }
    out[0] = (struct cas_text){key, n, NULL};
    return true;
}

static void
give(struct cas_rows *rows, uint32_t number)
{
    struct esd *esd = rows->own;
    const struct support *support = &esd->supports[number];
    struct cas_text key = {esd->keys.texts[number], esd->keys.lengths[number], NULL}, part[3];
    struct cas_text parties[2];
    struct casus_date date = {0};
    if (!part_key(key.s, key.n, part))
        return;
    struct cas_rec_event event = cas_rows_event_of(type_of(support));
    parties[0] = cas_rows_id(rows, CAS_UCDP, part[0]);
    parties[1] = cas_rows_id(rows, CAS_UCDP, part[1]);
    casus_date_parse(part[2].s, part[2].n, &date);
    event.id = cas_rows_id(rows, "esd:", key);
    event.from = &parties[0];
    event.to = &parties[1];
    event.from_count = event.to_count = 1;
    event.date = casus_period_of_date(date);
    event.extra = cas_rows_keeps(rows) ? extra_of(rows, support) : (struct cas_text){0};
    rows->record.where = &support->where;
    cas_rows_event(rows, &event);
}

static void
end(struct cas_rows *rows)
{
    struct esd *esd = rows->own;
    for (uint32_t i = 0; i < esd->keys.count; i++) {
        if (rows->status != CASUS_OK || rows->record.status != CASUS_OK)
            break;
        cas_arena_clear(&rows->input->scratch);
        give(rows, i);
    }
    if (esd->begun)
        cas_intern_done(&esd->keys);
    cas_free(esd->supports);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = COLUMNS,
                                             .row = read_row,
                                             .end = end,
                                             .own = sizeof(struct esd)};

const struct cas_reader cas_reader_esd = {
    .format =
        {"ucdp-esd", "UCDP External Support Dataset (actor-, triad- and dyad-year)",
         "Meier, V., N. Karlén, T. Pettersson and M. Croicu (2023). External support in armed "
         "conflicts: Introducing the UCDP External Support Dataset (ESD), 1975-2017. Journal "
         "of Peace Research 60(3), doi:10.1177/00223433221079864; Uppsala Conflict Data "
         "Program",
         "CC BY 4.0"},
    .table = &table,
};
