/* What the steps of scoring one graph share; scores.c says in which order they come.
 *
 * Invariant: a score is NaN exactly where its rank is 0 and its reason is not NULL. `between` and
 * `reaching` are there where shortest paths are counted by hops, and the former where exactly.
 */
#ifndef CAS_SCORE_JOB_H
#define CAS_SCORE_JOB_H

#include "analysis/centrality/between.h"
#include "analysis/centrality/measure.h"
#include "analysis/centrality/reach.h"
#include "analysis/watch.h"

struct casus_scores {
    uint32_t n, components;
    uint64_t arcs;
    double *values;  /* measure by measure */
    uint32_t *ranks; /* measure by measure */
    bool *generic;
    bool with_generic;
    const char *why[CASUS_MEASURE_COUNT];
    struct casus_approximation approximation;
    struct casus_score_bounds *bounds; /* by actor; NULL: betweenness is exact */
    uint32_t (*ambivalent)[2];
    uint32_t ambivalent_count;
};

/* What the steps read and where they write. */
struct cas_score_job {
    struct casus_scoring scoring;
    const struct cas_contact_tie *ties; /* one's own are in `taken` */
    size_t tie_count;
    struct cas_contact_tie *taken;
    const struct casus_graph *graph;             /* to take them from, or NULL */
    struct cas_contact *all, *weighted;          /* where nothing is to be left out, */
    struct cas_contact *named, *named_weighted;  /* two of these are the same; no generic actors */
    struct cas_compact *compact, *compact_named; /* of `all` and `named`; may be the same */
    struct cas_between *between;                 /* on the latter, by hops */
    struct cas_reaching *reaching;               /* on the former, by hops */
    struct cas_dyad *dyads;
    size_t dyad_count;
    struct casus_scores *scores;
    struct cas_watch *watch;
};

enum {
    CAS_PATH_MEASURES =
        CASUS_BIT(CASUS_BETWEENNESS) | CASUS_BIT(CASUS_CLOSENESS) | CASUS_BIT(CASUS_HARMONIC)
};

/* Is any of these measures, a bit each, asked for? */
static inline bool
cas_score_asks(const struct cas_score_job *job, unsigned measures)
{
    return !job->scoring.measures || (job->scoring.measures & measures);
}

static inline double *
cas_score_column(struct cas_score_job *job, enum casus_measure measure)
{
    return job->scores->values + (size_t)measure * job->scores->n;
}

/* Would both jobs, of graphs, come to the same scores? */
bool cas_score_jobs_alike(const struct cas_score_job *a, const struct cas_score_job *b);
/* NULL without memory. */
struct casus_scores *cas_scores_copy(const struct casus_scores *scores);

/* --- shortest paths: score_paths.c -------------------------------------------------------- */

/* After the contact graphs are made, where distances are hops. */
enum casus_status cas_score_prepare_paths(struct cas_score_job *job, struct casus_error *err);
/* Some part of the searches, on any thread. */
uint32_t cas_score_between_parts(const struct cas_score_job *job);
uint32_t cas_score_reach_parts(const struct cas_score_job *job);
enum casus_status cas_score_between(struct cas_score_job *job, uint32_t part,
                                    struct casus_error *err);
enum casus_status cas_score_reach(struct cas_score_job *job, uint32_t part,
                                  struct casus_error *err);
/* What uses all threads by itself: lengths, and samples. */
enum casus_status cas_score_paths_alone(struct cas_score_job *job, unsigned threads,
                                        struct casus_error *err);
/* After all of these: scores of the parts that were searched. */
enum casus_status cas_score_sum_paths(struct cas_score_job *job, struct casus_error *err);
void cas_score_paths_done(struct cas_score_job *job);
/* Searches in all, for who watches. */
uint64_t cas_score_searches(const struct cas_score_job *job);

#endif
