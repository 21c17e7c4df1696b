/* Work in a child: every way in which it may end, and that nothing of it stays behind. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/child.h"

#define ROOM ((size_t)1 << 30)
#define LONG ((size_t)3 << 20) /* more than a pipe holds */

static bool
send_much(void *context, int fd)
{
    char *bytes = malloc(LONG);
    if (!bytes)
        return false;
    memset(bytes, 'm', LONG);
    return cas_child_send(fd, bytes, LONG);
}

static bool
give_up(void *context, int fd)
{
    cas_child_send(fd, "half", 4);
    return false;
}

static bool
crash(void *context, int fd)
{
    abort();
}

static bool
exit_of_its_own(void *context, int fd)
{
    _exit(1);
}

static bool
sleep_long(void *context, int fd)
{
    while (pause() < 0)
        ;
    return false;
}

static bool
eat_memory(void *context, int fd)
{
    char *bytes = malloc(64 << 20);
    for (; bytes; bytes = malloc(64 << 20))
        bytes[0] = 1;
    abort();
}

static void
assert_no_child_is_left(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static enum cas_child_end
run(cas_child_work *work, unsigned seconds, size_t *out_length)
{
    struct cas_buffer out = {0};
    enum cas_child_end end = cas_child_run(work, NULL, seconds, ROOM, &out);
    if (out_length)
        *out_length = out.n;
    cas_buffer_done(&out);
    assert_no_child_is_left();
    return end;
}

static void
all_that_a_child_sends_arrives(void **state)
{
    size_t n;
    assert_int_equal(run(send_much, 60, &n), CAS_CHILD_DONE);
    assert_int_equal(n, LONG);
}

static void
each_bad_end_has_its_name(void **state)
{
    assert_int_equal(run(give_up, 60, NULL), CAS_CHILD_FAILED);
    assert_int_equal(run(crash, 60, NULL), CAS_CHILD_DIED);
    assert_int_equal(run(exit_of_its_own, 60, NULL), CAS_CHILD_DIED);
}

static void
a_child_that_takes_too_long_is_stopped(void **state)
{
    time_t begun = time(NULL);
    assert_int_equal(run(sleep_long, 1, NULL), CAS_CHILD_TIME);
    assert_true(time(NULL) - begun < 30);
}

static void
a_child_that_eats_memory_dies_of_it(void **state)
{
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* no limit of memory there */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    skip();
#endif
#endif
    assert_int_equal(run(eat_memory, 60, NULL), CAS_CHILD_DIED);
}

static void
a_host_that_ignores_its_children_gets_the_answer_too(void **state)
{
    size_t n;
    void (*before)(int) = signal(SIGCHLD, SIG_IGN);
    assert_int_equal(run(send_much, 60, &n), CAS_CHILD_DONE);
    assert_int_equal(n, LONG);
    signal(SIGCHLD, before);
}

static void
interrupt(int number)
{
}

static void
a_host_that_is_interrupted_goes_on_reading(void **state)
{
    struct sigaction action = {.sa_handler = interrupt}, before;
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec often = {{0, 2000000}, {0, 2000000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGUSR1, &action, &before);
    assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
    timer_settime(timer, 0, &often, NULL);
    assert_int_equal(run(sleep_long, 1, NULL), CAS_CHILD_TIME);
    size_t n;
    assert_int_equal(run(send_much, 60, &n), CAS_CHILD_DONE);
    timer_settime(timer, 0, &never, NULL);
    timer_delete(timer);
    sigaction(SIGUSR1, &before, NULL);
    assert_int_equal(n, LONG);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_a_child_sends_arrives),
        cmocka_unit_test(each_bad_end_has_its_name),
        cmocka_unit_test(a_child_that_takes_too_long_is_stopped),
        cmocka_unit_test(a_child_that_eats_memory_dies_of_it),
        cmocka_unit_test(a_host_that_ignores_its_children_gets_the_answer_too),
        cmocka_unit_test(a_host_that_is_interrupted_goes_on_reading),
    };
    return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
