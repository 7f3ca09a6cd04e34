/*
 * Who may ask. The page works with the reports of whoever sits at this machine, and any web page
 * that they visit can send requests to it: so a request must name this server as its host, against
 * names that are pointed here (DNS rebinding), and must come from this server's own pages, when a
 * browser says where it comes from.
 */
#ifndef NB_SERVE_GATE_H
#define NB_SERVE_GATE_H

#include "serve/request.h"

/* False when the request is refused: its answer is then set. */
bool nb_gate_admits(nb_request *request);

#endif
