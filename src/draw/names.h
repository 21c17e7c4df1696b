/* The name that an actor has in a picture. */
#ifndef CAS_NAMES_H
#define CAS_NAMES_H

#include <casus/draw.h>

/* The alias in the language asked for, else the name. Borrowed from graph or dossier. */
const char *cas_shown_name(const struct casus_graph *graph, const struct casus_drawing *drawing,
                           uint32_t actor);

#endif
