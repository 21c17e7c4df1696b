/* A dossier of 200 MB among 40 actors, as JSON Lines and as one object with a long list of events:
 * `casus report`, process start, measures and all, against cJSON on the same file: the whole file as
 * one tree (which is not freed), or each line by itself (parsed and freed). Each runs in turn, ROUNDS
 * times; medians, peak memory and the ratios are printed. The files are made here and removed.
 *
 * usage: bench_dossier CASUS [MEGABYTES]
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

enum { ACTORS = 40, PARTNERS = 3, ROUNDS = 5 };

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
write_event(FILE *to, long i)
{
    static const char *const types[] = {"ambush", "battle", "shelling", "training", "weapons"};
    uint32_t from = draw(ACTORS), to_actor = (from + 1 + 7 * draw(PARTNERS)) % ACTORS;
    uint32_t year = 2012 + draw(8), month = 1 + draw(12), day = 1 + draw(28), killed = draw(40);
    fprintf(
        to,
        "{\"id\":\"e%ld\",\"type\":\"%s\",\"date\":\"%u-%02u-%02u\",\"place\":{\"name\":"
        "\"Place %u\",\"lat\":%u.%02u,\"lon\":%u.5},\"from\":[\"actor-%u\"],\"to\":[\"actor-%u\"],"
        "\"claims\":[{\"by\":\"actor-%u\",\"stance\":\"report\",\"source\":\"gazette\","
        "\"credibility\":%u,\"losses\":[{\"actor\":\"actor-%u\",\"killed\":%u}]}]}",
        i, types[draw(5)], year, month, day, draw(5000), 20 + draw(30), draw(100), draw(60), from,
        to_actor, from, 1 + draw(6), to_actor, killed);
}

static void
write_actor(FILE *to, int i)
{
    fprintf(to, "{\"id\":\"actor-%d\",\"name\":\"Actor %d\",\"kind\":\"militia\"}", i, i);
}

/* @return how many events are in it */
static long
write_lines(FILE *to, long bytes)
{
    long i = 0;
    fprintf(to, "{\"source\":{\"id\":\"gazette\",\"reliability\":\"B\"}}\n");
    for (int k = 0; k < ACTORS; k++) {
        fprintf(to, "{\"actor\":");
        write_actor(to, k);
        fprintf(to, "}\n");
    }
    for (; ftell(to) < bytes; i++) {
        fprintf(to, "{\"event\":");
        write_event(to, i);
        fprintf(to, "}\n");
    }
    return i;
}

static long
write_object(FILE *to, long bytes)
{
    long i = 0;
    fprintf(to,
            "{\"casus\":1,\"sources\":[{\"id\":\"gazette\",\"reliability\":\"B\"}],\n\"actors\":[");
    for (int k = 0; k < ACTORS; k++) {
        fprintf(to, k ? ",\n" : "\n");
        write_actor(to, k);
    }
    fprintf(to, "],\n\"events\":[");
    for (; ftell(to) < bytes; i++) {
        fprintf(to, i ? ",\n" : "\n");
        write_event(to, i);
    }
    fprintf(to, "]}\n");
    return i;
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

static int
parse_whole(const char *path)
{
    FILE *from = fopen(path, "r");
    if (!from || fseek(from, 0, SEEK_END) != 0)
        return 1;
    size_t n = (size_t)ftell(from);
    char *text = malloc(n);
    rewind(from);
    return !text || fread(text, 1, n, from) != n || !cJSON_ParseWithLength(text, n);
}

typedef int parser(const char *path);

/* The last run of one side: the wall clock's time, and the memory by the kernel's account. */
struct side {
    const char *name;
    parser *parse; /* NULL: casus */
    double seconds[ROUNDS];
    long kilobytes;
};

static void
be_child(const char *casus, const char *path, parser *parse)
{
    if (parse)
        _exit(parse(path));
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl(casus, casus, "report", path, "--format", "json", (char *)NULL);
    _exit(127);
}

static double
run(const char *casus, const char *path, struct side *side)
{
    struct timespec begin, end;
    struct rusage usage;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t child = fork();
    if (child == 0)
        be_child(casus, path, side->parse);
    wait4(child, &status, 0, &usage);
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s failed\n", side->name);
        exit(1);
    }
    side->kilobytes = usage.ru_maxrss;
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(struct side *side)
{
    qsort(side->seconds, ROUNDS, sizeof *side->seconds, by_value);
    return side->seconds[ROUNDS / 2];
}

typedef long writer(FILE *, long bytes);

static char *
make_file(writer *write, long megabytes, const char *what)
{
    static char path[] = "/tmp/casus-bench-XXXXXX";
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
    if (!to)
        exit(1);
    seed = 1;
    long events = write(to, megabytes * 1000000);
    if (fclose(to) != 0)
        exit(1);
    printf("%s: %ld MB, %ld events, %d actors; medians of %d runs in turn\n", what, megabytes,
           events, ACTORS, ROUNDS);
    return path;
}

/* `sides` has casus first. */
static void
compare(const char *casus, const char *path, struct side *sides, int count)
{
    struct side warm = sides[0];
    run(casus, path, &warm);
    for (int round = 0; round < ROUNDS; round++)
        for (int k = 0; k < count; k++)
            sides[k].seconds[round] = run(casus, path, &sides[k]);
    for (int k = 0; k < count; k++) {
        printf("  %-30s %7.3f s  %7.1f MiB", sides[k].name, median(&sides[k]),
               (double)sides[k].kilobytes / 1024);
        if (k)
            printf("   casus takes %.2f of its time",
                   sides[0].seconds[ROUNDS / 2] / median(&sides[k]));
        printf("\n");
    }
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    long megabytes = argc > 2 ? atol(argv[2]) : 200;
    struct side casus = {.name = "casus report (whole process)"};
    struct side object[] = {casus, {.name = "cJSON, the file as one tree", .parse = parse_whole}};
    struct side lines[] = {casus, {.name = "cJSON, each line parsed", .parse = parse_lines}};
    char *path = make_file(write_object, megabytes, "One object");
    compare(argv[1], path, object, 2);
    unlink(path);
    path = make_file(write_lines, megabytes, "JSON Lines");
    compare(argv[1], path, lines, 2);
    unlink(path);
    path = make_file(write_object, megabytes / 10, "One object");
    compare(argv[1], path, &casus, 1);
    unlink(path);
    printf(
        "goal: at most 0.50 of cJSON's time for the whole object, and memory that does not grow\n");
    return 0;
}
