/* The border with gvc: layouts and pictures, in a child.
 *
 * Rules: everything of Graphviz happens in a child (base/child.h), since it ends the process where
 * memory fails and hangs where a graph is unkind. A picture is made in two passes: the engine
 * places actors and ties, then a scene is made of them (scene.c), with title, legend and caption
 * around it, and the engine "nop2" draws everything where it stands.
 */
#include "draw/graphviz.h"

#include <graphviz/gvc.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/child.h"
#include "base/fault.h"
#include "draw/agraph.h"
#include "draw/measure.h"

#define MEMORY ((size_t)2 << 30) /* for Graphviz, beyond what the process has */
#define WISHED 1.4               /* width to height, without the legend */
#define STRIP  0.7               /* natural logarithm of how far off that is too far */

/* What the child sends ahead of the picture or the positions. */
struct reply {
    uint64_t size; /* NO_ROOM: an allocation of ours failed, and nothing follows */
};
#define NO_ROOM UINT64_MAX

/* The graph as it was laid out, read back: a fresh one with positions as attributes. The old one is
 * left to the end of the child, as dot frees some of its own things twice (gvFreeLayout() of
 * 2.42). */
static bool
read_back(struct cas_drawer *drawer, GVC_t *context)
{
    char *text = NULL;
    unsigned n = 0;
    return gvRenderData(context, drawer->graph, "dot", &text, &n) == 0 && text &&
           cas_agraph_read(drawer, text, n);
}

static bool
lay_out(struct cas_drawer *drawer, GVC_t *context)
{
    cas_agraph_build(drawer);
    return gvLayout(context, drawer->graph, drawer->engine) == 0 && read_back(drawer, context);
}

static void
read_layers(struct cas_drawer *drawer)
{
    bool across = drawer->rankdir[0] == 'L';
    for (uint32_t i = 0; i < drawer->diagram->actor_count; i++) {
        const char *pos = agget(drawer->nodes[i], (char *)"pos");
        double x = 0, y = 0;
        if (pos && sscanf(pos, "%lf,%lf", &x, &y) == 2)
            drawer->layers[i] = across ? x : -y;
    }
}

/* Twice: to learn the layers, then with every tie along them. */
static bool
lay_out_layers(struct cas_drawer *drawer, GVC_t *context, const char *rankdir)
{
    drawer->rankdir = rankdir;
    memset(drawer->layers, 0, drawer->diagram->actor_count * sizeof(*drawer->layers));
    if (!lay_out(drawer, context))
        return false;
    read_layers(drawer);
    return lay_out(drawer, context);
}

static double
off_wish(const struct cas_drawer *drawer)
{
    double width, height;
    return cas_agraph_size(drawer, &width, &height) ? fabs(log(width / height / WISHED)) : INFINITY;
}

/* Layers go from left to right, as names are wider than high; where that comes out as a strip,
 * from top to bottom if that is less of one. */
static bool
lay_out_best(struct cas_drawer *drawer, GVC_t *context)
{
    if (strcmp(drawer->engine, "dot") != 0)
        return lay_out(drawer, context);
    if (!lay_out_layers(drawer, context, "LR"))
        return false;
    double across = off_wish(drawer);
    if (across <= STRIP)
        return true;
    if (!lay_out_layers(drawer, context, "TB"))
        return false;
    if (off_wish(drawer) <= across)
        return true;
    return lay_out_layers(drawer, context, "LR");
}

static bool
send_bytes(int fd, const void *bytes, size_t n)
{
    struct reply reply = {n};
    return cas_child_send(fd, &reply, sizeof(reply)) && cas_child_send(fd, bytes, n);
}

static bool
send_picture(struct cas_drawer *drawer, int fd)
{
    static const char *const formats[] = {"svg:svg:core", "pdf:cairo:cairo", "png:cairo:cairo"};
    char *bytes = NULL;
    unsigned n = 0;
    GVC_t *context = cas_measure_context();
    if (!context || !lay_out_best(drawer, context) || !cas_agraph_scene(drawer))
        return false;
    if (drawer->picture != CASUS_SVG && !(context = gvContext()))
        return false;
    cas_agraph_set(drawer->graph, "bb", "");
    return gvLayout(context, drawer->graph, "nop2") == 0 &&
           gvRenderData(context, drawer->graph, formats[drawer->picture], &bytes, &n) == 0 &&
           bytes && send_bytes(fd, bytes, n);
}

/* Where each actor came to stand, one after the other. */
static bool
send_places(struct cas_drawer *drawer, int fd)
{
    uint32_t count = drawer->diagram->actor_count;
    struct cas_layout layout = {0, 0, calloc((size_t)count + 1, sizeof(*layout.areas))};
    GVC_t *context = cas_measure_context();
    if (!layout.areas || !context || !lay_out_best(drawer, context) ||
        !cas_agraph_size(drawer, &layout.width, &layout.height))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!cas_agraph_area(drawer, i, &layout.areas[i]))
            return false;
    }
    struct reply reply = {2 * sizeof(double) + count * sizeof(*layout.areas)};
    return cas_child_send(fd, &reply, sizeof(reply)) &&
           cas_child_send(fd, &layout.width, sizeof(double)) &&
           cas_child_send(fd, &layout.height, sizeof(double)) &&
           cas_child_send(fd, layout.areas, count * sizeof(*layout.areas));
}

static bool
send_dot(struct cas_drawer *drawer, int fd)
{
    char *bytes = NULL;
    size_t n = 0;
    cas_agraph_build(drawer);
    cas_agraph_add_legend(drawer);
    FILE *file = open_memstream(&bytes, &n);
    if (!file || agwrite(drawer->graph, file) != 0 || fclose(file) != 0)
        return false;
    return send_bytes(fd, bytes, n);
}

static bool
work(void *context, int fd)
{
    struct cas_drawer *drawer = context;
    size_t count = (size_t)drawer->diagram->actor_count + 1;
    setlocale(LC_ALL, "C");
    agseterr(AGMAX);
    drawer->nodes = calloc(count, sizeof(*drawer->nodes));
    drawer->boxes = calloc(count, sizeof(*drawer->boxes));
    drawer->layers = calloc(count, sizeof(*drawer->layers));
    if (!drawer->nodes || !drawer->boxes || !drawer->layers) {
        struct reply reply = {NO_ROOM};
        return cas_child_send(fd, &reply, sizeof(reply));
    }
    if (drawer->diagram->bare)
        return send_places(drawer, fd);
    return drawer->picture == CASUS_DOT ? send_dot(drawer, fd) : send_picture(drawer, fd);
}

bool
cas_graphviz_boxes(const char *engine)
{
    return strcmp(engine, "dot") == 0 || strcmp(engine, "fdp") == 0;
}

static enum casus_status
say(enum cas_child_end end, const struct cas_drawer *drawer, unsigned seconds,
    struct casus_error *err)
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
static enum cas_child_end
take_reply(struct cas_buffer *out)
{
    struct reply reply;
    if (out->n < sizeof(reply))
        return CAS_CHILD_FAILED;
    memcpy(&reply, out->s, sizeof(reply));
    if (reply.size == NO_ROOM)
        return CAS_CHILD_NO_MEMORY;
    if (reply.size != out->n - sizeof(reply))
        return CAS_CHILD_FAILED;
    out->n -= sizeof(reply);
    memmove(out->s, out->s + sizeof(reply), out->n + 1);
    return CAS_CHILD_DONE;
}

static enum casus_status
run(struct cas_drawer *drawer, unsigned seconds, struct cas_buffer *out, bool *out_beyond,
    struct casus_error *err)
{
    drawer->rankdir = "LR";
    enum cas_child_end end = cas_child_run(work, drawer, seconds, MEMORY, out);
    *out_beyond = end == CAS_CHILD_TIME || end == CAS_CHILD_DIED;
    if (end == CAS_CHILD_DONE)
        end = take_reply(out);
    return end == CAS_CHILD_DONE ? CASUS_OK : say(end, drawer, seconds, err);
}

enum casus_status
cas_graphviz_render(struct cas_diagram *diagram, const char *engine, const struct cas_layout *fixed,
                    enum casus_picture picture, unsigned seconds, struct cas_buffer *out,
                    bool *out_beyond, struct casus_error *err)
{
    struct cas_drawer drawer = {
        .diagram = diagram, .engine = engine, .fixed = fixed, .picture = picture};
    return run(&drawer, seconds, out, out_beyond, err);
}

/* The child is this same program: its doubles are ours. */
static void
read_places(const struct cas_buffer *sent, uint32_t count, struct cas_layout *out)
{
    memcpy(&out->width, sent->s, sizeof(double));
    memcpy(&out->height, sent->s + sizeof(double), sizeof(double));
    memcpy(out->areas, sent->s + 2 * sizeof(double), count * sizeof(*out->areas));
}

enum casus_status
cas_graphviz_place(struct cas_diagram *diagram, const char *engine, unsigned seconds,
                   struct cas_layout *out, bool *out_beyond, struct casus_error *err)
{
    struct cas_drawer drawer = {.diagram = diagram, .engine = engine};
    struct cas_buffer sent;
    cas_buffer_init(&sent);
    enum casus_status status = run(&drawer, seconds, &sent, out_beyond, err);
    size_t need = 2 * sizeof(double) + diagram->actor_count * sizeof(*out->areas);
    if (status == CASUS_OK && sent.n != need)
        status = say(CAS_CHILD_FAILED, &drawer, seconds, err);
    if (status == CASUS_OK)
        read_places(&sent, diagram->actor_count, out);
    cas_buffer_done(&sent);
    return status;
}
