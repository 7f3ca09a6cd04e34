/* Which rules there are. */
#include "api/library.h"

#include "base/given.h"
#include "check/known_rules.h"

typedef struct listing {
    nb_library *library;
    nb_findings *findings;
    void (*visit)(void *context, const nb_rule_info *info);
    void *context;
    nb_arena *arena;
} listing;

static void visit_form(const listing *l, const nb_form *form)
{
    for (int i = 0; i < form->rule_count; i++) {
        const nb_rule *rule = form->rules[i];
        if (nb_form_rule(form, rule->id) != rule || nb_general_rule_lookup(rule->id))
            continue;
        nb_rule_info info = { .id = rule->id,
                              .severity = rule->severity,
                              .name = { rule->name[0], rule->name[1] },
                              .clause = rule->clause,
                              .form = form->id };
        l->visit(l->context, &info);
    }
}

static nb_status list(void *context)
{
    listing *l = context;
    nb_status status = NB_OK;
    for (int i = 0; i < nb_general_rule_count; i++) {
        const nb_general_rule *rule = &nb_general_rules[i];
        nb_rule_info info = { .id = rule->id,
                              .severity = rule->severity,
                              .name = { rule->name[0], rule->name[1] },
                              .clause = rule->clause,
                              .form = "",
                              .is_fixed = rule->is_fixed };
        l->visit(l->context, &info);
    }
    nb_form_ids known = nb_library_form_ids(l->library, l->arena);
    for (int i = known.count; i-- > 0;) { /* the latest first */
        const nb_form *form;
        if (nb_library_form(l->library, known.ids[i], l->findings, &form) == NB_OK)
            visit_form(l, form);
        else
            status = NB_E_RESOURCE;
    }
    return status;
}

nb_status nb_library_rules(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_rule_info *info), void *context)
{
    if (!(NB_GIVEN(library, findings) && visit))
        return NB_E_ARGUMENT;
    listing l = { library, findings, visit, context, NULL };
    nb_status status = nb_library_run_with_new_arena(library, &l.arena, list, &l);
    nb_arena_drop(l.arena);
    return status;
}
