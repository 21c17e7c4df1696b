/* casus actors: who is in the input, under which names; --write a registry to edit. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"

struct listing {
    const struct casus_dossier *dossier;
    const struct casus_registry *registry; /* or NULL */
    struct casus_heading heading;
    enum casus_layout layout;
};

static enum casus_status
write_actors(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_actors_write(listing->dossier, listing->registry, &listing->heading,
                              listing->layout, output, err);
}

static enum casus_status
write_registry(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_registry_write(listing->dossier, listing->registry, output, err);
}

/* What of the registry does not act, so that nobody thinks it does. */
static void
tell_registry(const struct casus_registry *registry)
{
    if (!registry)
        return;
    struct casus_registry_counts counts = casus_registry_count(registry);
    fprintf(stderr,
            "casus: registry of %" PRIu64 " rows: %" PRIu64 " yes, %" PRIu64 " no, %" PRIu64
            " unsure (not acted on)\n",
            counts.rows, counts.yes, counts.no, counts.unsure);
    if (counts.shared)
        fprintf(stderr,
                "casus: %" PRIu64 " of its names mean%s several actors at all times, and so none: "
                "name an id, or give dates\n",
                counts.shared, counts.shared == 1 ? "s" : "");
}

int
cmd_actors(const struct command *command, struct options *options)
{
    struct material material;
    int code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0) {
        struct listing listing = {material.dossier, material.registry,
                                  heading_of(command, options, 1), options->layout};
        tell_registry(material.registry);
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
