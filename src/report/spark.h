/* Numbers over time, small: from 0 to the largest of them. NaN is a gap. */
#ifndef CAS_SPARK_H
#define CAS_SPARK_H

#include "base/text.h"

enum { CAS_SPARK_WIDTH = 24 }; /* columns of text at most */

/* A row of blocks; where there are more numbers than columns, each column shows its largest. */
void cas_spark_text(struct cas_buffer *out, const double *values, size_t count);
/* A line as inline SVG; it needs no escaping and runs nothing. */
void cas_spark_svg(struct cas_buffer *out, const double *values, size_t count);
/* A bar as long as value / largest, of `width` columns at most, in eighths of one. */
void cas_bar_text(struct cas_buffer *out, double value, double largest, unsigned width);

#endif
