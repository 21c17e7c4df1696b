/* Title above, legend at the right or below, caption at the foot. Widths of texts are estimates
 * on the safe side: the font of who looks at the picture is not known here. */
#include "draw/place.h"

#include <math.h>

#include "draw/label.h"

#define GAP          22.0
#define ROW          18.0
#define SAMPLE       38.0
#define LEGEND_SIZE  10.0
#define CAPTION_SIZE 9.5
#define TITLE_SIZE   17.0
#define LEADING      1.2
#define EM           0.54 /* width of a character to the size of its font, on average, with room */
#define LEAST_WIDTH  420.0
#define TEXTS        100.0 /* height of title and caption, about */
#define WISHED       1.6
#define COMMON       1100.0 /* side of a square of the size up to which nothing is enlarged */
#define SCALE_MOST   5.0

struct placing {
    struct cas_diagram *diagram;
    struct cas_pieces *out;
    struct cas_buffer buffer;
    double width, height; /* of picture and legend */
    double top, bottom;   /* of what is placed so far */
    bool failed;
};

static struct cas_piece *
add(struct placing *placing, enum cas_piece_of of)
{
    struct cas_piece *piece = &placing->out->at[placing->out->count++];
    *piece = (struct cas_piece){.of = of, .pen = 1, .kind = CASUS_NONE};
    return piece;
}

static unsigned
count_lines(const char *label)
{
    unsigned lines = 0;
    for (const char *s = strstr(label, "\\l"); s; s = strstr(s + 2, "\\l"))
        lines++;
    return lines;
}

/* A text whose left upper corner is (left, top). @return its height */
static double
add_text(struct placing *placing, double left, double top, double width, double size,
         const char *text)
{
    unsigned columns = (unsigned)fmax(width / (size * EM), 8);
    cas_label_wrap(&placing->buffer, text, columns, 4, "\\l");
    cas_buffer_text(&placing->buffer, "\\l");
    const char *label = cas_diagram_keep(placing->diagram, &placing->buffer);
    if (!label) {
        placing->failed = true;
        return 0;
    }
    struct cas_piece *piece = add(placing, CAS_PIECE_TEXT);
    piece->text = label;
    piece->colour = placing->diagram->theme->text;
    piece->size = size;
    piece->width = width;
    piece->height = count_lines(label) * size * LEADING;
    piece->x = left + width / 2;
    piece->y = top - piece->height / 2;
    return piece->height;
}

static struct cas_piece *
add_shape(struct placing *placing, double x, double y, double width, double height)
{
    struct cas_piece *piece = add(placing, CAS_PIECE_SHAPE);
    piece->x = x;
    piece->y = y;
    piece->width = width;
    piece->height = height;
    piece->colour = placing->diagram->theme->border;
    return piece;
}

static void
add_box_sample(struct placing *placing, double x, double y)
{
    static const struct cas_shape outer = {.shape = "box", .style = "rounded"};
    static const struct cas_shape inner = {.shape = "box", .style = ""};
    struct cas_piece *box = add_shape(placing, x, y, SAMPLE, 15);
    box->shape = &outer;
    box->fill = placing->diagram->theme->boxes[0];
    struct cas_piece *actor = add_shape(placing, x - 9, y, 13, 8);
    actor->shape = &inner;
    actor->fill = placing->diagram->theme->plain;
    actor->pen = 2;
}

static void
add_line_sample(struct placing *placing, const struct cas_entry *entry, double x, double y)
{
    struct cas_piece *line = add(placing, CAS_PIECE_LINE);
    line->x = x;
    line->y = y;
    line->width = SAMPLE;
    line->stroke = entry->stroke;
    line->headless = entry->headless;
    line->colour = entry->colour;
    line->head = entry->head;
    line->pen = entry->width;
}

static void
add_sample(struct placing *placing, const struct cas_entry *entry, double left, double y)
{
    double x = left + SAMPLE / 2;
    struct cas_piece *shape;
    switch (entry->of) {
    case CAS_ENTRY_HEAD: break;
    case CAS_ENTRY_SHAPE:
        shape = add_shape(placing, x, y, SAMPLE - 4 - 2 * entry->shape->rim,
                          14 - 2 * entry->shape->rim);
        shape->shape = entry->shape;
        shape->fill = entry->fill;
        shape->kind = entry->kind;
        break;
    case CAS_ENTRY_LINE: add_line_sample(placing, entry, x, y); break;
    case CAS_ENTRY_BOX: add_box_sample(placing, x, y); break;
    case CAS_ENTRY_MARK:
        if (*entry->mark)
            add_text(placing, x - 8, y + LEGEND_SIZE * LEADING / 2, 24, LEGEND_SIZE, entry->mark);
        break;
    }
}

static double
entry_width(const struct cas_diagram *diagram)
{
    size_t longest = 10;
    for (uint32_t i = 0; i < diagram->entry_count; i++) {
        const char *text = diagram->entries[i].text;
        size_t n = cas_utf8_count(text, strlen(text));
        longest = n > longest ? n : longest;
    }
    return (double)(longest + 1) * LEGEND_SIZE * EM;
}

static void
add_entry(struct placing *placing, const struct cas_entry *entry, double left, double y,
          double width)
{
    double top = y + LEGEND_SIZE * LEADING / 2;
    bool head = entry->of == CAS_ENTRY_HEAD;
    top -= head ? 3 : 0;
    add_sample(placing, entry, left, y);
    uint32_t before = placing->out->count;
    add_text(placing, head ? left : left + SAMPLE + 8, top, width, LEGEND_SIZE, entry->text);
    if (head && placing->out->count > before)
        placing->out->at[before].colour = placing->diagram->theme->faint;
}

/* Rows of `rows` entries in columns, from (left, top) down; no heading ends a column. @return the
 * width */
static double
add_legend(struct placing *placing, double left, double top, uint32_t rows)
{
    const struct cas_diagram *diagram = placing->diagram;
    double width = entry_width(diagram), step = SAMPLE + 8 + width + GAP / 2;
    uint32_t slot = 0, lowest = 0;
    for (uint32_t i = 0; i < diagram->entry_count; i++, slot++) {
        if (diagram->entries[i].of == CAS_ENTRY_HEAD && rows > 1 && slot % rows == rows - 1)
            slot++;
        add_entry(placing, &diagram->entries[i], left + step * (slot / rows),
                  top - ROW * (slot % rows + 0.5), width);
        lowest = slot % rows > lowest ? slot % rows : lowest;
    }
    placing->bottom = fmin(placing->bottom, top - ROW * (lowest + 1));
    return step * ((slot - 1) / rows + 1) - GAP / 2;
}

static double
off_wish(double width, double height)
{
    return fabs(log(width / height / WISHED));
}

static void
place_legend(struct placing *placing, double width, double height)
{
    uint32_t count = placing->diagram->entry_count;
    if (count == 0)
        return;
    double step = SAMPLE + 8 + entry_width(placing->diagram) + GAP / 2;
    uint32_t columns = (uint32_t)fmin(fmax(width / step, 1), 5);
    uint32_t rows = (count + columns - 1) / columns;
    double right = off_wish(width + GAP + step, fmax(height, ROW * count) + TEXTS);
    if (right <= off_wish(fmax(width, step), height + GAP + ROW * rows + TEXTS)) {
        placing->width += GAP + add_legend(placing, width + GAP, height, count);
        return;
    }
    double used = add_legend(placing, 0, -GAP, rows);
    placing->width = fmax(placing->width, used);
}

static void
place_texts(struct placing *placing)
{
    const struct cas_diagram *diagram = placing->diagram;
    double width = fmax(placing->width, LEAST_WIDTH);
    double bottom = placing->bottom - GAP * 0.8, above = placing->out->count;
    double height = add_text(placing, 0, 0, width, TITLE_SIZE, diagram->title);
    if (!placing->failed)
        placing->out->at[(uint32_t)above].y = placing->top + GAP * 0.8 + height / 2;
    for (uint32_t i = 0; i < diagram->caption_count && !placing->failed; i++) {
        struct cas_piece *line = &placing->out->at[placing->out->count];
        bottom -= add_text(placing, 0, bottom, width, CAPTION_SIZE, diagram->caption[i]) + 2;
        line->colour = diagram->theme->faint;
    }
}

/* Around a large picture everything is larger, so that it can be read where the picture is seen
 * whole. */
static void
enlarge(struct cas_pieces *pieces, double scale)
{
    for (uint32_t i = 0; i < pieces->count; i++) {
        struct cas_piece *piece = &pieces->at[i];
        piece->x *= scale;
        piece->y *= scale;
        piece->width *= scale;
        piece->height *= scale;
        piece->size *= scale;
        piece->pen *= scale;
        piece->scale = scale;
    }
}

bool
cas_place(struct cas_diagram *diagram, double width, double height, struct cas_pieces *out)
{
    size_t most = 3 * (size_t)diagram->entry_count + CAS_CAPTION_LINES + 1;
    *out = (struct cas_pieces){.at = cas_arena_alloc(&diagram->arena, most * sizeof(*out->at))};
    if (!out->at)
        return false;
    double scale = fmin(fmax(sqrt(width * height) / COMMON, 1), SCALE_MOST);
    width /= scale;
    height /= scale;
    struct placing placing = {diagram, out, {0}, width, height, height, 0, false};
    place_legend(&placing, width, height);
    place_texts(&placing);
    cas_buffer_done(&placing.buffer);
    enlarge(out, scale);
    return !placing.failed;
}
