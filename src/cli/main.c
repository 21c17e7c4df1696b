/* The command: a table of subcommands, and what every run needs around them. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

enum {
    READS = TAKES_INPUT | TAKES_SELECTION,
    ANSWERS = TAKES_FORMAT | TAKES_OUTPUT,
};

const struct command commands[] = {
    {"check", "INPUT…", "every problem in the input, with file:line:column and a number",
     TAKES_INPUT | ANSWERS, cmd_check, "casus check graphs/badia-2019"},
    {"actors", "INPUT…", "who is in it, under which names; likely duplicates",
     READS | ANSWERS | TAKES_WRITE, cmd_actors, "casus actors graphs/badia-2019"},
    {"formats", "", "what can be read and written", TAKES_OUTPUT, cmd_formats, "casus formats"},
    {"convert", "INPUT… -o FILE", "any readable format as a dossier (.json, .jsonl, or a folder)",
     READS | TAKES_OUTPUT, cmd_convert, "casus convert graphs/badia-2019 -o case.jsonl"},
    {"report", "INPUT…", "centralities and brokerage",
     READS | ANSWERS | TAKES_SCORING | TAKES_BROKERS | TAKES_WORLDS | TAKES_PROBABILITIES,
     cmd_report, "casus report graphs/badia-2019 --format markdown"},
    {"chains", "INPUT…", "who stands behind whom, and who faces whom through others",
     READS | ANSWERS | TAKES_CHAINS, cmd_chains, "casus chains graphs/badia-2019 --backer Russia"},
    {"balance", "INPUT…", "two camps or more, which ties do not fit, blocs",
     READS | ANSWERS | TAKES_BALANCE, cmd_balance, "casus balance graphs/badia-2019"},
    {"claims", "INPUT…", "who says what; what excludes each other; how each claimant fares",
     READS | ANSWERS | TAKES_PROBABILITIES, cmd_claims, "casus claims graphs/badia-2019"},
    {"timeline", "INPUT…", "windows of time, and what changed between them",
     READS | ANSWERS | TAKES_SCORING | TAKES_WINDOWS, cmd_timeline,
     "casus timeline graphs/badia-2019 --window month"},
    {"diff", "OLD NEW", "what moved between two inputs: events, actors, ties, ranks",
     READS | ANSWERS | TAKES_SCORING | TAKES_DIFF, cmd_diff,
     "casus diff march.json april.json"},
    {"draw", "INPUT… -o FILE", "relationship diagram (.svg, .pdf, .png, .dot)",
     READS | TAKES_OUTPUT | TAKES_DRAWING, cmd_draw, "casus draw graphs/badia-2019 -o case.svg"},
    {"export", "INPUT… --to NAME", "the graph for a viewer, Gephi or a notebook",
     READS | TAKES_OUTPUT | TAKES_EXPORT, cmd_export,
     "casus export graphs/badia-2019 --to cytoscape -o case.json"},
    {"view", "INPUT… -o FILE.html", "one page to explore, which needs nothing else",
     READS | TAKES_OUTPUT | TAKES_SCORING | TAKES_PAGE, cmd_view,
     "casus view graphs/badia-2019 -o case.html"},
    {"explain", "CAS-NNN…", "a message, at length", TAKES_WORD, cmd_explain,
     "casus explain CAS-112"},
};
const size_t command_count = sizeof commands / sizeof *commands;

static void
print_usage(FILE *to)
{
    fprintf(to,
            "casus %s: who fights whom, who stands behind whom, who claims what\n\n"
            "usage: casus COMMAND [OPTION…] INPUT…\n\n",
            casus_version());
    for (size_t i = 0; i < command_count; i++)
        fprintf(to, "  %-9s %s\n", commands[i].name, commands[i].help);
    fprintf(to, "\nINPUT is a file, a folder, a compressed file, or - for standard input.\n"
                "`casus COMMAND --help` lists a command's options.\n");
}

static int
print_help(const struct command *command)
{
    struct casus_error err = {0};
    struct casus_output *output;
    if (casus_output_open("-", &output, &err) != CASUS_OK)
        return complain(NULL, &err);
    casus_output_printf(output, "usage: casus %s [OPTION…] %s\n\n%s\n\n", command->name,
                        command->arguments, command->help);
    options_print(command, output);
    casus_output_printf(output, "example: %s\n", command->example);
    return casus_output_close(output, &err) == CASUS_OK ? 0 : complain(NULL, &err);
}

static const struct command *
find_command(const char *name)
{
    const char *names[sizeof commands / sizeof *commands];
    for (size_t i = 0; i < command_count; i++) {
        names[i] = commands[i].name;
        if (strcmp(name, names[i]) == 0)
            return &commands[i];
    }
    const char *near = casus_nearest(name, names, command_count);
    complain_usage(NULL, "no command '%.40s'%s%s%s", name,
                   near ? "; did you mean '" : "; `casus --help` lists them", near ? near : "",
                   near ? "'?" : "");
    return NULL;
}

/* No half file is left behind: the temporary files of open outputs are all that there can be. */
static void
on_interrupt(int number)
{
    casus_output_abandon_all();
    signal(number, SIG_DFL);
    raise(number);
}

static void
install_handlers(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
    /* A reader that goes away is a write error with a message, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
}

static int
run(const struct command *command, int count, char **arguments)
{
    struct options options = {0};
    int code = options_parse(command, count, arguments, &options);
    if (code == 0)
        code = options.help ? print_help(command) : command->run(command, &options);
    options_done(&options);
    return code;
}

int
main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    install_handlers();
    if (argc < 2) {
        print_usage(stderr);
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0)
        return printf("casus %s\n", casus_version()) < 0 || fflush(stdout) ? 4 : 0;
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        const struct command *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (argc > 2)
            return command ? print_help(command) : 2;
        print_usage(stdout);
        return fflush(stdout) ? 4 : 0;
    }
    const struct command *command = find_command(argv[1]);
    return command ? run(command, argc - 2, argv + 2) : 2;
}
