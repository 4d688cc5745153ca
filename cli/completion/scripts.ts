import type { Branch } from './tree.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** A script that completes commands and options; file names where neither fits. */
export function completionScript(shell: Shell, tree: readonly Branch[]): string {
  if (shell === 'fish') return fish(tree);
  const start = shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : '';
  return `${start}${bash(tree)}`;
}

/** Walks the words before the cursor down the tree, then offers what may follow there. */
function bash(tree: readonly Branch[]): string {
  const cases = (of: (branch: Branch) => readonly string[]) =>
    tree.map((branch) => `    '${branch.path.join(' ')}') words='${of(branch).join(' ')}' ;;`).join('\n');
  return `_dispatches_words() {
  local words=''
  case "$1" in
${cases(({ children, flags }) => [...children, ...flags.map(({ name }) => name)])}
  esac
  printf '%s' "$words"
}
_dispatches() {
  local path='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    case " $(_dispatches_words "$path") " in *" $word "*) path="\${path:+$path }$word" ;; esac
  done
  COMPREPLY=($(compgen -W "$(_dispatches_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _dispatches dispatches
`;
}

function fish(tree: readonly Branch[]): string {
  const summaries = new Map(tree.map(({ path, summary }) => [path.join(' '), summary]));
  const lines = tree.flatMap(({ path, children, flags }) => {
    const here =
      path.length === 0
        ? '__fish_use_subcommand'
        : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const about = (child: string) => quoted(summaries.get([...path, child].join(' ')) ?? '');
    return [
      ...children.map((child) => `complete -c dispatches -n '${here}' -a ${child} -d ${about(child)}`),
      ...flags.map(
        ({ name, about: text }) => `complete -c dispatches -n '${here}' -l ${name.slice(2)} -d ${quoted(text)}`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
