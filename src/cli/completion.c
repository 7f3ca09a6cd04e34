/*
 * nianbao completion: what a shell needs to complete the command's words, made from the tables of
 * verbs and options.
 */
#include "cli/cli.h"

#include "cli/option_table.h"
#include <string.h>

/* What may stand for a word of the command line. */
typedef enum kind {
    ANYTHING, /* that cannot be told */
    WORDS,    /* of a list */
    LISTS,    /* of words with commas between */
    FILES,
    FOLDERS,
    FORMS, /* that the command lists */
    VERBS
} kind;

typedef struct taken {
    kind kind;
    char words[128]; /* with blanks between: of a list, or the suffixes of files, any when empty */
} taken;

/* The words of a list such as "text|json", "{pdf,docx}" or ".json" with a blank between. */
static void add_words(taken *to, const char *list, size_t length)
{
    size_t used = strlen(to->words);
    for (size_t i = 0; i < length && used + 2 < sizeof to->words; i++) {
        bool is_letter = !strchr("{}|,.", list[i]);
        if (is_letter)
            to->words[used++] = list[i];
        else if (used && to->words[used - 1] != ' ')
            to->words[used++] = ' ';
    }
    while (used && to->words[used - 1] == ' ')
        used--;
    to->words[used] = '\0';
}

/* What the name that help gives a word says of it: "OUT.json", "IN.{docx,pdf}…", "DIR", "FORM". */
static taken by_name(const char *name, size_t length)
{
    static const struct {
        const char *name;
        kind kind;
    } known[] = { { "DIR", FOLDERS },  { "FORM", FORMS }, { "COMMAND", VERBS },  { "FILE", FILES },
                  { "OUT", FILES },    { "IN", FILES },   { "MANIFEST", FILES }, { "LAST", FILES },
                  { "REPORT", FILES }, { "A", FILES },    { "OLD", FILES } };
    taken result = { .kind = ANYTHING };
    const char *end = memchr(name, 0xE2, length); /* … : there may be several */
    if (end)
        length = (size_t)(end - name);
    const char *point = memchr(name, '.', length);
    if (point) {
        result.kind = FILES;
        add_words(&result, point, length - (size_t)(point - name));
        return result;
    }
    if (memchr(name, '|', length)) {
        result.kind = WORDS;
        add_words(&result, name, length);
        return result;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i].name) == length && memcmp(known[i].name, name, length) == 0)
            result.kind = known[i].kind;
    return result;
}

static taken by_option(const nb_option *option)
{
    taken result = by_name(option->value, strlen(option->value));
    if (option->kind == NB_OPTION_FORMATS) {
        result = (taken){ .kind = LISTS };
        add_words(&result, option->value, strlen(option->value));
    } else if (option->kind != NB_OPTION_CHOICE && result.kind == WORDS) {
        result.kind = ANYTHING; /* its value only looks like a choice: "I/N|auto" */
    }
    return result;
}

/* What a verb's inputs are, by the word after it in its synopsis. */
static taken by_verb(const nb_verb *verb)
{
    const char *word = verb->synopsis + strlen(verb->name);
    word += strspn(word, " [");
    size_t length = strcspn(word, " ]");
    if (verb->most_inputs == 0)
        return (taken){ .kind = ANYTHING };
    return by_name(word, length);
}

/* A text in single quotes, with the characters that mark escapes. */
static void print_quoted(const char *text, const char *escaped, const char *escape)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            printf("%s%c", strchr(escaped, *text) ? escape : "", *text);
    }
}

static void print_verbs(void)
{
    for (const nb_verb *verb = nb_verbs; verb->name; verb++)
        printf("%s%s", verb == nb_verbs ? "" : " ", verb->name);
}

static void print_bash_action(const taken *what)
{
    switch (what->kind) {
    case ANYTHING:
        break;
    case WORDS:
        printf("_nianbao_words '%s'", what->words);
        return;
    case LISTS:
        printf("_nianbao_lists '%s'", what->words);
        return;
    case FILES:
        printf("_nianbao_files%s%s", *what->words ? " " : "", what->words);
        return;
    case FOLDERS:
        fputs("_nianbao_folders", stdout);
        return;
    case FORMS:
        fputs("_nianbao_words \"$(nianbao forms 2>/dev/null | cut -d ' ' -f 1)\"", stdout);
        return;
    case VERBS:
        fputs("_nianbao_words '", stdout);
        print_verbs();
        fputs("'", stdout);
        return;
    }
    fputs(":", stdout);
}

/* The options of a verb, or of all of them. */
static void print_bash_names(const nb_verb *verb)
{
    const char *before = "";
    for (int i = 0; i < nb_option_count; i++)
        if (nb_option_is_of(&nb_options[i], verb)) {
            printf("%s--%s", before, nb_options[i].name);
            before = " ";
            if (nb_options[i].letter)
                printf(" -%c", nb_options[i].letter);
        }
}

static void print_bash_values(const nb_verb *verb)
{
    const char *name = verb ? verb->name : "";
    for (int i = 0; i < nb_option_count; i++) {
        const nb_option *option = &nb_options[i];
        if (!option->value || !nb_option_is_of(option, verb))
            continue;
        taken what = by_option(option);
        printf("    %s:--%s", name, option->name);
        if (option->letter)
            printf(" | %s:-%c", name, option->letter);
        fputs(") ", stdout);
        print_bash_action(&what);
        fputs("; return ;;\n", stdout);
    }
}

static void print_bash(void)
{
    fputs(
        "# Completion of nianbao for bash, made by: nianbao completion bash\n"
        "_nianbao_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\"); }\n"
        "_nianbao_lists()\n{\n"
        "    local before=\n"
        "    [[ $current != *,* ]] || before=${current%,*},\n"
        "    compopt -o nospace 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${current##*,}\")\n"
        "}\n"
        "_nianbao_folders()\n{\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(compgen -d -- \"$current\")\n"
        "}\n"
        "_nianbao_files()\n{\n"
        "    local suffix\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(\n"
        "        if (($# == 0)); then compgen -f -- \"$current\"; else compgen -d -- \"$current\"; "
        "fi\n"
        "        for suffix; do compgen -f -X \"!*.$suffix\" -- \"$current\"; done)\n"
        "}\n"
        "_nianbao()\n{\n"
        "    local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} verb= i\n"
        "    COMPREPLY=()\n"
        "    # --name=value is three words for bash\n"
        "    if [[ $current == = ]]; then\n"
        "        current=\n"
        "    elif [[ $option == = ]]; then\n"
        "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "    fi\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "        --lang) ((i++)) ;;\n"
        "        -* | =) ;;\n"
        "        *) verb=${COMP_WORDS[i]}; break ;;\n"
        "        esac\n"
        "    done\n"
        "    case $verb:$option in\n",
        stdout);
    print_bash_values(NULL);
    for (const nb_verb *verb = nb_verbs; verb->name; verb++)
        print_bash_values(verb);
    fputs("    esac\n    case $verb in\n    '')\n        if [[ $current == -* ]]; then "
          "_nianbao_words '",
          stdout);
    print_bash_names(NULL);
    fputs("'; else _nianbao_words '", stdout);
    print_verbs();
    fputs("'; fi ;;\n", stdout);
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        taken what = by_verb(verb);
        printf("    %s)\n        if [[ $current == -* ]]; then _nianbao_words '", verb->name);
        print_bash_names(verb);
        fputs("'; else ", stdout);
        print_bash_action(&what);
        fputs("; fi ;;\n", stdout);
    }
    fputs("    esac\n}\ncomplete -F _nianbao nianbao\n", stdout);
}

static void print_zsh_action(const taken *what)
{
    switch (what->kind) {
    case ANYTHING:
        fputs(" ", stdout);
        return;
    case WORDS:
    case LISTS:
        printf(what->kind == LISTS ? "_values -s , value %s" : "(%s)", what->words);
        return;
    case FILES:
        fputs("_files", stdout);
        if (!*what->words)
            return;
        fputs(" -g \"*.(", stdout);
        for (const char *at = what->words; *at; at++)
            putchar(*at == ' ' ? '|' : *at);
        fputs(")(-.)\"", stdout);
        return;
    case FOLDERS:
        fputs("_files -/", stdout);
        return;
    case FORMS:
        fputs("{compadd -- ${${(f)\"$(nianbao forms 2>/dev/null)\"}%% *}}", stdout);
        return;
    case VERBS:
        fputs("(", stdout);
        print_verbs();
        fputs(")", stdout);
        return;
    }
}

static void print_zsh_options(const nb_verb *verb, nb_language language)
{
    for (int i = 0; i < nb_option_count; i++) {
        const nb_option *option = &nb_options[i];
        if (!nb_option_is_of(option, verb))
            continue;
        const char *star = option->kind == NB_OPTION_LIST ? "*" : "";
        if (option->letter)
            printf(" \\\n            '%s'{-%c%s,--%s%s}'[", star, option->letter,
                   option->value ? "+" : "", option->name, option->value ? "=" : "");
        else
            printf(" \\\n            '%s--%s%s[", star, option->name, option->value ? "=" : "");
        print_quoted(option->words[language], "[]:\\", "\\");
        fputs("]", stdout);
        if (option->value) {
            taken what = by_option(option);
            fputs(":", stdout);
            print_quoted(option->value, ":\\", "\\");
            fputs(":", stdout);
            print_zsh_action(&what);
        }
        fputs("'", stdout);
    }
}

static void print_zsh(nb_language language)
{
    fputs("#compdef nianbao\n"
          "# Completion of nianbao for zsh, made by: nianbao completion zsh\n"
          "_nianbao() {\n"
          "    local curcontext=$curcontext state line\n"
          "    local -a verbs\n"
          "    verbs=(\n",
          stdout);
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        printf("        '%s:", verb->name);
        print_quoted(verb->words[language], ":\\", "\\");
        fputs("'\n", stdout);
    }
    fputs("    )\n    _arguments -C", stdout);
    print_zsh_options(NULL, language);
    fputs(" \\\n            '1: :->verb' '*:: :->words'\n"
          "    case $state in\n"
          "    verb) _describe -t commands command verbs ;;\n"
          "    words)\n"
          "        case $words[1] in\n",
          stdout);
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        taken what = by_verb(verb);
        printf("        %s)\n            _arguments", verb->name);
        print_zsh_options(verb, language);
        if (verb->most_inputs != 0) {
            fputs(" \\\n            '*: :", stdout);
            print_zsh_action(&what);
            fputs("'", stdout);
        }
        fputs(" ;;\n", stdout);
    }
    fputs("        esac ;;\n    esac\n}\n_nianbao \"$@\"\n", stdout);
}

/* Where the words come from that complete a value or an input. */
static void print_fish_action(const taken *what)
{
    switch (what->kind) {
    case ANYTHING:
        fputs(" -x", stdout);
        return;
    case WORDS:
        printf(" -x -a '%s'", what->words);
        return;
    case LISTS:
        fputs(" -x -a '(__fish_append , ", stdout);
        printf("%s)'", what->words);
        return;
    case FILES:
        if (!*what->words) {
            fputs(" -r -F", stdout);
            return;
        }
        fputs(" -x -k -a '(", stdout);
        for (const char *at = what->words; *at;) {
            size_t length = strcspn(at, " ");
            printf("%s__fish_complete_suffix .%.*s", at == what->words ? "" : "; ", (int)length,
                   at);
            at += length;
            at += strspn(at, " ");
        }
        fputs(")'", stdout);
        return;
    case FOLDERS:
        fputs(" -x -a '(__fish_complete_directories)'", stdout);
        return;
    case FORMS:
        fputs(" -x -a '(nianbao forms 2>/dev/null | string split -f 1 \" \")'", stdout);
        return;
    case VERBS:
        fputs(" -x -a '", stdout);
        print_verbs();
        fputs("'", stdout);
        return;
    }
}

static void print_fish_options(const nb_verb *verb, const char *when, nb_language language)
{
    for (int i = 0; i < nb_option_count; i++) {
        const nb_option *option = &nb_options[i];
        if (!nb_option_is_of(option, verb) || (verb && !option->verbs))
            continue;
        printf("complete -c nianbao%s -l %s", when, option->name);
        if (option->letter)
            printf(" -s %c", option->letter);
        if (option->value) {
            taken what = by_option(option);
            print_fish_action(&what);
        }
        fputs(" -d '", stdout);
        print_quoted(option->words[language], "\\", "\\");
        fputs("'\n", stdout);
    }
}

static void print_fish(nb_language language)
{
    char when[64];
    fputs("# Completion of nianbao for fish, made by: nianbao completion fish\n"
          "complete -c nianbao -f\n",
          stdout);
    print_fish_options(NULL, "", language);
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        printf("complete -c nianbao -n __fish_use_subcommand -a %s -d '", verb->name);
        print_quoted(verb->words[language], "\\", "\\");
        fputs("'\n", stdout);
    }
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        taken what = by_verb(verb);
        snprintf(when, sizeof when, " -n '__fish_seen_subcommand_from %s'", verb->name);
        if (verb->most_inputs != 0) {
            printf("complete -c nianbao%s", when);
            print_fish_action(&what);
            fputs("\n", stdout);
        }
        print_fish_options(verb, when, language);
    }
}

int nb_run_completion(const nb_arguments *arguments)
{
    static const char *const shells[] = { "bash", "zsh", "fish", NULL };
    const char *shell = arguments->inputs.list[0];
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh(arguments->language);
    else if (strcmp(shell, "fish") == 0)
        print_fish(arguments->language);
    else
        return nb_usage_error(arguments, "completion", nb_nearest_word(shell, shells),
                              NB_WORDS(arguments, "没有“%s”的补全；可以写 bash|zsh|fish",
                                       "there is no completion for “%s”; it takes bash|zsh|fish"),
                              shell);
    return NB_EXIT_DONE;
}
