/** Under which names an input knows its actors, and how often: before a registry renames them. */
#ifndef CASUS_SIGHTINGS_H
#define CASUS_SIGHTINGS_H

#include <casus/dossier.h>

struct casus_sightings;

/** One name of one id in one input. Strings are borrowed from the sightings. */
struct casus_sighting {
    const char *id;   /**< as the input has it */
    const char *name; /**< that the input gave it at the time; the id where none */
    uint32_t input;   /**< an index for casus_dossier_input_at() */
    uint64_t times;   /**< as a party to an event, or who makes, carries or answers a claim */
};

/** @return owned, or NULL without memory */
CASUS_API struct casus_sightings *casus_sightings_new(void);
CASUS_API void casus_sightings_free(struct casus_sightings *sightings);
/**
 * Stand before a sink, as the first of several: what is given to the sightings' own is counted and
 * reaches `inner` unchanged. A further call begins a further reading and forgets the one before.
 *
 * @return borrowed from the sightings until the next call
 */
CASUS_API struct casus_sink *casus_sightings_sink(struct casus_sightings *sightings,
                                                  struct casus_sink *inner);
CASUS_API uint32_t casus_sightings_count(const struct casus_sightings *sightings);
/** In order of the first sight of each id, then of its names. `index` below the count. */
CASUS_API struct casus_sighting casus_sightings_at(const struct casus_sightings *sightings,
                                                   uint32_t index);

#endif
