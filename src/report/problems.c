/* The problems of a check: a line each, the offending text with a caret below, and the count. */
#include <inttypes.h>
#include <stdio.h>

#include "actor/width.h"
#include "base/fault.h"
#include "report/csv.h"
#include "report/envelope.h"
#include "report/escape.h"
#include "report/format.h"
#include "report/json.h"
#include "report/page.h"

enum { CODE_SIZE = 16 };

/* "CAS-131" */
static char *
code_text(const struct casus_error *err, char out[CODE_SIZE])
{
    snprintf(out, CODE_SIZE, "CAS-%03u", err->code);
    return out;
}

/* --- text --------------------------------------------------------------------------------- */

/* Bytes of the first `count` characters. */
static size_t
characters(const char *s, uint32_t count)
{
    const char *at = s, *end = s + strlen(s);
    while (count-- && at < end) {
        size_t length = cas_utf8_length(at, end);
        at += length ? length : 1;
    }
    return (size_t)(at - s);
}

/* The columns that the text before the caret takes once it is escaped. */
static size_t
caret_column(const struct casus_error *err, struct cas_buffer *scratch)
{
    char before[sizeof err->line];
    size_t n = characters(err->line, err->caret - 1);
    memcpy(before, err->line, n);
    before[n] = '\0';
    cas_buffer_clear(scratch);
    cas_escape_text(scratch, before);
    return scratch->failed ? 0 : cas_width(scratch->s ? scratch->s : "", scratch->n);
}

static void
write_escaped(struct casus_output *output, struct cas_buffer *scratch, const char *text,
              bool *failed)
{
    cas_buffer_clear(scratch);
    cas_escape_text(scratch, text);
    *failed |= scratch->failed;
    if (!scratch->failed && scratch->n)
        casus_output_write(output, scratch->s, scratch->n);
}

static void
write_place(const struct casus_error *err, struct casus_output *output, struct cas_buffer *scratch,
            bool *failed)
{
    write_escaped(output, scratch, err->file, failed);
    if (err->where.line)
        casus_output_printf(output, ":%" PRIu32, err->where.line);
    if (err->where.line && err->where.column)
        casus_output_printf(output, ":%" PRIu32, err->where.column);
    if (err->file[0] || err->where.line)
        casus_output_text(output, ": ");
}

static void
write_line(const struct casus_error *err, bool colour, struct casus_output *output,
           struct cas_buffer *scratch, bool *failed)
{
    casus_output_text(output, "    ");
    write_escaped(output, scratch, err->line, failed);
    casus_output_text(output, "\n");
    if (err->caret)
        casus_output_printf(output, colour ? "    %*s\033[1;31m^\033[0m\n" : "    %*s^\n",
                            (int)caret_column(err, scratch), "");
}

enum casus_status
casus_error_write(const struct casus_error *err, bool colour, struct casus_output *output)
{
    struct cas_buffer scratch;
    char code[CODE_SIZE];
    bool failed = false;
    cas_buffer_init(&scratch);
    write_place(err, output, &scratch, &failed);
    if (err->code)
        casus_output_printf(output, colour ? "\033[1;31m[%s]\033[0m " : "[%s] ",
                            code_text(err, code));
    write_escaped(output, &scratch, err->text, &failed);
    casus_output_text(output, "\n");
    if (err->line[0])
        write_line(err, colour, output, &scratch, &failed);
    cas_buffer_done(&scratch);
    return failed ? CASUS_ENOMEM : CASUS_OK;
}

static void
write_count(const struct casus_problems *problems, struct casus_output *output)
{
    uint64_t total = casus_problems_total(problems);
    if (total == 0)
        casus_output_text(output, "no problems\n");
    else if (total > casus_problems_count(problems))
        casus_output_printf(output, "%" PRIu64 " problems, %zu shown\n", total,
                            casus_problems_count(problems));
    else
        casus_output_printf(output, "%" PRIu64 " problem%s\n", total, cas_plural(total));
}

static enum casus_status
write_text(const struct casus_problems *problems, bool colour, struct casus_output *output,
           struct casus_error *err)
{
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        if (casus_error_write(casus_problems_at(problems, i), colour, output) != CASUS_OK)
            return cas_fail_memory(err);
    }
    write_count(problems, output);
    return CASUS_OK;
}

/* --- pages -------------------------------------------------------------------------------- */

static void
add_row(struct cas_table *table, const struct casus_error *problem)
{
    char code[CODE_SIZE];
    cas_table_text(table, problem->file);
    if (problem->where.line)
        cas_table_number(table, problem->where.line);
    else
        cas_table_text(table, NULL);
    if (problem->where.column)
        cas_table_number(table, problem->where.column);
    else
        cas_table_text(table, NULL);
    cas_table_text(table, problem->code ? code_text(problem, code) : NULL);
    cas_table_text(table, problem->text);
}

static void
fill_table(struct cas_table *table, const struct casus_problems *problems)
{
    static const struct cas_column columns[] = {
        {"file", false}, {"line", true}, {"column", true}, {"code", false}, {"text", false, true}};
    cas_table_init(table, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < casus_problems_count(problems); i++)
        add_row(table, casus_problems_at(problems, i));
}

static enum casus_status
write_page(const struct casus_problems *problems, const struct casus_heading *heading,
           enum casus_layout layout, struct casus_output *output, struct casus_error *err)
{
    struct cas_page page;
    struct cas_table table;
    uint64_t total = casus_problems_total(problems);
    cas_page_init(&page, heading, layout, output);
    cas_page_title(&page, "Problems");
    cas_page_paragraph(&page, "%" PRIu64 " problem%s, %zu shown.", total, cas_plural(total),
                       casus_problems_count(problems));
    fill_table(&table, problems);
    if (cas_table_rows(&table))
        cas_page_table(&page, &table);
    cas_table_done(&table);
    return cas_page_done(&page, err);
}

static enum casus_status
write_csv(const struct casus_problems *problems, struct casus_output *output,
          struct casus_error *err)
{
    struct cas_table table;
    fill_table(&table, problems);
    enum casus_status status = cas_table_write(&table, CASUS_CSV, 0, output, err);
    cas_table_done(&table);
    return status;
}

/* --- JSON --------------------------------------------------------------------------------- */

static void
add_place(struct cas_json *json, struct cJSON *object, const char *key, uint32_t value)
{
    if (value)
        cas_json_add_count(json, object, key, value);
    else
        cas_json_add_null(json, object, key);
}

static void
put_problem(struct cas_json *json, const struct casus_error *problem)
{
    char code[CODE_SIZE];
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "file", problem->file);
    add_place(json, object, "line", problem->where.line);
    add_place(json, object, "column", problem->where.column);
    cas_json_add_text(json, object, "code", problem->code ? code_text(problem, code) : NULL);
    cas_json_add_text(json, object, "text", problem->text);
    cas_json_put(json, NULL, object);
}

static enum casus_status
write_json(const struct casus_problems *problems, const struct casus_heading *heading,
           struct casus_output *output, struct casus_error *err)
{
    struct cas_json json;
    cas_json_init(&json, output);
    cas_envelope_open(&json, heading, NULL);
    cas_json_open_array(&json, "problems");
    for (size_t i = 0; i < casus_problems_count(problems); i++)
        put_problem(&json, casus_problems_at(problems, i));
    cas_json_close(&json);
    cas_json_put_count(&json, "count", casus_problems_total(problems));
    cas_json_close(&json);
    return cas_json_done(&json, err);
}

enum casus_status
casus_problems_write(const struct casus_problems *problems, const struct casus_heading *heading,
                     enum casus_layout layout, struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_TEXT: return write_text(problems, heading->colour, output, err);
    case CASUS_JSON: return write_json(problems, heading, output, err);
    case CASUS_CSV: return write_csv(problems, output, err);
    default: return write_page(problems, heading, layout, output, err);
    }
}
