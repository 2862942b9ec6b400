/*
 * Runs a kernel's work-items on the thread that calls, one group after the other. Where there are barriers, each item
 * of a group is a fiber, with a stack of its own, and a barrier lets the next item go on.
 */
/* A checked longjmp takes another stack for a mistake. */
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#define STACK_BYTES (256 << 10)
#define NO_MEMORY (-1)

enum kind { LOCAL, GROUP, GLOBAL };

/* What a kernel asks of its group, in the order in which HostText has them. */
struct functions {
    int (*id)(int kind, int axis);
    void (*barrier)(void);
};

typedef void entry(void **arrays, const struct functions *functions, long unused);

/* The launch that this thread runs. */
static _Thread_local struct {
    entry *kernel;
    void **arrays;
    const long *sizes;
    long group[3];
    /* The item whose turn it is. */
    long item;
    long local[3];
    /* Where a barrier goes to, and where each item then waits. */
    jmp_buf scheduler;
    jmp_buf *waiting;
    long ended;
} now;

static int id(int kind, int axis) {
    switch (kind) {
    case LOCAL:
        return (int)now.local[axis];
    case GROUP:
        return (int)now.group[axis];
    default:
        return (int)(now.group[axis] * now.sizes[axis] + now.local[axis]);
    }
}

static void barrier(void) {
    if (_setjmp(now.waiting[now.item]) == 0) {
        _longjmp(now.scheduler, 1);
    }
}

static void call(void) {
    static const struct functions functions = {id, barrier};
    now.kernel(now.arrays, &functions, 0);
}

static void choose(long item) {
    now.item = item;
    now.local[0] = item % now.sizes[0];
    now.local[1] = item / now.sizes[0] % now.sizes[1];
    now.local[2] = item / (now.sizes[0] * now.sizes[1]);
}

/* Runs one item after the other to its end. */
static long run_items(long items) {
    for (long item = 0; item < items; item++) {
        choose(item);
        call();
    }
    return 0;
}

/* One item of every group, each when it is let go on. */
static void fiber(void) {
    for (;;) {
        barrier();
        call();
        now.ended++;
    }
}

/* Lets an item's fiber run to its next barrier, from its start where that is given. */
static void let_go_on(long item, const ucontext_t *start) {
    choose(item);
    if (_setjmp(now.scheduler) == 0) {
        if (start != NULL) {
            setcontext(start);
        }
        _longjmp(now.waiting[item], 1);
    }
}

/* Lets each fiber come to where it waits for the first group, on a stack above a page that may not be touched. */
static int start_fibers(long items, char *stacks, size_t stride) {
    size_t guard = stride - STACK_BYTES;
    for (long item = 0; item < items; item++) {
        char *lowest = stacks + stride * item;
        ucontext_t start;
        if (mprotect(lowest, guard, PROT_NONE) != 0 || getcontext(&start) != 0) {
            return NO_MEMORY;
        }
        start.uc_stack.ss_sp = lowest + guard;
        start.uc_stack.ss_size = STACK_BYTES;
        start.uc_link = NULL;
        makecontext(&start, fiber, 0);
        let_go_on(item, &start);
    }
    return 0;
}

/* Lets all fibers go on, each to its next barrier, until one has ended. Returns how many have not ended then. */
static long run_fibers(long items) {
    now.ended = 0;
    while (now.ended == 0) {
        for (long item = 0; item < items; item++) {
            let_go_on(item, NULL);
        }
    }
    return items - now.ended;
}

static long run_groups(const long *counts, long run(long), long items) {
    for (now.group[2] = 0; now.group[2] < counts[2]; now.group[2]++) {
        for (now.group[1] = 0; now.group[1] < counts[1]; now.group[1]++) {
            for (now.group[0] = 0; now.group[0] < counts[0]; now.group[0]++) {
                long status = run(items);
                if (status != 0) {
                    return status;
                }
            }
        }
    }
    return 0;
}

/*
 * Runs counts[0] x counts[1] x counts[2] groups of sizes[0] x sizes[1] x sizes[2] items. Returns 0, or the number of a
 * group's items that wait at a barrier which the others, having ended, never reach, or NO_MEMORY.
 */
long run_launch(entry *kernel, void **arrays, const long *counts, const long *sizes, int barriers) {
    long items = sizes[0] * sizes[1] * sizes[2];
    now.kernel = kernel;
    now.arrays = arrays;
    now.sizes = sizes;
    if (!barriers) {
        return run_groups(counts, run_items, items);
    }
    size_t stride = STACK_BYTES + (size_t)sysconf(_SC_PAGESIZE);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    char *stacks = mmap(NULL, stride * items, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (stacks == MAP_FAILED) {
        return NO_MEMORY;
    }
    now.waiting = malloc(sizeof(jmp_buf) * items);
    long status = now.waiting == NULL ? NO_MEMORY : start_fibers(items, stacks, stride);
    if (status == 0) {
        status = run_groups(counts, run_fibers, items);
    }
    free(now.waiting);
    munmap(stacks, stride * items);
    return status;
}
