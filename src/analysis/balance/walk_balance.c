/* Walk-based balance, part by part: the matrix exponential of a graph in parts is that of each.
 *
 * Both traces are sums of exp(eigenvalue); all are scaled by exp(-shift), shift being the largest
 * eigenvalue of any |A|, so that nothing overflows.
 */
#include <math.h>
#include <string.h>

#include "analysis/balance/proofs.h"
#include "analysis/balance/triads.h"
#include "analysis/limits.h"
#include "base/child.h"
#include "base/fault.h"
#include "graph/igraph_border.h"

enum { SOON_DONE = 200 }; /* actors of a part, in some hundredths of a second */

struct spectrum {
    const struct cas_signed *graph;
    uint32_t *part, *local, *order, *begin; /* actors in order of their part */
    uint32_t count, largest;
    double *matrix, *with_signs, *without; /* eigenvalues of all parts, one behind the other */
};

static void
spectrum_done(struct spectrum *s)
{
    cas_free(s->part);
    cas_free(s->local);
    cas_free(s->order);
    cas_free(s->begin);
    cas_free(s->matrix);
    cas_free(s->with_signs);
    cas_free(s->without);
}

static void
order_by_part(struct spectrum *s)
{
    for (uint32_t v = 0; v < s->graph->n; v++) {
        s->local[v] = s->begin[s->part[v] + 1]++;
    }
    for (uint32_t p = 0; p < s->count; p++) {
        uint32_t size = s->begin[p + 1];
        s->largest = size > s->largest ? size : s->largest;
        s->begin[p + 1] += s->begin[p];
    }
    for (uint32_t v = 0; v < s->graph->n; v++) {
        s->order[s->begin[s->part[v]] + s->local[v]] = v;
    }
}

static enum casus_status
spectrum_init(struct spectrum *s, const struct cas_signed *graph, struct casus_error *err)
{
    size_t n = graph->n;
    enum casus_status status;

    *s = (struct spectrum){.graph = graph};
    s->part = cas_alloc((n + 1) * sizeof(*s->part));
    s->local = cas_alloc((n + 1) * sizeof(*s->local));
    s->order = cas_alloc((n + 1) * sizeof(*s->order));
    s->begin = cas_zalloc(n + 2, sizeof(*s->begin));
    s->with_signs = cas_alloc((n + 1) * sizeof(double));
    s->without = cas_alloc((n + 1) * sizeof(double));
    if (!s->part || !s->local || !s->order || !s->begin || !s->with_signs || !s->without) {
        return cas_fail_memory(err);
    }
    status = cas_signed_parts(graph, s->part, &s->count, err);
    if (status == CASUS_OK) {
        order_by_part(s);
    }
    return status;
}

static enum casus_status
eigenvalues(struct spectrum *s, uint32_t p, bool with_signs, double *out, struct casus_error *err)
{
    const struct cas_signed *graph = s->graph;
    size_t size = s->begin[p + 1] - s->begin[p];

    memset(s->matrix, 0, size * size * sizeof(*s->matrix));
    for (size_t i = 0; i < size; i++) {
        uint32_t v = s->order[s->begin[p] + i];
        for (uint32_t k = graph->begin[v]; k < graph->begin[v + 1]; k++) {
            double sign = with_signs ? graph->ties[graph->tie[k]].sign : 1;
            s->matrix[i * size + s->local[graph->neighbour[k]]] = sign;
        }
    }
    return cas_igraph_symmetric((uint32_t)size, s->matrix, out + s->begin[p], NULL, err);
}

static enum casus_status
solve_parts(struct spectrum *s, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;

    s->matrix = cas_zalloc((size_t)s->largest * s->largest, sizeof(*s->matrix));
    if (!s->matrix) {
        return cas_fail_memory(err);
    }
    for (uint32_t p = 0; p < s->count && status == CASUS_OK; p++) {
        if (s->begin[p + 1] - s->begin[p] == 1) {
            s->with_signs[s->begin[p]] = s->without[s->begin[p]] = 0;
            continue;
        }
        status = eigenvalues(s, p, true, s->with_signs, err);
        if (status == CASUS_OK) {
            status = eigenvalues(s, p, false, s->without, err);
        }
    }
    return status;
}

static double
ratio(const struct spectrum *s)
{
    double shift = 0, above = 0, below = 0;

    for (uint32_t i = 0; i < s->graph->n; i++) {
        shift = fmax(shift, s->without[i]);
    }
    for (uint32_t i = 0; i < s->graph->n; i++) {
        above += exp(s->with_signs[i] - shift);
        below += exp(s->without[i] - shift);
    }
    return fmin(above / below, 1);
}

/* --- in time ------------------------------------------------------------------------------ */

static bool
work(void *context, int fd)
{
    struct spectrum *s = context;
    bool good = solve_parts(s, NULL) == CASUS_OK;
    double value = good ? ratio(s) : NAN;
    return good && cas_child_send(fd, &value, sizeof(value));
}

/* LAPACK knows no deadline: so in a process that can be ended. */
static void
solve_in_time(struct spectrum *s, double deadline, double *out, const char **out_why)
{
    struct cas_buffer inbox;
    double left = deadline - cas_clock();
    enum cas_child_end end = CAS_CHILD_TIME;

    cas_buffer_init(&inbox);
    if (left > 0) {
        end = cas_child_run(work, s, left, CAS_WORKER_MEMORY, &inbox);
    }
    *out = NAN;
    if (end == CAS_CHILD_DONE && inbox.n == sizeof(*out)) {
        memcpy(out, inbox.s, sizeof(*out));
    } else {
        *out_why = end == CAS_CHILD_TIME ? "the time limit was reached"
                                         : "the solver died, most likely for want of memory";
    }
    cas_buffer_done(&inbox);
}

static enum casus_status
solve_at_once(struct spectrum *s, double *out, struct casus_error *err)
{
    enum casus_status status = solve_parts(s, err);

    if (status == CASUS_OK) {
        *out = ratio(s);
    }
    return status;
}

enum casus_status
cas_walk_balance(const struct cas_signed *graph, double deadline, double *out, const char **out_why,
                 struct casus_error *err)
{
    struct spectrum s;
    enum casus_status status;

    if (graph->m == 0) {
        *out = NAN;
        *out_why = "no signed tie";
        return CASUS_OK;
    }
    status = spectrum_init(&s, graph, err);
    if (status == CASUS_OK && s.largest > CAS_WALK_PART_MAX) {
        *out = NAN;
        *out_why = "a connected part has more than 2,000 actors: too many for all eigenvalues";
    } else if (status == CASUS_OK && s.largest > SOON_DONE) {
        solve_in_time(&s, deadline, out, out_why);
    } else if (status == CASUS_OK) {
        status = solve_at_once(&s, out, err);
    }
    spectrum_done(&s);
    return status;
}
