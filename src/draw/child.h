/* Moved to base, where the analysis finds it too. */
#include "base/child.h"
