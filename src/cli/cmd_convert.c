/* casus convert: anything that can be read, as a dossier; of its events those that are selected. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

struct conversion {
    const struct casus_dossier *dossier;
    const uint8_t *chosen;
    enum casus_dossier_layout layout;
};

static enum casus_status
write_dossier(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct conversion *conversion = context;
    return casus_dossier_write(conversion->dossier, conversion->chosen, conversion->layout, output,
                               err);
}

static bool
ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* A name without an extension, or with a slash behind it, is a folder: a CSV set. */
static bool
is_folder_name(const char *path)
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    return !*base || !strchr(base, '.');
}

/* What chooses ties or moves actors has no place in a dossier: it holds events. */
static int
refuse_ties(const struct command *command, const struct casus_selection *selection)
{
    static const char *const advice = "works on ties, and a dossier holds events";
    if (selection->relations)
        return complain_usage(command,
                              "takes no --relation: it %s; --where \"relation = attack\" "
                              "chooses events",
                              advice);
    const char *option = selection->level         ? "--level"
                         : selection->focus_count ? "--focus"
                         : selection->min_events  ? "--min-events"
                                                  : NULL;
    return option ? complain_usage(command, "takes no %s: it %s", option, advice) : 0;
}

/* A byte an event; owned. NULL: `err` says why. */
static uint8_t *
choose(const struct options *options, const struct casus_dossier *dossier, struct casus_error *err)
{
    uint32_t count = casus_dossier_event_count(dossier);
    struct casus_removed removed;
    uint8_t *chosen = calloc((size_t)count + 1, 1);
    if (!chosen) {
        *err = (struct casus_error){.status = CASUS_ENOMEM, .code = 183, .text = "out of memory"};
        return NULL;
    }
    enum casus_status status =
        casus_selection_apply(&options->selection, dossier, chosen, &removed, err);
    if (status == CASUS_OK && !memchr(chosen, 1, count))
        status = casus_selection_fail_empty(&removed, count, err);
    if (status == CASUS_OK)
        return chosen;
    free(chosen);
    return NULL;
}

static int
convert(const struct options *options, const struct casus_dossier *dossier, bool folder, bool lines)
{
    struct casus_error err = {0};
    uint8_t *chosen = choose(options, dossier, &err);
    if (!chosen)
        return complain(options, &err);
    struct conversion conversion = {dossier, chosen,
                                    lines ? CASUS_DOSSIER_LINES : CASUS_DOSSIER_JSON};
    int code = 0;
    if (!folder)
        code = answer(options, write_dossier, &conversion);
    else if (casus_dossier_write_csv(dossier, chosen, options->output, &err) != CASUS_OK)
        code = complain(options, &err);
    free(chosen);
    return code;
}

int
cmd_convert(const struct command *command, struct options *options)
{
    const char *to = options->output ? options->output : "-";
    bool lines = ends_with(to, ".jsonl") || ends_with(to, ".ndjson");
    bool folder = strcmp(to, "-") != 0 && is_folder_name(to);
    if (!lines && !folder && strcmp(to, "-") != 0 && !ends_with(to, ".json"))
        return complain_usage(command,
                              "-o takes FILE.json, FILE.jsonl or a FOLDER for a CSV set, not "
                              "'%.60s'",
                              to);
    struct material material;
    int code = refuse_ties(command, &options->selection);
    if (code)
        return code;
    code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                         &material);
    if (code == 0)
        code = convert(options, material.dossier, folder, lines);
    material_done(&material);
    return code;
}
