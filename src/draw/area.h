/* A place in a picture. */
#ifndef CAS_AREA_H
#define CAS_AREA_H

/* A rectangle by its middle and its sides, in points. */
struct cas_area {
    double x, y, width, height;
};

#endif
