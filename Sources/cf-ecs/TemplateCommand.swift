import CloudflareECS

/// `cf-ecs template`: prints the index template for a profile's documents.
enum TemplateCommand {
  static func run(_ options: Options) -> ExitStatus {
    let template = IndexTemplate(
      of: options.profile, target: options.target, pattern: options.pattern)
    return Main.write(template.json, to: options.output)
  }
}
