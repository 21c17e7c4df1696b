/* claims.csv: one row a loss; rows that agree in everything else are one claim.
 *
 * A row without a stance is a figure of the event's own, which nobody claims: it names one event
 * and a loss, and nothing else.
 */
#include "read/csvset.h"

#include <math.h>
#include <stdlib.h>

enum {
    ABOUT,
    BY,
    VIA,
    STANCE,
    OF,
    DATE,
    SOURCE,
    CREDIBILITY,
    URL,
    NOTE,
    CLAIM, /* any label: keeps claims apart that else agree */
    AGREED,
    ACTOR = AGREED,
    WHAT,
    LOW,
    BEST,
    HIGH
};
static const char *const claim_names[] = {
    "about", "by",   "via",   "stance", "of",   "date", "source", "credibility",
    "url",   "note", "claim", "actor",  "what", "low",  "best",   "high"};
static const struct cas_columns claim_columns = {claim_names, 16, 1u << ABOUT | 1u << STANCE};

/* --- losses ----------------------------------------------------------------------------------- */

static int64_t
read_count(struct cas_sheet *sheet, int column)
{
    double number;
    if (!cas_sheet_number(sheet, column, &number))
        return -1;
    return cas_check_count(&sheet->record, cas_sheet_at(sheet, column), number);
}

static uint8_t
read_what(struct cas_sheet *sheet)
{
    struct cas_text rest = cas_sheet_text(sheet, WHAT), word;
    uint8_t what = 0;
    size_t mark;
    char quoted[CAS_QUOTED];
    while (cas_sheet_element(sheet, &rest, &word, &mark)) {
        uint8_t bit = word.n ? cas_check_loss_kind(&sheet->record, word) : 0;
        if (bit & what)
            cas_record_problem(&sheet->record, word.at, CAS_MSG_WORD,
                               "expected each kind of loss once, found %s twice",
                               cas_quoted(word, quoted));
        what |= bit;
    }
    return what;
}

static bool
has_loss(struct cas_sheet *sheet)
{
    for (int column = ACTOR; column <= HIGH; column++) {
        if (cas_sheet_text(sheet, column).s)
            return true;
    }
    return false;
}

static struct cas_rec_loss
read_loss(struct cas_sheet *sheet)
{
    struct cas_rec_loss loss = {.figure = CASUS_NO_FIGURE};
    bool said = cas_sheet_text(sheet, LOW).s || cas_sheet_text(sheet, BEST).s ||
                cas_sheet_text(sheet, HIGH).s;
    loss.actor = cas_sheet_name(sheet, ACTOR);
    loss.what = read_what(sheet);
    loss.some = cas_text_is(cas_sheet_text(sheet, LOW), "some");
    loss.figure.low = loss.some ? 1 : read_count(sheet, LOW);
    loss.figure.best = read_count(sheet, BEST);
    loss.figure.high = read_count(sheet, HIGH);
    if (!said || !cas_sheet_text(sheet, WHAT).s)
        cas_record_problem(&sheet->record, sheet->record.at, CAS_MSG_NO_FIGURE,
                           "expected %s of a loss, found nothing",
                           said ? "'what'" : "low, best or high");
    cas_check_figure(&sheet->record, cas_sheet_at(sheet, LOW), &loss.figure);
    return loss;
}

static void
add_loss(struct cas_sheet *sheet, struct cas_row_claim *claim)
{
    struct cas_loss_node *node = cas_record_alloc(&sheet->record, 1, sizeof *node);
    if (!node)
        return;
    node->loss = read_loss(sheet);
    *claim->last = node;
    claim->last = &node->next;
    claim->loss_count++;
}

/* --- rows ------------------------------------------------------------------------------------- */

static uint8_t
read_credibility(struct cas_sheet *sheet)
{
    double number;
    char found[32];
    if (!cas_sheet_number(sheet, CREDIBILITY, &number))
        return 0;
    if (number >= 1 && number <= 6 && number == trunc(number))
        return (uint8_t)number;
    cas_record_problem(&sheet->record, cas_sheet_at(sheet, CREDIBILITY), CAS_MSG_RANGE,
                       "expected 1 (confirmed) to 6 (unknown), found %s",
                       cas_number_text(number, found));
    return 0;
}

/* A figure of the event's own has no claimant, no source, no note. */
static void
read_no_stance(struct cas_sheet *sheet, struct cas_row_claim *claim)
{
    bool alone = has_loss(sheet) && claim->claim.about_count <= 1 && !claim->claim.extra.s;
    for (int column = BY; column < AGREED; column++)
        alone = alone && (column == CLAIM || !cas_sheet_text(sheet, column).s);
    claim->own_losses = true;
    if (!alone)
        cas_record_problem(&sheet->record, cas_sheet_at(sheet, STANCE), CAS_MSG_MISSING_KEY,
                           "expected a stance, found nothing; without one a row gives a loss of "
                           "one event and nothing else");
}

static void
read_claim(struct cas_sheet *sheet, struct cas_row_claim *out)
{
    struct cas_rec_claim *claim = &out->claim;
    claim->at = (struct cas_text){sheet->record.at, sheet->cells.used, sheet->record.at};
    claim->about = cas_sheet_names(sheet, ABOUT, &claim->about_count);
    if (!cas_sheet_text(sheet, ABOUT).s)
        cas_record_problem(&sheet->record, cas_sheet_at(sheet, ABOUT), CAS_MSG_NO_ABOUT,
                           "expected at least one event in 'about', found nothing");
    claim->by = cas_sheet_name(sheet, BY);
    claim->via = cas_sheet_name(sheet, VIA);
    claim->of = cas_sheet_name(sheet, OF);
    claim->date = cas_sheet_period(sheet, DATE);
    claim->source = cas_sheet_name(sheet, SOURCE);
    claim->credibility = read_credibility(sheet);
    claim->url = cas_sheet_text(sheet, URL);
    claim->note = cas_sheet_text(sheet, NOTE);
    claim->extra = cas_sheet_extra(sheet);
    struct cas_text stance = cas_sheet_text(sheet, STANCE);
    claim->stance = stance.s ? cas_check_stance(&sheet->record, stance) : CASUS_REPORT;
    if (!stance.s)
        read_no_stance(sheet, out);
}

/* What rows of one claim agree in, each part with its length before it. */
static void
make_key(struct cas_sheet *sheet, struct cas_buffer *key)
{
    cas_buffer_clear(key);
    for (int column = 0; column < AGREED; column++) {
        struct cas_text text = cas_sheet_text(sheet, column);
        cas_buffer_printf(key, "%zu:", text.n);
        if (text.s)
            cas_buffer_add(key, text.s, text.n);
    }
    struct cas_text extra = cas_sheet_extra(sheet);
    if (extra.s)
        cas_buffer_add(key, extra.s, extra.n);
}

/* The claim is the newest about its event. The lists are turned round at the end. */
static bool
chain(struct cas_csv_set *set, uint32_t index)
{
    struct cas_row_claim *claim = &set->claims[index];
    claim->next = CASUS_NONE;
    if (claim->claim.about_count != 1)
        return true;
    struct cas_text id = claim->claim.about[0];
    uint32_t known = set->events.count, event = cas_intern_add(&set->events, id.s, id.n);
    if (event == UINT32_MAX ||
        !cas_grow(&set->first_of, &set->first_room, (size_t)event + 1, sizeof *set->first_of))
        return false;
    claim->next = event < known ? set->first_of[event] : CASUS_NONE;
    set->first_of[event] = index;
    return true;
}

static struct cas_row_claim *
claim_of_row(struct cas_csv_set *set, struct cas_sheet *sheet, struct cas_buffer *key)
{
    make_key(sheet, key);
    uint32_t index = key->failed ? UINT32_MAX : cas_intern_add(&set->keys, key->s, key->n);
    if (index == UINT32_MAX ||
        !cas_grow(&set->claims, &set->claim_room, (size_t)index + 1, sizeof *set->claims)) {
        cas_record_no_memory(&sheet->record);
        return NULL;
    }
    if (index < set->claim_count)
        return &set->claims[index];
    struct cas_row_claim *claim = &set->claims[set->claim_count++];
    *claim = (struct cas_row_claim){.mark = sheet->bytes->mark};
    read_claim(sheet, claim);
    if (!chain(set, index))
        cas_record_no_memory(&sheet->record);
    return claim;
}

static void
read_row(struct cas_csv_set *set, struct cas_sheet *sheet, struct cas_buffer *key)
{
    if (!cas_grow(&set->rows, &set->row_room, set->row_count + 1, sizeof *set->rows)) {
        cas_record_no_memory(&sheet->record);
        return;
    }
    set->rows[set->row_count++] = sheet->bytes->mark;
    struct cas_row_claim *claim = claim_of_row(set, sheet, key);
    if (!claim)
        return;
    if (!claim->first)
        claim->last = &claim->first;
    if (has_loss(sheet))
        add_loss(sheet, claim);
    claim->bad = claim->bad || sheet->record.bad;
}

/* Chains were built newest first. */
static void
turn_chains(struct cas_csv_set *set)
{
    for (uint32_t event = 0; event < set->events.count; event++) {
        uint32_t turned = CASUS_NONE, at = set->first_of[event];
        while (at != CASUS_NONE) {
            uint32_t next = set->claims[at].next;
            set->claims[at].next = turned;
            turned = at;
            at = next;
        }
        set->first_of[event] = turned;
    }
}

enum casus_status
cas_csv_claims_read(struct cas_csv_set *set)
{
    struct cas_sheet sheet;
    struct cas_buffer key;
    enum casus_status status = CASUS_OK;
    while (!set->claim_bytes.at_end && status == CASUS_OK)
        status = cas_bytes_more(&set->claim_bytes, set->err);
    if (status != CASUS_OK)
        return status;
    cas_buffer_init(&key);
    if (cas_sheet_begin(&sheet, set->input, &set->claim_bytes, &claim_columns, set->err)) {
        while (cas_sheet_next(&sheet, true))
            read_row(set, &sheet, &key);
    }
    status = sheet.status;
    cas_sheet_done(&sheet);
    cas_buffer_done(&key);
    if (status == CASUS_OK)
        turn_chains(set);
    return status;
}

/* --- to the sink ------------------------------------------------------------------------------ */

static struct cas_rec_loss *
copy_losses(const struct cas_row_claim *claim, struct cas_rec_loss *out)
{
    for (const struct cas_loss_node *node = claim->first; node; node = node->next)
        *out++ = node->loss;
    return out;
}

static void
put_claim(struct cas_row_claim *from, struct cas_record *record, struct cas_rec_claim *out)
{
    *out = from->claim;
    from->given = true;
    if (!from->loss_count)
        return;
    struct cas_rec_loss *losses = cas_record_alloc(record, from->loss_count, sizeof *losses);
    if (!losses)
        return;
    copy_losses(from, losses);
    out->losses = losses;
    out->loss_count = from->loss_count;
}

static void
count_claims(const struct cas_csv_set *set, uint32_t first, size_t *out_claims, size_t *out_losses)
{
    *out_claims = *out_losses = 0;
    for (uint32_t at = first; at != CASUS_NONE; at = set->claims[at].next) {
        const struct cas_row_claim *claim = &set->claims[at];
        if (claim->bad)
            continue;
        *out_claims += !claim->own_losses;
        *out_losses += claim->own_losses ? claim->loss_count : 0;
    }
}

void
cas_csv_claims_of(struct cas_csv_set *set, struct cas_record *record, struct cas_rec_event *event)
{
    uint32_t number =
        event->id.s ? cas_intern_find(&set->events, event->id.s, event->id.n) : UINT32_MAX;
    if (number == UINT32_MAX)
        return;
    size_t claim_count, loss_count;
    uint32_t at = set->first_of[number];
    count_claims(set, at, &claim_count, &loss_count);
    struct cas_rec_claim *claims = cas_record_alloc(record, claim_count, sizeof *claims);
    struct cas_rec_loss *losses = cas_record_alloc(record, loss_count, sizeof *losses);
    if (!claims || !losses)
        return;
    event->claims = claims;
    event->losses = losses;
    event->loss_count = loss_count;
    for (; at != CASUS_NONE; at = set->claims[at].next) {
        struct cas_row_claim *claim = &set->claims[at];
        if (claim->bad)
            continue;
        if (claim->own_losses) {
            losses = copy_losses(claim, losses);
            claim->given = true;
        } else {
            struct cas_rec_claim *inner = &claims[event->claim_count++];
            put_claim(claim, record, inner);
            inner->about = NULL; /* it stands in its event */
            inner->about_count = 0;
        }
    }
}

enum casus_status
cas_csv_claims_rest(struct cas_csv_set *set)
{
    enum casus_status status = CASUS_OK;
    const struct cas_mark *before = set->input->mark;
    set->input->mark = &set->mark;
    for (size_t i = 0; i < set->claim_count && status == CASUS_OK; i++) {
        struct cas_row_claim *from = &set->claims[i];
        if (from->given)
            continue;
        struct cas_record record;
        struct cas_rec_claim claim;
        cas_record_begin(&record, set->input, from->mark.at, set->err);
        record.bad = from->bad || from->own_losses;
        set->mark = from->mark;
        put_claim(from, &record, &claim);
        status = cas_record_claim(&record, &claim);
    }
    set->input->mark = before;
    return status;
}

bool
cas_csv_claims_locate(const struct cas_csv_set *set, const char *at, struct casus_error *fault)
{
    const struct cas_bytes *bytes = &set->claim_bytes;
    const char *end = bytes->s ? bytes->s + bytes->n : NULL;
    if (!bytes->buffer || (uintptr_t)at < (uintptr_t)bytes->buffer ||
        (uintptr_t)at > (uintptr_t)end)
        return false;
    struct cas_mark mark = bytes->mark;
    size_t low = 0, high = set->row_count; /* the last row at or before the place */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->rows[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (mark.at > at && low)
        mark = set->rows[low - 1];
    if (mark.at > at)
        return false;
    cas_mark_locate(mark, at, bytes->buffer, end, bytes->name, fault);
    return true;
}
