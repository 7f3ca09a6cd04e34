#include "check/run.h"

static const nb_rule_setting *setting_of(const nb_check_run *run, const char *rule)
{
    const nb_rule_setting *found = NULL;
    for (size_t i = 0; i < run->setting_count; i++)
        if (strcmp(run->settings[i].rule, rule) == 0)
            found = &run->settings[i];
    return found;
}

__attribute__((format(printf, 5, 0))) static nb_finding *tell(const nb_check_run *run,
                                                              const char *rule,
                                                              nb_severity severity, nb_place place,
                                                              const char *format, va_list arguments)
{
    const nb_rule_setting *setting = setting_of(run, rule);
    if (setting && setting->is_off)
        return NULL;
    return nb_findings_vadd(run->findings, setting ? setting->severity : severity, rule, place,
                            format, arguments);
}

nb_finding *nb_check_tell(const nb_check_run *run, const char *rule, nb_severity severity,
                          nb_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    nb_finding *finding = tell(run, rule, severity, place, format, arguments);
    va_end(arguments);
    return finding;
}

nb_finding *nb_check_tell_text(const nb_check_run *run, const char *rule, nb_severity severity,
                               const nb_prose *prose, size_t from, size_t to, const char *format,
                               ...)
{
    va_list arguments;
    nb_span_place span = nb_prose_place(prose, from, to, run->report->name);
    va_start(arguments, format);
    nb_finding *finding = tell(run, rule, severity, span.place, format, arguments);
    va_end(arguments);
    nb_finding_range(finding, span.length);
    return finding;
}

void nb_check_explain(const nb_check_run *run, nb_finding *finding, const nb_rule *rule)
{
    const char *hint = rule->hint[nb_findings_language(run->findings)];
    if (hint)
        nb_finding_hint(run->findings, finding, "%s", hint);
    nb_finding_clause(run->findings, finding, rule->clause);
}
