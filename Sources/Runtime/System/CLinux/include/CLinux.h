/// What Linux offers and `import Glibc` does not: each a plain declaration, no logic.
#ifndef INGOT_CLINUX_H
#define INGOT_CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/uio.h>
#include <sys/random.h>
#include <unistd.h>
#include <fcntl.h>
#include <time.h>
#include <sched.h>

int ingot_accept(int listener, struct sockaddr_storage *peer, socklen_t *length);
void ingot_epoll_set(struct epoll_event *event, uint32_t interest, uint64_t token);
uint64_t ingot_epoll_token(const struct epoll_event *event);
int ingot_errno(void);

// Has a listening TCP socket pass over the packets that would begin a connection, as if they were lost;
// those that complete one are still heeded. 0, or -1 where the kernel does not allow it.
int ingot_turn_away(int listener);

// The arguments that the process was started with; `index` is below the count.
int ingot_argument_count(void);
const char *ingot_argument(int index);

// The calls of the hot path, made directly: glibc's own wrappers are cancellation points, which in a
// process with threads costs two locked instructions a call.
ssize_t ingot_receive(int socket, void *bytes, size_t count);
ssize_t ingot_send(int socket, const void *bytes, size_t count);
int ingot_epoll_wait(int epoll, struct epoll_event *events, int limit, int timeout);

#endif
