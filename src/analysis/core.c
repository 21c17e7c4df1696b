/* Coreness: the largest k such that an actor keeps k arcs, in and out counted together, among
 * actors that keep k as well (Seidman 1983). A pair of arcs both ways counts two. */
#include "analysis/measure.h"

enum casus_status
cas_coreness(const struct cas_contact *contact, double *out, struct casus_error *err)
{
    return contact->arcs.n ? cas_igraph_coreness(&contact->arcs, out, err) : CASUS_OK;
}
