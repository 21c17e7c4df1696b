/** libcasus: events -> a graph of actors -> answers. Include this, or one header a subject. */
#ifndef CASUS_H
#define CASUS_H

#include <casus/balance.h>
#include <casus/brokers.h>
#include <casus/chains.h>
#include <casus/date.h>
#include <casus/diff.h>
#include <casus/dossier.h>
#include <casus/draw.h>
#include <casus/error.h>
#include <casus/evidence.h>
#include <casus/export.h>
#include <casus/fallen.h>
#include <casus/graph.h>
#include <casus/ledger.h>
#include <casus/map.h>
#include <casus/measures.h>
#include <casus/model.h>
#include <casus/output.h>
#include <casus/positions.h>
#include <casus/registry.h>
#include <casus/report.h>
#include <casus/selection.h>
#include <casus/sightings.h>
#include <casus/timeline.h>
#include <casus/uncertainty.h>
#include <casus/view.h>
#include <casus/windows.h>

#endif
