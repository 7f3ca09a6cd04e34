/*
 * The rules of a form about the words of a report. A rule has checks, each of a kind below; what a
 * check looks for, where, and what it says, is all in the form's file (docs/checks.md tells how).
 */
#ifndef NB_FORM_TEXT_RULES_H
#define NB_FORM_TEXT_RULES_H

#include "form/form.h"
#include "form/pattern.h"
#include "report/report.h"

typedef enum nb_text_kind {
    NB_TEXT_PHRASE,     /* words that find fits are wrong */
    NB_TEXT_YEAR,       /* the group year must be the report's */
    NB_TEXT_DATE,       /* the groups month and day, and year, must be a day of the calendar */
    NB_TEXT_PART_COUNT, /* the group number must be how many parts the form has */
    NB_TEXT_OTHERS,     /* the group word must be of a list that the agency's name has a word of */
    NB_TEXT_ELSEWHERE,  /* the group office in another region than the agency's */
    NB_TEXT_NUMBERING,  /* the numbers of headings in their order and form */
    NB_TEXT_EMPTY,      /* the section must say something, and not only what find fits */
    NB_TEXT_REQUIRED, /* one of the sections must have a text that find fits; not when all are empty */
    NB_TEXT_DEADLINE,  /* the report's date must not be after a day of the year after its own */
    NB_TEXT_DEVIATION, /* the published report had other words than the form's */
    NB_TEXT_FORM_YEARS /* the report's year must be one that the form is for */
} nb_text_kind;

/* By when the reports of some agencies must be out. */
typedef struct nb_deadline {
    const nb_pattern *agency; /* fits the agency's name; NULL: any */
    int month, day;
} nb_deadline;

typedef struct nb_text_check {
    nb_text_kind kind;
    const nb_rule *rule;
    /* the agency's name must fit one and must not fit the other; NULL: no matter */
    const nb_pattern *agency, *not_agency;
    const nb_pattern *find;   /* its group "here", where it has one, is what a finding marks */
    const nb_pattern *unless; /* when the sentence fits it, nothing is wrong; NULL: never */
    bool in_title, in_prose;
    bool only_headings, only_first; /* the first text of each section */
    bool alone;       /* a text that names the report's year too compares, and is not judged */
    bool once;        /* in each text at most */
    const int *slots; /* of the sections' prose; every one when slot_count is 0 */
    int slot_count;
    int when_slot;                 /* the check is made when this value is not 0; -1: always */
    const nb_json *groups;         /* lists of words, each list one kind of agency */
    const nb_pattern *const *like; /* other forms of a heading's number, with a group number */
    int like_count;
    const nb_deadline *deadlines; /* the first that fits the agency counts */
    int deadline_count;
    nb_deviation_kind deviation;
    bool former; /* deviations that are another form's words, or only those that are not */
    /* with {found}, {wanted}, {year} and {agency} to fill in, by nb_language */
    const char *message[2], *hint[2];
} nb_text_check;

#endif
