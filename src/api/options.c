#include "api/options.h"

#include "base/given.h"
#include "form/fill.h"

bool nb_skeleton_is_sound(const nb_skeleton_options *options, nb_findings *findings)
{
    if (!options)
        return true;
    if (!nb_expect_utf8(nb_string_of(options->agency), "", findings))
        return false;
    if (options->year == 0 || nb_is_year(options->year))
        return true;
    nb_findings_add(findings, NB_ERROR, "S3", (nb_place){ .pointer = "/year" },
                    NB_SAY(findings, "%d 不能是报告的年份：要在 %d 到 %d 之间",
                           "a report cannot be on the year %d, only on one from %d to %d"),
                    options->year, NB_FIRST_YEAR, NB_LAST_YEAR);
    return false;
}

bool nb_checks_are_sound(const nb_check_options *options)
{
    if (!options)
        return true;
    if (!nb_list_given(options->children, options->child_count) ||
        (options->setting_count && !options->settings))
        return false;
    for (size_t i = 0; i < options->setting_count; i++) {
        const nb_rule_setting *setting = &options->settings[i];
        if (!setting->rule || (unsigned)setting->severity > NB_ERROR)
            return false;
    }
    return true;
}

bool nb_build_is_sound(const nb_build_options *options)
{
    return !options || ((unsigned)options->pdf_standard <= NB_PDF_PLAIN &&
                        nb_checks_are_sound(options->checks));
}
