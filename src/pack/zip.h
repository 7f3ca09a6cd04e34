/*
 * ZIP packages in memory (OPC, ISO/IEC 29500-2): equal parts give equal bytes, so entries carry no
 * time, no owner and no machine. Parts stand in the order in which they were added.
 */
#ifndef NB_PACK_ZIP_H
#define NB_PACK_ZIP_H

#include "base/arena.h"
#include "base/findings.h"
#include "pack/deflate.h"

typedef struct nb_zip nb_zip;

/* The package lives in the arena and ends with it. */
nb_zip *nb_zip_new(nb_deflate_stock *stock, nb_arena *arena); /* stock: or NULL */

/* name is ASCII and lives until nb_zip_finish; bytes are compressed at once. */
void nb_zip_add(nb_zip *zip, const char *name, nb_string bytes);
/* The same in one pass, of a part whose kind of text there is a code for (pack/quick.h). */
void nb_zip_add_quick(nb_zip *zip, const char *name, nb_string bytes, nb_quick_kind kind);
/* The same of a part that many packages have alike (pack/deflate.h). */
void nb_zip_add_kept(nb_zip *zip, const char *name, nb_string bytes);

/*
 * Write the package; nothing can be added after it. The bytes live in the arena.
 * NB_E_OUTPUT with a finding (rule "IO") when it cannot be written.
 */
nb_status nb_zip_finish(nb_zip *zip, nb_findings *findings, nb_string *out);

/*
 * To be called before threads open packages, for reading or writing. libzip before 1.9 finds out at the
 * first opening what it needs of a source, in variables of which another thread may see half, and then
 * takes a new package for one that cannot be written.
 */
void nb_zip_make_ready(void);

#endif
