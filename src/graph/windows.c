/* Windows over a log of events.
 *
 * Invariant: `order` holds the places of the events with two known ends, by first day; `opens`
 * those of open support. An event of `order` lies in the windows that hold its days; who lies in
 * none is in `spread`. Each graph is tallied anew from the log into the same memory.
 */
#include "graph/windows.h"

#include <string.h>

#include "base/fault.h"
#include "base/mem.h"
#include "graph/cut.h"

struct day {
    int32_t first, last;
    uint32_t place;
};

struct casus_windows {
    struct cas_arena arena;
    struct cas_log log;
    struct cas_cut cut;
    struct cas_tally tally;
    struct cas_making making; /* for all windows; `stands` is filled for each */
    struct casus_graph *whole;
    const struct casus_dossier *dossier;
    struct casus_window *windows;
    struct day *order;
    uint32_t *opens, *spread;
    bool *alike; /* by window: its events are those of the one before */
    uint8_t *all_stand,
        *stands;      /* by number of the registry: in the whole; in the window at hand */
    uint32_t *inside; /* by place: 1 + the window that last held it; only ever one that does */
    char *id;         /* room for one that is made of a number */
    uint32_t order_count, open_count, spread_count, undated;
    uint32_t stayed; /* of the walk at hand: events that the window before held too */
};

/* --- what lies where -------------------------------------------------------------------------- */

static bool
is_closed(const struct cas_log_event *event)
{
    return event->first != CASUS_DAY_MIN && event->last != CASUS_DAY_MAX;
}

static void
tell_apart(struct casus_windows *windows, int32_t *out_least, int32_t *out_most)
{
    *out_least = CASUS_DAY_MAX;
    *out_most = CASUS_DAY_MIN;
    for (uint32_t i = 0; i < windows->log.event_count; i++) {
        const struct cas_log_event *event = cas_log_at(&windows->log, i);
        bool closed = !event->open && is_closed(event);
        windows->undated += !casus_period_known(&event->date);
        windows->open_count += event->open;
        windows->order_count += closed;
        if (closed && event->first < *out_least)
            *out_least = event->first;
        if (closed && event->first > *out_most)
            *out_most = event->first;
    }
}

/* By first day, then by place: a counting sort over the days, of which the calendar has less than
 * four millions. `begin` is zeroed. */
static void
order_days(struct casus_windows *windows, int32_t least, int32_t most, uint32_t *begin)
{
    uint32_t sum = 0, opens = 0;
    for (uint32_t i = 0; i < windows->log.event_count; i++) {
        const struct cas_log_event *event = cas_log_at(&windows->log, i);
        if (event->open)
            windows->opens[opens++] = i;
        else if (is_closed(event))
            begin[event->first - least]++;
    }
    for (int64_t day = 0; day <= (int64_t)most - least; day++) {
        uint32_t here = begin[day];
        begin[day] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < windows->log.event_count; i++) {
        const struct cas_log_event *event = cas_log_at(&windows->log, i);
        if (!event->open && is_closed(event))
            windows->order[begin[event->first - least]++] =
                (struct day){event->first, event->last, i};
    }
}

static bool
sort_events(struct casus_windows *windows)
{
    int32_t least, most;
    struct cas_arena *arena = &windows->arena;
    tell_apart(windows, &least, &most);
    size_t days = windows->order_count ? (size_t)((int64_t)most - least) + 1 : 0;
    uint32_t *begin = cas_zalloc(days + 1, sizeof *begin);
    windows->order = cas_arena_alloc(arena, windows->order_count * sizeof *windows->order);
    windows->opens = cas_arena_alloc(arena, windows->open_count * sizeof *windows->opens);
    bool ready = begin && windows->order && windows->opens;
    if (ready)
        order_days(windows, least, most, begin);
    cas_free(begin);
    return ready;
}

/* The first of `order` that begins on a day or later. */
static uint32_t
find_day(const struct casus_windows *windows, int32_t day)
{
    uint32_t low = 0, high = windows->order_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (windows->order[middle].first < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
mark(struct casus_windows *windows, uint32_t index, uint32_t place)
{
    windows->stayed += windows->inside[place] == index;
    windows->inside[place] = index + 1;
}

/* Events lie in order of reading: their memory is asked for before they are looked at. */
enum { AHEAD = 8 };

static void
expect(const struct casus_windows *windows, uint32_t at)
{
    if (at < windows->order_count)
        __builtin_prefetch(cas_log_at(&windows->log, windows->order[at].place));
}

/* Calls `visit` (may be NULL: marks only) for each event of a window, while it says so. */
typedef bool visit_function(struct casus_windows *windows, uint32_t place, void *context);

static bool
walk(struct casus_windows *windows, uint32_t index, visit_function *visit, void *context)
{
    int32_t first = cas_cut_first(&windows->cut, index), last = cas_cut_last(&windows->cut, index);
    bool going = true;
    windows->stayed = 0;
    for (uint32_t i = find_day(windows, first); i < windows->order_count && going; i++) {
        const struct day *day = &windows->order[i];
        if (day->first > last)
            break;
        if (day->last > last)
            continue;
        expect(windows, i + AHEAD);
        mark(windows, index, day->place);
        going = !visit || visit(windows, day->place, context);
    }
    for (uint32_t i = 0; i < windows->open_count && going; i++) {
        const struct cas_log_event *event = cas_log_at(&windows->log, windows->opens[i]);
        if (event->first > last || event->last < first)
            continue;
        mark(windows, index, windows->opens[i]);
        going = !visit || visit(windows, windows->opens[i], context);
    }
    return going;
}

static bool
count_event(struct casus_windows *windows, uint32_t place, void *context)
{
    (void)windows;
    (void)place;
    ++*(uint32_t *)context;
    return true;
}

static void
find_spread(struct casus_windows *windows)
{
    for (uint32_t i = 0; i < windows->log.event_count; i++) {
        if (!windows->inside[i] && casus_period_known(&cas_log_at(&windows->log, i)->date))
            windows->spread[windows->spread_count++] = i;
    }
}

static enum casus_status
fill_windows(struct casus_windows *windows, struct casus_error *err)
{
    windows->windows =
        cas_arena_alloc(&windows->arena, windows->cut.count * sizeof *windows->windows);
    windows->alike = cas_arena_alloc(&windows->arena, windows->cut.count * sizeof *windows->alike);
    if (!windows->windows || !windows->alike)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < windows->cut.count; i++) {
        struct casus_window *window = &windows->windows[i];
        window->from = casus_date_of_day(cas_cut_first(&windows->cut, i));
        window->to = casus_date_of_day(cas_cut_last(&windows->cut, i));
        window->events = 0;
        walk(windows, i, count_event, &window->events);
        windows->alike[i] =
            i && windows->stayed == window->events && window->events == window[-1].events;
    }
    find_spread(windows);
    return CASUS_OK;
}

/* --- where they are laid ---------------------------------------------------------------------- */

static void
widen(int32_t *first, int32_t *last, int32_t day, int32_t until)
{
    if (day != CASUS_DAY_MIN && day < *first)
        *first = day;
    if (until != CASUS_DAY_MAX && until > *last)
        *last = until;
}

/* Dates of a selection have been read before: they are good. */
static struct casus_date
date_of(const char *text)
{
    struct casus_date date = {0};
    if (text)
        casus_date_parse(text, strlen(text), &date);
    return date;
}

/* From the first known day to the last; of an open end its known one counts both ways. */
static enum casus_status
lay(struct casus_windows *windows, const struct cas_windows_source *source, struct casus_error *err)
{
    int32_t first = CASUS_DAY_MAX, last = CASUS_DAY_MIN;
    for (uint32_t i = 0; i < windows->log.event_count; i++) {
        const struct cas_log_event *event = cas_log_at(&windows->log, i);
        if (!is_closed(event) && !event->open)
            continue;
        bool begun = event->first != CASUS_DAY_MIN, ended = event->last != CASUS_DAY_MAX;
        widen(&first, &last, begun ? event->first : event->last,
              ended ? event->last : event->first);
    }
    if (first == CASUS_DAY_MAX || last == CASUS_DAY_MIN)
        return cas_fail(err, CASUS_EEMPTY, CAS_MSG_NO_TIME,
                        "none of %u event%s bears a date that a window could hold",
                        windows->log.event_count, windows->log.event_count == 1 ? "" : "s");
    struct casus_date since = date_of(source->since), until = date_of(source->until);
    if (casus_date_known(since))
        first = casus_date_first_day(since);
    if (casus_date_known(until))
        last = casus_date_last_day(until);
    return cas_cut_lay(&windows->cut, first, last > first ? last : first, err);
}

/* --- its life --------------------------------------------------------------------------------- */

static bool
copy_making(struct casus_windows *windows, const struct cas_making *making)
{
    uint32_t actors = cas_registry_count(making->registry);
    size_t events = windows->log.event_count;
    struct cas_arena *arena = &windows->arena;
    windows->making = *making;
    windows->stands = cas_arena_alloc(arena, actors);
    windows->id = cas_arena_alloc(arena, 64);
    windows->all_stand = cas_arena_alloc(arena, actors);
    windows->spread = cas_arena_alloc(arena, events * sizeof *windows->spread);
    windows->inside = cas_arena_alloc(arena, events * sizeof *windows->inside);
    uint32_t *in_order = cas_arena_alloc(arena, (size_t)actors * sizeof *in_order);
    if (!windows->id || !windows->stands || !windows->all_stand || !windows->spread ||
        !windows->inside || !in_order || !cas_order_all(making->registry, in_order))
        return false;
    windows->making.in_order = in_order;
    memcpy(windows->all_stand, making->stands, actors);
    memset(windows->inside, 0, events * sizeof *windows->inside);
    windows->making.stands = windows->stands;
    windows->making.tally = &windows->tally;
    return true;
}

static enum casus_status
fill(struct casus_windows *windows, const struct cas_windows_source *source,
     struct casus_error *err)
{
    enum casus_status status = cas_graph_make(source->making, &windows->whole, err);
    if (status != CASUS_OK)
        return status;
    if (!copy_making(windows, source->making))
        return cas_fail_memory(err);
    cas_tally_init(&windows->tally, source->making->tally->weight, true);
    windows->tally.decay = source->making->tally->decay;
    if (!sort_events(windows))
        return cas_fail_memory(err);
    status = lay(windows, source, err);
    return status == CASUS_OK ? fill_windows(windows, err) : status;
}

enum casus_status
cas_windows_make(const struct cas_windows_source *source, const struct casus_windowing *windowing,
                 struct casus_windows **out, struct casus_error *err)
{
    struct casus_windows *windows = cas_zalloc(1, sizeof *windows);
    if (!windows)
        return cas_fail_memory(err);
    cas_arena_init(&windows->arena);
    windows->log = *source->log;
    windows->dossier = source->dossier;
    enum casus_status status = cas_cut_parse(windowing, &windows->cut, err);
    if (status == CASUS_OK)
        status = fill(windows, source, err);
    if (status != CASUS_OK) {
        cas_log_init(&windows->log); /* not moved: the source keeps it */
        casus_windows_free(windows);
        return status;
    }
    cas_log_init(source->log);
    *out = windows;
    return CASUS_OK;
}

void
casus_windows_free(struct casus_windows *windows)
{
    if (!windows)
        return;
    cas_log_done(&windows->log);
    cas_tally_done(&windows->tally);
    casus_graph_free(windows->whole);
    cas_arena_done(&windows->arena);
    cas_free(windows);
}

/* --- graphs ----------------------------------------------------------------------------------- */

struct telling {
    uint32_t places[CAS_PAIRS];
    size_t count;
    enum casus_status status;
    struct casus_error *err;
};

static bool
tell_gathered(struct casus_windows *windows, struct telling *telling)
{
    telling->status = cas_log_tell_events(&windows->log, telling->places, telling->count,
                                          &windows->tally, telling->err);
    telling->count = 0;
    return telling->status == CASUS_OK;
}

static bool
tell_event(struct casus_windows *windows, uint32_t place, void *context)
{
    struct telling *telling = context;
    telling->places[telling->count++] = place;
    return telling->count < CAS_PAIRS || tell_gathered(windows, telling);
}

static bool
holds_all(const struct casus_windows *windows, const struct cas_log_claim *claim, uint32_t index)
{
    for (uint32_t i = 0; i < claim->about_count; i++) {
        if (windows->inside[claim->about[i]] != index + 1)
            return false;
    }
    return claim->about_count > 0;
}

static enum casus_status
tell_claims(struct casus_windows *windows, uint32_t index, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    for (uint32_t i = 0; i < windows->log.claim_count && status == CASUS_OK; i++) {
        if (holds_all(windows, &windows->log.claims[i], index))
            status = cas_log_tell_claim(&windows->log, i, &windows->tally, err);
    }
    return status;
}

static void
choose_actors(struct casus_windows *windows, uint32_t index)
{
    uint32_t actors = cas_registry_count(windows->making.registry);
    if (windows->windows[index].events == windows->log.event_count) {
        memcpy(windows->stands, windows->all_stand, actors);
        return;
    }
    for (uint32_t i = 0; i < actors; i++)
        windows->stands[i] =
            windows->all_stand[i] && cas_tally_actor(&windows->tally, i).takes_part;
}

enum casus_status
casus_windows_graph(struct casus_windows *windows, uint32_t index, struct casus_graph **out,
                    struct casus_error *err)
{
    struct telling telling = {.status = CASUS_OK, .err = err};
    cas_tally_clear(&windows->tally);
    if (walk(windows, index, tell_event, &telling) && tell_gathered(windows, &telling))
        telling.status = tell_claims(windows, index, err);
    if (telling.status != CASUS_OK)
        return telling.status;
    choose_actors(windows, index);
    return cas_graph_make(&windows->making, out, err);
}

struct taking {
    cas_window_take *take;
    void *context;
};

static bool
take_event(struct casus_windows *windows, uint32_t place, void *context)
{
    const struct taking *taking = context;
    return taking->take(taking->context, cas_log_at(&windows->log, place));
}

bool
cas_windows_each(struct casus_windows *windows, uint32_t index, cas_window_take *take,
                 void *context)
{
    struct taking taking = {take, context};
    return walk(windows, index, take_event, &taking);
}

bool
cas_windows_alike(const struct casus_windows *windows, uint32_t index)
{
    return windows->alike[index];
}

const struct cas_registry *
cas_windows_registry(const struct casus_windows *windows)
{
    return windows->making.registry;
}

/* --- reading ---------------------------------------------------------------------------------- */

const struct casus_graph *
casus_windows_whole(const struct casus_windows *windows)
{
    return windows->whole;
}

uint32_t
casus_windows_count(const struct casus_windows *windows)
{
    return windows->cut.count;
}

const struct casus_window *
casus_windows_at(const struct casus_windows *windows, uint32_t index)
{
    return &windows->windows[index];
}

const char *
casus_windows_length(const struct casus_windows *windows)
{
    return windows->cut.length_words;
}

const char *
casus_windows_step(const struct casus_windows *windows)
{
    return windows->cut.step_words;
}

bool
casus_windows_by_months(const struct casus_windows *windows)
{
    return windows->cut.months;
}

bool
casus_windows_expand(const struct casus_windows *windows)
{
    return windows->cut.expanding;
}

bool
casus_windows_overlap(const struct casus_windows *windows)
{
    return windows->cut.expanding || windows->cut.step < windows->cut.length;
}

uint32_t
casus_windows_spread_count(const struct casus_windows *windows)
{
    return windows->spread_count;
}

uint32_t
casus_windows_spread_at(const struct casus_windows *windows, uint32_t index)
{
    return cas_log_at(&windows->log, windows->spread[index])->number;
}

uint32_t
casus_windows_undated_count(const struct casus_windows *windows)
{
    return windows->undated;
}

const char *
casus_windows_event_id(const struct casus_windows *windows, uint32_t number)
{
    if (number == CASUS_NONE)
        return NULL;
    if (windows->dossier)
        return casus_dossier_event_at(windows->dossier, number)->id;
    if (number >= windows->log.event_count)
        return NULL;
    return cas_log_id(&windows->log, number, windows->id);
}
