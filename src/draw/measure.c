/* Sizes of texts for Graphviz, by the widths of label.c.
 *
 * Why not Graphviz's own plugin: it would load a whole library of fonts (Pango, Cairo, fontconfig),
 * which takes longer than the picture; the fonts installed here are not those of who looks at it; and
 * the same input must give the same picture everywhere. */
#include "draw/measure.h"

#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>

#include <math.h>

#include "draw/label.h"

#define LINE      1.1 /* height of a line to the size of its font, as Graphviz has it */
#define BELOW     0.1 /* of the size of the font: letters are moved up by it into the middle */
#define PREFERRED 1000

/* Graphviz's releases differ in what they call a truth. */
typedef __typeof__(((struct gvtextlayout_engine_s *)0)->textlayout(NULL, NULL)) truth;

static truth
measure(textspan_t *span, char **font_path)
{
    (void)font_path;
    span->size.x = ceil(cas_label_line_width(span->str) * span->font->size);
    span->size.y = floor(LINE * span->font->size);
    span->yoffset_layout = 0;
    span->yoffset_centerline = BELOW * span->font->size;
    return 1;
}

GVC_t *
cas_measure_context(void)
{
    static struct gvtextlayout_engine_s engine = {measure};
    static gvplugin_installed_t types[] = {{0, "textlayout", PREFERRED, &engine, NULL},
                                           {0, NULL, 0, NULL, NULL}};
    static gvplugin_api_t apis[] = {{API_textlayout, types}, {(api_t)0, NULL}};
    static gvplugin_library_t library = {(char *)"casus", apis};
    static const lt_symlist_t builtins[] = {{"gvplugin_casus_LTX_library", &library}, {NULL, NULL}};
    return gvContextPlugins(builtins, 1);
}
