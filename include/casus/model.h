/** The words of the field: kinds, relations, stances, types of event; and figures of losses. */
#ifndef CASUS_MODEL_H
#define CASUS_MODEL_H

#include <casus/date.h>

/** No index: nobody, nothing. */
#define CASUS_NONE UINT32_MAX

enum casus_kind {
    CASUS_KIND_STATE,
    CASUS_KIND_ARMY,
    CASUS_KIND_MILITIA,
    CASUS_KIND_ARMED_GROUP,
    CASUS_KIND_UNIT,
    CASUS_KIND_COALITION,
    CASUS_KIND_BACKER,
    CASUS_KIND_BASE,
    CASUS_KIND_PERSON,
    CASUS_KIND_OUTLET,
    CASUS_KIND_MONITOR,
    CASUS_KIND_CIVILIANS,
    CASUS_KIND_OTHER,
    CASUS_KIND_COUNT
};

enum casus_relation { CASUS_ATTACK, CASUS_SUPPORT, CASUS_CLAIM, CASUS_RELATION_COUNT };

/** Sets of relations, one bit each. */
#define CASUS_BIT(x)        (1u << (x))
#define CASUS_ALL_RELATIONS 7u
#define CASUS_CONTACT       3u /**< attack and support */

enum casus_stance {
    CASUS_RESPONSIBILITY,
    CASUS_REPORT,
    CASUS_ANNOUNCE,
    CASUS_BLAME,
    CASUS_DENY,
    CASUS_CORROBORATE,
    CASUS_STANCE_COUNT
};

/** Whether an event happened, by who says so: the first of these that fits. */
enum casus_evidence {
    CASUS_DISPUTED,
    CASUS_CORROBORATED,
    CASUS_ADMITTED,
    CASUS_ONE_SIDED,
    CASUS_SINGLE,
    CASUS_UNSOURCED,
    CASUS_EVIDENCE_COUNT
};

/** Whether the losses told of an event agree. */
enum casus_figures {
    CASUS_FIGURES_NONE,
    CASUS_FIGURES_SINGLE,
    CASUS_FIGURES_AGREE,
    CASUS_FIGURES_EXCLUDE,
    CASUS_FIGURES_COUNT
};

enum casus_loss_kind {
    CASUS_KILLED,
    CASUS_WOUNDED,
    CASUS_CAPTURED,
    CASUS_MISSING,
    CASUS_LOSS_COUNT
};

/* Names as a dossier writes them; each _name() takes any value below its _COUNT. */
CASUS_API const char *casus_kind_name(enum casus_kind kind);
CASUS_API const char *casus_relation_name(enum casus_relation relation);
CASUS_API const char *casus_stance_name(enum casus_stance stance);
CASUS_API const char *casus_evidence_name(enum casus_evidence evidence);
CASUS_API const char *casus_figures_name(enum casus_figures figures);
CASUS_API const char *casus_loss_name(enum casus_loss_kind kind);

/* The value of a name, or -1. `length` bytes are read. */
CASUS_API int casus_kind_find(const char *name, size_t length);
CASUS_API int casus_relation_find(const char *name, size_t length);
CASUS_API int casus_stance_find(const char *name, size_t length);
CASUS_API int casus_evidence_find(const char *name, size_t length);
CASUS_API int casus_loss_find(const char *name, size_t length);

/** A type of event: its relation follows from it; battle and clash have no direction. */
struct casus_type {
    const char *name;
    enum casus_relation relation;
    bool directed;
    bool joint; /**< those on one side act with each other (joint-operation, alliance) */
};

CASUS_API size_t casus_type_count(void);
CASUS_API const struct casus_type *casus_type_at(size_t index);
/** @return the type of that name, or NULL */
CASUS_API const struct casus_type *casus_type_find(const char *name, size_t length);

/** A count of people: low <= best <= high, each −1 where nobody gave it. Nothing is rounded. */
struct casus_figure {
    int64_t low, best, high;
};

/** No figure at all. */
#define CASUS_NO_FIGURE ((struct casus_figure){-1, -1, -1})

/** The least and the most that a figure allows: low else best else 0; high else best else −1 (no
 * bound). */
CASUS_API int64_t casus_figure_least(const struct casus_figure *figure);
CASUS_API int64_t casus_figure_most(const struct casus_figure *figure);
CASUS_API bool casus_figure_known(const struct casus_figure *figure);

#endif
