/* A timeline that a person reads: windows with bars, what changed, who was there when. */
#include <inttypes.h>
#include <math.h>

#include "base/fault.h"
#include "report/format.h"
#include "report/page.h"
#include "report/spark.h"
#include "report/summary.h"
#include "report/timeline.h"

enum { BAR = 8, MOST_EVENTS = 6, MOST_WINDOWS = 48 };

struct sheet {
    struct cas_page page;
    const struct casus_timeline_report *report;
    const struct casus_timeline *timeline;
    const struct casus_windows *windows;
    struct cas_buffer words;
    double *numbers; /* one a window */
    uint32_t count;  /* of windows */
};

/* The words said so far; the next begin anew. */
static const char *
said(struct sheet *sheet)
{
    sheet->page.failed |= sheet->words.failed;
    return sheet->words.failed || !sheet->words.n ? "" : sheet->words.s;
}

static const struct casus_slice *
slice_at(const struct sheet *sheet, uint32_t window)
{
    return casus_timeline_slice_at(sheet->timeline, window);
}

/* --- head --------------------------------------------------------------------------------- */

static void
write_spread(struct sheet *sheet)
{
    uint32_t count = casus_windows_spread_count(sheet->windows);
    uint32_t shown = count <= MOST_EVENTS ? count : MOST_EVENTS - 1;
    if (!count)
        return;
    cas_buffer_clear(&sheet->words);
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(
            &sheet->words, "%s%s", i ? ", " : "",
            casus_windows_event_id(sheet->windows, casus_windows_spread_at(sheet->windows, i)));
    if (shown < count)
        cas_buffer_printf(&sheet->words, " and %" PRIu32 " more", count - shown);
    cas_page_fact(&sheet->page, "Spread", "%" PRIu32 " event%s in no window: %s", count,
                  cas_plural(count), said(sheet));
}

static void
write_head(struct sheet *sheet)
{
    const struct casus_graph *whole = casus_windows_whole(sheet->windows);
    const char *title = casus_graph_title(whole);
    cas_page_title(&sheet->page, title && title[0]        ? title
                                 : sheet->report->balance ? "Balance over time"
                                                          : "Timeline");
    cas_page_open_facts(&sheet->page, CAS_SUMMARY_WIDTH);
    cas_summary_write(&sheet->page, &sheet->report->heading, whole);
    cas_buffer_clear(&sheet->words);
    cas_windows_words(&sheet->words, sheet->windows);
    cas_page_fact(&sheet->page, "Windows", "%s", said(sheet));
    write_spread(sheet);
    cas_page_close_facts(&sheet->page);
}

/* --- windows ------------------------------------------------------------------------------ */

static uint32_t
most_windows(const struct sheet *sheet)
{
    uint32_t top = sheet->report->heading.top ? sheet->report->heading.top : MOST_WINDOWS;
    return top < sheet->count ? top : sheet->count;
}

static double
largest_window(const struct sheet *sheet)
{
    double largest = 0;
    for (uint32_t i = 0; i < sheet->count; i++)
        largest = fmax(largest, slice_at(sheet, i)->window.events);
    return largest;
}

/* A window's first or last day as far as it must be told: its month or year where windows are made
 * of these. */
static const char *
short_date(const struct sheet *sheet, struct casus_date date, bool whole_year, char out[12])
{
    bool months = casus_windows_by_months(sheet->windows);
    bool years = months && strstr(casus_windows_length(sheet->windows), "year") &&
                 strstr(casus_windows_step(sheet->windows), "year");
    if (months)
        date.day = 0;
    if (years && whole_year)
        date.month = 0;
    return casus_date_format(date, out);
}

static const char *
begin_of(const struct sheet *sheet, uint32_t window, char out[12])
{
    struct casus_date from = casus_windows_at(sheet->windows, window)->from;
    return short_date(sheet, from, from.month == 1, out);
}

static const char *
end_of(const struct sheet *sheet, uint32_t window, char out[12])
{
    struct casus_date to = casus_windows_at(sheet->windows, window)->to;
    return short_date(sheet, to, to.month == 12, out);
}

/* In expanding windows the end tells them apart. */
static void
add_begin(struct sheet *sheet, struct cas_table *table, uint32_t window)
{
    char date[12];
    cas_buffer_clear(&sheet->words);
    if (casus_windows_expand(sheet->windows))
        cas_buffer_printf(&sheet->words, "to %s",
                          casus_date_format(casus_windows_at(sheet->windows, window)->to, date));
    else
        cas_buffer_text(&sheet->words, begin_of(sheet, window, date));
    cas_table_text(table, said(sheet));
}

static void
add_bar(struct sheet *sheet, struct cas_table *table, double value, double largest)
{
    cas_buffer_clear(&sheet->words);
    cas_bar_text(&sheet->words, value, largest, BAR);
    cas_table_text(table, said(sheet));
}

static void
write_window_table(struct sheet *sheet)
{
    static const struct cas_column columns[] = {
        {"from", false, false},       {"events", true, false},
        {"", false, false},           {"actors", true, false},
        {"ties", true, false},        {"density", true, false},
        {"reciprocity", true, false}, {"first by PageRank", false, true}};
    double largest = largest_window(sheet);
    struct cas_table table;
    cas_table_init(&table, columns, 8);
    for (uint32_t i = 0; i < most_windows(sheet); i++) {
        const struct casus_slice *slice = slice_at(sheet, i);
        add_begin(sheet, &table, i);
        cas_table_number(&table, slice->window.events);
        add_bar(sheet, &table, slice->window.events, largest);
        cas_table_number(&table, slice->actors);
        cas_table_number(&table, slice->ties);
        cas_table_number(&table, slice->density);
        cas_table_number(&table, slice->reciprocity);
        cas_buffer_clear(&sheet->words);
        for (int j = 0; j < CASUS_FIRST_RANKS && slice->first[j] != CASUS_NONE; j++)
            cas_buffer_printf(&sheet->words, "%s%s", j ? ", " : "",
                              casus_timeline_actor_at(sheet->timeline, slice->first[j])->name);
        cas_table_text(&table, said(sheet));
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
}

static void
write_balance_table(struct sheet *sheet)
{
    static const struct cas_column columns[] = {
        {"from", false, false},    {"signed ties", true, false}, {"+++", true, false},
        {"++−", true, false},      {"+−−", true, false},         {"−−−", true, false},
        {"balanced", true, false}, {"frustration", true, false}, {"blocs", true, false}};
    struct cas_table table;
    cas_table_init(&table, columns, 9);
    for (uint32_t i = 0; i < most_windows(sheet); i++) {
        const struct casus_balance_facts *facts = &slice_at(sheet, i)->balance;
        add_begin(sheet, &table, i);
        cas_table_number(&table, facts->positive + facts->negative);
        for (int j = 0; j < CASUS_TRIAD_COUNT; j++)
            cas_table_number(&table, (double)facts->triads[j]);
        cas_table_number(&table, facts->strict);
        cas_buffer_clear(&sheet->words);
        cas_frustration_words(&sheet->words, &facts->frustration);
        cas_table_text(&table, said(sheet));
        cas_table_number(&table, facts->disagreement.undefined ? NAN : facts->blocs);
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
}

static void
write_windows(struct sheet *sheet)
{
    cas_page_section(&sheet->page, "Windows");
    if (!sheet->report->balance) {
        write_window_table(sheet);
        cas_summary_shown(&sheet->page, most_windows(sheet), sheet->count);
        cas_page_section(&sheet->page, "Balance");
    }
    write_balance_table(sheet);
    cas_summary_shown(&sheet->page, most_windows(sheet), sheet->count);
}

/* --- over time ---------------------------------------------------------------------------- */

/* A series of numbers, and how one is read. */
struct line {
    const char *name;
    double (*of)(const struct casus_slice *slice);
    bool scores;
};

static double
events_of(const struct casus_slice *slice)
{
    return slice->window.events;
}

static double
attacks_of(const struct casus_slice *slice)
{
    return (double)slice->by_relation[CASUS_ATTACK];
}

static double
supports_of(const struct casus_slice *slice)
{
    return (double)slice->by_relation[CASUS_SUPPORT];
}

static double
actors_of(const struct casus_slice *slice)
{
    return slice->actors;
}

static double
degree_of(const struct casus_slice *slice)
{
    return slice->degree;
}

static double
density_of(const struct casus_slice *slice)
{
    return slice->density;
}

static double
balance_of(const struct casus_slice *slice)
{
    return slice->balance.strict;
}

static double
frustration_of(const struct casus_slice *slice)
{
    return slice->balance.frustration.upper;
}

static double
blocs_of(const struct casus_slice *slice)
{
    return slice->balance.disagreement.undefined ? NAN : slice->balance.blocs;
}

static const struct line lines[] = {{"events", events_of, false},
                                    {"attacks", attacks_of, true},
                                    {"support", supports_of, true},
                                    {"actors", actors_of, true},
                                    {"mean degree", degree_of, true},
                                    {"density", density_of, true},
                                    {"balanced triads", balance_of, false},
                                    {"frustration", frustration_of, false},
                                    {"blocs", blocs_of, false}};

static void
add_range(struct sheet *sheet, struct cas_table *table)
{
    double least = NAN, most = NAN;
    char low[CAS_FIXED_SIZE], high[CAS_FIXED_SIZE];
    bool whole = true;
    for (uint32_t i = 0; i < sheet->count; i++) {
        double number = sheet->numbers[i];
        if (isnan(number))
            continue;
        least = isnan(least) || number < least ? number : least;
        most = isnan(most) || number > most ? number : most;
        whole = whole && number == trunc(number);
    }
    unsigned decimals = whole ? 0 : 3;
    cas_table_text(table, cas_fixed_text(least, decimals, low));
    cas_table_text(table, cas_fixed_text(most, decimals, high));
    cas_table_series(table, sheet->numbers, sheet->count);
}

static void
write_lines(struct sheet *sheet)
{
    static const struct cas_column columns[] = {{"series", false, false},
                                                {"least", true, false},
                                                {"most", true, false},
                                                {"over time", false, false}};
    struct cas_table table;
    cas_table_init(&table, columns, 4);
    cas_page_section(&sheet->page, "Over time");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].scores && sheet->report->balance)
            continue;
        for (uint32_t j = 0; j < sheet->count; j++)
            sheet->numbers[j] = lines[i].of(slice_at(sheet, j));
        cas_table_text(&table, lines[i].name);
        add_range(sheet, &table);
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
}

/* The most active actors, in order of events, then of id. */
static uint32_t
next_actor(const struct sheet *sheet, uint32_t last)
{
    uint32_t best = CASUS_NONE;
    for (uint32_t v = 0; v < casus_timeline_actor_count(sheet->timeline); v++) {
        uint64_t events = casus_timeline_actor_at(sheet->timeline, v)->events;
        uint64_t bound = last == CASUS_NONE
                             ? UINT64_MAX
                             : casus_timeline_actor_at(sheet->timeline, last)->events;
        bool after = events < bound || (events == bound && last != CASUS_NONE && v > last);
        if (after &&
            (best == CASUS_NONE || events > casus_timeline_actor_at(sheet->timeline, best)->events))
            best = v;
    }
    return best;
}

static void
add_actor(struct sheet *sheet, struct cas_table *table, uint32_t actor)
{
    const struct casus_timeline_actor *one = casus_timeline_actor_at(sheet->timeline, actor);
    char date[12];
    cas_table_text(table, one->name);
    cas_table_number(table, (double)one->events);
    cas_table_text(table, begin_of(sheet, one->first, date));
    cas_table_text(table, end_of(sheet, one->last, date));
    casus_timeline_activity(sheet->timeline, actor, sheet->numbers);
    cas_table_series(table, sheet->numbers, sheet->count);
}

static void
write_actors(struct sheet *sheet)
{
    static const struct cas_column columns[] = {{"actor", false, false},
                                                {"events", true, false},
                                                {"from", false, false},
                                                {"to", false, false},
                                                {"over time", false, false}};
    uint32_t top = cas_summary_top(&sheet->report->heading), last = CASUS_NONE;
    struct cas_table table;
    if (sheet->report->balance || !casus_timeline_actor_count(sheet->timeline))
        return;
    cas_page_section(&sheet->page, "Actors over time");
    cas_table_init(&table, columns, 5);
    for (uint32_t i = 0; i < top && (last = next_actor(sheet, last)) != CASUS_NONE; i++)
        add_actor(sheet, &table, last);
    cas_page_table(&sheet->page, &table);
    uint32_t all = casus_timeline_actor_count(sheet->timeline);
    cas_summary_shown(&sheet->page, top < all ? top : all, all);
    cas_table_done(&table);
}

/* --- change ------------------------------------------------------------------------------- */

static void
write_change(struct sheet *sheet, const struct casus_change *change)
{
    char date[12];
    cas_buffer_clear(&sheet->words);
    if (casus_windows_expand(sheet->windows))
        casus_date_format(casus_windows_at(sheet->windows, change->window)->to, date);
    else
        begin_of(sheet, change->window, date);
    cas_buffer_printf(&sheet->words, "%s: ", date);
    cas_change_words(&sheet->words, sheet->timeline, change);
    if (change->event_count) {
        cas_buffer_text(&sheet->words, " (");
        cas_change_events(&sheet->words, sheet->timeline, change, MOST_EVENTS, ", ");
        cas_buffer_char(&sheet->words, ')');
    }
    cas_page_bullet(&sheet->page, said(sheet));
}

/* All changes of the kinds in `kinds`, a bit each. */
static void
write_group(struct sheet *sheet, const char *title, unsigned kinds)
{
    uint32_t top = cas_summary_top(&sheet->report->heading), all = 0;
    for (uint32_t i = 0; i < casus_timeline_change_count(sheet->timeline); i++) {
        const struct casus_change *change = casus_timeline_change_at(sheet->timeline, i);
        if (!(kinds & CASUS_BIT(change->kind)) || !cas_timeline_tells(sheet->report, change->kind))
            continue;
        if (all++ >= top)
            continue;
        if (all == 1) {
            cas_page_subsection(&sheet->page, title);
            cas_page_open_bullets(&sheet->page);
        }
        write_change(sheet, change);
    }
    if (all) {
        cas_page_close_bullets(&sheet->page);
        cas_summary_shown(&sheet->page, all < top ? all : top, all);
    }
}

static void
write_changes(struct sheet *sheet)
{
    cas_page_section(&sheet->page, "Change");
    if (!casus_timeline_change_count(sheet->timeline))
        cas_page_paragraph(&sheet->page, "Nothing changes between these windows.");
    write_group(sheet, "Who turns on whom, and who sides",
                CASUS_BIT(CASUS_DEFECTION) | CASUS_BIT(CASUS_ALLIANCE));
    write_group(sheet, "Blocs", CASUS_BIT(CASUS_SPLIT) | CASUS_BIT(CASUS_MERGER));
    write_group(sheet, "Who enters and who is gone",
                CASUS_BIT(CASUS_ENTRY) | CASUS_BIT(CASUS_EXIT));
    write_group(sheet, "Ranks", CASUS_BIT(CASUS_CLIMB));
    write_group(sheet, "Ties that begin", CASUS_BIT(CASUS_TIE_BEGINS));
    write_group(sheet, "Ties that end", CASUS_BIT(CASUS_TIE_ENDS));
}

static void
write_shift_table(struct sheet *sheet)
{
    static const struct cas_column columns[] = {
        {"series", false, false},    {"among", false, false}, {"change at", false, false},
        {"before", true, false},     {"after", true, false},  {"p", true, false},
        {"Holm's p", true, false}};
    struct cas_table table;
    char from[12], to[12], at[12];
    cas_table_init(&table, columns, 7);
    for (uint32_t i = 0; i < casus_timeline_shift_count(sheet->timeline); i++) {
        const struct casus_shift *shift = casus_timeline_shift_at(sheet->timeline, i);
        cas_buffer_clear(&sheet->words);
        cas_buffer_printf(&sheet->words, "%s – %s", begin_of(sheet, shift->begin, from),
                          end_of(sheet, shift->end - 1, to));
        cas_table_text(&table, casus_series_name(shift->series));
        cas_table_text(&table, said(sheet));
        cas_table_text(&table, shift->corrected <= 0.05 ? begin_of(sheet, shift->at, at) : "none");
        cas_table_number(&table, shift->before);
        cas_table_number(&table, shift->after);
        cas_table_number(&table, shift->p);
        cas_table_number(&table, shift->corrected);
    }
    cas_page_table(&sheet->page, &table);
    cas_table_done(&table);
}

static void
write_shifts(struct sheet *sheet)
{
    const char *untested = casus_timeline_untested(sheet->timeline);
    uint32_t tests = casus_timeline_shift_count(sheet->timeline);
    cas_page_section(&sheet->page, "Change points");
    if (untested || !tests) {
        cas_page_paragraph(&sheet->page, "None looked for: %s.",
                           untested ? untested : "too few windows have numbers");
        return;
    }
    cas_page_paragraph(&sheet->page,
                       "%" PRIu32 " test%s of %" PRIu32 " permutations each, seed %" PRIu64
                       "; p is corrected for their number by Holm's method, and a change is told "
                       "where that is 0.05 or less.",
                       tests, cas_plural(tests), casus_timeline_permutations(sheet->timeline),
                       casus_timeline_seed(sheet->timeline));
    write_shift_table(sheet);
}

/* --- foot --------------------------------------------------------------------------------- */

static void
write_definitions(struct sheet *sheet)
{
    static const struct {
        const char *name, *text;
        bool scores;
    } rows[] = {
        {"window",
         "an event belongs to the window that holds its whole interval; support that has "
         "not ended counts in every window it touches",
         false},
        {"density", "arcs of attack and support / n(n − 1)", true},
        {"reciprocity", "share of arcs that have one back", true},
        {"balanced", "share of triangles with an even number of hostile ties", false},
        {"frustration", "the fewest ties whose removal leaves two camps", false},
        {"turn",
         "a dyad is hostile in a window in which attack joins it, friendly where support "
         "alone does; it turns where that differs from the last time",
         false},
        {"bloc",
         "as by casus balance, each cut into what friendly ties hold together; matched "
         "from window to window by most actors in common",
         false},
        {"climb",
         "into the first three of PageRank, from three ranks lower or more in the window "
         "before",
         true},
        {"change point",
         "of all cuts of a series in two, the one with the largest standardised "
         "difference of means, by permutation (Antoch and Hušková 2001); both "
         "sides are looked into again (Vostrikova 1981)",
         false},
    };
    cas_page_section(&sheet->page, "Definitions");
    cas_page_open_facts(&sheet->page, strlen("change point"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].scores || !sheet->report->balance)
            cas_page_fact(&sheet->page, rows[i].name, "%s", rows[i].text);
    }
    cas_page_close_facts(&sheet->page);
}

static void
write_caveats(struct sheet *sheet)
{
    struct cas_caveat_list list = {&sheet->page, false};
    if (!cas_timeline_caveats_each(sheet->timeline, cas_page_caveat, &list))
        sheet->page.failed = true;
    cas_page_close_caveats(&list);
}

/* --- all of it ---------------------------------------------------------------------------- */

enum casus_status
cas_timeline_run(const struct casus_timeline_report *report, bool by_relation, cas_visit *visit,
                 void *context, struct casus_timeline **out, struct casus_error *err)
{
    struct casus_timing timing = report->timing;
    struct casus_scoring scoring = timing.scoring ? *timing.scoring : (struct casus_scoring){0};
    scoring.measures = visit ? 0 : CASUS_BIT(CASUS_PAGERANK); /* nobody sees the others */
    timing.scoring = &scoring;
    timing.balancing.no_walks = !visit;
    timing.by_relation = by_relation && !report->balance;
    timing.no_scores = report->balance;
    timing.visit = visit;
    timing.context = context;
    return casus_timeline_new(report->windows, &timing, out, err);
}

static enum casus_status
write_page(struct sheet *sheet, enum casus_layout layout, struct casus_output *output,
           struct casus_error *err)
{
    cas_page_init(&sheet->page, &sheet->report->heading, layout, output);
    cas_buffer_init(&sheet->words);
    write_head(sheet);
    write_lines(sheet);
    write_windows(sheet);
    write_changes(sheet);
    write_shifts(sheet);
    write_actors(sheet);
    write_definitions(sheet);
    write_caveats(sheet);
    cas_buffer_done(&sheet->words);
    return cas_page_done(&sheet->page, err);
}

enum casus_status
cas_timeline_page(const struct casus_timeline_report *report, enum casus_layout layout,
                  struct casus_output *output, struct casus_error *err)
{
    struct casus_timeline *timeline;
    enum casus_status status = cas_timeline_run(report, false, NULL, NULL, &timeline, err);
    if (status != CASUS_OK)
        return status;
    struct sheet sheet = {.report = report,
                          .timeline = timeline,
                          .windows = report->windows,
                          .count = casus_windows_count(report->windows)};
    sheet.numbers = cas_zalloc((size_t)sheet.count + 1, sizeof *sheet.numbers);
    status = sheet.numbers ? write_page(&sheet, layout, output, err) : cas_fail_memory(err);
    cas_free(sheet.numbers);
    casus_timeline_free(timeline);
    return status;
}

enum casus_status
casus_timeline_write(const struct casus_timeline_report *report, enum casus_layout layout,
                     struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_JSON: return cas_timeline_json(report, output, err);
    case CASUS_CSV: return cas_timeline_csv(report, output, err);
    default: return cas_timeline_page(report, layout, output, err);
    }
}
