/*
 * What the report chooses and the caller sets for its rules: the caller's settings come last, so
 * that they count.
 */
#include "check/known_rules.h"
#include "check/steps.h"

static nb_place place_of(const nb_check_run *run, const nb_rule_choice *choice)
{
    return (nb_place){ run->report->name, choice->line, choice->column, choice->pointer };
}

static void tell_unknown(const nb_check_run *run, const nb_rule_choice *choice,
                         const char *const *ids, int count)
{
    const char *rule = choice->setting.rule;
    nb_finding *finding =
        nb_findings_add(run->findings, NB_ERROR, "S2", place_of(run, choice),
                        NB_RUN_SAY(run, "没有规则“%s”", "there is no rule “%s”"), rule);
    const char *nearest = nb_nearest_name(nb_string_of(rule), ids, (size_t)count);
    if (nearest)
        nb_finding_hint(run->findings, finding,
                        NB_RUN_SAY(run, "是否要写“%s”？", "did you mean “%s”?"), nearest);
    else
        nb_finding_hint(
            run->findings, finding, "%s",
            NB_RUN_SAY(run, "nianbao rules 列出所有的规则", "nianbao rules lists all of them"));
}

static bool is_known(const char *rule, const char *const *ids, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(ids[i], rule) == 0)
            return true;
    return false;
}

/* Whether the caller says something else of the rule. */
static bool is_overridden(const nb_check_run *run, const char *rule)
{
    for (size_t i = (size_t)run->report->choice_count; i < run->setting_count; i++)
        if (strcmp(run->settings[i].rule, rule) == 0)
            return true;
    return false;
}

void nb_check_begin_settings(nb_check_run *run, const nb_check_options *options)
{
    size_t choices = (size_t)run->report->choice_count;
    nb_rule_setting *all =
        NB_NEW_ARRAY(run->arena, nb_rule_setting, choices + options->setting_count + 1);
    for (size_t i = 0; i < choices; i++)
        all[i] = run->report->choices[i].setting;
    for (size_t i = 0; i < options->setting_count; i++)
        all[choices + i] = options->settings[i];
    run->settings = all;
    run->setting_count = choices + options->setting_count;
}

void nb_check_choices(const nb_check_run *run)
{
    int count = 0;
    if (!run->report->choice_count)
        return;
    const char *const *ids = nb_rule_ids(run->form, run->arena, &count);
    for (int i = 0; i < run->report->choice_count; i++) {
        const nb_rule_choice *choice = &run->report->choices[i];
        const char *rule = choice->setting.rule;
        const nb_general_rule *general = nb_general_rule_lookup(rule);
        if (!is_known(rule, ids, count))
            tell_unknown(run, choice, ids, count);
        else if (general && general->is_fixed)
            nb_findings_add(run->findings, NB_ERROR, "S3", place_of(run, choice),
                            NB_RUN_SAY(run, "规则“%s”说的是输入，不能改",
                                       "the rule “%s” is about the input and cannot be set"),
                            rule);
        else if (choice->setting.is_off && !is_overridden(run, rule))
            nb_findings_add(run->findings, NB_INFO, rule, place_of(run, choice),
                            NB_RUN_SAY(run, "这份报告不查这条规则：%s",
                                       "the report is not checked by this rule: %s"),
                            choice->reason.data);
    }
}

const nb_rule_setting *nb_check_setting(const nb_check_run *run, const char *rule,
                                        const char **reason)
{
    const nb_general_rule *general = nb_general_rule_lookup(rule);
    *reason = "";
    if (general && general->is_fixed)
        return NULL;
    for (size_t i = run->setting_count; i-- > 0;) {
        if (strcmp(run->settings[i].rule, rule) != 0)
            continue;
        if (i < (size_t)run->report->choice_count) {
            if (!run->report->choices[i].has_severity)
                return NULL;
            *reason = run->report->choices[i].reason.data;
        }
        return &run->settings[i];
    }
    return NULL;
}
