/* casus draw: the relationship diagram. */
#include <stdio.h>
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

static int
draw(struct options *options, const struct material *material, enum casus_picture picture)
{
    char sources[240];
    struct casus_error err = {0};
    struct answers answers = {0};
    list_sources(material->dossier, sources, sizeof sources);
    options->drawing.sources = sources[0] ? sources : NULL;
    options->drawing.dossier = material->dossier;
    options->drawing.focus = options->selection.focus;
    options->drawing.focus_count = options->selection.focus_count;
    int code = 0;
    if (find_answers(options, material, &answers, &err) != CASUS_OK)
        code = complain(options, &err);
    options->drawing.balance = answers.balance;
    options->drawing.chains = answers.chains;
    options->drawing.brokers = answers.brokers;
    struct drawing drawing = {material->graph, &options->drawing, picture};
    if (code == 0)
        code = answer(options, write_picture, &drawing);
    answers_done(&answers);
    return code;
}

int
cmd_draw(const struct command *command, struct options *options)
{
    int picture = options->output ? casus_picture_find(options->output) : CASUS_SVG;
    if (picture < 0)
        return complain_usage(command, "-o takes FILE.svg, .pdf, .png or .dot, not '%.60s'",
                              options->output);
    struct material material;
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = draw(options, &material, (enum casus_picture)picture);
    material_done(&material);
    return code;
}
