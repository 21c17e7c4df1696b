/* casus draw: the relationship diagram. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

struct drawing {
    const struct casus_graph *graph;
    const struct casus_drawing *drawing;
    enum casus_picture picture;
};

static enum casus_status
write_picture(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct drawing *drawing = context;
    return casus_draw(drawing->graph, drawing->drawing, drawing->picture, output, err);
}

/* The sources named in the caption: as many as fit a line, then how many more. */
static void
list_sources(const struct casus_dossier *dossier, char *out, size_t room)
{
    size_t n = 0;
    uint32_t count = casus_dossier_source_count(dossier), i = 0;
    out[0] = '\0';
    for (; i < count; i++) {
        const struct casus_source *source = casus_dossier_source_at(dossier, i);
        size_t need = strlen(source->name ? source->name : source->id) + 2;
        if (n + need + 16 >= room)
            break;
        n += (size_t)snprintf(out + n, room - n, "%s%s", n ? "; " : "",
                              source->name ? source->name : source->id);
    }
    if (i < count)
        snprintf(out + n, room - n, " and %u more", count - i);
}

/* What a drawing needs beside the graph. */
struct answers {
    struct casus_balance *balance;
    struct casus_chains *chains;
    struct casus_brokers *brokers;
};

static bool
wants_balance(const struct casus_drawing *drawing)
{
    return drawing->paint == CASUS_PAINT_BLOC || drawing->highlight == CASUS_HIGHLIGHT_FRUSTRATED ||
           drawing->highlight == CASUS_HIGHLIGHT_BLOCS;
}

static enum casus_status
find_answers(struct options *options, const struct material *material, struct answers *out,
             struct casus_error *err)
{
    const struct casus_drawing *drawing = &options->drawing;
    enum casus_status status = CASUS_OK;
    options->chaining.level = options->selection.level;
    if (wants_balance(drawing))
        status = casus_balance_new(material->graph, &options->balancing, &out->balance, err);
    if (status == CASUS_OK && (drawing->implied || drawing->highlight == CASUS_HIGHLIGHT_CHAINS))
        status = casus_chains_new(material->dossier, material->graph, &options->chaining,
                                  &out->chains, err);
    if (status == CASUS_OK && drawing->highlight == CASUS_HIGHLIGHT_CUTS)
        status = casus_brokers_new(material->graph, material->dossier, NULL, &out->brokers, err);
    return status;
}

static void
answers_done(struct answers *answers)
{
    casus_balance_free(answers->balance);
    casus_chains_free(answers->chains);
    casus_brokers_free(answers->brokers);
}

struct claims {
    const struct casus_dossier *dossier;
    const struct casus_verdicts *verdicts;
    const struct casus_drawing *drawing;
    uint8_t *chosen;
    enum casus_picture picture;
};

static enum casus_status
write_claims(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct claims *claims = context;
    return casus_draw_claims(claims->dossier, claims->verdicts, claims->chosen, claims->drawing,
                             claims->picture, output, err);
}

/* The events chosen; one more byte, so that no dossier asks for none. */
static int
draw_claims(struct options *options, const struct material *material, enum casus_picture picture)
{
    struct casus_removed removed = {0};
    struct casus_error err = {0};
    uint32_t count = casus_dossier_event_count(material->dossier);
    struct claims claims = {material->dossier, material->verdicts, &options->drawing,
                            calloc((size_t)count + 1, 1), picture};
    int code = 0;
    if (!claims.chosen)
        err = (struct casus_error){.status = CASUS_ENOMEM, .code = 183, .text = "out of memory"};
    else if (casus_selection_apply(&options->selection, material->dossier, claims.chosen, &removed,
                                   &err) == CASUS_OK)
        code = answer(options, write_claims, &claims);
    if (err.status != CASUS_OK)
        code = complain(options, &err);
    free(claims.chosen);
    return code;
}

/* "-o DIR/name.png" names the pictures "name" and their kind; the folder is --frames'. */
static void
frame_name(const char *output, char *out, size_t room)
{
    const char *slash = output ? strrchr(output, '/') : NULL;
    snprintf(out, room, "%s", output ? slash ? slash + 1 : output : "frame.svg");
    char *dot = strrchr(out, '.');
    if (dot)
        *dot = '\0';
}

static int
draw_frames(struct options *options, struct material *material, enum casus_picture picture)
{
    struct casus_error err = {0};
    struct casus_windows *windows = NULL;
    char name[200];
    frame_name(options->output, name, sizeof name);
    enum casus_status status =
        casus_windows_new(material->dossier, &options->selection, material->verdicts,
                          &options->folding, &options->windowing, &windows, &err);
    if (status == CASUS_OK)
        status =
            casus_draw_frames(windows, &options->drawing, picture, options->frames, name, &err);
    casus_windows_free(windows);
    return status == CASUS_OK ? 0 : complain(options, &err);
}

/* What is left: the graph. */
static int
draw_graph(struct options *options, struct material *material, enum casus_picture picture)
{
    struct casus_error err = {0};
    struct answers answers = {0};
    int code = 0;
    if (find_answers(options, material, &answers, &err) != CASUS_OK)
        code = complain(options, &err);
    options->drawing.balance = answers.balance;
    options->drawing.chains = answers.chains;
    options->drawing.brokers = answers.brokers;
    struct drawing drawing = {material->graph, &options->drawing, picture};
    if (code == 0)
        code = options->frames ? draw_frames(options, material, picture)
                               : answer(options, write_picture, &drawing);
    answers_done(&answers);
    return code;
}

static int
draw(struct options *options, struct material *material, enum casus_picture picture)
{
    char sources[240];
    list_sources(material->dossier, sources, sizeof sources);
    options->drawing.sources = sources[0] ? sources : NULL;
    options->drawing.dossier = material->dossier;
    options->drawing.focus = options->selection.focus;
    options->drawing.focus_count = options->selection.focus_count;
    return options->claims ? draw_claims(options, material, picture)
                           : draw_graph(options, material, picture);
}

int
cmd_draw(const struct command *command, struct options *options)
{
    bool named = options->output && strcmp(options->output, "-") != 0;
    int picture = named ? casus_picture_find(options->output) : CASUS_SVG;
    if (picture < 0)
        return complain_usage(command, "-o takes FILE.svg, .pdf, .png or .dot, not '%.60s'",
                              options->output);
    if (options->claims && options->frames)
        return complain_usage(command, "--claims and --frames do not go together");
    struct material material;
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = draw(options, &material, (enum casus_picture)picture);
    material_done(&material);
    return code;
}
