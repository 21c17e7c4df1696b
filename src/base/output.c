/* Answers: into a file that appears whole or not at all, to standard output, or into memory.
 *
 * Invariant: while an output on disk is open, its temporary name stands in the table of open
 * names, so that a signal handler can remove it with calls that are safe there. The table is the
 * one piece of global state: a handler can reach nothing else.
 */
#include <casus/output.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

enum { BLOCK = 1 << 16, OPEN_NAMES = 16 };

static char open_names[OPEN_NAMES][PATH_MAX];
static atomic_int name_used[OPEN_NAMES]; /* 0 free, 1 being filled, 2 to be removed */

struct casus_output {
    int fd; /* -1: memory */
    bool memory;
    int slot;    /* in open_names, or -1 */
    int failure; /* errno of the first write that failed */
    char *path;
    struct cas_buffer buffer;
};

static int
take_name(const char *path)
{
    for (int i = 0; i < OPEN_NAMES; i++) {
        int expected = 0;
        if (!atomic_compare_exchange_strong(&name_used[i], &expected, 1))
            continue;
        snprintf(open_names[i], PATH_MAX, "%s", path);
        return i;
    }
    return -1;
}

static void
drop_name(int slot)
{
    if (slot >= 0)
        atomic_store(&name_used[slot], 0);
}

void
casus_output_abandon_all(void)
{
    for (int i = 0; i < OPEN_NAMES; i++) {
        if (atomic_load(&name_used[i]) == 2)
            unlink(open_names[i]);
    }
}

/* Makes the temporary file beside the target, with the mode that a new file there would have. */
static enum casus_status
open_temporary(struct casus_output *output, const char *path, struct casus_error *err)
{
    char name[PATH_MAX];
    int n = snprintf(name, sizeof name, "%s.XXXXXX", path);
    output->slot = n > 0 && (size_t)n < sizeof name ? take_name(name) : -1;
    if (output->slot < 0)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s", path,
                        (size_t)n < sizeof name ? "too many files are open"
                                                : "the path is too long");
    output->fd = mkostemp(open_names[output->slot], O_CLOEXEC);
    if (output->fd < 0)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s", path, strerror(errno));
    atomic_store(&name_used[output->slot], 2);
    mode_t mask = umask(0);
    umask(mask);
    fchmod(output->fd, 0666 & ~mask);
    return CASUS_OK;
}

static bool
is_plain_target(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

/* A device or pipe (/dev/full) takes no rename: it is written as it is. */
static enum casus_status
open_target(struct casus_output *output, const char *path, struct casus_error *err)
{
    if (strcmp(path, "-") == 0) {
        output->fd = STDOUT_FILENO;
        return CASUS_OK;
    }
    if (is_plain_target(path))
        return open_temporary(output, path, err);
    output->fd = open(path, O_WRONLY | O_CLOEXEC);
    if (output->fd < 0)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s", path, strerror(errno));
    return CASUS_OK;
}

static struct casus_output *
new_output(const char *path)
{
    struct casus_output *output = cas_zalloc(1, sizeof *output);
    if (!output)
        return NULL;
    output->fd = output->slot = -1;
    size_t n = strlen(path) + 1;
    output->path = cas_alloc(n);
    if (!output->path) {
        cas_free(output);
        return NULL;
    }
    memcpy(output->path, path, n);
    return output;
}

enum casus_status
casus_output_open(const char *path, struct casus_output **out, struct casus_error *err)
{
    struct casus_output *output = new_output(path);
    if (!output)
        return cas_fail_memory(err);
    enum casus_status status = open_target(output, path, err);
    if (status != CASUS_OK) {
        casus_output_discard(output);
        return status;
    }
    *out = output;
    return CASUS_OK;
}

enum casus_status
casus_output_memory(struct casus_output **out, struct casus_error *err)
{
    struct casus_output *output = new_output("");
    if (!output)
        return cas_fail_memory(err);
    output->memory = true;
    *out = output;
    return CASUS_OK;
}

static void
flush(struct casus_output *output)
{
    const char *at = output->buffer.s;
    size_t left = output->buffer.n;
    while (left && !output->failure) {
        ssize_t n = write(output->fd, at, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            output->failure = n < 0 ? errno : EIO;
            break;
        }
        at += n;
        left -= (size_t)n;
    }
    cas_buffer_clear(&output->buffer);
}

void
casus_output_write(struct casus_output *output, const void *bytes, size_t length)
{
    if (output->failure || output->buffer.failed)
        return;
    cas_buffer_add(&output->buffer, bytes, length);
    if (!output->memory && output->buffer.n >= BLOCK && !output->buffer.failed)
        flush(output);
}

void
casus_output_text(struct casus_output *output, const char *text)
{
    casus_output_write(output, text, strlen(text));
}

void
casus_output_printf(struct casus_output *output, const char *format, ...)
{
    char small[512];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (n >= 0 && (size_t)n < sizeof small) {
        casus_output_write(output, small, (size_t)n);
    } else if (n >= 0) {
        char *large = cas_alloc((size_t)n + 1);
        if (large) {
            vsnprintf(large, (size_t)n + 1, format, again);
            casus_output_write(output, large, (size_t)n);
            cas_free(large);
        } else {
            output->buffer.failed = true;
        }
    }
    va_end(again);
}

const char *
casus_output_bytes(const struct casus_output *output, size_t *out_length)
{
    if (out_length)
        *out_length = output->buffer.n;
    return output->buffer.s ? output->buffer.s : "";
}

static void
free_output(struct casus_output *output)
{
    drop_name(output->slot);
    cas_buffer_done(&output->buffer);
    cas_free(output->path);
    cas_free(output);
}

void
casus_output_discard(struct casus_output *output)
{
    if (!output)
        return;
    if (output->fd >= 0 && output->fd != STDOUT_FILENO)
        close(output->fd);
    if (output->slot >= 0 && atomic_load(&name_used[output->slot]) == 2)
        unlink(open_names[output->slot]);
    free_output(output);
}

enum casus_status
casus_output_close(struct casus_output *output, struct casus_error *err)
{
    bool memory_failed = output->buffer.failed;
    if (!output->memory && !memory_failed)
        flush(output);
    if (output->fd >= 0 && output->fd != STDOUT_FILENO) {
        if (close(output->fd) != 0 && !output->failure)
            output->failure = errno;
        output->fd = -1;
    }
    if (!output->failure && !memory_failed && output->slot >= 0 &&
        rename(open_names[output->slot], output->path) != 0)
        output->failure = errno;
    if (!output->failure && !memory_failed) {
        free_output(output);
        return CASUS_OK;
    }
    enum casus_status status =
        memory_failed ? cas_fail_memory(err)
                      : cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s",
                                 strcmp(output->path, "-") ? output->path : "standard output",
                                 strerror(output->failure));
    casus_output_discard(output);
    return status;
}
