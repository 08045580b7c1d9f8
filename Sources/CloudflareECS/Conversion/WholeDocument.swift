/// What makes documents of a whole table, where another one makes those that are written.
struct WholeDocument: ~Copyable {
  private var deriver: Deriver
  private var writer: DocumentWriter

  init(_ plan: Plan) {
    deriver = Deriver(plan)
    writer = DocumentWriter(plan.steps)
  }

  /// Takes the place of the others, or gives it back.
  mutating func swap(_ otherDeriver: inout Deriver, _ otherWriter: inout DocumentWriter) {
    Swift.swap(&deriver, &otherDeriver)
    Swift.swap(&writer, &otherWriter)
  }
}
