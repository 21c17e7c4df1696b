/* From INPUT… to a dossier or a graph: the two sinks, and the bar while it lasts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

/* A bar is shown only after a while: short work stays silent. */
struct bar {
    double started, shown;
    bool visible;
};

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void
show_bar(void *context, const char *name, uint64_t done, uint64_t total)
{
    enum { WIDTH = 24 };
    struct bar *bar = context;
    double time = now(), spent = time - bar->started;
    if (spent < 0.5 || time - bar->shown < 0.1)
        return;
    bar->shown = time;
    bar->visible = true;
    double rate = (double)done / spent / 1e6;
    fprintf(stderr, "\r\033[K%.40s ", name);
    if (total >= done && total > 0) {
        int full = (int)((double)WIDTH * (double)done / (double)total);
        fprintf(stderr, "[%.*s%*s] %3.0f %%  %.0f MB/s  %.0f s left", full,
                "########################", WIDTH - full, "", 100.0 * (double)done / (double)total,
                rate, rate > 0 ? (double)(total - done) / 1e6 / rate : 0.0);
    } else {
        fprintf(stderr, "%.0f MB  %.0f MB/s", (double)done / 1e6, rate);
    }
    fflush(stderr);
}

static void
hide_bar(const struct bar *bar)
{
    if (bar->visible)
        fprintf(stderr, "\r\033[K");
}

/* Written before anything is read by it: a bad map is told first. */
static enum casus_status
save_map(const struct options *options, struct casus_error *err)
{
    struct casus_output *output;
    enum casus_status status = casus_output_open(options->save_map, &output, err);
    if (status != CASUS_OK)
        return status;
    status = casus_map_write(options->reading.map, output, err);
    if (status == CASUS_OK)
        return casus_output_close(output, err);
    casus_output_discard(output);
    return status;
}

static enum casus_status
read_all(struct options *options, struct casus_sink *sink, struct casus_problems *problems,
         struct casus_error *err)
{
    struct bar bar = {.started = now()};
    struct casus_reading reading = options->reading;
    if (reading.map && !reading.format)
        reading.format = "csv";
    if (isatty(STDERR_FILENO)) {
        reading.progress = show_bar;
        reading.context = &bar;
    }
    enum casus_status status = CASUS_OK;
    for (uint32_t i = 0; i < options->inputs.count && status == CASUS_OK; i++)
        status = casus_read(options->inputs.at[i], &reading, sink, problems, err);
    hide_bar(&bar);
    return status;
}

/* --- the registry ----------------------------------------------------------------------------- */

/* An empty list of problems, but for those of the registry: these stand in every reading. */
static enum casus_status
renew_problems(const struct options *options, enum casus_policy policy, struct material *out,
               struct casus_error *err)
{
    casus_problems_free(out->problems);
    out->problems = casus_problems_new(policy);
    struct casus_registry *read = options->registry ? casus_registry_new() : NULL;
    enum casus_status status = CASUS_OK;
    if (!out->problems || (options->registry && !read))
        status = CASUS_ENOMEM;
    else if (read)
        status = casus_registry_read(options->registry, read, out->problems, err);
    if (out->registry) {
        casus_registry_free(read); /* the first one remembers what inputs call their actors */
        return status;
    }
    out->registry = read;
    return status;
}

/* Read into a sink by the registry's names, where there is a registry. */
static enum casus_status
read_named(struct options *options, struct casus_sink *sink, struct material *out,
           struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    if (out->registry)
        status = casus_registry_sink(out->registry, sink, &sink, err);
    if (status == CASUS_OK && options->sightings)
        sink = casus_sightings_sink(options->sightings, sink);
    return status == CASUS_OK ? read_all(options, sink, out->problems, err) : status;
}

static bool
reads_again(const struct material *material)
{
    return material->registry && casus_registry_reads_again(material->registry);
}

/* --- what can be read once only --------------------------------------------------------------- */

enum { KEPT = 32 * 1024 * 1024 }; /* bytes of it, for a second reading */

static bool
is_read_once(const char *path)
{
    struct stat about;
    return strcmp(path, "-") == 0 ||
           (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode));
}

static uint32_t
count_read_once(const struct options *options)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < options->inputs.count; i++)
        count += is_read_once(options->inputs.at[i]);
    return count;
}

static void
end_replay(struct options *options)
{
    casus_replay_free(options->reading.replay);
    options->reading.replay = NULL;
}

/* Read all from the begin. */
static enum casus_status
begin_again(struct options *options, struct casus_error *err)
{
    *err = (struct casus_error){0};
    if (!count_read_once(options) ||
        (options->reading.replay && casus_replay_rewind(options->reading.replay)))
        return CASUS_OK;
    *err = (struct casus_error){
        .status = CASUS_EIO,
        .code = 220,
        .text = "standard input or a pipe would have to be read twice: a name stands in it before "
                "it is declared, an id twice, or no event at all; give a file"};
    return CASUS_EIO;
}

/* --- the two sinks ---------------------------------------------------------------------------- */

static enum casus_status
fill_dossier(struct options *options, struct material *out, struct casus_error *err)
{
    casus_dossier_free(out->dossier);
    out->dossier = casus_dossier_new();
    if (!out->dossier)
        return CASUS_ENOMEM;
    return read_named(options, casus_dossier_sink(out->dossier), out, err);
}

static enum casus_status
read_dossier(struct options *options, enum casus_policy policy, struct material *out,
             struct casus_error *err)
{
    enum casus_status status = fill_dossier(options, out, err);
    if (status == CASUS_OK && reads_again(out)) {
        status = begin_again(options, err);
        if (status == CASUS_OK)
            status = renew_problems(options, policy, out, err);
        if (status == CASUS_OK)
            status = fill_dossier(options, out, err);
    }
    if (status == CASUS_OK)
        status = casus_dossier_finish(out->dossier, out->problems, err);
    return status;
}

/* The graph of a dossier, or its windows. */
static enum casus_status
build(struct options *options, enum want want, struct material *out, struct casus_error *err)
{
    enum casus_status status = casus_verdicts_new(out->dossier, &out->verdicts, err);
    if (status == CASUS_OK && options->probabilities &&
        options->folding.weight == CASUS_WEIGHT_EVIDENCE) {
        status = casus_probabilities_read(options->probabilities, &out->probabilities, err);
        options->folding.probabilities = &out->probabilities;
    }
    if (status != CASUS_OK)
        return status;
    if (want == WANT_WINDOWS)
        return casus_windows_new(out->dossier, &options->selection, out->verdicts,
                                 &options->folding, &options->windowing, &out->windows, err);
    return casus_graph_build(out->dossier, &options->selection, out->verdicts, &options->folding,
                             &out->graph, err);
}

/* The same in one pass that forgets what it read. */
static enum casus_status
fold(struct options *options, enum want want, struct material *out, struct casus_error *err)
{
    struct casus_folding folding = options->folding;
    folding.windows = want == WANT_WINDOWS;
    enum casus_status status = casus_fold_new(&options->selection, &folding, &out->fold, err);
    if (status != CASUS_OK)
        return status;
    status = read_named(options, casus_fold_sink(out->fold), out, err);
    if (status == CASUS_OK && reads_again(out))
        status = CASUS_EKEEP;
    if (status == CASUS_OK && want == WANT_WINDOWS)
        return casus_fold_windows(out->fold, out->problems, &options->windowing, &out->windows,
                                  err);
    if (status == CASUS_OK)
        status = casus_fold_finish(out->fold, out->problems, &out->graph, err);
    if (status == CASUS_OK) {
        casus_fold_free(out->fold); /* the graph has copied what it keeps */
        out->fold = NULL;
    }
    return status;
}

/* Of several that can be read once only none is folded on the chance that it need not be read again. */
static bool
may_fold(const struct options *options, enum want want)
{
    return (want == WANT_GRAPH || want == WANT_WINDOWS) && count_read_once(options) < 2 &&
           options->folding.weight != CASUS_WEIGHT_EVIDENCE &&
           !casus_selection_needs_dossier(&options->selection);
}

/* A replay is of one input, and only where something may ask for a second reading. */
static enum casus_status
begin_replay(struct options *options, enum want want, struct casus_error *err)
{
    bool twice = may_fold(options, want) || options->registry;
    return twice && count_read_once(options) == 1
               ? casus_replay_new(KEPT, &options->reading.replay, err)
               : CASUS_OK;
}

static enum casus_status
read_as_wanted(struct options *options, enum want want, enum casus_policy policy,
               struct material *out, struct casus_error *err)
{
    enum casus_status status = renew_problems(options, policy, out, err);
    if (status == CASUS_OK && may_fold(options, want)) {
        status = fold(options, want, out, err);
        if (status != CASUS_EKEEP)
            return status;
        casus_fold_free(out->fold);
        out->fold = NULL;
        status = begin_again(options, err);
        if (status == CASUS_OK)
            status = renew_problems(options, policy, out, err);
    }
    if (status == CASUS_OK)
        status = read_dossier(options, policy, out, err);
    if (status == CASUS_OK && want != WANT_DOSSIER)
        status = build(options, want, out, err);
    return status;
}

int
material_read(struct options *options, enum want want, enum casus_policy policy,
              struct material *out)
{
    struct casus_error err = {0};
    *out = (struct material){0};
    enum casus_status status = options->save_map ? save_map(options, &err) : CASUS_OK;
    if (status == CASUS_OK)
        status = begin_replay(options, want, &err);
    if (status == CASUS_OK)
        status = read_as_wanted(options, want, policy, out, &err);
    end_replay(options);
    tell_reading(options, policy, out);
    options->problems = policy == CASUS_LENIENT ? out->problems : NULL;
    if (status == CASUS_OK)
        return 0;
    if (status == CASUS_ENOMEM && err.status == CASUS_OK)
        err = (struct casus_error){.status = status, .code = 183, .text = "out of memory"};
    return complain(options, &err);
}

void
material_done(struct material *material)
{
    casus_windows_free(material->windows);
    casus_fold_free(material->fold);
    casus_graph_free(material->graph);
    casus_verdicts_free(material->verdicts);
    casus_dossier_free(material->dossier);
    casus_problems_free(material->problems);
    casus_registry_free(material->registry);
}
