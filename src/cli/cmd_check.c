/* casus check: every problem in the input, not the first. */
#include <string.h>

#include "cli/cli.h"

struct checking {
    const struct casus_problems *problems;
    struct casus_heading heading;
    enum casus_layout layout;
};

static enum casus_status
write_check(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct checking *checking = context;
    return casus_problems_write(checking->problems, &checking->heading, checking->layout, output,
                                err);
}

int
cmd_check(const struct command *command, struct options *options)
{
    struct material material;
    int code = material_read(options, WANT_DOSSIER, CASUS_CHECK, &material);
    if (code == 0) {
        casus_problems_sort(material.problems);
        struct checking checking = {material.problems, heading_of(command, options, 1),
                                    options->layout};
        code = answer(options, write_check, &checking);
        if (code == 0 && casus_problems_total(material.problems))
            code = 3;
    }
    material_done(&material);
    return code;
}
