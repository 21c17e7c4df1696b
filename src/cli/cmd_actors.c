/* casus actors: who is in the input, under which names; --write a registry to edit. */
#include "cli/cli.h"

struct listing {
    const struct casus_dossier *dossier;
    struct casus_heading heading;
    enum casus_layout layout;
};

static enum casus_status
write_actors(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_actors_write(listing->dossier, &listing->heading, listing->layout, output, err);
}

static enum casus_status
write_registry(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_registry_write(listing->dossier, output, err);
}

int
cmd_actors(const struct command *command, struct options *options)
{
    struct material material;
    int code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0) {
        struct listing listing = {material.dossier, heading_of(command, options, 1),
                                  options->layout};
        if (options->write) {
            struct options aside = *options;
            aside.output = options->write;
            code = answer(&aside, write_registry, &listing);
        }
        if (code == 0 && (!options->write || options->output))
            code = answer(options, write_actors, &listing);
    }
    material_done(&material);
    return code;
}
