/* The light theme. */
#include "draw/theme.h"

#include <math.h>

static const struct cas_theme light = {
    .paper = "#ffffff",
    .ink = "#1a1a1a",
    .faint = "#595959",
    .border = "#4d4d4d",
    .plain = "#ffffff",
    /* tints of sky blue, orange, bluish green, reddish purple, yellow, vermillion, grey */
    .sides = {"#9bd3f2", "#f5cb76", "#7fd0b6", "#e3b5cf", "#f6f09b", "#f0ac7c", "#cfcfcf"},
    .boxes = {"#f7f7f7", "#efefef", "#e7e7e7", "#dfdfdf"},
    .kinds =
        {
            [CASUS_KIND_STATE] = {"box", "#8ccbf0", ""},
            [CASUS_KIND_ARMY] = {"box", "#c4e4f8", "diagonals"},
            [CASUS_KIND_MILITIA] = {"hexagon", "#f6d58e", "", "0.02,0.03"},
            [CASUS_KIND_ARMED_GROUP] = {"octagon", "#f3b48a", "", "0.02,0.02"},
            [CASUS_KIND_UNIT] = {"box", "#e4f2fc", "rounded"},
            [CASUS_KIND_COALITION] = {"doubleoctagon", "#8fd6bf", "", "0.02,0.02", 4},
            [CASUS_KIND_BACKER] = {"component", "#c6ebdd", ""},
            [CASUS_KIND_BASE] = {"house", "#d6ecc8", "", "0.03,0.02"},
            [CASUS_KIND_PERSON] = {"ellipse", "#fbf6c3", "", "0.02,0.01"},
            [CASUS_KIND_OUTLET] = {"note", "#ecd0e0", ""},
            [CASUS_KIND_MONITOR] = {"tab", "#dfb3cc", ""},
            [CASUS_KIND_CIVILIANS] = {"ellipse", "#ffffff", "dashed", "0.02,0.01"},
            [CASUS_KIND_OTHER] = {"box", "#f0f0f0", "dashed"},
        },
    /* vermillion, blue, grey */
    .relations =
        {
            [CASUS_ATTACK] = {"#d55e00", "#eda06a", "#a84a00", "solid", "normal"},
            [CASUS_SUPPORT] = {"#0072b2", "#6fb1d9", "#0072b2", "dashed", "vee"},
            [CASUS_CLAIM] = {"#737373", "#a6a6a6", "#595959", "dotted", "empty"},
        },
};

const struct cas_theme *
cas_theme_light(void)
{
    return &light;
}

double
cas_theme_width(double weight, enum casus_relation relation)
{
    double steps = log2(1 + (weight > 0 ? weight : 0));
    double width = fmin(0.8 + 0.5 * steps, 5);
    return relation == CASUS_CLAIM ? 0.8 * width : width;
}
