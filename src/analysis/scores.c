/* All measures of a graph: a row of `steps` each, side by side; then ranks.
 *
 * Invariant: a score is NaN exactly where its rank is 0 and its reason is not NULL.
 * Actors that are nobody in particular (generic) take no part in betweenness and constraint, as
 * ends or in between, unless asked: a path through "civilians" joins nobody.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "analysis/measure.h"
#include "base/fault.h"
#include "base/parallel.h"

struct casus_scores {
    uint32_t n, components;
    uint64_t arcs;
    double *values;  /* measure by measure */
    uint32_t *ranks; /* measure by measure */
    bool *generic;
    bool with_generic;
    const char *why[CASUS_MEASURE_COUNT];
    uint32_t (*ambivalent)[2];
    uint32_t ambivalent_count;
};

/* What the steps read and where they write. */
struct job {
    struct casus_scoring scoring;
    const struct cas_contact_tie *ties; /* one's own are in `taken` */
    size_t tie_count;
    struct cas_contact_tie *taken;
    const struct casus_graph *graph;            /* to take them from, or NULL */
    struct cas_contact *all, *weighted;         /* where nothing is to be left out, */
    struct cas_contact *named, *named_weighted; /* two of these are the same; no generic actors */
    struct cas_dyad *dyads;
    size_t dyad_count;
    struct casus_scores *scores;
};

typedef enum casus_status step(struct job *job, struct casus_error *err);

static double *
column(struct job *job, enum casus_measure measure)
{
    return job->scores->values + (size_t)measure * job->scores->n;
}

static enum casus_status
step_degrees(struct job *job, struct casus_error *err)
{
    cas_degrees(job->all, column(job, CASUS_IN_DEGREE), column(job, CASUS_OUT_DEGREE));
    cas_strengths(job->all, column(job, CASUS_IN_STRENGTH), column(job, CASUS_OUT_STRENGTH));
    return CASUS_OK;
}

static enum casus_status
step_pagerank(struct job *job, struct casus_error *err)
{
    return cas_pagerank(job->weighted, job->scoring.damping, column(job, CASUS_PAGERANK), err);
}

static enum casus_status
step_hits(struct job *job, struct casus_error *err)
{
    const char *why = NULL;
    enum casus_status status =
        cas_hits(job->weighted, column(job, CASUS_HUB), column(job, CASUS_AUTHORITY), &why, err);
    job->scores->why[CASUS_HUB] = job->scores->why[CASUS_AUTHORITY] = why;
    return status;
}

static enum casus_status
step_eigenvector(struct job *job, struct casus_error *err)
{
    return cas_eigenvector(job->weighted, column(job, CASUS_EIGENVECTOR),
                           &job->scores->why[CASUS_EIGENVECTOR], err);
}

static enum casus_status
step_distances(struct job *job, struct casus_error *err)
{
    double *closeness = column(job, CASUS_CLOSENESS), *harmonic = column(job, CASUS_HARMONIC);
    bool normalized = job->scoring.normalized;
    const char **why = &job->scores->why[CASUS_CLOSENESS];
    enum casus_status status;

    if (job->scoring.reciprocal) {
        status = cas_reciprocal_distances(job->weighted, normalized, closeness, harmonic, why, err);
    } else {
        status = cas_hop_distances(job->all, normalized, closeness, harmonic, why, err);
    }
    for (uint32_t v = 0; status == CASUS_OK && normalized && v < job->scores->n; v++) {
        harmonic[v] /= fmax(1, (double)job->scores->n - 1);
    }
    return status;
}

/* Divide by the ordered pairs of others; where there is none the score is 0 anyway. */
static void
normalise_betweenness(struct job *job, double *out)
{
    double n = 0, pairs;

    for (uint32_t v = 0; v < job->scores->n; v++) {
        n += job->scoring.with_generic || !job->scores->generic[v];
    }
    pairs = (n - 1) * (n - 2);
    for (uint32_t v = 0; pairs > 0 && v < job->scores->n; v++) {
        out[v] /= pairs;
    }
}

static enum casus_status
step_betweenness(struct job *job, struct casus_error *err)
{
    double *out = column(job, CASUS_BETWEENNESS);
    const char **why = &job->scores->why[CASUS_BETWEENNESS];
    enum casus_status status = job->scoring.reciprocal
                                   ? cas_reciprocal_betweenness(job->named_weighted, out, err)
                                   : cas_hop_betweenness(job->named, out, why, err);

    if (status == CASUS_OK && job->scoring.normalized) {
        normalise_betweenness(job, out);
    }
    return status;
}

static enum casus_status
step_coreness(struct job *job, struct casus_error *err)
{
    return cas_coreness(job->all, column(job, CASUS_CORENESS), err);
}

static enum casus_status
step_constraint(struct job *job, struct casus_error *err)
{
    return cas_constraint(job->named_weighted, column(job, CASUS_CONSTRAINT),
                          &job->scores->why[CASUS_CONSTRAINT], err);
}

static enum casus_status
step_signed(struct job *job, struct casus_error *err)
{
    cas_signed_degree(job->scores->n, job->dyads, job->dyad_count, job->scoring.ambivalent,
                      column(job, CASUS_SIGNED_DEGREE));
    return cas_pn(job->scores->n, job->dyads, job->dyad_count, job->scoring.ambivalent,
                  column(job, CASUS_PN), &job->scores->why[CASUS_PN], err);
}

static enum casus_status
step_signed_eigenvector(struct job *job, struct casus_error *err)
{
    return cas_signed_eigenvector(job->scores->n, job->dyads, job->dyad_count,
                                  job->scoring.ambivalent, column(job, CASUS_SIGNED_EIGENVECTOR),
                                  &job->scores->why[CASUS_SIGNED_EIGENVECTOR], err);
}

static enum casus_status
step_components(struct job *job, struct casus_error *err)
{
    job->scores->arcs = job->all->arcs.count;
    return cas_contact_components(job->all, &job->scores->components, err);
}

static enum casus_status
step_ambivalent(struct job *job, struct casus_error *err)
{
    struct casus_scores *scores = job->scores;

    scores->ambivalent = cas_zalloc(job->dyad_count + 1, sizeof(*scores->ambivalent));
    if (!scores->ambivalent) {
        return cas_fail_memory(err);
    }
    for (size_t i = 0; i < job->dyad_count; i++) {
        if (job->dyads[i].attack && job->dyads[i].support) {
            scores->ambivalent[scores->ambivalent_count][0] = job->dyads[i].a;
            scores->ambivalent[scores->ambivalent_count++][1] = job->dyads[i].b;
        }
    }
    return CASUS_OK;
}

static enum casus_status
step_hide_generic(struct job *job, struct casus_error *err)
{
    for (uint32_t v = 0; v < job->scores->n; v++) {
        if (!job->scoring.with_generic && job->scores->generic[v]) {
            column(job, CASUS_BETWEENNESS)[v] = NAN;
            column(job, CASUS_CONSTRAINT)[v] = NAN;
        }
    }
    return CASUS_OK;
}

static enum casus_status
step_ranks(struct job *job, struct casus_error *err)
{
    struct casus_scores *scores = job->scores;

    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        enum casus_status status =
            cas_ranks(column(job, m), scores->n, casus_measure_info(m)->low_is_first,
                      scores->ranks + (size_t)m * scores->n, err);
        if (status != CASUS_OK) {
            return status;
        }
    }
    return CASUS_OK;
}

/* Each reads what prepare() made and writes columns of its own; the longest come first, so that
 * threads end at about the same time. */
static step *const steps[] = {
    step_betweenness, step_constraint,         step_hits,    step_pagerank,
    step_eigenvector, step_signed_eigenvector, step_signed,  step_distances,
    step_coreness,    step_components,         step_degrees, step_ambivalent,
};
enum { STEPS = sizeof(steps) / sizeof(*steps) };

/* --- from ties to scores ------------------------------------------------------------------ */

static struct casus_scores *
scores_alloc(uint32_t n)
{
    struct casus_scores *scores = cas_zalloc(1, sizeof(*scores));

    if (!scores) {
        return NULL;
    }
    scores->n = n;
    scores->values = cas_zalloc((size_t)n * CASUS_MEASURE_COUNT, sizeof(*scores->values));
    scores->ranks = cas_zalloc((size_t)n * CASUS_MEASURE_COUNT, sizeof(*scores->ranks));
    scores->generic = cas_zalloc(n, sizeof(*scores->generic));
    if (!scores->values || !scores->ranks || !scores->generic) {
        casus_scores_free(scores);
        return NULL;
    }
    return scores;
}

static bool
any(const bool *of, uint32_t n)
{
    for (uint32_t v = 0; of && v < n; v++) {
        if (of[v]) {
            return true;
        }
    }
    return false;
}

static bool
all_weigh(const struct cas_arcs *arcs)
{
    for (size_t i = 0; i < arcs->count; i++) {
        if (!(arcs->weight[i] > 0)) {
            return false;
        }
    }
    return true;
}

static enum casus_status
prepare_contacts(struct job *job, struct casus_error *err)
{
    const bool *absent = job->scoring.with_generic ? NULL : job->scores->generic;
    bool every_actor = !any(absent, job->scores->n), every_arc = all_weigh(&job->all->arcs);
    enum casus_status status = CASUS_OK;

    job->weighted = job->named = job->named_weighted = job->all;
    if (!every_arc) {
        job->weighted = NULL;
        status = cas_contact_filter(job->all, true, NULL, &job->weighted, err);
        job->named_weighted = job->weighted;
    }
    if (status == CASUS_OK && !every_actor) {
        job->named = NULL;
        status = cas_contact_filter(job->all, false, absent, &job->named, err);
        job->named_weighted = job->named;
    }
    if (status == CASUS_OK && !every_arc && !every_actor) {
        job->named_weighted = NULL;
        status = cas_contact_filter(job->all, true, absent, &job->named_weighted, err);
    }
    return status;
}

/* Ties of the relations asked for. */
static enum casus_status
take_ties(struct job *job, struct casus_error *err)
{
    const struct casus_graph *graph = job->graph;
    unsigned relations = job->scoring.relations ? job->scoring.relations : CASUS_CONTACT;

    job->taken = cas_alloc(((size_t)casus_graph_tie_count(graph) + 1) * sizeof(*job->taken));
    if (!job->taken) {
        return cas_fail_memory(err);
    }
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (relations & CASUS_BIT(tie->relation)) {
            job->taken[job->tie_count++] = (struct cas_contact_tie){tie->from, tie->to, tie->weight,
                                                                    tie->relation, tie->directed};
        }
    }
    job->ties = job->taken;
    return CASUS_OK;
}

static enum casus_status
prepare(struct job *job, struct casus_error *err)
{
    uint32_t n = job->scores->n;
    enum casus_status status = job->graph ? take_ties(job, err) : CASUS_OK;

    if (status == CASUS_OK) {
        status = cas_contact_new(n, job->ties, job->tie_count, &job->all, err);
    }
    if (status == CASUS_OK) {
        status = prepare_contacts(job, err);
    }
    if (status == CASUS_OK) {
        status = cas_dyads(n, job->ties, job->tie_count, &job->dyads, &job->dyad_count, err);
    }
    return status;
}

static enum casus_status
close_scores(struct job *job, struct casus_error *err)
{
    enum casus_status status = step_hide_generic(job, err);
    return status == CASUS_OK ? step_ranks(job, err) : status;
}

static void
job_done(struct job *job)
{
    struct cas_contact *all = job->all, *weighted = job->weighted, *named = job->named;
    struct cas_contact *both = job->named_weighted;

    cas_contact_free(both != all && both != weighted && both != named ? both : NULL);
    cas_contact_free(named != all ? named : NULL);
    cas_contact_free(weighted != all ? weighted : NULL);
    cas_contact_free(all);
    cas_free(job->dyads);
    cas_free(job->taken);
    casus_scores_free(job->scores);
}

static enum casus_status
read_scoring(const struct casus_scoring *scoring, struct job *job, struct casus_error *err)
{
    if (scoring) {
        job->scoring = *scoring;
    }
    if (!job->scoring.damping_given) {
        job->scoring.damping = 0.85;
    }
    if (!(job->scoring.damping >= 0 && job->scoring.damping < 1)) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_DAMPING,
                        "damping is a number from 0 up to, not including, 1");
    }
    return CASUS_OK;
}

static enum casus_status
job_init(struct job *job, uint32_t n, const struct casus_scoring *scoring, struct casus_error *err)
{
    enum casus_status status = read_scoring(scoring, job, err);

    if (status != CASUS_OK) {
        return status;
    }
    job->scores = scores_alloc(n);
    if (!job->scores) {
        return cas_fail_memory(err);
    }
    job->scores->with_generic = job->scoring.with_generic;
    return CASUS_OK;
}

/* --- side by side ------------------------------------------------------------------------- */

struct outcome {
    enum casus_status status;
    struct casus_error err;
};

/* Jobs, and one stage of them: each step of `steps` for each job, numbered step by step. */
struct batch {
    struct job *jobs;
    size_t count;
    step *const *steps;
    struct outcome *outcomes; /* of each task */
    unsigned threads;
};

static void
run_task(void *context, size_t index)
{
    struct batch *batch = context;
    struct outcome *outcome = &batch->outcomes[index];

    outcome->status =
        batch->steps[index / batch->count](&batch->jobs[index % batch->count], &outcome->err);
}

/* The failure told is that of the first task in their order, whichever came first in time. */
static enum casus_status
run_stage(struct batch *batch, step *const *stage, size_t count, struct casus_error *err)
{
    size_t tasks = count * batch->count;

    batch->steps = stage;
    cas_parallel(batch->threads, tasks, run_task, batch);
    for (size_t i = 0; i < tasks; i++) {
        if (batch->outcomes[i].status != CASUS_OK) {
            if (err && err->status == CASUS_OK) {
                *err = batch->outcomes[i].err;
            }
            return batch->outcomes[i].status;
        }
    }
    return CASUS_OK;
}

/* Starting a thread costs as much as all measures of a small graph. */
static bool
is_small(const struct batch *batch)
{
    enum { SMALL = 4000 };
    size_t ties = 0;

    for (size_t i = 0; i < batch->count; i++) {
        ties += casus_graph_tie_count(batch->jobs[i].graph);
    }
    return ties < SMALL;
}

static enum casus_status
run_all(struct batch *batch, struct casus_error *err)
{
    static step *const first[] = {prepare}, *const last[] = {close_scores};
    enum casus_status status;

    batch->outcomes = cas_zalloc(STEPS * batch->count, sizeof(*batch->outcomes));
    if (!batch->outcomes) {
        return cas_fail_memory(err);
    }
    status = run_stage(batch, first, 1, err);
    if (status == CASUS_OK) {
        status = run_stage(batch, steps, STEPS, err);
    }
    if (status == CASUS_OK) {
        status = run_stage(batch, last, 1, err);
    }
    cas_free(batch->outcomes);
    return status;
}

enum casus_status
cas_scores_of_ties(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                   const bool *generic, const struct casus_scoring *scoring,
                   struct casus_scores **out, struct casus_error *err)
{
    struct job job = {.ties = ties, .tie_count = count};
    struct batch batch = {.jobs = &job, .count = 1, .threads = 1};
    enum casus_status status = job_init(&job, n, scoring, err);

    if (status == CASUS_OK) {
        memcpy(job.scores->generic, generic, n * sizeof(*generic));
        status = run_all(&batch, err);
    }
    if (status == CASUS_OK) {
        *out = job.scores;
        job.scores = NULL;
    }
    job_done(&job);
    return status;
}

static enum casus_status
job_of_graph(struct job *job, const struct casus_graph *graph, const struct casus_scoring *scoring,
             struct casus_error *err)
{
    uint32_t n = casus_graph_actor_count(graph);
    enum casus_status status = job_init(job, n, scoring, err);

    job->graph = graph;
    for (uint32_t v = 0; status == CASUS_OK && v < n; v++) {
        job->scores->generic[v] = casus_graph_actor_at(graph, v)->generic;
    }
    return status;
}

enum casus_status
casus_scores_new_all(const struct casus_graph *graph, const struct casus_scoring *scorings,
                     uint32_t count, unsigned threads, struct casus_scores **out,
                     struct casus_error *err)
{
    struct batch batch = {.count = count, .threads = threads};
    enum casus_status status = CASUS_OK;

    batch.jobs = cas_zalloc(count, sizeof(*batch.jobs));
    if (!batch.jobs) {
        return cas_fail_memory(err);
    }
    for (uint32_t i = 0; status == CASUS_OK && i < count; i++) {
        status = job_of_graph(&batch.jobs[i], graph, scorings ? &scorings[i] : NULL, err);
    }
    if (status == CASUS_OK) {
        batch.threads = threads || !is_small(&batch) ? threads : 1;
        status = run_all(&batch, err);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (status == CASUS_OK) {
            out[i] = batch.jobs[i].scores;
            batch.jobs[i].scores = NULL;
        }
        job_done(&batch.jobs[i]);
    }
    cas_free(batch.jobs);
    return status;
}

enum casus_status
casus_scores_new(const struct casus_graph *graph, const struct casus_scoring *scoring,
                 struct casus_scores **out, struct casus_error *err)
{
    return casus_scores_new_all(graph, scoring, 1, 0, out, err);
}

void
casus_scores_free(struct casus_scores *scores)
{
    if (scores) {
        cas_free(scores->values);
        cas_free(scores->ranks);
        cas_free(scores->generic);
        cas_free(scores->ambivalent);
        cas_free(scores);
    }
}

/* --- reading ------------------------------------------------------------------------------ */

double
casus_scores_at(const struct casus_scores *scores, enum casus_measure measure, uint32_t actor)
{
    assert(measure < CASUS_MEASURE_COUNT && actor < scores->n);
    return scores->values[(size_t)measure * scores->n + actor];
}

uint32_t
casus_scores_rank(const struct casus_scores *scores, enum casus_measure measure, uint32_t actor)
{
    assert(measure < CASUS_MEASURE_COUNT && actor < scores->n);
    return scores->ranks[(size_t)measure * scores->n + actor];
}

const char *
casus_scores_undefined(const struct casus_scores *scores, enum casus_measure measure,
                       uint32_t actor)
{
    if (!isnan(casus_scores_at(scores, measure, actor))) {
        return NULL;
    }
    if (!scores->with_generic && scores->generic[actor] &&
        (measure == CASUS_BETWEENNESS || measure == CASUS_CONSTRAINT)) {
        return "a generic actor, nobody in particular, takes no part";
    }
    return scores->why[measure];
}

uint64_t
casus_scores_arc_count(const struct casus_scores *scores)
{
    return scores->arcs;
}

uint32_t
casus_scores_component_count(const struct casus_scores *scores)
{
    return scores->components;
}

uint32_t
casus_scores_ambivalent_count(const struct casus_scores *scores)
{
    return scores->ambivalent_count;
}

void
casus_scores_ambivalent_at(const struct casus_scores *scores, uint32_t index, uint32_t out_pair[2])
{
    assert(index < scores->ambivalent_count);
    memcpy(out_pair, scores->ambivalent[index], sizeof(scores->ambivalent[index]));
}
