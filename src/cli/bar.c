/* A bar for long work that is counted in pieces, on stderr, while stderr is a terminal. */
#include <math.h>
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

/* Shown only after a while: short work stays silent. @return whether it is time to */
static bool
is_due(struct work_bar *bar)
{
    double time = now();
    if (!bar->wanted || time - bar->started < 0.5 || time - bar->shown < 0.1)
        return false;
    bar->shown = time;
    bar->visible = true;
    return true;
}

static void
draw_bar(const char *name, double share)
{
    enum { WIDTH = 24 };
    int full = (int)(WIDTH * share);
    fprintf(stderr, "\r\033[K%.48s [%.*s%*s]", name, full, "########################", WIDTH - full,
            "");
}

void
work_bar_show(void *context, const char *name, uint64_t done, uint64_t total)
{
    struct work_bar *bar = context;
    if (!total || done > total || !is_due(bar))
        return;
    double share = (double)done / (double)total, rate = (double)done / (now() - bar->started);
    draw_bar(name, share);
    fprintf(stderr, " %3.0f %%  %.0f/s  %.0f s left", 100 * share, rate,
            rate > 0 ? (double)(total - done) / rate : 0.0);
    fflush(stderr);
}

static int
add_bounds(char *out, size_t room, const char *name, const double bounds[2])
{
    if (isnan(bounds[1]))
        return 0;
    return snprintf(out, room, "%s %.0f to %.0f  ", name, bounds[0], bounds[1]);
}

void
work_bar_search(void *context, const struct casus_balance_progress *progress)
{
    struct work_bar *bar = context;
    char name[160];
    if (!is_due(bar))
        return;
    int n = add_bounds(name, sizeof name, "camps", progress->camps);
    add_bounds(name + n, sizeof name - (size_t)n, "blocs", progress->blocs);
    draw_bar(n ? name : "", fmin(1, progress->seconds / progress->limit));
    fprintf(stderr, " at most %.0f s left", fmax(0, progress->limit - progress->seconds));
    fflush(stderr);
}

void
work_bar_end(const struct work_bar *bar)
{
    if (bar->visible)
        fprintf(stderr, "\r\033[K");
}

enum casus_status
balance_find(const struct options *options, const struct casus_graph *graph,
             struct casus_balance **out, struct casus_error *err)
{
    struct work_bar bar;
    struct casus_balancing balancing = options->balancing;
    balancing.progress = work_bar_search;
    balancing.context = &bar;
    work_bar_begin(&bar);
    enum casus_status status = casus_balance_new(graph, &balancing, out, err);
    work_bar_end(&bar);
    return status;
}
