import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Who may import whom. The order of the data is the order of the folders: feeds <- selection <- editions <- ... */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'lib/config': [],
  'lib/feeds': [],
  'lib/subscriptions': [],
  'lib/selection': ['lib/feeds'],
  'lib/editions': ['lib/feeds', 'lib/selection'],
  'lib/rendering': ['lib/feeds', 'lib/selection', 'lib/editions'],
  'lib/delivery': ['lib/feeds', 'lib/selection', 'lib/editions', 'lib/rendering', 'lib/subscriptions'],
  'lib/web': ['lib/feeds', 'lib/selection', 'lib/editions', 'lib/rendering', 'lib/delivery', 'lib/subscriptions'],
  'lib/storage': ['lib/feeds', 'lib/selection', 'lib/editions', 'lib/delivery', 'lib/subscriptions'],
  'lib/infra': ['lib/config', 'lib/feeds', 'lib/selection', 'lib/storage'],
  'lib/runtime': [
    'lib/config',
    'lib/feeds',
    'lib/selection',
    'lib/editions',
    'lib/rendering',
    'lib/delivery',
    'lib/subscriptions',
    'lib/web',
    'lib/storage',
  ],
  functions: ['lib/runtime', 'lib/config', 'lib/feeds', 'lib/editions', 'lib/delivery', 'lib/web'],
};

const root = resolve(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return found.map((path) => relative(root, resolve(root, dirname(file), path)));
}

/** `lib/feeds/x/y.ts` -> `lib/feeds`; `lib/types.ts` -> `lib` (free for all); `functions/x.ts` -> `functions`. */
function room(file: string): string {
  const parts = file.split('/');
  return parts[0] === 'lib' ? parts.slice(0, parts.length > 2 ? 2 : 1).join('/') : (parts[0] ?? '');
}

describe('imports run one way', () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    test(`${folder} imports only ${allowed.join(', ') || 'itself and the shared types'}`, () => {
      const wrong = sources(folder).flatMap((file) =>
        importsOf(file)
          .filter((target) => ![folder, 'lib', 'templates', ...allowed].includes(room(target)))
          .map((target) => `${file} -> ${target}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  test('every folder of lib has a rule', () => {
    const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => `lib/${entry.name}`).filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  test('only config, runtime and infra read the environment', () => {
    const readers = sources('lib').filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers.filter((file) => !/^lib\/(config|runtime|infra)\//.test(file))).toEqual([]);
  });
});
