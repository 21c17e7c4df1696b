/* A registry's rows, from CSV or from a JSON array of objects; include/casus/registry.h says what
 * they mean. Both become the same cells, and one function makes a row of them.
 */
#include <strings.h>

#include "event/registry_row.h"
#include "read/member.h"
#include "read/sheet.h"
#include "read/ucdp.h"

enum { ALIAS, ACTOR, KIND, PARENT, SIDE, FROM, UNTIL, JUDGEMENT, SOURCE, CELLS };
static const char *const names[CELLS] = {"alias", "actor", "kind",      "parent", "side",
                                         "from",  "until", "judgement", "source"};
static const struct cas_columns columns = {names, CELLS, 1u << ACTOR};
static const struct cas_keys keys = {names, CELLS};

struct reading {
    struct cas_input input;
    struct casus_registry *registry;
    struct casus_error *err;
    size_t flaw; /* of the JSON text, the next that is not told */
};

/* --- a row ------------------------------------------------------------------------------------ */

static enum cas_judgement
check_judgement(struct cas_record *record, struct cas_text text)
{
    static const char *const words[] = CAS_JUDGEMENTS;
    char quoted[CAS_QUOTED];
    for (int i = CAS_YES; text.s && i <= CAS_UNSURE; i++) {
        if (text.n == strlen(words[i]) && strncasecmp(text.s, words[i], text.n) == 0)
            return (enum cas_judgement)i;
    }
    if (text.s)
        cas_record_problem(record, text.at, CAS_MSG_WORD,
                           "'judgement': expected yes, no or unsure, found %s",
                           cas_quoted(text, quoted));
    return CAS_YES;
}

static struct casus_period
check_dates(struct cas_record *record, struct cas_text from, struct cas_text until)
{
    struct casus_period period = {.interval = true};
    if (!from.n && !until.n)
        return (struct casus_period){0};
    cas_read_bound(record, from, "", &period.from, &period.from_bound);
    cas_read_bound(record, until, "", &period.until, &period.until_bound);
    cas_check_period(record, from.n ? from.at : until.at, &period);
    return period;
}

/* A judgement other than yes is about a name. */
static void
check_needed(struct cas_record *record, const struct cas_text *cells, enum cas_judgement judgement)
{
    int missing = !cells[ACTOR].s ? ACTOR : !cells[ALIAS].s && judgement != CAS_YES ? ALIAS : CELLS;
    if (missing != CELLS)
        cas_record_problem(record, record->at, CAS_MSG_MISSING_KEY,
                           "expected something in '%s', found nothing", names[missing]);
}

static enum casus_status
take_row(struct reading *reading, struct cas_record *record, const struct cas_text *cells)
{
    static const int checked[] = {ALIAS, ACTOR, PARENT, SIDE};
    struct cas_registry_row row = {.alias = cells[ALIAS],
                                   .actor = cells[ACTOR],
                                   .parent = cells[PARENT],
                                   .side = cells[SIDE],
                                   .source = cells[SOURCE],
                                   .kind = CASUS_KIND_OTHER,
                                   .kind_given = cells[KIND].s};
    for (size_t i = 0; i < sizeof checked / sizeof *checked; i++)
        cas_check_name(record, cells[checked[i]]);
    if (row.kind_given)
        row.kind = cas_check_kind(record, cells[KIND]);
    row.period = check_dates(record, cells[FROM], cells[UNTIL]);
    row.judgement = check_judgement(record, cells[JUDGEMENT]);
    check_needed(record, cells, row.judgement);
    if (record->status != CASUS_OK || record->bad)
        return record->status;
    return reading->registry->row(reading->registry, &row, reading->err);
}

/* --- CSV -------------------------------------------------------------------------------------- */

static enum casus_status
read_table(struct reading *reading)
{
    struct cas_sheet sheet;
    struct cas_input *input = &reading->input;
    bool begun = cas_sheet_begin(&sheet, input, &input->bytes, &columns, reading->err);
    while (begun && cas_sheet_next(&sheet, false)) {
        struct cas_text cells[CELLS];
        for (int i = 0; i < CELLS; i++)
            cells[i] = cas_sheet_text(&sheet, i);
        enum casus_status status = take_row(reading, &sheet.record, cells);
        if (sheet.record.status == CASUS_OK)
            sheet.record.status = status;
    }
    cas_sheet_done(&sheet);
    return sheet.status;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static const char *
title_of(enum cas_msg code)
{
    const struct casus_message *message = casus_message_find((unsigned)code);
    return message ? message->title : "";
}

/* Those before `end`: the objects are read in order. */
static void
tell_flaws(struct reading *reading, struct cas_record *record, const struct cas_tape *tape,
           const char *end)
{
    for (; reading->flaw < tape->flaw_count; reading->flaw++) {
        const struct cas_tape_flaw *flaw = &tape->flaws[reading->flaw];
        if (tape->text + flaw->at >= end)
            return;
        cas_record_problem(record, tape->text + flaw->at, flaw->code, "found %s",
                           title_of(flaw->code));
    }
}

/* null is an empty cell, but an open end in a date. */
static enum casus_status
read_object(struct reading *reading, const struct cas_tape *tape, uint32_t node)
{
    struct cas_record record;
    struct cas_text cells[CELLS] = {{0}};
    const char *at = cas_value_at(tape, node), *end = tape->text + tape->nodes[node].end;
    cas_record_begin(&record, &reading->input, at, reading->err);
    tell_flaws(reading, &record, tape, end);
    if (tape->nodes[node].type != CAS_TAPE_OBJECT) {
        cas_record_problem(&record, at, CAS_MSG_TYPE, "expected an object, found %s",
                           cas_tape_type_name(tape->nodes[node].type));
        return record.status;
    }
    struct cas_walk walk = cas_walk_begin(&record, tape, node, &keys);
    while (cas_walk_next(&walk)) {
        bool null = tape->nodes[walk.value].type == CAS_TAPE_NULL;
        bool date = walk.key == FROM || walk.key == UNTIL;
        struct cas_text text = {0};
        if (!null)
            text = cas_value_text(&walk, walk.value);
        else if (date)
            text = (struct cas_text){"..", 2, cas_value_at(tape, walk.value)};
        cells[walk.key] = text.n ? text : (struct cas_text){0};
    }
    return take_row(reading, &record, cells);
}

static enum casus_status
tell(struct reading *reading, size_t at, enum cas_msg code, const char *expected)
{
    char found[40];
    struct cas_record record;
    const struct cas_bytes *bytes = &reading->input.bytes;
    const char *place = bytes->s + at;
    cas_record_begin(&record, &reading->input, bytes->s, reading->err);
    if (expected)
        cas_record_problem(&record, place, code, "expected %s, found %s", expected,
                           cas_tape_found(place, bytes->s + bytes->n, found));
    else
        cas_record_problem(&record, place, code, "found %s", title_of(code));
    return record.status;
}

static enum casus_status
read_objects(struct reading *reading, struct cas_tape *tape)
{
    const struct cas_bytes *bytes = &reading->input.bytes;
    switch (cas_tape_scan(tape, bytes->s, bytes->n, true, 0)) {
    case CAS_SCAN_OK: break;
    case CAS_SCAN_MEMORY: return cas_fail_memory(reading->err);
    case CAS_SCAN_FAULT:
        return tell(reading, tape->at, tape->code,
                    tape->code == CAS_MSG_SYNTAX ? tape->expected : NULL);
    default: return tell(reading, bytes->n, CAS_MSG_SYNTAX, "the rest of the array");
    }
    enum casus_status status = CASUS_OK;
    for (uint32_t node = 1; node < tape->count && status == CASUS_OK; node = tape->nodes[node].next)
        status = read_object(reading, tape, node);
    size_t used = tape->used + cas_tape_blanks(bytes->s + tape->used, bytes->n - tape->used);
    if (status == CASUS_OK && used < bytes->n)
        status = tell(reading, used, CAS_MSG_TRAILING, "the end");
    return status;
}

static enum casus_status
read_array(struct reading *reading)
{
    struct cas_bytes *bytes = &reading->input.bytes;
    enum casus_status status = CASUS_OK;
    while (status == CASUS_OK && !bytes->at_end) {
        if (bytes->n > CAS_LARGEST)
            return tell(reading, 0, CAS_MSG_LARGE, NULL);
        status = cas_bytes_more(bytes, reading->err);
    }
    struct cas_tape tape;
    cas_tape_init(&tape);
    if (status == CASUS_OK)
        status = read_objects(reading, &tape);
    cas_tape_done(&tape);
    return status;
}

/* --- the file --------------------------------------------------------------------------------- */

static void
locate(void *context, const char *at, struct casus_error *fault)
{
    const struct cas_input *input = context;
    cas_bytes_locate(&input->bytes, at ? at : input->record, fault);
}

static enum casus_status
read_rows(struct reading *reading)
{
    const struct cas_bytes *bytes = &reading->input.bytes;
    size_t blanks = cas_tape_blanks(bytes->s, bytes->n);
    char first = blanks < bytes->n ? bytes->s[blanks] : '\0';
    if (first == '[')
        return read_array(reading);
    if (!first || first == '{')
        return cas_fail(reading->err, CASUS_EINPUT, CAS_MSG_FORMAT,
                        "%s: expected a registry, a table with the column 'actor' or a JSON array "
                        "of its rows, found %s",
                        bytes->name, first ? "one JSON object" : "nothing");
    if (cas_ucdp_actor_is(bytes->s, bytes->n))
        return cas_ucdp_actor_registry(&reading->input, reading->registry, reading->err);
    return read_table(reading);
}

enum casus_status
casus_registry_read(const char *path, struct casus_registry *registry,
                    struct casus_problems *problems, struct casus_error *err)
{
    struct reading reading = {.registry = registry, .err = err};
    struct cas_input *input = &reading.input;
    *input = (struct cas_input){.path = path,
                                .problems = problems,
                                .bytes = {.fd = -1},
                                .mark = &input->bytes.mark,
                                .locator = {.context = input, .locate = locate}};
    cas_arena_init(&input->scratch);
    cas_arena_init(&input->kept);
    enum casus_status status = cas_bytes_open(&input->bytes, path, NULL, err);
    if (status == CASUS_OK)
        status = read_rows(&reading);
    if (status == CASUS_EINPUT && input->bytes.damage.status != CASUS_OK)
        status = cas_problem(problems, &input->bytes.damage, err);
    cas_bytes_close(&input->bytes);
    cas_arena_done(&input->scratch);
    cas_arena_done(&input->kept);
    return status;
}
