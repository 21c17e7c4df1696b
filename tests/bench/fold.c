/* Fold a file into ties and say what came of it: the whole of a process that peers are timed
 * against.
 *
 * usage: fold FILE [THREADS] [slow]     slow: row by row, without the sink's bulk
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <casus/casus.h>

#include "event/sink.h"

int
main(int argc, char **argv)
{
    struct casus_error err = {0};
    struct casus_reading reading = {.threads = argc > 2 ? (unsigned)atoi(argv[2]) : 0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_fold *fold = NULL;
    struct casus_graph *graph = NULL;
    if (argc < 2 || !problems)
        return 2;
    enum casus_status status = casus_fold_new(NULL, NULL, &fold, &err);
    if (status == CASUS_OK) {
        struct casus_sink *sink = casus_fold_sink(fold);
        if (argc > 3)
            sink->bulk = NULL;
        status = casus_read(argv[1], &reading, sink, problems, &err);
    }
    if (status == CASUS_OK)
        status = casus_fold_finish(fold, problems, &graph, &err);
    if (status != CASUS_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], err.text);
        return 1;
    }
    const struct casus_totals *totals = casus_graph_totals(graph);
    printf("%u actors, %u ties, %llu events\n", casus_graph_actor_count(graph),
           casus_graph_tie_count(graph), (unsigned long long)totals->events);
    casus_graph_free(graph);
    casus_fold_free(fold);
    casus_problems_free(problems);
    return 0;
}
