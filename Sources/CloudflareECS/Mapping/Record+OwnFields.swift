extension Record {
  /// Makes fields of the unknown members with the names of a table's own fields. The record has only listed fields
  /// so far.
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
