/* A bar for long work that is counted in pieces, on stderr, while stderr is a terminal. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void
work_bar_begin(struct work_bar *bar)
{
    *bar = (struct work_bar){.started = now(), .wanted = isatty(STDERR_FILENO)};
}

/* Shown only after a while: short work stays silent. */
void
work_bar_show(void *context, const char *name, uint64_t done, uint64_t total)
{
    enum { WIDTH = 24 };
    struct work_bar *bar = context;
    double time = now(), spent = time - bar->started;
    if (!bar->wanted || spent < 0.5 || time - bar->shown < 0.1 || !total || done > total)
        return;
    bar->shown = time;
    bar->visible = true;
    double share = (double)done / (double)total, rate = (double)done / spent;
    int full = (int)(WIDTH * share);
    fprintf(stderr, "\r\033[K%.40s [%.*s%*s] %3.0f %%  %.0f/s  %.0f s left", name, full,
            "########################", WIDTH - full, "", 100 * share, rate,
            rate > 0 ? (double)(total - done) / rate : 0.0);
    fflush(stderr);
}

void
work_bar_end(const struct work_bar *bar)
{
    if (bar->visible)
        fprintf(stderr, "\r\033[K");
}
