/* Counts on lines. A line is a chain of cubic Bézier curves: 3n + 1 points. */
#include "draw/count.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

#define TRIES      33   /* places looked at along a line */
#define FIRST      0.06 /* of its length at either end belongs to heads and actors */
#define CLEAR      2.0  /* points between a count and anything else */
#define POINT_MOST 1024

struct point {
    double x, y;
};

static bool
read_number(const char **at, double *out)
{
    char *end;
    *out = strtod(*at, &end);
    bool found = end != *at;
    *at = end;
    return found;
}

static bool
read_point(const char **at, struct point *out)
{
    if (!read_number(at, &out->x) || **at != ',')
        return false;
    ++*at;
    return read_number(at, &out->y);
}

/* Skips "e,x,y" and "s,x,y", the ends of heads. @return the number of points, 3n + 1, or 0 */
static size_t
read_line(const char *line, struct point *points)
{
    size_t count = 0;
    for (const char *at = line; *at && *at != ';' && count < POINT_MOST;) {
        struct point ignored;
        if (*at == ' ') {
            at++;
        } else if ((*at == 'e' || *at == 's') && at[1] == ',') {
            at += 2;
            if (!read_point(&at, &ignored))
                return 0;
        } else if (!read_point(&at, &points[count++])) {
            return 0;
        }
    }
    return count >= 4 ? (count - 1) / 3 * 3 + 1 : 0;
}

static double
mix(double a, double b, double c, double d, double t)
{
    double s = 1 - t;
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

static struct point
point_at(const struct point *points, size_t count, double share)
{
    double along = share * (double)((count - 1) / 3);
    size_t piece = (size_t)fmin(floor(along), (double)((count - 1) / 3 - 1));
    const struct point *p = points + 3 * piece;
    double t = along - (double)piece;
    return (struct point){mix(p[0].x, p[1].x, p[2].x, p[3].x, t),
                          mix(p[0].y, p[1].y, p[2].y, p[3].y, t)};
}

static bool
meet(const struct cas_area *a, const struct cas_area *b)
{
    return fabs(a->x - b->x) < (a->width + b->width) / 2 + CLEAR &&
           fabs(a->y - b->y) < (a->height + b->height) / 2 + CLEAR;
}

static bool
is_free(const struct cas_area *area, const struct cas_areas *taken)
{
    for (size_t i = 0; i < taken->count; i++) {
        if (meet(area, &taken->at[i]))
            return false;
    }
    return true;
}

static bool
take(struct cas_areas *taken, const struct cas_area *area)
{
    if (!cas_grow(&taken->at, &taken->room, taken->count + 1, sizeof(*taken->at)))
        return false;
    taken->at[taken->count++] = *area;
    return true;
}

bool
cas_count_place(const char *line, const char *text, struct cas_areas *taken, struct cas_area *out)
{
    struct point points[POINT_MOST];
    size_t count = read_line(line, points);
    double characters = (double)cas_utf8_count(text, strlen(text));
    struct cas_area area = {.width = characters * CAS_COUNT_SIZE * 0.62 + 2,
                            .height = CAS_COUNT_SIZE * 1.2};
    for (int i = 0; count && i < TRIES; i++) {
        double step = (0.5 - FIRST) * ((i + 1) / 2) / (TRIES / 2);
        struct point at = point_at(points, count, 0.5 + (i % 2 ? step : -step));
        area.x = at.x;
        area.y = at.y;
        if (!is_free(&area, taken))
            continue;
        *out = area;
        return take(taken, &area);
    }
    return false;
}
