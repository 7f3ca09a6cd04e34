/*
 * Which of a paragraph's two faces a character is set in. Layout and the DOCX writer must agree on
 * it.
 */
#ifndef NB_TEXT_SCRIPT_H
#define NB_TEXT_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whether the character takes the Latin role of its style: ASCII and the letters of the Latin,
 * Greek and Cyrillic scripts. All else takes the Chinese role, so that “” ‘’ — … · ※ ① keep the
 * full width they have in Chinese type. The character alone decides, not its neighbours.
 */
bool nb_is_latin_run(uint32_t code_point);

#endif
