/* The one border with cgraph and gvc.
 *
 * Rules: everything of Graphviz happens in a child (child.h), since it ends the process where
 * memory fails and hangs where a graph is unkind; its char * parameters are cast here and nowhere
 * else; what it is given was made fit by label.h. A picture is made in two passes: the engine
 * places actors and ties, then title, legend and caption are put around them and the engine
 * "nop2" draws everything where it stands.
 */
#include "draw/graphviz.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "draw/child.h"
#include "draw/count.h"
#include "draw/label.h"
#include "draw/place.h"

#define FONT      "Arial"
#define MEMORY    ((size_t)2 << 30) /* for Graphviz, beyond what the process has */
#define MANY_TIES 400 /* more are drawn as straight lines: routing them takes minutes */
#define WISHED    1.4 /* width to height, without the legend */
#define STRIP     0.7 /* natural logarithm of how far off that is too far */
#define PNG_DPI   "144"
#define NUMBER    32

struct drawer {
    struct cas_diagram *diagram;
    const char *engine;
    enum casus_picture picture;
    GVC_t *context;
    Agraph_t *graph;
    Agnode_t **nodes;
    Agraph_t **boxes;
    double *layers; /* where actors stood along the layers of an earlier layout, else 0 */
};

/* What the child sends ahead of the picture. */
struct reply {
    uint64_t size;
};

static void
set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)name, (char *)value, (char *)"");
}

static void
set_number(void *object, const char *name, double value)
{
    char text[NUMBER];
    snprintf(text, sizeof(text), "%.2f", value);
    set(object, name, text);
}

static void
set_id(void *object, const char *prefix, const char *key)
{
    size_t n = strlen(prefix) + strlen(key) + 1;
    char *id = malloc(n);
    if (!id)
        abort(); /* in the child: the parent reads it as what it is */
    snprintf(id, n, "%s%s", prefix, key);
    set(object, "id", id);
    free(id);
}

static void
declare(Agraph_t *graph, int kind, const char *const pairs[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        agattr(graph, kind, (char *)pairs[i][0], (char *)pairs[i][1]);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void
declare_defaults(const struct drawer *drawer, const char *rankdir)
{
    const struct cas_theme *theme = drawer->diagram->theme;
    bool straight = !drawer->diagram->boxed || drawer->diagram->tie_count > MANY_TIES;
    const char *splines = straight ? "line" : "true";
    const char *const graph[][2] = {
        {"bgcolor", theme->paper},
        {"charset", "UTF-8"},
        {"fontname", FONT},
        {"K", "0.3"},
        {"nodesep", "0.16"},
        {"outputorder", "edgesfirst"},
        {"repulsiveforce", "2"},
        {"overlap", "prism"},
        {"overlap_scaling", "-2"},
        {"pad", "0.2"},
        {"rankdir", rankdir},
        {"ranksep", "0.65"},
        {"remincross", "true"},
        {"sep", "+7"},
        {"splines", splines},
        {"start", "1"},
        {"dpi", drawer->picture == CASUS_PNG ? PNG_DPI : ""},
    };
    const char *const node[][2] = {
        {"color", theme->border}, {"fontcolor", theme->ink}, {"fontname", FONT},
        {"fontsize", "11"},       {"height", "0.34"},        {"label", ""},
        {"margin", "0.11,0.06"},  {"penwidth", "1"},         {"style", "filled"},
    };
    const char *const edge[][2] = {
        {"arrowsize", "0.75"},
        {"fontname", FONT},
        {"fontsize", "9.5"},
    };
    declare(drawer->graph, AGRAPH, graph, COUNT(graph));
    declare(drawer->graph, AGNODE, node, COUNT(node));
    declare(drawer->graph, AGEDGE, edge, COUNT(edge));
}

static void
set_shape(void *node, const struct cas_shape *shape, const char *fill)
{
    char style[NUMBER];
    snprintf(style, sizeof(style), "filled%s%s", *shape->style ? "," : "", shape->style);
    set(node, "shape", shape->shape);
    set(node, "style", style);
    set(node, "fillcolor", fill);
    if (shape->margin)
        set(node, "margin", shape->margin);
}

static unsigned
box_depth(const struct cas_diagram *diagram, uint32_t actor)
{
    unsigned depth = 0;
    for (; diagram->actors[actor].box != CASUS_NONE; depth++)
        actor = diagram->actors[actor].box;
    return depth;
}

static Agraph_t *
make_box(struct drawer *drawer, Agraph_t *outer, uint32_t actor)
{
    const struct cas_diagram *diagram = drawer->diagram;
    const struct cas_drawn_actor *head = &diagram->actors[actor];
    size_t n = strlen(head->key) + sizeof("cluster_");
    char *name = malloc(n);
    if (!name)
        abort();
    snprintf(name, n, "cluster_%s", head->key);
    Agraph_t *box = agsubg(outer, name, 1);
    free(name);
    unsigned depth = box_depth(diagram, actor);
    set(box, "style", "rounded,filled");
    set(box, "color", "#8c8c8c");
    set(box, "fillcolor", diagram->theme->boxes[depth < CAS_BOX_FILLS ? depth : CAS_BOX_FILLS - 1]);
    set(box, "margin", "9");
    set_id(box, "box-", head->key);
    set(box, "class", "box");
    return box;
}

/* The box in which an actor stands, made with those around it; without recursion, as the depth of
 * nesting is the input's choice. */
static Agraph_t *
box_for(struct drawer *drawer, uint32_t actor)
{
    const struct cas_drawn_actor *actors = drawer->diagram->actors;
    uint32_t at = actors[actor].parts ? actor : actors[actor].box;
    while (at != CASUS_NONE && !drawer->boxes[at]) {
        uint32_t outermost = at;
        while (actors[outermost].box != CASUS_NONE && !drawer->boxes[actors[outermost].box])
            outermost = actors[outermost].box;
        uint32_t outer = actors[outermost].box;
        drawer->boxes[outermost] =
            make_box(drawer, outer == CASUS_NONE ? drawer->graph : drawer->boxes[outer], outermost);
    }
    return at == CASUS_NONE ? drawer->graph : drawer->boxes[at];
}

static void
add_actor(struct drawer *drawer, uint32_t index)
{
    const struct cas_drawn_actor *actor = &drawer->diagram->actors[index];
    Agraph_t *box = drawer->diagram->boxed ? box_for(drawer, index) : drawer->graph;
    Agnode_t *node = agnode(box, (char *)actor->key, 1);
    set(node, "label", actor->label);
    set_shape(node, actor->shape, actor->fill);
    set_id(node, "actor-", actor->key);
    set(node, "class", actor->classes);
    if (actor->parts && drawer->diagram->boxed)
        set(node, "penwidth", "2.2");
    drawer->nodes[index] = node;
}

static void
set_stroke(void *edge, const struct cas_stroke *stroke, bool weak, double width)
{
    set(edge, "color", weak ? stroke->weak : stroke->colour);
    set(edge, "fontcolor", stroke->text);
    set(edge, "style", stroke->style);
    set_number(edge, "penwidth", width);
}

static void
set_head(void *edge, const struct cas_stroke *stroke, bool headless, bool backwards)
{
    if (headless) {
        set(edge, "dir", "none");
        return;
    }
    if (backwards)
        set(edge, "dir", "back");
    set(edge, backwards ? "arrowtail" : "arrowhead", stroke->head);
}

/* A tie that had no say in the layers is routed well only if it runs along with them: once they
 * are known it is turned around where need be, its head with it. */
static void
add_tie(struct drawer *drawer, uint32_t index)
{
    const struct cas_drawn_tie *tie = &drawer->diagram->ties[index];
    char name[NUMBER];
    double from = drawer->layers[tie->from], to = drawer->layers[tie->to];
    bool backwards = !tie->ranked && from > to;
    Agnode_t *tail = drawer->nodes[backwards ? tie->to : tie->from];
    Agnode_t *head = drawer->nodes[backwards ? tie->from : tie->to];
    snprintf(name, sizeof(name), "_tie%u", index);
    bool dot = drawer->picture == CASUS_DOT;
    Agedge_t *edge = agedge(drawer->graph, tail, head, dot ? NULL : name, 1);
    set_stroke(edge, tie->stroke, tie->weak, tie->width);
    set_head(edge, tie->stroke, tie->headless, backwards);
    set_id(edge, "tie-", tie->key);
    set(edge, "class", tie->classes);
    if (dot && *tie->label)
        set(edge, "label", tie->label);
    set(edge, "weight", tie->contact ? "3" : "1");
    if (!tie->ranked && from == to)
        set(edge, "constraint", "false");
}

/* Unseen: keeps parts in the layer of what they are part of, and near it in other layouts. */
static void
bind_part(struct drawer *drawer, uint32_t index)
{
    const struct cas_drawn_actor *part = &drawer->diagram->actors[index];
    if (part->box == CASUS_NONE)
        return;
    bool both = part->contact && drawer->diagram->actors[part->box].contact;
    Agedge_t *edge = agedge(drawer->graph, drawer->nodes[part->box], drawer->nodes[index], NULL, 1);
    set(edge, "style", "invis");
    set(edge, "weight", both ? "1" : "2");
    set(edge, "minlen", "0");
}

static void
build_graph(struct drawer *drawer, const char *rankdir)
{
    const struct cas_diagram *diagram = drawer->diagram;
    drawer->graph = agopen((char *)"casus", Agdirected, NULL);
    declare_defaults(drawer, rankdir);
    set(drawer->graph, "id", "diagram");
    memset(drawer->boxes, 0, diagram->actor_count * sizeof(*drawer->boxes));
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        add_actor(drawer, i);
    for (uint32_t i = 0; i < diagram->actor_count; i++)
        bind_part(drawer, i);
    for (uint32_t i = 0; i < diagram->tie_count; i++)
        add_tie(drawer, i);
}

static Agedge_t *
find_tie(struct drawer *drawer, uint32_t index)
{
    const struct cas_drawn_tie *tie = &drawer->diagram->ties[index];
    Agnode_t *from = drawer->nodes[tie->from], *to = drawer->nodes[tie->to];
    char name[NUMBER];
    snprintf(name, sizeof(name), "_tie%u", index);
    Agedge_t *edge = agedge(drawer->graph, from, to, name, 0);
    return edge ? edge : agedge(drawer->graph, to, from, name, 0);
}

static void
name_piece(char out[NUMBER], uint32_t index, const char *end)
{
    snprintf(out, NUMBER, "_legend%u%s", index, end);
}

static void
set_place(void *node, double x, double y)
{
    char pos[2 * NUMBER];
    snprintf(pos, sizeof(pos), "%.2f,%.2f", x, y);
    set(node, "pos", pos);
}

static Agnode_t *
add_unseen(Agraph_t *graph, uint32_t index, const char *end)
{
    char name[NUMBER];
    name_piece(name, index, end);
    Agnode_t *node = agnode(graph, name, 1);
    set(node, "label", "");
    set(node, "shape", "point");
    set(node, "style", "invis");
    set(node, "width", "0.01");
    set(node, "height", "0.01");
    return node;
}

/* A line drawn where it is told to be; Graphviz adds the head, so the line ends before it. */
static void
add_line_piece(struct drawer *drawer, uint32_t index, const struct cas_piece *piece)
{
    char pos[8 * NUMBER];
    double y = piece->y, left = piece->x - piece->width / 2, right = left + piece->width;
    double end = piece->headless ? right : right - 8;
    Agnode_t *from = add_unseen(drawer->graph, index, "a");
    Agnode_t *to = add_unseen(drawer->graph, index, "b");
    set_place(from, left, y);
    set_place(to, right, y);
    Agedge_t *edge = agedge(drawer->graph, from, to, NULL, 1);
    int n = piece->headless ? 0 : snprintf(pos, sizeof(pos), "e,%.2f,%.2f ", right, y);
    snprintf(pos + n, sizeof(pos) - (size_t)n, "%.2f,%.2f %.2f,%.2f %.2f,%.2f %.2f,%.2f", left, y,
             left + (end - left) / 3, y, left + (end - left) * 2 / 3, y, end, y);
    set(edge, "pos", pos);
    set(edge, "class", "legend");
    set_stroke(edge, piece->stroke, piece->weak, piece->pen);
    set_head(edge, piece->stroke, piece->headless, false);
}

static void
add_node_piece(struct drawer *drawer, uint32_t index, const struct cas_piece *piece)
{
    char name[NUMBER];
    name_piece(name, index, "");
    Agnode_t *node = agnode(drawer->graph, name, 1);
    set_place(node, piece->x, piece->y);
    set(node, "class", "legend");
    set(node, "margin", "0");
    set_number(node, "width", piece->width / 72);
    set_number(node, "height", piece->height / 72);
    set_number(node, "penwidth", piece->pen);
    if (piece->of == CAS_PIECE_SHAPE) {
        set(node, "label", "");
        set(node, "fixedsize", "true");
        set_shape(node, piece->shape, piece->fill);
        return;
    }
    set(node, "shape", "plaintext");
    set(node, "style", "");
    set(node, "label", piece->text);
    set(node, "fontcolor", piece->colour);
    set_number(node, "fontsize", piece->size);
}

static bool
read_size(const struct drawer *drawer, double *out_width, double *out_height)
{
    const char *bb = agget(drawer->graph, (char *)"bb");
    double left, bottom;
    return bb && sscanf(bb, "%lf,%lf,%lf,%lf", &left, &bottom, out_width, out_height) == 4 &&
           *out_width > 0 && *out_height > 0;
}

static bool
read_areas(struct drawer *drawer, struct cas_areas *out)
{
    uint32_t count = drawer->diagram->actor_count;
    out->at = cas_zalloc((size_t)count + 1, sizeof(*out->at));
    out->room = (size_t)count + 1;
    for (uint32_t i = 0; out->at && i < count; i++) {
        struct cas_area *area = &out->at[i];
        const char *place = agget(drawer->nodes[i], (char *)"pos");
        if (!place || sscanf(place, "%lf,%lf", &area->x, &area->y) != 2)
            return false;
        area->width = 72 * atof(agget(drawer->nodes[i], (char *)"width"));
        area->height = 72 * atof(agget(drawer->nodes[i], (char *)"height"));
        out->count++;
    }
    return out->at;
}

/* On a patch of paper, so that no line runs through the text. */
static void
draw_count(struct drawer *drawer, uint32_t index, const struct cas_area *area)
{
    const struct cas_drawn_tie *tie = &drawer->diagram->ties[index];
    char name[NUMBER];
    snprintf(name, sizeof(name), "_count%u", index);
    Agnode_t *node = agnode(drawer->graph, name, 1);
    set_place(node, area->x, area->y);
    set_number(node, "width", area->width / 72);
    set_number(node, "height", area->height / 72);
    set_number(node, "fontsize", CAS_COUNT_SIZE);
    set(node, "class", "count");
    set(node, "fixedsize", "true");
    set(node, "shape", "box");
    set(node, "style", "filled,rounded");
    set(node, "color", "none");
    set(node, "fillcolor", drawer->diagram->theme->paper);
    set(node, "fontcolor", tie->stroke->text);
    set(node, "label", tie->label);
}

static bool
place_counts(struct drawer *drawer)
{
    struct cas_areas taken = {0};
    if (!read_areas(drawer, &taken))
        return false;
    for (uint32_t i = 0; i < drawer->diagram->tie_count; i++) {
        const char *label = drawer->diagram->ties[i].label;
        struct cas_area area;
        Agedge_t *edge = *label ? find_tie(drawer, i) : NULL;
        const char *line = edge ? agget(edge, (char *)"pos") : NULL;
        if (line && cas_count_place(line, label, &taken, &area))
            draw_count(drawer, i, &area);
    }
    cas_free(taken.at);
    return true;
}

/* Title, legend and caption around what is laid out. */
static bool
furnish(struct drawer *drawer)
{
    struct cas_pieces pieces;
    double width, height;
    if (!read_size(drawer, &width, &height) || !cas_place(drawer->diagram, width, height, &pieces))
        return false;
    if (!place_counts(drawer))
        return false;
    for (uint32_t i = 0; i < pieces.count; i++) {
        if (pieces.at[i].of == CAS_PIECE_LINE)
            add_line_piece(drawer, i, &pieces.at[i]);
        else
            add_node_piece(drawer, i, &pieces.at[i]);
    }
    return true;
}

/* The graph as it was laid out, read back: a fresh one with positions as attributes. The old one is
 * left to the end of the child, as dot frees some of its own things twice (gvFreeLayout() of
 * 2.42). */
static bool
read_back(struct drawer *drawer)
{
    char *text = NULL;
    unsigned n = 0;
    if (gvRenderData(drawer->context, drawer->graph, "dot", &text, &n) != 0 || !text)
        return false;
    drawer->graph = agmemread(text);
    for (uint32_t i = 0; drawer->graph && i < drawer->diagram->actor_count; i++)
        drawer->nodes[i] = agnode(drawer->graph, (char *)drawer->diagram->actors[i].key, 0);
    return drawer->graph;
}

static bool
lay_out(struct drawer *drawer, const char *rankdir)
{
    build_graph(drawer, rankdir);
    return gvLayout(drawer->context, drawer->graph, drawer->engine) == 0 && read_back(drawer);
}

static void
read_layers(struct drawer *drawer, bool across)
{
    for (uint32_t i = 0; i < drawer->diagram->actor_count; i++) {
        const char *pos = agget(drawer->nodes[i], (char *)"pos");
        double x = 0, y = 0;
        if (pos && sscanf(pos, "%lf,%lf", &x, &y) == 2)
            drawer->layers[i] = across ? x : -y;
    }
}

static void
forget_layers(struct drawer *drawer)
{
    memset(drawer->layers, 0, drawer->diagram->actor_count * sizeof(*drawer->layers));
}

/* Twice: to learn the layers, then with every tie along them. */
static bool
lay_out_layers(struct drawer *drawer, const char *rankdir)
{
    forget_layers(drawer);
    if (!lay_out(drawer, rankdir))
        return false;
    read_layers(drawer, rankdir[0] == 'L');
    return lay_out(drawer, rankdir);
}

static double
off_wish(const struct drawer *drawer)
{
    double width, height;
    return read_size(drawer, &width, &height) ? fabs(log(width / height / WISHED)) : INFINITY;
}

/* Layers go from left to right, as names are wider than high; where that comes out as a strip,
 * from top to bottom if that is less of one. */
static bool
lay_out_best(struct drawer *drawer)
{
    if (strcmp(drawer->engine, "dot") != 0)
        return lay_out(drawer, "LR");
    if (!lay_out_layers(drawer, "LR"))
        return false;
    double across = off_wish(drawer);
    if (across <= STRIP)
        return true;
    if (!lay_out_layers(drawer, "TB"))
        return false;
    if (off_wish(drawer) <= across)
        return true;
    return lay_out_layers(drawer, "LR");
}

static bool
send_bytes(int fd, const void *bytes, size_t n)
{
    struct reply reply = {n};
    return cas_child_send(fd, &reply, sizeof(reply)) && cas_child_send(fd, bytes, n);
}

static bool
send_picture(struct drawer *drawer, int fd)
{
    static const char *const formats[] = {"svg:svg:core", "pdf:cairo:cairo", "png:cairo:cairo"};
    char *bytes = NULL;
    unsigned n = 0;
    drawer->context = gvContext();
    if (!drawer->context || !lay_out_best(drawer) || !furnish(drawer))
        return false;
    set(drawer->graph, "bb", "");
    return gvLayout(drawer->context, drawer->graph, "nop2") == 0 &&
           gvRenderData(drawer->context, drawer->graph, formats[drawer->picture], &bytes, &n) ==
               0 &&
           bytes && send_bytes(fd, bytes, n);
}

/* The legend of a graph that others lay out: a box of its own. */
static void
add_legend_row(struct drawer *drawer, Agraph_t *box, uint32_t index)
{
    const struct cas_entry *entry = &drawer->diagram->entries[index];
    char name[NUMBER];
    name_piece(name, index, "");
    Agnode_t *node = agnode(box, name, 1);
    set(node, "class", "legend");
    set(node, "shape", "plaintext");
    set(node, "style", "");
    set(node, "label", entry->text);
    if (entry->of == CAS_ENTRY_SHAPE)
        set_shape(node, entry->shape, entry->fill);
    if (entry->of == CAS_ENTRY_BOX)
        set(node, "label", "box: an actor (bold edge) and its parts");
    if (entry->of != CAS_ENTRY_LINE)
        return;
    Agnode_t *begin = add_unseen(box, index, "a");
    Agedge_t *edge = agedge(box, begin, node, NULL, 1);
    set_stroke(edge, entry->stroke, entry->weak, entry->width);
    set_head(edge, entry->stroke, entry->headless, false);
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
    set(box, "label", text.failed ? "" : text.s);
    set(box, "labeljust", "l");
    cas_buffer_done(&text);
}

static void
add_legend_box(struct drawer *drawer)
{
    Agraph_t *box = agsubg(drawer->graph, (char *)"cluster__legend", 1);
    set(box, "class", "legend");
    set(box, "color", drawer->diagram->theme->faint);
    set_caption(drawer->diagram, box);
    add_unseen(box, drawer->diagram->entry_count, "a"); /* an empty box would not be drawn */
    for (uint32_t i = 0; i < drawer->diagram->entry_count; i++)
        add_legend_row(drawer, box, i);
}

static bool
send_dot(struct drawer *drawer, int fd)
{
    char *bytes = NULL;
    size_t n = 0;
    build_graph(drawer, "LR");
    add_legend_box(drawer);
    FILE *file = open_memstream(&bytes, &n);
    if (!file || agwrite(drawer->graph, file) != 0 || fclose(file) != 0)
        return false;
    return send_bytes(fd, bytes, n);
}

static bool
work(void *context, int fd)
{
    struct drawer *drawer = context;
    size_t count = (size_t)drawer->diagram->actor_count + 1;
    setlocale(LC_ALL, "C");
    agseterr(AGMAX);
    drawer->nodes = calloc(count, sizeof(*drawer->nodes));
    drawer->boxes = calloc(count, sizeof(*drawer->boxes));
    drawer->layers = calloc(count, sizeof(*drawer->layers));
    if (!drawer->nodes || !drawer->boxes || !drawer->layers)
        return false;
    return drawer->picture == CASUS_DOT ? send_dot(drawer, fd) : send_picture(drawer, fd);
}

bool
cas_graphviz_boxes(const char *engine)
{
    return strcmp(engine, "dot") == 0 || strcmp(engine, "fdp") == 0;
}

static enum casus_status
say(enum cas_child_end end, const struct drawer *drawer, unsigned seconds, struct casus_error *err)
{
    uint32_t actors = drawer->diagram->actor_count, ties = drawer->diagram->tie_count;
    switch (end) {
    case CAS_CHILD_NO_MEMORY: return cas_fail_memory(err);
    case CAS_CHILD_NO_FORK:
        return cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE,
                        "the system gave no process for Graphviz");
    case CAS_CHILD_TIME:
        return cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE,
                        "Graphviz (%s) did not end within %u s on %u actors and %u ties; sfdp is "
                        "faster, and --min-events or --focus leave less to draw",
                        drawer->engine, seconds, actors, ties);
    case CAS_CHILD_DIED:
        return cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE,
                        "Graphviz (%s) ran out of memory or crashed on %u actors and %u ties; sfdp "
                        "needs less, and --min-events or --focus leave less to draw",
                        drawer->engine, actors, ties);
    case CAS_CHILD_DONE:
    case CAS_CHILD_FAILED: break;
    }
    return cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE,
                    "Graphviz (%s) gave no picture; are its plugins installed (package libgvc6)?",
                    drawer->engine);
}

/* What was sent is whole, or nothing. The reply's head is taken off. */
static bool
is_whole(struct cas_buffer *out)
{
    struct reply reply;
    if (out->n < sizeof(reply))
        return false;
    memcpy(&reply, out->s, sizeof(reply));
    if (reply.size != out->n - sizeof(reply))
        return false;
    out->n -= sizeof(reply);
    memmove(out->s, out->s + sizeof(reply), out->n + 1);
    return true;
}

enum casus_status
cas_graphviz_render(struct cas_diagram *diagram, const char *engine, enum casus_picture picture,
                    unsigned seconds, struct cas_buffer *out, bool *out_late,
                    struct casus_error *err)
{
    struct drawer drawer = {.diagram = diagram, .engine = engine, .picture = picture};
    enum cas_child_end end = cas_child_run(work, &drawer, seconds, MEMORY, out);
    *out_late = end == CAS_CHILD_TIME;
    if (end == CAS_CHILD_DONE && is_whole(out))
        return CASUS_OK;
    return say(end, &drawer, seconds, err);
}
