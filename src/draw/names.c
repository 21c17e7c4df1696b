/* Languages of aliases: a tag asked for matches itself and its regions ("ar" takes "ar-SY"). */
#include "draw/names.h"

#include <string.h>
#include <strings.h>

static bool
is_language(const char *tag, const char *wanted)
{
    size_t n = strlen(wanted);
    return strncasecmp(tag, wanted, n) == 0 && (tag[n] == '\0' || tag[n] == '-');
}

static bool
fits(const char *tag, const char *labels)
{
    if (!tag)
        return false;
    return strcmp(labels, "native") == 0 ? !is_language(tag, "en") : is_language(tag, labels);
}

const char *
cas_shown_name(const struct casus_graph *graph, const struct casus_drawing *drawing, uint32_t actor)
{
    const struct casus_node *node = casus_graph_actor_at(graph, actor);
    if (!drawing->labels || !drawing->dossier)
        return node->name;
    uint32_t found = casus_dossier_actor_find(drawing->dossier, node->id);
    if (found == CASUS_NONE)
        return node->name;
    const struct casus_actor *known = casus_dossier_actor_at(drawing->dossier, found);
    for (uint32_t i = 0; i < known->alias_count; i++) {
        if (fits(known->aliases[i].lang, drawing->labels))
            return known->aliases[i].name;
    }
    return node->name;
}
