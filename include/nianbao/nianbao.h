/*
 * nianbao: typeset the Chinese annual report on government information disclosure
 * (《政府信息公开工作年度报告》) from structured data.
 *
 * Who owns what: a function whose name holds new, load, import or build gives its caller an
 * object, which the caller ends with the drop function of the same type (NULL is no object and may be
 * dropped). Everything read out of
 * an object with lookup is borrowed and lives as long as that object. Bytes passed in are
 * borrowed for the call only.
 *
 * A nb_library holds forms, page styles and fonts. Several threads may share one, and it must
 * outlive all reports and publications made with it; a report must outlive its publications.
 * Everything else belongs to one thread at a time: a report, its publications and a list of
 * findings of their own for each thread need no lock. There is no state besides these objects, and
 * nothing is written anywhere but where the caller says.
 *
 * A pointer is given unless its comment says that it may be NULL; bytes of length 0 may be NULL too.
 * What lacks one, or has a value in its options that means nothing, such as a severity of 7, answers
 * NB_E_ARGUMENT and does nothing; a function that answers no status gives NULL, 0 or false then.
 * A call that fails adds at least one finding that says why, unless memory ran out, the caller stopped
 * it or asked for what does not exist. *out is NULL after a failure.
 *
 * Options have an initialiser each, which stands for what NULL in their place means. Set the
 * members that are to differ: later versions may add some.
 */
#ifndef NIANBAO_H
#define NIANBAO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is declared here, and nothing else, can be reached in the shared library. */
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

#define NB_VERSION "0.1.0"

/* The version of the library that runs, which may be another than NB_VERSION. The string is static. */
const char *nb_version(void);

/* How a call ended. nb_status_words says it in words. */
typedef enum nb_status {
    NB_OK = 0,              /* done */
    NB_E_FINDINGS = -1,     /* the report has error findings */
    NB_E_NOT_A_REPORT = -2, /* the input cannot be read or is not a report */
    NB_E_RESOURCE = -3,     /* a form, style, font or picture is missing or broken */
    NB_E_OUTPUT = -4,       /* the output cannot be written */
    NB_E_MEMORY = -5,       /* memory ran out */
    NB_E_ARGUMENT = -6,     /* the caller asked for something that does not exist */
    NB_E_LATER = -7         /* stopped, or another run is at work there; try again later */
} nb_status;

/*
 * Where memory comes from. allocate gives memory aligned for any type, or NULL when there is none;
 * release takes it back. Both are called from every thread that uses what they were given to, and
 * call nothing of this library. What grows with a report comes from them: findings, the library's
 * forms, reports, publications and what is written from them. Not so files read by nb_input_load, the
 * glyphs and tables of characters that a library keeps of its fonts, the lists of bulk runs and
 * servers, texts to be ended with free, and what the libraries below ask for by themselves: libharu
 * while a PDF is written, libzip, HarfBuzz, fontconfig, jansson, libxml2, PCRE2 and libmicrohttpd.
 */
typedef struct nb_allocator {
    void *(*allocate)(void *context, size_t size); /* size in bytes */
    void (*release)(void *context, void *memory);  /* memory is never NULL */
    void *context;                                 /* of both; the caller's */
} nb_allocator;

/* What a long call is at. */
typedef enum nb_stage {
    NB_STAGE_READ,    /* a published report */
    NB_STAGE_CHECK,   /* the rules of the form */
    NB_STAGE_COMPOSE, /* the document with its pictures */
    NB_STAGE_LAYOUT,  /* in paragraphs and tables */
    NB_STAGE_WRITE    /* a format */
} nb_stage;

/*
 * How a long call is watched, on the thread that made it. The functions call nothing of the library
 * that works on the same objects. Each may be NULL.
 */
typedef struct nb_watch {
    /*
     * Asked at each step and, as memory is taken, between: true ends the call with NB_E_LATER.
     * From one time to the next it takes some milliseconds in a report of usual length, tenths of a
     * second in one of 10 MB, and as long as a library below is at work, such as the reader of PDFs.
     */
    bool (*should_stop)(void *context);
    /* done of total steps of the stage; both are 0 where the steps cannot be counted. */
    void (*progress)(void *context, nb_stage stage, size_t done, size_t total);
    void *context; /* of both; the caller's */
} nb_watch;

/* Of findings and of the words in them. */
typedef enum nb_language { NB_CHINESE, NB_ENGLISH } nb_language;

/* What a status means, in words of a language. The string is static. */
const char *nb_status_words(nb_status status, nb_language language);
/* The same in English: the words beside the value above. */
const char *nb_status_message(nb_status status);

/*
 * What an errno value means, for programs that open files themselves. The string is static or the
 * C library's, as of strerror.
 */
const char *nb_system_words(int reason, nb_language language);

/* How grave a finding is: a report with errors is not built unless the caller insists. */
typedef enum nb_severity { NB_INFO, NB_WARNING, NB_ERROR } nb_severity;

/* One thing found in an input. Strings are UTF-8 and never NULL; an unknown place is "" or 0. */
typedef struct nb_finding {
    nb_severity severity; /* what it is after settings */
    const char *rule;     /* "A2", "L3", …: stable ids */
    const char *file;     /* as the caller named the input */
    int line;             /* from 1; 0 when unknown */
    int column;           /* from 1, in characters; 0 when unknown */
    int length;           /* in characters from there on; 0 when unknown */
    const char *pointer;  /* JSON Pointer (RFC 6901) into the report */
    const char *message;  /* what is so */
    const char *hint;     /* what to do */
    const char *clause;   /* the text that asks for it */
    const char *reason;   /* of a suppressed finding: why its rule is off, as the report says */
} nb_finding;

/* A growing list of findings; one list may collect from many reports. */
typedef struct nb_findings nb_findings;

nb_findings *nb_findings_new(nb_language language); /* NULL when memory ran out */
/* The same in memory of an allocator, which is copied; NULL: malloc. */
nb_findings *nb_findings_new_with(nb_language language, const nb_allocator *allocator);
void nb_findings_drop(nb_findings *findings);
/* How many there are, in the order of their telling. */
size_t nb_findings_count(const nb_findings *findings);
/* How many there are of one severity; one that was lost when memory ran out counts as an error. */
size_t nb_findings_count_of(const nb_findings *findings, nb_severity severity);
/* The finding of that index, from 0; NULL past the last. */
const nb_finding *nb_findings_lookup(const nb_findings *findings, size_t index);
/* Findings of rules that are turned off; they are counted nowhere else. */
size_t nb_findings_count_suppressed(const nb_findings *findings);
/* The same of those that are not told because their rule is off. */
const nb_finding *nb_findings_lookup_suppressed(const nb_findings *findings, size_t index);
/*
 * The list as JSON, a newline at the end: {"findings": [{"rule", "severity", "file", "line",
 * "column", "length", "pointer", "message", "hint", "clause"}], "errors", "warnings"}, with
 * "suppressed", whose members have a "reason" too, when there are any. NB_OK or NB_E_MEMORY; the
 * text is the caller's, to be ended with free.
 */
nb_status nb_findings_json(const nb_findings *findings, char **text, size_t *length);

/* Forms, page styles and fonts, loaded once for many reports. */
typedef struct nb_library nb_library;

/* Where a library finds things. */
typedef struct nb_library_options {
    const char *data_dir;          /* folder with layouts/ and fonts/; NULL: found by itself */
    const char *const *font_dirs;  /* folders with fonts, searched first; NULL: none */
    size_t font_dir_count;         /* of font_dirs */
    const nb_allocator *allocator; /* for all that is made with the library; copied; NULL: malloc */
} nb_library_options;

#define NB_LIBRARY_OPTIONS_INIT                                                                    \
    {                                                                                              \
        NULL, NULL, 0, NULL                                                                        \
    }

/*
 * Find the folder of forms and fonts: data_dir, or else the environment's NIANBAO_DATA, or else
 * ../share/nianbao beside the running program, or where the library was installed or built. A
 * form, a style and the fonts are loaded when they are first needed, under a lock. NB_E_RESOURCE
 * when there is no such folder: one that the caller or the environment names is not passed over
 * for another. options may be NULL, its strings are copied.
 */
nb_status nb_library_new(const nb_library_options *options, nb_findings *findings,
                         nb_library **out);
void nb_library_drop(nb_library *library);

/* A form that the library has. */
typedef struct nb_form_info {
    const char *id;     /* as a report's "form" names it */
    const char *name;   /* as people call it */
    const char *source; /* the official text */
    const char *style;  /* name of its page style */
    bool is_made;       /* the library fills it in by itself: nobody files it */
} nb_form_info;

/*
 * Call visit for each form, in the order of their ids. A form that cannot be loaded is a finding,
 * and NB_E_RESOURCE at the end.
 */
nb_status nb_library_forms(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_form_info *info), void *context);

/*
 * The form's file: its fields, tables, parts and arithmetic as JSON. The text is the library's.
 * NB_E_RESOURCE when there is no such form.
 */
nb_status nb_library_form_json(nb_library *library, const char *id, nb_findings *findings,
                               const char **json, size_t *length);

/* What is known of a report to begin with. */
typedef struct nb_skeleton_options {
    const char *agency; /* NULL: to be filled in */
    int year;           /* from 1949 to 2999; 0: to be filled in */
    bool blank;         /* numbers are null, so that none can be forgotten; else 0 */
} nb_skeleton_options;

#define NB_SKELETON_OPTIONS_INIT                                                                   \
    {                                                                                              \
        NULL, 0, false                                                                             \
    }

/*
 * A report of a form to begin with, as JSON: every key but the date and the totals, which are
 * computed. NB_E_ARGUMENT with a finding (rule S6) when there is no such form. options may be NULL.
 * The text is the caller's, to be ended with free.
 */
nb_status nb_library_skeleton(nb_library *library, const char *form,
                              const nb_skeleton_options *options, nb_findings *findings,
                              char **text, size_t *length);

/* The JSON Schema (draft-07) of a form's reports, as nb_library_skeleton gives the report. */
nb_status nb_library_schema(nb_library *library, const char *form, nb_findings *findings,
                            char **text, size_t *length);

/* The bytes of a file, read whole. */
typedef struct nb_input nb_input;

/*
 * Read a file of at most 64 MiB; "-" is standard input. NB_E_NOT_A_REPORT with a finding, rule
 * "IO", when it cannot be read.
 */
nb_status nb_input_load(const char *path, nb_findings *findings, nb_input **out);
void nb_input_drop(nb_input *input);
/* The bytes, with a NUL after them that length does not count; they are the input's. */
const char *nb_input_lookup(const nb_input *input, size_t *length);

/* A report read against its form, with the places where its values were written. */
typedef struct nb_report nb_report;

/*
 * Read a report from JSON text (UTF-8). name is what findings call the input. NB_OK also when
 * there are error findings but the report could be read as far as it goes; NB_E_NOT_A_REPORT when
 * the text is not JSON (rule S1) or names no known form (S6). The other rules of reading: S2
 * unknown key, S3 wrong kind of value, S4 missing value, S5 unprintable character, S7 a {name} in a
 * text that stands for no value.
 */
nb_status nb_report_load(nb_library *library, const char *json, size_t length, const char *name,
                         nb_findings *findings, nb_report **out);

/* How a published report is read. */
typedef struct nb_import_options {
    bool ignore_carried;   /* recognise the report in the text, though the file carries its data */
    bool keep_carried;     /* take the data that a DOCX carries, though its text was edited */
    const nb_watch *watch; /* NULL: none */
} nb_import_options;

#define NB_IMPORT_OPTIONS_INIT                                                                     \
    {                                                                                              \
        false, false, NULL                                                                         \
    }

/*
 * Recognise a report in a published one: a DOCX, a PDF, a web page, or text extracted from it (UTF-8
 * or GB 18030). Which of them it is, is told by its first bytes. A file that this library wrote
 * carries the report's JSON: that is read, as by nb_report_load, and I1 says so. What was edited in
 * a DOCX since is taken into it: I5 tells each edit, I3 how many, as information in an editable one
 * and as warnings in a published one; I6 (error) where its text and the data of its controls were
 * edited differently, and the text is taken. When the text of another file shows something else,
 * that is told by the warnings of nb_report_verify and by I3. Without such data the
 * form is the one that explains the text best, and values are kept as they stand, right or wrong.
 * Lines of findings are paragraphs in a DOCX. Rules: I1 (information) what was tidied, I2 (warning)
 * text without a place in the form, I4 (warning) what was taken in a way that its author may not
 * have meant, I7 (information) that the file says it is a draft, S4 (error) what the form demands and
 * the text lacks; the status is NB_OK all the same. NB_E_NOT_A_REPORT when no form knows the text, or
 * when the file is damaged, encrypted, of another kind, or too large unpacked (rule IO). options may
 * be NULL.
 */
nb_status nb_report_import(nb_library *library, const char *bytes, size_t length, const char *name,
                           const nb_import_options *options, nb_findings *findings,
                           nb_report **out);

/*
 * Whether what a file shows is still the report that it carries. Each difference is an error: V1 a
 * value of a table, V2 a sentence, V3 the data, whose SHA-256 is not the one stated for them, I2
 * text that no report holds. NB_OK when there is none, else NB_E_FINDINGS. I7 (information) tells
 * that the file says it is a draft. NB_E_NOT_A_REPORT when the file cannot be read or carries no
 * report (rule IO).
 */
nb_status nb_report_verify(nb_library *library, const char *bytes, size_t length, const char *name,
                           nb_findings *findings);
void nb_report_drop(nb_report *report);

/*
 * The report as canonical JSON: the form's key order, 4 spaces, UTF-8, a newline at the end. The
 * text is the report's.
 */
nb_status nb_report_canonical(nb_report *report, const char **json, size_t *length);

/* What the findings of one rule are to be in place of what the rule says itself. */
typedef struct nb_rule_setting {
    const char *rule;     /* "L5" */
    bool is_off;          /* they are no findings at all … */
    nb_severity severity; /* … and else of this severity */
} nb_rule_setting;

/* Whether a report is on the year after another, of the same agency. */
bool nb_report_is_sequel(const nb_report *report, const nb_report *previous);

/* A rule that reports are checked by. Its strings are the library's. */
typedef struct nb_rule_info {
    const char *id;       /* "L5" */
    nb_severity severity; /* unless a report or a setting says otherwise */
    const char *name[2];  /* what it says, in a line, by nb_language */
    const char *clause;   /* the text that asks for it; may be "" */
    const char *form;     /* of whose reports it is; "" for any */
    bool is_fixed;        /* no setting changes it */
} nb_rule_info;

/*
 * Call visit for each rule: those for any report, then those of each form, where ids may come
 * again. A form that cannot be loaded is a finding, and NB_E_RESOURCE at the end.
 */
nb_status nb_library_rules(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_rule_info *info), void *context);

/*
 * What a report is checked with. Children must be on the same year and of the same form; one of the
 * report's own agency is passed over, so that a whole folder may be given.
 */
typedef struct nb_check_options {
    const nb_report *previous;  /* the same agency's report on the year before; NULL: unknown */
    nb_report *const *children; /* reports of the agencies below it */
    size_t child_count;         /* of children */
    const nb_rule_setting *settings; /* the last one of a rule counts */
    size_t setting_count;            /* of settings */
    const nb_watch *watch;           /* NULL: none */
} nb_check_options;

#define NB_CHECK_OPTIONS_INIT                                                                      \
    {                                                                                              \
        NULL, NULL, 0, NULL, 0, NULL                                                               \
    }

/* What is known of a value. */
typedef enum nb_value_state {
    NB_VALUE_MISSING,  /* not in the report */
    NB_VALUE_BLANK,    /* null: an empty cell, which is not 0 */
    NB_VALUE_STATED,   /* written by the author */
    NB_VALUE_COMPUTED, /* left out, and filled in by the form's arithmetic */
    NB_VALUE_INVALID   /* written, but not what the field holds; text keeps it as written */
} nb_value_state;

/* One value of a report. Strings are never NULL. */
typedef struct nb_value_info {
    const char *pointer;  /* "/requests/received/0" */
    const char *label;    /* as the table that shows it names it; else the pointer */
    const char *text;     /* as it is printed; "" for a missing or blank one, and for lists */
    nb_value_state state; /* whether and how it is there */
} nb_value_info;

/*
 * Make a report without JSON: the one that nb_library_skeleton writes, whose values are then set.
 * name is what findings call it. NB_E_ARGUMENT with a finding (rule S6) when there is no such form.
 * options may be NULL.
 */
nb_status nb_report_new(nb_library *library, const char *form, const char *name,
                        const nb_skeleton_options *options, nb_findings *findings, nb_report **out);

/*
 * Set values of a report, made or read. Totals that the report leaves to the form's arithmetic are
 * computed again; one that is stated stays so until it is cleared. Texts are UTF-8 and copied.
 * NB_E_ARGUMENT, and nothing is changed, when the form has no such pointer, another kind of value
 * there, or the value is none of that kind: an empty text, a year before 1949, 29 February of a
 * year without it, a path that leads out of a folder. Everything else that reading would find
 * (missing values, negative counts, unprintable characters, names that stand for nothing) is told
 * when the report is checked or built next, without line and column. Publications that were built
 * before stay as they are.
 */

/* A count, a year, a change, or an amount that is whole. */
nb_status nb_report_set_number(nb_report *report, const char *pointer, int64_t number);
/*
 * A row of counts, "/requests/received": all its entries, or all but the last, the total, which is
 * then computed.
 */
nb_status nb_report_set_row(nb_report *report, const char *pointer, const int64_t *numbers,
                            size_t count);
/* A line of text, a date as YYYY-MM-DD, or an amount, a decimal as it is to be printed. */
nb_status nb_report_set_text(nb_report *report, const char *pointer, const char *text);
/* Yes or no. */
nb_status nb_report_set_flag(nb_report *report, const char *pointer, bool flag);
/* A number becomes an empty cell, which is not 0. */
nb_status nb_report_set_blank(nb_report *report, const char *pointer);
/* The value is as if it had never been written; a list has no paragraphs, a row no entries. */
nb_status nb_report_clear(nb_report *report, const char *pointer);
/*
 * One more paragraph or heading at the end of a list: of a section, the title, the attachments or
 * notes. style is as in JSON ("heading1", …); NULL: what the text itself shows.
 */
nb_status nb_report_add_paragraph(nb_report *report, const char *pointer, const char *style,
                                  const char *text);
/*
 * A picture at the end of a section: its path below nb_build_options.picture_dir or a data: address,
 * what it shows in words, a caption and a width such as "120mm", which may be NULL.
 */
nb_status nb_report_add_picture(nb_report *report, const char *pointer, const char *path,
                                const char *alt, const char *caption, const char *width);

/* Look one value up. False when the form has no such pointer. */
bool nb_report_lookup_value(const nb_report *report, const char *pointer, nb_value_info *out);

/* Call visit for each value that the report's form knows, in the form's order. */
void nb_report_visit_values(const nb_report *report,
                            void (*visit)(void *context, const nb_value_info *value),
                            void *context);

/*
 * Apply every rule of the report's form, as the report's "checks" and then the settings have it; a
 * setting of a rule that the form does not have changes nothing. NB_OK, or NB_E_FINDINGS when an error was added. What
 * was found when the report was read is not told again. options may be NULL.
 */
nb_status nb_report_check(nb_report *report, const nb_check_options *options,
                          nb_findings *findings);

/* What a difference is about. */
typedef enum nb_report_change_kind {
    NB_CHANGE_VALUE,    /* a value by itself: a figure, a date, the agency */
    NB_CHANGE_SENTENCE, /* a sentence of a text that both reports have */
    NB_CHANGE_TEXT,     /* a paragraph, line or picture that only one report has */
    NB_CHANGE_LOOK      /* a paragraph's style; a picture's file, alt text or width */
} nb_report_change_kind;

/* Bytes of the old text that became bytes of the new one; either range may be empty. */
typedef struct nb_changed_range {
    size_t old_start, old_end; /* in bytes; the end is not in it */
    size_t new_start, new_end; /* likewise */
} nb_changed_range;

/* One difference of two reports. */
typedef struct nb_report_change {
    nb_report_change_kind kind; /* what differs */
    const char *label; /* "表三 …8.属于行政查询事项 · 自然人", "一、总体情况 第2段" */
    const char *old_pointer;  /* JSON Pointer of the value or text in the old report; "": none */
    const char *new_pointer;  /* the same in the new one */
    const char *old_text;     /* as it is shown; "" for a blank cell; NULL: there is none */
    const char *new_text;     /* likewise */
    int old_line, old_column; /* where it was written; 0 when unknown */
    int new_line, new_column; /* likewise */
    const nb_changed_range *ranges; /* of a sentence that is in both: what in it changed */
    size_t range_count;             /* of ranges */
    /* it only follows from other changes: a computed total, or a text that names a value */
    bool follows;
} nb_report_change;

/* The differences of two reports. It outlives them. */
typedef struct nb_report_diff nb_report_diff;

/*
 * Compare two reports of one form by what they say: values by their slot, texts paragraph by
 * paragraph, sentence by sentence, and within a sentence by words. NB_E_ARGUMENT with a finding,
 * rule D1, when the reports are of different forms, whose values do not correspond. The labels'
 * own words are in the language of the findings.
 */
nb_status nb_report_diff_new(nb_report *old_report, nb_report *new_report, nb_findings *findings,
                             nb_report_diff **out);
void nb_report_diff_drop(nb_report_diff *diff);
/* How many differences there are, in the form's order. */
size_t nb_report_diff_count(const nb_report_diff *diff);
/* The difference of that index, from 0; NULL past the last. */
const nb_report_change *nb_report_diff_lookup(const nb_report_diff *diff, size_t index);
/*
 * The same as a JSON Patch (RFC 6902) that makes the old report's canonical JSON the new one's,
 * each replace and remove after a test of what was there. "[]\n" for none. The text is the diff's.
 */
const char *nb_report_diff_patch(const nb_report_diff *diff, size_t *length);

/*
 * Apply a JSON Patch (RFC 6902) to the canonical JSON of a report, which is not changed, and read
 * what comes of it as a new report; name is what findings call the patch. All operations are done
 * or none: NB_E_NOT_A_REPORT when the patch is none (rules S1, J1) or its result is no report,
 * NB_E_FINDINGS when a place is missing (J2) or a test fails (J3). Findings of reading the result
 * name it as the report with "#patched" after its name.
 */
nb_status nb_patch_apply(nb_library *library, nb_report *report, const char *patch, size_t length,
                         const char *name, nb_findings *findings, nb_report **out);

/* A cell and the number that it would have. */
typedef struct nb_repair_cell {
    const char *label;    /* "表三 …8.属于行政查询事项 · 自然人" */
    const char *pointer;  /* JSON Pointer */
    const char *old_text; /* as it is written; "" for a blank cell */
    int64_t new_value;    /* that it would have */
    bool is_fill;         /* it had no number, so that filling it counts as no change */
    int line, column;     /* where it was written; 0 when unknown */
} nb_repair_cell;

/* One way to make all equations of the form hold. */
typedef struct nb_repair {
    const nb_repair_cell *cells; /* in the form's order */
    size_t cell_count;           /* of cells */
    size_t change_count;         /* of them, those that had a number */
    const char *const *reasons;  /* what it mends, and what speaks for and against it */
    size_t reason_count;         /* of reasons */
} nb_repair;

/* How a search for repairs ended. */
typedef enum nb_repair_outcome {
    NB_REPAIR_NOT_NEEDED, /* all equations hold and no cell is blank that they settle */
    NB_REPAIR_FOUND,
    NB_REPAIR_NOT_FOUND /* nothing within the bounds of the search makes them hold */
} nb_repair_outcome;

/* What a search for repairs goes by. */
typedef struct nb_repair_options {
    const nb_report *previous; /* the same agency's report on the year before; NULL: unknown */
    size_t most;               /* repairs to be told; 0: 10 */
} nb_repair_options;

#define NB_REPAIR_OPTIONS_INIT                                                                     \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

/* The repairs of a report, the likeliest first. They outlive it. */
typedef struct nb_repairs nb_repairs;

/*
 * Look for the fewest changes of numbers that make all equations of the report's form hold, and
 * fill the cells without a number that the equations settle. Repairs with fewer changes come first;
 * among those of one size the ones that the text and last year's report bear out, that change what
 * several equations contradict, and that look like a slip of typing. A total that was left out is
 * computed and never a fault. Nothing is changed. options may be NULL.
 */
nb_status nb_repairs_new(nb_report *report, const nb_repair_options *options, nb_findings *findings,
                         nb_repairs **out);
void nb_repairs_drop(nb_repairs *repairs);
/* Whether any were needed and found. */
nb_repair_outcome nb_repairs_outcome(const nb_repairs *repairs);
/* Every repair with the fewest changes was found; else the search stopped at its bounds. */
bool nb_repairs_are_complete(const nb_repairs *repairs);
/* How many can be looked up. */
size_t nb_repairs_count(const nb_repairs *repairs);
/* How many were found, 500 at most are counted; those past the most are not told. */
size_t nb_repairs_found(const nb_repairs *repairs);
/* The repair of that index, from 0; NULL past the last. */
const nb_repair *nb_repairs_lookup(const nb_repairs *repairs, size_t index);
/*
 * A repair as a JSON Patch with tests, for nb_patch_apply; NULL when there is no such repair. The
 * text is the repairs'.
 */
const char *nb_repairs_patch(const nb_repairs *repairs, size_t index, size_t *length);

/* What a publication is written as. */
typedef enum nb_format {
    NB_PDF,
    NB_DOCX,
    NB_OFD,
    NB_HTML,
    NB_TRACE /* the placed pages as text, for tests */
} nb_format;

/* What a PDF promises, to those who keep it and to those who cannot see it. */
typedef enum nb_pdf_standard {
    NB_PDF_A_3A, /* PDF/A-3a and PDF/UA-1, with the report's JSON attached */
    NB_PDF_A_2A, /* PDF/A-2a and PDF/UA-1, for archives that take no attachment */
    NB_PDF_PLAIN /* PDF 1.7, without structure */
} nb_pdf_standard;

/* How a report is set into pages. */
typedef struct nb_build_options {
    bool force;        /* write a report that has error findings, its values as they stand */
    const char *style; /* name of the page style; NULL: the form's own */
    nb_pdf_standard pdf_standard; /* of the PDF */
    /* folder below which pictures are; NULL: only those in the report itself */
    const char *picture_dir;
    const nb_check_options *checks; /* NULL: as they are by themselves */
    const nb_watch *watch;          /* of checking and setting; NULL: none */
    /*
     * The DOCX is a form: values and paragraphs stand in content controls, and all else is locked.
     * nb_report_import reads back what was edited in it.
     */
    bool editable;
    /*
     * The day of the report (成文日期), YYYY-MM-DD: it is checked, set and carried as if its JSON said
     * so. The report itself stays as it is, and so does what reading it found. NULL: its own.
     */
    const char *date;
    /*
     * Not to be published: the page style's mark of a draft stands at the head of each page, and
     * after the title where only that is shown. Lines and pages are those without it. Errors hinder
     * it as little as with force.
     */
    bool draft;
} nb_build_options;

#define NB_BUILD_OPTIONS_INIT                                                                      \
    {                                                                                              \
        false, NULL, NB_PDF_A_3A, NULL, NULL, NULL, false, NULL, false                             \
    }

/* Whether a text is a day that a report may be of: YYYY-MM-DD, from 1949, 29 February in leap years. */
bool nb_date_is_valid(const char *text);

/* The typeset report, from which each format is written. */
typedef struct nb_publication nb_publication;

/*
 * Check the report and set it into pages. NB_E_FINDINGS when reading or checking it found errors
 * and force and draft are false; with one a warning, rule B1, says that it is set as it stands.
 * NB_E_RESOURCE with a finding for each character that no font has, and each picture (rule IMG)
 * that is missing, broken or too large. NB_E_ARGUMENT with a finding when the date of the options is
 * none (S3) or the form has no date (S2). options may be NULL.
 */
nb_status nb_publication_build(nb_library *library, nb_report *report,
                               const nb_build_options *options, nb_findings *findings,
                               nb_publication **out);
void nb_publication_drop(nb_publication *publication);
/* How many pages it has. */
size_t nb_publication_page_count(const nb_publication *publication);

/* Write one format into memory. The bytes live until the publication is dropped. */
nb_status nb_publication_write(nb_publication *publication, nb_format format, nb_findings *findings,
                               const unsigned char **bytes, size_t *length);

/*
 * Write one format to a function that takes some bytes after the others, in pieces of at most 64
 * KiB; it returns false when it cannot, which ends the writing with NB_E_OUTPUT and a finding, rule
 * "IO". It is called only when the whole document has been made: nothing comes of one that fails.
 */
nb_status nb_publication_write_to(nb_publication *publication, nb_format format,
                                  nb_findings *findings,
                                  bool (*write)(void *context, const void *bytes, size_t length),
                                  void *context);

/* Write one format to a file, as nb_file_save does. */
nb_status nb_publication_save(nb_publication *publication, nb_format format, const char *path,
                              nb_findings *findings);

/* Watch what writes this publication from now on. watch is borrowed until it is replaced; NULL: none. */
void nb_publication_watch(nb_publication *publication, const nb_watch *watch);

/*
 * Write one page, counted from 0, as SVG: the glyphs of the PDF at their places, and their text over
 * them unseen. What shows a value of the report stands in a g element whose data-pointer is that
 * value's JSON Pointer. With shared_glyphs the shapes are not in it: nb_library_write_glyphs_svg
 * gives them, once for many pages. The text lives until the publication is dropped.
 * NB_E_ARGUMENT when there is no such page.
 */
nb_status nb_publication_write_page_svg(nb_publication *publication, size_t page,
                                        bool shared_glyphs, nb_findings *findings, const char **svg,
                                        size_t *length);

/* One place that a correction changes. Strings live as long as the correction. */
typedef struct nb_correction_change {
    const char *section;  /* the heading above it; "" before the first */
    const char *place;    /* there: a cell's row and column, a paragraph's number; may be "" */
    const char *pointer;  /* JSON Pointer into the new report, or the old one if it is gone */
    const char *old_text; /* as printed; a long text is shortened with …… around the change */
    const char *new_text; /* likewise */
} nb_correction_change;

/* How a report is re-issued. */
typedef struct nb_correction_options {
    /* of the new report and the note, which are of their own date; NULL: as without options */
    const nb_build_options *build;
    const char *old_picture_dir; /* as nb_build_options.picture_dir, for the old report */
    const char *author;          /* who made the marked changes; NULL: the agency */
    const char *date;   /* of the changes and the note, YYYY-MM-DD; NULL: the new report's */
    const char *reason; /* why, for the note; NULL: it says nothing of it */
} nb_correction_options;

#define NB_CORRECTION_OPTIONS_INIT                                                                 \
    {                                                                                              \
        NULL, NULL, NULL, NULL, NULL                                                               \
    }

/* The re-issue of a report that was published with mistakes. */
typedef struct nb_correction nb_correction;

/*
 * Set the new report and compare what both print. Errors in the old one do not matter; those in the
 * new one do, as in nb_publication_build. NB_E_FINDINGS with an error E1 when the reports are of
 * two forms, E2 when agency and year both differ (a warning when one does: it may be what was
 * wrong), E3 when both print the same, so that there is nothing to correct. A warning E4 tells that
 * the old one was imported from a draft. Both reports must outlive the correction. options may be
 * NULL, its strings are copied.
 */
nb_status nb_correction_build(nb_library *library, nb_report *old_report, nb_report *new_report,
                              const nb_correction_options *options, nb_findings *findings,
                              nb_correction **out);
void nb_correction_drop(nb_correction *correction);

/* How many places changed. */
size_t nb_correction_change_count(const nb_correction *correction);
/* The place of that index, from 0; NULL past the last. */
const nb_correction_change *nb_correction_change_lookup(const nb_correction *correction,
                                                        size_t index);
/*
 * The new report, and the note to its readers (更正说明), as publications to be written in any
 * format. They are the correction's.
 */
nb_publication *nb_correction_report(nb_correction *correction);
/* The note to its readers (更正说明), as above. */
nb_publication *nb_correction_note(nb_correction *correction);
/* A file of the re-issue. */
typedef struct nb_correction_file {
    const char *role;  /* what it is to the correction: "report", "redline", "note", "patch", … */
    const char *name;  /* "report.pdf" */
    const void *bytes; /* its content … */
    size_t length;     /* … and how many bytes that is */
} nb_correction_file;

/*
 * All files of the re-issue: report.pdf, .docx and .json; redline.docx, in which every change to the
 * old report is marked (w:ins, w:del), so that accepting all gives the new text and rejecting all
 * the old; note.pdf, .docx and .json; patch.json, a JSON Patch from the old report to the new one;
 * and manifest.json: program, form, agency, year, author, date, reason, how many findings the new
 * report has, each change, and each file with its size and SHA-256, the old one (role "old", named
 * old_name) among them. Everything is the correction's.
 */
nb_status nb_correction_write(nb_correction *correction, const char *old_name,
                              const void *old_bytes, size_t old_length, nb_findings *findings,
                              const nb_correction_file **out, size_t *count);

/*
 * Write bytes to a file that appears whole or not at all, after a power cut too (a temporary file
 * beside it, which reaches the disk, then a rename). A device or pipe is written to as it is; "-" is
 * standard output. NB_E_OUTPUT with a finding, rule "IO", when it cannot be written.
 */
nb_status nb_file_save(const char *path, const void *bytes, size_t length, nb_findings *findings);

/* One font role as it was resolved on this machine. */
typedef struct nb_font_info {
    const char *role;        /* "body" */
    const char *office_name; /* the name written into a DOCX: "仿宋_GB2312" */
    const char *face;        /* PostScript name of the face in use; "" when none was found */
    const char *file;        /* path of the face's file */
    int index;               /* of the face in its file */
    const char *licence;     /* as the font states it; "" when it does not */
    int covered;             /* how many of the sampled characters the face draws … */
    int sampled;   /* … of how many: printable ASCII and the hanzi from U+4E00 to U+9FA5 */
    bool is_first; /* of its role: this face draws what it has, the next ones the rest */
} nb_font_info;

/*
 * Call visit for each role of the font manifest, once for each face of its chain: a character is
 * drawn by the first that has it.
 */
nb_status nb_library_fonts(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_font_info *info), void *context);

/*
 * The shapes of glyphs of one face, named as the pages of nb_publication_write_page_svg name them:
 * "face.glyph". An svg element whose defs hold a path for each. The text is the caller's, to be ended
 * with free. NB_E_ARGUMENT when the library has no such face.
 */
nb_status nb_library_write_glyphs_svg(nb_library *library, const char *face, const uint32_t *glyphs,
                                      size_t count, nb_findings *findings, char **svg,
                                      size_t *length);

/*
 * A fontconfig file that gives each office name the face that the role has here, so that another
 * program sets a DOCX of this library in the faces of the PDF (FONTCONFIG_FILE names it). The
 * text is the caller's, to be ended with free.
 */
nb_status nb_library_fontconfig(nb_library *library, nb_findings *findings, char **text,
                                size_t *length);

/* How far a run over many reports is. */
typedef struct nb_bulk_progress {
    size_t done, failed, kept; /* rows; kept ones, from an earlier run, are among the others too */
    uint64_t read, size;       /* bytes of the input; size is 0 when it is not known */
    bool is_last;              /* the run is over */
} nb_bulk_progress;

/* How many reports are made in one run. */
typedef struct nb_bulk_options {
    const char *input;          /* .jsonl, .csv, .tsv, .xlsx; "-": JSON Lines on standard input */
    const char *template_file;  /* what rows are filled into; NULL: each row is a report */
    const char *sheet;          /* of an .xlsx; NULL: the first */
    const char *folder;         /* where files and manifest go; made when it is missing */
    const char *archive;        /* a zip that all files are put into as well; NULL: none */
    bool formats[NB_TRACE + 1]; /* by nb_format */
    nb_build_options build;     /* of every row */
    int workers;                /* 0: as many as there are cores */
    const char *name;           /* pattern of the files' names; NULL: "{row}-{agency}" */
    int per_folder;    /* rows that share a folder below the folder; 0: all in the folder itself */
    int shard;         /* from 1: of the rows, each shard_count-th; 0: all */
    int shard_count;   /* how many parts there are */
    bool resume;       /* go on where an earlier run stopped */
    bool retry_failed; /* with resume: rows that failed are tried again */
    bool verify;       /* with resume: the content of files is read, not only their size */
    size_t most_rows;  /* an input of more is refused before anything is made; 0: no limit */
    /* a manifest of the same folder: rows of which nothing changed are not made again; NULL: none */
    const char *only_changed;
    /* Asked between rows and when a signal interrupts: true ends the run after the rows in hand. */
    bool (*should_stop)(void *context);
    /* Called a few times a second from the calling thread, and once at the end. */
    void (*progress)(void *context, const nb_bulk_progress *progress);
    void *context; /* of both; they may be NULL */
} nb_bulk_options;

#define NB_BULK_OPTIONS_INIT                                                                       \
    {                                                                                              \
        NULL, NULL, NULL, NULL, NULL, { false, false, false, false, false },                       \
            NB_BUILD_OPTIONS_INIT, 0, NULL, 0, 0, 0, false, false, false, 0, NULL, NULL, NULL,     \
            NULL                                                                                   \
    }

/* What became of the rows. */
typedef struct nb_bulk_summary {
    size_t rows, done, failed, warned, kept; /* how many; kept: from an earlier run */
} nb_bulk_summary;

/*
 * Make the files of every row of an input, and FOLDER/manifest.jsonl, which says of each row what
 * became of it (docs/bulk.md has its members). A row that fails costs only itself: NB_OK also when
 * rows failed, with a finding, rule B0, for the first of them. Bytes depend on a row, the options
 * and the library, not on workers, shards or earlier runs. NB_E_LATER when should_stop ended it, or
 * another run is writing there; what is done is kept for resume. NB_E_OUTPUT when the disk is full,
 * likewise.
 */
nb_status nb_bulk_run(nb_library *library, const nb_bulk_options *options, nb_findings *findings,
                      nb_bulk_summary *out);

/*
 * Which part of the rows a machine of several makes: "I/N", "auto" from the variables that Slurm or
 * Grid Engine set for the jobs of an array, "auto/N" from those or those of Kubernetes or GNU
 * parallel. NB_E_ARGUMENT with a finding, rule B7.
 */
nb_status nb_bulk_shard(const char *text, nb_findings *findings, int *shard, int *shard_count);

/*
 * What an office fills in to make many reports of a form: hand out template.json, rows.csv and
 * rows.xlsx with a column for each value of the form but the computed ones, and README.txt. The
 * bytes live for the call only. NB_E_ARGUMENT with a finding (rule S6) when there is no such form.
 */
nb_status nb_bulk_starter(nb_library *library, const char *form, nb_findings *findings,
                          void (*visit)(void *context, const char *name, const unsigned char *bytes,
                                        size_t length),
                          void *context);

/*
 * Join the manifests of all shards, named by file or folder, into the manifest that one machine
 * writes, and all files into a zip unless archive is NULL. NB_E_NOT_A_REPORT, with a finding of
 * rule B8, when one is missing, unfinished, there twice, changed, or of another run.
 */
nb_status nb_bulk_merge(const char *const *paths, size_t count, const char *out_path,
                        const char *archive, nb_findings *findings, nb_bulk_summary *out);
/* A web server for a page that fills in, checks and typesets reports. */
typedef struct nb_server nb_server;

/* Where a server answers, and whom. */
typedef struct nb_server_options {
    const char *address;      /* in numbers; NULL: 127.0.0.1, which only this machine reaches */
    int port;                 /* 0: one that is free */
    const char *token;        /* what a browser must know; needed where others reach the address */
    const char *const *hosts; /* further names by which the server may be asked for */
    size_t host_count;        /* of hosts */
    const char *draft_dir;    /* where drafts are kept, made when missing; NULL: nowhere */
    unsigned workers;         /* threads, at most 64; 0: as many as there are cores */
} nb_server_options;

#define NB_SERVER_OPTIONS_INIT                                                                     \
    {                                                                                              \
        NULL, 0, NULL, NULL, 0, NULL, 0                                                            \
    }

/*
 * Begin to serve, on threads of its own. It fetches nothing from anywhere. NB_E_ARGUMENT with a
 * finding when the address is none or lacks a token, or the port is none, NB_E_OUTPUT when it is
 * taken. options may be NULL; its strings are copied. The library must outlive the server.
 */
nb_status nb_server_new(nb_library *library, const nb_server_options *options,
                        nb_findings *findings, nb_server **out);
/* "http://127.0.0.1:8080/" */
const char *nb_server_lookup_url(const nb_server *server);
/* Stop: requests in hand are answered first. */
void nb_server_drop(nb_server *server);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif
#endif
