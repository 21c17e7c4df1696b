/* The themes that come with casus. */
#include "draw/theme.h"

#include <math.h>

/* The same shapes in all: a reader of two pictures learns them once. */
#define KINDS(state, army, militia, group, unit, coalition, backer, base_, person, outlet,         \
              monitor, civilians, other)                                                           \
    {                                                                                              \
        [CASUS_KIND_STATE] = {"box", state, ""}, [CASUS_KIND_ARMY] = {"box", army, "diagonals"},   \
        [CASUS_KIND_MILITIA] = {"hexagon", militia, "", "0.02,0.03"},                              \
        [CASUS_KIND_ARMED_GROUP] = {"octagon", group, "", "0.02,0.02"},                            \
        [CASUS_KIND_UNIT] = {"box", unit, "rounded"},                                              \
        [CASUS_KIND_COALITION] = {"doubleoctagon", coalition, "", "0.02,0.02", 4},                 \
        [CASUS_KIND_BACKER] = {"component", backer, ""},                                           \
        [CASUS_KIND_BASE] = {"house", base_, "", "0.03,0.02"},                                     \
        [CASUS_KIND_PERSON] = {"ellipse", person, "", "0.02,0.01"},                                \
        [CASUS_KIND_OUTLET] = {"note", outlet, ""}, [CASUS_KIND_MONITOR] = {"tab", monitor, ""},   \
        [CASUS_KIND_CIVILIANS] = {"ellipse", civilians, "dashed", "0.02,0.01"},                    \
        [CASUS_KIND_OTHER] = {"box", other, "dashed"},                                             \
    }

static const struct cas_theme themes[] = {
    {
        .name = "light",
        .paper = "#ffffff",
        .text = "#1a1a1a",
        .faint = "#595959",
        .ink = "#1a1a1a",
        .border = "#4d4d4d",
        .plain = "#ffffff",
        .ghost = "#d4d4d4",
        .box_border = "#8c8c8c",
        /* tints of sky blue, orange, bluish green, reddish purple, yellow, vermillion, grey */
        .sides = {"#9bd3f2", "#f5cb76", "#7fd0b6", "#e3b5cf", "#f6f09b", "#f0ac7c", "#cfcfcf"},
        .boxes = {"#f7f7f7", "#efefef", "#e7e7e7", "#dfdfdf"},
        .kinds = KINDS("#8ccbf0", "#c4e4f8", "#f6d58e", "#f3b48a", "#e4f2fc", "#8fd6bf", "#c6ebdd",
                       "#d6ecc8", "#fbf6c3", "#ecd0e0", "#dfb3cc", "#ffffff", "#f0f0f0"),
        .event = {"box", "#fffdf0", "rounded"},
        /* vermillion, blue, grey; black */
        .relations =
            {
                [CASUS_ATTACK] = {"#d55e00", "#eda06a", "#a84a00", "solid", "normal", "onormal"},
                [CASUS_SUPPORT] = {"#0072b2", "#6fb1d9", "#0072b2", "dashed", "vee", "vee"},
                [CASUS_CLAIM] = {"#737373", "#a6a6a6", "#595959", "dotted", "empty", "empty"},
            },
        .implied = {"#1a1a1a", "#1a1a1a", "#1a1a1a", "dashed", "none", "none"},
    },
    {
        .name = "dark",
        .paper = "#181c20",
        .text = "#f2f2f2",
        .faint = "#b3b8bd",
        .ink = "#101010",
        .border = "#c8ccd0",
        .plain = "#e6e8ea",
        .ghost = "#454b52",
        .box_border = "#6b737b",
        .sides = {"#7cc4ee", "#f0bd55", "#62c4a5", "#dc9fc3", "#efe783", "#ec9a61", "#bdbdbd"},
        .boxes = {"#22272d", "#2a3037", "#323941", "#3a424b"},
        .kinds = KINDS("#6cbcec", "#a5d6f4", "#f0c060", "#ee9c66", "#cfe8f9", "#66c5a8", "#a8dfcb",
                       "#bfe0aa", "#f3ec9f", "#e2b6d1", "#d396bb", "#e6e8ea", "#c9cdd1"),
        .event = {"box", "#f4f1dd", "rounded"},
        /* vermillion, sky blue, grey; white */
        .relations =
            {
                [CASUS_ATTACK] = {"#f07c26", "#a35c27", "#ff9a52", "solid", "normal", "onormal"},
                [CASUS_SUPPORT] = {"#56b4e9", "#3b7396", "#7cc8f2", "dashed", "vee", "vee"},
                [CASUS_CLAIM] = {"#a3a8ad", "#70757a", "#b9bec3", "dotted", "empty", "empty"},
            },
        .implied = {"#f2f2f2", "#f2f2f2", "#f2f2f2", "dashed", "none", "none"},
    },
    {
        .name = "print",
        .paper = "#ffffff",
        .text = "#000000",
        .faint = "#4d4d4d",
        .ink = "#000000",
        .border = "#262626",
        .plain = "#ffffff",
        .ghost = "#d9d9d9",
        .box_border = "#8c8c8c",
        .sides = {"#ececec", "#d8d8d8", "#c5c5c5", "#b2b2b2", "#a0a0a0", "#8f8f8f", "#7e7e7e"},
        .boxes = {"#f7f7f7", "#f0f0f0", "#e9e9e9", "#e2e2e2"},
        .kinds = KINDS("#d2d2d2", "#e2e2e2", "#dddddd", "#c4c4c4", "#ffffff", "#cccccc", "#eeeeee",
                       "#e8e8e8", "#ffffff", "#f2f2f2", "#dcdcdc", "#ffffff", "#ffffff"),
        .event = {"box", "#ffffff", "rounded"},
        .relations =
            {
                [CASUS_ATTACK] = {"#000000", "#6e6e6e", "#000000", "solid", "normal", "onormal"},
                [CASUS_SUPPORT] = {"#404040", "#8c8c8c", "#333333", "dashed", "vee", "ovee"},
                [CASUS_CLAIM] = {"#737373", "#a6a6a6", "#595959", "dotted", "empty", "empty"},
            },
        .implied = {"#000000", "#000000", "#000000", "dashed", "none", "none"},
    },
};

const struct cas_theme *
cas_theme_at(size_t index)
{
    return index < sizeof(themes) / sizeof(*themes) ? &themes[index] : NULL;
}

const struct cas_theme *
cas_theme_light(void)
{
    return &themes[0];
}

double
cas_theme_width(double weight, enum casus_relation relation)
{
    double steps = log2(1 + (weight > 0 ? weight : 0));
    double width = fmin(0.8 + 0.5 * steps, 5);
    return relation == CASUS_CLAIM ? 0.8 * width : width;
}
