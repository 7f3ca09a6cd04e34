/* The page's own files, inside the program: src/serve/assets/, put there when it is built. */
#ifndef NB_SERVE_ASSETS_H
#define NB_SERVE_ASSETS_H

#include <stddef.h>

typedef struct nb_asset {
    const char *name;
    const unsigned char *bytes;
    size_t length;
    const char *tag; /* of these very bytes, quoted, as an ETag */
} nb_asset;

extern const nb_asset nb_assets[];
extern const int nb_asset_count;

#endif
