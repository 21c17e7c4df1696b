/* casus convert: anything that can be read, as a dossier. */
#include <string.h>

#include "cli/cli.h"

struct conversion {
    const struct casus_dossier *dossier;
    enum casus_dossier_layout layout;
};

static enum casus_status
write_dossier(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct conversion *conversion = context;
    return casus_dossier_write(conversion->dossier, conversion->layout, output, err);
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
    int code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0 && folder) {
        struct casus_error err = {0};
        if (casus_dossier_write_csv(material.dossier, to, &err) != CASUS_OK)
            code = complain(options, &err);
    } else if (code == 0) {
        struct conversion conversion = {material.dossier,
                                        lines ? CASUS_DOSSIER_LINES : CASUS_DOSSIER_JSON};
        code = answer(options, write_dossier, &conversion);
    }
    material_done(&material);
    return code;
}
