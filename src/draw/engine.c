/* Graphviz's engines, as far as they draw what casus draws. */
#include "draw/engine.h"

#include <string.h>

#include "base/fault.h"

const char *
cas_engine_find(const char *name)
{
    static const char *const engines[] = {"dot", "fdp", "sfdp", "neato"};
    for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++) {
        if (strcmp(name, engines[i]) == 0)
            return engines[i];
    }
    return NULL;
}

enum casus_status
cas_engine_check(const char *name, struct casus_error *err)
{
    if (!name || cas_engine_find(name))
        return CASUS_OK;
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                    "no engine '%.40s': there are dot, fdp, sfdp and neato", name);
}

/* Layers tell who stands behind whom. Lines of attack run through all of them: where there are more
 * ties than one and a half an actor, and most of them no support, the layers are a thicket. Fights
 * of which nobody knows the attacker have no layers at all: dot piles their parties into a column. */
const char *
cas_engine_choose(const struct casus_graph *graph, const struct cas_choice *choice)
{
    uint32_t support = 0, directed = 0, ties = choice->tie_count, actors = choice->actor_count;
    if (actors > CAS_ENGINE_LAYERED_MOST)
        return "sfdp";
    for (uint32_t i = 0; i < ties; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, choice->ties[i]);
        support += tie->relation == CASUS_SUPPORT;
        directed += tie->directed;
    }
    bool sparse = 2 * (uint64_t)ties <= 3 * (uint64_t)actors + 20 && 2 * (uint64_t)directed >= ties;
    bool backing = 2 * (uint64_t)support > ties && ties <= 3 * (uint64_t)actors;
    return sparse || backing ? "dot" : "neato";
}
