/* Scorings of one graph that come to the same: where no tie supports, contact is attack alone. */
#include <string.h>

#include "analysis/centrality/score_job.h"
#include "base/mem.h"

static unsigned
relations_at_hand(const struct casus_graph *graph)
{
    unsigned relations = 0;

    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        relations |= CASUS_BIT(casus_graph_tie_at(graph, i)->relation);
    }
    return relations;
}

static bool
same_ties(const struct cas_score_job *a, const struct cas_score_job *b)
{
    unsigned at_hand = relations_at_hand(a->graph);
    unsigned of_a = a->scoring.relations ? a->scoring.relations : CASUS_CONTACT;
    unsigned of_b = b->scoring.relations ? b->scoring.relations : CASUS_CONTACT;

    return a->graph == b->graph && (of_a & at_hand) == (of_b & at_hand);
}

static bool
same_distances(const struct casus_scoring *a, const struct casus_scoring *b)
{
    return a->reciprocal == b->reciprocal && a->normalized == b->normalized &&
           a->with_generic == b->with_generic && a->approximate == b->approximate &&
           a->seed == b->seed;
}

bool
cas_score_jobs_alike(const struct cas_score_job *a, const struct cas_score_job *b)
{
    return a->scoring.measures == b->scoring.measures && a->scoring.damping == b->scoring.damping &&
           a->scoring.ambivalent == b->scoring.ambivalent &&
           same_distances(&a->scoring, &b->scoring) && same_ties(a, b);
}

/* The copy of `count` elements; `failed` where there is no memory for it. */
static void *
copy_of(const void *elements, size_t count, size_t size, bool *failed)
{
    void *copy = elements ? cas_zalloc(count, size) : NULL;

    if (copy) {
        memcpy(copy, elements, count * size);
    }
    *failed = *failed || (elements && !copy);
    return copy;
}

struct casus_scores *
cas_scores_copy(const struct casus_scores *scores)
{
    size_t n = scores->n, all = n * CASUS_MEASURE_COUNT;
    struct casus_scores *copy = cas_zalloc(1, sizeof(*copy));
    bool failed = false;

    if (!copy) {
        return NULL;
    }
    *copy = *scores;
    copy->values = copy_of(scores->values, all, sizeof(*copy->values), &failed);
    copy->ranks = copy_of(scores->ranks, all, sizeof(*copy->ranks), &failed);
    copy->generic = copy_of(scores->generic, n, sizeof(*copy->generic), &failed);
    copy->bounds = copy_of(scores->bounds, n, sizeof(*copy->bounds), &failed);
    copy->ambivalent =
        copy_of(scores->ambivalent, scores->ambivalent_count, sizeof(*copy->ambivalent), &failed);
    if (failed) {
        casus_scores_free(copy);
        return NULL;
    }
    return copy;
}
