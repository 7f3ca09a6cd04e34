/*
 * Preloaded into the command, lets one call of the system fail.
 *
 * NIANBAO_FAULT says which: CALL NUMBER FAULT, of which NUMBER counts from 1 the calls that have to
 * do with files that are written, and FAULT is an errno, or
 *   short   a write takes half of the bytes
 *   TERM    none: SIGTERM comes just before the call
 *   cut     a file that is mapped becomes as short as a page, as when another program writes it anew
 * NIANBAO_FAULT_FIRED names a file that is made when the call came.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int counted;

/* What the fault is when this call is the one, or NULL. */
static const char *fault_of(const char *call)
{
    static char wanted[16], fault[16];
    static long number = -1;
    if (number < 0) {
        const char *words = getenv("NIANBAO_FAULT");
        char digits[16];
        bool is_told = words && sscanf(words, "%15s %15s %15s", wanted, digits, fault) == 3;
        number = is_told ? strtol(digits, NULL, 10) : 0;
    }
    if (strcmp(call, wanted) != 0 || ++counted != number)
        return NULL;
    const char *told = getenv("NIANBAO_FAULT_FIRED");
    if (told)
        syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_CREAT, 0600));
    if (strcmp(fault, "TERM") != 0)
        return fault;
    kill(getpid(), SIGTERM);
    return NULL;
}

/* What a call gives that ends with this errno. */
static int fail_with(const char *fault)
{
    errno = (int)strtol(fault, NULL, 10);
    return -1;
}

/* -1 with errno when the call is the one; else 0. */
static int fail(const char *call)
{
    const char *fault = fault_of(call);
    return fault ? fail_with(fault) : 0;
}

static bool is_file(int descriptor)
{
    struct stat info;
    return fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t length)
{
    const char *fault = is_file(descriptor) || descriptor == 1 ? fault_of("write") : NULL;
    if (fault && strcmp(fault, "short") != 0)
        return fail_with(fault);
    return NEXT(write)(descriptor, bytes, fault ? (length + 1) / 2 : length);
}

static int open_mode(int flags, va_list arguments)
{
    return flags & O_CREAT ? va_arg(arguments, int) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int mode = open_mode(flags, arguments);
    va_end(arguments);
    bool is_of_library = flags & O_CLOEXEC && strstr(path, ".draft.json");
    if (flags & O_CREAT ? fail("open") != 0 : is_of_library && fail("open-read") != 0)
        return -1;
    return NEXT(open)(path, flags, mode);
}

int close(int descriptor)
{
    int flags = fcntl(descriptor, F_GETFL);
    bool is_written = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && is_file(descriptor);
    int reason = is_written ? fail("close") : 0, failure = errno;
    int closed = NEXT(close)(descriptor);
    if (reason == 0)
        return closed;
    errno = failure;
    return -1;
}

int fsync(int descriptor)
{
    return fail("fsync") != 0 ? -1 : NEXT(fsync)(descriptor);
}

int syncfs(int descriptor)
{
    return fail("syncfs") != 0 ? -1 : NEXT(syncfs)(descriptor);
}

int rename(const char *from, const char *to)
{
    return fail("rename") != 0 ? -1 : NEXT(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fail("mkdir") != 0 ? -1 : NEXT(mkdir)(path, mode);
}

void *mmap(void *at, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    void *mapped = NEXT(mmap)(at, length, protection, flags, descriptor, offset);
    const char *spoilt = getenv("NIANBAO_FAULT_FILE");
    char path[64], file[4096];
    if (descriptor < 0 || (protection & PROT_EXEC) || !spoilt)
        return mapped;
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(path, file, sizeof file - 1);
    if (size <= 0)
        return mapped;
    file[size] = '\0';
    if (strcmp(file, spoilt) == 0 && fault_of("mmap"))
        (void)!truncate(path, 4096);
    return mapped;
}

/* What libraries call that were built for large files. */
void *mmap64(void *at, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    return mmap(at, length, protection, flags, descriptor, offset);
}
