/* casus timeline: windows and change; casus balance --window. */
#include "cli/cli.h"

struct telling {
    struct casus_timeline_report report;
    enum casus_layout layout;
    struct work_bar bar;
};

static enum casus_status
write_timeline(void *context, struct casus_output *output, struct casus_error *err)
{
    struct telling *telling = context;
    work_bar_begin(&telling->bar);
    enum casus_status status = casus_timeline_write(&telling->report, telling->layout, output, err);
    work_bar_end(&telling->bar);
    return status;
}

static int
tell_timeline(const struct command *command, struct options *options,
              const struct material *material, bool balance)
{
    struct telling telling = {.report = {.heading = heading_of(command, options, 1),
                                         .windows = material->windows,
                                         .balance = balance,
                                         .timing = {.scoring = &options->scoring,
                                                    .balancing = options->balancing,
                                                    .permutations = options->permutations,
                                                    .seed = options->seed,
                                                    .progress = work_bar_show}},
                              .layout = options->layout};
    telling.report.timing.balancing.ambivalent = options->scoring.ambivalent;
    telling.report.timing.progress_context = &telling.bar;
    return answer(options, write_timeline, &telling);
}

int
windows_answer(const struct command *command, struct options *options, bool balance)
{
    struct material material;
    int code = material_read(options, WANT_WINDOWS, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0)
        code = tell_timeline(command, options, &material, balance);
    material_done(&material);
    return code;
}

int
cmd_timeline(const struct command *command, struct options *options)
{
    return windows_answer(command, options, false);
}
