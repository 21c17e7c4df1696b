/** Who is who, as a registry says: names become actors while inputs are read. */
#ifndef CASUS_REGISTRY_H
#define CASUS_REGISTRY_H

#include <casus/dossier.h>

/* A registry is a table, one row a name, as CSV or as a JSON array of objects with these keys:
 *
 *   alias      the name, or the id that an input gives; empty: the row is of the actor alone
 *   actor      the id of the actor that it means; the one that must be there
 *   kind       of the actor; side: its side; parent: what it is part of, by id. Of several rows
 *   parent     the first that gives a kind or a side holds; parents add up. What a registry says
 *   side       of an actor stands above what the input says
 *   from       when the alias means the actor, and the parent holds: dates, both inclusive; empty
 *   until      is always, '..' open
 *   judgement  yes (or empty): it is so. unsure: kept, not acted on. no: never suggest it again
 *   source     whence it is known
 *
 * - A name of an input is looked up as it stands, then by its spelling. An id is looked up as it
 *   stands; by its spelling only where nothing else names the actor.
 * - An alias that is another actor's id merges that actor into this one. A name that rows give to
 *   several actors at one time means none of them.
 * - A dated row holds where the event's date may overlap its dates, before rows without dates;
 *   where several do, for different actors, the rows without dates hold.
 * - An actor that no input declares is named by its id where that reads as a name (it holds a
 *   space, a capital or a letter beyond ASCII), else by its first alias that does.
 * - The UCDP Actor Dataset is a registry as it is published: its names mean its numbers
 *   ("ucdp:180"), by which UCDP's other data sets know their actors.
 * - Nothing is merged but by a row: take the row away and the merge is undone.
 */

/** Filled by reading, then borrowed by sinks; it remembers what inputs call their actors. */
struct casus_registry;

struct casus_registry_counts {
    uint64_t rows, yes, no, unsure;
    uint64_t shared; /**< spellings that mean several actors at all times, and so join nobody */
};

/** @return owned, or NULL without memory */
CASUS_API struct casus_registry *casus_registry_new(void);
CASUS_API void casus_registry_free(struct casus_registry *registry);
/**
 * Add the rows of a file (CSV or JSON by its content; may be compressed; "-" is standard input).
 *
 * @param problems takes bad rows: CAS-152 (a column), 112 (no actor), 113 (judgement, kind), 120
 *        to 122 (dates); such a row is left out where the policy lets the reading go on
 * @return CASUS_OK; CASUS_EINPUT (the first problem, under CASUS_STRICT; or no registry at all),
 *         CASUS_EIO (CAS-180, CAS-181), CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_registry_read(const char *path, struct casus_registry *registry,
                                                struct casus_problems *problems,
                                                struct casus_error *err);
/**
 * Stand before a sink: what is given to `out_sink` reaches `inner` by the registry's names. No row
 * may be added after it. A further call begins a further reading, with another `inner`.
 *
 * @param inner    outlives the reading
 * @param out_sink borrowed from the registry until the next call
 * @return CASUS_OK, CASUS_ENOMEM
 * Cost: a look-up a name; memory for each name that an input uses.
 */
CASUS_API enum casus_status casus_registry_sink(struct casus_registry *registry,
                                                struct casus_sink *inner,
                                                struct casus_sink **out_sink,
                                                struct casus_error *err);
/**
 * True where an input used an actor before it declared who that is, and the declaration meets the
 * registry: what `inner` was given is then wrong. Read again into a new one; the registry now
 * knows.
 */
CASUS_API bool casus_registry_reads_again(const struct casus_registry *registry);
/** Counted once a sink was asked for; before that `shared` is 0. */
CASUS_API struct casus_registry_counts casus_registry_count(const struct casus_registry *registry);

#endif
