/* How many, and how often: distinct neighbours, and sums of weights, by direction. */
#include "analysis/centrality/measure.h"

void
cas_degrees(const struct cas_contact *contact, double *out_in, double *out_out)
{
    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        out_in[v] = (double)(contact->in_begin[v + 1] - contact->in_begin[v]);
        out_out[v] = (double)(contact->out_begin[v + 1] - contact->out_begin[v]);
    }
}

void
cas_strengths(const struct cas_contact *contact, double *out_in, double *out_out)
{
    const struct cas_arcs *arcs = &contact->arcs;

    for (uint32_t v = 0; v < arcs->n; v++) {
        out_in[v] = out_out[v] = 0;
    }
    for (size_t i = 0; i < arcs->count; i++) {
        out_in[arcs->to[i]] += arcs->weight[i];
        out_out[arcs->from[i]] += arcs->weight[i];
    }
}
