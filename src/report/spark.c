/* Numbers over time, small. */
#include "report/spark.h"

#include <math.h>

#include "report/format.h"

static double
largest_of(const double *values, size_t begin, size_t end)
{
    double largest = NAN;
    for (size_t i = begin; i < end; i++) {
        if (isnan(largest) || values[i] > largest)
            largest = values[i];
    }
    return largest;
}

/* --- text --------------------------------------------------------------------------------- */

void
cas_spark_text(struct cas_buffer *out, const double *values, size_t count)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    size_t columns = count < CAS_SPARK_WIDTH ? count : CAS_SPARK_WIDTH;
    double top = largest_of(values, 0, count);
    for (size_t i = 0; i < columns; i++) {
        double value = largest_of(values, i * count / columns, (i + 1) * count / columns);
        if (isnan(value))
            cas_buffer_text(out, "·");
        else
            cas_buffer_text(out, blocks[top > 0 && value > 0 ? (int)ceil(7 * (value / top)) : 0]);
    }
}

void
cas_bar_text(struct cas_buffer *out, double value, double largest, unsigned width)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (!(largest > 0) || !(value > 0))
        return;
    unsigned eighths = (unsigned)ceil(8 * width * (value / largest));
    for (unsigned i = 0; i < eighths / 8; i++)
        cas_buffer_text(out, "█");
    cas_buffer_text(out, parts[eighths % 8]);
}

/* --- SVG ---------------------------------------------------------------------------------- */

enum { WIDTH = 120, HEIGHT = 24, EDGE = 2 };

static void
add_point(struct cas_buffer *out, const double *values, size_t count, size_t index, double top)
{
    char x[CAS_FIXED_SIZE], y[CAS_FIXED_SIZE];
    double along = count > 1 ? (double)index / (double)(count - 1) : 0.5;
    double up = top > 0 ? values[index] / top : 0;
    cas_buffer_printf(out, "%s,%s", cas_fixed_text(EDGE + along * (WIDTH - 2 * EDGE), 1, x),
                      cas_fixed_text(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE), 1, y));
}

/* One line from `begin` to where the next gap is; a point alone becomes a dot by its round caps. */
static size_t
add_line(struct cas_buffer *out, const double *values, size_t count, size_t begin, double top)
{
    size_t i = begin;
    cas_buffer_text(out, "<polyline points=\"");
    for (; i < count && !isnan(values[i]); i++) {
        cas_buffer_text(out, i > begin ? " " : "");
        add_point(out, values, count, i, top);
    }
    if (i == begin + 1) {
        cas_buffer_char(out, ' ');
        add_point(out, values, count, begin, top);
    }
    cas_buffer_text(out, "\"/>");
    return i;
}

void
cas_spark_svg(struct cas_buffer *out, const double *values, size_t count)
{
    char number[CAS_FIXED_SIZE];
    double top = largest_of(values, 0, count);
    cas_buffer_printf(out,
                      "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
                      "aria-label=\"over time, at most %s\" fill=\"none\" stroke=\"currentColor\" "
                      "stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
                      WIDTH, HEIGHT, WIDTH, HEIGHT,
                      cas_fixed_text(top, cas_fixed_decimals(top, top == trunc(top)), number));
    for (size_t i = 0; i < count;)
        i = isnan(values[i]) ? i + 1 : add_line(out, values, count, i, top);
    cas_buffer_text(out, "</svg>");
}
