/* casus_draw(): what is drawn, by which engine, what if it takes too long, and the bytes that come
 * out. */
#include <casus/draw.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "draw/claims.h"
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

/* What a drawing asks for that needs an answer of another part. */
static const char *
missing(const struct casus_drawing *drawing)
{
    bool balance = drawing->paint == CASUS_PAINT_BLOC ||
                   drawing->highlight == CASUS_HIGHLIGHT_FRUSTRATED ||
                   drawing->highlight == CASUS_HIGHLIGHT_BLOCS;
    if (balance && !drawing->balance)
        return "blocs and frustrated ties need the balance of the graph";
    if ((drawing->implied || drawing->highlight == CASUS_HIGHLIGHT_CHAINS) && !drawing->chains)
        return "chains and implied ties need the chains of the graph";
    if (drawing->highlight == CASUS_HIGHLIGHT_CUTS && !drawing->brokers)
        return "cuts need the brokers of the graph";
    return NULL;
}

static enum casus_status
check(const struct casus_drawing *drawing, struct casus_error *err)
{
    const char *what = missing(drawing);
    if (what)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION, "%s", what);
    return cas_engine_check(drawing->engine, err);
}

/* One drawing under way. What lasts for all tries stands in the arena. */
struct attempt {
    const struct casus_graph *graph;
    const struct casus_drawing *drawing;
    struct cas_arena arena;
    struct cas_theme theme;
    struct cas_marks marks;
    struct cas_choice choice;
    const struct cas_telling *telling; /* claims are drawn, or NULL: the graph */
    const struct cas_frame *frame;     /* or NULL */
    const struct cas_layout *fixed;    /* of a frame */
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
    bool dot = attempt->picture == CASUS_DOT;
    unsigned seconds = attempt->drawing->seconds ? attempt->drawing->seconds : CAS_ENGINE_SECONDS;
    struct cas_dressing dressing = {attempt->drawing,
                                    &attempt->theme,
                                    &attempt->marks,
                                    &attempt->choice,
                                    attempt->note,
                                    dot || cas_graphviz_boxes(attempt->engine),
                                    !dot,
                                    attempt->frame};
    enum casus_status status = attempt->telling
                                   ? cas_claims_build(attempt->telling, &dressing, &diagram, err)
                                   : cas_diagram_build(attempt->graph, &dressing, &diagram, err);
    if (status != CASUS_OK)
        return status;
    cas_buffer_init(&raw);
    status = cas_graphviz_render(&diagram, attempt->engine, attempt->fixed, attempt->picture,
                                 seconds, &raw, &attempt->beyond, err);
    if (status == CASUS_OK)
        status = finish(attempt, &diagram, &raw, output, err);
    cas_buffer_done(&raw);
    cas_diagram_done(&diagram);
    return status;
}

/* Parts of an actor that is drawn, whose box will be missed. */
static bool
has_parts(const struct attempt *attempt)
{
    for (uint32_t i = 0; i < attempt->choice.actor_count; i++) {
        uint32_t parent = casus_graph_actor_at(attempt->graph, attempt->choice.actors[i])->parent;
        if (parent != CASUS_NONE && attempt->choice.drawn[parent] != CASUS_NONE)
            return true;
    }
    return false;
}

/* Only an engine that was our own choice is replaced by a faster one, and the caption says so. */
static enum casus_status
try_chosen(struct attempt *attempt, struct casus_output *output, struct casus_error *err)
{
    struct casus_error failure = {CASUS_OK};
    bool springs = !cas_graphviz_boxes(attempt->engine);
    if (springs && has_parts(attempt))
        attempt->note = "Drawn without boxes around the parts of an actor.";
    enum casus_status status = try(attempt, output, springs ? err : &failure);
    if (springs || status == CASUS_OK)
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

static enum casus_status
prepare(struct attempt *attempt, struct casus_error *err)
{
    enum casus_status status =
        cas_theme_load(attempt->drawing->theme, &attempt->arena, &attempt->theme, err);
    if (status != CASUS_OK)
        return status;
    bool done =
        cas_marks_make(attempt->graph, attempt->drawing, &attempt->arena, &attempt->marks) &&
        cas_choice_make(attempt->graph, attempt->drawing, &attempt->marks, &attempt->arena,
                        &attempt->choice);
    return done ? CASUS_OK : cas_fail_memory(err);
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
    cas_arena_init(&attempt.arena);
    status = prepare(&attempt, err);
    attempt.engine = drawing->engine ? drawing->engine : cas_engine_choose(graph, &attempt.choice);
    if (status == CASUS_OK)
        status = drawing->engine ? try(&attempt, output, err) : try_chosen(&attempt, output, err);
    cas_arena_done(&attempt.arena);
    return status;
}

/* --- claims --------------------------------------------------------------------------------- */

enum casus_status
casus_draw_claims(const struct casus_dossier *dossier, const struct casus_verdicts *verdicts,
                  const uint8_t *chosen, const struct casus_drawing *drawing,
                  enum casus_picture picture, struct casus_output *output, struct casus_error *err)
{
    static const struct casus_drawing plain = {0};
    struct cas_telling telling = {dossier, verdicts, chosen};
    struct attempt attempt = {
        .drawing = drawing ? drawing : &plain, .telling = &telling, .picture = picture};
    enum casus_status status = cas_engine_check(attempt.drawing->engine, err);
    if (status != CASUS_OK)
        return status;
    cas_arena_init(&attempt.arena);
    status = cas_theme_load(attempt.drawing->theme, &attempt.arena, &attempt.theme, err);
    attempt.engine = attempt.drawing->engine ? attempt.drawing->engine : "dot";
    if (status == CASUS_OK)
        status = attempt.drawing->engine ? try(&attempt, output, err)
                                         : try_chosen(&attempt, output, err);
    cas_arena_done(&attempt.arena);
    return status;
}

/* --- frames --------------------------------------------------------------------------------- */

#define FRAMES_MOST 9999

static enum casus_status
check_frames(const struct casus_windows *windows, const struct casus_drawing *drawing,
             enum casus_picture picture, struct casus_error *err)
{
    if (picture == CASUS_DOT)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "frames are svg, pdf or png: DOT leaves the places to who draws it");
    if (drawing->highlight != CASUS_HIGHLIGHT_NONE || drawing->implied)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "frames and highlights do not go together: the latter are of the whole");
    if (casus_windows_count(windows) > FRAMES_MOST)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_TOO_MANY,
                        "%u windows; at most %u pictures are drawn at once",
                        casus_windows_count(windows), FRAMES_MOST);
    return check(drawing, err);
}

/* Where the actors stand in every frame: as in a picture of the whole. By springs, which leave room
 * on all sides for lines that differ from frame to frame. */
static enum casus_status
place_all(struct attempt *attempt, struct cas_layout *out, struct casus_error *err)
{
    struct cas_diagram diagram;
    unsigned seconds = attempt->drawing->seconds ? attempt->drawing->seconds : CAS_ENGINE_SECONDS;
    struct cas_dressing dressing = {.drawing = attempt->drawing,
                                    .theme = &attempt->theme,
                                    .marks = &attempt->marks,
                                    .choice = &attempt->choice,
                                    .icons = true};
    enum casus_status status = cas_diagram_build(attempt->graph, &dressing, &diagram, err);
    if (status != CASUS_OK)
        return status;
    diagram.bare = true;
    out->areas =
        cas_arena_alloc(&attempt->arena, ((size_t)diagram.actor_count + 1) * sizeof(*out->areas));
    status = out->areas ? cas_graphviz_place(&diagram, attempt->engine, seconds, out,
                                             &attempt->beyond, err)
                        : cas_fail_memory(err);
    cas_diagram_done(&diagram);
    return status;
}

static enum casus_status
draw_frame(struct attempt *attempt, const char *path, struct casus_error *err)
{
    struct casus_output *output;
    enum casus_status status = casus_output_open(path, &output, err);
    if (status != CASUS_OK)
        return status;
    attempt->engine = "nop"; /* everybody stands: it routes lines */
    status = try(attempt, output, err);
    if (status == CASUS_OK)
        return casus_output_close(output, err);
    casus_output_discard(output);
    return status;
}

static enum casus_status
draw_window(struct attempt *attempt, struct casus_windows *windows, uint32_t index,
            const char *folder, const char *name, struct casus_error *err)
{
    static const char *const extensions[] = {"svg", "pdf", "png", "dot"};
    struct casus_graph *graph;
    struct cas_buffer path;
    char from[12];
    enum casus_status status = casus_windows_graph(windows, index, &graph, err);
    if (status != CASUS_OK)
        return status;
    struct cas_frame frame = {graph, casus_windows_at(windows, index), index + 1,
                              casus_windows_count(windows)};
    attempt->frame = &frame;
    cas_buffer_init(&path);
    cas_buffer_printf(&path, "%s/%s-%04u-%s.%s", folder, name ? name : "frame", index + 1,
                      casus_date_format(frame.window->from, from), extensions[attempt->picture]);
    status = path.failed ? cas_fail_memory(err) : draw_frame(attempt, path.s, err);
    cas_buffer_done(&path);
    casus_graph_free(graph);
    return status;
}

static enum casus_status
make_folder(const char *folder, struct casus_error *err)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return CASUS_OK;
    return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.120s: %s", folder, strerror(errno));
}

static enum casus_status
draw_windows(struct attempt *attempt, struct casus_windows *windows, const char *folder,
             const char *name, struct casus_error *err)
{
    struct cas_layout layout;
    bool few = attempt->choice.actor_count <= CAS_NAMED_ALL;
    attempt->engine = attempt->drawing->engine ? attempt->drawing->engine : few ? "neato" : "sfdp";
    enum casus_status status = place_all(attempt, &layout, err);
    if (status == CASUS_OK)
        status = make_folder(folder, err);
    attempt->fixed = &layout;
    for (uint32_t i = 0; i < casus_windows_count(windows) && status == CASUS_OK; i++)
        status = draw_window(attempt, windows, i, folder, name, err);
    return status;
}

enum casus_status
casus_draw_frames(struct casus_windows *windows, const struct casus_drawing *drawing,
                  enum casus_picture picture, const char *folder, const char *name,
                  struct casus_error *err)
{
    static const struct casus_drawing plain = {0};
    struct attempt attempt = {.graph = casus_windows_whole(windows),
                              .drawing = drawing ? drawing : &plain,
                              .picture = picture};
    enum casus_status status = check_frames(windows, attempt.drawing, picture, err);
    if (status != CASUS_OK)
        return status;
    cas_arena_init(&attempt.arena);
    status = prepare(&attempt, err);
    if (status == CASUS_OK)
        status = draw_windows(&attempt, windows, folder, name, err);
    cas_arena_done(&attempt.arena);
    return status;
}
