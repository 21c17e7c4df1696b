/* casus report: centralities and brokerage. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"

struct reporting {
    struct casus_report report;
    enum casus_layout layout;
};

static enum casus_status
write_report(void *context, struct casus_output *output, struct casus_error *err)
{
    const struct reporting *reporting = context;
    return casus_report_write(&reporting->report, reporting->layout, output, err);
}

/* All contact, attack alone, support alone. */
enum { CONTACT, ATTACK, SUPPORT, SCORES };

static bool
show_paths(void *bar, const char *name, uint64_t done, uint64_t total)
{
    work_bar_show(bar, name, done, total);
    return true;
}

/* Long work is not begun without a word: it is exact unless a sample is asked for. */
static void
tell_time(const struct options *options, const struct casus_graph *graph,
          const struct casus_scoring scorings[SCORES])
{
    enum { LONG = 20, VERY_LONG = 60 };
    double seconds = 0;
    for (int i = 0; i < SCORES; i++)
        seconds += casus_scores_estimate(graph, &scorings[i], options->threads);
    if (!isatty(STDERR_FILENO) || seconds < LONG)
        return;
    fprintf(stderr, "shortest paths among %" PRIu32 " actors: about %.0f s",
            casus_graph_actor_count(graph), seconds);
    if (seconds > VERY_LONG && !options->scoring.reciprocal)
        fputs("; --approximate 0.01 takes a sample instead, in a few", stderr);
    fputc('\n', stderr);
}

static enum casus_status
score(const struct options *options, const struct casus_graph *graph, struct casus_scores **out,
      struct casus_error *err)
{
    struct casus_scoring scorings[SCORES] = {options->scoring, options->scoring, options->scoring};
    struct work_bar bar;
    scorings[CONTACT].progress = show_paths;
    scorings[CONTACT].context = &bar;
    scorings[ATTACK].relations = CASUS_BIT(CASUS_ATTACK);
    scorings[SUPPORT].relations = CASUS_BIT(CASUS_SUPPORT);
    tell_time(options, graph, scorings);
    work_bar_begin(&bar);
    enum casus_status status =
        casus_scores_new_all(graph, scorings, SCORES, options->threads, out, err);
    work_bar_end(&bar);
    return status;
}

static enum casus_status
find_brokers(const struct options *options, const struct material *material,
             struct casus_brokers **out, struct casus_error *err)
{
    struct casus_balance *blocs = NULL;
    enum casus_status status = CASUS_OK;
    if (!options->brokers)
        return CASUS_OK;
    if (options->roles_by_bloc)
        status = balance_find(options, material->graph, &blocs, err);
    struct casus_brokering brokering = {.with_generic = options->scoring.with_generic,
                                        .blocs = blocs};
    if (status == CASUS_OK)
        status = casus_brokers_new(material->graph, material->dossier, &brokering, out, err);
    casus_balance_free(blocs);
    return status;
}

/* What was read, and how it was folded. */
static struct casus_basis
basis_of(const struct options *options, const struct material *material)
{
    return (struct casus_basis){.dossier = material->dossier,
                                .graph = material->graph,
                                .selection = &options->selection,
                                .verdicts = material->verdicts,
                                .scoring = &options->scoring,
                                .weight = options->folding.weight,
                                .probabilities = options->folding.probabilities};
}

static enum casus_status
draw_worlds(const struct options *options, const struct material *material,
            struct casus_uncertainty **out, struct casus_error *err)
{
    struct casus_basis basis = basis_of(options, material);
    struct casus_probabilities probabilities;
    struct work_bar bar;
    struct casus_sampling sampling = {.worlds = options->worlds,
                                      .seed = options->seed,
                                      .first = options->first,
                                      .registry = material->registry,
                                      .progress = work_bar_show,
                                      .context = &bar};
    enum casus_status status = CASUS_OK;
    if (!options->worlds)
        return CASUS_OK;
    if (options->probabilities) {
        status = casus_probabilities_read(options->probabilities, &probabilities, err);
        sampling.probabilities = &probabilities;
    }
    work_bar_begin(&bar);
    if (status == CASUS_OK)
        status = casus_uncertainty_new(&basis, &sampling, out, err);
    work_bar_end(&bar);
    return status;
}

static enum casus_status
leave_out_each(const struct options *options, const struct material *material,
               struct casus_reliance **out, struct casus_error *err)
{
    struct casus_basis basis = basis_of(options, material);
    struct work_bar bar;
    struct casus_sampling sampling = {
        .first = options->first, .progress = work_bar_show, .context = &bar};
    if (!options->without_each)
        return CASUS_OK;
    work_bar_begin(&bar);
    enum casus_status status = casus_reliance_new(&basis, &sampling, out, err);
    work_bar_end(&bar);
    return status;
}

/* What the filter of belief took away, where there is one. */
static enum casus_status
find_fallen(const struct options *options, const struct material *material,
            const struct casus_scores *scores, struct casus_fallen **out, struct casus_error *err)
{
    struct casus_diff_side side = {material->dossier, material->graph, scores};
    return casus_fallen_new(&side, &options->selection, material->verdicts, &options->folding,
                            &options->scoring, out, err);
}

static int
report_on(const struct command *command, struct options *options, const struct material *material)
{
    const struct casus_graph *graph = material->graph;
    struct casus_error err = {0};
    struct casus_scores *scores[SCORES] = {NULL};
    struct casus_brokers *brokers = NULL;
    struct casus_uncertainty *uncertainty = NULL;
    struct casus_reliance *reliance = NULL;
    struct casus_fallen *fallen = NULL;
    enum casus_status status = score(options, graph, scores, &err);
    if (status == CASUS_OK)
        status = find_brokers(options, material, &brokers, &err);
    if (status == CASUS_OK)
        status = draw_worlds(options, material, &uncertainty, &err);
    if (status == CASUS_OK)
        status = leave_out_each(options, material, &reliance, &err);
    if (status == CASUS_OK)
        status = find_fallen(options, material, scores[CONTACT], &fallen, &err);
    int code;
    if (status == CASUS_OK) {
        struct reporting reporting = {{.heading = heading_of(command, options, 1),
                                       .graph = graph,
                                       .contact = scores[CONTACT],
                                       .attack = scores[ATTACK],
                                       .support = scores[SUPPORT],
                                       .scoring = &options->scoring,
                                       .brokers = brokers,
                                       .uncertainty = uncertainty,
                                       .reliance = reliance,
                                       .fallen = fallen,
                                       .dossier = material->dossier},
                                      options->layout};
        code = answer(options, write_report, &reporting);
    } else {
        code = complain(options, &err);
    }
    for (int i = 0; i < SCORES; i++)
        casus_scores_free(scores[i]);
    casus_brokers_free(brokers);
    casus_uncertainty_free(uncertainty);
    casus_reliance_free(reliance);
    casus_fallen_free(fallen);
    return code;
}

int
cmd_report(const struct command *command, struct options *options)
{
    struct material material;
    enum want want = options->worlds || options->without_each ? WANT_GRAPH_OF_DOSSIER : WANT_GRAPH;
    int code =
        material_read(options, want, options->lenient ? CASUS_LENIENT : CASUS_STRICT, &material);
    if (code == 0)
        code = report_on(command, options, &material);
    material_done(&material);
    return code;
}
