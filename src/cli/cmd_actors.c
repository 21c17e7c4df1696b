/* casus actors: who is in the input, under which names; --write a registry to edit. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"

struct listing {
    struct casus_actors actors;
    enum casus_layout layout;
};

static enum casus_status
write_actors(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_actors_write(&listing->actors, listing->layout, output, err);
}

static enum casus_status
write_registry(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct listing *listing = context;
    return casus_registry_write(listing->actors.dossier, listing->actors.registry, output, err);
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

static int
list_actors(const struct command *command, struct options *options, const struct material *material)
{
    struct listing listing = {{.heading = heading_of(command, options, 1),
                               .dossier = material->dossier,
                               .registry = material->registry,
                               .sightings = options->sightings},
                              options->layout};
    int code = 0;
    tell_registry(material->registry);
    if (options->write) {
        struct options aside = *options;
        aside.output = options->write;
        code = answer(&aside, write_registry, &listing);
    }
    if (code == 0 && (!options->write || options->output))
        code = answer(options, write_actors, &listing);
    return code;
}

int
cmd_actors(const struct command *command, struct options *options)
{
    struct material material;
    struct casus_error err = {.status = CASUS_ENOMEM, .code = 183, .text = "out of memory"};
    options->sightings = casus_sightings_new();
    if (!options->sightings)
        return complain(options, &err);
    int code = material_read(options, WANT_DOSSIER, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0)
        code = list_actors(command, options, &material);
    material_done(&material);
    casus_sightings_free(options->sightings);
    return code;
}
