/* Citations and licences of several inputs as one text: each stands once, in order of the inputs. */
#include "export/terms.h"

typedef const char *term_of(const struct casus_input *input);

static const char *
citation_of(const struct casus_input *input)
{
    return input->citation;
}

static const char *
licence_of(const struct casus_input *input)
{
    return input->licence;
}

static bool
stands_already(const struct casus_dossier *dossier, uint32_t index, term_of *of)
{
    const char *term = of(casus_dossier_input_at(dossier, index));
    for (uint32_t i = 0; i < index; i++) {
        const char *before = of(casus_dossier_input_at(dossier, i));
        if (before && strcmp(before, term) == 0)
            return true;
    }
    return false;
}

static void
join(struct cas_buffer *out, const struct casus_dossier *dossier, term_of *of)
{
    for (uint32_t i = 0; i < casus_dossier_input_count(dossier); i++) {
        const char *term = of(casus_dossier_input_at(dossier, i));
        if (!term || !*term || stands_already(dossier, i, of))
            continue;
        cas_buffer_text(out, out->n ? "; " : "");
        cas_buffer_text(out, term);
    }
}

void
cas_terms_citation(struct cas_buffer *out, const struct casus_dossier *dossier)
{
    join(out, dossier, citation_of);
}

void
cas_terms_licence(struct cas_buffer *out, const struct casus_dossier *dossier)
{
    join(out, dossier, licence_of);
}
