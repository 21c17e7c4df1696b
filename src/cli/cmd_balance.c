/* casus balance: two camps or more, and which ties do not fit. */
#include "cli/cli.h"

struct weighing {
    struct casus_balance_report report;
    enum casus_layout layout;
};

static enum casus_status
write_balance(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct weighing *weighing = context;
    return casus_balance_write(&weighing->report, weighing->layout, output, err);
}

static int
tell_balance(const struct command *command, struct options *options,
             const struct material *material)
{
    struct casus_error err = {0};
    struct casus_balance *balance;
    if (balance_find(options, material->graph, &balance, &err) != CASUS_OK)
        return complain(options, &err);
    struct weighing weighing = {
        {heading_of(command, options, 1), material->dossier, material->graph, balance},
        options->layout};
    int code = answer(options, write_balance, &weighing);
    casus_balance_free(balance);
    return code;
}

int
cmd_balance(const struct command *command, struct options *options)
{
    struct material material;
    if (options->windowing.length || options->windowing.step || options->windowing.expanding)
        return windows_answer(command, options, true);
    int code = material_read(options, WANT_GRAPH_OF_DOSSIER,
                             options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = tell_balance(command, options, &material);
    material_done(&material);
    return code;
}
