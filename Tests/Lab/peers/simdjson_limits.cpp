// The limit: simdjson 3 alone, without a document written. simdjson_limits MODE FILE, where MODE is
//   dom        every line parsed to a tree, one member looked at
//   keys       on-demand, the 34 members of the table by name in one pass; strings unescaped
//   values     on-demand, every value of every object read, strings unescaped
// Prints the number of lines and of bytes seen, so that nothing can be left out.
#include <simdjson.h>

#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

using namespace simdjson;

static const char *const names[] = {
    "Action", "ClientASN", "ClientASNDescription", "ClientCountry", "ClientIP", "ClientIPClass",
    "ClientRefererHost", "ClientRefererPath", "ClientRefererQuery", "ClientRefererScheme",
    "ClientRequestHost", "ClientRequestMethod", "ClientRequestPath", "ClientRequestProtocol",
    "ClientRequestQuery", "ClientRequestScheme", "ClientRequestUserAgent",
    "ContentScanObjResults", "ContentScanObjSizes", "ContentScanObjTypes", "Datetime",
    "Description", "EdgeColoCode", "EdgeResponseStatus", "Kind", "LeakedCredentialCheckResult",
    "MatchIndex", "Metadata", "OriginResponseStatus", "OriginatorRayID", "RayID", "Ref", "RuleID",
    "Source"};

static size_t seen(ondemand::value value) {
  switch (value.type()) {
    case ondemand::json_type::string: return value.get_string().value().size();
    case ondemand::json_type::number: return size_t(value.get_int64().value());
    case ondemand::json_type::array: {
      size_t sum = 0;
      for (auto element : value.get_array()) sum += seen(element.value());
      return sum;
    }
    case ondemand::json_type::object: {
      size_t sum = 0;
      for (auto field : value.get_object()) {
        sum += field.unescaped_key().value().size();
        sum += seen(field.value());
      }
      return sum;
    }
    default: return 0;
  }
}

struct Reader {
  std::string_view mode;
  dom::parser tree_parser;
  ondemand::parser parser;
  size_t lines = 0, sum = 0;

  // The buffer goes on behind the line for SIMDJSON_PADDING bytes at least.
  void line(const char *text, size_t size) {
    if (mode == "dom") {
      auto event = tree_parser.parse(text, size, false);
      sum += event["RayID"].get_string().value().size();
    } else {
      auto event = parser.iterate(text, size, size + SIMDJSON_PADDING);
      auto object = event.get_object().value();
      if (mode == "keys") {
        for (auto name : names) sum += seen(object[name].value());
      } else {
        for (auto field : object) sum += seen(field.value());
      }
    }
    lines++;
  }
};

// In chunks, as cf-ecs reads: to load the whole file costs more than to parse it.
int main(int count, char **arguments) {
  if (count != 3) return 2;
  FILE *file = fopen(arguments[2], "rb");
  if (!file) return 1;
  constexpr size_t chunk = 1 << 18;
  std::vector<char> buffer(2 * chunk + SIMDJSON_PADDING);
  Reader reader;
  reader.mode = arguments[1];
  size_t held = 0;
  while (size_t got = fread(buffer.data() + held, 1, chunk, file)) {
    const char *line = buffer.data(), *end = buffer.data() + held + got;
    while (auto line_end = static_cast<const char *>(memchr(line, '\n', end - line))) {
      reader.line(line, line_end - line);
      line = line_end + 1;
    }
    held = end - line;
    if (held > chunk) return 1;
    memmove(buffer.data(), line, held);
  }
  fclose(file);
  printf("%zu lines, %zu\n", reader.lines, reader.sum);
}
