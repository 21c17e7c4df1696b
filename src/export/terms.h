/* On what terms a dossier may be used: the citations and licences of its inputs. */
#ifndef CAS_EXPORT_TERMS_H
#define CAS_EXPORT_TERMS_H

#include <casus/dossier.h>

#include "base/text.h"

/* What the inputs say, each once, joined by "; "; nothing where none says anything. */
void cas_terms_citation(struct cas_buffer *out, const struct casus_dossier *dossier);
void cas_terms_licence(struct cas_buffer *out, const struct casus_dossier *dossier);

#endif
