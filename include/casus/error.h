/** Statuses, errors that say where, and the numbered list of messages. */
#ifndef CASUS_ERROR_H
#define CASUS_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CASUS_API          __attribute__((visibility("default")))
#define CASUS_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define CASUS_API
#define CASUS_PRINTF(f, a)
#endif

/** What a call came to. The command's exit codes follow from it. */
enum casus_status {
    CASUS_OK = 0,
    CASUS_EEMPTY,  /**< valid input, but the selection leaves no event (exit 1) */
    CASUS_EINVAL,  /**< an option or argument is wrong (exit 2) */
    CASUS_EINPUT,  /**< bad content (exit 3) */
    CASUS_EIO,     /**< a file missing, unreadable or not writable (exit 4) */
    CASUS_ENOMEM,  /**< no memory (exit 4) */
    CASUS_EENGINE, /**< igraph, Graphviz or the solver failed or ran out of its limits (exit 4) */
    CASUS_ESTOPPED, /**< ended early, as asked (exit 4) */
    CASUS_EKEEP    /**< a folding sink met what needs all events: read again into a dossier */
};

/** A place in a text, both from 1; 0 is unknown. Columns count Unicode characters. */
struct casus_where {
    uint32_t line, column;
};

/** The first failure of a call; owned by the caller, nothing in it is allocated. */
struct casus_error {
    enum casus_status status;
    unsigned code;            /**< stable for ever: 112 prints as CAS-112; 0 is none */
    struct casus_where where; /**< line 0: no place in a text */
    char file[128];           /**< as much of the path's tail as fits; may be "" */
    char text[240];           /**< one line, no full stop */
    char line[160];           /**< the offending line's part around the column, or "" */
    uint32_t caret;           /**< column of the caret below `line`, from 1; 0 is none */
};

/** One numbered message: its title and what it means and what to do. */
struct casus_message {
    unsigned code;
    const char *title, *text;
};

CASUS_API size_t casus_message_count(void);
/** @return the message at `index` < count, in order of number; borrowed, for ever */
CASUS_API const struct casus_message *casus_message_at(size_t index);
/** @return the message of that number, or NULL */
CASUS_API const struct casus_message *casus_message_find(unsigned code);

/** @return the one of `words` that `word` was probably meant to be, or NULL */
CASUS_API const char *casus_nearest(const char *word, const char *const *words, size_t count);

/**
 * The problems of one reading: kept, counted by message, and the policy on going on.
 * Not thread-safe. Owns copies of what it is given.
 */
struct casus_problems;

enum casus_policy {
    CASUS_STRICT,  /**< the first problem ends the reading */
    CASUS_LENIENT, /**< bad records are left out and counted; the first of each message is kept */
    CASUS_CHECK    /**< every problem is kept, up to a million */
};

/** @return owned, or NULL without memory */
CASUS_API struct casus_problems *casus_problems_new(enum casus_policy policy);
CASUS_API void casus_problems_free(struct casus_problems *problems);
/** Problems kept, in order of file, line and column after casus_problems_sort(). */
CASUS_API size_t casus_problems_count(const struct casus_problems *problems);
/** @return borrowed from `problems` until the next call that adds */
CASUS_API const struct casus_error *casus_problems_at(const struct casus_problems *problems,
                                                      size_t index);
/** All problems met, those not kept included. */
CASUS_API uint64_t casus_problems_total(const struct casus_problems *problems);
/** How often a message was met. */
CASUS_API uint64_t casus_problems_of(const struct casus_problems *problems, unsigned code);
CASUS_API void casus_problems_sort(struct casus_problems *problems);

#endif
