/* Regions, chunks, and the way back to the slow path. */
#include "read/bulk.h"

#include <unistd.h>

#include "base/parallel.h"
#include "read/keyed.h"
#include "read/masks.h"

enum { LARGEST_REGION = 256 * 1024, SMALLEST_REGION = 4096, REGIONS = 64 };
enum { TAIL = 16 * 1024, PROBE = 4096, REASONS = CASUS_SKIPS };

/* An actor that was not known when its row was read. */
struct late {
    size_t event, row;    /* index; offset in the chunk */
    uint32_t loss, actor; /* loss: UINT32_MAX for a party */
    size_t key, n;        /* in `keys` */
    uint64_t hash;
};

/* What became of a region. Filled by one thread, then used by the caller's. */
struct chunk {
    char *text;
    size_t n;
    uint64_t offset;     /* of text[0] in the file */
    uint64_t begin, end; /* of the rows that were taken, in the file */
    struct cas_ends ends;
    struct cas_bulk_event *events;
    struct cas_bulk_loss *losses;
    struct late *lates;
    struct cas_buffer keys;
    size_t event_count, event_room, loss_count, loss_room, late_count, late_room;
    struct casus_skip skips[REASONS];
    uint64_t rows;
    bool no_memory;
};

struct bulk {
    struct cas_rows *rows;
    const struct cas_rows_bulk *way;
    struct cas_keyed actors;
    struct chunk chunks[CAS_AHEAD];
    uint64_t first, size; /* of the data, in the file */
    size_t region;
    uint64_t expected;       /* where the next row begins; the caller's thread alone */
    uint64_t counted, lines; /* up to the offset `counted`, the line there */
};

/* --- reading a region ------------------------------------------------------------------------- */

static uint64_t
region_end(const struct bulk *bulk, size_t index)
{
    uint64_t end = bulk->first + (uint64_t)(index + 1) * bulk->region;
    return end < bulk->size ? end : bulk->size;
}

static size_t
read_at(int fd, char *out, size_t n, uint64_t offset)
{
    size_t got = 0;
    while (got < n) {
        ssize_t now = pread(fd, out + got, n - got, (off_t)(offset + got));
        if (now <= 0)
            break;
        got += (size_t)now;
    }
    return got;
}

/* The bytes of a region from `offset` on, and some behind it for the row that crosses its end. At
 * the end of the file the last row ends too. */
static void
load(const struct bulk *bulk, struct chunk *chunk, size_t index, uint64_t offset)
{
    uint64_t end = region_end(bulk, index) + TAIL;
    end = end < bulk->size ? end : bulk->size;
    chunk->offset = offset;
    chunk->n = read_at(bulk->rows->bytes->fd, chunk->text, (size_t)(end - offset), offset);
    bool whole = offset + chunk->n == bulk->size;
    if (whole && chunk->n && chunk->text[chunk->n - 1] != '\n')
        chunk->text[chunk->n++] = '\n';
}

static void
search(const struct bulk *bulk, struct chunk *chunk, size_t n, bool inside, size_t enough)
{
    const struct cas_rows *rows = bulk->rows;
    cas_ends_begin(&chunk->ends, 0, inside);
    cas_ends_search(&chunk->ends, chunk->text, n, rows->cells.separator, rows->format->no_quotes,
                    enough);
}

/* Whether the chunk begins within quotes: under the wrong assumption quotes soon stand where none
 * may. A guess, as all the rest will be found wrong if it is. */
static bool
guess_inside(const struct bulk *bulk, struct chunk *chunk)
{
    size_t n = chunk->n < PROBE ? chunk->n : PROBE;
    if (bulk->rows->format->no_quotes)
        return false;
    search(bulk, chunk, n, false, n);
    return chunk->ends.odd < n;
}

/* --- events ----------------------------------------------------------------------------------- */

static bool
note_late(struct chunk *chunk, const struct late *late, struct cas_span key)
{
    if (!cas_grow(&chunk->lates, &chunk->late_room, chunk->late_count + 1, sizeof *chunk->lates))
        return false;
    struct late *noted = &chunk->lates[chunk->late_count++];
    *noted = *late;
    noted->key = chunk->keys.n;
    noted->n = key.n;
    cas_buffer_add(&chunk->keys, key.s, key.n);
    return !chunk->keys.failed;
}

/* The number of one of the row's actors; CASUS_NONE where it is late. */
static uint32_t
find_actor(struct bulk *bulk, struct chunk *chunk, const struct cas_bulk_row *row, int actor,
           struct late late)
{
    struct cas_span key = row->actors[actor];
    late.hash = cas_hash(key.s, key.n);
    uint32_t number = cas_keyed_find(&bulk->actors, key.s, key.n, late.hash);
    late.actor = (uint32_t)actor;
    late.row = row->begin;
    late.event = chunk->event_count;
    if (number == UINT32_MAX && !note_late(chunk, &late, key))
        chunk->no_memory = true;
    return number;
}

/* Two of a row's losers may be one: then it lost both. */
static void
merge_losses(struct cas_bulk_event *event, struct cas_bulk_loss *losses)
{
    for (int i = 1; i < event->loss_count; i++) {
        for (int j = 0; j < i; j++) {
            if (losses[i].actor != losses[j].actor)
                continue;
            losses[j].killed.low += losses[i].killed.low;
            losses[j].killed.best += losses[i].killed.best;
            losses[j].killed.high += losses[i].killed.high;
            losses[i--] = losses[--event->loss_count];
            break;
        }
    }
}

static void
add_event(struct bulk *bulk, struct chunk *chunk, struct cas_bulk_row *row)
{
    struct cas_bulk_event *event = &row->event;
    size_t lates = chunk->late_count;
    if (!cas_grow(&chunk->events, &chunk->event_room, chunk->event_count + 1,
                  sizeof *chunk->events) ||
        !cas_grow(&chunk->losses, &chunk->loss_room, chunk->loss_count + CAS_BULK_LOSSES,
                  sizeof *chunk->losses)) {
        chunk->no_memory = true;
        return;
    }
    const struct late party = {.loss = UINT32_MAX};
    event->from = find_actor(bulk, chunk, row, 0, party);
    event->to = find_actor(bulk, chunk, row, 1, party);
    event->losses = (uint32_t)chunk->loss_count;
    struct cas_bulk_loss *losses = chunk->losses + chunk->loss_count;
    for (int i = 0; i < event->loss_count; i++) {
        const struct late loser = {.loss = event->losses + (uint32_t)i};
        losses[i] = (struct cas_bulk_loss){CASUS_NONE, row->killed[i]};
        int who = row->losers[i];
        if (who == 0 || who == 1)
            losses[i].actor = who ? event->to : event->from;
        if (who >= 0 && (who > 1 || losses[i].actor == CASUS_NONE))
            losses[i].actor = find_actor(bulk, chunk, row, who, loser);
    }
    if (chunk->late_count == lates)
        merge_losses(event, losses);
    chunk->loss_count += CAS_BULK_LOSSES;
    chunk->events[chunk->event_count++] = *event;
}

static void
count_skip(struct chunk *chunk, const char *reason)
{
    struct casus_skip *skip = chunk->skips;
    while (skip->count && skip->reason != reason && skip + 1 < chunk->skips + REASONS)
        skip++;
    skip->reason = reason;
    skip->count++;
}

/* --- a region becomes a chunk ----------------------------------------------------------------- */

static void
clear(struct chunk *chunk)
{
    chunk->event_count = chunk->loss_count = chunk->late_count = 0;
    chunk->rows = 0;
    chunk->no_memory = false;
    cas_buffer_clear(&chunk->keys);
    memset(chunk->skips, 0, sizeof chunk->skips);
}

/* One row. False: it is odd. */
static bool
take_row(struct bulk *bulk, struct chunk *chunk, struct cas_bulk_row *row)
{
    const struct cas_rows *rows = bulk->rows;
    size_t length = row->ends[row->count - 1] - row->begin;
    if (row->count == 1 && (length == 0 || (length == 1 && row->text[row->begin] == '\r')))
        return true;
    if (row->count != rows->width && !rows->format->ragged)
        return false;
    enum cas_bulk_fate fate = bulk->way->row(row);
    if (fate == CAS_BULK_ODD)
        return false;
    chunk->rows++;
    if (fate == CAS_BULK_EVENT)
        add_event(bulk, chunk, row);
    else
        count_skip(chunk, row->reason);
    return true;
}

/* Rows from the j-th on that begin before `stop` (an offset in the file). */
static void
take_rows(struct bulk *bulk, struct chunk *chunk, size_t j, uint64_t stop)
{
    const struct cas_ends *ends = &chunk->ends;
    struct cas_bulk_row row = {.rows = bulk->rows, .text = chunk->text};
    for (; j < ends->row_count && !chunk->no_memory; j++) {
        uint32_t first = j ? ends->rows[j - 1] : 0;
        row.begin = first ? ends->ends[first - 1] + 1 : 0;
        row.ends = ends->ends + first;
        row.count = ends->rows[j] - first;
        chunk->end = chunk->offset + row.begin;
        if (chunk->end >= stop || !take_row(bulk, chunk, &row))
            return;
        chunk->end = chunk->offset + ends->ends[ends->rows[j] - 1] + 1;
    }
}

/* Make a chunk of a region: of the rows from `begin` on, or, where that is 0, from the first that
 * seems to begin there; none from `stop` on. */
static void
make_chunk(struct bulk *bulk, struct chunk *chunk, size_t index, uint64_t begin, uint64_t stop)
{
    uint64_t end = region_end(bulk, index);
    bool guess = !begin;
    uint64_t offset = guess ? bulk->first + (uint64_t)index * bulk->region - 1 : begin;
    clear(chunk);
    load(bulk, chunk, index, offset);
    bool inside = guess && guess_inside(bulk, chunk);
    search(bulk, chunk, chunk->n, inside, (size_t)(end - offset));
    chunk->begin = chunk->end = begin;
    size_t j = guess ? 1 : 0;
    if (guess && chunk->ends.row_count)
        chunk->begin = chunk->end = offset + chunk->ends.ends[chunk->ends.rows[0] - 1] + 1;
    take_rows(bulk, chunk, j, stop < end ? stop : end);
    chunk->end = chunk->end < bulk->size ? chunk->end : bulk->size;
}

static void
make(void *context, size_t index)
{
    struct bulk *bulk = context;
    make_chunk(bulk, &bulk->chunks[index % CAS_AHEAD], index, index ? 0 : bulk->first, UINT64_MAX);
}

/* --- actors met for the first time ------------------------------------------------------------ */

/* In bulk nothing is told of a place but the file. */
static void
locate_file(void *context, const char *at, struct casus_error *fault)
{
    const struct cas_input *input = context;
    (void)at;
    cas_fault_at(fault, input->bytes.name, (struct casus_where){0, 0}, NULL, 0, fault->code, "%s",
                 fault->text);
}

/* The cells of the row that is late, as the slow way has them. */
static bool
show_row(struct cas_rows *rows, const struct chunk *chunk, const struct late *late,
         struct cas_mark *mark)
{
    const char *at = chunk->text + late->row;
    size_t left = chunk->n - late->row;
    if (cas_cells_scan(&rows->cells, at, left, true) != CAS_SCAN_OK)
        return false;
    *mark = (struct cas_mark){at, {0, 1}};
    cas_record_begin(&rows->record, rows->input, at, rows->err);
    cas_arena_clear(&rows->input->scratch);
    return true;
}

/* Declare it, and learn its number. CASUS_EINPUT: there is something to be told of its row. */
static enum casus_status
declare(struct bulk *bulk, const struct chunk *chunk, const struct late *late, uint32_t *out)
{
    struct cas_rows *rows = bulk->rows;
    struct cas_input *input = rows->input;
    const struct cas_mark *mark_before = input->mark;
    const struct cas_locator locator_before = input->locator;
    const struct casus_input seen = input->seen;
    struct cas_mark mark;
    enum casus_status status = CASUS_EINPUT;
    input->mark = &mark;
    input->locator.locate = locate_file;
    input->ahead = true;
    if (show_row(rows, chunk, late, &mark)) {
        struct cas_text id = bulk->way->declare(rows, (int)late->actor);
        status = rows->record.bad ? CASUS_EINPUT : rows->record.status;
        if (status == CASUS_OK)
            status = id.s ? input->sink->number(input->sink, id, out, rows->err) : CASUS_EINPUT;
    }
    input->ahead = false;
    input->locator = locator_before;
    input->mark = mark_before;
    input->seen = seen;
    return status;
}

static enum casus_status
number_of(struct bulk *bulk, const struct chunk *chunk, const struct late *late, uint32_t *out)
{
    const char *key = chunk->keys.s + late->key;
    *out = cas_keyed_find(&bulk->actors, key, late->n, late->hash);
    if (*out != UINT32_MAX)
        return CASUS_OK;
    enum casus_status status = declare(bulk, chunk, late, out);
    if (status == CASUS_OK && !cas_keyed_add(&bulk->actors, key, late->n, late->hash, *out))
        status = cas_fail_memory(bulk->rows->err);
    return status;
}

/* *out_bad is the offset of a row of which there is something to be told, on CASUS_EINPUT. */
static enum casus_status
resolve(struct bulk *bulk, struct chunk *chunk, uint64_t *out_bad)
{
    for (size_t i = 0; i < chunk->late_count; i++) {
        const struct late *late = &chunk->lates[i];
        struct cas_bulk_event *event = &chunk->events[late->event];
        uint32_t number;
        enum casus_status status = number_of(bulk, chunk, late, &number);
        *out_bad = chunk->offset + late->row;
        if (status != CASUS_OK)
            return status;
        if (late->loss != UINT32_MAX)
            chunk->losses[late->loss].actor = number;
        else if (late->actor)
            event->to = number;
        else
            event->from = number;
        if (i + 1 == chunk->late_count || late[1].event != late->event)
            merge_losses(event, chunk->losses + event->losses);
    }
    return CASUS_OK;
}

/* --- the slow way ----------------------------------------------------------------------------- */

/* The line at an offset, counted on from where it was known last. */
static bool
count_lines(struct bulk *bulk, uint64_t offset)
{
    enum { PIECE = 64 * 1024 };
    char *piece = cas_alloc(PIECE);
    bool whole = piece;
    while (whole && bulk->counted < offset) {
        uint64_t left = offset - bulk->counted;
        size_t n = read_at(bulk->rows->bytes->fd, piece, left < PIECE ? (size_t)left : PIECE,
                           bulk->counted);
        if (n > 1 && n < left && piece[n - 1] == '\r')
            n--;
        struct cas_mark mark = {piece, {0, 1}};
        cas_mark_move(&mark, piece + n, piece + n);
        bulk->lines += mark.where.line;
        bulk->counted += n;
        whole = n;
    }
    cas_free(piece);
    return whole;
}

static bool
read_slowly(struct bulk *bulk, uint64_t end)
{
    struct cas_rows *rows = bulk->rows;
    if (!count_lines(bulk, bulk->expected))
        return cas_rows_stop(rows, cas_fail_memory(rows->err));
    enum casus_status status =
        cas_bytes_seek(rows->bytes, bulk->expected, (uint32_t)bulk->lines, rows->err);
    if (status != CASUS_OK)
        return cas_rows_stop(rows, status);
    bool goes_on = cas_rows_read_until(rows, end);
    bulk->expected = bulk->counted = cas_bytes_offset(rows->bytes);
    bulk->lines = rows->bytes->mark.where.line;
    return goes_on;
}

/* --- chunks in their order -------------------------------------------------------------------- */

static void
report_progress(const struct bulk *bulk, uint64_t done)
{
    const struct casus_reading *reading = bulk->rows->input->reading;
    if (reading && reading->progress)
        reading->progress(reading->context, bulk->rows->bytes->name, done, bulk->size);
}

static enum casus_status
give(struct bulk *bulk, const struct chunk *chunk)
{
    struct cas_rows *rows = bulk->rows;
    struct cas_input *input = rows->input;
    const struct cas_bulk events = {.space = bulk->way->space,
                                    .events = chunk->events,
                                    .losses = chunk->losses,
                                    .count = chunk->event_count,
                                    .input = input->locator.input};
    input->seen.records += chunk->rows;
    input->seen.events += chunk->event_count;
    for (size_t i = 0; i < REASONS && chunk->skips[i].count; i++)
        cas_input_skip(&input->seen, chunk->skips[i].reason, chunk->skips[i].count);
    return input->sink->bulk(input->sink, &events, rows->err);
}

/* Actors first; a row of which there is something to be told ends the chunk. */
static enum casus_status
settle(struct bulk *bulk, struct chunk *chunk, size_t index)
{
    uint64_t bad;
    if (chunk->begin != bulk->expected)
        make_chunk(bulk, chunk, index, bulk->expected, UINT64_MAX);
    enum casus_status status =
        chunk->no_memory ? cas_fail_memory(bulk->rows->err) : resolve(bulk, chunk, &bad);
    while (status == CASUS_EINPUT) {
        make_chunk(bulk, chunk, index, bulk->expected, bad);
        status = chunk->no_memory ? cas_fail_memory(bulk->rows->err) : resolve(bulk, chunk, &bad);
    }
    return status;
}

static bool
use(void *context, size_t index)
{
    struct bulk *bulk = context;
    struct chunk *chunk = &bulk->chunks[index % CAS_AHEAD];
    uint64_t end = region_end(bulk, index);
    if (bulk->expected >= end)
        return true; /* the row before it goes on */
    enum casus_status status = settle(bulk, chunk, index);
    if (status == CASUS_OK)
        status = give(bulk, chunk);
    if (status != CASUS_OK)
        return cas_rows_stop(bulk->rows, status);
    bulk->expected = chunk->end;
    report_progress(bulk, bulk->expected);
    return bulk->expected >= end || read_slowly(bulk, end);
}

/* --- its life --------------------------------------------------------------------------------- */

static bool
chunk_init(struct chunk *chunk, size_t region)
{
    size_t room = region + TAIL + 1;
    chunk->text = cas_alloc(room + 1 + 2 * CAS_MASKED);
    cas_buffer_init(&chunk->keys);
    return chunk->text && cas_ends_init(&chunk->ends, room + 1);
}

static void
chunk_done(struct chunk *chunk)
{
    cas_free(chunk->text);
    cas_free(chunk->events);
    cas_free(chunk->losses);
    cas_free(chunk->lates);
    cas_ends_done(&chunk->ends);
    cas_buffer_done(&chunk->keys);
}

static bool
init(struct bulk *bulk, struct cas_rows *rows)
{
    uint64_t first = cas_bytes_offset(rows->bytes), size = rows->bytes->total;
    uint64_t region = (size - first) / REGIONS;
    region = region < SMALLEST_REGION ? SMALLEST_REGION : region;
    region = region > LARGEST_REGION ? LARGEST_REGION : region;
    *bulk = (struct bulk){.rows = rows,
                          .way = rows->format->bulk,
                          .first = first,
                          .size = size,
                          .region = (size_t)region,
                          .expected = first,
                          .counted = first,
                          .lines = rows->bytes->mark.where.line};
    bool made = cas_keyed_init(&bulk->actors);
    for (size_t i = 0; i < CAS_AHEAD && made; i++)
        made = chunk_init(&bulk->chunks[i], bulk->region);
    return made;
}

static void
done(struct bulk *bulk)
{
    for (size_t i = 0; i < CAS_AHEAD; i++)
        chunk_done(&bulk->chunks[i]);
    cas_keyed_done(&bulk->actors);
}

static bool
can_read(const struct cas_rows *rows)
{
    const struct cas_bytes *bytes = rows->bytes;
    return rows->format->bulk && rows->input->sink->bulk && cas_bytes_is_plain(bytes) &&
           bytes->total > cas_bytes_offset(bytes);
}

bool
cas_bulk_read(struct cas_rows *rows)
{
    struct bulk bulk;
    const struct casus_reading *reading = rows->input->reading;
    if (!can_read(rows))
        return false;
    rows->bytes->hashed = false; /* they do not pass in their order */
    if (!init(&bulk, rows)) {
        cas_rows_stop(rows, cas_fail_memory(rows->err));
    } else {
        size_t regions = (size_t)((bulk.size - bulk.first + bulk.region - 1) / bulk.region);
        if (bulk.way->prepare)
            bulk.way->prepare(rows);
        cas_pipeline(reading ? reading->threads : 0, regions, make, use, &bulk);
    }
    done(&bulk);
    return true;
}

/* --- cells ------------------------------------------------------------------------------------ */

bool
cas_span_whole(struct cas_span cell, size_t most, uint64_t *out)
{
    uint64_t value = 0;
    if (!cell.n || cell.n > most)
        return false;
    for (size_t i = 0; i < cell.n; i++) {
        unsigned digit = (unsigned char)cell.s[i] - (unsigned)'0';
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

static bool
is_of_calendar(uint64_t year, uint64_t month, uint64_t day)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (unsigned)(leap && month == 2);
}

/* Nothing, or a blank and then digits, colons and points. */
static bool
is_time(struct cas_span rest)
{
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.s[i];
        if (i ? (c < '0' || c > ':') && c != '.' : c != ' ')
            return false;
    }
    return true;
}

bool
cas_span_day(struct cas_span cell, struct casus_date *out)
{
    uint64_t year, month, day;
    bool cut = cell.n > 8;
    const char *s = cell.s;
    if (cell.n < 8 || (cut && (cell.n < 10 || s[4] != '-' || s[7] != '-')) ||
        !is_time((struct cas_span){s + 10, cut ? cell.n - 10 : 0}))
        return false;
    if (!cas_span_whole((struct cas_span){s, 4}, 4, &year) ||
        !cas_span_whole((struct cas_span){s + 4 + cut, 2}, 2, &month) ||
        !cas_span_whole((struct cas_span){s + 6 + 2 * cut, 2}, 2, &day) ||
        !is_of_calendar(year, month, day))
        return false;
    *out = (struct casus_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool
cas_span_degrees(struct cas_span cell, unsigned most)
{
    size_t at = cell.n && cell.s[0] == '-', begin = at;
    unsigned whole = 0;
    if (!cell.n)
        return true;
    for (; at < cell.n && at - begin < 3 && cell.s[at] >= '0' && cell.s[at] <= '9'; at++)
        whole = whole * 10 + (unsigned)(cell.s[at] - '0');
    if (at == begin || whole >= most)
        return false;
    if (at < cell.n && (cell.s[at++] != '.' || at == cell.n))
        return false;
    for (; at < cell.n; at++)
        if (cell.s[at] < '0' || cell.s[at] > '9')
            return false;
    return true;
}

bool
cas_span_shown(struct cas_span cell, bool *out_there)
{
    size_t at = 0;
    for (; at < cell.n; at++) {
        unsigned char c = (unsigned char)cell.s[at];
        if (c > ' ' && c != 0xC2 && c != 0xA0)
            break;
    }
    *out_there = at < cell.n;
    return *out_there || !cell.n;
}

bool
cas_span_trimmed(struct cas_span cell)
{
    unsigned char first = cell.n ? (unsigned char)cell.s[0] : 'x';
    unsigned char last = cell.n ? (unsigned char)cell.s[cell.n - 1] : 'x';
    return first > ' ' && last > ' ' && first != 0xC2 && last != 0xA0;
}
