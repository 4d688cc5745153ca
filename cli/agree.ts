import { InputError } from '../lib/errors.ts';
import { confirm } from './terminal.ts';

/**
 * Asks before something that cannot be taken back.
 * @throws InputError unless the answer, or `--yes`, is yes
 */
export async function agree(question: string, yes = false): Promise<void> {
  if (yes || (await confirm(question))) return;
  throw new InputError('Nothing was done.', 'Answer yes, or add --yes.');
}
