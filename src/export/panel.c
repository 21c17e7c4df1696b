/* Panels for regressions: one row a dyad and window, or an actor and window; months, unless another
 * length is chosen.
 *
 * Dyads are pairs whatever the direction, a before b in order of id; a pair without a tie in a
 * window has no row there. Counts by relation are of events (of claims, of what was said), in all
 * and by direction; losses and evidence are those of attack and support, summed over the pair's
 * events as over a tie's: best stands where every event has one. UCDP's number of an actor is its
 * x-ucdp, else what follows "ucdp:" in its id; Gleditsch and Ward's is its x-gwno.
 */
#include "export/job.h"

#include <math.h>
#include <stdlib.h>

#include "base/fault.h"
#include "claim/losses.h"
#include "graph/windows.h"
#include "report/csv.h"
#include "report/json.h"

struct panel {
    struct cas_csv csv;
    struct casus_windows *windows;
    const struct casus_graph *graph; /* of the window at hand */
    struct cas_buffer key, value, title;
    uint32_t window;
};

/* A tie of a pair. */
struct row {
    uint32_t a, b, tie;
};

/* --- cells -------------------------------------------------------------------------------- */

static void
write_window(struct panel *panel)
{
    const struct casus_window *window = casus_windows_at(panel->windows, panel->window);
    char date[12];
    cas_csv_text(&panel->csv, casus_date_format(window->from, date));
    cas_csv_text(&panel->csv, casus_date_format(window->to, date));
    cas_csv_count(&panel->csv, (uint64_t)window->from.year);
    cas_csv_count(&panel->csv, window->from.month);
}

/* A text that would read as a number comes in quotes, which tell nothing here. */
static const char *
unquoted(struct cas_buffer *cell)
{
    if (!cell->n)
        return NULL;
    if (cell->s[0] != '"' || cell->n < 2 || cell->s[cell->n - 1] != '"')
        return cell->s;
    cell->s[cell->n - 1] = '\0';
    return cell->s + 1;
}

/* A member of an actor's keys of its own, as text. */
static const char *
own_key(struct panel *panel, const char *extra, const char *name)
{
    while (extra && cas_json_next_member(&extra, &panel->key, &panel->value)) {
        if (strcmp(panel->key.s, name) != 0)
            continue;
        cas_buffer_clear(&panel->title);
        cas_json_cell(panel->value.s, &panel->title);
        panel->csv.failed |= panel->title.failed;
        return panel->title.failed ? NULL : unquoted(&panel->title);
    }
    panel->csv.failed |= panel->key.failed || panel->value.failed;
    return NULL;
}

static const char *
extra_of(const struct panel *panel, const char *id)
{
    const struct cas_registry *registry = cas_windows_registry(panel->windows);
    uint32_t number = cas_registry_find_id(registry, id, strlen(id));
    return number == CASUS_NONE ? NULL : cas_registry_at(registry, number)->extra;
}

static const char *
ucdp_of(struct panel *panel, const char *id)
{
    const char *given = own_key(panel, extra_of(panel, id), "x-ucdp");
    const char *number = strncmp(id, "ucdp:", 5) == 0 ? id + 5 : "";
    if (given)
        return given;
    return *number && strspn(number, "0123456789") == strlen(number) ? number : NULL;
}

static void
write_numbers_of(struct panel *panel, const char *id)
{
    cas_csv_text(&panel->csv, ucdp_of(panel, id));
    cas_csv_text(&panel->csv, own_key(panel, extra_of(panel, id), "x-gwno"));
}

static void
write_figures(struct panel *panel, const struct casus_figure figures[CASUS_LOSS_COUNT])
{
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        const int64_t three[3] = {figures[kind].low, figures[kind].best, figures[kind].high};
        for (int i = 0; i < 3; i++)
            cas_csv_number(&panel->csv, three[i] < 0 ? NAN : (double)three[i]);
    }
}

static void
write_title(struct panel *panel, const char *before, const char *name, const char *after)
{
    cas_buffer_clear(&panel->title);
    cas_buffer_printf(&panel->title, "%s%s%s", before, name, after);
    for (char *at = panel->title.s; at && *at; at++)
        *at = *at == '-' ? '_' : *at;
    panel->csv.failed |= panel->title.failed;
    cas_csv_text(&panel->csv, panel->title.failed ? NULL : panel->title.s);
}

static void
write_titles(struct panel *panel, const char *const *titles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cas_csv_text(&panel->csv, titles[i]);
}

static void
write_figure_titles(struct panel *panel)
{
    static const char *const three[] = {"_low", "_best", "_high"};
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        for (int i = 0; i < 3; i++)
            write_title(panel, "", casus_loss_name((enum casus_loss_kind)kind), three[i]);
    }
}

/* --- dyads -------------------------------------------------------------------------------- */

/* In all, from a to b, from b to a, without direction. */
enum { IN_ALL, A_TO_B, B_TO_A, UNDIRECTED, WAYS };

struct dyad {
    uint64_t events[CASUS_RELATION_COUNT][WAYS];
    uint64_t evidence[CASUS_EVIDENCE_COUNT];
    struct cas_sum losses[CASUS_LOSS_COUNT];
    double weight;
};

static void
write_dyad_head(struct panel *panel)
{
    static const char *const own[] = {"from",   "to",     "year",   "month",  "a",      "b",
                                      "a_name", "b_name", "a_ucdp", "a_gwno", "b_ucdp", "b_gwno"};
    static const char *const ways[WAYS] = {"", "_ab", "_ba", "_undirected"};
    write_titles(panel, own, sizeof own / sizeof *own);
    for (int r = 0; r < CASUS_RELATION_COUNT; r++) {
        for (int way = 0; way < WAYS; way++)
            write_title(panel, "", casus_relation_name((enum casus_relation)r), ways[way]);
    }
    cas_csv_text(&panel->csv, "weight");
    write_figure_titles(panel);
    for (int e = 0; e < CASUS_EVIDENCE_COUNT; e++)
        write_title(panel, "evidence_", casus_evidence_name((enum casus_evidence)e), "");
    cas_csv_end_row(&panel->csv);
}

static void
add_tie(struct dyad *dyad, const struct casus_tie *tie)
{
    int way = !tie->directed ? UNDIRECTED : tie->from < tie->to ? A_TO_B : B_TO_A;
    dyad->events[tie->relation][IN_ALL] += tie->events;
    dyad->events[tie->relation][way] += tie->events;
    if (tie->relation == CASUS_CLAIM)
        return;
    dyad->weight += tie->weight;
    for (int e = 0; e < CASUS_EVIDENCE_COUNT; e++)
        dyad->evidence[e] += tie->evidence[e];
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        cas_sum_add_whole(&dyad->losses[kind], &tie->losses[kind]);
}

static void
write_dyad(struct panel *panel, const struct row *row, const struct dyad *dyad)
{
    const struct casus_node *a = casus_graph_actor_at(panel->graph, row->a);
    const struct casus_node *b = casus_graph_actor_at(panel->graph, row->b);
    struct casus_figure losses[CASUS_LOSS_COUNT];
    write_window(panel);
    cas_csv_text(&panel->csv, a->id);
    cas_csv_text(&panel->csv, b->id);
    cas_csv_text(&panel->csv, a->name);
    cas_csv_text(&panel->csv, b->name);
    write_numbers_of(panel, a->id);
    write_numbers_of(panel, b->id);
    for (int r = 0; r < CASUS_RELATION_COUNT; r++) {
        for (int way = 0; way < WAYS; way++)
            cas_csv_count(&panel->csv, dyad->events[r][way]);
    }
    cas_csv_number(&panel->csv, dyad->weight);
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++)
        losses[kind] = cas_sum_figure(&dyad->losses[kind]);
    write_figures(panel, losses);
    for (int e = 0; e < CASUS_EVIDENCE_COUNT; e++)
        cas_csv_count(&panel->csv, dyad->evidence[e]);
    cas_csv_end_row(&panel->csv);
}

static int
by_pair(const void *left, const void *right)
{
    const struct row *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

static enum casus_status
write_dyads(struct panel *panel, const struct casus_graph *graph, struct casus_error *err)
{
    uint32_t count = casus_graph_tie_count(graph);
    struct row *rows = cas_zalloc((size_t)count + 1, sizeof *rows);
    if (!rows)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        bool turned = tie->from > tie->to;
        rows[i] = (struct row){turned ? tie->to : tie->from, turned ? tie->from : tie->to, i};
    }
    qsort(rows, count, sizeof *rows, by_pair);
    for (uint32_t i = 0, end; i < count; i = end) {
        struct dyad dyad = {.weight = 0};
        for (end = i; end < count && rows[end].a == rows[i].a && rows[end].b == rows[i].b; end++)
            add_tie(&dyad, casus_graph_tie_at(graph, rows[end].tie));
        write_dyad(panel, &rows[i], &dyad);
    }
    cas_free(rows);
    return CASUS_OK;
}

/* --- actors ------------------------------------------------------------------------------- */

static void
write_actor_head(struct panel *panel)
{
    static const char *const own[] = {"from",  "to",     "year",    "month",    "id",
                                      "name",  "kind",   "parent",  "side",     "ucdp",
                                      "gwno",  "events", "attacks", "attacked", "battles",
                                      "backs", "backed", "claims",  "carried"};
    write_titles(panel, own, sizeof own / sizeof *own);
    write_figure_titles(panel);
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        cas_csv_text(&panel->csv, casus_measure_info((enum casus_measure)m)->name);
    cas_csv_end_row(&panel->csv);
}

static void
write_actor(struct panel *panel, const struct casus_scores *scores, uint32_t actor)
{
    const struct casus_node *node = casus_graph_actor_at(panel->graph, actor);
    const uint32_t counts[] = {node->events, node->attacks, node->attacked, node->battles,
                               node->backs,  node->backed,  node->claims,   node->carried};
    write_window(panel);
    cas_csv_text(&panel->csv, node->id);
    cas_csv_text(&panel->csv, node->name);
    cas_csv_text(&panel->csv, casus_kind_name(node->kind));
    cas_csv_text(&panel->csv, node->parent_id);
    cas_csv_text(&panel->csv, node->side);
    write_numbers_of(panel, node->id);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        cas_csv_count(&panel->csv, counts[i]);
    write_figures(panel, node->lost);
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        cas_csv_number(&panel->csv, casus_scores_at(scores, (enum casus_measure)m, actor));
    cas_csv_end_row(&panel->csv);
}

static enum casus_status
write_actors(struct panel *panel, const struct casus_graph *graph, struct casus_error *err)
{
    struct casus_scores *scores;
    if (!casus_graph_actor_count(graph))
        return CASUS_OK;
    enum casus_status status = casus_scores_new(graph, NULL, &scores, err);
    if (status != CASUS_OK)
        return status;
    for (uint32_t i = 0; i < casus_graph_actor_count(graph); i++)
        write_actor(panel, scores, i);
    casus_scores_free(scores);
    return CASUS_OK;
}

/* --- both --------------------------------------------------------------------------------- */

typedef enum casus_status write_function(struct panel *panel, const struct casus_graph *graph,
                                         struct casus_error *err);

static enum casus_status
write_windows(struct panel *panel, write_function *write, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    for (uint32_t i = 0; i < casus_windows_count(panel->windows) && status == CASUS_OK; i++) {
        struct casus_graph *graph = NULL;
        status = casus_windows_graph(panel->windows, i, &graph, err);
        panel->graph = graph;
        panel->window = i;
        if (status == CASUS_OK)
            status = write(panel, graph, err);
        casus_graph_free(graph);
    }
    return status;
}

static enum casus_status
write_panel(const struct cas_job *job, void (*write_head)(struct panel *), write_function *write,
            struct casus_error *err)
{
    struct panel panel = {.windows = job->options->windows};
    if (!panel.windows)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "a panel is written of windows of time, and none were given");
    cas_csv_init(&panel.csv, job->output);
    cas_buffer_init(&panel.key);
    cas_buffer_init(&panel.value);
    cas_buffer_init(&panel.title);
    write_head(&panel);
    enum casus_status status = write_windows(&panel, write, err);
    cas_buffer_done(&panel.key);
    cas_buffer_done(&panel.value);
    cas_buffer_done(&panel.title);
    enum casus_status written = cas_csv_done(&panel.csv, err);
    return status == CASUS_OK ? written : status;
}

enum casus_status
cas_write_panel_dyads(const struct cas_job *job, struct casus_error *err)
{
    return write_panel(job, write_dyad_head, write_dyads, err);
}

enum casus_status
cas_write_panel_actors(const struct cas_job *job, struct casus_error *err)
{
    return write_panel(job, write_actor_head, write_actors, err);
}
