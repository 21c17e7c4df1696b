/* What things look like: a shape and a fill for each kind, a stroke for each relation.
 *
 * Rules of the themes that come with casus: colours are those of Okabe and Ito (2008), tints of
 * them, or greys; no difference is told by colour alone (kinds differ by shape and pictogram too,
 * relations by dash and arrow head); ink on any fill, and any text on the paper, has a contrast of
 * at least 4.5 to 1 (WCAG 2.1 AA).
 *
 * A theme file is UTF-8, a setting a line: `base = dark`, `paper = #202020`, `kind.state.fill =
 * #8ccbf0`, `attack.style = bold`. # at the begin of a line begins a comment. `base` stands
 * first, if at all; a setting may stand once; a word that no setting has, and a value that it does
 * not take, are errors.
 */
#ifndef CAS_THEME_H
#define CAS_THEME_H

#include <casus/model.h>

#include "base/mem.h"

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
    const char *weak_head;
};

#define CAS_SIDE_FILLS 7
#define CAS_BOX_FILLS  4

struct cas_theme {
    const char *name;
    const char *paper, *text, *faint; /* the ground; the title; legend's heads and caption */
    const char *ink, *border;         /* names in shapes; edges of shapes */
    const char *plain; /* fill of a sample that shows a shape only, and of actors of no side */
    const char *ghost; /* lines and edges of what is not meant */
    const char *box_border;
    const char *sides[CAS_SIDE_FILLS];
    const char *boxes[CAS_BOX_FILLS]; /* by depth of nesting; deeper ones take the last */
    struct cas_shape kinds[CASUS_KIND_COUNT];
    struct cas_shape event;
    struct cas_stroke relations[CASUS_RELATION_COUNT];
    struct cas_stroke implied;
};

/* Those that come with casus, for ever; NULL past the last. */
const struct cas_theme *cas_theme_at(size_t index);
const struct cas_theme *cas_theme_light(void);
/* "light", "dark", "print", NULL for light, or the path of a theme file. Texts of a file stand in
 * `arena`. @return CASUS_OK; CASUS_EINVAL (CAS-187) with line and column; CASUS_EIO (CAS-180,
 * CAS-181); CASUS_ENOMEM */
enum casus_status cas_theme_load(const char *name, struct cas_arena *arena, struct cas_theme *out,
                                 struct casus_error *err);
/* Width of a line in points: 1.3 at weight 1, about half a point more each time the weight
 * doubles, 5 at most. */
double cas_theme_width(double weight, enum casus_relation relation);

#endif
