import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const documents = globSync(['*.md', 'docs/**/*.md', 'tests/**/*.md'], { cwd: root });

/** Targets of links and pictures that are files here, without what follows `#`. */
function linksOf(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8').replace(/```[\s\S]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^(https?:|mailto:|#)/.test(target)).map((target) => target.replace(/#.*/, ''));
}

describe('documentation', () => {
  test.each(documents)('%s links only to what exists', (document) => {
    const missing = linksOf(document).filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });

  test('every guide is linked from the README', () => {
    const guides = globSync('docs/*.md', { cwd: root });
    expect(guides.filter((guide) => !linksOf('README.md').includes(guide))).toEqual([]);
  });

  test('pictures are small enough for a slow connection', () => {
    const pictures = globSync('docs/images/*.png', { cwd: root });
    expect(pictures).toContain('docs/images/digest.png');
    expect(pictures.filter((picture) => statSync(join(root, picture)).size > 300_000)).toEqual([]);
  });

  test('scripts that the documentation names exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = documents.flatMap((document) =>
      [...readFileSync(join(root, document), 'utf8').matchAll(/npm run (?:-s )?([\w:]+)/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
