/// Wrong usage: what is wrong, and how it is right, in one line each.
struct UsageError: Error, Equatable {
  let what: String
  let how: String
}
