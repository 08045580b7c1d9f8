/// What a worker converts at once: whole lines of one file, in memory that is used again.
struct InputBlock {
  /// The block's place in the output.
  var number = 0
  /// Which of the given files.
  var file = 0
  /// Where `bytes` begins in the decompressed file.
  var offset = 0
  var bytes: [UInt8] = []
  var endsFile = false
  /// Why the file ended before its end.
  var fault: ByteSource.Fault?
}
