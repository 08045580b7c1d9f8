extension Record {
  /// Turns unknown members into values of a table's own fields, by their names. So far, the record may have
  /// listed fields only.
  mutating func claim(_ ownFields: [CloudflareField], _ text: Span<UInt8>) {
    if ownFields.isEmpty { return }
    slices += Array(repeating: JSONSlice(), count: ownFields.count)
    isRegular = false
    for (place, field) in ownFields.enumerated() {
      let name = JSONValue.string(field.name).json
      let found = unknown.firstIndex { text.equals($0.name.range, name) }
      guard let found else { continue }
      slices[CloudflareField.all.count + place] = unknown.remove(at: found).value
    }
  }
}
