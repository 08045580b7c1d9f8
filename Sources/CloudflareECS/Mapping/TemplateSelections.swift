/// The selections of a plan's templates that were made for earlier records, each at the place that a hash gives it.
struct TemplateSelections {
  private struct Entry {
    var template: Int
    var fields: TemplateFields
    var selection: TemplateSelection
  }

  private static let size = 64
  /// Made with the first selection.
  private var entries: [Entry?] = []

  /// The selection of a template for a record's fields.
  @inline(__always)
  mutating func selection(
    _ index: Int, _ fields: TemplateFields, _ plan: Plan
  ) -> TemplateSelection {
    let place = Self.place(index, fields)
    if place < entries.count, let entry = entries[place], entry.fields == fields,
      entry.template == index
    {
      return entry.selection
    }
    return make(place, index, fields, plan)
  }

  @inline(never)
  private mutating func make(
    _ place: Int, _ index: Int, _ fields: TemplateFields, _ plan: Plan
  ) -> TemplateSelection {
    if entries.isEmpty { entries = Array(repeating: nil, count: Self.size) }
    let selection = TemplateSelection(plan.templates[index], fields)
    entries[place] = Entry(template: index, fields: fields, selection: selection)
    return selection
  }

  @inline(__always)
  private static func place(_ index: Int, _ fields: TemplateFields) -> Int {
    let mixed = fields.texts ^ fields.containers &* 3 ^ UInt64(truncatingIfNeeded: index) &* 5
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 58)
  }
}
