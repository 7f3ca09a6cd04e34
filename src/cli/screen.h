/* Text as a terminal shows it. */
#ifndef NB_CLI_SCREEN_H
#define NB_CLI_SCREEN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * The UTF-8 character at *at, which is moved past it; U+FFFD for ill-formed bytes. *at must be <
 * end.
 */
uint32_t nb_next_character(const char **at, const char *end);
/*
 * How many columns a character takes: 2 for hanzi and full-width marks, 0 for marks that combine.
 */
int nb_character_width(uint32_t c);
int nb_text_width(const char *text, size_t length);
/*
 * Print a character; a control character, which could steer the terminal, as U+FFFD, and a tab as
 * a blank.
 */
void nb_print_character(uint32_t c, FILE *to);
/* Print a text so. */
void nb_print_text(const char *text, FILE *to);
/* Print a JSON string, quotation marks included. */
void nb_print_json_string(const char *text, FILE *to);

#endif
