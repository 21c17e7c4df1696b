/* Burt's constraint: how far an actor's contacts are one.
 *
 *   p(i, j) = (w(i, j) + w(j, i)) / sum over k of (w(i, k) + w(k, i))
 *   c(i)    = sum over contacts j of (p(i, j) + sum over q of p(i, q) p(q, j))²
 *
 * (Burt 1992, p. 54). For each contact q of i the shorter of the two lists of contacts is walked
 * and looked up in the other, so that one actor that meets everybody does not cost n². Dense
 * graphs have a kernel for themselves (constraint_dense.c).
 */
#include "analysis/centrality/constraint.h"

#include <math.h>

#include "analysis/centrality/measure.h"
#include "base/fault.h"

/* Contacts of each actor in order, weights of both directions added, as shares of its sum. */
struct contacts {
    size_t *begin;
    uint32_t *to;
    double *share;
};

struct walk {
    struct contacts contacts;
    double *is_contact; /* of the actor in hand: 1 or 0 */
    double *reach;      /* p(i, j) + the sum over q, for its contacts j */
};

static void
walk_done(struct walk *walk)
{
    cas_free(walk->contacts.begin);
    cas_free(walk->contacts.to);
    cas_free(walk->contacts.share);
    cas_free(walk->is_contact);
    cas_free(walk->reach);
}

static bool
walk_alloc(struct walk *walk, uint32_t n, size_t arcs)
{
    *walk = (struct walk){0};
    walk->contacts.begin = cas_zalloc((size_t)n + 1, sizeof(*walk->contacts.begin));
    walk->contacts.to = cas_zalloc(2 * arcs + 1, sizeof(*walk->contacts.to));
    walk->contacts.share = cas_zalloc(2 * arcs + 1, sizeof(*walk->contacts.share));
    walk->is_contact = cas_zalloc((size_t)n + 1, sizeof(*walk->is_contact));
    walk->reach = cas_zalloc((size_t)n + 1, sizeof(*walk->reach));
    return walk->contacts.begin && walk->contacts.to && walk->contacts.share && walk->is_contact &&
           walk->reach;
}

/* Merge the sorted lists of arcs out of and into `v`. @return the sum of weights */
static double
merge_contacts(const struct cas_contact *contact, uint32_t v, struct contacts *out)
{
    const struct cas_arcs *arcs = &contact->arcs;
    size_t i = contact->out_begin[v], j = contact->in_begin[v], at = out->begin[v];
    double sum = 0;

    while (i < contact->out_begin[v + 1] || j < contact->in_begin[v + 1]) {
        uint32_t a = i < contact->out_begin[v + 1] ? arcs->to[i] : UINT32_MAX;
        uint32_t b = j < contact->in_begin[v + 1] ? contact->in_from[j] : UINT32_MAX;
        double weight = a <= b ? arcs->weight[i++] : 0;
        weight += b <= a ? arcs->weight[contact->in_arc[j++]] : 0;
        out->to[at] = a < b ? a : b;
        out->share[at++] = weight;
        sum += weight;
    }
    out->begin[v + 1] = at;
    return sum;
}

static void
fill_contacts(const struct cas_contact *contact, struct contacts *out)
{
    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        double sum = merge_contacts(contact, v, out);
        for (size_t i = out->begin[v]; i < out->begin[v + 1]; i++) {
            out->share[i] /= sum;
        }
    }
}

/* The share of `j` among the contacts of `q`, or 0. */
static double
share_of(const struct contacts *contacts, uint32_t q, uint32_t j)
{
    size_t low = contacts->begin[q], high = contacts->begin[q + 1];

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (contacts->to[middle] < j) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < contacts->begin[q + 1] && contacts->to[low] == j ? contacts->share[low] : 0;
}

/* Add p(i, q) p(q, j) for each contact j of `i`; `share` is p(i, q). */
static void
reach_through(struct walk *walk, uint32_t i, uint32_t q, double share)
{
    const struct contacts *contacts = &walk->contacts;
    size_t own = contacts->begin[i + 1] - contacts->begin[i];
    size_t others = contacts->begin[q + 1] - contacts->begin[q];

    if (others / 16 > own) {
        for (size_t k = contacts->begin[i]; k < contacts->begin[i + 1]; k++) {
            walk->reach[contacts->to[k]] += share * share_of(contacts, q, contacts->to[k]);
        }
        return;
    }
    for (size_t k = contacts->begin[q]; k < contacts->begin[q + 1]; k++) {
        uint32_t j = contacts->to[k];
        walk->reach[j] += share * contacts->share[k] * walk->is_contact[j];
    }
}

static double
constraint_of(struct walk *walk, uint32_t i)
{
    const struct contacts *contacts = &walk->contacts;
    double sum = 0;

    for (size_t k = contacts->begin[i]; k < contacts->begin[i + 1]; k++) {
        walk->is_contact[contacts->to[k]] = 1;
        walk->reach[contacts->to[k]] = contacts->share[k];
    }
    for (size_t k = contacts->begin[i]; k < contacts->begin[i + 1]; k++) {
        reach_through(walk, i, contacts->to[k], contacts->share[k]);
    }
    for (size_t k = contacts->begin[i]; k < contacts->begin[i + 1]; k++) {
        uint32_t j = contacts->to[k];
        sum += walk->reach[j] * walk->reach[j];
        walk->is_contact[j] = 0;
    }
    return sum;
}

enum casus_status
cas_sparse_constraint(const struct cas_contact *weighted, double *out, struct casus_error *err)
{
    struct walk walk;

    if (!walk_alloc(&walk, weighted->arcs.n, weighted->arcs.count)) {
        walk_done(&walk);
        return cas_fail_memory(err);
    }
    fill_contacts(weighted, &walk.contacts);
    for (uint32_t v = 0; v < weighted->arcs.n; v++) {
        out[v] = constraint_of(&walk, v);
    }
    walk_done(&walk);
    return CASUS_OK;
}

enum casus_status
cas_constraint(const struct cas_contact *weighted, double *out, const char **out_why,
               struct casus_error *err)
{
    bool dense = cas_contact_is_dense(weighted);
    enum casus_status status =
        (dense ? cas_dense_constraint : cas_sparse_constraint)(weighted, out, err);

    for (uint32_t v = 0; status == CASUS_OK && v < weighted->arcs.n; v++) {
        if (weighted->out_begin[v] == weighted->out_begin[v + 1] &&
            weighted->in_begin[v] == weighted->in_begin[v + 1]) {
            out[v] = NAN;
            *out_why = "no tie of positive weight";
        }
    }
    return status;
}
