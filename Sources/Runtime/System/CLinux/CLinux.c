#define _GNU_SOURCE
#include "CLinux.h"
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
