#define _GNU_SOURCE
#include "CLinux.h"
#include <linux/filter.h>
#include <stdlib.h>
#include <sys/syscall.h>

int ingot_accept(int listener, struct sockaddr_storage *peer, socklen_t *length) {
    return accept4(listener, (struct sockaddr *)peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void ingot_epoll_set(struct epoll_event *event, uint32_t interest, uint64_t token) {
    event->events = interest;
    event->data.u64 = token;
}

uint64_t ingot_epoll_token(const struct epoll_event *event) { return event->data.u64; }

int ingot_errno(void) { return errno; }

int ingot_turn_away(int listener) {
    // The flags are byte 13 of the TCP header: SYN is 0x02, ACK 0x10.
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
    return setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

ssize_t ingot_receive(int socket, void *bytes, size_t count) {
    return syscall(SYS_recvfrom, socket, bytes, count, 0, NULL, NULL);
}

ssize_t ingot_send(int socket, const void *bytes, size_t count) {
    return syscall(SYS_sendto, socket, bytes, count, MSG_NOSIGNAL, NULL, 0);
}

int ingot_epoll_wait(int epoll, struct epoll_event *events, int limit, int timeout) {
    return (int)syscall(SYS_epoll_pwait, epoll, events, limit, timeout, NULL, 0);
}

static int argument_count;
static char **arguments;

// Runs before the Swift runtime's constructors. That asks /proc where it is, and gives up where there
// is none, as in an empty root; what it would look for there is no part of a gateway, so any answer
// will do. Its list of arguments comes from /proc too, so they are kept here.
static void before_runtime(int count, char **vector, char **environment) {
    (void)environment;
    argument_count = count;
    arguments = vector;
    if (access("/proc/self/exe", F_OK) != 0) setenv("SWIFT_ROOT", "/", 0);
}

__attribute__((section(".preinit_array"), used)) static void (*before_constructors)(
    int, char **, char **) = before_runtime;

int ingot_argument_count(void) { return argument_count; }

const char *ingot_argument(int index) { return arguments[index]; }
