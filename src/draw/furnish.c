/* Title, legend and caption, as nodes and edges of the graph. Their names begin with '_',
 * followed by what no key of an actor has behind it (label.h). */
#include "draw/agraph.h"

#include <stdio.h>
#include <stdlib.h>

#include "draw/icon.h"
#include "draw/label.h"
#include "draw/place.h"

#define LEGEND_ICON 9.0    /* points */
#define DPI         144.0  /* of PNG */
#define PIXELS_MOST 6000.0 /* of its longer side, about */

static void
name_piece(char out[CAS_NUMBER], uint32_t index, const char *end)
{
    snprintf(out, CAS_NUMBER, "_legend%u%s", index, end);
}

static Agnode_t *
add_unseen(Agraph_t *graph, uint32_t index, const char *end)
{
    char name[CAS_NUMBER];
    name_piece(name, index, end);
    Agnode_t *node = agnode(graph, name, 1);
    cas_agraph_set(node, "label", "");
    cas_agraph_set(node, "shape", "point");
    cas_agraph_set(node, "style", "invis");
    cas_agraph_set(node, "width", "0.01");
    cas_agraph_set(node, "height", "0.01");
    return node;
}

static void
set_line(void *edge, const struct cas_piece *line)
{
    cas_agraph_set_stroke(edge, line->stroke, line->colour, line->pen);
    cas_agraph_set_head(edge, line->head, line->headless, false);
}

/* A line drawn where it is told to be; Graphviz adds the head, so the line ends before it. */
static void
add_line_piece(struct cas_drawer *drawer, uint32_t index, const struct cas_piece *piece)
{
    char pos[8 * CAS_NUMBER];
    double y = piece->y, left = piece->x - piece->width / 2, right = left + piece->width;
    double end = piece->headless ? right : right - 8 * piece->scale;
    Agnode_t *from = add_unseen(drawer->graph, index, "a");
    Agnode_t *to = add_unseen(drawer->graph, index, "b");
    cas_agraph_set_place(from, left, y);
    cas_agraph_set_place(to, right, y);
    Agedge_t *edge = agedge(drawer->graph, from, to, NULL, 1);
    int n = piece->headless ? 0 : snprintf(pos, sizeof(pos), "e,%.2f,%.2f ", right, y);
    snprintf(pos + n, sizeof(pos) - (size_t)n, "%.2f,%.2f %.2f,%.2f %.2f,%.2f %.2f,%.2f", left, y,
             left + (end - left) / 3, y, left + (end - left) * 2 / 3, y, end, y);
    cas_agraph_set(edge, "pos", pos);
    cas_agraph_set(edge, "class", "legend");
    set_line(edge, piece);
    cas_agraph_set_number(edge, "arrowsize", 0.75); /* grows with the pen */
}

static void
add_node_piece(struct cas_drawer *drawer, uint32_t index, const struct cas_piece *piece)
{
    char name[CAS_NUMBER];
    name_piece(name, index, "");
    Agnode_t *node = agnode(drawer->graph, name, 1);
    cas_agraph_set_place(node, piece->x, piece->y);
    cas_agraph_set(node, "class", "legend");
    cas_agraph_set(node, "margin", "0");
    cas_agraph_set_number(node, "width", piece->width / 72);
    cas_agraph_set_number(node, "height", piece->height / 72);
    cas_agraph_set_number(node, "penwidth", piece->pen);
    if (piece->of == CAS_PIECE_SHAPE) {
        cas_agraph_set(node, "label", "");
        cas_agraph_set(node, "fixedsize", "true");
        cas_agraph_set_shape(node, piece->shape, piece->fill);
        cas_agraph_set(node, "color", piece->colour);
        if (piece->kind != CASUS_NONE)
            cas_agraph_add_icon(node, piece->kind, piece->x, piece->y, LEGEND_ICON * piece->scale,
                                drawer->diagram->theme->ink);
        return;
    }
    cas_agraph_set(node, "shape", "plaintext");
    cas_agraph_set(node, "style", "");
    cas_agraph_set(node, "label", piece->text);
    cas_agraph_set(node, "fontcolor", piece->colour);
    cas_agraph_set_number(node, "fontsize", piece->size);
}

void
cas_agraph_add_icon(Agnode_t *node, uint32_t kind, double x, double y, double size,
                    const char *colour)
{
    struct cas_buffer course;
    cas_buffer_init(&course);
    cas_icon_write(&course, kind, x, y, size);
    if (!course.failed) {
        Agedge_t *edge = agedge(agraphof(node), node, node, NULL, 1);
        cas_agraph_set(edge, "pos", course.s);
        cas_agraph_set(edge, "dir", "none");
        cas_agraph_set(edge, "color", colour);
        cas_agraph_set(edge, "class", "icon");
        cas_agraph_set(edge, "penwidth", "1");
    }
    cas_buffer_done(&course);
}

/* Sharp on a page, and never more than a screen or a printer can take. */
static void
set_resolution(struct cas_drawer *drawer, const struct cas_pieces *pieces, double width,
               double height)
{
    double longest = width > height ? width : height;
    for (uint32_t i = 0; i < pieces->count; i++) {
        double right = pieces->at[i].x + pieces->at[i].width / 2;
        longest = right > longest ? right : longest;
    }
    double dpi = PIXELS_MOST * 72 / longest;
    cas_agraph_set_number(drawer->graph, "dpi", dpi < DPI ? dpi : DPI);
}

/* Title, legend and caption around what is laid out. */
bool
cas_agraph_furnish(struct cas_drawer *drawer, double width, double height)
{
    struct cas_pieces pieces;
    if (!cas_place(drawer->diagram, width, height, &pieces))
        return false;
    if (drawer->picture == CASUS_PNG)
        set_resolution(drawer, &pieces, width, height);
    for (uint32_t i = 0; i < pieces.count; i++) {
        if (pieces.at[i].of == CAS_PIECE_LINE)
            add_line_piece(drawer, i, &pieces.at[i]);
        else
            add_node_piece(drawer, i, &pieces.at[i]);
    }
    return true;
}

/* The legend of a graph that others lay out: a box of its own. */
static void
add_legend_row(struct cas_drawer *drawer, Agraph_t *box, uint32_t index)
{
    const struct cas_entry *entry = &drawer->diagram->entries[index];
    char name[CAS_NUMBER];
    name_piece(name, index, "");
    Agnode_t *node = agnode(box, name, 1);
    cas_agraph_set(node, "class", "legend");
    cas_agraph_set(node, "shape", "plaintext");
    cas_agraph_set(node, "style", "");
    cas_agraph_set(node, "label", entry->text);
    if (entry->of == CAS_ENTRY_SHAPE)
        cas_agraph_set_shape(node, entry->shape, entry->fill);
    if (entry->of == CAS_ENTRY_BOX)
        cas_agraph_set(node, "label", "box: an actor (bold edge) and its parts");
    if (entry->of != CAS_ENTRY_LINE)
        return;
    Agnode_t *begin = add_unseen(box, index, "a");
    Agedge_t *edge = agedge(box, begin, node, NULL, 1);
    set_line(edge, &(struct cas_piece){.stroke = entry->stroke,
                                       .colour = entry->colour,
                                       .head = entry->head,
                                       .pen = entry->width,
                                       .headless = entry->headless});
}

static void
add_caption_line(struct cas_buffer *out, const char *line)
{
    cas_label_wrap(out, line, 110, 4, "\\l");
    cas_buffer_text(out, "\\l");
}

/* Title and caption stand on the legend's box: on the graph, each box of it would inherit them. */
static void
set_caption(const struct cas_diagram *diagram, Agraph_t *box)
{
    struct cas_buffer text;
    cas_buffer_init(&text);
    add_caption_line(&text, diagram->title);
    for (uint32_t i = 0; i < diagram->caption_count; i++)
        add_caption_line(&text, diagram->caption[i]);
    cas_agraph_set(box, "label", text.failed ? "" : text.s);
    cas_agraph_set(box, "labeljust", "l");
    cas_buffer_done(&text);
}

void
cas_agraph_add_legend(struct cas_drawer *drawer)
{
    Agraph_t *box = agsubg(drawer->graph, (char *)"cluster__legend", 1);
    cas_agraph_set(box, "class", "legend");
    cas_agraph_set(box, "color", drawer->diagram->theme->faint);
    set_caption(drawer->diagram, box);
    add_unseen(box, drawer->diagram->entry_count, "a"); /* an empty box would not be drawn */
    for (uint32_t i = 0; i < drawer->diagram->entry_count; i++)
        add_legend_row(drawer, box, i);
}
