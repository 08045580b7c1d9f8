/// Cuts a stream into pieces of 1 MiB, each of which becomes a gzip member of its own.
///
/// Members do not depend on each other, so several threads can compress them at once. Where they are cut
/// depends on the stream alone, so the compressed bytes do not depend on the number of threads.
package struct GzipMembers: ~Copyable {
  private static let size = 1 << 20

  private var open: [UInt8] = []
  private var full: [[UInt8]] = []
  private var isEmpty = true

  package init() { open.reserveCapacity(Self.size) }

  package mutating func append(_ bytes: Span<UInt8>) {
    var done = 0
    while done < bytes.count {
      isEmpty = false
      let end = min(bytes.count, done + Self.size - open.count)
      unsafe bytes.extracting(done..<end).withUnsafeBufferPointer { unsafe open += $0 }
      done = end
      if open.count == Self.size {
        full.append(open)
        open.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Takes the pieces that are full.
  package mutating func takeFull() -> [[UInt8]] {
    defer { full = [] }
    return full
  }

  /// Takes the rest at the end of the stream. An empty stream has one empty piece.
  package mutating func takeRest() -> [[UInt8]] {
    let rest = open.count > 0 || isEmpty ? [open] : []
    open = []
    return takeFull() + rest
  }
}
