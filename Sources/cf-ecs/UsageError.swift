/// Wrong usage: one line says what is wrong, another what to do.
struct UsageError: Error, Equatable {
  let what: String
  let how: String
}
