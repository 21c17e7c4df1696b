/* Pictograms as strokes of a pen, on a square from (-6, -6) to (6, 6), y upwards.
 *
 * Grammar of a drawing: strokes; a stroke is its points, "x,y" with a blank between, and ends with
 * ';'. "o x,y r;" is a circle. */
#include "draw/icon.h"

#include <casus/model.h>
#include <math.h>
#include <stdlib.h>

#define HALF 6.0

static const char *const drawings[CASUS_KIND_COUNT + 1] = {
    /* a flag */
    [CASUS_KIND_STATE] = "-4,-6 -4,6 5,6 5,0 -4,0;",
    /* the sign of foot soldiers on military maps */
    [CASUS_KIND_ARMY] = "-6,-4 6,-4 6,4 -6,4 -6,-4 6,4;-6,4 6,-4;",
    /* a shield */
    [CASUS_KIND_MILITIA] = "-5,5 5,5 5,-1 0,-6 -5,-1 -5,5;0,5 0,-6;",
    /* two blades, crossed */
    [CASUS_KIND_ARMED_GROUP] = "-5,-5 5,5;5,-5 -5,5;-5,-1.5 -1.5,-5;5,-1.5 1.5,-5;",
    /* two chevrons */
    [CASUS_KIND_UNIT] = "-5,0 0,4 5,0;-5,-4 0,0 5,-4;",
    /* two rings, linked */
    [CASUS_KIND_COALITION] = "o -2.3,0 3.6;o 2.3,0 3.6;",
    /* a push from behind */
    [CASUS_KIND_BACKER] = "-5,4 -1,0 -5,-4;1,4 5,0 1,-4;",
    /* a tent */
    [CASUS_KIND_BASE] = "-6,-5 0,5 6,-5 -6,-5;-2,-5 0,-1 2,-5;",
    /* head and shoulders */
    [CASUS_KIND_PERSON] = "o 0,3 2.6;-5,-6 -4.6,-3 -2.5,-1.4 2.5,-1.4 4.6,-3 5,-6;",
    /* a page */
    [CASUS_KIND_OUTLET] = "-5,-6 5,-6 5,6 -5,6 -5,-6;-2.6,3 2.6,3;-2.6,0 2.6,0;-2.6,-3 1,-3;",
    /* an eye */
    [CASUS_KIND_MONITOR] = "-6,0 -3.4,3 0,4 3.4,3 6,0 3.4,-3 0,-4 -3.4,-3 -6,0;o 0,0 1.7;",
    /* two people */
    [CASUS_KIND_CIVILIANS] = "o -3,3.4 1.9;o 3,3.4 1.9;-6,-5 -5.4,-1 -0.6,-1 0,-5 0.6,-1 5.4,-1 "
                             "6,-5;",
    [CASUS_KIND_OTHER] = "o 0,0 4.2;",
    /* a page of a calendar */
    [CASUS_KIND_COUNT] = "-5,-6 5,-6 5,4 -5,4 -5,-6;-5,1 5,1;-2.5,2.5 -2.5,6;2.5,2.5 2.5,6;",
};

struct pen {
    struct cas_buffer *out;
    double x, y, scale;
    double last_x, last_y;
    bool down;
};

static void
write_point(struct pen *pen, double x, double y)
{
    cas_buffer_printf(pen->out, "%s%.2f,%.2f", pen->down ? " " : "", pen->x + x * pen->scale,
                      pen->y + y * pen->scale);
    pen->down = true;
}

/* A straight piece of a curve: its two handles lie on it. */
static void
move_to(struct pen *pen, double x, double y)
{
    if (pen->down) {
        write_point(pen, pen->last_x + (x - pen->last_x) / 3, pen->last_y + (y - pen->last_y) / 3);
        write_point(pen, x - (x - pen->last_x) / 3, y - (y - pen->last_y) / 3);
    }
    write_point(pen, x, y);
    pen->last_x = x;
    pen->last_y = y;
}

/* Four quarters. */
static void
draw_circle(struct pen *pen, double x, double y, double r)
{
    static const double turns[][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    const double reach = 0.5523 * r; /* of a handle, for a quarter of a circle */
    write_point(pen, x + r, y);
    for (int i = 0; i < 4; i++) {
        const double *from = turns[i], *to = turns[i + 1];
        write_point(pen, x + from[0] * r + to[0] * reach, y + from[1] * r + to[1] * reach);
        write_point(pen, x + to[0] * r + from[0] * reach, y + to[1] * r + from[1] * reach);
        write_point(pen, x + to[0] * r, y + to[1] * r);
    }
}

static double
read_number(const char **at)
{
    char *end;
    double number = strtod(*at, &end);
    *at = end;
    return number;
}

static void
draw_stroke(struct pen *pen, const char **at)
{
    pen->down = false;
    bool circle = **at == 'o';
    *at += circle;
    while (**at && **at != ';') {
        double x = read_number(at);
        ++*at;
        double y = read_number(at);
        if (circle)
            draw_circle(pen, x, y, read_number(at));
        else
            move_to(pen, x, y);
        *at += **at == ' ';
    }
    *at += **at == ';';
}

void
cas_icon_write(struct cas_buffer *out, uint32_t kind, double x, double y, double size)
{
    struct pen pen = {.out = out, .x = x, .y = y, .scale = size / (2 * HALF)};
    for (const char *at = drawings[kind]; *at;) {
        if (at != drawings[kind])
            cas_buffer_char(out, ';');
        draw_stroke(&pen, &at);
    }
}
