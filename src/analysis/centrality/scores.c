/* All measures of a graph: a row of `steps` each, side by side; then ranks.
 *
 * Actors that are nobody in particular (generic) take no part in betweenness and constraint, as
 * ends or in between, unless asked: a path through "civilians" joins nobody.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/centrality/score_job.h"
#include "base/fault.h"
#include "base/parallel.h"

/* `part` of as many as the step has. */
typedef enum casus_status step(struct cas_score_job *job, uint32_t part, struct casus_error *err);

static enum casus_status
step_degrees(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    cas_degrees(job->all, cas_score_column(job, CASUS_IN_DEGREE),
                cas_score_column(job, CASUS_OUT_DEGREE));
    cas_strengths(job->all, cas_score_column(job, CASUS_IN_STRENGTH),
                  cas_score_column(job, CASUS_OUT_STRENGTH));
    return CASUS_OK;
}

static enum casus_status
step_pagerank(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_pagerank(job->weighted, job->scoring.damping, cas_score_column(job, CASUS_PAGERANK),
                        err);
}

static enum casus_status
step_hits(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    const char *why = NULL;
    enum casus_status status = cas_hits(job->weighted, cas_score_column(job, CASUS_HUB),
                                        cas_score_column(job, CASUS_AUTHORITY), &why, err);
    job->scores->why[CASUS_HUB] = job->scores->why[CASUS_AUTHORITY] = why;
    return status;
}

static enum casus_status
step_eigenvector(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_eigenvector(job->weighted, cas_score_column(job, CASUS_EIGENVECTOR),
                           &job->scores->why[CASUS_EIGENVECTOR], err);
}

static enum casus_status
step_coreness(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_coreness(job->all, cas_score_column(job, CASUS_CORENESS), err);
}

static enum casus_status
step_constraint(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_constraint(job->named_weighted, cas_score_column(job, CASUS_CONSTRAINT),
                          &job->scores->why[CASUS_CONSTRAINT], err);
}

static enum casus_status
step_signed(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    cas_signed_degree(job->scores->n, job->dyads, job->dyad_count, job->scoring.ambivalent,
                      cas_score_column(job, CASUS_SIGNED_DEGREE));
    return cas_pn(job->scores->n, job->dyads, job->dyad_count, job->scoring.ambivalent,
                  cas_score_column(job, CASUS_PN), &job->scores->why[CASUS_PN], err);
}

static enum casus_status
step_signed_eigenvector(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    return cas_signed_eigenvector(job->scores->n, job->dyads, job->dyad_count,
                                  job->scoring.ambivalent,
                                  cas_score_column(job, CASUS_SIGNED_EIGENVECTOR),
                                  &job->scores->why[CASUS_SIGNED_EIGENVECTOR], err);
}

static enum casus_status
step_components(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    job->scores->arcs = job->all->arcs.count;
    return cas_contact_components(job->all, &job->scores->components, err);
}

static enum casus_status
step_ambivalent(struct cas_score_job *job, uint32_t part, struct casus_error *err)
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

static void
hide_generic(struct cas_score_job *job)
{
    for (uint32_t v = 0; v < job->scores->n; v++) {
        if (!job->scoring.with_generic && job->scores->generic[v]) {
            cas_score_column(job, CASUS_BETWEENNESS)[v] = NAN;
            cas_score_column(job, CASUS_CONSTRAINT)[v] = NAN;
        }
    }
}

/* A measure that nobody asks for. */
static void
leave_out(struct cas_score_job *job, enum casus_measure measure)
{
    job->scores->why[measure] = "not asked for";
    for (uint32_t v = 0; v < job->scores->n; v++) {
        cas_score_column(job, measure)[v] = NAN;
    }
}

static enum casus_status
step_ranks(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    struct casus_scores *scores = job->scores;

    for (int m = 0; m < CASUS_MEASURE_COUNT; m++) {
        if (!cas_score_asks(job, CASUS_BIT(m))) {
            leave_out(job, m);
            continue;
        }
        enum casus_status status =
            cas_ranks(cas_score_column(job, m), scores->n, casus_measure_info(m)->low_is_first,
                      scores->ranks + (size_t)m * scores->n, err);
        if (status != CASUS_OK) {
            return status;
        }
    }
    return CASUS_OK;
}

/* How many parts a step has where it has not just one. */
typedef uint32_t part_count(const struct cas_score_job *job);

struct row {
    step *run;
    part_count *parts; /* NULL: one */
    unsigned measures; /* that it finds, a bit each; 0: what is always told */
};

/* Each reads what prepare() made and writes columns of its own; the longest come first, so that
 * threads end at about the same time. */
static const struct row rows[] = {
    {cas_score_between, cas_score_between_parts, CAS_PATH_MEASURES},
    {cas_score_reach, cas_score_reach_parts, CAS_PATH_MEASURES},
    {step_constraint, NULL, CASUS_BIT(CASUS_CONSTRAINT)},
    {step_hits, NULL, CASUS_BIT(CASUS_HUB) | CASUS_BIT(CASUS_AUTHORITY)},
    {step_pagerank, NULL, CASUS_BIT(CASUS_PAGERANK)},
    {step_eigenvector, NULL, CASUS_BIT(CASUS_EIGENVECTOR)},
    {step_signed, NULL, CASUS_BIT(CASUS_SIGNED_DEGREE) | CASUS_BIT(CASUS_PN)},
    {step_signed_eigenvector, NULL, CASUS_BIT(CASUS_SIGNED_EIGENVECTOR)},
    {step_coreness, NULL, CASUS_BIT(CASUS_CORENESS)},
    {step_components, NULL, 0},
    {step_degrees, NULL,
     CASUS_BIT(CASUS_IN_DEGREE) | CASUS_BIT(CASUS_OUT_DEGREE) | CASUS_BIT(CASUS_IN_STRENGTH) |
         CASUS_BIT(CASUS_OUT_STRENGTH)},
    {step_ambivalent, NULL, 0},
};
enum { ROWS = sizeof(rows) / sizeof(*rows) };

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
prepare_contacts(struct cas_score_job *job, struct casus_error *err)
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

static size_t
count_taken(const struct casus_graph *graph, unsigned relations)
{
    size_t count = 0;

    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        count += (relations & CASUS_BIT(casus_graph_tie_at(graph, i)->relation)) != 0;
    }
    return count;
}

/* Ties of the relations asked for. */
static enum casus_status
take_ties(struct cas_score_job *job, struct casus_error *err)
{
    const struct casus_graph *graph = job->graph;
    unsigned relations = job->scoring.relations ? job->scoring.relations : CASUS_CONTACT;

    job->taken = cas_alloc((count_taken(graph, relations) + 1) * sizeof(*job->taken));
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
prepare(struct cas_score_job *job, uint32_t part, struct casus_error *err)
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
    cas_free(job->taken);
    job->taken = NULL;
    bool by_hops = !job->scoring.reciprocal && cas_score_asks(job, CAS_PATH_MEASURES);
    return status == CASUS_OK && by_hops ? cas_score_prepare_paths(job, err) : status;
}

static enum casus_status
close_scores(struct cas_score_job *job, uint32_t part, struct casus_error *err)
{
    enum casus_status status = cas_score_sum_paths(job, err);

    hide_generic(job);
    return status == CASUS_OK ? step_ranks(job, part, err) : status;
}

static void
job_done(struct cas_score_job *job)
{
    struct cas_contact *all = job->all, *weighted = job->weighted, *named = job->named;
    struct cas_contact *both = job->named_weighted;

    cas_score_paths_done(job);
    cas_contact_free(both != all && both != weighted && both != named ? both : NULL);
    cas_contact_free(named != all ? named : NULL);
    cas_contact_free(weighted != all ? weighted : NULL);
    cas_contact_free(all);
    cas_free(job->dyads);
    cas_free(job->taken);
    casus_scores_free(job->scores);
}

static enum casus_status
check_approximation(const struct casus_scoring *scoring, struct casus_error *err)
{
    static const double least = 1e-4;
    double epsilon = scoring->approximate;

    if (epsilon != 0 && !(epsilon >= least && epsilon < 1)) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_APPROXIMATE,
                        "the largest error is a number from 0.0001 up to, not including, 1");
    }
    if (epsilon != 0 && scoring->reciprocal) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_APPROXIMATE,
                        "betweenness is approximated by hops, not by lengths");
    }
    return CASUS_OK;
}

static enum casus_status
read_scoring(const struct casus_scoring *scoring, struct cas_score_job *job,
             struct casus_error *err)
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
    return check_approximation(&job->scoring, err);
}

static enum casus_status
job_init(struct cas_score_job *job, uint32_t n, const struct casus_scoring *scoring,
         struct casus_error *err)
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

struct task {
    struct cas_score_job *job;
    step *run;
    uint32_t part;
    enum casus_status status;
    struct casus_error err;
};

struct batch {
    struct cas_score_job *jobs;
    size_t count;
    struct task *tasks; /* of the stage in hand */
    size_t task_count, task_room;
    unsigned threads;
    struct cas_watch watch;
};

static void
run_task(void *context, size_t index)
{
    struct batch *batch = context;
    struct task *task = &batch->tasks[index];

    task->status = task->run(task->job, task->part, &task->err);
}

/* The tasks of a row for all jobs. False without memory. */
static bool
add_tasks(struct batch *batch, const struct row *row)
{
    for (size_t k = 0; k < batch->count; k++) {
        struct cas_score_job *job = &batch->jobs[k];
        if (row->measures && !cas_score_asks(job, row->measures)) {
            continue;
        }
        uint32_t parts = row->parts ? row->parts(job) : 1;
        if (!cas_grow(&batch->tasks, &batch->task_room, batch->task_count + parts,
                      sizeof(*batch->tasks))) {
            return false;
        }
        for (uint32_t part = 0; part < parts; part++) {
            batch->tasks[batch->task_count++] =
                (struct task){.job = job, .run = row->run, .part = part};
        }
    }
    return true;
}

/* The failure told is that of the first task in their order, whichever came first in time. */
static enum casus_status
run_stage(struct batch *batch, const struct row *stage, size_t count, struct casus_error *err)
{
    batch->task_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!add_tasks(batch, &stage[i])) {
            return cas_fail_memory(err);
        }
    }
    cas_parallel(batch->threads, batch->task_count, run_task, batch);
    for (size_t i = 0; i < batch->task_count; i++) {
        if (batch->tasks[i].status != CASUS_OK) {
            if (err && err->status == CASUS_OK) {
                *err = batch->tasks[i].err;
            }
            return batch->tasks[i].status;
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

/* How many searches there are in all. */
static uint64_t
count_searches(const struct batch *batch)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < batch->count; i++) {
        sum += cas_score_searches(&batch->jobs[i]);
    }
    return sum;
}

/* These use all threads one after the other. */
static enum casus_status
measure_with_all_threads(struct batch *batch, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;

    for (size_t i = 0; i < batch->count && status == CASUS_OK; i++) {
        status = cas_score_paths_alone(&batch->jobs[i], batch->threads, err);
    }
    return status;
}

static enum casus_status
run_stages(struct batch *batch, struct casus_error *err)
{
    static const struct row first = {prepare, NULL, 0}, last = {close_scores, NULL, 0};
    enum casus_status status = run_stage(batch, &first, 1, err);

    if (status == CASUS_OK) {
        cas_watch_begin(&batch->watch, &batch->jobs[0].scoring, count_searches(batch));
        status = run_stage(batch, rows, ROWS, err);
        if (status == CASUS_OK) {
            status = measure_with_all_threads(batch, err);
        }
        status = cas_watch_end(&batch->watch, status, err);
    }
    return status == CASUS_OK ? run_stage(batch, &last, 1, err) : status;
}

static enum casus_status
run_all(struct batch *batch, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;

    for (size_t i = 0; i < batch->count; i++) {
        batch->jobs[i].watch = &batch->watch;
    }
    if (batch->count > 0) {
        status = run_stages(batch, err);
    }
    cas_free(batch->tasks);
    return status;
}

enum casus_status
cas_scores_of_ties(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                   const bool *generic, const struct casus_scoring *scoring,
                   struct casus_scores **out, struct casus_error *err)
{
    struct cas_score_job job = {.ties = ties, .tie_count = count};
    struct batch batch = {.jobs = &job, .count = 1, .threads = 1};
    enum casus_status status = job_init(&job, n, scoring, err);

    if (status == CASUS_OK) {
        memcpy(job.scores->generic, generic, n * sizeof(*generic));
        job.scoring.progress = NULL; /* one of many, which are told of as such, */
        job.scoring.approximate = 0; /* and differ by less than a sample would */
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
job_of_graph(struct cas_score_job *job, const struct casus_graph *graph,
             const struct casus_scoring *scoring, struct casus_error *err)
{
    uint32_t n = casus_graph_actor_count(graph);
    enum casus_status status = job_init(job, n, scoring, err);

    job->graph = graph;
    for (uint32_t v = 0; status == CASUS_OK && v < n; v++) {
        job->scores->generic[v] = casus_graph_actor_at(graph, v)->generic;
    }
    return status;
}

/* The job that a scoring is done by: one of those before that comes to the same, or a new one at the
 * end. */
static enum casus_status
find_job(struct batch *batch, const struct casus_graph *graph, const struct casus_scoring *scoring,
         uint32_t *out_job, struct casus_error *err)
{
    struct cas_score_job *last = &batch->jobs[batch->count];
    enum casus_status status = job_of_graph(last, graph, scoring, err);

    if (status != CASUS_OK) {
        batch->count++;
        return status;
    }
    for (*out_job = 0; *out_job < batch->count; ++*out_job) {
        if (cas_score_jobs_alike(&batch->jobs[*out_job], last)) {
            job_done(last);
            *last = (struct cas_score_job){0};
            return CASUS_OK;
        }
    }
    batch->count++;
    return CASUS_OK;
}

/* What `out` holds stays there when a copy fails: the caller frees it. */
static enum casus_status
hand_out(struct batch *batch, const uint32_t *job_of, uint32_t count, struct casus_scores **out,
         struct casus_error *err)
{
    for (uint32_t i = count; i-- > 0;) {
        struct cas_score_job *job = &batch->jobs[job_of[i]];
        bool shared = false;
        for (uint32_t k = 0; k < i && !shared; k++) {
            shared = job_of[k] == job_of[i];
        }
        out[i] = shared ? cas_scores_copy(job->scores) : job->scores;
        if (!out[i]) {
            return cas_fail_memory(err);
        }
        job->scores = shared ? job->scores : NULL;
    }
    return CASUS_OK;
}

static enum casus_status
score_all(struct batch *batch, const struct casus_graph *graph,
          const struct casus_scoring *scorings, uint32_t count, struct casus_scores **out,
          struct casus_error *err)
{
    uint32_t *job_of = cas_zalloc((size_t)count + 1, sizeof(*job_of));
    enum casus_status status = job_of ? CASUS_OK : cas_fail_memory(err);

    for (uint32_t i = 0; status == CASUS_OK && i < count; i++) {
        status = find_job(batch, graph, scorings ? &scorings[i] : NULL, &job_of[i], err);
    }
    if (status == CASUS_OK) {
        batch->threads = batch->threads || !is_small(batch) ? batch->threads : 1;
        status = run_all(batch, err);
    }
    if (status == CASUS_OK) {
        status = hand_out(batch, job_of, count, out, err);
    }
    cas_free(job_of);
    return status;
}

enum casus_status
casus_scores_new_all(const struct casus_graph *graph, const struct casus_scoring *scorings,
                     uint32_t count, unsigned threads, struct casus_scores **out,
                     struct casus_error *err)
{
    struct batch batch = {.threads = threads, .jobs = cas_zalloc(count, sizeof(*batch.jobs))};
    struct casus_scores **made = cas_zalloc(count, sizeof(struct casus_scores *));
    enum casus_status status = batch.jobs && made
                                   ? score_all(&batch, graph, scorings, count, made, err)
                                   : cas_fail_memory(err);

    for (uint32_t i = 0; made && i < count; i++) {
        if (status == CASUS_OK) {
            out[i] = made[i];
        } else {
            casus_scores_free(made[i]);
        }
    }
    for (size_t i = 0; i < batch.count; i++) {
        job_done(&batch.jobs[i]);
    }
    cas_free(batch.jobs);
    cas_free(made);
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
        cas_free(scores->bounds);
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

const struct casus_approximation *
casus_scores_approximation(const struct casus_scores *scores)
{
    return scores->bounds ? &scores->approximation : NULL;
}

struct casus_score_bounds
casus_scores_bounds(const struct casus_scores *scores, uint32_t actor)
{
    assert(actor < scores->n);
    return scores->bounds ? scores->bounds[actor] : (struct casus_score_bounds){0};
}

static double
count_arcs(const struct casus_graph *graph, unsigned relations)
{
    double arcs = 0;

    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        arcs += relations & CASUS_BIT(tie->relation) ? 2 - tie->directed : 0;
    }
    return arcs;
}

/* Measured on graphs of 20,000 actors, of which some go faster and some slower. */
double
casus_scores_estimate(const struct casus_graph *graph, const struct casus_scoring *scoring,
                      unsigned threads)
{
    static const double hop = 1.2e-9, length = 8e-9, draw = 1.2e-8,
                        draws = 10; /* seconds; × EPS² */
    unsigned relations = scoring && scoring->relations ? scoring->relations : CASUS_CONTACT;
    double n = casus_graph_actor_count(graph), size = n + count_arcs(graph, relations);
    double side_by_side = threads ? fmin(threads, cas_processors()) : cas_processors();

    if (scoring && scoring->approximate > 0) {
        double samples = draws / (scoring->approximate * scoring->approximate);
        return samples * draw * sqrt(size) / side_by_side;
    }
    return n * size * (scoring && scoring->reciprocal ? length : hop) / side_by_side;
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
