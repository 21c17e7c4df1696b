/* The title above and the lines below: what is shown, of when, from where, by which casus. */
#include "draw/diagram.h"

#include <casus/report.h>

#include "draw/label.h"

#define SOURCES_SHOWN 3

bool
cas_caption_add(struct cas_diagram *diagram, struct cas_buffer *buffer)
{
    const char *line = cas_diagram_keep(diagram, buffer);
    if (line && *line && diagram->caption_count < CAS_CAPTION_LINES)
        diagram->caption[diagram->caption_count++] = line;
    return line;
}

static void
write_title(struct cas_buffer *out, const struct casus_graph *graph, const char *title)
{
    if (!title)
        title = casus_graph_title(graph);
    if (title)
        cas_label_plain(out, title);
    if (out->n == 0 && !out->failed) {
        cas_buffer_text(out, "Relations of ");
        cas_tip_count(out, casus_graph_actor_count(graph), "actor");
    }
}

static void
write_relations(struct cas_buffer *out, const struct casus_totals *totals)
{
    bool first = true;
    for (int i = 0; i < CASUS_RELATION_COUNT; i++) {
        if (totals->by_relation[i] == 0)
            continue;
        cas_buffer_printf(out, "%s%s %llu", first ? " (" : ", ",
                          casus_relation_name((enum casus_relation)i),
                          (unsigned long long)totals->by_relation[i]);
        first = false;
    }
    if (!first)
        cas_buffer_text(out, ")");
}

/* The sum over reasons; belief is told apart, as it is the reader's own choice whom to believe. */
static void
write_removed(struct cas_buffer *out, const struct casus_removed *removed)
{
    uint64_t others = removed->undated + removed->dates + removed->types + removed->places +
                      removed->where + removed->evidence + removed->grade + removed->relations;
    if (others)
        cas_buffer_printf(out, "; the selection leaves out %llu", (unsigned long long)others);
    if (removed->belief)
        cas_buffer_printf(out, "; %llu told only by those in doubt left out",
                          (unsigned long long)removed->belief);
}

static void
write_counts(struct cas_buffer *out, const struct casus_graph *graph)
{
    const struct casus_totals *totals = casus_graph_totals(graph);
    cas_tip_count(out, casus_graph_actor_count(graph), "actor");
    cas_buffer_text(out, ", ");
    cas_tip_count(out, casus_graph_tie_count(graph), "tie");
    cas_buffer_text(out, ", ");
    cas_tip_count(out, totals->events, "event");
    write_relations(out, totals);
    if (totals->no_tie)
        cas_buffer_printf(out, "; %llu of them name one side only and make no tie",
                          (unsigned long long)totals->no_tie);
    write_removed(out, &totals->removed);
}

static void
write_period(struct cas_buffer *out, const struct casus_totals *totals)
{
    size_t before = out->n;
    cas_buffer_text(out, "Period: ");
    size_t begun = out->n;
    cas_tip_period(out, totals->first, totals->last, totals->open);
    if (out->n == begun && !out->failed) {
        out->n = before;
        return;
    }
    if (totals->undated)
        cas_buffer_printf(out, " (%llu undated)", (unsigned long long)totals->undated);
    cas_buffer_text(out, "; ");
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* Data sets give thousands of sources: who cites the set has named them all. */
static uint32_t
count_cited(const struct casus_graph *graph)
{
    uint32_t cited = 0;
    for (uint32_t i = 0; i < casus_graph_input_count(graph); i++)
        cited += casus_graph_input_at(graph, i)->citation != NULL;
    return cited;
}

static void
write_inputs(struct cas_buffer *out, const struct casus_graph *graph)
{
    uint32_t count = casus_graph_input_count(graph);
    for (uint32_t i = 0; i < count && i < SOURCES_SHOWN; i++) {
        const struct casus_input *input = casus_graph_input_at(graph, i);
        cas_buffer_text(out, i ? "; " : "Data: ");
        cas_label_plain(out, input->citation ? input->citation : base_name(input->name));
        if (input->licence) {
            cas_buffer_text(out, ", ");
            cas_label_plain(out, input->licence);
        }
    }
    if (count > SOURCES_SHOWN)
        cas_buffer_printf(out, "; and %u more", count - SOURCES_SHOWN);
}

bool
cas_caption_end(struct cas_diagram *diagram, const char *sources)
{
    struct cas_buffer buffer;
    cas_buffer_init(&buffer);
    if (sources) {
        cas_buffer_text(&buffer, "Source: ");
        cas_label_plain(&buffer, sources);
    }
    bool done = cas_caption_add(diagram, &buffer);
    cas_buffer_printf(&buffer, "casus %s", casus_version());
    done = done && cas_caption_add(diagram, &buffer);
    cas_buffer_done(&buffer);
    return done;
}

/* What was left out of a backbone, by which rule, and how to have it all. */
static void
write_backbone(struct cas_buffer *out, const struct casus_graph *graph,
               const struct cas_choice *choice)
{
    if (!choice->backbone)
        return;
    uint32_t rest = choice->pairs - choice->standing_out;
    cas_buffer_printf(out, "The backbone: %u of %u actors and %u of %u ties are drawn, those of ",
                      choice->actor_count, casus_graph_actor_count(graph), choice->tie_count,
                      casus_graph_tie_count(graph));
    if (choice->standing_out)
        cas_buffer_printf(out,
                          "%u pairs that stand out (disparity filter, 0.05; Serrano et al. 2009)%s",
                          choice->standing_out, rest ? " and of " : "");
    if (rest)
        cas_buffer_printf(out, "the %u%s pairs with most events", rest,
                          choice->standing_out ? " other" : "");
    cas_buffer_text(out, "; --all draws everything.");
}

static void
write_window(struct cas_buffer *out, const struct cas_frame *frame)
{
    char from[12], to[12];
    cas_buffer_printf(out,
                      "%s – %s (%u of %u windows): ", casus_date_format(frame->window->from, from),
                      casus_date_format(frame->window->to, to), frame->number, frame->count);
}

static bool
add_notes(struct cas_diagram *diagram, struct cas_buffer *buffer, const struct casus_graph *graph,
          const struct cas_dressing *dressing)
{
    const char *notes[] = {dressing->marks->note, dressing->note};
    write_backbone(buffer, graph, dressing->choice);
    bool done = cas_caption_add(diagram, buffer);
    if (diagram->actor_count > CAS_NAMED_ALL)
        cas_buffer_printf(buffer, "Names are shown of the %u actors with most events.",
                          CAS_NAMED_MOST);
    done = done && cas_caption_add(diagram, buffer);
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
        if (notes[i])
            cas_label_plain(buffer, notes[i]);
        done = done && cas_caption_add(diagram, buffer);
    }
    return done;
}

bool
cas_caption_build(struct cas_diagram *diagram, const struct casus_graph *graph,
                  const struct cas_dressing *dressing)
{
    struct cas_buffer buffer;
    cas_buffer_init(&buffer);
    write_title(&buffer, graph, dressing->drawing->title);
    diagram->title = cas_diagram_keep(diagram, &buffer);
    if (dressing->frame)
        write_window(&buffer, dressing->frame);
    else
        write_period(&buffer, casus_graph_totals(graph));
    write_counts(&buffer, dressing->frame ? dressing->frame->graph : graph);
    bool done = diagram->title && cas_caption_add(diagram, &buffer);
    done = done && add_notes(diagram, &buffer, graph, dressing);
    uint32_t cited = count_cited(graph), inputs = casus_graph_input_count(graph);
    const char *sources = cited && cited == inputs ? NULL : dressing->drawing->sources;
    if (!sources || cited)
        write_inputs(&buffer, graph);
    done = done && cas_caption_add(diagram, &buffer);
    cas_buffer_done(&buffer);
    return done && cas_caption_end(diagram, sources);
}
