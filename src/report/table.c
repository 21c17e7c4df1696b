/* Small tables, drawn as text, Markdown, HTML or CSV. */
#include "report/table.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "actor/width.h"
#include "base/fault.h"
#include "report/csv.h"
#include "report/escape.h"
#include "report/format.h"
#include "report/spark.h"

enum { GAP = 2, INDENT = 2, NARROWEST = 12, NARROWEST_WRAPPED = 28 };

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
    cas_free(table->series);
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

void
cas_table_series(struct cas_table *table, const double *values, size_t count)
{
    size_t at = table->series_count;
    if (table->failed ||
        !cas_grow(&table->series, &table->series_room, at + count, sizeof *table->series)) {
        table->failed = true;
        return;
    }
    memcpy(table->series + at, values, count * sizeof *values);
    table->series_count += count;
    add_cell(table, (struct cas_cell){.text = at, .count = count});
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
    size_t width;       /* in text */
    size_t title_break; /* where the title's second line begins, or 0 */
};

struct drawing {
    const struct cas_table *table;
    struct casus_output *output;
    escape_function *escape;
    struct shape *shapes;
    size_t across; /* columns that stand side by side in text: all but one that stands below */
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

static const char *
sparked(struct drawing *drawing, const struct cas_cell *cell)
{
    const double *values = drawing->table->series + cell->text;
    cas_buffer_clear(&drawing->scratch);
    if (drawing->escape == cas_escape_html)
        cas_spark_svg(&drawing->scratch, values, cell->count);
    else
        cas_spark_text(&drawing->scratch, values, cell->count);
    drawing->failed |= drawing->scratch.failed;
    return drawing->scratch.failed || !drawing->scratch.s ? "" : drawing->scratch.s;
}

/* A cell as it is drawn; borrowed until the next one. */
static const char *
drawn(struct drawing *drawing, size_t row, size_t column)
{
    const struct cas_cell *cell = cell_at(drawing->table, row, column);
    if (cell->count)
        return sparked(drawing, cell);
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
    drawing->across = table->column_count;
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

static size_t
width_of(const char *text)
{
    return cas_width(text, strlen(text));
}

/* Where to break a title so that its wider line is as narrow as it can be; 0: nowhere. */
static size_t
best_break(const char *title)
{
    size_t best = 0, narrowest = width_of(title);
    for (size_t i = 1; title[i]; i++) {
        if (title[i - 1] != '-' && title[i - 1] != ' ')
            continue;
        size_t first = cas_width(title, i - (title[i - 1] == ' ')), second = width_of(title + i);
        size_t wider = first > second ? first : second;
        if (wider < narrowest) {
            best = i;
            narrowest = wider;
        }
    }
    return best;
}

/* Columns of the title as it stands: on one line, or broken. */
static size_t
title_width(const char *title, size_t title_break)
{
    size_t first = cas_width(title, title_break), second = width_of(title + title_break);
    if (title_break && title[title_break - 1] == ' ')
        first--;
    return first > second ? first : second;
}

static void
measure_column(struct drawing *drawing, size_t column)
{
    const struct cas_column *kind = &drawing->table->columns[column];
    struct shape *shape = &drawing->shapes[column];
    for (size_t row = 0; row < cas_table_rows(drawing->table); row++) {
        size_t width = width_of(drawn(drawing, row, column));
        shape->width = width > shape->width ? width : shape->width;
    }
    if (kind->number && width_of(kind->title) > shape->width)
        shape->title_break = best_break(kind->title);
    size_t title = title_width(kind->title, shape->title_break);
    shape->width = title > shape->width ? title : shape->width;
}

static size_t
narrowest(const struct cas_column *column)
{
    return column->wraps ? NARROWEST_WRAPPED : NARROWEST;
}

/* Numbers over time end with the newest: they are never cut. */
static bool
holds_series(const struct cas_table *table, size_t column)
{
    return cas_table_rows(table) && cell_at(table, 0, column)->count;
}

/* The column to take from: the wrapping one while it may shrink, then the widest that may be
 * cut; NULL where none is left. */
static struct shape *
column_to_narrow(struct drawing *drawing, size_t *out_spare)
{
    struct shape *found = NULL;
    for (size_t i = 0; i < drawing->across; i++) {
        const struct cas_column *kind = &drawing->table->columns[i];
        struct shape *shape = &drawing->shapes[i];
        if (kind->number || shape->width <= narrowest(kind) || holds_series(drawing->table, i))
            continue;
        if (found && !kind->wraps && shape->width <= found->width)
            continue;
        found = shape;
        *out_spare = shape->width - narrowest(kind);
        if (kind->wraps)
            break;
    }
    return found;
}

static size_t
width_across(const struct drawing *drawing)
{
    size_t sum = INDENT;
    for (size_t i = 0; i < drawing->across; i++)
        sum += drawing->shapes[i].width + (i ? GAP : 0);
    return sum;
}

/* Whether the wrapping last column leaves too little room to the others. */
static bool
belongs_below(const struct drawing *drawing, size_t width)
{
    size_t last = drawing->table->column_count - 1;
    const struct cas_column *kind = &drawing->table->columns[last];
    size_t own = drawing->shapes[last].width;
    size_t spare = own > narrowest(kind) ? own - narrowest(kind) : 0;
    return kind->wraps && last > 0 && width_across(drawing) > width + spare;
}

static void
fit_columns(struct drawing *drawing, size_t width)
{
    size_t spare = 0;
    struct shape *shape;
    if (belongs_below(drawing, width))
        drawing->across--;
    size_t sum = width_across(drawing);
    while (sum > width && (shape = column_to_narrow(drawing, &spare))) {
        size_t excess = sum - width;
        size_t cut = excess > 8 ? excess / 4 : 1; /* in turns, so that two long columns share */
        cut = cut > spare ? spare : cut;
        shape->width -= cut;
        sum -= cut;
    }
}

static void
add_spaces(struct cas_buffer *line, size_t count)
{
    cas_buffer_printf(line, "%*s", (int)count, "");
}

/* Bytes of the text that stand on one line of a wrapping column: whole words where one fits. */
static size_t
line_of(const char *text, size_t room)
{
    size_t n = strlen(text), most = cas_width_cut(text, n, room), end = most;
    if (most == n || text[most] == ' ')
        return most;
    while (end && text[end] != ' ')
        end--;
    return end ? end : most ? most : cas_utf8_length(text, text + n);
}

static void
add_text_cell(struct drawing *drawing, size_t column, const char *text)
{
    const struct cas_column *kind = &drawing->table->columns[column];
    size_t room = drawing->shapes[column].width;
    size_t n = kind->wraps ? line_of(text, room) : strlen(text), width = cas_width(text, n);
    bool cut = width > room && !kind->number;
    if (cut) {
        n = cas_width_cut(text, n, room - 1);
        width = cas_width(text, n) + 1;
    }
    size_t pad = room > width ? room - width : 0;
    add_spaces(&drawing->line, (column ? GAP : INDENT) + (kind->number ? pad : 0));
    cas_buffer_add(&drawing->line, text, n);
    if (cut)
        cas_buffer_text(&drawing->line, "…");
    add_spaces(&drawing->line, kind->number ? 0 : pad);
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
    cas_write_unglued(drawing->output, line->s, n);
    casus_output_write(drawing->output, "\n", 1);
    cas_buffer_clear(line);
}

static void
write_rule(struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->across; i++) {
        add_spaces(&drawing->line, i ? GAP : INDENT);
        for (size_t n = 0; n < drawing->shapes[i].width; n++)
            cas_buffer_text(&drawing->line, "─");
    }
    write_text_line(drawing);
}

/* One line of titles: the first halves of those that are broken, or the rest. */
static void
write_titles(struct drawing *drawing, bool first)
{
    char half[64];
    for (size_t i = 0; i < drawing->across; i++) {
        const char *title = drawing->table->columns[i].title;
        size_t at = drawing->shapes[i].title_break;
        size_t length = at && title[at - 1] == ' ' ? at - 1 : at;
        snprintf(half, sizeof half, "%.*s", (int)length, title);
        add_text_cell(drawing, i, first ? half : title + at);
    }
    write_text_line(drawing);
}

static bool
has_broken_title(const struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->across; i++) {
        if (drawing->shapes[i].title_break)
            return true;
    }
    return false;
}

/* Writes a text in lines of `room` columns, each `left` columns from the edge. */
static void
write_lines(struct drawing *drawing, const char *text, size_t left, size_t room)
{
    while (*(text += strspn(text, " "))) {
        size_t n = line_of(text, room);
        add_spaces(&drawing->line, left);
        cas_buffer_add(&drawing->line, text, n);
        write_text_line(drawing);
        text += n;
    }
}

/* The columns before the `column`-th, gaps included. */
static size_t
left_of(const struct drawing *drawing, size_t column)
{
    size_t left = INDENT;
    for (size_t i = 0; i < column; i++)
        left += drawing->shapes[i].width + GAP;
    return left;
}

/* What of a wrapping last column did not fit on the row's own line. */
static void
write_rest(struct drawing *drawing, size_t row)
{
    size_t last = drawing->across - 1, room = drawing->shapes[last].width;
    const char *text = drawn(drawing, row, last);
    write_lines(drawing, text + line_of(text, room), left_of(drawing, last), room);
}

/* The last column, after its title, below the first column of text. */
static void
write_below(struct drawing *drawing, size_t row, size_t width)
{
    size_t first = drawing->table->columns[0].number ? 1 : 0;
    size_t left = left_of(drawing, first) + (first ? 0 : GAP);
    const char *text = drawn(drawing, row, drawing->across);
    struct cas_buffer words;
    if (!*text)
        return;
    cas_buffer_init(&words);
    cas_buffer_printf(&words, "%s: %s", drawing->table->columns[drawing->across].title, text);
    drawing->failed |= words.failed;
    if (!words.failed)
        write_lines(drawing, words.s, left, width > left + NARROWEST ? width - left : NARROWEST);
    cas_buffer_done(&words);
}

static void
write_text_row(struct drawing *drawing, size_t row, size_t width)
{
    for (size_t i = 0; i < drawing->across; i++)
        add_text_cell(drawing, i, drawn(drawing, row, i));
    write_text_line(drawing);
    if (drawing->across < drawing->table->column_count)
        write_below(drawing, row, width);
    else if (drawing->table->columns[drawing->across - 1].wraps)
        write_rest(drawing, row);
}

static void
write_text(struct drawing *drawing, size_t width)
{
    for (size_t i = 0; i < drawing->table->column_count; i++)
        measure_column(drawing, i);
    fit_columns(drawing, width);
    if (has_broken_title(drawing))
        write_titles(drawing, true);
    write_titles(drawing, false);
    write_rule(drawing);
    for (size_t row = 0; row < cas_table_rows(drawing->table); row++)
        write_text_row(drawing, row, width);
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

static void
write_csv_series(struct cas_csv *csv, const double *values, size_t count)
{
    struct cas_buffer text;
    char number[32];
    cas_buffer_init(&text);
    for (size_t i = 0; i < count; i++)
        cas_buffer_printf(&text, "%s%s", i ? "|" : "",
                          isnan(values[i]) ? "" : cas_number_text(values[i], number));
    csv->failed |= text.failed;
    cas_csv_text(csv, text.failed ? NULL : text.s);
    cas_buffer_done(&text);
}

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
            if (cell->count)
                write_csv_series(&csv, table->series + cell->text, cell->count);
            else if (cell->number)
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
        write_text(&drawing, width ? width : 80);
    else if (layout == CASUS_MARKDOWN)
        write_markdown(&drawing);
    else
        write_html(&drawing);
    return drawing_done(&drawing, err);
}
