/* A dossier of 100,000 events among 300 actors in JSON Lines: `casus report`, process start and
 * all, against cJSON parsing (and freeing) the same lines in memory. Prints the ratio of medians.
 *
 * usage: bench_dossier CASUS [EVENTS]
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>

enum { ACTORS = 300, RUNS = 7 };

static uint64_t seed = 1;

static uint32_t
draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

static void
write_event(FILE *to, int i)
{
    static const char *const types[] = {"ambush", "battle", "shelling", "training", "weapons"};
    uint32_t from = draw(ACTORS), to_actor = (from + 1 + draw(ACTORS - 1)) % ACTORS;
    uint32_t year = 2012 + draw(8), month = 1 + draw(12), day = 1 + draw(28), killed = draw(40);
    fprintf(
        to,
        "{\"event\":{\"id\":\"e%d\",\"type\":\"%s\",\"date\":\"%u-%02u-%02u\",\"place\":{\"name\":"
        "\"Place %u\",\"lat\":%u.%02u,\"lon\":%u.5},\"from\":[\"actor-%u\"],\"to\":[\"actor-%u\"],"
        "\"claims\":[{\"by\":\"actor-%u\",\"stance\":\"report\",\"source\":\"gazette\","
        "\"credibility\":%u,\"losses\":[{\"actor\":\"actor-%u\",\"killed\":%u}]}]}}\n",
        i, types[draw(5)], year, month, day, draw(5000), 20 + draw(30), draw(100), draw(60), from,
        to_actor, from, 1 + draw(6), to_actor, killed);
}

static void
write_lines(const char *path, int events)
{
    FILE *to = fopen(path, "w");
    if (!to)
        exit(1);
    fprintf(to, "{\"source\":{\"id\":\"gazette\",\"reliability\":\"B\"}}\n");
    for (int i = 0; i < ACTORS; i++)
        fprintf(to,
                "{\"actor\":{\"id\":\"actor-%d\",\"name\":\"Actor %d\",\"kind\":\"militia\"}}\n", i,
                i);
    for (int i = 0; i < events; i++)
        write_event(to, i);
    fclose(to);
}

static int
parse_lines(const char *path)
{
    FILE *from = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    while (from && (n = getline(&line, &room, from)) > 0) {
        cJSON *value = cJSON_ParseWithLength(line, (size_t)n);
        if (!value)
            return 1;
        cJSON_Delete(value);
    }
    free(line);
    return from ? fclose(from) : 1;
}

/* Runs one side in a child; the time is the wall clock's, the memory the kernel's account. */
static double
run(const char *casus, const char *path, long *out_kilobytes)
{
    struct timespec begin, end;
    struct rusage usage;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t child = fork();
    if (child == 0) {
        if (!casus)
            _exit(parse_lines(path));
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl(casus, casus, "report", path, "--format", "json", (char *)NULL);
        _exit(127);
    }
    wait4(child, &status, 0, &usage);
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s failed\n", casus ? casus : "cJSON");
        exit(1);
    }
    *out_kilobytes = usage.ru_maxrss;
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    int events = argc > 2 ? atoi(argv[2]) : 100000;
    char path[] = "/tmp/casus-bench-XXXXXX.jsonl";
    int fd = mkstemps(path, 6);
    if (fd < 0)
        return 1;
    close(fd);
    write_lines(path, events);
    double ours[RUNS], theirs[RUNS];
    long our_memory = 0, their_memory = 0;
    run(argv[1], path, &our_memory);
    for (int i = 0; i < RUNS; i++) {
        ours[i] = run(argv[1], path, &our_memory);
        theirs[i] = run(NULL, path, &their_memory);
    }
    unlink(path);
    qsort(ours, RUNS, sizeof *ours, by_value);
    qsort(theirs, RUNS, sizeof *theirs, by_value);
    printf("%d events, %d actors, JSON Lines; medians of %d runs in turn\n", events, ACTORS, RUNS);
    printf("  casus report (whole process)  %7.3f s  %6.1f MB\n", ours[RUNS / 2],
           (double)our_memory / 1024);
    printf("  cJSON, each line parsed       %7.3f s  %6.1f MB\n", theirs[RUNS / 2],
           (double)their_memory / 1024);
    printf("  ratio %.2f (goal: at most 1.5)\n", ours[RUNS / 2] / theirs[RUNS / 2]);
    return 0;
}
