/* Small tables, drawn as text, Markdown, HTML or CSV. */
#include "report/table.h"

#include <assert.h>
#include <math.h>

#include "actor/width.h"
#include "base/fault.h"
#include "report/csv.h"
#include "report/escape.h"
#include "report/format.h"

enum { GAP = 2, NARROWEST = 12, INDENT = 2 };

void
cas_table_init(struct cas_table *table, const struct cas_column *columns, size_t count)
{
    *table = (struct cas_table){.columns = columns, .column_count = count};
    cas_buffer_init(&table->texts);
}

void
cas_table_done(struct cas_table *table)
{
    cas_free(table->cells);
    cas_buffer_done(&table->texts);
}

static void
add_cell(struct cas_table *table, struct cas_cell cell)
{
    if (table->failed || table->texts.failed ||
        !cas_grow(&table->cells, &table->room, table->cell_count + 1, sizeof cell)) {
        table->failed = true;
        return;
    }
    table->cells[table->cell_count++] = cell;
}

void
cas_table_text(struct cas_table *table, const char *text)
{
    size_t at = table->texts.n;
    cas_buffer_add(&table->texts, text ? text : "", (text ? strlen(text) : 0) + 1);
    add_cell(table, (struct cas_cell){.text = at});
}

void
cas_table_number(struct cas_table *table, double value)
{
    add_cell(table, (struct cas_cell){.value = value, .number = true});
}

size_t
cas_table_rows(const struct cas_table *table)
{
    return table->cell_count / table->column_count;
}

static const struct cas_cell *
cell_at(const struct cas_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->column_count + column];
}

/* --- drawing for people ------------------------------------------------------------------- */

typedef void escape_function(struct cas_buffer *out, const char *s);

/* What drawing needs to know of a column. */
struct shape {
    unsigned decimals;
    size_t width; /* in text */
};

struct drawing {
    const struct cas_table *table;
    struct casus_output *output;
    escape_function *escape;
    struct shape *shapes;
    struct cas_buffer scratch, line;
    bool failed;
};

static unsigned
column_decimals(const struct cas_table *table, size_t column)
{
    double largest = 0;
    bool whole = true;
    for (size_t row = 0; row < cas_table_rows(table); row++) {
        const struct cas_cell *cell = cell_at(table, row, column);
        if (!cell->number || !isfinite(cell->value))
            continue;
        largest = fmax(largest, fabs(cell->value));
        whole = whole && cell->value == trunc(cell->value);
    }
    return cas_fixed_decimals(largest, whole);
}

static const char *
escaped(struct drawing *drawing, const char *text)
{
    cas_buffer_clear(&drawing->scratch);
    drawing->escape(&drawing->scratch, text);
    drawing->failed |= drawing->scratch.failed;
    return drawing->scratch.failed || !drawing->scratch.s ? "" : drawing->scratch.s;
}

/* A cell as it is drawn; borrowed until the next one. */
static const char *
drawn(struct drawing *drawing, size_t row, size_t column)
{
    const struct cas_cell *cell = cell_at(drawing->table, row, column);
    if (!cell->number)
        return escaped(drawing, drawing->table->texts.s + cell->text);
    char number[CAS_FIXED_SIZE];
    cas_buffer_clear(&drawing->scratch);
    cas_buffer_text(&drawing->scratch,
                    cas_fixed_text(cell->value, drawing->shapes[column].decimals, number));
    drawing->failed |= drawing->scratch.failed;
    return drawing->scratch.failed ? "" : drawing->scratch.s;
}

static bool
drawing_init(struct drawing *drawing, const struct cas_table *table, escape_function *escape,
             struct casus_output *output)
{
    *drawing = (struct drawing){.table = table, .output = output, .escape = escape};
    cas_buffer_init(&drawing->scratch);
    cas_buffer_init(&drawing->line);
    drawing->shapes = cas_zalloc(table->column_count, sizeof *drawing->shapes);
    if (!drawing->shapes)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        drawing->shapes[i].decimals = column_decimals(table, i);
    return true;
}

static enum casus_status
drawing_done(struct drawing *drawing, struct casus_error *err)
{
    cas_free(drawing->shapes);
    cas_buffer_done(&drawing->scratch);
    cas_buffer_done(&drawing->line);
    return drawing->failed ? cas_fail_memory(err) : CASUS_OK;
}

/* --- text --------------------------------------------------------------------------------- */

static void
measure_columns(struct drawing *drawing)
{
    const struct cas_table *table = drawing->table;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t most = cas_width(table->columns[i].title, strlen(table->columns[i].title));
        for (size_t row = 0; row < cas_table_rows(table); row++) {
            const char *text = drawn(drawing, row, i);
            size_t width = cas_width(text, strlen(text));
            most = width > most ? width : most;
        }
        drawing->shapes[i].width = most;
    }
}

/* The widest column that may still be cut, or NULL. */
static struct shape *
widest_column(struct drawing *drawing)
{
    struct shape *widest = NULL;
    for (size_t i = 0; i < drawing->table->column_count; i++) {
        struct shape *shape = &drawing->shapes[i];
        if (!drawing->table->columns[i].number && shape->width > NARROWEST &&
            (!widest || shape->width > widest->width))
            widest = shape;
    }
    return widest;
}

static void
fit_columns(struct drawing *drawing, size_t width)
{
    size_t sum = INDENT;
    for (size_t i = 0; i < drawing->table->column_count; i++)
        sum += drawing->shapes[i].width + (i ? GAP : 0);
    struct shape *widest;
    while (sum > width && (widest = widest_column(drawing))) {
        size_t excess = sum - width, spare = widest->width - NARROWEST;
        size_t cut = excess > 8 ? excess / 4 : 1; /* in turns, so that two long columns share */
        cut = cut > spare ? spare : cut;
        widest->width -= cut;
        sum -= cut;
    }
}

static void
add_spaces(struct cas_buffer *line, size_t count)
{
    cas_buffer_printf(line, "%*s", (int)count, "");
}

static void
add_text_cell(struct drawing *drawing, size_t column, const char *text)
{
    bool number = drawing->table->columns[column].number;
    size_t room = drawing->shapes[column].width, n = strlen(text), width = cas_width(text, n);
    bool cut = width > room && !number;
    if (cut) {
        n = cas_width_cut(text, n, room - 1);
        width = cas_width(text, n) + 1;
    }
    size_t pad = room > width ? room - width : 0;
    add_spaces(&drawing->line, (column ? GAP : INDENT) + (number ? pad : 0));
    cas_buffer_add(&drawing->line, text, n);
    if (cut)
        cas_buffer_text(&drawing->line, "…");
    add_spaces(&drawing->line, number ? 0 : pad);
}

/* Writes the line without the spaces at its end, and empties it. */
static void
write_text_line(struct drawing *drawing)
{
    struct cas_buffer *line = &drawing->line;
    drawing->failed |= line->failed;
    size_t n = line->failed ? 0 : line->n;
    while (n && line->s[n - 1] == ' ')
        n--;
    casus_output_write(drawing->output, line->s, n);
    casus_output_write(drawing->output, "\n", 1);
    cas_buffer_clear(line);
}

static void
write_rule(struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->table->column_count; i++) {
        add_spaces(&drawing->line, i ? GAP : INDENT);
        for (size_t n = 0; n < drawing->shapes[i].width; n++)
            cas_buffer_text(&drawing->line, "─");
    }
    write_text_line(drawing);
}

static void
write_text(struct drawing *drawing, size_t width)
{
    const struct cas_table *table = drawing->table;
    measure_columns(drawing);
    fit_columns(drawing, width ? width : 80);
    for (size_t i = 0; i < table->column_count; i++)
        add_text_cell(drawing, i, table->columns[i].title);
    write_text_line(drawing);
    write_rule(drawing);
    for (size_t row = 0; row < cas_table_rows(table); row++) {
        for (size_t i = 0; i < table->column_count; i++)
            add_text_cell(drawing, i, drawn(drawing, row, i));
        write_text_line(drawing);
    }
}

/* --- Markdown ----------------------------------------------------------------------------- */

static void
write_markdown(struct drawing *drawing)
{
    const struct cas_table *table = drawing->table;
    for (size_t i = 0; i < table->column_count; i++)
        casus_output_printf(drawing->output, "| %s ", escaped(drawing, table->columns[i].title));
    casus_output_text(drawing->output, "|\n");
    for (size_t i = 0; i < table->column_count; i++)
        casus_output_text(drawing->output, table->columns[i].number ? "| ---: " : "| --- ");
    casus_output_text(drawing->output, "|\n");
    for (size_t row = 0; row < cas_table_rows(table); row++) {
        for (size_t i = 0; i < table->column_count; i++)
            casus_output_printf(drawing->output, "| %s ", drawn(drawing, row, i));
        casus_output_text(drawing->output, "|\n");
    }
}

/* --- HTML --------------------------------------------------------------------------------- */

static void
write_html_cell(struct drawing *drawing, size_t column, const char *text)
{
    bool number = drawing->table->columns[column].number;
    casus_output_printf(drawing->output,
                        number ? "<td class=\"n\">%s</td>" : "<td><bdi>%s</bdi></td>", text);
}

static void
write_html(struct drawing *drawing)
{
    const struct cas_table *table = drawing->table;
    casus_output_text(drawing->output, "<div class=\"table\"><table>\n<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++)
        casus_output_printf(drawing->output, "<th scope=\"col\"%s>%s</th>",
                            table->columns[i].number ? " class=\"n\"" : "",
                            escaped(drawing, table->columns[i].title));
    casus_output_text(drawing->output, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < cas_table_rows(table); row++) {
        casus_output_text(drawing->output, "<tr>");
        for (size_t i = 0; i < table->column_count; i++)
            write_html_cell(drawing, i, drawn(drawing, row, i));
        casus_output_text(drawing->output, "</tr>\n");
    }
    casus_output_text(drawing->output, "</tbody>\n</table></div>\n");
}

/* --- CSV ---------------------------------------------------------------------------------- */

static enum casus_status
write_csv(const struct cas_table *table, struct casus_output *output, struct casus_error *err)
{
    struct cas_csv csv;
    cas_csv_init(&csv, output);
    for (size_t i = 0; i < table->column_count; i++)
        cas_csv_text(&csv, table->columns[i].title);
    cas_csv_end_row(&csv);
    for (size_t row = 0; row < cas_table_rows(table); row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            const struct cas_cell *cell = cell_at(table, row, i);
            if (cell->number)
                cas_csv_number(&csv, cell->value);
            else
                cas_csv_text(&csv, table->texts.s + cell->text);
        }
        cas_csv_end_row(&csv);
    }
    return cas_csv_done(&csv, err);
}

enum casus_status
cas_table_write(const struct cas_table *table, enum casus_layout layout, uint32_t width,
                struct casus_output *output, struct casus_error *err)
{
    static escape_function *const escapes[] = {
        [CASUS_TEXT] = cas_escape_text,
        [CASUS_MARKDOWN] = cas_escape_markdown,
        [CASUS_HTML] = cas_escape_html,
    };
    assert(layout != CASUS_JSON);
    if (table->failed || table->texts.failed)
        return cas_fail_memory(err);
    assert(table->cell_count % table->column_count == 0);
    if (layout == CASUS_CSV)
        return write_csv(table, output, err);
    struct drawing drawing;
    if (!drawing_init(&drawing, table, escapes[layout], output))
        return cas_fail_memory(err);
    if (layout == CASUS_TEXT)
        write_text(&drawing, width);
    else if (layout == CASUS_MARKDOWN)
        write_markdown(&drawing);
    else
        write_html(&drawing);
    return drawing_done(&drawing, err);
}
