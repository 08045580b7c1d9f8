import CloudflareECS

/// Cuts a stream into pieces of 1 MiB, each of which becomes a gzip member of its own.
///
/// Members do not depend on each other, so several threads can compress them at once. Where they are cut
/// depends on the stream alone, so the compressed bytes do not depend on the number of threads.
struct GzipMembers: ~Copyable {
  private static let size = 1 << 20

  private var open = OutputBuffer(minimumCapacity: size)
  private var full: [[UInt8]] = []
  private var isEmpty = true

  mutating func append(_ bytes: Span<UInt8>) {
    var done = 0
    while done < bytes.count {
      isEmpty = false
      let end = min(bytes.count, done + Self.size - open.count)
      open.append(bytes, done..<end)
      done = end
      if open.count == Self.size {
        full.append(open.array)
        open.removeAll()
      }
    }
  }

  /// Takes the pieces that are full.
  mutating func takeFull() -> [[UInt8]] {
    defer { full = [] }
    return full
  }

  /// Takes the rest at the end of the stream. An empty stream has one empty piece.
  mutating func takeRest() -> [[UInt8]] {
    let rest = open.count > 0 || isEmpty ? [open.array] : []
    open.removeAll()
    return takeFull() + rest
  }
}
