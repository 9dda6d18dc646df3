// A layer between a process and the files of one folder, loaded with LD_PRELOAD: it writes down every change of a file
// or a name with its data, in order, and makes the n-th one fail where it is told to. Test code, Linux with glibc.
// SPDX-License-Identifier: MIT
//
// LATCHKEY_DISK_FOLDER   absolute, without symbolic links: what lies below it is watched.
// LATCHKEY_DISK_CONTROL  a file outside that folder. What is written to it is a command, never content:
//   log PATH             appends what follows to PATH;  `log` alone ends it
//   mark TEXT            puts TEXT into the log
//   arm ERRNO N FORM     the N-th call from now fails with ERRNO; FORM is `once`, `lasting` or `short`
//   disarm               answers `CALLS FIRED\n` at the start of the control file
//
// Record: kind u8, isFolder u8, pathBytes u16, dataBytes u32, inode u64, offset u64 (little-endian), path, data.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CREATED = 1, WRITE, TRUNCATE, SYNC, RENAME, LINK, UNLINK, MARK, FOLDER };
enum form { ONCE, LASTING, SHORT };

#define FILES 4096
#define ANSWER_BYTES 64

struct file {
  uint64_t inode;
  char watched, control, folder;
};

struct header {
  uint8_t kind, folder;
  uint16_t path_bytes;
  uint32_t data_bytes;
  uint64_t inode, offset;
} __attribute__((packed));

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file files[FILES];
static int log_fd = -1;
static struct {
  int armed, error, form;
  long at, calls, fired;
} fault;

static const char *base(void) {
  static const char *folder;
  if (!folder) folder = getenv("LATCHKEY_DISK_FOLDER");
  return folder ? folder : "/nowhere";
}

/** The name below the watched folder, "" for the folder itself, NULL for what is not watched. */
static const char *below(const char *path) {
  size_t length = strlen(base());
  if (!path || strncmp(path, base(), length) != 0) return NULL;
  if (path[length] == 0) return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

static struct file *watched(int fd) {
  return fd >= 0 && fd < FILES && files[fd].watched ? &files[fd] : NULL;
}

static struct file *control(int fd) {
  return fd >= 0 && fd < FILES && files[fd].control ? &files[fd] : NULL;
}

/** Through system calls: the functions of their names are the ones below. */
static void record(enum kind kind, struct header head, const char *path, const void *data) {
  if (log_fd < 0) return;
  head.kind = kind;
  head.path_bytes = path ? strlen(path) : 0;
  struct iovec parts[] = {{&head, sizeof head},
                          {(void *)path, head.path_bytes},
                          {(void *)data, data ? head.data_bytes : 0}};
  size_t total = parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;
  if (syscall(SYS_writev, log_fd, parts, 3) != (long)total) abort();
}

/** Whether this call is the one that fails. A short write is not one by itself: see `half`. */
static int fails(void) {
  if (!fault.armed) return 0;
  fault.calls += 1;
  int hit = fault.calls == fault.at || (fault.form != ONCE && fault.fired);
  if (!hit || (fault.form == SHORT && !fault.fired)) return 0;
  fault.fired += 1;
  errno = fault.error;
  return 1;
}

/** How much of a write goes through: half of it where a short write is due, and the disk is full afterwards. */
static size_t half(size_t length) {
  if (!fault.armed || fault.form != SHORT || fault.calls != fault.at || length < 2) return length;
  fault.fired = 1;
  return length / 2;
}

static void answer(int fd) {
  char text[ANSWER_BYTES];
  int length = snprintf(text, sizeof text, "%ld %ld\n", fault.calls, fault.fired);
  syscall(SYS_pwrite64, fd, text, length, 0L);
}

static void set_log(const char *path) {
  if (log_fd >= 0) syscall(SYS_close, log_fd);
  int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  log_fd = *path ? syscall(SYS_openat, AT_FDCWD, path, flags, 0600) : -1;
}

static void command(int fd, const char *bytes, size_t length) {
  char *text = strndup(bytes, length);
  char form[16] = "";
  if (!strncmp(text, "mark ", 5)) {
    record(MARK, (struct header){.data_bytes = length - 5}, NULL, text + 5);
  } else if (!strncmp(text, "log", 3)) {
    set_log(text[3] == ' ' ? text + 4 : "");
  } else if (sscanf(text, "arm %d %ld %15s", &fault.error, &fault.at, form) == 3) {
    fault.form = !strcmp(form, "once") ? ONCE : !strcmp(form, "short") ? SHORT : LASTING;
    fault.calls = fault.fired = 0;
    fault.armed = 1;
  } else if (!strncmp(text, "disarm", 6)) {
    fault.armed = 0;
    answer(fd);
  } else {
    abort();
  }
  free(text);
}

static void remember(int fd, const char *path, int existed, int flags) {
  struct stat about;
  if (fd < 0) return;
  if (fd >= FILES) abort();
  const char *name = below(path);
  const char *control_path = getenv("LATCHKEY_DISK_CONTROL");
  memset(&files[fd], 0, sizeof files[fd]);
  files[fd].control = control_path && path && !strcmp(path, control_path);
  if (!name || fstat(fd, &about)) return;
  files[fd].watched = 1;
  files[fd].inode = about.st_ino;
  files[fd].folder = S_ISDIR(about.st_mode);
  struct header head = {.inode = about.st_ino};
  if (!existed) record(CREATED, head, name, NULL);
  else if (flags & O_TRUNC) record(TRUNCATE, head, NULL, NULL);
}

static int opened(const char *path, int flags, mode_t mode) {
  struct stat about;
  pthread_mutex_lock(&lock);
  int existed = !below(path) || stat(path, &about) == 0;
  int fd = -1;
  if (!below(path) || !fails()) {
    fd = syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode);
    remember(fd, path, existed, flags);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE(flags)                                                                                \
  mode_t mode = 0;                                                                                 \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                         \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode = va_arg(rest, mode_t);                                                                   \
    va_end(rest);                                                                                  \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  return opened(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE(flags)
  if (path[0] == '/' || folder == AT_FDCWD) return opened(path, flags, mode);
  return syscall(SYS_openat, folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE(flags)
  if (path[0] == '/' || folder == AT_FDCWD) return opened(path, flags, mode);
  return syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
  pthread_mutex_lock(&lock);
  if (fd >= 0 && fd < FILES) memset(&files[fd], 0, sizeof files[fd]);
  int result = syscall(SYS_close, fd);
  pthread_mutex_unlock(&lock);
  return result;
}

/** All writes of a watched file; `offset` below zero means where the file stands. */
static ssize_t put(int fd, const void *bytes, size_t length, off64_t offset) {
  ssize_t written = -1;
  pthread_mutex_lock(&lock);
  if (control(fd)) {
    command(fd, bytes, length);
    written = length;
  } else if (!fails()) {
    off64_t at = offset < 0 ? lseek64(fd, 0, SEEK_CUR) : offset;
    size_t allowed = half(length);
    written = offset < 0 ? syscall(SYS_write, fd, bytes, allowed)
                         : syscall(SYS_pwrite64, fd, bytes, allowed, offset);
    struct header head = {.inode = files[fd].inode, .offset = at, .data_bytes = written};
    if (written > 0) record(WRITE, head, NULL, bytes);
  }
  pthread_mutex_unlock(&lock);
  return written;
}

static ssize_t put_parts(int fd, const struct iovec *parts, int count, off64_t offset) {
  size_t length = 0;
  for (int index = 0; index < count; index += 1) length += parts[index].iov_len;
  char *joined = malloc(length ? length : 1);
  size_t filled = 0;
  for (int index = 0; index < count; index += 1) {
    memcpy(joined + filled, parts[index].iov_base, parts[index].iov_len);
    filled += parts[index].iov_len;
  }
  ssize_t written = put(fd, joined, length, offset);
  int error = errno;
  free(joined);
  errno = error;
  return written;
}

static int seen(int fd) { return watched(fd) || control(fd); }

ssize_t write(int fd, const void *bytes, size_t length) {
  return seen(fd) ? put(fd, bytes, length, -1) : syscall(SYS_write, fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return seen(fd) ? put(fd, bytes, length, offset)
                  : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  return pwrite(fd, bytes, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  return seen(fd) ? put_parts(fd, parts, count, -1) : syscall(SYS_writev, fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return seen(fd) ? put_parts(fd, parts, count, offset)
                  : syscall(SYS_pwritev, fd, parts, count, offset, 0L);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  return pwritev(fd, parts, count, offset);
}

/** The name of an open folder, below the watched one. */
static const char *path_of(int fd, char *path) {
  char self[64];
  snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(self, path, PATH_MAX - 1);
  if (length < 0) abort();
  path[length] = 0;
  return below(path);
}

static int synced(int fd, long number) {
  int result = -1;
  pthread_mutex_lock(&lock);
  struct file *file = watched(fd);
  if (!file) {
    result = syscall(number, fd);
  } else if (!fails()) {
    result = syscall(number, fd);
    struct header head = {.inode = file->inode, .folder = file->folder};
    char path[PATH_MAX] = "";
    if (result == 0) record(SYNC, head, file->folder ? path_of(fd, path) : NULL, NULL);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }

int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t size) {
  int result = -1;
  pthread_mutex_lock(&lock);
  struct file *file = watched(fd);
  if (!file || !fails()) {
    result = syscall(SYS_ftruncate, fd, size);
    struct header head = {.inode = file ? file->inode : 0, .offset = size};
    if (file && result == 0) record(TRUNCATE, head, NULL, NULL);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int renamed(enum kind kind, const char *from, const char *to) {
  int result = -1;
  pthread_mutex_lock(&lock);
  const char *name = below(to);
  if (!name || !below(from) || !fails()) {
    result = kind == RENAME ? syscall(SYS_rename, from, to) : syscall(SYS_link, from, to);
    struct header head = {.data_bytes = name ? strlen(name) : 0};
    if (result == 0 && name && below(from)) record(kind, head, below(from), name);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int rename(const char *from, const char *to) { return renamed(RENAME, from, to); }

int link(const char *from, const char *to) { return renamed(LINK, from, to); }

static int removed(const char *path) {
  int result = -1;
  pthread_mutex_lock(&lock);
  const char *name = below(path);
  if (!name || !fails()) {
    result = syscall(SYS_unlink, path);
    if (result == 0 && name) record(UNLINK, (struct header){0}, name, NULL);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) { return removed(path); }

int unlinkat(int folder, const char *path, int flags) {
  if (flags == 0 && (path[0] == '/' || folder == AT_FDCWD)) return removed(path);
  return syscall(SYS_unlinkat, folder, path, flags);
}

int remove(const char *path) {
  struct stat about;
  if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode)) return rmdir(path);
  return removed(path);
}

int mkdir(const char *path, mode_t mode) {
  int result = -1;
  pthread_mutex_lock(&lock);
  const char *name = below(path);
  if (!name || !fails()) {
    result = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0 && name) record(FOLDER, (struct header){0}, name, NULL);
  }
  pthread_mutex_unlock(&lock);
  return result;
}
