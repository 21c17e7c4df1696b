/* How the command speaks: exit codes, errors with a caret, colour, progress. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

int
exit_code(enum casus_status status)
{
    switch (status) {
    case CASUS_OK: return 0;
    case CASUS_EEMPTY: return 1;
    case CASUS_EINVAL: return 2;
    case CASUS_EINPUT: return 3;
    default: return 4;
    }
}

bool
wants_colour(const struct options *options, int fd)
{
    if (options && options->colour_forced)
        return options->colour;
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

uint32_t
terminal_width(int fd)
{
    struct winsize size;
    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 0;
}

/* Through an output on memory, which neutralises what a hostile name would do to a terminal. */
static void
print_error(const char *speaker, const struct casus_error *err, bool colour)
{
    struct casus_output *output;
    if (casus_output_memory(&output, NULL) != CASUS_OK) {
        fprintf(stderr, "casus: out of memory\n");
        return;
    }
    casus_output_text(output, speaker);
    casus_error_write(err, colour, output);
    size_t length;
    const char *text = casus_output_bytes(output, &length);
    fwrite(text, 1, length, stderr);
    casus_output_discard(output);
}

int
complain(const struct options *options, const struct casus_error *err)
{
    print_error(err->file[0] ? "" : "casus: ", err, wants_colour(options, STDERR_FILENO));
    return exit_code(err->status);
}

/* An error of the command line: it has no place in a text, but the command's name before it. */
static int
complain_as(const char *command, unsigned code, const char *format, va_list arguments)
{
    struct casus_error err = {.status = CASUS_EINVAL, .code = code};
    char speaker[64];
    vsnprintf(err.text, sizeof err.text, format, arguments);
    snprintf(speaker, sizeof speaker, "casus%s%s: ", command ? " " : "", command ? command : "");
    print_error(speaker, &err, wants_colour(NULL, STDERR_FILENO));
    return exit_code(err.status);
}

int
complain_usage(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int code = complain_as(command ? command->name : NULL, 160, format, arguments);
    va_end(arguments);
    return code;
}

int
complain_message(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int code = complain_as(command->name, 164, format, arguments);
    va_end(arguments);
    return code;
}

struct casus_heading
heading_of(const struct command *command, const struct options *options, int fd)
{
    return (struct casus_heading){
        .command = command->name,
        .selection = &options->selection,
        .weight = options->weight_name,
        .hash = options->reading.hash,
        .problems = options->problems,
        .top = options->top,
        .width = options->output ? 0 : terminal_width(fd),
        .colour = !options->output && wants_colour(options, fd),
    };
}

int
answer(const struct options *options,
       enum casus_status (*write)(void *context, struct casus_output *output,
                                  struct casus_error *err),
       void *context)
{
    struct casus_error err = {0};
    struct casus_output *output;
    if (casus_output_open(options->output ? options->output : "-", &output, &err) != CASUS_OK)
        return complain(options, &err);
    if (write(context, output, &err) != CASUS_OK) {
        casus_output_discard(output);
        return complain(options, &err);
    }
    return casus_output_close(output, &err) == CASUS_OK ? 0 : complain(options, &err);
}
