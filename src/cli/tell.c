/* What a reading leaves to be said on stderr: what became of each table's rows, and what --lenient
 * passed over. A dossier is as its author wrote it and of it nothing is said, unless some of it was
 * left out (a check answers that); --quiet is silent on both, and never on errors. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"

static void
tell_input(const struct casus_input *input, enum casus_policy policy)
{
    struct casus_output *output;
    bool whole = policy == CASUS_CHECK || (!input->no_event && !input->left_out);
    if ((input->dossier && whole) || casus_output_memory(&output, NULL) != CASUS_OK)
        return;
    size_t length;
    casus_output_text(output, "casus: ");
    casus_input_write(input, output);
    casus_output_text(output, "\n");
    const char *line = casus_output_bytes(output, &length);
    fwrite(line, 1, length, stderr);
    casus_output_discard(output);
}

static void
tell_inputs(const struct material *material, enum casus_policy policy)
{
    const struct casus_graph *graph = material->graph     ? material->graph
                                      : material->windows ? casus_windows_whole(material->windows)
                                                          : NULL;
    uint32_t count = graph               ? casus_graph_input_count(graph)
                     : material->dossier ? casus_dossier_input_count(material->dossier)
                                         : 0;
    for (uint32_t i = 0; i < count; i++)
        tell_input(graph ? casus_graph_input_at(graph, i)
                         : casus_dossier_input_at(material->dossier, i),
                   policy);
}

/* How many by message, and the first of each. */
static void
tell_problems(const struct options *options, const struct casus_problems *problems)
{
    uint64_t total = casus_problems_total(problems);
    if (!total)
        return;
    fprintf(stderr, "casus: %" PRIu64 " problem%s passed over\n", total, total == 1 ? "" : "s");
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        const struct casus_error *first = casus_problems_at(problems, i);
        fprintf(stderr,
                "%8" PRIu64 " × CAS-%03u, first: ", casus_problems_of(problems, first->code),
                first->code);
        complain(options, first);
    }
}

void
tell_reading(const struct options *options, enum casus_policy policy,
             const struct material *material)
{
    if (options->quiet)
        return;
    if (policy == CASUS_LENIENT && material->problems)
        tell_problems(options, material->problems);
    tell_inputs(material, policy);
}
