/* Change in words; and what to know before one believes it. */
#include <inttypes.h>
#include <math.h>

#include "report/format.h"
#include "report/timeline.h"

static const char *
name_of(const struct casus_timeline *timeline, uint32_t actor)
{
    return casus_timeline_actor_at(timeline, actor)->name;
}

bool
cas_timeline_tells(const struct casus_timeline_report *report, enum casus_change_kind kind)
{
    bool of_balance = kind == CASUS_DEFECTION || kind == CASUS_ALLIANCE || kind == CASUS_SPLIT ||
                      kind == CASUS_MERGER;
    return of_balance || !report->balance;
}

/* "A, B | C": the parts of a bloc. */
static void
add_parts(struct cas_buffer *out, const struct casus_timeline *timeline,
          const struct casus_change *change)
{
    for (uint32_t i = 0; i < change->actor_count; i++) {
        bool same = i && change->parts[i] == change->parts[i - 1];
        cas_buffer_printf(out, "%s%s",
                          !i     ? ""
                          : same ? ", "
                                 : " | ",
                          name_of(timeline, change->actors[i]));
    }
}

void
cas_change_words(struct cas_buffer *out, const struct casus_timeline *timeline,
                 const struct casus_change *change)
{
    const char *a = name_of(timeline, change->actors[0]);
    const char *b = change->actor_count > 1 ? name_of(timeline, change->actors[1]) : "";
    const char *what = change->relation == CASUS_SUPPORT ? "support" : "attack";
    switch (change->kind) {
    case CASUS_ENTRY: cas_buffer_printf(out, "%s enters", a); break;
    case CASUS_EXIT: cas_buffer_printf(out, "%s is gone", a); break;
    case CASUS_TIE_BEGINS: cas_buffer_printf(out, "%s between %s and %s begins", what, a, b); break;
    case CASUS_TIE_ENDS: cas_buffer_printf(out, "%s between %s and %s ends", what, a, b); break;
    case CASUS_DEFECTION: cas_buffer_printf(out, "%s and %s, friendly before, fight", a, b); break;
    case CASUS_ALLIANCE: cas_buffer_printf(out, "%s and %s, hostile before, side", a, b); break;
    case CASUS_SPLIT:
    case CASUS_MERGER:
        cas_buffer_text(out, change->kind == CASUS_SPLIT ? "a bloc splits: " : "blocs merge: ");
        add_parts(out, timeline, change);
        break;
    default:
        cas_buffer_printf(out, "%s climbs from rank %" PRIu32 " to %" PRIu32, a, change->before,
                          change->after);
        break;
    }
}

void
cas_change_events(struct cas_buffer *out, const struct casus_timeline *timeline,
                  const struct casus_change *change, uint32_t most, const char *between)
{
    const struct casus_windows *windows = casus_timeline_windows(timeline);
    uint32_t shown = !most || change->event_count <= most ? change->event_count : most - 1;
    for (uint32_t i = 0; i < shown; i++)
        cas_buffer_printf(out, "%s%s", i ? between : "",
                          casus_windows_event_id(windows, change->events[i]));
    if (shown < change->event_count)
        cas_buffer_printf(out, " and %" PRIu32 " more", change->event_count - shown);
}

void
cas_windows_words(struct cas_buffer *out, const struct casus_windows *windows)
{
    uint32_t count = casus_windows_count(windows);
    char from[12], to[12];
    casus_date_format(casus_windows_at(windows, 0)->from, from);
    casus_date_format(casus_windows_at(windows, count - 1)->to, to);
    const char *step = casus_windows_step(windows), *length = casus_windows_length(windows);
    cas_buffer_printf(out, "%" PRIu32 " of %s, %s to %s", count, length, from, to);
    if (casus_windows_expand(windows))
        cas_buffer_printf(out, ", each longer by %s", step);
    else if (strcmp(step, length) != 0)
        cas_buffer_printf(out, ", one each %s", step);
}

void
cas_frustration_words(struct cas_buffer *out, const struct casus_bounds *bounds)
{
    char low[CAS_FIXED_SIZE], high[32];
    if (bounds->undefined)
        cas_buffer_text(out, "–");
    else if (bounds->proved)
        cas_buffer_text(out, cas_number_text(bounds->upper, high));
    else
        cas_buffer_printf(out, "%s–%s", cas_fixed_text(bounds->lower, 0, low),
                          cas_number_text(bounds->upper, high));
}

/* --- caveats ------------------------------------------------------------------------------ */

struct warning {
    void (*take)(void *context, const char *name, const char *text);
    void *context;
    struct cas_buffer words;
};

static void
warn(struct warning *warning, const char *name)
{
    if (!warning->words.failed && warning->words.n)
        warning->take(warning->context, name, warning->words.s);
    cas_buffer_clear(&warning->words);
}

static void
warn_of_events(struct warning *warning, const struct casus_windows *windows)
{
    uint32_t spread = casus_windows_spread_count(windows);
    uint32_t undated = casus_windows_undated_count(windows);
    if (spread)
        cas_buffer_printf(&warning->words,
                          "%" PRIu32 " event%s fit%s in no window: the dates are longer than one, "
                          "or lie between two, or an end is not known; longer windows may hold %s",
                          spread, cas_plural(spread), spread == 1 ? "s" : "",
                          spread == 1 ? "it" : "them");
    warn(warning, "spread");
    if (undated)
        cas_buffer_printf(&warning->words, "%" PRIu32 " event%s without a date %s in no window",
                          undated, cas_plural(undated), undated == 1 ? "is" : "are");
    warn(warning, "undated");
}

static void
warn_of_bounds(struct warning *warning, const struct casus_timeline *timeline)
{
    uint32_t open = 0, large = 0, count = casus_windows_count(casus_timeline_windows(timeline));
    double seconds = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_balance_facts *facts = &casus_timeline_slice_at(timeline, i)->balance;
        bool searched = facts->actors && facts->actors <= facts->used.most;
        open += searched && !facts->frustration.undefined &&
                (!facts->frustration.proved || !facts->disagreement.proved);
        large += facts->actors > facts->used.most;
        seconds = fmax(seconds, facts->used.seconds);
    }
    if (open)
        cas_buffer_printf(&warning->words,
                          "In %" PRIu32 " window%s the frustration index or the blocs are not "
                          "proved within %g seconds each; blocs that change there may be chance",
                          open, cas_plural(open), seconds);
    warn(warning, "not_proved");
    if (large)
        cas_buffer_printf(&warning->words,
                          "%" PRIu32 " window%s with more signed actors than are searched: no "
                          "frustration index and no blocs there",
                          large, cas_plural(large));
    warn(warning, "too_large");
}

bool
cas_timeline_caveats_each(const struct casus_timeline *timeline,
                          void (*take)(void *context, const char *name, const char *text),
                          void *context)
{
    struct warning warning = {.take = take, .context = context};
    cas_buffer_init(&warning.words);
    warn_of_events(&warning, casus_timeline_windows(timeline));
    warn_of_bounds(&warning, timeline);
    cas_buffer_text(&warning.words,
                    "What is not told is not seen: an actor that enters, a tie that ends or a dyad "
                    "that turns does so in the events at hand; gaps in what the sources cover look "
                    "the same");
    warn(&warning, "coverage");
    if (casus_timeline_shift_count(timeline))
        cas_buffer_text(&warning.words,
                        "The test of change points takes windows as exchangeable where nothing "
                        "changes; a trend, a season, or one window's hold on the next makes p too "
                        "small");
    warn(&warning, "exchangeable");
    bool failed = warning.words.failed;
    cas_buffer_done(&warning.words);
    return !failed;
}
