import CloudflareECS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time at which the run began, which documents get that need one and have none.
enum RunTime {
  /// Now, or what SOURCE_DATE_EPOCH says, for output that can be made again.
  ///
  /// [SOURCE_DATE_EPOCH](https://reproducible-builds.org/specs/source-date-epoch/)
  static func now() throws(UsageError) -> Timestamp? {
    // Unsafe code: the text is copied at once, and nothing in this process changes the environment.
    if let text = unsafe getenv("SOURCE_DATE_EPOCH").map({ unsafe String(cString: $0) }) {
      guard let seconds = Int64(text), let time = Timestamp(seconds: seconds) else {
        throw UsageError(
          what: "SOURCE_DATE_EPOCH is '\(text)'", how: "Give it seconds since 1970, or unset it")
      }
      return time
    }
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(seconds: Int64(now.tv_sec))
  }
}
