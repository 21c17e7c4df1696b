/* Names that were read, brought to the actors that they came to mean.
 *
 * An id of an input is looked up in the dossier: it is an actor's, or an alias of the one that a
 * registry merged it into. So what dated rows of a registry share out between several stands with
 * the one that the id means at all times.
 */
#include "report/read_as.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"

static int
by_actor(const void *left, const void *right)
{
    const struct cas_read_as *a = left, *b = right;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    if (a->times != b->times)
        return a->times > b->times ? -1 : 1;
    return strcmp(a->name, b->name);
}

static int
by_name(const void *left, const void *right)
{
    const struct cas_read_as *a = left, *b = right;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* One name that several ids of an input bear is one line. */
static void
join(struct cas_reads *reads)
{
    size_t kept = 0;
    if (reads->count)
        qsort(reads->at, reads->count, sizeof *reads->at, by_name);
    for (size_t i = 0; i < reads->count; i++) {
        if (kept && by_name(&reads->at[kept - 1], &reads->at[i]) == 0)
            reads->at[kept - 1].times += reads->at[i].times;
        else
            reads->at[kept++] = reads->at[i];
    }
    reads->count = kept;
    if (kept)
        qsort(reads->at, kept, sizeof *reads->at, by_actor);
}

enum casus_status
cas_reads_find(const struct casus_dossier *dossier, const struct casus_sightings *sightings,
               struct cas_reads *out, struct casus_error *err)
{
    uint32_t count = sightings ? casus_sightings_count(sightings) : 0;
    *out = (struct cas_reads){.at = cas_zalloc((size_t)count + 1, sizeof *out->at)};
    if (!out->at)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        struct casus_sighting one = casus_sightings_at(sightings, i);
        uint32_t actor = casus_dossier_actor_find(dossier, one.id);
        if (actor == CASUS_NONE)
            actor = casus_dossier_actor_find(dossier, one.name);
        if (actor != CASUS_NONE)
            out->at[out->count++] = (struct cas_read_as){actor, one.input, one.name, one.times};
    }
    join(out);
    return CASUS_OK;
}

void
cas_reads_done(struct cas_reads *reads)
{
    cas_free(reads->at);
    *reads = (struct cas_reads){0};
}

/* The first of an actor, and how many there are. */
static const struct cas_read_as *
reads_of(const struct cas_reads *reads, uint32_t actor, size_t *out_count)
{
    size_t low = 0, high = reads->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reads->at[middle].actor < actor)
            low = middle + 1;
        else
            high = middle;
    }
    *out_count = 0;
    while (low + *out_count < reads->count && reads->at[low + *out_count].actor == actor)
        ++*out_count;
    return &reads->at[low];
}

static const char *
input_name(const struct casus_dossier *dossier, uint32_t input)
{
    return input < casus_dossier_input_count(dossier) ? casus_dossier_input_at(dossier, input)->name
                                                      : "?";
}

void
cas_reads_words(struct cas_buffer *out, const struct casus_dossier *dossier,
                const struct cas_reads *reads, uint32_t actor, bool more_only,
                const char *separator)
{
    size_t count;
    const struct cas_read_as *at = reads_of(reads, actor, &count);
    const char *own = casus_dossier_actor_at(dossier, actor)->name;
    if (more_only && (!count || (count == 1 && strcmp(at->name, own) == 0)))
        return;
    for (size_t i = 0; i < count; i++)
        cas_buffer_printf(out, "%s%s (%s, %" PRIu64 ")", i ? separator : "", at[i].name,
                          input_name(dossier, at[i].input), at[i].times);
}

void
cas_reads_add(struct cas_json *json, struct cJSON *object, const struct casus_dossier *dossier,
              const struct cas_reads *reads, uint32_t actor)
{
    size_t count;
    const struct cas_read_as *at = reads_of(reads, actor, &count);
    struct cJSON *list = cas_json_add_array(json, object, "read_as");
    for (size_t i = 0; i < count; i++) {
        struct cJSON *one = cas_json_add_object(json, list, NULL);
        cas_json_add_text(json, one, "name", at[i].name);
        cas_json_add_text(json, one, "file", input_name(dossier, at[i].input));
        cas_json_add_count(json, one, "times", at[i].times);
    }
}
