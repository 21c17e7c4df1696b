/** Everything that was read, kept: actors, sources, events, claims. And reading itself. */
#ifndef CASUS_DOSSIER_H
#define CASUS_DOSSIER_H

#include <casus/model.h>

/** Where a record stands: `file` is an index for casus_dossier_input_at(). */
struct casus_place_in {
    uint32_t file;
    struct casus_where where;
};

struct casus_parent {
    uint32_t actor;
    struct casus_period period; /**< undated: always */
    const char *extra;          /**< its x- keys, as casus_actor.extra; so below */
};

struct casus_alias {
    const char *name;
    const char *lang; /**< a language tag or NULL */
    const char *extra;
};

/** All strings are UTF-8, borrowed from the dossier for its life, NULL where absent. */
struct casus_actor {
    const char *id, *name; /**< name is the id where none was given */
    const char *side, *note;
    const struct casus_alias *aliases;
    const struct casus_parent *parents;
    const char *extra; /**< its x- keys as the inside of a JSON object, or NULL */
    uint32_t alias_count, parent_count;
    enum casus_kind kind;
    bool kind_given;
    bool generic; /**< "Civilians", "Unknown": nobody's name */
    struct casus_place_in place;
};

struct casus_source {
    const char *id, *name, *type, *url, *archive_url, *note, *extra;
    const char *date_extra; /**< x- keys of an interval */
    struct casus_period date;
    char reliability; /**< 'A' to 'F', or 0 */
    struct casus_place_in place;
};

/** People of `actor` (CASUS_NONE: of nobody known) lost: a sum over the kinds in `what`. */
struct casus_loss {
    uint32_t actor;
    uint8_t what; /**< bits CASUS_BIT(enum casus_loss_kind) */
    bool some;    /**< given as `true`: some, number unknown (low is 1) */
    struct casus_figure figure;
    const char *extra; /**< of the object that holds it, with the first loss in there */
};

struct casus_claim {
    uint32_t by, via, of;  /**< actors, or CASUS_NONE; without `by` it is the source's own voice */
    uint32_t source;       /**< or CASUS_NONE */
    const uint32_t *about; /**< events */
    const struct casus_loss *losses;
    const char *url, *note, *extra, *date_extra;
    uint32_t about_count, loss_count;
    struct casus_period date;
    enum casus_stance stance;
    uint8_t credibility; /**< 1 to 6, or 0 */
    struct casus_place_in place;
};

struct casus_event {
    const char *id; /**< never NULL; made from file and line where none was given */
    const char *type;
    const char *place_name, *place_note, *note, *extra, *place_extra, *date_extra;
    const uint32_t *from, *to; /**< actors, each once */
    const uint32_t *sources;
    const struct casus_loss *losses; /**< the data set's own figures: no claimant */
    const uint32_t *claims; /**< all claims about it, those about several events included */
    uint32_t from_count, to_count, source_count, loss_count, claim_count;
    struct casus_period date;
    double lat, lon; /**< degrees, NaN where absent */
    enum casus_relation relation;
    bool directed;
    bool id_given;
    struct casus_place_in place;
};

/** Records of an input that are no event, for one reason. */
struct casus_skip {
    const char *reason; /**< as it reads behind a number ("without a second actor"); for ever */
    uint64_t count;
};

enum { CASUS_SKIPS = 12, CASUS_REMARKS = 6 };

/** One input as it was read. */
struct casus_input {
    const char *name, *format;
    const char *citation, *licence; /**< of the data set, or NULL */
    bool dossier; /**< a dossier, whose records are events and more; false: a table of events */
    uint64_t records, events;
    uint64_t no_event; /**< records that are no event and were counted, not lost */
    /** no_event by reason, in order of first sight; a count of 0 ends. Where reasons are more, the
     * last row holds the rest. */
    struct casus_skip skipped[CASUS_SKIPS];
    /** What is to be known of rows that are events, in the same way; `reason` reads behind a number
     * ("codes without their leading zero"). */
    struct casus_skip remarks[CASUS_REMARKS];
    uint64_t recoded;  /**< cells that were no UTF-8 and were taken for Windows-1252 */
    uint64_t mended;   /**< codes whose leading zero a spreadsheet had taken */
    uint64_t left_out; /**< records with a fault of their own, and events and claims that name what
                          nobody declares or bear an id that another has: out of the dossier where
                          the reading went on (an actor and a source stay known by their ids) */
    char sha256[65];   /**< "" unless asked for */
};

struct casus_dossier;
struct casus_sink;

/** @return owned, or NULL without memory */
CASUS_API struct casus_dossier *casus_dossier_new(void);
CASUS_API void casus_dossier_free(struct casus_dossier *dossier);
/** @return the sink that keeps what it is given; borrowed from the dossier */
CASUS_API struct casus_sink *casus_dossier_sink(struct casus_dossier *dossier);
/**
 * Resolve what was named before it was declared, and freeze the dossier. Call once, after the
 * last casus_read(). Problems (no such actor, circles of parents) go to `problems`.
 *
 * @return CASUS_OK, CASUS_EINPUT (the first problem, under CASUS_STRICT), CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_dossier_finish(struct casus_dossier *dossier,
                                                 struct casus_problems *problems,
                                                 struct casus_error *err);

CASUS_API const char *casus_dossier_title(const struct casus_dossier *dossier);
CASUS_API const char *casus_dossier_note(const struct casus_dossier *dossier);
/** The x- keys of the dossier object itself, as the inside of a JSON object, or NULL. */
CASUS_API const char *casus_dossier_extra(const struct casus_dossier *dossier);
CASUS_API uint32_t casus_dossier_actor_count(const struct casus_dossier *dossier);
CASUS_API uint32_t casus_dossier_source_count(const struct casus_dossier *dossier);
CASUS_API uint32_t casus_dossier_event_count(const struct casus_dossier *dossier);
CASUS_API uint32_t casus_dossier_claim_count(const struct casus_dossier *dossier);
CASUS_API uint32_t casus_dossier_input_count(const struct casus_dossier *dossier);
/* Borrowed for the dossier's life; `index` below the count. In order of reading. */
CASUS_API const struct casus_actor *casus_dossier_actor_at(const struct casus_dossier *, uint32_t);
CASUS_API const struct casus_source *casus_dossier_source_at(const struct casus_dossier *,
                                                             uint32_t);
CASUS_API const struct casus_event *casus_dossier_event_at(const struct casus_dossier *, uint32_t);
CASUS_API const struct casus_claim *casus_dossier_claim_at(const struct casus_dossier *, uint32_t);
CASUS_API const struct casus_input *casus_dossier_input_at(const struct casus_dossier *, uint32_t);
/** The actor of that id, else of that name or alias where just one bears it; or CASUS_NONE. */
CASUS_API uint32_t casus_dossier_actor_find(const struct casus_dossier *dossier, const char *name);
/** The parent of an actor at a day; CASUS_NONE where none holds. An unknown day takes the last
 * parent named. */
CASUS_API uint32_t casus_dossier_parent(const struct casus_dossier *dossier, uint32_t actor,
                                        const struct casus_period *at);

struct casus_replay;

/** How to read. All zero is: sniff the format, strict, silent. */
struct casus_reading {
    const char *format; /**< a name from casus_format_at(), or NULL: sniffed from the content */
    bool quads;         /**< GDELT, ICEWS and POLECAT by the four coarse classes of their codes */
    bool hash;          /**< fill sha256 of each input */
    /** Called now and then; done and total in bytes, total 0 where unknown. May be NULL. */
    void (*progress)(void *context, const char *name, uint64_t done, uint64_t total);
    void *context;
    const char *map;  /**< what the columns of a table of anybody's own mean (map.h), or NULL */
    bool associates;  /**< ACLED: an associate of an actor supports it */
    unsigned threads; /**< at most; 0: as there are processors. Does not show in what is read */
    struct casus_replay *replay; /**< of an input that can be read once only, or NULL */
};

/**
 * What came of standard input or of a pipe, kept so that it can be read a second time: where a
 * folding sink says CASUS_EKEEP. One of it is for one such input; files and folders pass it by.
 *
 * @param most bytes that are kept. Of the large data sets, which are folded without a second reading
 *        but for rare faults of theirs, more is forgotten; any other input that is longer ends a
 *        folding with CASUS_EKEEP, and can then be read again, to its end.
 * @return CASUS_OK, CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_replay_new(size_t most, struct casus_replay **out,
                                             struct casus_error *err);
CASUS_API void casus_replay_free(struct casus_replay *replay);
/** Read from the begin next. False: it was forgotten, and cannot be read again. */
CASUS_API bool casus_replay_rewind(struct casus_replay *replay);

/**
 * Read one input into a sink: a file, a folder, a compressed file, or "-" for standard input.
 *
 * @param problems takes what is wrong with the content and says whether to go on
 * @return CASUS_OK; CASUS_EINPUT (the first problem, under CASUS_STRICT; or nothing could be
 *         read at all), CASUS_EIO (CAS-180, CAS-181), CASUS_ENOMEM, CASUS_EKEEP
 * Cost: one pass; memory for one record beside what the sink keeps.
 */
CASUS_API enum casus_status casus_read(const char *path, const struct casus_reading *reading,
                                       struct casus_sink *sink, struct casus_problems *problems,
                                       struct casus_error *err);

/** A format that can be read. */
struct casus_format {
    const char *name, *title, *citation, *licence;
    bool dossier; /**< one of the dossier's own forms; else a data set or a table */
};
CASUS_API size_t casus_format_count(void);
CASUS_API const struct casus_format *casus_format_at(size_t index);

#endif
