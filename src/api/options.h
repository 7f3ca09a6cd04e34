/* Whether what a caller fills in himself can be taken at its word; NULL stands for the defaults and can. */
#ifndef NB_API_OPTIONS_H
#define NB_API_OPTIONS_H

#include <nianbao/nianbao.h>

/* What is wrong is a finding too. */
bool nb_skeleton_is_sound(const nb_skeleton_options *options, nb_findings *findings);
bool nb_checks_are_sound(const nb_check_options *options);
bool nb_build_is_sound(const nb_build_options *options);

#endif
