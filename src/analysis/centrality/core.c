/* Coreness: the largest k such that an actor keeps k arcs, in and out counted together, among
 * actors that keep k as well (Seidman 1983). A pair of arcs both ways counts two.
 *
 * The actor with the fewest arcs left is taken away again and again; actors stand in order of the
 * arcs left to them, so that one that loses an arc changes place with the first of its own number
 * (Batagelj and Zaveršnik 2003, arXiv:cs/0310049). O(n + m).
 */
#include "analysis/centrality/measure.h"
#include "base/fault.h"

struct peel {
    uint32_t *left;  /* by actor: arcs left, at the end its coreness */
    uint32_t *order; /* actors by arcs left */
    uint32_t *place; /* by actor: where it stands in the order */
    uint32_t *begin; /* by number of arcs left: where those actors begin */
};

static void
peel_done(struct peel *peel)
{
    cas_free(peel->left);
    cas_free(peel->order);
    cas_free(peel->place);
    cas_free(peel->begin);
}

static uint32_t
arcs_at(const struct cas_contact *contact, uint32_t v)
{
    return (uint32_t)(contact->out_begin[v + 1] - contact->out_begin[v] + contact->in_begin[v + 1] -
                      contact->in_begin[v]);
}

static bool
peel_init(struct peel *peel, const struct cas_contact *contact)
{
    size_t n = contact->arcs.n, most = 2 * n; /* an actor has at most n − 1 arcs each way */

    *peel = (struct peel){.left = cas_zalloc(n + 1, sizeof(uint32_t)),
                          .order = cas_zalloc(n + 1, sizeof(uint32_t)),
                          .place = cas_zalloc(n + 1, sizeof(uint32_t)),
                          .begin = cas_zalloc(most + 2, sizeof(uint32_t))};
    return peel->left && peel->order && peel->place && peel->begin;
}

/* A counting sort that leaves `begin` where each number begins. */
static void
put_in_order(struct peel *peel, const struct cas_contact *contact)
{
    uint32_t n = contact->arcs.n;

    for (uint32_t v = 0; v < n; v++) {
        peel->left[v] = arcs_at(contact, v);
        peel->begin[peel->left[v] + 1]++;
    }
    for (size_t k = 0; k < 2 * (size_t)n; k++) {
        peel->begin[k + 1] += peel->begin[k];
    }
    for (uint32_t v = 0; v < n; v++) {
        peel->place[v] = peel->begin[peel->left[v]]++;
        peel->order[peel->place[v]] = v;
    }
    for (size_t k = 2 * (size_t)n; k > 0; k--) {
        peel->begin[k] = peel->begin[k - 1];
    }
    peel->begin[0] = 0;
}

/* One arc less for `v`, unless it has as few as the actor in hand. */
static void
lose_arc(struct peel *peel, uint32_t v, uint32_t fewest)
{
    uint32_t k = peel->left[v], first, other;

    if (k <= fewest) {
        return;
    }
    first = peel->begin[k]++;
    other = peel->order[first];
    peel->order[peel->place[v]] = other;
    peel->place[other] = peel->place[v];
    peel->order[first] = v;
    peel->place[v] = first;
    peel->left[v]--;
}

static void
take_away(struct peel *peel, const struct cas_contact *contact, uint32_t v)
{
    for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
        lose_arc(peel, contact->arcs.to[i], peel->left[v]);
    }
    for (size_t i = contact->in_begin[v]; i < contact->in_begin[v + 1]; i++) {
        lose_arc(peel, contact->in_from[i], peel->left[v]);
    }
}

enum casus_status
cas_coreness(const struct cas_contact *contact, double *out, struct casus_error *err)
{
    struct peel peel;

    if (!peel_init(&peel, contact)) {
        peel_done(&peel);
        return cas_fail_memory(err);
    }
    put_in_order(&peel, contact);
    for (uint32_t at = 0; at < contact->arcs.n; at++) {
        take_away(&peel, contact, peel.order[at]);
    }
    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        out[v] = peel.left[v];
    }
    peel_done(&peel);
    return CASUS_OK;
}
