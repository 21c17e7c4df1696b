/* A dossier's life, and reading it. It is filled in keep.c and resolved in finish.c. */
#include "claim/dossier.h"

struct casus_dossier *
casus_dossier_new(void)
{
    struct casus_dossier *dossier = cas_zalloc(1, sizeof *dossier);
    if (!dossier)
        return NULL;
    cas_arena_init(&dossier->arena);
    cas_intern_init(&dossier->words);
    cas_roster_init(&dossier->source_ids);
    cas_roster_init(&dossier->event_ids);
    cas_dossier_keep(dossier);
    if (cas_registry_new(&dossier->arena, &dossier->registry, NULL) != CASUS_OK) {
        casus_dossier_free(dossier);
        return NULL;
    }
    return dossier;
}

void
casus_dossier_free(struct casus_dossier *dossier)
{
    if (!dossier)
        return;
    cas_registry_free(dossier->registry);
    cas_roster_done(&dossier->source_ids);
    cas_roster_done(&dossier->event_ids);
    cas_intern_done(&dossier->words);
    cas_arena_done(&dossier->arena);
    cas_free(dossier->sources);
    cas_free(dossier->events);
    cas_free(dossier->claims);
    cas_free(dossier->inputs);
    cas_free(dossier->source_of);
    cas_free(dossier->event_of);
    cas_free(dossier->at_top);
    cas_free(dossier->marks.stamps);
    cas_free(dossier);
}

struct casus_sink *
casus_dossier_sink(struct casus_dossier *dossier)
{
    return &dossier->sink;
}

const struct cas_registry *
cas_dossier_registry(const struct casus_dossier *dossier)
{
    return dossier->registry;
}

const char *
casus_dossier_title(const struct casus_dossier *dossier)
{
    return dossier->title;
}

const char *
casus_dossier_note(const struct casus_dossier *dossier)
{
    return dossier->note;
}

const char *
casus_dossier_extra(const struct casus_dossier *dossier)
{
    return dossier->extra;
}

uint32_t
casus_dossier_actor_count(const struct casus_dossier *dossier)
{
    return cas_registry_count(dossier->registry);
}

uint32_t
casus_dossier_source_count(const struct casus_dossier *dossier)
{
    return dossier->source_count;
}

uint32_t
casus_dossier_event_count(const struct casus_dossier *dossier)
{
    return dossier->event_count;
}

uint32_t
casus_dossier_claim_count(const struct casus_dossier *dossier)
{
    return dossier->claim_count;
}

uint32_t
casus_dossier_input_count(const struct casus_dossier *dossier)
{
    return dossier->input_count;
}

const struct casus_actor *
casus_dossier_actor_at(const struct casus_dossier *dossier, uint32_t index)
{
    return cas_registry_at(dossier->registry, index);
}

const struct casus_source *
casus_dossier_source_at(const struct casus_dossier *dossier, uint32_t index)
{
    return &dossier->sources[index];
}

const struct casus_event *
casus_dossier_event_at(const struct casus_dossier *dossier, uint32_t index)
{
    return &dossier->events[index];
}

const struct casus_claim *
casus_dossier_claim_at(const struct casus_dossier *dossier, uint32_t index)
{
    return &dossier->claims[index];
}

const struct casus_input *
casus_dossier_input_at(const struct casus_dossier *dossier, uint32_t index)
{
    return &dossier->inputs[index];
}

uint32_t
casus_dossier_actor_find(const struct casus_dossier *dossier, const char *name)
{
    return cas_registry_find(dossier->registry, name, strlen(name));
}

uint32_t
casus_dossier_parent(const struct casus_dossier *dossier, uint32_t actor,
                     const struct casus_period *at)
{
    return cas_registry_parent(dossier->registry, actor, at);
}

const char *
cas_dossier_side(const struct casus_dossier *dossier, uint32_t actor, const struct casus_period *at)
{
    for (; actor != CASUS_NONE; actor = casus_dossier_parent(dossier, actor, at)) {
        const char *side = casus_dossier_actor_at(dossier, actor)->side;
        if (side)
            return side;
    }
    return NULL;
}
