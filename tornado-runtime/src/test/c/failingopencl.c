/*
 * OpenCL's loader with faults, for tests of what is made of them: calls go to the system's loader, which this library is
 * linked with, until FAILING_OPENCL says otherwise. It is NAME:CALLS:STATUS[:lost] – the function NAME still works
 * CALLS times and then gives STATUS; with :lost everything that is asked of a queue from then on gives it too, as
 * where a device is lost. Objects that are made and released are counted, and using or releasing one that is not there
 * is refused before a driver can crash on it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INVALID_COMMAND_QUEUE (-36)
#define INVALID_KERNEL (-48)
#define INVALID_MEM_OBJECT (-38)
#define MAX_OBJECTS 4096

/* All arguments are integers or pointers: what a function does not declare, it does not read. */
#define ARGUMENTS long a, long b, long c, long d, long e, long f, long g, long h, long i
#define VALUES a, b, c, d, e, f, g, h, i

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static long live[MAX_OBJECTS];
static long misused;

static long (*loader(const char *name))(ARGUMENTS) {
    return (long (*)(ARGUMENTS)) dlsym(dlopen("libOpenCL.so.1", RTLD_NOW), name);
}

/* The status that a function is to give now, or 0. */
static int failure(const char *function, int in_queue) {
    static char seen[256];
    static char name[128];
    static long calls;
    static int status;
    static int sticks;
    static int lost;
    int given = 0;
    const char *setting = getenv("FAILING_OPENCL");
    pthread_mutex_lock(&guard);
    if (strcmp(setting == NULL ? "" : setting, seen) != 0) {
        snprintf(seen, sizeof seen, "%s", setting == NULL ? "" : setting);
        name[0] = 0;
        lost = 0;
        sscanf(seen, "%127[^:]:%ld:%d", name, &calls, &status);
        sticks = strstr(seen, ":lost") != NULL;
    }
    if (lost && in_queue) {
        given = status;
    } else if (strcmp(function, name) == 0 && calls-- <= 0) {
        given = status;
        lost = sticks;
    }
    pthread_mutex_unlock(&guard);
    return given;
}

static int replace(long from, long to) {
    int found = 0;
    pthread_mutex_lock(&guard);
    for (int at = 0; at < MAX_OBJECTS && !found; at++) {
        if (live[at] == from) {
            live[at] = to;
            found = 1;
        }
    }
    pthread_mutex_unlock(&guard);
    return found;
}

static int is_live(long object) {
    if (object != 0 && replace(object, object)) {
        return 1;
    }
    pthread_mutex_lock(&guard);
    misused++;
    pthread_mutex_unlock(&guard);
    return 0;
}

/* How many buffers, queues and kernels have not been released. */
long failing_opencl_live(void) {
    long count = 0;
    pthread_mutex_lock(&guard);
    for (int at = 0; at < MAX_OBJECTS; at++) {
        count += live[at] != 0;
    }
    pthread_mutex_unlock(&guard);
    return count;
}

/* How many calls had an object that was not there. */
long failing_opencl_misused(void) {
    return misused;
}

/* A function that makes an object and takes where to put a status as its argument "where". */
#define MAKES(name, where)                    \
    long name(ARGUMENTS) {                    \
        int status = failure(#name, 0);       \
        if (status != 0) {                    \
            *(int *) where = status;          \
            return 0;                         \
        }                                     \
        long made = loader(#name)(VALUES);    \
        if (made != 0) {                      \
            replace(0, made);                 \
        }                                     \
        return made;                          \
    }

#define RELEASES(name, absent)                \
    long name(ARGUMENTS) {                    \
        if (!is_live(a)) {                    \
            return absent;                    \
        }                                     \
        replace(a, 0);                        \
        int status = failure(#name, 0);       \
        long released = loader(#name)(VALUES); \
        return status != 0 ? status : released; \
    }

#define USES_QUEUE(name)                      \
    long name(ARGUMENTS) {                    \
        if (!is_live(a)) {                    \
            return INVALID_COMMAND_QUEUE;     \
        }                                     \
        int status = failure(#name, 1);       \
        return status != 0 ? status : loader(#name)(VALUES); \
    }

MAKES(clCreateBuffer, e)
MAKES(clCreateCommandQueue, d)
MAKES(clCreateKernel, c)
RELEASES(clReleaseMemObject, INVALID_MEM_OBJECT)
RELEASES(clReleaseCommandQueue, INVALID_COMMAND_QUEUE)
RELEASES(clReleaseKernel, INVALID_KERNEL)
USES_QUEUE(clEnqueueWriteBuffer)
USES_QUEUE(clEnqueueReadBuffer)
USES_QUEUE(clEnqueueNDRangeKernel)
USES_QUEUE(clFinish)
USES_QUEUE(clFlush)
