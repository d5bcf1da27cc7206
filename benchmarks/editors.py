"""Tries the settings of `docs/editors.md` in the editors themselves, headless, on a saved file and on what isn't saved.

    python benchmarks/editors.py [--nvim PROGRAM --nvim-lint FOLDER] [--vim PROGRAM --ale FOLDER] [--emacs PROGRAM]

FOLDER is where the plugin lies. Only the editors named are tried; `cnnlint` must be on the path.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence

PAGE = (pathlib.Path(__file__).resolve().parent.parent / "docs" / "editors.md").read_text(encoding="utf-8")
MODEL = "import torch\nfrom torch import nn\n\nnn.Linear(2, 3)(torch.zeros(1, 4))  # é\nprint('é', nn.Linear(2, 3)(torch.zeros(1, 4)))\n"
MENDED = "nn.Linear(4, 3)(torch.zeros(1, 4))"
FOUND = [[4, "`Linear` expects 2 input features, but gets 4"], [5, "`Linear` expects 2 input features, but gets 4"]]
PATIENCE = 60
"""Seconds within which an editor must have its answer."""

LUA = """
{block}
vim.api.nvim_command("filetype on")
vim.api.nvim_command("edit net.py")
local function shown(wanted)
  vim.wait({patience} * 1000, function() return #vim.diagnostic.get(0) == wanted end, 50)
  local found = {{}}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, each.lnum, each.lnum + 1, false)[1]
    assert(line:sub(each.col + 1, each.end_col) == "2", "the argument is marked")
    assert(each.severity == vim.diagnostic.severity.ERROR and each.code == "CNN202")
    table.insert(found, {{ each.lnum + 1, each.message }})
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end
lint.try_lint()
local first = shown(2)
vim.api.nvim_buf_set_lines(0, 3, 4, false, {{ "{mended}" }})
lint.try_lint()
local second = shown(1)
io.stdout:write(vim.json.encode({{ first, second }}) .. "\\n")
vim.api.nvim_command("quitall!")
"""

VIM = """
set nocompatible hidden
filetype plugin on
let g:ale_lint_on_enter = 0
let g:ale_lint_on_text_changed = 'never'
let g:ale_linters = {{'python': ['cnnlint']}}
let g:ale_use_global_executables = 1
execute 'set runtimepath^=' . fnameescape('{ale}')
runtime plugin/ale.vim
{block}
function! Shown(wanted) abort
  for l:turn in range({patience} * 20)
    sleep 50m
    let l:found = ale#engine#GetLoclist(bufnr('%'))
    if len(l:found) == a:wanted
      break
    endif
  endfor
  return map(copy(l:found), {{_, each -> [each.lnum, each.text]}})
endfunction
edit net.py
set filetype=python
ALELint
let g:first = Shown(2)
call setline(4, '{mended}')
ALELint
let g:second = Shown(1)
call writefile([json_encode([g:first, g:second])], 'answer')
quitall!
"""

ELISP = """{block}
(require 'json)
(defun shown (wanted)
  (let ((end (+ (float-time) {patience})))
    (flymake-start)
    (while (and (< (float-time) end) (/= (length (flymake-diagnostics)) wanted))
      (accept-process-output nil 0.05))
    (sort (mapcar (lambda (each)
                    (vector (line-number-at-pos (flymake-diagnostic-beg each)) (flymake-diagnostic-text each)))
                  (flymake-diagnostics))
          (lambda (a b) (< (aref a 0) (aref b 0))))))
(find-file "net.py")
(let ((first (shown 2)))
  (goto-char (point-min))
  (forward-line 3)
  (delete-region (line-beginning-position) (line-end-position))
  (insert "{mended}")
  (let ((second (shown 1)))
    (princ (json-encode (list (vconcat first) (vconcat second))))))
"""


def block(language: str) -> str:
    """The first block of the page in a language."""
    match = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert match is not None
    return match[1]


def answer(command: Sequence[str], folder: pathlib.Path) -> object:
    """What an editor says that it shows: before and after the first fault was mended in the buffer."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=3 * PATIENCE, check=False)
    file = folder / "answer"
    text = file.read_text(encoding="utf-8") if file.is_file() else done.stdout.strip().rpartition("\n")[2]
    try:
        return json.loads(text)
    except ValueError:
        sys.exit(f"{command[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")


def expect(editor: str, shown: object) -> None:
    def plain(each: list[object]) -> list[object]:
        return [each[0], re.sub(r"^CNN202 | \[feature-mismatch\]$", "", str(each[1]))]

    found = [[plain(each) for each in state] for state in shown]  # type: ignore[attr-defined]
    if found != [FOUND, FOUND[1:]]:
        sys.exit(f"not so in {editor}: {found}")
    print(f"ok: {editor} shows what is wrong, and of what isn't saved what is wrong there")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("nvim", "nvim-lint", "vim", "ale", "emacs"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args()
    for editor in ("nvim", "vim", "emacs"):
        program = getattr(options, editor)
        if program is None:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name).resolve()
            (folder / "net.py").write_text(MODEL, encoding="utf-8")
            if editor == "nvim":
                (folder / "try.lua").write_text(LUA.format(block=block("lua"), mended=MENDED, patience=PATIENCE), encoding="utf-8")
                command = [program, "--headless", "-u", "NONE", "--cmd", f"set runtimepath+={options.nvim_lint}", "-c", "luafile try.lua"]
            elif editor == "vim":
                text = VIM.format(block=block("vim"), mended=MENDED, patience=PATIENCE, ale=options.ale)
                (folder / "try.vim").write_text(text, encoding="utf-8")
                command = [program, "-N", "-u", "NONE", "-i", "NONE", "-n", "-E", "-s", "-S", "try.vim"]
            else:
                (folder / "try.el").write_text(ELISP.format(block=block("elisp"), mended=MENDED, patience=PATIENCE), encoding="utf-8")
                command = [program, "--batch", "--quick", "--load", "try.el"]
            expect(editor, answer(command, folder))


if __name__ == "__main__":
    main()
