/* Weights that are whole numbers of a decimal unit get 20 more binary digits, for the halves that
 * reductions make; others as many digits as fit. */
#include "analysis/balance/weights.h"

#include <math.h>

#include "base/fault.h"

enum { HALVES = 20, DIGITS = 58 };

static double
weight_of(const struct cas_signed_tie *tie, bool weighted)
{
    return weighted ? tie->weight : 1;
}

/* The greatest common divisor of weights that are whole numbers of 1/parts and leave room for
 * halves, or 0. */
static int64_t
whole_unit(const struct cas_signed *graph, bool weighted, double parts)
{
    double sum = 0;
    int64_t unit = 0;

    for (uint32_t i = 0; i < graph->m; i++) {
        double weight = weight_of(&graph->ties[i], weighted) * parts, whole = nearbyint(weight);
        sum += weight;
        if (fabs(weight - whole) > 1e-12 * whole || sum >= ldexp(1, DIGITS - HALVES)) {
            return 0;
        }
        for (int64_t a = (int64_t)whole; a != 0;) {
            int64_t rest = unit % a;
            unit = a;
            a = rest;
        }
    }
    return unit;
}

/* Scaled first by the largest, as a sum of large weights may not be finite. */
static double
rough_scale(const struct cas_signed *graph)
{
    double largest = 0, sum = 0;
    int exponent;

    for (uint32_t i = 0; i < graph->m; i++) {
        largest = fmax(largest, graph->ties[i].weight);
    }
    if (largest == 0) {
        return 1;
    }
    for (uint32_t i = 0; i < graph->m; i++) {
        sum += graph->ties[i].weight / largest;
    }
    frexp(sum, &exponent);
    sum = ldexp(1, DIGITS - exponent);
    frexp(largest, &exponent);
    return ldexp(sum, exponent < -900 ? 900 : -exponent);
}

static int64_t
pull_of(const struct cas_signed_tie *tie, const struct cas_scaled *scaled, bool weighted)
{
    double pull = weight_of(tie, weighted) * scaled->scale;
    double parts = ldexp(scaled->scale, -HALVES);
    /* a weight such as 0.3 is no double: three tenths are meant */
    int64_t whole = scaled->exact ? llrint(weight_of(tie, weighted) * parts) << HALVES : 0;
    return tie->sign * (scaled->exact ? whole : pull < 1 ? 1 : llrint(pull));
}

enum casus_status
cas_scaled_init(struct cas_scaled *scaled, const struct cas_signed *graph, bool weighted,
                struct casus_error *err)
{
    struct cas_edge *edges = cas_alloc(((size_t)graph->m + 1) * sizeof(*edges));
    uint32_t count = 0;
    double parts = 1;
    int64_t unit = whole_unit(graph, weighted, parts);

    while (unit == 0 && parts < 1e4) {
        parts *= 10;
        unit = whole_unit(graph, weighted, parts);
    }
    *scaled = (struct cas_scaled){.unit = 1, .scale = 1, .exact = true};
    scaled->tie = cas_alloc(((size_t)graph->m + 1) * sizeof(*scaled->tie));
    if (unit > 0) {
        scaled->scale = ldexp(parts, HALVES);
        scaled->unit = unit << HALVES;
    } else if (graph->m > 0) {
        scaled->scale = rough_scale(graph);
        scaled->exact = false;
    }
    for (uint32_t i = 0; i < graph->m && edges && scaled->tie; i++) {
        const struct cas_signed_tie *tie = &graph->ties[i];
        if (weight_of(tie, weighted) > 0) {
            edges[count] = (struct cas_edge){tie->a, tie->b, pull_of(tie, scaled, weighted)};
            scaled->tie[count++] = i;
        }
    }
    if (edges && scaled->tie) {
        scaled->net = cas_net_new(graph->n, edges, count);
    }
    cas_free(edges);
    return scaled->net ? CASUS_OK : cas_fail_memory(err);
}

void
cas_scaled_done(struct cas_scaled *scaled)
{
    cas_net_free(scaled->net);
    cas_free(scaled->tie);
}

double
cas_scaled_weight(const struct cas_scaled *scaled, int64_t pulls)
{
    return (double)pulls / scaled->scale;
}

double
cas_scaled_bound(const struct cas_scaled *scaled, int64_t pulls)
{
    int64_t slack = scaled->exact ? 0 : scaled->net->m;
    return pulls > slack ? (double)(pulls - slack) / scaled->scale : 0;
}
