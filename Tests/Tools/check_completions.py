#!/usr/bin/env python3
"""Loads the completions of cf-ecs in bash, zsh and fish, and completes.

    PATH="$PWD/.build/release:$PATH" python3 Tests/Tools/check_completions.py

The same lines in each shell that is installed (Debian: bash, bash-completion, zsh, fish; a shell that
is not there is said and left out, and with --all is an error). bash runs with and without
bash-completion, and zsh on a terminal, as a person types; fish completes by its own command.
"""

import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time

# What stands before the cursor; what must be offered; what must not be.
CASES = [
    ("cf-ecs det", {"detect"}, {"mapping"}),
    ("cf-ecs log", {"logpush", "logs"}, {"mapping"}),
    ("cf-ecs --prof", {"--profile"}, {"--format"}),
    ("cf-ecs --no-", {"--no-original", "--no-progress"}, {"--name"}),
    ("cf-ecs --profile ", {"sekoia", "elastic", "two words.log"}, {"detect"}),
    ("cf-ecs detect --min-level ", {"low", "critical"}, {"sekoia", "two words.log"}),
    ("cf-ecs -p el", {"elastic"}, {"sekoia"}),
    ("cf-ecs --format=p", {"pretty"}, {"bulk"}),
    ("cf-ecs detect --format ", {"ndjson", "bulk", "summary", "navigator"}, {"pretty"}),
    ("cf-ecs help d", {"detect"}, {"fields"}),
    ("cf-ecs detect --fail-on h", {"high"}, {"low"}),
    ("cf-ecs detect --rule tele", {"telegram-bot-api"}, {"lokibot-user-agent"}),
    ("cf-ecs rules --r", set(), {"--rejects", "--rule"}),
    ("cf-ecs mapping -f m", {"markdown"}, {"mapping"}),
    ("cf-ecs mapping lo", set(), {"logs", "logpush"}),
    ("cf-ecs logpush ", {"fields", "job"}, {"detect", "logs"}),
    ("cf-ecs logpush job --time", {"--timestamps"}, {"--check"}),
    ("cf-ecs logpush job --timestamps unix", {"unix", "unixnano"}, {"rfc3339"}),
    ("cf-ecs logpush fields --check an", {"answer.json"}, {"logs"}),
    ("cf-ecs completions ", {"bash", "zsh", "fish"}, {"detect"}),
    ("cf-ecs convert -o two", {"two words.log"}, {"detect"}),
    ("cf-ecs -q lo", {"logs"}, {"logpush"}),
    ("cf-ecs --index lo", set(), {"logs", "logpush"}),
    ("cf-ecs detect -- --pro", set(), {"--profile"}),
]


def run(arguments, folder, **environment):
    result = subprocess.run(
        arguments, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        env={**os.environ, **environment}, timeout=60)
    if result.returncode != 0 or result.stderr:
        sys.exit(f"{arguments[0]}: status {result.returncode}\n{result.stderr}")
    return result.stdout


def bash(line, folder, script):
    """What the function offers for the words that bash makes of the line."""
    words = [word for word in re.split(r"(=)|\s+", line) if word is not None]
    words = [word for index, word in enumerate(words) if word or index == len(words) - 1]
    return run(["bash", "--norc", "-c", r'''
        set -u
        source "$0"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _cf_ecs
        for word in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do
          printf '%s\n' "$word"
        done''', script, *words], folder).splitlines()


def fish(line, folder, script):
    offered = run(
        ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line], folder,
        HOME=folder)
    # It offers --format=pretty as a whole.
    return [text.split("\t")[0].rpartition("=")[2] for text in offered.splitlines()]


ZSH = r'''
PS1= RPS1= PS2=
fpath=($FUNCTIONS $fpath)
autoload -Uz compinit
compinit -u -d $HOME/dump
zstyle ':completion:*' menu no
zstyle ':completion:*' list-colors
LISTMAX=10000
# All matches go by this function, which writes them down.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  if (( $#hits )); then print -rl -- ${(Q)hits} >> $OFFERED; fi
  builtin compadd "$@"
}
done-completing() { print done >> $OFFERED.done; zle kill-buffer; }
zle -N done-completing
bindkey '^X' done-completing
print ready >> $OFFERED.done
'''


def zsh_offers(folder, script):
    """Types each line and a tab to zsh, which finds the script where functions are."""
    home = tempfile.mkdtemp(dir=folder.parent)
    shutil.copy(script, f"{home}/_cf-ecs")
    pathlib.Path(home, ".zshrc").write_text(ZSH, encoding="utf-8")
    offered = pathlib.Path(home, "offered")
    done = pathlib.Path(home, "offered.done")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-d", "-i"], {
            "PATH": os.environ["PATH"], "HOME": home, "ZDOTDIR": home, "FUNCTIONS": home,
            "OFFERED": str(offered), "TERM": "xterm", "LC_ALL": "C.UTF-8"})
    os.set_blocking(terminal, False)

    def wait(lines):
        shown = b""
        for _ in range(1_200):
            try:
                shown += os.read(terminal, 65_536)
            except BlockingIOError:
                pass
            if done.exists() and done.read_text().count("\n") >= lines:
                return
            time.sleep(0.05)
        sys.exit(f"zsh does not answer; it showed:\n{shown.decode(errors='replace')}")

    wait(1)
    answers = []
    for number, (line, _, _) in enumerate(CASES):
        offered.write_text("")
        os.write(terminal, f"{line}\t\x18".encode())
        wait(number + 2)
        answers.append(offered.read_text(encoding="utf-8").splitlines())
    os.write(terminal, b"exit\n")
    os.close(terminal)
    os.waitpid(child, 0)
    return answers


def typed_in_bash(folder, script, package):
    """Types a line and a tab to bash; with the package it loads the script by itself."""
    home = tempfile.mkdtemp(dir=folder.parent)
    if package:
        completions = pathlib.Path(home, ".local/share/bash-completion/completions")
        completions.mkdir(parents=True)
        shutil.copy(script, completions / "cf-ecs")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], {
            "PATH": os.environ["PATH"], "HOME": home, "PS1": "> ", "TERM": "dumb"})
    os.write(terminal, f"source {package or script}\n".encode())
    # Each tab completes a word; then echo, put before the line, says what bash made of it.
    os.write(terminal, b"cf-ecs det\t --prof\t el\t -o two\t\x01echo \x05\n")
    os.write(terminal, b"exit\n")
    shown = b""
    try:
        while piece := os.read(terminal, 65_536):
            shown += piece
    except OSError:
        pass
    os.waitpid(child, 0)
    expected = "cf-ecs detect --profile elastic -o two words.log"
    return expected in shown.decode(errors="replace").replace("\r", ""), shown.decode(errors="replace")


def main():
    failures = checks = 0
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root, "work")
        (folder / "logs").mkdir(parents=True)
        for name in ["two words.log", "answer.json"]:
            (folder / name).write_text("")
        for shell in ["bash", "zsh", "fish"]:
            if not shutil.which(shell):
                print(f"SKIPPED: no {shell}")
                failures += "--all" in sys.argv
                continue
            script = pathlib.Path(root, f"cf-ecs.{shell}")
            script.write_text(run(["cf-ecs", "completions", shell], folder), encoding="utf-8")
            answers = zsh_offers(folder, script) if shell == "zsh" else [
                {"bash": bash, "fish": fish}[shell](line, folder, script) for line, _, _ in CASES]
            for (line, wanted, unwanted), offered in zip(CASES, answers):
                checks += 1
                offered = [word.rstrip("/") for word in offered]
                if not wanted <= set(offered) or unwanted & set(offered):
                    failures += 1
                    print(f"{shell}: '{line}': wanted {wanted}, not {unwanted}; offered {offered}")
        package = "/usr/share/bash-completion/bash_completion"
        for package in [None, package] if os.path.exists(package) else [None]:
            checks += 1
            is_right, shown = typed_in_bash(folder, pathlib.Path(root, "cf-ecs.bash"), package)
            if not is_right:
                failures += 1
                print(f"bash, typed, {package or 'no bash-completion'}: it showed\n{shown}")
    print(f"{checks} completions, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
