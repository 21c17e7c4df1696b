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

const char *
cas_engine_choose(uint32_t actors)
{
    return actors > CAS_ENGINE_LAYERED_MOST ? "sfdp" : "dot";
}
