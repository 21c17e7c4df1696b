/* A child that may die. Rules: the parent never blocks past the deadline, never leaves a zombie,
 * and needs no handler: it writes nothing into a pipe, and the child's end is told by the pipe. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define CHUNK       65536
#define GAVE_UP     3
#define OUT_OF_TIME (-2)
#define SILENCE     (-3)
#define SILENCE_MS  250

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool
cas_child_send(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n > 0;) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static size_t
address_space(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file) {
        if (fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* The sanitizers' own maps are larger than any limit worth the name. */
static void
limit_memory(size_t bytes)
{
    struct rlimit limit = {0, 0}, core = {0, 0};
    setrlimit(RLIMIT_CORE, &core);
    if (SANITIZED || getrlimit(RLIMIT_AS, &limit) != 0)
        return;
    rlim_t wished = (rlim_t)address_space() + bytes;
    if (limit.rlim_cur == RLIM_INFINITY || wished < limit.rlim_cur) {
        limit.rlim_cur = wished;
        setrlimit(RLIMIT_AS, &limit);
    }
}

/* The libraries below print warnings of their own; whoever reads ours has no use for them. */
static void
hush(void)
{
    int null = SANITIZED ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDERR_FILENO);
        close(null);
    }
}

static void
reset_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGCHLD};
    sigset_t none;
    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        signal(signals[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn static void
be_child(cas_child_work *work, void *context, size_t bytes, pid_t parent, int fd)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(GAVE_UP);
    reset_signals();
    hush();
    limit_memory(bytes);
    _exit(work(context, fd) ? 0 : GAVE_UP);
}

/* @return bytes read, 0 at the end, -1 on failure, OUT_OF_TIME at the deadline, SILENCE */
static ssize_t
read_until(int fd, char *bytes, size_t n, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline - now_ms();
        if (left <= 0)
            return OUT_OF_TIME;
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int count = poll(&ready, 1, left > SILENCE_MS ? SILENCE_MS : (int)left);
        if (count < 0 && errno != EINTR)
            return -1;
        if (count <= 0)
            return SILENCE;
        ssize_t got = read(fd, bytes, n);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
    }
}

static enum cas_child_end
receive(int fd, int64_t deadline, cas_child_take *take, void *taker)
{
    char *chunk = cas_alloc(CHUNK);
    bool taken = chunk != NULL;
    ssize_t got = 1;
    while (taken && (got > 0 || got == SILENCE)) {
        got = read_until(fd, chunk, CHUNK, deadline);
        if (got > 0 || got == SILENCE)
            taken = take(taker, chunk, got > 0 ? (size_t)got : 0);
    }
    cas_free(chunk);
    if (!taken)
        return CAS_CHILD_NO_MEMORY;
    return got == 0 ? CAS_CHILD_DONE : got == OUT_OF_TIME ? CAS_CHILD_TIME : CAS_CHILD_FAILED;
}

/* Where the host ignores SIGCHLD there is no status to be had; the caller's check of what was
 * sent must then do. */
static enum cas_child_end
bury(pid_t child, enum cas_child_end end)
{
    int status = 0;
    pid_t got;
    if (end != CAS_CHILD_DONE)
        kill(child, SIGKILL);
    do {
        got = waitpid(child, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (end != CAS_CHILD_DONE || got != child)
        return end;
    if (WIFSIGNALED(status))
        return CAS_CHILD_DIED;
    /* Graphviz calls exit(1) or abort() where memory is out; we say GAVE_UP. */
    int code = WEXITSTATUS(status);
    return code == 0 ? CAS_CHILD_DONE : code == GAVE_UP ? CAS_CHILD_FAILED : CAS_CHILD_DIED;
}

enum cas_child_end
cas_child_watch(cas_child_work *work, void *context, double seconds, size_t bytes,
                cas_child_take *take, void *taker)
{
    int ends[2];
    int64_t deadline = seconds < 1e12 ? now_ms() + (int64_t)(seconds * 1000) : INT64_MAX;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return CAS_CHILD_NO_FORK;
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        close(ends[0]);
        be_child(work, context, bytes, parent, ends[1]);
    }
    close(ends[1]);
    enum cas_child_end end = CAS_CHILD_NO_FORK;
    if (child > 0)
        end = bury(child, receive(ends[0], deadline, take, taker));
    close(ends[0]);
    return end;
}

static bool
keep(void *taker, const char *bytes, size_t n)
{
    struct cas_buffer *out = taker;
    cas_buffer_add(out, bytes, n);
    return !out->failed;
}

enum cas_child_end
cas_child_run(cas_child_work *work, void *context, double seconds, size_t bytes,
              struct cas_buffer *out)
{
    return cas_child_watch(work, context, seconds, bytes, keep, out);
}

/* --- several ---------------------------------------------------------------------------------- */

struct member {
    pid_t pid;
    int fd; /* -1: it has said all */
};

static bool
start(const struct cas_crew *crew, unsigned number, struct member *out)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        close(ends[0]);
        be_child(crew->work, crew->contexts[number], SIZE_MAX / 4, parent, ends[1]);
    }
    close(ends[1]);
    if (child < 0)
        close(ends[0]);
    *out = (struct member){child, ends[0]};
    return child > 0;
}

static enum cas_child_end
hear(const struct cas_crew *crew, unsigned number, struct member *member, char *chunk)
{
    ssize_t got = read(member->fd, chunk, CHUNK);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN ? CAS_CHILD_DONE : CAS_CHILD_FAILED;
    if (got > 0)
        return crew->take(crew->taker, number, chunk, (size_t)got) ? CAS_CHILD_DONE
                                                                   : CAS_CHILD_NO_MEMORY;
    close(member->fd);
    member->fd = -1;
    enum cas_child_end end = bury(member->pid, CAS_CHILD_DONE);
    member->pid = -1;
    return end;
}

static enum cas_child_end
hear_all(const struct cas_crew *crew, struct member *members, char *chunk)
{
    struct pollfd ready[CAS_CREW_MAX];
    enum cas_child_end end = CAS_CHILD_DONE;
    for (unsigned left = crew->count; left > 0 && end == CAS_CHILD_DONE;) {
        for (unsigned i = 0; i < crew->count; i++)
            ready[i] = (struct pollfd){.fd = members[i].fd, .events = POLLIN};
        int count = poll(ready, crew->count, -1);
        if (count < 0 && errno != EINTR)
            return CAS_CHILD_FAILED;
        for (unsigned i = 0; count > 0 && i < crew->count && end == CAS_CHILD_DONE; i++) {
            if (members[i].fd < 0 || !ready[i].revents)
                continue;
            end = hear(crew, i, &members[i], chunk);
            left -= members[i].fd < 0;
        }
    }
    return end;
}

enum cas_child_end
cas_child_crew(const struct cas_crew *crew)
{
    struct member members[CAS_CREW_MAX];
    unsigned started = 0;
    char *chunk = cas_alloc(CHUNK);
    if (!chunk)
        return CAS_CHILD_NO_MEMORY;
    while (started < crew->count && start(crew, started, &members[started]))
        started++;
    enum cas_child_end end =
        started == crew->count ? hear_all(crew, members, chunk) : CAS_CHILD_NO_FORK;
    for (unsigned i = 0; i < started; i++) {
        if (members[i].fd >= 0)
            close(members[i].fd);
        if (members[i].pid > 0)
            bury(members[i].pid, CAS_CHILD_FAILED);
    }
    cas_free(chunk);
    return end;
}

bool
cas_child_beside_threads(void)
{
    return !SANITIZED;
}

unsigned
cas_child_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : count > CAS_CREW_MAX ? CAS_CREW_MAX : (unsigned)count;
}
