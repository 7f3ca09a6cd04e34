/* Pictures: how large they are, and placing them with their captions. */
#ifndef NB_LAYOUT_PICTURE_H
#define NB_LAYOUT_PICTURE_H

#include "layout/setting.h"

/*
 * Find the picture's size: the stated or natural width, at most the text's width and that height;
 * its notes are set. It takes no less room than a line of that pitch.
 */
void nb_size_picture(const nb_layouter *layouter, nb_picture *picture, nb_length height,
                     nb_length pitch);
/*
 * Place the picture in the middle of the text's width, and below it the lines of its caption, from
 * y down.
 */
void nb_place_picture(nb_layouter *layouter, const nb_block *block, const nb_set_text *caption,
                      nb_length y);

#endif
