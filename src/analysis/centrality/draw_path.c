/* Invariant while sides are apart: nobody is on both. So where an arc leads from one front to the
 * other side, it leads to its front: from anybody behind that, this arc would have been followed. */
#include "analysis/centrality/draw_path.h"

#include <math.h>
#include <string.h>

static const uint32_t unseen = UINT32_MAX;

static bool
side_init(struct cas_side *side, size_t n)
{
    side->level = cas_zalloc(n + 1, sizeof(*side->level));
    side->queue = cas_zalloc(n + 1, sizeof(*side->queue));
    side->paths = cas_zalloc(n + 1, sizeof(*side->paths));
    if (!side->level || !side->queue || !side->paths) {
        return false;
    }
    memset(side->level, 0xff, (n + 1) * sizeof(*side->level));
    return true;
}

bool
cas_drawing_init(struct cas_drawing *drawing, const struct cas_compact *graph)
{
    *drawing = (struct cas_drawing){0};
    drawing->sides[0] = (struct cas_side){.begin = graph->out_begin,
                                          .ahead = graph->out,
                                          .back_begin = graph->in_begin,
                                          .back = graph->in};
    drawing->sides[1] = (struct cas_side){.begin = graph->in_begin,
                                          .ahead = graph->in,
                                          .back_begin = graph->out_begin,
                                          .back = graph->out};
    return side_init(&drawing->sides[0], graph->n) && side_init(&drawing->sides[1], graph->n);
}

void
cas_drawing_done(struct cas_drawing *drawing)
{
    for (int i = 0; i < 2; i++) {
        cas_free(drawing->sides[i].level);
        cas_free(drawing->sides[i].queue);
        cas_free(drawing->sides[i].paths);
    }
    cas_free(drawing->meetings);
}

static void
reach(struct cas_side *side, uint32_t place, uint32_t level, double paths)
{
    side->level[place] = level;
    side->paths[place] = paths;
    side->queue[side->count++] = place;
    side->arcs += side->begin[place + 1] - side->begin[place];
}

static void
side_begin(struct cas_side *side, uint32_t place)
{
    side->count = side->front = side->hops = 0;
    side->arcs = 0;
    reach(side, place, 0, 1);
}

static void
side_forget(struct cas_side *side)
{
    for (uint32_t k = 0; k < side->count; k++) {
        side->level[side->queue[k]] = unseen;
    }
}

static void
meet(struct cas_drawing *drawing, uint32_t near, uint32_t far, double paths)
{
    if (!cas_grow(&drawing->meetings, &drawing->meeting_room, drawing->meeting_count + 1,
                  sizeof(*drawing->meetings))) {
        drawing->failed = true;
        return;
    }
    drawing->meetings[drawing->meeting_count++] = (struct cas_meeting){near, far, paths};
}

/* Follow the arcs before the front; once some meet the other side, only those matter. */
static void
go_ahead(struct cas_drawing *drawing, struct cas_side *side, const struct cas_side *other)
{
    uint32_t end = side->count;

    side->arcs = 0;
    for (uint32_t k = side->front; k < end; k++) {
        uint32_t from = side->queue[k];
        for (uint32_t i = side->begin[from]; i < side->begin[from + 1]; i++) {
            uint32_t to = side->ahead[i];
            if (other->level[to] != unseen) {
                meet(drawing, from, to, side->paths[from] * other->paths[to]);
            } else if (side->level[to] == unseen) {
                reach(side, to, side->hops + 1, side->paths[from]);
            } else if (side->level[to] == side->hops + 1) {
                side->paths[to] += side->paths[from];
            }
        }
    }
    side->front = end;
    side->hops++;
}

/* From `place` back to where its side began. */
static void
walk_back(const struct cas_side *side, uint32_t place, struct cas_random *random, uint32_t *counts)
{
    while (side->level[place] > 0) {
        double left = cas_random_unit(random) * side->paths[place];
        uint32_t before = place;
        counts[place]++;
        for (uint32_t i = side->back_begin[place]; i < side->back_begin[place + 1]; i++) {
            uint32_t to = side->back[i];
            if (side->level[to] != unseen && side->level[to] + 1 == side->level[place]) {
                before = to;
                left -= side->paths[to];
                if (left < 0) {
                    break;
                }
            }
        }
        place = before;
    }
}

static const struct cas_meeting *
choose_meeting(struct cas_drawing *drawing, struct cas_random *random)
{
    const struct cas_meeting *chosen = drawing->meetings;
    double sum = 0, left;

    for (size_t k = 0; k < drawing->meeting_count; k++) {
        sum += drawing->meetings[k].paths;
    }
    drawing->uncountable |= !isfinite(sum);
    left = cas_random_unit(random) * sum;
    for (size_t k = 0; k < drawing->meeting_count && left >= 0; k++) {
        chosen = &drawing->meetings[k];
        left -= chosen->paths;
    }
    return chosen;
}

void
cas_draw_path(struct cas_drawing *drawing, uint32_t source, uint32_t target,
              struct cas_random *random, uint32_t *counts)
{
    struct cas_side *from = &drawing->sides[0], *to = &drawing->sides[1];
    bool forward = true;

    drawing->meeting_count = 0;
    side_begin(from, source);
    side_begin(to, target);
    while (!drawing->meeting_count && from->arcs && to->arcs && !drawing->failed) {
        forward = from->arcs <= to->arcs;
        go_ahead(drawing, forward ? from : to, forward ? to : from);
    }
    if (drawing->meeting_count) {
        const struct cas_meeting *meeting = choose_meeting(drawing, random);
        walk_back(forward ? from : to, meeting->near, random, counts);
        walk_back(forward ? to : from, meeting->far, random, counts);
    }
    side_forget(from);
    side_forget(to);
}
