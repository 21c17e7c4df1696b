/* Which engine lays a graph out. */
#ifndef CAS_ENGINE_H
#define CAS_ENGINE_H

#include "draw/choice.h"

#define CAS_ENGINE_SECONDS 60

/* Measured: dot takes a second at 60 actors, half a minute at 300, and does not end at 3,000. */
#define CAS_ENGINE_LAYERED_MOST 60

/* CASUS_OK where `name` is an engine or NULL; CASUS_EINVAL (CAS-160). */
enum casus_status cas_engine_check(const char *name, struct casus_error *err);
/* Layers where they can be had in time and lines will stay few or mostly follow them; else springs. */
const char *cas_engine_choose(const struct casus_graph *graph, const struct cas_choice *choice);
/* The engine's name as it is kept for ever; NULL for none such. */
const char *cas_engine_find(const char *name);

#endif
