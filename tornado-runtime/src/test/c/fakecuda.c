/*
 * A libcuda without a card, for tests of the driver. Device memory is host memory, and each call is written as a line to
 * the file that FAKE_CUDA_LOG names. Kernels do nothing, unless fake_cuda_carry_out says who carries out their PTX. What
 * is recorded happens when the recording is launched. FAKE_CUDA is a list of settings with commas between:
 *   sm=80        the card's compute capability
 *   version=…    the driver's CUDA version, such as 12040
 *   cards=1      how many there are
 *   memory=…     the card's bytes
 *   pools=1      whether it has memory pools
 *   phantom=1    memory has addresses but no bytes behind them, so that a large model can be "loaded"
 *   fail=NAME:N  the function NAME gives status N
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int CUresult;

static long setting(const char *name, long otherwise) {
    const char *all = getenv("FAKE_CUDA");
    size_t length = strlen(name);
    for (const char *at = all; at != NULL; at = strchr(at, ',') == NULL ? NULL : strchr(at, ',') + 1) {
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            return atol(at + length + 1);
        }
    }
    return otherwise;
}

static CUresult failure(const char *function) {
    const char *all = getenv("FAKE_CUDA");
    const char *at = all == NULL ? NULL : strstr(all, "fail=");
    size_t length = strlen(function);
    if (at != NULL && strncmp(at + 5, function, length) == 0 && at[5 + length] == ':') {
        return atoi(at + 6 + length);
    }
    return 0;
}

static CUresult called(const char *function) {
    const char *log = getenv("FAKE_CUDA_LOG");
    if (log != NULL) {
        FILE *file = fopen(log, "a");
        if (file != NULL) {
            fprintf(file, "%s\n", function);
            fclose(file);
        }
    }
    return failure(function);
}

static uintptr_t next_handle = 0x1000;
static uintptr_t used_bytes;

#define CALLED(name) do { CUresult status = called(name); if (status != 0) return status; } while (0)
#define HANDLE(name, signature) CUresult name signature { CALLED(#name); *out = (void *) (next_handle += 16); return 0; }
#define PLAIN(name, signature) CUresult name signature { return called(#name); }

PLAIN(cuInit, (unsigned flags))
CUresult cuDriverGetVersion(int *out) { *out = (int) setting("version", 12040); return called("cuDriverGetVersion"); }
CUresult cuDeviceGetCount(int *out) { *out = (int) setting("cards", 1); return called("cuDeviceGetCount"); }
CUresult cuDeviceGet(int *out, int ordinal) { *out = ordinal; return called("cuDeviceGet"); }
CUresult cuDeviceGetName(char *name, int length, int device) {
    strncpy(name, "Fake Card", length);
    return called("cuDeviceGetName");
}
CUresult cuDeviceTotalMem_v2(size_t *out, int device) {
    *out = (size_t) setting("memory", 80L << 30);
    return called("cuDeviceTotalMem_v2");
}
CUresult cuDeviceGetAttribute(int *out, int attribute, int device) {
    long sm = setting("sm", 80);
    switch (attribute) {
        case 1: *out = 1024; break;
        case 2: case 3: *out = 1024; break;
        case 4: *out = 64; break;
        case 8: *out = 49152; break;
        case 16: *out = 108; break;
        case 75: *out = (int) (sm / 10); break;
        case 76: *out = (int) (sm % 10); break;
        case 115: *out = (int) setting("pools", 1); break;
        default: *out = 0;
    }
    return called("cuDeviceGetAttribute");
}
HANDLE(cuDevicePrimaryCtxRetain, (void **out, int device))
CUresult cuCtxSetCurrent(void *context) { return failure("cuCtxSetCurrent"); }
HANDLE(cuStreamCreate, (void **out, unsigned flags))
PLAIN(cuStreamSynchronize, (void *stream))
PLAIN(cuStreamDestroy_v2, (void *stream))
HANDLE(cuEventCreate, (void **out, unsigned flags))
PLAIN(cuEventRecord, (void *event, void *stream))
PLAIN(cuEventSynchronize, (void *event))
CUresult cuEventElapsedTime(float *out, void *start, void *end) { *out = 0.25f; return called("cuEventElapsedTime"); }
PLAIN(cuEventDestroy_v2, (void *event))

static CUresult take(const char *name, uintptr_t *out, size_t bytes) {
    CALLED(name);
    if (used_bytes + bytes > (uintptr_t) setting("memory", 80L << 30)) {
        return 2;
    }
    used_bytes += bytes;
    size_t real = setting("phantom", 0) != 0 ? 16 : bytes;
    uintptr_t *block = aligned_alloc(256, (real + 511) / 256 * 256);
    if (block == NULL) {
        return 2;
    }
    block[0] = bytes;
    if (real == bytes) memset((char *) block + 256, 0x6B, bytes);
    *out = (uintptr_t) block + 256;
    return 0;
}
static CUresult give(const char *name, uintptr_t address) {
    CALLED(name);
    uintptr_t *block = (uintptr_t *) (address - 256);
    used_bytes -= block[0];
    free(block);
    return 0;
}
CUresult cuMemAlloc_v2(uintptr_t *out, size_t bytes) { return take("cuMemAlloc_v2", out, bytes); }
CUresult cuMemAllocAsync(uintptr_t *out, size_t bytes, void *stream) { return take("cuMemAllocAsync", out, bytes); }
CUresult cuMemFree_v2(uintptr_t address) { return give("cuMemFree_v2", address); }
CUresult cuMemFreeAsync(uintptr_t address, void *stream) { return give("cuMemFreeAsync", address); }
CUresult cuMemGetInfo_v2(size_t *unused, size_t *total) {
    *total = (size_t) setting("memory", 80L << 30);
    *unused = *total - used_bytes;
    return called("cuMemGetInfo_v2");
}
CUresult cuMemAllocHost_v2(void **out, size_t bytes) { CALLED("cuMemAllocHost_v2"); *out = malloc(bytes); return *out == NULL ? 2 : 0; }
CUresult cuMemFreeHost(void *memory) { CALLED("cuMemFreeHost"); free(memory); return 0; }

/* A kernel of a module, whose image is PTX: that is what the linker gives for a cubin. */
struct function { const char *image; int parameters; };

/* Gives the addresses that a kernel is called with, and the bytes of memory behind each. */
typedef CUresult carrier(const char *image, const unsigned *groups, const unsigned *sizes, int arrays,
                         const uintptr_t *addresses, const uintptr_t *bytes);
static carrier *carry_out;
void fake_cuda_carry_out(carrier *one) { carry_out = one; }

/* Recordings: one at a time is made, and each keeps its copies and launches in order. */
struct work {
    struct work *next;
    void *to;
    const void *from;
    size_t bytes;
    const struct function *function; /* of a launch; the rest is of it, too */
    unsigned groups[3], sizes[3];
    uintptr_t addresses[];
};
struct recording { struct work *first; struct work **last; };
static struct recording *recording;

static CUresult do_now(const struct work *work) {
    if (work->function == NULL) {
        if (setting("phantom", 0) == 0) memcpy(work->to, work->from, work->bytes);
        return 0;
    }
    if (carry_out == NULL) return 0;
    int arrays = work->function->parameters;
    uintptr_t bytes[arrays + 1];
    for (int i = 0; i < arrays; i++) bytes[i] = *(uintptr_t *) (work->addresses[i] - 256);
    return carry_out(work->function->image, work->groups, work->sizes, arrays, work->addresses, bytes);
}
static CUresult do_or_record(struct work *work) {
    if (recording == NULL) {
        CUresult status = do_now(work);
        free(work);
        return status;
    }
    *recording->last = work;
    recording->last = &work->next;
    return 0;
}
static CUresult copy_or_record(void *to, const void *from, size_t bytes) {
    struct work *copy = calloc(1, sizeof *copy);
    copy->to = to;
    copy->from = from;
    copy->bytes = bytes;
    return do_or_record(copy);
}
CUresult cuMemcpyHtoDAsync_v2(uintptr_t device, const void *host, size_t bytes, void *stream) {
    CALLED("cuMemcpyHtoDAsync_v2");
    return copy_or_record((void *) device, host, bytes);
}
CUresult cuMemcpyDtoHAsync_v2(void *host, uintptr_t device, size_t bytes, void *stream) {
    CALLED("cuMemcpyDtoHAsync_v2");
    if (setting("phantom", 0) != 0) memset(host, 0, bytes);
    return copy_or_record(host, (void *) device, bytes);
}
CUresult cuModuleLoadData(void **out, const void *image) {
    CALLED("cuModuleLoadData");
    *out = strdup(image);
    return 0;
}
CUresult cuModuleGetFunction(void **out, void *module, const char *name) {
    CALLED("cuModuleGetFunction");
    const char *entry = strstr(module, ".entry ");
    if (entry == NULL || strncmp(entry + 7, name, strlen(name)) != 0) return 500;
    struct function *function = malloc(sizeof *function);
    *function = (struct function) {module, 0};
    const char *end = strchr(entry, ')');
    for (const char *at = entry; (at = strstr(at, ".param")) != NULL && at < end; at++) function->parameters++;
    *out = function;
    return 0;
}

/* What is linked; several threads may. */
struct link { char *error_log; char *cubin; };
CUresult cuLinkCreate_v2(unsigned count, int *options, void **values, struct link **out) {
    CALLED("cuLinkCreate_v2");
    *out = calloc(1, sizeof **out);
    (*out)->error_log = values[0];
    return 0;
}
CUresult cuLinkAddData_v2(struct link *state, int type, void *data, size_t size, const char *name, unsigned count,
                          int *options, void **values) {
    CUresult status = called("cuLinkAddData_v2");
    if (status != 0) strcpy(state->error_log, "ptxas fatal : it does not like this");
    state->cubin = strndup(data, size);
    return status;
}
CUresult cuLinkComplete(struct link *state, void **out, size_t *size) {
    CALLED("cuLinkComplete");
    *out = state->cubin;
    *size = strlen(state->cubin) + 1;
    return 0;
}
CUresult cuLinkDestroy(struct link *state) {
    free(state->cubin);
    free(state);
    return called("cuLinkDestroy");
}
CUresult cuLaunchKernel(const struct function *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                        unsigned bz, unsigned shared, void *stream, void **parameters, void **extra) {
    CALLED("cuLaunchKernel");
    struct work *launch = calloc(1, sizeof *launch + function->parameters * sizeof(uintptr_t));
    *launch = (struct work) {.function = function, .groups = {gx, gy, gz}, .sizes = {bx, by, bz}};
    for (int i = 0; i < function->parameters; i++) launch->addresses[i] = *(uintptr_t *) parameters[i];
    return do_or_record(launch);
}
CUresult cuStreamBeginCapture_v2(void *stream, int mode) {
    CALLED("cuStreamBeginCapture_v2");
    recording = malloc(sizeof *recording);
    recording->first = NULL;
    recording->last = &recording->first;
    return 0;
}
CUresult cuStreamEndCapture(void *stream, void **out) {
    *out = recording;
    recording = NULL;
    return called("cuStreamEndCapture");
}
CUresult cuGraphInstantiateWithFlags(void **out, void *graph, unsigned long long flags) {
    CALLED("cuGraphInstantiateWithFlags");
    *out = graph;
    return 0;
}
PLAIN(cuGraphDestroy, (void *graph))
CUresult cuGraphLaunch(void *executable, void *stream) {
    CALLED("cuGraphLaunch");
    for (struct work *work = ((struct recording *) executable)->first; work != NULL; work = work->next) {
        CUresult status = do_now(work);
        if (status != 0) return status;
    }
    return 0;
}
PLAIN(cuGraphExecDestroy, (void *executable))

CUresult cuGetErrorName(CUresult error, const char **out) {
    switch (error) {
        case 2: *out = "CUDA_ERROR_OUT_OF_MEMORY"; break;
        case 100: *out = "CUDA_ERROR_NO_DEVICE"; break;
        case 218: *out = "CUDA_ERROR_INVALID_PTX"; break;
        case 500: *out = "CUDA_ERROR_NOT_FOUND"; break;
        case 700: *out = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
        case 804: *out = "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE"; break;
        default: *out = "CUDA_ERROR_UNKNOWN";
    }
    return 0;
}
