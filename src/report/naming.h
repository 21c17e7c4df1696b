/* Short for what a graph and a dossier call what they hold. */
#ifndef CAS_REPORT_NAMING_H
#define CAS_REPORT_NAMING_H

#include <casus/graph.h>
#include <casus/model.h>

static inline const char *
cas_id_of_actor(const struct casus_graph *graph, uint32_t actor)
{
    return casus_graph_actor_at(graph, actor)->id;
}

static inline const char *
cas_name_of_actor(const struct casus_graph *graph, uint32_t actor)
{
    return casus_graph_actor_at(graph, actor)->name;
}

static inline const char *
cas_id_of_event(const struct casus_dossier *dossier, uint32_t event)
{
    return casus_dossier_event_at(dossier, event)->id;
}

#endif
