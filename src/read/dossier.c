/* The dossier as one JSON object, as JSON Lines, or as an array of what lines hold.
 *
 * The object is never in memory as a whole: its keys are read one by one, in any order, and the
 * elements of its four lists one at a time. A fault in the text ends the object, for nobody knows
 * where the next record begins; in JSON Lines it ends the line.
 *
 *   line = {"actor": …} | {"source": …} | {"event": …} | {"claim": …} | {"casus": 1, "title": …}
 */
#include <strings.h>

#include "read/ahead.h"
#include "read/dossier_record.h"

/* The keys of the object: first the lists, in the order of enum cas_noun. */
enum { TOP_CASUS = CAS_NOUN_COUNT, TOP_TITLE, TOP_NOTE, TOP_CITATION, TOP_LICENCE };
static const char *const top_names[] = {"actors", "sources", "events",   "claims", "casus",
                                        "title",  "note",    "citation", "licence"};
static const struct cas_keys top_keys = {top_names, 9};
/* The same for a line. */
static const char *const line_names[] = {"actor", "source", "event",    "claim",  "casus",
                                         "title", "note",   "citation", "licence"};
static const struct cas_keys line_keys = {line_names, 9};

/* status: what the reading will return. Once a function has returned false, reading is over. */
struct dossier {
    struct cas_input *input;
    struct casus_error *err;
    struct cas_tape tape;
    struct cas_ahead *ahead; /* of lines and elements */
    enum cas_noun list;      /* of the list at hand; CAS_NOUN_COUNT: elements are as lines are */
    enum casus_status status;
    unsigned seen;         /* keys of the object, one bit each */
    struct cas_intern own; /* its own keys */
    bool titled, noted;
    struct cas_buffer title, note, extra, key;
};

static void
dossier_init(struct dossier *dossier, struct cas_input *input, struct casus_error *err)
{
    *dossier = (struct dossier){.input = input, .err = err};
    cas_tape_init(&dossier->tape);
    dossier->tape.behind = CAS_BEHIND;
    cas_intern_init(&dossier->own);
}

static void
dossier_done(struct dossier *dossier)
{
    cas_ahead_free(dossier->ahead);
    cas_tape_done(&dossier->tape);
    cas_intern_done(&dossier->own);
    cas_buffer_done(&dossier->title);
    cas_buffer_done(&dossier->note);
    cas_buffer_done(&dossier->extra);
    cas_buffer_done(&dossier->key);
}

static struct cas_record
begin_record(struct dossier *dossier, const char *at)
{
    struct cas_record record;
    cas_record_begin(&record, dossier->input, at, dossier->err);
    return record;
}

/* Take over how a record ended. */
static bool
settle(struct dossier *dossier, enum casus_status status)
{
    if (dossier->status == CASUS_OK)
        dossier->status = status;
    return dossier->status == CASUS_OK;
}

/* --- faults of the text ----------------------------------------------------------------------- */

static void
tell_text_fault(struct cas_record *record, const char *at, const char *end, enum cas_msg code,
                const char *expected)
{
    char found[40];
    switch (code) {
    case CAS_MSG_UTF8:
        cas_record_problem(record, at, code, "expected UTF-8, found the byte 0x%02X",
                           (unsigned)(unsigned char)*at);
        break;
    case CAS_MSG_NUL:
        cas_record_problem(record, at, code, "expected text without U+0000, found one");
        break;
    case CAS_MSG_DEEP:
        cas_record_problem(record, at, code, "expected at most %d levels, found more",
                           CAS_TAPE_DEPTH);
        break;
    case CAS_MSG_SURROGATE:
        cas_record_problem(record, at, code, "expected both halves of a surrogate pair, found one");
        break;
    case CAS_MSG_DUPLICATE_KEY:
        cas_record_problem(record, at, code, "expected each key once, found this one again");
        break;
    default:
        cas_record_problem(record, at, CAS_MSG_SYNTAX, "expected %s, found %s", expected,
                           cas_tape_found(at, end, found));
    }
}

static void
tell_flaws(struct cas_record *record, const struct cas_tape *tape)
{
    for (size_t i = 0; i < tape->flaw_count; i++) {
        const char *at = tape->text + tape->flaws[i].at;
        tell_text_fault(record, at, at + 1, tape->flaws[i].code, "");
    }
}

static void
tell_large(struct cas_record *record)
{
    cas_record_problem(record, record->at, CAS_MSG_LARGE,
                       "expected at most 16 MiB for one value, found more");
}

/* After it the object cannot be read on. @return false */
static bool
stop_at(struct dossier *dossier, const char *at, enum cas_msg code, const char *expected)
{
    const struct cas_bytes *bytes = &dossier->input->bytes;
    struct cas_record record = begin_record(dossier, bytes->s);
    tell_text_fault(&record, at, bytes->s + bytes->n, code, expected);
    settle(dossier, record.status);
    return false;
}

static enum cas_msg
code_of_byte(const struct cas_bytes *bytes)
{
    if (bytes->n && *bytes->s == '\0')
        return CAS_MSG_NUL;
    bool odd = bytes->n && !cas_utf8_length(bytes->s, bytes->s + bytes->n);
    return odd ? CAS_MSG_UTF8 : CAS_MSG_SYNTAX;
}

static bool
unexpected(struct dossier *dossier, const char *expected)
{
    const struct cas_bytes *bytes = &dossier->input->bytes;
    return stop_at(dossier, bytes->s, code_of_byte(bytes), expected);
}

/* --- tokens of the object --------------------------------------------------------------------- */

enum { AT_END = -1 };

/* The next byte that is no blank, or AT_END; the window stands at it. */
static bool
peek(struct dossier *dossier, int *out)
{
    struct cas_bytes *bytes = &dossier->input->bytes;
    for (;;) {
        size_t blanks = cas_tape_blanks(bytes->s, bytes->n);
        if (blanks)
            cas_bytes_take(bytes, blanks);
        *out = bytes->n ? (unsigned char)*bytes->s : AT_END;
        /* a character that is cut by the window's end is seen whole before it is judged */
        if (bytes->n >= 4 || (bytes->n && *out < 0x80) || bytes->at_end)
            return true;
        if (!settle(dossier, cas_bytes_more(bytes, dossier->err)))
            return false;
    }
}

static bool
take_byte(struct dossier *dossier, int wanted, const char *expected)
{
    int c;
    if (!peek(dossier, &c))
        return false;
    if (c != wanted)
        return unexpected(dossier, expected);
    cas_bytes_take(&dossier->input->bytes, 1);
    return true;
}

static bool
is_too_large(const struct dossier *dossier, enum cas_scan found)
{
    size_t n = found == CAS_SCAN_MORE ? dossier->input->bytes.n : dossier->tape.used;
    return (found == CAS_SCAN_MORE || found == CAS_SCAN_OK) && n > CAS_LARGEST;
}

/* Whether the window holds all that a message about its first n bytes may show: messages are the
 * same wherever the window ends. */
static bool
shows(const struct cas_bytes *bytes, size_t n)
{
    return bytes->at_end || bytes->n - n >= CAS_SHOWN;
}

/* Scan the value at the window's begin into the tape; it stays in the window. */
static bool
scan_value(struct dossier *dossier, unsigned depth)
{
    struct cas_bytes *bytes = &dossier->input->bytes;
    struct cas_tape *tape = &dossier->tape;
    for (;;) {
        enum cas_scan found = cas_tape_scan(tape, bytes->s, bytes->n, bytes->at_end, depth);
        if (is_too_large(dossier, found)) {
            struct cas_record record = begin_record(dossier, bytes->s);
            tell_large(&record);
            settle(dossier, record.status);
            return false;
        }
        if (found == CAS_SCAN_OK && shows(bytes, tape->used))
            return true;
        if (found == CAS_SCAN_FAULT && shows(bytes, tape->at))
            return stop_at(dossier, bytes->s + tape->at, tape->code, tape->expected);
        enum casus_status status = found == CAS_SCAN_MEMORY ? cas_fail_memory(dossier->err)
                                                            : cas_bytes_more(bytes, dossier->err);
        if (!settle(dossier, status))
            return false;
    }
}

/* --- the head --------------------------------------------------------------------------------- */

static void
read_version(const struct cas_walk *walk)
{
    double version;
    char found[32];
    if (cas_value_number(walk, walk->value, &version) && version != 1)
        cas_record_problem(walk->record, cas_value_at(walk->tape, walk->value), CAS_MSG_VERSION,
                           "expected version 1, found %s", cas_number_text(version, found));
}

static void
keep_text(const struct cas_walk *walk, struct cas_buffer *out, bool *out_given)
{
    struct cas_text text = cas_value_text(walk, walk->value);
    if (!text.s)
        return;
    cas_buffer_clear(out);
    cas_buffer_add(out, text.s, text.n);
    *out_given = true;
}

static void
keep_term(struct dossier *dossier, const struct cas_walk *walk, const char **term)
{
    struct cas_text text = cas_value_text(walk, walk->value);
    if (text.s)
        settle(dossier, cas_input_term(dossier->input, term, text, dossier->err));
}

/* One of casus, title, note, citation, licence; their indexes are the same in the object and in a
 * line. */
static void
read_head_value(struct dossier *dossier, const struct cas_walk *walk)
{
    struct casus_input *seen = &dossier->input->seen;
    switch (walk->key) {
    case TOP_CASUS: read_version(walk); break;
    case TOP_TITLE: keep_text(walk, &dossier->title, &dossier->titled); break;
    case TOP_NOTE: keep_text(walk, &dossier->note, &dossier->noted); break;
    case TOP_CITATION: keep_term(dossier, walk, &seen->citation); break;
    case TOP_LICENCE: keep_term(dossier, walk, &seen->licence); break;
    }
}

static struct cas_text
text_of(const struct cas_buffer *buffer, bool given)
{
    return given ? (struct cas_text){buffer->s, buffer->n, NULL} : (struct cas_text){0};
}

static bool
give_head(struct dossier *dossier)
{
    struct cas_input *input = dossier->input;
    if (dossier->title.failed || dossier->note.failed || dossier->extra.failed)
        return settle(dossier, cas_fail_memory(dossier->err));
    struct cas_rec_head head = {.title = text_of(&dossier->title, dossier->titled),
                                .note = text_of(&dossier->note, dossier->noted),
                                .extra = text_of(&dossier->extra, dossier->extra.n > 0)};
    if (!head.title.s && !head.note.s && !head.extra.s)
        return true;
    return settle(dossier, input->sink->head(input->sink, &head, &input->locator, dossier->err));
}

/* --- the object ------------------------------------------------------------------------------- */

static bool
read_element(struct dossier *dossier, enum cas_noun noun)
{
    if (!scan_value(dossier, 2))
        return false;
    struct cas_record record = begin_record(dossier, dossier->input->bytes.s);
    tell_flaws(&record, &dossier->tape);
    if (!settle(dossier, cas_dossier_record(&record, &dossier->tape, 0, noun)))
        return false;
    cas_bytes_take(&dossier->input->bytes, dossier->tape.used);
    return true;
}

typedef bool element_reader(struct dossier *, enum cas_noun);

/* A short list is not worth looking ahead in. */
enum { ALONE = 64 };

static const struct cas_ahead_way element_way;

/* An element and what stands behind it, up to the next one or behind the list. */
static bool
read_next(struct dossier *dossier, element_reader *read, size_t index, bool *out_end)
{
    int c;
    if (!peek(dossier, &c))
        return false;
    if (index >= ALONE &&
        (!cas_ahead_read(&dossier->ahead, dossier->input, &element_way, dossier, dossier->err) ||
         !peek(dossier, &c)))
        return false;
    if (!read(dossier, dossier->list) || !peek(dossier, &c))
        return false;
    *out_end = c == ']';
    return take_byte(dossier, *out_end ? ']' : ',', "',' or ']'");
}

/* Behind the '['. */
static bool
read_list(struct dossier *dossier, element_reader *read, enum cas_noun noun)
{
    int c;
    bool end = false;
    if (!peek(dossier, &c))
        return false;
    if (c == ']')
        return take_byte(dossier, ']', "");
    dossier->list = noun;
    for (size_t i = 0; !end; i++) {
        if (!read_next(dossier, read, i, &end))
            return false;
    }
    return true;
}

/* Whether a key stands for the first time. Otherwise it is a problem. */
static bool
note_key(struct dossier *dossier, struct cas_record *record, struct cas_text key, int index)
{
    bool again;
    if (index >= 0) {
        again = dossier->seen & 1u << index;
        dossier->seen |= 1u << index;
    } else {
        again = cas_intern_find(&dossier->own, key.s, key.n) != UINT32_MAX;
        if (!again && cas_intern_add(&dossier->own, key.s, key.n) == UINT32_MAX)
            cas_record_no_memory(record);
    }
    if (again)
        tell_text_fault(record, key.at, key.at + 1, CAS_MSG_DUPLICATE_KEY, "");
    return !again;
}

static int
top_key(struct cas_text key)
{
    for (size_t i = 0; i < top_keys.count; i++) {
        if (cas_text_is(key, top_keys.names[i]))
            return (int)i;
    }
    return -1;
}

/* A key of the object: its index, and its raw text in `key` where it is the user's own. */
static bool
read_key(struct dossier *dossier, int *out_index, bool *out_own, const char *expected)
{
    int c;
    if (!peek(dossier, &c))
        return false;
    if (c != '"')
        return unexpected(dossier, expected);
    if (!scan_value(dossier, 1))
        return false;
    struct cas_bytes *bytes = &dossier->input->bytes;
    struct cas_record record = begin_record(dossier, bytes->s);
    tell_flaws(&record, &dossier->tape);
    struct cas_text key = cas_tape_text(&dossier->tape, 0, &dossier->input->scratch);
    if (!key.s) {
        cas_record_no_memory(&record);
        return settle(dossier, record.status);
    }
    *out_index = top_key(key);
    *out_own = cas_key_is_own(key);
    if (*out_index < 0 && !*out_own)
        cas_unknown_key(&record, key, &top_keys);
    else
        *out_own = note_key(dossier, &record, key, *out_index) && *out_own;
    cas_buffer_clear(&dossier->key);
    cas_buffer_add(&dossier->key, bytes->s, dossier->tape.used);
    if (!settle(dossier, record.status))
        return false;
    cas_bytes_take(bytes, dossier->tape.used);
    return take_byte(dossier, ':', "':'");
}

static void
keep_own(struct dossier *dossier, const struct cas_buffer *key)
{
    if (dossier->extra.n)
        cas_buffer_text(&dossier->extra, ", ");
    cas_buffer_add(&dossier->extra, key->s, key->n);
    cas_buffer_text(&dossier->extra, ": ");
    cas_tape_compact(&dossier->tape, 0, &dossier->extra);
}

/* A value that is small enough to be looked at whole. */
static bool
read_top_value(struct dossier *dossier, int index, bool own)
{
    if (!scan_value(dossier, 1))
        return false;
    struct cas_bytes *bytes = &dossier->input->bytes;
    struct cas_record record = begin_record(dossier, bytes->s);
    struct cas_walk walk = {
        .record = &record, .tape = &dossier->tape, .keys = &top_keys, .key = index, .value = 0};
    tell_flaws(&record, &dossier->tape);
    if (index >= TOP_CASUS)
        read_head_value(dossier, &walk);
    else if (index >= 0)
        cas_expected(&walk, 0, "a list");
    else if (own)
        keep_own(dossier, &dossier->key);
    if (!settle(dossier, record.status))
        return false;
    cas_bytes_take(bytes, dossier->tape.used);
    return true;
}

static bool
read_member(struct dossier *dossier, const char *expected)
{
    int index = -1, c;
    bool own = false;
    if (!read_key(dossier, &index, &own, expected) || !peek(dossier, &c))
        return false;
    if (index >= 0 && index < CAS_NOUN_COUNT && c == '[') {
        cas_bytes_take(&dossier->input->bytes, 1);
        return read_list(dossier, read_element, (enum cas_noun)index);
    }
    return read_top_value(dossier, index, own);
}

/* Behind the '{'. */
static bool
read_members(struct dossier *dossier)
{
    const char *expected = "a key or '}'";
    int c;
    if (!peek(dossier, &c))
        return false;
    if (c == '}')
        return take_byte(dossier, '}', "");
    for (;;) {
        if (!read_member(dossier, expected) || !peek(dossier, &c))
            return false;
        if (c == '}')
            return take_byte(dossier, '}', "");
        if (!take_byte(dossier, ',', "',' or '}'"))
            return false;
        expected = "a key";
    }
}

static bool
read_object(struct dossier *dossier)
{
    struct casus_error missing;
    cas_fault_text(&missing, CAS_MSG_MISSING_KEY, "expected the key 'casus', found none");
    cas_bytes_locate(&dossier->input->bytes, dossier->input->bytes.s, &missing);
    cas_bytes_take(&dossier->input->bytes, 1);
    if (!read_members(dossier))
        return false;
    if (!(dossier->seen & 1u << TOP_CASUS) &&
        !settle(dossier, cas_problem(dossier->input->problems, &missing, dossier->err)))
        return false;
    return give_head(dossier);
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool
has_key(const struct cas_tape *tape, uint32_t object, const char *name)
{
    uint32_t node = object + 1;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        size_t n = tape->nodes[node].end - tape->nodes[node].start - 2;
        if (strlen(name) == n && memcmp(cas_value_at(tape, node) + 1, name, n) == 0)
            return true;
        node = tape->nodes[node + 1].next;
    }
    return false;
}

static bool
read_head_line(struct dossier *dossier, struct cas_record *record, uint32_t object)
{
    if (dossier->input->ahead)
        return false; /* what it says holds for the input: it is read in its turn */
    struct cas_walk walk = cas_walk_begin(record, &dossier->tape, object, &line_keys);
    while (cas_walk_next(&walk)) {
        if (walk.key >= TOP_CASUS)
            read_head_value(dossier, &walk);
        else
            cas_record_problem(record, cas_value_at(walk.tape, walk.value - 1), CAS_MSG_UNKNOWN_KEY,
                               "expected a line of its own for '%s', found "
                               "it beside the key 'casus'",
                               line_names[walk.key]);
    }
    struct cas_text extra = cas_extra(&walk, object);
    cas_buffer_clear(&dossier->extra);
    cas_buffer_add(&dossier->extra, extra.s ? extra.s : "", extra.n);
    bool gone_on = settle(dossier, record->status) && give_head(dossier);
    dossier->titled = dossier->noted = false;
    return gone_on;
}

/* Its one key; other keys are problems. 0: there is none, for 0 is the object itself. */
static uint32_t
find_record(struct dossier *dossier, struct cas_record *record, uint32_t object,
            enum cas_noun *out_noun)
{
    const struct cas_tape *tape = &dossier->tape;
    uint32_t node = object + 1, found = 0;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        struct cas_text key = cas_tape_text(tape, node, &dossier->input->scratch);
        int index = CAS_NOUN_COUNT - 1;
        while (index >= 0 && !cas_text_is(key, line_names[index]))
            index--;
        if (index < 0 && key.s) {
            cas_unknown_key(record, key, &line_keys);
        } else if (found) {
            cas_record_problem(record, key.at, CAS_MSG_UNKNOWN_KEY,
                               "expected one record a line, found a second key");
        } else if (index >= 0) {
            found = node + 1;
            *out_noun = (enum cas_noun)index;
        }
        node = tape->nodes[node + 1].next;
    }
    return found;
}

/* What a line holds, or an element of an array: the value at the begin of the tape. */
static bool
read_line_object(struct dossier *dossier, struct cas_record *record)
{
    const struct cas_tape *tape = &dossier->tape;
    enum cas_noun noun = CAS_ACTOR;
    if (tape->nodes[0].type != CAS_TAPE_OBJECT) {
        cas_record_problem(record, record->at, CAS_MSG_TYPE, "expected an object, found %s",
                           cas_tape_type_name(tape->nodes[0].type));
        return settle(dossier, record->status);
    }
    if (has_key(tape, 0, "casus"))
        return read_head_line(dossier, record, 0);
    uint32_t value = find_record(dossier, record, 0, &noun);
    if (!value) {
        if (!record->bad)
            cas_record_problem(record, record->at, CAS_MSG_MISSING_KEY,
                               "expected the key 'actor', 'source', 'event' or 'claim', found "
                               "none of them");
        return settle(dossier, record->status);
    }
    record->at = cas_value_at(tape, value);
    return settle(dossier, cas_dossier_record(record, tape, value, noun));
}

static bool
read_array_element(struct dossier *dossier, enum cas_noun noun)
{
    (void)noun;
    if (!scan_value(dossier, 1))
        return false;
    struct cas_record record = begin_record(dossier, dossier->input->bytes.s);
    tell_flaws(&record, &dossier->tape);
    if (!read_line_object(dossier, &record))
        return false;
    cas_bytes_take(&dossier->input->bytes, dossier->tape.used);
    return true;
}

static bool
read_line(struct dossier *dossier, size_t n)
{
    const char *s = dossier->input->bytes.s, *end = s + n;
    size_t blanks = cas_tape_blanks(s, n);
    if (blanks == n)
        return true;
    struct cas_tape *tape = &dossier->tape;
    struct cas_record record = begin_record(dossier, s + blanks);
    switch (cas_tape_scan(tape, s + blanks, n - blanks, true, 0)) {
    case CAS_SCAN_OK: break;
    case CAS_SCAN_MEMORY: return settle(dossier, cas_fail_memory(dossier->err));
    default:
        tell_text_fault(&record, tape->text + tape->at, end, tape->code, tape->expected);
        return settle(dossier, record.status);
    }
    tell_flaws(&record, tape);
    const char *after = tape->text + tape->used;
    after += cas_tape_blanks(after, (size_t)(end - after));
    if (after < end) {
        char found[40];
        cas_record_problem(&record, after, CAS_MSG_TRAILING,
                           "expected the end of the line, found %s",
                           cas_tape_found(after, end, found));
    }
    return read_line_object(dossier, &record);
}

/* Bytes up to the next line break or the end, of which *out_break is one. */
static bool
find_line(struct dossier *dossier, size_t *out_n, bool *out_break)
{
    struct cas_bytes *bytes = &dossier->input->bytes;
    size_t looked = 0;
    for (;;) {
        const char *at = memchr(bytes->s + looked, '\n', bytes->n - looked);
        *out_n = at ? (size_t)(at - bytes->s) : bytes->n;
        *out_break = at;
        if (at || bytes->at_end || bytes->n > CAS_LARGEST)
            return true;
        looked = bytes->n;
        if (!settle(dossier, cas_bytes_more(bytes, dossier->err)))
            return false;
    }
}

/* A line that is too long is told once and passed over without being kept. */
static bool
skip_large_line(struct dossier *dossier)
{
    struct cas_bytes *bytes = &dossier->input->bytes;
    struct cas_record record = begin_record(dossier, bytes->s);
    tell_large(&record);
    if (!settle(dossier, record.status))
        return false;
    for (;;) {
        const char *at = memchr(bytes->s, '\n', bytes->n);
        cas_bytes_take(bytes, at ? (size_t)(at - bytes->s) : bytes->n);
        if (at || bytes->at_end)
            return true;
        if (!settle(dossier, cas_bytes_more(bytes, dossier->err)))
            return false;
    }
}

/* --- ahead ------------------------------------------------------------------------------------ */

static void
init_reader(void *reader, struct cas_input *input, struct casus_error *err)
{
    dossier_init(reader, input, err);
}

static void
end_reader(void *reader)
{
    dossier_done(reader);
}

static void
follow_reader(void *reader, const void *leader)
{
    ((struct dossier *)reader)->list = ((const struct dossier *)leader)->list;
}

static bool
settle_reader(void *reader, enum casus_status status)
{
    return settle(reader, status);
}

/* A hand's reading goes on with its next chunk, whatever ended this one. */
static enum cas_unit
end_unit(struct dossier *dossier, bool gone_on)
{
    if (dossier->input->ahead)
        dossier->status = CASUS_OK;
    return gone_on ? CAS_UNIT_READ : CAS_UNIT_OVER;
}

static const char *
seek_line(const char *first, const char *from, const char *end)
{
    (void)first;
    const char *found = memchr(from - 1, '\n', (size_t)(end - from) + 1);
    return found ? found + 1 : NULL;
}

static enum cas_unit
read_line_unit(void *reader, size_t n, size_t *out_used)
{
    struct dossier *dossier = reader;
    const char *s = dossier->input->bytes.s, *found = memchr(s, '\n', n);
    size_t length = found ? (size_t)(found - s) : n;
    if (!found || length > CAS_LARGEST)
        return CAS_UNIT_LEFT;
    *out_used = length + 1;
    return end_unit(dossier, read_line(dossier, length));
}

static const struct cas_ahead_way line_way = {
    .size = sizeof(struct dossier),
    .init = init_reader,
    .done = end_reader,
    .follow = follow_reader,
    .seek = seek_line,
    .read = read_line_unit,
    .settle = settle_reader,
};

/* Bytes of the object's begin up to behind its first key, or 0: most elements begin as the first. */
static size_t
opening(const char *s, const char *end)
{
    enum { MOST = 64 };
    size_t n = (size_t)(end - s) < MOST ? (size_t)(end - s) : MOST;
    size_t key = *s == '{' ? 1 + cas_tape_blanks(s + 1, n - 1) : n;
    const char *quote = key < n && s[key] == '"' ? memchr(s + key + 1, '"', n - key - 1) : NULL;
    return quote ? (size_t)(quote + 1 - s) : 0;
}

static bool
is_behind_comma(const char *at, const char *begin)
{
    while (at > begin && cas_tape_blanks(at - 1, 1))
        at--;
    return at > begin && at[-1] == ',';
}

/* A place in the midst of an element may look as one between two: then the chunk is read again. */
static const char *
seek_element(const char *first, const char *from, const char *end)
{
    size_t n = opening(first, end);
    while (n && from < end) {
        const char *found = memmem(from, (size_t)(end - from), first, n);
        if (!found || is_behind_comma(found, first))
            return found;
        from = found + 1;
    }
    return NULL;
}

/* Bytes up to the next element, or 0 where none is seen. */
static size_t
unit_length(const char *s, size_t value, size_t n)
{
    size_t at = value + cas_tape_blanks(s + value, n - value);
    if (at == n || s[at] != ',')
        return 0;
    at++;
    at += cas_tape_blanks(s + at, n - at);
    return at < n ? at : 0;
}

static enum cas_unit
read_element_unit(void *reader, size_t n, size_t *out_used)
{
    struct dossier *dossier = reader;
    struct cas_tape *tape = &dossier->tape;
    const char *s = dossier->input->bytes.s;
    unsigned depth = dossier->list == CAS_NOUN_COUNT ? 1 : 2;
    if (cas_tape_scan(tape, s, n, false, depth) != CAS_SCAN_OK || tape->used > CAS_LARGEST)
        return CAS_UNIT_LEFT;
    *out_used = unit_length(s, tape->used, n);
    if (!*out_used || n - tape->used < CAS_SHOWN)
        return CAS_UNIT_LEFT;
    struct cas_record record = begin_record(dossier, s);
    tell_flaws(&record, tape);
    return end_unit(dossier,
                    dossier->list == CAS_NOUN_COUNT
                        ? read_line_object(dossier, &record)
                        : settle(dossier, cas_dossier_record(&record, tape, 0, dossier->list)));
}

static const struct cas_ahead_way element_way = {
    .size = sizeof(struct dossier),
    .init = init_reader,
    .done = end_reader,
    .follow = follow_reader,
    .seek = seek_element,
    .read = read_element_unit,
    .settle = settle_reader,
};

/* --- all lines -------------------------------------------------------------------------------- */

static bool
read_lines(struct dossier *dossier)
{
    struct cas_bytes *bytes = &dossier->input->bytes;
    size_t n;
    bool broken;
    while (cas_ahead_read(&dossier->ahead, dossier->input, &line_way, dossier, dossier->err) &&
           find_line(dossier, &n, &broken)) {
        bool gone_on = n > CAS_LARGEST ? skip_large_line(dossier) : read_line(dossier, n);
        if (!gone_on)
            return false;
        if (n > CAS_LARGEST)
            continue;
        cas_bytes_take(bytes, n + broken);
        if (!bytes->n && bytes->at_end)
            return true;
    }
    return false;
}

/* --- formats ---------------------------------------------------------------------------------- */

static bool
read_whole(struct dossier *dossier)
{
    int c;
    char found[40];
    struct cas_bytes *bytes = &dossier->input->bytes;
    if (!peek(dossier, &c))
        return false;
    if (c != '{' && c != '[')
        return unexpected(dossier, "'{' at the begin of a dossier");
    if (c == '[')
        cas_bytes_take(bytes, 1);
    bool read =
        c == '{' ? read_object(dossier) : read_list(dossier, read_array_element, CAS_NOUN_COUNT);
    if (!read || !peek(dossier, &c))
        return false;
    if (c == AT_END)
        return true;
    struct cas_record record = begin_record(dossier, bytes->s);
    cas_record_problem(&record, bytes->s, CAS_MSG_TRAILING, "expected the end, found %s",
                       cas_tape_found(bytes->s, bytes->s + bytes->n, found));
    return settle(dossier, record.status);
}

static enum casus_status
read_with(struct cas_input *input, bool (*read)(struct dossier *), struct casus_error *err)
{
    struct dossier dossier;
    dossier_init(&dossier, input, err);
    read(&dossier);
    dossier_done(&dossier);
    return dossier.status;
}

static enum casus_status
read_dossier(struct cas_input *input, struct casus_error *err)
{
    return read_with(input, read_whole, err);
}

static enum casus_status
read_json_lines(struct cas_input *input, struct casus_error *err)
{
    return read_with(input, read_lines, err);
}

/* --- sniffing --------------------------------------------------------------------------------- */

static bool
ends_with(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n >= m && strcasecmp(path + n - m, end) == 0;
}

/* Whether a line that is JSON is one of a dossier's lines and not the whole of a dossier. */
static bool
is_line_object(const struct cas_tape *tape)
{
    bool is_line = tape->nodes[0].type == CAS_TAPE_OBJECT;
    for (int noun = 0; noun < CAS_NOUN_COUNT; noun++)
        is_line = is_line && !has_key(tape, 0, top_names[noun]);
    return is_line;
}

static bool
begins_with_record(const char *s, size_t n)
{
    size_t i = 1 + cas_tape_blanks(s + 1, n - 1);
    for (int noun = 0; noun < CAS_NOUN_COUNT; noun++) {
        size_t length = strlen(line_names[noun]);
        if (n - i > length + 2 && s[i] == '"' && s[i + length + 1] == '"' &&
            memcmp(s + i + 1, line_names[noun], length) == 0) {
            i += length + 2;
            i += cas_tape_blanks(s + i, n - i);
            i += i < n && s[i] == ':';
            i += cas_tape_blanks(s + i, n - i);
            return i == n || s[i] != '[';
        }
    }
    return false;
}

/* The head line of JSON Lines, or a broken line that another follows. */
static bool
begins_with_head_line(const char *s, size_t n)
{
    const char *end = memchr(s, '\n', n);
    if (!end)
        return false;
    size_t line = (size_t)(end - s), next = line + cas_tape_blanks(end, n - line);
    if (next == n || s[next] != '{')
        return false;
    while (line > 1 && (s[line - 1] == '\r' || s[line - 1] == ' ' || s[line - 1] == '\t'))
        line--;
    struct cas_tape tape;
    cas_tape_init(&tape);
    enum cas_scan found = cas_tape_scan(&tape, s, line, true, 0);
    bool lines =
        found == CAS_SCAN_OK ? tape.used == line && is_line_object(&tape) : s[line - 1] == '}';
    cas_tape_done(&tape);
    return lines;
}

static int
sniff_lines(const char *path, const char *head, size_t n)
{
    size_t blanks = cas_tape_blanks(head, n);
    const char *s = head + blanks;
    (void)path;
    n -= blanks;
    if (!n) /* nothing at all: a dossier without events, not a broken one */
        return 10;
    if (*s == '{' && (begins_with_record(s, n) || begins_with_head_line(s, n)))
        return 60;
    return 0;
}

static int
sniff_dossier(const char *path, const char *head, size_t n)
{
    size_t blanks = cas_tape_blanks(head, n);
    if (blanks < n && (head[blanks] == '{' || head[blanks] == '['))
        return 50;
    return ends_with(path, ".json") || ends_with(path, ".jsonl") ? 5 : 0;
}

const struct cas_reader cas_reader_dossier = {
    .format = {"dossier", "casus dossier: one JSON object", NULL, NULL, true},
    .sniff = sniff_dossier,
    .read = read_dossier,
};

const struct cas_reader cas_reader_lines = {
    .format = {"dossier-lines", "casus dossier: JSON Lines, one record a line", NULL, NULL, true},
    .sniff = sniff_lines,
    .read = read_json_lines,
};
