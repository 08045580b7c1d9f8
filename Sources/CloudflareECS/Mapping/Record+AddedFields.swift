extension Record {
  /// Turns unknown members into values of the fields that a table adds, by their names. So far, the record may have
  /// listed fields only.
  mutating func claim(_ addedFields: [CloudflareField], _ text: Span<UInt8>) {
    if addedFields.isEmpty { return }
    slices += Array(repeating: JSONSlice(), count: addedFields.count)
    isVerbatim = false
    for (place, field) in addedFields.enumerated() {
      let name = JSONValue.string(field.name).json
      let found = unknown.firstIndex { text.equals($0.name.range, name) }
      guard let found else { continue }
      slices[CloudflareField.all.count + place] = unknown.remove(at: found).value
    }
  }
}
