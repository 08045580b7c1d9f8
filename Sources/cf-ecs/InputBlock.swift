import CloudflareECSGzip

/// The bytes that a worker converts at once: whole lines of one file. The memory is reused.
struct InputBlock {
  /// The turn in which the block is written, or the file if one worker has all of it.
  var number = 0
  /// The index of the file.
  var file = 0
  /// The offset of `bytes` in the decompressed file.
  var offset = 0
  var bytes = ByteBuffer()
  /// Bytes taken from the file for this block, as they are there: compressed or not.
  var taken = 0
  var endsFile = false
  /// Why the file could not be read to its end.
  var fault: ByteSource.Fault?
}
