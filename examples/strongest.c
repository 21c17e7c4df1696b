/* Read a dossier, fold it, and print the five actors that are hit hardest: a program on libcasus.
 *
 * usage: strongest INPUT
 */
#include <stdio.h>
#include <string.h>

#include <casus/casus.h>

static int
fail(const struct casus_error *err)
{
    fprintf(stderr, "%s:%u:%u: [CAS-%03u] %s\n", err->file, err->where.line, err->where.column,
            err->code, err->text);
    return 1;
}

/* Rank 1 is the highest in-strength: the number of attacks that an actor took. */
static void
print_first(const struct casus_graph *graph, const struct casus_scores *scores, uint32_t most)
{
    for (uint32_t rank = 1; rank <= most; rank++) {
        for (uint32_t i = 0; i < casus_graph_actor_count(graph); i++) {
            if (casus_scores_rank(scores, CASUS_IN_STRENGTH, i) == rank)
                printf("%u. %s: %.0f\n", rank, casus_graph_actor_at(graph, i)->name,
                       casus_scores_at(scores, CASUS_IN_STRENGTH, i));
        }
    }
}

int
main(int argc, char **argv)
{
    struct casus_error err = {0};
    struct casus_scoring scoring = {.relations = CASUS_BIT(CASUS_ATTACK)};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_graph *graph = NULL;
    struct casus_scores *scores = NULL;
    if (argc != 2 || !problems || !dossier)
        return 2;
    int code = 0;
    if (casus_read(argv[1], NULL, casus_dossier_sink(dossier), problems, &err) != CASUS_OK ||
        casus_dossier_finish(dossier, problems, &err) != CASUS_OK ||
        casus_graph_build(dossier, NULL, NULL, NULL, &graph, &err) != CASUS_OK ||
        casus_scores_new(graph, &scoring, &scores, &err) != CASUS_OK)
        code = fail(&err);
    else
        print_first(graph, scores, 5);
    casus_scores_free(scores);
    casus_graph_free(graph);
    casus_dossier_free(dossier);
    casus_problems_free(problems);
    return code;
}
