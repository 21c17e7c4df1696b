/* What things look like: a shape and a fill for each kind, a stroke for each relation.
 *
 * Rules: colours are those of Okabe and Ito (2008) or tints of them; no difference is told by
 * colour alone (kinds differ by shape too, relations by dash and arrow head); dark ink on any
 * fill, and any text on the paper, has a contrast of at least 4.5 to 1 (WCAG 2.1 AA).
 */
#ifndef CAS_THEME_H
#define CAS_THEME_H

#include <casus/model.h>

/* Words of Graphviz; all colours are written #rrggbb. */
struct cas_shape {
    const char *shape, *fill;
    const char *style;  /* beside filled: "", "rounded", "dashed" */
    const char *margin; /* around the name, in inches; NULL: the common one */
    double rim;         /* points that are drawn around the size asked for */
};

struct cas_stroke {
    const char *colour; /* of what is corroborated, admitted or not judged */
    const char *weak;   /* of what only one side tells */
    const char *text;   /* of counts beside the line */
    const char *style, *head;
};

#define CAS_SIDE_FILLS 7
#define CAS_BOX_FILLS  4

struct cas_theme {
    const char *paper, *ink, *faint, *border;
    const char *plain; /* fill of a sample that shows a shape only, and of actors of no side */
    const char *sides[CAS_SIDE_FILLS];
    const char *boxes[CAS_BOX_FILLS]; /* by depth of nesting; deeper ones take the last */
    struct cas_shape kinds[CASUS_KIND_COUNT];
    struct cas_stroke relations[CASUS_RELATION_COUNT];
};

/* For ever. */
const struct cas_theme *cas_theme_light(void);
/* Width of a line in points: 1.3 at weight 1, about half a point more each time the weight
 * doubles, 5 at most. */
double cas_theme_width(double weight, enum casus_relation relation);

#endif
