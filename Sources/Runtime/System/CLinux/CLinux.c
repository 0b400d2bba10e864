#define _GNU_SOURCE
#include "CLinux.h"
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
