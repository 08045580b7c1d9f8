"""Where a mutation can be planted in Swift source, and how, without a parser of Swift.

Comments and texts are blanked out first. Every kind of change is one that a line of code shows by itself; what does
not compile after all is left out by `mutate.py`. A binary operator becomes an operator of its own, with the same
precedence, because where its operands begin and end only a parser knows.
"""

import dataclasses
import re

VARIABLE = "CLOUDFLARE_ECS_MUTANT"
SWITCH = f"""\
import Glibc

/// Which mutation is on; 0 is none.
private let mutant: Int = unsafe getenv("{VARIABLE}").flatMap {{ unsafe Int(String(cString: $0)) }} ?? 0

func isMutant(_ number: Int) -> Bool {{ mutant == number }}

"""

# An operator, what replaces it, its precedence and the signature of its function.
COMPARABLE = ("ComparisonPrecedence", "<T: Comparable>(a: T, b: T) -> Bool")
EQUATABLE = ("ComparisonPrecedence", "<T: Equatable>(a: T, b: T) -> Bool")
NUMBER = ("<T: FixedWidthInteger>(a: T, b: T) -> T",)
LOGIC = "(a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool"
CHANGE = ("AssignmentPrecedence", "<T: FixedWidthInteger>(a: inout T, b: T)")
OPERATORS = {
    "<": ("<=", *COMPARABLE), "<=": ("<", *COMPARABLE), ">": (">=", *COMPARABLE), ">=": (">", *COMPARABLE),
    "==": ("!=", *EQUATABLE), "!=": ("==", *EQUATABLE),
    "&&": ("||", "LogicalConjunctionPrecedence", LOGIC), "||": ("&&", "LogicalDisjunctionPrecedence", LOGIC),
    "+": ("-", "AdditionPrecedence", *NUMBER), "-": ("+", "AdditionPrecedence", *NUMBER),
    "&+": ("&-", "AdditionPrecedence", *NUMBER), "&-": ("&+", "AdditionPrecedence", *NUMBER),
    "+=": ("-=", *CHANGE), "-=": ("+=", *CHANGE), "&+=": ("&-=", *CHANGE),
}
BINARY = re.compile(
    r"(?<=[\w)\]\"}!?] )(" + "|".join(map(re.escape, sorted(OPERATORS, key=len, reverse=True))) + r")(?= [\w(\[\"!.~-])")
NUMERAL = re.compile(r"(?<![\w.#$\\])(0x[0-9A-Fa-f_]+|\d[\d_]*)(?![\w.])")
WORD = re.compile(r"(?<![\w.`@])(true|false)(?![\w`:])")
CONDITION = re.compile(r"^( *(?:\} else )?(?:if|guard) )([^{,]+?)((?: else)? \{.*)$")
STATEMENT = re.compile(
    r"^( +)((?!return|let|var|case|default|throw|break|continue|guard|if|for|while|switch|defer|do|func|init"
    r"|static|private|self\.init|super|try|import|unsafe|@|#)[\w.\[\]?!]+(?:\(.*\)| (?:[-+|&^]|&[-+])?= .*))$")


@dataclasses.dataclass
class Site:
    number: int
    file: str
    kind: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def row(self):
        return dataclasses.astuple(self)

    def change(self):
        return {
            "negated": f"the condition `{self.before}` is negated", "dropped": f"`{self.before}` is left out",
        }.get(self.kind, f"`{self.before}` becomes `{self.after}` at column {self.start + 1}")

    def __str__(self):
        return f"{self.file}:{self.line}: {self.change()}"


def text_end(text, index):
    """Where a string literal ends that begins at an index; interpolations in it may have strings of their own."""
    marks, quote = re.match(r'(#*)("""(?=\n)|")', text[index:]).groups()
    place = index + len(marks + quote)
    while not text.startswith(quote + marks, place):
        if text.startswith("\\" + marks + "(", place):
            place += len(marks) + 2
            depth = 1
            while depth:
                if re.match(r'#*"', text[place:place + 8]):
                    place = text_end(text, place)
                    continue
                depth += {"(": 1, ")": -1}.get(text[place], 0)
                place += 1
        else:
            place += 2 if text[place] == "\\" and not marks else 1
    return place + len(quote + marks)


def blank(text):
    """The text with comments and strings as spaces: lines and columns stay."""
    out, index, length = [], 0, len(text)

    def skip(end):
        nonlocal index
        out.append(re.sub(r"[^\n]", " ", text[index:end]))
        index = end

    while index < length:
        rest = text[index:index + 8]
        opening = re.match(r'(#*)("""(?=\n)|")', rest)
        if rest.startswith("//"):
            skip(text.find("\n", index) if "\n" in text[index:] else length)
        elif rest.startswith("/*"):
            skip(text.index("*/", index) + 2)
        elif re.match(r"#*/(?=[^ /*])", rest) and re.search(r"[=(:,]\s*$", "".join(out[-1:])):
            # A regular expression.
            marks = re.match(r"#*", rest)[0]
            skip(text.index("/" + marks, index + len(marks) + 1) + 1 + len(marks))
        elif opening:
            end = text_end(text, index)
            # The quotes stay, so that what is between looks like an operand.
            out.append('"')
            index += 1
            skip(end - 1)
            out.append('"')
            index = end
        else:
            out.append(text[index])
            index += 1
    return "".join(out)


def find(file, text):
    """All changes of a file, one after the other."""
    code = blank(text).split("\n")
    lines = text.split("\n")
    for index, line in enumerate(code):
        stripped = line.strip()
        if not stripped or stripped.startswith(("case ", "@", "#", "import ", "infix ", "static func", "enum ")):
            continue
        if re.search(r"\b(func|init|subscript|associatedtype|typealias|extension|protocol|struct)\b", line):
            continue

        def site(kind, start, end, after):
            return Site(0, file, kind, index + 1, start, end, lines[index][start:end], after)

        for match in BINARY.finditer(line):
            if re.match(r" nil\b", line[match.end():]) or re.search(r"\bnil $", line[:match.start()]):
                continue
            yield site("operator", *match.span(), OPERATORS[match[0]][0])
        for match in NUMERAL.finditer(line):
            value = int(match[0].replace("_", ""), 0) + 1
            yield site("constant", *match.span(), str(value))
        for match in WORD.finditer(line):
            yield site("constant", *match.span(), "false" if match[0] == "true" else "true")
        match = CONDITION.match(line)
        if match and not re.search(r"\b(let|var|case|try|#)\b| = ", match[2]) and balanced(match[2]):
            yield site("negated", *match.span(2), "")
        match = STATEMENT.match(line)
        before = next((code[i].rstrip() for i in range(index - 1, -1, -1) if code[i].strip()), "")
        after = next((code[i].strip() for i in range(index + 1, len(code)) if code[i].strip()), "")
        if (match and balanced(match[2]) and re.search(r"[{};)\w\]\"]$", before)
                and not before.endswith((" else", " in")) and not after.startswith((".", "+", "-", "?", "&", "|", "{"))):
            yield site("dropped", *match.span(2), "")


def balanced(code):
    return all(code.count(one) == code.count(other) for one, other in ("()", "[]", "{}")) and '" "' not in code


def own_operator(number, operator):
    """An operator that no other mutation has: the number in four marks."""
    marks = "⊕⊖⊗⊘"
    name = ""
    while number:
        name += marks[number % 4]
        number //= 4
    return ("⊙=" if operator.endswith("=") and operator[0] in "+-&" else "⊙") + name


def plant(text, sites):
    """The text with its mutations, and the functions of their operators."""
    lines = text.split("\n")
    operators = ""
    for site in sites:
        line = lines[site.line - 1]
        before, code, after = line[:site.start], line[site.start:site.end], line[site.end:]
        number = site.number
        if site.kind == "operator":
            other, precedence, signature = OPERATORS[code]
            name = own_operator(number, code)
            right = "b()" if "autoclosure" in signature else "b"
            tried = "try " if "autoclosure" in signature else ""
            condition = f"isMutant({number})"
            operators += f"infix operator {name}: {precedence}\n"
            if "inout" in signature:
                body = f"if {condition} {{ a {other} b }} else {{ a {code} b }}"
            else:
                body = f"{condition} ? {tried}(a {other} {right}) : {tried}(a {code} {right})"
            operators += f"func {name} {signature} {{ {body} }}\n"
            code = name
        elif site.kind == "constant":
            code = f"(isMutant({number}) ? {site.after} : {code})"
        elif site.kind == "negated":
            code = f"isMutant({number}) != ({code})"
        else:
            code = f"if !isMutant({number}) {{ {code} }}"
        lines[site.line - 1] = before + code + after
    return "\n".join(lines), operators
