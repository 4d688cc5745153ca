import { Argument, Command } from 'commander';
import type { Shell } from '../completion/scripts.ts';

const EXAMPLES = `
Examples:
  source <(dispatches completion bash)                                          in ~/.bashrc
  source <(dispatches completion zsh)                                           in ~/.zshrc, after compinit
  dispatches completion fish > ~/.config/fish/completions/dispatches.fish`;

export function completionCommand(): Command {
  return new Command('completion')
    .description('Writes a script by which the shell completes commands and options.')
    .addArgument(new Argument('<shell>', 'for which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: Shell) => {
      const [{ commandTree }, { completionScript }] = await Promise.all([
        import('../completion/tree.ts'),
        import('../completion/scripts.ts'),
      ]);
      process.stdout.write(completionScript(shell, await commandTree()));
    });
}
