/* What a reader sees who points at an actor or a tie. */
#include "draw/diagram.h"

#include "draw/label.h"

void
cas_tip_count(struct cas_buffer *out, uint64_t count, const char *thing)
{
    cas_buffer_printf(out, "%llu %s%s", (unsigned long long)count, thing, count == 1 ? "" : "s");
}

void
cas_tip_period(struct cas_buffer *out, struct casus_date first, struct casus_date last, bool open)
{
    char a[12], b[12];
    casus_date_format(first, a);
    casus_date_format(last, b);
    if (open)
        b[0] = '\0';
    cas_buffer_text(out, a);
    if (!open && strcmp(a, b) == 0)
        return;
    cas_buffer_printf(out, "%s–%s%s", *a ? " " : "", *b ? " " : "", b);
}

static void
add_counted(struct cas_buffer *out, uint32_t count, const char *what)
{
    if (count)
        cas_buffer_printf(out, "; %s %u", what, count);
}

void
cas_tip_actor(struct cas_buffer *out, const struct casus_graph *graph, uint32_t actor)
{
    const struct casus_node *node = casus_graph_actor_at(graph, actor);
    cas_label_plain(out, node->name);
    cas_buffer_printf(out, " (%s)", casus_kind_name(node->kind));
    if (node->parent_name) {
        cas_buffer_text(out, "; part of ");
        cas_label_plain(out, node->parent_name);
    }
    if (node->side) {
        cas_buffer_text(out, "; side: ");
        cas_label_plain(out, node->side);
    }
    cas_buffer_text(out, "; ");
    cas_tip_count(out, node->events, "event");
    add_counted(out, node->attacks, "attacks:");
    add_counted(out, node->attacked, "attacked:");
    add_counted(out, node->battles, "battles:");
    add_counted(out, node->backs, "backs:");
    add_counted(out, node->backed, "backed:");
    add_counted(out, node->claims, "claims made:");
    add_counted(out, node->carried, "claims carried:");
}

static void
add_pair(struct cas_buffer *out, const struct casus_graph *graph, const struct casus_tie *tie)
{
    static const char *const verbs[] = {"attacks", "supports", "speaks of"};
    static const char *const mutual[] = {"fight", "support each other", "speak of each other"};
    cas_label_plain(out, casus_graph_actor_at(graph, tie->from)->name);
    cas_buffer_printf(out, " %s ", tie->directed ? verbs[tie->relation] : "and");
    cas_label_plain(out, casus_graph_actor_at(graph, tie->to)->name);
    if (!tie->directed)
        cas_buffer_printf(out, " %s", mutual[tie->relation]);
}

static void
add_table(struct cas_buffer *out, const char *head, const uint32_t *counts, int count,
          const char *(*name)(int))
{
    bool first = true;
    for (int i = 0; i < count; i++) {
        if (counts[i] == 0)
            continue;
        cas_buffer_printf(out, "%s%s %u", first ? head : ", ", name(i), counts[i]);
        first = false;
    }
}

static const char *
evidence_name(int evidence)
{
    return casus_evidence_name((enum casus_evidence)evidence);
}

static const char *
stance_name(int stance)
{
    return casus_stance_name((enum casus_stance)stance);
}

void
cas_tip_tie(struct cas_buffer *out, const struct casus_graph *graph, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(graph, index);
    add_pair(out, graph, tie);
    cas_buffer_text(out, "; ");
    cas_tip_count(out, tie->events, "event");
    cas_buffer_text(out, "; ");
    size_t before = out->n;
    cas_tip_period(out, tie->first, tie->last, tie->open);
    if (out->n == before)
        cas_buffer_text(out, "undated");
    add_table(out, "; claims: ", tie->stances, CASUS_STANCE_COUNT, stance_name);
    add_table(out, "; evidence: ", tie->evidence, CASUS_EVIDENCE_COUNT, evidence_name);
}
