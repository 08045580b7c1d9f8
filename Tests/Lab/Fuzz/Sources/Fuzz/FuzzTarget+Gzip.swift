import CZlib
import Foundation

@testable import GzipInput

extension FuzzTarget {
  /// A gzip file: pieces of any size give the same bytes and the same fault; of what has no fault,
  /// zlib's own file functions read the same, which stop at zeros behind a member; what is compressed
  /// is read again.
  static let gzip = FuzzTarget(name: "gzip") { bytes in
    var cuts = Cuts(bytes)
    let whole = GzipFile.read(bytes, atMost: { 1 << 18 })
    let pieces = GzipFile.read(bytes, atMost: { 1 + cuts.next(100) })
    expect(pieces == whole, "the same for all sizes: \(pieces.fault ?? "") \(whole.fault ?? "")")
    if bytes.starts(with: [0x1F, 0x8B]), whole.fault == nil {
      expect(whole.bytes.starts(with: GzipFile.readByZlib(bytes)), "what gzread reads")
    }
    guard let deflater = try? Deflater(level: Deflater.defaultLevel) else { return }
    let file = deflater.compress(cuts.ranges(bytes.count).map { [UInt8](bytes[$0]) })
    let again = GzipFile.read(file, atMost: { 1 + cuts.next(100) })
    expect(again == GzipFile(bytes: bytes, fault: nil), "what is compressed is read again")
  }
}
