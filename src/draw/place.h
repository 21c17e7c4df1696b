/* Where title, legend and caption go around a picture that is laid out already. */
#ifndef CAS_PLACE_H
#define CAS_PLACE_H

#include "draw/diagram.h"

enum cas_piece_of { CAS_PIECE_TEXT, CAS_PIECE_SHAPE, CAS_PIECE_LINE };

/* All lengths in points, y upwards, (x, y) the middle. */
struct cas_piece {
    enum cas_piece_of of;
    double x, y, width, height;
    const char *text; /* a label in DOT, set left */
    const char *colour;
    double size, pen;
    double scale; /* to the common size */
    const struct cas_shape *shape;
    const char *fill;
    const struct cas_stroke *stroke;
    const char *head;
    uint32_t kind; /* of the pictogram in a shape, or CASUS_NONE */
    bool headless;
};

struct cas_pieces {
    struct cas_piece *at;
    uint32_t count;
};

/* Around a picture of (0, 0) to (width, height). The legend goes to the right or below, whichever
 * brings the whole nearer to 16 : 10. Pieces live in the diagram's arena. False without memory. */
bool cas_place(struct cas_diagram *diagram, double width, double height, struct cas_pieces *out);

#endif
