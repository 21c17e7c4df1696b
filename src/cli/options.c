/* One table of options for all subcommands: it parses, and it prints the help. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* Each row fills one place in struct options; the setter says what values it takes. */
struct row {
    const char *name, *argument, *help;
    unsigned group;
    const char *(*set)(struct options *options, const char *value); /* NULL, or what is wrong */
    bool many; /* takes further words while they are no options and no files */
};

static bool
push(struct strings *list, const char *text)
{
    if (list->count == list->room) {
        uint32_t room = list->room ? list->room * 2 : 8;
        const char **grown = realloc(list->at, room * sizeof *grown);
        if (!grown)
            return false;
        list->at = grown;
        list->room = room;
    }
    list->at[list->count++] = text;
    return true;
}

static const char no_memory[] = "no memory";

/* Split at commas into copies; empty pieces are left out, but not all may be: a selection of nothing
 * would pass for none. */
static const char *
push_list(struct options *options, struct strings *list, const char *value)
{
    char *copy = strdup(value), *rest = copy;
    if (!copy || !push(&options->pieces, copy)) {
        free(copy);
        return no_memory;
    }
    uint32_t before = list->count;
    for (char *piece; (piece = strsep(&rest, ","));) {
        while (isspace((unsigned char)*piece))
            piece++;
        if (*piece && !push(list, piece))
            return no_memory;
    }
    return list->count > before ? NULL : "at least one name";
}

static const char *
set_bits(const char *value, int (*find)(const char *, size_t), unsigned *bits, const char *wrong)
{
    for (const char *at = value; *at;) {
        size_t n = strcspn(at, ",");
        int found = find(at, n);
        if (found < 0)
            return wrong;
        *bits |= CASUS_BIT((unsigned)found);
        at += n + (at[n] == ',');
    }
    return *value ? NULL : wrong;
}

static bool
read_count(const char *value, unsigned long most, unsigned long *out)
{
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (!isdigit((unsigned char)*value) || *end || errno || number > most)
        return false;
    *out = number;
    return true;
}

static const char *
set_count(const char *value, uint32_t *out)
{
    unsigned long number;
    if (!read_count(value, UINT32_MAX - 1, &number))
        return "a whole number";
    *out = (uint32_t)number;
    return NULL;
}

#define SET_TEXT(name, place)                                                                      \
    static const char *set_##name(struct options *options, const char *value)                      \
    {                                                                                              \
        options->place = value;                                                                    \
        return NULL;                                                                               \
    }
#define SET_FLAG(name, place)                                                                      \
    static const char *set_##name(struct options *options, const char *value)                      \
    {                                                                                              \
        (void)value;                                                                               \
        options->place = true;                                                                     \
        return NULL;                                                                               \
    }
#define SET_COUNT(name, place)                                                                     \
    static const char *set_##name(struct options *options, const char *value)                      \
    {                                                                                              \
        return set_count(value, &options->place);                                                  \
    }

SET_TEXT(from, reading.format)
SET_TEXT(since, selection.since)
SET_TEXT(until, selection.until)
SET_TEXT(where, selection.where)
SET_TEXT(level, selection.level)
SET_TEXT(min_grade, selection.min_grade)
SET_TEXT(output, output)
SET_TEXT(to, to)
SET_TEXT(write, write)
SET_TEXT(window, windowing.length)
SET_TEXT(step, windowing.step)
SET_FLAG(expanding, windowing.expanding)
SET_COUNT(permutations, permutations)
SET_TEXT(probabilities, probabilities)
SET_TEXT(title, drawing.title)
SET_TEXT(engine, drawing.engine)
SET_TEXT(backer, chaining.backer)
SET_TEXT(fighter, chaining.fighter)
SET_TEXT(map, reading.map)
SET_TEXT(save_map, save_map)
SET_FLAG(help, help)
SET_FLAG(lenient, lenient)
SET_FLAG(hash, reading.hash)
SET_FLAG(quads, reading.quads)
SET_FLAG(links, links)
SET_FLAG(normalized, scoring.normalized)
SET_FLAG(quiet, quiet)
SET_FLAG(with_generic, scoring.with_generic)
SET_FLAG(brokers, brokers)
SET_FLAG(without_each, without_each)
SET_FLAG(no_legend, drawing.no_legend)
SET_FLAG(all, drawing.all)
SET_FLAG(implied, drawing.implied)
SET_FLAG(claims, claims)
SET_TEXT(frames, frames)
SET_TEXT(theme, drawing.theme)
SET_TEXT(labels, drawing.labels)
SET_FLAG(any_time, chaining.any_time)
SET_FLAG(weighted, balancing.weighted)
SET_COUNT(depth, selection.depth)
SET_COUNT(min_events, selection.min_events)
SET_COUNT(top, top)
SET_COUNT(first, first)
SET_COUNT(threads, threads)
SET_COUNT(longest, chaining.longest)
SET_COUNT(time_limit, drawing.seconds)

/* It may be wanted for a second reading. */
static const char *
set_registry(struct options *options, const char *value)
{
    options->registry = value;
    return strcmp(value, "-") == 0 ? "a file" : NULL;
}

static const char *
set_associates(struct options *options, const char *value)
{
    options->reading.associates = strcmp(value, "support") == 0;
    return options->reading.associates ? NULL : "support";
}

static const char *
set_new_registry(struct options *options, const char *value)
{
    options->new_registry = value;
    return strcmp(value, "-") == 0 ? "a file" : NULL;
}

static const char *
set_uncertain(struct options *options, const char *value)
{
    unsigned long number;
    if (!read_count(value, 1000000000ul, &number) || number == 0)
        return "a number of worlds from 1 to 1,000,000,000";
    options->worlds = (uint32_t)number;
    return NULL;
}

static const char *
set_relation(struct options *options, const char *value)
{
    return set_bits(value, casus_relation_find, &options->selection.relations,
                    "attack, support, claim, or several with commas");
}

static const char *
set_evidence(struct options *options, const char *value)
{
    return set_bits(value, casus_evidence_find, &options->selection.evidence,
                    "disputed, corroborated, admitted, one-sided, single, unsourced, or several "
                    "with commas");
}

static const char *
set_type(struct options *options, const char *value)
{
    return push_list(options, &options->types, value);
}

static const char *
set_place(struct options *options, const char *value)
{
    return push(&options->places, value) ? NULL : no_memory;
}

static const char *
set_focus(struct options *options, const char *value)
{
    return push_list(options, &options->focus, value);
}

static const char *
set_believe(struct options *options, const char *value)
{
    return push_list(options, &options->believe, value);
}

static const char *
set_doubt(struct options *options, const char *value)
{
    return push_list(options, &options->doubt, value);
}

static int
word_index(const char *value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, words[i]) == 0)
            return (int)i;
    }
    return -1;
}

static const char *
set_format(struct options *options, const char *value)
{
    static const char *const words[] = {"text", "markdown", "html", "json", "csv"};
    int found = word_index(value, words, 5);
    if (found < 0)
        return "text, markdown, html, json or csv";
    options->layout = (enum casus_layout)found;
    options->layout_given = true;
    return NULL;
}

static const char *
set_weight(struct options *options, const char *value)
{
    static const char *const words[] = {"events", "killed", "evidence"};
    int found = word_index(value, words, 3);
    if (found < 0)
        return "events, killed or evidence";
    options->folding.weight = (enum casus_weight)found;
    options->weight_name = words[found];
    return NULL;
}

static const char *
set_half_life(struct options *options, const char *value)
{
    double *days = &options->folding.half_life;
    return casus_days_parse(value, days, NULL) == CASUS_OK
               ? NULL
               : "a number of days, weeks, months or years such as 90d, 2w, 6m, 1y";
}

static const char *
set_at(struct options *options, const char *value)
{
    options->at = value;
    return casus_date_parse(value, strlen(value), &options->folding.at) == CASUS_DATE_OK
               ? NULL
               : "a date: 2020-05-02, 2020-05 or 2020";
}

static const char *
set_ambivalent(struct options *options, const char *value)
{
    static const char *const words[] = {"out", "net", "positive", "negative"};
    int found = word_index(value, words, 4);
    if (found < 0)
        return "out, net, positive or negative";
    options->scoring.ambivalent = (enum casus_ambivalent)found;
    return NULL;
}

static const char *
set_distance(struct options *options, const char *value)
{
    if (strcmp(value, "hops") != 0 && strcmp(value, "reciprocal") != 0)
        return "hops or reciprocal";
    options->scoring.reciprocal = value[0] == 'r';
    return NULL;
}

static const char *
set_approximate(struct options *options, const char *value)
{
    double *error = &options->scoring.approximate;
    return casus_number_parse(value, error) && *error >= 0.0001 && *error < 1
               ? NULL
               : "a largest error from 0.0001 up to, not including, 1";
}

static const char *
set_damping(struct options *options, const char *value)
{
    double number;
    if (!casus_number_parse(value, &number))
        return "a probability below 1";
    options->scoring.damping = number;
    options->scoring.damping_given = true;
    return NULL;
}

static const char *
set_proof_seconds(struct options *options, const char *value)
{
    double *seconds = &options->balancing.seconds;
    return casus_number_parse(value, seconds) && *seconds > 0 ? NULL
                                                              : "a number of seconds above 0";
}

static const char *
set_paint(struct options *options, const char *value)
{
    static const char *const words[] = {"kind", "side", "bloc"};
    int found = word_index(value, words, 3);
    if (found < 0)
        return "kind, side or bloc";
    options->drawing.paint = (enum casus_paint)found;
    return NULL;
}

static const char *
set_roles_by(struct options *options, const char *value)
{
    static const char *const words[] = {"side", "bloc"};
    int found = word_index(value, words, 2);
    if (found < 0)
        return "side or bloc";
    options->roles_by_bloc = found == 1;
    options->brokers = true;
    return NULL;
}

static const char *
set_highlight(struct options *options, const char *value)
{
    static const char *const words[] = {"frustrated", "chains", "cuts", "blocs"};
    int found = word_index(value, words, 4);
    if (found < 0)
        return "frustrated, chains, cuts or blocs";
    options->drawing.highlight = (enum casus_highlight)(found + CASUS_HIGHLIGHT_FRUSTRATED);
    return NULL;
}

static const char *
set_pairs(struct options *options, const char *value)
{
    const char *wrong = set_count(value, &options->drawing.top);
    return wrong || options->drawing.top ? wrong : "a whole number above 0";
}

static const char *
set_with(struct options *options, const char *value)
{
    for (const char *at = value; *at;) {
        size_t n = strcspn(at, ",");
        if (n == 6 && memcmp(at, "scores", n) == 0)
            options->with_scores = true;
        else if (n == 6 && memcmp(at, "events", n) == 0)
            options->with_events = true;
        else if (n == 5 && memcmp(at, "blocs", n) == 0)
            options->with_blocs = true;
        else if (n == 6 && memcmp(at, "layout", n) == 0)
            options->with_layout = true;
        else
            return "scores, blocs, events, layout, or several with commas";
        at += n + (at[n] == ',');
    }
    return NULL;
}

static const char *
set_colour(struct options *options, const char *value)
{
    static const char *const words[] = {"auto", "always", "never"};
    int found = word_index(value, words, 3);
    if (found < 0)
        return "auto, always or never";
    options->colour_forced = found > 0;
    options->colour = found == 1;
    return NULL;
}

static const char *
set_seed(struct options *options, const char *value)
{
    return read_count(value, 0xFFFFFFFFul, &options->seed) ? NULL : "a whole number";
}

enum {
    WEIGHS = TAKES_SCORING | TAKES_EXPORT | TAKES_DRAWING | TAKES_BALANCE,
    WINDOWED = TAKES_WINDOWS | TAKES_DRAWING | TAKES_BALANCE
};

static const struct row rows[] = {
    {"--from", "FORMAT", "the input's format; else known by its content", TAKES_INPUT, set_from,
     false},
    {"--map", "MAP", "which columns of a csv hold what: from=Attacker,to=Target,…, or a file",
     TAKES_INPUT, set_map, false},
    {"--save-map", "FILE", "save that map, to be given to --map again", TAKES_INPUT, set_save_map,
     false},
    {"--associates", "support", "ACLED: an actor's associates support it", TAKES_INPUT,
     set_associates, false},
    {"--actors", "REGISTRY", "a registry of names to go by (casus actors --write makes one)",
     TAKES_INPUT, set_registry, false},
    {"--new-actors", "REGISTRY", "the same for NEW alone, in place of --actors", TAKES_DIFF,
     set_new_registry, false},
    {"--lenient", NULL, "read on past bad records; count them", TAKES_INPUT, set_lenient, false},
    {"--quiet", NULL, "say nothing of what was read, errors aside", TAKES_INPUT, set_quiet, false},
    {"--quads", NULL, "read codes by their four coarse classes (GDELT, ICEWS, POLECAT)",
     TAKES_INPUT, set_quads, false},
    {"--hash", NULL, "give the sha256 of each input", TAKES_INPUT, set_hash, false},
    {"--since", "DATE", "events that may reach this day or later", TAKES_SELECTION, set_since,
     false},
    {"--until", "DATE", "events that may reach this day or earlier", TAKES_SELECTION, set_until,
     false},
    {"--relation", "LIST", "attack, support, claim", TAKES_SELECTION, set_relation, false},
    {"--type", "LIST", "types of event: ambush,training", TAKES_SELECTION, set_type, false},
    {"--place", "TEXT", "events whose place holds the text", TAKES_SELECTION, set_place, false},
    {"--where", "EXPR", "a condition: \"kind = militia and killed >= 5\"", TAKES_SELECTION,
     set_where, false},
    {"--focus", "ACTOR…", "only what lies around these actors", TAKES_SELECTION, set_focus, true},
    {"--depth", "N", "how many ties around them (1)", TAKES_SELECTION, set_depth, false},
    {"--level", "N|KIND", "roll actors up: 0 the top, N steps below, or the nearest of a kind",
     TAKES_SELECTION, set_level, false},
    {"--min-events", "N", "ties of at least N events", TAKES_SELECTION, set_min_events, false},
    {"--evidence", "LIST", "corroborated, admitted, single, …", TAKES_SELECTION, set_evidence,
     false},
    {"--min-grade", "B2", "events with a claim of at least this Admiralty grade", TAKES_SELECTION,
     set_min_grade, false},
    {"--believe", "ACTOR…", "only what these claim, or nobody", TAKES_SELECTION, set_believe, true},
    {"--doubt", "ACTOR…", "without what rests on these alone", TAKES_SELECTION, set_doubt, true},
    {"--weight", "WHAT", "events, killed or evidence", WEIGHS, set_weight, false},
    {"--half-life", "90d", "after which an event counts half", WEIGHS, set_half_life, false},
    {"--at", "DATE", "to which ages are counted, and nothing later (the last event's day)", WEIGHS,
     set_at, false},
    {"--window", "LENGTH", "month, quarter, year, week, or as 90d, 6m, 5y (year; of a panel month)",
     WINDOWED | TAKES_EXPORT, set_window, false},
    {"--step", "LENGTH", "from one window to the next; else they touch", WINDOWED | TAKES_EXPORT,
     set_step, false},
    {"--expanding", NULL, "all windows begin with the first", WINDOWED, set_expanding, false},
    {"--permutations", "N", "of the test for change points (999)", TAKES_WINDOWS | TAKES_BALANCE,
     set_permutations, false},
    {"--damping", "P", "of PageRank (0.85)", TAKES_SCORING, set_damping, false},
    {"--distance", "WHAT", "hops, or reciprocal: 1/weight", TAKES_SCORING, set_distance, false},
    {"--threads", "N", "to search on (as many as processors); changes no answer", TAKES_SCORING,
     set_threads, false},
    {"--approximate", "EPS", "betweenness from a sample, to EPS of its range", TAKES_SCORING,
     set_approximate, false},
    {"--normalized", NULL, "betweenness, closeness, harmonic on a scale of 0 to 1", TAKES_SCORING,
     set_normalized, false},
    {"--ambivalent", "HOW", "dyads with both signs: out, net, positive, negative",
     TAKES_SCORING | TAKES_BALANCE | TAKES_EXPORT, set_ambivalent, false},
    {"--with-generic", NULL, "let \"Civilians\" and their like stand between others",
     TAKES_SCORING | TAKES_CHAINS, set_with_generic, false},
    {"--seed", "N", "of anything random (1)",
     TAKES_SCORING | TAKES_DRAWING | TAKES_BALANCE | TAKES_EXPORT, set_seed, false},
    {"--weighted", NULL, "ties count by their weight, not one each", TAKES_BALANCE, set_weighted,
     false},
    {"--time-limit", "SECONDS", "for the proof of camps and of blocs (60; 10 a window)",
     TAKES_BALANCE | TAKES_EXPORT | TAKES_BROKERS | TAKES_WINDOWS, set_proof_seconds, false},
    {"--brokers", NULL, "who stands between others, and what falls apart without them",
     TAKES_BROKERS, set_brokers, false},
    {"--roles-by", "WHAT", "--brokers, with roles by side (or family), or by bloc", TAKES_BROKERS,
     set_roles_by, false},
    {"--backer", "ACTOR", "only what this backer is part of", TAKES_CHAINS, set_backer, false},
    {"--fighter", "ACTOR", "only what this fighter is part of", TAKES_CHAINS, set_fighter, false},
    {"--longest", "N", "steps of a chain (8)", TAKES_CHAINS, set_longest, false},
    {"--any-time", NULL, "support may be passed on years before or after it is given", TAKES_CHAINS,
     set_any_time, false},
    {"--uncertain", "N", "draw N worlds from what is claimed; say how sure each rank is",
     TAKES_WORLDS, set_uncertain, false},
    {"--without-each-source", NULL, "ranks that hang on one source, claimant or outlet",
     TAKES_WORLDS, set_without_each, false},
    {"--first", "K", "which ranks the two above ask about: the first K (3)", TAKES_WORLDS,
     set_first, false},
    {"--top", "N", "rows of a table (10)", TAKES_FORMAT, set_top, false},
    {"--format", "NAME", "text, markdown, html, json, csv", TAKES_FORMAT, set_format, false},
    {"--to", "NAME", "networkx, cytoscape, … (casus formats lists them)", TAKES_EXPORT, set_to,
     false},
    {"--links", NULL, "networkx: the key `links`, for versions before 3.6", TAKES_EXPORT, set_links,
     false},
    {"--with", "LIST", "scores, blocs, layout on actors; events (and months) on ties", TAKES_EXPORT,
     set_with, false},
    {"--paint", "WHAT", "colour by kind, side or bloc", TAKES_DRAWING, set_paint, false},
    {"--highlight", "WHAT", "frustrated, chains, cuts or blocs; the rest is drawn faint",
     TAKES_DRAWING, set_highlight, false},
    {"--implied", NULL, "join backers that face each other through others; never counted",
     TAKES_DRAWING, set_implied, false},
    {"--claims", NULL, "who says what: claimants and events in place of ties", TAKES_DRAWING,
     set_claims, false},
    {"--frames", "DIR", "one picture a window into a folder, places kept; -o FILE names them",
     TAKES_DRAWING, set_frames, false},
    {"--all", NULL, "draw everything, not the backbone, of more than 60 actors", TAKES_DRAWING,
     set_all, false},
    {"--top", "N", "draw the backbone of N pairs of actors", TAKES_DRAWING, set_pairs, false},
    {"--theme", "NAME", "light, dark, print, or a theme file", TAKES_DRAWING, set_theme, false},
    {"--labels", "LANG", "names in a language: en, ar, …, or native: another than English",
     TAKES_DRAWING, set_labels, false},
    {"--engine", "NAME", "dot, fdp, sfdp, neato; else chosen by size", TAKES_DRAWING | TAKES_PAGE,
     set_engine, false},
    {"--title", "TEXT", "of the picture or page", TAKES_DRAWING | TAKES_PAGE, set_title, false},
    {"--time-limit", "SECONDS", "for the layout (60)", TAKES_DRAWING | TAKES_PAGE, set_time_limit,
     false},
    {"--no-legend", NULL, "leave the legend out", TAKES_DRAWING, set_no_legend, false},
    {"--probabilities", "FILE", "of grades, in place of STIX 2.1's: lines such as `2 0.7`",
     TAKES_PROBABILITIES, set_probabilities, false},
    {"--write", "REGISTRY", "write a registry to edit", TAKES_WRITE, set_write, false},
    {"-o", "FILE", "write there, whole or not at all; else to standard output", TAKES_OUTPUT,
     set_output, false},
    {"--color", "WHEN", "auto, always, never; NO_COLOR is honoured", ~0u, set_colour, false},
    {"--help", NULL, "this", ~0u, set_help, false},
};
enum { ROWS = sizeof rows / sizeof *rows };

static bool
row_serves(const struct row *row, const struct command *command)
{
    return row->group == ~0u || (row->group & command->groups);
}

static const struct row *
find_row(const struct command *command, const char *name, size_t length)
{
    if (length == 2 && memcmp(name, "-h", 2) == 0)
        return &rows[ROWS - 1];
    if (length == 8 && memcmp(name, "--output", 8) == 0)
        name = "-o", length = 2;
    for (size_t i = 0; i < ROWS; i++) {
        if (row_serves(&rows[i], command) && strlen(rows[i].name) == length &&
            memcmp(rows[i].name, name, length) == 0)
            return &rows[i];
    }
    return NULL;
}

static int
complain_unknown(const struct command *command, const char *name)
{
    const char *names[ROWS];
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (row_serves(&rows[i], command))
            names[count++] = rows[i].name;
    }
    const char *near = casus_nearest(name, names, count);
    if (near)
        return complain_usage(command, "no option '%.60s'; did you mean '%s'?", name, near);
    return complain_usage(command, "no option '%.60s'; `casus %s --help` lists them", name,
                          command->name);
}

static bool
is_more_of_the_same(const char *argument)
{
    struct stat status;
    return argument[0] != '-' && stat(argument, &status) != 0;
}

/* @return how many arguments were taken, or 0 after having complained */
static int
take_option(const struct command *command, struct options *options, int count, char **arguments)
{
    const char *equals = strncmp(arguments[0], "--", 2) == 0 ? strchr(arguments[0], '=') : NULL;
    size_t length = equals ? (size_t)(equals - arguments[0]) : strlen(arguments[0]);
    const struct row *row = find_row(command, arguments[0], length);
    if (!row)
        return complain_unknown(command, arguments[0]), 0;
    if (row->argument ? !equals && count < 2 : equals != NULL) {
        complain_usage(command, row->argument ? "%s wants %s" : "%s takes no value%.0s", row->name,
                       row->argument ? row->argument : "");
        return 0;
    }
    const char *value = equals ? equals + 1 : row->argument ? arguments[1] : NULL;
    int taken = equals || !row->argument ? 1 : 2;
    const char *wrong = row->set(options, value);
    while (!wrong && row->many && taken < count && is_more_of_the_same(arguments[taken]))
        wrong = row->set(options, arguments[taken++]);
    if (!wrong)
        return taken;
    complain_usage(command, "%s takes %s, not '%.60s'", row->name, wrong, value ? value : "");
    return 0;
}

/* The lists stop moving once all is parsed; only then does the selection borrow them. */
static void
hand_over(struct options *options)
{
    struct casus_selection *selection = &options->selection;
    selection->types = options->types.at;
    selection->type_count = options->types.count;
    selection->places = options->places.at;
    selection->place_count = options->places.count;
    selection->focus = options->focus.at;
    selection->focus_count = options->focus.count;
    selection->believe = options->believe.at;
    selection->believe_count = options->believe.count;
    selection->doubt = options->doubt.at;
    selection->doubt_count = options->doubt.count;
    if (options->at && !selection->until)
        selection->until = options->at; /* what comes later is not known yet */
    if (selection->relations)
        options->scoring.relations = selection->relations;
    options->scoring.seed = options->seed;
    options->balancing.ambivalent = options->scoring.ambivalent;
    options->balancing.seed = options->seed;
}

int
options_parse(const struct command *command, int count, char **arguments, struct options *options)
{
    options->seed = 1;
    options->weight_name = "events";
    bool only_inputs = false;
    for (int i = 0; i < count;) {
        const char *argument = arguments[i];
        if (!only_inputs && strcmp(argument, "--") == 0) {
            only_inputs = true;
            i++;
        } else if (only_inputs || argument[0] != '-' || argument[1] == '\0') {
            if (!push(&options->inputs, argument))
                return complain_usage(command, "no memory"), 4;
            i++;
        } else {
            int taken = take_option(command, options, count - i, arguments + i);
            if (!taken)
                return 2;
            i += taken;
        }
    }
    hand_over(options);
    if (options->help)
        return 0;
    if (options->at && !(options->folding.half_life > 0))
        return complain_usage(command, "--at wants --half-life beside it");
    if (options->save_map && !options->reading.map)
        return complain_usage(command, "--save-map saves what --map says; give both");
    if ((command->groups & (TAKES_INPUT | TAKES_WORD)) && !options->inputs.count)
        return complain_usage(command, "wants %s; `casus %s --help` shows an example",
                              command->arguments, command->name);
    if (!(command->groups & (TAKES_INPUT | TAKES_WORD)) && options->inputs.count)
        return complain_usage(command, "takes no '%.60s'", options->inputs.at[0]);
    return 0;
}

void
options_done(struct options *options)
{
    for (uint32_t i = 0; i < options->pieces.count; i++)
        free((char *)options->pieces.at[i]);
    struct strings *lists[] = {&options->inputs, &options->types,   &options->places,
                               &options->focus,  &options->believe, &options->doubt,
                               &options->pieces};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->at);
}

void
options_print(const struct command *command, struct casus_output *output)
{
    casus_output_text(output, "options:\n");
    for (size_t i = 0; i < ROWS; i++) {
        if (!row_serves(&rows[i], command))
            continue;
        char head[40];
        int n = snprintf(head, sizeof head, "%s %s", rows[i].name,
                         rows[i].argument ? rows[i].argument : "");
        /* The ellipsis is three bytes wide and one column. */
        int wide = rows[i].argument && strstr(rows[i].argument, "…") ? 2 : 0;
        casus_output_printf(output, "  %s%*s%s\n", head, n < 22 + wide ? 22 + wide - n : 1, "",
                            rows[i].help);
    }
    casus_output_text(output, "\n");
}
