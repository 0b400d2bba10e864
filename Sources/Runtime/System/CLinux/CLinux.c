#define _GNU_SOURCE
#include "CLinux.h"

int ingot_accept(int listener, struct sockaddr_storage *peer, socklen_t *length) {
    return accept4(listener, (struct sockaddr *)peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void ingot_epoll_set(struct epoll_event *event, uint32_t interest, uint64_t token) {
    event->events = interest;
    event->data.u64 = token;
}

uint64_t ingot_epoll_token(const struct epoll_event *event) { return event->data.u64; }

int ingot_errno(void) { return errno; }
