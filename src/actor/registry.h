/* Who is who: ids become actors.
 *
 * Invariant: an actor's number is given at the first sight of its id, declared or not. At
 * cas_registry_finish() each number is declared, or each place that named it is a problem.
 * The numbers order nothing: answers sort by id.
 */
#ifndef CAS_REGISTRY_H
#define CAS_REGISTRY_H

#include "event/sink.h"

struct cas_registry;

/* Strings go into `arena`, which outlives the registry. */
enum casus_status cas_registry_new(struct cas_arena *arena, struct cas_registry **out,
                                   struct casus_error *err);
void cas_registry_free(struct cas_registry *registry);

/* Declare an actor. A second declaration of an id is a problem (CAS-130) unless `again`. */
enum casus_status cas_registry_declare(struct cas_registry *registry,
                                       const struct cas_rec_actor *actor,
                                       const struct cas_locator *locator,
                                       struct casus_problems *problems, struct casus_error *err);
/* The number of the actor that `id` names; remembers the place while it is not declared.
 * An absent id gives CASUS_NONE. CASUS_NONE with err filled without memory. */
uint32_t cas_registry_refer(struct cas_registry *registry, struct cas_text id,
                            const struct cas_locator *locator, struct casus_error *err);
/* Every reference resolved, circles of parents found; problems in order of place. After it,
 * circular or undeclared parents are dropped, so that walks up end. */
enum casus_status cas_registry_finish(struct cas_registry *registry,
                                      struct casus_problems *problems, struct casus_error *err);

/* Drop what nobody declared (it may be named only under a lenient policy) and close the gaps: after
 * it every actor is declared, and cas_registry_settled() turns a number given before it into the
 * one that holds now, or CASUS_NONE. Optional; after cas_registry_finish(), once. */
enum casus_status cas_registry_settle(struct cas_registry *registry, struct casus_error *err);
uint32_t cas_registry_settled(const struct cas_registry *registry, uint32_t number);

uint32_t cas_registry_count(const struct cas_registry *registry);
/* Declared actors; an undeclared number (only under a lenient policy) is an actor whose name is
 * its id, of kind other. */
const struct casus_actor *cas_registry_at(const struct cas_registry *registry, uint32_t actor);
bool cas_registry_declared(const struct cas_registry *registry, uint32_t actor);
/* Named and never declared. What a register lists and nothing names is neither. */
bool cas_registry_lacks(const struct cas_registry *registry, uint32_t actor);
/* Actors with a number of the register's kind ("ucdp:7769") that the register does not list; 0
 * without a register. *out_input is the index of that input. */
#define CAS_UNLISTED "actors of other inputs that it does not list"
uint64_t cas_registry_unlisted(const struct cas_registry *registry, uint32_t *out_input);
uint32_t cas_registry_find_id(const struct cas_registry *registry, const char *id, size_t n);
/* By id, else by name or alias (compared by spelling.h) where just one actor bears it. */
uint32_t cas_registry_find(const struct cas_registry *registry, const char *name, size_t n);
/* The nearest id for "did you mean", or NULL. */
const char *cas_registry_nearest(const struct cas_registry *registry, const char *id, size_t n);

/* The parent that holds at a period: the last named one whose period may overlap it; the last
 * named where `at` is NULL or undated. */
uint32_t cas_registry_parent(const struct cas_registry *registry, uint32_t actor,
                             const struct casus_period *at);
/* Roll up. level: 0 is the top ancestor, N steps below it (an actor less deep stays itself). */
uint32_t cas_registry_level(const struct cas_registry *registry, uint32_t actor, unsigned level,
                            const struct casus_period *at);

/* `--level` parsed. */
struct cas_level {
    enum { CAS_LEVEL_NONE, CAS_LEVEL_DEPTH, CAS_LEVEL_KIND } by;
    unsigned depth;
    enum casus_kind kind;
};
enum casus_status cas_level_parse(const char *text, struct cas_level *out, struct casus_error *err);
uint32_t cas_registry_roll(const struct cas_registry *registry, uint32_t actor,
                           const struct cas_level *level, const struct casus_period *at);

#endif
