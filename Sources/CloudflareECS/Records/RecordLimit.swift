/// How long a record may be, in bytes.
package enum RecordLimit {
  /// The limit where none is given.
  package static let standard = 16 << 20
  /// The largest limit that can be given: slices count in 32 bits, and the escaped copy of a record may have
  /// twice its bytes.
  package static let largest = 1 << 30
}
