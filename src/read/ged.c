/* UCDP GED: the Georeferenced Event Dataset, its monthly candidate files (one of which came without
 * a header), and the edition on HDX (a column iso3, a row of HXL tags).
 *
 * Ids are UCDP's own, and join what UCDP publishes: an actor is "ucdp:NUMBER" (side_a_new_id; the
 * number of GED, ESD and the actor set alike), the civilians of a country, who are no one actor,
 * "ucdp:civilians:NUMBER" (country_id, which is Gleditsch and Ward's), an event "ged:NUMBER".
 *
 * Source: UCDP GED Codebook. type_of_violence 1 (state-based) and 2 (non-state) have no direction;
 * 3 (one-sided) runs from side_a to the civilians. deaths_a and deaths_b are losses of that side,
 * deaths_civilians of the country's civilians, deaths_unknown of nobody known. Each is a best
 * estimate, and best is their sum; low and high are given for the whole event. So that the event
 * keeps its low and high: what high is more than best is added to the unknown, and what low is less
 * is taken from the unknown first, then from the civilians, from side_b, from side_a.
 *
 * Who gave the information (source_original) reports in its own voice: a source that claims. The
 * articles are the event's sources.
 */
#include <stdlib.h>

#include "read/bulk.h"

enum {
    ID,
    RELID,
    YEAR,
    ACTIVE_YEAR,
    CODE_STATUS,
    VIOLENCE,
    CONFLICT_DSET,
    CONFLICT_ID,
    CONFLICT,
    DYAD_DSET,
    DYAD_ID,
    DYAD,
    A_DSET,
    A_ID,
    A_NAME,
    B_DSET,
    B_ID,
    B_NAME,
    SOURCES,
    ARTICLE,
    OFFICE,
    SOURCE_DATE,
    HEADLINE,
    ORIGINAL,
    WHERE_PREC,
    WHERE,
    WHERE_DESCRIPTION,
    ADM_1,
    ADM_2,
    LATITUDE,
    LONGITUDE,
    GEOM,
    PRIOGRID,
    COUNTRY,
    COUNTRY_ID,
    REGION,
    CLARITY,
    DATE_PREC,
    DATE_START,
    DATE_END,
    DEATHS_A,
    DEATHS_B,
    DEATHS_CIVILIANS,
    DEATHS_UNKNOWN,
    BEST,
    HIGH,
    LOW,
    GWNO_A,
    GWNO_B,
    COLUMNS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"id", true},
    [RELID] = {"relid", false},
    [YEAR] = {"year", false},
    [ACTIVE_YEAR] = {"active_year", false},
    [CODE_STATUS] = {"code_status", false},
    [VIOLENCE] = {"type_of_violence", true},
    [CONFLICT_DSET] = {"conflict_dset_id", false},
    [CONFLICT_ID] = {"conflict_new_id", false},
    [CONFLICT] = {"conflict_name", false},
    [DYAD_DSET] = {"dyad_dset_id", false},
    [DYAD_ID] = {"dyad_new_id", false},
    [DYAD] = {"dyad_name", false},
    [A_DSET] = {"side_a_dset_id", false},
    [A_ID] = {"side_a_new_id", true},
    [A_NAME] = {"side_a", true},
    [B_DSET] = {"side_b_dset_id", false},
    [B_ID] = {"side_b_new_id", true},
    [B_NAME] = {"side_b", true},
    [SOURCES] = {"number_of_sources", false},
    [ARTICLE] = {"source_article", false},
    [OFFICE] = {"source_office", false},
    [SOURCE_DATE] = {"source_date", false},
    [HEADLINE] = {"source_headline", false},
    [ORIGINAL] = {"source_original", false},
    [WHERE_PREC] = {"where_prec", false},
    [WHERE] = {"where_coordinates", false},
    [WHERE_DESCRIPTION] = {"where_description", false},
    [ADM_1] = {"adm_1", false},
    [ADM_2] = {"adm_2", false},
    [LATITUDE] = {"latitude", false},
    [LONGITUDE] = {"longitude", false},
    [GEOM] = {"geom_wkt", false},
    [PRIOGRID] = {"priogrid_gid", false},
    [COUNTRY] = {"country", false},
    [COUNTRY_ID] = {"country_id", false},
    [REGION] = {"region", false},
    [CLARITY] = {"event_clarity", false},
    [DATE_PREC] = {"date_prec", false},
    [DATE_START] = {"date_start", true},
    [DATE_END] = {"date_end", true},
    [DEATHS_A] = {"deaths_a", false},
    [DEATHS_B] = {"deaths_b", false},
    [DEATHS_CIVILIANS] = {"deaths_civilians", false},
    [DEATHS_UNKNOWN] = {"deaths_unknown", false},
    [BEST] = {"best", false},
    [HIGH] = {"high", false},
    [LOW] = {"low", false},
    [GWNO_A] = {"gwnoa", false},
    [GWNO_B] = {"gwnob", false},
};

/* --- actors ----------------------------------------------------------------------------------- */

/* The columns of one side. */
struct side {
    int dset, id, name, gwno;
};
static const struct side side_a = {A_DSET, A_ID, A_NAME, GWNO_A};
static const struct side side_b = {B_DSET, B_ID, B_NAME, GWNO_B};

static bool
begins(struct cas_text text, const char *word)
{
    size_t n = strlen(word);
    return text.n >= n && memcmp(text.s, word, n) == 0;
}

/* 9999 stands for the civilians of any country. */
static bool
is_civilians(struct cas_rows *rows, const struct side *side)
{
    return cas_text_is(cas_rows_text(rows, side->dset), "9999") ||
           cas_text_is(cas_rows_text(rows, side->id), "9999") ||
           cas_text_is(cas_rows_text(rows, side->name), "Civilians");
}

static struct cas_text
declare_civilians(struct cas_rows *rows)
{
    struct cas_text country = cas_rows_text(rows, COUNTRY_ID);
    if (!country.s)
        country = cas_rows_text(rows, COUNTRY);
    struct cas_rec_actor actor = {.name = CAS_TEXT("Civilians"),
                                  .kind = CASUS_KIND_CIVILIANS,
                                  .kind_given = true,
                                  .generic = true};
    actor.id = country.s ? cas_rows_id(rows, "ucdp:civilians:", country) : CAS_TEXT("ucdp:9999");
    cas_rows_actor(rows, &actor);
    return actor.id;
}

/* What the user's own keys say of it. */
static struct cas_text
extra_of(struct cas_rows *rows, struct cas_text gwno)
{
    for (size_t i = 0; i < gwno.n; i++)
        if (gwno.s[i] < '0' || gwno.s[i] > '9')
            return (struct cas_text){0};
    return gwno.n < 10 ? cas_rows_id(rows, "\"x-gwno\": ", gwno) : (struct cas_text){0};
}

static struct cas_text
declare_side(struct cas_rows *rows, const struct side *side)
{
    if (is_civilians(rows, side))
        return declare_civilians(rows);
    struct cas_text gwno = cas_rows_text(rows, side->gwno);
    struct cas_rec_actor actor = {.id = cas_rows_id(rows, "ucdp:", cas_rows_need(rows, side->id)),
                                  .name = cas_rows_need(rows, side->name),
                                  .extra = extra_of(rows, gwno)};
    bool state = gwno.s || begins(actor.name, "Government of ");
    actor.kind = state ? CASUS_KIND_STATE : CASUS_KIND_ARMED_GROUP;
    actor.kind_given = true;
    cas_rows_actor(rows, &actor);
    return actor.id;
}

/* --- losses ----------------------------------------------------------------------------------- */

enum { OF_A, OF_B, OF_CIVILIANS, OF_NOBODY, LOSERS };

/* low and high of the event become the losers' own; see the top of the file. */
static void
spread(int64_t low, int64_t high, struct casus_figure figures[LOSERS])
{
    static const int order[LOSERS] = {OF_NOBODY, OF_CIVILIANS, OF_B, OF_A};
    int64_t best = 0;
    for (int i = 0; i < LOSERS; i++) {
        figures[i].low = figures[i].high = figures[i].best;
        best += figures[i].best;
    }
    int64_t less = low >= 0 && low < best ? best - low : 0;
    for (int i = 0; i < LOSERS; i++) {
        struct casus_figure *figure = &figures[order[i]];
        int64_t taken = less < figure->best ? less : figure->best;
        figure->low -= taken;
        less -= taken;
    }
    if (high > best)
        figures[OF_NOBODY].high += high - best;
}

/* Losses of one that is zero are said only of the two sides. */
static bool
is_told(int loser, const struct casus_figure *figure)
{
    return loser <= OF_B ? figure->best >= 0 : figure->high > 0;
}

static int64_t
count_of(struct cas_rows *rows, int column)
{
    int64_t count = cas_rows_count(rows, column);
    return count < 0 || count > UINT32_MAX ? 0 : count;
}

static void
read_losses(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct casus_figure figures[LOSERS];
    static const int deaths[LOSERS] = {DEATHS_A, DEATHS_B, DEATHS_CIVILIANS, DEATHS_UNKNOWN};
    struct cas_rec_loss *losses = cas_record_alloc(&rows->record, LOSERS, sizeof *losses);
    for (int i = 0; i < LOSERS; i++)
        figures[i].best = count_of(rows, deaths[i]);
    spread(cas_rows_count(rows, LOW), cas_rows_count(rows, HIGH), figures);
    event->losses = losses;
    for (int i = 0; losses && i < LOSERS; i++) {
        if (!is_told(i, &figures[i]))
            continue;
        struct cas_rec_loss *loss = &losses[event->loss_count++];
        *loss = (struct cas_rec_loss){.what = CASUS_BIT(CASUS_KILLED), .figure = figures[i]};
        if (i == OF_CIVILIANS)
            loss->actor = declare_civilians(rows);
        else if (i != OF_NOBODY)
            loss->actor = i == OF_A ? event->from[0] : event->to[0];
    }
}

/* --- who tells -------------------------------------------------------------------------------- */

/* Articles and givers are known by their own texts, of which a source's id takes no more than
 * others can hold. */
static struct cas_text
source_id(struct cas_text text)
{
    enum { LONGEST = 2000 };
    while (text.n > LONGEST || (text.n == LONGEST && ((unsigned char)text.s[text.n - 1] & 0x80)))
        text.n = text.n > LONGEST ? LONGEST : text.n - 1;
    return text;
}

static void
read_article(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_text article = cas_rows_text(rows, ARTICLE);
    struct cas_text *sources = cas_record_alloc(&rows->record, 1, sizeof *sources);
    if (!article.s || !sources)
        return;
    struct cas_rec_source source = {.id = source_id(article),
                                    .name = article,
                                    .type = CAS_TEXT("article"),
                                    .note = cas_rows_text(rows, HEADLINE)};
    cas_rows_source(rows, &source);
    sources[0] = source.id;
    event->sources = sources;
    event->source_count = 1;
}

static void
read_giver(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_text giver = cas_rows_text(rows, ORIGINAL);
    if (!giver.s)
        return;
    struct cas_rec_claim *claim = cas_record_alloc(&rows->record, 1, sizeof *claim);
    if (!claim)
        return;
    claim->stance = CASUS_REPORT;
    event->claims = claim;
    event->claim_count = 1;
    if (!cas_rows_keeps(rows))
        return;
    struct cas_rec_source source = {
        .id = source_id(giver), .name = giver, .type = CAS_TEXT("giver of information")};
    cas_rows_source(rows, &source);
    claim->source = source.id;
}

/* --- the event -------------------------------------------------------------------------------- */

/* By type_of_violence. */
static const char *const types[] = {"battle", "clash", "attack"};

static const char *
type_of(struct cas_rows *rows)
{
    struct cas_text violence = cas_rows_text(rows, VIOLENCE);
    char quoted[CAS_QUOTED];
    if (violence.n == 1 && violence.s[0] >= '1' && violence.s[0] <= '3')
        return types[violence.s[0] - '1'];
    cas_record_problem(&rows->record, cas_rows_at(rows, VIOLENCE), CAS_MSG_WORD,
                       "'type_of_violence': expected 1, 2 or 3, found %s",
                       cas_quoted(violence.s ? violence : CAS_TEXT(""), quoted));
    return types[0];
}

static void
read_sides(struct cas_rows *rows, struct cas_rec_event *event)
{
    struct cas_text *parties = cas_record_alloc(&rows->record, 2, sizeof *parties);
    if (!parties)
        return;
    parties[0] = declare_side(rows, &side_a);
    parties[1] = declare_side(rows, &side_b);
    event->from = &parties[0];
    event->to = &parties[1];
    event->from_count = parties[0].s != NULL;
    event->to_count = parties[1].s != NULL;
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_rec_event event = cas_rows_event_of(type_of(rows));
    event.id = cas_rows_id(rows, "ged:", cas_rows_need(rows, ID));
    event.date = cas_rows_period(rows, DATE_START, DATE_END);
    read_sides(rows, &event);
    if (!event.from)
        return;
    read_losses(rows, &event);
    read_giver(rows, &event);
    event.sourced = cas_rows_text(rows, ARTICLE).s;
    if (cas_rows_keeps(rows))
        read_article(rows, &event);
    cas_rows_place(rows, &event, WHERE, LATITUDE, LONGITUDE);
    cas_rows_event(rows, &event);
}

/* --- in bulk ---------------------------------------------------------------------------------- */

/* Which actors a row's key is of. */
enum { FIRST, SECOND, CIVILIANS };

/* All that the actors of a row are declared from. */
static const int telling[] = {A_DSET, A_ID,   A_NAME, GWNO_A,     B_DSET,
                              B_ID,   B_NAME, GWNO_B, COUNTRY_ID, COUNTRY};
enum { TELLING = sizeof telling / sizeof *telling };

struct own {
    uint8_t types[3]; /* by type_of_violence, as numbers */
    struct run {
        size_t first, last;
    } runs[TELLING]; /* the cells of the columns above, in order; neighbours are one run */
    size_t run_count;
};

static int
by_number(const void *left, const void *right)
{
    int a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static void
find_runs(const struct cas_rows *rows, struct own *own)
{
    int cells[TELLING], count = 0;
    for (int i = 0; i < TELLING; i++)
        if (rows->cell_of[telling[i]] >= 0)
            cells[count++] = rows->cell_of[telling[i]];
    qsort(cells, (size_t)count, sizeof *cells, by_number);
    for (int i = 0; i < count; i++) {
        size_t cell = (size_t)cells[i];
        if (!i || cells[i - 1] + 1 != cells[i])
            own->runs[own->run_count++].first = cell;
        own->runs[own->run_count - 1].last = cell;
    }
}

static void
prepare(struct cas_rows *rows)
{
    struct own *own = rows->own;
    find_runs(rows, own);
    for (size_t i = 0; i < casus_type_count(); i++) {
        const char *name = casus_type_at(i)->name;
        for (int violence = 0; violence < 3; violence++)
            if (strcmp(name, types[violence]) == 0)
                own->types[violence] = (uint8_t)i;
    }
}

/* Bytes of nothing, as many as are looked at. */
static const char nothing[CAS_SPAN_SLACK];

static inline struct cas_span
span_of(const struct cas_bulk_row *row, int column)
{
    int cell = row->rows->cell_of[column];
    return cell >= 0 ? cas_bulk_cell(row, (size_t)cell) : (struct cas_span){nothing, 0};
}

/* The cells that an actor's declaration comes from, one behind the other. */
static bool
make_key(struct cas_bulk_row *row, int actor, const int *parts, int count)
{
    char *out = row->keys[actor], *to = out;
    for (int i = 0; i < count; i++) {
        struct cas_span part = span_of(row, parts[i]);
        if (part.n + 1 > (size_t)(out + CAS_BULK_KEY - to))
            return false;
        memcpy(to, part.s, part.n);
        to += part.n;
        *to++ = '\t';
    }
    row->actors[actor] = (struct cas_span){out, (size_t)(to - out)};
    return true;
}

static bool
is_span(struct cas_span span, const char *word)
{
    return span.n == strlen(word) && memcmp(span.s, word, span.n) == 0;
}

/* What declare_civilians() looks at. */
static const int civilians[] = {COUNTRY_ID, COUNTRY};

/* The same cells as declare_side() looks at. */
static bool
key_side(struct cas_bulk_row *row, int actor, const struct side *side)
{
    const int parts[] = {side->dset, side->id, side->name, side->gwno};
    struct cas_span id = span_of(row, side->id), name = span_of(row, side->name);
    bool no_one = is_span(span_of(row, side->dset), "9999") || is_span(id, "9999") ||
                  is_span(name, "Civilians");
    return id.n && name.n && cas_span_trimmed(id) && cas_span_trimmed(name) &&
           make_key(row, actor, no_one ? civilians : parts, no_one ? 2 : 4);
}

static bool
bulk_actor(struct cas_bulk_row *row, int actor)
{
    if (actor == CIVILIANS)
        return make_key(row, CIVILIANS, civilians, 2);
    return key_side(row, actor, actor == FIRST ? &side_a : &side_b);
}

/* An empty cell is no figure. */
static inline bool
figure_of(const struct cas_bulk_row *row, int column, int64_t *out)
{
    uint64_t value;
    struct cas_span cell = span_of(row, column);
    bool whole = cas_span_small(cell, &value);
    *out = whole ? (int64_t)value : -1;
    return whole || !cell.n;
}

static bool
bulk_losses(struct cas_bulk_row *row)
{
    static const int deaths[LOSERS] = {DEATHS_A, DEATHS_B, DEATHS_CIVILIANS, DEATHS_UNKNOWN};
    static const int8_t losers[LOSERS] = {FIRST, SECOND, CIVILIANS, -1};
    struct casus_figure figures[LOSERS];
    int64_t low, high;
    for (int i = 0; i < LOSERS; i++) {
        if (!figure_of(row, deaths[i], &figures[i].best))
            return false;
        if (figures[i].best < 0)
            figures[i].best = 0;
    }
    if (!figure_of(row, LOW, &low) || !figure_of(row, HIGH, &high))
        return false;
    spread(low, high, figures);
    for (int i = 0; i < LOSERS; i++) {
        if (!is_told(i, &figures[i]))
            continue;
        row->killed[row->event.loss_count] = figures[i];
        row->losers[row->event.loss_count++] = losers[i];
    }
    return true;
}

/* In the order of days. */
static int
day_of(struct casus_date date)
{
    return date.year * 512 + date.month * 32 + date.day;
}

static bool
bulk_date(const struct cas_bulk_row *row, struct casus_period *out)
{
    struct cas_span first = span_of(row, DATE_START), last = span_of(row, DATE_END);
    struct casus_date from, until;
    if (!cas_span_day(first, &from) || !cas_span_day(last, &until) || day_of(until) < day_of(from))
        return false;
    *out = day_of(until) == day_of(from) ? casus_period_of_date(from)
                                         : cas_period_between(from, until);
    return true;
}

static void
bulk_who(struct cas_bulk_row *row)
{
    const struct own *own = row->rows->own;
    for (size_t i = 0; i < own->run_count; i++)
        cas_bulk_tell(row, own->runs[i].first, own->runs[i].last);
}

static enum cas_bulk_fate
bulk_row(struct cas_bulk_row *row)
{
    struct cas_bulk_event *event = &row->event;
    const struct own *own = row->rows->own;
    struct cas_span id = span_of(row, ID), giver = span_of(row, ORIGINAL);
    uint64_t violence;
    bool given;
    if (!cas_span_whole(span_of(row, VIOLENCE), 1, &violence) || violence < 1 || violence > 3 ||
        !cas_span_whole(id, 12, &event->id) || (id.s[0] == '0' && id.n > 1) ||
        !bulk_date(row, &event->date) || !cas_span_degrees(span_of(row, LATITUDE), 90) ||
        !cas_span_degrees(span_of(row, LONGITUDE), 180) || !cas_span_shown(giver, &given))
        return CAS_BULK_ODD;
    event->type = own->types[violence - 1];
    event->directed = violence == 3;
    event->claims = given;
    if (!given && !cas_span_shown(span_of(row, ARTICLE), &given))
        return CAS_BULK_ODD;
    event->sourced = given;
    event->loss_count = 0;
    return bulk_losses(row) ? CAS_BULK_EVENT : CAS_BULK_ODD;
}

static struct cas_text
declare(struct cas_rows *rows, int actor)
{
    if (actor == CIVILIANS)
        return declare_civilians(rows);
    return declare_side(rows, actor == FIRST ? &side_a : &side_b);
}

static const struct cas_rows_bulk bulk = {.space = "ged:",
                                          .prepare = prepare,
                                          .who = bulk_who,
                                          .row = bulk_row,
                                          .actor = bulk_actor,
                                          .declare = declare};

/* --- a file without header -------------------------------------------------------------------- */

static bool
is_number(const struct cas_cell *cell)
{
    for (size_t i = 0; i < cell->n; i++)
        if (cell->s[i] < '0' || cell->s[i] > '9')
            return false;
    return cell->n != 0;
}

static bool
is_day(const struct cas_cell *cell)
{
    struct casus_date date;
    return cell->n >= 10 && casus_date_parse(cell->s, 10, &date) == CASUS_DATE_OK;
}

static bool
headless(struct cas_rows *rows)
{
    const struct cas_cell *cells = rows->cells.cells;
    return rows->cells.count == COLUMNS && is_number(&cells[ID]) && is_number(&cells[YEAR]) &&
           is_number(&cells[VIOLENCE]) && is_day(&cells[DATE_START]) && is_day(&cells[DATE_END]);
}

static const struct cas_rows_format table = {.columns = columns,
                                             .column_count = COLUMNS,
                                             .row = read_row,
                                             .headless = headless,
                                             .bulk = &bulk,
                                             .own = sizeof(struct own)};

const struct cas_reader cas_reader_ged = {
    .format = {"ucdp-ged", "UCDP Georeferenced Event Dataset (also candidate and HDX editions)",
               "Sundberg, R., and E. Melander (2013). Introducing the UCDP Georeferenced Event "
               "Dataset. Journal of Peace Research 50(4), doi:10.1177/0022343313484347; "
               "Uppsala Conflict Data Program",
               "CC BY 4.0"},
    .table = &table,
};
