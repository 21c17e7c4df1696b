/* What the subcommands share: options, inputs, and how to speak. */
#ifndef CLI_H
#define CLI_H

#include <casus/casus.h>

/* Which options a command takes: groups, so that one table of options serves all. */
enum option_group {
    TAKES_INPUT = 1 << 0,         /* INPUT…, --from, --actors, --lenient */
    TAKES_SELECTION = 1 << 1,     /* --since, --where, … */
    TAKES_FORMAT = 1 << 2,        /* --format */
    TAKES_OUTPUT = 1 << 3,        /* -o */
    TAKES_SCORING = 1 << 4,       /* --weight, --damping, … */
    TAKES_EXPORT = 1 << 5,        /* --to, --links, --with */
    TAKES_DRAWING = 1 << 6,       /* --paint, --engine, … */
    TAKES_WORD = 1 << 7,          /* plain words in place of INPUT */
    TAKES_WRITE = 1 << 8,         /* --write */
    TAKES_CHAINS = 1 << 9,        /* --backer, --fighter, … */
    TAKES_DIFF = 1 << 21,         /* --new-actors */
    TAKES_WINDOWS = 1 << 20,      /* --window, --step, --expanding */
    TAKES_BALANCE = 1 << 14,      /* --weighted, --time-limit */
    TAKES_BROKERS = 1 << 10,      /* --brokers */
    TAKES_WORLDS = 1 << 13,       /* --uncertain, --first, --without-each-source */
    TAKES_PROBABILITIES = 1 << 12, /* --probabilities */
    TAKES_PAGE = 1 << 22           /* --title, --engine, --time-limit of the page */
};

/* A growing list of borrowed strings. */
struct strings {
    const char **at;
    uint32_t count, room;
};

struct options {
    struct strings inputs; /* or plain words */
    struct strings types, places, focus, believe, doubt;
    struct strings pieces; /* copies that the lists above borrow from; owned */
    struct casus_selection selection;
    struct casus_scoring scoring;
    struct casus_chaining chaining;
    struct casus_drawing drawing;
    struct casus_balancing balancing;
    struct casus_windowing windowing;
    struct casus_folding folding;
    struct casus_reading reading;
    enum casus_layout layout;
    const char *probabilities, *frames;
    const char *at, *new_registry;
    const char *output, *to, *registry, *write, *weight_name, *save_map;
    unsigned long seed;
    uint32_t top, worlds, first, permutations, threads;
    bool layout_given, lenient, links, with_scores, with_events, with_blocs, with_layout;
    bool help, colour_forced, colour;
    bool roles_by_bloc, claims;
    bool brokers, without_each, quiet;
    struct casus_sightings *sightings;     /* to be filled while reading, or NULL */
    const struct casus_problems *problems; /* passed over; the material's, for headings */
};

struct command {
    const char *name, *arguments, *help;
    unsigned groups; /* of enum option_group */
    int (*run)(const struct command *command, struct options *options);
    const char *example;
};

/* Parse argv[0..count) for a command. @return 0, or the exit code after having said why. */
int options_parse(const struct command *command, int count, char **arguments,
                  struct options *options);
void options_done(struct options *options);
/* The options of a command, as its --help shows them. */
void options_print(const struct command *command, struct casus_output *output);

/* The exit code that a status means. */
int exit_code(enum casus_status status);
/* Print an error on stderr, with its line and a caret; @return its exit code. */
int complain(const struct options *options, const struct casus_error *err);
/* Print a usage error ("[CAS-160] …"; NULL is no command yet) and @return 2. */
int complain_usage(const struct command *command, const char *format, ...) CASUS_PRINTF(2, 3);
/* The same of a message that is none (CAS-164). */
int complain_message(const struct command *command, const char *format, ...) CASUS_PRINTF(2, 3);
bool wants_colour(const struct options *options, int fd);
uint32_t terminal_width(int fd);

/* What was read: a dossier, or a graph that was folded at once. */
struct material {
    struct casus_dossier *dossier;   /* NULL where folded */
    struct casus_verdicts *verdicts; /* NULL where folded or not asked for */
    struct casus_graph *graph;       /* NULL where only the dossier was asked for, or windows */
    struct casus_windows *windows;   /* NULL where not asked for */
    struct casus_fold *fold;         /* that the windows borrow, or NULL */
    struct casus_problems *problems;
    struct casus_registry *registry; /* NULL without --actors */
    struct casus_probabilities probabilities; /* of --probabilities, where evidence weighs */
};
enum want { WANT_DOSSIER, WANT_GRAPH, WANT_GRAPH_OF_DOSSIER, WANT_WINDOWS };

/* Read all inputs. @return 0, or the exit code after having said why. */
int material_read(struct options *options, enum want want, enum casus_policy policy,
                  struct material *out);
void material_done(struct material *material);
/* Say on stderr what became of the rows that were read. */
void tell_reading(const struct options *options, enum casus_policy policy,
                  const struct material *material);

/* A bar for long work that is counted in pieces; show is a progress call with a bar as context. */
struct work_bar {
    double started, shown;
    bool visible, wanted;
};
void work_bar_begin(struct work_bar *bar);
void work_bar_show(void *bar, const char *name, uint64_t done, uint64_t total);
/* The same of a search that ends at a limit of time at the latest. */
void work_bar_search(void *bar, const struct casus_balance_progress *progress);
void work_bar_end(const struct work_bar *bar);
/* casus_balance_new() as the options have it, with a bar. */
enum casus_status balance_find(const struct options *options, const struct casus_graph *graph,
                               struct casus_balance **out, struct casus_error *err);

struct casus_heading heading_of(const struct command *command, const struct options *options,
                                int fd);
/* Open -o (or stdout), let `write` fill it, close it. @return the exit code. */
int answer(const struct options *options,
           enum casus_status (*write)(void *context, struct casus_output *output,
                                      struct casus_error *err),
           void *context);

/* Read, cut into windows, and tell what they show: all of it, or balance alone. */
int windows_answer(const struct command *command, struct options *options, bool balance);

extern const struct command commands[];
extern const size_t command_count;

int cmd_actors(const struct command *command, struct options *options);
int cmd_balance(const struct command *command, struct options *options);
int cmd_chains(const struct command *command, struct options *options);
int cmd_claims(const struct command *command, struct options *options);
int cmd_check(const struct command *command, struct options *options);
int cmd_convert(const struct command *command, struct options *options);
int cmd_diff(const struct command *command, struct options *options);
int cmd_draw(const struct command *command, struct options *options);
int cmd_explain(const struct command *command, struct options *options);
int cmd_export(const struct command *command, struct options *options);
int cmd_formats(const struct command *command, struct options *options);
int cmd_view(const struct command *command, struct options *options);
int cmd_report(const struct command *command, struct options *options);
int cmd_timeline(const struct command *command, struct options *options);

#endif
