/*
 * OpenCL's loader with one platform, PoCL, whose devices take SPIR-V: a module is checked by spirv-val where that is
 * installed, translated to LLVM's bitcode by TRANSLATOR, and given to PoCL as SPIR 1.2, which Debian's build does take.
 * Everything that is not here is the system's loader, which this library is linked with.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLATFORM_NAME 0x0902
#define DEVICE_IL_VERSION 0x105B
#define CONTEXT_DEVICES 0x1081
#define INVALID_VALUE (-30)
#define MAX_PROGRAMS 4096

static const char versions[] = "SPIR-V_1.0 SPIR-V_1.1 SPIR-V_1.2";
static void *translated[MAX_PROGRAMS];
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void *loader(const char *name) {
    return dlsym(dlopen("libOpenCL.so.1", RTLD_NOW), name);
}

static int replace(void *from, void *to) {
    int found = 0;
    pthread_mutex_lock(&guard);
    for (int i = 0; i < MAX_PROGRAMS && !found; i++) {
        if (translated[i] == from) {
            translated[i] = to;
            found = 1;
        }
    }
    pthread_mutex_unlock(&guard);
    return found;
}

int clGetPlatformIDs(unsigned count, void **platforms, unsigned *found) {
    int (*list)(unsigned, void **, unsigned *) = loader("clGetPlatformIDs");
    int (*info)(void *, unsigned, size_t, void *, size_t *) = loader("clGetPlatformInfo");
    void *all[64];
    unsigned total = 0;
    int status = list(64, all, &total);
    unsigned kept = 0;
    for (unsigned i = 0; status == 0 && i < total; i++) {
        char name[256] = "";
        info(all[i], PLATFORM_NAME, sizeof name - 1, name, NULL);
        if (strcmp(name, "Portable Computing Language") == 0) {
            if (platforms != NULL && kept < count) {
                platforms[kept] = all[i];
            }
            kept++;
        }
    }
    if (found != NULL) {
        *found = kept;
    }
    return status;
}

int clGetDeviceInfo(void *device, unsigned name, size_t size, void *value, size_t *found) {
    int (*info)(void *, unsigned, size_t, void *, size_t *) = loader("clGetDeviceInfo");
    if (name != DEVICE_IL_VERSION) {
        return info(device, name, size, value, found);
    }
    if (value != NULL && size < sizeof versions) {
        return INVALID_VALUE;
    }
    if (value != NULL) {
        memcpy(value, versions, sizeof versions);
    }
    if (found != NULL) {
        *found = sizeof versions;
    }
    return 0;
}

static unsigned char *translate(const void *module, size_t length, size_t *bytes) {
    char from[] = "/tmp/sirocco-spirv-XXXXXX";
    int file = mkstemp(from);
    if (file < 0 || write(file, module, length) != (ssize_t) length) {
        return NULL;
    }
    close(file);
    char command[1024];
    snprintf(command, sizeof command,
             "{ ! command -v spirv-val >/dev/null || spirv-val --target-env opencl2.2 %s; } && " TRANSLATOR
             " -r %s -o %s.bc",
             from, from, from);
    int status = system(command);
    unlink(from);
    char to[64];
    snprintf(to, sizeof to, "%s.bc", from);
    FILE *made = status == 0 ? fopen(to, "rb") : NULL;
    if (made == NULL) {
        return NULL;
    }
    fseek(made, 0, SEEK_END);
    *bytes = (size_t) ftell(made);
    rewind(made);
    unsigned char *code = malloc(*bytes);
    if (code != NULL && fread(code, 1, *bytes, made) != *bytes) {
        free(code);
        code = NULL;
    }
    fclose(made);
    unlink(to);
    return code;
}

void *clCreateProgramWithIL(void *context, const void *module, size_t length, int *status) {
    int (*info)(void *, unsigned, size_t, void *, size_t *) = loader("clGetContextInfo");
    void *(*create)(void *, unsigned, void **, size_t *, unsigned char **, int *, int *) =
        loader("clCreateProgramWithBinary");
    void *device = NULL;
    size_t bytes = 0;
    unsigned char *code = translate(module, length, &bytes);
    if (code == NULL || info(context, CONTEXT_DEVICES, sizeof device, &device, NULL) != 0) {
        *status = INVALID_VALUE;
        return NULL;
    }
    void *program = create(context, 1, &device, &bytes, &code, NULL, status);
    free(code);
    if (program != NULL) {
        replace(NULL, program);
    }
    return program;
}

int clBuildProgram(void *program, unsigned count, void **devices, const char *options, void *notify, void *data) {
    int (*build)(void *, unsigned, void **, const char *, void *, void *) = loader("clBuildProgram");
    if (!replace(program, program)) {
        return build(program, count, devices, options, notify, data);
    }
    char all[1024];
    snprintf(all, sizeof all, "%s -x spir -spir-std=1.2", options);
    return build(program, count, devices, all, notify, data);
}

int clReleaseProgram(void *program) {
    int (*release)(void *) = loader("clReleaseProgram");
    replace(program, NULL);
    return release(program);
}
