/* casus diff: what moved between two inputs. */
#include "cli/cli.h"

struct comparing {
    struct casus_diff_report report;
    enum casus_layout layout;
};

enum { OLD, NEW };

static enum casus_status
write_diff(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct comparing *comparing = context;
    return casus_diff_write(&comparing->report, comparing->layout, output, err);
}

/* Read one of the two as if it were the only input; the new one by a registry of its own where one
 * is given. */
static int
read_side(struct options *options, int side, struct material *out)
{
    struct strings inputs = options->inputs;
    const char *registry = options->registry;
    options->inputs = (struct strings){inputs.at + side, 1, 1};
    if (side == NEW && options->new_registry)
        options->registry = options->new_registry;
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, out);
    options->inputs = inputs;
    options->registry = registry;
    return code;
}

static int
tell_diff(const struct command *command, struct options *options,
          const struct material materials[2])
{
    struct casus_error err = {0};
    struct casus_scores *scores[2] = {NULL, NULL};
    struct casus_diff *diff = NULL;
    struct comparing comparing = {.report = {.heading = heading_of(command, options, 1)},
                                  .layout = options->layout};
    enum casus_status status = CASUS_OK;
    for (int side = OLD; side <= NEW && status == CASUS_OK; side++) {
        status = casus_scores_new(materials[side].graph, &options->scoring, &scores[side], &err);
        comparing.report.side[side] =
            (struct casus_diff_side){materials[side].dossier, materials[side].graph, scores[side]};
    }
    if (status == CASUS_OK)
        status =
            casus_diff_new(&comparing.report.side[OLD], &comparing.report.side[NEW], &diff, &err);
    comparing.report.diff = diff;
    int code =
        status == CASUS_OK ? answer(options, write_diff, &comparing) : complain(options, &err);
    casus_diff_free(diff);
    casus_scores_free(scores[OLD]);
    casus_scores_free(scores[NEW]);
    return code;
}

int
cmd_diff(const struct command *command, struct options *options)
{
    struct material materials[2] = {{0}, {0}};
    if (options->inputs.count != 2)
        return complain_usage(command, "wants OLD and NEW, two inputs, not %u",
                              options->inputs.count);
    int code = read_side(options, OLD, &materials[OLD]);
    if (code == 0)
        code = read_side(options, NEW, &materials[NEW]);
    if (code == 0)
        code = tell_diff(command, options, materials);
    material_done(&materials[OLD]);
    material_done(&materials[NEW]);
    return code;
}
