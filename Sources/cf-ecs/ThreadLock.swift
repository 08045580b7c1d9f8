#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A POSIX mutex with condition variables; also starts threads.
///
/// Unsafe code: POSIX requires fixed addresses for mutex and conditions; they are freed in `deinit`. A
/// thread's closure is passed as a retained pointer, which the thread releases.
@safe final class ThreadLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let conditions: UnsafeMutableBufferPointer<pthread_cond_t>

  init(conditions count: Int = 0) {
    unsafe conditions = .allocate(capacity: count)
    unsafe pthread_mutex_init(mutex, nil)
    for index in 0..<count { unsafe pthread_cond_init(&conditions[index], nil) }
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    for index in unsafe conditions.indices { unsafe pthread_cond_destroy(&conditions[index]) }
    unsafe mutex.deallocate()
    unsafe conditions.deallocate()
  }

  func withLock<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Call inside `withLock`: releases the lock until another thread wakes those that wait on this
  /// condition.
  func wait(on condition: Int) { unsafe pthread_cond_wait(&conditions[condition], mutex) }

  func wake(_ condition: Int) { unsafe pthread_cond_broadcast(&conditions[condition]) }

  static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs `body` on a new thread. Returns a function that waits for its end. If the system cannot create
  /// a thread, `body` does not run.
  static func start(_ body: @escaping @Sendable () -> Void) -> () -> Void {
    final class Work {
      let body: () -> Void
      init(_ body: @escaping () -> Void) { self.body = body }
    }
    let work = unsafe Unmanaged.passRetained(Work(body))
    #if canImport(Darwin)
      var thread: pthread_t!
    #else
      var thread = pthread_t()
    #endif
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        // Optional on Linux, not on Apple platforms.
        let context: UnsafeMutableRawPointer? = unsafe context
        StopRequest.leaveToMainThread()
        unsafe Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    if code != 0 { unsafe work.release() }
    return { [thread] in if code == 0 { pthread_join(thread, nil) } }
  }
}
