/* Regions, chunks, and the way back to the slow path. */
#include "read/bulk.h"

#include <unistd.h>

#include "base/parallel.h"
#include "read/masks.h"

enum { LARGEST_REGION = 256 * 1024, SMALLEST_REGION = 4096, REGIONS = 64 };
enum { TAIL = 8 * 1024, PROBE = 4096, SLACK = 2 * CAS_MASKED, REASONS = CASUS_SKIPS };
enum { MOST_ACTORS = 1 << 18, MOST_WHO = 1 << 15 };

/* Bytes that a chunk keeps. */
struct kept {
    size_t at, n; /* in `kept` */
    uint64_t hash;
};

/* A row whose actors were not all known, or not together, when it was read. */
struct stranger {
    size_t event;                                /* index */
    uint64_t offset;                             /* of the row in the file */
    struct kept row, who, keys[CAS_BULK_ACTORS]; /* n 0: none, or known */
    uint32_t numbers[CAS_BULK_ACTORS];
    int8_t losers[CAS_BULK_LOSSES];
    bool is_late; /* one of its actors has no number yet */
};

/* What became of a region. Filled by one thread, then used by the caller's. */
struct chunk {
    uint64_t begin, end; /* of the rows that were taken, in the file */
    struct cas_bulk_event *events;
    struct cas_bulk_loss *losses;
    struct stranger *strangers;
    struct cas_buffer kept; /* bytes of strangers */
    size_t event_count, event_room, loss_count, loss_room, stranger_count, stranger_room;
    struct casus_skip skips[REASONS];
    uint64_t rows;
    bool no_memory;
};

/* The text of a region while a thread reads it: few are used, so that they stay in its caches. */
struct page {
    char *text;
    size_t n;
    uint64_t offset; /* of text[0] in the file */
    struct cas_ends ends;
};

struct bulk {
    struct cas_rows *rows;
    const struct cas_rows_bulk *way;
    struct cas_keyed actors, whos;
    struct chunk chunks[CAS_AHEAD];
    struct page pages[CAS_AHEAD];
    atomic_uint free_pages; /* a bit each */
    uint64_t first, size;   /* of the data, in the file */
    size_t region;
    uint64_t expected;       /* where the next row begins; the caller's thread alone */
    uint64_t counted, lines; /* up to the offset `counted`, the line there */
};

/* A reader of one region. */
struct hand {
    struct bulk *bulk;
    struct chunk *chunk;
    struct page *page;
    struct cas_bulk_row *row;
};

/* --- pages ------------------------------------------------------------------------------------ */

/* The lowest that is free: threads are no more than pages. */
static struct page *
take_page(struct bulk *bulk)
{
    unsigned open = atomic_load(&bulk->free_pages);
    while (!atomic_compare_exchange_weak(&bulk->free_pages, &open, open & (open - 1)))
        continue;
    return &bulk->pages[__builtin_ctz(open)];
}

static void
give_page(struct bulk *bulk, const struct page *page)
{
    atomic_fetch_or(&bulk->free_pages, 1U << (page - bulk->pages));
}

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
load(const struct bulk *bulk, struct page *page, size_t index, uint64_t offset)
{
    uint64_t end = region_end(bulk, index) + TAIL;
    end = end < bulk->size ? end : bulk->size;
    page->offset = offset;
    page->n = read_at(bulk->rows->bytes->fd, page->text, (size_t)(end - offset), offset);
    bool whole = offset + page->n == bulk->size;
    if (whole && page->n && page->text[page->n - 1] != '\n')
        page->text[page->n++] = '\n';
}

static void
search(const struct bulk *bulk, struct page *page, size_t n, bool inside, size_t enough)
{
    const struct cas_rows *rows = bulk->rows;
    cas_ends_begin(&page->ends, 0, inside);
    cas_ends_search(&page->ends, page->text, n, rows->cells.separator, rows->format->no_quotes,
                    enough);
}

/* Whether the page begins within quotes: under the wrong assumption quotes soon stand where none
 * may. A guess, as all the rest will be found wrong if it is. */
static bool
guess_inside(const struct bulk *bulk, struct page *page)
{
    size_t n = page->n < PROBE ? page->n : PROBE;
    if (bulk->rows->format->no_quotes)
        return false;
    search(bulk, page, n, false, n);
    return page->ends.odd < n;
}

/* --- who is who ------------------------------------------------------------------------------- */

/* What is long is hashed in four sums side by side, none of which waits for another. */
static void
hash_who(struct cas_bulk_row *row)
{
    uint64_t sums[4] = {row->who_n, 1, 2, 3}, words[4];
    memset(row->who + row->who_n, 0, sizeof words);
    for (size_t at = 0; at < row->who_n; at += sizeof words) {
        memcpy(words, row->who + at, sizeof words);
        for (int i = 0; i < 4; i++) {
            sums[i] = (sums[i] ^ words[i]) * UINT64_C(0xA0761D6478BD642F);
            sums[i] ^= sums[i] >> 32;
        }
    }
    uint64_t sum = (sums[0] ^ sums[1] << 21 ^ sums[1] >> 43) * UINT64_C(0x9E3779B97F4A7C15);
    sum =
        (sum ^ sum >> 32 ^ sums[2] ^ sums[3] << 21 ^ sums[3] >> 43) * UINT64_C(0xD6E8FEB86659FD93);
    row->who_hash = sum ^ sum >> 32;
}

/* Who the row's actors are is asked for before its other cells are looked at, as that takes as long
 * as memory does. */
static void
ask_who(const struct hand *hand)
{
    struct cas_bulk_row *row = hand->row;
    row->who_n = 0;
    if (hand->bulk->way->who)
        hand->bulk->way->who(row);
    if (row->who_n > CAS_BULK_KEY)
        row->who_n = 0;
    if (!row->who_n)
        return;
    hash_who(row);
    cas_keyed_expect(&hand->bulk->whos, row->who_hash);
}

static struct kept
keep(struct chunk *chunk, const char *s, size_t n, uint64_t hash)
{
    struct kept kept = {chunk->kept.n, n, hash};
    cas_buffer_add(&chunk->kept, s, n);
    return kept;
}

static bool
is_needed(const struct cas_bulk_row *row, int actor)
{
    bool loses = false;
    for (int i = 0; i < row->event.loss_count; i++)
        loses |= row->losers[i] == actor;
    return actor < 2 || loses;
}

/* The row's actors, as far as they are known together. @return whether all that it needs are */
static bool
recognise(const struct hand *hand, uint32_t numbers[CAS_BULK_ACTORS])
{
    const struct cas_bulk_row *row = hand->row;
    const struct cas_keyed_entry *known = NULL;
    bool all = true;
    if (row->who_n)
        known = cas_keyed_find(&hand->bulk->whos, row->who, row->who_n, row->who_hash);
    for (int i = 0; i < CAS_BULK_ACTORS; i++) {
        numbers[i] = cas_keyed_number(known, i);
        all &= numbers[i] != CAS_UNKNOWN || !is_needed(row, i);
    }
    return all;
}

/* Give the actors that are not known. False: the row is odd. */
static bool
give_actors(const struct hand *hand, const uint32_t numbers[CAS_BULK_ACTORS])
{
    const struct cas_rows_bulk *way = hand->bulk->way;
    for (int i = 0; i < CAS_BULK_ACTORS; i++)
        if (numbers[i] == CAS_UNKNOWN && is_needed(hand->row, i) && way->actor &&
            !way->actor(hand->row, i))
            return false;
    return true;
}

/* Look for an actor by its own key, which is kept where it is not found. */
static void
find_actor(const struct hand *hand, int actor, struct stranger *stranger)
{
    struct cas_span key = hand->row->actors[actor];
    uint64_t hash = cas_hash(key.s, key.n);
    const struct cas_keyed_entry *entry = cas_keyed_find(&hand->bulk->actors, key.s, key.n, hash);
    stranger->numbers[actor] = cas_keyed_number(entry, 0);
    if (entry)
        return;
    stranger->keys[actor] = keep(hand->chunk, key.s, key.n, hash);
    stranger->is_late = true;
}

/* Numbers for those of the row's actors that have none. What has to wait for its turn, or is to be
 * known from now on, is a stranger's. @return whether all have one */
static bool
identify(const struct hand *hand, uint32_t numbers[CAS_BULK_ACTORS])
{
    struct chunk *chunk = hand->chunk;
    struct cas_bulk_row *row = hand->row;
    struct stranger stranger = {.event = chunk->event_count};
    memcpy(stranger.numbers, numbers, sizeof stranger.numbers);
    for (int i = 0; i < CAS_BULK_ACTORS; i++)
        if (numbers[i] == CAS_UNKNOWN && is_needed(row, i))
            find_actor(hand, i, &stranger);
    memcpy(numbers, stranger.numbers, sizeof stranger.numbers);
    if (!stranger.is_late && !row->who_n)
        return true;
    const char *begin = cas_bulk_begin(row, 0), *end = row->text + row->ends[row->count - 1] + 1;
    stranger.offset = hand->page->offset + (uint64_t)(begin - row->text);
    memcpy(stranger.losers, row->losers, sizeof stranger.losers);
    if (row->who_n)
        stranger.who = keep(chunk, row->who, row->who_n, row->who_hash);
    if (stranger.is_late)
        stranger.row = keep(chunk, begin, (size_t)(end - begin), 0);
    bool room = cas_grow(&chunk->strangers, &chunk->stranger_room, chunk->stranger_count + 1,
                         sizeof *chunk->strangers);
    chunk->no_memory |= !room || chunk->kept.failed;
    if (room)
        chunk->strangers[chunk->stranger_count++] = stranger;
    return !stranger.is_late;
}

/* --- events ----------------------------------------------------------------------------------- */

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

/* Put numbers in their places. */
static void
name_actors(struct cas_bulk_event *event, struct cas_bulk_loss *losses, const int8_t *losers,
            const uint32_t numbers[CAS_BULK_ACTORS])
{
    event->from = numbers[0];
    event->to = numbers[1];
    for (int i = 0; i < event->loss_count; i++)
        losses[i].actor = losers[i] < 0 ? CASUS_NONE : numbers[losers[i]];
    merge_losses(event, losses);
}

/* False: the row is odd. */
static bool
add_event(const struct hand *hand)
{
    struct chunk *chunk = hand->chunk;
    struct cas_bulk_row *row = hand->row;
    uint32_t numbers[CAS_BULK_ACTORS];
    bool all = recognise(hand, numbers);
    if (!all && !give_actors(hand, numbers))
        return false;
    if (!cas_grow(&chunk->events, &chunk->event_room, chunk->event_count + 1,
                  sizeof *chunk->events) ||
        !cas_grow(&chunk->losses, &chunk->loss_room, chunk->loss_count + CAS_BULK_LOSSES,
                  sizeof *chunk->losses)) {
        chunk->no_memory = true;
        return true;
    }
    struct cas_bulk_loss *losses = chunk->losses + chunk->loss_count;
    row->event.losses = (uint32_t)chunk->loss_count;
    for (int i = 0; i < row->event.loss_count; i++)
        losses[i].killed = row->killed[i];
    chunk->loss_count += row->event.loss_count;
    all = all || identify(hand, numbers);
    chunk->events[chunk->event_count] = row->event;
    if (all)
        name_actors(&chunk->events[chunk->event_count], losses, row->losers, numbers);
    chunk->event_count++;
    return true;
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
    chunk->event_count = chunk->loss_count = chunk->stranger_count = 0;
    chunk->rows = 0;
    chunk->no_memory = false;
    cas_buffer_clear(&chunk->kept);
    memset(chunk->skips, 0, sizeof chunk->skips);
}

/* One row. False: it is odd. */
static bool
take_row(const struct hand *hand)
{
    struct cas_bulk_row *row = hand->row;
    const struct cas_rows *rows = row->rows;
    const char *begin = cas_bulk_begin(row, 0);
    if (row->count == 1) {
        size_t length = (size_t)(row->text + row->ends[0] - begin);
        if (length == 0 || (length == 1 && *begin == '\r'))
            return true;
    }
    if (row->count != rows->width && !rows->format->ragged)
        return false;
    ask_who(hand);
    enum cas_bulk_fate fate = hand->bulk->way->row(row);
    if (fate == CAS_BULK_ODD || (fate == CAS_BULK_EVENT && !add_event(hand)))
        return false;
    hand->chunk->rows++;
    if (fate == CAS_BULK_SKIP)
        count_skip(hand->chunk, row->reason);
    return true;
}

/* Rows from the j-th on that begin before `stop` (an offset in the file). */
static void
take_rows(const struct hand *hand, size_t j, uint64_t stop)
{
    const struct page *page = hand->page;
    const struct cas_ends *ends = &page->ends;
    struct chunk *chunk = hand->chunk;
    for (; j < ends->row_count && !chunk->no_memory; j++) {
        uint32_t first = j ? ends->rows[j - 1] : 0;
        hand->row->ends = ends->ends + first;
        hand->row->count = ends->rows[j] - first;
        chunk->end = page->offset + (size_t)(cas_bulk_begin(hand->row, 0) - page->text);
        if (chunk->end >= stop || !take_row(hand))
            return;
        chunk->end = page->offset + ends->ends[ends->rows[j] - 1] + 1;
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
    struct page *page = take_page(bulk);
    struct cas_bulk_row row;
    row.rows = bulk->rows;
    row.text = page->text;
    row.event = (struct cas_bulk_event){0};
    clear(chunk);
    load(bulk, page, index, offset);
    bool inside = guess && guess_inside(bulk, page);
    search(bulk, page, page->n, inside, (size_t)(end - offset));
    chunk->begin = chunk->end = begin;
    if (guess && page->ends.row_count)
        chunk->begin = chunk->end = offset + page->ends.ends[page->ends.rows[0] - 1] + 1;
    take_rows(&(struct hand){bulk, chunk, page, &row}, guess ? 1 : 0, stop < end ? stop : end);
    chunk->end = chunk->end < bulk->size ? chunk->end : bulk->size;
    give_page(bulk, page);
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
show_row(struct cas_rows *rows, const char *at, size_t n, struct cas_mark *mark)
{
    if (cas_cells_scan(&rows->cells, at, n, true) != CAS_SCAN_OK)
        return false;
    *mark = (struct cas_mark){at, {0, 1}};
    cas_record_begin(&rows->record, rows->input, at, rows->err);
    cas_arena_clear(&rows->input->scratch);
    return true;
}

/* Declare one of a row's actors, and learn its number. CASUS_EINPUT: there is something to be told
 * of the row. */
static enum casus_status
declare(struct bulk *bulk, const struct chunk *chunk, const struct kept *row, int actor,
        uint32_t *out)
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
    if (show_row(rows, chunk->kept.s + row->at, row->n, &mark)) {
        struct cas_text id = bulk->way->declare(rows, actor);
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
number_of(struct bulk *bulk, const struct chunk *chunk, const struct stranger *stranger, int actor,
          uint32_t *out)
{
    const struct kept *kept = &stranger->keys[actor];
    const char *key = chunk->kept.s + kept->at;
    *out = cas_keyed_number(cas_keyed_find(&bulk->actors, key, kept->n, kept->hash), 0);
    if (*out != CAS_UNKNOWN)
        return CASUS_OK;
    enum casus_status status = declare(bulk, chunk, &stranger->row, actor, out);
    const uint32_t numbers[CAS_KEYED] = {*out, CAS_UNKNOWN, CAS_UNKNOWN};
    if (status == CASUS_OK && !cas_keyed_note(&bulk->actors, key, kept->n, kept->hash, numbers))
        status = cas_fail_memory(bulk->rows->err);
    return status;
}

static enum casus_status
meet(struct bulk *bulk, struct chunk *chunk, struct stranger *stranger)
{
    struct cas_bulk_event *event = &chunk->events[stranger->event];
    const struct kept *who = &stranger->who;
    enum casus_status status = CASUS_OK;
    for (int i = 0; i < CAS_BULK_ACTORS && status == CASUS_OK; i++)
        if (stranger->keys[i].n)
            status = number_of(bulk, chunk, stranger, i, &stranger->numbers[i]);
    if (status == CASUS_OK && stranger->is_late)
        name_actors(event, chunk->losses + event->losses, stranger->losers, stranger->numbers);
    if (status == CASUS_OK && who->n &&
        !cas_keyed_note(&bulk->whos, chunk->kept.s + who->at, who->n, who->hash, stranger->numbers))
        status = cas_fail_memory(bulk->rows->err);
    return status;
}

/* *out_bad is the offset of a row of which there is something to be told, on CASUS_EINPUT. */
static enum casus_status
resolve(struct bulk *bulk, struct chunk *chunk, uint64_t *out_bad)
{
    for (size_t i = 0; i < chunk->stranger_count; i++) {
        enum casus_status status = meet(bulk, chunk, &chunk->strangers[i]);
        *out_bad = chunk->strangers[i].offset;
        if (status != CASUS_OK)
            return status;
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
page_init(struct page *page, size_t region)
{
    size_t room = region + TAIL + 1;
    page->text = cas_alloc(room + 1 + SLACK);
    return page->text && cas_ends_init(&page->ends, room + 1);
}

static void
page_done(struct page *page)
{
    cas_free(page->text);
    cas_ends_done(&page->ends);
}

static void
chunk_done(struct chunk *chunk)
{
    cas_free(chunk->events);
    cas_free(chunk->losses);
    cas_free(chunk->strangers);
    cas_buffer_done(&chunk->kept);
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
    atomic_init(&bulk->free_pages, (1U << CAS_AHEAD) - 1);
    bool actors = cas_keyed_init(&bulk->actors, MOST_ACTORS);
    bool made = cas_keyed_init(&bulk->whos, MOST_WHO) && actors;
    for (size_t i = 0; i < CAS_AHEAD; i++) {
        cas_buffer_init(&bulk->chunks[i].kept);
        made = made && page_init(&bulk->pages[i], bulk->region);
    }
    return made;
}

static void
done(struct bulk *bulk)
{
    for (size_t i = 0; i < CAS_AHEAD; i++)
        chunk_done(&bulk->chunks[i]);
    for (size_t i = 0; i < CAS_AHEAD; i++)
        page_done(&bulk->pages[i]);
    cas_keyed_done(&bulk->actors);
    cas_keyed_done(&bulk->whos);
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
