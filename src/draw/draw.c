/* casus_draw(): which engine, what if it takes too long, and the bytes that come out. */
#include <casus/draw.h>

#include <stdio.h>

#include "base/fault.h"
#include "draw/engine.h"
#include "draw/graphviz.h"
#include "draw/svg.h"

int
casus_picture_find(const char *name)
{
    static const char *const names[] = {"svg", "pdf", "png", "dot"};
    const char *dot = strrchr(name, '.');
    if (dot)
        name = dot + 1;
    for (int i = 0; i < 4; i++) {
        if (strcasecmp(name, names[i]) == 0)
            return i;
    }
    return -1;
}

static enum casus_status
check(const struct casus_drawing *drawing, struct casus_error *err)
{
    if (drawing->paint == CASUS_PAINT_BLOC)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "painting by bloc is not there yet: it needs the balance of the graph; "
                        "paint by kind or side");
    return cas_engine_check(drawing->engine, err);
}

/* One try: build, lay out, draw, finish. */
struct attempt {
    const struct casus_graph *graph;
    const struct casus_drawing *drawing;
    enum casus_picture picture;
    const char *engine, *note;
    bool beyond; /* the engine failed on this graph; another may do */
};

static enum casus_status
finish(const struct attempt *attempt, const struct cas_diagram *diagram, struct cas_buffer *raw,
       struct casus_output *output, struct casus_error *err)
{
    struct cas_buffer svg;
    if (attempt->picture != CASUS_SVG) {
        if (attempt->picture == CASUS_PDF)
            cas_pdf_finish(raw->s, raw->n);
        casus_output_write(output, raw->s, raw->n);
        return CASUS_OK;
    }
    cas_buffer_init(&svg);
    cas_svg_finish(diagram, raw->s, raw->n, &svg);
    enum casus_status status = svg.failed ? cas_fail_memory(err) : CASUS_OK;
    if (status == CASUS_OK)
        casus_output_write(output, svg.s, svg.n);
    cas_buffer_done(&svg);
    return status;
}

static enum casus_status
try(struct attempt *attempt, struct casus_output *output, struct casus_error *err)
{
    struct cas_diagram diagram;
    struct cas_buffer raw;
    unsigned seconds = attempt->drawing->seconds ? attempt->drawing->seconds : CAS_ENGINE_SECONDS;
    bool boxed = attempt->picture == CASUS_DOT || cas_graphviz_boxes(attempt->engine);
    enum casus_status status =
        cas_diagram_build(attempt->graph, attempt->drawing, boxed, attempt->note, &diagram, err);
    if (status != CASUS_OK)
        return status;
    cas_buffer_init(&raw);
    status = cas_graphviz_render(&diagram, attempt->engine, attempt->picture, seconds, &raw,
                                 &attempt->beyond, err);
    if (status == CASUS_OK)
        status = finish(attempt, &diagram, &raw, output, err);
    cas_buffer_done(&raw);
    cas_diagram_done(&diagram);
    return status;
}

/* Only an engine that was our own choice is replaced by a faster one, and the caption says so. */
static enum casus_status
try_chosen(struct attempt *attempt, struct casus_output *output, struct casus_error *err)
{
    struct casus_error failure = {CASUS_OK};
    bool large = casus_graph_actor_count(attempt->graph) > CAS_ENGINE_LAYERED_MOST;
    attempt->engine = cas_engine_choose(casus_graph_actor_count(attempt->graph));
    if (large)
        attempt->note = "Drawn without boxes around the parts of an actor, for there are too many.";
    enum casus_status status = try(attempt, output, large ? err : &failure);
    if (large || status == CASUS_OK)
        return status;
    if (!attempt->beyond) {
        if (err)
            *err = failure;
        return status;
    }
    attempt->engine = "sfdp";
    attempt->note = "Drawn without layers and boxes, which Graphviz did not finish on this graph.";
    return try(attempt, output, err);
}

enum casus_status
casus_draw(const struct casus_graph *graph, const struct casus_drawing *drawing,
           enum casus_picture picture, struct casus_output *output, struct casus_error *err)
{
    static const struct casus_drawing plain = {0};
    if (!drawing)
        drawing = &plain;
    enum casus_status status = check(drawing, err);
    if (status != CASUS_OK)
        return status;
    struct attempt attempt = {.graph = graph, .drawing = drawing, .picture = picture};
    if (!drawing->engine)
        return try_chosen(&attempt, output, err);
    attempt.engine = drawing->engine;
    return try(&attempt, output, err);
}
