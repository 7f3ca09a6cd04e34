#include "check/run.h"

__attribute__((format(printf, 5, 0))) static nb_finding *tell(const nb_check_run *run,
                                                              const char *rule,
                                                              nb_severity severity, nb_place place,
                                                              const char *format, va_list arguments)
{
    const char *reason;
    const nb_rule_setting *setting = nb_check_setting(run, rule, &reason);
    if (setting && setting->is_off) {
        nb_findings_suppress(run->findings, severity, rule, place, reason, format, arguments);
        return NULL;
    }
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
    nb_span_place span = nb_prose_place(prose, from, to, run->report->name, run->arena);
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
