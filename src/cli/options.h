/*
 * The command line: its verbs and options, and what was asked for. One table feeds reading and
 * help.
 */
#ifndef NB_CLI_OPTIONS_H
#define NB_CLI_OPTIONS_H

#include <nianbao/nianbao.h>
#include <stdio.h>

/* How the command ends. */
typedef enum nb_exit {
    NB_EXIT_DONE = 0,
    NB_EXIT_FINDINGS = 1, /* error findings */
    NB_EXIT_USAGE = 2,
    NB_EXIT_WARNINGS = 3, /* with --fail-on warning */
    NB_EXIT_INPUT = 4,    /* an input that cannot be read or is not a report */
    NB_EXIT_OUTPUT = 5,   /* output, font, resource or memory failure */
    NB_EXIT_LATER = 75    /* stopped, or in use by another run: try again later */
} nb_exit;

typedef enum nb_fail_on { NB_FAIL_ON_ERROR, NB_FAIL_ON_WARNING, NB_FAIL_ON_NEVER } nb_fail_on;

typedef enum nb_findings_format {
    NB_FINDINGS_TEXT,
    NB_FINDINGS_JSON,
    NB_FINDINGS_SARIF
} nb_findings_format;

enum { NB_FORMAT_COUNT = NB_TRACE + 1 };

/* The suffix of each format's files, by nb_format: "pdf". */
extern const char *const nb_format_names[NB_FORMAT_COUNT];

/* Words of the command line; the strings are argv's own. */
typedef struct nb_words {
    const char **list;
    int count;
} nb_words;

typedef struct nb_arguments {
    nb_language language;
    nb_words inputs;
    nb_words outputs;              /* -o */
    nb_words font_dirs;            /* --font-dir */
    bool formats[NB_FORMAT_COUNT]; /* -f */
    bool has_formats;
    const char *style; /* --style; NULL: the form's */
    nb_pdf_standard pdf_standard;
    const char *trace;      /* --trace; NULL: none */
    const char *fontconfig; /* --fontconfig; NULL: list the fonts */
    bool force;
    bool editable;                      /* --editable */
    bool draft;                         /* --draft */
    const char *author, *reason;        /* of a correction; NULL: not said */
    const char *date;                   /* --date; NULL: the report's */
    bool ignore_carried;                /* --ignore-carried */
    bool keep_carried;                  /* --keep-carried */
    nb_findings_format findings_format; /* --format */
    nb_fail_on fail_on;
    const char *agency;   /* --agency; NULL: none */
    int year;             /* --year; 0: none */
    bool blank;           /* --blank */
    int apply;            /* --apply; 0: none */
    bool with_template;   /* --template of init */
    const char *previous; /* --previous, a file or folder; NULL: none */
    nb_words children;    /* --child */
    nb_words rules;       /* --rule */

    struct {                      /* of the verb bulk */
        int workers;              /* -j; 0: one for each core */
        const char *name;         /* --name; NULL: the default */
        const char *template;     /* --template; NULL: each row is a report */
        const char *sheet;        /* --sheet; NULL: the first */
        int split;                /* --split; 0: one folder */
        const char *shard;        /* --shard; NULL: all rows */
        const char *archive;      /* --archive; NULL: none */
        const char *only_changed; /* --only-changed, a manifest; NULL: none */
        bool resume, retry_failed, verify;
        nb_findings_format progress; /* --progress */
        bool quiet;
    } bulk;

    struct {                 /* of the verb serve */
        const char *address; /* --address; NULL: this machine only */
        int port;            /* --port; 0: a free one */
        const char *token;   /* --token */
        nb_words hosts;      /* --host */
        const char *dir;     /* --dir */
        bool open;           /* --open */
    } serve;
    bool manual; /* --man */
    bool help;
    bool version;
} nb_arguments;

typedef struct nb_verb {
    const char *name;
    const char *synopsis;
    const char *words[2]; /* by nb_language */
    int least_inputs, most_inputs;
    int (*run)(const nb_arguments *arguments);
} nb_verb;

/* The verbs of the command, ended by one without a name. */
extern const nb_verb nb_verbs[];

/* A wording in the language that was asked for. */
#define NB_WORDS(arguments, chinese, english)                                                      \
    ((arguments)->language == NB_ENGLISH ? (english) : (chinese))

/*
 * Read the command line. *verb is NULL when none was named. Lists in *out are allocated once and
 * belong to the process. NB_EXIT_DONE, or NB_EXIT_USAGE when what is wrong has been said.
 */
int nb_read_arguments(int argc, char **argv, const nb_verb **verb, nb_arguments *out);

/* The verb of that name; NB_EXIT_USAGE when there is none and that has been said. */
int nb_find_verb(const nb_arguments *arguments, const char *name, const nb_verb **out);

/*
 * Say what is wrong with the command line of a verb ("": none), what was perhaps meant (NULL:
 * unknown), and where to read more. Returns NB_EXIT_USAGE.
 */
int nb_usage_error(const nb_arguments *arguments, const char *verb, const char *nearest,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/*
 * Whether files of a format are written into a folder: those that -f names, or else PDF and DOCX, of
 * which only the DOCX can be edited.
 */
bool nb_is_wanted(const nb_arguments *arguments, nb_format format);
/*
 * NB_EXIT_USAGE, told, when --editable stands beside another format than DOCX: in -f, or has_other
 * where the verb knows of one.
 */
int nb_editable_usage(const nb_arguments *arguments, const char *verb, bool has_other);

/* The nearest of the names to a word, or NULL when none is near. names ends with NULL. */
const char *nb_nearest_word(const char *word, const char *const *names);

/* Help on one verb, or on the whole command when it is NULL. */
void nb_print_help(const nb_arguments *arguments, const nb_verb *verb, FILE *to);

#endif
