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
    if (code == 0) {
        char sources[240];
        list_sources(material.dossier, sources, sizeof sources);
        options->drawing.sources = sources[0] ? sources : NULL;
        struct drawing drawing = {material.graph, &options->drawing, (enum casus_picture)picture};
        code = answer(options, write_picture, &drawing);
    }
    material_done(&material);
    return code;
}
