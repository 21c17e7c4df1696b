/* What every answer says of itself.
 *
 * The selection is one table: a row an option, in the order of DESIGN's list, with how its value
 * is read. JSON and words are two walks over it.
 */
#include "report/envelope.h"

#include <inttypes.h>
#include <stdio.h>

#include "report/escape.h"

uint32_t
cas_inputs_count(const struct cas_inputs *inputs)
{
    return inputs->graph ? casus_graph_input_count(inputs->graph)
                         : casus_dossier_input_count(inputs->dossier);
}

const struct casus_input *
cas_inputs_at(const struct cas_inputs *inputs, uint32_t index)
{
    return inputs->graph ? casus_graph_input_at(inputs->graph, index)
                         : casus_dossier_input_at(inputs->dossier, index);
}

/* --- the selection ------------------------------------------------------------------------ */

/* One option of a selection; just one of the values is given. */
struct choice {
    const char *key, *words;
    const char *text;
    const char *const *list;
    uint32_t list_count;
    uint32_t number;
    unsigned bits;
    const char *(*bit_name)(unsigned bit);
    unsigned bit_count;
};

static const char *
relation_name(unsigned bit)
{
    return casus_relation_name((enum casus_relation)bit);
}

static const char *
evidence_name(unsigned bit)
{
    return casus_evidence_name((enum casus_evidence)bit);
}

enum { CHOICES = 15 };

static void
list_choices(const struct casus_selection *s, struct choice out[CHOICES])
{
    const struct choice choices[CHOICES] = {
        {"since", "since", .text = s->since},
        {"until", "until", .text = s->until},
        {"relation", "relation", .bits = s->relations, .bit_name = relation_name,
         .bit_count = CASUS_RELATION_COUNT},
        {"type", "type", .list = s->types, .list_count = s->type_count},
        {"place", "place", .list = s->places, .list_count = s->place_count},
        {"where", "where", .text = s->where},
        {"focus", "focus on", .list = s->focus, .list_count = s->focus_count},
        {"depth", "depth", .number = s->depth},
        {"level", "level", .text = s->level},
        {"min_events", "at least so many events a tie:", .number = s->min_events},
        {"evidence", "evidence", .bits = s->evidence, .bit_name = evidence_name,
         .bit_count = CASUS_EVIDENCE_COUNT},
        {"min_grade", "grade at least", .text = s->min_grade},
        {"believe", "believe", .list = s->believe, .list_count = s->believe_count},
        {"doubt", "doubt", .list = s->doubt, .list_count = s->doubt_count},
        {NULL},
    };
    memcpy(out, choices, sizeof choices);
}

static bool
is_given(const struct choice *choice)
{
    return choice->text || choice->list_count || choice->number || choice->bits;
}

static void
add_list(struct cas_json *json, struct cJSON *array, const char *const *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_json_add_text(json, array, NULL, texts[i]);
}

static void
add_choice(struct cas_json *json, struct cJSON *object, const struct choice *choice)
{
    if (choice->text) {
        cas_json_add_text(json, object, choice->key, choice->text);
    } else if (choice->number) {
        cas_json_add_count(json, object, choice->key, choice->number);
    } else if (choice->list_count) {
        add_list(json, cas_json_add_array(json, object, choice->key), choice->list,
                 choice->list_count);
    } else {
        struct cJSON *array = cas_json_add_array(json, object, choice->key);
        for (unsigned i = 0; i < choice->bit_count; i++) {
            if (choice->bits & CASUS_BIT(i))
                cas_json_add_text(json, array, NULL, choice->bit_name(i));
        }
    }
}

static void
put_selection(struct cas_json *json, const struct casus_selection *selection)
{
    struct cJSON *object = cas_json_object(json);
    struct choice choices[CHOICES];
    list_choices(selection, choices);
    for (const struct choice *choice = choices; choice->key; choice++) {
        if (is_given(choice))
            add_choice(json, object, choice);
    }
    cas_json_put(json, "selection", object);
}

static void
add_words(struct cas_buffer *out, bool *begun, const char *separator, const char *word)
{
    cas_buffer_text(out, *begun ? separator : " ");
    cas_buffer_text(out, word);
    *begun = true;
}

static void
add_choice_words(struct cas_buffer *out, const struct choice *choice)
{
    bool begun = false;
    cas_buffer_text(out, choice->words);
    if (choice->text)
        add_words(out, &begun, "", choice->text);
    if (choice->number)
        cas_buffer_printf(out, " %" PRIu32, choice->number);
    for (uint32_t i = 0; i < choice->list_count; i++)
        add_words(out, &begun, ", ", choice->list[i]);
    for (unsigned i = 0; i < choice->bit_count; i++) {
        if (choice->bits & CASUS_BIT(i))
            add_words(out, &begun, ", ", choice->bit_name(i));
    }
}

void
cas_selection_words(struct cas_buffer *out, const struct casus_selection *selection)
{
    struct choice choices[CHOICES];
    list_choices(selection, choices);
    bool begun = false;
    for (const struct choice *choice = choices; choice->key; choice++) {
        if (!is_given(choice))
            continue;
        if (begun)
            cas_buffer_text(out, "; ");
        add_choice_words(out, choice);
        begun = true;
    }
}

/* --- the inputs --------------------------------------------------------------------------- */

static void
add_skipped(struct cas_json *json, struct cJSON *object, const struct casus_input *input)
{
    struct cJSON *array = cas_json_add_array(json, object, "skipped");
    for (size_t i = 0; i < CASUS_SKIPS && input->skipped[i].count; i++) {
        struct cJSON *skip = cas_json_object(json);
        cas_json_add_text(json, skip, "reason", input->skipped[i].reason);
        cas_json_add_count(json, skip, "records", input->skipped[i].count);
        cas_json_add(json, array, NULL, skip);
    }
}

static void
add_remarks(struct cas_json *json, struct cJSON *object, const struct casus_input *input)
{
    struct cJSON *array = cas_json_add_array(json, object, "remarks");
    for (size_t i = 0; i < CASUS_REMARKS && input->remarks[i].count; i++) {
        struct cJSON *remark = cas_json_object(json);
        cas_json_add_text(json, remark, "what", input->remarks[i].reason);
        cas_json_add_count(json, remark, "count", input->remarks[i].count);
        cas_json_add(json, array, NULL, remark);
    }
}

static void
put_input(struct cas_json *json, const struct casus_input *input, bool hash)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "name", input->name);
    cas_json_add_text(json, object, "format", input->format);
    cas_json_add_count(json, object, "events", input->events);
    if (!input->dossier || (input->records && input->records != input->events))
        cas_json_add_count(json, object, "records", input->records);
    if (input->no_event)
        cas_json_add_count(json, object, "no_event", input->no_event);
    if (input->skipped[0].count)
        add_skipped(json, object, input);
    if (input->remarks[0].count)
        add_remarks(json, object, input);
    if (input->left_out)
        cas_json_add_count(json, object, "left_out", input->left_out);
    if (input->recoded)
        cas_json_add_count(json, object, "recoded", input->recoded);
    if (input->mended)
        cas_json_add_count(json, object, "mended", input->mended);
    if (input->citation)
        cas_json_add_text(json, object, "citation", input->citation);
    if (input->licence)
        cas_json_add_text(json, object, "licence", input->licence);
    if (hash && input->sha256[0])
        cas_json_add_text(json, object, "sha256", input->sha256);
    cas_json_put(json, NULL, object);
}

/* "; no event: 3 without a second actor, 1 that stands already" */
static void
add_skip_words(struct cas_buffer *out, const struct casus_input *input)
{
    if (!input->no_event)
        return;
    cas_buffer_text(out, "; no event: ");
    if (!input->skipped[0].count)
        cas_buffer_printf(out, "%" PRIu64, input->no_event);
    for (size_t i = 0; i < CASUS_SKIPS && input->skipped[i].count; i++)
        cas_buffer_printf(out, "%s%" PRIu64 " %s", i ? ", " : "", input->skipped[i].count,
                          input->skipped[i].reason);
}

void
cas_input_counts(struct cas_buffer *out, const struct casus_input *input)
{
    cas_buffer_printf(out, "%s (%s", input->name, input->format);
    if (!input->dossier || input->records != input->events)
        cas_buffer_printf(out, ", %" PRIu64 " %s%s", input->records,
                          input->dossier ? "record" : "row", input->records == 1 ? "" : "s");
    cas_buffer_printf(out, ", %" PRIu64 " event%s", input->events, input->events == 1 ? "" : "s");
    add_skip_words(out, input);
    for (size_t i = 0; i < CASUS_REMARKS && input->remarks[i].count; i++)
        cas_buffer_printf(out, "; %" PRIu64 " %s", input->remarks[i].count,
                          input->remarks[i].reason);
    if (input->left_out)
        cas_buffer_printf(out, "; %" PRIu64 " bad record%s left out", input->left_out,
                          input->left_out == 1 ? "" : "s");
    if (input->recoded)
        cas_buffer_printf(out, "; %" PRIu64 " cells read as Windows-1252", input->recoded);
    if (input->mended)
        cas_buffer_printf(out, "; %" PRIu64 " codes had lost their leading zero", input->mended);
    cas_buffer_char(out, ')');
}

void
cas_input_words(struct cas_buffer *out, const struct casus_input *input)
{
    cas_input_counts(out, input);
    if (input->citation)
        cas_buffer_printf(out, "; cite as: %s", input->citation);
    if (input->licence)
        cas_buffer_printf(out, "; licence: %s", input->licence);
    if (input->sha256[0])
        cas_buffer_printf(out, "; SHA-256 %s", input->sha256);
}

void
casus_input_write(const struct casus_input *input, struct casus_output *output)
{
    struct cas_buffer words, shown;
    cas_buffer_init(&words);
    cas_buffer_init(&shown);
    cas_input_counts(&words, input);
    if (!words.failed)
        cas_escape_text(&shown, words.s);
    if (!shown.failed && shown.s)
        casus_output_text(output, shown.s);
    cas_buffer_done(&words);
    cas_buffer_done(&shown);
}

/* --- what was passed over -------------------------------------------------------------------- */

static void
put_problems(struct cas_json *json, const struct casus_problems *problems)
{
    cas_json_open_array(json, "passed_over");
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        const struct casus_error *first = casus_problems_at(problems, i);
        char code[16];
        snprintf(code, sizeof code, "CAS-%03u", first->code);
        struct cJSON *object = cas_json_object(json);
        cas_json_add_text(json, object, "code", code);
        cas_json_add_count(json, object, "count", casus_problems_of(problems, first->code));
        struct cJSON *place = cas_json_add_object(json, object, "first");
        cas_json_add_text(json, place, "file", first->file);
        cas_json_add_count(json, place, "line", first->where.line);
        cas_json_add_count(json, place, "column", first->where.column);
        cas_json_add_text(json, place, "text", first->text);
        cas_json_put(json, NULL, object);
    }
    cas_json_close(json);
}

void
cas_problems_words(struct cas_buffer *out, const struct casus_problems *problems)
{
    uint64_t total = casus_problems_total(problems);
    cas_buffer_printf(out, "%" PRIu64 " problem%s passed over: ", total, total == 1 ? "" : "s");
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        unsigned code = casus_problems_at(problems, i)->code;
        cas_buffer_printf(out, "%s%" PRIu64 " × CAS-%03u (%s)", i ? ", " : "",
                          casus_problems_of(problems, code), code, casus_message_find(code)->title);
    }
}

/* --- the envelope ------------------------------------------------------------------------- */

static void
put_graph(struct cas_json *json, const struct casus_graph *graph)
{
    struct cJSON *object = cas_json_object(json);
    cas_json_add_count(json, object, "actors", casus_graph_actor_count(graph));
    cas_json_add_count(json, object, "ties", casus_graph_tie_count(graph));
    cas_json_add_count(json, object, "events", casus_graph_totals(graph)->events);
    cas_json_put(json, "graph", object);
}

void
cas_json_caveat(void *context, const char *name, const char *text)
{
    struct cas_json *json = context;
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "name", name);
    cas_json_add_text(json, object, "text", text);
    cas_json_put(json, NULL, object);
}

void
cas_envelope_open(struct cas_json *json, const struct casus_heading *heading,
                  const struct cas_inputs *inputs)
{
    static const struct casus_selection everything;
    cas_json_open_object(json, NULL);
    cas_json_put_text(json, "casus", casus_version());
    cas_json_put_text(json, "command", heading->command);
    if (inputs) {
        cas_json_open_array(json, "input");
        for (uint32_t i = 0; i < cas_inputs_count(inputs); i++)
            put_input(json, cas_inputs_at(inputs, i), heading->hash);
        cas_json_close(json);
        if (heading->problems && casus_problems_total(heading->problems))
            put_problems(json, heading->problems);
        put_selection(json, heading->selection ? heading->selection : &everything);
    }
    if (inputs && inputs->graph)
        put_graph(json, inputs->graph);
}
