/* casus export: the graph in the format that another tool opens. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

struct exporting {
    const struct casus_graph *graph;
    const char *name;
    struct casus_exporting options;
};

static enum casus_status
write_export(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct exporting *exporting = context;
    return casus_export_write(exporting->graph, exporting->name, &exporting->options, output, err);
}

/* @return 0 where the format is known, else 2 after having said so */
static int
check_format(const struct command *command, const char *name)
{
    enum { MOST = 64 };
    const char *names[MOST];
    size_t count = casus_exporter_count() < MOST ? casus_exporter_count() : MOST;
    for (size_t i = 0; i < count; i++) {
        names[i] = casus_exporter_at(i)->name;
        if (name && strcmp(names[i], name) == 0)
            return 0;
    }
    if (!name)
        return complain_usage(command, "wants --to NAME; `casus formats` lists the names");
    const char *near = casus_nearest(name, names, count);
    return complain_usage(command, "--to knows no '%.40s'%s%s%s", name,
                          near ? "; did you mean '" : "; `casus formats` lists the names",
                          near ? near : "", near ? "'?" : "");
}

/* What --with asks for. */
struct extras {
    struct casus_scores *scores;
    struct casus_balance *balance;
    struct casus_positions *positions;
};

static int
find_extras(struct options *options, const struct casus_graph *graph, struct extras *out)
{
    struct casus_error err = {0};
    enum casus_status status = CASUS_OK;
    if (options->with_scores)
        status = casus_scores_new(graph, &options->scoring, &out->scores, &err);
    if (status == CASUS_OK && options->with_blocs)
        status = balance_find(options, graph, &out->balance, &err);
    if (status == CASUS_OK && options->with_layout)
        status = casus_positions_new(graph, NULL, &out->positions, &err);
    return status == CASUS_OK ? 0 : complain(options, &err);
}

static bool
is_panel(const struct options *options)
{
    return strcmp(options->to, "panel") == 0 || strcmp(options->to, "panel-actors") == 0;
}

/* A row a dyad (or an actor) and window. */
static int
export_panel(struct options *options)
{
    struct material material;
    if (!options->windowing.length)
        options->windowing.length = "month";
    options->folding.evidence = true;
    int code = material_read(options, WANT_WINDOWS, options->lenient ? CASUS_LENIENT : CASUS_STRICT,
                             &material);
    if (code == 0) {
        struct exporting exporting = {
            casus_windows_whole(material.windows), options->to, {.windows = material.windows}};
        code = answer(options, write_export, &exporting);
    }
    material_done(&material);
    return code;
}

int
cmd_export(const struct command *command, struct options *options)
{
    int code = check_format(command, options->to);
    if (code)
        return code;
    if (is_panel(options))
        return export_panel(options);
    struct material material;
    struct extras extras = {0};
    options->folding.evidence = true;
    code = material_read(options, options->with_events ? WANT_GRAPH_OF_DOSSIER : WANT_GRAPH,
                         options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = find_extras(options, material.graph, &extras);
    if (code == 0) {
        struct exporting exporting = {material.graph,
                                      options->to,
                                      {.scores = extras.scores,
                                       .balance = extras.balance,
                                       .positions = extras.positions,
                                       .dossier = options->with_events ? material.dossier : NULL,
                                       .links = options->links}};
        code = answer(options, write_export, &exporting);
    }
    casus_scores_free(extras.scores);
    casus_balance_free(extras.balance);
    casus_positions_free(extras.positions);
    material_done(&material);
    return code;
}
