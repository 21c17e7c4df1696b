/* Positions alone, by the same engines and of the same shapes as a picture of all actors. */
#include <casus/positions.h>

#include "base/fault.h"
#include "draw/engine.h"
#include "draw/graphviz.h"

struct casus_positions {
    struct casus_position *at;
    double width, height;
    const char *engine;
};

/* Graphviz's y grows upwards. */
static void
turn_over(struct casus_positions *positions, const struct cas_layout *layout, uint32_t count)
{
    positions->width = layout->width;
    positions->height = layout->height;
    for (uint32_t i = 0; i < count; i++) {
        const struct cas_area *area = &layout->areas[i];
        positions->at[i] =
            (struct casus_position){area->x, layout->height - area->y, area->width, area->height};
    }
}

static enum casus_status
place(const struct casus_graph *graph, unsigned seconds, struct casus_positions *positions,
      bool *beyond, struct casus_error *err)
{
    struct cas_diagram diagram;
    uint32_t count = casus_graph_actor_count(graph);
    struct cas_layout layout = {.areas = cas_zalloc((size_t)count + 1, sizeof(*layout.areas))};
    if (!layout.areas)
        return cas_fail_memory(err);
    enum casus_status status =
        cas_diagram_build_bare(graph, cas_graphviz_boxes(positions->engine), &diagram, err);
    if (status == CASUS_OK) {
        status = cas_graphviz_place(&diagram, positions->engine, seconds, &layout, beyond, err);
        cas_diagram_done(&diagram);
    }
    if (status == CASUS_OK)
        turn_over(positions, &layout, count);
    cas_free(layout.areas);
    return status;
}

/* Without memory the answer is the engine that needs least. */
static const char *
choose(const struct casus_graph *graph)
{
    struct cas_arena arena;
    struct cas_choice all;
    cas_arena_init(&arena);
    const char *engine =
        cas_choice_all(graph, &arena, &all) ? cas_engine_choose(graph, &all) : "sfdp";
    cas_arena_done(&arena);
    return engine;
}

/* Only an engine that was our own choice is replaced by a faster one. */
static enum casus_status
place_somehow(const struct casus_graph *graph, const struct casus_placing *placing,
              struct casus_positions *positions, struct casus_error *err)
{
    unsigned seconds = placing->seconds ? placing->seconds : CAS_ENGINE_SECONDS;
    struct casus_error failure = {CASUS_OK};
    bool beyond = false;
    positions->engine = placing->engine ? cas_engine_find(placing->engine) : choose(graph);
    enum casus_status status = place(graph, seconds, positions, &beyond, &failure);
    if (status != CASUS_OK && beyond && !placing->engine &&
        positions->engine != cas_engine_find("sfdp")) {
        positions->engine = cas_engine_find("sfdp");
        return place(graph, seconds, positions, &beyond, err);
    }
    if (status != CASUS_OK && err)
        *err = failure;
    return status;
}

enum casus_status
casus_positions_new(const struct casus_graph *graph, const struct casus_placing *placing,
                    struct casus_positions **out, struct casus_error *err)
{
    static const struct casus_placing plain = {0};
    if (!placing)
        placing = &plain;
    enum casus_status status = cas_engine_check(placing->engine, err);
    if (status != CASUS_OK)
        return status;
    struct casus_positions *positions = cas_zalloc(1, sizeof(*positions));
    if (positions)
        positions->at =
            cas_zalloc((size_t)casus_graph_actor_count(graph) + 1, sizeof(*positions->at));
    status = positions && positions->at ? place_somehow(graph, placing, positions, err)
                                        : cas_fail_memory(err);
    if (status == CASUS_OK)
        *out = positions;
    else
        casus_positions_free(positions);
    return status;
}

void
casus_positions_free(struct casus_positions *positions)
{
    if (positions)
        cas_free(positions->at);
    cas_free(positions);
}

const struct casus_position *
casus_positions_at(const struct casus_positions *positions, uint32_t actor)
{
    return &positions->at[actor];
}

double
casus_positions_width(const struct casus_positions *positions)
{
    return positions->width;
}

double
casus_positions_height(const struct casus_positions *positions)
{
    return positions->height;
}

const char *
casus_positions_engine(const struct casus_positions *positions)
{
    return positions->engine;
}
