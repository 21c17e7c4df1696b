/* Gould and Fernandez's roles: each way of two steps that no one step shortens, by the groups of
 * its three. For each first actor its own successors are marked, so that a look tells. */
#include "analysis/brokerage/broker.h"
#include "base/fault.h"

const char *
casus_role_name(enum casus_role role)
{
    static const char *const names[] = {"coordinator", "itinerant", "gatekeeper", "representative",
                                        "liaison"};
    return names[role];
}

static enum casus_role
role_of(uint32_t first, uint32_t middle, uint32_t last)
{
    if (first == middle)
        return middle == last ? CASUS_COORDINATOR : CASUS_REPRESENTATIVE;
    if (middle == last)
        return CASUS_GATEKEEPER;
    return first == last ? CASUS_ITINERANT : CASUS_LIAISON;
}

static void
count_middle(const struct cas_contact *contact, const uint32_t *group, uint32_t first,
             uint32_t middle, const bool *near, uint64_t *out)
{
    const struct cas_arcs *arcs = &contact->arcs;
    for (size_t i = contact->out_begin[middle]; i < contact->out_begin[middle + 1]; i++) {
        uint32_t last = arcs->to[i];
        if (last != first && !near[last])
            out[(size_t)middle * CASUS_ROLE_COUNT +
                role_of(group[first], group[middle], group[last])]++;
    }
}

enum casus_status
cas_roles_count(const struct cas_contact *contact, const uint32_t *group, uint64_t *out,
                struct casus_error *err)
{
    const struct cas_arcs *arcs = &contact->arcs;
    bool *near = cas_zalloc((size_t)arcs->n + 1, sizeof *near);
    if (!near)
        return cas_fail_memory(err);
    for (size_t i = 0; i < (size_t)arcs->n * CASUS_ROLE_COUNT; i++)
        out[i] = 0;
    for (uint32_t v = 0; v < arcs->n; v++) {
        size_t begin = contact->out_begin[v], end = contact->out_begin[v + 1];
        for (size_t i = begin; i < end; i++)
            near[arcs->to[i]] = true;
        for (size_t i = begin; i < end; i++)
            count_middle(contact, group, v, arcs->to[i], near, out);
        for (size_t i = begin; i < end; i++)
            near[arcs->to[i]] = false;
    }
    cas_free(near);
    return CASUS_OK;
}
